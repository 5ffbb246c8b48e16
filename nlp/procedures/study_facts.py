"""What a study of an imaging report was taken with: contrast, views, extent, sides, and how far the pregnancy is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlp.procedures.report_words import ReportWords
from nlp.procedures.study_tables import NUMBERS, study_names
from nlp.procedures.types import Part

_WITH_CONTRAST = frozenset({"ct", "mri", "mra"})
_TAKEN_TWICE = ("mri", "breast")
_SIDES = frozenset({"right", "left", "bilateral"})
_ORGANS = {"kidney": 1, "abdomen": 6}
_OF_PREGNANCY = frozenset({"pregnancy", "transvaginal"})
_MOST_VIEWS_BETWEEN = 3


@dataclass(slots=True)
class Study:
    """A kind of picture of a part of the body, where it is named, and the contrast named with it."""

    modality: str
    region: str
    stretch: int
    first: int
    last: int
    contrast: set[str] = field(default_factory=set)


def facts_of(report: ReportWords, study: Study, *, alone: bool) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a name of a study that the code sets have, and the (key, value) details that are its own.

    `alone` says that the report is of no other study, so that all it says is of this one.
    """
    study = _of_pregnancy(report, study)
    names, said = study_names(), []
    name = names[study.modality, study.region]
    if study.modality in _WITH_CONTRAST:
        contrast = _contrast(report, study, alone=alone)
        name = names.get((study.modality, f"{study.region}-{contrast}"), name)
        said.append(("contrast", contrast))
    elif study.modality == "xray":
        views = _views(report, study, alone=alone)
        said += [("views", str(views))] if views else []
    elif study.modality == "ultrasound":
        name = _by_extent(report, study, name)
        if study.region in _ORGANS:
            said.append(("extent", "complete" if _is_complete(report, study) else "limited"))
    if study.modality != "xray" and _is_of_both_sides(report, study):
        said.append(("side", "both"))
    return name, (*said, ("modality", study.modality))


def _contrast(report: ReportWords, study: Study, *, alone: bool) -> str:
    """Return the contrast of a study: what its name says, and what the technique adds."""
    values = set(study.contrast)
    rows: Sequence[int] = range(len(report.parts)) if study.region == "coronary" else list(report.technique())
    technique = [r for r in rows if report.parts[r] in (Part.BODY, Part.OTHER) or not values]
    for row in technique if alone or not values else ():
        stretch = report.stretches[row]
        if alone or any(m == study.modality for _, _, m in report.modalities(stretch.first, stretch.last)):
            values |= report.contrast(stretch.first, stretch.last)
    if alone and not values and report.is_enhanced():
        values.add("with")
    is_twice = (study.modality, study.region) == _TAKEN_TWICE and "with" in values
    if "both" in values or {"with", "without"} <= values or is_twice:
        return "both"
    return next(iter(values), "without")


def _views(report: ReportWords, study: Study, *, alone: bool) -> int:
    """Return how many views are counted or named where the report speaks of the study, 0 where none are."""
    counted, named = 0, 0
    for row in {study.stretch, *report.technique()}:
        if not alone and study.region not in {v for _, _, v in report.of("region", row)}:
            continue
        counted = max(counted, _counted_views(report, row))
        values = {v for _, _, v in report.of("view", row)}
        named = max(named, len(values) + ("obliques" in values))
    return counted or named


def _counted_views(report: ReportWords, row: int) -> int:
    least = report.stretches[row].first
    return max(
        (
            NUMBERS.get(report.folded[place], 0)
            for start, _, _ in report.of("views", row)
            for place in range(max(least, start - _MOST_VIEWS_BETWEEN), start + 1)
        ),
        default=0,
    )


def _of_pregnancy(report: ReportWords, study: Study) -> Study:
    """Return an ultrasound as early in pregnancy, or by the vagina in pregnancy, where its findings say so."""
    if study.modality != "ultrasound" or study.region not in _OF_PREGNANCY:
        return study
    told = report.told("anatomy")
    early, later = len(told.get("early-pregnancy", ())), len(told.get("pregnancy", ()))
    if study.region == "transvaginal":
        return replace(study, region="transvaginal-pregnancy") if early else study
    return replace(study, region="early-pregnancy") if early > later else study


def _by_extent(report: ReportWords, study: Study, name: str) -> str:
    """Return the name of an ultrasound by its extent, or of one that follows another."""
    names = study_names()
    if report.of("complete", study.stretch):
        return names.get((study.modality, f"{study.region}-complete"), name)
    if any(report.of("again", row) for row in range(len(report.stretches))):
        return names.get((study.modality, f"{study.region}-again"), name)
    if study.region == "pregnancy" and not any(report.of("biometry", row) for row in range(len(report.stretches))):
        return names[study.modality, "pregnancy-limited"]
    return name


def _is_complete(report: ReportWords, study: Study) -> bool:
    """Tell whether a report names its study complete, or tells of the organs that make it so."""
    organs = report.told("organ", history=study.region == "abdomen").get(study.region, ())
    return bool(report.of("complete", study.stretch)) or len(organs) >= _ORGANS[study.region]


def _is_of_both_sides(report: ReportWords, study: Study) -> bool:
    """Tell whether a report whose name says no side has findings of the right and of the left."""
    stretch = report.stretches[study.stretch]
    if not _SIDES.isdisjoint(report.folded[stretch.first : stretch.last]) and study.last - study.first > 1:
        return False
    if study.region == "breast":
        told = _SIDES.intersection(w for s in report.stretches for w in report.folded[s.first : s.last])
    else:
        told = _SIDES.intersection(report.folded[s.first] for s in report.stretches)
    return told >= {"right", "left"}
