"""Reads a page without its posts: what it says of itself and where it leads.

Its posts are told apart by ``page``; all its words are at hand for pages of which
that cannot be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from monitor.extract import about, jsontext, leads, sheet
from monitor.extract.sheet import Sheet, tamed
from monitor.extract.text import words_of
from monitor.extract.tree import Tree, attribute, near
from monitor.extract.urls import readable
from monitor.extract.view import Extracted, Rules
from monitor.extract.walls import LONGEST, SHORT, Signs, find_wall
from monitor.types import Post, Reason

# Pages of more tags are not taken apart into posts: that would take many seconds.
MOST_TAGS = 50_000
_WORDS = ("alt", "title", "aria-label", "content")
_ADDRESSES = ("href", "src", "data-src", "data")


@dataclass(frozen=True, slots=True)
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

    @property
    def searched(self) -> str:
        """Every word that any post's ``searched_text`` holds, and more.

        Nobody who is not found in it is named in a post.
        """
        if self.sheet.cut:
            shown = words_of(sheet.stripped(self.html))
        else:
            shown = sheet.shown(self.sheet)
        return "\n".join((shown, *_unseen(self.sheet), readable(self.page.url)))

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


def plain(text: str, place: str) -> Extracted:
    """A page that is mere text, as one post."""
    text = text.replace("\r\n", "\n").strip()
    posts = (Post(place=place, text=text),) if text else ()
    return Extracted(url=place, posts=posts, text=text)


def skim_html(html: str, url: str, *, rules: Rules) -> Skim:
    """A tamed page's links and what it says of itself.

    Raises what its parsers raise.
    """
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
        for text in jsontext.strings(jsontext.in_script(script)):
            yield _unmarked(text) if "<" in text else words_of(text)


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
