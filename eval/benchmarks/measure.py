"""What every benchmark shares: one core, the machine in words, quantiles, memory."""

import math
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from rich.table import Table

_PACKAGES = ("chartcoder", "spacy", "numpy", "rapidfuzz", "simple-icd-10-cm")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine of a run; `core` is the one it is pinned to, None where the system cannot pin.

    `load_1min` is the load average when the run began: above 1 per core, other work disturbed the figures.
    """

    cpu: str
    cores: int
    core: int | None
    python: str
    versions: dict[str, str]
    load_1min: float

    def in_words(self) -> str:
        """Return the machine on one line."""
        pinned = f"pinned to core {self.core}" if self.core is not None else "not pinned"
        packages = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        return (
            f"{self.cpu}, {self.cores} cores, {pinned}, load average {self.load_1min:.2f} at the start; "
            f"Python {self.python}; {packages}"
        )


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds of repeated calls."""

    calls: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    per_second: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Timings":
        """Return the figures of measured seconds; all 0 where there are none."""
        if not seconds:
            return cls(0, 0.0, 0.0, 0.0, 0.0)
        ms = [1000 * s for s in seconds]
        rate = len(seconds) / max(sum(seconds), 1e-9)
        return cls(
            len(ms), round(quantile(ms, 0.5), 3), round(quantile(ms, 0.99), 3), round(max(ms), 3), round(rate, 1)
        )

    def as_dict(self) -> dict[str, float]:
        """Return the figures by name."""
        return asdict(self)


def quantile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def time_calls(call: Callable[[Item], object], items: Iterable[Item]) -> list[float]:
    """Return the wall seconds of one call per item."""
    seconds = []
    for item in items:
        started = perf_counter()
        call(item)
        seconds.append(perf_counter() - started)
    return seconds


def pin_to_one_core() -> int | None:
    """Bind this process and those it starts to one core; return it, or None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def this_machine(core: int | None) -> Machine:
    """Return the machine in words, and the versions that matter."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return Machine(_cpu(), os.cpu_count() or 1, core, platform.python_version(), _versions(), round(load, 2))


def peak_memory_mb() -> float:
    """Return the most memory that this process ever held resident, in MB; 0 where /proc does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
    found = (int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return round(next(found, 0) / 1024, 1)


def figures_table(title: str, rows: Iterable[tuple[str, float, float | None, float | None]]) -> Table:
    """Return rows of (what, ours, peer, target) as a table with the ratio and whether the target is met.

    What counts per second is better when higher, all else when lower.
    """
    table = Table("What", "Ours", "Peer", "Peer / ours", "Target", "Met", title=title, title_justify="left")
    for column in table.columns[1:5]:
        column.justify = "right"
    for what, ours, peer, target in rows:
        higher = what.endswith("/s")
        ratio = "" if not peer or not ours else f"{(ours / peer if higher else peer / ours):.1f} ×"
        met = "" if target is None else "yes" if (ours >= target if higher else ours <= target) else "no"
        wanted = "" if target is None else f"{'≥' if higher else '≤'} {target:g}"
        table.add_row(what, f"{ours:.2f}", "" if peer is None else f"{peer:.2f}", ratio, wanted, met)
    return table


def _cpu() -> str:
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
