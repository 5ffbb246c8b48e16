"""Which official file a path is: a file of one kind, or the official zip that holds several."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from codesets.errors import BadCodeSetFile, BadRequest
from codesets.loaders import addenda, codes, order
from codesets.loaders.rows import damaged, decoded

MAX_BYTES = 200_000_000
_CODES_ADDENDA = re.compile(r"(?:Add|Delete|Revise from|Revise to): +[A-Z][0-9A-Z]{2}")
_ROOT = re.compile(rb"<(ICD10CM\.(?:tabular|index))[\s>]")


class FileKind(StrEnum):
    """Kinds of official ICD-10-CM files; the value is what a person reads."""

    ORDER = "order file"
    CODES = "codes file"
    ORDER_ADDENDA = "order addenda"
    CODES_ADDENDA = "codes addenda"
    TABULAR = "tabular list"
    INDEX = "Alphabetic Index"
    EXTERNAL_INDEX = "External Cause Index"
    NEOPLASM_TABLE = "Table of Neoplasms"
    DRUG_TABLE = "Table of Drugs and Chemicals"


INDEX_KINDS = (FileKind.INDEX, FileKind.EXTERNAL_INDEX, FileKind.NEOPLASM_TABLE, FileKind.DRUG_TABLE)
_TEXT_LAYOUTS = (
    (order.LINE, FileKind.ORDER),
    (addenda.LINE, FileKind.ORDER_ADDENDA),
    (_CODES_ADDENDA, FileKind.CODES_ADDENDA),
    (codes.LINE, FileKind.CODES),
)


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


def kind_of(name: str, data: bytes) -> FileKind | None:
    """Return the kind of official file that the content begins as, or None."""
    head = data[:20_000]
    root = _ROOT.search(head)
    if root is not None:
        return FileKind.TABULAR if root.group(1).endswith(b"tabular") else _index_kind(head)
    if b"\0" in head:
        return None
    first = next((line for line in decoded(name, head).splitlines() if line.strip()), "")
    return next((kind for layout, kind in _TEXT_LAYOUTS if layout.match(first)), None)


def _index_kind(head: bytes) -> FileKind:
    start = head.split(b"<mainTerm", 1)[0].lower()
    if b"malignant primary" in start:
        return FileKind.NEOPLASM_TABLE
    if b"poisoning" in start:
        return FileKind.DRUG_TABLE
    return FileKind.EXTERNAL_INDEX if b"external cause" in start else FileKind.INDEX


def recognise(path: Path) -> Recognised:
    """Return the official files at `path`, a file or a zip.

    Raises BadRequest where there is no such file, BadCodeSetFile where nothing in it is an official
    ICD-10-CM file, two members are of one kind, or the zip is damaged.
    """
    if not path.is_file():
        raise BadRequest("no such file: give the path of an official ICD-10-CM file or zip")
    if zipfile.is_zipfile(path):
        return _in_zip(path)
    if path.stat().st_size > MAX_BYTES:
        raise BadCodeSetFile(f"{path.name} is larger than any official ICD-10-CM file; nothing was installed")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadRequest(f"the file cannot be read ({error.strerror}): check its permissions") from None
    if data.startswith(b"PK\3\4"):
        raise BadCodeSetFile(f"the zip {path.name} is truncated: download it again; nothing was installed")
    kind = kind_of(path.name, data)
    if kind is None:
        raise damaged(path.name, 1, "not the layout of an official ICD-10-CM order, codes, addenda or XML file")
    return Recognised((OfficialFile(path.name, kind, data),))


def _in_zip(path: Path) -> Recognised:
    files: list[OfficialFile] = []
    passed_over: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if sum(m.file_size for m in members) > 2 * MAX_BYTES:
                raise BadCodeSetFile(f"{path.name} unpacks to more than any official zip; nothing was installed")
            for member in members:
                name = Path(member.filename).name
                data = archive.read(member) if name.lower().endswith((".txt", ".xml")) else b""
                kind = kind_of(name, data)
                if kind is None:
                    passed_over.append(name)
                else:
                    files.append(OfficialFile(name, kind, data))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise BadCodeSetFile(f"the zip {path.name} is damaged: download it again; nothing was installed") from None
    kinds = [f.kind for f in files]
    twice = next((k for k in kinds if kinds.count(k) > 1), None)
    if twice is not None:
        raise BadCodeSetFile(f"{path.name} holds more than one {twice.value}: install them one by one")
    if not files:
        raise BadCodeSetFile(f"{path.name} holds no official ICD-10-CM file; nothing was installed")
    return Recognised(tuple(files), tuple(passed_over))
