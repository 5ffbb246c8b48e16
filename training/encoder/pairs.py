"""The pairs that the encoder learns from: a wording, the title of its code, and the title of a sibling."""

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from codesets.icd10cm.release import IcdRelease
from training.sources import (
    Wording,
    index_wordings,
    mondo_wordings,
    ontology_wordings,
    own_wordings,
)

_HELD_OUT_SHARE = 0.05
_MAX_CHARS = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """A wording, the title that it means and the title of a sibling that it does not mean."""

    wording: str
    title: str
    sibling: str
    code: str


def concept_codes(release: IcdRelease) -> list[str]:
    """Return the codes that have a title of their own: all but 7th-character extensions."""
    found = []
    for value in release.values:
        parent = release.parent(value)
        if len(value) < 7 or parent is None or value[6] not in release.seventh_characters(parent):
            found.append(value)
    return found


def make_pairs(folder: Path, release: IcdRelease, seed: int) -> tuple[list[Pair], list[Wording]]:
    """Return shuffled training pairs, and wordings held out to measure retrieval (5 % of the codes)."""
    draw = random.Random(seed)  # noqa: S311 - a reproducible draw, not a secret
    concepts = set(concept_codes(release))
    siblings: dict[str | None, list[str]] = defaultdict(list)
    for value in sorted(concepts):
        siblings[release.parent(value)].append(value)
    sources = (index_wordings(folder, release), ontology_wordings(folder, release))
    wordings = [w for source in (*sources, mondo_wordings(folder, release), own_wordings(release)) for w in source]
    usable = {(w.text, w.code): w for w in wordings if w.code in concepts and len(w.text) <= _MAX_CHARS}
    wordings = sorted(usable.values(), key=_key)
    held_out = {c for c in sorted({w.code for w in wordings}) if draw.random() < _HELD_OUT_SHARE}
    pairs = []
    for wording in wordings:
        if wording.code not in held_out:
            others = [v for v in siblings[release.parent(wording.code)] if v != wording.code]
            sibling = draw.choice(others or sorted(siblings[None]))
            pairs.append(Pair(wording.text, release.title(wording.code), release.title(sibling), wording.code))
    draw.shuffle(pairs)
    return pairs, [w for w in wordings if w.code in held_out]


def _key(wording: Wording) -> tuple[str, str]:
    return wording.code, wording.text
