"""A closed group: one page shows a form to log in, another sends there."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.demo.resource import Resource, fill, text


def build(base: str, start: datetime) -> dict[str, Resource]:
    """The closed pages; what lies behind the form exists for nobody."""
    day = start - timedelta(days=200)
    form = Resource(fill("group_login.html").encode(), modified=day)
    sent = Resource(
        b"", status=302, headers=(("Location", f"{base}/login?next=%2Fmedlemmer"),)
    )
    return {
        "/robots.txt": text("User-agent: *\nAllow: /\n"),
        "/gruppe": form,
        "/medlemmer": sent,
        "/login?next=%2Fmedlemmer": form,
    }
