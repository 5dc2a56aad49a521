"""From a page to a hit: once, with evidence, for those who are still watched."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from monitor import hits
from monitor.models import (
    EvidenceItem,
    Fetch,
    Hit,
    HitState,
    PageRecord,
    Run,
    SeenPost,
    Sighting,
    SourceState,
)
from monitor.types import RunOutcome
from tests.world import World, page, post
from watchlist import moves

NAMED = "Malthe Kringelbæk på jobcentret har givet mig afslag."
CLEAN = "Bussen fra havnen var for sent på den igen i dag."


def test_a_named_employee_becomes_a_hit_with_evidence(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(1, CLEAN), post(2, NAMED, author="Kim")))
    (report,) = world.crawl()
    assert (report.outcome, report.posts) == (RunOutcome.READ_WITH_HITS, 2)
    with world.database.read() as session:
        hit = session.scalars(select(Hit)).one()
        words = hits.words_of(session, hit)
        assert words.author == "Kim"
        assert words.permalink == world.site.url("/traad/#comment-2")
        found = words.found[0]
        assert words.text[found.start : found.end] == found.quote
        assert hit.center == "havnelyst"
        item = session.scalars(select(EvidenceItem)).one()
        stored = world.settings.evidence_dir / item.path
        assert stored.is_file()
        assert "Kringelbæk".encode() not in stored.read_bytes()


def test_what_was_seen_before_is_only_touched(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.crawl()
    first = world.now
    (report,) = world.crawl()
    assert (report.outcome, report.new_hits) == (RunOutcome.READ_WITH_HITS, 0)
    assert world.site.asked("/traad/") == [200, 304]
    with world.database.read() as session:
        hit = session.scalars(select(Hit)).one()
        sighting = session.scalars(select(Sighting)).one()
        assert (sighting.first_at, sighting.last_at) == (first, world.now)
        assert hit.last_seen_at == world.now


def test_a_changed_post_is_a_new_version(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.crawl()
    world.site.put("/traad/", page(post(2, NAMED + " Og nu er jeg vred.")))
    world.crawl()
    with world.database.read() as session:
        old, new = session.scalars(select(Hit).order_by(Hit.id)).all()
        assert (old.state, new.state) == (HitState.SUPERSEDED, HitState.NEW)
        assert new.previous_hit_id == old.id


def test_a_new_post_beside_an_old_one_leaves_the_old_one_alone(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.crawl()
    world.site.put("/traad/", page(post(2, NAMED), post(3, CLEAN)))
    (report,) = world.crawl()
    assert (report.new_posts, report.new_hits) == (1, 0)
    assert [state for _who, state, _quote in world.hits()] == ["new"]


def test_a_dismissed_post_stays_dismissed_until_it_changes(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.crawl()
    with world.database.begin() as session:
        hit = session.scalars(select(Hit)).one()
        hits.dismiss(
            session,
            hit,
            "lawful_criticism",
            by="mette",
            now=world.now,
            mute_for=timedelta(days=180),
        )
    world.site.put("/traad/", page(post(2, NAMED), post(3, CLEAN)))
    world.crawl()
    assert [state for _who, state, _quote in world.hits()] == ["no_action"]
    world.site.put("/traad/", page(post(2, NAMED + " Skam jer.")))
    world.crawl()
    assert [state for _who, state, _quote in world.hits()] == ["no_action", "new"]


def test_a_dismissed_post_stays_muted_after_its_hit_was_erased(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.crawl()
    with world.database.begin() as session:
        hit = session.scalars(select(Hit)).one()
        mute = timedelta(days=180)
        hits.dismiss(session, hit, "same_name", by="m", now=world.now, mute_for=mute)
        for item in session.scalars(select(EvidenceItem)):
            session.delete(item)
        session.delete(hit)
        for seen in session.scalars(select(SeenPost)):
            session.delete(seen)
    world.site.put("/traad/", page(post(2, NAMED), post(3, CLEAN)))
    world.crawl()
    assert world.hits() == []


def test_a_name_added_later_is_found_on_an_unchanged_page(world: World) -> None:
    world.enrol("TK-1", "Ruth Ellemose Dahl")
    world.site.put("/traad/", page(post(2, NAMED)))
    assert world.crawl()[0].outcome is RunOutcome.READ_CLEAN
    assert world.crawl()[0].outcome is RunOutcome.READ_CLEAN
    world.enrol("TK-2", "Malthe Kringelbæk")
    (report,) = world.crawl()
    assert (report.new_posts, report.new_hits) == (0, 1)
    assert world.site.asked("/traad/") == [200, 304, 200]
    world.crawl()
    assert world.site.asked("/traad/")[-1] == 304
    assert len(world.hits()) == 1


def test_nobody_paused_or_withdrawn_is_found(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.enrol("TK-2", "Ruth Ellemose Dahl")
    world.site.put("/traad/", page(post(2, NAMED), post(3, "Ruth Ellemose Dahl.")))
    with world.database.begin() as session:
        moves.pause(session, "TK-1", now=world.now, by="admin")
        moves.withdraw(session, "TK-2", now=world.now, by="admin")
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.READ_CLEAN
    assert world.hits() == []


def test_two_centres_employees_are_two_hits_with_the_other_masked(
    world: World,
) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk", "havnelyst")
    world.enrol("TK-2", "Ruth Ellemose Dahl", "bakkely")
    both = "Malthe Kringelbæk og hans kollega Ruth Ellemose Dahl lytter aldrig."
    world.site.put("/traad/", page(post(1, both)))
    world.crawl()
    with world.database.read() as session:
        mine, hers = session.scalars(select(Hit).order_by(Hit.employee_id)).all()
        assert (mine.center, hers.center) == ("havnelyst", "bakkely")
        his_text = hits.words_of(session, mine).text
        her_text = hits.words_of(session, hers).text
    assert "Malthe Kringelbæk" in his_text
    assert "Ellemose" not in his_text
    assert "Kringelbæk" not in her_text


def test_own_accounts_are_not_searched(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED, author="Havnelyst")))
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.READ_CLEAN


def test_unchanged_pages_are_neither_parsed_nor_searched(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.site.pages["/traad/"].validators = False
    world.crawl()
    with world.database.read() as session:
        parsed = session.scalar(select(PageRecord.parsed_at))
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.READ_WITH_HITS
    with world.database.read() as session:
        assert session.scalar(select(PageRecord.parsed_at)) == parsed


def test_one_bad_page_does_not_stop_the_others(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    links = '<a href="/a/">Et</a> <a href="/b/">To</a> <a href="/c/">Tre</a>'
    world.site.put("/traad/", page(post(1, CLEAN), links=links))
    world.site.put("/a/", page(post(2, NAMED)))
    world.site.put("/b/", "Fejl", 500)
    source = world.over("/traad/", depth=1, allow=(world.site.url("/*"),))
    (report,) = world.crawl(source)
    assert report.outcome is RunOutcome.PARTLY_READ
    assert report.reason is not None
    assert report.reason.code == "http_status"
    assert len(world.hits()) == 1
    with world.database.read() as session:
        state = session.get_one(SourceState, source.id)
        assert state.last_read_at == world.now


def test_a_fault_of_our_own_is_one_failed_page(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.settings.evidence_dir.write_text("a file where a folder should be")
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.FAILED
    assert world.hits() == []
    world.settings.evidence_dir.unlink()
    (report,) = world.crawl()
    assert report.new_hits == 1


def test_the_database_holds_no_words_in_the_clear(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED, author="Kim")))
    world.crawl()
    with world.database.read() as session:
        for table in (Hit, Sighting, SeenPost, Run, Fetch):
            assert session.scalar(select(func.count()).select_from(table))
            for row in session.execute(select(table.__table__)).all():
                assert "Kringelbæk" not in repr(row)


def test_what_surrounds_a_post_is_searched_without_a_new_version(
    world: World,
) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.enrol("TK-2", "Ruth Ellemose Dahl")
    before = page(post(2, NAMED)).replace(
        "<head>", '<head><meta name="description" content="Snak">'
    )
    world.site.put("/traad/", before)
    world.crawl()
    world.site.put("/traad/", before.replace("Snak", "Ruth Ellemose Dahl"))
    world.crawl()
    states = [(who, state) for who, state, _quote in world.hits()]
    assert states == [(1, "new"), (2, "new")]
