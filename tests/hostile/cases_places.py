"""Ways to lead a visitor somewhere else: inside, astray, in circles, past TLS."""

from __future__ import annotations

from tests.hostile.case import (
    HTML,
    Case,
    answer,
    html,
    in_turn,
    moved,
    page_of,
)

NOWHERE = "bad_redirect"
INSIDE = "refused_address"

# How one may write 127.66.0.1, 169.254.169.254 and their like.
DISGUISES = {
    "plain": "127.66.0.1",
    "loopback": "127.0.0.1",
    "zero": "0.0.0.0",
    "short": "127.1",
    "decimal": "2134900737",
    "hex": "0x7f420001",
    "hex-parts": "0x7f.0x42.0.1",
    "octal": "0177.0102.0.01",
    "zeros": "127.066.000.001",
    "round-digits": "①②⑦.①",
    "wide-dots": "127。66。0。1",
    "trailing-dot": "127.66.0.1.",
    "metadata": "169.254.169.254",
    "metadata-ten": "2852039166",
    "private-10": "10.0.0.1",
    "private-172": "172.16.5.4",
    "private-192": "192.168.1.1",
    "carrier": "100.100.100.200",
    "benchmark": "198.18.0.1",
    "multicast": "224.0.0.1",
    "broadcast": "255.255.255.255",
    "six-loopback": "[::1]",
    "six-any": "[::]",
    "six-mapped": "[::ffff:127.66.0.1]",
    "six-mapped-hex": "[::ffff:7f42:1]",
    "six-compatible": "[::127.66.0.1]",
    "six-nat64": "[64:ff9b::7f42:1]",
    "six-nat64-local": "[64:ff9b:1::7f42:1]",
    "six-6to4": "[2002:7f42:1::1]",
    "six-teredo": "[2001:0:7f42:1::1]",
    "six-link": "[fe80::1]",
    "six-zone": "[fe80::1%25lo]",
    "six-site": "[fec0::1]",
    "six-unique": "[fd00:ec2::254]",
    "six-multicast": "[ff02::1]",
    "six-example": "[2001:db8::1]",
}


def as_sent(place: str) -> str:
    """The URL of a place, in the bytes that a server sends for it."""
    return f"http://{place}/x".encode().decode("latin-1")


INNER = tuple(
    Case(f"to-{name}", f"redirects to {place}", INSIDE, moved(as_sent(place)))
    for name, place in DISGUISES.items()
)

NAMES = {
    "named": [["127.66.0.1"]],
    "named-private": [["10.0.0.1"]],
    "named-metadata": [["169.254.169.254"]],
    "named-six": [["::1"]],
    "named-mapped": [["::ffff:127.66.0.1"]],
    "named-nat64": [["64:ff9b::7f42:1"]],
    "named-6to4": [["2002:7f42:1::"]],
    "named-mixed": [["93.184.215.14", "127.66.0.1"]],
    "named-mixed-last": [["2606:4700:4700::1111", "93.184.215.14", "fd00::1"]],
    "named-rebound": [["93.184.215.14", "10.0.0.1"], ["127.66.0.1"]],
}

NAMED = (
    *(
        Case(name, f"bears a name for {'; '.join(map(', '.join, found))}", INSIDE,
             url=f"http://{name}.example/", alone=True,
             names={f"{name}.example": found})
        for name, found in NAMES.items()
    ),
    *(
        Case(f"to-{name}", "redirects to a name for an inner address", INSIDE,
             moved(f"http://to-{name}.example/"),
             names={f"to-{name}.example": found})
        for name, found in NAMES.items()
    ),
    Case("no-name", "has a name that nobody knows", "dns_failed", alone=True,
         url="http://nobody.example/", names={"nobody.example": [[]]}),
    Case("own-name", "is allowed under its name", "read", alone=True,
         url="http://own.example:{port}/",
         names={"own.example": [["127.3.0.1"]]}),
    Case("own-name-moves", "is allowed under its name and moves elsewhere", "read",
         moved("http://own-moves.example:{port}/"),
         names={"own-moves.example": [["127.3.0.1"]]}),
)  # fmt: skip

PORTS = (
    Case("port-closed", "redirects to a port of its own", "port_refused",
         moved("http://127.66.0.1:{port}/")),
    Case("port-ssh", "redirects to a port of mail or shell", "port_refused",
         moved("http://127.66.0.1:22/")),
    Case("port-database", "redirects to a database", "port_refused",
         moved("http://127.66.0.1:5432/")),
    Case("port-zero", "redirects to port 0", NOWHERE, moved("http://127.66.0.1:0/")),
    Case("port-too-high", "redirects to port 70000", NOWHERE,
         moved("http://127.66.0.1:70000/")),
    Case("port-word", "redirects to a port with a name", NOWHERE,
         moved("http://127.66.0.1:web/")),
    Case("port-other-own", "redirects to another port of its own machine",
         "port_refused", moved("http://127.1.0.1:8080/")),
)  # fmt: skip

SCHEMES = {
    "file": "file:///etc/passwd",
    "ftp": "ftp://127.66.0.1/",
    "gopher": "gopher://127.66.0.1:6379/_SET%20x%201",
    "data": "data:text/html,<p>hej",
    "javascript": "javascript:alert(1)",
    "about": "about:blank",
    "ws": "ws://127.66.0.1/",
    "unix": "unix:///var/run/docker.sock",
    "mailto": "mailto:nogen@taageby.example",
    "unknown": "x-own://127.66.0.1/",
    "userinfo": "http://nogen:hemmelig@127.66.0.1/",
    "userinfo-mask": "http://taageby.example@127.66.0.1/",
    "backslash": "http:\\\\127.66.0.1\\x",
    "no-host": "http://",
    "three-slashes": "http:///127.66.0.1/",
    "bracket": "http://[::1",
    "blank": "http://127.66 .0.1/",
    "percent": "http://127.66.0.1%00.example/",
    "tab": "http://127.66\t.0.1/",
    "long": "/" + "a" * 5000,
    "empty": "",
    "bytes": "/\xff\xfe",
}

# These two name no host: taken as relative ones they lead to the site itself.
AS_OWN = {"no-host": "too_many_redirects", "three-slashes": "http_not_found"}

REDIRECTS = (
    *(
        Case(f"scheme-{name}", f"redirects to {place[:40]!r}",
             f"bad_redirect refused_address protocol_error {AS_OWN.get(name)}",
             moved(place))
        for name, place in SCHEMES.items()
    ),
    Case("moved-nowhere", "redirects without saying where", NOWHERE,
         answer(b"", "302 Found")),
    Case("moved-itself", "redirects to itself", "too_many_redirects", moved("/bad")),
    Case("moved-round", "redirects in a circle", "too_many_redirects", moved("/a"),
         more={"/a": moved("/b"), "/b": moved("/bad")}),
    Case("moved-cookies", "redirects to itself and sets a cookie each time",
         "too_many_redirects", moved("/bad", "302 Found", "Set-Cookie: n=1")),
    Case("moved-for-ever", "redirects a step further each time", "too_many_redirects",
         moved("/1"), more={f"/{n}": moved(f"/{n + 1}") for n in range(1, 30)},
         unasked=("/6", "/7")),
    Case("moved-twice", "gives two places to go on to",
         "bad_redirect refused_address read",
         moved("/good", "302 Found", "Location: http://127.66.0.1/")),
    Case("moved-page", "sends a page along with its redirect", "read",
         answer(html("Ingen"), "302 Found", "Location: /end"),
         more={"/end": page_of(b"<p>Slut</p>")}),
    Case("moved-forbidden", "redirects to what its robots.txt forbids",
         "robots_disallow", moved("/secret"),
         robots=answer(b"User-agent: *\nDisallow: /secret"), unasked=("/secret",)),
    Case("moved-300", "gives several places to choose from", "http_status",
         answer(b"", "300 Choices", "Location: /good")),
    Case("moved-refresh", "sends on by a header that only browsers know", "read",
         page_of(b"<p>Straks</p>", HTML, "Refresh: 0; url=http://127.66.0.1/")),
    Case("moved-meta", "sends on by a tag that leads inside", "read",
         page_of(b'<meta http-equiv="refresh" content="0;url=http://127.66.0.1/">'
                 b"<p>Straks</p>")),
    Case("moved-later", "behaves at first and leads inside the second time", "read",
         in_turn(page_of(b"<p>Hej</p>"), moved("http://127.66.0.1/"))),
    Case("moved-base", "calls the inner network its own address", "read",
         page_of(b'<base href="http://127.66.0.1/"><p>Hej <a href="x">x</a></p>'),
         source="depth = 1"),
    Case("linked-inside", "links to the inner network", "read",
         page_of(b'<p>Hej <a href="http://127.66.0.1/x">x</a></p>'),
         source='depth = 1\nallow = ["http://*"]'),
)  # fmt: skip

TLS = (
    Case("tls-good", "shows a certificate that holds", "read", tls="good",
         reading=page_of),
    *(
        Case(f"tls-{sort}", f"shows a certificate of the sort {sort}", "tls_failed",
             page_of(html("Ingen")), tls=sort, alone=True, unasked=("/bad",))
        for sort in ("expired", "future", "wrong-name", "nameless", "self-signed",
                     "unknown-root", "no-cipher")
    ),
    Case("tls-missing", "speaks plain HTTP where TLS is asked for",
         "tls_failed robots_unreachable", url="https://{neighbour}/x", alone=True),
    Case("tls-to-plain", "redirects from TLS to plain HTTP", NOWHERE,
         moved("http://{neighbour}/"), tls="good"),
    Case("tls-to-bad", "redirects from a good certificate to a bad name", INSIDE,
         moved("https://127.66.0.1/"), tls="good"),
)  # fmt: skip

CASES = (*INNER, *NAMED, *PORTS, *REDIRECTS, *TLS)
