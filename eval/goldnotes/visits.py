"""How near the suggested visit level (E/M) comes to the gold one."""

from collections.abc import Iterable

from codesets.procedures.starter import starter_set
from codesets.types import CodeSystem

Level = tuple[str, str, int]
"""Family of visits, whether new, established, initial or subsequent, and the level."""


def level_of(value: str) -> Level | None:
    """Return the level of a CPT code, or None where the code is no visit that is levelled."""
    procedure = starter_set(CodeSystem.CPT).get(value)
    if procedure is None or not procedure.facts or "level" not in procedure.facts or value[:2] not in ("98", "99"):
        return None
    return procedure.family, procedure.facts.get("status", ""), int(procedure.facts["level"])


def nearness(gold: Iterable[str], found: Iterable[str]) -> tuple[float, float, float]:
    """Return how many gold visits were met exactly, how many within one level, and how many there are."""
    suggested = [level for level in map(level_of, found) if level]
    wanted = [level for level in map(level_of, gold) if level]
    near = sum(any(s[:2] == w[:2] and abs(s[2] - w[2]) <= 1 for s in suggested) for w in wanted)
    return float(sum(w in suggested for w in wanted)), float(near), float(len(wanted))
