"""Tables installed from official files: a folder with the files and a `release.json` that says what they are.

`release.json` holds the first and last day in force, the source, counts, and a digest of every file beside it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codesets.errors import CodeSetError
from codesets.home import dated_folders, replace_folder

META = "release.json"
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Stored:
    """An installed table: its folder, the days it answers for (`ends` None: open), its source and counts."""

    folder: Path
    starts: date
    ends: date | None
    source: str
    counts: Mapping[str, int]
    digests: Mapping[str, str]

    @property
    def release(self) -> str:
        """The release's name: its first day in force."""
        return self.starts.isoformat()

    def text(self, name: str) -> str:
        """Return the content of a file; raises CodeSetError where it is not what was installed."""
        try:
            data = (self.folder / name).read_bytes()
            if _digest(data) == self.digests[name]:
                return data.decode()
        except _UNREADABLE:
            pass
        raise _damaged(self.folder)

    def rows(self, name: str) -> list[list[str]]:
        """Return the cells of every line of a file; raises CodeSetError like `text`."""
        return [line.split("\t") for line in self.text(name).split("\n") if line]

    def sound(self) -> bool:
        """Tell whether every file is what was installed."""
        try:
            return all(_digest((self.folder / n).read_bytes()) == d for n, d in self.digests.items())
        except OSError:
            return False


def open_stored(folder: Path) -> Stored:
    """Return the table in a folder; raises CodeSetError where its description is damaged or a file is missing."""
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        found = Stored(
            folder,
            date.fromisoformat(meta["effective_from"]),
            date.fromisoformat(meta["effective_to"]) if meta["effective_to"] else None,
            str(meta["source"]),
            {str(name): int(n) for name, n in meta["counts"].items()},
            {str(name): str(digest) for name, digest in meta["files"].items()},
        )
        if all((folder / name).stat().st_size for name in found.digests):
            return found
    except _UNREADABLE:
        pass
    raise _damaged(folder)


def stored_below(root: Path, sound_only: bool = False) -> dict[date, Stored]:
    """Return the tables below `root` by their first day in force, oldest first.

    Raises CodeSetError where one is damaged; `sound_only` leaves it out.
    """
    found: dict[date, Stored] = {}
    for day, folder in dated_folders(root).items():
        try:
            if (folder / META).is_file():
                found[day] = open_stored(folder)
        except CodeSetError:
            if not sound_only:
                raise
    return found


def store(
    folder: Path,
    days: tuple[date, date | None],
    source: str,
    counts: Mapping[str, int],
    write: Callable[[Path], None],
) -> None:
    """Put what `write(draft)` writes, with its description, in the place of `folder`, all or nothing.

    Raises CodeSetError where the home folder cannot be written.
    """

    def fill(draft: Path) -> None:
        write(draft)
        meta = {
            "effective_from": days[0].isoformat(),
            "effective_to": days[1].isoformat() if days[1] else None,
            "source": source,
            "counts": dict(counts),
            "files": {p.name: _digest(p.read_bytes()) for p in sorted(draft.iterdir())},
        }
        (draft / META).write_text(json.dumps(meta, indent=1), encoding="utf-8")

    replace_folder(folder, fill)


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write cells as lines with tabs between, white space inside a cell as single blanks."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8", newline="")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _damaged(folder: Path) -> CodeSetError:
    return CodeSetError(
        f"the installed {folder.parent.name} release {folder.name} is damaged: "
        f"install its file again, or remove {folder}"
    )
