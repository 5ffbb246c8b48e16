import pytest

from api.settings import Settings, load_settings
from codesets.errors import BadRequest
from codesets.procedures.types import CptUse


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCODER_PORT", "9000")
    monkeypatch.setenv("CHARTCODER_HOME", "/elsewhere")
    assert load_settings().port == 9000
    assert load_settings().host == "127.0.0.1"


def test_which_cpt_codes_may_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().cpt is CptUse.STARTER
    monkeypatch.setenv("CHARTCODER_CPT", "off")
    assert load_settings().cpt is CptUse.OFF
    monkeypatch.setenv("CHARTCODER_CPT", "CANARY")
    with pytest.raises(BadRequest, match="CHARTCODER_CPT") as caught:
        load_settings()
    assert "CANARY" not in str(caught.value)


def test_a_wrong_variable_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCODER_PORT", "CANARY")
    monkeypatch.setenv("CHARTCODER_MAX_NOTE_BYTES", "0")
    with pytest.raises(BadRequest) as caught:
        load_settings()
    assert "CHARTCODER_MAX_NOTE_BYTES, CHARTCODER_PORT" in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_a_body_can_hold_the_largest_note_escaped() -> None:
    settings = Settings(max_note_bytes=1_000)
    assert settings.max_body_bytes >= len('"' + "\\u00e9" * 500 + '"')
