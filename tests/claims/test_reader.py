"""The reader takes whatever comes, says what is wrong by segment number, and never raises."""

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.check import check_837
from claims.edits import Desk
from claims.findings import Hit
from claims.scrub import scrub_file
from claims.x12.read837 import ReadClaim, read_837, read_file
from claims.x12.reader import Segment, read_segments
from claims.x12.write837 import write_837
from tests.claims.clean import CLEAN, PROFESSIONAL, TRANSMISSION

TEXT = write_837([PROFESSIONAL, CLEAN["child"]], TRANSMISSION)
DATA = Path(os.environ.get("CHARTCODER_DATA", "../shared/data")) / "x12"
SAMPLES = sorted(p for p in DATA.glob("837*/*") if p.is_file() and p.stat().st_size < 50_000)


def ids(text: str) -> list[str]:
    return [p.edit for p in read_837(io.BytesIO(text.encode())) if isinstance(p, Hit)]


def test_other_separators_are_read_from_isa() -> None:
    other = TEXT.replace("*", "|").replace(":", ">").replace("~\n", "'")
    assert [c.claim for c in read_file(other).claims] == [c.claim for c in read_file(TEXT).claims]
    assert ids(other) == []


def test_lower_case_is_read_and_named_once() -> None:
    read = read_file(TEXT.lower())
    assert [c.claim for c in read.claims] == [PROFESSIONAL, CLEAN["child"]]
    assert [h.edit for h in read.hits] == ["x12.lower_case"]


def test_two_interchanges_are_read() -> None:
    second = write_837([CLEAN["secondary"]], replace(TRANSMISSION, control_number=18))
    assert len(read_file(TEXT + second).claims) == 3
    assert ids(TEXT + second) == []
    assert ids(TEXT + TEXT) == ["x12.control_number_twice"]


def test_a_second_interchange_is_found_where_the_first_has_no_end() -> None:
    whole = TEXT.partition("GE*")[0]
    read = read_file(whole + TEXT)
    assert len(read.claims) == 4
    assert [h.edit for h in read.hits].count("x12.no_trailer") == 2


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_cut_file_is_read_as_far_as_it_goes(share: float) -> None:
    hits = ids(TEXT[: int(len(TEXT) * share)])
    assert "x12.cut" in hits or "x12.no_trailer" in hits


def test_what_is_no_x12_is_said() -> None:
    assert ids("") == ["x12.no_interchange"]
    assert ids("a letter to the payer") == ["x12.outside", "x12.no_interchange"]


def test_a_fault_names_its_segment() -> None:
    hit = next(h for h in read_file(TEXT.replace("DTP*472*D8*20260915", "DTP*472*D8*2026", 1)).claims[0].hits)
    number = TEXT[: TEXT.index("DTP*472")].count("~") + 1
    assert (hit.edit, hit.where) == ("value.date", f"segment {number}")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(TEXT) - 1))
    length = data.draw(st.integers(0, 30))
    put = data.draw(st.text("*~:^AB1é\n\x00", max_size=6))
    list(read_837(io.BytesIO((TEXT[:at] + put + TEXT[at + length :]).encode())))


@given(st.binary(max_size=400))
def test_noise_never_raises(noise: bytes) -> None:
    list(read_837(io.BytesIO(noise)))
    list(read_837(io.BytesIO(TEXT.encode()[:110] + noise)))


class Endless(io.RawIOBase):
    """A file of many claims that never stands in memory whole."""

    def __init__(self, times: int) -> None:
        head, _, tail = TEXT.partition("CLM*")
        body, _, self._tail = ("CLM*" + tail).partition("HL*3")
        self._parts: Iterator[bytes] = iter([head.encode(), *[body.encode()] * times])

    def read(self, _size: int = -1) -> bytes:
        return next(self._parts, b"")


def test_a_large_file_is_streamed() -> None:
    count = sum(isinstance(p, ReadClaim) for p in read_837(Endless(500)))  # type: ignore[arg-type]
    assert count == 500


def test_any_kind_of_transaction_can_be_tokenized() -> None:
    text = (
        "ISA" + TEXT[3:106] + "GS*HP*A*B*20260101*1200*1*X*005010X221A1~ST*835*0001~SE*2*0001~GE*1*1~IEA*1*000000017~"
    )
    segments = [s for s in read_segments(io.BytesIO(text.encode())) if isinstance(s, Segment)]
    assert [s.name for s in segments] == ["ISA", "GS", "ST", "SE", "GE", "IEA"]
    assert ids(text) == ["x12.not_837"]


@pytest.mark.skipif(not SAMPLES, reason="the public samples are read where CHARTCODER_DATA holds them")
def test_samples_are_read_without_a_crash() -> None:
    for path in SAMPLES:
        list(read_837(io.BytesIO(path.read_bytes())))


@pytest.mark.skipif(not SAMPLES, reason="the public samples are read where CHARTCODER_DATA holds them")
def test_samples_that_pass_pyx12_have_no_finding_about_their_structure(desk: Desk) -> None:
    passing = [p for p in SAMPLES if check_837(p.read_text(encoding="utf-8", errors="replace")).passed]
    assert passing
    for path in passing:
        found = {f.id for f in scrub_file(io.BytesIO(path.read_bytes()), desk)}
        assert {i for i in found if i.startswith(("x12.", "structure.", "value."))} == set(), path.name
