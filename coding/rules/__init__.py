"""Guideline rules: from the codes that a note's words mean to the codes that may stand together."""

from coding.rules.engine import Outcome, apply_rules, review_list
from coding.rules.families import LIST_RULES, RULES
from coding.rules.types import Change, Findings, Listed, Rule

__all__ = ["LIST_RULES", "RULES", "Change", "Findings", "Listed", "Outcome", "Rule", "apply_rules", "review_list"]
