"""Packed text: many strings in one memory-mapped file with an array of offsets."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from codesets.errors import CodeSetError

Scalar = TypeVar("Scalar", bound=np.generic)


def write_array(folder: Path, name: str, array: NDArray[np.generic]) -> None:
    """Write `array` as `name`.npy below `folder`."""
    np.save(folder / f"{name}.npy", array, allow_pickle=False)


def open_array(folder: Path, name: str, scalar: type[Scalar]) -> NDArray[Scalar]:
    """Return the array `name` of this scalar type, memory-mapped and read-only."""
    array: NDArray[Scalar] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    if not np.issubdtype(array.dtype, scalar):
        raise CodeSetError(f"the cached index {name} is damaged: empty the cache folder")
    return array


def open_view(folder: Path, name: str) -> memoryview:
    """Return the array `name`, memory-mapped and read-only, as a view that gives plain Python numbers fast."""
    array: NDArray[np.generic] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return memoryview(array)  # type: ignore[arg-type]  # numpy arrays are buffers


def write_texts(folder: Path, name: str, texts: Sequence[str]) -> None:
    """Write `texts` as one UTF-8 blob and an array of byte offsets."""
    parts = [t.encode() for t in texts]
    offsets = np.zeros(len(parts) + 1, dtype=np.uint32)
    np.cumsum([len(p) for p in parts], out=offsets[1:])
    write_array(folder, f"{name}-offsets", offsets)
    write_array(folder, f"{name}-bytes", np.frombuffer(b"".join(parts), dtype=np.uint8))


class PackedTexts(Sequence[str]):
    """The strings of `write_texts`, decoded one by one as they are asked for."""

    def __init__(self, folder: Path, name: str) -> None:
        self._offsets = open_view(folder, f"{name}-offsets")
        self._bytes = open_view(folder, f"{name}-bytes")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        if row < 0:
            row += len(self)
        start, end = self._offsets[row], self._offsets[row + 1]
        return str(self._bytes[start:end], "utf-8")
