"""How the addresses are documented: schemas by name, every problem they may answer with, worked examples."""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.problems import KINDS, MEDIA_TYPE, ProblemDetails

_REFERENCE = "#/components/schemas/{model}"
_COMMON = ("not_acceptable", "method_not_allowed", "internal")


def reference(model: type) -> dict[str, str]:
    """Return the reference to a model's schema."""
    return {"$ref": _REFERENCE.format(model=model.__name__)}


def described(model: type, words: str, *codes: str, example: Any = None) -> dict[int | str, dict[str, Any]]:
    """Return what an address may answer: the model, and the problems with these codes."""
    content: dict[str, Any] = {"schema": reference(model)}
    if example is not None:
        content["example"] = example
    answers: dict[int | str, dict[str, Any]] = {200: {"description": words, "content": {"application/json": content}}}
    for code in (*codes, *_COMMON):
        kind = KINDS[code]
        answer = answers.setdefault(
            kind.status,
            {"description": "", "content": {MEDIA_TYPE: {"schema": reference(ProblemDetails)}}},
        )
        answer["description"] += f"{'; ' if answer['description'] else ''}`{code}`: {kind.title.lower()}"
    return answers


def openapi(app: FastAPI, models: Iterable[type[BaseModel]]) -> dict[str, Any]:
    """Return the OpenAPI document with the schemas of `models` and of problems."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    wanted: list[type[BaseModel]] = [*models, ProblemDetails]
    _, schemas = models_json_schema([(m, "validation") for m in wanted], ref_template=_REFERENCE)
    parts = document.setdefault("components", {}).setdefault("schemas", {})
    parts.update(schemas["$defs"])
    document["components"]["schemas"] = dict(sorted(parts.items()))
    return document
