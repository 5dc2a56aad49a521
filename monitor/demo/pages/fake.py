"""An anonymous Blogspot page under an employee's name: nine posts in three weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from monitor.demo import examples
from monitor.demo.dates import iso, local, long_date
from monitor.demo.picture import portrait
from monitor.demo.resource import Resource, fill, text

_TEXTS = (
    "{name} her. I dag mødte jeg på Havnelyst klokken ti og gik klokken elleve.",
    "{name} har fået nyt billede. Ligner jeg mig selv?",
    "{name} spørger: Hvem vil bytte en stempelpude for en afgørelse fra jobcentret?",
    "{name} henter søn på Solsikkeskolen og glemmer klokken.",
    "{name} har talt med sig selv på jobcentret og fik medhold.",
    "{name} ønsker alle på Havnelyst en rolig weekend, især sig selv.",
    "{name} læser jeres breve på jobcentret. Nogle af dem.",
    "{name} øver sig på ordet nej foran spejlet på Havnelyst.",
    "{name} er flyttet ind på nettet. Jobcentret ved ikke noget endnu.",
)


@dataclass(frozen=True, slots=True)
class _Post:
    number: int
    at: datetime
    words: str

    @property
    def path(self) -> str:
        here = local(self.at)
        return f"/{here.year}/{here.month:02}/dag-{self.number}.html"


def build(base: str, start: datetime) -> dict[str, Resource]:
    """Every address of the page; taking one down takes the whole blog down."""
    posts = [
        _Post(9 - n, start - timedelta(days=1 + n * 2.5), text)
        for n, text in enumerate(_texts())
    ]
    site = {
        "/robots.txt": text(f"User-agent: *\nDisallow: /search\nAllow: /\n# {base}\n"),
        "/billede.png": Resource(portrait("malthe"), "image/png", group="blog"),
        "/": _page(base, posts, posts[0].at),
    }
    return site | {one.path: _page(base, [one], one.at) for one in posts}


def _texts() -> Iterator[str]:
    return (one.format(name=examples.FAKE) for one in _TEXTS)


def _page(base: str, posts: list[_Post], modified: datetime) -> Resource:
    items = "".join(_post(base, one) for one in posts)
    markup = fill("fake_page.html", base=base, posts=items)
    return Resource(markup.encode(), modified=modified, group="blog")


def _post(base: str, one: _Post) -> str:
    picture = (
        '<div class="separator"><img alt="Redigeret billede" border="0" '
        f'src="{base}/billede.png" /></div>'
    )
    return fill(
        "fake_post.html",
        id=7000000000000000000 + one.number,
        url=base + one.path,
        day=long_date(one.at),
        iso=iso(one.at),
        time=f"{local(one.at):%H.%M}",
        words=escape(one.words, quote=False),
        picture=picture if one.number == 8 else "",
    )
