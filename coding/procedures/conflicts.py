"""Where the title and the body of a report disagree: the body wins, and the coder is told."""

import re
from collections.abc import Sequence

from coding.procedures.sides import side_of
from coding.procedures.surroundings import Surroundings
from coding.procedures.types import Service
from coding.types import Problem, Severity
from nlp.procedures.types import NoteKind, Part

RULE = "procedure.title_body_conflict"
_OTHER = {"left": "right", "right": "left"}
_MODIFIERS = {"left": "LT", "right": "RT"}
_SCOPES = frozenset({"laparoscopic", "arthroscopic", "endoscopic", "robotic"})
_CONVERTED = re.compile(r"\b(?:convert(?:ed|ing)|conversion) to (?:an? )?open\b", re.IGNORECASE)


def settle_conflicts(place: Surroundings, services: Sequence[Service]) -> list[Problem]:
    """Give services the side of the body where the title has the other, and return the conflicts."""
    if place.reading.kind is not NoteKind.OPERATIVE:
        return []
    problems = []
    title, body = (side_of(_words(place, part)) for part in (Part.TITLE, Part.BODY))
    if title in _OTHER and body == _OTHER[title]:
        for service in services:
            if _MODIFIERS[title] in service.modifiers:
                service.modifiers[service.modifiers.index(_MODIFIERS[title])] = _MODIFIERS[body]
                message = f"the title says {title}, the body {body}: {service.value} is listed for the {body} side"
                problems.append(Problem(RULE, Severity.WARNING, (service.value,), message))
    if _CONVERTED.search(place.reading.text):
        closed = [s for s in services if (s.procedure.facts or {}).get("approach") in _SCOPES]
        for service in closed:
            message = f"the operation was converted to open, {service.value} is not: choose the open code"
            problems.append(Problem(RULE, Severity.WARNING, (service.value,), message))
    return problems


def _words(place: Surroundings, part: Part) -> list[str]:
    reading = place.reading
    stretches = [s for row, s in enumerate(reading.stretches) if reading.parts[row] is part]
    return [w for s in stretches for w in reading.tokens.folded[s.first : s.last]]
