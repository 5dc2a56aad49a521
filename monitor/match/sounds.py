"""Tell which spellings of a name sound alike in Danish.

Whether a word that sounds like a name may stand for it is left to ``index``.
"""

from __future__ import annotations

import re

from monitor.match.fold import collapse, unsigned
from monitor.match.lexicon import lexicon

# Spellings that nobody hears, each with the one that stands for all.
_CERTAIN = re.compile(
    "(?P<k>c[hk]|q|c(?![eiyæøh])|kj)|(?P<s>sch(?=[mnlr])|c|z)|(?P<f>ph)|(?P<t>th|dt)"
    "|(?P<g>gh)|(?P<v>w)|(?P<ks>x)|(?P<j>(?<=[aeoø])[iy])|(?P<u>ue|uu)|(?P<ii>ii)"
    "|(?P<i>(?<=[^\\W\\d_]{3})y$)|(?P<ee>ee)|(?P<h>(?<=[aeiouyæøå])h(?=[lmnr]))"
)
_SHORT_SOUND = {"ii": "i", "ee": "e", "h": ""}
_DOUBLED = re.compile(r"([bdfghjklmnprstvz])\1")
_SHORTEST_DOUBLED = 6  # in shorter names a doubled letter is heard: Ane, Anne
# Heard by few, but borne by others: only where the word is no name itself.
_VOWEL = "[aeiouyæøå]"
_LIKELY = re.compile(
    f"(?P<n>nd(?!{_VOWEL}))|(?P<l>ld(?!{_VOWEL}))|(?P<v>^hv)|(?P<j>^hj)"
    "|(?P<sen>(?<=...)son$)|(?P<toft>tofte$)"
)


def sound(word: str) -> str:
    """A key that a folded word shares with all that sound like it."""
    return _LIKELY.sub(_group, collapse(certain(word)))


def certain(word: str) -> str:
    """A key that a folded word shares with spellings of the very same name."""
    key = lexicon().same_names.get(word, word)
    key = _CERTAIN.sub(_group, key)
    if len(word) >= _SHORTEST_DOUBLED:
        key = _DOUBLED.sub(r"\1", key)
    return unsigned(key)


def _group(found: re.Match[str]) -> str:
    sound = str(found.lastgroup)
    return _SHORT_SOUND.get(sound, sound)
