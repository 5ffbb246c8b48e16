"""Encounter, accepted codes and fees become claims: orders kept, nothing lost, money exact."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.assembly import assemble
from claims.encounter import Accepted, Encounter, Service, parse_encounter
from claims.model import ClaimKind, Drug
from claims.splitting import split
from codesets.errors import BadClaim
from codesets.types import CodeSystem
from tests.claims.clean import CLINIC, COVERAGE, DAY, HOSPITAL
from tests.claims.strategies import DIAGNOSES

FEES = {("99214", ""): Decimal("142.10"), ("20610", ""): Decimal("85.05"), ("20610", "50"): Decimal(150)}


def encounter(**more: Any) -> Encounter:
    return Encounter(claim_number="V1", date_of_service=DAY, billing=CLINIC, coverage=COVERAGE, **more)


def icd(code: str, first: bool = False) -> Accepted:
    return Accepted(system=CodeSystem.ICD10CM, code=code, first_listed=first)


def cpt(code: str, *pointers: str | int, modifiers: tuple[str, ...] = (), units: int = 1) -> Accepted:
    return Accepted(
        system=CodeSystem.CPT, code=code, modifiers=modifiers, units=Decimal(units), diagnosis_pointers=pointers
    )


def test_the_first_listed_diagnosis_stands_first_and_the_others_keep_their_order() -> None:
    [claim] = assemble(encounter(), [icd("I10"), icd("E11.42", True), icd("E78.5"), cpt("99214", "E11.42")], FEES)
    assert [d.code for d in claim.diagnoses] == ["E1142", "I10", "E785"]


@pytest.mark.parametrize("pointer", ["B", "b", 2, "2", "I10"])
def test_pointers_come_as_letters_numbers_or_codes(pointer: str | int) -> None:
    [claim] = assemble(encounter(), [icd("E11.42"), icd("I10"), cpt("99214", pointer)], FEES)
    assert claim.lines[0].diagnosis_pointers == (2,)
    assert claim.lines[0].pointer_letters == ("B",)


@pytest.mark.parametrize("pointer", ["C", 3, 0, "E78.5", "?"])
def test_a_pointer_at_nothing_is_refused(pointer: str | int) -> None:
    with pytest.raises(BadClaim, match="points at a diagnosis"):
        assemble(encounter(), [icd("E11.42"), icd("I10"), cpt("99214", pointer)], FEES)


def test_charges_are_exact_and_a_modifier_may_have_its_own() -> None:
    lines = [cpt("99214", 1), cpt("20610", 1, units=3), cpt("20610", 1, modifiers=("50",))]
    [claim] = assemble(encounter(), [icd("M17.11"), *lines], FEES)
    assert [line.charge for line in claim.lines] == [Decimal("142.10"), Decimal("255.15"), Decimal("150.00")]
    assert claim.total == Decimal("547.25")


def test_a_missing_charge_is_said() -> None:
    with pytest.raises(BadClaim, match="no charge for 93000"):
        assemble(encounter(), [icd("I10"), cpt("93000", 1)], FEES)


def test_the_encounter_adds_what_a_note_does_not_say() -> None:
    drug = Drug("00026063512", Decimal(1), "ML")
    service = Service(code="20610", modifiers=("RT",), charge=Decimal(90), drug=drug, description="WORDS")
    [claim] = assemble(encounter(services=(service,)), [icd("M17.11"), cpt("20610", 1, modifiers=("50",))], FEES)
    line = claim.lines[0]
    assert (line.modifiers, line.charge, line.drug, line.description) == (("RT",), Decimal(90), drug, "WORDS")


def test_anaesthesia_is_billed_in_minutes() -> None:
    service = Service(code="00142", minutes=Decimal(61), charge=Decimal(827))
    [claim] = assemble(encounter(services=(service,)), [icd("H25.11"), cpt("00142", 1)])
    assert (claim.lines[0].unit, claim.lines[0].units) == ("MJ", Decimal(61))


def test_a_service_that_nobody_accepted_is_refused() -> None:
    with pytest.raises(BadClaim, match="not accepted"):
        assemble(encounter(services=(Service(code="20610"),)), [icd("I10"), cpt("99214", 1)], FEES)


def test_a_hospital_claim_takes_rooms_procedures_and_marks_from_the_encounter() -> None:
    room = Service(revenue_code="0120", units=Decimal(3), charge=Decimal(4800))
    blood = Service(code="85025", revenue_code="0305", charge=Decimal("300.25"))
    told = encounter(
        kind=ClaimKind.INSTITUTIONAL,
        institutional=HOSPITAL.institutional,
        services=(blood, room),
        present_on_admission={"K80.20": "Y", "i10": "N"},
    )
    [claim] = assemble(told, [icd("K80.20", True), icd("I10"), cpt("85025")])
    assert [(d.code, d.present_on_admission) for d in claim.diagnoses] == [("K8020", "Y"), ("I10", "N")]
    assert [(x.revenue_code, x.unit) for x in claim.lines] == [("0305", "UN"), ("0120", "DA")]
    assert claim.institutional == HOSPITAL.institutional


@given(st.data())
def test_splitting_loses_nothing(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 26))
    pointers = st.lists(st.integers(1, count), min_size=1, max_size=4, unique=True)
    picked = data.draw(st.lists(pointers, min_size=1, max_size=120))
    codes = [icd(code) for code in DIAGNOSES[:count]]
    lines = [cpt("99214", *p) for p in picked]
    try:
        claims = assemble(encounter(), [*codes, *lines], FEES)
    except BadClaim:
        assert count > 12 * len(lines) or len(lines) < count
        return
    assert all(len(c.lines) <= 50 and len(c.diagnoses) <= 12 and c.lines for c in claims)
    assert {d.code for c in claims for d in c.diagnoses} == {c.code for c in codes}
    pointed = [[c.diagnoses[p - 1].code for p in line.diagnosis_pointers] for c in claims for line in c.lines]
    assert pointed == [[DIAGNOSES[p - 1] for p in one] for one in picked]
    assert sum(c.total for c in claims) == Decimal("142.10") * len(lines)
    assert len({c.control_number for c in claims}) == len(claims)


def test_an_institutional_claim_is_never_split_by_diagnoses() -> None:
    with pytest.raises(BadClaim, match="25 diagnoses"):
        split(ClaimKind.INSTITUTIONAL, HOSPITAL.diagnoses * 13, HOSPITAL.lines)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"date_of_service": "soon"}, "date_of_service"),
        ({"surprise": 1}, "surprise"),
        ({"billing": {"name": {"last": "SECRETNAME", "shoe": 4}}}, "billing.name.shoe"),
    ],
)
def test_a_wrong_encounter_is_named_by_its_field_and_no_value(change: dict[str, Any], place: str) -> None:
    whole = {"claim_number": "1", "date_of_service": "2026-09-15"}
    whole |= {"billing": {"name": {"last": "A"}}, "coverage": {}} | change
    with pytest.raises(BadClaim) as refused:
        parse_encounter(whole)
    assert "SECRETNAME" not in str(refused.value)
    if place != "date_of_service":
        assert place in str(refused.value) or "coverage" in str(refused.value)
