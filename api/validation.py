"""What is wrong with a request in words that name fields and allowed values, and never what was sent."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from codesets.errors import BadRequest

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str, ...]
Fields = Mapping[Path, Iterable[str]]
Spelling = Mapping[Path, str]


def validated(kind: type[Model], value: object, fields: Fields, spelling: Spelling | None = None) -> Model:
    """Return `value` as a model; raises BadRequest that names the fields that are wrong.

    `fields` has the names of the fields of the model and of the models in it, by their path: () for its own.
    `spelling` says what a field is called where its path is not what the caller wrote.
    """
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        names = {name for group in fields.values() for name in group}
        errors = error.errors(include_url=False, include_input=False)
        raise BadRequest(in_words(errors, names, fields, spelling)) from None


def in_words(
    errors: Sequence[Any], names: Container[str], fields: Fields | None = None, spelling: Spelling | None = None
) -> str:
    """Return the errors that pydantic lists as one line; a name that is not in `names` is not repeated."""
    return "; ".join(dict.fromkeys(_one(error, names, fields or {}, spelling or {}) for error in errors))


def expected(message: str) -> str:
    """Return one of pydantic's messages as the end of a line that begins with the name of a field."""
    message = message.removeprefix("Value error, ")
    said = message.removeprefix("Input should be ")
    if said == message:
        return message[:1].lower() + message[1:]
    return f"must be {said}" if said.startswith(("greater", "less")) else f"expected {said}"


def _one(error: Mapping[str, Any], names: Container[str], fields: Fields, spelling: Spelling) -> str:
    path = tuple(part for part in error["loc"] if part in names)
    name = spelling.get(path, ".".join(path)) or "the request"
    if error["type"] == "extra_forbidden":
        parents = tuple(part for part in error["loc"][:-1] if part in names)
        known = f"; known are {', '.join(fields[parents])}" if parents in fields else ""
        return f"{'.'.join(parents) or 'the request'}: an unknown field{known}"
    if error["type"] in ("model_type", "model_attributes_type"):
        return f"{name}: expected a JSON object"
    return f"{name}: {expected(str(error['msg']))}"
