"""Find employees' own e-mail addresses and profile addresses in a page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from urllib.parse import unquote

from monitor.match.candidate import Candidate, Way
from monitor.match.fold import fold
from monitor.match.index import Index
from monitor.match.page import Page

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
# Addresses written so that machines do not see them: "mn (at) tågeby punktum dk".
SPOKEN = ("(a", "[a", "{a", "<a", "snabel", " at ", " @ ")
_OPEN, _CLOSE = r"[ ]?[(\[{<][ ]?", r"[ ]?[)\]}>][ ]?"
_A, _POINT = r"(?:snabel-?[ ]?a|at|a|@)", r"(?:dot|punktum|prik|\.)"
_AT = rf"(?:{_OPEN}{_A}{_CLOSE}|[ ]{_A}[ ])"
_DOT = re.compile(rf"{_OPEN}{_POINT}{_CLOSE}|[ ]{_POINT}[ ]")
_SPELLED_OUT = re.compile(
    rf"(?<![\w.+-])([\w.+-]++){_AT}([\w-]++(?:(?:\.|{_DOT.pattern})[\w-]++)++)"
)
# What of such an address follows one of ``SPOKEN``.
SPOKEN_ON = re.compile(rf"[(\[{{< ]*+{_A}[)\]}}> ]+[\w-]++(?:\.[\w-]|{_DOT.pattern})")
_PATH = re.compile(r"/[^\s?#\"'<>()\[\]{}|]+")
_MOST_SEGMENTS = 4  # of a path that a profile address may have
_TRAILING = ".,;:!*"  # signs after an address that are not of it


def addresses(index: Index, page: Page) -> Iterator[Candidate]:
    """Exact e-mail addresses and profile paths of entries, whatever the host."""
    if index.emails and "@" in page.folded:
        for found in _EMAIL.finditer(page.folded):
            for entry in index.emails.get(found[0], ()):
                yield _address(page, entry, Way.EMAIL, place=found.span())
    if index.emails and any(at in page.folded for at in SPOKEN):
        for found in _SPELLED_OUT.finditer(page.folded):
            address = f"{found[1]}@{_DOT.sub('.', found[2])}"
            for entry in index.emails.get(address, ()):
                yield _address(page, entry, Way.EMAIL, place=found.span())
    if index.paths:
        for found in _PATH.finditer(page.folded):
            yield from _profiles(index, page, found)


def _profiles(index: Index, page: Page, found: re.Match[str]) -> Iterator[Candidate]:
    """The path of an address, or its beginning, as one that an entry gave."""
    address, offset = found[0], found.start()
    start = address.find("/", 2) if address.startswith("//") else 0
    if start < 0:
        return
    end = start
    for _ in range(_MOST_SEGMENTS):
        end = address.find("/", end + 1)
        path = address[start + 1 : end if end >= 0 else None].rstrip(_TRAILING)
        for entry in index.paths.get(fold(unquote(path)), ()):
            begin = offset + start + 1
            place = (begin, begin + len(path))
            yield _address(page, entry, Way.PROFILE_URL, place=place)
        if end < 0:
            return


def _address(page: Page, entry: int, way: Way, *, place: tuple[int, int]) -> Candidate:
    start, end = place
    return Candidate(
        entry=entry,
        way=way,
        first=max(0, bisect_right(page.tokens, start, key=attrgetter("start")) - 1),
        last=max(0, bisect_left(page.tokens, end, key=attrgetter("start")) - 1),
        start=start,
        end=end,
    )
