"""Guideline rules: from the codes that a note's words mean to the codes that may stand together."""

from coding.rules.engine import Outcome, apply_rules
from coding.rules.families import CHECKS, RULES
from coding.rules.types import Change, Check, Findings, Rule

__all__ = ["CHECKS", "RULES", "Change", "Check", "Findings", "Outcome", "Rule", "apply_rules"]
