"""Names that only the markup of a page makes: split, encoded, or beside the text.

The page around them is put together in ``pages``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random

from benchmarks.matching.people import Person, slugged
from benchmarks.matching.sentences import filled
from benchmarks.matching.writings import COMMON, Written, short, written

_INLINE = ("b", "i", "em", "strong", "span", "u", "mark")
_ENTITIES = {
    "æ": ("&aelig;", "&#230;", "&#xE6;"),
    "ø": ("&oslash;", "&#248;", "&#xf8;"),
    "å": ("&aring;", "&#229;", "&#xe5;"),
    "Æ": ("&AElig;", "&#198;"),
    "Ø": ("&Oslash;", "&#216;"),
    "Å": ("&Aring;", "&#197;"),
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A name in markup: within a sentence, as a block of its own, or in the head."""

    writing: Written
    sentence: str = ""
    block: str = ""
    head: str = ""


Marker = Callable[[Random, Person], Marked]


def _tag_split(rng: Random, person: Person) -> Marked:
    name = short(person)
    place = rng.randrange(1, len(name) - 1)
    tag = rng.choice(_INLINE)
    inside = f"{escape(name[:place])}<{tag}>{escape(name[place:])}</{tag}>"
    return Marked(written(person, "html.tag_split", name), sentence=inside)


def _tag_around(rng: Random, person: Person) -> Marked:
    name = short(person)
    tag = rng.choice(_INLINE)
    inside = f"<{tag}>{escape(person.given)}</{tag}> {escape(person.family)}"
    return Marked(written(person, "html.tag_around", name), sentence=inside)


def _entities(rng: Random, person: Person) -> Marked:
    name = short(person)
    chars = [
        rng.choice(_ENTITIES[c])
        if c in _ENTITIES
        else f"&#{ord(c)};"
        if c.isalpha() and rng.random() < 0.15
        else escape(c)
        for c in name
    ]
    return Marked(written(person, "html.entities", name), sentence="".join(chars))


def _nbsp(rng: Random, person: Person) -> Marked:
    inside = escape(short(person)).replace(
        " ", rng.choice(("&nbsp;", "&#160;", "\xa0"))
    )
    return Marked(written(person, "html.nbsp", short(person)), sentence=inside)


def _wbr(rng: Random, person: Person) -> Marked:
    family = person.family
    place = rng.randrange(1, len(family) - 1) if len(family) > 2 else 1
    soft = rng.choice(("<wbr>", "&shy;"))
    inside = (
        f"{escape(person.given)} {escape(family[:place])}{soft}{escape(family[place:])}"
    )
    return Marked(written(person, "html.wbr", short(person)), sentence=inside)


def _line_break(rng: Random, person: Person) -> Marked:
    between = rng.choice(("<br>", "<br/>", "\n", "\n      "))
    inside = f"{escape(person.given)}{between}{escape(person.family)}"
    return Marked(written(person, "html.line_break", short(person)), sentence=inside)


def _cells(rng: Random, person: Person) -> Marked:
    last_first = rng.random() < 0.3
    pair = (
        (person.family, person.given) if last_first else (person.given, person.family)
    )
    cells = "".join(f"<td>{escape(part)}</td>" for part in pair)
    heads = ("Efternavn", "Fornavn") if last_first else ("Fornavn", "Efternavn")
    head = "".join(f"<th>{part}</th>" for part in (*heads, "Enhed"))
    block = (
        f"<table><tr>{head}</tr><tr>{cells}<td>Jobcenter Havnelyst</td></tr></table>"
    )
    shown = " ".join(pair)
    return Marked(written(person, "html.table_cells", shown), block=block)


def _said(rng: Random, person: Person) -> str:
    """A few words with the name in them that also place it at work."""
    about = (
        "{N}, sagsbehandler",
        "Portræt af {N}, Jobcenter Havnelyst",
        "Klage over {N} i jobcentret",
        "Her er {N} fra jobcentret i {D}",
    )
    return filled(rng, rng.choice(about)).replace("{N}", short(person))


def _alt(rng: Random, person: Person) -> Marked:
    words = escape(_said(rng, person), quote=True)
    block = f'<p><img src="/billeder/{rng.randrange(9999)}.jpg" alt="{words}"></p>'
    return Marked(written(person, "html.alt", short(person)), block=block)


def _title(rng: Random, person: Person) -> Marked:
    words = escape(_said(rng, person), quote=True)
    block = (
        f'<p>Læs <a href="/arkiv/{rng.randrange(9999)}" title="{words}">mere</a></p>'
    )
    return Marked(written(person, "html.title", short(person)), block=block)


def _meta(rng: Random, person: Person) -> Marked:
    words = escape(_said(rng, person), quote=True)
    name = rng.choice(
        ('name="description"', 'property="og:title"', 'property="og:description"')
    )
    head = f'<meta {name} content="{words}">'
    return Marked(written(person, "html.meta", short(person)), head=head)


def _json_ld(rng: Random, person: Person) -> Marked:
    comment = {
        "@context": "https://schema.org",
        "@type": "Comment",
        "author": {"@type": "Person", "name": "kaffemor72"},
        "text": _said(rng, person),
    }
    told = json.dumps(comment, ensure_ascii=rng.random() < 0.7)
    head = f'<script type="application/ld+json">{told}</script>'
    return Marked(written(person, "html.json_ld", short(person)), head=head)


def _slug(rng: Random, person: Person) -> Marked:
    slug = slugged(short(person), "-")
    path = rng.choice(
        (
            f"2026/11/klage-over-{slug}-i-jobcentret",
            f"debat/sagsbehandler-{slug}",
            f"sager/jobcenter/{slug}.html",
        )
    )
    if person.bearers < COMMON and rng.random() < 0.5:
        path = f"tag/{slug}"
    block = f'<p><a href="https://debatten.example/{path}">Læs indlægget</a></p>'
    return Marked(written(person, "html.link_slug", slug), block=block)


MARKERS: tuple[Marker, ...] = (
    _tag_split, _tag_around, _entities, _nbsp, _wbr, _line_break, _cells, _alt,
    _title, _meta, _json_ld, _slug,
)  # fmt: skip
