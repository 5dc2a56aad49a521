"""One answer becomes posts, posts become finds, and all of it can be sent away."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.match import Index, Thresholds, build
from monitor.read import Found, parse, search
from monitor.types import Answer, Context, Entry, Post, ReadState, Request, Role, Source
from tests.world import page, post

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://forum.example/traad/"
SOURCE = Source("forum", "web", (URL,), "havnelyst", timedelta(hours=6))
MALTHE = Entry(1, "havnelyst", "Malthe Kringelbæk")
SIGNE = Entry(2, "bakkely", "Signe Abildtorp-Vang", aliases=("Signe AV",))
INDEX = build((MALTHE, SIGNE))
HERE = Context("havnelyst", {"havnelyst": ("jobcenter",)})
THRESHOLDS = Thresholds()


def make_answer(body: str, *, kind: str = "text/html; charset=utf-8") -> Answer:
    raw = body.encode()
    headers = (("Content-Type", kind),)
    return Answer(URL, URL, 200, headers, raw, raw, NOW)


def make_post(text: str, **over: str) -> Post:
    return replace(Post("forum.example", text, permalink=URL), **over)  # type: ignore[arg-type]


def searched(*posts: Post, index: Index = INDEX) -> tuple[Found, ...]:
    return search(posts, index, context=HERE, thresholds=THRESHOLDS)


def test_page_is_read_by_the_kind_of_its_source() -> None:
    answer = make_answer(page(post(1, "Bussen kom."), post(2, "Igen for sent.")))
    read = parse(SOURCE, Request(URL), answer)
    assert read.state is ReadState.READ
    assert [p.text for p in read.posts] == ["Bussen kom.", "Igen for sent."]


def test_feed_is_read_as_a_feed_and_not_as_a_page() -> None:
    feed = replace(SOURCE, kind="feed")
    body = """<rss version="2.0"><channel><title>F</title><item><title>Nyt</title>
      <link>https://forum.example/1</link><description>Bussen kom.</description>
      </item></channel></rss>"""
    answer = make_answer(body, kind="application/rss+xml")
    (item,) = parse(feed, Request(URL, Role.FEED), answer).posts
    assert item.permalink == "https://forum.example/1"
    assert "Bussen kom." in item.text


def test_everybody_named_in_a_post_is_found_once_with_every_place() -> None:
    text = (
        "Malthe Kringelbæk og Signe Abildtorp-Vang. Igen: Kringelbæk, Malthe. "
        "Malthe kringelbæk!"
    )
    found = {one.employee_id: one for one in searched(make_post(text))}
    assert set(found) == {1, 2}
    assert len(found[1].matches) == 3
    scores = [match.score for match in found[1].matches]
    assert scores == sorted(scores, reverse=True)
    assert found[1].best is found[1].matches[0]
    assert found[1].best.start == 0
    for one in found.values():
        for match in one.matches:
            assert text[match.start : match.end] == match.quote


def test_each_post_is_a_find_of_its_own() -> None:
    posts = [make_post(f"{n}: Malthe Kringelbæk") for n in range(3)]
    assert [one.post for one in searched(*posts)] == posts


@pytest.mark.parametrize(
    "text",
    [
        "Malthe bor her. Hos Kringelbæk sælges cykler i dag, og vejret er godt.",
        "Bussen kom for sent.",
        "",
    ],
)
def test_post_that_names_nobody_brings_nothing(text: str) -> None:
    assert searched(make_post(text)) == ()


def test_empty_watchlist_finds_nobody() -> None:
    assert searched(make_post("Malthe Kringelbæk"), index=build(())) == ()


def test_titles_and_what_is_not_seen_are_searched_too() -> None:
    titled = make_post("Bussen kom.", title="Malthe Kringelbæk")
    pictured = replace(make_post("Bussen kom."), extras=("Foto: Malthe Kringelbæk",))
    for one in searched(titled, pictured):
        place = one.best
        told = one.post.searched_text[place.start : place.end]
        assert told == place.quote == "Malthe Kringelbæk"
    assert len(searched(titled, pictured)) == 2


def test_work_may_be_done_by_another_process() -> None:
    posts = (make_post("Malthe Kringelbæk"),)
    body = page(post(1, "Malthe Kringelbæk står i skranken."))
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as pool:
        index = pickle.loads(pickle.dumps(INDEX))
        away = pool.submit(search, posts, index, context=HERE, thresholds=THRESHOLDS)
        read = pool.submit(parse, SOURCE, Request(URL), make_answer(body))
        assert away.result(60) == searched(*posts)
        assert read.result(60) == parse(SOURCE, Request(URL), make_answer(body))
