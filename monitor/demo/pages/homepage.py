"""A citizen's own pages: a decision copied out, a guest book, and a lost page."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.demo import examples
from monitor.demo.dates import long_date
from monitor.demo.picture import portrait
from monitor.demo.resource import Resource, fill, paragraphs, text


def build(base: str, start: datetime) -> dict[str, Resource]:
    """Every address of the pages. ``/gammel.html`` says with 200 that it is lost."""
    day = start - timedelta(days=9)
    decision = fill(
        "homepage_decision.html",
        date=long_date(day),
        number=examples.OWN_NUMBER,
        officer=examples.DECISION,
    )
    guests = fill(
        "homepage.html", title="Gæstebog", main=paragraphs([examples.EXPIRED])
    )
    lost = fill(
        "homepage.html",
        title="Siden blev ikke fundet",
        main="<p>Beklager, siden findes ikke længere (fejl 404).</p>",
    )
    front = fill("homepage.html", title="Min sag", main=_LINKS)
    return {
        "/robots.txt": text(f"# {base}\nUser-agent: *\nDisallow:\n"),
        "/": Resource(front.encode(), modified=day),
        "/afgoerelsen.html": Resource(decision.encode(), modified=day),
        "/gaestebog.html": Resource(guests.encode(), modified=day),
        "/gammel.html": Resource(lost.encode()),
        "/afgoerelse.png": Resource(portrait("paper"), "image/png"),
    }


_LINKS = (
    "<p>Her lægger jeg mine papirer, så andre kan se, hvordan det går.</p>\n"
    '<ul><li><a href="/afgoerelsen.html">Afgørelsen</a></li></ul>'
)
