"""Sets a letter as a PDF that screen readers can read and archives can keep."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from monitor.errors import Refused
from monitor.letters.document import Document

_ROOM = Path(__file__).parent
_LAYOUT = _ROOM / "letter.typ"
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


def to_pdf(document: Document, *, now: datetime) -> bytes:
    """The letter as PDF/UA-1 and PDF/A-2a; the same input gives the same bytes.

    ``now`` is the time of creation that the file states. Raises ``Refused`` with
    ``letter_signs_not_shown`` when the embedded fonts lack a sign.
    """
    try:
        return typst.compile(
            _LAYOUT,
            root=_ROOM,
            font_paths=_fonts(),
            sys_inputs={"letter": json.dumps(asdict(document))},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=now.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        signs = dict.fromkeys(_NOT_SHOWN.findall(error.diagnostic))
        if not signs:
            raise
        raise Refused("letter_signs_not_shown", signs=" ".join(signs)) from None


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts shipped here, so that a letter looks the same everywhere."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[_ROOM / "fonts"],
    )
