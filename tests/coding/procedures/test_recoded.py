import pytest

from codesets.procedures.starter import starter_set
from codesets.types import CodeSystem
from coding.procedures.tables import recoded_rows
from tests.coding.procedures.conftest import Bills, billed

REPORT = (
    "PREOPERATIVE DIAGNOSIS: {because}.\nPOSTOPERATIVE DIAGNOSIS: same.\nPROCEDURE: {title}.\nANESTHESIA: general.\n"
)
BODY = "DESCRIPTION OF PROCEDURE: The patient was brought to the operating room. {body}\n"
PORTS = "Two trocars were placed and the laparoscope was passed."


def report(title: str, because: str = "disease", body: str = "A skin incision was made.") -> str:
    return REPORT.format(because=because, title=title) + BODY.format(body=body)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(report("Hysteroscopy. Dilation and curettage"), {"58558"}, id="two codes that one covers"),
        pytest.param(
            report("Repeat low transverse cesarean section and bilateral tubal ligation"),
            {"59514", "58611"},
            id="one that becomes the add-on of the other",
        ),
        pytest.param(report("Right salpingectomy", "ectopic pregnancy", PORTS), {"59151"}, id="what was found"),
        pytest.param(report("Right salpingectomy", "ectopic pregnancy"), {"59120"}, id="what was found, open"),
        pytest.param(report("Suction curettage", "missed abortion"), {"59820"}, id="why it was done"),
        pytest.param(
            report("Left ureteroscopic stone extraction", body="A ureteral stent was then placed."),
            {"52352", "52332"},
            id="one that a detail adds",
        ),
        pytest.param(
            report("Total laparoscopic hysterectomy", body=f"{PORTS} The uterus weighed 410 grams."),
            {"58572"},
            id="a weight",
        ),
        pytest.param(
            report("Total laparoscopic hysterectomy", body=f"{PORTS} The uterus weighed 180 grams."),
            {"58570"},
            id="a lesser weight",
        ),
        pytest.param(report("Total abdominal hysterectomy. Lysis of adhesions"), {"58150"}, id="a step of it"),
        pytest.param(report("Laparoscopic salpingectomy", body=PORTS), {"58661"}, id="nothing to merge"),
    ],
)
def test_codes_of_one_operation(bill: Bills, text: str, codes: set[str]) -> None:
    assert billed(bill(text)).keys() == codes


def test_keyhole_over_the_cuts_it_needs(bill: Bills) -> None:
    assert billed(bill(report("Left salpingo-oophorectomy", body=f"A small incision was made. {PORTS}"))) == {
        "58661": 1
    }
    assert billed(bill(report("Left salpingo-oophorectomy"))) == {"58720": 1}


def test_every_row_names_codes_or_families_of_the_starter_set() -> None:
    known = starter_set(CodeSystem.CPT)
    names = {*known.procedures, *known.families}
    for codes, when, becomes, how in recoded_rows():
        targets = becomes.replace("/", "|").split("|")
        beside = [] if "=" in when else when.split("|")
        assert len(becomes.split("|")) in (1, len(codes.split("|"))), codes
        assert {c for c in (*codes.split("|"), *beside, *targets) if "-" not in c and c not in names} == set()
        assert how in ("", "keeps", "adds", "fills")
