"""What a document says, as the one text that is searched; pure.

For JSON lines with a text it is that text, sign for sign. A page is read by
``monitor.extract``, an archived answer's codings are undone first.
"""

from __future__ import annotations

import json
from typing import Any

from monitor.scan.inputs import LONGEST_PAGE, Item
from monitor.types import Reason

_ONE_LINE = 20  # hexadecimal digits at most in the head of a chunk


class Unreadable(Exception):  # noqa: N818  the document's fault, not a defect
    """A document that cannot be read, with the reason."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)


def document(item: Item) -> tuple[Any, str]:
    """A document's id and its text. Raises Unreadable."""
    if item.doc_id is None:
        return _of_line(item.body)
    body, kind = item.body, item.content_type
    if item.chunked:
        body = _joined(body)
    if item.codings:
        body = _decoded(body, item.codings)
    from monitor.extract.charset import decode

    text, _ = decode(body, kind)
    if kind.lower().startswith("text/plain"):
        return item.doc_id, text
    return item.doc_id, page_text(text, item.url)


def _of_line(line: bytes) -> tuple[Any, str]:
    try:
        told = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        raise Unreadable("scan_not_utf8") from None
    except (ValueError, RecursionError):
        raise Unreadable("scan_not_json") from None
    doc_id = told.get("doc_id") if isinstance(told, dict) else None
    if not isinstance(doc_id, str | int):
        raise Unreadable("scan_no_doc_id")
    if isinstance(text := told.get("text"), str):
        return doc_id, text
    if not isinstance(html := told.get("html"), str):
        raise Unreadable("scan_no_text")
    if len(html) > LONGEST_PAGE:
        raise Unreadable("scan_too_large", most=LONGEST_PAGE // 1_000_000)
    url = told.get("url")
    return doc_id, page_text(html, url if isinstance(url, str) else "")


def page_text(html: str, url: str) -> str:
    """A page as one text: what is seen, then marked blocks of what is not."""
    from monitor.extract.flat import flat_text

    try:
        return flat_text(html.replace("\x00", "\ufffd"), url)
    except ValueError:
        raise Unreadable("scan_not_html") from None


def _decoded(body: bytes, codings: tuple[str, ...]) -> bytes:
    from monitor.fetch.decode import decode
    from monitor.fetch.rules import Refusal

    try:
        done = decode(body, codings, LONGEST_PAGE)
    except Refusal:
        raise Unreadable("scan_bad_coding") from None
    if done.cut:
        raise Unreadable("scan_too_large", most=LONGEST_PAGE // 1_000_000)
    return done.body


def _joined(body: bytes) -> bytes:
    """A body sent in chunks, whole; as it is where an archive has joined it already."""
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place, place + _ONE_LINE)
        head = body[place : max(end, place)].partition(b";")[0].strip()
        try:
            size = int(head, 16)
        except ValueError:
            return b"".join(parts) if parts else body
        if not size:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        place = end + 2 + size + 2
