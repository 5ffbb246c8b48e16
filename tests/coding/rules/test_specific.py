import pytest

from tests.coding.rules.conftest import Rules, stands, why_gone

CASES = [
    ("D64.9. D50.9", "D50.9", "anemia by its type"),
    ("E66.9. E66.813", "E66.813", "obesity by its class"),
    ("E78.5. E78.2", "E78.2", "lipids by their kind"),
    ("E03.9. E06.3", "E06.3", "hypothyroidism of Hashimoto disease"),
    ("J18.9. J69.0", "J69.0", "aspiration pneumonia"),
    ("J44.9. J43.9", "J43.9", "emphysema"),
    ("F32.A. F33.1", "F33.1", "depression by its kind"),
    ("F17.200. F17.210", "F17.210", "nicotine by its product"),
    ("K57.20. K65.1", "K57.20", "the abscess is in the code"),
    ("R07.9. R07.89", "R07.89", "chest pain by its kind"),
    ("N18.9. N18.32", "N18.32", "a category by its words"),
    ("K62.5. K92.1", "K92.1", "one bleeding"),
    ("Z94.0. T86.11", "T86.11", "a transplant with its complication"),
    ("Z93.3. Z43.3", "Z43.3", "an opening that is attended to"),
    ("M47.812. M47.12", "M47.12", "spondylosis by what it presses on"),
    ("I62.01. S06.5X0A", "S06.5X0A", "an injury"),
    ("Z86.73. I69.354", "I69.354", "a stroke that left something"),
    # must not fire
    ("Z94.0. T86.21", "T86.21 Z94.0", "another transplant"),
    ("Z93.3. Z43.2", "Z43.2 Z93.3", "another opening"),
    ("D50.9. D51.0", "D50.9 D51.0", "two types of anemia"),
    ("D64.9. D69.6", "D64.9 D69.6", "platelets are not red cells"),
    ("J18.9. J69.0?", "J18.9 J69.0", "the specific one is negated elsewhere"),
    ("R07.9\nexam: R07.89", "R07.89 R07.9", "a sign of the exam does not speak for the assessment"),
    ("M17.11. M17.12", "M17.11 M17.12", "never one side by the other"),
    ("F32.A. F10.20", "F10.20 F32.A", "another disorder"),
    ("K57.20. K65.0", "K57.20 K65.0", "peritonitis is coded beside it"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_less_specific(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())


def test_because_names_a_code_that_stands(ruled: Rules) -> None:
    assert why_gone(ruled("E11.9. E11.21. N18.31"))["E11.9"] == ("combined", "E11.22")
