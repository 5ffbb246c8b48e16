"""Files in the official layouts of procedure codes, with invented wording; at full size where they must be whole."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from codesets.procedures.starter import starter_set
from codesets.types import CodeSystem

DISCLAIMER = "***Disclaimers\t\t\r\n\t\t\r\n*Words about coverage\r\n\r\n"
HEADINGS = (
    *("HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "PRICE1", "ADD DT", "ACT EFF DT"),
    *("TERM DT", "ACTION CD"),
)
Code = tuple[str, str, str, str, str]
"""Value, long words, added, effective and terminated as YYYYMMDD or ''."""


def record(
    value: str,
    kind: str,
    long: str,
    days: tuple[str, str, str] = ("20100101", "20100101", ""),
    sequence: int = 100,
    short: str = "Short words",
) -> str:
    """One record of the ANWEB text file."""
    if kind in "48":
        return f"{value:>5}{sequence:05d}{kind}{long:<80}".ljust(320)
    text = f"{value:>5}{sequence:05d}{kind}{long[:80]:<80}{short[:28]:<28}".ljust(268)
    return (text + "".join(f"{d:<8}" for d in days) + "N").ljust(320)


def hcpcs_text(records: Iterable[str]) -> bytes:
    return (DISCLAIMER + "".join(line + "\r\n" for line in records)).encode("cp1252")


def hcpcs_codes(newest: str = "20190101") -> list[Code]:
    """5,200 invented codes of all letters, the last three as in every official file."""
    letters = "ABCEGHJKLMPQRST"
    codes = [
        (f"{letter}{number:04d}", f"Invented thing {letter} {number}", "20010101", "20020101", "")
        for letter in letters
        for number in range(1, 347)
    ]
    codes[5] = (codes[5][0], codes[5][1], "20010101", "20180101", "20171231")
    codes[6] = (codes[6][0], codes[6][1], newest, newest, "")
    return codes + [(f"V{n}", f"Invented speech thing {n}", "19900101", "20040101", "") for n in range(5362, 5365)]


def hcpcs_modifiers() -> list[str]:
    return [f"{a}{b}" for a in "ABCDEFGHJK" for b in "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"][:300]


def whole_hcpcs(codes: list[Code] | None = None) -> list[str]:
    """The records of a whole file."""
    modifiers = [record(m, "7", f"Invented circumstance {m}") for m in hcpcs_modifiers()]
    return modifiers + [record(v, "3", long, (a, e, t)) for v, long, a, e, t in codes or hcpcs_codes()]


def workbook(rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> bytes:
    """A workbook whose first sheet holds the rows; the columns `numbers` hold numbers, the others shared strings."""
    shared: dict[str, int] = {}
    lines = []
    for at, row in enumerate(rows, 1):
        cells = []
        for column, text in enumerate(row):
            if not text:
                continue
            reference = f"{chr(65 + column)}{at}"
            if column in numbers and text.isdigit():
                cells.append(f'<c r="{reference}"><v>{text}</v></c>')
            else:
                cells.append(f'<c r="{reference}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>')
        lines.append(f'<row r="{at}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
    strings = "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in shared)
    return zipped(
        {
            "xl/workbook.xml": f"<workbook {space}/>".encode(),
            "xl/sharedStrings.xml": f"<sst {space}>{strings}</sst>".encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
        }
    )


def hcpcs_sheet(codes: list[Code] | None = None) -> list[list[str]]:
    """The rows of a whole ANWEB workbook."""
    above: list[list[str]] = [["***Disclaimers"], [], list(HEADINGS)]
    modifiers = [
        [f"   {m}", "0010", "7", f"Invented circumstance {m}", "Short", "", "20100101", "", "", "N"]
        for m in hcpcs_modifiers()
    ]
    listed = codes or hcpcs_codes()
    return (
        above + modifiers + [[v, "0010", "3", long, "Short words", "", a, e, t, "N"] for v, long, a, e, t in listed]
    )


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def cpt_values() -> list[str]:
    return sorted(starter_set(CodeSystem.CPT).procedures)


def cpt_text(values: Iterable[str], words: str = "Invented service {}", year: int = 2026) -> bytes:
    """A LONGULT, MEDU or SHORTU file with invented wording."""
    lines = [f"Invented notice of {year}", "Not a word of the owner stands here", ""]
    return "\r\n".join([*lines, *(f"{v} {words.format(v)}" for v in values), ""]).encode()


LONG = "Invented service {}, worded at such a length that no medium descriptor would ever hold all of it"
MEDIUM = "INVENTED SERVICE {} OF MIDDLE LENGTH"
SHORT = "INVENTED {}"


def cpt_list(values: Iterable[str]) -> bytes:
    """A ConsolidatedCodeList with invented wording."""
    heading = ("Concept Id", "CPT Code", "Long", "Medium", "Short", "Consumer", "Current Descriptor Effective Date")
    rows = ["Invented notice 2026", "\t".join(heading)]
    rows += [f"{n}\t{v}\t{LONG.format(v)}\t{MEDIUM.format(v)}\t{SHORT.format(v)}\tPlain {v}\t20260101"
             for n, v in enumerate(values, 1)]  # fmt: skip
    return "\r\n".join(rows).encode()


def ptp_text(pairs: Iterable[tuple[str, str, str, str, str]]) -> bytes:
    """A PTP file: (column 1, column 2, effective, deleted or '*', modifier) a pair."""
    above = [
        "Invented notice",
        "",
        "Column 1/Column 2 Edits",
        "\t\t*=in existence",
        "Column 1\tColumn 2",
        "\t\tprior",
    ]
    return "\r\n".join(
        [*above, *(f"{a}\t{b}\t\t{s}\t{e}\t{m}\tInvented reason {m}" for a, b, s, e, m in pairs), ""]
    ).encode()


def mue_text(rows: Iterable[tuple[str, int, int]], services: str = "Practitioner Services") -> bytes:
    """An MUE file: (code, value, indicator) a row."""
    notice = '"Invented notice\nof three\nlines",,,'
    heading = f'"HCPCS/\nCPT Code",{services} MUE Values,MUE Adjudication Indicator,MUE Rationale'
    lines = [f"{c},{n},{i} Date of Service Edit: Policy,Invented reason" for c, n, i in rows]
    return "\r\n".join([notice, heading, *lines, ""]).encode()


def fee_row(value: str, modifier: str = "", days: str = "000", work: str = "1.50") -> str:
    cells = [
        value,
        modifier,
        "WORDS OF AN OWNER",
        "A",
        "",
        work,
        "2.00",
        "",
        "0.75",
        "",
        "0.10",
        "3.60",
        "2.35",
        "0",
        days,
    ]
    return ",".join([*cells, *[""] * 10, "33.4009", *[""] * 6])


def fee_text(rows: Iterable[str], year: int = 2026) -> bytes:
    """A PPRRVU file with ten rows of headings."""
    above = [f"{year} Invented National Physician Fee Schedule Relative Value File,,", *["x,,"] * 8]
    heading = ",".join(["HCPCS", "MOD", "DESCRIPTION", *["RVU"] * 29])
    return "\r\n".join([*above, heading, *rows, ""]).encode()
