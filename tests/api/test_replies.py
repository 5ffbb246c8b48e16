import json
from datetime import date

from api.replies import to_bytes, to_response
from nlp.types import Note
from tests.api.fakes import FakeSuggester

NOTE = Note("Ünwell: diabetes with polyneuropathy, negative for pulmonary embolism", date(2026, 9, 15))
EXPECTED = (
    '{"note_sha256":"%s","date_of_service":"2026-09-15","setting":"outpatient",'
    '"versions":{"chartcoder":"0.1.0","ranker":"1","rules":"1","icd10cm":"2026-04-01","cpt":"none",'
    '"hcpcs":"none","zebra":"9"},'
    '"suggestions":[{"rank":1,"system":"icd10cm","code":"E11.42",'
    '"display":"Type 2 diabetes mellitus with diabetic polyneuropathy","score":0.9412,"first_listed":true,'
    '"evidence":[{"start":8,"end":36,"text":"diabetes with polyneuropathy","section":"assessment"}],'
    '"alternatives":[{"code":"E11.40",'
    '"display":"Type 2 diabetes mellitus with diabetic neuropathy, unspecified","score":0.21}],'
    '"modifiers":[],"units":null,"diagnosis_pointers":[],'
    '"prompts":[{"rule":"use_additional","message":"Code the control of the diabetes.",'
    '"guideline":"I.C.4.a"}],'
    '"why":[{"step":"assertion","detail":"present"}]}],'
    '"suppressed":[{"system":"icd10cm","code":"I26.99",'
    '"display":"Other pulmonary embolism without acute cor pulmonale",'
    '"evidence":{"start":51,"end":69,"text":"pulmonary embolism","section":"assessment"},'
    '"reason":"negated","cue":{"start":38,"end":50,"text":"negative for"},"because":null,'
    '"rule":"assertion.negated","guideline":"IV.H"}],'
    '"problems":[{"rule":"setting.assumed","severity":"info","codes":[],'
    '"message":"no setting was given: outpatient rules apply","guideline":null}]}'
)


def test_the_answer_is_the_contract_byte_for_byte() -> None:
    answer = FakeSuggester().suggest(NOTE)
    assert to_bytes(to_response(answer)).decode() == EXPECTED % NOTE.sha256


def test_the_id_comes_first() -> None:
    answer = to_response(FakeSuggester().suggest(NOTE))
    assert to_bytes(answer, "é").decode() == '{"id":"é",' + (EXPECTED % NOTE.sha256)[1:]
    assert next(iter(json.loads(to_bytes(answer, 0)))) == "id"


def test_text_outside_ascii_is_not_escaped() -> None:
    note = Note("\N{GRINNING FACE} diabetes", date(2026, 9, 15))
    evidence = json.loads(to_bytes(to_response(FakeSuggester().suggest(note))))["suggestions"][0]["evidence"][0]
    assert note.text[evidence["start"] : evidence["end"]] == "diabetes"
