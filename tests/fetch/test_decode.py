from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from monitor.fetch.decode import decode
from monitor.fetch.rules import Refusal

TEXT = "Rådhuset svarer på spørgsmål. ".encode() * 400


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zstd_stream(data: bytes) -> bytes:
    """A frame that does not tell its size, as servers send it."""
    packer = zstandard.ZstdCompressor().compressobj()
    return packer.compress(data) + packer.flush()


Pack = Callable[[bytes], bytes]
PACKERS: dict[str, tuple[str, Pack]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", zstd_stream),
    "zstd with size": ("zstd", zstandard.ZstdCompressor().compress),
}
each_coding = pytest.mark.parametrize(
    ("coding", "pack"), PACKERS.values(), ids=PACKERS.keys()
)


@each_coding
def test_coding_is_undone(coding: str, pack: Pack) -> None:
    done = decode(pack(TEXT), [coding.upper()], 1_000_000)
    assert done.body == TEXT
    assert not done.cut


@each_coding
def test_output_of_exactly_the_limit_is_whole(coding: str, pack: Pack) -> None:
    assert not decode(pack(TEXT), [coding], len(TEXT)).cut
    cut = decode(pack(TEXT), [coding], len(TEXT) - 1)
    assert cut.cut
    assert cut.body == TEXT[:-1]


@each_coding
def test_bomb_stops_at_the_limit(coding: str, pack: Pack) -> None:
    bomb = pack(bytes(30_000_000))
    tracemalloc.start()
    done = decode(bomb, [coding], 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.cut
    assert len(done.body) == 1_000_000
    assert peak < 8_000_000


@each_coding
def test_bomb_in_a_bomb_stops_at_the_limit(coding: str, pack: Pack) -> None:
    nested = gzip.compress(pack(bytes(30_000_000)))
    assert decode(nested, [f"{coding}, gzip"], 1_000_000).cut


@each_coding
def test_cut_stream_is_not_taken_for_whole(coding: str, pack: Pack) -> None:
    with pytest.raises(Refusal, match="bad_encoding"):
        decode(pack(TEXT)[:-5], [coding], 1_000_000)


@each_coding
def test_other_bytes_than_announced_are_refused(coding: str, pack: Pack) -> None:
    with pytest.raises(Refusal, match="bad_encoding"):
        decode(b"<html>not packed at all</html>", [coding], 1_000_000)


@each_coding
def test_empty_body_needs_no_decoder(coding: str, pack: Pack) -> None:
    assert decode(b"", [coding], 10).body == b""


def test_members_in_a_row_are_one_body() -> None:
    members = gzip.compress(b"one ") + gzip.compress(b"two")
    assert decode(members, ["gzip"], 100).body == b"one two"
    frames = zstd_stream(b"one ") + zstd_stream(b"two")
    assert decode(frames, ["zstd"], 100).body == b"one two"


def test_limit_counts_over_all_members() -> None:
    members = gzip.compress(bytes(600)) * 3
    assert decode(members, ["gzip"], 1000).cut


@pytest.mark.parametrize(
    ("coding", "empty"),
    [("gzip", gzip.compress(b"", mtime=0)), ("zstd", zstd_stream(b""))],
)
def test_endless_row_of_empty_members_is_refused(coding: str, empty: bytes) -> None:
    row = empty * (5_000_000 // len(empty))
    with pytest.raises(Refusal, match="bad_encoding"):
        decode(row, [coding], 1_000_000)


def test_padding_after_gzip_is_ignored() -> None:
    assert decode(gzip.compress(TEXT) + bytes(8), ["gzip"], 100_000).body == TEXT


def test_two_codings_are_undone_in_order() -> None:
    body = gzip.compress(brotli.compress(TEXT))
    assert decode(body, ["br", "gzip"], 100_000).body == TEXT
    assert decode(body, ["br, identity,, gzip"], 100_000).body == TEXT


@pytest.mark.parametrize("codings", ["gzip,gzip,gzip", "compress", "utf-8", "none"])
def test_unknown_or_many_codings_are_refused(codings: str) -> None:
    with pytest.raises(Refusal, match="bad_encoding"):
        decode(b"x", [codings], 100)


def test_plain_body_is_cut_at_the_limit_too() -> None:
    assert decode(b"12345", [], 5).cut is False
    assert decode(b"123456", ["identity"], 5).body == b"12345"


def test_wide_zstd_window_is_refused() -> None:
    settings = zstandard.ZstdCompressionParameters(window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    wide = packer.compress(bytes(1000)) + packer.flush()
    with pytest.raises(Refusal, match="bad_encoding"):
        decode(wide, ["zstd"], 1_000_000)
