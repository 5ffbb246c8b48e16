import pytest

from nlp.assertion.course import Course, course_of
from nlp.tokens import tokenize


@pytest.mark.parametrize(
    ("words", "course", "reason"),
    [
        ("Hypertension", Course.CHRONIC, "lasts"),
        ("stage 3 CKD", Course.CHRONIC, "a short form inside the words"),
        ("chronic pancreatitis", Course.CHRONIC, "chronic says it"),
        ("acute on chronic heart failure", Course.CHRONIC, "chronic overrules acute"),
        ("migraines", Course.REMITTING, "a plural; may end"),
        ("asthma attack", Course.RESOLVABLE, "an episode of a lasting disease"),
        ("gestational diabetes", Course.RESOLVABLE, "ends with the pregnancy"),
        ("respiratory depression", Course.RESOLVABLE, "not the mood disorder"),
        ("appendicitis", Course.RESOLVABLE, "ends"),
        ("osteoarthritis", Course.CHRONIC, "not every -itis ends"),
        ("alcohol withdrawal", Course.RESOLVABLE, "a stem would confuse it with alcoholism"),
        ("breast cancer", Course.UNKNOWN, "may be either"),
        ("metastatic colon cancer", Course.CHRONIC, "not over with its resection"),
        ("PTSD", Course.REMITTING, "may end"),
        ("Bell's palsy", Course.RESOLVABLE, "with its apostrophe"),
        ("rash", Course.UNKNOWN, "may be either"),
    ],
)
def test_course(words: str, course: Course, reason: str) -> None:
    assert course_of(tuple(tokenize(words).folded)) is course, reason
