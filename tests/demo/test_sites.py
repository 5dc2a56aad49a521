"""The fictional internet answers as real sites do, and leaves nothing behind."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from bs4 import BeautifulSoup

from monitor.demo.examples import BRIBES
from monitor.demo.server import target_of
from monitor.demo.sites import EXPECTED, Expected, Sites, internet
from monitor.settings import CentersToml, MonitorToml
from monitor.tomlcheck import validate
from watchlist import table

NOW = datetime(2026, 11, 22, 13, 35, tzinfo=UTC)


@pytest.fixture(scope="module")
def net() -> Iterator[Sites]:
    with internet(lambda: NOW) as sites:
        yield sites


@pytest.fixture(scope="module")
def web() -> Iterator[httpx.Client]:
    with httpx.Client(headers={"User-Agent": "Test"}, trust_env=False) as client:
        yield client


def text_of(answer: httpx.Response) -> str:
    """The words of an answer, as a browser would decode and show them."""
    kind = answer.headers["Content-Type"]
    encoding = "cp1252" if "8859" in kind else "utf-8"
    parser = "xml" if "xml" in kind else "lxml"
    soup = BeautifulSoup(answer.content.decode(encoding), parser)
    return BeautifulSoup(soup.get_text(), "lxml").get_text()


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one.example)
def test_example_stands_word_for_word(
    net: Sites, web: httpx.Client, expected: Expected
) -> None:
    answer = web.get(net.url(expected.site, expected.path))
    assert answer.status_code == 200
    assert expected.words in text_of(answer)


def test_every_address_answers_and_markup_parses(net: Sites, web: httpx.Client) -> None:
    for name, site in net.sites.items():
        for path, resource in site.resources.items():
            answer = web.get(net.url(name, path))
            assert answer.status_code == resource.status, path
            if "html" in resource.content_type and answer.status_code == 200:
                soup = BeautifulSoup(answer.content, "lxml")
                assert soup.title is not None, path
                assert "$" not in soup.get_text(), path


def test_every_own_link_leads_somewhere_or_is_barred(
    net: Sites, web: httpx.Client
) -> None:
    barred = ("/memberlist.php", "/posting.php", "/soeg", "/@", "/glemt", "/opret")
    for name, base in net.bases.items():
        site = net.sites[name]
        for path, resource in site.resources.items():
            if "html" not in resource.content_type or resource.status != 200:
                continue
            soup = BeautifulSoup(resource.body, "lxml")
            for link in soup.select("a[href], link[href]"):
                url = str(httpx.URL(base + path).join(str(link["href"])))
                target = target_of(url)
                if url.startswith(base) and not target.startswith(barred):
                    assert target in site.resources, (path, target)


def test_at_least_150_clean_posts_stand_among_the_examples(net: Sites) -> None:
    found = 0
    for name, selector in (
        ("blog", ".wp-block-comment-content, .wp-block-post-content"),
        ("forum", ".post .content"),
        ("news", "[itemprop=text], .article__body"),
        ("social", ".e-content"),
    ):
        pages = net.sites[name].resources.values()
        bodies = {one.body for one in pages if "html" in one.content_type}
        texts = {
            post.get_text()
            for body in bodies
            for post in BeautifulSoup(body, "lxml").select(selector)
        }
        planted = [one.words for one in EXPECTED]
        found += sum(not any(words in text for words in planted) for text in texts)
    assert found >= 150


def test_manual_intake_example_stands_nowhere(net: Sites) -> None:
    for site in net.sites.values():
        for resource in site.resources.values():
            assert BRIBES.encode() not in resource.body


def test_known_page_is_not_sent_again(net: Sites, web: httpx.Client) -> None:
    url = net.url("blog", "/tredje-gang/")
    first = web.get(url)
    by_tag = web.get(url, headers={"If-None-Match": first.headers["ETag"]})
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    by_date = web.get(url, headers=since)
    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert by_tag.content == b""


def test_changed_page_is_sent(net: Sites, web: httpx.Client) -> None:
    url = net.url("blog", "/tredje-gang/")
    old = {
        "If-None-Match": '"other"',
        "If-Modified-Since": "Sun, 22 Nov 2026 13:00:00 GMT",
    }
    assert web.get(url, headers=old).status_code == 200
    before = {"If-Modified-Since": "Sat, 01 Nov 2025 13:00:00 GMT"}
    assert web.get(url, headers=before).status_code == 200
    broken = {"If-Modified-Since": "yesterday"}
    assert web.get(url, headers=broken).status_code == 200


def test_taken_down_topic_is_gone_with_all_its_addresses(web: httpx.Client) -> None:
    with internet(lambda: NOW) as net:
        net.take_down(net.url("forum", "/viewtopic.php?t=22&start=10#p2213"))
        paths = ("/viewtopic.php?t=22", "/viewtopic.php?p=2213")
        gone = {web.get(net.url("forum", path)).status_code for path in paths}
        others = web.get(net.url("forum", "/viewtopic.php?t=21")).status_code
    assert gone == {410}
    assert others == 200


def test_taking_down_an_unknown_address_is_refused(net: Sites) -> None:
    with pytest.raises(KeyError):
        net.take_down(net.url("blog", "/findes-ikke/"))
    with pytest.raises(KeyError):
        net.take_down("http://www.taageby.example/")


def test_closed_and_lost_pages_answer_as_such_sites_do(
    net: Sites, web: httpx.Client
) -> None:
    form = web.get(net.url("group", "/gruppe"))
    sent = web.get(net.url("group", "/medlemmer"))
    lost = web.get(net.url("homepage", "/gammel.html"))
    missing = web.get(net.url("homepage", "/findes-ikke.html"))
    assert form.status_code == 200
    assert 'type="password"' in form.text
    assert (sent.status_code, urlsplit(sent.headers["Location"]).path) == (
        302,
        "/login",
    )
    assert lost.status_code == 200
    assert "404" in lost.text
    assert missing.status_code == 404


def test_news_comes_compressed_and_satire_in_its_old_encoding(
    net: Sites, web: httpx.Client
) -> None:
    news = web.get(net.url("news", "/sitemap.xml"))
    plain = web.get(net.url("news", "/"), headers={"Accept-Encoding": "identity"})
    satire = web.get(net.url("satire"))
    assert news.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert satire.headers["Content-Type"] == "text/html; charset=ISO-8859-1"
    assert b"\x96 igen \x96" in satire.content


def test_robots_bar_the_drafts_and_ask_for_a_pace(
    net: Sites, web: httpx.Client
) -> None:
    assert "Disallow: /kladder/" in web.get(net.url("blog", "/robots.txt")).text
    assert "Crawl-delay: 1" in web.get(net.url("video", "/robots.txt")).text


def test_feeds_say_the_same_as_the_pages(net: Sites, web: httpx.Client) -> None:
    items = web.get(net.url("social", "/@solkrogen.json")).json()["items"]
    assert len(items) == 12
    for item in items:
        words = BeautifulSoup(item["content_html"], "lxml").get_text()
        assert words in text_of(web.get(item["url"]))
    for path in ("/@koldkaffe.rss", "/@bustiden.atom"):
        soup = BeautifulSoup(web.get(net.url("social", path)).content, "xml")
        assert len(soup.find_all(("item", "entry"))) == 12


def test_requests_are_noted_with_time_and_sender(net: Sites, web: httpx.Client) -> None:
    answer = web.head(net.url("satire", "/?x=1"))
    seen = net.log[-1]
    assert answer.content == b""
    assert seen[:5] == (
        NOW,
        net.bases["satire"].removeprefix("http://"),
        "HEAD",
        "/?x=1",
        404,
    )
    assert seen.user_agent == "Test"
    assert answer.headers["Date"] == "Sun, 22 Nov 2026 13:35:00 GMT"


def test_same_start_gives_the_same_pages() -> None:
    with internet(lambda: NOW, first_port=0) as first:
        one = {key: site.resources["/robots.txt"] for key, site in first.sites.items()}
        social = set(first.sites["social"].resources)
    with internet(lambda: NOW) as second:
        assert social == set(second.sites["social"].resources)
        assert one["forum"] == second.sites["forum"].resources["/robots.txt"]


def test_everything_shown_is_recent(net: Sites) -> None:
    for site in net.sites.values():
        for resource in site.resources.values():
            if resource.modified:
                assert resource.modified <= NOW
    for resource in net.sites["forum"].resources.values():
        for time in BeautifulSoup(resource.body, "lxml").select(".post time"):
            age = NOW - datetime.fromisoformat(str(time["datetime"]))
            assert timedelta() < age < timedelta(days=30)


def test_only_loopback_listens() -> None:
    with internet(lambda: NOW) as net:
        ports = {int(place.rpartition(":")[2]) for place in net.allow_private}
        listening = [
            connection.laddr
            for connection in psutil.Process().net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        ]
        own = [place for place in listening if place.port in ports]
    assert len(own) == len(net.bases)
    assert {place.ip for place in own} == {"127.0.0.1"}


def test_end_leaves_no_thread_and_no_socket(web: httpx.Client) -> None:
    before = set(threading.enumerate())
    with internet(lambda: NOW) as net:
        place = net.allow_private[0]
        silent = socket.create_connection(("127.0.0.1", int(place.split(":")[1])))
        web.get(net.url("blog"))
    silent.close()
    assert set(threading.enumerate()) <= before  # those of others may have ended
    for base in net.bases.values():
        with pytest.raises(httpx.ConnectError):
            web.get(base)


def test_fixed_ports_follow_each_other_and_a_taken_one_is_refused() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        with (
            pytest.raises(OSError, match="in use"),
            internet(lambda: NOW, first_port=taken),
        ):
            pass


def test_configuration_is_toml_with_approvals_around_today(net: Sites) -> None:
    sources = tomllib.loads(net.sources_toml())["source"]
    centers = tomllib.loads(net.centers_toml())["center"]
    unapproved = [one["id"] for one in sources if "approved_by" not in one]
    expired = [
        one["id"] for one in sources if one.get("expires_on", NOW.date()) < NOW.date()
    ]
    assert {one["center"] for one in sources} == {one["id"] for one in centers}
    assert unapproved == ["unapproved"]
    assert expired == ["guest-book"]
    json.dumps([one["url"] if "url" in one else one["urls"] for one in sources])


def test_configuration_passes_the_settings(net: Sites) -> None:
    told = validate(MonitorToml, net.monitor_toml("en"), file="monitor.toml")
    centers = validate(CentersToml, net.centers_toml(), file="centers.toml")
    assert told.fetch.allow_private == net.allow_private
    assert [one.id for one in centers.center] == ["havnelyst", "engdraget"]


def test_watchlist_names_everyone_and_one_without_a_yes(net: Sites) -> None:
    rows = list(csv.DictReader(io.StringIO(net.watchlist_csv)))
    waiting = [row["full_name"] for row in rows if not row["opt_in_given_on"]]
    assert {one.work_id for one in EXPECTED} == {row["employee_id"] for row in rows}
    assert waiting == ["Asger Lundtofte-Berg"]
    assert all(row.new for row in table.read(net.watchlist_csv.encode()).rows)
