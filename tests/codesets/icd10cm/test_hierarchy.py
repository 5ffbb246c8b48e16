import pytest

from codesets.icd10cm.hierarchy import misplaced, nearest_prefix


@pytest.mark.parametrize(
    ("value", "names", "parent", "reason"),
    [
        ("S301XXA", {"S30", "S301"}, "S301", "over the placeholders"),
        ("S72001A", {"S72", "S720", "S72001"}, "S72001", "the longest"),
        ("S72", {"S7", "S72"}, None, "a category has no code above it"),
    ],
)
def test_nearest_prefix(value: str, names: set[str], parent: str | None, reason: str) -> None:
    assert nearest_prefix(value, names) == parent, reason


@pytest.mark.parametrize(
    ("flags", "value", "reason"),
    [
        ({"I10": True, "E11": False, "E119": True}, None, "sound"),
        ({"E119": True}, "E119", "no category"),
        ({"E11": False}, "E11", "a header over nothing"),
        ({"E11": True, "E119": True}, "E11", "a billable code over another"),
    ],
)
def test_misplaced(flags: dict[str, bool], value: str | None, reason: str) -> None:
    found = misplaced(flags)
    assert (found and found[0]) == value, reason
