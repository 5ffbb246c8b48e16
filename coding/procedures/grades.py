"""How probable a coder keeps a line, by the grade of what says that it was done."""

from coding.procedures.tables import scores
from coding.procedures.types import Service

THRESHOLD = 0.4
_LEAST = 0.1


def grade_score(grade: str) -> float:
    """Return the probability of a grade."""
    return scores().get(grade, _LEAST)


def score_of(service: Service) -> float:
    """Return the probability of a service."""
    return grade_score(service.grade)
