"""Stores a post that a person reported; no name was matched, and none is needed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from monitor.hits.record import (
    Recorded,
    Seen,
    Version,
    content_hash,
    existing,
    post_key,
    touch,
)
from monitor.hits.words import Words, seal
from monitor.models.hit import Hit, HitState, Origin
from monitor.signals import find, without_cpr
from monitor.types import Post
from watchlist.crypto import keyring_of
from watchlist.models import Employee
from watchlist.types import KeyScope


def report(
    session: Session, employee: Employee, post: Post, *, seen: Seen, words: Words
) -> Recorded:
    """Put a reported post into the queue, before what the crawler found.

    The same report again gives the hit that is there; one whose words have been
    erased since comes back with these. What was muted counts only for the crawler.
    """
    version = Version(employee.id, post_key(session, post), content_hash(session, post))
    known = existing(session, version)
    words = replace(
        words,
        text=without_cpr(words.text),
        signals=find(post, (), seen.rules),
        signals_version=seen.rules.version,
    )
    if known is None or known.sealed is None:
        try:
            with session.begin_nested():
                hit = known or Hit(**version._asdict(), center=employee.center)
                _fill(session, hit, seen=seen, words=words)
        except IntegrityError:  # somebody else reported the same at once
            known = existing(session, version)
            if known is None:
                raise
        else:
            touch(session, hit, seen)
            return Recorded(hit, new=True)
    touch(session, known, seen)
    return Recorded(known, new=False)


def _fill(session: Session, hit: Hit, *, seen: Seen, words: Words) -> None:
    hit.origin, hit.state, hit.outcome = Origin.INTAKE, HitState.NEW, None
    hit.decided_at, hit.decided_by = None, None
    hit.found_at = hit.last_seen_at = seen.now
    hit.key = keyring_of(session).new_key(session, KeyScope.HIT, seen.now)
    session.add(hit)
    seal(session, hit, words)
    session.flush()
