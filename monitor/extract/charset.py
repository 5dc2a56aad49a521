"""Bytes of a page become text as browsers do it; parsing is left to others."""

from __future__ import annotations

import codecs
import re

import webencodings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRESCAN = 1024
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE
)
_XML = re.compile(
    rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text and the name of the encoding used; never fails.

    Order: byte order mark, label of the header, label in the first 1,024 bytes,
    strict UTF-8, windows-1252. Labels count only as the WHATWG standard knows them.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(name, "replace")), name
    label = _from_header(content_type) or _from_meta(body)
    if label is not None:
        text, used = webencodings.decode(body, label, errors="replace")
        return _clean(text), used.name
    try:
        return _clean(body.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        fallback = webencodings.lookup("windows-1252")
        text, used = webencodings.decode(body, fallback, errors="replace")
        return _clean(text), used.name


def _clean(text: str) -> str:
    """NUL ends a text in the parser's library; the standard puts U+FFFD."""
    return text.replace("\x00", "\ufffd")


def _from_header(content_type: str | None) -> webencodings.Encoding | None:
    found = _HEADER.search(content_type or "")
    return webencodings.lookup(found[1]) if found else None


def _from_meta(body: bytes) -> webencodings.Encoding | None:
    head = _COMMENT.sub(b"", body[:_PRESCAN])
    found = _XML.search(head) or _META.search(head)
    if found is None:
        return None
    encoding = webencodings.lookup(found[1].decode("ascii", "replace"))
    if encoding is not None and encoding.name.startswith("utf-16"):
        # A label that could be read byte by byte cannot be telling the truth.
        return webencodings.lookup("utf-8")
    return encoding
