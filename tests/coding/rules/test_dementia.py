import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("G30.9. F03.911", "G30.9 F02.811", "Alzheimer dementia with agitation"),
    ("G20.A1. F03.90", "F02.80 G20.A1", "Parkinson disease with dementia"),
    ("F03.918. F01.50", "F01.518", "vascular, with its behavior"),
    ("F03.A0. F01.50", "F01.A0", "vascular, mild"),
    ("G31.83. F03.B2", "F02.B2 G31.83", "Lewy body dementia, moderate, with psychosis"),
    # must not fire
    ("F03.911", "F03.911", "no cause"),
    ("F03.90. I63.9", "F03.90 I63.9", "a stroke is not said to be its cause"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_dementia(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())
