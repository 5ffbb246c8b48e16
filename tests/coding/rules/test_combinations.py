import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("I25.10. I20.9", "I25.119", "coronary disease with angina"),
    ("I25.10. I20.0", "I25.110", "with unstable angina"),
    ("J44.9. J18.9", "J44.0 J18.9", "COPD with pneumonia; the pneumonia stays"),
    ("J44.1. J18.9", "J44.0 J44.1 J18.9", "with an exacerbation too: both"),
    ("J45.40. J45.902", "J45.42", "severity and status asthmaticus"),
    ("J45.50 in exacerbation", "J45.51", "a word beside the code"),
    ("J44.9 in exacerbation", "J44.1", "the same for COPD"),
    ("N20.1\nfindings: N13.30", "N13.2", "stone with hydronephrosis"),
    ("K80.20. K81.0", "K80.00", "gallstones with cholecystitis"),
    ("K25.9. K92.1", "K25.4", "ulcer with bleeding"),
    ("K70.30. R18.8", "K70.31", "alcoholic cirrhosis with ascites"),
    ("M54.50. M54.32", "M54.42", "back pain with sciatica"),
    ("M31.6. M35.3", "M31.5", "giant cell arteritis with polymyalgia"),
    ("F10.20. F10.930", "F10.230", "dependence with withdrawal"),
    ("R11.0. R11.10", "R11.2", "nausea with vomiting"),
    ("N40.0. R33.9", "N40.1 R33.8", "enlarged prostate with retention"),
    ("D64.9\npmh: N18.4", "D63.1 N18.4", "anemia in kidney disease"),
    ("D70.9. R50.9", "D70.9 R50.81", "fever of neutropenia"),
    ("D50.9 due to N92.0", "D50.0 N92.0", "iron deficiency from bleeding"),
    ("F32.9, first episode, moderate", "F32.1", "severity said after the depression"),
    ("F33.9, currently severe with psychotic features", "F33.3", "psychotic features"),
    ("F31.9, current episode manic, severe, with psychotic features", "F31.2", "bipolar episode with its features"),
    ("F90.9, combined presentation", "F90.2", "type of attention deficit"),
    ("F11.20, early remission", "F11.21", "dependence in remission"),
    ("G43.909 without aura", "G43.009", "a title that denies a word"),
    ("E11.3392 with diabetic macular edema", "E11.3312", "retinopathy with macular edema keeps its eye"),
    ("N63.10, upper outer", "N63.11", "quadrant of the breast"),
    ("K56.50 partial", "K56.51", "how far the obstruction goes"),
    # must not fire
    ("F32.9 and moderate J45.909", "F32.9 J45.909", "the severity is that of another finding"),
    ("F11.20, not in remission", "F11.20", "remission is denied"),
    ("E11.3392 without macular edema", "E11.3392", "edema is denied"),
    ("F32.9. Moderate effort", "F32.9", "another sentence"),
    ("I25.10", "I25.10", "no angina"),
    ("J44.9. J06.9", "J06.9 J44.9", "a cold is no lower respiratory infection"),
    ("J44.9\nhpi: J18.9", "J18.9 J44.9", "a pneumonia that the conclusion does not name"),
    ("J45.50 without exacerbation", "J45.50", "the word is denied"),
    ("J44.9. J18.9?", "J18.9 J44.9", "the note also negates the pneumonia"),
    ("D50.9. N92.0", "D50.9 N92.0", "no cause is named"),
    ("D64.9 due to E53.8. N18.4", "D64.9 E53.8 N18.4", "another cause is named"),
    ("D62. N18.4", "D62 N18.4", "blood loss is a cause of its own"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_pairs(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())
