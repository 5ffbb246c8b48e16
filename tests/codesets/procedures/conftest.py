import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.codesets.procedures.files import hcpcs_sheet, hcpcs_text, whole_hcpcs, workbook

Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a file and returns its path."""

    def written(name: str, data: bytes) -> Path:
        folder = tmp_path / "official"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        return folder / name

    return written


@pytest.fixture(scope="session")
def hcpcs_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official zip's members, whole and with invented wording."""
    path = tmp_path_factory.mktemp("official") / "2019-Alpha-Numeric-HCPCS-File.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("HCPC2019_CONTR_ANWEB.txt", hcpcs_text(whole_hcpcs()))
        archive.writestr("HCPC2019_CONTR_ANWEB.xlsx", workbook(hcpcs_sheet()))
        archive.writestr("HCPC2019_Trans_Alpha.xlsx", workbook([["HCPCS/MOD", "TYPE OF CHANGE"]]))
        archive.writestr("HCPC2019_README.txt", b"Words about the file\r\n")
    return path
