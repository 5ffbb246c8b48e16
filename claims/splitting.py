"""Claims that are too large for one form, split so that no line and no diagnosis is lost."""

from collections.abc import Sequence
from dataclasses import replace

from claims.model import ClaimKind, Diagnosis, ServiceLine
from codesets.errors import BadClaim

MOST_DIAGNOSES = {ClaimKind.PROFESSIONAL: 12, ClaimKind.INSTITUTIONAL: 25}
MOST_LINES = {ClaimKind.PROFESSIONAL: 50, ClaimKind.INSTITUTIONAL: 999}
Part = tuple[tuple[Diagnosis, ...], tuple[ServiceLine, ...]]


def split(kind: ClaimKind, diagnoses: Sequence[Diagnosis], lines: Sequence[ServiceLine]) -> list[Part]:
    """Return the diagnoses and lines of each claim; orders are kept, pointers count anew within each.

    Raises BadClaim where the diagnoses do not fit on as many claims as there are lines.
    """
    most = MOST_DIAGNOSES[kind]
    if kind is ClaimKind.INSTITUTIONAL:
        if len(diagnoses) > most:
            raise BadClaim(f"an institutional claim holds {most} diagnoses: leave out those that matter least")
        chunks = [lines[i : i + MOST_LINES[kind]] for i in range(0, len(lines), MOST_LINES[kind])] or [lines]
        return [(tuple(diagnoses), tuple(chunk)) for chunk in chunks]
    for size in range(MOST_LINES[kind], 0, -1):
        groups = _groups(lines, size, most)
        if sum(most - len(used) for _, used in groups) >= len(set(range(len(diagnoses))) - _used(groups)):
            return [_part(diagnoses, *group) for group in _filled(groups, len(diagnoses), most)]
    raise BadClaim(f"{len(diagnoses)} diagnoses do not fit on {len(lines)} lines, twelve to a claim: leave some out")


Group = tuple[list[ServiceLine], set[int]]


def _groups(lines: Sequence[ServiceLine], size: int, most: int) -> list[Group]:
    """Fill claims with lines in order, up to `size` lines and the diagnoses that they point at."""
    groups: list[Group] = [([], set())]
    for line in lines:
        wanted = {p - 1 for p in line.diagnosis_pointers}
        held, used = groups[-1]
        if held and (len(held) >= size or len(used | wanted) > most):
            groups.append(([], set()))
            held, used = groups[-1]
        held.append(line)
        used |= wanted
    return groups


def _used(groups: list[Group]) -> set[int]:
    return set().union(*(used for _, used in groups))


def _filled(groups: list[Group], count: int, most: int) -> list[Group]:
    """Put diagnoses that no line points at where there is room, the first of all onto the first claim."""
    for left in sorted(set(range(count)) - _used(groups)):
        next(used for _, used in groups if len(used) < most).add(left)
    return groups


def _part(diagnoses: Sequence[Diagnosis], lines: list[ServiceLine], used: set[int]) -> Part:
    order = {old: new for new, old in enumerate(sorted(used), 1)}
    moved = tuple(replace(x, diagnosis_pointers=tuple(order[p - 1] for p in x.diagnosis_pointers)) for x in lines)
    return tuple(diagnoses[i] for i in sorted(used)), moved
