"""Plots of a measurement on the gold notes."""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from codesets.errors import BadRequest

_BLUE, _GREY, _RED = "#2f6f8f", "#b8b8b8", "#b5533c"


def write_plots(
    folder: Path,
    listed: Sequence[tuple[float, bool]],
    every: Sequence[tuple[float, bool]],
    wanted: int,
    chapters: Mapping[str, tuple[int, int, int]],
) -> None:
    """Write reliability.png, precision-recall.png and chapters.png to `folder`.

    `listed` are score and outcome of the suggestions, `every` also of the candidates below the threshold, `wanted`
    is the number of gold codes. Raises BadRequest where matplotlib is absent.
    """
    pyplot = _pyplot()
    _reliability(pyplot, folder / "reliability.png", listed)
    _precision_recall(pyplot, folder / "precision-recall.png", every, wanted, len(listed))
    _chapters(pyplot, folder / "chapters.png", chapters)


def _pyplot() -> Any:
    try:
        importlib.import_module("matplotlib").use("Agg")
        return importlib.import_module("matplotlib.pyplot")
    except ModuleNotFoundError:
        raise BadRequest("--out draws plots with matplotlib: pip install 'chartcoder[plots]'") from None


def _reliability(pyplot: Any, path: Path, listed: Sequence[tuple[float, bool]]) -> None:
    figure, axes = pyplot.subplots(figsize=(5, 4.2), layout="constrained")
    scores, kept = (np.array(x, dtype=float) for x in zip(*listed, strict=True)) if listed else (np.zeros(0),) * 2
    rows = np.minimum((scores * 10).astype(int), 9)
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1)
    for row in sorted(set(rows.tolist())):
        inside = rows == row
        axes.scatter(scores[inside].mean(), kept[inside].mean(), s=12 + 3 * inside.sum(), color=_BLUE)
    _finish(axes, "Are the scores honest?", "score", "share that is a gold code")
    _save(pyplot, figure, path)


def _precision_recall(pyplot: Any, path: Path, every: Sequence[tuple[float, bool]], wanted: int, at: int) -> None:
    figure, axes = pyplot.subplots(figsize=(5, 4.2), layout="constrained")
    kept = np.array([k for _, k in sorted(every, key=lambda x: -x[0])], dtype=float)
    hits = np.cumsum(kept)
    recall, precision = hits / max(wanted, 1), hits / np.arange(1, len(kept) + 1)
    axes.plot(recall, precision, color=_BLUE)
    if 0 < at <= len(kept):
        axes.scatter(recall[at - 1], precision[at - 1], color=_RED, zorder=3, label="threshold")
        axes.legend(frameon=False)
    _finish(axes, "Precision and recall", "recall", "precision")
    _save(pyplot, figure, path)


def _chapters(pyplot: Any, path: Path, chapters: Mapping[str, tuple[int, int, int]]) -> None:
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    names = list(chapters)
    right, missed, wrong = (np.array(x) for x in zip(*chapters.values(), strict=True)) if names else ((), (), ())
    axes.bar(names, right, color=_BLUE, label="right")
    axes.bar(names, missed, bottom=right, color=_GREY, label="missed")
    axes.bar(names, -np.asarray(wrong), color=_RED, label="wrong")
    axes.axhline(0, color="black", linewidth=0.8)
    axes.legend(frameon=False)
    _finish(axes, "Codes by first letter", "", "codes")
    _save(pyplot, figure, path)


def _finish(axes: Any, title: str, x: str, y: str) -> None:
    axes.set_title(title, loc="left")
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.spines[["top", "right"]].set_visible(False)


def _save(pyplot: Any, figure: Any, path: Path) -> None:
    figure.savefig(path, format="png", dpi=150)
    pyplot.close(figure)
