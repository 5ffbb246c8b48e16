"""Claims that a payer's machine takes: minimal, full, self and other subscriber, secondary, corrected, hospital."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from claims.model import (
    Address,
    Adjustment,
    Ambulance,
    Claim,
    ClaimKind,
    Contact,
    Coverage,
    Diagnosis,
    Drug,
    LineAdjudication,
    Name,
    OtherPayer,
    Patient,
    Payer,
    Provider,
    ServiceLine,
    Subscriber,
)

DAY = date(2026, 9, 15)
CREATED = datetime(2026, 9, 20, 10, 30)
DIAGNOSES = (
    *("E1142", "I10", "J45909", "M1711", "K219", "E785", "N390", "R109", "L709", "F329", "G43909", "H6690", "J069"),
    *(
        "B351",
        "Z9989",
        "S8000XA",
        "I2510",
        "D649",
        "N1831",
        "M5450",
        "E039",
        "J449",
        "I480",
        "K5900",
        "R0602",
        "L089",
    ),
)
PROCEDURES = "99213 99214 71046 93000 36415 20610 81002 87880 94640 96372 11102 12001".split()  # noqa: SIM905
TAXONOMIES = ["207Q00000X", "207R00000X", "208600000X", "282N00000X", "363L00000X"]
STATES = (("DAYTON", "OH", "454020001"), ("SALEM", "OR", "973010002"), ("MACON", "GA", "312010003"))

words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=12)
_NUMBER = st.text("0123456789", min_size=4, max_size=12)
_MONEY = st.integers(1, 999_999).map(lambda cents: Decimal(cents) / 100)
numbers = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=3, max_size=14)


def with_check_digit(nine: str) -> str:
    """Return the NPI that begins with nine digits."""
    total = 24
    for n, char in enumerate(reversed(nine)):
        digit = int(char) * (2 if n % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return nine + str(-total % 10)


npis = st.integers(100_000_000, 299_999_999).map(lambda n: with_check_digit(str(n)))
persons = st.builds(Name, words, words, st.sampled_from(["", "Q"]), st.sampled_from(["", "JR"]))
organizations = st.builds(lambda a, b: Name(f"{a} {b}", person=False), words, words)


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    city, state, postal_code = draw(st.sampled_from(STATES))
    second = draw(st.sampled_from(["", "SUITE 4"]))
    return Address(f"{draw(st.integers(1, 9999))} {draw(words)} ST", city, state, postal_code, second)


contacts = st.builds(
    Contact,
    words,
    st.integers(2_000_000_000, 9_999_999_999).map(str),
    st.sampled_from(["", "12"]),
    st.just(""),
    st.sampled_from(["", "A@B.EXAMPLE"]),
)
people = st.builds(Provider, persons, npis, st.sampled_from(["", *TAXONOMIES]))
plain_people = st.builds(Provider, persons, npis)
places = st.builds(Provider, organizations, npis, address=addresses())
billing = st.builds(
    Provider,
    st.one_of(organizations, persons),
    npis,
    st.sampled_from(TAXONOMIES),
    st.integers(100_000_000, 999_999_999).map(str),
    st.sampled_from(["EI", "SY"]),
    addresses(),
    st.one_of(st.none(), contacts),
    st.sampled_from(["", "L123"]),
    st.sampled_from(["", "G55"]),
)
hospitals = st.builds(replace, billing, name=organizations, tax_id_kind=st.just("EI"), license=st.just(""))
payers = st.builds(Payer, words, _NUMBER, st.just("PI"), st.one_of(st.none(), addresses()))
births = st.dates(date(1930, 1, 1), date(2008, 1, 1))
subscribers = st.builds(Subscriber, persons, numbers, addresses(), births, st.sampled_from("FMU"))


@st.composite
def coverages(draw: st.DrawFn, order: str = "P") -> Coverage:
    group = draw(st.sampled_from([("", ""), ("G77", ""), ("", "MILL")]))
    return Coverage(order, draw(subscribers), draw(payers), draw(st.sampled_from(["CI", "BL", "12", "HM"])), *group)


patients = st.builds(
    Patient, st.sampled_from(["01", "19", "G8"]), persons, addresses(), births, st.sampled_from("FM")
)


@st.composite
def lines(draw: st.DrawFn, diagnoses: int, full: bool) -> ServiceLine:
    pointers = draw(st.lists(st.integers(1, min(diagnoses, 12)), min_size=1, max_size=4, unique=True))
    line = ServiceLine(
        draw(st.sampled_from(PROCEDURES)),
        DAY - timedelta(days=draw(st.integers(0, 20))),
        draw(_MONEY),
        Decimal(draw(st.integers(1, 9))),
        modifiers=draw(st.sampled_from([(), ("25",), ("RT", "59"), ("26", "RT", "76", "59")])),
        diagnosis_pointers=tuple(pointers),
    )
    if not full:
        return line
    return replace(
        line,
        place_of_service=draw(st.sampled_from(["", "22"])),
        description=draw(st.sampled_from(["", "WORDS"])),
        emergency=draw(st.booleans()),
        control_number=draw(st.sampled_from(["", "L1"])),
        prior_authorization=draw(st.sampled_from(["", "PA9"])),
        clia=draw(st.sampled_from(["", "36D0000001"])),
        note=draw(st.sampled_from(["", "A NOTE"])),
        drug=draw(
            st.sampled_from(
                [None, Drug("00026063512", Decimal("10.5"), "ML", "RX1"), Drug("00026063512", Decimal(1), "UN")]
            )
        ),
        rendering=draw(st.one_of(st.none(), people)),
        ordering=draw(st.one_of(st.none(), plain_people)),
        referring=draw(st.one_of(st.none(), plain_people)),
        date_to=draw(st.sampled_from([None, DAY])),
    )


@st.composite
def others(draw: st.DrawFn, order: str) -> OtherPayer:
    coverage = draw(coverages(order))
    found = (Adjustment("CO", "45", draw(_MONEY)), Adjustment("PR", "1", draw(_MONEY), Decimal(1)))
    return OtherPayer(
        replace(coverage, subscriber=replace(coverage.subscriber, birth_date=None, sex="")),
        draw(st.sampled_from(["18", "01"])),
        paid=draw(_MONEY),
        non_covered=draw(st.sampled_from([None, Decimal(3)])),
        remaining_liability=draw(st.sampled_from([None, Decimal("4.5")])),
        adjustments=found,
        adjudicated_on=DAY,
        claim_number=draw(st.sampled_from(["", "OPC1"])),
    )


def adjudicated(line: ServiceLine, payer: str) -> ServiceLine:
    paid = line.charge / 2
    decided = LineAdjudication(
        payer,
        paid.quantize(Decimal("0.01")),
        line.code,
        line.modifiers,
        line.units,
        line.revenue_code,
        adjustments=tuple(Adjustment("PR", str(n), Decimal(n)) for n in range(1, 8)),
        adjudicated_on=DAY,
        remaining_liability=Decimal(2),
    )
    return replace(line, adjudications=(decided,))


@st.composite
def professional(draw: st.DrawFn) -> Claim:
    shape = draw(st.sampled_from(["minimal", "full", "secondary", "corrected", "fifty", "ambulance", "anaesthesia"]))
    full = shape not in ("minimal", "fifty")
    count = draw(st.integers(1, 12 if full else 2))
    diagnoses = tuple(map(Diagnosis, draw(st.permutations(DIAGNOSES))[:count]))
    many = 50 if shape == "fifty" else draw(st.integers(1, 4))
    found = [draw(lines(count, full)) for _ in range(1 if shape == "fifty" else many)] * (
        50 if shape == "fifty" else 1
    )
    if shape == "anaesthesia":
        found[0] = replace(found[0], code="00142", unit="MJ", units=Decimal(61), modifiers=("QK",))
    coverage = draw(coverages("S" if shape == "secondary" else "P"))
    paid = draw(others("P")) if shape == "secondary" else None
    if paid:
        found = [adjudicated(line, paid.coverage.payer.identifier) for line in found]
        coverage = replace(coverage, filing_code="MB", insurance_type="12")
    claim = Claim(
        ClaimKind.PROFESSIONAL,
        draw(numbers),
        sum((line.charge for line in found), Decimal(0)),
        draw(billing),
        coverage,
        diagnoses,
        tuple(found),
        draw(st.one_of(st.none(), patients)),
        (paid,) if paid else (),
        place_of_service=draw(st.sampled_from(["11", "22", "23"])),
    )
    if shape == "corrected":
        claim = replace(claim, frequency=draw(st.sampled_from("78")), original_reference="ICN123")
    if shape == "ambulance":
        ride = Ambulance("A", Decimal(21), draw(addresses()), draw(addresses()), "", Decimal(170), ("04", "06"))
        claim = replace(claim, ambulance=ride, place_of_service="41")
    return draw(_filled(claim)) if full else claim


@st.composite
def _filled(draw: st.DrawFn, claim: Claim) -> Claim:
    accident = draw(st.booleans())
    return replace(
        claim,
        pay_to=draw(st.one_of(st.none(), addresses())),
        patient_signature_source=draw(st.sampled_from(["", "P"])),
        related_causes=("AA",) if accident else (),
        accident_state="OH" if accident else "",
        accident_date=DAY - timedelta(days=30) if accident else None,
        onset_date=draw(st.sampled_from([None, DAY - timedelta(days=40)])),
        initial_treatment_date=draw(st.sampled_from([None, DAY - timedelta(days=40)])),
        last_menstrual_period=draw(st.sampled_from([None, DAY - timedelta(days=60)])),
        hospital_admission=draw(st.sampled_from([None, DAY - timedelta(days=3)])),
        hospital_discharge=draw(st.sampled_from([None, DAY])),
        patient_paid=draw(st.sampled_from([None, Decimal(20)])),
        prior_authorization=draw(st.sampled_from(["", "PA1"])),
        referral_number=draw(st.sampled_from(["", "RF1"])),
        clia=draw(st.sampled_from(["", "36D0000001"])),
        medical_record=draw(st.sampled_from(["", "MRN1"])),
        note=draw(st.sampled_from(["", "SEE LETTER"])),
        rendering=draw(st.one_of(st.none(), people)),
        referring=draw(st.one_of(st.none(), plain_people)),
        supervising=draw(st.one_of(st.none(), plain_people)),
        facility=draw(st.one_of(st.none(), places)),
    )
