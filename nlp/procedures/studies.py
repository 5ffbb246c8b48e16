"""Puts together what studies an imaging report is of, by the kind of picture and the part of the body."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from codesets.procedures.phrases import PhraseIndex
from nlp.procedures.report_words import Found, ReportWords
from nlp.procedures.study_facts import Study, facts_of
from nlp.procedures.study_tables import study_names
from nlp.procedures.types import Named, Part

_BEFORE, _AFTER = 16, 14
_LEAST_SIGNS = 2
_GIVEN_REACH = 5
_TO = frozenset({"to", "through"})
_BROAD = {"arm": "arm hand", "leg": "leg foot"}
_PART_OF = {"hip": "pelvis", "ribs": "chest"}
_HEAD_AND_NECK = frozenset({"neck", "thyroid"})
_BY_BELLY = frozenset({"transabdominal", "abdominal", "transabdominally"})
_OF_RUNOFF = frozenset({"abdomen", "pelvis", "abdomen-pelvis", "leg", "aorta"})
_JOINED = {"abdomen": "abdomen-pelvis", "pelvis": "abdomen-pelvis"}


def find_studies(index: PhraseIndex, report: ReportWords, *, titled: bool) -> list[Named]:
    """Return the studies as names of procedures, each with the details that are its own.

    Where the title names something else (`titled`), the rest of the report is not asked.
    """
    found = [s for row, first, last in report.titles() for s in _studies_in(report, row, first, last)]
    if titled and not found:
        return []
    if not found:
        found = [s for row in report.technique() for s in _spoken(report, row)]
    if not found:
        found = list(_by_signs(report))
    studies = _joined(_distinct(found))
    return [named for s in studies for named in _named(index, report, s, alone=len(studies) == 1)]


def _named(index: PhraseIndex, report: ReportWords, study: Study, *, alone: bool) -> Iterator[Named]:
    name, said = facts_of(report, study, alone=alone)
    rows = index.rows_of(name)
    if rows:
        yield Named(study.first, study.last, study.stretch, rows, study.last - study.first, said=said)


def _spoken(report: ReportWords, row: int) -> list[Study]:
    """Return the studies of a stretch of the technique that speaks of no other time."""
    stretch = report.stretches[row]
    if report.of("aside", row):
        return []
    return _studies_in(report, row, stretch.first, stretch.last, signs=report.parts[row] is Part.BODY)


def _studies_in(report: ReportWords, row: int, first: int, last: int, *, signs: bool = False) -> list[Study]:
    """Return the studies of a stretch: each part of the body with its kind of picture and the contrast named."""
    modalities = report.modalities(first, last, signs=signs)
    found = []
    for start, end, region in report.regions(first, last) if modalities else ():
        chosen = _beside(modalities, start, end)
        if chosen is None or _is_place_only(report, modalities, first, start, end):
            continue
        study = Study(chosen[2], region, row, min(start, chosen[0]), max(end, chosen[1]))
        upto = next((m[0] for m in modalities if m[0] >= study.last), last)
        study.contrast |= report.contrast(max(first, study.first - 2), upto)
        found.append(study)
    kept = [s for s in found if (s.modality, s.region) in study_names()]
    if any(s.region == "transvaginal" for s in kept) and _BY_BELLY.isdisjoint(report.folded[first:last]):
        kept = [s for s in kept if s.region != "pregnancy"]
    return [s for s in kept if not _is_broad(s, kept)]


def _is_place_only(report: ReportWords, modalities: Sequence[Found], first: int, start: int, end: int) -> bool:
    """Tell whether a part of the body says where something was injected, or where the pictures begin or end."""
    if report.within("given", max(first, start - _GIVEN_REACH), start):
        return True
    after = max((m[1] for m in modalities if m[1] <= start), default=first)
    return "from" in report.folded[after:start] and _TO.isdisjoint(report.folded[start:end])


def _by_signs(report: ReportWords) -> Iterator[Study]:
    """Yield the study that the findings are of, where it is not named: by the words of such findings alone."""
    rows = [r for r, part in enumerate(report.parts) if part is not Part.HISTORY]
    modality = _modality_by_signs(report, rows)
    if modality is None:
        return
    votes = report.told("anatomy")
    regions = [r for r in votes if (modality, r) in study_names() and len(votes[r]) >= _LEAST_SIGNS]
    if not regions:
        return
    best = max(regions, key=lambda r: (len(votes[r]), votes[r].total()))
    chosen = [best]
    if modality == "ct" and best in _JOINED and "pelvis" in votes and len(votes.get("abdomen", ())) > _LEAST_SIGNS:
        chosen = ["abdomen", "pelvis"]
    first = report.stretches[rows[0]]
    for region in chosen:
        yield Study(modality, region, rows[0], first.first, min(first.last, first.first + 1))


def _modality_by_signs(report: ReportWords, rows: Sequence[int]) -> str | None:
    """Return the kind of picture that a report names without a part of the body, or that its words show."""
    signs: dict[str, Counter[str]] = {}
    for row in rows:
        stretch = report.stretches[row]
        named = [] if report.of("aside", row) else report.modalities(stretch.first, stretch.last)
        if named and report.parts[row] in (Part.BODY, Part.TITLE):
            return named[0][2]
        direct = [m for m in named if report.within("modality", m[0], m[1])]
        for start, end, modality in (*report.of("sign", row), *direct):
            signs.setdefault(modality, Counter())[" ".join(report.folded[start:end])] += 1
    best = max(signs, key=lambda m: (len(signs[m]), signs[m].total()), default=None)
    return best if best and signs[best].total() >= _LEAST_SIGNS else None


def _beside(modalities: Sequence[Found], start: int, end: int) -> Found | None:
    """Return the kind of picture that words at tokens `start` to `end` go with: that before, or right behind."""
    before = next((m for m in reversed(modalities) if m[0] <= start), None)
    after = next((m for m in modalities if m[0] >= end), None)
    here = before is not None and max(0, start - before[1]) <= _AFTER
    if after is not None and after[0] - end <= _BEFORE and not here and before is None:
        return after
    if after is not None and before is not None and here and after[0] == end and start > before[1]:
        return after
    return before if here else None


def _is_broad(study: Study, others: Iterable[Study]) -> bool:
    """Tell whether a limb is named beside a joint or bone of it."""
    if (study.modality, study.region) == ("ultrasound", "head"):
        return any(o.region in _HEAD_AND_NECK for o in others)
    return study.region in _BROAD and any(o.region not in _BROAD[study.region].split() for o in others)


def _distinct(studies: Iterable[Study]) -> list[Study]:
    """Return one study for each kind of picture and part of the body, with all the contrast named."""
    found: dict[tuple[str, str], Study] = {}
    for study in studies:
        known = found.setdefault((study.modality, study.region), study)
        known.contrast |= study.contrast
    angiograms = {region for modality, region in found if modality == "cta"}
    if "pulmonary" in angiograms or any(region in ("coronary", "pulmonary") for _, region in found):
        angiograms.add("chest")
    kept = [s for s in found.values() if s.modality != "ct" or s.region not in angiograms]
    if "runoff" in angiograms:
        kept = [s for s in kept if s.modality != "cta" or s.region not in _OF_RUNOFF]
    part = {_PART_OF[s.region] for s in kept if s.modality == "xray" and s.region in _PART_OF}
    return [s for s in kept if s.modality != "xray" or s.region not in part]


def _joined(studies: Sequence[Study]) -> list[Study]:
    """Return the studies with abdomen and pelvis as one where both were taken."""
    found = list(studies)
    for modality in {s.modality for s in studies}:
        parts = [s for s in found if s.modality == modality and _JOINED.get(s.region, s.region) == "abdomen-pelvis"]
        is_joined = {s.region for s in parts} >= {"abdomen", "pelvis"} or any(
            s.region == "abdomen-pelvis" for s in parts
        )
        if is_joined and (modality, "abdomen-pelvis") in study_names():
            joined = replace(parts[0], region="abdomen-pelvis", contrast=set().union(*(s.contrast for s in parts)))
            found = [joined if s is parts[0] else s for s in found if s not in parts[1:]]
    return found
