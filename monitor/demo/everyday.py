"""Makes everyday Danish posts for the demo's sites, the same for the same seed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random
from typing import Any

TOPICS = ("have", "bus", "fodbold", "mad", "kommune", "hverdag")


@cache
def _words() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("everyday.toml").read_text("utf-8")
    return tomllib.loads(text)


def traps() -> tuple[str, ...]:
    """Sentences that look a little like a watched name and are not one."""
    return tuple(_words()["traps"]["lines"])


@dataclass(frozen=True, slots=True)
class Writing:
    """A headline and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


class Everyday:
    """A writer with a seed: titles, paragraphs, people and nicknames."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311  made-up text, no secret

    def person(self) -> str:
        """Somebody's full name; never one of the watched people's."""
        words = _words()
        first = self._random.choice(words["first_names"])
        return f"{first} {self._random.choice(words['surnames'])}"

    def nick(self) -> str:
        """A name as people choose it on a forum."""
        return str(self._random.choice(_words()["nicks"]))

    def number(self, low: int, high: int) -> int:
        """Any whole number from ``low`` to ``high``."""
        return self._random.randint(low, high)

    def topic(self) -> str:
        """One of ``TOPICS``."""
        return self._random.choice(TOPICS)

    def writing(self, topic: str, *, paragraphs: int = 2) -> Writing:
        """A headline with paragraphs of one or two sentences on a topic."""
        chosen = _words()[topic]
        sizes = [self._random.randint(1, 2) for _ in range(paragraphs)]
        pool = self._random.sample(chosen["lines"], min(sum(sizes), 7))
        texts = []
        for size in sizes:
            sentences = [self._fill(pool.pop()) for _ in range(min(size, len(pool)))]
            texts.append(" ".join(sentences))
        return Writing(
            self._random.choice(chosen["titles"]), tuple(filter(None, texts))
        )

    def remark(self, topic: str) -> str:
        """One or two sentences, as in a reply."""
        return self.writing(topic, paragraphs=1).paragraphs[0]

    def _fill(self, line: str) -> str:
        words = _words()
        return line.format(
            person=self.person(),
            place=self._random.choice(words["places"]),
            street=f"{self._random.choice(words['streets'])} {self.number(2, 60)}",
            day=self._random.choice(words["days"]),
            few=self.number(2, 6),
            number=self.number(12, 48),
            time=f"{self.number(7, 20)}.{self._random.choice(('00', '15', '30'))}",
        )
