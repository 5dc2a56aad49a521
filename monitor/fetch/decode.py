"""Undoes content codings with a limit on the output; knows nothing of HTTP otherwise.

A compressed body of a few bytes may stand for gigabytes, so every decoder here
stops at the limit instead of trusting the sender.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]
import zstandard

from monitor.fetch.rules import Refusal

MAX_CODINGS = 2
MAX_MEMBERS = 256  # each costs a copy of what follows it: many would take hours
_PIECE = 65_536
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: what a decoder on the web must support


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded bytes; ``cut`` when the limit was reached before the end."""

    body: bytes
    cut: bool = False


def decode(raw: bytes, codings: Iterable[str], limit: int) -> Decoded:
    """Undo the codings of Content-Encoding header lines, the last one first.

    Gives at most ``limit`` bytes. Raises Refusal ``bad_encoding`` for an unknown
    coding, more than two, or bytes that are not what they are said to be.
    """
    names = [
        name
        for line in codings
        for part in line.split(",")
        if (name := part.strip().lower()) not in {"", "identity"}
    ]
    if len(names) > MAX_CODINGS or not set(names) <= DECODERS.keys():
        raise Refusal("bad_encoding")
    done = Decoded(raw[:limit], cut=len(raw) > limit) if not names else Decoded(raw)
    for name in reversed(names):
        if done.cut or not done.body:
            break
        try:
            done = DECODERS[name](done.body, limit)
        except (zlib.error, brotli.error, zstandard.ZstdError):
            raise Refusal("bad_encoding") from None
    return done


def gunzip(raw: bytes, limit: int) -> Decoded:
    """Undo gzip, also of several members in a row; what follows them is ignored."""
    out = b""
    rest = raw
    for _ in range(MAX_MEMBERS):
        if rest is not raw and not rest.startswith(b"\x1f\x8b"):
            return Decoded(out)
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        out += member.decompress(rest, limit + 1 - len(out))
        if len(out) > limit:
            return Decoded(out[:limit], cut=True)
        if not member.eof:
            raise zlib.error("the stream ends too early")
        rest = member.unused_data
    raise zlib.error("too many members")


def _inflate(raw: bytes, limit: int) -> Decoded:
    """Deflate as meant (in a zlib wrapper) and as often sent (bare)."""
    try:
        return _inflate_as(raw, limit, zlib.MAX_WBITS)
    except zlib.error:
        return _inflate_as(raw, limit, -zlib.MAX_WBITS)


def _inflate_as(raw: bytes, limit: int, bits: int) -> Decoded:
    stream = zlib.decompressobj(bits)
    out = stream.decompress(raw, limit + 1)
    if len(out) <= limit and not stream.eof:
        raise zlib.error("the stream ends too early")
    return Decoded(out[:limit], cut=len(out) > limit)


def _unbrotli(raw: bytes, limit: int) -> Decoded:
    stream = brotli.Decompressor()
    out = bytearray(stream.process(raw, output_buffer_limit=_PIECE))
    while len(out) <= limit and not stream.is_finished():
        piece = stream.process(b"", output_buffer_limit=_PIECE)
        if not piece and not stream.is_finished():
            raise brotli.error("the stream ends too early")
        out += piece
    return Decoded(bytes(out[:limit]), cut=len(out) > limit)


def _unzstd(raw: bytes, limit: int) -> Decoded:
    decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    out = bytearray()
    with decoder.stream_reader(io.BytesIO(raw), read_across_frames=True) as reader:
        while len(out) <= limit and (piece := reader.read(_PIECE)):
            out += piece
    if len(out) > limit:
        return Decoded(bytes(out[:limit]), cut=True)
    _demand_whole_frames(decoder, raw)
    return Decoded(bytes(out))


def _demand_whole_frames(decoder: zstandard.ZstdDecompressor, raw: bytes) -> None:
    """The bounded reader takes a cut stream for its end; only this one can tell."""
    rest = raw
    for _ in range(MAX_MEMBERS):
        frame = decoder.decompressobj()
        frame.decompress(rest)
        if not frame.eof:
            raise zstandard.ZstdError("the stream ends too early")
        rest = frame.unused_data
        if not rest:
            return
    raise zstandard.ZstdError("too many frames")


DECODERS: dict[str, Callable[[bytes, int], Decoded]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
