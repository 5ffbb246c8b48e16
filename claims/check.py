"""What an independent validator (pyx12) says of a file: nothing that it refuses is a clean claim.

Its maps are loaded once for the process. Where it crashes, the file counts as refused. Its verdict on the whole file
is trusted above its list of errors, for faults of a group stand in the verdict alone.
"""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyx12.errh_json
import pyx12.error_handler
import pyx12.errors
import pyx12.map_if
import pyx12.map_index
import pyx12.map_walker
import pyx12.params
import pyx12.x12file
from pyx12.map_if._segment import apply_segment_errors

_CONTROL = "x12.control.00501.xml"
_ISA, _GS = "/ISA_LOOP/ISA", "/ISA_LOOP/GS_LOOP/GS"
logging.getLogger("pyx12").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class CheckError:
    """One error of the validator: its code, the segment's name and number in the transaction, the element."""

    code: str
    segment: str
    number: int
    element: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the validator takes the file, and the errors that it names."""

    passed: bool
    errors: tuple[CheckError, ...] = ()


def check_837(text: str) -> Verdict:
    """Return what pyx12 says of an X12 file, a crash of its own counted as a refusal."""
    try:
        return _check(text)
    except Exception as error:
        crash = f"the validator stopped ({type(error).__name__}): a segment has a form that it cannot take apart"
        return Verdict(False, (CheckError("crash", "", 0, "", crash),))


@cache
def _params() -> Any:
    return pyx12.params.ParamsBase()


@cache
def _map(name: str) -> Any:
    return pyx12.map_if.load_map_file(name, _params())


@cache
def _map_name(version: str, guide: str, group: str) -> str | None:
    name: str | None = pyx12.map_index.map_index().get_filename(version, guide, group)
    return name


def _check(text: str) -> Verdict:
    handler = pyx12.error_handler.err_handler()
    source = pyx12.x12file.X12Reader(io.StringIO(text))
    walker = pyx12.map_walker.walk_tree()
    node: Any = _map(_CONTROL).getnodebypath(_ISA)
    sound, version = True, ""
    for segment in source:
        name, before = segment.get_seg_id(), node
        if name == "ISA":
            version = segment.get_value("ISA12")
            node = _map(_CONTROL).getnodebypath(_ISA)
            walker.forceWalkCounterToLoopStart("/ISA_LOOP", _ISA)
        elif name == "GS":
            file = _map_name(version, segment.get_value("GS08"), segment.get_value("GS01"))
            if file is None:
                return Verdict(False, (CheckError("guide", "GS", 0, "GS08", "no map for this guide"),))
            source.check_837_lx = _map(file).id == "837"
            walker.forceWalkCounterToLoopStart("/ISA_LOOP/GS_LOOP", _GS)
            node = _map(file).getnodebypath(_GS)
        else:
            place = (source.get_seg_count(), source.get_cur_line(), source.get_ls_id())
            node, _, _, found = walker.walk_errors(node, segment, *place)
            pyx12.map_walker.apply_walk_errors(handler, found)
        if node is None:
            node = before
            continue
        _tell(handler, source, node, segment, name)
        sound &= bool(apply_segment_errors(node, segment, handler))
    source.cleanup()
    handler.handle_errors(source.pop_errors())
    passed = sound and handler.get_error_count() == 0
    return Verdict(passed, () if passed else tuple(_errors(handler)))


def _tell(handler: Any, source: Any, node: Any, segment: Any, name: str) -> None:
    """Report the segment to the handler in the order that its kind wants."""
    opened = {"ISA": handler.add_isa_loop, "GS": handler.add_gs_loop, "ST": handler.add_st_loop}
    closed = {"IEA": handler.close_isa_loop, "GE": handler.close_gs_loop, "SE": handler.close_st_loop}
    if name in opened:
        opened[name](segment, source)
        handler.handle_errors(source.pop_errors())
        return
    if name in closed:
        handler.handle_errors(source.pop_errors())
        closed[name](node, segment, source)
        return
    handler.add_seg(node, segment, source.get_seg_count(), source.get_cur_line(), source.get_ls_id())
    handler.handle_errors(source.pop_errors())


def _errors(handler: Any) -> Iterator[CheckError]:
    said = io.StringIO()
    handler.accept(pyx12.errh_json.errh_json_visitor(said, indent=None))
    yield from _walk(json.loads(said.getvalue() or "{}"), "", 0)


def _walk(part: Any, segment: str, number: int) -> Iterator[CheckError]:
    for error in part.get("errors", ()):
        yield CheckError(str(error["err_cde"]), segment, number, "", _words(error["err_cde"], part))
    for kind, name in (("interchanges", "ISA"), ("groups", "GS"), ("transactions", "ST"), ("segments", "")):
        for below in part.get(kind, ()):
            yield from _walk(below, name or str(below["seg_id"]), int(below.get("seg_count") or 0))
    for element in part.get("elements", ()):
        place = f"{segment}{int(element['ele_pos'] or 0):02}"
        place += f"-{element['subele_pos']}" if element["subele_pos"] else ""
        for error in element["errors"]:
            yield CheckError(str(error["err_cde"]), segment, number, place, _words(error["err_cde"], element))


def _words(code: str, part: Any) -> str:
    """Say what is wrong by the validator's own name of the place; never the value."""
    return f"error {code}" + (f" at {part['name']}" if part.get("name") else "")
