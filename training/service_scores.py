"""Counts how often a line is right by how its procedure was judged done: the table of `coding/procedures/scores.tsv`.

    python -m training.service_scores --out build/scores.tsv

Reads the tuning half of the gold notes, `training/labels` and, below CHARTCODER_DATA, the labelled transcriptions.
Every grade is listed for the count, whatever its score is today.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated
from unittest import mock

import typer

from coding.procedures import lines, tables
from coding.suggest import Suggester, open_suggester
from eval.goldnotes.read import GoldNote, read_services
from training.notes import billed_transcriptions, transcribed_notes, written_notes

_PRIOR = 4
_HEAD = (
    "# grade\tprobability that a coder keeps a line whose procedure was judged done so; source: counts on the tuning "
    "and training labels (python -m training.service_scores), drawn towards a half by four lines\n"
)


def count_grades(suggester: Suggester, notes: Iterable[GoldNote]) -> dict[str, tuple[int, int]]:
    """Return grade → how many of its lines are gold lines, and how many there are."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    everything = dict.fromkeys(tables.scores(), 1.0)
    with mock.patch.object(lines, "scores", lambda: everything):
        for gold in notes:
            wanted = {line.code for line in gold.label.procedures}
            for said in suggester.suggest(gold.note).suggestions:
                grade = next((step.detail for step in said.why if step.step == "performed"), None)
                if grade is not None:
                    total[grade] += 1
                    right[grade] += said.code.display in wanted
    return {grade: (right[grade], total[grade]) for grade in total}


def table(counts: Mapping[str, tuple[int, int]]) -> str:
    """Return the rows of the table in its present order; a grade that was never seen keeps its score."""
    rows = []
    for grade, score in tables.scores().items():
        right, total = counts.get(grade, (0, 0))
        share = (right + _PRIOR / 2) / (total + _PRIOR) if total else score
        rows.append(f"{grade}\t{share:.2f}")
    return _HEAD + "\n".join(rows) + "\n"


def main(out: Annotated[Path, typer.Option(help="The table to write.")]) -> None:
    """Count on the labelled notes and write the table."""
    notes = [*written_notes(), *read_services("tune"), *transcribed_notes(), *billed_transcriptions()]
    counts = count_grades(open_suggester(), [n for n in notes if n.label.procedures])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(table(counts), encoding="utf-8")
    for grade, (right, total) in sorted(counts.items()):
        typer.echo(f"{grade:32} {right:5} of {total:5}")


if __name__ == "__main__":
    typer.run(main)
