"""Worked examples of `POST /suggest`; a test sends every request and reads every answer."""

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

ANSWER: dict[str, Any] = {
    "note_sha256": "bd5bc08ee017283e44c8709eb449d3d3394a68a0c8b465a82c04cbb7a174ccd8",
    "date_of_service": "2026-09-15",
    "setting": "outpatient",
    "versions": {"chartcoder": "0.1.0", "ranker": "1", "rules": "1", "icd10cm": "2026-04-01"},
    "suggestions": [
        {
            "rank": 1,
            "system": "icd10cm",
            "code": "E11.42",
            "display": "Type 2 diabetes mellitus with diabetic polyneuropathy",
            "score": 0.94,
            "first_listed": True,
            "evidence": [
                {
                    "start": 12,
                    "end": 47,
                    "text": "Type 2 diabetes with polyneuropathy",
                    "section": "assessment",
                }
            ],
            "alternatives": [
                {
                    "code": "E11.40",
                    "display": "Type 2 diabetes mellitus with diabetic neuropathy, unspecified",
                    "score": 0.21,
                }
            ],
            "modifiers": [],
            "units": None,
            "diagnosis_pointers": [],
            "prompts": [
                {
                    "rule": "use_additional",
                    "message": "Use an additional code for the control of the diabetes.",
                    "guideline": "I.C.4.a",
                }
            ],
            "why": [{"step": "assertion", "detail": "present"}],
        }
    ],
    "suppressed": [
        {
            "system": "icd10cm",
            "code": "I26.99",
            "display": "Other pulmonary embolism without acute cor pulmonale",
            "evidence": {"start": 65, "end": 83, "text": "pulmonary embolism", "section": "assessment"},
            "reason": "negated",
            "cue": {"start": 52, "end": 64, "text": "negative for"},
            "because": None,
            "rule": "assertion.negated",
            "guideline": None,
        }
    ],
    "problems": [],
}
