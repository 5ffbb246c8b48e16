"""Strict JSON from bytes: what other readers quietly accept is refused, and nothing read is repeated.

Refused beside malformed JSON: bytes that are not UTF-8, a byte order mark, NaN and Infinity (written or
by overflow), a key that stands twice in an object, half of a surrogate pair, NUL characters, nesting deeper
than 32, integers of more than 20 digits, and more than 10,000 values.
"""

import json
import math
from typing import NoReturn

from codesets.errors import BadRequest

MAX_DEPTH = 32
MAX_DIGITS = 20
MAX_INTEGER = 10**MAX_DIGITS - 1
MAX_VALUES = 10_000

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def read_json(data: bytes) -> Json:
    """Return the value that `data` spells; raises BadRequest naming the defect, never a value."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"not valid UTF-8 at byte {error.start}: send JSON encoded as UTF-8") from None
    if text.startswith("\ufeff"):
        raise BadRequest("a byte order mark stands before the JSON: send UTF-8 without it")
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise BadRequest(f"not valid JSON at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise _too_deep() from None
    _check(value)
    return value


def _check(value: Json) -> None:
    """Raise BadRequest where a string is not plain Unicode text, or there is too much or too deep nesting."""
    waiting = [(value, 1)]
    values = 0
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, str):
            _check_text(item)
        elif isinstance(item, dict | list):
            if depth > MAX_DEPTH:
                raise _too_deep()
            values += len(item)
            if values > MAX_VALUES:
                raise BadRequest(f"there are more than {MAX_VALUES:,} values")
            if isinstance(item, dict):
                for key in item:
                    _check_text(key)
            waiting.extend((i, depth + 1) for i in (item.values() if isinstance(item, dict) else item))


def _check_text(text: str) -> None:
    if "\0" in text:
        raise BadRequest("a string holds a NUL character (\\u0000): remove it")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadRequest(
            "a string holds half of a surrogate pair (\\ud800 to \\udfff): send whole characters"
        ) from None


def _too_deep() -> BadRequest:
    return BadRequest(f"objects and lists are nested deeper than {MAX_DEPTH}")


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise BadRequest(f"an integer has more than {MAX_DIGITS} digits")
    return int(digits)


def _fraction(digits: str) -> float:
    """Return the number; `63.0` is the integer 63, as JSON Schema has it."""
    number = float(digits)
    if math.isinf(number):
        raise BadRequest("a number is too large to represent")
    return int(number) if number.is_integer() and abs(number) <= MAX_INTEGER else number


def _not_a_number(_name: str) -> NoReturn:
    raise BadRequest("NaN and Infinity are not JSON: send a number or null")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadRequest("a key stands twice in one object: send each field once")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=_not_a_number
)
