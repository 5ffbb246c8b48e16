"""The tabular list as an official file to install: read by `codesets.icd10cm.tabular`, checked here."""

import io
from collections.abc import Iterable

from codesets.icd10cm.tabular import TabularRecord, read_tabular
from codesets.loaders.markup import line_of, parse_markup
from codesets.loaders.rows import CODE_SHAPE, damaged
from codesets.types import dotted


def read_tabular_file(name: str, data: bytes) -> tuple[list[TabularRecord], str]:
    """Return the records of a tabular XML, parents before children, and the year that it states ('' if none).

    Raises BadCodeSetFile, with the line, on damaged XML, a code that is not well shaped, stands twice, has no
    title, or does not begin with the code above it.
    """
    version = (parse_markup(name, data, "ICD10CM.tabular").findtext("version") or "").strip()
    records = read_tabular(io.BytesIO(data))
    seen: set[str] = set()
    for record in records:
        if record.kind == "code":
            reason = _wrong(record, seen)
            if reason:
                occurrence = 2 if record.name in seen else 1
                line = line_of(data, f"<name>{dotted(record.name)}<", occurrence)
                raise damaged(name, line, f"the code {record.name} {reason}")
            seen.add(record.name)
    if not seen:
        raise damaged(name, 1, "no code in the file")
    return records, version


def check_against(name: str, data: bytes, records: Iterable[TabularRecord], values: Iterable[str]) -> None:
    """Raise BadCodeSetFile unless the tabular list and the codes of a release (`values`) belong together.

    Every code that is printed must be in the release, and every category of the release must be printed: a
    file with some of the chapters is refused.
    """
    release = set(values)
    printed = [r.name for r in records if r.kind == "code"]
    for value in printed:
        if value not in release:
            line = line_of(data, f"<name>{dotted(value)}<")
            raise damaged(name, line, f"prints {value}, which the release of that date does not hold")
    missing = sorted({v for v in release if len(v) == 3} - set(printed))
    if missing:
        last = data.count(b"\n") + 1
        raise damaged(
            name, last, f"{len(missing)} categories are not printed, {missing[0]} first: not the whole list"
        )


def _wrong(record: TabularRecord, seen: set[str]) -> str:
    if not CODE_SHAPE.match(record.name):
        return "is not shaped like an ICD-10-CM code"
    if record.name in seen:
        return "stands twice"
    if not record.title:
        return "has no title"
    in_section = record.parent is None or record.parent.startswith("section ")
    if in_section != (len(record.name) == 3) or not (in_section or record.name.startswith(record.parent or "")):
        return "does not stand below the code that begins it"
    return ""
