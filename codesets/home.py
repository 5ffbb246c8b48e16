"""The home folder of installed code sets, and how a folder in it is replaced.

`icd10cm/2026-10-01/` holds the release that is in force from that day, `index-*.tsv` beside it the terms of
that year's Alphabetic Index. While a folder is being replaced its former content stands as
`.2026-10-01.previous`, which answers wherever the folder itself is missing: an installation that is cut off
leaves the old data in force.
"""

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from platformdirs import user_data_path

from codesets.cache import new_draft
from codesets.errors import CodeSetError

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def home_folder() -> Path:
    """Return the folder of installed code sets: `CHARTCODER_HOME`, else the platform's data folder."""
    chosen = os.environ.get("CHARTCODER_HOME")
    return Path(chosen) if chosen else user_data_path("chartcoder")


def dated_folders(root: Path) -> dict[date, Path]:
    """Return the folders below `root` that are named by a date, by that date, in order.

    Raises CodeSetError where `root` cannot be read.
    """
    found: dict[date, Path] = {}
    try:
        entries = list(root.iterdir()) if root.is_dir() else []
    except OSError as error:
        raise CodeSetError(f"the home folder cannot be read ({error.strerror}): set CHARTCODER_HOME") from None
    for entry in entries:
        name = entry.name.removeprefix(".").removesuffix(".previous")
        whole = entry.name == name
        if _DAY.match(name) and (whole or (entry.name == f".{name}.previous" and not (root / name).exists())):
            found[date.fromisoformat(name)] = entry
    return dict(sorted(found.items()))


def replace_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Put the folder that `fill(draft)` writes in the place of `target`, which any failure leaves as it was.

    Raises CodeSetError where the home folder cannot be written.
    """
    previous = target.with_name(f".{target.name}.previous")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if previous.exists() and not target.exists():
            previous.rename(target)
        draft = new_draft(target)
    except OSError as error:
        raise _unwritable(error) from None
    try:
        fill(draft)
        _flush(draft)
        shutil.rmtree(previous, ignore_errors=True)
        if target.exists():
            target.rename(previous)
        draft.rename(target)
        shutil.rmtree(previous, ignore_errors=True)
    except OSError as error:
        if previous.exists() and not target.exists():
            previous.rename(target)
        raise _unwritable(error) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def replace_file(target: Path, text: str) -> None:
    """Put `text` in the place of the file `target` at once; raises CodeSetError where that cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = new_draft(target) / target.name
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
        draft.parent.rmdir()
    except OSError as error:
        raise _unwritable(error) from None


def _flush(folder: Path) -> None:
    for entry in folder.iterdir():
        with entry.open("rb+") as file:
            os.fsync(file.fileno())


def _unwritable(error: OSError) -> CodeSetError:
    return CodeSetError(
        f"the home folder cannot be written ({error.strerror}): set CHARTCODER_HOME to a writable folder"
    )
