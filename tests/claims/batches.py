"""Hospital claims, and batches of claims with their envelope."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from claims.model import (
    Claim,
    ClaimKind,
    Diagnosis,
    Drug,
    ExternalCause,
    Institutional,
    Occurrence,
    PcsProcedure,
    Receiver,
    ServiceLine,
    Submitter,
    Transmission,
    ValueAmount,
)
from tests.claims.strategies import (
    CREATED,
    DAY,
    DIAGNOSES,
    adjudicated,
    contacts,
    coverages,
    hospitals,
    lines,
    numbers,
    organizations,
    others,
    patients,
    people,
    places,
    plain_people,
    professional,
    words,
)


@st.composite
def institutional(draw: st.DrawFn) -> Claim:
    inpatient, secondary = draw(st.booleans()), draw(st.booleans())
    count = draw(st.integers(1, 25))
    poa = draw(st.sampled_from(["Y", "N", "U", "W"])) if inpatient else ""
    diagnoses = tuple(Diagnosis(code, poa) for code in draw(st.permutations(DIAGNOSES))[:count])
    found = [
        replace(
            draw(lines(1, False)),
            revenue_code=draw(st.sampled_from(["0300", "0450", "0636"])),
            diagnosis_pointers=(),
            non_covered=draw(st.sampled_from([None, Decimal(1)])),
            drug=draw(st.sampled_from([None, Drug("00026063512", Decimal(2), "UN")])),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    if inpatient:
        room = ServiceLine("", DAY, Decimal(900), Decimal(2), unit="DA", revenue_code="0120")
        found.append(room)
    paid = draw(others("P")) if secondary else None
    if paid:
        found = [adjudicated(line, paid.coverage.payer.identifier) if line.code else line for line in found]
    stay = Institutional(
        "11" if inpatient else "13",
        DAY - timedelta(days=3),
        DAY,
        "01",
        "3",
        "1",
        DAY - timedelta(days=3) if inpatient else None,
        "1012" if inpatient else "",
        "1400" if inpatient else "",
        "R109" if inpatient else "",
        () if inpatient else draw(st.sampled_from([(), ("R109", "R509")])),
        draw(st.sampled_from([(), (ExternalCause("W010XXA", poa),)])),
        draw(st.sampled_from(["", "470"])) if inpatient else "",
        (PcsProcedure("0SRC0J9", DAY), PcsProcedure("0HBTXZX", DAY)) if inpatient else (),
        draw(st.sampled_from([(), (Occurrence("72", DAY, DAY), Occurrence("11", DAY))])),
        draw(st.sampled_from([(), (ValueAmount("80", Decimal(2)), ValueAmount("A1", Decimal("15.31")))])),
        draw(st.sampled_from([(), ("09", "17")])),
        draw(people),
        draw(st.one_of(st.none(), plain_people)),
        draw(st.one_of(st.none(), plain_people)),
    )
    return Claim(
        ClaimKind.INSTITUTIONAL,
        draw(numbers),
        sum((line.charge for line in found), Decimal(0)),
        draw(hospitals),
        draw(coverages("S" if secondary else "P")),
        diagnoses,
        tuple(found),
        draw(st.one_of(st.none(), patients)),
        (paid,) if paid else (),
        frequency=draw(st.sampled_from("17")) if not inpatient else "1",
        original_reference="",
        patient_paid=draw(st.sampled_from([None, Decimal(20)])),
        medical_record=draw(st.sampled_from(["", "MRN1"])),
        note=draw(st.sampled_from(["", "SEE LETTER"])),
        rendering=draw(st.one_of(st.none(), plain_people)),
        referring=draw(st.one_of(st.none(), plain_people)),
        facility=draw(st.one_of(st.none(), places)),
        institutional=stay,
    )


@st.composite
def corrected(draw: st.DrawFn, claims: st.SearchStrategy[Claim]) -> Claim:
    claim = draw(claims)
    return replace(claim, original_reference="ICN9") if claim.frequency in "78" else claim


@st.composite
def batches(draw: st.DrawFn) -> list[Claim]:
    """One to three claims of one kind; some share their billing provider, policy or patient."""
    one = draw(st.sampled_from([professional(), corrected(institutional())]))
    found = draw(st.lists(one, min_size=1, max_size=3))
    first = found[0]
    alike = draw(st.sampled_from(["none", "provider", "policy", "patient"]))
    if alike != "none":
        found = [replace(c, billing=first.billing, pay_to=first.pay_to) for c in found]
    if alike in ("policy", "patient") and not any(c.others for c in found):
        found = [replace(c, coverage=first.coverage) for c in found]
    if alike == "patient":
        found = [replace(c, patient=first.patient) for c in found]
    return found


transmissions = st.builds(
    Transmission,
    st.integers(1, 999_999_999),
    st.just(CREATED),
    numbers,
    numbers,
    st.builds(Submitter, organizations, numbers, contacts),
    st.builds(Receiver, words, numbers),
    reference=st.sampled_from(["", "BATCH1"]),
    test=st.booleans(),
)
