"""The cases of the rules, as `chartcoder rules test` runs them."""

from dataclasses import replace

import pytest

from coding.cases import Case, read_cases, run_cases
from coding.rules.catalog import catalog
from coding.rules.families import LIST_RULES, RULES
from coding.suggest import Suggester

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.place} {c.reason}")
def test_a_case(real_suggester: Suggester, case: Case) -> None:
    (result,) = run_cases(real_suggester, [case])
    assert result.faults == ()


def test_every_case_is_of_a_rule() -> None:
    assert {c.rule for c in CASES} <= set(catalog())


@pytest.mark.parametrize("rule", [r.id for r in (*RULES, *LIST_RULES)])
def test_a_rule_has_cases_in_both_directions(rule: str) -> None:
    assert {c.fires for c in CASES if c.rule == rule} == {True, False}


def test_a_case_that_fails_says_what_is_wrong(real_suggester: Suggester) -> None:
    case = next(c for c in CASES if c.rule == "hypertension.with" and c.fires)
    wrong = replace(case, fires=False, expected=("I10", "-I11.0", "1=I10", "I11.0:excluded"))
    (result,) = run_cases(real_suggester, [wrong])
    assert result.faults == (
        "fires",
        "leaves I11.0 I50.9",
        "does not list I10",
        "lists I11.0",
        "I11.0 stands first",
        "does not leave I11.0 out as excluded",
    )
