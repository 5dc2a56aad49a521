"""Every text is there in Danish, with the same gaps, and compiled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from string import Formatter

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

PO = ROOT / "monitor/locale/da/LC_MESSAGES/monitor.po"
# What `tools/translate` collects.
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}


@cache
def danish() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def entries() -> Iterator[Message]:
    return (message for message in danish() if message.id)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A text, or the singular and the plural of one."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_text_in_the_code_has_its_danish() -> None:
    found = extract_from_dir(ROOT / "monitor", keywords=KEYWORDS)
    english = {forms(text): f"{name}:{line}" for name, line, text, *_ in found}
    translated = {forms(m.id) for m in entries() if all(forms(m.string))}
    missing = [
        f"{at}: {' | '.join(text)}"
        for text, at in english.items()
        if text not in translated
    ]
    assert not missing, "run tools/translate and fill in:\n" + "\n".join(missing)


def test_no_danish_is_left_over_or_guessed() -> None:
    found = extract_from_dir(ROOT / "monitor", keywords=KEYWORDS)
    english = {forms(text) for _, _, text, *_ in found}
    assert not [m.id for m in entries() if forms(m.id) not in english or m.fuzzy]


def test_danish_has_the_same_gaps_as_english() -> None:
    assert not [
        message.id
        for message in entries()
        for text in forms(message.string)
        if text and gaps(text) != gaps(forms(message.id)[-1])
    ]


def test_the_compiled_catalogue_is_up_to_date() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, danish())
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()
