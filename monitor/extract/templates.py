"""How the page software of Danish public pages marks its posts, as a table.

Patterns are those of ``tree.pattern``; each list is tried from the left and the
first tag inside the post that matches is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Patterns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of post of one software.

    ``native`` names an attribute of the root and the pattern of the id in it; a tag
    is such a post only when the attribute fits. ``before`` and ``after`` say which
    siblings belong to the post (Blogspot writes one comment as three). ``address``
    builds a permalink from ``{page}`` and ``{id}`` when the post has no link.
    ``needs`` must match something inside the root; ``whole`` tells that the root holds
    nothing but this post.
    """

    kind: str
    root: Patterns
    native: tuple[str, str] = ("", "")
    body: Patterns = ()
    author: Patterns = ()
    published: Patterns = ()
    edited: Patterns = ()
    permalink: Patterns = ()
    title: Patterns = ()
    chrome: Patterns = ()
    before: str = ""
    after: str = ""
    address: str = ""
    needs: Patterns = ()
    whole: bool = True

    def native_id(self, value: str) -> str | None:
        """The post's own number in an attribute's value, or None."""
        found = re.fullmatch(self.native[1], value)
        return found[1] if found else None
