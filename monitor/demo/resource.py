"""What a demo site answers to one address, and the filling of markup templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from importlib import resources
from string import Template

HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Resource:
    """A complete answer. ``group`` names what is taken down together."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    modified: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    group: str = ""

    @property
    def etag(self) -> str:
        """The strong validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@cache
def _template(name: str) -> Template:
    folder = resources.files(__package__).joinpath("markup")
    return Template(folder.joinpath(name).read_text("utf-8"))


def fill(template: str, **values: object) -> str:
    """A template of ``markup/`` with its ``$names`` filled in, as they are."""
    return _template(template).substitute(values)


def text(content: str, kind: str = "text/plain; charset=UTF-8") -> Resource:
    """A small answer of text."""
    return Resource(content.encode(), kind)


def paragraphs(texts: Iterable[str]) -> str:
    """Each text as an escaped ``<p>``."""
    return "\n".join(f"<p>{escape(one, quote=False)}</p>" for one in texts)
