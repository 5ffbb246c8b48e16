"""Whether a list of codes is whole: an official file that was cut off at a line end looks well formed."""

from collections.abc import Sequence
from datetime import date

from codesets.icd10cm.release import IcdRelease
from codesets.loaders.rows import CodeRow, damaged

CODES_SHARE = 0.9
CATEGORIES_SHARE = 0.97
CHAPTER_22_FROM = date(2020, 4, 1)
U09_FROM = date(2021, 10, 1)


def check_complete(name: str, rows: Sequence[CodeRow], neighbour: IcdRelease, starts: date) -> None:
    """Raise BadCodeSetFile, with the last line, unless the rows can be a whole release.

    Measured against a neighbouring release: nine tenths of its billable codes, nearly all categories, every
    chapter (chapter 22 exists from 2020-04-01, its last category from 2021-10-01), and a last title that is
    not cut short. A year changes under 2 %.
    """
    last = rows[-1]
    billable = sum(row.billable for row in rows)
    expected = sum(neighbour.is_billable(value) for value in neighbour)
    if billable < CODES_SHARE * expected:
        raise damaged(name, last.line, f"{billable} billable codes where about {expected} are expected: truncated?")
    categories = {row.value[:3] for row in rows}
    known = [value for value in neighbour if len(value) == 3]
    missing = [value for value in known if value not in categories]
    if len(missing) > (1 - CATEGORIES_SHARE) * len(known):
        raise damaged(name, last.line, f"{len(missing)} categories are missing, {missing[0]} first: truncated?")
    chapters = {_chapter(neighbour, c) for c in known} - {_chapter(neighbour, c) for c in known if c in categories}
    if starts < CHAPTER_22_FROM:
        chapters.discard("chapter 22")
    if chapters:
        raise damaged(name, last.line, f"{min(chapters)} is missing: truncated?")
    cut = [c for c in missing if c[0] == last.value[0] and c > last.value]
    if cut and starts >= U09_FROM:
        raise damaged(name, last.line, f"the file ends before category {cut[0]}: truncated?")
    title = neighbour.title(last.value) if last.value in neighbour else last.title
    if title != last.title and title.startswith(last.title):
        raise damaged(name, last.line, "the last title is cut short: truncated?")


def _chapter(release: IcdRelease, category: str) -> str:
    groups = release.groups(category)
    return groups[-1][0] if groups else ""
