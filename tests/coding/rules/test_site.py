"""A site's own rules: read with line numbers, applied by setting."""

from pathlib import Path

import pytest

from codesets.errors import BadRequest
from codesets.registry import CodeSets
from coding.rules.site import NO_SITE
from coding.rules.site_file import read_site
from coding.suggest import Suggester
from coding.types import Answer, Severity
from nlp.types import Note, Setting
from tests.conftest import DAY

EXAMPLE = Path(__file__).parents[3] / "examples" / "site.yaml"
BOTH = "Assessment:\n1. Alcohol dependence.\n2. Alcohol abuse.\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "site.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def answer(path: Path, text: str, setting: Setting = Setting.OUTPATIENT) -> Answer:
    return Suggester(CodeSets.open(), site=read_site(path)).suggest(Note(text, DAY, setting))


def test_the_example_is_sound() -> None:
    site = read_site(EXAMPLE)
    assert site.of(Setting.OUTPATIENT).disabled == {"specificity.acuity"}
    assert site.of(Setting.INPATIENT).disabled == frozenset()
    assert site.of(Setting.ED).severities == {"excludes1": Severity.ERROR}
    assert [a.codes for a in site.of(Setting.INPATIENT).asks] == [("C50",), ("A40", "A41")]


def test_own_words_are_read_in_notes(tmp_path: Path) -> None:
    path = written(tmp_path, "synonyms:\n  - {term: Blue Lake fever, code: A93.2}\n")
    assert "A93.2" in {s.code.display for s in answer(path, "Assessment: Blue Lake fever.").suggestions}


def test_a_severity_an_ask_and_a_rule_that_is_off(tmp_path: Path) -> None:
    text = (
        "all:\n  severity: {excludes1: error}\n  disable: [symptom.integral]\n"
        "  ask: [{codes: [J18], message: 'Which lobe?'}]\n"
    )
    path = written(tmp_path, text)
    found = answer(path, "Assessment:\n1. Pneumonia.\n2. Cough.\n" + BOTH)
    assert "symptom.integral" not in {s.rule for s in found.suppressed}
    (pneumonia,) = [s for s in found.suggestions if s.code.display == "J18.9"]
    assert ("site.ask", "Which lobe?") in {(p.rule, p.message) for p in pneumonia.prompts}
    assert {p.severity for p in found.problems if p.rule == "excludes1"} <= {Severity.ERROR}


def test_the_versions_tell_the_file(tmp_path: Path) -> None:
    one = answer(written(tmp_path, "all: {disable: [excludes1]}\n"), BOTH).versions["rules"]
    other = answer(written(tmp_path, "all: {disable: [use_additional]}\n"), BOTH).versions["rules"]
    assert one != other
    assert one.partition("+")[0] == other.partition("+")[0]


def test_without_a_file_nothing_changes() -> None:
    assert NO_SITE.of(Setting.ED).disabled == frozenset()
    assert NO_SITE.version == ""


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param("all:\n  disable: [excludes1]\n  color: red\n", 3, "Extra inputs", id="an unknown key"),
        pytest.param("all:\n  disable:\n    - no.such\n", 3, "no rule has this name", id="an unknown rule"),
        pytest.param(
            "ed:\n  disable:\n    - excludes1\n    - assertion.negated\n",
            4,
            "cannot be switched off",
            id="a safety rule",
        ),
        pytest.param("all:\n  severity:\n    excludes1: fatal\n", 3, "'error', 'warning' or 'info'", id="a severity"),
        pytest.param(
            "all:\n  severity:\n    no.such: info\n", 3, "no rule has this name", id="an unknown rule's severity"
        ),
        pytest.param(
            "synonyms:\n  - {term: x y, code: E11.9}\n  - {term: z w, code: '12'}\n", 3, "pattern", id="a code"
        ),
        pytest.param("synonyms:\n  - term: a b\n    code: E11.9\n  - term: c d\n", 4, "Field required", id="no code"),
        pytest.param("all: {disable: []}\nall: {disable: []}\n", 2, "stands twice", id="a key twice"),
        pytest.param("all:\n  disable: [excludes1\n", 3, "not YAML", id="no YAML"),
        pytest.param("- all\n", 1, "dictionary", id="a list"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(BadRequest) as caught:
        read_site(written(tmp_path, text))
    assert str(caught.value).startswith(f"site.yaml:{line}: ")
    assert says in str(caught.value)


def test_a_file_that_is_absent_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="cannot be read"):
        read_site(tmp_path / "none.yaml")


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert read_site(written(tmp_path, "")).of(Setting.ED).asks == ()
