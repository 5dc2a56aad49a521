"""Stores each find once, and notes where it was seen again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from monitor.hits.queue import rank
from monitor.hits.words import Words, masked, seal
from monitor.models.hit import QUEUED, Hit, HitState, Mute, Origin, Sighting
from monitor.read import Found
from monitor.signals import Rules, find, urgency, without_cpr
from monitor.types import Match, Post
from watchlist.crypto import keyring_of
from watchlist.models import Employee, WatchEntry
from watchlist.types import EntryState, KeyScope

NO_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Seen:
    """Where and when something was found, and with which rules."""

    source_id: str | None
    page_url: str
    now: datetime
    origin: Origin = Origin.CRAWL
    matching_version: str | None = None
    rules: Rules = NO_RULES


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a find: the hit, and whether this made it."""

    hit: Hit
    new: bool


def post_key(session: Session, post: Post) -> bytes:
    """What makes a post the same post: its permalink, its id, or what it says."""
    fingerprint = keyring_of(session).fingerprint
    if post.permalink:
        return fingerprint(session, "post", "permalink", post.permalink)
    if post.native_id:
        return fingerprint(session, "post", "id", post.place, post.native_id)
    when = post.published.raw if post.published else ""
    said = ("words", post.place, post.author or "", when, _folded(post.text))
    return fingerprint(session, "post", *said)


def content_hash(session: Session, post: Post) -> bytes:
    """What makes a post's content the same: its words, links, pictures and sound."""
    parts = [
        _folded(f"{post.title or ''}\n{post.text}"),
        *sorted({link.url for link in post.links}),
        *sorted({image.url for image in post.images}),
        *sorted({media.url for media in post.media}),
    ]
    return keyring_of(session).fingerprint(session, "content", *parts)


def searched_hash(session: Session, post: Post) -> bytes:
    """What makes a search of the post come out the same.

    More than its content: what surrounds a post may change from day to day, and is
    searched again then, without making a new version of a hit.
    """
    text = _folded(post.searched_text)
    return keyring_of(session).fingerprint(session, "searched", text)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def still_watched(session: Session, employee_ids: Iterable[int]) -> dict[int, str]:
    """Those of the employees whose entry is active now, with their centre.

    Locks the entries until the transaction ends: a withdrawal that commits first
    leaves nothing to store, one that comes later erases what is stored here.
    """
    wanted = (
        select(WatchEntry.employee_id, Employee.center)
        .join(Employee, Employee.id == WatchEntry.employee_id)
        .where(
            WatchEntry.employee_id.in_(set(employee_ids)),
            WatchEntry.state == EntryState.ACTIVE,
        )
        .with_for_update(read=True, of=WatchEntry)
    )
    return {row.employee_id: row.center for row in session.execute(wanted)}


def record(
    session: Session,
    found: Found,
    seen: Seen,
    *,
    center: str,
    others: Sequence[Match] = (),
) -> Recorded | None:
    """Store a find, or note that it was seen again; None when it is muted.

    ``others`` are matches of employees of other centres in the same post: their
    names are masked in what this centre will read. The caller has made sure that
    the employee is still watched.
    """
    version = _version(session, found)
    same = existing(session, version)
    if same is not None:
        touch(session, same, seen)
        return Recorded(same, new=False)
    if _muted(session, version, seen.now):
        return None
    words = _words(found, seen, others)
    try:
        with session.begin_nested():
            hit = _new(session, found, seen, center=center, version=version)
            hit.rank = rank(found.best, _date(found, seen), urgency(words.signals))
            seal(session, hit, words)
            session.flush()
    except IntegrityError:  # another worker was first
        same = existing(session, version)
        if same is None:
            raise
        touch(session, same, seen)
        return Recorded(same, new=False)
    _supersede(session, hit)
    touch(session, hit, seen)
    return Recorded(hit, new=True)


class Version(NamedTuple):
    """One content of one post about one employee: what a hit is unique by."""

    employee_id: int
    post_key: bytes
    content_hash: bytes


def _version(session: Session, found: Found) -> Version:
    post = found.post
    key, content = post_key(session, post), content_hash(session, post)
    return Version(found.employee_id, key, content)


def existing(session: Session, version: Version) -> Hit | None:
    """The hit of exactly this version, if there is one."""
    return session.scalar(select(Hit).filter_by(**version._asdict()))


def _muted(session: Session, version: Version, now: datetime) -> bool:
    muted = (
        select(Mute.id)
        .filter_by(**version._asdict())
        .where(Mute.revoked_at.is_(None), Mute.expires_at > now)
    )
    return session.scalar(muted) is not None


def _new(
    session: Session,
    found: Found,
    seen: Seen,
    *,
    center: str,
    version: Version,
) -> Hit:
    published = found.post.published
    data_key = keyring_of(session).new_key(session, KeyScope.HIT, seen.now)
    hit = Hit(
        **version._asdict(),
        center=center,
        origin=seen.origin,
        source_id=seen.source_id,
        state=HitState.NEW,
        band=found.best.band,
        score=found.best.score,
        matching_version=seen.matching_version,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        found_at=seen.now,
        last_seen_at=seen.now,
        key_id=data_key.id,
    )
    hit.key = data_key
    session.add(hit)
    return hit


def _date(found: Found, seen: Seen) -> datetime:
    published = found.post.published
    return published.at if published else seen.now


def _supersede(session: Session, hit: Hit) -> None:
    """Link a changed post's hit to the version before it, and retire that one."""
    earlier = session.scalars(
        select(Hit)
        .where(
            Hit.employee_id == hit.employee_id,
            Hit.post_key == hit.post_key,
            Hit.id != hit.id,
        )
        .order_by(Hit.id.desc())
    ).all()
    if not earlier:
        return
    hit.previous_hit_id = earlier[0].id
    for old in earlier:
        if old.state in QUEUED:
            old.state = HitState.SUPERSEDED


def touch(session: Session, hit: Hit, seen: Seen) -> None:
    """Note where a hit was seen; seeing it again only moves the time."""
    _touch_all(session, [hit], seen)


def _touch_all(session: Session, again: Sequence[Hit], seen: Seen) -> None:
    """Note where hits were seen; as many queries for many as for one."""
    page = keyring_of(session).fingerprint(session, "page", seen.page_url)
    here = select(Sighting).where(
        Sighting.hit_id.in_([hit.id for hit in again]),
        Sighting.source_id == seen.source_id,
        Sighting.page == page,
    )
    known = {sighting.hit_id: sighting for sighting in session.scalars(here)}
    for hit in again:
        hit.last_seen_at = max(hit.last_seen_at, seen.now)
        sighting = known.get(hit.id)
        if sighting is None:
            sighting = Sighting(
                hit_id=hit.id,
                source_id=seen.source_id,
                page=page,
                first_at=seen.now,
                last_at=seen.now,
            )
            session.add(sighting)
        sighting.last_at = max(sighting.last_at, seen.now)
    session.flush()


def seen_again(
    session: Session, versions: Collection[tuple[bytes, bytes]], seen: Seen
) -> int:
    """Note that posts still stand as they were; gives how many hits that touches.

    ``versions`` are pairs of post key and content hash; a few queries, however many.
    """
    wanted = set(versions)
    keys = [key for key, _content in wanted]
    known = session.scalars(select(Hit).where(Hit.post_key.in_(keys)))
    again = [hit for hit in known if (hit.post_key, hit.content_hash) in wanted]
    if again:
        _touch_all(session, again, seen)
    return len(again)


def pages_with_hits(
    session: Session, source_id: str, urls: Collection[str]
) -> set[str]:
    """Those of a source's pages on which a hit was ever seen."""
    fingerprint = keyring_of(session).fingerprint
    known = {fingerprint(session, "page", url): url for url in urls}
    there = select(Sighting.page).where(
        Sighting.source_id == source_id, Sighting.page.in_(known)
    )
    return {known[page] for page in session.scalars(there.distinct())}


def unchanged(session: Session, seen: Seen, *, since: datetime) -> int:
    """Note that a page is as it was; gives how many hits were last seen on it.

    ``since`` is when the page was last read in full: what had gone from it by then
    is not seen again.
    """
    page = keyring_of(session).fingerprint(session, "page", seen.page_url)
    there = session.scalars(
        select(Sighting)
        .filter_by(source_id=seen.source_id, page=page)
        .where(Sighting.last_at >= since)
        .options(joinedload(Sighting.hit))
    ).all()
    for sighting in there:
        sighting.last_at = seen.now
        sighting.hit.last_seen_at = seen.now
    return len(there)


def _words(found: Found, seen: Seen, others: Sequence[Match]) -> Words:
    post = found.post
    return Words(
        url=seen.page_url,
        text=without_cpr(masked(post.searched_text, others, keep=found.matches)),
        title=without_cpr(post.title) if post.title and not others else None,
        author=post.author,
        permalink=post.permalink,
        published=post.published.raw if post.published else None,
        edited=post.edited.raw if post.edited else None,
        links=tuple(link.url for link in post.links),
        images=tuple(image.url for image in post.images),
        media=tuple(media.url for media in post.media),
        found=found.matches,
        signals=find(post, found.matches, seen.rules),
        signals_version=seen.rules.version,
    )
