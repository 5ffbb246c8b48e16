"""Worked cases of the rules: what must fire, what must not, and why; `chartcoder rules test` runs them."""

from coding.cases.read import Case, Given, read_cases
from coding.cases.run import Result, run_cases

__all__ = ["Case", "Given", "Result", "read_cases", "run_cases"]
