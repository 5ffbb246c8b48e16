"""Visits: the family and level of evaluation and management, with what each rests on."""

from coding.visits.types import Basis, Complexity, Element, Family, RunnerUp, VisitLevel, VisitResult
from coding.visits.visit import suggest_visit

__all__ = ["Basis", "Complexity", "Element", "Family", "RunnerUp", "VisitLevel", "VisitResult", "suggest_visit"]
