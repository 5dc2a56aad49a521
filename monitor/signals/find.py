"""Go through all rules for one employee's places in one post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from monitor.signals.phrases import Span, Text
from monitor.signals.private import addresses, cpr_numbers, phone_numbers
from monitor.signals.rules import Reach, Rules, Signal, Urgency, WordRule
from monitor.types import Band, Match, Post

URGENT = frozenset({"threat", "private_cpr", "private_phone", "private_address"})
WITH_CONTEXT = frozenset({"family", "photo", "profile_link", "media", "accusation"})
_MOST_WORDS = 5  # shown of one rule
_FURNITURE = re.compile(r"(?i)avatar|gravatar|smil|emoji|icon|logo|sprite|badge|rank")
_SHARING = re.compile(r"(?i)/(?:share|sharer|intent|dialog|plugins)\b")
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(/[^\s<>\"']+)"
)


def find(post: Post, matches: Sequence[Match], rules: Rules) -> tuple[Signal, ...]:
    """Every signal of a find, in the order of the rules' urgency; none twice.

    ``matches`` are the places of one employee in ``post.searched_text``; without any,
    as when somebody reported the post, all of it is about the employee.
    """
    text = Text(
        post.searched_text, [(match.start, match.end) for match in matches], rules.near
    )
    fired = (
        *(_words(rule, text, rules) for rule in rules.words),
        *_private(text, rules),
        _photo(post),
        _profile(post, text, rules),
        Signal("media", tuple(m.url for m in post.media)) if post.media else None,
        *_of_match(matches),
    )
    return _merged(signal for signal in fired if signal is not None)


def urgency(signals: Iterable[Signal]) -> Urgency:
    """When a person should look; a person may always decide otherwise."""
    codes = {signal.code for signal in signals}
    if codes & URGENT:
        return Urgency.URGENT
    if codes & WITH_CONTEXT and "context" in codes:
        return Urgency.TODAY
    return Urgency.NORMAL


def _words(rule: WordRule, text: Text, rules: Rules) -> Signal | None:
    places = list(text.occurrences(rule))
    if not places:
        return None
    negated = all(text.negated(place, rules.negations) for place in places)
    return _signal(rule.code, text, places, negated=negated)


def _signal(
    code: str, text: Text, places: Iterable[Span], *, negated: bool = False
) -> Signal | None:
    words = tuple(dict.fromkeys(text.text[start:end] for start, end in places))
    return Signal(code, words[:_MOST_WORDS], negated) if words else None


def _private(text: Text, rules: Rules) -> Iterator[Signal | None]:
    yield _signal("private_cpr", text, _shown(cpr_numbers(text.text)))
    yield _signal("private_phone", text, phone_numbers(text.text, rules.office_numbers))
    found = addresses(text.text, rules.office_addresses)
    near = (place for place in found if text.reaches(place, Reach.NEAR))
    yield _signal("private_address", text, near)


def _shown(numbers: Iterable[Span]) -> Iterator[Span]:
    """CPR numbers without their last four digits."""
    return ((start, end - 4) for start, end in numbers)


def _photo(post: Post) -> Signal | None:
    shown = [image for image in post.images if not _FURNITURE.search(image.url)]
    urls = tuple(dict.fromkeys(image.url for image in shown))
    return Signal("photo", urls[:_MOST_WORDS]) if urls else None


def _profile(post: Post, text: Text, rules: Rules) -> Signal | None:
    linked = [link.url for link in post.links if _is_profile(link.url, rules)]
    written = [
        found[0]
        for found in _ADDRESS.finditer(text.text)
        if _is_profile(f"https://{found[1]}{found[2]}", rules)
    ]
    urls = tuple(dict.fromkeys([*linked, *written]))
    return Signal("profile_link", urls[:_MOST_WORDS]) if urls else None


def _is_profile(url: str, rules: Rules) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # not an address after all
        return False
    host = parts.hostname or ""
    of_list = any(host == h or host.endswith(f".{h}") for h in rules.profile_hosts)
    return of_list and len(parts.path) > 1 and not _SHARING.search(parts.path)


def _of_match(matches: Sequence[Match]) -> Iterator[Signal]:
    reasons = [reason for match in matches for reason in match.reasons]
    words = [str(r.params["word"]) for r in reasons if r.code == "context_word"]
    if words or any(r.code == "context_unnamed" for r in reasons):
        yield Signal("context", tuple(dict.fromkeys(words))[:_MOST_WORDS])
    if matches and all(match.band is Band.WEAK for match in matches):
        yield Signal("weak_name")


def _merged(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Signals of one code made one: media by its words and by its players."""
    by_code: dict[str, Signal] = {}
    for signal in signals:
        known = by_code.get(signal.code, signal)
        words = tuple(dict.fromkeys((*known.words, *signal.words)))
        negated = known.negated and signal.negated
        by_code[signal.code] = Signal(signal.code, words[:_MOST_WORDS], negated)
    return tuple(sorted(by_code.values(), key=lambda signal: _order(signal.code)))


def _order(code: str) -> int:
    return 0 if code in URGENT else 1 if code in WITH_CONTEXT else 2
