import pytest
import typer

from api.failures import failures_reported
from codesets.errors import BadRequest


def test_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    @failures_reported()
    def command() -> None:
        raise BadRequest("give\na date")

    with pytest.raises(typer.Exit) as ended:
        command()
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == "chartcoder: give a date\n"


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), failures_reported():
        raise ZeroDivisionError
