"""What is wrong with a request in words that name fields and allowed values, and never what was sent."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from codesets.errors import BadRequest

Model = TypeVar("Model", bound=BaseModel)
Fields = Mapping[tuple[str, ...], Iterable[str]]


def validated(kind: type[Model], value: object, fields: Fields) -> Model:
    """Return `value` as a model; raises BadRequest that names the fields that are wrong.

    `fields` has the names of the fields of the model and of the models in it, by their path: () for its own.
    """
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        names = {name for group in fields.values() for name in group}
        raise BadRequest(in_words(error.errors(include_url=False, include_input=False), names, fields)) from None


def in_words(errors: Sequence[Any], names: Container[str], fields: Fields | None = None) -> str:
    """Return the errors that pydantic lists as one line; a name that is not in `names` is not repeated."""
    return "; ".join(dict.fromkeys(_one(error, names, fields or {}) for error in errors))


def _one(error: Mapping[str, Any], names: Container[str], fields: Fields) -> str:
    path = tuple(part for part in error["loc"] if part in names)
    if error["type"] == "extra_forbidden":
        parents = tuple(part for part in error["loc"][:-1] if part in names)
        known = f"; known are {', '.join(fields[parents])}" if parents in fields else ""
        return f"{'.'.join(parents) or 'the request'}: an unknown field{known}"
    if error["type"] in ("model_type", "model_attributes_type"):
        return f"{'.'.join(path) or 'the request'}: expected a JSON object"
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    return f"{'.'.join(path) or 'the request'}: {message[:1].lower()}{message[1:]}"
