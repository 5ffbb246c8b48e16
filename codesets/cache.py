"""The cache folder: indexes built once from versioned content, safe when two processes build at once."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from platformdirs import user_cache_path

from codesets.errors import CodeSetError


def cache_folder() -> Path:
    """Return the folder for built indexes: `CHARTCODER_CACHE`, else the platform's cache folder."""
    chosen = os.environ.get("CHARTCODER_CACHE")
    return Path(chosen) if chosen else user_cache_path("chartcoder")


def content_key(parts: Iterable[bytes | Path]) -> str:
    """Return a short hex digest of the bytes and of the content of the files, in order."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:16]


def new_draft(target: Path) -> Path:
    """Return a new empty folder beside `target`, readable like any other folder, to be filled and renamed."""
    draft = target.parent / f".{target.name}-{uuid.uuid4().hex[:12]}"
    draft.mkdir()
    return draft


def built_once(name: str, build: Callable[[Path], None], root: Path | None = None) -> Path:
    """Return the folder `name` below the cache, calling `build(folder)` first where it does not exist.

    The folder appears whole or not at all: `build` fills a temporary sibling, which is then renamed. Two
    processes that build at once both succeed and the later result is thrown away. Raises CodeSetError where
    the cache cannot be written.
    """
    target = (root or cache_folder()) / name
    if target.is_dir():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = new_draft(target)
    except OSError as error:
        raise CodeSetError(
            f"the cache folder cannot be written ({error.strerror}): set CHARTCODER_CACHE to a writable folder"
        ) from None
    try:
        build(draft)
        try:
            draft.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target
