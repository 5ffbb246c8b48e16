"""The second element: tests, documents, an independent historian, interpretations and discussions."""

from collections.abc import Collection
from dataclasses import dataclass

from coding.visits.scan import PAST, Hit, Scan
from coding.visits.types import Complexity, Element

_CHILD_AGE = 11
_SHOWN = 5
_PANELS = {"cmp": ("bmp", "liver"), "bmp": ("glucose",)}
_TRACINGS = frozenset({"ecg"})
_IMAGES = frozenset(
    {
        *("cxr", "xr", "cthead", "ctchest", "ctabd", "ctspine", "ct", "mri", "mribrain", "mrispine"),
        *("us", "duplex", "echo", "vq", "dexa", "mammogram", "pet", "eeg", "emg", "ecg"),
    }
)
_OUR_TESTS = frozenset(
    {"strep", "flu", "covid", "mono", "hcg", "ua", "uds", "ecg", "wetprep", "pft", "glucose", "rsv"}
)
_REVIEWED = frozenset({"labs", "imaging", "findings", "exam", "vitals", "assessment", "assessment_plan", "plan"})
_HISTORY = frozenset({"family", "pmh", "psh", "obstetric", "consent", "instructions"})
_OPENING = frozenset({"unknown", "hpi", "chief_complaint", "other"})
_IMAGING_CODES = ("70", "71", "72", "73", "74", "75", "76", "77", "78", "93880", "93970", "93971", "93306")
_TRACING_CODES = ("93000", "93010", "93005")
_NEAR_TOKENS = 12
_BESIDE_TOKENS = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts: tests by name, documents, a historian, interpretations and discussions, with their hits."""

    tests: dict[str, Hit]
    documents: list[Hit]
    historian: list[Hit]
    interpretations: list[Hit]
    discussions: list[Hit]


def assess_data(scan: Scan, services: Collection[str], *, is_acute_care: bool) -> Element:
    """Return the element; `services` are the codes that are billed beside the visit."""
    counted = _count(scan, services, is_acute_care)
    items = len(counted.tests) + len(counted.documents)
    first = items + bool(counted.historian) >= 3
    categories = first + bool(counted.interpretations) + bool(counted.discussions)
    if categories > 1:
        level = Complexity.HIGH
    elif categories:
        level = Complexity.MODERATE
    elif items > 1 or counted.historian:
        level = Complexity.LOW
    else:
        level = Complexity.STRAIGHTFORWARD
    hits = [
        *counted.interpretations[:1],
        *counted.discussions[:1],
        *counted.historian[:1],
        *counted.documents[:1],
        *counted.tests.values(),
    ]
    shown = sorted(hits[:_SHOWN], key=lambda h: h.start)
    return Element(level, _words(counted), tuple(scan.evidence(h) for h in shown))


def _words(counted: Counted) -> str:
    parts = [
        (len(counted.tests), "test"),
        (len(counted.documents), "document"),
        (int(bool(counted.historian)), "independent historian"),
        (int(bool(counted.interpretations)), "independent interpretation"),
        (int(bool(counted.discussions)), "discussion with another professional"),
    ]
    said = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in parts if n]
    return ", ".join(said) or "no test, document or discussion was found"


def _count(scan: Scan, services: Collection[str], is_acute_care: bool) -> Counted:
    read = [h for h in scan.of("interpretation") if scan.is_not_denied(h)]
    own = {h.value for h in _interpreted(scan, read, services, is_acute_care, counts=False)}
    tests: dict[str, Hit] = {}
    for hit in scan.of("test"):
        if hit.value not in tests and hit.value not in (*own, "none") and _counts(scan, hit, services, is_acute_care):
            tests[hit.value] = hit
    some = tests.get("bloodwork")
    if some is not None and any(h.sentence == some.sentence for h in tests.values() if h is not some):
        del tests["bloodwork"]
    for panel, parts in _PANELS.items():
        for part in parts if panel in tests else ():
            tests.pop(part, None)
    if "bmp" in tests and "liver" in tests:
        tests.pop("liver")
    return Counted(
        tests,
        [h for h in scan.of("document_read") if scan.is_not_denied(h)][:2],
        _historian(scan, is_acute_care=is_acute_care),
        _interpreted(scan, read, services, is_acute_care, counts=True),
        _discussions(scan),
    )


def _counts(scan: Scan, hit: Hit, services: Collection[str], is_acute_care: bool) -> bool:
    """Tell whether a test is ordered or reviewed in this encounter and not run by the practice itself."""
    if hit.section in _HISTORY:
        return False
    if is_acute_care:
        return scan.is_meant(hit)
    if _is_in_house(scan, hit) or (hit.value in _OUR_TESTS and any(c.startswith("8") for c in services)):
        return False
    named = (*scan.of("ordered"), *scan.of("interpretation"))
    is_reviewed = hit.section in _REVIEWED or any(scan.near(h, hit, _NEAR_TOKENS) for h in named)
    return is_reviewed and scan.is_meant(hit)


def _is_in_house(scan: Scan, hit: Hit) -> bool:
    beside = [h for h in scan.of("inhouse") if max(h.first - hit.last, hit.first - h.last) <= _NEAR_TOKENS]
    return bool(beside) and (hit.value in _OUR_TESTS or hit.value in _IMAGES)


def _historian(scan: Scan, *, is_acute_care: bool) -> list[Hit]:
    age = scan.reading.note.patient.age
    is_child = age is not None and age <= _CHILD_AGE
    values = ("told", "said") if is_child or is_acute_care else ("told",)
    told = [h for h in scan.of("historian", *values) if h.section not in PAST and scan.is_not_denied(h)]
    if told or not is_child:
        return told
    return [h for h in scan.of("parent") if h.section in _OPENING][:1]


def _interpreted(
    scan: Scan, read: list[Hit], services: Collection[str], is_acute_care: bool, *, counts: bool
) -> list[Hit]:
    """Return the images and tracings that the clinician read, those that count or those billed with their reading."""
    billed_image = any(code.startswith(_IMAGING_CODES) for code in services)
    found = []
    for test in scan.of("test") if read else ():
        beside = [h for h in read if scan.near(h, test, _NEAR_TOKENS)]
        if test.value not in _IMAGES or not beside or test.section in PAST:
            continue
        if test.value in _TRACINGS:
            billed = True
        else:
            billed = billed_image or (not is_acute_care and (_is_in_house(scan, test) or _is_today(scan, test)))
        if billed != counts:
            found.append(test)
    return found


def _is_today(scan: Scan, test: Hit) -> bool:
    return any(h.sentence == test.sentence for h in scan.of("ordered", "today"))


def _discussions(scan: Scan) -> list[Hit]:
    """Return the talks with another professional: 'd/w ortho', 'cardiology by phone'."""
    professionals = scan.of("professional")
    found = []
    for talk in scan.of("discussion"):
        if talk.section in PAST or not scan.is_not_denied(talk):
            continue
        if any(talk.sentence == p.sentence and 0 <= p.first - talk.last <= _BESIDE_TOKENS for p in professionals):
            found.append(talk)
    return found
