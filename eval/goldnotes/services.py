"""How near the suggested service lines come to the gold ones: codes, levels of visits, modifiers, units, traps."""

from collections.abc import Sequence

from eval.goldnotes.coded import Coded
from eval.goldnotes.figures import Counts, Figure, figure_of, overlap, prf, share
from eval.goldnotes.visits import nearness

_SYSTEMS = ("cpt", "hcpcs")
_CODE_LENGTH = 5
_LEFT_TO_THE_PAYER = frozenset({"51"})


def service_figures(coded: Sequence[Coded]) -> dict[str, Figure]:
    """Return the figures of CPT and HCPCS lines; modifiers and units are compared where the code is right."""
    figures: dict[str, Figure] = {}
    for system in _SYSTEMS:
        figures |= prf(f"{system} exact", [overlap(c.gold_codes(system), c.found(system)) for c in coded])
    visits = [nearness(c.gold_codes("cpt"), c.found("cpt")) for c in coded]
    figures["visit level exact"] = figure_of([(v[0], v[2]) for v in visits], share, 1)
    figures["visit level within one"] = figure_of([v[1:] for v in visits], share, 1)
    figures["modifiers right"] = figure_of([_same_modifiers(c) for c in coded], share, 1)
    figures["units right"] = figure_of([_same_units(c) for c in coded], share, 1)
    figures["not performed, suggested"] = figure_of([_not_performed(c) for c in coded], share, 1)
    return figures


def is_service(code: str) -> bool:
    """Tell whether a code is of CPT or HCPCS: five characters, no dot."""
    return len(code) == _CODE_LENGTH and "." not in code


def _same_modifiers(c: Coded) -> Counts:
    gold = {x.code: frozenset(x.modifiers) - _LEFT_TO_THE_PAYER for x in c.gold.label.procedures}
    right = [s for system in _SYSTEMS for s in c.listed(system) if s.code.display in gold]
    same = sum(gold[s.code.display] == frozenset(s.modifiers) - _LEFT_TO_THE_PAYER for s in right)
    return float(same), float(len(right))


def _same_units(c: Coded) -> Counts:
    gold = {x.code: x.units for x in c.gold.label.procedures}
    right = [s for system in _SYSTEMS for s in c.listed(system) if s.code.display in gold]
    return float(sum(gold[s.code.display] == s.units for s in right)), float(len(right))


def _not_performed(c: Coded) -> Counts:
    found = c.found("cpt") | c.found("hcpcs")
    codes = [t.code for t in c.gold.label.traps if is_service(t.code)]
    return float(sum(code in found for code in codes)), float(len(codes))
