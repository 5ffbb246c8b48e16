"""The plots are drawn from any measurement, an empty one too."""

import importlib
from pathlib import Path

import pytest

from codesets.errors import BadRequest
from eval.goldnotes.plots import write_plots

PNG = b"\x89PNG\r\n\x1a\n"
LISTED = [(0.9, True), (0.7, False), (0.95, True)]


@pytest.mark.parametrize(
    ("listed", "every", "chapters"),
    [
        pytest.param(LISTED, [*LISTED, (0.1, False)], {"E": (1, 0, 2), "I": (3, 1, 0)}, id="some of each"),
        pytest.param([], [(0.2, False)], {"E": (0, 1, 0)}, id="nothing is listed"),
        pytest.param([], [], {}, id="nothing at all"),
        pytest.param([(1.0, True)], [(1.0, True)], {"I": (1, 0, 0)}, id="a score of one falls in the last bin"),
    ],
)
def test_three_pictures_are_written(
    tmp_path: Path,
    listed: list[tuple[float, bool]],
    every: list[tuple[float, bool]],
    chapters: dict[str, tuple[int, int, int]],
) -> None:
    pytest.importorskip("matplotlib", reason="the extra plots is not installed")
    write_plots(tmp_path, listed, every, 3, chapters)
    written = sorted(tmp_path.iterdir())
    assert [p.name for p in written] == ["chapters.png", "precision-recall.png", "reliability.png"]
    assert all(p.read_bytes().startswith(PNG) for p in written)


def test_without_matplotlib_the_install_line_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(BadRequest, match=r"pip install 'chartcoder\[plots\]'"):
        write_plots(tmp_path, LISTED, LISTED, 3, {})
    assert list(tmp_path.iterdir()) == []
