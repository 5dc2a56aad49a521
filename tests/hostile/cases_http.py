"""Answers that are no proper HTTP, too long, too slow, or end too early."""

from __future__ import annotations

from tests.hostile.case import (
    HTML,
    OK,
    TRAP,
    Case,
    answer,
    broken,
    drip,
    flood,
    html,
    page_of,
    silent,
    trapped,
)

EVIL = trapped()
CHUNKED = OK + HTML.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
PLAIN = OK + HTML.encode() + b"\r\n"
HALF = html(TRAP)[:200]


def chunked(body: bytes, size: int = 64, *, extra: bytes = b"") -> bytes:
    """A body in chunks."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x%s\r\n%s\r\n" % (len(p), extra, p) for p in pieces)


def sized(body: bytes, size: int) -> bytes:
    """A body with a length of one's choice."""
    return PLAIN + b"Content-Length: %d\r\n\r\n" % size + body


GARBLED = (
    Case("http-nothing", "hangs up without a word", "protocol_error", b""),
    Case("http-noise", "sends noise", "protocol_error", b"\x00\x01\xfe\xff" * 99),
    Case("http-09", "answers as in 1991, without a head", "protocol_error", html(TRAP)),
    Case("http-ssh", "speaks SSH", "protocol_error", b"SSH-2.0-OpenSSH_9.2\r\n"),
    Case("http-smtp", "speaks SMTP", "protocol_error", b"220 mail.example ESMTP\r\n"),
    Case("http-tls-alert", "answers in TLS", "protocol_error", b"\x15\x03\x01\0\2\2F"),
    Case("http-2-preface", "speaks HTTP/2", "protocol_error", b"\0\0\0\4\0\0\0\0\0"),
    Case("http-version-9", "says HTTP/9.9", "protocol_error",
         b"HTTP/9.9 200 OK\r\n\r\n" + html(TRAP)),
    Case("http-icy", "says ICY instead of HTTP", "protocol_error",
         b"ICY 200 OK\r\n\r\n" + html(TRAP)),
    Case("status-word", "gives a word as status", "protocol_error",
         b"HTTP/1.1 abc OK\r\n\r\n" + html(TRAP)),
    Case("status-4-digits", "gives a status of four digits", "protocol_error",
         b"HTTP/1.1 2000 OK\r\n\r\n" + html(TRAP)),
    Case("status-0", "gives the status 000", "protocol_error",
         b"HTTP/1.1 000 OK\r\n\r\n" + html(TRAP)),
    Case("status-101", "switches protocols unasked", "protocol_error http_status",
         b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + EVIL),
    Case("status-206", "sends a part nobody asked for", "http_status",
         page_of(html(TRAP), status="206 Partial")),
    Case("status-304", "says unchanged to somebody who never came", "http_status",
         b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    Case("status-999", "gives the status 999", "http_status", trapped("999 Denied")),
)  # fmt: skip

FRAMING = (
    Case("length-twice", "gives two lengths", "protocol_error",
         PLAIN + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\n" + html(TRAP)),
    Case("length-negative", "gives a negative length", "protocol_error",
         PLAIN + b"Content-Length: -5\r\n\r\n" + html(TRAP)),
    Case("length-word", "gives a word as length", "protocol_error",
         PLAIN + b"Content-Length: five\r\n\r\n" + html(TRAP)),
    Case("length-huge", "promises 9 exabytes and hangs up", "cut_short",
         sized(HALF, 9 * 10**18)),
    Case("length-too-long", "promises more than it sends", "cut_short",
         sized(html(TRAP), 10**5)),
    Case("length-too-short", "sends more than it promised", "read",
         reading=lambda page: sized(page + b"<p>" + TRAP.encode(), len(page))),
    Case("second-answer", "sends a second answer nobody asked for", "read",
         reading=lambda page: page_of(page) + EVIL),
    Case("204-with-body", "says that there is no content and sends one", "page_empty",
         b"HTTP/1.1 204 No Content\r\n\r\n" + EVIL),
    Case("304-with-body", "says unchanged and sends a page", "http_status",
         b"HTTP/1.1 304 Not Modified\r\n\r\n" + EVIL),
    Case("reset", "breaks the connection off in the middle", "cut_short",
         broken(sized(HALF, 10**5))),
    Case("chunk-cut", "ends in the middle of a chunk", "cut_short",
         CHUNKED + b"ff\r\n" + HALF[:50]),
    Case("chunk-no-end", "leaves the last chunk out", "cut_short",
         CHUNKED + chunked(html(TRAP))),
    Case("chunk-word", "gives a chunk no number", "cut_short",
         CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n"),
    Case("chunk-negative", "gives a chunk a negative size", "cut_short",
         CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n"),
    Case("chunk-overflow", "gives a chunk more bytes than there are", "cut_short",
         CHUNKED + b"ffffffffffffffffffff\r\nhello"),
    Case("chunk-longer", "sends more in a chunk than its size", "cut_short",
         CHUNKED + b"5\r\nhello world\r\n0\r\n\r\n"),
    Case("chunk-extensions", "adds notes to its chunks", "read",
         reading=lambda p: CHUNKED + chunked(p, extra=b";a=b") + b"0\r\n\r\n"),
    Case("chunk-trailers", "sends header lines after the page", "read",
         reading=lambda p: CHUNKED + chunked(p) + b"0\r\nX-Late: 1\r\n\r\n"),
    Case("chunk-and-length", "gives chunks and a length", "page_empty protocol_error",
         PLAIN + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Case("coding-unknown", "transfers in a way of its own", "protocol_error",
         PLAIN + b"Transfer-Encoding: weird\r\n\r\n" + html(TRAP)),
    Case("coding-twice", "says chunked twice", "protocol_error cut_short",
         PLAIN + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + html(TRAP)),
    Case("bare-lf", "ends its lines with a line feed alone", "read",
         reading=lambda p: page_of(p).replace(b"\r\n", b"\n", 3)),
    Case("http-10", "answers in HTTP/1.0, without a length", "read",
         reading=lambda p: b"HTTP/1.0 200 OK\r\n" + HTML.encode() + b"\r\n\r\n" + p),
    Case("early-hints", "sends hints before the answer", "read",
         reading=lambda p: b"HTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\n" + page_of(p)),
    Case("no-reason", "gives no words to its status", "read",
         reading=lambda p: page_of(p, status="200")),
)  # fmt: skip

HEADERS = (
    Case("header-no-colon", "sends a header line without a colon", "protocol_error",
         OK + b"No colon here\r\n\r\n" + html(TRAP)),
    Case("header-nul", "hides a NUL in a header", "protocol_error",
         OK + b"X: a\0b\r\n\r\n" + html(TRAP)),
    Case("header-long", "sends a header line of 70 KB", "headers_too_large",
         page_of(html(TRAP), HTML, "X-Long: " + "a" * 70_000)),
    Case("header-many", "sends 7,500 header lines", "headers_too_large",
         page_of(html(TRAP), HTML, *["X-Same: yes"] * 7500)),
    Case("header-endless-lines", "never stops sending header lines",
         "protocol_error headers_too_large too_large",
         flood(b"X-Line: again and again\r\n", OK)),
    Case("header-endless-line", "never ends one header line",
         "protocol_error headers_too_large too_large", flood(b"a", OK + b"X-Long: ")),
    Case("header-endless-1xx", "sends hints for ever",
         "too_large headers_too_large deadline",
         flood(b"HTTP/1.1 103 Early Hints\r\n\r\n")),
    Case("header-folded", "folds a header line, as one did once", "read",
         reading=lambda p: page_of(p, HTML, "X-Fold: a\r\n b")),
    Case("header-cookies", "sets 500 cookies", "read headers_too_large",
         page_of(b"<p>kager</p>", HTML,
                 *[f"Set-Cookie: c{n}={'x' * 50}" for n in range(500)])),
    Case("header-bytes", "writes header lines in no known alphabet", "read",
         reading=lambda p: page_of(p, HTML, "X-Name: R\u00f8d \u00fe\u00ff")),
)  # fmt: skip

SLOW = (
    Case("slow-silent", "takes the request and says nothing", "deadline", silent()),
    Case("slow-head", "sends its head byte by byte", "deadline", drip(b"H")),
    Case("slow-lines", "sends a header line now and then", "deadline",
         drip(b"X-Slow: yes\r\n", OK)),
    Case("slow-1xx", "asks for patience for ever", "deadline",
         drip(b"HTTP/1.1 100 Continue\r\n\r\n")),
    Case("slow-body", "sends its page byte by byte", "deadline",
         drip(b"a", PLAIN + b"\r\n")),
    Case("slow-sized", "sends a promised page byte by byte", "deadline",
         drip(b"a", sized(b"", 100_000))),
    Case("slow-chunks", "sends a small chunk now and then", "deadline",
         drip(b"1\r\na\r\n", CHUNKED)),
    Case("slow-half", "stops in the middle and keeps the line open", "deadline",
         silent(sized(HALF, 5000))),
    Case("slow-no-end", "sends all but the end", "deadline",
         silent(CHUNKED + chunked(html(TRAP)))),
    Case("slow-redirect", "sends a redirect's body byte by byte", "read deadline",
         drip(b"a", b"HTTP/1.1 302 Found\r\nLocation: /good\r\n\r\n")),
)  # fmt: skip

LARGE = (
    Case("large-plain", "sends 3 MB", "too_large deadline", page_of(b"a" * 3_000_000)),
    Case("large-endless", "never stops sending", "too_large deadline",
         flood(b"<p>mere</p>", PLAIN + b"\r\n")),
    Case("large-chunks", "never stops sending tiny chunks", "too_large deadline",
         flood(b"1\r\na\r\n", CHUNKED)),
    Case("large-one-chunk", "sends one chunk of 99 MB", "too_large deadline",
         flood(b"a", CHUNKED + b"5e69ec0\r\n")),
    Case("large-error", "sends an error page without end", "too_large deadline",
         flood(b"fejl ", b"HTTP/1.1 500 Oops\r\n" + HTML.encode() + b"\r\n\r\n")),
    Case("large-empty", "sends a page without a byte", "page_empty", answer(b"")),
)  # fmt: skip

CASES = (*GARBLED, *FRAMING, *HEADERS, *SLOW, *LARGE)
