"""The procedure sets as coding uses them: the codes in one sequence, their families, phrases, pairs and tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codesets.procedures.edits import Bundles
from codesets.procedures.parts import StarterBundles
from codesets.procedures.phrases import PhraseIndex, open_phrases
from codesets.procedures.starter import starter_bundles, starter_set
from codesets.procedures.types import Procedure, ProcedureSet
from codesets.types import CodeSystem


@dataclass(frozen=True, slots=True)
class ServiceSets:
    """CPT and HCPCS Level II codes by row, by value and by family, and which codes are part of which."""

    procedures: Sequence[Procedure]
    by_value: Mapping[str, Procedure]
    families: Mapping[str, tuple[Procedure, ...]]
    bundles: Bundles
    phrases: PhraseIndex


def service_sets(sets: Iterable[ProcedureSet], bundles: Bundles) -> ServiceSets:
    """Return the codes of one or both systems with the pairs that hold for them."""
    sets = list(sets)
    procedures = [p for one in sets for p in one.procedures.values()]
    families = {name: found for one in sets for name, found in one.families.items()}
    by_value = {p.code.value: p for p in procedures}
    return ServiceSets(procedures, by_value, families, bundles, open_phrases(procedures))


def open_service_sets() -> ServiceSets:
    """Return the starter sets of CPT and HCPCS Level II."""
    starters = (starter_set(CodeSystem.CPT), starter_set(CodeSystem.HCPCS))
    return service_sets(starters, StarterBundles(starter_bundles()))
