"""Tells pages that stand in the way of what one wanted to read.

A phrase counts only as the page's main message: in its title or main heading, or
when it is nearly all that the page says. Quoted inside a text it means nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from monitor.extract.charset import decode
from monitor.extract.text import words_of
from monitor.types import Reason

SHORT = 400
VERY_SHORT = 90
# No wall says more than this beside its navigation.
LONGEST = 4 * SHORT

_LOGIN = re.compile(
    r"^\W*(log(?:ge)? ?(?:ind|in|på)\b|login\b|sign in\b|please (?:log|sign) in"
    r"|adgang kræver|du skal (?:være logget|logge) ?(?:ind|på)"
    r"|you (?:must|need to) (?:be logged|log)|(?:kun for|forbeholdt) medlemmer"
    r"|members only|medlemslogin|opret (?:en )?bruger for|the board requires you"
    r"|logg inn\b|logga in\b|du må (?:være logget|logge) (?:inn|på)"
    r"|du måste (?:vara inloggad|logga in)|bare for medlemmer|endast för medlemmar)"
)
_LOGIN_INSIDE = re.compile(
    r"\b(du skal (?:være logget|logge) ?(?:ind|på) for at (?:se|læse)"
    r"|log (?:ind|på) for at (?:se|læse|fortsætte)"
    r"|log(?:ged)? in to (?:view|see|read|continue)"
    r"|board requires you to be registered and logged in"
    r"|(?:logg|logget) inn for å (?:se|lese|fortsette)"
    r"|(?:logga in|inloggad) för att (?:se|läsa|fortsätta)"
    r"|(?:kun|alene|forbeholdt|only|exclusively|kun tilgængelig)"
    r" (?:for |til )?(?:vores |our )?(?:abonnenter|medlemmer|subscribers|members)"
    r"|(?:gruppe|profil|konto|konti|forum)(?:n|en|et|met)? er (?:privat|lukket)"
    r"|this (?:group|account|profile|community) is private"
    r"|not logged in or you do not have permission"
    r"|not authori[sz]ed to (?:view|read) this (?:forum|topic|page)"
    r"|ikke (?:adgang|tilladelse|rettigheder) til at (?:se|læse) (?:dette|denne))\b"
)
_CONSENT = re.compile(
    r"(cookie|samtykke|consent|før du fortsætter|before you continue"
    r"|vi værner om dit privatliv|we value your privacy"
    r"|informasjonskapsler|før du fortsetter|innan du fortsätter|använder kakor)"
)
_CONSENT_ACT = re.compile(
    r"\b(accept[ée]r|tillad|afvis|accept|reject|agree|godkend"
    r"|godta|avvis|acceptera|godkänn|avvisa)\b"
)
_BOT = re.compile(
    r"(just a moment|attention required|checking (?:if the site|your browser)"
    r"|verify(?:ing)? (?:that )?(?:you are|you're|you’re) (?:a )?human"
    r"|verifying your browser|security verification|human verification"
    r"|are you a robot|(?:you are|you're|you’re) not a (?:ro)?bot"
    r"|er du et menneske|bekræft,? at du er et menneske|ikke er en robot|captcha"
    r"|bekreft,? at du er et menneske|bekräfta att du är (?:en )?människa"
    r"|access denied|403 forbidden|permission to access (?:this|the requested)"
    r"|too many requests|unusual traffic"
    r"|(?:enable|turn on|aktiv[ée]r) cookies|slå cookies til"
    r"|enable javascript and cookies to continue"
    r"|you have been blocked|pardon our interruption|incapsula incident"
    r"|enable js and disable any ad ?blocker|press (?:&|and) hold"
    r"|ddos[- ]?guard|usædvanlig trafik|automatiserede forespørgsler"
    r"|sikkerhedstjek|sikkerhetssjekk|säkerhetskontroll)"
)
_GONE = re.compile(
    r"(\b404\b|page (?:was )?not found|not found(?= \||$)"
    r"|side(?:n)? (?:blev |kunne |kan )?ikke (?:fundet|findes)"
    r"|siden? findes (?:desværre )?ikke|kunne ikke finde siden|ikke længere tilgængelig"
    r"|(?:indhold|indlæg|emne|opslag|side|video|profil|gruppe|konto)(?:et|e?n)?"
    r" er (?:desværre )?(?:ikke tilgængelig|fjernet|slettet|blevet fjernet"
    r"|blevet slettet|utilgængelig)|no longer available"
    r"|(?:content|page|post|video|profile) (?:isn't|is not|isn’t) available"
    r"|does(?:n't|n’t| not) exist|can(?:'t|’t|not) be found|could not be found"
    r"|invalid (?:thread|topic|post) specified|video unavailable"
    r"|(?:emne(?:t)?|indlæg(?:get)?|opslag(?:et)?|tråd(?:en)?|bruger(?:en)?)"
    r" (?:findes|eksisterer) (?:ikke|desværre ikke)"
    r"|has been (?:removed|deleted)|vi kan ikke finde|nothing (?:was )?found"
    r"|there is currently no text in this page"
    r"|siden finnes ikke|fant ikke siden|innholdet er ikke tilgjengelig"
    r"|sidan (?:kunde inte hittas|hittades inte|finns inte)"
    r"|innehållet är inte tillgängligt)"
)
_DOWN = re.compile(
    r"(error establishing a database connection|database error|sql error"
    r"|(?:under|scheduled|planlagt|down for) (?:vedligehold|maintenance|vedlikehold)"
    r"|site is (?:currently )?(?:down|offline|unavailable)|be right back"
    r"|(?:midlertidigt|midlertidig) (?:lukket|utilgængelig|ude af drift|utilgjengelig)"
    r"|temporarily (?:unavailable|closed|down)|vi er snart tilbage"
    r"|internal server error|bad gateway|service unavailable|der er sket en fejl"
    r"|noget gik galt"
    r"|something went wrong|board is currently disabled|tillfälligt stängd)"
)
_PARKED = re.compile(
    r"(domain (?:is|may be) for sale|buy this domain|domænet er til salg"
    r"|account (?:has been )?suspended|welcome to nginx|apache2? .{0,20}default page"
    r"|under (?:construction|opbygning|konstruktion)|domain (?:is )?parked"
    r"|it works!|(?:denne|this) (?:domain|webhotel|website) .{0,30}(?:udløbet|expired))"
)
_JAVASCRIPT = re.compile(
    r"(enable|activate|turn on|aktiv[ée]r|slå|kræver|requires?|need)"
    r".{0,40}java ?script"
)

_LOADING = re.compile(
    r"\W*(?:loading|indlæser|henter|laster(?: inn)?|laddar|(?:vent|vänta)\b|please wait"
    r"|et øjeblik)(?:,? (?:siden|sidan|data|indhold(?:et)?|innhold|innehåll|content|app"
    r"|venligst|litt|please wait))*\W*"
)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:<(?!/\1)[^<]*)*", re.IGNORECASE)
_PAID = re.compile(rb"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)
_LOGIN_PLACE = re.compile(
    r"//(?:login|signin|auth|sso|accounts?)\.|[/=](?:log[-_]?(?:in|ind|on)|sign[-_]?in"
    r"|wp-login\.php|checkpoint|authwall)(?:[/?#&.]|$)",
    re.IGNORECASE,
)
_CONSENT_PLACE = re.compile(
    r"//(?:consent|cmp|guce)\.|/consent(?:[/?#]|$)", re.IGNORECASE
)
_MARKUP = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a wall beside its words.

    ``scripts`` are the addresses of scripts and frames, empty for scripts in the
    page; ``password`` says that one is asked for; ``noscript`` is what is shown
    without scripts; ``buttons`` is what stands on buttons, which are no text.
    """

    scripts: tuple[str, ...] = ()
    password: bool = False
    noscript: str = ""
    buttons: str = ""


def find_wall(
    signs: Signs, *, title: str, headings: str, text: str, peopled: bool = False
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
        ("wall_bot", _bot(signs, said, words)),
        ("wall_login", _login(signs, said, words)),
        ("wall_consent", _consent(signs, said, words)),
        ("soft_404", _told(_GONE, said, words)),
        ("site_down", _told(_DOWN, said, words)),
        ("site_parked", _told(_PARKED, said, words)),
        ("empty_shell", _shell(signs, words)),
    )
    return next((Reason(code) for code, found in tests if found), None)


def sent_to_wall(asked: str, arrived: str) -> Reason | None:
    """Whether a reader who asked for a page was sent to a log-in or a question.

    What already stood in the address that was asked for tells nothing.
    """
    for code, places in (
        ("wall_login", _LOGIN_PLACE),
        ("wall_consent", _CONSENT_PLACE),
    ):
        if places.search(arrived) and not places.search(asked):
            return Reason(code)
    return None


def is_paid_for(body: bytes) -> bool:
    """Whether a page says in its data that it shows all only to those who pay."""
    return _PAID.search(body) is not None


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


def _bot(signs: Signs, said: str, words: str) -> bool:
    if len(words) > SHORT:
        return False
    checked = any("challenges.cloudflare" in address for address in signs.scripts)
    return checked or _BOT.search(said) is not None or _mostly(_BOT, words)


def _login(signs: Signs, said: str, words: str) -> bool:
    asks = signs.password
    told = any(_LOGIN.match(part.strip()) for part in said.split("|"))
    if told:
        return (asks and len(words) <= 2 * SHORT) or len(words) <= SHORT
    if asks and len(words) <= VERY_SHORT * 2:
        return True
    if len(words) <= VERY_SHORT and _LOGIN.match(words):
        return True
    longest = 2 * SHORT if asks else SHORT
    return len(words) <= longest and _mostly(_LOGIN_INSIDE, words)


def _consent(signs: Signs, said: str, words: str) -> bool:
    """Whether a page asks for consent, by its words or, where it has many, buttons."""
    if len(words) > LONGEST:
        return False
    asks = _CONSENT_ACT.search(signs.buttons.lower()) is not None
    if len(words) > SHORT:
        return asks and _CONSENT.search(said) is not None
    told = f"{said} | {words[:80]}"
    return (asks or _CONSENT_ACT.search(words) is not None) and (
        _CONSENT.search(told) is not None
    )


def _told(phrase: re.Pattern[str], said: str, words: str) -> bool:
    if len(words) > SHORT:
        return False
    return phrase.search(said) is not None or _mostly(phrase, words)


def _shell(signs: Signs, words: str) -> bool:
    if len(words) > VERY_SHORT:
        return len(words) <= SHORT and _mostly(_JAVASCRIPT, words)
    if _JAVASCRIPT.search(words) or _JAVASCRIPT.search(signs.noscript.lower()[:2000]):
        return True
    empty = not words or _LOADING.fullmatch(words) is not None
    return empty and bool(signs.scripts)


def _mostly(phrase: re.Pattern[str], words: str) -> bool:
    """Whether a phrase opens a short text or fills a good part of it."""
    found = phrase.search(words)
    if found is None:
        return False
    return found.start() <= 60 or len(words) <= VERY_SHORT
