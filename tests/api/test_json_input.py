import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.json_input import MAX_DEPTH, MAX_DIGITS, MAX_VALUES, read_json
from codesets.errors import BadRequest

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_reads_what_json_writes(value: object, ascii_only: bool) -> None:
    assert read_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_bad_request(data: bytes) -> None:
    try:
        read_json(data)
    except BadRequest as error:
        assert "\n" not in str(error)


@given(st.text('[]{}",:0 \\u', max_size=60))
def test_any_punctuation_gives_a_value_or_bad_request(text: str) -> None:
    with suppress(BadRequest):
        read_json(text.encode())


@pytest.mark.parametrize(
    ("data", "defect"),
    [
        pytest.param(b'{"a":NaN}', "NaN and Infinity", id="NaN is Python's own"),
        pytest.param(b"[-Infinity]", "NaN and Infinity", id="so is Infinity"),
        pytest.param(b"[1e999]", "too large to represent", id="overflow is Infinity in disguise"),
        pytest.param(b'{"a":1,"a":1}', "a key stands twice", id="readers differ on which one counts"),
        pytest.param(b'{"a":{"b":1,"\\u0062":2}}', "a key stands twice", id="the same key, escaped, inside"),
        pytest.param(b'["\\ud83d"]', "half of a surrogate pair", id="no UTF-8 can spell it"),
        pytest.param(b'{"\\udc00":1}', "half of a surrogate pair", id="in a key"),
        pytest.param(b'["a\\u0000b"]', "a NUL character", id="NUL ends strings elsewhere"),
        pytest.param(b'{"a\\u0000":1}', "a NUL character", id="NUL in a key"),
        pytest.param(b'["a\0b"]', "not valid JSON at line 1, column 4", id="a raw control character"),
        pytest.param(b'["\xff"]', "not valid UTF-8 at byte 2", id="Latin-1"),
        pytest.param(b'["\xed\xa0\x80"]', "not valid UTF-8 at byte 2", id="a surrogate as bytes"),
        pytest.param(b"\xef\xbb\xbf{}", "byte order mark", id="Windows editors write it"),
        pytest.param(b"", "not valid JSON at line 1, column 1", id="nothing"),
        pytest.param(b"{} {}", "not valid JSON at line 1, column 4", id="two values"),
        pytest.param(b'{"a":1,}', "not valid JSON", id="a comma too many"),
        pytest.param(b"[" + b"1" * 5000 + b"]", "more than 20 digits", id="int() is quadratic"),
        pytest.param(b"[" * 100_000, "nested deeper than 32", id="100,000 deep and open"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "nested deeper than 32", id="100,000 deep"),
    ],
)
def test_defects_are_named(data: bytes, defect: str) -> None:
    with pytest.raises(BadRequest, match=defect):
        read_json(data)


def test_limits_are_exact() -> None:
    assert read_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None
    with pytest.raises(BadRequest, match="nested deeper"):
        read_json(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))
    assert read_json(b"-" + b"9" * MAX_DIGITS) == -(10**MAX_DIGITS) + 1
    assert read_json(b"[" + b"0," * (MAX_VALUES - 1) + b"0]") is not None
    with pytest.raises(BadRequest, match="more than 10,000 values"):
        read_json(b"[" + b"[]," * MAX_VALUES + b"[]]")
    with pytest.raises(BadRequest, match="digits"):
        read_json(b"9" * (MAX_DIGITS + 1))
    assert type(read_json(b"63.0")) is int
    assert type(read_json(b"63.5")) is float
    assert read_json(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"
