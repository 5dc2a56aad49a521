"""Languages: marks texts for translation and renders codes for people.

English stands in the code, Danish in ``locale/``. Rooms hand out codes; only the
edges (command line, letters, web) turn them into words, here.
"""

from __future__ import annotations

import gettext as _gettext
import os
import re
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from monitor.types import MatchReason, Param, Reason

LANGUAGES = ("da", "en")
_LOCALE = Path(__file__).parent / "locale"
_GAP = re.compile(r"\{\w+\}")
_STATES = frozenset({"state", "to", "needed"})  # parameters that hold states
_language: ContextVar[str] = ContextVar("language", default="da")


def N_(text: str) -> str:  # noqa: N802  the name gettext tools look for
    """Mark a text for translation where it is defined, not where it is shown."""
    return text


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("monitor", _LOCALE, [language], fallback=True)


def use(language: str) -> None:
    """Choose the language of this task; unknown ones mean English."""
    _language.set(language if language in LANGUAGES else "en")


def lead_libraries() -> None:
    """Have libraries that ask gettext for words speak the chosen language too."""
    _gettext.bindtextdomain("monitor", str(_LOCALE))
    _gettext.textdomain("monitor")
    os.environ["LANGUAGE"] = current()


def current() -> str:
    """The language chosen for this task."""
    return _language.get()


def _(text: str, language: str | None = None) -> str:
    """The text in the chosen language."""
    return _catalogue(language or current()).gettext(text)


def plural(one: str, many: str, number: int) -> str:
    """The right form for a number, in the chosen language."""
    return _catalogue(current()).ngettext(one, many, number)


def say(reason: Reason | MatchReason, language: str | None = None) -> str:
    """A code with its parameters as a sentence a person understands.

    What says something else of exactly one has a sentence ``<code>_one``. An unknown
    code is shown as it is: an older database may hold one.
    """
    from monitor.wording import WORDING

    one = f"{reason.code}_one" if 1 in reason.params.values() else reason.code
    template = WORDING.get(one) or WORDING.get(reason.code)
    if template is None:
        return reason.code
    told = {
        name: _listed(value, language) if name in _STATES else _number(value)
        for name, value in reason.params.items()
    }
    return _fill(_(template, language), told)


def say_kept(code: str, **params: Param) -> str:
    """The sentence of a stored code; what was not stored with it shows as “…”."""
    return _GAP.sub("…", say(Reason(code, params)))


def state(code: str, language: str | None = None) -> str:
    """How people call a state of a hit, a case or a letter; others stay as they are."""
    from monitor.wording import STATES

    return _(STATES[code], language) if code in STATES else code


def _listed(value: Param, language: str | None) -> str:
    """One state or several, divided by commas, in words."""
    return ", ".join(state(code, language) for code in str(value).split(", "))


def _number(value: Param) -> Param:
    """A fraction as the language writes it, a whole one without a fraction."""
    if not isinstance(value, float):
        return value
    told = f"{value:g}"
    return told.replace(".", ",") if current() == "da" else told


def _fill(template: str, params: Mapping[str, Param]) -> str:
    try:
        return template.format(**params)
    except (KeyError, IndexError):
        return template
