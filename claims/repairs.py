"""Repairs of format: what people write and X12 does not carry, told one by one; clinical content stays as it is."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from claims.model import Claim


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: the field by its path in the claim (`billing.contact.phone`), and what was done; no value."""

    place: str
    what: str


def _digits(text: str) -> str:
    return re.sub(r"[\s().-]", "", text)


def _undotted(text: str) -> str:
    return text.replace(".", "")


def _plain(text: str) -> str:
    """Take accents off letters, straighten quotes and dashes, make one blank of many."""
    straight = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    letters = unicodedata.normalize("NFKD", straight)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


_BY_FIELD: dict[str, tuple[Callable[[str], str], str]] = {
    **dict.fromkeys(("phone", "fax", "tax_id", "npi", "ndc"), (_digits, "signs between digits left out")),
    "postal_code": (_digits, "signs between digits left out"),
    "admitting_diagnosis": (_undotted, "dot of a code left out"),
    "reasons_for_visit": (_undotted, "dot of a code left out"),
    **dict.fromkeys(
        (
            "last",
            "first",
            "middle",
            "suffix",
            "street",
            "street2",
            "city",
            "name",
            "note",
            "description",
            "group_name",
        ),
        (_plain, "accents and typographic signs written plainly"),
    ),
}
_CODED = ("ExternalCause",)


def repair(claim: Claim) -> tuple[Claim, list[Repair]]:
    """Return the claim in the form that X12 carries, and every repair that this took."""
    done: list[Repair] = []
    return _repaired(claim, "", "", done), done


def _repaired(part: Any, place: str, field: str, done: list[Repair]) -> Any:
    if isinstance(part, str):
        known = _BY_FIELD.get(field)
        text = known[0](part) if known else part
        if known is None or text == part:
            return part
        done.append(Repair(place, known[1]))
        return text
    if isinstance(part, tuple):
        new = tuple(_repaired(one, f"{place}.{n}", field, done) for n, one in enumerate(part, 1))
        return new if any(a is not b for a, b in zip(new, part, strict=True)) else part
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changes = {}
    for one in fields(part):
        before = getattr(part, one.name)
        name = "admitting_diagnosis" if one.name == "code" and type(part).__name__ in _CODED else one.name
        after = _repaired(before, f"{place}.{one.name}" if place else one.name, name, done)
        if after is not before:
            changes[one.name] = after
    return replace(part, **changes) if changes else part
