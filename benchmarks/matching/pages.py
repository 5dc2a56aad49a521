"""Labelled pages: who is named in which words and where, or that nobody is.

HTML goes through the product's own reader, as in the crawler, and offsets refer to
the text it gives. How names are written is left to ``writings`` and its siblings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import cycle, islice
from random import Random

from benchmarks.matching import sentences
from benchmarks.matching.disguise import OBFUSCATED, TYPOS
from benchmarks.matching.markup import MARKERS, Marked
from benchmarks.matching.people import CENTERS, Crowd, Namer, Person, key
from benchmarks.matching.sentences import filled, lines_of
from benchmarks.matching.traps import TRAPS, Setting, Trap, near_name
from benchmarks.matching.writings import (
    FOLD,
    PHONETIC,
    PLAIN,
    SOCIAL,
    WEAK,
    Writer,
    Written,
)
from monitor.extract import read_page
from monitor.types import Context

_NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
_MOST_ALIKE = 8  # people of one initial and surname, above which it names nobody
_ATTEMPTS = 400
_OF_WORK = re.compile(r"\{C\}|[Kk]ommun|[Ss]ag|afgør|ydelse|[Kk]lage")
# A first name alone is planted only right beside what its bearer does or where.
_BESIDE = re.compile(
    r"(?:behandler|rådgiver|konsulent|konsulenten|[Ff]agchef) \{N\}"
    r"|\{N\} (?:på|fra|nede på) (?:[Jj]obcent|kommunen)"
)
WRITERS: dict[str, tuple[Writer, ...]] = {
    "plain": PLAIN,
    "fold": FOLD,
    "fuzzy": (*TYPOS, *PHONETIC),
    "social": SOCIAL,
    "obfuscated": OBFUSCATED,
    "weak": WEAK,
}
# How many of a hundred pages are of each sort.
SHARES = {
    "plain": 14, "fold": 11, "fuzzy": 13, "social": 10, "obfuscated": 11, "html": 8,
    "weak": 5, "trap": 10, "near": 4, "clean": 14,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Truth:
    """Who a page names and where; ``start`` is -1 when the reader lost the words."""

    person: int
    writing: Written
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page with what is true of it; ``sort`` is a group of kinds."""

    number: int
    sort: str
    kind: str
    text: str
    context: Context
    truths: tuple[Truth, ...] = ()


@dataclass(frozen=True, slots=True)
class Draw:
    """Which pages to make: the seed and whether they are for tuning."""

    seed: int
    tuning: bool

    @property
    def name(self) -> str:
        """What a report calls this draw."""
        return f"{'tuning' if self.tuning else 'reporting'} seed {self.seed}"


TUNING = Draw(1, tuning=True)
REPORTING = Draw(90_001, tuning=False)


def labelled(
    people: Iterable[Person], draw: Draw, number: int, *, only: str = ""
) -> Iterator[Labelled]:
    """That many pages in the usual mixture, or of one sort or kind."""
    writer = Pages(people, draw)
    sorts = [sort for sort, share in SHARES.items() for _ in range(share)]
    if only:
        sorts = [only.split(".", maxsplit=1)[0]]
    writer.rng.shuffle(sorts)
    for place, sort in enumerate(islice(cycle(sorts), number)):
        yield writer.page(place, sort, only)


class Pages:
    """Writes the pages of one draw about the people of one list."""

    named = 0.3  # of sentences, the share with somebody who is not on the list

    def __init__(self, people: Iterable[Person], draw: Draw) -> None:
        self.rng = Random(f"pages-{draw.seed}")
        self.crowd = Crowd(people)
        self.people = list(self.crowd.people.values())
        namer = Namer(self.rng, tuning=draw.tuning)
        self.setting = Setting(self.rng, self.crowd, namer)
        blocks = {
            name: lines_of(getattr(sentences, name), tuning=draw.tuning)
            for name in (
                "AT_WORK", "AT_WORK_GENITIVE", "NEUTRAL", "NEUTRAL_GENITIVE", "FILLER",
                "WITH_BYSTANDER",
            )
        }  # fmt: skip
        self.blocks = blocks
        self._turn: dict[str, int] = {}

    def page(self, number: int, sort: str, only: str = "") -> Labelled:
        """One page of a sort, and of one kind if ``only`` names it."""
        if sort == "clean":
            return self._made(number, sort, "clean", text=self._around(None))
        for _ in range(_ATTEMPTS):
            person = self.rng.choice(self.people)
            if sort in ("trap", "near"):
                found = self._without(number, sort, person)
            elif sort == "html":
                found = self._html(number, person)
            else:
                found = self._with(number, sort, person)
            if found and (only in ("", sort) or found.kind == only):
                return found
        raise LookupError(f"no page of {only or sort} in {_ATTEMPTS} attempts")

    def _next(self, sort: str, options: int) -> int:
        """Takes the kinds of a sort in turn, so that rare ones come as often."""
        self._turn[sort] = self._turn.get(sort, -1) + 1
        return self._turn[sort] % options

    def _with(self, number: int, sort: str, person: Person) -> Labelled | None:
        writers = WRITERS[sort]
        write = writers[self._next(sort, len(writers))]
        for _ in range(_ATTEMPTS):
            writing = write(self.rng, person)
            if writing is not None and self._tells(person, writing):
                break
            person = self.rng.choice(self.people)
        else:
            return None
        text = self._around(self._sentence(writing))
        return self._made(
            number, sort, writing.kind, text=text, named=((person, writing),)
        )

    def _tells(self, person: Person, writing: Written) -> bool:
        """Whether an initial leaves few enough people to be meant."""
        if writing.kind == "weak.given_alone":
            return len(self.crowd.givens[key(person.given.split()[0])]) <= _MOST_ALIKE
        if not writing.kind.startswith("weak.") or writing.kind == "weak.nickname":
            return True
        if writing.kind == "weak.given_initial":
            initial = key(person.given), person.family[0]
            return len(self.crowd.given_initials[initial]) <= _MOST_ALIKE
        alike = self.crowd.initials[key(person.given)[:1], key(person.family)]
        return len(alike) <= _MOST_ALIKE

    def _sentence(self, writing: Written) -> str:
        """The name in a sentence, a list or a table that fits it."""
        at_work = writing.context or self.rng.random() < 0.35
        if writing.slot == "line" or (
            writing.kind in ("plain.exact", "plain.upper") and self.rng.random() < 0.3
        ):
            return self._listed(writing.text, at_work=at_work)
        block = "AT_WORK" if at_work else "NEUTRAL"
        if writing.slot == "genitive":
            block += "_GENITIVE"
        fitting = self.blocks[block]
        if writing.kind == "weak.given_alone":
            fitting = [sentence for sentence in fitting if _BESIDE.search(sentence)]
        sentence = filled(self.rng, self.rng.choice(fitting))
        if writing.text.endswith("."):
            sentence = sentence.replace("{N}.", "{N}")  # one full stop is enough
        return re.sub(r"\{[NG]\}", lambda _: writing.text, sentence)

    def _listed(self, name: str, *, at_work: bool) -> str:
        rng = self.rng
        where = "Jobcenter Havnelyst" if at_work else "2. sal"
        others = [self.setting.stranger() for _ in range(2)]
        if "," in name:
            lines = [f"{n.family}, {n.given}" for n in others]
        else:
            lines = [f"{n.given} {n.family}" for n in others]
        lines.insert(rng.randrange(3), name)
        shape = rng.random()
        if shape < 0.25 and "," not in name:
            about = lines_of(sentences.PROFILE, tuning=False)
            told = [filled(rng, line) for line in rng.sample(about, 2)]
            return "\n".join((name, where, *told))
        if shape < 0.6:
            rows = (f"{line}\t{where}\t{rng.randrange(100, 999)}" for line in lines)
            return "\n".join(("Navn\tSted\tLokal", *rows))
        return "\n".join((f"Deltagere, {where}:", *(f"- {line}" for line in lines)))

    def _without(self, number: int, sort: str, person: Person) -> Labelled | None:
        if sort == "near":
            trap = near_name(self.setting, person)
            if trap is None:
                return None
            sentence = filled(self.rng, self.rng.choice(self.blocks["AT_WORK"]))
            trap = Trap(trap.kind, sentence.replace("{N}", trap.text))
        else:
            make = TRAPS[self._next(sort, len(TRAPS))]
            made = make(self.setting, person)
            if made is None:
                return None
            trap = made._replace(kind=f"trap.{made.kind}")
        if trap.markup:
            text = self._read(f"<p>{escape(self._filler(2))}</p>{trap.text}", head="")
        else:
            text = self._around(trap.text, at_work=trap.context)
        return self._made(number, sort, trap.kind, text=text)

    def _html(self, number: int, person: Person) -> Labelled:
        make = MARKERS[self._next("html", len(MARKERS))]
        marked = make(self.rng, person)
        text = self._read(self._body(marked), head=marked.head)
        writing = marked.writing
        return self._made(
            number, "html", writing.kind, text=text, named=((person, writing),)
        )

    def _body(self, marked: Marked) -> str:
        parts = [f"<p>{escape(self._filler(2))}</p>" for _ in range(2)]
        if marked.sentence:
            block = "AT_WORK" if marked.writing.context else "NEUTRAL"
            sentence = filled(self.rng, self.rng.choice(self.blocks[block]))
            before, after = (escape(half) for half in sentence.split("{N}"))
            parts.insert(1, f"<p>{before}{marked.sentence}{after}</p>")
        parts.insert(1, marked.block)
        return "\n".join(parts)

    def _read(self, body: str, *, head: str) -> str:
        """What the product reads in a page, as the crawler hands it to the matcher."""
        heading = escape(filled(self.rng, self.rng.choice(sentences.HEADINGS)))
        html = (
            f'<!doctype html><html lang="da"><head><meta charset="utf-8">'
            f"<title>{heading}</title>{head}</head><body><nav><a href='/'>Forside</a>"
            f"</nav><main><article><h1>{heading}</h1>\n{body}</article></main>"
            f"<footer>Udgivet på nettet</footer></body></html>"
        )
        page = read_page(
            html.encode(),
            content_type="text/html; charset=utf-8",
            url="https://debatten.example/side/1",
            now=_NOW,
        )
        return "\n\n".join(post.searched_text for post in page.posts)

    def _around(self, planted: str | None, *, at_work: bool = True) -> str:
        """A post, an article or a thread, with the planted words in one place."""
        rng = self.rng
        parts = [
            self._filler(rng.randrange(1, 4), at_work=at_work)
            for _ in range(rng.randrange(2, 6))
        ]
        if planted is not None:
            place = rng.randrange(len(parts))
            whole = "\n" in planted
            joint = "\n\n" if whole else rng.choice((" ", " ", "\n\n"))
            parts[place] = rng.choice(
                (f"{parts[place]}{joint}{planted}", f"{planted}{joint}{parts[place]}")
            )
        shape = rng.random()
        if shape < 0.35:
            day = rng.randrange(1, 29)
            parts = [
                f"{rng.choice(sentences.USERS)} skrev d. {day}. kl. 14.05:\n{part}"
                for part in parts
            ]
        elif shape < 0.7:
            heading = rng.choice(sentences.HEADINGS)
            if at_work or not _OF_WORK.search(heading):
                parts.insert(0, filled(rng, heading))
        return "\n\n".join(parts)

    def _filler(self, number: int, *, at_work: bool = True) -> str:
        """Some sentences, now and then with people who are not on the list."""
        chosen: list[str] = []
        while len(chosen) < number:
            block = "WITH_BYSTANDER" if self.rng.random() < self.named else "FILLER"
            sentence = self.rng.choice(self.blocks[block])
            if not at_work and _OF_WORK.search(sentence):
                continue
            sentence = filled(self.rng, sentence)
            chosen.append(re.sub(r"\{B\}", self._bystander, sentence))
        return " ".join(chosen)

    def _bystander(self, _: re.Match[str]) -> str:
        named = self.setting.stranger()
        if self.rng.random() < 0.2:
            middle = self.setting.namer.middle()
            taken = self.crowd.holds(named.given, middle, named.family)
            if not taken and not self.crowd.crowds(named.given, middle):
                return f"{named.given} {middle} {named.family}"
        return f"{named.given} {named.family}"

    def _made(
        self,
        number: int,
        sort: str,
        kind: str,
        *,
        text: str,
        named: tuple[tuple[Person, Written], ...] = (),
    ) -> Labelled:
        center = self.rng.choice(tuple(CENTERS))
        truths = [
            Truth(person.id, writing, *_place(text, writing.text))
            for person, writing in named
        ]
        return Labelled(
            number, sort, kind, text, Context(center, CENTERS), truths=tuple(truths)
        )


def _place(text: str, words: str) -> tuple[int, int]:
    """Where the words stand, whatever white space became of theirs."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    return found.span() if found else (-1, -1)
