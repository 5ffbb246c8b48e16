import pytest

from codesets.icd10cm.notes import find_ranges
from codesets.types import CodeRange

CATEGORIES = {
    "A37",
    "B27",
    "E08",
    "E09",
    "E11",
    "E13",
    "I60",
    "I69",
    "J96",
    "L40",
    "T36",
    "T50",
    "T65",
    "F10",
    "F11",
    "F19",
}


@pytest.mark.parametrize(
    ("text", "ranges", "reason"),
    [
        ("arthropathic psoriasis (L40.5-)", [CodeRange("L405", "L405")], "a dash means all below"),
        ("stroke (I60-I69)", [CodeRange("I60", "I69")], "a range of categories"),
        ("(E08.0, E11)", [CodeRange("E080", "E080"), CodeRange("E11", "E11")], "a list"),
        ("papillomavirus (HPV)", [], "an abbreviation is no code"),
        ("carrier of HLA-B27", [], "the name of an antigen is no range"),
        ("see I69-I60", [], "a range that runs backwards"),
        (
            "adverse effect (T36-T50 with fifth or sixth character 5)",
            [CodeRange("T36", "T50", (4, 5), "5", "5")],
            "a condition on a character",
        ),
        (
            "(T36-T50 with fifth or six character 5)",
            [CodeRange("T36", "T50", (4, 5), "5", "5")],
            "a misprint of the official text",
        ),
        (
            "underdosing (T36-T50) with fifth or sixth character 6",
            [CodeRange("T36", "T50", (4, 5), "6", "6")],
            "the condition stands after the bracket",
        ),
        (
            "(T36-T65 with fifth or sixth character 1-4 or 6)",
            [CodeRange("T36", "T65", (4, 5), "1", "4"), CodeRange("T36", "T65", (4, 5), "6", "6")],
            "a range of characters and one more",
        ),
        (
            "(F10-F19 with 5th character .6)",
            [CodeRange("F10", "F19", (4,), "6", "6")],
            "a dot before the character",
        ),
        ("(A37 with fifth-character 1)", [CodeRange("A37", "A37", (4,), "1", "1")], "a hyphen"),
        ("(J96. with 5th character 2)", [CodeRange("J96", "J96", (4,), "2", "2")], "a dot after the code"),
        (
            "(I69. with final characters -23)",
            [CodeRange("I69", "I69", endings=("23",))],
            "a condition on the last characters",
        ),
        (
            "(E08, E09, E13 with final characters .00 or .01)",
            [CodeRange(c, c, endings=("00", "01")) for c in ("E08", "E09", "E13")],
            "it holds for the whole list",
        ),
        (
            "gout (L40.5-) and coma (E08 with final characters .00)",
            [CodeRange("L405", "L405"), CodeRange("E08", "E08", endings=("00",))],
            "but not for another code of the note",
        ),
        (
            "(F11-F19 with fifth to sixth characters 51)",
            [CodeRange("F11", "F19", endings=("51",))],
            "two characters",
        ),
    ],
)
def test_find_ranges(text: str, ranges: list[CodeRange], reason: str) -> None:
    assert list(find_ranges(text, CATEGORIES)) == ranges, reason
