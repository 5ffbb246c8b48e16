"""A model that got worse on held-out data is not installed."""

import json
import sys
from pathlib import Path

import pytest

from training.compare import compare, main

SHIPPED = {"notes": 10, "own": {"held-out F1": 0.7, "held-out precision": 0.8}, "calibration": "platt"}


def with_f1(f1: float | None, **others: object) -> dict[str, object]:
    own = {"held-out precision": 0.1} | ({} if f1 is None else {"held-out F1": f1})
    return {**SHIPPED, "own": own, **others}


@pytest.mark.parametrize(
    ("new", "falls"),
    [
        pytest.param(SHIPPED, [], id="the same"),
        pytest.param(with_f1(0.71), [], id="better F1, worse precision"),
        pytest.param(with_f1(0.69), ["own, held-out F1"], id="worse F1"),
        pytest.param(with_f1(None), ["own, held-out F1"], id="no F1 any more"),
        pytest.param(with_f1(0.7, other={"held-out F1": 0.1}), [], id="a new figure has nothing to fall from"),
    ],
)
def test_what_falls(new: dict[str, object], falls: list[str]) -> None:
    assert [row.name for row in compare(SHIPPED, new) if row.falls] == falls


def test_figures_stand_in_the_order_of_the_shipped_ones() -> None:
    rows = compare(SHIPPED, {"extra": 1, "notes": 11})
    assert [row.name for row in rows] == [
        "notes",
        "own, held-out F1",
        "own, held-out precision",
        "calibration",
        "extra",
    ]
    assert rows[0][1:] == (10, 11)
    assert rows[3][1:] == ("platt", None)


def folders(root: Path, new: dict[str, object] | None) -> list[str]:
    for name, figures in (("models", SHIPPED), ("build", new)):
        (root / name / "toy-1").mkdir(parents=True)
        if figures is not None:
            (root / name / "toy-1" / "metrics.json").write_text(json.dumps(figures), encoding="utf-8")
    return [str(root / "build"), "--shipped", str(root / "models")]


@pytest.mark.parametrize(
    ("new", "status", "said", "complaint"),
    [
        pytest.param(with_f1(0.8), 0, "cp ", "", id="better: how to install"),
        pytest.param(with_f1(0.6), 1, "0.6  falls", "toy-1: own, held-out F1", id="worse: refused"),
        pytest.param(None, 1, "", "make train", id="nothing was trained"),
    ],
)
def test_the_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    new: dict[str, object] | None,
    status: int,
    said: str,
    complaint: str,
) -> None:
    monkeypatch.setattr(sys, "argv", ["compare", *folders(tmp_path, new)])
    assert main() == status
    printed = capsys.readouterr()
    assert said in printed.out
    assert complaint in printed.err
    assert ("cp " in printed.out) is (status == 0)
