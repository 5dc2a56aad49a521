"""Links, images and embeds of a post, and the words that stand only in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitor.extract.furniture import says_nothing
from monitor.extract.text import one_line, words_of
from monitor.extract.tree import Tag, attribute, near
from monitor.extract.urls import absolute, readable
from monitor.extract.view import View
from monitor.types import Image, Link, Media, Post

_PLAYERS = ("youtube", "youtu.be", "vimeo", "dailymotion", "twitch", "tiktok")
_SOUNDS = ("soundcloud", "spotify", "podbean", "acast", "libsyn")


def with_media(post: Post, tags: Iterable[Tag], view: View) -> Post:
    """The post with the links, images and embeds among some tags, and their words."""
    links: dict[str, Link] = {}
    images: dict[str, Image] = {}
    media: dict[str, Media] = {}
    words: list[str] = []
    for tag in tags:
        if tag.name == "a" and (url := _absolute(tag, "href", view)):
            if url not in links:
                links[url] = Link(url, one_line(tag, limit=30)[:300])
        elif tag.name == "a":
            words.append(_mailbox(tag))
        elif tag.name == "img":
            url = _absolute(tag, "src", view) or _absolute(tag, "data-src", view)
            if url:
                images.setdefault(url, Image(url, attribute(tag, "alt")))
            words.append(attribute(tag, "alt"))
        elif tag.name in ("audio", "video", "iframe", "embed", "object"):
            for item in _media(tag, view):
                media.setdefault(item.url, item)
        words += (attribute(tag, "title"), attribute(tag, "aria-label"))
    captions = [url for item in media.values() for url in item.captions]
    files = (url.partition("?")[0] for url in images)
    addresses = (readable(url) for url in (*links, *files, *captions))
    return replace(
        post,
        links=tuple(links.values()),
        images=tuple(images.values()),
        media=tuple(media.values()),
        extras=distinct(post, (*post.extras, *words, *addresses)),
    )


def distinct(post: Post, words: Iterable[str]) -> tuple[str, ...]:
    """The words that neither title nor text already say, each once."""
    said = words_of(f"{post.title or ''} {post.text}")
    kept = dict.fromkeys(filter(None, map(words_of, words)))
    return tuple(w for w in kept if w not in said and not says_nothing(w))


def _mailbox(tag: Tag) -> str:
    """The e-mail address that a link writes to."""
    kind, _, address = attribute(tag, "href").partition(":")
    return readable(address.partition("?")[0]) if kind.lower() == "mailto" else ""


def _absolute(tag: Tag, key: str, view: View) -> str | None:
    value = attribute(tag, key)
    if not value or value.startswith("#"):
        return None
    return absolute(view.base, value, keep_fragment=True)


def _media(tag: Tag, view: View) -> list[Media]:
    inner = near(tag)
    captions = [_absolute(t, "src", view) for t in inner if t.name == "track"]
    addresses = [_absolute(tag, key, view) for key in ("src", "data-src", "data")]
    addresses += [_absolute(t, "src", view) for t in inner if t.name == "source"]
    kind = tag.name
    found = []
    for url in filter(None, addresses):
        if kind not in ("audio", "video"):
            host = url.split("/")[2]
            if any(name in host for name in _SOUNDS):
                kind = "audio"
            elif any(name in host for name in _PLAYERS) or "video" in url:
                kind = "video"
            else:
                continue
        found.append(Media(url, kind, tuple(filter(None, captions))))
    return found
