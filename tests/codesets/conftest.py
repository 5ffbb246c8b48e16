"""What the tests of code sets share: a home, official layouts, the shared data."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from codesets.icd10cm.release import IcdRelease

DATA = Path(os.environ.get("CHARTCODER_DATA", Path(__file__).parents[3] / "shared" / "data"))


class Layouts:
    """Lines and files in the official fixed-width layouts."""

    @staticmethod
    def order_line(number: int, value: str, flag: int, title: str) -> str:
        return f"{number:05d} {value:<7} {flag} {title[:60]:<60} {title}"

    @staticmethod
    def order_text(rows: Iterable[tuple[str, int, str]]) -> str:
        return "".join(Layouts.order_line(n, *row) + "\r\n" for n, row in enumerate(rows, start=1))

    @staticmethod
    def addenda_line(action: str, flag: int, value: str, title: str) -> str:
        return f"{action + ':':<13}{flag} {value:<7} {title[:60]:<60} {title}"

    @staticmethod
    def addenda_text(lines: Iterable[str], headers: tuple[int, int], codes: tuple[int, int]) -> str:
        """An order addenda that states its own counts: (before, after) of headers and of codes."""
        lines = list(lines)
        closing: list[str] = []
        for name, flag, (before, after) in (("headers", "0", headers), ("codes", "1", codes)):
            mine = [line for line in lines if line[13] == flag]
            closing += [
                "",
                name.capitalize(),
                f"  {before} {name} in icd10cm_order_2026.txt",
                f"  {after} {name} in icd10cm_order_2027.txt",
                f"  {sum(line.startswith('Add:') for line in mine)} additions",
                f"  {sum(line.startswith('Delete:') for line in mine)} deletions",
                f"  {sum(line.startswith('Revise to:') for line in mine)} revisions",
                "of which",
                "  0 revisions to long title only",
            ]
        return "".join(line + "\r\n" for line in [*lines, *closing])


@pytest.fixture(scope="session")
def layouts() -> type[Layouts]:
    return Layouts


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("CHARTCODER_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def embedded_order(embedded: IcdRelease) -> list[tuple[str, int, str]]:
    """The embedded release as rows of an order file."""
    return [(v, int(embedded.is_billable(v)), embedded.title(v)) for v in embedded]


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = DATA / "codesets"
    if not folder.is_dir():
        pytest.skip("the shared data is not here: set CHARTCODER_DATA")
    return folder
