"""Which parts of a page a reader sees, and how they stand apart: the tags of HTML."""

from __future__ import annotations

import re

# What browsers do not show as text. Not "head": the parser leaves an article in it
# when a page forgets to open its body.
UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "canvas",
        "audio",
        "video",
        "iframe",
        "object",
        "embed",
        "datalist",
        "input",
        "textarea",
        "select",
        "title",
        "meta",
        "link",
        "param",
        "source",
        "track",
        "map",
    ]
)
NAVIGATION = frozenset(("nav", "button", "menu"))
BANNERS = frozenset(("header", "footer"))
SECTIONS = frozenset(("article", "main", "section", "aside", "blockquote", "td"))
ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
        "html",
        "optgroup",
        "noframes",
    ]
)
LINES = frozenset(
    ["li", "tr", "dt", "dd", "option", "caption", "thead", "tbody", "tfoot"]
)
LISTS = frozenset(("ul", "ol", "dl", "dir", "menu"))
CELLS = frozenset(("td", "th"))
# Words for those who listen; nobody sees that no blank parts them from the next.
HEARD = frozenset(("sr-only", "visually-hidden", "screen-reader-text"))
EMOJI = frozenset(("emoji", "smilies", "wp-smiley", "smiley"))
_SOFT = "\u00ad\u200b\u2060\ufeff"
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def without_soft_marks(text: str) -> str:
    """The text without the marks that only say where a word may break."""
    for mark in _SOFT:
        if mark in text:
            text = text.replace(mark, "")
    return text
