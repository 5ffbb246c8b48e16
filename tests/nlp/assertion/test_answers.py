"""Answers on forms and grids, beside what only looks like one."""

import pytest

from eval.assertion import assert_marked, read_marked
from nlp.assertion import Asserter

ASSERTER = Asserter()


@pytest.mark.parametrize(
    "marked",
    [
        r"[Stroke](negated): No\n[Hypertension](present): Yes\n[Asthma](negated): N",
        "[Headaches](present): Y   [Dizziness](negated): N   [Syncope](negated): N",
        "[Glaucoma](negated) [ ] yes [x] no   [Cataracts](present) [x] yes [ ] no",
        "[Asthma](negated) ☐Y ☑N; [ADHD](present) ☑Y ☐N",
        "[Gout](present) ( ) No (x) Yes",
        "[CHF](negated) 0, [HTN](present) 1, [stroke](negated) 0",
        "[DM](negated) - / [HTN](present) + / [CAD](negated) -",
        "[asthma](negated) No, [emphysema](negated) No, [hypertension](present) Yes (on meds).",
        "[Anemia](negated) no; [Hypertension](present) yes",
        r"| [Diabetes](negated) | N |\n| [Hypertension](present) | Y |",
        r"[Tuberculosis](negated)......No\n[Diabetes](present)......Yes",
        "[Hypertension](present)? yes. [Diabetes](negated)? no.",
        "+[cough](present), -[hemoptysis](negated), -[wheezing](negated), +[rhinorrhea](present)",
        "+ [fatigue](present); - [fever](negated); + [arthralgia](present)",
    ],
)
def test_answers(marked: str) -> None:
    row = read_marked(f"1\t{marked}")
    assert [k.value for k in assert_marked(ASSERTER, row)] == [label for _, _, label in row.findings]


@pytest.mark.parametrize(
    "marked",
    [
        "[Diabetes](present) - see below",
        r"- [hypertension](present)\n- [gout](present)",
        "[HTN](present) - on meds, [gout](present) - allopurinol",
        "[CKD](present) 3, [DM](present) 2",
        "[HTN](present). No [fever](negated).",
    ],
)
def test_what_is_no_answer(marked: str) -> None:
    test_answers(marked)


def test_a_list_of_what_is_over_names_no_current_disease() -> None:
    test_answers(r"Resolved problems: [asthma](historical), [anemia](historical)\nPMH: [hypertension](present)")
