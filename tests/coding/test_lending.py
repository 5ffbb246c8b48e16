import pytest

from tests.conftest import Suggests


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("HPI: Left knee pain.\nASSESSMENT: Knee osteoarthritis.", "M17.12", id="of the body part"),
        pytest.param("HPI: Right knee pain.\nASSESSMENT: Medial meniscus tear.", "S83.241A", id="of the note"),
        pytest.param(
            "HPI: Right knee pain. Left shoulder pain.\nASSESSMENT: Knee osteoarthritis.",
            "M17.11",
            id="another part has another side",
        ),
        pytest.param(
            "HPI: Right knee pain. Left knee pain.\nASSESSMENT: Knee osteoarthritis.", "M17.9", id="both sides: none"
        ),
        pytest.param("HPI: Right knee effusion.\nASSESSMENT: Arthritis of the hands.", "M19.049", id="several: none"),
        pytest.param(
            "FAMILY HISTORY: Mother with left knee pain.\nASSESSMENT: Knee osteoarthritis.", "M17.9", id="kin"
        ),
        pytest.param(
            "EXAM: Radiographs of the right ankle.\nINDICATION: Ankle pain.",
            "M25.571",
            id="of a part without a finding",
        ),
        pytest.param("EXAM: Right ankle, left ankle.\nINDICATION: Ankle pain.", "M25.579", id="of both parts: none"),
        pytest.param("ASSESSMENT: Osteoarthritis of the knees.", "M17.0", id="a plural of paired parts: both"),
        pytest.param("ASSESSMENT: Osteoarthritis of one of the knees.", "M17.9", id="one of them: none"),
        pytest.param(
            "FINDINGS: Congestive heart failure with bilateral pleural effusions.", "I50.9", id="no right due to left"
        ),
        pytest.param("HPI: Right eye pain.\nASSESSMENT: Hydrocele. Cataract.", "H26.9", id="no code of that side"),
    ],
)
def test_a_side_is_lent(suggest_all: Suggests, text: str, code: str) -> None:
    assert code in {s.code.display for s in suggest_all(text).suggestions}


def test_what_is_denied_keeps_to_itself(suggest_all: Suggests) -> None:
    answer = suggest_all("HPI: Right knee effusion.\nASSESSMENT: No knee osteoarthritis.")
    assert [s.code.display for s in answer.suppressed] == ["M17.9"]
