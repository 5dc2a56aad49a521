"""The ways in which people write a name, each under the kind it is counted as.

Where in a page a writing stands is left to ``pages``; those that only markup can
make are in ``markup``, letters in disguise in ``disguise``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from benchmarks.matching.names import GIVEN, NICKNAMES
from benchmarks.matching.people import Namer, Person, ascii_of, slugged

COMMON = 15  # people of one name from which a page must say who is meant


@dataclass(frozen=True, slots=True)
class Written:
    """A name as somebody wrote it.

    ``given`` and ``family`` are what a reader takes it for, ``slack`` the letters in
    which that may be another's name as well. ``slot`` is the kind of sentence it
    fits: ``name``, ``genitive`` or ``line``. ``context`` asks for words about work.
    """

    kind: str
    text: str
    given: str
    family: str
    slack: int = 0
    slot: str = "name"
    context: bool = False


Writer = Callable[[Random, Person], Written | None]


def written(person: Person, kind: str, text: str, **over: object) -> Written:
    """A writing of the person's own first name and surname."""
    plain = Written(
        kind,
        text,
        person.given,
        person.family,
        context=person.bearers >= COMMON,
    )
    return replace(plain, **over)  # type: ignore[arg-type]


def short(person: Person) -> str:
    """Given name and surname, without middle names."""
    return f"{person.given} {person.family}"


def genitive(name: str) -> str:
    """The name as owner of what follows."""
    return f"{name}'" if name[-1].lower() in "sxz" else f"{name}s"


def _exact(rng: Random, person: Person) -> Written:
    return written(person, "plain.exact", person.name)


def _lower(rng: Random, person: Person) -> Written:
    return written(person, "plain.lower", person.name.lower())


def _upper(rng: Random, person: Person) -> Written:
    return written(person, "plain.upper", person.name.upper())


def _genitive(rng: Random, person: Person) -> Written:
    text = genitive(person.name)
    return written(person, "plain.genitive", text, slot="genitive")


def _genitive_apostrophe(rng: Random, person: Person) -> Written:
    text = person.name + rng.choice(("'s", "’s"))
    return written(person, "plain.genitive_apostrophe", text, slot="genitive")


def _surname_first(rng: Random, person: Person) -> Written:
    text = f"{person.family}, {' '.join((person.given, *person.middle))}"
    return written(person, "plain.surname_first", text, slot="line")


def _middle_missing(rng: Random, person: Person) -> Written | None:
    if not person.middle:
        return None
    return written(person, "plain.middle_missing", short(person))


def _middle_initial(rng: Random, person: Person) -> Written | None:
    if not person.middle:
        return None
    initials = " ".join(f"{word[0]}." for word in person.middle)
    text = f"{person.given} {initials} {person.family}"
    return written(person, "plain.middle_initial", text)


def _middle_added(rng: Random, person: Person) -> Written | None:
    if person.middle:
        return None
    added = Namer(rng, tuning=True).middle()
    text = f"{person.given} {added} {person.family}"
    return written(person, "plain.middle_added", text)


def _initial_added(rng: Random, person: Person) -> Written | None:
    if person.middle:
        return None
    text = f"{person.given} {rng.choice('ABEFGHJKLMPRSTV')}. {person.family}"
    return written(person, "plain.initial_added", text)


def _alias(rng: Random, person: Person) -> Written | None:
    if not person.aliases:
        return None
    alias = rng.choice(person.aliases)
    given, _, family = alias.partition(" ")
    return Written("plain.alias", alias, given, family, context=True)


_FOLDS = {
    "fold.two_letters": str.maketrans(
        {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}
    ),
    "fold.one_letter": str.maketrans(
        {"æ": "a", "ø": "o", "å": "a", "Æ": "A", "Ø": "O", "Å": "A"}
    ),
    "fold.german": str.maketrans({"æ": "ä", "ø": "ö", "Æ": "Ä", "Ø": "Ö"}),
}


def _folded(kind: str) -> Writer:
    def write(rng: Random, person: Person) -> Written | None:
        text = short(person).translate(_FOLDS[kind])
        if text == short(person):
            return None
        return written(person, kind, text if rng.random() < 0.7 else text.lower())

    return write


def _aa(rng: Random, person: Person) -> Written | None:
    """Nygaard as Nygård and the other way round, on whichever side the list is."""
    name = short(person)
    if "aa" in name.lower():
        text = name.replace("aa", "å").replace("Aa", "Å")
    else:
        text = name.replace("å", "aa").replace("Å", "Aa")
    return written(person, "fold.aa", text) if text != name else None


def _signs_lost(rng: Random, person: Person) -> Written | None:
    kept = re.sub("[æøåÆØÅ]", "", person.name)
    if kept.isascii():
        return None
    text = ascii_of(short(person))
    return written(person, "fold.foreign_signs", text)


def _hyphens(rng: Random, person: Person) -> Written | None:
    """A double name with a space for its hyphen, a hyphen for its space, or joined."""
    if "-" not in person.family and not re.search("[ -]", person.given):
        return None
    family = person.family.replace("-", " ")
    given = person.given
    if "-" in given:
        given = given.replace("-", rng.choice((" ", "")))
    elif " " in given:
        given = given.replace(" ", rng.choice(("-", "")))
    given = given[0] + given[1:].lower() if given.isalpha() else given
    return written(person, "fold.hyphen", f"{given} {family}")


_PHONETIC_GIVEN = (
    ("Christian", "Kristian"), ("Kristian", "Christian"),
    ("Camilla", "Kamilla"), ("Carsten", "Karsten"), ("Claus", "Klaus"),
    ("Klaus", "Claus"), ("Erik", "Eric"), ("Jakob", "Jacob"), ("Jacob", "Jakob"),
    ("Nikolaj", "Nicolai"), ("Philip", "Filip"), ("Katrine", "Cathrine"),
    ("Thomas", "Tomas"), ("Mathias", "Matias"), ("Mathilde", "Matilde"),
    ("Kasper", "Casper"), ("Mikkel", "Mikel"), ("Anette", "Annette"),
    ("Sofie", "Sophie"), ("Caroline", "Karoline"),
    ("Victor", "Viktor"), ("Oscar", "Oskar"), ("Lisbeth", "Lisbet"),
    ("Dorte", "Dorthe"), ("Malthe", "Malte"),
    ("Marcus", "Markus"), ("Grethe", "Grete"), ("Margrethe", "Margrete"),
    ("Merete", "Merethe"), ("Vibeke", "Wibeke"), ("Stine", "Stinne"),
    ("Christoffer", "Kristoffer"), ("Michael", "Mikael"), ("Clara", "Klara"),
)  # fmt: skip


def _phonetic_given(rng: Random, person: Person) -> Written | None:
    sounds = [other for name, other in _PHONETIC_GIVEN if name == person.given]
    if not sounds:
        return None
    text = f"{rng.choice(sounds)} {person.family}"
    return written(person, "fuzzy.phonetic_given", text)


_PHONETIC_FAMILY = (
    ("sen$", "son"), ("dahl$", "dal"), ("gaard$", "gard"), ("kjær$", "kær"),
    ("kær$", "kjær"), ("^Schmidt$", "Smidt"), ("^Bach$", "Bak"), ("^Bech$", "Bek"),
    ("^Winther$", "Vinter"), ("toft$", "tofte"), ("^Friis$", "Fris"),
    ("^Hjorth$", "Hjort"), ("^Kruse$", "Cruse"), ("^Krogh$", "Krog"),
    ("^Bruun$", "Brun"), ("^Holst$", "Holdst"), ("^Juhl$", "Juul"),
    ("^Thorup$", "Torup"), ("^Koch$", "Kock"), ("^Brandt$", "Brand"),
    ("^Vang$", "Wang"), ("^Riis$", "Ris"), ("^Kvist$", "Qvist"), ("^Høj$", "Høy"),
)  # fmt: skip
# Words, and surnames of other countries: nobody can tell that they are misspelt.
_NOT_MISSPELT = frozenset(
    "Bak Brun Brand Ris Vinter Fris Hanson Olson Anderson Thomson Larson Peterson "
    "Jenson Johanson Jacobson Eriksson Davidson Ibson Clauson Simonson".split()
)
_SHORTEST_MISSPELT = 4


def _phonetic_family(rng: Random, person: Person) -> Written | None:
    for pattern, other in _PHONETIC_FAMILY:
        family = re.sub(pattern, other, person.family)
        plain = family == person.family or family in _NOT_MISSPELT
        if not plain and len(family) >= _SHORTEST_MISSPELT:
            text = f"{person.given} {family}"
            return written(person, "fuzzy.phonetic_family", text)
    return None


def _at_handle(rng: Random, person: Person) -> Written:
    between = rng.choice(("", "", "_", "."))
    name = short(person)
    if rng.random() < 0.5:
        handle = slugged(name, between)
    else:
        handle = re.sub("[ -]", between, name)
    return written(person, "social.at_handle", f"@{handle}")


def _hashtag(rng: Random, person: Person) -> Written:
    name = re.sub("[ -]", "", short(person))
    tag = name if rng.random() < 0.5 else slugged(short(person), "")
    return written(person, "social.hashtag", f"#{tag}")


def _joined(rng: Random, person: Person) -> Written | None:
    name = re.sub("[ -]", "", short(person))
    if len(name) < 12 or "-" in person.given:
        return None
    return written(person, "social.joined", name)


def _email(rng: Random, person: Person) -> Written:
    return written(person, "social.email", person.email)


def _email_at(rng: Random, person: Person) -> Written:
    local, _, host = person.email.partition("@")
    at = rng.choice((" (at) ", " [at] ", "(a)", " snabel-a ", " at "))
    host = host.replace(".", rng.choice((".", " dot ", " (punktum) ")))
    return written(person, "social.email_at", f"{local}{at}{host}")


def _email_shaped(rng: Random, person: Person) -> Written:
    """An address made of the name that nobody has put on the list."""
    between = rng.choice(("", ".", ".", "_", "-"))
    host = rng.choice(("postkassen", "mail.kommunen", "hjemme"))
    text = f"{slugged(short(person), between)}@{host}.example"
    return written(person, "social.email_shaped", text)


def _linkedin(rng: Random, person: Person) -> Written:
    text = (
        person.profile.removeprefix("https://")
        if rng.random() < 0.5
        else person.profile
    )
    return written(person, "social.linkedin", text.rstrip("/"))


def _profile_shaped(rng: Random, person: Person) -> Written:
    """A profile's address made of the name, as services do with a number behind."""
    slug = slugged(short(person), "-")
    site = rng.choice(
        (
            f"linkedin.example/in/{slug}-{rng.randrange(16**8):08x}",
            f"facebook.example/{slug.replace('-', '.')}.{rng.randrange(2, 90)}",
            f"x.example/{slug.replace('-', '_')}",
            f"xing.example/profile/{slug.replace('-', '_')}{rng.randrange(2, 9)}",
        )
    )
    return written(person, "social.profile_shaped", f"https://www.{site}")


def _initial_surname(rng: Random, person: Person) -> Written:
    dot = rng.choice((".", ".", ""))
    text = f"{person.given[0]}{dot} {person.family}"
    return written(person, "weak.initial_surname", text, context=True)


def _given_initial(rng: Random, person: Person) -> Written:
    text = f"{person.given} {person.family[0]}."
    return written(person, "weak.given_initial", text, context=True)


def _given_alone(rng: Random, person: Person) -> Written | None:
    if GIVEN.weights.get(person.given, 0) > 2 or len(person.given) < 4:
        return None
    return written(person, "weak.given_alone", person.given, family="", context=True)


def _nickname(rng: Random, person: Person) -> Written | None:
    nickname = NICKNAMES.get(person.given)
    if nickname is None or person.aliases:
        return None
    text = f"{nickname} {person.family}"
    return written(person, "weak.nickname", text, given=nickname, context=True)


PLAIN: tuple[Writer, ...] = (
    _exact, _exact, _lower, _upper, _genitive, _genitive_apostrophe, _surname_first,
    _middle_missing, _middle_initial, _middle_added, _initial_added, _alias,
)  # fmt: skip
FOLD: tuple[Writer, ...] = (*map(_folded, _FOLDS), _aa, _signs_lost, _hyphens)
PHONETIC: tuple[Writer, ...] = (_phonetic_given, _phonetic_family)
SOCIAL: tuple[Writer, ...] = (
    _at_handle, _hashtag, _joined, _email, _email_at, _email_shaped, _linkedin,
    _profile_shaped,
)  # fmt: skip
WEAK: tuple[Writer, ...] = (
    _initial_surname, _initial_surname, _given_initial, _given_initial, _given_alone,
    _nickname,
)  # fmt: skip
