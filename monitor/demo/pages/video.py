"""A site for clips: sound and film with captions, times said as people say them."""

from __future__ import annotations

import io
import wave
from datetime import datetime, timedelta
from html import escape

from monitor.demo import examples
from monitor.demo.dates import days_ago, iso
from monitor.demo.everyday import Everyday
from monitor.demo.resource import Resource, fill, text

_CLEAN = (
    ("korsang-paa-torvet", "Korsang på torvet", "hverdag"),
    ("bagedag", "Bagedag i køkkenet", "mad"),
    ("linje-7", "En tur med linje 7", "bus"),
    ("rundt-i-haverne", "Rundt i haverne", "have"),
)
_WORDS = "Ja, goddag. Jeg optager vores samtale i dag. Kan vi tage det forfra?"


def build(base: str, start: datetime) -> dict[str, Resource]:
    """Every address of the clip site."""
    writer = Everyday("video")
    silence = Resource(_silence(), "audio/wav")
    site = {
        "/robots.txt": text("User-agent: *\nCrawl-delay: 1\nDisallow: /upload\n"),
        "/medier/klip.wav": silence,
    }
    clips = [(slug, title, writer.remark(topic)) for slug, title, topic in _CLEAN]
    clips.insert(2, ("hele-samtalen", examples.RECORDING, _WORDS))
    for n, (slug, title, words) in enumerate(clips):
        at = start - timedelta(days=1 + 3 * n, hours=2)
        kind = "audio" if slug == "hele-samtalen" else "video"
        site[f"/tekster/{slug}.vtt"] = text(_captions(words), "text/vtt; charset=utf-8")
        markup = fill(
            "video_clip.html",
            title=escape(title),
            slug=slug,
            kind=kind,
            url=f"{base}/klip/{slug}",
            author=writer.nick(),
            iso=iso(at),
            ago=days_ago(at, start),
            views=writer.number(12, 900),
        )
        site[f"/klip/{slug}"] = Resource(markup.encode(), modified=at, group=slug)
    site["/"] = _front([(slug, title) for slug, title, _ in clips])
    return site


def _front(clips: list[tuple[str, str]]) -> Resource:
    items = "\n".join(
        f'<li><a href="/klip/{slug}">{escape(_shortened(title))}</a></li>'
        for slug, title in clips
    )
    return Resource(fill("video_front.html", items=items).encode())


def _shortened(title: str) -> str:
    """As the site cuts long titles in its list."""
    return title if len(title) <= 24 else title[:23].rstrip() + "…"


def _captions(words: str) -> str:
    return f"WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n{words}\n"


def _silence() -> bytes:
    """A fifth of a second of nothing: the demo records nobody."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 1600)
    return file.getvalue()
