"""A small social network: accounts as RSS, Atom and JSON Feed, and status pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from monitor.demo import examples
from monitor.demo.dates import iso, long_time, mail_time
from monitor.demo.everyday import Everyday
from monitor.demo.resource import Resource, fill, text


@dataclass(frozen=True, slots=True)
class _Status:
    id: int
    account: str
    at: datetime
    words: str


def build(base: str, start: datetime) -> dict[str, Resource]:
    """Every address of the network: feeds, and a page for each status."""
    coffee = _statuses("koldkaffe", "hverdag", start, planted=(1, examples.COLDEST))
    bus = _statuses("bustiden", "bus", start)
    garden = _statuses("solkrogen", "have", start)
    unknown = _statuses("ukendt", "mad", start, planted=(0, examples.UNAPPROVED))
    site = {
        "/robots.txt": text(
            "User-agent: *\nDisallow: /api/\nDisallow: /media_proxy/\n"
        ),
        "/@koldkaffe.rss": _rss(base, "koldkaffe", coffee),
        "/@bustiden.atom": _atom(base, "bustiden", bus),
        "/@solkrogen.json": _json(base, "solkrogen", garden),
        "/@ukendt.rss": _rss(base, "ukendt", unknown),
    }
    for status in (*coffee, *bus, *garden, *unknown):
        site[f"/@{status.account}/{status.id}"] = _page(base, status)
    return site


def _statuses(
    account: str, topic: str, start: datetime, *, planted: tuple[int, str] | None = None
) -> list[_Status]:
    writer = Everyday(account)
    statuses = []
    for n in range(12):
        at = start - timedelta(days=n, hours=writer.number(2, 14), minutes=n)
        # As Mastodon numbers them: milliseconds in the upper bits.
        number = (int(at.timestamp()) * 1000) << 16 | n
        statuses.append(_Status(number, account, at, writer.remark(topic)))
    if planted:
        place, words = planted
        old = statuses[place]
        statuses[place] = _Status(old.id, account, old.at, words)
    return statuses


def _link(base: str, status: _Status) -> str:
    return f"{base}/@{status.account}/{status.id}"


def _rss(base: str, account: str, statuses: list[_Status]) -> Resource:
    items = "".join(
        fill(
            "social_item.xml",
            link=_link(base, status),
            date=mail_time(status.at),
            content=escape(f"<p>{escape(status.words, quote=False)}</p>"),
        )
        for status in statuses
    )
    home = f"{base}/@{account}"
    feed = fill("feed.xml", title=account, base=home, self=home + ".rss", items=items)
    return text(feed, "application/rss+xml; charset=utf-8")


def _atom(base: str, account: str, statuses: list[_Status]) -> Resource:
    entries = "".join(
        fill(
            "social_entry.xml",
            link=_link(base, status),
            date=iso(status.at),
            content=escape(f"<p>{escape(status.words, quote=False)}</p>"),
        )
        for status in statuses
    )
    feed = fill(
        "social.atom",
        account=account,
        home=f"{base}/@{account}",
        updated=iso(statuses[0].at),
        entries=entries,
    )
    return text(feed, "application/atom+xml; charset=utf-8")


def _json(base: str, account: str, statuses: list[_Status]) -> Resource:
    home = f"{base}/@{account}"
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": account,
        "home_page_url": home,
        "feed_url": f"{home}.json",
        "language": "da",
        "authors": [{"name": account, "url": home}],
        "items": [
            {
                "id": _link(base, status),
                "url": _link(base, status),
                "content_html": f"<p>{escape(status.words, quote=False)}</p>",
                "date_published": iso(status.at),
            }
            for status in statuses
        ],
    }
    return text(json.dumps(feed, ensure_ascii=False), "application/feed+json")


def _page(base: str, status: _Status) -> Resource:
    markup = fill(
        "social_status.html",
        link=_link(base, status),
        account=status.account,
        words=escape(status.words),
        iso=iso(status.at),
        time=long_time(status.at),
    )
    group = f"status-{status.id}"
    return Resource(markup.encode(), modified=status.at, group=group)
