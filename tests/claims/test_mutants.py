"""Whatever the independent validator refuses in a damaged file, the scrub finds too."""

import io
from collections.abc import Iterator

import pytest

from claims.check import check_837
from claims.edits import Desk
from claims.scrub import scrub_file
from claims.x12.write837 import write_837
from tests.claims.clean import CLEAN, TRANSMISSION

JUNK = "ZZZQ"


def recounted(segments: list[str]) -> str:
    """The segments as a file, SE counting them, so that the count is not what betrays the damage."""
    start = next((n for n, s in enumerate(segments) if s.startswith("ST*")), 0)
    found = [f"SE*{n - start + 1}*{s.split('*')[2]}" if s.startswith("SE*") else s for n, s in enumerate(segments)]
    return "~\n".join(found) + "~\n"


def mutants(segments: list[str]) -> Iterator[tuple[str, str]]:
    for n, segment in enumerate(segments):
        if segment.startswith(("ISA*", "IEA*", "SE*")):
            continue
        before, after = segments[:n], segments[n + 1 :]
        yield f"{segment}: deleted", recounted([*before, *after])
        yield f"{segment}: doubled", recounted([*before, segment, *[segment], *after])
        yield f"{segment}: behind the next", recounted([*before, after[0], segment, *after[1:]])
        elements = segment.split("*")
        for at in range(1, len(elements)):
            head, one, tail = elements[:at], elements[at], elements[at + 1 :]
            slid = "*".join([*head, "", one, *tail])
            yield f"{segment}: {at} slid", recounted([*before, slid, *after])
            if one:
                blank = "*".join([*head, "", *tail]).rstrip("*")
                yield f"{segment}: {at} blank", recounted([*before, blank, *after])
                yield f"{segment}: {at} junk", recounted([*before, "*".join([*head, JUNK, *tail]), *after])
            if ":" in one:
                long = "*".join([*head, one + ":A:B:C:D:E:F:G:H", *tail])
                yield f"{segment}: {at} long", recounted([*before, long, *after])


@pytest.mark.parametrize("name", CLEAN)
def test_what_pyx12_refuses_is_found(name: str, desk: Desk) -> None:
    segments = write_837([CLEAN[name]], TRANSMISSION).strip("~\n").split("~\n")
    tried = list(mutants(segments))
    silent = [(what, text) for what, text in tried if not list(scrub_file(io.BytesIO(text.encode()), desk))]
    assert len(silent) < len(tried) / 5
    assert [what for what, text in silent if not check_837(text).passed] == []
