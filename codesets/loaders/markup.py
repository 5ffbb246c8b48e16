"""The official XML files: parsed without entities, with the line of what is wrong."""

import re
import xml.etree.ElementTree as ET

from codesets.loaders.rows import damaged

_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def parse_markup(name: str, data: bytes, root_tag: str) -> ET.Element:
    """Return the root element; raises BadCodeSetFile, with the line, on damage or another root."""
    declared = _ENTITY.search(data)
    if declared:
        raise damaged(name, line_of(data, declared.group()), "an official file declares no document type")
    try:
        root = ET.fromstring(data)  # noqa: S314 - no entity can be declared here
    except ET.ParseError as error:
        raise damaged(name, error.position[0], "the XML ends or breaks here (a truncated file?)") from None
    if root.tag != root_tag:
        raise damaged(name, line_of(data, b"<" + root.tag.encode()), f"the root element is not {root_tag}")
    return root


def line_of(data: bytes, needle: bytes | str, occurrence: int = 1) -> int:
    """Return the 1-based line of an occurrence (1-based) of `needle`, 1 where there is none."""
    wanted = needle.encode() if isinstance(needle, str) else needle
    at = -1
    for _ in range(occurrence):
        at = data.find(wanted, at + 1)
        if at < 0:
            return 1
    return data.count(b"\n", 0, at) + 1
