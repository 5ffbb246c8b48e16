"""What is known of a CPT or HCPCS Level II code, and of edits and fees, as JSON objects."""

from datetime import date, timedelta
from typing import Any

from codesets.errors import UnknownCode
from codesets.procedures.shelf import Held
from codesets.procedures.types import Procedure
from codesets.registry import CodeSets, ReleaseWarning
from codesets.types import Code

Json = dict[str, Any]


def show_procedure(sets: CodeSets, code: Code, day: date) -> Json:
    """Return what the set that answers on `day` says of a code; raises UnknownCode."""
    procedures = sets.procedures(code.system, day)
    official = sets.official(code, day)
    valid = procedures.get(code.value) if procedures else None
    if procedures is None or (valid is None and official is None):
        release = procedures.code_set.release if procedures else "none"
        raise UnknownCode(f"the code is not in {code.system} release {release}: search for it")
    title = valid.wording if valid else official.words[0] if official else ""
    last = official.terminated if official else None
    also = procedures.also_called.get(code.value, official.words[1:] if official else ())
    warning = sets.procedure_warning(code.system, day)
    return {
        "system": code.system.value,
        "code": code.display,
        "title": title,
        "billable": valid is not None,
        "release": procedures.code_set.release,
        "date_of_service": day.isoformat(),
        "hierarchy": [{"name": code.display, "title": title}],
        "children": [],
        "notes": [],
        "seventh_characters": {},
        "retired": {"on": (last + timedelta(days=1)).isoformat(), "successors": []} if last and last < day else None,
        "procedure": {
            "also_called": list(also),
            "valid_from": official.added.isoformat() if official and official.added else None,
            "valid_to": last.isoformat() if last else None,
            **_facts(valid or Procedure(code, "", title)),
        },
        "problems": [] if warning is None else [problem_json(warning)],
    }


def _facts(procedure: Procedure) -> Json:
    return {
        "family": procedure.family,
        "synonyms": list(procedure.synonyms),
        "sites": list(procedure.sites),
        "sides": procedure.sides.value,
        "addon_to": ["-".join(dict.fromkeys(span)) for span in procedure.addon_to],
        "global_days": procedure.global_days,
        "modifiers": list(procedure.modifiers),
        "unit": procedure.unit,
        "facts": dict(procedure.facts or {}),
    }


def problem_json(warning: ReleaseWarning) -> Json:
    """Return a warning about a release as the problem that an answer carries."""
    return {
        "rule": warning.rule,
        "severity": "warning",
        "codes": [],
        "message": warning.message,
        "guideline": None,
    }


def held_json(held: Held) -> Json:
    """Return a set of procedure codes as a row of the releases."""
    code_set = held.code_set
    if code_set is None:
        raise ValueError("a table of edits is no code set")
    codes = held.counts["codes"]
    ends = code_set.effective_to
    return {
        "system": code_set.system.value,
        "release": code_set.release,
        "effective_from": code_set.effective_from.isoformat(),
        "effective_to": ends.isoformat() if ends else None,
        "codes": codes,
        "billable": codes - held.counts.get("terminated", 0),
        "embedded": held.stored is None,
        "source": code_set.source,
    }


def edits_json(held: Held) -> Json:
    """Return a table of edits or fees: its release (None: written for chartcoder) and its rows."""
    stored = held.stored
    return {
        "table": held.name,
        "release": stored.release if stored else None,
        "rows": held.counts["rows"],
        "parts": {name: rows for name, rows in held.counts.items() if name != "rows"},
        "source": stored.source if stored else "written for chartcoder",
    }
