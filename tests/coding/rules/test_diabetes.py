import pytest

from tests.coding.rules.conftest import Rules, stands, why_gone

CASES = [
    ("E11.9. N18.31", "E11.22 N18.31", "kidney disease; its stage stays"),
    ("E10.9. N18.31", "E10.22 N18.31", "the type is that of the note"),
    ("E11.21. N18.31", "E11.22 N18.31", "nephropathy with kidney disease is kidney disease"),
    ("E11.9. G62.9", "E11.42", "peripheral neuropathy is polyneuropathy"),
    ("E11.40. G62.9", "E11.42", "and says more than neuropathy"),
    ("E11.9. R73.9", "E11.65", "hyperglycemia"),
    ("E09.9. R73.9", "E09.65", "hyperglycemia in drug induced diabetes"),
    ("E11.9. E16.2", "E11.649", "hypoglycemia"),
    ("E11.9. L97.529", "E11.621 L97.529", "foot ulcer; its site and depth stay"),
    ("E11.9. L97.211", "E11.622 L97.211", "an ulcer elsewhere on the leg"),
    ("E11.9. I73.9", "E11.51", "peripheral vascular disease"),
    ("E11.9. I73.9. I96", "E11.52", "with gangrene"),
    ("E11.9. I70.262", "E11.52 I70.262", "atherosclerosis with gangrene; the artery stays"),
    ("E11.9. I70.212", "E11.51 I70.212", "atherosclerosis with claudication"),
    ("E11.9. M86.172", "E11.69 M86.172", "osteomyelitis"),
    ("E11.9. K31.84", "E11.43 K31.84", "gastroparesis"),
    ("E11.9. H35.00", "E11.319", "retinopathy"),
    ("E11.9. M14.671", "E11.610", "Charcot joint"),
    ("E11.42. N18.31. R73.9", "E11.22 E11.42 E11.65 N18.31", "several complications stand together"),
    ("E11.9. E11.42", "E11.42", "without complications gives way"),
    ("E11.8. E11.65", "E11.65", "unspecified complications give way"),
    ("E10.10. E11.9", "E10.10", "a type that is left open is the one stated elsewhere"),
    ("E10.9. E11.65", "E10.65", "and its complication follows"),
    ("E11.9, poorly controlled", "E11.65", "out of control is hyperglycemia"),
    ("E11.9 with low blood sugars", "E11.649", "low sugars"),
    # must not fire
    ("E10.9. type 2 diabetes E11.9", "E10.9 E11.9", "two types are stated: a problem, no choice"),
    ("E11.9, uncontrolled", "E11.9", "uncontrolled does not say which way"),
    ("E11.9", "E11.9", "diabetes alone"),
    ("N18.31. G62.9", "G62.9 N18.31", "no diabetes"),
    ("R73.03. N18.31", "N18.31 R73.03", "prediabetes is no diabetes"),
    ("G62.9 due to E53.8. E11.9", "E11.9 E53.8 G62.9", "the note names another cause"),
    ("G62.0. E11.9", "E11.9 G62.0", "neuropathy of a drug has its cause"),
    ("N18.31 not due to E11.9", "E11.9 N18.31", "the note denies the link"),
    ("E11.9. L89.619", "E11.9 L89.619", "a pressure ulcer is not among 'with'"),
    ("E11.9. I25.10", "E11.9 I25.10", "coronary disease is not among 'with'"),
    ("E11.9. H40.1111", "E11.9 H40.1111", "glaucoma is not among 'with'"),
    ("E11.9. N17.9", "E11.9 N17.9", "acute kidney injury is not among 'with'"),
    ("E11.9. L03.116", "E11.9 L03.116", "cellulitis is not among 'with'"),
    ("O24.410. E16.2", "E16.2 O24.410", "gestational diabetes has codes of its own"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_diabetes(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())


def test_the_finding_and_the_general_code_show_what_took_them_in(ruled: Rules) -> None:
    assert why_gone(ruled("E11.9. G62.9")) == {"E11.9": ("combined", "E11.42"), "G62.9": ("combined", "E11.42")}


def test_the_evidence_is_that_of_both(ruled: Rules) -> None:
    made = next(c for c in ruled("E11.9. R73.9").candidates)
    assert [e.text for e in made.evidence] == ["E11.9", "R73.9"]
