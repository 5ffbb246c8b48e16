import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from codesets.errors import BadCodeSetFile, BadRequest, CodeSetMissing
from codesets.icd10cm.embedded import source_files
from codesets.icd10cm.release import IcdRelease
from codesets.install import install
from codesets.registry import CodeSets
from codesets.types import NoteKind

HEADERS, CODES = 23_467, 74_719
CHANGES = [
    ("Delete", 1, "M722", "Plantar fascial fibromatosis"),
    ("Add", 0, "M722", "Plantar fascial fibromatosis"),
    ("Add", 1, "M7220", "Plantar fascial fibromatosis, unspecified foot"),
    ("Add", 1, "QA1", "A category that the tabular list does not print"),
    ("Delete", 1, "S23421A", "Sprain of chondrosternal joint, initial encounter"),
    ("Revise from", 1, "I10", "Essential (primary) hypertension"),
    ("Revise to", 1, "I10", "Essential hypertension"),
]
DAY = date(2026, 11, 10)


def _addenda(layouts: Any, changes: list[tuple[str, int, str, str]]) -> str:
    headers = sum((a == "Add") - (a == "Delete") for a, flag, *_ in changes if flag == 0)
    codes = sum((a == "Add") - (a == "Delete") for a, flag, *_ in changes if flag == 1)
    lines = [layouts.addenda_line(*c) for c in changes]
    return str(layouts.addenda_text(lines, (HEADERS, HEADERS + headers), (CODES, CODES + codes)))


@pytest.fixture(scope="module")
def addenda(layouts: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("official") / "icd10cm_order_addenda_2027.txt"
    path.write_text(_addenda(layouts, CHANGES), newline="")
    return path


@pytest.fixture(scope="module")
def installed(addenda: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    report = install(addenda, home)
    assert (report.release, report.effective_to) == ("2026-10-01", date(2027, 9, 30))
    assert (report.codes, report.billable) == (98_187, 74_719)
    assert (report.added, report.deleted, report.reclassified, report.revised) == (2, 1, 1, 1)
    assert report.files == (("icd10cm_order_addenda_2027.txt", "order addenda"),)
    return home


def _tree(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


def test_the_addenda_change_what_they_say(installed: Path, embedded: IcdRelease) -> None:
    release = CodeSets.open(installed).icd10cm(DAY)
    assert not release.is_billable("M722")
    assert release.is_billable("M7220")
    assert "S23421A" not in release
    assert release.title("I10") == "Essential hypertension"
    changed = {"M722", "M7220", "QA1", "S23421A", "I10"}
    same = [v for v in embedded if v not in changed]
    assert [release.is_billable(v) for v in same] == [embedded.is_billable(v) for v in same]
    assert [release.parent(v) for v in same] == [embedded.parent(v) for v in same]


def test_notes_and_tables_stay(installed: Path, embedded: IcdRelease) -> None:
    release = CodeSets.open(installed).icd10cm(DAY)
    for value in ("E1142", "S72001A", "I10", "T360X5A"):
        assert [(n.text, n.printed_at) for n in release.notes(value)] == [
            (n.text, n.printed_at) for n in embedded.notes(value)
        ]
        assert release.seventh_characters(value) == embedded.seventh_characters(value)
        assert release.groups(value) == embedded.groups(value)
    assert NoteKind.INCLUSION_TERM not in {n.kind for n in release.own_notes("M722")}
    assert [name for name, _ in release.groups("QA1")] == ["chapter 17"]


def test_an_older_day_is_still_answered_by_the_older_release(installed: Path) -> None:
    assert CodeSets.open(installed).icd10cm(date(2026, 9, 30)).is_billable("M722")


def _truncated(text: str) -> str:
    return text[: len(text) // 2]


@pytest.mark.parametrize(
    ("name", "spoil", "error", "words", "reason"),
    [
        ("icd10cm_order_addenda_2027.txt", _truncated, BadCodeSetFile, "line", "truncated"),
        (
            "icd10cm_order_addenda_2027.txt",
            lambda t: t.replace("M7220", "M7229 ", 1),
            BadCodeSetFile,
            "line 3",
            "columns moved",
        ),
        (
            "icd10cm_order_addenda_2027.txt",
            lambda t: t + "A000    Cholera\n",
            BadCodeSetFile,
            "mixed",
            "another file at its end",
        ),
        (
            "icd10cm_order_addenda_2025.txt",
            lambda t: t,
            BadCodeSetFile,
            "FY2025",
            "name and content disagree",
        ),
        (
            "icd10cm-codes-2027.txt",
            lambda _: "A000    Cholera\nI10     Hypertension\n",
            BadCodeSetFile,
            "line 2",
            "two codes are no release",
        ),
        (
            "icd10cm-codes-2027.txt",
            lambda _: "A000    Cholera\nA000    Cholera\n",
            BadCodeSetFile,
            "line 2",
            "duplicate",
        ),
        (
            "icd10cm_codes_addenda_2027.txt",
            lambda _: "Add:         A000    Cholera\n",
            BadCodeSetFile,
            "order addenda",
            "wrong kind",
        ),
        ("NCCI.csv", lambda _: "column1,column2\n", BadCodeSetFile, "line 1", "wrong kind"),
        (
            "addenda.txt",
            lambda t: t.replace("order_2027", "order"),
            BadRequest,
            "--effective-from",
            "no year anywhere",
        ),
    ],
)
def test_damage_replaces_nothing(
    installed: Path,
    addenda: Path,
    tmp_path: Path,
    name: str,
    spoil: Callable[[str], str],
    error: type[Exception],
    words: str,
    reason: str,
) -> None:
    before = _tree(installed)
    path = tmp_path / name
    path.write_text(spoil(addenda.read_text()), newline="")
    with pytest.raises(error, match=words):
        install(path, installed)
    assert _tree(installed) == before, reason


def test_effective_from_is_an_option(addenda: Path, tmp_path: Path) -> None:
    path = tmp_path / "addenda.txt"
    path.write_text(addenda.read_text().replace("order_2027", "order"), newline="")
    report = install(path, tmp_path / "home", date(2027, 4, 1))
    assert (report.effective_from, report.effective_to) == (date(2027, 4, 1), date(2027, 9, 30))


def test_an_addenda_without_its_base(addenda: Path, tmp_path: Path) -> None:
    with pytest.raises(CodeSetMissing, match="order file"):
        install(addenda, tmp_path, date(2025, 10, 1))


def test_an_official_zip(
    layouts: Any, embedded: IcdRelease, embedded_order: list[tuple[str, int, str]], tmp_path: Path
) -> None:
    rows = [r if r[0] != "I10" else ("I10", 1, "High blood pressure") for r in embedded_order]
    order = layouts.order_text(rows)
    codes = "".join(f"{v:<7} {title}\r\n" for v, flag, title in rows if flag)
    home = tmp_path / "home"
    for name, text, refused in (("short.zip", codes[:-60], True), ("official.zip", codes, False)):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("icd10cm-order-2028.txt", order)
            archive.writestr("icd10cm-codes-2028.txt", text)
            archive.writestr("icd10cm-guide.pdf", b"%PDF")
        if refused:
            with pytest.raises(BadCodeSetFile):
                install(tmp_path / name, home)
            assert not home.exists()
    report = install(tmp_path / "official.zip", home)
    assert (report.release, report.codes, report.revised) == ("2027-10-01", 98_186, 1)
    assert report.passed_over == ("icd10cm-guide.pdf",)
    release = CodeSets.open(home).icd10cm(date(2027, 10, 1))
    assert release.title("I10") == "High blood pressure"
    assert release.values == embedded.values
    assert [release.is_billable(v) for v in release] == [embedded.is_billable(v) for v in embedded]
    assert release.own_notes("E11") == embedded.own_notes("E11")


def test_a_tabular_list_gives_notes_to_the_release_of_its_date(tmp_path: Path, embedded: IcdRelease) -> None:
    path = tmp_path / "icd10c-tabular-April-1-2026.xml"
    text = source_files()[0].read_text(encoding="utf-8")
    path.write_text(text.replace("Plantar fasciitis", "Policeman's heel"), encoding="utf-8")
    report = install(path, tmp_path / "home")
    assert (report.release, report.added, report.deleted) == ("2026-04-01", 0, 0)
    release = CodeSets.open(tmp_path / "home").icd10cm(date(2026, 5, 1))
    assert release.values == embedded.values
    assert "Policeman's heel" in [n.text for n in release.own_notes("M722")]
    with pytest.raises(CodeSetMissing, match="order file"):
        install(path, tmp_path / "home", date(2024, 10, 1))


INDEX = """<ICD10CM.index><version>2027</version>{}<letter><title>H</title>
<mainTerm><title>Heel</title><term level="1"><title>policeman's</title><code>{}</code></term></mainTerm>
</letter></ICD10CM.index>"""


def test_index_terms_stand_beside_their_release(installed: Path, addenda: Path, tmp_path: Path) -> None:
    for name, title, code in (
        ("index.xml", "", "M72.20"),
        ("eindex.xml", "<title>EXTERNAL CAUSE</title>", "W64"),
        ("index.xml", "", "M72.2-"),
    ):
        (tmp_path / name).write_text(INDEX.format(title, code))
        assert install(tmp_path / name, installed).terms == 1
    install(addenda, installed)
    terms = CodeSets.open(installed).index_terms(DAY)
    assert terms is not None
    assert terms.parent.name == "2026-10-01"
    assert terms.read_text() == "Heel, policeman's\tM722\nHeel, policeman's\tW64\n"


def test_a_damaged_release_can_be_installed_again(addenda: Path, tmp_path: Path) -> None:
    install(addenda, tmp_path)
    (tmp_path / "icd10cm" / "2026-10-01" / "codes.npy").write_bytes(b"")
    install(addenda, tmp_path)
    assert CodeSets.open(tmp_path).icd10cm(DAY).is_billable("M7220")


def test_fiscal_year_2027_is_exact(shared: Path, home: Path) -> None:
    report = install(shared / "icd10cm_order_addenda_2027.txt")
    assert (report.codes, report.billable, report.reclassified, report.revised) == (98_403, 74_879, 15, 4)
    rows = [line.split("\t") for line in (shared / "icd10cm_fy2027_reconstructed.tsv").read_text().splitlines()]
    release = CodeSets.open().icd10cm(date(2026, 10, 1))
    assert sorted(code for code, _, _ in rows) == release.values
    assert {code: flag == "1" for code, flag, _ in rows} == {v: release.is_billable(v) for v in release}
    assert CodeSets.open().answer_warning(DAY) is None


def test_fiscal_year_2024_answers_for_its_own_days(shared: Path, home: Path) -> None:
    report = install(shared / "icd10cm-codes-2024.txt")
    assert (report.release, report.billable) == ("2023-10-01", 74_044)
    sets = CodeSets.open()
    release = sets.icd10cm(date(2024, 1, 5))
    assert release.code_set.release == "2023-10-01"
    assert release.is_billable("G35")
    assert release.parent("E1142") == "E114"
    assert "E11A" not in release
    assert release.seventh_characters("S72001A")["A"].startswith("initial")
    assert sets.answer_warning(date(2024, 1, 5)) is None
    assert not sets.icd10cm(date(2026, 5, 1)).is_billable("G35")
    assert sets.answer_warning(date(2025, 1, 5)) is not None


def test_a_chapter_of_the_tabular_list_is_refused(shared: Path, home: Path) -> None:
    with pytest.raises(BadCodeSetFile, match="line"):
        install(shared / "icd-10-cm-tabular-2025_ch2.xml", effective_from=date(2026, 4, 1))
    assert not home.exists()
