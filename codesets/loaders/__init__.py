"""Readers of the official files; each checks its file whole before it returns anything."""

from codesets.loaders.addenda import Addenda, apply_addenda, read_addenda
from codesets.loaders.codes import read_codes
from codesets.loaders.files import OfficialFile, Recognised, recognise
from codesets.loaders.index import IndexRow, read_index
from codesets.loaders.kinds import INDEX_KINDS, PROCEDURE_KINDS, FileKind
from codesets.loaders.order import read_order
from codesets.loaders.rows import CodeRow
from codesets.loaders.tabular import check_against, read_tabular_file

__all__ = [
    "INDEX_KINDS",
    "PROCEDURE_KINDS",
    "Addenda",
    "CodeRow",
    "FileKind",
    "IndexRow",
    "OfficialFile",
    "Recognised",
    "apply_addenda",
    "check_against",
    "read_addenda",
    "read_codes",
    "read_index",
    "read_order",
    "read_tabular_file",
    "recognise",
]
