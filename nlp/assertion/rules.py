"""The assertion rules as data: cues, word classes, the course of findings. Read once, checked as they are read."""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files

from codesets.errors import CodeSetError
from codesets.index.words import fold, token_spans


class CueKind(StrEnum):
    """What a cue does; the first six are also assertion kinds."""

    NEGATED = "negated"
    FAMILY = "family"
    HYPOTHETICAL = "hypothetical"
    CONDITIONAL = "conditional"
    UNCERTAIN = "uncertain"
    HISTORICAL = "historical"
    AFFIRMS = "affirms"
    PSEUDO = "pseudo"
    TERMINATOR = "terminator"


class Reach(IntEnum):
    """How far a scope runs; every reach takes in the ones before it."""

    NEXT = 1
    ITEM = 2
    CLOSED = 3
    LIST = 4
    CLAUSE = 5


FLAGS = frozenset(
    {"final", "start", "subject", "sided", "skip", "many", "hug", "before", "behind", "status", "dated", "strong"}
    | {
        "resolvable",
        "remitting",
        "episode",
        "reaction",
        "disease",
        "listed",
        "pair",
        "doubted",
        "advice",
        "background",
        "past",
    }
)
PRECEDENCE = tuple(list(CueKind)[:6])
DIRECTIONS = frozenset(("forward", "backward", "both", ""))
SECTION = "section"
ALL_KINDS = frozenset((*PRECEDENCE, SECTION))

_GROUP = re.compile(r"\{([^{}]*)\}|(\[)|(\])|([^\s{}|\[\]]+)|([{}|])")

Slot = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of cues.tsv: `slots` are its words in order, each slot a choice of word sequences.

    `core` is the range of slots that are the cue proper; the others are context. `line` numbers the row.
    """

    line: int
    slots: tuple[Slot, ...]
    core: tuple[int, int]
    kind: CueKind
    forward: bool
    backward: bool
    reach: Reach
    max_tokens: int
    flags: frozenset[str]
    ends: frozenset[str]
    after: frozenset[str]
    unless: frozenset[str]
    of: frozenset[str]


def _data(name: str) -> list[tuple[int, str]]:
    text = files("nlp.assertion").joinpath(name).read_text(encoding="utf-8")
    lines = enumerate(text.splitlines(), 1)
    return [(n, line) for n, line in lines if line.strip() and not line.startswith("#")]


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a piece of a phrase; `<class>` stays one word."""
    words: list[str] = []
    for piece in text.split():
        if piece.startswith("<") and piece.endswith(">") and len(piece) > 2:
            words.append(piece)
        else:
            words.extend(fold(piece[s:e]) for s, e in token_spans(piece))
    return tuple(words)


def read_phrase(text: str) -> tuple[tuple[Slot, ...], tuple[int, int]]:
    """Return the slots of a phrase and the range of slots inside its brackets (all, where it has none)."""
    slots: list[Slot] = []
    opened, closed = 0, -1
    for group, left, right, plain, stray in _GROUP.findall(text):
        if stray:
            raise CodeSetError("cues.tsv: a phrase may not nest its braces or leave one open")
        if left:
            opened = len(slots)
        elif right:
            closed = len(slots)
        elif plain:
            slots.append((words_of(plain),))
        else:
            slots.append(tuple(dict.fromkeys(words_of(choice) for choice in group.split("|"))))
    return tuple(slots), (opened, closed if closed >= 0 else len(slots))


def _read_cue(number: int, line: str) -> Cue:
    columns = line.split("\t")
    if len(columns) != 7:
        raise CodeSetError(f"cues.tsv line {number}: expected 7 columns, found {len(columns)}")
    phrase, kind, direction, reach, tokens, flags, _note = columns
    try:
        cue_kind = CueKind(kind)
        cue_reach = Reach[reach.upper()] if reach else Reach.LIST
        max_tokens = int(tokens) if tokens else 0
    except (KeyError, ValueError) as error:
        raise CodeSetError(f"cues.tsv line {number}: unknown kind, reach or number of tokens") from error
    words = flags.split()
    ends = frozenset(k for w in words if w.startswith("ends=") for k in w[5:].split("+"))
    names = frozenset(w for w in words if "=" not in w)
    if direction not in DIRECTIONS or names - FLAGS or ends - ALL_KINDS:
        raise CodeSetError(f"cues.tsv line {number}: unknown direction, flag or kind to end")
    if cue_kind is CueKind.TERMINATOR and not ends:
        ends = ALL_KINDS - {SECTION}
    slots, core = read_phrase(phrase)
    if not slots or (() in slots[0] and all(() in slot for slot in slots)):
        raise CodeSetError(f"cues.tsv line {number}: the phrase may be empty")
    forward, backward = direction in ("forward", "both"), direction in ("backward", "both")
    after, unless, of = (_class_named(words, key, number) for key in ("after=", "unless=", "of="))
    return Cue(
        number, slots, core, cue_kind, forward, backward, cue_reach, max_tokens, names, ends, after, unless, of
    )


def _class_named(flags: list[str], key: str, number: int) -> frozenset[str]:
    """Return the words of the class that a flag names, or none."""
    name = next((flag[len(key) :] for flag in flags if flag.startswith(key)), None)
    if name is not None and name not in read_classes():
        raise CodeSetError(f"cues.tsv line {number}: a flag names an unknown class")
    return read_classes()[name] if name else frozenset()


@cache
def read_cues() -> tuple[Cue, ...]:
    """Return the rows of cues.tsv; raises CodeSetError naming the line of a malformed row."""
    return tuple(_read_cue(number, line) for number, line in _data("cues.tsv"))


@cache
def read_classes() -> dict[str, frozenset[str]]:
    """Return class name → folded words; raises CodeSetError naming the line of a malformed row."""
    found: dict[str, set[str]] = {}
    for number, line in _data("classes.tsv"):
        columns = line.split("\t")
        if len(columns) != 2 or not columns[1].split():
            raise CodeSetError(f"classes.tsv line {number}: expected a name and its words")
        found.setdefault(columns[0], set()).update(columns[1].split())
    return {name: frozenset(words) for name, words in found.items()}


@cache
def classes_of_words() -> dict[str, tuple[str, ...]]:
    """Return folded word → the `<class>` names that cues may call it by."""
    found: dict[str, list[str]] = {}
    for name, words in read_classes().items():
        if name.islower():
            for word in words:
                found.setdefault(word, []).append(f"<{name}>")
    return {word: tuple(sorted(names)) for word, names in found.items()}


def number_classes(word: str) -> tuple[str, ...]:
    """Return the built-in classes of a word that begins with a digit."""
    if not word.isdigit():
        return ()
    return ("<year>", "<num>") if len(word) == 4 and word[:2] in ("19", "20") else ("<num>",)


@dataclass(frozen=True, slots=True)
class Priors:
    """Which assertion a kind of section, or the words of a heading, say of the findings below."""

    sections: dict[str, CueKind]
    headings: dict[str, CueKind]


@cache
def read_priors() -> Priors:
    """Return the rows of sections.tsv; raises CodeSetError naming the line of a malformed row."""
    found: dict[str, dict[str, CueKind]] = {"section": {}, "heading": {}}
    for number, line in _data("sections.tsv"):
        columns = line.split("\t")
        if len(columns) != 3 or columns[0] not in found or columns[2] not in PRECEDENCE:
            raise CodeSetError(f"sections.tsv line {number}: expected section or heading, a name and a kind")
        found[columns[0]][columns[1]] = CueKind(columns[2])
    return Priors(found["section"], found["heading"])


def read_terms(name: str) -> list[str]:
    """Return the lines of chronic.txt or resolvable.txt."""
    return [line.strip() for _, line in _data(name)]
