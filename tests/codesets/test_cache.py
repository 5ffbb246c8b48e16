import multiprocessing
import os
import time
from pathlib import Path

import pytest

from codesets.cache import built_once, content_key
from codesets.errors import CodeSetError


def _build_slowly(root: str, start_at: float, result: "multiprocessing.Queue[str]") -> None:
    def build(folder: Path) -> None:
        (folder / "a").write_text("one")
        time.sleep(0.3)
        (folder / "b").write_text("two")

    time.sleep(max(0.0, start_at - time.time()))
    folder = built_once("thing", build, Path(root))
    result.put("".join((folder / name).read_text() for name in ("a", "b")))


def test_two_processes_at_once_both_get_the_whole_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    result: multiprocessing.Queue[str] = context.Queue()
    start_at = time.time() + 3
    workers = [context.Process(target=_build_slowly, args=(str(tmp_path), start_at, result)) for _ in range(2)]
    for worker in workers:
        worker.start()
    found = [result.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    result.close()
    result.join_thread()
    assert found == ["onetwo", "onetwo"]
    assert [p.name for p in tmp_path.iterdir()] == ["thing"]


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise ValueError

    with pytest.raises(ValueError):
        built_once("thing", fail, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_built_only_once_and_readable_by_others(tmp_path: Path) -> None:
    calls: list[Path] = []
    folder = built_once("thing", calls.append, tmp_path)
    built_once("thing", calls.append, tmp_path)
    assert len(calls) == 1
    plain = tmp_path / "plain"
    plain.mkdir()
    assert folder.stat().st_mode == plain.stat().st_mode


def test_an_unwritable_cache_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CodeSetError, match="CHARTCODER_CACHE"):
        built_once("thing", lambda _: None, tmp_path / "file")


def test_the_key_tells_where_one_part_ends(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"ab")
    assert content_key([b"ab"]) == content_key([tmp_path / "f"])
    assert content_key([b"a", b"b"]) != content_key([b"ab"])
    assert os.sep not in content_key([b"a"])
