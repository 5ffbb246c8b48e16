import pytest

from codesets.errors import BadCode
from codesets.types import Code, CodeRange, CodeSystem, dotted


@pytest.mark.parametrize(
    ("text", "system", "value", "display", "reason"),
    [
        ("e11.42", CodeSystem.ICD10CM, "E1142", "E11.42", "lower case, with its dot"),
        (" E1142 ", CodeSystem.ICD10CM, "E1142", "E11.42", "without dot, spaces around it"),
        ("I10", CodeSystem.ICD10CM, "I10", "I10", "a category has no dot"),
        ("QA0.0101", CodeSystem.ICD10CM, "QA00101", "QA0.0101", "category QA0 has a letter in second place"),
        ("s72.001a", CodeSystem.ICD10CM, "S72001A", "S72.001A", "seventh character in lower case"),
        ("0001f", CodeSystem.CPT, "0001F", "0001F", "a Category II code ends in a letter"),
        ("j1885", CodeSystem.HCPCS, "J1885", "J1885", "HCPCS in lower case"),
    ],
)
def test_parse(text: str, system: CodeSystem, value: str, display: str, reason: str) -> None:
    code = Code.parse(text, system)
    assert (code.value, code.display) == (value, display), reason


@pytest.mark.parametrize(
    ("text", "system", "reason"),
    [
        ("", CodeSystem.ICD10CM, "empty"),
        ("47.11", CodeSystem.ICD10CM, "no letter"),
        ("K35.", CodeSystem.ICD10CM, "a dot with nothing behind it"),
        ("E1.142", CodeSystem.ICD10CM, "the dot is in the wrong place"),
        ("E11.42ABC", CodeSystem.ICD10CM, "eight characters"),
        ("E1ß", CodeSystem.ICD10CM, "its upper case has one character more, which would fit"),
        ("E11.٤٢", CodeSystem.ICD10CM, "digits of another script"),
        ("D1234", CodeSystem.HCPCS, "D codes are the dentists' association's"),
        ("8765", CodeSystem.CPT, "four digits"),
    ],
)
def test_parse_refuses_without_repeating_the_text(text: str, system: CodeSystem, reason: str) -> None:
    with pytest.raises(BadCode) as refused:
        Code.parse(text, system)
    assert not text or text not in str(refused.value), reason


def test_dotted() -> None:
    assert [dotted("I10"), dotted("E1142")] == ["I10", "E11.42"]


@pytest.mark.parametrize(
    ("span", "value", "held", "reason"),
    [
        (CodeRange("I60", "I69"), "I69998", True, "below the last end"),
        (CodeRange("I60", "I69"), "I70", False, "after the range"),
        (CodeRange("T36", "T50", (4, 5), "5", "5"), "T360X5A", True, "sixth character 5"),
        (CodeRange("T36", "T50", (4, 5), "5", "5"), "T360X1A", False, "sixth character 1"),
        (CodeRange("I69", "I69", endings=("23",)), "I69023", True, "ends as stated"),
        (CodeRange("I69", "I69", endings=("23",)), "I69021", False, "ends otherwise"),
        (CodeRange("T36", "T50", endings=("6",)), "T360X6A", True, "the encounter character is not counted"),
        (CodeRange("T36", "T50", endings=("6",)), "T3696XA", True, "nor is a placeholder before it"),
    ],
)
def test_range_holds(span: CodeRange, value: str, held: bool, reason: str) -> None:
    assert span.holds(value) is held, reason
