"""Worked examples of `POST /suggest`; a test sends every request and compares the answer."""

import json
from importlib.resources import files
from typing import Any

_NOTE = "ASSESSMENT: Type 2 diabetes with polyneuropathy. CT negative for pulmonary embolism."

REQUESTS: dict[str, dict[str, Any]] = {
    "note": {"summary": "A note alone: an outpatient visit today", "value": {"text": _NOTE}},
    "encounter": {
        "summary": "With the encounter and the patient",
        "value": {
            "id": "encounter-1",
            "text": _NOTE,
            "date_of_service": "2026-09-15",
            "setting": "outpatient",
            "patient": {"age": 63, "sex": "M", "status": "established"},
        },
    },
    "inpatient": {
        "summary": "An inpatient stay: the date is the date of discharge",
        "value": {
            "text": "DISCHARGE DIAGNOSIS: Acute appendicitis. No peritonitis.",
            "date_of_service": "2026-09-15",
            "setting": "inpatient",
        },
    },
    "nothing": {
        "summary": "A note with nothing to code: a success with empty lists",
        "value": {"text": "The visit was moved to next week.", "date_of_service": "2026-09-15"},
    },
}

# What chartcoder answers to the request `encounter`; `python -m tests.api.test_openapi` writes it anew.
_ANSWER = files("api.routes") / "example_answer.json"
ANSWER: dict[str, Any] = json.loads(_ANSWER.read_text(encoding="utf-8"))
