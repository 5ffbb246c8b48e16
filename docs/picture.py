"""Draws docs/suggest.svg: the beginning of both lists of an example note, as `chartcoder suggest` prints them.

Run from the repository's root: `python docs/picture.py`.
"""

import re
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

from rich.console import Console

from api.table import print_answer
from coding.suggest import open_suggester
from nlp.types import Note, Patient, Setting, Sex

SUGGESTED, LEFT_OUT = 5, 8
FONTS = re.compile(r"@font-face \{.*?\}|<!--.*?-->", re.DOTALL)


def main() -> None:
    """Write the picture."""
    text = Path("examples/notes/ed_chest_pain.txt").read_text(encoding="utf-8")
    note = Note(text, date(2026, 9, 15), Setting.ED, Patient(58, Sex.MALE))
    answer = open_suggester().suggest(note)
    part = replace(answer, suggestions=answer.suggestions[:SUGGESTED], suppressed=answer.suppressed[:LEFT_OUT])
    console = Console(record=True, width=112, force_terminal=True, color_system="truecolor", file=StringIO())
    print_answer(part, note, console)
    svg = console.export_svg(title="chartcoder suggest examples/notes/ed_chest_pain.txt --setting ed")
    Path("docs/suggest.svg").write_text(FONTS.sub("", svg), encoding="utf-8")


if __name__ == "__main__":
    main()
