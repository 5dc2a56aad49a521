"""Each find is stored once, whoever finds it when; seeing it again only touches it."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from monitor import hits
from monitor.db import Database
from monitor.hits.record import Version, existing
from monitor.models import DataKey, Hit, HitState, Mute, Origin, Sighting
from monitor.pipeline import register
from monitor.read import Found
from monitor.signals import Rules, Signal, WordRule
from monitor.types import (
    Band,
    Image,
    Link,
    Match,
    MatchReason,
    Media,
    Moment,
    Post,
    Precision,
    Source,
)
from tests.cases.builders import NOW, make_employee
from watchlist import entries
from watchlist.base import Base
from watchlist.types import NameForms, NewEntry, OptInRecord

PAGE = "https://blog.example/traad"
WORDS = "Ruth Dahl og Ib Lund står i skranken."
POST = Post(
    place="blog.example",
    text=WORDS,
    title="Om skranken",
    author="Anonym",
    permalink=f"{PAGE}#c1",
    native_id="c1",
    published=Moment(NOW - timedelta(days=2), Precision.DAY, "20. nov."),
)
HOUR = timedelta(hours=1)


def make_found(employee_id: int, post: Post = POST, name: str = "Ruth Dahl") -> Found:
    start = post.searched_text.index(name)
    reasons = (MatchReason("rare_name", 0.1),)
    place = Match(employee_id, 0.93, Band.HIT, name, start, start + len(name), reasons)
    return Found(post, employee_id, (place,))


def make_seen(**over: Any) -> hits.Seen:
    values: dict[str, Any] = {"source_id": "blog", "page_url": PAGE, "now": NOW}
    return hits.Seen(**(values | over))


def make_source(name: str) -> Source:
    return Source(name, "web", (PAGE,), "havnelyst", timedelta(hours=6))


@pytest.fixture
def ruth(session: Session) -> int:
    register(session, [make_source("blog"), make_source("feed")], NOW)
    return make_employee(session).id


def record(session: Session, found: Found, **seen: Any) -> hits.Recorded:
    done = hits.record(session, found, make_seen(**seen), center="havnelyst")
    assert done is not None
    return done


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_find_becomes_one_hit_with_everything_told(session: Session, ruth: int) -> None:
    done = record(session, make_found(ruth), matching_version="7")
    hit = done.hit
    assert done.new
    assert (hit.state, hit.origin, hit.band) == (HitState.NEW, Origin.CRAWL, Band.HIT)
    assert (hit.employee_id, hit.center, hit.source_id) == (ruth, "havnelyst", "blog")
    assert (hit.score, hit.matching_version) == (0.93, "7")
    assert (hit.published_at, hit.published_precision) == (
        NOW - timedelta(days=2),
        Precision.DAY,
    )
    assert (hit.found_at, hit.last_seen_at) == (NOW, NOW)
    words = hits.words_of(session, hit)
    assert (words.url, words.title, words.author) == (PAGE, "Om skranken", "Anonym")
    (place,) = words.found
    assert words.text[place.start : place.end] == place.quote == "Ruth Dahl"


def test_post_without_a_time_stands_where_it_was_found(
    session: Session, ruth: int
) -> None:
    hit = record(session, make_found(ruth, replace(POST, published=None))).hit
    assert (hit.published_at, hit.published_precision) == (None, None)
    assert hit.rank == hits.rank(make_found(ruth).best, NOW)


def test_a_find_keeps_the_signals_that_fired_and_stands_where_they_put_it(
    session: Session, ruth: int
) -> None:
    text = f"{WORDS} Jeg smadrer hende. Mit CPR er 010203-1234."
    rules = Rules(version="7", words=(WordRule("threat", ("smadre*",)),))
    hit = record(session, make_found(ruth, replace(POST, text=text)), rules=rules).hit
    words = hits.words_of(session, hit)
    assert words.signals == (
        Signal("threat", ("smadrer",)),
        Signal("private_cpr", ("010203-",)),
    )
    assert words.signals_version == "7"
    assert "010203-▮▮▮▮" in words.text
    assert hit.rank.startswith("0")


def test_same_find_again_only_moves_the_time(session: Session, ruth: int) -> None:
    first = record(session, make_found(ruth)).hit
    again = record(session, make_found(ruth), now=NOW + HOUR)
    assert (again.hit, again.new) == (first, False)
    record(
        session, make_found(ruth), now=NOW - HOUR
    )  # a late worker turns nothing back
    assert (first.found_at, first.last_seen_at) == (NOW, NOW + HOUR)
    (sighting,) = first.sightings
    assert (sighting.first_at, sighting.last_at) == (NOW, NOW + HOUR)
    keys = count(session, DataKey)
    record(session, make_found(ruth))
    assert (count(session, Hit), count(session, DataKey)) == (1, keys)


def test_same_post_seen_elsewhere_is_a_sighting_more(
    session: Session, ruth: int
) -> None:
    hit = record(session, make_found(ruth)).hit
    assert not record(session, make_found(ruth), source_id="feed").new
    assert not record(session, make_found(ruth), page_url=f"{PAGE}?side=2").new
    session.expire(hit)
    places = sorted(str(sighting.source_id) for sighting in hit.sightings)
    assert places == ["blog", "blog", "feed"]


def test_two_employees_in_one_post_are_two_hits_each_without_the_other(
    session: Session, ruth: int
) -> None:
    ib = make_employee(session, "bakkely").id
    about_ruth, about_ib = make_found(ruth), make_found(ib, name="Ib Lund")
    mine = hits.record(
        session, about_ruth, make_seen(), center="havnelyst", others=about_ib.matches
    )
    theirs = hits.record(
        session, about_ib, make_seen(), center="bakkely", others=about_ruth.matches
    )
    assert mine is not None
    assert theirs is not None
    words = hits.words_of(session, mine.hit)
    assert words.text.endswith("Ruth Dahl og ▮▮ ▮▮▮▮ står i skranken.")
    assert words.title is None
    assert "Ruth" not in hits.words_of(session, theirs.hit).text
    assert theirs.hit.center == "bakkely"


def test_changed_post_is_a_new_version_and_retires_the_waiting_one(
    session: Session, ruth: int
) -> None:
    old = record(session, make_found(ruth)).hit
    new = record(session, make_found(ruth, replace(POST, text=f"{WORDS} Igen."))).hit
    assert (new.previous_hit_id, new.state) == (old.id, HitState.NEW)
    assert old.state is HitState.SUPERSEDED


@pytest.mark.parametrize("state", [HitState.IN_CASE, HitState.NO_ACTION])
def test_changed_post_leaves_what_a_person_decided(
    session: Session, ruth: int, state: HitState
) -> None:
    old = record(session, make_found(ruth)).hit
    old.state = state
    new = record(session, make_found(ruth, replace(POST, text=f"{WORDS} Igen."))).hit
    assert (new.previous_hit_id, old.state) == (old.id, state)


def test_another_post_or_employee_is_no_later_version(
    session: Session, ruth: int
) -> None:
    first = record(session, make_found(ruth)).hit
    ib = make_employee(session).id
    for found in (
        make_found(ib, name="Ib Lund"),
        make_found(ruth, replace(POST, permalink=f"{PAGE}#c2")),
    ):
        done = record(session, found)
        assert (done.new, done.hit.previous_hit_id) == (True, None)
    assert first.state is HitState.NEW


def test_muted_find_is_not_stored_until_the_mute_ends(
    session: Session, ruth: int
) -> None:
    hit = record(session, make_found(ruth)).hit
    hits.dismiss(
        session, hit, "same_name", by="bente", now=NOW, mute_for=timedelta(days=9)
    )
    session.flush()
    session.delete(hit)
    session.flush()
    seen = make_seen()
    found = make_found(ruth)
    assert hits.record(session, found, seen, center="havnelyst") is None
    assert count(session, Hit) == 0
    ib = make_employee(session).id
    assert record(session, make_found(ib, name="Ib Lund")).new  # never by author
    assert record(session, make_found(ruth, replace(POST, text=f"{WORDS}!"))).new
    assert record(session, found, now=NOW + timedelta(days=9)).new


def test_revoked_mute_holds_nothing_back(session: Session, ruth: int) -> None:
    hit = record(session, make_found(ruth)).hit
    hits.dismiss(
        session, hit, "same_name", by="bente", now=NOW, mute_for=timedelta(days=9)
    )
    session.flush()
    session.scalars(select(Mute)).one().revoked_at = NOW
    session.delete(hit)
    session.flush()
    assert record(session, make_found(ruth)).new


KEYS = [
    (POST, replace(POST, text="Andet", native_id="c9", author="Bo"), True),
    (POST, replace(POST, permalink=f"{PAGE}#c2"), False),
    (replace(POST, permalink=None), replace(POST, permalink=None, text="Andet"), True),
    (
        replace(POST, permalink=None),
        replace(POST, permalink=None, place="forum.example"),
        False,
    ),
]
NAMELESS = replace(POST, permalink=None, native_id=None)
KEYS += [
    (NAMELESS, replace(NAMELESS, text=f"  {WORDS.upper()}\n"), True),
    (NAMELESS, replace(NAMELESS, author="Bo"), False),
    (NAMELESS, replace(NAMELESS, published=None), False),
    (NAMELESS, replace(NAMELESS, text=f"{WORDS}!"), False),
]


def test_post_is_known_by_permalink_then_id_then_words(session: Session) -> None:
    for one, other, same in KEYS:
        keys = [hits.post_key(session, post) for post in (one, other)]
        assert (keys[0] == keys[1]) is same, (one, other)


CONTENTS = [
    (replace(POST, text=f"{WORDS.upper()}\n\n"), True),
    (replace(POST, extras=("3 har læst dette",), author="Bo", published=None), True),
    (replace(POST, title="Om noget andet"), False),
    (replace(POST, text=f"{WORDS}!"), False),
    (replace(POST, links=(Link("https://x.example/"),)), False),
    (replace(POST, images=(Image("https://x.example/a.png"),)), False),
    (replace(POST, media=(Media("https://x.example/a.mp3", "audio"),)), False),
]


def test_content_is_words_links_pictures_and_sound(session: Session) -> None:
    known = hits.content_hash(session, POST)
    for other, same in CONTENTS:
        assert (hits.content_hash(session, other) == known) is same, other


def test_what_surrounds_a_post_is_searched_again(session: Session) -> None:
    around = replace(POST, extras=("Ruth Dahl",))
    assert hits.searched_hash(session, POST) != hits.searched_hash(session, around)


def test_posts_that_stand_as_they_were_are_touched_and_no_others(
    session: Session, ruth: int
) -> None:
    ib = make_employee(session).id
    mine, his = (
        record(session, make_found(ruth)).hit,
        record(session, make_found(ib, name="Ib Lund")).hit,
    )
    other = record(session, make_found(ruth, replace(POST, permalink=f"{PAGE}#2"))).hit
    later = make_seen(now=NOW + HOUR)
    version = (mine.post_key, mine.content_hash)
    assert hits.seen_again(session, [version, version], later) == 2
    assert mine.last_seen_at == his.last_seen_at == NOW + HOUR
    assert other.last_seen_at == NOW
    assert hits.seen_again(session, [(mine.post_key, bytes(32))], later) == 0
    assert hits.seen_again(session, [], later) == 0
    assert count(session, Sighting) == 3


def test_unchanged_page_shows_what_was_last_on_it(session: Session, ruth: int) -> None:
    gone = record(session, make_found(ruth), now=NOW - HOUR).hit
    there = record(session, make_found(ruth, replace(POST, permalink=f"{PAGE}#2"))).hit
    away = record(
        session,
        make_found(ruth, replace(POST, permalink="https://forum.example/9")),
        page_url="https://forum.example/",
    ).hit
    later = make_seen(now=NOW + HOUR)
    assert hits.unchanged(session, later, since=NOW) == 1
    assert there.last_seen_at == NOW + HOUR
    assert there.sightings[0].last_at == NOW + HOUR
    assert (gone.last_seen_at, away.last_seen_at) == (NOW - HOUR, NOW)
    elsewhere = make_seen(source_id="feed", now=NOW + HOUR)
    assert hits.unchanged(session, elsewhere, since=NOW) == 0


def test_only_those_with_a_yes_are_still_watched(session: Session) -> None:
    given = OptInRecord(date(2026, 11, 1), "signed", "1", "drawer 1")
    rules: dict[str, Any] = {"centers": ("havnelyst",), "now": NOW, "by": "admin"}
    ids = [
        entries.add(
            session,
            NewEntry(work_id, "havnelyst", NameForms(f"Ruth {work_id}")),
            yes,
            **rules,
        ).employee_id
        for work_id, yes in (("Dahl", given), ("Holm", None))
    ]
    assert hits.still_watched(session, [*ids, 4711]) == {ids[0]: "havnelyst"}
    assert hits.still_watched(session, []) == {}


def test_fault_that_is_no_race_is_not_hidden(session: Session, ruth: int) -> None:
    with pytest.raises(IntegrityError):
        record(session, make_found(ruth), source_id="no such source")


def _waits_for_a_lock(database: Database) -> bool:
    """PostgreSQL says who waits; SQLite lets nobody begin meanwhile anyway."""
    if database.url.get_backend_name() == "sqlite":
        return True
    with database.read() as session:
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database()"
        )
        return bool(session.scalar(waiting))


def test_two_workers_with_the_same_find_store_it_once(database: Database) -> None:
    with database.begin() as session:
        register(session, [make_source("blog"), make_source("feed")], NOW)
        ruth = make_employee(session).id
        hits.post_key(session, POST)  # the key that fingerprints are made with
    began = threading.Event()

    def second() -> bool:
        began.set()
        with database.begin() as session:
            return record(session, make_found(ruth), source_id="feed").new

    with ThreadPoolExecutor(1) as pool:
        with database.begin() as session:
            assert record(session, make_found(ruth)).new
            other: Future[bool] = pool.submit(second)
            began.wait(60)
            pause = threading.Event()
            while not _waits_for_a_lock(database) and not other.done():
                pause.wait(0.01)
        assert other.result(60) is False
    with database.read() as session:
        hit = session.scalars(select(Hit)).one()
        assert {sighting.source_id for sighting in hit.sightings} == {"blog", "feed"}
        version = Version(hit.employee_id, hit.post_key, hit.content_hash)
        assert existing(session, version) is hit
        assert hits.words_of(session, hit).text == POST.searched_text
        hit_keys = session.scalars(select(DataKey).where(DataKey.scope == "hit"))
        assert len(hit_keys.all()) == 1
