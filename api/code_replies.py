"""What search and look-up answer with, on the command line and over HTTP."""

from datetime import date

from pydantic import Field, RootModel

from api.replies import ProblemReply, Reply, System


class HitReply(Reply):
    """A code that the words may mean."""

    system: System
    code: str = Field(description="ICD-10-CM codes carry their dot.")
    display: str
    score: float = Field(ge=0, le=1, description="How well words and code agree.")


class SearchReply(RootModel[list[HitReply]]):
    """The codes that the words may mean, best first."""


class PlaceReply(Reply):
    """A chapter, section or code above the code, or the code itself."""

    name: str
    title: str


class ChildReply(Reply):
    """A code directly below."""

    code: str
    title: str
    billable: bool


class TabularNoteReply(Reply):
    """An instructional note in force for the code, and the place where it is printed."""

    kind: str
    text: str
    printed_at: str
    inherited: bool


class RetiredReply(Reply):
    """Since when a code is not billable, and the codes to choose from instead."""

    on: date
    successors: list[str]


class ProcedureReply(Reply):
    """What is known of a CPT or HCPCS Level II code beside its title."""

    also_called: list[str] = Field(description="Shorter official wordings, and ours where the title is official.")
    valid_from: date | None = Field(description="First valid day, where an official file states it.")
    valid_to: date | None = Field(description="Last valid day, where an official file states it.")
    family: str = Field(description="Shared by the codes that differ in facts alone.")
    synonyms: list[str]
    sites: list[str]
    sides: str
    addon_to: list[str] = Field(description="For an add-on: the codes, or ranges of codes, that it goes with.")
    global_days: str
    modifiers: list[str]
    unit: str = Field(description="What one unit stands for.")
    facts: dict[str, str]


class CodeReply(Reply):
    """What the release that answers on the date of service says of a code."""

    system: System
    code: str
    title: str
    billable: bool
    release: str
    date_of_service: date
    hierarchy: list[PlaceReply]
    children: list[ChildReply]
    notes: list[TabularNoteReply]
    seventh_characters: dict[str, str]
    retired: RetiredReply | None
    procedure: ProcedureReply | None = Field(description="Null for ICD-10-CM.")
    problems: list[ProblemReply]
