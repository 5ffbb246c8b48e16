"""How well the words of a core belong together where a sentence spreads them out."""

from nlp.mentions.units import UnitKind, Units

_MAX_BETWEEN = 2
_MAX_STRETCH = 8
_BETWEEN_COST = 0.12
_BREAK_COST = 0.1
_FREE_OF = ("of", "from")


def closeness(units: Units, rows: tuple[int, ...]) -> float:
    """Return 1 for adjacent rows, less for words between them, 0 where they do not belong together.

    'Without' and 'free of' divide; breaks with attributes alone between them count once ('MDD, severe, psychotic').
    """
    held = set(rows)
    between = breaks = asides = 0
    in_list = False
    conjunctions: list[int] = []
    row = rows[0]
    while row < rows[-1]:
        row += 1
        kind = units.kinds[row]
        if row in held:
            in_list = False
            continue
        if kind is UnitKind.WORD:
            between += 1
            in_list = False
        elif kind is UnitKind.BREAK:
            closing = _closing(units, row, held)
            if closing is not None:
                asides += 1
                row = closing
            elif not in_list:
                breaks += 1
                in_list = True
        elif kind is UnitKind.CONJUNCTION:
            conjunctions.append(row)
        elif kind is UnitKind.BARRIER and units.words[row] == "without":
            return 0.0
        if units.words[row] == "free" and units.words[row + 1] in _FREE_OF:
            return 0.0
    if between > _MAX_BETWEEN or breaks > 1 or (breaks and between):
        return 0.0
    if conjunctions and not all(_shares_head(units, rows, c) for c in conjunctions):
        return 0.0
    return 1.0 - _BETWEEN_COST * between - _BREAK_COST * (breaks + asides + len(conjunctions))


def _closing(units: Units, row: int, held: set[int]) -> int | None:
    """Return the row that ends the aside begun at `row` ('systolic (congestive) heart failure'), if it holds none."""
    if units.words[row] != "(":
        return None
    for at in range(row + 1, min(row + _MAX_STRETCH, max(held))):
        if at in held:
            return None
        if units.words[at] == ")":
            return at
    return None


def _shares_head(units: Units, rows: tuple[int, ...], conjunction: int) -> bool:
    """Tell whether the parts on both sides of a conjunction can belong to one phrase."""
    left = max(r for r in rows if r < conjunction)
    right = min(r for r in rows if r > conjunction)
    before = _word_before(units, min(rows))
    after = _word_after(units, max(rows))
    if before is not None and after is not None:
        return False
    if any(units.kinds[r] is UnitKind.WORD for r in range(left + 1, conjunction)):
        return not any(units.kinds[r] is UnitKind.WORD for r in range(conjunction + 1, right))
    return True


def _word_before(units: Units, row: int) -> int | None:
    row -= 1
    while row >= 0 and units.kinds[row] is UnitKind.ATTRIBUTE:
        row -= 1
    return row if row >= 0 and units.kinds[row] is UnitKind.WORD else None


def _word_after(units: Units, row: int) -> int | None:
    row += 1
    return row if row < len(units.kinds) and units.kinds[row] is UnitKind.WORD else None
