"""Everything that a path holds, read and checked whole before anything is installed."""

from dataclasses import dataclass
from datetime import date

from codesets.dates import fiscal_start, fiscal_year, named_date
from codesets.errors import BadCodeSetFile, BadRequest
from codesets.icd10cm.tabular import TabularRecord
from codesets.loaders.addenda import Addenda, read_addenda
from codesets.loaders.codes import read_codes
from codesets.loaders.files import OfficialFile, Recognised
from codesets.loaders.index import IndexRow, read_index
from codesets.loaders.kinds import INDEX_KINDS, FileKind
from codesets.loaders.order import read_order
from codesets.loaders.rows import CodeRow, damaged
from codesets.loaders.tabular import read_tabular_file


@dataclass(frozen=True, slots=True)
class Bundle:
    """The content of one official file or zip.

    `listed` are the codes of an order or a codes file and `list_file` that file; an addenda beside them is
    left alone, as they hold what it says. `starts` are the first days in force that the files state.
    """

    listed: list[CodeRow] | None
    list_file: OfficialFile | None
    addenda: Addenda | None
    addenda_name: str
    tabular: list[TabularRecord] | None
    tabular_file: OfficialFile | None
    indexes: dict[FileKind, list[IndexRow]]
    starts: frozenset[date]

    @property
    def headers_listed(self) -> bool:
        """Whether the list of codes holds the headers too."""
        return self.list_file is not None and self.list_file.kind is FileKind.ORDER

    def start(self, path_name: str) -> date:
        """Return the first day in force that the files state, else the one that the path's name states.

        Raises BadRequest where nothing states it, BadCodeSetFile where the files state different days.
        """
        days = self.starts or {d for d in [named_date(path_name)] if d}
        if len(days) > 1:
            stated = " and ".join(sorted(d.isoformat() for d in days))
            raise BadCodeSetFile(f"{path_name} mixes files of {stated}: install them one by one")
        if not days:
            raise BadRequest(
                "neither the name nor the content says the year: give --effective-from YYYY-MM-DD, "
                "the first day on which the release is in force"
            )
        return next(iter(days))


def read_bundle(recognised: Recognised) -> Bundle:
    """Return the content of the recognised files; raises BadCodeSetFile, with the line, on damage."""
    starts: set[date] = set()
    lists = {f.kind: f for f in recognised.of(FileKind.ORDER, FileKind.CODES)}
    list_file = lists.get(FileKind.ORDER) or lists.get(FileKind.CODES)
    listed = None
    if list_file is not None:
        read = read_order if list_file.kind is FileKind.ORDER else read_codes
        listed = read(list_file.name, list_file.data)
        if len(lists) == 2:
            _check_same(listed, lists[FileKind.CODES])
    addenda, addenda_name = None, ""
    for file in recognised.of(FileKind.ORDER_ADDENDA) if listed is None else ():
        addenda, addenda_name = read_addenda(file.name, file.data), file.name
        starts |= _stated(file, named_date(addenda.new_file))
    tabular, tabular_file = None, None
    for tabular_file in recognised.of(FileKind.TABULAR):
        tabular, version = read_tabular_file(tabular_file.name, tabular_file.data)
        starts |= _stated(tabular_file, _start_of(version))
    indexes: dict[FileKind, list[IndexRow]] = {}
    for file in recognised.of(*INDEX_KINDS):
        indexes[file.kind], version = read_index(file.name, file.data)
        starts |= _stated(file, _start_of(version))
    for file in lists.values():
        starts |= _stated(file, None)
    if listed is None and addenda is None and tabular is None and not indexes:
        raise BadCodeSetFile("a codes addenda lacks the headers: install the order addenda or the order file instead")
    return Bundle(listed, list_file, addenda, addenda_name, tabular, tabular_file, indexes, frozenset(starts))


def _start_of(version: str) -> date | None:
    return fiscal_start(int(version)) if version.isdigit() and len(version) == 4 else None


def _stated(file: OfficialFile, inside: date | None) -> set[date]:
    named = named_date(file.name)
    if named and inside and fiscal_year(named) != fiscal_year(inside):
        raise damaged(file.name, 1, f"the name says FY{fiscal_year(named)}, the content FY{fiscal_year(inside)}")
    day = named or inside
    return {day} if day else set()


def _check_same(listed: list[CodeRow], codes_file: OfficialFile) -> None:
    billable = {row.value for row in listed if row.billable}
    rows = {row.value: row.line for row in read_codes(codes_file.name, codes_file.data)}
    for value, line in rows.items():
        if value not in billable:
            raise damaged(codes_file.name, line, f"{value} is not billable in the order file beside it")
    if len(rows) < len(billable):
        raise damaged(codes_file.name, max(rows.values()), "codes of the order file beside it are missing")
