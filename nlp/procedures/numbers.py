"""Reads the numbers that choose codes and count units: sizes, areas, minutes, doses, views, counts, weeks."""

import re
from collections.abc import Iterator

from nlp.procedures.types import Measure, ServiceReading

_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0}
_WORDS |= {"nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "single": 1.0}
_NUMBER = r"\d[\d,]*(?:\.\d+)?|\.\d+"
_MILLION = 1_000_000
_COUNT = rf"\d{{1,3}}|{'|'.join(_WORDS)}"
_CM = r"(?:\s*(?:cm|mm|centimeters?))?"
_UNITS = re.compile(
    rf"(?P<a>{_NUMBER})(?:{_CM}\s*(?:x|by|×|\*)\s*(?P<b>{_NUMBER}))?(?:{_CM}\s*(?:x|by|×|\*)\s*(?:{_NUMBER}))?[\s-]*"
    r"(?:(?P<million>million|mil|mu)[ -]+)?"
    r"(?P<unit>sq\.? ?cm|square (?:centimeters?|cm)|cm2|cm²|cm|mm|centimeters?|millimeters?"
    r"|minutes?|mins?|hours?|hrs?|mg|mcg|µg|ug|micrograms?|milligrams?|grams?|gm|g|units?|iu|ml|cc|meq|mci|weeks?|wks?"
    r")(?![a-z])",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b(?P<n>{_COUNT})(?: or more)?[- ]?(?:[a-z]+ ){{0,2}}(?P<what>views?|vws?|v\b|fragments?|pieces?|parts?"
    r"|lesions?|levels?|polyps?|vessels?|nails?|toenails|tags?|warts?|regions?|keratos[ei]s|aks?\b|callus(?:es)?|corns?"
    r"|injections?|areas|digits|lacerations|sites?|muscles?|passes|cores?|samples?|stages?|blocks?|teeth|quadrants?"
    r"|tubes?|leads?|chambers?)",
    re.IGNORECASE,
)
_VIEW = (
    r"(?:ap|pa|anteroposterior|posteroanterior|lateral|lat|obliques?|mortise|sunrise|merchant|skyline|axillary"
    r"|scapular y|y[- ]view"
    r"|grashey|odontoid|flexion|extension|swimmer'?s|frog[- ]?leg"
    r"|tunnel|notch|rosenberg|scaphoid|outlet|inlet|judet|standing ap)"
)
_VIEW_LIST = re.compile(rf"\b{_VIEW}(?:(?: ?[,/&+] ?(?:and )?| and | ){_VIEW})+\b", re.IGNORECASE)
_ONE_VIEW = re.compile(_VIEW, re.IGNORECASE)
_TIMES = re.compile(
    r"\bx ?(\d{1,2})\b(?! ?(?:days?|wks?|weeks?|months?|mos?|years?|yrs?|cm|mm|\d|hours?|hrs?|min))", re.IGNORECASE
)
_TOOLS = (
    r"trocars?|ports?|\w*scopes?|cannulas?|staplers?|sheaths?|drains?|tubes?|clips?|scissors|incisions?|access|balloons?"
    r"|margins?|lengths?|long"
)
_AWAY = "from|above|below|away|lateral|medial|distal|proximal|superior|inferior|into"
_OF_TOOL = re.compile(
    rf"[\s-]*(?:in )?(?:[a-z]+[\s,-]+){{0,2}}(?:{_TOOLS})\b|\s*(?:{_AWAY})\b",
    re.IGNORECASE,
)
_INCISED = re.compile(r"\bincisions?\b[^.;]{0,60}\Z", re.IGNORECASE)
_DIMENSIONS = {
    "sq": ("area_sqcm", 1.0),
    "square": ("area_sqcm", 1.0),
    "cm2": ("area_sqcm", 1.0),
    "cm²": ("area_sqcm", 1.0),
    "cm": ("size_cm", 1.0),
    "centimeter": ("size_cm", 1.0),
    "mm": ("size_cm", 0.1),
    "millimeter": ("size_cm", 0.1),
    "min": ("minutes", 1.0),
    "minute": ("minutes", 1.0),
    "hour": ("minutes", 60.0),
    "hr": ("minutes", 60.0),
    "week": ("weeks", 1.0),
    "wk": ("weeks", 1.0),
}
_DOSES = {
    "mg": ("mg", 1.0),
    "milligram": ("mg", 1.0),
    "mcg": ("mg", 0.001),
    "µg": ("mg", 0.001),
    "ug": ("mg", 0.001),
    "microgram": ("mg", 0.001),
    "gram": ("mg", 1000.0),
    "gm": ("mg", 1000.0),
    "g": ("mg", 1000.0),
    "unit": ("units", 1.0),
    "iu": ("units", 1.0),
    "ml": ("ml", 1.0),
    "cc": ("ml", 1.0),
    "meq": ("meq", 1.0),
    "mci": ("mci", 1.0),
}


def measures_in(reading: ServiceReading, row: int) -> list[Measure]:
    """Return the measures of a stretch; lengths in cm, times in minutes, doses in mg, units, ml, meq or mci."""
    stretch = reading.stretches[row]
    start, end = reading.tokens.starts[stretch.first], reading.tokens.ends[stretch.last - 1]
    text = reading.text[start:end]
    found = [
        Measure(key, value, unit, start + first, start + last, row)
        for key, value, unit, first, last in (*_with_units(text), *_counted(text))
    ]
    return sorted(found, key=lambda m: m.start)


def _with_units(text: str) -> Iterator[tuple[str, float, str, int, int]]:
    for match in _UNITS.finditer(text):
        unit = match["unit"].lower().split()[0].rstrip(".")
        unit = unit if unit in _DIMENSIONS or unit in _DOSES else unit.removesuffix("s")
        value = _number(match["a"])
        other = _number(match["b"]) if match["b"] else 0.0
        if unit in _DIMENSIONS:
            key, scale = _DIMENSIONS[unit]
            if key == "size_cm" and not other and _is_of_tool(text, match):
                continue
            yield key, max(value, other) * scale, "", *match.span()
            if other and key == "size_cm":
                yield "area_sqcm", value * other * scale * scale, "", *match.span()
        elif unit in _DOSES:
            name, scale = _DOSES[unit]
            scale *= _MILLION if match["million"] else 1
            yield "dose", value * scale, name, *match.span()


def _is_of_tool(text: str, match: re.Match[str]) -> bool:
    """Tell whether a length is that of a port, a scope or a cut, or a distance, and not of what was treated."""
    return _OF_TOOL.match(text, match.end()) is not None or _INCISED.search(text, 0, match.start()) is not None


def _counted(text: str) -> Iterator[tuple[str, float, str, int, int]]:
    for match in _COUNTED.finditer(text):
        number = match["n"].lower()
        value = _WORDS[number] if number in _WORDS else float(number)
        what = match["what"].lower()
        key = "views" if what[0] == "v" and not what.startswith("ves") else "count"
        yield key, value, what.rstrip("s"), *match.span()
    for match in _VIEW_LIST.finditer(text):
        yield "views", float(len({v.lower()[:2] for v in _ONE_VIEW.findall(match[0])})), "view", *match.span()
    for match in _TIMES.finditer(text):
        yield "count", float(match[1]), "times", *match.span()


def _number(written: str) -> float:
    digits = written.replace(",", "")
    return float(digits) if digits else 0.0
