"""A suggester without language: it knows three words, and does on command what a real one does by accident."""

import os
import re
import time
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from codesets.errors import BadNote, CodeSetError, CodeSetMissing
from codesets.index.search import Hit
from codesets.procedures.types import CptUse
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem
from coding.types import (
    Alternative,
    Answer,
    Cue,
    Evidence,
    Problem,
    Prompt,
    Reason,
    Severity,
    Step,
    Suggestion,
    Suppressed,
)
from nlp.types import Note, Setting

VERSIONS = {
    "zebra": "9",
    "icd10cm": "2026-04-01",
    "chartcoder": "0.1.0",
    "ranker": "1",
    "rules": "1",
    "cpt": "none",
    "hcpcs": "none",
}
DIABETES = Code(CodeSystem.ICD10CM, "E1142")
NEUROPATHY = Code(CodeSystem.ICD10CM, "E1140")
EMBOLISM = Code(CodeSystem.ICD10CM, "I2699")


@dataclass
class FakeSuggester:
    seen: list[Note] = field(default_factory=list)
    cpt: CptUse = CptUse.STARTER

    @cached_property
    def code_sets(self) -> CodeSets:
        return CodeSets.open(cpt=self.cpt)

    def search(self, text: str, limit: int, system: CodeSystem, day: date) -> list[Hit]:
        if "MISSING" in text:
            raise CodeSetMissing("no code set of this system is installed")
        if "BOOM" in text:
            raise RuntimeError(text)
        if system is CodeSystem.CPT:
            return [Hit("20610", 0.4, "knee injection")] if "knee" in text else []
        if system is CodeSystem.HCPCS:
            return []
        return [Hit("E1142", 0.91239, "Diabetes, type 2, polyneuropathy"), Hit("E1140", 0.5, "x")][:limit]

    def suggest(self, note: Note) -> Answer:
        self.seen.append(note)
        if not note.text.strip():
            raise BadNote("the note is empty: send its text")
        if "BOOM" in note.text:
            raise RuntimeError(note.text)
        if "CRASH" in note.text:
            os._exit(9)
        if slow := re.search(r"SLEEP (\d+)", note.text):
            time.sleep(int(slow[1]) / 1000)
        return Answer(
            note.sha256,
            note.date_of_service,
            note.setting or Setting.OUTPATIENT,
            VERSIONS,
            tuple(_suggestions(note)),
            tuple(_suppressed(note)),
            (Problem("setting.assumed", Severity.INFO, (), "no setting was given: outpatient rules apply"),),
        )


def _suggestions(note: Note) -> list[Suggestion]:
    found = re.search(r"diabetes(?: with polyneuropathy)?", note.text)
    if found is None:
        return []
    return [
        Suggestion(
            1,
            DIABETES,
            "Type 2 diabetes mellitus with diabetic polyneuropathy",
            0.94123456,
            True,
            (Evidence(*found.span(), found[0], "assessment"),),
            (Alternative(NEUROPATHY, "Type 2 diabetes mellitus with diabetic neuropathy, unspecified", 0.21),),
            prompts=(Prompt("use_additional", "Code the control of the diabetes.", "I.C.4.a"),),
            why=(Step("assertion", "present"),),
        )
    ]


def _suppressed(note: Note) -> list[Suppressed]:
    found = re.search(r"(negative for) (?:a )?(pulmonary embolism)", note.text)
    if found is None:
        return []
    return [
        Suppressed(
            EMBOLISM,
            "Other pulmonary embolism without acute cor pulmonale",
            Evidence(*found.span(2), found[2], "assessment"),
            Reason.NEGATED,
            "assertion.negated",
            Cue(*found.span(1), found[1]),
            guideline="IV.H",
        )
    ]


def open_fake() -> FakeSuggester:
    return FakeSuggester()


def open_broken() -> FakeSuggester:
    raise CodeSetMissing("no index: install one")


def open_damaged() -> FakeSuggester:
    raise CodeSetError("the release is damaged: remove /srv/somewhere/chartcoder")


def open_dying() -> FakeSuggester:
    os._exit(3)


def open_failing() -> FakeSuggester:
    raise RuntimeError("CANARY")
