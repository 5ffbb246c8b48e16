"""The tables of this folder."""

from fnmatch import fnmatch
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from codesets.index.words import fold, stem


class Implied(NamedTuple):
    """A procedure that another one implies where the sentence, or with `anywhere` the note, holds a word of it.

    With `instead` it takes the place of the other codes of its family.
    """

    code: str
    families: tuple[str, ...]
    words: frozenset[str]
    anywhere: bool = False
    instead: bool = False

    def follows(self, family: str, code: str = "") -> bool:
        """Tell whether a family, or a code as `=11983`, is among those that imply the procedure."""
        return f"={code}" in self.families or any(
            family == f or (f.endswith("*") and family.startswith(f[:-1])) for f in self.families
        )


class Codes:
    """Codes and ranges of codes, as `44005|58660-58662`."""

    def __init__(self, written: str) -> None:
        parts = (x.partition("-") for x in written.split("|") if x)
        self._ranges = tuple((first, last or first) for first, _, last in parts)

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and any(first <= value <= last for first, last in self._ranges)


@cache
def recoded_rows() -> list[list[str]]:
    """Return the rows of `recoded.tsv`."""
    return _rows("recoded.tsv")


@cache
def _anesthesia() -> tuple[tuple[str, Codes], ...]:
    return tuple((code, Codes(of)) for code, of in _rows("anesthesia.tsv"))


def anesthesia_of(operation: str) -> str | None:
    """Return the code of the anesthesia for an operation, None for what has none."""
    return next((code for code, operations in _anesthesia() if operation in operations), None)


@cache
def ambulance_rows() -> list[list[str]]:
    """Return the rows of `ambulance.tsv`: code, words, group, words against it."""
    return _rows("ambulance.tsv")


@cache
def medicare_codes() -> tuple[tuple[frozenset[str], frozenset[str], frozenset[str], str], ...]:
    """Return (codes, words of the sentence, words of the note, Medicare's code), any word enough."""
    found = []
    for codes, words, code in _rows("medicare.tsv"):
        near = frozenset(w for w in words.split() if not w.startswith("note:"))
        far = frozenset(w.removeprefix("note:") for w in words.split() if w.startswith("note:"))
        found.append((frozenset(codes.split()), near, far, code))
    return tuple(found)


@cache
def _casts() -> tuple[tuple[Codes, str], ...]:
    return tuple((Codes(codes), family) for codes, family in _rows("casts.tsv"))


def cast_supplies(code: str) -> str | None:
    """Return the family of the supplies of a cast or splint, None for other codes."""
    return next((family for codes, family in _casts() if code in codes), None)


@cache
def scores() -> dict[str, float]:
    """Return grade → the probability that a coder keeps the line."""
    return {grade: float(score) for grade, score in _rows("scores.tsv")}


@cache
def antigens() -> dict[str, int]:
    """Return vaccine code → how many antigens a dose holds; one for those not in it."""
    return {code: int(count) for code, count in _rows("vaccines.tsv")}


@cache
def implied() -> tuple[Implied, ...]:
    """Return the procedures that a drug implies."""
    return tuple(
        Implied(
            code, tuple(families.split("|")), frozenset(map(fold, words.split("|"))), where != "", where == "instead"
        )
        for code, families, words, where in _rows("implied.tsv")
    )


@cache
def graft_words() -> dict[str, str]:
    """Return kind → pattern of what a report says of bypass grafts, and number in words → digits."""
    return {row[0]: row[1] for row in _rows("grafts.tsv")}


@cache
def ways_need() -> dict[str, frozenset[str]]:
    """Return way through a scope → the words of which its sentence or a neighbour must hold one to be a step."""
    return {way: frozenset(map(fold, words.split())) for way, words in _rows("ways.tsv")}


class ShortReach(NamedTuple):
    """The family that a scope belongs to where the report does not reach far: none of `far`, one of `near`."""

    family: str
    far: frozenset[str]
    near: frozenset[str]


@cache
def short_reaches() -> dict[str, ShortReach]:
    """Return family of a scope → what it is where the scope went less far."""
    rows = ((family, other, far.split(), near.split()) for family, other, far, near in _rows("short_reach.tsv"))
    return {family: ShortReach(other, frozenset(far), frozenset(near)) for family, other, far, near in rows}


@cache
def site_words() -> dict[str, frozenset[str]]:
    """Return site → the stems of the words that name it; `=site` where its own name is none of them."""
    found = {}
    for site, words in _rows("site_words.tsv"):
        own = [] if site.startswith("=") else site.split()[:1]
        found[site.removeprefix("=")] = frozenset(stem(fold(w)) for w in (*own, *words.split()))
    return found


@cache
def _by_level() -> dict[str, str]:
    return dict(_rows("levels.tsv"))


def counted_by_level(family: str) -> str | None:
    """Return what a family of the spine counts (spaces, roots, bones, joints), None for other families."""
    return _by_level().get(family)


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a class: `taken`, what shows that a drug was taken rather than given."""
    return next(frozenset(words.split()) for one, words in _rows("words.tsv") if one == name)


def in_house(family: str) -> bool:
    """Tell whether a practice runs the test of a family itself."""
    return _is_used("in-house", family)


def read_by_clinician(family: str) -> bool:
    """Tell whether the clinician who sees the patient reads the tracing or pictures of a family."""
    return _is_used("read-by-clinician", family)


def result_line(family: str) -> bool:
    """Tell whether a test of a family, listed with its result, was done at the visit."""
    return _is_used("result-line", family)


def monitors(family: str) -> bool:
    """Tell whether a family watches the patient during another test, whose report then names it."""
    return _is_used("monitor", family)


def told_in_findings(family: str) -> bool:
    """Tell whether a report that gives the result of a family's test among its findings is of that test too."""
    return _is_used("told-in-findings", family)


def in_ladder(family: str) -> bool:
    """Tell whether the codes of a family are steps through one scope, told apart by what was done."""
    return _is_used("ladder", family)


def is_incidental(family: str) -> bool:
    """Tell whether a family is a step of other operations that the body of a report names in passing."""
    return _is_used("incidental", family)


def is_composed(family: str) -> bool:
    """Tell whether the codes of a family stand for the sets of parts that a report states."""
    return _is_used("composed", family)


def is_built_on(family: str) -> bool:
    """Tell whether the parts of a composed code that a title names count as stated."""
    return _is_used("built-on", family)


def is_local(family: str) -> bool:
    """Tell whether the parts of a composed code must stand in the sentences that name its family."""
    return _is_used("local", family)


def part_of_operation(family: str) -> bool:
    """Tell whether a family is part of an operation whose body mentions it: tracings, oximetry, breathing tubes."""
    return _is_used("part-of-operation", family)


def for_each_lesion(family: str) -> bool:
    """Tell whether each lesion or place has a line of its own, so that no code of a family covers another."""
    return _is_used("several", family)


def is_repair(family: str) -> bool:
    """Tell whether a family closes wounds, whose lengths are added up by depth and part of the body."""
    return _is_used("repair", family)


def is_splint(family: str) -> bool:
    """Tell whether a family is the putting on of a splint, which a ready-made one handed out has no part in."""
    return _is_used("splint", family)


def of_skin_lesions(family: str) -> bool:
    """Tell whether a family is what is done to single spots of the skin, several at a visit."""
    return _is_used("skin-lesions", family)


def is_procedure_drug(family: str) -> bool:
    """Tell whether a drug is what an office's procedure is done to give: toxins, joint gels, steroids."""
    return _is_used("procedure-drug", family)


def done_in_office(family: str) -> bool:
    """Tell whether a test or treatment of a family is one that offices do themselves: shots, varnish, monitors."""
    return _is_used("office", family)


def has_number_result(family: str) -> bool:
    """Tell whether a number after the name of a test of a family shows that the practice ran it itself."""
    return _is_used("number-result", family)


def includes_simple_repair(family: str) -> bool:
    """Tell whether closing in one layer is part of what a family does."""
    return _is_used("includes-simple-repair", family)


def is_generic(family: str) -> bool:
    """Tell whether a family is meant only where no more specific one is named in the same sentence."""
    return _is_used("generic", family)


def has_own_names(family: str) -> bool:
    """Tell whether reports name what was done of a family beside its common name (arthroscopy, meniscectomy)."""
    return _is_used("own-names", family)


def is_office_only(family: str) -> bool:
    """Tell whether a family is work of the staff, which a clinician bills for a practice of their own alone."""
    return _is_used("office-only", family)


def is_never_billed(family: str) -> bool:
    """Tell whether a family is part of what it is given with: local anesthetics, sedatives, flushes, tracers."""
    return _is_used("never", family)


@lru_cache(maxsize=4096)
def _is_used(use: str, family: str) -> bool:
    return any(fnmatch(family, pattern) for pattern in _families()[use])


@cache
def _families() -> dict[str, tuple[str, ...]]:
    return {use: tuple(families.split()) for use, families in _rows("families.tsv")}


def _rows(name: str) -> list[list[str]]:
    text = files("coding.procedures").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
