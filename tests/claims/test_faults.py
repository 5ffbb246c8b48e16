"""One fault at a time in a clean claim: each is found by its own edit."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claims.edits import Desk
from claims.findings import edits
from claims.model import (
    Adjustment,
    Diagnosis,
    Drug,
    Name,
    Occurrence,
    PcsProcedure,
    Provider,
    ServiceLine,
    ValueAmount,
)
from claims.scrub import scrub_claims, scrub_file
from claims.x12.write837 import write_837
from codesets.errors import BadClaim
from tests.claims.clean import CLEAN, CLINIC, DAY, PROFESSIONAL, TRANSMISSION, changed
from tests.claims.test_faults_written import WRITTEN

LINE = PROFESSIONAL.lines[0]
NEW = date(2026, 10, 2)


def _line(code: str) -> ServiceLine:
    return replace(LINE, code=code, modifiers=(), diagnosis_pointers=(1,))


BAD_NPI = Provider(Name("RIVERA", "ANA"), "1987654320")

TYPED: list[tuple[str, str, dict[str, Any]]] = [
    ("required.billing_address", "professional", {"billing.address": None}),
    ("required.billing_tax_id", "professional", {"billing.tax_id": ""}),
    ("required.billing_name", "professional", {"billing.name": Name("", person=False)}),
    ("required.filing_code", "professional", {"coverage.filing_code": ""}),
    ("required.payer_order", "professional", {"coverage.order": ""}),
    ("required.subscriber_name", "professional", {"coverage.subscriber.name": Name("", person=True)}),
    ("required.member_id", "professional", {"coverage.subscriber.member_id": ""}),
    ("required.payer_name", "professional", {"coverage.payer.name": ""}),
    ("required.payer_id", "professional", {"coverage.payer.identifier": ""}),
    ("required.claim_number", "professional", {"control_number": ""}),
    ("required.marks", "professional", {"accept_assignment": ""}),
    ("required.place", "professional", {"place_of_service": ""}),
    ("required.diagnosis", "professional", {"diagnoses": ()}),
    ("required.line", "professional", {"lines": ()}),
    ("required.procedure", "professional", {"lines.0.code": ""}),
    ("required.line_date", "professional", {"lines.0.date_of_service": None}),
    ("required.patient_name", "child", {"patient.name": Name("", "KIM")}),
    ("required.provider_name", "professional", {"rendering.name": Name("", "ANA")}),
    ("subscriber.address", "professional", {"coverage.subscriber.address": None}),
    ("subscriber.demographics", "professional", {"coverage.subscriber.birth_date": None}),
    ("patient.address", "child", {"patient.address": None}),
    ("patient.demographics", "child", {"patient.sex": ""}),
    ("patient.relationship", "child", {"patient.relationship": "18"}),
    ("patient.sex", "child", {"patient.sex": "X"}),
    ("mark.signature", "professional", {"provider_signature": "X"}),
    ("mark.assignment", "professional", {"accept_assignment": "P"}),
    ("mark.benefits", "professional", {"benefits_assigned": "Q"}),
    ("mark.release", "professional", {"release_of_information": "N"}),
    ("name.first", "professional", {"rendering.name": Name("RIVERA")}),
    ("name.organization", "professional", {"billing.name": Name("CLINIC", "ANA", person=False)}),
    ("name.long", "professional", {"coverage.subscriber.address.street": "9 " + "OAK " * 20}),
    ("address.po_box", "professional", {"billing.address.street": "PO BOX 12"}),
    ("address.street", "professional", {"billing.address.street": ""}),
    ("address.city", "professional", {"coverage.subscriber.address.city": "12"}),
    ("address.state", "professional", {"coverage.subscriber.address.state": "ZZ"}),
    ("address.zip", "professional", {"coverage.subscriber.address.postal_code": "4540"}),
    ("address.zip_nine", "professional", {"billing.address.postal_code": "45402"}),
    ("contact.phone", "professional", {"billing.contact.phone": "5550100"}),
    ("npi.missing", "professional", {"billing.npi": ""}),
    ("npi.shape", "professional", {"rendering.npi": "3987654321"}),
    ("npi.check_digit", "professional", {"rendering": BAD_NPI}),
    ("npi.rendering_is_billing", "professional", {"rendering.npi": CLINIC.npi}),
    ("npi.rendering_organization", "hospital", {"rendering": CLINIC}),
    ("taxonomy.shape", "professional", {"billing.taxonomy": "207Q00000"}),
    ("taxonomy.missing", "professional", {"billing.taxonomy": "", "coverage.filing_code": "MC"}),
    ("tax_id.shape", "professional", {"billing.tax_id": "31123456"}),
    ("mbi.shape", "professional", {"coverage.filing_code": "MB"}),
    ("clia.shape", "professional", {"clia": "36X0000001"}),
    ("clia.missing", "professional", {"lines.0": replace(LINE, code="87880", modifiers=("QW",))}),
    ("ndc.shape", "professional", {"lines.0.drug": Drug("12345", Decimal(1), "UN")}),
    ("ndc.quantity", "professional", {"lines.0.drug": Drug("00026063512", Decimal(0), "UN")}),
    ("provider.referring", "professional", {"coverage.filing_code": "MB", "lines.1.code": "71046"}),
    ("coverage.order", "professional", {"coverage.order": "X"}),
    ("coverage.primary", "secondary", {"coverage.order": "P"}),
    ("coverage.order_twice", "secondary", {"others.0.coverage.order": "S"}),
    ("coverage.filing_code", "professional", {"coverage.filing_code": "XX"}),
    ("coverage.medicare_secondary", "secondary", {"coverage.filing_code": "MB"}),
    ("money.total", "professional", {"total": Decimal("215.51")}),
    ("money.negative", "professional", {"lines.0.charge": Decimal(-5)}),
    ("money.zero", "professional", {"lines.0.charge": Decimal(0)}),
    ("money.decimals", "professional", {"lines.0.charge": Decimal("150.505")}),
    ("money.large", "professional", {"total": Decimal(150000000)}),
    ("limit.diagnoses", "professional", {"diagnoses": tuple(Diagnosis(f"L4{n}") for n in range(13))}),
    ("limit.lines", "professional", {"lines": (LINE,) * 51}),
    ("limit.pointers", "professional", {"lines.0.diagnosis_pointers": (1, 2, 3, 4, 5)}),
    ("limit.modifiers", "professional", {"lines.0.modifiers": ("25", "57", "24", "GT", "95")}),
    ("diagnosis.dot", "professional", {"diagnoses.0.code": "E11.42"}),
    ("diagnosis.shape", "professional", {"diagnoses.0.code": "11E42"}),
    ("diagnosis.unknown", "professional", {"diagnoses.0.code": "E1177"}),
    ("diagnosis.not_billable", "professional", {"diagnoses.0.code": "E114"}),
    ("diagnosis.seventh", "professional", {"diagnoses.2.code": "S8001"}),
    ("diagnosis.twice", "professional", {"diagnoses.2.code": "I10"}),
    ("diagnosis.manifestation_first", "professional", {"diagnoses.0.code": "F0280"}),
    ("diagnosis.external_first", "professional", {"diagnoses.0.code": "W010XXA"}),
    ("diagnosis.excludes1", "professional", {"diagnoses.1.code": "E1042"}),
    ("diagnosis.side", "professional", {"lines.1.modifiers": ("LT",)}),
    ("diagnosis.unspecified_side", "professional", {"diagnoses.2.code": "M1710"}),
    ("diagnosis.age", "child", {"diagnoses.0.code": "Z0000"}),
    ("diagnosis.sex", "professional", {"diagnoses.1.code": "N951"}),
    ("diagnosis.release", "professional", {"lines.0.date_of_service": date(2026, 3, 1)}),
    ("pointer.missing", "professional", {"lines.0.diagnosis_pointers": ()}),
    ("pointer.unknown", "professional", {"lines.0.diagnosis_pointers": (4,)}),
    ("pointer.twice", "professional", {"lines.0.diagnosis_pointers": (1, 1)}),
    ("procedure.shape", "professional", {"lines.0.code": "9921"}),
    ("procedure.unknown", "professional", {"lines.0.code": "99998"}),
    ("procedure.dental", "professional", {"lines.0.code": "D1110"}),
    ("procedure.unlisted", "professional", {"lines.1.code": "64999"}),
    ("modifier.shape", "professional", {"lines.0.modifiers": ("2",)}),
    ("modifier.unknown", "professional", {"lines.0.modifiers": ("25", "W9")}),
    ("modifier.twice", "professional", {"lines.0.modifiers": ("25", "25")}),
    ("modifier.component", "professional", {"lines.1.modifiers": ("26", "TC")}),
    ("modifier.sides", "professional", {"lines.1.modifiers": ("RT", "LT")}),
    ("modifier.visit_25", "professional", {"lines.0.modifiers": ()}),
    ("modifier.global", "professional", {"lines.1.modifiers": ("RT", "25")}),
    ("bundle.modifier", "professional", {"lines": (_line("29881"), _line("29870"))}),
    (
        "diagnosis.retired",
        "professional",
        {"diagnoses.0.code": "I420", "lines.0.date_of_service": NEW, "lines.1.date_of_service": NEW},
    ),
    ("stay.occurrence_code", "hospital", {"institutional.occurrences": (Occurrence("ZZ", DAY),)}),
    ("stay.kind", "professional", {"institutional": CLEAN["outpatient"].institutional}),
    ("units.zero", "professional", {"lines.0.units": Decimal(0)}),
    ("units.unlikely", "professional", {"lines.0.units": Decimal(2)}),
    ("units.decimals", "professional", {"lines.0.units": Decimal("1.5")}),
    ("units.unit", "professional", {"lines.0.unit": "XX"}),
    ("units.anaesthesia", "professional", {"lines.1.code": "00142"}),
    ("addon.alone", "professional", {"lines.1.code": "90472"}),
    ("place.unknown", "professional", {"place_of_service": "30"}),
    ("place.conflict", "professional", {"lines.0.code": "99284"}),
    ("place.admission", "professional", {"place_of_service": "21"}),
    ("date.future", "professional", {"lines.0.date_of_service": date(2026, 10, 1)}),
    ("date.before_birth", "child", {"patient.birth_date": date(2026, 9, 16)}),
    ("date.birth_future", "child", {"patient.birth_date": date(2027, 1, 1)}),
    ("date.reversed", "professional", {"lines.0.date_to": date(2026, 9, 14)}),
    ("date.onset", "professional", {"onset_date": date(2026, 9, 16)}),
    ("date.stay", "professional", {"hospital_admission": DAY, "hospital_discharge": date(2026, 9, 1)}),
    ("date.late", "professional", {"coverage.filing_code": "MB", "lines.0.date_of_service": date(2025, 9, 1)}),
    ("date.accident_missing", "professional", {"related_causes": ("EM",)}),
    ("date.accident_state", "professional", {"related_causes": ("AA",), "accident_date": DAY}),
    ("line.twice", "professional", {"lines.1": LINE}),
    ("claim.number_long", "professional", {"control_number": "A" * 39}),
    ("claim.number_kept", "professional", {"control_number": "A" * 21}),
    ("line.number_long", "professional", {"lines.0.control_number": "A" * 31}),
    ("frequency.unknown", "professional", {"frequency": "2"}),
    ("frequency.original_missing", "professional", {"frequency": "7"}),
    ("frequency.original_on_first", "professional", {"original_reference": "ICN1"}),
    ("other.missing", "professional", {"coverage.order": "S"}),
    ("other.undecided", "secondary", {"others.0.paid": None}),
    ("other.claim_balance", "secondary", {"others.0.paid": Decimal(179)}),
    ("other.line_balance", "secondary", {"lines.0.adjudications.0.paid": Decimal(129)}),
    ("other.date", "secondary", {"lines.0.adjudications.0.adjudicated_on": None}),
    ("other.payer", "secondary", {"lines.0.adjudications.0.payer": "22222"}),
    ("other.group", "secondary", {"others.0.adjustments": (Adjustment("XX", "45", Decimal(0)),)}),
    ("other.reason", "secondary", {"others.0.adjustments": (Adjustment("CO", "4545", Decimal(0)),)}),
    ("other.relationship", "secondary", {"others.0.relationship": "99"}),
    ("other.member_id", "secondary", {"others.0.coverage.subscriber.member_id": ""}),
    ("other.payer_id", "secondary", {"others.0.coverage.payer.name": ""}),
    ("stay.type_of_bill", "hospital", {"institutional.type_of_bill": "99"}),
    ("stay.status", "hospital", {"institutional.patient_status": "99"}),
    ("stay.status_frequency", "hospital", {"institutional.patient_status": "30"}),
    ("stay.statement", "hospital", {"institutional.statement_to": date(2026, 9, 1)}),
    ("stay.outside_statement", "hospital", {"lines.1.date_of_service": date(2026, 9, 20)}),
    ("stay.admission", "hospital", {"institutional.admission_date": None}),
    ("stay.admission_type", "hospital", {"institutional.admission_type": "8"}),
    ("stay.admission_source", "hospital", {"institutional.admission_source": "Z"}),
    ("stay.hour", "hospital", {"institutional.discharge_hour": "2560"}),
    ("stay.discharge_hour", "hospital", {"institutional.discharge_hour": ""}),
    ("stay.admitting_diagnosis", "hospital", {"institutional.admitting_diagnosis": ""}),
    ("stay.revenue_missing", "hospital", {"lines.1.revenue_code": ""}),
    ("stay.revenue_code", "hospital", {"lines.1.revenue_code": "0999X"}),
    ("stay.revenue_procedure", "outpatient", {"lines.0.code": "", "lines.0.revenue_code": "0305"}),
    ("stay.room_days", "hospital", {"lines.0.units": Decimal(9)}),
    ("stay.poa_missing", "hospital", {"diagnoses.0.present_on_admission": ""}),
    ("stay.poa", "hospital", {"diagnoses.0.present_on_admission": "X"}),
    ("stay.value_code", "hospital", {"institutional.values": (ValueAmount("ZZ", Decimal(1)),)}),
    ("stay.condition_code", "hospital", {"institutional.conditions": ("ZZ",)}),
    ("stay.attending", "hospital", {"institutional.attending": None}),
    ("stay.procedure_shape", "hospital", {"institutional.procedures.0.code": "0FT44ZI"}),
    ("stay.procedure_date", "hospital", {"institutional.procedures.0.performed_on": date(2026, 8, 1)}),
    ("stay.procedure_outpatient", "outpatient", {"institutional.procedures": (PcsProcedure("0FT44ZZ", DAY),)}),
    ("stay.drg", "hospital", {"institutional.drg": "47"}),
    ("stay.visit_reason", "hospital", {"institutional.reasons_for_visit": ("R109",)}),
    ("stay.missing", "hospital", {"institutional": None}),
]


@pytest.mark.parametrize(("edit", "claim", "changes"), TYPED, ids=[f"{e}-{c}" for e, c, _ in TYPED])
def test_a_fault_is_found_typed_and_in_a_file(edit: str, claim: str, changes: dict[str, Any], desk: Desk) -> None:
    broken = CLEAN[claim]
    for path, value in changes.items():
        broken = changed(broken, path, value)
    assert edit in {f.id for f in scrub_claims([broken], desk)}
    if edit in NOT_IN_A_FILE:
        return
    text = write_837([broken], TRANSMISSION)
    found = {f.id for f in scrub_file(io.BytesIO(text.encode()), desk)}
    assert edit in found, found


NOT_IN_A_FILE = {"stay.missing", "stay.kind"}


def test_the_same_claim_twice_and_the_same_number_twice_are_found(desk: Desk) -> None:
    again = changed(PROFESSIONAL, "control_number", "ELM-9")
    other = changed(PROFESSIONAL, "lines.0.charge", Decimal(1))
    assert {"claim.twice"} == {f.id for f in scrub_claims([PROFESSIONAL, again], desk)}
    assert "claim.number_twice" in {f.id for f in scrub_claims([PROFESSIONAL, other], desk)}


def test_a_separator_in_a_name_is_found_and_never_written(desk: Desk) -> None:
    broken = changed(PROFESSIONAL, "rendering.name.last", "RIV*ERA")
    assert "name.character" in {f.id for f in scrub_claims([broken], desk)}
    with pytest.raises(BadClaim, match="NM103 of loop 2310B"):
        write_837([broken], TRANSMISSION)


def test_no_finding_repeats_a_value(desk: Desk) -> None:
    for edit, claim, changes in TYPED:
        broken = CLEAN[claim]
        for path, value in changes.items():
            broken = changed(broken, path, value)
        for found in scrub_claims([broken], desk):
            for secret in ("MOORE", "ELM123456", "RIVERA", "XYZ9"):
                assert secret not in found.message, edit


def test_every_edit_has_its_fault() -> None:
    tried = (
        {e for e, _, _ in TYPED}
        | {e for e, _, _, _ in WRITTEN}
        | {"claim.twice", "claim.number_twice", "name.character"}
    )
    assert set(edits()) - tried == UNTRIED


# Tried in test_installed.py, test_payers.py and test_reader.py.
UNTRIED = {
    *("x12.no_interchange", "procedure.invalid", "modifier.invalid", "necessity.none", "bundle.never"),
    *("units.most_line", "units.most_day", "units.usual_day"),
}
