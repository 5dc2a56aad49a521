"""Times as Danish and English pages write them become moments in UTC.

Strict forms are tried first; what they do not know goes to ``dateparser``, which
is slower and guesses more, and only for short texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.types import Moment, Precision

MAX_LENGTH = 120
_EARLIEST = datetime(1991, 1, 1, tzinfo=UTC)
# A page's clock may run ahead of ours, and a day may be given without its zone.
_AHEAD = timedelta(hours=26)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january",
            "feb februar february",
            "mar marts march",
            "apr april",
            "maj may",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "mandag monday man mon",
            "tirsdag tuesday tir tue",
            "onsdag wednesday ons wed",
            "torsdag thursday tor thu",
            "fredag friday fre fri",
            "lørdag saturday lør sat",
            "søndag sunday søn sun",
        )
    )
    for name in names.split()
}
_NUMBERS = {"en": 1, "et": 1, "én": 1, "ét": 1, "a": 1, "an": 1, "one": 1, "to": 2}
_UNITS: tuple[tuple[str, timedelta, Precision], ...] = (
    (r"sek\w*|sec\w*|s", timedelta(seconds=1), Precision.MINUTE),
    (r"min\w*|m", timedelta(minutes=1), Precision.MINUTE),
    (r"time|timer|t|hours?|hrs?|h", timedelta(hours=1), Precision.HOUR),
    (r"dage?|døgn|days?|d", timedelta(days=1), Precision.DAY),
    (r"uger?|weeks?|u|w", timedelta(weeks=1), Precision.DAY),
    (r"måned\w*|md|mdr|months?|mo", timedelta(days=30), Precision.MONTH),
    (r"år|years?|y", timedelta(days=365), Precision.YEAR),
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))

_ISO = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?)?)?$",
    re.IGNORECASE,
)
_RFC = re.compile(r"(?:\w{3},? )?\d{1,2} \w{3} \d{2,4} \d\d:\d\d(:\d\d)? \S+$")
_EPOCH = re.compile(r"(\d{10})(\d{3})?$")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of )?({_MONTH})\b\.?,?\s*(\d{{4}}\b)?"
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\b\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}\b))?"
)
_MONTH_YEAR = re.compile(rf"^({_MONTH})\.?,? (\d{{4}})$")
_NUMERIC = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?![\d:.])")
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_SAME_DAY = re.compile(r"\b(i ?dag|today|i ?går|yesterday|i ?forgårs)\b")
_WEEKDAY = re.compile(rf"^(?:sidste |i |last )?({_DAY})s?\b\.?")
_AGO = re.compile(
    r"^(?:for |ca\. |about )*(\d{1,3}|en|et|én|ét|an?|one|to)\s*([a-zåæø]+)\.? "
    r"(?:siden|ago)$|^(\d{1,3}) ?([a-zåæø]{1,3})\.?$"
)
_NOW = re.compile(r"^(lige nu|nu|just now|now|for (?:et|få) øjeblikke? siden)$")
_CLOCK = re.compile(
    r"(?:\b(?:kl|klokken|at)\b\.?\s*)?(?<![\d.:])(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?"
    r"(?![\d])(?:\s*([ap])\.?m\b\.?)?(?:\s*(z|utc|gmt|cest|cet|[+-]\d\d:?\d\d)\b)?"
)
_HOUR = re.compile(r"\b(?:kl|klokken|at)\b\.? (\d{1,2})(?!\d)(?:\s*([ap])\.?m\b)?")
_OFFSETS = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120}

Found = tuple[datetime, Precision]


def read_moment(raw: str, *, now: datetime, timezone: str) -> Moment | None:
    """The time a page tells in words, or None when it tells none that can be true.

    ``now`` is aware and anchors words such as "i går"; a time without a zone is
    taken in ``timezone``. Of two readings of 03/04/2026 the day comes first.
    """
    words = re.sub(r"\s+", " ", raw.replace("\xa0", " ")).strip()
    if not words or len(words) > MAX_LENGTH:
        return None
    zone = _zone(timezone)
    here = now.astimezone(zone)
    try:
        found = _read(words, here)
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    at = found[0].astimezone(UTC)
    if not _EARLIEST <= at <= now + _AHEAD:
        return None
    return Moment(at, found[1], words)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _read(words: str, here: datetime) -> Found | None:
    lower = words.lower()
    readers: tuple[Callable[[str, datetime], Found | None], ...]
    readers = (_iso, _rfc, _epoch, _ago, _date_and_clock, _fuzzy)
    for reader in readers:
        found = reader(words if reader in (_iso, _rfc) else lower, here)
        if found is not None:
            return found
    return None


def _iso(words: str, here: datetime) -> Found | None:
    parts = _ISO.match(words)
    if parts is None:
        return None
    year, month, day, hour, minute, second, zone = parts.groups()
    at = datetime(int(year), int(month), int(day or 1), tzinfo=here.tzinfo)
    if hour is None:
        return at, Precision.DAY if day else Precision.MONTH
    if int(hour) == 24:
        hour, at = "0", at + timedelta(days=1)
    at = at.replace(
        hour=int(hour), minute=int(minute), second=min(int(second or 0), 59)
    )
    if zone:
        at = at.replace(tzinfo=UTC) - timedelta(minutes=_offset(zone.lower()))
    return at, Precision.SECOND if second else Precision.MINUTE


def _rfc(words: str, _here: datetime) -> Found | None:
    parts = _RFC.match(words)
    if parts is None:
        return None
    at = parsedate_to_datetime(words)
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return at, Precision.SECOND if parts[1] else Precision.MINUTE


def _epoch(words: str, _here: datetime) -> Found | None:
    parts = _EPOCH.match(words)
    if parts is None:
        return None
    return datetime.fromtimestamp(int(parts[1]), UTC), Precision.SECOND


def _ago(words: str, here: datetime) -> Found | None:
    if _NOW.match(words):
        return here, Precision.MINUTE
    parts = _AGO.match(words)
    if parts is None:
        return None
    number, unit = parts[1] or parts[3], parts[2] or parts[4]
    count = _NUMBERS.get(number) or int(number)
    for pattern, size, precision in _UNITS:
        if re.fullmatch(pattern, unit):
            # Elapsed time is counted in UTC: clocks change, hours do not.
            return here.astimezone(UTC) - count * size, precision
    return None


def _date_and_clock(words: str, here: datetime) -> Found | None:
    month = _MONTH_YEAR.match(words)
    if month:
        start = datetime(int(month[2]), _MONTHS[month[1]], 1, tzinfo=here.tzinfo)
        return start, Precision.MONTH
    for reader in (_year_first, _named, _numeric, _near, _weekday):
        day, rest = reader(words, here)
        if day is not None:
            return _with_clock(day, rest, here)
    if _CLOCK.fullmatch(words):
        return _with_clock(here.date(), words, here)
    return None


Day = tuple[date | None, str]


def _year_first(words: str, _here: datetime) -> Day:
    found = _YEAR_FIRST.search(words)
    if found is None:
        return None, words
    day = date(int(found[1]), int(found[2]), int(found[3]))
    return day, _without(words, found)


def _named(words: str, here: datetime) -> Day:
    found = _DAY_MONTH.search(words)
    if found:
        day, month, year = found.groups()
    else:
        found = _MONTH_DAY.search(words)
        if found is None:
            return None, words
        month, day, year = found.groups()
    rest = _without(words, found)
    if year is None:
        late = re.search(r"(?<![\d.:])((?:19|20)\d\d)(?![\d.:])", rest)
        year = late[1] if late else None
    if year:
        return date(int(year), _MONTHS[month], int(day)), rest
    return _latest(int(day), _MONTHS[month], here), rest


def _latest(day: int, month: int, here: datetime) -> date:
    """The last such day that is not ahead; 29 February may lie years back."""
    for year in range(here.year, here.year - 8, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= here.date() + timedelta(days=1):
            return found
    raise ValueError(day)


def _numeric(words: str, here: datetime) -> Day:
    found = _NUMERIC.search(words)
    if found is None:
        return None, words
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if month > 12 >= day:
        day, month = month, day
    if year < 100:
        year += 2000 if year <= here.year % 100 + 1 else 1900
    return date(year, month, day), _without(words, found)


def _near(words: str, here: datetime) -> Day:
    found = _SAME_DAY.search(words)
    if found is None:
        return None, words
    word = found[1].replace(" ", "")
    back = {"idag": 0, "today": 0, "iforgårs": 2}.get(word, 1)
    return here.date() - timedelta(days=back), _without(words, found)


def _weekday(words: str, here: datetime) -> Day:
    found = _WEEKDAY.match(words)
    if found is None:
        return None, words
    back = (here.weekday() - _DAYS[found[1]]) % 7
    return here.date() - timedelta(days=back), _without(words, found)


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _with_clock(day: date, rest: str, here: datetime) -> Found:
    at = datetime(day.year, day.month, day.day, tzinfo=here.tzinfo)
    clock = _CLOCK.search(rest)
    if clock is None:
        hour = _HOUR.search(rest)
        if hour is None:
            return at, Precision.DAY
        return at.replace(hour=_hour(hour[1], hour[2])), Precision.HOUR
    at = at.replace(
        hour=_hour(clock[1], clock[4]),
        minute=int(clock[2]),
        second=int(clock[3] or 0),
    )
    if clock[5]:
        at = at.replace(tzinfo=UTC) - timedelta(minutes=_offset(clock[5]))
    return at, Precision.SECOND if clock[3] else Precision.MINUTE


def _hour(words: str, half: str | None) -> int:
    hour = int(words)
    if half is None:
        return hour
    return hour % 12 + (12 if half == "p" else 0)


def _offset(words: str) -> int:
    """The minutes that a zone is ahead of UTC."""
    if words in _OFFSETS:
        return _OFFSETS[words]
    sign = -1 if words[0] == "-" else 1
    return sign * (int(words[1:3]) * 60 + int(words[-2:]))


def _fuzzy(words: str, here: datetime) -> Found | None:
    if not re.search(r"\d", words) or len(words) < 5:
        return None
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["da", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "past",
            "RELATIVE_BASE": here.replace(tzinfo=None),
            "REQUIRE_PARTS": ["month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": False,
            "PARSERS": ["relative-time", "absolute-time"],
        },
    )
    found = parser.get_date_data(words)
    if found.date_obj is None:
        return None
    at = found.date_obj
    at = at if at.tzinfo else at.replace(tzinfo=here.tzinfo)
    return at, Precision(found.period if found.period in _PERIODS else "day")


_PERIODS = frozenset(("day", "month", "year"))
