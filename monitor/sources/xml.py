"""Reads XML from strangers: no entities of its own, no network, bounded size."""

from __future__ import annotations

import html.entities
import re
import zlib
from dataclasses import dataclass

from lxml import etree

from monitor.extract.charset import decode
from monitor.types import Reason

MAX_BYTES = 50_000_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OWN_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed document; ``root`` is None when nothing could be made of it.

    ``refused`` says why it was not parsed at all, ``problem`` what was wrong in it.
    """

    root: etree._Element | None = None
    refused: Reason | None = None
    problem: str = ""


def parse(body: bytes, content_type: str | None) -> Parsed:
    """The document in some bytes, mended where that is possible."""
    text, _ = decode(body, content_type)
    if _OWN_ENTITIES.search(text):
        return Parsed(refused=Reason("xml_refused"))
    text = _NAMED.sub(_character, _DECLARATION.sub("", text, count=1)).strip()
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        return Parsed(problem=_first_problem(parser) or type(error).__name__)
    return Parsed(root=root, problem=_first_problem(parser))


def _first_problem(parser: etree.XMLParser) -> str:
    """Kind and line, not the message: it quotes the page, and this is kept."""
    for entry in parser.error_log:
        if entry.level >= etree.ErrorLevels.ERROR:
            return f"{entry.type_name}, {entry.line}"
    return ""


def _character(found: re.Match[str]) -> str:
    """Named characters of HTML, which feeds use and XML does not know."""
    if found[1] in _XML_NAMES:
        return found[0]
    return html.entities.html5.get(f"{found[1]};", found[0])


def unpacked(body: bytes, limit: int = MAX_BYTES) -> bytes | None:
    """The body with gzip undone where it is packed; None when beyond ``limit``."""
    if not body.startswith(b"\x1f\x8b"):
        return body if len(body) <= limit else None
    worker = zlib.decompressobj(wbits=31)
    try:
        plain = worker.decompress(body, limit + 1)
    except zlib.error:
        return b""
    return plain if len(plain) <= limit else None


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """The direct children with one of these names, in the order of the names."""
    return [child for name in names for child in element if local_name(child) == name]


def first_text(element: etree._Element, *names: str) -> str:
    """The text of the first such child that says anything."""
    for child in children(element, *names):
        text = "".join(map(str, child.itertext())).strip()
        if text:
            return text
    return ""
