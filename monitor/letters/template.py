"""Reads letter templates and refuses those that could not give a complete letter.

One TOML file per letter and language: TOML because a lawyer can read and compare it
line by line, and because a fault in it is reported with file and line like any other
setting. Filling the fields is left to ``document``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from monitor.errors import BadInput
from monitor.i18n import LANGUAGES
from monitor.letters.fields import FIELDS
from monitor.tomlcheck import closest, validate, wrong

_SHIPPED = Path(__file__).parent / "templates"
PLACEHOLDER = re.compile(r"\{([a-z][a-z_]*)\}")
_BRACE = re.compile(r"[{}]")


class BlockKind(StrEnum):
    """What a block of a letter is; decides its look and its tag."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    BULLETS = "bullets"
    ADDRESS = "address"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its kind and its texts (paragraphs, lines or list items)."""

    kind: BlockKind
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The parts of a letter in the order in which they are read."""

    template_id: str
    language: str
    version: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    details: tuple[str, ...]
    subject: str
    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[str]:
        """Every text of the letter, first to last."""
        yield from (*self.sender, *self.recipient, *self.details, self.subject)
        for block in self.blocks:
            yield from block.texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Wording):
    """A letter whose texts still hold ``{field}`` where a value belongs."""

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that must be filled."""
        return frozenset(n for text in self.texts() for n in PLACEHOLDER.findall(text))


Lines = tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)


class _BlockRow(_Strict):
    """One ``[[block]]``: exactly one key, which names its kind."""

    paragraph: str | None = None
    heading: str | None = None
    quote: str | None = None
    bullets: Lines | None = None
    address: Lines | None = None
    signature: Lines | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise wrong("letter_block_not_one")
        return self

    @property
    def kind(self) -> str:
        return next(iter(self.model_fields_set))

    def block(self) -> Block:
        value = getattr(self, self.kind)
        texts = (value,) if isinstance(value, str) else value
        return Block(BlockKind(self.kind), texts)


class _File(_Strict):
    version: str = Field(pattern=r"^[\w.-]{1,32}$")
    sender: Lines = Field(min_length=1)
    recipient: Lines = Field(min_length=1)
    details: Lines
    subject: str
    block: tuple[_BlockRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fields_are_known(self, info: ValidationInfo) -> Self:
        context = info.context or {}
        fields = FIELDS[context["template_id"]]
        used: set[str] = set()
        for path, texts in self._texts_by_key():
            used |= _used(texts, path, fields.known)
        if left_out := sorted(fields.needed - used):
            raise wrong(
                "letter_field_left_out", key="block", fields=", ".join(left_out)
            )
        return self

    def _texts_by_key(self) -> Iterator[tuple[tuple[str | int, ...], Iterable[str]]]:
        yield ("sender",), self.sender
        yield ("recipient",), self.recipient
        yield ("details",), self.details
        yield ("subject",), (self.subject,)
        for index, row in enumerate(self.block):
            yield ("block", index, row.kind), row.block().texts


def _used(
    texts: Iterable[str], path: tuple[str | int, ...], known: frozenset[str]
) -> set[str]:
    """The fields named in the texts; an unknown or misspelt one is an error."""
    names: set[str] = set()
    for text in texts:
        if not text.strip():
            raise wrong("letter_text_empty", at=path)
        if _BRACE.search(PLACEHOLDER.sub("", text)):
            raise wrong("letter_brace", at=path)
        names |= set(PLACEHOLDER.findall(text))
    for name in sorted(names - known):
        params = {"name": name, "known": ", ".join(sorted(known))}
        hint = closest(name, known)
        raise wrong("letter_field_unknown", at=path, hint=hint, **params)
    return names


def load(
    template_id: str,
    language: str,
    *,
    folder: Path | None = None,
    center: str | None = None,
) -> Template:
    """The wording to use: the centre's own, the municipality's own, or ours.

    ``folder`` is the municipality's (``config/letters``); in it lie
    ``<t1|t2|t3>/<da|en>.toml`` and, for one centre alone, the same below
    ``<center>/``. Raises ``BadInput`` for an unknown letter or language and
    ``ConfigInvalid``, naming file and line, for a template with faults.
    """
    if template_id not in FIELDS:
        known = ", ".join(FIELDS)
        raise BadInput("letter_template_unknown", template=template_id, known=known)
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput("letter_language_unknown", language=language, known=known)
    name = Path(template_id) / f"{language}.toml"
    own = [] if folder is None else [folder / (center or "") / name, folder / name]
    path = next(filter(Path.is_file, own), _SHIPPED / name)
    return _parsed(path, template_id, language)


def check_folder(folder: Path) -> tuple[Path, ...]:
    """Every template of a municipality's folder, each one checked like ours.

    Raises ``ConfigInvalid`` at the first with faults and ``BadInput``
    (``letter_template_misplaced``) for a file whose place names no letter.
    """
    paths = tuple(sorted(folder.rglob("*.toml")))
    for path in paths:
        template_id, language = path.parent.name, path.stem
        depth = len(path.relative_to(folder).parts)
        named = template_id in FIELDS and language in LANGUAGES
        if not named or depth not in (2, 3):
            raise BadInput("letter_template_misplaced", file=str(path))
        _parsed(path, template_id, language)
    return paths


def _parsed(path: Path, template_id: str, language: str) -> Template:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput("letter_template_not_utf8", file=str(path)) from None
    row = validate(_File, text, file=str(path), context={"template_id": template_id})
    return Template(
        template_id=template_id,
        language=language,
        version=row.version,
        sender=row.sender,
        recipient=row.recipient,
        details=row.details,
        subject=row.subject,
        blocks=tuple(block.block() for block in row.block),
    )
