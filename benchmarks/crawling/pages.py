"""Threads of a made-up debate site: three sizes, comments as WordPress prints them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

SEED = 20261122
# Posts and bytes of a page; small and middling ones are twice as usual as large ones.
SIZES = ((4, 5_000), (20, 50_000), (60, 300_000))
MIX = (0, 0, 1, 1, 2)
PLANTED = 0.000_02  # of the words: somebody who may be looked for


def _listed(words: str) -> list[str]:
    return words.split()


_GIVEN = _listed(
    "Malthe Signe Oline Torkil Asbjørn Vilhelmine Bodil Ejnar Frida Gorm Hjalmar "
    "Ingelise Jørgen Karoline Laust Merete Niels Oluf Pernille Rasmus Solvej Troels "
    "Ulla Viggo Winnie Yrsa Ærø Østen Åge Agnete Birthe Carsten"
)
_FAMILY = _listed(
    "Kringelbæk Abildtorp Vestermarksen Hjermindgaard Lundetoft Skovridder Bakkehøj "
    "Ellemose Fjordgaard Grønkær Havrelund Isagerholm Jernbjerg Klitgaarden Lyngsøe "
    "Mosekjær Nørremark Overgade Pilegreen Ravnsbjerg Stenvad Tornhøj Ulfkjær Vejlby "
    "Winthersen Yttrup Ærtebjerg Østervang Åkirkeby Brohuset Damsbo Engelund"
)
_STRANGERS = _listed("Anders Camilla Daniel Emma Henrik Julie Kasper Louise Mikkel")
_OTHERS = _listed(
    "Aagreen Brinkby Dalsmark Enghave Frostholm Granlund Hedevang Kirkegade Lindbo "
    "Møllerup Nygaardsen Pilskov Rosenvang Sandbjerg Tranekær Vindinge"
)
_WORDS = _listed(
    "bussen fra havnen kom for sent igen i dag og ingen sagde noget om det til os der "
    "stod og ventede i regnen mens kommunen skriver at alt går efter planen men jeg "
    "har nu ringet tre gange uden svar så hvad skal man tro når sagen bare ligger der "
    "på jobcentret hvor en ny sagsbehandler hver måned læser de samme papirer forfra"
)


def names(count: int) -> list[str]:
    """So many people to look for, none of them twice."""
    chosen = random.Random(SEED)
    every = [f"{g} {f}" for g in _GIVEN for f in _FAMILY]
    return chosen.sample(every, count)


@dataclass
class Thread:
    """One page of comments; ``fresh`` counts those added since."""

    host: int
    number: int
    validators: bool
    fresh: int = 0

    @property
    def path(self) -> str:
        return f"/t{self.number}/"

    @property
    def posts(self) -> int:
        return SIZES[MIX[self.number % len(MIX)]][0] + self.fresh

    def html(self, place: str) -> str:
        """The page; what stood on it stands there unchanged."""
        count, size = SIZES[MIX[self.number % len(MIX)]]
        told = random.Random(f"{SEED}/{self.host}/{self.number}")
        each = size // count
        posts = "".join(
            _post(told, place + self.path, n, size=each)
            for n in range(count + self.fresh)
        )
        return _page(f"Tråd {self.number}", f'<ol class="comment-list">{posts}</ol>')


@dataclass
class Host:
    """One site: a start page with links to its threads."""

    number: int
    count: int
    threads: list[Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.threads = [Thread(self.number, n, n % 2 == 0) for n in range(self.count)]

    def start(self) -> str:
        links = "".join(
            f'<li><a href="{t.path}">Tråd {t.number}</a></li>' for t in self.threads
        )
        return _page("Alle tråde", f"<ul>{links}</ul>")


def _post(told: random.Random, url: str, number: int, *, size: int) -> str:
    """A comment of about ``size`` bytes, half of them markup as on real sites."""
    author = f"{told.choice(_STRANGERS)}{told.randrange(1000)}"
    words: list[str] = []
    length = 0
    while length < size * 0.55:
        word = told.choice(_WORDS)
        chance = told.random()
        if chance < 0.01:
            word = f"{told.choice(_STRANGERS)} {told.choice(_OTHERS)}"
        elif chance < 0.01 + PLANTED:
            word = f"{told.choice(_GIVEN)} {told.choice(_FAMILY)}"
        words.append(word)
        length += len(word) + 1
    paragraphs = "".join(
        f'<p class="wp-block-paragraph has-text-align-left">'
        f"{' '.join(words[at : at + 40])}.</p>\n"
        for at in range(0, len(words), 40)
    )
    markup = (
        '<span class="wp-emoji-none" aria-hidden="true" data-nonce="5f2c"></span>\n'
    )
    filling = markup * max(0, int((size - length * 1.2 - 700) / len(markup)))
    return f"""<li id="comment-{number}" class="comment even thread-even depth-1">
<article id="div-comment-{number}" class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><img alt="" src="/a/{author}.png" class="avatar">
<b class="fn">{author}</b> <span class="says">siger:</span></div>
<div class="comment-metadata"><a href="{url}#comment-{number}">
<time datetime="2026-11-{1 + number % 20:02}T10:{number % 60:02}:00+01:00">
{1 + number % 20}. november 2026</time></a></div></footer>
<div class="comment-content">{paragraphs}</div>{filling}
<div class="reply"><a rel="nofollow" class="comment-reply-link"
href="{url}?replytocom={number}#respond">Svar</a></div></article></li>"""


def _page(title: str, main: str) -> str:
    return f"""<!DOCTYPE html><html lang="da"><head><meta charset="UTF-8">
<title>{title}</title><link rel="stylesheet" href="/style.css"></head>
<body class="single"><header><nav><a href="/">Forside</a></nav></header>
<main id="main"><h1>{title}</h1>{main}</main>
<footer><p>Drevet af en ganske almindelig blog</p></footer></body></html>"""
