"""Writes docs/edits.md from the table of claim edits: `python docs/edits.py`; a test holds it."""

from itertools import groupby
from pathlib import Path

from claims.findings import Edit, edits

PAGE = Path(__file__).with_name("edits.md")
_HEAD = """# Claim edits

What `chartcoder claim scrub` finds. An error blocks export, a warning needs no override, info explains. The place is
the usual one: a finding names its own. The status is what a 277CA would answer (999: the file itself is refused),
the denial the adjustment reason (CARC) that it would become. This page is written from `claims/data/edits.tsv`
(`python docs/edits.py`).
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for family, found in groupby(edits().values(), key=lambda edit: edit.id.split(".")[0]):
        parts.append(f"## {family}\n\n| edit | | place | status | denial | message |\n|---|---|---|---|---|---|")
        parts += [_row(edit) for edit in found]
        parts.append("")
    return "\n".join(parts)


def _row(edit: Edit) -> str:
    place = " ".join(filter(None, (edit.loop, edit.element or edit.segment)))
    cells = (f"`{edit.id}`", edit.severity.value, place, edit.status_code, edit.likely_denial, edit.message)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
