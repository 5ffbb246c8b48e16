from dataclasses import replace

import pytest

from codesets.icd10cm.release import IcdRelease
from coding.rules import LIST_RULES, RULES
from coding.rules.tables import codes_in, rows
from tests.coding.rules.conftest import Rules, stands
from tests.conftest import Suggests

TABLES = {
    "integral_symptoms.tsv": (4, (0, 1)),
    "less_specific.tsv": (3, (0, 1)),
    "diabetes.tsv": (4, (0,)),
    "pregnancy.tsv": (4, (0, 1)),
    "combinations.tsv": (6, (0, 1, 2)),
    "organisms.tsv": (5, (1, 2, 3)),
}
EVERYTHING = (
    "I10. I50.9. N18.32. E11.9. G62.9. R73.9. J44.9. J18.9. R05.9. K92.1. K25.9. D64.9. O99.019. R11.0. R11.10"
)


def test_rules_have_an_id_a_guideline_and_a_sentence() -> None:
    ids = [r.id for r in (*RULES, *LIST_RULES)]
    assert len(ids) == len(set(ids))
    assert all(r.guideline and r.guideline[0] == "I" for r in RULES)
    assert all(r.summary.endswith(".") and r.acts for r in (*RULES, *LIST_RULES))


@pytest.mark.parametrize("name", TABLES)
def test_every_code_of_the_tables_is_in_the_release(embedded: IcdRelease, name: str) -> None:
    width, columns = TABLES[name]
    for row in rows(name, width):
        for prefix in (p for c in columns for p in codes_in(row[c]) if row[c][0] not in "~=-"):
            assert any(v.startswith(prefix) for v in embedded.values), f"{name}: {prefix}"


def test_the_tables_make_billable_codes(embedded: IcdRelease) -> None:
    made = [codes_in(r[2])[0] for r in rows("combinations.tsv", 6)]
    made += [codes_in(cell)[0] for r in rows("organisms.tsv", 5) for cell in r[1:4] if cell != "-"]
    assert [v for v in made if not embedded.is_billable(v)] == []


def test_the_symptom_table_is_large_enough() -> None:
    pairs = sum(len(codes_in(s)) * len(codes_in(d)) for s, d, _, _ in rows("integral_symptoms.tsv", 4))
    assert pairs >= 250
    assert {grade for _, _, grade, _ in rows("integral_symptoms.tsv", 4)} == {"routine", "usual"}


def test_nothing_is_in_both_lists_and_because_stands(ruled: Rules) -> None:
    outcome = ruled(EVERYTHING)
    gone = {s.code.display for s in outcome.suppressed}
    assert gone
    assert not gone & stands(outcome)
    assert {s.because for s in outcome.suppressed} <= stands(outcome)
    assert len(gone) == len(outcome.suppressed)


def test_the_same_note_gives_the_same_answer(ruled: Rules) -> None:
    assert ruled(EVERYTHING) == ruled(EVERYTHING)


def test_the_order_of_the_lines_does_not_matter(ruled: Rules) -> None:
    parts = EVERYTHING.split(". ")
    assert stands(ruled("\n".join(parts))) == stands(ruled("\n".join(reversed(parts))))


def test_a_second_run_on_the_result_changes_nothing(ruled: Rules) -> None:
    once = stands(ruled(EVERYTHING))
    assert stands(ruled(". ".join(sorted(once)))) == once


def test_nothing_in_nothing_out(ruled: Rules) -> None:
    outcome = ruled("nothing here")
    assert (outcome.candidates, outcome.suppressed) == ([], [])


def test_rules_run_in_the_main_job(suggest: Suggests) -> None:
    answer = suggest("Assessment: Hypertension. Chronic kidney disease stage 4. Chest pain due to NSTEMI.")
    assert {s.code.display: s.because for s in answer.suppressed} == {"I10": "I12.9", "R07.9": "I21.4"}
    assert all(replace(s, rank=1).why for s in answer.suggestions)


def test_the_words_of_a_less_specific_code_speak_for_its_heir(suggest: Suggests) -> None:
    text = "HPI: Paroxysmal atrial fibrillation for years.\nAssessment:\n1. Atrial fibrillation.\n2. Hypokalemia."
    first = next(s for s in suggest(text).suggestions if s.first_listed)
    assert first.code.display == "I48.0"
    assert {e.section for e in first.evidence} == {"hpi", "assessment"}
