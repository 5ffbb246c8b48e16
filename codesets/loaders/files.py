"""Which official file a path is: a file of one kind, or the official zip that holds several."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from codesets.errors import BadCodeSetFile, BadRequest
from codesets.loaders.kinds import FileKind, kind_of, promised_kind
from codesets.loaders.rows import damaged
from codesets.loaders.workbook import is_workbook

MAX_BYTES = 200_000_000
_READ = (".txt", ".xml", ".csv")


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A recognised file: its name without folders, its kind and its bytes."""

    name: str
    kind: FileKind
    data: bytes


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a path holds: the official files, and the names of zip members that are none (PDF, schema)."""

    files: tuple[OfficialFile, ...]
    passed_over: tuple[str, ...] = ()

    def of(self, *kinds: FileKind) -> list[OfficialFile]:
        """Return the files of these kinds."""
        return [f for f in self.files if f.kind in kinds]


def recognise(path: Path) -> Recognised:
    """Return the official files at `path`, a file or a zip.

    Raises BadRequest where there is no such file, BadCodeSetFile where nothing in it is an official file, a file is
    not what its name promises, two members are of one kind, or the zip is damaged.
    """
    if not path.is_file():
        raise BadRequest("no such file: give the path of an official file or zip")
    if path.stat().st_size > MAX_BYTES:
        raise BadCodeSetFile(f"{path.name} is larger than any official file; nothing was installed")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadRequest(f"the file cannot be read ({error.strerror}): check its permissions") from None
    if zipfile.is_zipfile(io.BytesIO(data)) and not is_workbook(data):
        return _in_zip(path.name, data)
    if data.startswith(b"PK\3\4") and not is_workbook(data):
        raise BadCodeSetFile(f"the zip {path.name} is truncated: download it again; nothing was installed")
    if path.suffix.lower() == ".zip":
        raise damaged(path.name, 1, "named like a zip and is none")
    kind = _kept_promise(path.name, data)
    if kind is None:
        raise damaged(path.name, 1, "not the layout of an official file of ICD-10-CM, HCPCS, CPT, NCCI, MUE or fees")
    return Recognised((OfficialFile(path.name, kind, data),))


def _kept_promise(name: str, data: bytes) -> FileKind | None:
    """Return the kind of the content; raises BadCodeSetFile where the name promises another."""
    kind, promised = kind_of(name, data), promised_kind(name)
    if promised is not None and kind is not promised:
        found = f"begins like: {kind}" if kind else "does not begin like one"
        raise damaged(name, 1, f"named like: {promised}; it {found} (a swapped or truncated file?)")
    return kind


def _in_zip(zip_name: str, data: bytes) -> Recognised:
    files: list[OfficialFile] = []
    passed_over: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if sum(m.file_size for m in members) > 2 * MAX_BYTES:
                raise BadCodeSetFile(f"{zip_name} unpacks to more than any official zip; nothing was installed")
            for member in members:
                name = Path(member.filename).name
                wanted = name.lower().endswith(_READ) or promised_kind(name) is not None
                content = archive.read(member) if wanted else b""
                kind = _kept_promise(name, content) if wanted else None
                if kind is None:
                    passed_over.append(name)
                else:
                    files.append(OfficialFile(name, kind, content))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise BadCodeSetFile(f"the zip {zip_name} is damaged: download it again; nothing was installed") from None
    kinds = [f.kind for f in files]
    twice = next((k for k in kinds if kinds.count(k) > 1), None)
    if twice is not None:
        raise BadCodeSetFile(f"{zip_name} holds more than one {twice}: install them one by one")
    if not files:
        raise BadCodeSetFile(f"{zip_name} holds no official file; nothing was installed")
    return Recognised(tuple(files), tuple(passed_over))
