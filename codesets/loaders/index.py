"""The Alphabetic Index of ICD-10-CM and its tables (External Cause, Neoplasm, Drugs) in XML, as flat rows.

Source of the layout: CDC/NCHS `icd10cm-index-*.xml`, `icd10cm-eindex-*.xml`, `icd10cm-neoplasm-*.xml` and
`icd10cm-drug-*.xml` with their schemas. Terms nest (`mainTerm`, `term` with its level); `nemod` holds
nonessential modifiers inside a title; in the tables a `cell` gives one code per column.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from codesets.icd10cm.tabular import clean
from codesets.loaders.markup import line_of, parse_markup
from codesets.loaders.rows import CODE_SHAPE, damaged

_SEE = ("see", "seecat", "subcat")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One line of the Index: the words from the main term down and where they lead.

    `code` and `manifestation` are canonical and '' where there is none; a code that the Index prints with a
    dash is the header that it names. `modifiers` are the nonessential ones of the last word. In a table the
    heading of the column is the last of the words.
    """

    path: tuple[str, ...]
    code: str = ""
    manifestation: str = ""
    see: str = ""
    see_also: str = ""
    modifiers: str = ""


def read_index(name: str, data: bytes) -> tuple[list[IndexRow], str]:
    """Return the rows of an Index file, in its order, and the year that it states ('' if none).

    Raises BadCodeSetFile, with the line, on damaged XML, an addenda, a term without title or at the wrong
    level, and a code that is not well shaped.
    """
    root = parse_markup(name, data, "ICD10CM.index")
    if root.get("isAddenda") == "true":
        raise damaged(name, line_of(data, "isAddenda"), "an addenda of the Index; the whole Index is needed")
    heads = {h.get("col", ""): clean("".join(h.itertext())) for h in root.iterfind("indexHeading/head")}
    reader = _Reader(name, data, heads)
    rows = [row for term in root.iterfind("letter/mainTerm") for row in reader.rows(term, ())]
    if not rows:
        raise damaged(name, 1, "no term in the file")
    return rows, clean(root.findtext("version"))


@dataclass(frozen=True, slots=True)
class _Reader:
    name: str
    data: bytes
    heads: dict[str, str]

    def rows(self, term: ET.Element, above: tuple[str, ...]) -> Iterator[IndexRow]:
        title = term.find("title")
        words = _words(title)
        if title is None or not words:
            raise self._wrong(above[-1] if above else "<mainTerm", "a term without a title follows")
        if above and term.get("level") != str(len(above)):
            raise self._wrong(f">{(title.text or words).strip()}", "the term's level is not its depth")
        path = (*above, words)
        modifiers = clean(" ".join("".join(n.itertext()) for n in title.iterfind("nemod")))
        cells = [c for c in term.iterfind("cell") if clean("".join(c.itertext())).strip("-")]
        for cell in cells:
            head = self.heads.get(cell.get("col", ""), "")
            yield IndexRow((*path, head) if head else path, self._code(cell), modifiers=modifiers)
        see = next((clean(e.text) for e in map(term.find, _SEE) if e is not None), "")
        see_also = clean(term.findtext("seeAlso"))
        if not cells or see or see_also:
            code, manifestation = self._code(term.find("code")), self._code(term.find("manif"))
            yield IndexRow(path, code, manifestation, see, see_also, modifiers)
        for below in term.iterfind("term"):
            yield from self.rows(below, path)

    def _code(self, element: ET.Element | None) -> str:
        printed = clean("".join(element.itertext())) if element is not None else ""
        value = printed.rstrip("-").removesuffix(".").replace(".", "", 1)
        if value and not CODE_SHAPE.match(value):
            raise self._wrong(f">{printed}<", "the code is not shaped like an ICD-10-CM code")
        return value

    def _wrong(self, needle: str, reason: str) -> Exception:
        return damaged(self.name, line_of(self.data, needle), reason)


def _words(title: ET.Element | None) -> str:
    if title is None:
        return ""
    outside = [title.text or ""]
    for child in title:
        outside.append("" if child.tag == "nemod" else "".join(child.itertext()))
        outside.append(child.tail or "")
    return clean(" ".join(outside)).replace(" ,", ",")
