"""Reports of tests, each with the codes of what it is of."""

from pathlib import Path

import pytest

from coding.procedures.sets import open_service_sets
from nlp.procedures.study_tables import study_names
from tests.coding.procedures.conftest import Bills, billed

_TABLE = Path(__file__).with_name("reports.tsv").read_text(encoding="utf-8")
_ROWS = [line.split("\t") for line in _TABLE.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("codes", "text"), _ROWS, ids=[text[:50] for _, text in _ROWS])
def test_a_report_is_billed_as_what_it_is_of(bill: Bills, codes: str, text: str) -> None:
    assert set(billed(bill(text.replace("\\n", "\n")))) == set(codes.split())


def test_every_study_has_a_name_of_the_code_sets() -> None:
    phrases = open_service_sets().phrases
    assert [name for name in study_names().values() if not phrases.rows_of(name)] == []


def test_units_count_the_limbs_with_needle_tests(bill: Bills) -> None:
    text = (
        "NERVE CONDUCTION STUDIES: Bilateral peroneal and tibial motor and bilateral sural sensory responses "
        "are normal.\nNEEDLE EMG: The right tibialis anterior, peroneus longus, gastrocnemius, vastus lateralis "
        "and gluteus medius, and the left tibialis anterior were normal.\nIMPRESSION: Normal study."
    )
    assert billed(bill(text)) == {"95909": 1, "95886": 1, "95885": 1}


def test_studies_of_other_days_are_not_billed(bill: Bills) -> None:
    text = (
        "EXAM: MRI of the left knee without contrast\nCOMPARISON: Radiographs of the left knee.\n"
        "FINDINGS: The menisci are intact. CT of the knee is recommended.\nIMPRESSION: Normal."
    )
    lines = bill(text).lines
    assert [(line.code.value, line.modifiers) for line in lines] == [("73721", ("LT",))]
