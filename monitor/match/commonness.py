"""Tell how common a name is in Denmark, and what writings of it would match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.match.build import build
from monitor.match.index import Form, Index
from monitor.match.lexicon import Rarity, lexicon
from monitor.types import Entry


@dataclass(frozen=True, slots=True)
class Commonness:
    """How telling a name is in Denmark, and what would match it.

    Numbers are rough bands of bearers; None where no list holds the part.
    ``variants`` match by themselves unless ``rarity`` is very common; those in
    ``weak_variants`` only beside a word about the centre or the work.
    """

    given: str
    family: str
    given_bearers: int | None
    family_bearers: int | None
    bearers: int
    rarity: Rarity
    variants: tuple[str, ...]
    weak_variants: tuple[str, ...]


def commonness(name: str) -> Commonness | None:
    """How common a full name is and what it would match; None without letters."""
    index = build((Entry(0, "", name),))
    form = next(_first_form(index), None)
    if form is None:
        return None
    lex = lexicon()
    given, family = form.given_name, form.family_name
    return Commonness(
        given=given,
        family=family,
        given_bearers=lex.given.get(given),
        family_bearers=lex.family.get(family),
        bearers=lex.bearers(given, family),
        rarity=lex.rarity(given, family),
        variants=_variants(name, form),
        weak_variants=_weak_variants(form),
    )


def _first_form(index: Index) -> Iterator[Form]:
    for forms in (*index.pairs.values(), *index.single.values()):
        yield from forms


def _variants(name: str, form: Form) -> tuple[str, ...]:
    if not form.family:
        return ()
    given, *middle, family = (word.capitalize() for word in form.words)
    return tuple(
        dict.fromkeys(
            (
                name.strip(),
                f"{name.strip()}s",
                f"{given} {family}",
                " ".join((given, *(f"{m[0]}." for m in middle), family)),
                f"{family}, {given}",
                "@" + "".join(form.words),
                f"{form.words[0]}.{form.words[-1]}",
            )
        )
    )


def _weak_variants(form: Form) -> tuple[str, ...]:
    given, family = form.words[0].capitalize(), form.words[-1].capitalize()
    if not form.family:
        return (given,)
    return (f"{given[0]}. {family}", f"{given} {family[0]}.")
