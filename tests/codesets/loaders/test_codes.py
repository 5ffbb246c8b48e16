import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders import read_codes

TEXT = "A000    Cholera due to Vibrio cholerae 01\nA001    Cholera, eltor\nI10     Hypertension\n"


def test_every_row_is_billable() -> None:
    rows = read_codes("codes.txt", TEXT.encode())
    assert [(r.value, r.billable, r.line) for r in rows] == [
        ("A000", True, 1),
        ("A001", True, 2),
        ("I10", True, 3),
    ]
    assert rows[0].title == "Cholera due to Vibrio cholerae 01"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (TEXT[:-13], 3, "cut off before the title"),
        (TEXT + "I10     Hypertension\n", 4, "a code stands twice"),
        (TEXT + "I1011   More\n", 4, "a code below a billable one"),
        (TEXT + "00004 I11     1 Hypertensive heart disease\n", 4, "lines of an order file at its end"),
        (TEXT + "Hypertension without its code\n", 4, "prose"),
    ],
)
def test_damage_names_the_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=f"line {line}:"):
        read_codes("codes.txt", text.encode())


def test_the_official_file_of_2024(shared) -> None:  # type: ignore[no-untyped-def]
    rows = read_codes("icd10cm-codes-2024.txt", (shared / "icd10cm-codes-2024.txt").read_bytes())
    assert len(rows) == 74_044
