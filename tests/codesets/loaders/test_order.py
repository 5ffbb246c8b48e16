from collections.abc import Callable
from typing import Any

import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders import read_order

ROWS = [
    ("I10", 1, "Essential (primary) hypertension"),
    ("M72", 0, "Fibroblastic disorders"),
    ("M722", 0, "Plantar fascial fibromatosis"),
    ("M7220", 1, "Plantar fascial fibromatosis, unspecified foot"),
    ("QA0", 0, "Genetic disorders"),
    ("QA00101", 1, "CDKL5 deficiency disorder"),
]


def test_rows_come_in_file_order(layouts: Any) -> None:
    rows = read_order("order_2027.txt", layouts.order_text(ROWS).encode())
    assert [(r.value, int(r.billable), r.title) for r in rows] == ROWS
    assert [r.line for r in rows] == [1, 2, 3, 4, 5, 6]


def test_windows_1252_and_byte_order_mark(layouts: Any) -> None:
    text = layouts.order_text([("H810", 1, "Ménière's disease"), ("H81", 0, "Vestibular")][::-1])
    for data in (text.encode("cp1252"), b"\xef\xbb\xbf" + text.encode()):
        assert read_order("o.txt", data)[1].title == "Ménière's disease"


@pytest.mark.parametrize(
    ("spoil", "line", "words", "reason"),
    [
        (lambda t: t[:-70], 6, "title", "cut off inside the last line"),
        (lambda t: t[: t.index("00004")], 3, "no code below", "cut off at a line end, after a header"),
        (lambda t: t.replace("00003", "00004"), 3, "order number", "a number is skipped"),
        (lambda t: t.replace("00002 M72 ", "00002 m72 "), 2, "code", "lower case is not the layout"),
        (lambda t: t.replace(" 1 Essential", " 2 Essential"), 1, "flag", "a flag of 2"),
        (lambda t: t.replace("M7220", "M722 "), 4, "line 3", "a code stands twice"),
        (lambda t: t.replace("M722    0", "M722    1"), 3, "billable", "a billable code with codes below it"),
        (lambda t: t.replace("I10    ", "I109   "), 1, "category", "a code without its category"),
        (lambda t: t + "A000    Cholera\r\n", 7, "order number", "lines of a codes file at its end"),
        (lambda t: t.replace("Essential", "Essen\0tial"), 1, "binary", "binary content"),
        (lambda _: "\r\n\r\n", 1, "no code", "empty"),
    ],
)
def test_damage_names_the_line(layouts: Any, spoil: Callable[[str], str], line: int, words: str, reason: str) -> None:
    data = spoil(layouts.order_text(ROWS)).encode()
    with pytest.raises(BadCodeSetFile) as refused:
        read_order("order_2027.txt", data)
    assert f"line {line}:" in str(refused.value), reason
    assert words in str(refused.value), reason
