"""Fills a template with values: the finished letter as plain text in blocks.

Turning it into a PDF or a Word file is left to ``pdf`` and ``word``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from monitor.letters.fields import checked
from monitor.letters.template import Block, BlockKind, Template, Wording

_FIELD_AND_STOP = re.compile(r"\{([a-z][a-z_]*)\}(\.?)")
_PARAGRAPH_END = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Wording):
    """A finished letter. Its texts are data: nothing in them is ever markup."""


def compose(template: Template, fields: Mapping[str, str]) -> Document:
    """The letter with every field in its place.

    Raises ``Refused`` naming all fields that are missing or empty, or when the quote
    is longer than two lines or 300 characters.
    """
    values = checked(template.template_id, template.fields, fields)

    def lines(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(chain.from_iterable(_lines(_fill(t, values)) for t in texts))

    return Document(
        template_id=template.template_id,
        language=template.language,
        version=template.version,
        sender=lines(template.sender),
        recipient=lines(template.recipient),
        details=lines(template.details),
        subject=_joined(_fill(template.subject, values)),
        blocks=tuple(
            Block(b.kind, _texts(b.kind, [_fill(t, values) for t in b.texts]))
            for b in template.blocks
        ),
    )


def text_of(document: Document) -> str:
    """The whole letter as plain text, in reading order; what a person approves."""
    parts = [
        "\n".join(document.sender),
        "\n".join(document.recipient),
        "\n".join(document.details),
        document.subject,
        *(_block_text(block) for block in document.blocks),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of fields, once: a value is never looked into."""

    def value(found: re.Match[str]) -> str:
        filled = values[found[1]]
        stop = "" if filled.endswith((".", "!", "?", "…")) else found[2]
        return filled + stop

    return _FIELD_AND_STOP.sub(value, text)


def _texts(kind: BlockKind, texts: list[str]) -> tuple[str, ...]:
    """What a block holds: paragraphs end at a blank line, other kinds at each line."""
    if kind is BlockKind.PARAGRAPH:
        parts = chain.from_iterable(_PARAGRAPH_END.split(text) for text in texts)
        return tuple(filter(None, map(_joined, parts)))
    if kind is BlockKind.HEADING:
        return tuple(map(_joined, texts))
    return tuple(chain.from_iterable(map(_lines, texts)))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in text.split("\n"))))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _block_text(block: Block) -> str:
    if block.kind is BlockKind.BULLETS:
        return "\n".join(f"• {text}" for text in block.texts)
    return ("\n\n" if block.kind is BlockKind.PARAGRAPH else "\n").join(block.texts)
