"""Bodies that are packed, labelled or written to do harm."""

from __future__ import annotations

import gzip
import zlib

import brotli  # type: ignore[import-untyped]
import zstandard

from tests.hostile.case import HTML, TRAP, Case, answer, html, page_of

ZEROS = bytes(20_000_000)
XML = "Content-Type: application/xml"


def packed(coding: str, body: bytes) -> bytes:
    """A page in a content coding."""
    return page_of(body, HTML, f"Content-Encoding: {coding}")


def bare(body: bytes) -> bytes:
    """Deflate without the wrapper it is meant to have."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def zstd(body: bytes, window: int = 20) -> bytes:
    """A frame that does not tell its size."""
    settings = zstandard.ZstdCompressionParameters(window_log=window)
    packer = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    return packer.compress(body) + packer.flush()


def in_members(body: bytes) -> bytes:
    """A body cut into several gzip files, one after the other."""
    middle = len(body) // 2
    return gzip.compress(body[:middle]) + gzip.compress(body[middle:])


CODINGS = (
    Case("gzip", "packs its page", "read",
         reading=lambda p: packed("gzip", gzip.compress(p))),
    Case("gzip-members", "packs its page in two parts", "read",
         reading=lambda p: packed("gzip", in_members(p))),
    Case("gzip-padded", "puts zeros behind a packed page", "read",
         reading=lambda p: packed("gzip", gzip.compress(p) + bytes(99))),
    Case("gzip-capitals", "shouts the name of its coding", "read",
         reading=lambda p: packed("X-GZip", gzip.compress(p))),
    Case("deflate", "packs with deflate", "read",
         reading=lambda p: packed("deflate", zlib.compress(p))),
    Case("deflate-bare", "packs with deflate and forgets the wrapper", "read",
         reading=lambda p: packed("deflate", bare(p))),
    Case("brotli", "packs with brotli", "read",
         reading=lambda p: packed("br", brotli.compress(p))),
    Case("zstd", "packs with zstd", "read",
         reading=lambda p: packed("zstd", zstd(p))),
    Case("coded-twice", "packs twice", "read",
         reading=lambda p: packed("br, gzip", gzip.compress(brotli.compress(p)))),
    Case("coded-not", "says identity", "read",
         reading=lambda p: packed("identity", p)),
    Case("coded-thrice", "packs three times", "bad_encoding",
         packed("gzip, gzip, gzip", gzip.compress(gzip.compress(b"x")))),
    Case("coded-unknown", "packs in a way nobody knows", "bad_encoding",
         packed("compress", html(TRAP))),
    Case("coded-charset", "names an alphabet as coding", "bad_encoding",
         packed("utf-8", html(TRAP))),
    Case("gzip-not", "says gzip and sends a plain page", "bad_encoding",
         packed("gzip", html(TRAP))),
    Case("gzip-cut", "cuts its packed page short", "bad_encoding",
         packed("gzip", gzip.compress(html(TRAP))[:-20])),
    Case("gzip-checksum", "gives a wrong checksum", "bad_encoding",
         packed("gzip", gzip.compress(html(TRAP))[:-8] + bytes(8))),
    Case("brotli-cut", "cuts a brotli page short", "bad_encoding",
         packed("br", brotli.compress(html(TRAP))[:-20])),
    Case("zstd-cut", "cuts a zstd page short", "bad_encoding",
         packed("zstd", zstd(html(TRAP))[:-20])),
)  # fmt: skip

BOMBS = (
    Case("bomb-gzip", "packs 20 MB into 20 KB", "too_large",
         packed("gzip", gzip.compress(ZEROS))),
    Case("bomb-deflate", "does so with deflate", "too_large",
         packed("deflate", zlib.compress(ZEROS))),
    Case("bomb-brotli", "packs 20 MB into 30 bytes", "too_large",
         packed("br", brotli.compress(ZEROS))),
    Case("bomb-zstd", "does so with zstd", "too_large", packed("zstd", zstd(ZEROS))),
    Case("bomb-nested", "packs a bomb into a bomb", "too_large",
         packed("gzip, gzip", gzip.compress(gzip.compress(ZEROS)))),
    Case("bomb-mixed", "packs a bomb into another coding", "too_large",
         packed("br, zstd", zstd(brotli.compress(ZEROS)))),
    Case("bomb-members", "sends 30,000 empty gzip files in a row", "bad_encoding",
         packed("gzip", gzip.compress(b"") * 30_000)),
    Case("bomb-frames", "sends 60,000 empty zstd frames in a row", "bad_encoding",
         packed("zstd", zstd(b"") * 60_000)),
    Case("bomb-window", "asks for 128 MB to unpack a line", "bad_encoding",
         packed("zstd", zstd(b"linje", window=27))),
    Case("bomb-redirect", "puts a bomb behind a redirect", "read",
         answer(gzip.compress(ZEROS), "302 Found", "Location: /good",
                "Content-Encoding: gzip")),
    Case("bomb-error", "puts a bomb into an error page", "too_large",
         page_of(gzip.compress(ZEROS), "Content-Encoding: gzip", status="500 Oops")),
)  # fmt: skip


def labelled(label: str, *, encode: str = "utf-8") -> Case:
    """A page whose alphabet is called by a name that Python, not the web, knows."""
    return Case(
        f"charset-{label.replace('_', '-')}",
        f"calls its alphabet {label}",
        "read",
        reading=lambda p: page_of(
            p.decode().encode(encode), f"Content-Type: text/html; charset={label}"
        ),
    )


ENDLESS = "x" * 60_000

CHARSETS = (
    *(labelled(x) for x in ("zlib", "hex", "idna", "punycode", "rot13", "base64")),
    *(labelled(x) for x in ("unicode_escape", "raw_unicode_escape", "undefined")),
    *(labelled(x) for x in ("uu", "bz2", "quopri", "mbcs", "nonsense-8")),
    Case("charset-long", "gives its alphabet a name of 60,000 signs", "read",
         reading=lambda p: page_of(p, f"Content-Type: text/html; charset={ENDLESS}")),
    labelled("iso-8859-1", encode="cp1252"),
    labelled("utf-16le", encode="utf-16-le"),
    Case("charset-utf-7", "hides its words in UTF-7", "read",
         page_of(b"<p>+AFQ-ekst</p>", "Content-Type: text/html; charset=utf-7")),
    Case("charset-two", "gives two alphabets", "read",
         reading=lambda p: page_of(p, HTML, "Content-Type: text/html; charset=hex")),
)  # fmt: skip


def xml(document: str) -> bytes:
    """An answer with an XML document."""
    return answer(document.encode(), "200 OK", XML)


def bomb(kind: str) -> str:
    """A small document that says it is a gigabyte of laughter."""
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    )
    return f"<?xml version='1.0'?><!DOCTYPE x [{laughs}]><{kind}>&l9;</{kind}>"


OUTSIDE = (
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM '{0}'>]>"
    "<rss><channel><item><title>&e;</title></item></channel></rss>"
)
ITEM = "<item><title>{}</title><description>{}</description><link>/x</link></item>"


def rss(name: str) -> str:
    """A feed of one item."""
    return f"<rss><channel>{ITEM.format('Nyt', name)}</channel></rss>"


DOCUMENTS = (
    Case("xml-laughs", "sends a feed of a billion laughs", "xml_refused",
         xml(bomb("rss")), kind="feed"),
    Case("xml-laughs-map", "does so in a sitemap", "xml_refused",
         xml(bomb("urlset")), kind="sitemap"),
    Case("xml-file", "lets a feed quote our files", "xml_refused",
         xml(OUTSIDE.format("file:///etc/passwd")), kind="feed"),
    Case("xml-inside", "lets a feed quote the inner network", "xml_refused",
         xml(OUTSIDE.format("http://127.66.0.1/")), kind="feed"),
    Case("xml-dtd", "lets a feed load its grammar from the inner network", "read",
         xml(f"<!DOCTYPE rss SYSTEM 'http://127.66.0.1/x.dtd'>{rss('Ingen')}"),
         kind="feed"),
    Case("xml-include", "lets a feed include the inner network", "read",
         xml(rss("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' "
                 "href='http://127.66.0.1/'/>")), kind="feed"),
    Case("xml-utf-16", "hides its entities in UTF-16", "xml_refused",
         answer(bomb("rss").encode("utf-16"), "200 OK", XML), kind="feed"),
    Case("xml-deep", "nests 20,000 elements in a feed", "read partly feed_unknown "
         "feed_unreadable", xml("<rss>" + "<a>" * 20_000), kind="feed"),
    Case("xml-cut", "ends its feed in the middle", "feed_unreadable partly",
         xml(rss("Ingen")[:40]), kind="feed"),
    Case("feed-page", "sends a page in place of a feed", "feed_unknown feed_unreadable",
         page_of(b"<html><body><p>Side</p></body></html>"), kind="feed"),
    Case("feed-json-deep", "nests 5,000 lists in a JSON feed", "feed_unreadable",
         answer(b'{"version":' + b"[" * 5000, "200 OK"), kind="feed"),
    Case("feed-json-number", "sends a number of 300,000 digits", "feed_unreadable "
         "feed_unknown", answer(b'{"version":' + b"9" * 300_000 + b"}", "200 OK"),
         kind="feed"),
    Case("map-bomb", "packs 20 MB of sitemap into 20 KB", "too_large "
         "sitemap_too_large sitemap_unreadable",
         answer(gzip.compress(ZEROS), "200 OK", "Content-Type: application/gzip"),
         kind="sitemap"),
    Case("map-itself", "lists its sitemap in its sitemap", "read partly",
         xml("<sitemapindex><sitemap><loc>{site}/bad</loc></sitemap></sitemapindex>"),
         kind="sitemap"),
    Case("map-inside", "lists the inner network in its sitemap", "read partly",
         xml("<urlset><url><loc>http://127.66.0.1/</loc></url></urlset>"),
         kind="sitemap"),
    Case("type-zip", "sends a zip file", "not_a_page",
         page_of(b"PK\3\4" * 99, "Content-Type: application/zip")),
    Case("type-image", "sends a picture", "not_a_page",
         page_of(b"\x89PNG\r\n" * 99, "Content-Type: image/png")),
    Case("type-script", "sends a script", "not_a_page",
         page_of(b"alert(1)", "Content-Type: text/javascript")),
)  # fmt: skip

CASES = (*CODINGS, *BOMBS, *CHARSETS, *DOCUMENTS)
