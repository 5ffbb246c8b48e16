"""The alias table: what clinicians, templates and patients say → a code or the words that official titles use.

`codesets/data/aliases.tsv`, one row a line: term, meaning (a code, or `=` and an expansion), context, kind.
"""

from dataclasses import dataclass
from importlib.resources import files

from codesets.errors import CodeSetError
from codesets.index.words import fold, token_spans


@dataclass(frozen=True, slots=True)
class Context:
    """When an ambiguous term may fire: any one of the words nearby, anywhere in the note, or a section.

    `near` words stand in the same or a neighbouring sentence, `note` words anywhere; all are folded.
    """

    near: frozenset[str]
    note: frozenset[str]
    sections: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alias:
    """One row: `term` as written, and either a canonical `code` or an `expansion`."""

    term: str
    code: str | None
    expansion: str | None
    context: Context | None
    kind: str

    @property
    def is_short_form(self) -> bool:
        """True for one word whose capitals are part of it (`MS`, `HFrEF`), which lower-case prose never means."""
        return " " not in self.term and any(c.isupper() for c in self.term)


def read_aliases() -> list[Alias]:
    """Return the rows of the alias table; raises CodeSetError naming the line of a malformed row."""
    text = files("codesets.data").joinpath("aliases.tsv").read_text(encoding="utf-8")
    aliases = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            continue
        parts = line.split("\t")
        if len(parts) != 4:
            raise CodeSetError(f"aliases.tsv line {number}: expected 4 columns, found {len(parts)}")
        term, meaning, context, kind = parts
        expansion = meaning[1:] if meaning.startswith("=") else None
        code = None if expansion is not None else meaning.replace(".", "")
        aliases.append(Alias(term, code, expansion, parse_context(context, number), kind))
    return aliases


def parse_context(text: str, line: int = 0) -> Context | None:
    """Return the context that `near:a|b;note:c;section:family` spells, or None for no condition."""
    if not text:
        return None
    found: dict[str, set[str]] = {"near": set(), "note": set(), "section": set()}
    for part in text.split(";"):
        name, _, words = part.strip().partition(":")
        if name not in found or not words:
            raise CodeSetError(f"aliases.tsv line {line}: a context is near:, note: or section: and words")
        found[name].update(context_phrase(w) for w in words.split("|") if w.strip())
    return Context(frozenset(found["near"]), frozenset(found["note"]), frozenset(found["section"]))


def context_phrase(text: str) -> str:
    """Return a context word or phrase as folded tokens joined by spaces."""
    return " ".join(fold(text[s:e]) for s, e in token_spans(text))
