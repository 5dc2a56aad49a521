"""A look at a real site says what is there, and "gone" only when it is sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import delete, update
from warcio.archiveiterator import ArchiveIterator

from monitor import cases, history
from monitor.evidence.store import of_case, open_item
from monitor.evidence.verify import verify_all
from monitor.hits import seal, words_of
from monitor.models import (
    CaseState,
    ClosingReason,
    EvidenceKind,
    Recheck,
    RecheckOutcome,
)
from monitor.recheck.looking import known_of
from monitor.types import Source
from tests.cases.builders import MANAGER, make_words
from tests.recheck.conftest import NAME, OTHERS, TALK, WITHOUT, WORDS, Scene, page, post

VISIBLE = RecheckOutcome.VISIBLE
CHANGED = RecheckOutcome.CHANGED
GONE = RecheckOutcome.GONE
LOGIN = RecheckOutcome.LOGIN_REQUIRED
UNSURE = RecheckOutcome.CANNOT_TELL
LOGIN_PAGE = """<html><title>Log ind</title><h1>Log ind</h1>
<p>Log ind for at se indlægget.</p><form><input type="password"></form></html>"""


def test_a_post_that_stands_as_it_was_is_visible(scene: Scene) -> None:
    assert scene.looks() == [VISIBLE]
    assert scene.rows()[0].reason_code is None
    assert scene.state() is CaseState.WAITING_AUTHOR
    assert scene.looks() == []


def test_a_post_with_other_words_but_the_name_is_visible(scene: Scene) -> None:
    scene.put(page(*OTHERS, post(2, f"{NAME} er en kold sagsbehandler.")))
    assert scene.looks() == [VISIBLE]
    assert scene.rows()[0].reason_code == "recheck_text_differs"


def test_a_post_without_the_name_has_changed(scene: Scene) -> None:
    scene.put(page(*OTHERS, post(2, "Jeg har slettet det, jeg skrev om hende.")))
    assert scene.looks() == [CHANGED]
    assert scene.state() is CaseState.OBSERVING


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_gone_at_the_second_look(
    scene: Scene, status: int
) -> None:
    scene.put("Ikke her", status)
    assert scene.looks() == [UNSURE]
    assert scene.rows()[0].absent
    assert scene.rows()[0].reason_code == "recheck_absent_once"
    assert scene.state() is CaseState.WAITING_AUTHOR
    scene.later(days=1)
    assert scene.looks() == [GONE]
    assert scene.state() is CaseState.OBSERVING


def test_a_post_missing_from_a_page_that_is_read_is_gone_at_the_second_look(
    scene: Scene,
) -> None:
    scene.put(WITHOUT)
    assert scene.looks() == [UNSURE]
    scene.later(days=1)
    assert scene.looks() == [GONE]


def test_two_looks_within_hours_are_not_enough(scene: Scene) -> None:
    scene.put(WITHOUT)
    scene.looks()
    scene.later(hours=11)
    scene.plan()
    assert scene.looks() == [UNSURE]
    scene.later(hours=1)
    scene.plan()
    assert scene.looks() == [GONE]


def test_a_sight_in_between_starts_the_count_anew(scene: Scene) -> None:
    answers = [(WITHOUT, UNSURE), (TALK, VISIBLE), (WITHOUT, UNSURE), (WITHOUT, GONE)]
    for body, outcome in answers:
        scene.put(body)
        assert scene.looks() == [outcome]
        scene.later(days=1)


def test_a_failure_in_between_neither_counts_nor_clears(scene: Scene) -> None:
    steps = [(WITHOUT, 200, UNSURE), ("Øv", 500, UNSURE), (WITHOUT, 200, GONE)]
    for body, status, outcome in steps:
        scene.put(body, status)
        assert scene.looks() == [outcome]
        scene.later(days=1)
    assert [row.absent for row in scene.rows()] == [True, False, True]


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_trouble_is_never_called_gone(scene: Scene, status: int) -> None:
    scene.put("Øv", status)
    for _ in range(3):
        assert scene.looks() == [UNSURE]
        scene.later(days=1)
    assert not any(row.absent for row in scene.rows())


def test_a_site_that_does_not_answer_at_all_cannot_tell(scene: Scene) -> None:
    scene.put("Ikke her", 404)
    scene.world.site.put("/", "Øv", 500)
    for _ in range(3):
        assert scene.looks() == [UNSURE]
        scene.later(days=1)
    assert {row.reason_code for row in scene.rows()} == {"recheck_site_silent"}


@pytest.mark.parametrize(("body", "status"), [(LOGIN_PAGE, 200), ("Nej", 401)])
def test_a_wall_says_that_a_login_is_required(
    scene: Scene, body: str, status: int
) -> None:
    scene.put(body, status)
    assert scene.looks() == [LOGIN]
    assert scene.state() is CaseState.WAITING_AUTHOR


def test_a_page_that_says_it_is_not_found_counts_as_absent(scene: Scene) -> None:
    scene.put("<html><title>Siden findes ikke</title><h1>404</h1></html>")
    assert scene.looks() == [UNSURE]
    assert scene.rows()[0].absent


def test_being_sent_elsewhere_cannot_tell(scene: Scene) -> None:
    scene.put("", 302, Location="/")
    assert scene.looks() == [UNSURE]
    assert scene.rows()[0].reason_code == "recheck_redirected"


def test_robots_that_forbid_it_cannot_tell(scene: Scene) -> None:
    site = scene.world.site
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    scene.later(days=2)
    before = len(site.asked("/traad/"))
    assert scene.looks() == [UNSURE]
    assert len(site.asked("/traad/")) == before


def test_a_source_no_longer_approved_is_not_asked(scene: Scene) -> None:
    site, source = scene.world.site, scene.world.source
    before = len(site.log)
    scene.sources = {source.id: replace(source, expires_on=scene.now.date())}
    assert scene.looks() == [UNSURE]
    scene.sources = {}
    scene.later(days=1)
    assert scene.looks() == [UNSURE]
    assert len(site.log) == before
    assert [row.reason_code for row in scene.rows()] == [
        "source_expired",
        "recheck_source_retired",
    ]


def test_a_post_that_comes_back_must_be_assessed_again(scene: Scene) -> None:
    scene.put(WITHOUT)
    scene.looks()
    scene.later(days=1)
    scene.looks()
    assert scene.state() is CaseState.OBSERVING
    scene.put(TALK)
    scene.later(days=1)
    assert scene.looks() == [VISIBLE]
    assert scene.state() is CaseState.ASSESSING


def test_every_look_leaves_evidence_and_an_event(scene: Scene) -> None:
    scene.looks()
    folder = scene.world.settings.evidence_dir
    with scene.world.database.read() as session:
        case = scene.case(session)
        item = of_case(session, case)[-1]
        assert (item.kind, item.key_id) == (EvidenceKind.RECHECK, case.key_id)
        warc = open_item(session, item, folder)
        texts = [r.content_stream().read() for r in ArchiveIterator(BytesIO(warc))]
        assert any(WORDS.encode() in text for text in texts)
        told = cases.story(session, case, actor=MANAGER)
        (event,) = [e for e in told if e.kind == "recheck_done"]
        assert event.actor == history.SYSTEM
        assert event.payload is not None
        assert event.payload["new"] == "visible"
        assert verify_all(session, folder, scene.now).faults == ()


def test_looks_that_were_missed_are_caught_up_once(scene: Scene) -> None:
    scene.later(days=5, hours=1)
    assert scene.looks() == [VISIBLE]
    assert scene.looks() == []
    scene.later(days=1)
    assert scene.looks() == [VISIBLE]


def test_a_closed_case_is_looked_at_no_more(scene: Scene) -> None:
    with scene.world.database.begin() as session:
        case = scene.case(session)
        how: dict[str, Any] = {"actor": MANAGER, "now": scene.now}
        cases.care(session, case, "employee_told", answer="on_leave", **how)
        cases.care(session, case, "support_offered", answer="on_leave", **how)
        cases.close(session, case, ClosingReason.NOT_REMOVED, **how)
    assert scene.looks() == []


def test_words_that_were_erased_cannot_be_looked_for(scene: Scene) -> None:
    with scene.world.database.begin() as session:
        (hit,) = scene.case(session).hits
        session.info["keyring"].destroy(hit.key, scene.now)
    before = len(scene.world.site.log)
    assert scene.looks() == [UNSURE]
    assert scene.rows()[0].reason_code == "hit_erased"
    assert len(scene.world.site.log) == before


def test_a_feed_without_addresses_cannot_tell(scene: Scene) -> None:
    source = replace(scene.world.source, kind="feed", urls=("https://feed.example/",))
    with scene.world.database.begin() as session:
        (hit,) = scene.case(session).hits
        seal(session, hit, replace(words_of(session, hit), permalink=None))
    scene.sources = {source.id: source}
    assert scene.looks() == [UNSURE]
    assert scene.rows()[0].reason_code == "recheck_no_address"


def test_a_look_that_was_taken_over_meanwhile_is_not_stored(scene: Scene) -> None:
    def take_over() -> None:
        with scene.world.database.begin() as session:
            session.execute(update(Recheck).values(attempts=Recheck.attempts + 1))

    assert scene.look_with(take_over) is None
    assert scene.rows() == []


def test_a_plan_made_anew_meanwhile_drops_the_look(scene: Scene) -> None:
    def forget() -> None:
        with scene.world.database.begin() as session:
            session.execute(delete(Recheck))

    assert scene.look_with(forget) is None


def test_an_address_outside_the_source_is_not_asked() -> None:
    source = Source(
        id="blog",
        kind="web",
        urls=("https://blog.example/",),
        center="havnelyst",
        every=timedelta(hours=1),
    )
    page_url = "https://blog.example/side/2"
    near = make_words(url=page_url, permalink="https://blog.example/42#c1")
    far = make_words(url=page_url, permalink="https://elsewhere.example/42")
    assert (known_of(near, source).url, known_of(near, source).own) == (
        "https://blog.example/42#c1",
        True,
    )
    assert (known_of(far, source).url, known_of(far, source).own) == (page_url, False)


def test_a_look_that_was_cut_off_is_taken_again_after_its_lease(scene: Scene) -> None:
    from monitor.recheck.planning import due, take

    lease = timedelta(minutes=5)
    database = scene.world.database
    for attempt in (1, 2, 3):
        with database.begin() as session:
            (first, *_) = due(session, scene.now)
            row = take(session, first, scene.now, lease=lease, attempts=3)
            assert row is not None
            assert row.attempts == attempt
        assert scene.looks() == []
        scene.later(minutes=6)
    assert scene.looks() == []
    assert scene.rows()[0].reason_code == "recheck_gave_up"
