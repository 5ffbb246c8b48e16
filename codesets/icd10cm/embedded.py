"""The embedded release: the official files inside the package simple-icd-10-cm (MIT), read, not executed."""

import re
from datetime import date
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from codesets.cache import built_once, content_key
from codesets.errors import CodeSetMissing
from codesets.icd10cm.build import build_release
from codesets.icd10cm.release import IcdRelease
from codesets.icd10cm.tabular import read_tabular
from codesets.types import CodeSet, CodeSystem

FORMAT = b"icd10cm-3"
EMBEDDED = CodeSet(CodeSystem.ICD10CM, "2026-04-01", date(2026, 4, 1), date(2026, 9, 30), "simple-icd-10-cm 1.5.0")
_CODE = re.compile(r"[A-Z][0-9A-Z]{2}[0-9A-Z]{0,4}\Z")


def source_files() -> tuple[Path, Path]:
    """Return the tabular XML and the code list of the installed package.

    Raises CodeSetMissing where the package or its files are absent.
    """
    files = distribution("simple-icd-10-cm").files or []
    found = {Path(str(f)).name: Path(str(f.locate())) for f in files if "/data/" in str(f)}
    try:
        return found["icd10c-tabular-April-1-2026.xml"], found["code-list-April-2026.txt"]
    except KeyError:
        raise CodeSetMissing("the embedded ICD-10-CM files are missing: reinstall simple-icd-10-cm==1.5.0") from None


def build_embedded(folder: Path) -> None:
    """Write the embedded release to `folder` from the files of the package."""
    tabular, code_list = source_files()
    lines = code_list.read_text(encoding="utf-8").split()
    build_release(folder, EMBEDDED, read_tabular(tabular), {c for c in lines if _CODE.match(c)})


def embedded_folder() -> Path:
    """Return the folder of the built embedded release, building it on first use."""
    return built_once(f"icd10cm-{EMBEDDED.release}-{_source_key()}", build_embedded)


@cache
def _source_key() -> str:
    return content_key([FORMAT, *source_files()])


def open_embedded() -> IcdRelease:
    """Return the embedded release."""
    return IcdRelease(embedded_folder())
