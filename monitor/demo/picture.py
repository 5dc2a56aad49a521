"""Draws small portraits as PNG, so that no real person's face is ever used."""

from __future__ import annotations

import hashlib
import struct
import zlib

_SIDE = 96


def portrait(seed: str) -> bytes:
    """A head and shoulders in colours chosen by the seed, 96 × 96 pixels."""
    hues = hashlib.sha256(seed.encode()).digest()
    back, coat = hues[0:3], hues[3:6]
    skin = bytes((224 - hues[6] // 4, 172, 140))
    rows = bytearray()
    for y in range(_SIDE):
        rows.append(0)  # PNG filter: none
        for x in range(_SIDE):
            rows += _colour(x, y, skin=skin, coat=coat, back=back)
    return _png(bytes(rows))


def _colour(x: int, y: int, *, skin: bytes, coat: bytes, back: bytes) -> bytes:
    middle = x - _SIDE / 2
    if middle**2 / 18**2 + (y - 36) ** 2 / 23**2 <= 1:
        return skin
    if middle**2 / 38**2 + (y - 98) ** 2 / 36**2 <= 1:
        return coat
    return back


def _png(rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = (("IHDR", header), ("IDAT", zlib.compress(rows)), ("IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: str, content: bytes) -> bytes:
    body = kind.encode() + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
