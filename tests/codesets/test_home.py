from datetime import date
from pathlib import Path

import pytest

from codesets.errors import CodeSetError
from codesets.home import dated_folders, home_folder, replace_file, replace_folder


def _fill(text: str):  # type: ignore[no-untyped-def]
    return lambda draft: (draft / "a").write_text(text)


def test_home_is_a_setting(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home_folder() == home
    monkeypatch.delenv("CHARTCODER_HOME")
    assert "chartcoder" in str(home_folder())


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "x" / "2026-10-01"
    replace_folder(target, _fill("one"))
    replace_folder(target, _fill("two"))
    assert (target / "a").read_text() == "two"
    assert [p.name for p in target.parent.iterdir()] == ["2026-10-01"]


def test_a_failure_leaves_the_old_content(tmp_path: Path) -> None:
    target = tmp_path / "2026-10-01"
    replace_folder(target, _fill("one"))

    def fail(draft: Path) -> None:
        (draft / "a").write_text("half")
        raise ValueError

    with pytest.raises(ValueError):
        replace_folder(target, fail)
    assert (target / "a").read_text() == "one"
    assert [p.name for p in tmp_path.iterdir()] == ["2026-10-01"]


def test_an_installation_that_was_cut_off_leaves_the_old_data_in_force(tmp_path: Path) -> None:
    replace_folder(tmp_path / "2026-10-01", _fill("one"))
    (tmp_path / "2026-10-01").rename(tmp_path / ".2026-10-01.previous")
    assert dated_folders(tmp_path) == {date(2026, 10, 1): tmp_path / ".2026-10-01.previous"}
    replace_folder(tmp_path / "2026-10-01", _fill("two"))
    assert dated_folders(tmp_path) == {date(2026, 10, 1): tmp_path / "2026-10-01"}


def test_other_folders_are_not_releases(tmp_path: Path) -> None:
    for name in ("2026-10-01", "2023-10-01", "index", ".2026-10-01-0123456789ab", ".2026-10-01.previous"):
        (tmp_path / name).mkdir()
    assert list(dated_folders(tmp_path)) == [date(2023, 10, 1), date(2026, 10, 1)]
    assert dated_folders(tmp_path / "absent") == {}


def test_an_unwritable_home_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CodeSetError, match="CHARTCODER_HOME"):
        replace_folder(tmp_path / "file" / "2026-10-01", _fill("one"))
    with pytest.raises(CodeSetError, match="CHARTCODER_HOME"):
        replace_file(tmp_path / "file" / "terms.tsv", "one")


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    for text in ("one", "two"):
        replace_file(tmp_path / "x" / "terms.tsv", text)
    assert [(p.name, p.read_text()) for p in (tmp_path / "x").iterdir()] == [("terms.tsv", "two")]
