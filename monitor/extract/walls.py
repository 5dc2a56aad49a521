"""Tells pages that stand in the way of what one wanted to read.

A phrase counts only as the page's main message: in its title or main heading, or
when it is nearly all that the page says. Quoted inside a text it means nothing.
"""

from __future__ import annotations

import re
from html import unescape

from monitor.extract.charset import decode
from monitor.extract.text import words_of
from monitor.extract.tree import Tree, attribute
from monitor.types import Reason

SHORT = 400
VERY_SHORT = 90

_LOGIN = re.compile(
    r"^\W*(log(?:ge)? ?(?:ind|in)\b|login\b|sign in\b|please (?:log|sign) in"
    r"|adgang kræver|du skal (?:være logget|logge) ?(?:ind|på)"
    r"|you (?:must|need to) (?:be logged|log)|kun for medlemmer|members only"
    r"|medlemslogin|opret (?:en )?bruger for|the board requires you)"
)
_LOGIN_INSIDE = re.compile(
    r"\b(du skal (?:være logget|logge) ?(?:ind|på) for at (?:se|læse)"
    r"|log ind for at (?:se|læse|fortsætte)"
    r"|log(?:ged)? in to (?:view|see|read|continue)"
    r"|board requires you to be registered and logged in)\b"
)
_CONSENT = re.compile(
    r"(cookie|samtykke|consent|før du fortsætter|before you continue"
    r"|vi værner om dit privatliv|we value your privacy)"
)
_CONSENT_ACT = re.compile(
    r"\b(accept[ée]r|tillad|afvis|accept|reject|agree|godkend|samtykke|consent)\b"
)
_BOT = re.compile(
    r"(just a moment|attention required|checking (?:if the site|your browser)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot"
    r"|er du et menneske|bekræft,? at du er et menneske|ikke er en robot|captcha"
    r"|access denied|unusual traffic|enable javascript and cookies to continue"
    r"|sikkerhedstjek)"
)
_GONE = re.compile(
    r"(\b404\b|page not found|not found(?= \||$)|side(?:n)? (?:blev )?ikke fundet"
    r"|siden findes ikke|kunne ikke finde siden|ikke længere tilgængelig"
    r"|(?:indhold|indlæg|emne|opslag|side)(?:et|n) er (?:ikke tilgængelig"
    r"|fjernet|slettet|blevet fjernet|blevet slettet)|no longer available"
    r"|content (?:isn't|is not|isn’t) available|does(?:n't|n’t| not) exist"
    r"|(?:emnet|indlægget|opslaget) (?:findes|eksisterer) ikke"
    r"|has been (?:removed|deleted)|vi kan ikke finde|nothing (?:was )?found)"
)
_JAVASCRIPT = re.compile(
    r"(enable|activate|turn on|aktiv[ée]r|slå|kræver|requires?|need)"
    r".{0,40}java ?script"
)

_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:<(?!/\1)[^<]*)*", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")


def find_wall(
    tree: Tree, *, title: str, headings: str, text: str, peopled: bool = False
) -> Reason | None:
    """Why this page is not what was asked for, or None when it seems to be.

    ``text`` is the visible text without navigation; ``headings`` the main heading.
    A page is ``peopled`` when it shows somebody's posts: then what they write is not
    the page's own message, and only its heading and title count.
    """
    words = words_of(text).lower()
    if peopled:
        return _over_posts(words_of(headings).lower(), words_of(title).lower(), words)
    said = f"{words_of(headings).lower()} | {words_of(title).lower()}"
    tests = (
        ("wall_bot", _bot(tree, said, words)),
        ("wall_login", _login(tree, said, words)),
        ("wall_consent", _consent(said, words)),
        ("soft_404", _gone(said, words)),
        ("empty_shell", _shell(tree, words)),
    )
    return next((Reason(code) for code, found in tests if found), None)


def says(body: bytes, content_type: str | None, phrase: str) -> bool:
    """Whether a phrase stands on a page, as a reader sees it or in its title."""
    text, _ = decode(body, content_type)
    shown = unescape(_MARKUP.sub(" ", _HIDDEN.sub(" ", text)))
    return words_of(phrase).casefold() in words_of(shown).casefold()


def _over_posts(heading: str, title: str, words: str) -> Reason | None:
    """A wall in front of a page on which posts were found all the same."""
    if len(words) > SHORT:
        return None
    for code, phrase in (("wall_bot", _BOT), ("soft_404", _GONE)):
        if phrase.match(heading) or phrase.match(title):
            return Reason(code)
    return None


def _bot(tree: Tree, said: str, words: str) -> bool:
    if len(words) > SHORT:
        return False
    addresses = (attribute(tag, "src") for tag in tree.named("script", "iframe"))
    checked = any("challenges.cloudflare" in address for address in addresses)
    return checked or _BOT.search(said) is not None or _mostly(_BOT, words)


def _login(tree: Tree, said: str, words: str) -> bool:
    asks = any(attribute(t, "type") == "password" for t in tree.named("input"))
    told = any(_LOGIN.match(part.strip()) for part in said.split("|"))
    if told:
        return (asks and len(words) <= 2 * SHORT) or len(words) <= SHORT
    if asks and len(words) <= VERY_SHORT * 2:
        return True
    return len(words) <= SHORT and _mostly(_LOGIN_INSIDE, words)


def _consent(said: str, words: str) -> bool:
    if len(words) > 4 * SHORT or not _CONSENT_ACT.search(words):
        return False
    if len(words) <= SHORT and _CONSENT.search(words[:80]):
        return True
    return _CONSENT.search(said) is not None


def _gone(said: str, words: str) -> bool:
    if len(words) > SHORT:
        return False
    return _GONE.search(said) is not None or _mostly(_GONE, words)


def _shell(tree: Tree, words: str) -> bool:
    if len(words) > VERY_SHORT:
        return len(words) <= SHORT and _mostly(_JAVASCRIPT, words)
    hidden = " ".join(tag.get_text(" ") for tag in tree.soup.find_all("noscript"))
    if _JAVASCRIPT.search(words) or _JAVASCRIPT.search(hidden.lower()[:2000]):
        return True
    return not words and bool(tree.named("script"))


def _mostly(phrase: re.Pattern[str], words: str) -> bool:
    """Whether a phrase opens a short text or fills a good part of it."""
    found = phrase.search(words)
    if found is None:
        return False
    return found.start() <= 60 or len(words) <= VERY_SHORT
