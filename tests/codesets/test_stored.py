from datetime import date
from pathlib import Path

import pytest

from codesets.errors import CodeSetError
from codesets.stored import Stored, open_stored, store, stored_below, write_rows

DAY = date(2026, 1, 1)


def _store(root: Path, day: date = DAY, text: str = "a\tb\n") -> Stored:
    def write(draft: Path) -> None:
        (draft / "rows.tsv").write_text(text)

    store(root / day.isoformat(), (day, None), "a test", {"rows": 1}, write)
    return open_stored(root / day.isoformat())


def test_what_is_stored_is_read(tmp_path: Path) -> None:
    stored = _store(tmp_path)
    assert (stored.release, stored.starts, stored.ends, stored.source) == ("2026-01-01", DAY, None, "a test")
    assert (stored.rows("rows.tsv"), dict(stored.counts)) == ([["a", "b"]], {"rows": 1})
    assert stored.sound()


def test_a_second_installation_replaces_the_first(tmp_path: Path) -> None:
    _store(tmp_path)
    assert _store(tmp_path, text="c\n").rows("rows.tsv") == [["c"]]
    assert [p.name for p in tmp_path.iterdir()] == ["2026-01-01"]


def test_releases_by_first_day(tmp_path: Path) -> None:
    _store(tmp_path)
    _store(tmp_path, date(2025, 1, 1))
    (tmp_path / "2024-01-01").mkdir()
    assert list(stored_below(tmp_path)) == [date(2025, 1, 1), DAY]
    assert stored_below(tmp_path / "absent") == {}


@pytest.mark.parametrize("meta", ["", "{}", "[]", '{"effective_from":"soon"}'])
def test_a_damaged_description_is_named(tmp_path: Path, meta: str) -> None:
    _store(tmp_path)
    (tmp_path / "2026-01-01" / "release.json").write_text(meta)
    with pytest.raises(CodeSetError, match="release 2026-01-01 is damaged"):
        stored_below(tmp_path)
    assert stored_below(tmp_path, sound_only=True) == {}


def test_a_changed_or_missing_file_is_named(tmp_path: Path) -> None:
    stored = _store(tmp_path)
    (stored.folder / "rows.tsv").write_text("x\ty\n")
    assert not stored.sound()
    with pytest.raises(CodeSetError, match="damaged"):
        stored.rows("rows.tsv")
    (stored.folder / "rows.tsv").unlink()
    assert not stored.sound()
    with pytest.raises(CodeSetError, match="damaged"):
        open_stored(stored.folder)


def test_a_failure_leaves_the_old_table(tmp_path: Path) -> None:
    _store(tmp_path)

    def write(_draft: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(CodeSetError, match="cannot be written"):
        store(tmp_path / "2026-01-01", (DAY, None), "a test", {}, write)
    assert open_stored(tmp_path / "2026-01-01").rows("rows.tsv") == [["a", "b"]]


def test_white_space_in_a_cell_is_no_tab(tmp_path: Path) -> None:
    write_rows(tmp_path / "x.tsv", [["a\tb", " c\nd "], ["", "e"]])
    assert (tmp_path / "x.tsv").read_text() == "a b\tc d\n\te\n"
