"""Tabular records into the files of a release: one row per code, sorted by canonical value."""

import json
from collections.abc import Container, Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from codesets.cache import content_key
from codesets.icd10cm.notes import find_ranges
from codesets.icd10cm.tabular import TabularRecord, expand_seventh_characters
from codesets.packed import write_array, write_texts
from codesets.types import CodeSet


def build_release(
    folder: Path, code_set: CodeSet, records: list[TabularRecord], listed: Container[str] | None
) -> None:
    """Write the release that `records` describe to `folder`, 7-character codes expanded.

    `listed` is the official list of codes, where known: a code that is not on it is left out.
    """
    records = records + expand_seventh_characters(records, listed)
    codes = [r for r in records if r.kind == "code" and (listed is None or r.name in listed)]
    write_release(folder, code_set, codes, [r for r in records if r.kind != "code"])


def write_release(
    folder: Path,
    code_set: CodeSet,
    codes: Iterable[TabularRecord],
    groups: Iterable[TabularRecord],
    billable: Container[str] | None = None,
) -> None:
    """Write codes, titles, hierarchy and notes to `folder`.

    A code is billable when it has no children, or when it is in `billable` where a source states the flag.
    """
    rows = sorted(codes, key=lambda r: r.name)
    headers = {r.parent for r in rows}
    categories = {r.name for r in rows if len(r.name) == 3}
    row_of = {r.name: i for i, r in enumerate(rows)}
    flags = [(r.name in billable) if billable is not None else (r.name not in headers) for r in rows]
    parents = [row_of.get(r.parent or "", -1) for r in rows]
    write_array(folder, "codes", np.array([r.name.encode() for r in rows], dtype="S7"))
    write_array(folder, "billable", np.array(flags, dtype=np.bool_))
    write_array(folder, "parents", np.array(parents, dtype=np.int32))
    write_texts(folder, "titles", [r.title for r in rows])
    write_texts(folder, "notes", [_notes_json(r, categories) for r in rows])
    write_texts(folder, "seventh", [json.dumps(r.seventh) if r.seventh else "" for r in rows])
    tree = {
        g.name: {"kind": g.kind, "title": g.title, "parent": g.parent, "notes": _notes_json(g, categories)}
        for g in groups
    }
    sections = {r.name: r.parent for r in rows if len(r.name) == 3}
    meta: dict[str, object] = {
        "release": code_set.release,
        "source": code_set.source,
        "groups": tree,
        "sections": sections,
    }
    meta["effective_from"] = code_set.effective_from.isoformat()
    meta["effective_to"] = code_set.effective_to.isoformat() if code_set.effective_to else None
    meta["identity"] = _digest(meta, folder)
    (folder / "release.json").write_text(json.dumps(meta), encoding="utf-8")


def _digest(meta: dict[str, object], folder: Path) -> str:
    return content_key([json.dumps(meta).encode(), *sorted(folder.glob("*.npy"))])


def _notes_json(record: TabularRecord, categories: Container[str]) -> str:
    if not record.notes:
        return ""
    return json.dumps(
        [
            [kind.value, text, [list(asdict(r).values()) for r in find_ranges(text, categories)]]
            for kind, text in record.notes
        ]
    )
