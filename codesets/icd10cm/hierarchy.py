"""Where a code stands: below the longest code of its release that begins it."""

from collections.abc import Collection, Container, Mapping


def nearest_prefix(value: str, names: Container[str]) -> str | None:
    """Return the longest proper prefix of `value` in `names`, three characters at least (S301XXA → S301)."""
    for length in range(len(value) - 1, 2, -1):
        if value[:length] in names:
            return value[:length]
    return None


def misplaced(billable: Mapping[str, bool]) -> tuple[str, str] | None:
    """Return the first code of `billable` (code → flag) that cannot stand, and what is wrong, or None.

    A code of more than three characters needs its category, a header needs codes below it, a billable code
    has none.
    """
    above = {value: nearest_prefix(value, billable) for value in billable}
    headers: Collection[str] = {p for p in above.values() if p is not None}
    for value, flag in billable.items():
        if len(value) > 3 and value[:3] not in billable:
            return value, "its category is missing"
        if flag and value in headers:
            return value, "it is billable, yet has codes below it"
        if not flag and value not in headers:
            return value, "it is a header, yet has no code below it"
    return None
