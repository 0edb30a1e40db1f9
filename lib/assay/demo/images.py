"""Rows that are images: moved by a pixel, enlarged, and as pictures that are small enough to log by the hundred."""

import struct
import zlib
from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Direction = Literal["still", "down", "up", "right", "left"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
"""In which `moved` gives its images."""
_CORNERS: Mapping[Direction, tuple[int, int]] = {
    "still": (1, 1), "down": (0, 1), "up": (2, 1), "right": (1, 0), "left": (1, 2),
}  # fmt: skip
_ENLARGED = 8


def moved(images: Array, side: int = 8) -> Array:
    """Square images as rows, and behind them all of them moved by one pixel in each of the other directions."""
    square = images.reshape(-1, side, side)
    padded = np.pad(square, ((0, 0), (1, 1), (1, 1)))
    corners = [_CORNERS[way] for way in DIRECTIONS]
    return np.concatenate([padded[:, y : y + side, x : x + side] for y, x in corners]).reshape(-1, side * side)


def enlarged(images: Array, side: int, wanted: int) -> Array:
    """Square images as rows with `wanted` pixels a side, a multiple of those that they have."""
    times = np.ones((1, wanted // side, wanted // side))
    return np.kron(images.reshape(-1, side, side), times).reshape(-1, wanted * wanted)


def png(row: Array, side: int) -> bytes:
    """A square image of `side` × `side` grey values as PNG: dark where values are high, each an even square of pixels.

    Browsers smooth what they enlarge, so that single pixels would be a blur.
    """
    values = row.reshape(side, side)
    grey = (255 - 255 * values / max(float(values.max()), 1e-9)).astype(np.uint8)
    pixels = np.kron(grey, np.ones((_ENLARGED, _ENLARGED), dtype=np.uint8))
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)  # 0: no filter
    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 0, 0, 0, 0)  # 8 bits of grey
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
