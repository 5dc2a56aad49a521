"""Pages that stand in front of others, that choke a reader, or that never end."""

from __future__ import annotations

from tests.hostile.case import TRAP, Case, Reply, html, page_of

# What may become of a page that is made to choke a reader: it is read, in part or
# whole, or given up for a reason of its own.
CHOKED = (
    "read partly page_too_slow page_ends_reader page_kills_reader html_unreadable "
    "html_too_deep html_too_long page_empty empty_shell too_large"
)


def said(heading: str, *words: str, form: str = "") -> bytes:
    """A short page that says one thing."""
    text = "".join(f"<p>{word}</p>" for word in words)
    return page_of(
        f"<html><head><title>{heading}</title></head><body><h1>{heading}</h1>{text}"
        f"{form}</body></html>".encode()
    )


PASSWORD = "<form><input name=a><input type=password></form>"

WALLS = (
    Case("wall-login", "asks for a log-in with a status of success", "wall_login",
         said("Log ind", "Du skal logge ind for at se indlægget.", form=PASSWORD)),
    Case("wall-login-english", "does so in English", "wall_login",
         said("Please log in", "You must be logged in to view this.", form=PASSWORD)),
    Case("wall-consent", "asks about cookies first", "wall_consent",
         said("Før du fortsætter", "Vi bruger cookies. Accepter eller afvis.")),
    Case("wall-bot", "asks whether we are a person", "wall_bot",
         said("Just a moment...", "Checking your browser before accessing.")),
    Case("wall-gone", "says that the page is not there, with success", "soft_404",
         said("Siden blev ikke fundet", "Beklager, siden findes ikke.")),
    Case("wall-shell", "is empty until scripts fill it in", "empty_shell",
         page_of(b"<html><body><div id=root></div><noscript>Enable JavaScript to run "
                 b"this app.</noscript><script src=/a.js></script></body></html>")),
    Case("wall-blank", "shows nothing at all", "page_empty",
         page_of(b"<html><head></head><body>   </body></html>")),
)  # fmt: skip


def choke(name: str, does: str, body: bytes) -> Case:
    """A page that is hard to take apart; 1 MB is as much as is read."""
    return Case(f"choke-{name}", does, CHOKED, page_of(body[:990_000]))


CHOKES = (
    choke("nested", "nests 190,000 blocks", b"<div>" * 190_000),
    choke("nested-fonts", "nests 90,000 fonts", b"<font a=1>" * 90_000),
    choke("nested-tables", "nests 40,000 tables", b"<table><tr><td>" * 60_000),
    choke("unclosed", "never closes its tags", b"<a><b><i>x" * 95_000),
    choke("crossed", "closes its tags crosswise", b"<a><b></a></b>" * 70_000),
    choke("attributes", "gives one tag 100,000 attributes",
          b"<p " + b"".join(b"a%d=1 " % n for n in range(100_000)) + b">Hej</p>"),
    choke("attribute", "gives one tag an attribute of 900 KB",
          b'<p title="' + b"a" * 900_000 + b'">Hej</p>'),
    choke("comments", "opens 240,000 comments", b"<!--" * 240_000),
    choke("cdata", "opens 100,000 sections", b"<![CDATA[" * 100_000),
    choke("declarations", "opens 300,000 declarations", b"<!a" * 320_000),
    choke("closings", "opens 480,000 closing tags", b"</" * 480_000),
    choke("ampersands", "sends 980,000 ampersands", b"&" * 980_000),
    choke("entities", "sends 200,000 numbered signs", b"&#65;" * 190_000),
    choke("tags", "sends 300,000 tags", b"<p>" * 330_000),
    choke("tag-name", "gives a tag a name of 900 KB", b"<" + b"a" * 900_000 + b">Hej"),
    choke("quotes", "opens a quotation that never ends",
          b'<p a="' * 150_000),
    choke("posts", "sends 6,000 posts",
          html("Ingen", links="".join(
              f'<li class="comment" id="comment-{n}"><p>Svar {n}</p></li>'
              for n in range(6000)))),
    choke("word", "writes one word of 900 KB", b"<p>" + b"o" * 900_000 + b"</p>"),
    choke("spaces", "writes 900 KB of blanks", b"<p>Hej" + b" " * 900_000 + b"du</p>"),
    choke("lines", "writes 450,000 empty lines", b"<pre>Hej" + b"\r\n" * 450_000),
    choke("signs", "writes 300,000 combining signs",
          ("<p>a" + "\u0301" * 300_000).encode()),
    choke("title", "gives its title 900 KB", b"<title>" + b"Hej " * 225_000),
    choke("json-ld", "nests 40,000 lists in its data",
          b'<script type="application/ld+json">' + b"[" * 40_000 + b"</script><p>Hej"),
    choke("json-ld-number", "puts a number of 200,000 digits in its data",
          b'<script type="application/ld+json">{"a":' + b"9" * 200_000
          + b"}</script><p>Hej"),
    choke("dates", "dates its post with 100,000 numbers",
          b"<article><time>" + b"1/2/3 " * 100_000 + b"</time><p>Hej</article>"),
    choke("links", "links to 30,000 pages",
          b"".join(b'<a href="/x%d">x</a>' % n for n in range(30_000))),
    choke("nul", "sends 900 KB of NULs", b"<p>Hej" + bytes(900_000)),
    choke("surrogates", "sends halves of signs", b"<p>\xed\xa0\x80" * 50_000),
    choke("svg", "nests 100,000 groups in a drawing", b"<svg>" + b"<g>" * 300_000),
    choke("select", "nests 100,000 lists of choices", b"<select><option>" * 60_000),
    choke("template", "nests 90,000 templates", b"<template>" * 90_000),
    choke("mail", "writes 100,000 signs of mail", b"<p>" + b"a@" * 400_000),
    choke("name-like", "repeats half a name", b"<p>" + b"Fjenderik " * 80_000),
)  # fmt: skip


def endless(name: str, does: str, link: str, *, first: str = "/bad") -> Case:
    """A site on which every page leads to a next one; only the first few are read."""
    urls = [first, *(link.format(n=n, deep="a/" * n) for n in range(1, 30))]
    follow = 'rel="next"' if "{n}" in link else ""
    more: dict[str, Reply] = {}
    for here, there in zip(urls, [*urls[1:], first], strict=True):
        on = f'<a {follow} href="{there}">Videre</a>'
        more[here] = page_of(html(f"Side {here}", links=on))
    last = tuple(urls[12:])
    return Case(f"endless-{name}", does, "read", more=more, unasked=last,
                source="depth = 10\npage_limit = 8")  # fmt: skip


ENDLESS = (
    endless("pages", "has always one more page", "/bad?side={n}"),
    endless("calendar", "has a calendar without end", "/bad/2026/{n}/"),
    endless("sessions", "gives every link a session of its own", "/bad?sid=f00{n}"),
    endless("deeper", "leads deeper and deeper into itself", "/bad/{deep}"),
    Case("endless-links", "links to 5,000 pages of its own", "read",
         page_of(b"<p>Hej " + b"".join(b'<a href="/x%d">x</a>' % n
                                       for n in range(5000))),
         source="depth = 1\npage_limit = 4", unasked=("/x4900", "/x4999")),
    Case("endless-off-limits", "links to what is not allowed", "read",
         page_of(b'<p>Hej <a href="/secret">x</a>'), unasked=("/secret",),
         source='depth = 1\ndeny = ["/secret"]'),
    Case("endless-elsewhere", "links to another site", "read",
         page_of(f'<p>Hej <a href="http://127.66.0.1/">{TRAP[:4]}</a>'.encode()),
         source="depth = 1"),
)  # fmt: skip


CASES = (*WALLS, *CHOKES, *ENDLESS)
