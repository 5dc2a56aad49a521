"""Find what is nobody else's business: CPR numbers, telephone numbers, addresses.

Numbers and addresses of the municipality's offices are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MASK = "▮"
_CPR = re.compile(r"(?<![\d-])(\d{6})([ ]?[-–][ ]?|[ ]?)(\d{4})(?![\d-])")
_CPR_WORD = re.compile(r"(?i)\b(?:cpr|person)[\w-]*\W{0,3}(?:\w+\W{1,3}){0,3}$")
_LONGEST_CUE = 40  # characters before a number in which a word may tell what it is
_PHONE = re.compile(
    r"(?<![\d+/.,-])(?P<land>(?:\+|00)45[ ]?)?"
    r"(?P<number>\d{2}(?P<gap>[ ]?)\d{2}(?P=gap)\d{2}(?P=gap)\d{2}|\d{4}[ ]\d{4})"
    r"(?![\d/-]|[.,]\d)"
)
_PHONE_WORD = re.compile(
    r"(?i)\b(?:tlf|telefon\w*|tel|mobil\w*|mob|ring\w*|sms\w*|nummer\w*|phone|call)"
    r"\W{0,3}(?:\w+\W{1,3}){0,3}$"
)
_OTHER_NUMBER = re.compile(
    r"(?i)\b(?:cvr|sags?nr|sags?nummer|faktura\w*|konto\w*|ordre\w*|reg|ean|journal\w*)"
    r"\W{0,3}(?:(?:nr|nummer)\W{0,3})?$"
)
_STREET = re.compile(
    r"(?<![\w.'-])(?:[A-ZÆØÅ][\w.'-]*+[ ]){0,2}"
    r"(?:[A-ZÆØÅ]\w*(?:vej|vejen|gade|gaden|stræde|strædet|allé|alle|alléen|stien|sti"
    r"|plads|pladsen|torv|torvet|boulevard|vænge|vænget|haven|parken|bakken|toften"
    r"|kaj|kajen|kvarter|brygge|have|park|bakke|engen|eng|skrænten|krogen|lunden)"
    r"|[A-ZÆØÅ]\w+[ ](?:Allé|Alle|Vej|Gade|Plads|Torv|Boulevard|Have|Park|Vænge|Kaj))"
    r"[ ](?P<house>\d{1,3})[ ]?[A-Za-zÆØÅæøå]?(?!\w|[.,]?\d)"
)
_TOWN = re.compile(r"(?<!\d)\d{4}[ ][A-ZÆØÅ][a-zæøå]{2,}")
_LIVES = re.compile(r"(?i)\b(?:bor|boede|bopæl|adresse\w*|hjemme)\W+(?:\w+\W+){0,5}$")

Span = tuple[int, int]


def cpr_numbers(text: str) -> Iterator[Span]:
    """Where CPR numbers stand: with a dash, or ten digits that are said to be one.

    Ten digits alone may be anything; they count when they begin with a day and month
    and a word before them says so.
    """
    for found in _CPR.finditer(text):
        dashed = found[2].strip() in {"-", "–"}
        if dashed or (_is_day(found[1]) and _cue(_CPR_WORD, text, found.start())):
            yield found.span()


def without_cpr(text: str) -> str:
    """The text with the last four digits of CPR numbers covered; as long as before."""
    pieces, at = [], 0
    for _start, end in cpr_numbers(text):
        pieces += [text[at : end - 4], MASK * 4]
        at = end
    return "".join(pieces) + text[at:]


def phone_numbers(text: str, office: Iterable[str]) -> Iterator[Span]:
    """Where telephone numbers stand that are not the office's.

    Eight digits in a row may be anything: they count after +45 or a word that says
    what they are. Numbers named otherwise (CVR, case, invoice) do not.
    """
    own = {_digits(number) for number in office}
    for found in _PHONE.finditer(text):
        start = found.start()
        if _digits(found["number"]) in own or _cue(_OTHER_NUMBER, text, start):
            continue
        grouped = " " in found["number"]
        if grouped or found["land"] or _cue(_PHONE_WORD, text, start):
            yield found.span()


def addresses(text: str, office: Iterable[str]) -> Iterator[Span]:
    """Where addresses stand that are not the office's: a street with its number, or
    a postal code with its town after a word about living there.
    """
    own = {_plain(address) for address in office}
    for found in _STREET.finditer(text):
        if not any(address.startswith(_plain(found[0])) for address in own):
            yield found.span()
    for found in _TOWN.finditer(text):
        before = _plain(text[max(0, found.start() - _LONGEST_CUE) : found.end()])
        if _cue(_LIVES, text, found.start()) and not any(a in before for a in own):
            yield found.span()


def _is_day(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12


def _cue(pattern: re.Pattern[str], text: str, position: int) -> bool:
    before = text[max(0, position - _LONGEST_CUE) : position]
    return pattern.search(before) is not None


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdigit())[-8:]


def _plain(address: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", address).casefold().split())
