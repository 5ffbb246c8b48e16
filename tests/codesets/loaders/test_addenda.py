from typing import Any

import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders import CodeRow, apply_addenda, read_addenda

BASE = {
    v: CodeRow(v, flag, title, 0)
    for v, flag, title in [
        ("I10", True, "Hypertension"),
        ("M72", False, "Fibroblastic disorders"),
        ("M722", True, "Plantar fascial fibromatosis"),
        ("M728", True, "Other"),
    ]
}
CHANGES = [
    ("Delete", 1, "M722", "Plantar fascial fibromatosis"),
    ("Add", 0, "M722", "Plantar fascial fibromatosis"),
    ("Add", 1, "M7220", "Plantar fascial fibromatosis, unspecified foot"),
    ("Revise from", 1, "M728", "Other"),
    ("Revise to", 1, "M728", "Other fibroblastic disorders"),
]
COUNTS = {"headers": (1, 2), "codes": (3, 3)}


def _text(layouts: Any, changes: list[tuple[str, int, str, str]], **counts: tuple[int, int]) -> bytes:
    lines = [layouts.addenda_line(*change) for change in changes]
    return bytes(layouts.addenda_text(lines, **{**COUNTS, **counts}).encode())


def test_changes_and_closing_counts(layouts: Any) -> None:
    addenda = read_addenda("a.txt", _text(layouts, CHANGES))
    assert [(action, row.value) for action, row in addenda.changes] == [(c[0], c[2]) for c in CHANGES]
    assert (addenda.before, addenda.after, addenda.new_file) == ((1, 3), (2, 3), "icd10cm_order_2027.txt")


def test_applied_to_its_base(layouts: Any) -> None:
    rows = apply_addenda("a.txt", read_addenda("a.txt", _text(layouts, CHANGES)), BASE, "2026")
    assert {v: r.billable for v, r in rows.items()} == {
        "I10": True,
        "M72": False,
        "M722": False,
        "M7220": True,
        "M728": True,
    }
    assert rows["M728"].title == "Other fibroblastic disorders"
    assert BASE["M722"].billable


@pytest.mark.parametrize(
    ("cut", "line", "reason"),
    [
        (("Delete: ", "Delite: "), 1, "an unknown action"),
        (("M7220", "m7220"), 3, "a code in lower case"),
        (("Revise to:   1 M728 ", "Revise to:   1 M729 "), 5, "a revision of two codes"),
        (("Revise to:   1", "Add:         1"), 5, "a revision without its end"),
        (("Add:         1 M7220", "Add:         2 M7220"), 3, "a flag of 2"),
        (("  1 additions", "  9 additions"), 23, "the counts state more changes"),
        (("Codes\r\n", "Codes\r\nAdd:         1 M7221   x\r\n"), 17, "a change after the counts"),
    ],
)
def test_damage_names_the_line(layouts: Any, cut: tuple[str, str], line: int, reason: str) -> None:
    text = _text(layouts, CHANGES).decode()
    assert cut[0] in text
    with pytest.raises(BadCodeSetFile) as refused:
        read_addenda("a.txt", text.replace(cut[0], cut[1], 1).encode())
    assert f"line {line}:" in str(refused.value), reason


@pytest.mark.parametrize("lines", [2, 5, 8, 15, 17])
def test_a_truncated_addenda_is_refused(layouts: Any, lines: int) -> None:
    whole = _text(layouts, CHANGES).splitlines(keepends=True)
    with pytest.raises(BadCodeSetFile, match="closing counts"):
        read_addenda("a.txt", b"".join(whole[:lines]))


@pytest.mark.parametrize(
    ("changes", "counts", "words", "reason"),
    [
        (
            [("Delete", 1, "M729", "x")],
            {"headers": (1, 1), "codes": (3, 2)},
            "line 1",
            "the base lacks the code",
        ),
        (
            [("Delete", 0, "M722", "x")],
            {"headers": (1, 0), "codes": (3, 3)},
            "line 1",
            "the base has another flag",
        ),
        ([("Add", 1, "I10", "x")], {"headers": (1, 1), "codes": (3, 4)}, "line 1", "the base has the code"),
        (
            [("Add", 1, "M7229", "x")],
            {"headers": (1, 1), "codes": (3, 4)},
            "cannot stand",
            "below a billable code",
        ),
        (
            [("Add", 1, "M729", "x")],
            {"headers": (1, 1), "codes": (9, 10)},
            "install the release",
            "another base",
        ),
        (
            [("Add", 1, "M729", "x")],
            {"headers": (1, 1), "codes": (3, 5)},
            "the result has",
            "the sum is wrong",
        ),
    ],
)
def test_another_base_is_refused(
    layouts: Any,
    changes: list[tuple[str, int, str, str]],
    counts: dict[str, tuple[int, int]],
    words: str,
    reason: str,
) -> None:
    addenda = read_addenda("a.txt", _text(layouts, changes, **counts))
    with pytest.raises(BadCodeSetFile, match=words):
        apply_addenda("a.txt", addenda, BASE, "2026-04-01")
