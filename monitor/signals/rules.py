"""The values of this room: what may fire, where, and what fired."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far from the name the words of a rule may stand."""

    NEAR = "near"
    SENTENCE = "sentence"
    POST = "post"


class Urgency(StrEnum):
    """When a person should look; in the order of the inbox."""

    URGENT = "urgent"
    TODAY = "today"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that fire ``code`` when they stand within ``reach`` of the name.

    In a phrase ``*`` stands for any ending of a word, and ``…`` for up to three
    words between. ``exceptions`` are phrases that only look like one.
    """

    code: str
    phrases: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    reach: Reach = Reach.NEAR


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a municipality; ``near`` counts words either side of the name.

    Numbers and addresses of its own offices are nobody's private ones.
    """

    version: str = "1"
    words: tuple[WordRule, ...] = ()
    negations: tuple[str, ...] = ()
    profile_hosts: tuple[str, ...] = ()
    near: int = 12
    office_numbers: tuple[str, ...] = ()
    office_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that fired, with the words it fired on as they stand in the post.

    ``negated`` when something right before each of them says no ("aldrig").
    """

    code: str
    words: tuple[str, ...] = ()
    negated: bool = False
