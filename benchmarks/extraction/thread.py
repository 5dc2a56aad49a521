"""Invented people who write posts, and what a reader must find of each post.

The words are our own; how a page wraps them is left to one module per template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random
from zoneinfo import ZoneInfo

from monitor.types import Precision

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
HERE = ZoneInfo("Europe/Copenhagen")
# Names that carry a reader's stop words, signs that must be escaped, and digits.
AUTHORS = (
    "Tove Tang",
    "kaj_1962",
    "von And",
    "Bo & Ida",
    'Per "Pip" Due',
    "4711",
    "Anonym",
    "Ærlig Øb",
    "xX_Mads_Xx",
    "L. Krogh-Juhl",
    "af Havnen",
    "<Lis>",
    "Sagde Ingen",
    "mod.team",
)
PEOPLE = (
    "Signe Abildtorp-Vang",
    "Malthe Kringelbæk",
    "Ruth Ørbækgård",
    "Ditte Sandlund Praetorius",
    "Åse Thyborg",
)
DANISH = (
    "jeg ventede tre kvarter og fik ikke noget svar på min ansøgning",
    "det er altså tredje gang i år at sagen ligger stille",
    "prøv at ringe til dem mellem ni og tolv det plejer at hjælpe",
    "hos os gik det fint så jeg forstår ikke hvad du er sur over",
    "er der nogen her der har prøvet at klage over sådan en afgørelse",
    "mødet blev flyttet to gange og så var der ingen der kom",
)
ENGLISH = (
    "I waited for an hour and nobody came to the desk",
    "they never answer letters so you had better phone them",
    "it went well for us and I do not see what the fuss is about",
    "has anybody here ever complained about a decision like this",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a post: ``kind`` is p, quote, code, list, table or image."""

    kind: str
    html: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One post before a template wraps it; ``level`` is how deep a reply it is."""

    number: int
    author: str
    at: datetime
    parts: tuple[Part, ...]
    markers: tuple[str, ...]
    mentions: tuple[str, ...]
    level: int = 0
    edited: datetime | None = None
    signature: str = ""

    @property
    def local(self) -> datetime:
        """When it was written, on the wall clock of its readers."""
        return self.at.astimezone(HERE)

    @property
    def name(self) -> str:
        """The author's name as HTML."""
        return escape(self.author)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a reader must find of one post; ``author`` None means there is none."""

    markers: tuple[str, ...]
    mentions: tuple[str, ...]
    author: str | None
    at: datetime | None
    precision: Precision | None
    permalink: str | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with what must be found on it; ``furniture`` must stand in no text."""

    url: str
    html: str
    posts: tuple[Truth, ...]
    furniture: tuple[str, ...] = ()


@dataclass
class Writers:
    """Gives posts, each different from the last, the same for the same seed."""

    random: Random
    language: str = "da"
    counter: int = 100
    _known: list[Said] = field(default_factory=list)

    def posts(self, count: int, *, nested: bool = False) -> list[Said]:
        """Posts in the order of a page, the oldest first unless ``nested``."""
        at = NOW - timedelta(days=self.random.randint(40, 400))
        said: list[Said] = []
        level = 0
        for _ in range(count):
            at += timedelta(minutes=self.random.randint(1, 2000))
            level = self.random.randint(0, min(level + 1, 4)) if nested and said else 0
            said.append(self.post(at, level=level, before=said))
        return said

    def post(
        self, at: datetime, *, level: int = 0, before: Iterable[Said] = ()
    ) -> Said:
        """One post, at times with a quote of an earlier one."""
        pick = self.random
        self.counter += pick.randint(1, 9)
        marks: list[str] = []
        people: list[str] = []
        parts: list[Part] = []
        others = list(before)
        kinds = pick.choices(("quote", "code", "list", "table", "image"), k=3)
        for kind in ("p", *kinds[: pick.randint(0, 3)], "p"):
            marks.append(f"m{self.counter}x{len(marks)}")
            words = f"{pick.choice(self._words())} {marks[-1]}"
            if kind == "p" and pick.random() < 0.5:
                person = pick.choice(PEOPLE)
                people.append(person)
                words += f" {spelled(person, pick)} {pick.choice(self._words())}"
            by = pick.choice(others).author if others else pick.choice(AUTHORS)
            parts.append(Part(kind, words, by))
        known = pick.random() < 0.3
        return Said(
            number=self.counter,
            author=pick.choice(AUTHORS),
            at=at.replace(second=pick.randint(0, 59), microsecond=0),
            parts=tuple(parts),
            markers=tuple(marks),
            mentions=tuple(people),
            level=level,
            edited=at + timedelta(minutes=7) if known else None,
            signature="Livet er for kort til kø" if pick.random() < 0.5 else "",
        )

    def _words(self) -> tuple[str, ...]:
        return DANISH if self.language == "da" else ENGLISH


def spelled(person: str, pick: Random) -> str:
    """A name as pages write it: marked up in part, with soft marks in it."""
    first, _, last = person.partition(" ")
    middle = len(last) // 2
    return pick.choice(
        (
            person,
            f"{first} <b>{last}</b>",
            f"{first}&nbsp;{last}",
            f"{first} {last[:middle]}&shy;{last[middle:]}",
            f"{first} {last[:middle]}<wbr>{last[middle:]}",
            f"<a href='https://andre.example/x'>{first}</a> {last}",
            f"<em>{first}\n {last}</em>",
        )
    )


QuoteForm = Callable[[str, str], str]


def body(said: Said, quote: QuoteForm, *, code: str = "<pre><code>{}</code></pre>",
         paragraph: str = "<p>{}</p>") -> str:  # fmt: skip
    """The post's content as HTML; how quotes and code look is the template's."""
    forms: dict[str, Callable[[Part], str]] = {
        "p": lambda part: paragraph.format(part.html),
        "quote": lambda part: quote(escape(part.by), part.html),
        "code": lambda part: code.format(part.html),
        "list": lambda part: f"<ul><li>punkt</li><li>{part.html}</li></ul>",
        "table": lambda part: (
            f"<table><tbody><tr><th>a</th><td>{part.html}</td></tr></tbody></table>"
        ),
        "image": lambda part: paragraph.format(
            f'<img src="/i/{said.number}.jpg" alt=""> {part.html}'
        ),
    }
    return "\n".join(forms[part.kind](part) for part in said.parts)


def truth(
    said: Said,
    permalink: str | None,
    *,
    precision: Precision | None = Precision.SECOND,
    author: str | None = "",
) -> Truth:
    """What must be found of a post whose page tells its time so exactly."""
    return Truth(
        said.markers,
        said.mentions,
        said.author if author == "" else author,
        rounded(said.at, precision),
        precision,
        permalink,
    )


def rounded(at: datetime, precision: Precision | None) -> datetime | None:
    """The moment as far as a page tells it; a day begins where its readers live."""
    if precision is None:
        return None
    local = at.astimezone(HERE)
    if precision is Precision.DAY:
        local = local.replace(hour=0, minute=0, second=0)
    elif precision is Precision.MINUTE:
        local = local.replace(second=0)
    return local.astimezone(UTC)


_DA_MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()  # noqa: SIM905
_EN_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def month(at: datetime, language: str, *, short: bool = False) -> str:
    """The month's name, as a page in this language writes it."""
    name = (_DA_MONTHS if language == "da" else _EN_MONTHS)[at.month - 1]
    return name[:3] if short else name


def day(at: datetime, language: str, *, short: bool = False) -> str:
    """A date in words: 20. november 2026 or November 20, 2026."""
    name = month(at, language, short=short)
    if language == "da":
        return f"{at.day}. {name} {at.year}"
    return f"{name} {at.day}, {at.year}"


def clock(at: datetime, language: str) -> str:
    """A time of day in words: 14:35 or 2:35 pm."""
    if language == "da":
        return f"{at:%H:%M}"
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"
