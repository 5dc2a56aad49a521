"""What one misbehaving place does, and what a good crawler makes of it.

Every case is a site of its own with at least two pages: ``/bad`` misbehaves, and
``/good`` next to it names an employee who must be found whatever ``/bad`` did.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.fetch.sites import Asked, Script, answer, moved
from tests.world import page, post

__all__ = ["Asked", "Case", "Reply", "Script", "answer", "html", "moved", "name_of"]

Reply = bytes | Script
OK = b"HTTP/1.1 200 OK\r\n"
HTML = "Content-Type: text/html; charset=utf-8"
ALLOWED = b"User-agent: *\nAllow: /\n"
WELCOME = answer(ALLOWED)
TRAP = "Fjenderik Lokkedue"  # an employee who stands only where nobody may read

_FIRST = ("Anker", "Birte", "Dagny", "Ebbe", "Folmer", "Gerda", "Hjalmar", "Inger")
_PARTS = (
    *("Bolk", "Dyrg", "Elms", "Fugt", "Gryde", "Havn", "Kvist", "Lynge"),
    *("Mosse", "Prom", "Rand", "Skov", "Tvil", "Vaks", "Yder", "Ørke"),
)
_ENDS = ("strup", "bjerg", "qvist", "toft", "holm", "lund")
_SORTS = (_FIRST, _PARTS, _PARTS, _PARTS, _ENDS)


def name_of(what: str) -> str:
    """The employee planted on one page: always the same, and no other page's."""
    digest = hashlib.sha256(what.encode()).digest()
    first, one, two, three, end = (
        parts[byte % len(parts)] for parts, byte in zip(_SORTS, digest, strict=False)
    )
    return f"{first} {one}{two.lower()}{three.lower()}{end}"


def html(name: str, *, links: str = "") -> bytes:
    """An ordinary page that names somebody."""
    words = f"Mødet med {name} på rådhuset tog under ti minutter."
    return page(post(1, "Bussen kom for sent."), post(2, words), links=links).encode()


@dataclass(frozen=True, eq=False)
class Case:
    """One misbehaviour.

    ``expect`` is the reason under which ``/bad`` must be recorded, or several that
    are right, separated by spaces; ``read`` and ``partly`` stand for a page that is
    read. ``page`` is what ``/bad`` answers. Where it must be read all the same,
    ``reading`` makes the answer from an ordinary page with a name on it.
    ``more`` are further paths of the site. ``{site}``, ``{port}``, ``{neighbour}`` in
    addresses and heads stand for the site, its port and a site that anybody may read.
    ``alone``: nothing at all may be read from this site, so that its good page lies
    on another one. ``tls`` is the certificate it shows. ``names``: what a name
    service answers, one list for each question, the last one for ever.
    """

    id: str
    does: str
    expect: str
    page: Reply = b""
    reading: Callable[[bytes], Reply] | None = None
    more: Mapping[str, Reply] = field(default_factory=dict)
    robots: Reply = WELCOME
    url: str = "{site}/bad"
    kind: str = "web"
    source: str = ""
    alone: bool = False
    tls: str = ""
    names: Mapping[str, list[list[str]]] = field(default_factory=dict)
    unasked: tuple[str, ...] = ()

    @property
    def codes(self) -> set[str]:
        """Every reason that is right."""
        return set(self.expect.split())

    def replies(self) -> dict[str, Reply]:
        """All paths of the site."""
        bad = self.page
        if self.reading is not None:
            bad = self.reading(html(name_of(f"{self.id}/bad")))
        own = {"/robots.txt": self.robots, "/bad": bad}
        return {**self.behaving(), **own, **self.more}

    def behaving(self) -> dict[str, Reply]:
        """The paths of a site that does nothing wrong."""
        good = page_of(html(name_of(f"{self.id}/good")))
        return {"/robots.txt": WELCOME, "/good": good}


def page_of(body: bytes, *lines: str, status: str = "200 OK") -> bytes:
    """A whole answer with a page as body."""
    return answer(body, status, *(lines or (HTML,)))


def trapped(status: str = "200 OK", *lines: str) -> bytes:
    """An answer whose page nobody should ever look at."""
    return answer(html(TRAP), status, HTML, *lines)


def drip(piece: bytes, first: bytes = b"", *, every: float = 0.02) -> Script:
    """Send a small piece again and again, for ever."""

    async def send(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every)

    return send


def flood(piece: bytes, first: bytes = b"", *, last: bytes = b"") -> Script:
    """Send a piece over and over, as fast as it is taken, 100 MB at most."""

    async def send(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        block = piece * max(1, 65_536 // len(piece))
        for _ in range(100_000_000 // len(block)):
            if writer.is_closing():
                return
            writer.write(block)
            await writer.drain()
        writer.write(last)

    return send


def silent(first: bytes = b"") -> Script:
    """Send this and then nothing, without hanging up."""

    async def send(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(600)

    return send


def broken(first: bytes) -> Script:
    """Send this, then break the connection off the hard way."""

    async def send(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.transport.abort()

    return send


def in_turn(*replies: bytes) -> Script:
    """Another answer each time, the last one from then on."""
    left = list(replies)

    async def send(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if len(left) > 1 else left[0])

    return send
