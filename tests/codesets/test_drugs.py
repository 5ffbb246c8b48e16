import pytest

from codesets.drugs import read_drugs
from codesets.icd10cm.release import IcdRelease


def test_the_table_is_large_and_names_are_unique() -> None:
    drugs = [drug for drug in read_drugs() if drug.adverse_base]
    assert len(drugs) >= 600
    names = [name for drug in read_drugs() for name in drug.names]
    assert len(names) == len(set(names))


def test_every_code_is_billable(embedded: IcdRelease) -> None:
    codes = {c for d in read_drugs() for c in (d.long_term, d.adverse_effect, d.underdosing, d.allergy) if c}
    assert [code for code in sorted(codes) if not embedded.is_billable(code)] == []


@pytest.mark.parametrize(
    ("name", "long_term", "adverse", "allergy"),
    [
        pytest.param("apixaban", "Z7901", "T45515A", "Z888", id="five characters and no placeholder"),
        pytest.param("furosemide", None, "T501X5A", "Z888", id="a placeholder X"),
        pytest.param("amoxicillin", "Z792", "T360X5A", "Z880", id="a penicillin"),
        pytest.param("insulin glargine", "Z794", "T383X5A", "Z888", id="an insulin"),
        pytest.param("semaglutide", "Z7985", "T383X5A", "Z888", id="injected, no insulin"),
        pytest.param("latex", None, None, "Z91040", id="no drug"),
    ],
)
def test_what_a_drug_means(name: str, long_term: str | None, adverse: str | None, allergy: str) -> None:
    drug = next(d for d in read_drugs() if d.name == name)
    assert (drug.long_term, drug.adverse_effect, drug.allergy) == (long_term, adverse, allergy)
