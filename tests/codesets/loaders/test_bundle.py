from datetime import date

import pytest

from codesets.errors import BadCodeSetFile, BadRequest
from codesets.loaders import FileKind, OfficialFile, Recognised
from codesets.loaders.bundle import read_bundle

CODES = b"A000    Cholera\nI10     Hypertension\n"
ORDER = (
    f"00001 A00     0 {'Cholera':<60} Cholera\n00002 A000    1 {'Cholera':<60} Cholera\n"
    f"00003 I10     1 {'Hypertension':<60} Hypertension\n"
).encode()
INDEX = (
    b"<ICD10CM.index><version>2027</version><letter><title>C</title>"
    b"<mainTerm><title>Cholera</title><code>A00.9</code></mainTerm></letter></ICD10CM.index>"
)


def _files(*files: tuple[str, FileKind, bytes]) -> Recognised:
    return Recognised(tuple(OfficialFile(*f) for f in files))


@pytest.mark.parametrize(
    ("files", "path", "day", "reason"),
    [
        ([("codes-2027.txt", FileKind.CODES, CODES)], "x.zip", date(2026, 10, 1), "named by the file"),
        ([("codes.txt", FileKind.CODES, CODES)], "codes-April-2026.zip", date(2026, 4, 1), "named by the zip alone"),
        ([("index.xml", FileKind.INDEX, INDEX)], "x", date(2026, 10, 1), "stated inside"),
        ([("index-April-2027.xml", FileKind.INDEX, INDEX)], "x", date(2027, 4, 1), "same year, update of April"),
    ],
)
def test_the_first_day_in_force(files: list[tuple[str, FileKind, bytes]], path: str, day: date, reason: str) -> None:
    assert read_bundle(_files(*files)).start(path) == day, reason


@pytest.mark.parametrize(
    ("files", "error", "words", "reason"),
    [
        (
            [("codes-2026.txt", FileKind.CODES, CODES), ("index.xml", FileKind.INDEX, INDEX)],
            BadCodeSetFile,
            "mixes files of 2025-10-01 and 2026-10-01",
            "two years in one zip",
        ),
        ([("index-2025.xml", FileKind.INDEX, INDEX)], BadCodeSetFile, "FY2027", "name and content disagree"),
        ([("codes.txt", FileKind.CODES, CODES)], BadRequest, "--effective-from", "no year at all"),
    ],
)
def test_a_day_that_cannot_be_told(
    files: list[tuple[str, FileKind, bytes]], error: type[Exception], words: str, reason: str
) -> None:
    with pytest.raises(error, match=words):
        read_bundle(_files(*files)).start("official.zip")


def test_an_order_file_is_preferred_and_compared_with_the_codes_file() -> None:
    both = [("order-2027.txt", FileKind.ORDER, ORDER), ("codes-2027.txt", FileKind.CODES, CODES)]
    bundle = read_bundle(_files(*both))
    assert bundle.headers_listed
    assert [r.value for r in bundle.listed or []] == ["A00", "A000", "I10"]


@pytest.mark.parametrize(
    ("codes", "words", "reason"),
    [
        (CODES + b"I11     Heart disease\n", "line 3", "a code that the order file lacks"),
        (CODES[:16], "missing", "a code of the order file is missing"),
    ],
)
def test_files_of_one_zip_must_agree(codes: bytes, words: str, reason: str) -> None:
    both = [("order-2027.txt", FileKind.ORDER, ORDER), ("codes-2027.txt", FileKind.CODES, codes)]
    with pytest.raises(BadCodeSetFile, match=words):
        read_bundle(_files(*both))
