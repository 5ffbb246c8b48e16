from datetime import date
from pathlib import Path

import pytest

from codesets.errors import CodeSetError
from codesets.install import install
from codesets.procedures.shelf import ProcedureShelf
from codesets.procedures.starter import starter_set
from codesets.procedures.types import CptUse, Services
from codesets.types import CodeSystem
from tests.codesets.procedures.conftest import Put
from tests.codesets.procedures.files import LONG, cpt_text, cpt_values

DAY = date(2026, 5, 1)


def test_the_starters_answer_where_nothing_is_installed(tmp_path: Path) -> None:
    shelf = ProcedureShelf(tmp_path)
    for system in (CodeSystem.CPT, CodeSystem.HCPCS):
        assert shelf.on(system, DAY) is starter_set(system)
    assert shelf.bundles(DAY, Services.PRACTITIONER).source == "starter"
    assert not shelf.mue(DAY, Services.PRACTITIONER)
    assert not shelf.fees(DAY)
    assert [h.name for h in shelf.code_sets()] == ["cpt", "hcpcs"]
    assert [h.name for h in shelf.edits()] == ["starter pairs"]


@pytest.mark.parametrize(
    ("cpt", "before", "after", "reason"),
    [
        (CptUse.OFF, None, None, "no CPT at all"),
        (CptUse.STARTER, "starter-2026", "2026-01-01", "the licensed files take the starter's place"),
        (CptUse.LICENSED, None, "2026-01-01", "the licensed files alone"),
    ],
)
def test_which_cpt_codes_answer(
    cpt: CptUse, before: str | None, after: str | None, reason: str, put: Put, tmp_path: Path
) -> None:
    def release() -> str | None:
        procedures = ProcedureShelf(tmp_path / "home", cpt).on(CodeSystem.CPT, DAY)
        return procedures.code_set.release if procedures else None

    assert release() == before, reason
    install(put("LONGULT.txt", cpt_text(cpt_values(), LONG)), tmp_path / "home")
    assert release() == after, reason


def test_without_the_starter_set_licensed_codes_have_official_words_alone(put: Put, tmp_path: Path) -> None:
    install(put("LONGULT.txt", cpt_text(cpt_values(), LONG)), tmp_path / "home")
    procedures = ProcedureShelf(tmp_path / "home", CptUse.LICENSED).on(CodeSystem.CPT, DAY)
    assert procedures is not None
    assert procedures.procedures["99213"].synonyms == ()
    assert procedures.also_called["99213"] == ()


def test_an_older_release_stands_beside_the_starter_set(hcpcs_zip: Path, tmp_path: Path) -> None:
    install(hcpcs_zip, tmp_path)
    shelf = ProcedureShelf(tmp_path)
    held = [
        (h.code_set.release if h.code_set else "", h.stored is None) for h in shelf.code_sets() if h.name == "hcpcs"
    ]
    assert held == [("2019-01-01", False), ("starter-2026", True)]
    today = shelf.on(CodeSystem.HCPCS, DAY)
    assert today is not None
    assert {"V5364", "J1885"} <= set(today.procedures)
    assert shelf.official(CodeSystem.HCPCS, "V5364", DAY) is not None
    assert shelf.official(CodeSystem.HCPCS, "J9999", DAY) is None
    assert {"AB", "25"} <= set(shelf.modifiers(DAY))


def test_a_damaged_release_is_named_or_left_out(hcpcs_zip: Path, tmp_path: Path) -> None:
    install(hcpcs_zip, tmp_path)
    (tmp_path / "hcpcs" / "2019-01-01" / "release.json").write_text("{}")
    with pytest.raises(CodeSetError, match="hcpcs release 2019-01-01 is damaged"):
        ProcedureShelf(tmp_path)
    assert ProcedureShelf(tmp_path, sound_only=True).on(CodeSystem.HCPCS, DAY) is starter_set(CodeSystem.HCPCS)
    install(hcpcs_zip, tmp_path)
    assert ProcedureShelf(tmp_path).release(CodeSystem.HCPCS, DAY) is not None
