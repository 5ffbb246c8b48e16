"""Gold notes and answers made by hand, in shorthand."""

from datetime import date

from codesets.types import Code, CodeSystem
from coding.types import Answer, Evidence, Suggestion
from eval.goldnotes.coded import Coded
from eval.goldnotes.read import GoldCode, GoldNote, GoldService, Label, Trap
from nlp.types import Note, Setting

DAY = date(2026, 9, 15)
TEXT = "0123456789" * 10


def label(
    codes: str, *, first: str | None = None, traps: dict[str, str] | None = None, cpt: str = "", modifiers: str = ""
) -> Label:
    """A label of codes that stand one after the other, ten characters each."""
    final = tuple(GoldCode(code=c, evidence=((10 * n, 10 * n + 10),)) for n, c in enumerate(codes.split()))
    services = tuple(
        GoldService(system="cpt", code=c, modifiers=tuple(modifiers.split()), units=1, evidence=())
        for c in cpt.split()
    )
    return Label(
        id="a",
        specialty=None,
        setting=Setting.OUTPATIENT,
        date_of_service=DAY,
        age=None,
        sex=None,
        status=None,
        first_listed=first,
        codes=final,
        procedures=services,
        traps=tuple(Trap(code=c, reason=r, evidence=()) for c, r in (traps or {}).items()),
    )


def suggestion(
    code: str, score: float = 0.5, at: int = 0, first: bool = False, system: str = "icd10cm", modifiers: str = ""
) -> Suggestion:
    """A suggestion whose evidence is ten characters from `at`."""
    parsed = Code.parse(code) if system == "icd10cm" else Code(CodeSystem(system), code)
    evidence = (Evidence(at, at + 10, TEXT[at : at + 10], "hpi"),)
    units = None if system == "icd10cm" else 1
    return Suggestion(1, parsed, code, score, first, evidence, (), tuple(modifiers.split()), units)


def coded(gold: Label, *suggestions: Suggestion) -> Coded:
    """The note with an answer that holds the suggestions."""
    note = Note(TEXT, DAY, Setting.OUTPATIENT)
    return Coded(GoldNote(note, gold), Answer(note.sha256, DAY, Setting.OUTPATIENT, {"ranker": "toy"}, suggestions))
