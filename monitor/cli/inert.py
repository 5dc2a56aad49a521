"""Makes words of strangers harmless on a terminal; what is shown is left to others.

A page may hold escape sequences that repaint the screen, and marks that turn the
direction of writing so that a line reads as something it is not.
"""

from __future__ import annotations

import re

_PICTURES = 0x2400  # Unicode's visible signs for control characters
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
# DEL and C1 controls, marks of direction, line separators, halves of surrogates.
_HIDDEN = re.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def inert(text: str) -> str:
    """The text with every sign shown that would steer the terminal."""
    return inert_json(_CONTROL.sub(_picture, text.replace("\r\n", "\n")))


def inert_json(text: str) -> str:
    """JSON with hidden signs as escapes: means the same, and can be looked at."""
    return _HIDDEN.sub(_code, text)


def _picture(found: re.Match[str]) -> str:
    return chr(_PICTURES + ord(found[0]))


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
