"""What edits look things up in: code sets by day, opened once, and the day on which the claim is checked."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from claims.model import Claim, ClaimKind
from claims.payers import Payers
from codesets.procedures.edits import Bundles, UnitLimit
from codesets.procedures.release import OfficialCode
from codesets.procedures.types import Procedure, Services
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem, NoteKind


@dataclass(frozen=True, slots=True)
class KnownDiagnosis:
    """A diagnosis as a release knows it: what edits ask of it, looked up once."""

    known: bool
    billable: bool
    retired: bool
    sevenths: bool
    side: str
    has_sides: bool
    manifestation: bool


@dataclass(frozen=True, slots=True)
class KnownProcedure:
    """A procedure code on a day: valid by an installed file (None without one), and what the sets say of it.

    `answered` is false where the set that answers begins after the day.
    """

    valid: bool | None
    procedure: Procedure | None
    answered: bool = True


class Desk:
    """The code sets that edits ask, with answers kept; `today` is the day of the check, given by the caller.

    `payers` are the rules of payers by number that a site has.
    """

    def __init__(self, code_sets: CodeSets, today: date, payers: Payers | None = None) -> None:
        self.today = today
        self.payers: Payers = payers or {}
        self._sets = code_sets
        self.release = cache(code_sets.icd10cm)
        self.release_warning = cache(code_sets.answer_warning)
        self.diagnosis = cache(self._diagnosis)
        self.excludes1 = cache(self._excludes1)
        self.procedure = cache(self._procedure)
        self.modifiers = cache(lambda day: frozenset(code_sets.modifiers(day)))
        self._bundles = cache(code_sets.bundles)
        self._limits = cache(code_sets.mue)

    def bundles(self, claim: Claim, day: date) -> Bundles:
        """Return the pairs of codes of which one is part of the other, for the kind of claim."""
        return self._bundles(day, _services(claim))

    def unit_limit(self, claim: Claim, code: str, day: date) -> UnitLimit | None:
        """Return the most units of a code, None where no table says."""
        return self._limits(day, _services(claim)).get(code)

    def has_official(self, system: CodeSystem, day: date) -> bool:
        """Tell whether an installed file, not the starter set, answers for a system."""
        found = self._sets.procedures(system, day)
        return bool(found and not found.code_set.release.startswith("starter"))

    def _diagnosis(self, code: str, day: date) -> KnownDiagnosis:
        release = self.release(day)
        if code not in release:
            near = next((code[:n] for n in range(len(code) - 1, 2, -1) if code[:n] in release), "")
            sevenths = bool(near and release.seventh_characters(near))
            return KnownDiagnosis(False, False, self._retired(code, day), sevenths, "", False, False)
        title = release.title(code).lower()
        parent = release.parent(code)
        near_titles = [release.title(c).lower() for c in release.children(parent)] if parent else []
        return KnownDiagnosis(
            True,
            release.is_billable(code),
            self._retired(code, day),
            not release.is_billable(code) and bool(release.seventh_characters(code)),
            _side(title),
            "unspecified" in title and any(_side(t) == "right" for t in near_titles),
            "in diseases classified elsewhere" in title or "in other diseases classified elsewhere" in title,
        )

    def _retired(self, code: str, day: date) -> bool:
        return self._sets.retired(code, day) is not None

    def _excludes1(self, first: str, second: str, day: date) -> bool:
        release = self.release(day)
        if first not in release or second not in release:
            return False
        return any(
            note.names(other)
            for code, other in ((first, second), (second, first))
            for note in release.notes(code)
            if note.kind is NoteKind.EXCLUDES1
        )

    def _procedure(self, value: str, day: date) -> KnownProcedure:
        system = system_of(value)
        code = Code(system, value)
        official: OfficialCode | None = self._sets.official(code, day)
        found = self._sets.procedures(system, day)
        known = found.get(value) if found else None
        if official:
            return KnownProcedure(official.is_valid(day), known)
        answered = bool(found and found.code_set.effective_from <= day)
        return KnownProcedure(False if self.has_official(system, day) and known is None else None, known, answered)


def system_of(value: str) -> CodeSystem:
    """Return the system of a procedure code by its first character."""
    return CodeSystem.CPT if value[:1].isdigit() else CodeSystem.HCPCS


def line_at(number: int) -> str:
    """Return the words for a line, counted from 1."""
    return f"line {number}"


def service_place(claim: Claim, element: str) -> tuple[str, str]:
    """Return segment and element of a line's service, given as of SV1, for the kind of claim.

    `element` is '101-2', '102', '103' or '104', with the institutional places one further on.
    """
    if claim.kind is ClaimKind.PROFESSIONAL:
        return "SV1", f"SV{element}"
    place, dash, part = element.partition("-")
    return "SV2", f"SV{int(place) + 101}{dash}{part}"


def _services(claim: Claim) -> Services:
    return Services.PRACTITIONER if claim.kind is ClaimKind.PROFESSIONAL else Services.HOSPITAL


def _side(title: str) -> str:
    words = set(title.replace(",", " ").split())
    if "bilateral" in words or {"right", "left"} <= words:
        return "both"
    return "right" if "right" in words else "left" if "left" in words else ""
