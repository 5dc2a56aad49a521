"""The demo's configuration: its centres, its sources and the enrolled people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources

_COLUMNS = (
    *("employee_id", "full_name", "aliases", "email", "linkedin_url", "center"),
    *("role_words", "opt_in_given_on", "opt_in_how", "opt_in_text_version"),
    *("opt_in_proof", "review_on"),
)
_PEOPLE = (
    ("TK-1001", "Signe Abildtorp-Vang", "Signe AV", "signe-av", "havnelyst"),
    ("TK-1002", "Malthe Kringelbæk", "", "malthe-kringelbaek", "havnelyst"),
    ("TK-1003", "Ruth Ellemose Dahl", "", "ruth-ellemose-dahl", "engdraget"),
    ("TK-1004", "Mette Nielsen", "", "", "havnelyst"),
)
# Imported, but without a yes: nobody may look for this person.
_PENDING = ("TK-1005", "Asger Lundtofte-Berg", "", "", "havnelyst")
_ROLES = {"TK-1003": "fagchef"}


@dataclass(frozen=True, slots=True)
class _Source:
    """One ``[[source]]``; paths are completed with the site's base address."""

    id: str
    kind: str
    site: str
    paths: tuple[str, ...]
    center: str = "havnelyst"
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    pagination: tuple[str, ...] = ()
    depth: int = 0
    page_limit: int = 50
    approved: bool = True
    expired: bool = False


_SOURCES = (
    _Source(
        "blog",
        "web",
        "blog",
        ("/",),
        allow=("/*",),
        deny=("*?replytocom=*", "*/feed/*", "*/wp-*", "*?p=*"),
        pagination=(
            "a.wp-block-query-pagination-next",
            "a.wp-block-comments-pagination-previous",
        ),
        depth=1,
        page_limit=60,
    ),
    _Source(
        "forum",
        "web",
        "forum",
        ("/index.php",),
        allow=("/viewforum.php?f=*", "/viewtopic.php?t=*"),
        pagination=(".pagination a[rel=next]",),
        depth=2,
        page_limit=80,
    ),
    _Source(
        "social",
        "feed",
        "social",
        ("/@koldkaffe.rss", "/@bustiden.atom", "/@solkrogen.json"),
    ),
    _Source("satire", "web", "satire", ("/",)),
    _Source("news", "sitemap", "news", ("/sitemap.xml",), center="engdraget"),
    _Source("video", "web", "video", ("/",), allow=("/klip/*",), depth=1),
    _Source("group", "web", "group", ("/gruppe",)),
    _Source("members", "web", "group", ("/medlemmer",)),
    _Source("homepage", "web", "homepage", ("/",), allow=("/afgoer*.html",), depth=1),
    _Source("lost-page", "web", "homepage", ("/gammel.html",)),
    _Source("fake-profile", "web", "fake", ("/",)),
    _Source("unapproved", "feed", "social", ("/@ukendt.rss",), approved=False),
    _Source("guest-book", "web", "homepage", ("/gaestebog.html",), expired=True),
)


_MONITOR = """language = "{language}"

[municipality]
name = "Tågeby Kommune"
ombudsman_contact = "Rådhuspladsen 1, 9999 Tågeby, tlf. 00 00 00 09"
dpo_contact = "dpo@taageby.example"
legal_basis = "databeskyttelsesforordningens artikel 6, stk. 1, litra e"
legal_basis_en = "Article 6(1)(e) of the General Data Protection Regulation"

[fetch]
contact = "https://www.taageby.example/udkig"
delay = "0s"
allow_private = {allow_private}
"""


def monitor(allow_private: Sequence[str], language: str) -> str:
    """The text of ``monitor.toml``; without a pause, as the sites are our own."""
    return _MONITOR.format(
        language=language, allow_private=json.dumps(list(allow_private))
    )


def centers() -> str:
    """The text of ``centers.toml``."""
    return resources.files(__package__).joinpath("centers.toml").read_text("utf-8")


def sources(bases: Mapping[str, str], today: date) -> str:
    """The text of ``sources.toml``, approvals dated from ``today``."""
    return "\n".join(_table(one, bases[one.site], today) for one in _SOURCES)


def _table(source: _Source, base: str, today: date) -> str:
    lines = ["[[source]]"]
    for key, value in _keys(source, base):
        lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    if source.approved:
        on = today - timedelta(days=360 if source.expired else 30)
        expires = today - timedelta(days=1) if source.expired else None
        expires = expires or on + timedelta(days=330)
        lines.append('approved_by = "Bente Holst"')
        lines.append(f"approved_on = {on}")
        lines.append(f"expires_on = {expires}")
    return "\n".join(lines) + "\n"


def _keys(source: _Source, base: str) -> list[tuple[str, object]]:
    """The keys a source sets; JSON's strings, lists and numbers are TOML's too."""
    urls = [base + path for path in source.paths]
    keys: list[tuple[str, object]] = [("id", source.id), ("kind", source.kind)]
    keys.append(("url", urls[0]) if len(urls) == 1 else ("urls", urls))
    keys += [("center", source.center), ("every", "1h")]
    if source.allow:
        keys.append(("allow", [base + pattern for pattern in source.allow]))
    if source.deny:
        keys.append(("deny", list(source.deny)))
    if source.pagination:
        keys.append(("pagination", list(source.pagination)))
    if source.kind != "feed":
        keys += [("depth", source.depth), ("page_limit", source.page_limit)]
    return keys


def watchlist(today: date) -> str:
    """The watchlist as CSV, opt-ins dated from ``today``; one person has none."""
    file = io.StringIO()
    writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    given = {
        "opt_in_given_on": str(today - timedelta(days=40)),
        "opt_in_how": "Underskrevet blanket",
        "opt_in_text_version": "2026-1",
        "review_on": str(today + timedelta(days=325)),
    }
    for person in _PEOPLE:
        writer.writerow(_row(person) | given | {"opt_in_proof": f"ESDH {person[0]}"})
    writer.writerow(_row(_PENDING))
    return file.getvalue()


def _row(person: tuple[str, str, str, str, str]) -> dict[str, str]:
    work_id, name, aliases, profile, center = person
    number = work_id.removeprefix("TK-")
    return {
        "employee_id": work_id,
        "full_name": name,
        "aliases": aliases,
        "email": f"tk{number}@taageby.example",
        "linkedin_url": f"https://linkedin.example/in/{profile}" if profile else "",
        "center": center,
        "role_words": _ROLES.get(work_id, "sagsbehandler"),
    }
