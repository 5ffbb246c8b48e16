"""A whole batch: continue or begin, answer, and give the output its name when all lines are answered."""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from api.batch.lines import Terms, read_lines
from api.batch.part import Standing, examine
from api.batch.pool import Pool
from api.batch.progress import progress_shown
from api.ports import OpenSuggester, open_loaded
from api.settings import load_settings
from codesets.errors import BadRequest

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """How many lines are answered, failed ones among them, and how many of all were there before."""

    answered: int
    failed: int
    before: int
    nothing_to_do: bool = False

    def summary(self) -> str:
        """Return the result in one line."""
        begin = "nothing to do: " if self.nothing_to_do else ""
        earlier = f", {self.before:,} of them earlier" if self.before and not self.nothing_to_do else ""
        return f"{begin}{self.answered:,} lines answered{earlier}, {self.failed:,} with an error"


def part_of(target: Path) -> Path:
    """Return the file that collects the answers until all are there."""
    return target.with_name(target.name + ".part")


def run_batch(source: Path, target: Path, workers: int, opener: OpenSuggester = open_loaded) -> BatchResult:
    """Answer every line of `source` into `target`, from where an earlier run stopped.

    Raises BadRequest where a file cannot be used, or holds answers to other notes, and ChartcoderError where
    the indexes cannot be loaded. On any interruption what is answered stays in the part file.
    """
    settings = load_settings()
    terms = Terms(date.today(), settings.max_note_bytes, settings.max_body_bytes)
    if not source.is_file():
        raise BadRequest("--batch is not a file: name a file of JSON Lines")
    part = part_of(target)
    with _written():
        if source.resolve() in (target.resolve(), part.resolve()):
            raise BadRequest("--out is the input itself: name another file")
        if target.exists():
            return _complete(source, target, terms)
        with open(part, "ab", opener=_private) as file:
            _lock(file)
            standing = examine(part, read_lines(source, terms.max_line_bytes), terms.max_line_bytes)
            if not standing.matches:
                raise BadRequest(f"{part.name} holds answers to other notes: remove it, or name another --out")
            file.truncate(standing.out_bytes)
            result = _answer(source, file, standing, Pool(opener, terms, workers), terms)
        part.replace(target)
    return result


def _complete(source: Path, target: Path, terms: Terms) -> BatchResult:
    """Return the result that is already there; raises BadRequest where it is none of this input."""
    standing = examine(target, read_lines(source, terms.max_line_bytes), terms.max_line_bytes)
    more = next(read_lines(source, terms.max_line_bytes, standing.source_bytes), None)
    if not (standing.matches and standing.whole and more is None):
        raise BadRequest("--out exists and does not answer these notes: remove it, or name another file")
    return BatchResult(standing.answered, standing.failed, standing.answered, nothing_to_do=True)


def _answer(source: Path, file: BinaryIO, standing: Standing, pool: Pool, terms: Terms) -> BatchResult:
    answered, failed = standing.answered, standing.failed
    ends: deque[int] = deque()

    def remaining() -> Iterator[bytes]:
        for line, end in read_lines(source, terms.max_line_bytes, standing.source_bytes):
            ends.append(end)
            yield line

    with (
        progress_shown(source.stat().st_size) as show,
        closing(pool.answer(remaining())) as chunks,
    ):
        show(standing.source_bytes, answered, failed)
        for chunk in chunks:
            file.write(b"".join(a.line + b"\n" for a in chunk))
            file.flush()
            answered += len(chunk)
            failed += sum(a.failed for a in chunk)
            show([ends.popleft() for _ in chunk][-1], answered, failed)
    os.fsync(file.fileno())
    return BatchResult(answered, failed, standing.answered)


def _private(path: str, flags: int) -> int:
    """Open a file that, where it is made, only its owner may read: it holds words of notes."""
    return os.open(path, flags, 0o600)


def _lock(file: BinaryIO) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BadRequest("another chartcoder is writing this output: wait for it to end") from None


@contextmanager
def _written() -> Iterator[None]:
    """Turn a failure to write into BadRequest; what was written stays and can be continued."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "not writable").lower()
        raise BadRequest(f"--out cannot be written ({reason}): mend it, then run the same command again") from None
