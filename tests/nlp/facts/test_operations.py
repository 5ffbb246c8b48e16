import pytest

from tests.conftest import Reads


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("s/p CABG x3", [("coronary bypass", "")], id="an abbreviation"),
        pytest.param("PSH: TAH/BSO", [("hysterectomy with ovaries", "")], id="the longest name"),
        pytest.param("Right mastectomy 2003", [("mastectomy", "right")], id="a side before"),
        pytest.param("Bilateral knee replacements", [("knee replacement", "both")], id="both sides"),
        pytest.param(
            "Cataract extraction, left THA", [("cataract surgery", ""), ("hip replacement", "left")], id="own"
        ),
        pytest.param("Cataract surgery OU", [("cataract surgery", "both")], id="a side behind"),
        pytest.param("No operations", [], id="none"),
    ],
)
def test_operations(read: Reads, text: str, found: list[tuple[str, str]]) -> None:
    assert [(f.name, f.value) for f in read(text).facts if f.kind.value == "operation"] == found
