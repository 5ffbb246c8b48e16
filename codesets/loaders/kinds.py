"""Which official file a name promises, and which one its content is."""

import re
from enum import StrEnum

from codesets.loaders import addenda, codes, cpt, hcpcs, hcpcs_workbook, order, ptp, tables
from codesets.loaders.rows import decoded
from codesets.loaders.workbook import is_workbook

_HEAD = 20_000


class FileKind(StrEnum):
    """Kinds of official files; the value is what a person reads."""

    ORDER = "order file"
    CODES = "codes file"
    ORDER_ADDENDA = "order addenda"
    CODES_ADDENDA = "codes addenda"
    TABULAR = "tabular list"
    INDEX = "Alphabetic Index"
    EXTERNAL_INDEX = "External Cause Index"
    NEOPLASM_TABLE = "Table of Neoplasms"
    DRUG_TABLE = "Table of Drugs and Chemicals"
    HCPCS = "HCPCS Level II text file"
    HCPCS_WORKBOOK = "HCPCS Level II workbook"
    CPT_LONG = "CPT long descriptors"
    CPT_MEDIUM = "CPT medium descriptors"
    CPT_SHORT = "CPT short descriptors"
    CPT_LIST = "CPT consolidated code list"
    PTP = "NCCI procedure-to-procedure edits"
    MUE = "medically unlikely edits"
    FEES = "physician fee schedule"


INDEX_KINDS = (FileKind.INDEX, FileKind.EXTERNAL_INDEX, FileKind.NEOPLASM_TABLE, FileKind.DRUG_TABLE)
HCPCS_KINDS = (FileKind.HCPCS, FileKind.HCPCS_WORKBOOK)
CPT_KINDS = (FileKind.CPT_LIST, FileKind.CPT_LONG, FileKind.CPT_MEDIUM, FileKind.CPT_SHORT)
EDIT_KINDS = (FileKind.PTP, FileKind.MUE, FileKind.FEES)
PROCEDURE_KINDS = (*HCPCS_KINDS, *CPT_KINDS, *EDIT_KINDS)

_ROOT = re.compile(rb"<(ICD10CM\.(?:tabular|index))[\s>]")
_CODES_ADDENDA = re.compile(r"(?:Add|Delete|Revise from|Revise to): +[A-Z][0-9A-Z]{2}")
_TEXT_LAYOUTS = (
    (order.LINE, FileKind.ORDER),
    (addenda.LINE, FileKind.ORDER_ADDENDA),
    (_CODES_ADDENDA, FileKind.CODES_ADDENDA),
    (codes.LINE, FileKind.CODES),
)
_NAMED = (
    (r"hcpc.*anweb.*\.txt", FileKind.HCPCS),
    (r"hcpc.*anweb.*\.xlsx", FileKind.HCPCS_WORKBOOK),
    (r"longult.*\.txt", FileKind.CPT_LONG),
    (r"medu.*\.txt", FileKind.CPT_MEDIUM),
    (r"shortu.*\.txt", FileKind.CPT_SHORT),
    (r"consolidatedcodelist.*\.txt", FileKind.CPT_LIST),
    (r"cci(?:pra|oph).*\.txt", FileKind.PTP),
    (r"mcr_mue.*\.csv", FileKind.MUE),
    (r"pprrvu.*\.csv", FileKind.FEES),
    (r"icd10cm[_-]order[_-]addenda.*\.txt", FileKind.ORDER_ADDENDA),
    (r"icd10cm[_-]order[_-].*\.txt", FileKind.ORDER),
    (r"icd10cm[_-]codes[_-]addenda.*\.txt", FileKind.CODES_ADDENDA),
    (r"icd10cm[_-]codes[_-].*\.txt", FileKind.CODES),
)


def promised_kind(name: str) -> FileKind | None:
    """Return the kind that an official file of this name is, None where the name promises nothing."""
    return next((kind for layout, kind in _NAMED if re.fullmatch(layout, name, re.IGNORECASE)), None)


def kind_of(name: str, data: bytes) -> FileKind | None:
    """Return the kind of official file that the content begins as, or None.

    The name tells the three CPT files of one layout apart, nothing else.
    """
    if is_workbook(data):
        return FileKind.HCPCS_WORKBOOK if hcpcs_workbook.has_headings(name, data) else None
    head = data[:_HEAD]
    root = _ROOT.search(head)
    if root is not None:
        return FileKind.TABULAR if root.group(1).endswith(b"tabular") else _index_kind(head)
    if b"\0" in head:
        return None
    lines = [line for line in decoded(name, head).splitlines() if line.strip()]
    listed = next((kind for layout, kind in _TEXT_LAYOUTS if lines and layout.match(lines[0])), None)
    return listed or _procedure_kind(name, head, lines)


def _procedure_kind(name: str, head: bytes, lines: list[str]) -> FileKind | None:
    if any(hcpcs.LINE.match(line) for line in lines[:30]):
        return FileKind.HCPCS
    if any(ptp.LINE.fullmatch(line.rstrip()) for line in lines[:20]):
        return FileKind.PTP
    for cells in tables.first_cells(name, head):
        if tables.is_mue_heading(cells):
            return FileKind.MUE
        if tables.is_fee_heading(cells):
            return FileKind.FEES
    above = list(cpt.first_lines(name, head))
    if any(cpt.list_columns(line.split("\t")) for line in above):
        return FileKind.CPT_LIST
    promised = promised_kind(name)
    return promised if promised in CPT_KINDS and any(map(cpt.LINE.match, above)) else None


def _index_kind(head: bytes) -> FileKind:
    start = head.split(b"<mainTerm", 1)[0].lower()
    if b"malignant primary" in start:
        return FileKind.NEOPLASM_TABLE
    if b"poisoning" in start:
        return FileKind.DRUG_TABLE
    return FileKind.EXTERNAL_INDEX if b"external cause" in start else FileKind.INDEX
