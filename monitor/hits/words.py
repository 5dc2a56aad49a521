"""The words of a hit: sealed under its own key, other people's names covered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from monitor.errors import Refused
from monitor.models.hit import Hit
from monitor.signals import Signal
from monitor.types import Band, Match, MatchReason
from watchlist.crypto import keyring_of

PLACE = "hit.sealed"
MASK = "▮"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of a hit that holds words; sealed under the hit's own key.

    ``text`` is what was searched, CPR numbers covered; ``found`` lists the places in
    it, best first.
    """

    url: str
    text: str
    title: str | None = None
    author: str | None = None
    permalink: str | None = None
    published: str | None = None
    edited: str | None = None
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    found: tuple[Match, ...] = ()
    signals: tuple[Signal, ...] = ()
    signals_version: str | None = None
    note: str | None = None


def masked(text: str, hide: Iterable[Match], keep: Iterable[Match] = ()) -> str:
    """The text with some matches covered, letter by letter, so offsets still hold."""
    letters = list(text)
    kept = {place for match in keep for place in range(match.start, match.end)}
    for match in hide:
        for place in range(match.start, match.end):
            if place not in kept and not letters[place].isspace():
                letters[place] = MASK
    return "".join(letters)


def seal(session: Session, hit: Hit, words: Words) -> None:
    """Put the words into the hit, readable only with the hit's key."""
    told = json.dumps(asdict(words), ensure_ascii=False)
    hit.sealed = keyring_of(session).seal(hit.key, PLACE, told)


def words_of(session: Session, hit: Hit) -> Words:
    """The words of a hit; Refused when they have been erased."""
    if hit.sealed is None or hit.key.wrapped is None:
        raise Refused("hit_erased", hit=hit.id)
    told = keyring_of(session).open_text(hit.key, PLACE, hit.sealed)
    return _read_words(json.loads(told))


def _read_words(told: dict[str, Any]) -> Words:
    found = tuple(
        Match(
            **{
                **match,
                "band": Band(match["band"]),
                "reasons": tuple(MatchReason(**r) for r in match["reasons"]),
            }
        )
        for match in told.pop("found")
    )
    for name in ("links", "images", "media"):
        told[name] = tuple(told[name])
    fired = tuple(
        Signal(s["code"], tuple(s["words"]), s["negated"])
        for s in told.pop("signals", ())
    )
    return Words(**told, found=found, signals=fired)
