"""Reads a page without its posts: all its words to search, and what it says of itself.

This is what every new or changed page costs; only pages on which somebody may be
named are read in full by ``page``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from lxml import etree

from monitor.extract import about, jsontext, leads, sheet
from monitor.extract.charset import decode
from monitor.extract.sheet import Sheet, tamed
from monitor.extract.software import SOFTWARE
from monitor.extract.text import words_of
from monitor.extract.tree import Tree, attribute, near
from monitor.extract.urls import canonical, readable
from monitor.extract.view import Extracted, Rules
from monitor.extract.walls import LONGEST, SHORT, Signs, find_wall
from monitor.extract.wiki import STAMP
from monitor.types import Post, Reason

# Pages of more tags are not taken apart into posts: that would take many seconds.
MOST_TAGS = 50_000
_MOST_STRINGS = 20_000  # of JSON-LD
_WORDS = ("alt", "title", "aria-label", "content")
_ADDRESSES = ("href", "src", "data-src", "data")
_SOCIAL = frozenset(("comment", "post"))


@dataclass
class Skim:
    """A page without its posts; what costs time is worked out when asked for.

    ``page.reason`` says that the page is not to be read in full: then ``searched``
    is all there is.
    """

    page: Extracted
    base: str
    metas: dict[str, str]
    headings: list[str]
    sheet: Sheet
    html: str

    @cached_property
    def searched(self) -> str:
        """Every word that any post's ``searched_text`` holds, and more.

        Nobody who is not found in it is named in a post.
        """
        return "\n".join((self._shown, *_unseen(self.sheet), readable(self.page.url)))

    @cached_property
    def posts_seen(self) -> int:
        """How many posts known software marks on the page, nearly."""
        return _posts_seen(self.sheet) or len(STAMP.findall(self._shown))

    @cached_property
    def _shown(self) -> str:
        if self.sheet.cut:
            return words_of(sheet.stripped(self.html))
        return sheet.shown(self.sheet)

    def wall(self, *, peopled: bool, least: int) -> Reason | None:
        """Why the page is not what was asked for, if so.

        ``peopled`` says that posts stand on it, ``least`` how many characters its
        main text has at least.
        """
        if least > (SHORT if peopled else LONGEST):
            return None
        return find_wall(
            _signs(self.sheet),
            title=self.page.title or "",
            headings=" ".join(self.headings[:1]),
            text=sheet.main(self.sheet),
            peopled=peopled,
        )


def skim_page(
    body: bytes, *, content_type: str | None, url: str, rules: Rules | None = None
) -> Skim:
    """A page's bytes as words and links.

    Raises what its parsers raise, and ValueError for plain text, which has nothing
    to skim: ``page.read_page`` reads both.
    """
    if content_type and content_type.lower().startswith("text/plain"):
        raise ValueError(content_type)
    text, _ = decode(body, content_type)
    skim = skim_html(tamed(text), canonical(url) or url, rules=rules or Rules())
    # Where posts are known to stand, a page this long has more text than its menus.
    least = len(skim.searched) // 10 if skim.posts_seen else 0
    wall = skim.wall(peopled=skim.posts_seen > 0, least=least)
    skim.page = replace(skim.page, wall=wall)
    return skim


def plain(text: str, place: str) -> Extracted:
    """A page that is mere text, as one post."""
    text = text.replace("\r\n", "\n").strip()
    posts = (Post(place=place, text=text),) if text else ()
    return Extracted(url=place, posts=posts, text=text)


def skim_html(html: str, url: str, *, rules: Rules) -> Skim:
    """As ``skim_page``, of a tamed text; the wall is left to ask for."""
    page = sheet.parse(html)
    place, base = about.address(page, url)
    metas = about.metas(page)
    title = about.title(page)
    headings = about.headings(page)
    extracted = Extracted(
        url=place,
        title=metas.get("og:title") or title,
        language=about.language(page),
        links=about.links(page, base) if rules.links else (),
        next_links=_once(*about.next_links(page, base), *leads.more(page.root, base)),
        refresh=leads.refresh(page.root, base),
        marked_links=_marked_links(page, base, rules.pagination),
        feeds=about.feeds(page, base),
        robots=frozenset(metas.get("robots", "").lower().replace(",", " ").split()),
        tdm_reserved=metas.get("tdm-reservation", "").strip() == "1",
        reason=_too_much(page),
    )
    return Skim(extracted, base, metas, headings, page, html)


def _once(*urls: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(urls))


def _too_much(page: Sheet) -> Reason | None:
    if page.cut:
        return Reason("html_too_deep")
    tags = len(page.tags)
    return Reason("html_too_large", {"tags": tags}) if tags > MOST_TAGS else None


def _signs(page: Sheet) -> Signs:
    root = page.root
    return Signs(
        scripts=tuple(tag.get("src") or "" for tag in root.iter("script", "iframe")),
        password=any(t.get("type") == "password" for t in root.iter("input")),
        noscript=" ".join(
            str(words) for tag in root.iter("noscript") for words in tag.itertext()
        ),
        buttons=" ".join(_on_buttons(root)),
    )


def _on_buttons(root: etree._Element) -> Iterator[str]:
    for tag in root.iter("button", "a", "input"):
        if tag.tag == "input" and tag.get("type") in ("submit", "button"):
            yield tag.get("value") or ""
        elif tag.tag == "button" or tag.get("role") == "button":
            yield from map(str, islice(tag.itertext(), 20))


def _unseen(page: Sheet) -> Iterator[str]:
    """The words that a reader does not see as text, each once."""
    words = dict.fromkeys(sheet.attributes(page, *_WORDS))
    yield from filter(None, map(words_of, words))
    for value in dict.fromkeys(sheet.attributes(page, *_ADDRESSES)):
        if not value.startswith(("#", "data:", "javascript:")):
            yield readable(value)
    for script in sheet.scripts(page):
        yield from _strings(script)


def _strings(script: str) -> Iterator[str]:
    """Every text in some JSON-LD, without markup."""
    script = script.strip().removeprefix("<!--").removesuffix("-->").rstrip("; \n")
    try:
        stack = [jsontext.parse(script)]
    except (ValueError, RecursionError):
        return
    left = _MOST_STRINGS
    while stack and left:
        left -= 1
        value = stack.pop()
        if isinstance(value, dict):
            stack += value.values()
        elif isinstance(value, list):
            stack += value
        elif isinstance(value, str) and value.strip():
            yield _unmarked(value) if "<" in value else words_of(value)


def _unmarked(html: str) -> str:
    try:
        return sheet.shown(sheet.parse(tamed(html)))
    except etree.LxmlError:
        return words_of(html)


def _marked_links(
    page: Sheet, base: str, selectors: tuple[str, ...]
) -> tuple[str, ...]:
    """The links that the source's own CSS selectors pick, or that stand in them."""
    if not selectors:
        return ()
    tree = Tree(page)
    tags = [tag for css in selectors for tag in tree.select(css)]
    tags += [inner for tag in tags[:200] for inner in near(tag)]
    return about.addresses((attribute(tag, "href") for tag in tags), base)


def _roots() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The classes and components that mark posts, and the attribute each needs."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for template in (template for group in SOFTWARE for template in group):
        if template.kind in _SOCIAL:
            name, form = template.native
            for mark in re.findall(r"(?:\.|\[component=)([\w-]+)", str(template.root)):
                found.setdefault(mark, []).append((name, re.compile(form)))
    return found


_ROOTS = _roots()


def _posts_seen(page: Sheet) -> int:
    """How often the mark of posts stands that stands most often."""
    seen: Counter[str] = Counter()
    for tag, marks in page.marked:
        for mark in marks:
            if mark in _ROOTS and any(_fits(tag, *needs) for needs in _ROOTS[mark]):
                seen[mark] += 1
    return max(seen.values(), default=0)


def _fits(tag: etree._Element, name: str, form: re.Pattern[str]) -> bool:
    return not name or form.fullmatch(tag.get(name) or "") is not None
