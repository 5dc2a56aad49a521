"""A hand-made satire page in an old encoding, served as it was in 2004."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.demo import examples
from monitor.demo.dates import long_date
from monitor.demo.resource import Resource, fill

_SIGNS = (
    "Vædderen: Du finder din nøgle i køleskabet, og det er ikke første gang.",
    "Tyren: Bussen venter på dig, men kun fordi den er gået i stå.",
    "Tvillingen: I dag bliver du enig med dig selv. Nyd det.",
    "Krebsen: Havnefogeden smiler. Ingen ved hvorfor.",
)


def build(base: str, start: datetime) -> dict[str, Resource]:
    """The front page and its robots.txt; nothing else was ever made."""
    day = start - timedelta(days=3)
    signs = "\n".join(f"<p>{sign}</p>" for sign in _SIGNS)
    markup = fill(
        "satire.html",
        date=long_date(day),
        base=base,
        text=examples.HOROSCOPE,
        signs=signs,
    )
    # Browsers read this label as windows-1252; the dashes are outside Latin-1.
    page = Resource(
        markup.encode("cp1252"), "text/html; charset=ISO-8859-1", modified=day
    )
    return {"/": page, "/robots.txt": Resource(b"", "text/plain")}
