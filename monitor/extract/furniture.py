"""Tells what only serves a page - buttons, counters, share bars - from what is said.

Nothing is thrown away by its place alone: what is taken out of a post's text is still
searched, unless it is made of nothing but the words that pages put on their furniture.
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.extract.text import one_line
from monitor.extract.tree import Tag

# A part of a page that says more than this is no mere button, whatever it is called.
SHORT = 60
_ROLES = frozenset(("button", "navigation", "toolbar", "menu", "search"))
_NAMES = frozenset(("button", "nav", "menu"))
_MARKS = re.compile(
    r"(?:^|[\s_/-])(?:share|sharing|sharedaddy|addtoany|social|sd-(?:block|title|social)"
    r"|likes?|reactions?(?:bar)?|reply|replylink\w*|comment-reply\w*|replies"
    r"|actions?(?:bar)?|toolbar|buttons?|read-?more|more(?:-link|-text)?|jump-link"
    r"|related|newsletter|breadcrumbs?|pagination|pager|advert\w*|annonce\w*"
    r"|edit-?(?:link|section|indicator)|editsection|comments?-link|back2top|signature"
    r"|last-?edit(?:ed)?|reading-time|skip-link|expandlink|post-icons|jumplink"
    r"|printfooter|catlinks|quote-controls|postid|metaitem)(?:$|[\s_/-])",
    re.IGNORECASE,
)
_VOCABULARY = """
indlæg posts post beskeder besked messages message svar reply replies besvar citer
citat quote med with tilmeldt tilmeldingsdato joined join date dato medlem member
siden since registered registreret offline online top tilbage til back to the of
toppen rediger redigér edit redigeret rettet edited slet delete anmeld report rapportér
profil profile vis show skjul hide af by skrev skrevet wrote written said siger says
sagde kl at den on like likes synes godt om reaktioner reaction reactions point points
karma omdømme reputation del dette this share deling kopiér kopier copy link permalink
permalinks læs mere videre read more continue reading min mins minutter minute minutes
facebook twitter x linkedin e-mail email mail whatsapp messenger reddit pinterest
print udskriv send senest sidst sidste last editeret i alt gang gange times time total
avatar brugeravatar indsendt posted udgivet published opdateret updated kommentar
kommentarer comment comments kategori kategorier category categories emner etiketter
tags tagged labels artikel artiklen page også næste forrige next previous older newer
ældre nyere klik for udvide click expand log ind in login skriv et en a an følg follow
abonnér abonner subscribe tilmeld dig indlæser loading leave ingen no og and er is new
ny pm am dag dage day days uge uger week weeks måned måneder month months år year
years timer hour hours today yesterday går
"""
# Some months are first names too, so they count only beside a number.
_CALENDAR = """
jan januar january feb februar february mar marts march apr april maj may jun juni
june jul juli july aug august sep sept september okt oct oktober october nov november
dec december man mandag mon monday tir tirsdag tue tuesday ons onsdag wed wednesday
tor tors torsdag thu thursday fre fredag fri friday lør lørdag sat saturday søn søndag
sun sunday
"""
_WORDS = frozenset(_VOCABULARY.split())
_DATED = _WORDS.union(_CALENDAR.split())
_DIGIT = re.compile(r"\d")
_GAP = re.compile(r"\n{3,}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_chrome(tag: Tag) -> bool:
    """Whether a tag is a short part that serves the page, by its name and marks."""
    if tag.name in _NAMES:
        return True
    attrs = tag.attrs
    if not attrs:
        return False
    if attrs.get("role") in _ROLES:
        return True
    marks = f"{attrs.get('class', '')} {attrs.get('component', '')}"
    if len(marks) == 1 or not _is_marked(marks):
        return False
    return len(one_line(tag, limit=SHORT * 4).split()) <= SHORT


@lru_cache(maxsize=4096)
def _is_marked(marks: str) -> bool:
    return _MARKS.search(marks) is not None


@lru_cache(maxsize=4096)
def says_nothing(line: str) -> bool:
    """Whether a line is only such words as pages write on their furniture."""
    known = _DATED if _DIGIT.search(line) else _WORDS
    words = _WORD.findall(line)
    return bool(words) and all(word.lower() in known for word in words)


def without(text: str) -> str:
    """A text less its lines of furniture, unless it has no others."""
    kept = [line for line in text.split("\n") if not says_nothing(line)]
    return _GAP.sub("\n\n", "\n".join(kept)).strip() or text
