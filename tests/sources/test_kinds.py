"""Approval decides whether a source may be read at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.i18n import say
from monitor.sources import KINDS, is_approved
from monitor.types import Source

SOURCE = Source(
    id="forum",
    kind="web",
    urls=("https://forum.example/",),
    center="havnelyst",
    every=timedelta(hours=6),
    approved_by="Anne Lindebjerg",
    approved_on=date(2026, 3, 1),
    expires_on=date(2027, 3, 1),
)


def test_only_an_approval_that_holds_today_counts() -> None:
    def code(source: Source, today: date) -> str | None:
        reason = is_approved(source, today)
        assert reason is None or "forum" in say(reason, "en")
        return reason.code if reason else None

    assert code(SOURCE, date(2026, 3, 1)) is None
    assert code(SOURCE, date(2027, 2, 28)) is None
    assert code(SOURCE, date(2027, 3, 1)) == "source_expired"
    assert code(SOURCE, date(2026, 2, 28)) == "source_not_yet_approved"
    bare = replace(SOURCE, approved_by=None, approved_on=None, expires_on=None)
    assert code(bare, date(2026, 4, 1)) == "source_unapproved"


def test_every_kind_can_start_and_read() -> None:
    assert set(KINDS) == {"web", "feed", "sitemap"}
    for kind in KINDS.values():
        assert len(kind.start(SOURCE)) == 1
