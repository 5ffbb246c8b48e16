"""Compares models that were just trained with those that are shipped, before they replace them.

python -m training.compare build
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from models.runtime import FOLDER

_DECIDES = ("F1", "AUC")
_TOLERANCE = 5e-5


class Row(NamedTuple):
    """A figure of a model, shipped and new; None where one of them does not have it."""

    name: str
    shipped: float | str | None
    new: float | str | None

    @property
    def falls(self) -> bool:
        """True where an F1 or AUC on what was held out is lower than the shipped one, or no longer there."""
        if not self.name.endswith(_DECIDES) or not isinstance(self.shipped, float):
            return False
        return not isinstance(self.new, float) or self.new < self.shipped - _TOLERANCE


def compare(shipped: Mapping[str, Any], new: Mapping[str, Any]) -> list[Row]:
    """Return the figures of two metrics.json, in the order of the shipped one, then what is only in the new one."""
    one, other = dict(_flat(shipped)), dict(_flat(new))
    return [Row(name, one.get(name), other.get(name)) for name in {**one, **other}]


def _flat(figures: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, float | str]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}, ")
        else:
            yield path + name, value


def main() -> int:
    """Print the figures side by side; return 1 where one that decides falls, or where there is nothing to compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build"))
    parser.add_argument("--shipped", type=Path, default=FOLDER)
    options = parser.parse_args()
    falls, found = [], []
    for metrics in sorted(options.folder.glob("*-*/metrics.json")):
        model = metrics.parent.name
        known = options.shipped / model / "metrics.json"
        before = json.loads(known.read_text(encoding="utf-8")) if known.is_file() else {}
        found.append(model)
        print(f"{model:44}{'shipped':>12}{'new':>12}")
        for row in compare(before, json.loads(metrics.read_text(encoding="utf-8"))):
            cells = ("–" if x is None else str(x) for x in (row.shipped, row.new))
            print(f"  {row.name:42}{''.join(f'{c:>12}' for c in cells)}{'  falls' if row.falls else ''}")
            falls += [f"{model}: {row.name}"] if row.falls else []
    if not found:
        print(f"{options.folder} holds no model: run make train", file=sys.stderr)
        return 1
    if falls:
        print("not to be installed, held-out figures fall: " + "; ".join(falls), file=sys.stderr)
        return 1
    print("To install, copy what is new over what is shipped, look over its card.md, then run make test:")
    for model in found:
        print(f"  mkdir -p models/{model} && cp {options.folder / model}/* models/{model}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
