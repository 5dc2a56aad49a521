"""Look up what a word of a text may be: parts of watched names, typos, whole names.

How entries become an index is left to ``build``, how a text is read to ``names``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA, Postfix

from monitor.match.disguise import fits, is_plain, loosely, unveiled, visible
from monitor.match.fold import collapse, spellings, unmarked, unsigned
from monitor.match.lexicon import lexicon
from monitor.match.sounds import certain, sound
from monitor.types import Entry

K = TypeVar("K")
V = TypeVar("V")
# Small words of a name; whether they are written proves nothing.
PARTICLES = frozenset(
    {"al", "el", "de", "du", "da", "den", "der", "di", "la", "le", "van", "von"}
    | {"af", "bin", "bint", "abu", "ben", "dos", "ten", "ter", "zu"}
)
SHORTEST_TYPO = 4  # letters; shorter parts are found exactly or not at all
_LONG_HALF = 6
_TWO_EDITS = 9  # letters from which two edits are a typo
_SHORTEST_INSIDE = 10  # letters of a joined name within a longer tag
_LONGEST_WORD = 80  # letters, repeated ones included; nobody's name is longer
_LONGEST_TAG = 60
_FEWEST_SHOWN = 2  # letters that a masked part must still show
_REMEMBERED = 50_000  # readings kept per process
UNMET = "?"  # of a run of characters that nobody has asked about
_SIGNS = re.compile("[æøå]|aa|ae|oe")
_LETTERS = re.compile(r"[^\W_]+")
# Signs that join or follow a name rather than hide a letter of it.
_JOINING = re.compile(r"[-._+~'|…]|^[@#*$!]|[^*#•█][*#•█]$")


class Form(NamedTuple):
    """One way to write an employee's name, as folded words, given name first.

    ``given`` and ``family`` count the words of either, at both ends of ``words``;
    what lies between are middle names.
    """

    entry: int
    words: tuple[str, ...]
    given: int
    family: int
    alias: bool

    @property
    def given_name(self) -> str:
        """The given name as one word, as the name lists know it."""
        return "".join(self.words[: self.given])

    @property
    def family_name(self) -> str:
        """The surname as one word, as the name lists know it."""
        return "".join(self.words[len(self.words) - self.family :])


class How(StrEnum):
    """How a word of a text shows a part of a name; the surest first."""

    EXACT = "exact"
    FOLDED = "folded"
    DISGUISED = "disguised"
    SOUNDS = "sounds"
    TYPO = "typo"
    MASKED = "masked"
    NICKNAME = "nickname"
    INITIAL = "initial"


class Reading(NamedTuple):
    """What a word of a text may be: a name part, and how it is seen.

    ``edits`` counts the letters that differ in a typo, or are hidden by a mask.
    """

    part: str
    how: How = How.EXACT
    genitive: bool = False
    edits: int = 0


class _Memo(dict[K, V]):
    """What was worked out before, bounded; stays behind when the index travels."""

    def __reduce__(self) -> tuple[type[_Memo[K, V]], tuple[()]]:
        return (type(self), ())

    def keep(self, key: K, value: V) -> V:
        """Remember a value, forgetting all others when there are too many."""
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = value
        return value


class Told(_Memo[str, str]):
    """What each run of characters met so far is to a name, as ``sieve`` counts."""

    def __missing__(self, run: str) -> str:
        return UNMET


class Partners(NamedTuple):
    """Words that form a pair with one, and the same collapsed, for counting edits."""

    words: tuple[str, ...]
    collapsed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """All entries, ready to be looked for; immutable and picklable.

    ``spelled`` maps each spelling to the name parts it stands for, ``sounding`` the
    sound of a word to those that sound like it, ``pairs`` a first and another word
    of a name (either may be an initial) to forms, ``partners`` a word to those it
    forms pairs with, ``givens`` a given name and a centre to forms.
    """

    entries: tuple[Entry, ...]
    spelled: Mapping[str, tuple[str, ...]]
    sounding: Mapping[str, tuple[str, ...]]
    pairs: Mapping[tuple[str, str], tuple[Form, ...]]
    partners: Mapping[str, Partners]
    single: Mapping[str, tuple[Form, ...]]
    joined: Mapping[str, tuple[Form, ...]]
    givens: Mapping[tuple[str, str], tuple[Form, ...]]
    emails: Mapping[str, tuple[int, ...]]
    paths: Mapping[str, tuple[int, ...]]
    own_words: bool  # whether any entry has role words of its own
    listed: Mapping[str, tuple[str, ...]]  # ``spelled`` of all who are watched over
    _read_before: _Memo[str, tuple[Reading, ...]] = field(
        default_factory=_Memo, compare=False, repr=False
    )
    _joined_before: _Memo[str, tuple[tuple[Form, Reading], ...]] = field(
        default_factory=_Memo, compare=False, repr=False
    )
    _typos_before: _Memo[tuple[str, str], tuple[Reading, ...]] = field(
        default_factory=_Memo, compare=False, repr=False
    )
    _shapes: _Memo[tuple[int, str], tuple[str, ...]] = field(
        default_factory=_Memo, compare=False, repr=False
    )

    told: Told = field(default_factory=Told, compare=False, repr=False)
    paired: _Memo[tuple[str, str], int] = field(
        default_factory=_Memo, compare=False, repr=False
    )

    def readings(self, word: str) -> tuple[Reading, ...]:
        """The name parts a folded word is, without any typo; disguised ones too."""
        if len(word) > _LONGEST_WORD:
            return ()
        known = self._read_before.get(word)
        if known is None:
            known = self._read_before.keep(word, tuple(self._read(word)))
        return known

    def whole(self, word: str) -> tuple[tuple[Form, Reading], ...]:
        """The forms that a folded word is joined of, and how."""
        if len(word) > _LONGEST_WORD:
            return ()
        known = self._joined_before.get(word)
        if known is None:
            known = tuple(self._joined(word, How.EXACT))
            if not known and not is_plain(word):
                bare = unveiled(word)
                known = tuple(j for b in bare for j in self._joined(b, How.DISGUISED))
            self._joined_before.keep(word, known)
        return known

    def _joined(self, word: str, how: How) -> Iterable[tuple[Form, Reading]]:
        for stem, genitive in _stems(word):
            for form in self.joined.get(stem, ()):
                yield form, Reading(stem, how, genitive)

    def inside(self, word: str) -> tuple[tuple[Form, int, int], ...]:
        """The forms joined within a longer word, and where: "fyrmalthekringelbæk"."""
        length = len(word)
        if not _SHORTEST_INSIDE < length <= _LONGEST_TAG:
            return ()
        return tuple(
            (form, start, end)
            for start in range(length - _SHORTEST_INSIDE + 1)
            for end in range(length, start + _SHORTEST_INSIDE - 1, -1)
            for form in self.joined.get(word[start:end], ())
        )

    def knows(self, word: str) -> bool:
        """Whether a word that may be disguised is a name part, or a joined name.

        Not if its pieces are names as they stand: "malthe.kringelbæk", "malthe*".
        """
        if not word.isalnum():
            pieces = [piece for piece in _LETTERS.findall(word) if len(piece) > 1]
            stand = [self._as_it_stands(piece) for piece in pieces]
            whole = len(pieces) > 1 and "".join(pieces) in self.spelled
            if _JOINING.search(word) and not whole:
                refused = any(stand)
            else:
                refused = len(stand) > 1 and all(stand)
            if refused:
                return False
        return bool(self.readings(word) or self.whole(word))

    def names_another(self, words: Iterable[str], own: Container[str]) -> bool:
        """Whether any folded word is of a watched name, none of whose parts is ``own``.

        Also of those who are not looked for in this index.
        """
        parts = (
            part
            for word in words
            for stem, _ in _stems(word)
            for part in self.listed.get(stem, ())
        )
        return any(part not in own and part not in PARTICLES for part in parts)

    def _as_it_stands(self, word: str) -> bool:
        return any(
            stem in self.spelled or stem in self.joined for stem, _ in _stems(word)
        )

    def _read(self, word: str) -> Iterable[Reading]:
        """Each part once, as the surest reading sees it."""
        seen: set[str] = set()
        for reading in self._all(word):
            if reading.part not in seen:
                seen.add(reading.part)
                yield reading

    def _all(self, word: str) -> Iterable[Reading]:
        yield from self._spelled(word)
        lex = lexicon()
        for full in lex.nicknames.get(word, ()):
            for part in self._parts(full):
                yield Reading(part, How.NICKNAME)
        if word in lex.everyday and not lex.is_foreign(word):
            return
        if not is_plain(word):
            for bare in unveiled(word):
                for reading in self._spelled(bare):
                    yield reading._replace(how=How.DISGUISED)
        yield from self._sounding(word) if word.isalnum() else self._masked(word)

    def _spelled(self, word: str) -> Iterable[Reading]:
        for stem, genitive in _stems(word):
            for part in self._parts(stem):
                if not _another_name(stem, part):
                    how = How.EXACT if part == stem else How.FOLDED
                    yield Reading(part, how, genitive)

    def _parts(self, word: str) -> Iterable[str]:
        for spelling in spellings(word):
            yield from self.spelled.get(spelling, ())

    def _sounding(self, word: str) -> Iterable[Reading]:
        for stem, genitive in _stems(word):
            if len(stem) < SHORTEST_TYPO:
                continue
            for part in self.sounding.get(sound(stem), ()):
                if _is_free(stem) or certain(stem) == certain(part):
                    yield Reading(part, How.SOUNDS, genitive)

    def _masked(self, word: str) -> Iterable[Reading]:
        """Parts of which a word hides letters: one for each sign."""
        shown = visible(word)
        if len(shown) == 1 and word[0] == shown:
            yield Reading(f"{shown}.", How.INITIAL)
        if len(shown) < _FEWEST_SHOWN:
            return
        self._learn_shapes()
        for part in self._shapes.get((len(word), word[0]), ()):
            if fits(word, part) or fits(word, collapse(part)):
                yield Reading(part, How.MASKED, edits=len(word) - len(shown))

    def _learn_shapes(self) -> None:
        """Sort all parts by length and first letter, once and only if need be."""
        if self._shapes:
            return
        shapes: dict[tuple[int, str], list[str]] = defaultdict(list)
        for part in dict.fromkeys(p for parts in self.spelled.values() for p in parts):
            for length in {len(part), len(collapse(part))}:
                shapes[length, part[0]].append(part)
        self._shapes.update((key, tuple(parts)) for key, parts in shapes.items())

    def typos(self, word: str, partner: str) -> tuple[Reading, ...]:
        """The misspelt parts a folded word may be, next to an exact ``partner``."""
        lex, stem = lexicon(), word.removesuffix("s")
        if len(word) < SHORTEST_TYPO or lex.is_word(word) or lex.is_word(stem):
            return ()
        known = self._typos_before.get((word, partner))
        if known is None:
            near = self.near(word, partner)
            if lex.is_compound(word) or lex.is_compound(stem):
                near = (
                    reading for reading in near if not lex.is_compound(reading.part)
                )
            known = self._typos_before.keep((word, partner), tuple(near))
        return known

    def near(self, word: str, partner: str) -> Iterable[Reading]:
        """The parts within few edits of a folded word, were it no word itself."""
        partners = self.partners.get(partner)
        if partners is None or word[-1].isdigit():
            return ()
        if not word.isalnum():
            return _hidden(word, partners)
        return _misspelt(word, partners)


def _hidden(word: str, partners: Partners) -> Iterable[Reading]:
    """Parts that a word hides letters of, however many each sign stands for."""
    shown = visible(word)
    if len(shown) < _FEWEST_SHOWN or not word[0].isalnum():
        return
    pattern = loosely(collapse(word))
    for part, collapsed in zip(*partners, strict=True):
        if pattern.fullmatch(collapsed):
            yield Reading(part, How.MASKED, edits=max(1, len(part) - len(shown)))


def _misspelt(word: str, partners: Partners) -> Iterable[Reading]:
    best: dict[str, Reading] = {}
    for stem, genitive in ((word, False), (word.removesuffix("s"), True)):
        for number, edits in _edits(stem, partners.collapsed):
            part = partners.words[number]
            exact = part == stem or word in (f"{part}s", f"{part}es")
            worse = part in best and best[part].edits <= edits
            start = stem[0] == part[0] or stem[:2] == part[1::-1]
            close = start and _is_as_long(stem, part) and edits <= _allowed(part, stem)
            if close and not (exact or worse):
                best[part] = Reading(part, How.TYPO, genitive, edits)
    yield from best.values()


def _stems(word: str) -> Iterable[tuple[str, bool]]:
    yield word, False
    if word[-1:].isdigit():
        yield word.rstrip("0123456789"), False
    if word.endswith("s") and not lexicon().is_family(word):
        yield word[:-1], True
        if word.endswith("es"):
            yield word[:-2], True


def _is_free(word: str) -> bool:
    """Whether a word is no name itself, so that it may be another way to spell one."""
    return word not in lexicon().listed and not lexicon().is_compound(word)


def _another_name(word: str, part: str) -> bool:
    """Whether a word that has lost a sign of a part is a name itself: Bak, not Bæk."""
    return unsigned(word) != unsigned(part) and word in lexicon().listed


def _edits(word: str, others: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    """Others by number with their edits from a word, swapped neighbours being one.

    Words that only collapse to the same are one edit apart.
    """
    for one in dict.fromkeys((collapse(word), unmarked(word))):
        close = process.extract(
            one, others, scorer=OSA.distance, score_cutoff=2, limit=None
        )
        for _, edits, number in close:
            yield number, max(1, int(edits))


def _is_as_long(word: str, part: str) -> bool:
    """Whether only letters for æ, ø or å make two words differ much in length."""
    signs = len(_SIGNS.findall(part))
    return abs(len(word) - len(part)) <= _allowed(part) + signs


def _allowed(part: str, word: str = "") -> int:
    """How many letters may differ; one if all that differs is a short first half.

    Bregendahl and Brededahl are two names.
    """
    shared = Postfix.similarity(part, word)
    halved = shared > 0 and part[-shared:].endswith(lexicon().compounding)
    short = halved and shared >= SHORTEST_TYPO and len(part) - shared < _LONG_HALF
    long = len(part) >= _TWO_EDITS and not short
    return 2 if long else 1
