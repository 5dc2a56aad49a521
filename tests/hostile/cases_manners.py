"""What a site wishes, in robots.txt and otherwise, and how it may be unclear."""

from __future__ import annotations

import gzip

from tests.hostile.case import (
    ALLOWED,
    HTML,
    OK,
    Case,
    Reply,
    answer,
    drip,
    flood,
    html,
    moved,
    page_of,
    silent,
    trapped,
)

UNKNOWN = "robots_unreachable"
FORBID = b"User-agent: *\nDisallow: /\n"


def robots(  # noqa: PLR0917  each row of the table below reads as a sentence
    name: str, does: str, expect: str, reply: Reply
) -> Case:
    """A site whose robots.txt is the matter; when it forbids, nothing is read."""
    alone = expect not in {"read", "partly"}
    return Case(
        f"robots-{name}",
        does,
        expect,
        trapped() if alone else b"",
        reading=None if alone else page_of,
        robots=reply,
        alone=alone,
        unasked=("/bad",) if alone else (),
    )


ROBOTS = (
    robots("all", "forbids everything", "robots_disallow", answer(FORBID)),
    robots("us", "forbids us by name", "robots_disallow",
           answer(b"User-agent: Udkig\nDisallow: /\n\nUser-agent: *\nAllow: /\n")),
    robots("bom", "begins with a byte order mark", "robots_disallow",
           answer(b"\xef\xbb\xbf" + FORBID)),
    robots("cr", "ends its lines with a carriage return alone", "robots_disallow",
           answer(FORBID.replace(b"\n", b"\r"))),
    robots("nul", "holds NULs", "robots_disallow",
           answer(b"User-agent: *\nDisal\0low: /\n")),
    robots("packed", "packs its robots.txt", "robots_disallow",
           answer(gzip.compress(FORBID), "200 OK", "Content-Encoding: gzip")),
    robots("page", "calls its robots.txt a page", "robots_disallow",
           answer(FORBID, "200 OK", HTML)),
    robots("moved", "keeps its robots.txt elsewhere", "robots_disallow",
           moved("http://{neighbour}/forbids.txt")),
    robots("203", "gives its robots.txt second hand", "robots_disallow",
           answer(FORBID, "203 Second Hand")),
    robots("large", "puts 900 KB behind what it forbids", "robots_disallow",
           answer(FORBID + b"#" * 900_000)),
    robots("404", "has none", "read", answer(b"", "404 Not Found")),
    robots("403", "hides its robots.txt", "read", answer(b"", "403 Forbidden")),
    robots("empty", "has an empty one", "read", answer(b"")),
    robots("html", "sends its front page for everything", "read", page_of(html("x"))),
    robots("binary", "sends a picture as robots.txt", "read",
           answer(b"\x89PNG\r\n\x1a\n" * 99)),
    robots("late-rule", "forbids everything behind 600 KB of notes", "read",
           answer(b"#" * 600_000 + b"\n" + FORBID)),
    robots("stars", "forbids by a pattern of 3,000 stars", "read",
           answer(b"User-agent: *\nDisallow: /" + b"*a" * 3000 + b"\n")),
    robots("many-rules", "gives 30,000 rules", "read",
           answer(b"User-agent: *\n" + b"Disallow: /x\n" * 30_000)),
    robots("long-line", "writes a line of 400 KB", "read",
           answer(b"User-agent: *\nDisallow: /x" + b"y" * 400_000)),
    robots("500", "fails over it", UNKNOWN, answer(b"", "500 Oops")),
    robots("503", "is out of service", UNKNOWN, answer(b"", "503 Busy")),
    robots("429", "is asked too often", UNKNOWN, answer(b"", "429 Too Many")),
    robots("504", "waits for somebody else in vain", UNKNOWN, answer(b"", "504 Out")),
    robots("silent", "does not answer", UNKNOWN, silent()),
    robots("drip", "sends it byte by byte", UNKNOWN,
           drip(b"#", OK + b"\r\n", every=0.02)),
    robots("endless", "never ends it", "read", flood(b"# mere\n", OK + b"\r\n")),
    robots("endless-head", "never ends its head", UNKNOWN, flood(b"X: y\r\n", OK)),
    robots("cut", "breaks off in the middle of it", UNKNOWN,
           OK + b"Content-Length: 999\r\n\r\nUser-agent: *\n"),
    robots("noise", "sends noise", UNKNOWN, b"\0\1\2\3" * 9),
    robots("not-packed", "says packed and is not", UNKNOWN,
           answer(ALLOWED, "200 OK", "Content-Encoding: gzip")),
    robots("bomb", "packs 20 MB of notes into it", "read",
           answer(gzip.compress(b"#" * 20_000_000), "200 OK",
                  "Content-Encoding: gzip")),
    robots("circle", "redirects it in a circle", UNKNOWN, moved("/robots.txt")),
    robots("inside", "redirects it inside", UNKNOWN, moved("http://127.66.0.1/r.txt")),
    robots("file", "redirects it to a file", UNKNOWN, moved("file:///etc/robots.txt")),
    Case("robots-part", "forbids one page of many", "robots_disallow", trapped(),
         robots=answer(b"User-agent: *\nDisallow: /bad\n"), unasked=("/bad",)),
    Case("robots-escaped", "forbids a page in another spelling", "robots_disallow",
         trapped(), robots=answer(b"User-agent: *\nDisallow: /%62ad\n"),
         unasked=("/bad",)),
    Case("robots-dots", "is asked for a forbidden page by a detour",
         "robots_disallow", trapped(), url="{site}/x/../bad",
         robots=answer(b"User-agent: *\nDisallow: /bad\n"), unasked=("/bad",)),
)  # fmt: skip

RESERVATION = "/.well-known/tdmrep.json"
RESERVED = b'[{"location": "/bad", "tdm-reservation": 1}]'


def tdm(name: str, does: str, reply: Reply) -> Case:
    """A site whose reservation is unclear: its pages are read."""
    more = {RESERVATION: reply}
    return Case(f"tdm-{name}", does, "read", reading=page_of, more=more)


TDM = (
    Case("tdm-file", "reserves a page in its tdmrep.json", "tdm_reserved", trapped(),
         more={RESERVATION: answer(RESERVED)}, unasked=("/bad",)),
    Case("tdm-all", "reserves everything", "tdm_reserved", trapped(), alone=True,
         more={RESERVATION: answer(RESERVED.replace(b"/bad", b"*"))},
         unasked=("/bad",)),
    Case("tdm-moved", "keeps its reservation elsewhere", "tdm_reserved", trapped(),
         more={RESERVATION: moved("/tdm"), "/tdm": answer(RESERVED)},
         unasked=("/bad",)),
    Case("tdm-header", "reserves a page in a header", "tdm_reserved",
         trapped("200 OK", "TDM-Reservation: 1")),
    Case("tdm-tag", "reserves a page in a tag", "tdm_reserved",
         page_of(b'<meta name="tdm-reservation" content="1">' + html("Ingen"))),
    Case("tdm-meant-elsewhere", "is sent on to a page that is reserved",
         "tdm_reserved", moved("/kept"), unasked=("/kept",),
         more={RESERVATION: answer(RESERVED.replace(b"/bad", b"/kept"))}),
    tdm("noise", "sends noise for a reservation", b"\0\1\2\3"),
    tdm("page", "sends a page for a reservation", page_of(html("x"))),
    tdm("deep", "nests 30,000 lists in a reservation", answer(b"[" * 30_000)),
    tdm("silent", "does not answer about reservations", silent()),
    tdm("endless", "never ends its reservation", flood(b" ", OK + b"\r\n")),
    tdm("bomb", "packs 20 MB of blanks into its reservation",
        answer(gzip.compress(b" " * 20_000_000), "200 OK", "Content-Encoding: gzip")),
    tdm("500", "fails over its reservation", answer(b"", "500 Oops")),
    tdm("inside", "redirects its reservation inside", moved("http://127.66.0.1/t")),
)  # fmt: skip

BUSY = (
    Case("busy-429", "asks to come less often", "rate_limited",
         answer(b"", "429 Too Many", "Retry-After: 3600"), alone=True),
    Case("busy-date", "names the hour to come again", "rate_limited",
         answer(b"", "429 Too Many", "Retry-After: Sat, 22 Nov 2098 12:00:00 GMT"),
         alone=True),
    Case("busy-503", "is out of service for an hour", "http_unavailable",
         answer(b"", "503 Busy", "Retry-After: 3600"), alone=True),
    Case("busy-no-time", "asks to come less often and says no more", "rate_limited",
         answer(b"", "429 Too Many"), alone=True),
    Case("busy-nonsense", "asks to wait for nonsense", "rate_limited",
         answer(b"", "429 Too Many", "Retry-After: snart"), alone=True),
    Case("busy-ages", "asks to wait for ages", "rate_limited",
         answer(b"", "429 Too Many", "Retry-After: 99999999999999999999"), alone=True),
    Case("busy-negative", "asks to have come earlier", "rate_limited",
         answer(b"", "429 Too Many", "Retry-After: -60"), alone=True),
    Case("crawl-delay-hour", "asks for an hour between two pages", "host_resting",
         trapped(), alone=True, unasked=("/bad",),
         robots=answer(b"User-agent: *\nCrawl-delay: 3600\nAllow: /\n")),
    Case("crawl-delay-odd", "asks for a pause of nan", "read", reading=page_of,
         robots=answer(b"User-agent: *\nCrawl-delay: nan\nAllow: /\n")),
)  # fmt: skip

STATUS = (
    Case("status-401", "asks for a log-in", "http_login_required",
         trapped("401 No", 'WWW-Authenticate: Basic realm="x"')),
    Case("status-407", "plays proxy and asks for a log-in", "http_status",
         trapped("407 No", "Proxy-Authenticate: Basic")),
    Case("status-403", "forbids the page", "http_forbidden", trapped("403 No")),
    Case("status-404", "does not have the page", "http_not_found", trapped("404 No")),
    Case("status-410", "has removed the page", "http_gone", trapped("410 Gone")),
    Case("status-451", "may not show the page", "http_legal_reasons",
         trapped("451 Law")),
    Case("status-418", "is a teapot", "http_status", trapped("418 Teapot")),
    Case("status-500", "fails", "http_status", trapped("500 Oops")),
    Case("status-502", "finds nobody behind it", "http_status", trapped("502 Bad")),
)  # fmt: skip

CASES = (*ROBOTS, *TDM, *BUSY, *STATUS)
