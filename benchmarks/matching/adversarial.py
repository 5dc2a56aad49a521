"""Texts made to be slow, of any length: five families that grow without surprises."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.matching.disguise import mistype
from benchmarks.matching.people import Person

Family = Callable[[list[Person], int], str]


def one_line(people: list[Person], length: int) -> str:
    """A single line of everyday words with a name now and then."""
    rng = Random("one line")
    words = "der er ingen som ved hvad de andre mener om sagen og derfor".split()
    return _grown(
        length,
        lambda: rng.choice(people).name if rng.random() < 0.02 else rng.choice(words),
        " ",
    )


def many_words(people: list[Person], length: int) -> str:
    """Words of which no two are the same."""
    rng = Random("many words")
    return _grown(length, lambda: f"{rng.getrandbits(40):x}".translate(_LETTERS), " ")


_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def name_parts(people: list[Person], length: int) -> str:
    """Nothing but first names and surnames, in any order."""
    rng = Random("name parts")
    parts = [part for person in people for part in person.name.split()]
    return _grown(length, lambda: rng.choice(parts), " ")


def near_names(people: list[Person], length: int) -> str:
    """First names followed by surnames with a slip, most of them new."""
    rng = Random("near names")

    def one() -> str:
        person = rng.choice(people)
        family = person.family if len(person.family) > 2 else "Holmgaard"
        return f"{person.given} {mistype(rng, mistype(rng, family))}"

    return _grown(length, one, " ")


def nested_disguise(people: list[Person], length: int) -> str:
    """Letters apart, masked and followed by unseen ones, without an end."""
    rng = Random("nested")
    between = (" ", ".", "_", "\u200b", "*", "🔥", "\u00ad", "-")

    def one() -> str:
        name = rng.choice(people).name
        mark, other = rng.sample(between, 2)
        return mark.join(name).replace("e", f"3{other}").replace("a", "@")

    return _grown(length, one, " ")


FAMILIES: dict[str, Family] = {
    "one line": one_line,
    "many words": many_words,
    "only name parts": name_parts,
    "near names": near_names,
    "nested disguise": nested_disguise,
}


def _grown(length: int, one: Callable[[], str], between: str) -> str:
    parts: list[str] = []
    size = 0
    while size < length:
        parts.append(one())
        size += len(parts[-1]) + len(between)
    return between.join(parts)[:length]
