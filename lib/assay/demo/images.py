"""Pictures of rows that are images, small enough to log by the hundred."""

import struct
import zlib

import numpy as np

from assay.demo.data import Array

_ENLARGED = 8


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
