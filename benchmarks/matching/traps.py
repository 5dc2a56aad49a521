"""Pages that look like a mention and are none: traps, and names near a listed one.

Every name in them is checked against the list, so that an alert is always wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from random import Random
from typing import NamedTuple

from rapidfuzz.distance import OSA

from benchmarks.matching.names import DANISH_FAMILY, GIVEN, PATRONYMIC, compounds
from benchmarks.matching.people import Crowd, Named, Namer, Person, key, slugged
from benchmarks.matching.sentences import town

_THOUSANDS = 18, 150  # bearers of a given name and a surname that say nothing alone


class Trap(NamedTuple):
    """Words that must not alert; ``markup`` when they are a piece of HTML."""

    kind: str
    text: str
    markup: bool = False
    context: bool = True


class Setting(NamedTuple):
    """What a trap is made with."""

    rng: Random
    crowd: Crowd
    namer: Namer

    def stranger(self, *beside: str) -> Named:
        """A name that neither alone nor with words beside it is a listed one."""
        for _ in range(300):
            named = self.namer.draw()
            if self.crowd.crowds(named.given, named.family):
                continue
            if not self.crowd.holds(named.given, named.family) and not any(
                self.crowd.holds(part, word)
                for part in (named.given, named.family)
                for word in beside
            ):
                return named
        return Named("Ulfgard", "Tvistemagerholt", 0)


Trapper = Callable[[Setting, Person], Trap | None]


def _two_people(at: Setting, person: Person) -> Trap:
    """The first name of one and the surname of another."""
    one, other = at.stranger(person.family), at.stranger(person.given)
    one_name = f"{person.given} {one.family}"
    other_name = f"{other.given} {person.family}"
    if at.crowd.holds(person.given, one.family) or at.crowd.holds(
        other.given, person.family
    ):
        return Trap(
            "two_people", f"{person.given} og fru {person.family} kom for sent."
        )
    text = at.rng.choice(
        (
            f"Vi talte med {one_name} og {other_name} bagefter.",
            f"Mødet blev ledet af {one_name}. {other_name} tog referat.",
            f"Det siger {other_name}, og {one_name} er enig.",
            f"Både {one_name} og {other_name} fra jobcentret var der.",
        )
    )
    return Trap("two_people", text)


def _names_in(kind: str, *sentences: str) -> Trapper:
    """One of some sentences in which both names stand for something else."""

    def trap(at: Setting, person: Person) -> Trap:
        sentence = at.rng.choice(sentences)
        return Trap(kind, sentence.format(given=person.given, family=person.family))

    return trap


_given_and_family = _names_in(
    "given_and_family",
    "{given} og {family} var begge til mødet på jobcentret.",
    "Hverken {given} eller {family} ville sige noget.",
    "{given} ringede til {family} om eftermiddagen.",
    "Han hed {given}, og hun hed {family}.",
)
_place = _names_in(
    "place",
    "{given} fra {family} Sogn vandt løbet.",
    "Han hentede {given} i {family} ved firetiden.",
    "{given} på {family} Skole har fødselsdag.",
    "Jeg mødte {given} ved {family} Station.",
)


def _list(at: Setting, person: Person) -> Trap | None:
    """Full names in a row where a surname meets the next first name."""
    one, other = at.stranger(), at.stranger()
    before, after = f"{one.given} {person.family}", f"{person.given} {other.family}"
    if at.crowd.holds(one.given, person.family):
        return None
    if at.crowd.holds(person.given, other.family):
        return None
    third = at.stranger()
    names = (before, after, f"{third.given} {third.family}")
    if at.rng.random() < 0.5:
        return Trap("list", f"Til stede: {', '.join(names)}.")
    lines = "\n".join(f"- {name}" for name in names)
    return Trap("list_lines", f"Fra jobcentret deltog:\n{lines}")


def _first_names(at: Setting, person: Person) -> Trap:
    others = ("Bodil", "Kaj", "Solveig", "Preben")
    names = [*at.rng.sample(others, 2), person.given]
    lines = [*(f"- {name}" for name in names), f"- {person.family}"]
    return Trap("first_names", "Hold 1:\n" + "\n".join(lines))


def _sentence_end(at: Setting, person: Person) -> Trap:
    end = at.rng.choice((".", "!", "?", ":", ";", " …"))
    text = at.rng.choice(
        (
            f"Det var alt, hvad jeg fik ud af {person.given}{end} {person.family} "
            f"er noget helt andet.",
            f"Så sagde hun farvel til {person.given}{end} {person.family} nævnte "
            f"ingen den dag.",
        )
    )
    return Trap("sentence_end", text)


def _blank_line(at: Setting, person: Person) -> Trap:
    text = f"Hilsen fra {person.given}\n\n{person.family} skrev kl. 14.32:\nJa tak."
    return Trap("blank_line", text)


def _block(at: Setting, person: Person) -> Trap:
    given, family = escape(person.given), escape(person.family)
    text = at.rng.choice(
        (
            f"<h2>Hilsen {given}</h2><p>{family} og omegn får ny skole.</p>",
            f"<ul><li>{given}</li><li>{family}</li></ul>",
            f"<table><tr><td>{given}</td></tr><tr><td>{family}</td></tr></table>",
            f"<div>Svar til {given}</div><div>{family} jobcenter ringede.</div>",
        )
    )
    return Trap("block", text, markup=True)


def _street(at: Setting, person: Person) -> Trap:
    name = f"{person.given.split()[0]} {person.family}"
    genitive = name if name.endswith(("s", "x", "z")) else f"{name}s"
    way = at.rng.choice(("Vej", "Gade", "Allé", "Plads", "Stræde", "Torv"))
    text = at.rng.choice(
        (
            f"Vi bor på {genitive} {way} {at.rng.randrange(1, 99)}, 2. tv.",
            f"Jobcentret flytter til {genitive} {way} til sommer.",
            f"Krydset ved {genitive} {way} er spærret.",
        )
    )
    return Trap("street", text)


def _firm(at: Setting, person: Person) -> Trap:
    name = f"{person.given} {person.family}"
    tail = at.rng.choice(
        ("ApS", "A/S", "& Søn", "Holding", "I/S", "Invest ApS", "& Co.", "og Søn A/S")
    )
    return Trap("firm", f"Regningen kom fra {name} {tail} og var på tusind kroner.")


def _longer_hyphen(at: Setting, person: Person) -> Trap | None:
    if "-" in person.family or "-" in person.given:
        return None
    other = at.stranger(person.given, person.family)
    if at.rng.random() < 0.5:
        name = f"{person.given} {person.family}-{other.family}"
    else:
        before = _other_given(at, person)
        if before is None:
            return None
        name = f"{before}-{person.given} {person.family}"
    return Trap("hyphen_neighbour", f"Jeg har kun talt med {name} en enkelt gang.")


def _longer_after(at: Setting, person: Person) -> Trap:
    other = at.stranger(person.given, person.family)
    name = f"{person.given} {person.family} {other.family.split('-')[0]}"
    return Trap("longer_name_after", f"Så fik vi besked af {name} om eftermiddagen.")


def _longer_before(at: Setting, person: Person) -> Trap | None:
    before = _other_given(at, person)
    if before is None:
        return None
    name = f"{before} {person.given} {person.family}"
    return Trap("longer_name_before", f"Så fik vi besked af {name} om eftermiddagen.")


def _other_given(at: Setting, person: Person) -> str | None:
    """A first name that makes nobody on the list of the person's names."""
    before = at.namer.given()[0].split("-")[0]
    taken = at.crowd.holds(before, person.given) or at.crowd.holds(
        before, person.family
    )
    return None if taken else before


_SLIPS = {
    "Helle": "hele", "Rikke": "ikke", "Jens": "mens", "Mette": "dette",
    "Ester": "efter", "Hanne": "kanne", "Anders": "anderes", "Malene": "malende",
    "Lone": "love", "Bente": "bedste", "Stine": "stene", "Pia": "pil", "Lene": "lave",
    "Kirsten": "kirken", "Jan": "kan", "Hans": "han", "Per": "der", "Tina": "time",
    "Martin": "marts", "Lars": "lar", "Jette": "rette", "Lise": "vise",
    "Bodil": "bolig", "Sara": "svar", "Line": "mine", "Else": "ellers", "Ole": "alle",
}  # fmt: skip


def _word_edit(at: Setting, person: Person) -> Trap | None:
    """A word that is one letter from the first name, before the surname."""
    word = _SLIPS.get(person.given)
    if word is None:
        return None
    text = at.rng.choice(
        (
            f"Vi ved det {word} {person.family} selv siger noget.",
            f"og så kom {word} {person.family} på tale i jobcentret",
        )
    )
    return Trap("word_edit", text)


_GIVEN_WORDS = {
    "Bo": "Her er dejligt at bo, {f} og vand lige ved døren.",
    "Per": "Vi betaler ti kroner per {f} og måned.",
    "Line": "Man kan følge den røde line {f} for {f}.",
    "Liv": "Det var et liv, {f} eller ej.",
    "Storm": "Efter natten med storm {f} på vejene.",
    "Mille": "Det kostede en mille, {f} fraregnet.",
    "Saga": "En saga blot, {f} i tågen.",
    "Finn": "Jeg kan ikke finn {f} på kortet.",
}
_FAMILY_WORDS = frozenset(
    "skov lund holm bæk sand vang dam kold lang eg bang berg høj vad krog ring storm "
    "strand svane tang vind hede frost glad grøn hvid sommer steen".split()
)


def _everyday(at: Setting, person: Person) -> Trap | None:
    sentence = _GIVEN_WORDS.get(person.given)
    family = person.family.lower()
    if sentence is None or family not in _FAMILY_WORDS:
        return None
    return Trap("everyday_words", sentence.replace("{f}", family))


def _common(at: Setting, person: Person) -> Trap | None:
    given = GIVEN.weights.get(person.given, 0)
    family = PATRONYMIC.weights.get(person.family, 0)
    if given < _THOUSANDS[0] or family < _THOUSANDS[1] or person.middle:
        return None
    name = f"{person.given} {person.family}"
    text = at.rng.choice(
        (
            f"{name} scorede sejrsmålet lige før tid.",
            f"Førstepræmien gik til {name} fra {town(at.rng)}.",
            f"I rollen som postmester ses {name}.",
        )
    )
    return Trap("very_common_name", text, context=False)


def _initial(at: Setting, person: Person) -> Trap:
    name = f"{person.given[0]}. {person.family}"
    text = f"Tegningen er lavet af {name} i 1962 og hænger nu i hallen."
    return Trap("initial_without_context", text, context=False)


def _other_address(at: Setting, person: Person) -> Trap | None:
    """A handle or an address of somebody who shares one of the names."""
    other = at.stranger(person.given, person.family)
    if at.crowd.holds(person.given, other.family):
        return None
    given, family = slugged(person.given, ""), slugged(other.family, "")
    text = at.rng.choice(
        (
            f"Skriv til {given}.{family}@taageby.example, hvis du vil vide mere.",
            f"Det siger @{given}{family} også.",
            f"Se www.linkedin.example/in/{given}-{family}-{at.rng.randrange(999)}",
            f"Tak til #{given}{family} for hjælpen på jobcentret.",
        )
    )
    return Trap("other_address", text)


TRAPS: tuple[Trapper, ...] = (
    _two_people, _given_and_family, _list, _first_names, _sentence_end, _blank_line,
    _block, _street, _place, _firm, _longer_hyphen, _longer_after, _longer_before,
    _word_edit, _everyday, _common, _initial, _other_address,
)  # fmt: skip


@cache
def _neighbours(name: str, pool: tuple[str, ...]) -> tuple[str, ...]:
    """Other real names one slip from a name that do not sound the same."""
    return tuple(
        other
        for other in pool
        if other != name
        and OSA.distance(name.lower(), other.lower(), score_cutoff=1) <= 1
        and key(name) != key(other)
    )


def near_name(at: Setting, person: Person) -> Trap | None:
    """Somebody else whose real name is one letter from the person's.

    The more people bear such a name, the more often it is met.
    """
    givens = tuple(GIVEN.weights)
    families = (*PATRONYMIC.weights, *DANISH_FAMILY.weights, *compounds(tuning=False))
    near_given = _neighbours(person.given, givens)
    near_family = _neighbours(person.family, families)
    choices = [("near.given", name, person.family) for name in near_given]
    choices += [("near.family", person.given, name) for name in near_family]
    at.rng.shuffle(choices)
    for kind, given, family in choices:
        name = given if kind == "near.given" else family
        met = at.rng.random() < _borne_by(name)
        if met and not at.crowd.holds(given, family):
            return Trap(kind, f"{given} {family}")
    return None


def _borne_by(name: str) -> float:
    """Roughly how many thousands bear a name."""
    return max(
        pool.weights.get(name, 0.05) for pool in (GIVEN, PATRONYMIC, DANISH_FAMILY)
    )
