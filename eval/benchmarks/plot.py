"""A bar chart of a benchmark; matplotlib comes with the extra plots and is asked for by name."""

import importlib
from collections.abc import Mapping
from pathlib import Path

from codesets.errors import BadRequest


def write_bars(path: Path, title: str, bars: Mapping[str, float]) -> None:
    """Write horizontal bars to a PNG file; raises BadRequest where matplotlib is absent."""
    try:
        matplotlib = importlib.import_module("matplotlib")
        matplotlib.use("Agg")
        pyplot = importlib.import_module("matplotlib.pyplot")
    except ModuleNotFoundError:
        raise BadRequest("--plot needs matplotlib: pip install 'chartcoder[plots]'") from None
    figure, axes = pyplot.subplots(figsize=(7, 0.7 + 0.5 * len(bars)), layout="constrained")
    drawn = axes.barh(list(bars), list(bars.values()), color=["#2f6f8f", *["#b8b8b8"] * (len(bars) - 1)])
    axes.bar_label(drawn, fmt="%.1f", padding=3)
    axes.invert_yaxis()
    axes.set_title(title, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.12)
    figure.savefig(path, format="png", dpi=150)
    pyplot.close(figure)
