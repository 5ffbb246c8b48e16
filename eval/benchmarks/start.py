"""Start to first answer: a fresh `chartcoder suggest` from exec to its printed answer, and its memory."""

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from codesets.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Start:
    """Median seconds from exec to the printed answer, and the median of the highest memory, in MB."""

    runs: int
    seconds: float
    memory_mb: float


def measure_start(text: str, day: str, runs: int = 5) -> Start:
    """Return how a fresh process fares with one note, sent over standard input; the first run fills caches.

    Call it before this process grows: on Linux the memory reported of a child is never below its parent's.
    """
    command = [str(_console_script()), "suggest", "-", "--date-of-service", day, "--json"]
    measured = [_run(command, text.encode()) for _ in range(runs + 1)][1:]
    return Start(
        runs, round(statistics.median(m[0] for m in measured), 3), round(statistics.median(m[1] for m in measured), 1)
    )


def _console_script() -> Path:
    script = Path(sys.executable).parent / "chartcoder"
    if not script.is_file():
        raise BadRequest("the command chartcoder is not beside this Python: pip install --editable .")
    return script


def _run(command: Sequence[str], text: bytes) -> tuple[float, float]:
    started = perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if process.stdin is None or process.stdout is None:
        raise AssertionError("both ends were asked to be pipes")
    with process.stdin as into:
        into.write(text)
    with process.stdout as answer:
        printed = answer.read(1)
        seconds = perf_counter() - started
        answer.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not printed:
        raise BadRequest("chartcoder suggest answered nothing: run it on examples/notes to see why")
    return seconds, usage.ru_maxrss / 1024
