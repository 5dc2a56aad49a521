from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import ipaddress
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.fetch._http import httpcore, httpx
from monitor.fetch.client import Visit, tls_context
from monitor.fetch.guard import GuardedBackend
from monitor.fetch.lines import GuardedTransport, Lines
from monitor.types import Fetched, ReadState
from tests.fetch.conftest import FetchOne, Serve, make_rules
from tests.fetch.sites import answer, moved

OK = b"HTTP/1.1 200 OK\r\n"


def outcome(fetched: Fetched) -> str:
    return fetched.reason.code if fetched.reason else str(fetched.state)


def drip(piece: bytes, first: bytes = b"") -> Any:
    """Send a piece every few milliseconds for ever."""

    async def send(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.01)

    return send


def flood(piece: bytes, first: bytes = b"") -> Any:
    """Send a piece over and over, as fast as it is taken."""

    async def send(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(piece * (65_536 // len(piece)))
            await writer.drain()

    return send


async def silence(_: object, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def reset(_: object, writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 100\r\n\r\nhalf")
    await writer.drain()
    writer.transport.abort()


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = b"a" * 70_000
GZIP = "Content-Encoding: gzip"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"", "protocol_error"),
        (b"\x00\x01\x02\xff" * 50, "protocol_error"),
        (b"<html>an answer of HTTP/0.9</html>", "protocol_error"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol_error"),
        (b"HTTP/1.1 abc OK\r\n\r\n", "protocol_error"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "protocol_error"),
        (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "protocol_error"),
        (OK + b"Content-Length: -5\r\n\r\nab", "protocol_error"),
        (OK + b"Content-Length: five\r\n\r\nab", "protocol_error"),
        (OK + b"Transfer-Encoding: weird\r\n\r\nab", "protocol_error"),
        (OK + b"No colon here\r\n\r\nab", "protocol_error"),
        (OK + b"X: a\x00b\r\n\r\nab", "protocol_error"),
        (OK + b"Content-Length: 100\r\n\r\nhalf", "cut_short"),
        (CHUNKED + b"5\r\nhello\r\n", "cut_short"),
        (CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n", "cut_short"),
        (CHUNKED + b"-1\r\nhello\r\n0\r\n\r\n", "cut_short"),
        (CHUNKED + b"ffffffffffffffffffff\r\nhello", "cut_short"),
        (CHUNKED + b"5\r\nhello world\r\n0\r\n\r\n", "cut_short"),
        (reset, "cut_short"),
        (answer(b"junk", "200 OK", GZIP), "bad_encoding"),
        (answer(b"junk", "200 OK", "Content-Encoding: compress"), "bad_encoding"),
        (answer(b"x", "200 OK", f"X-Long: {LONG.decode()}"), "headers_too_large"),
        (answer(b"x", "200 OK", *["X-Same: yes"] * 7500), "headers_too_large"),
        (flood(b"X-Line: again and again\r\n", OK), "protocol_error"),
        (flood(b"a", OK + b"X-Endless: "), "protocol_error"),
        (flood(b"HTTP/1.1 103 Early Hints\r\n\r\n"), "too_large"),
        (flood(b"a", OK + b"\r\n"), "too_large"),
        (flood(b"1\r\na\r\n", CHUNKED), "too_large"),
        (answer(b"a" * 300_000), "too_large"),
        (answer(gzip.compress(bytes(300_000)), "200 OK", GZIP), "too_large"),
        (silence, "deadline"),
        (drip(b"H"), "deadline"),
        (drip(b"X-Slow: yes\r\n", OK), "deadline"),
        (drip(b"HTTP/1.1 100 Continue\r\n\r\n"), "deadline"),
        (drip(b"a", OK + b"\r\n"), "deadline"),
        (drip(b"1\r\na\r\n", CHUNKED), "deadline"),
        (drip(b"a", OK + b"Content-Length: 100000\r\n\r\n"), "deadline"),
        (moved("http://exa\x01mple.example/"), "bad_redirect"),
        (moved("http://[::1"), "bad_redirect"),
        (moved("javascript:alert(1)"), "bad_redirect"),
    ],
)  # fmt: skip
def test_bad_answer_becomes_a_reason(
    serve: Serve, fetch: FetchOne, *, page: Any, expected: str
) -> None:
    site = serve({"/": page})
    limit = 0.3 if expected == "deadline" else 60.0  # the latter as a hang guard
    fetched = fetch(site, deadline=limit, max_bytes=50_000)
    assert outcome(fetched) == expected
    assert fetched.answer is None


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (OK + b"\r\nuntil the end", b"until the end"),
        (b"HTTP/1.0 200 OK\r\n\r\nold", b"old"),
        (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nab", b"ab"),
        (CHUNKED + b"2;x=y\r\nab\r\n3\r\ncde\r\n0\r\nX: t\r\n\r\n", b"abcde"),
        (answer(b"hello") + answer(b"EVIL"), b"hello"),
        (OK + b"Content-Length: 5, 5\r\n\r\nhello", b"hello"),
        (b"HTTP/1.1 103 Hints\r\n\r\n" + answer(b"late"), b"late"),
        (b"HTTP/1.1 204 No\r\n\r\n" + answer(b"EVIL"), b""),
        (answer(b"", "200 OK", "Content-Encoding: gzip"), b""),
        (answer(b"x", "200 OK", "X-Name: R\u00f8d"), b"x"),
    ],
)
def test_odd_but_lawful_answer_is_read(
    serve: Serve, fetch: FetchOne, *, page: bytes, body: bytes
) -> None:
    fetched = fetch(serve({"/": page}))
    assert fetched.state is ReadState.READ
    assert fetched.answer is not None
    assert fetched.answer.body == body


def test_bytes_after_an_answer_never_reach_the_next(
    serve: Serve, fetch: FetchOne
) -> None:
    site = serve(
        {
            "/robots.txt": answer(b"", "404 No")
            + answer(b"User-agent: *\nDisallow: /"),
            "/": moved("/end") + answer(b"EVIL"),
            "/end": answer(b"honest"),
        }
    )
    fetched = fetch(site)
    assert fetched.answer is not None
    assert fetched.answer.body == b"honest"


def test_raw_body_stays_as_received(serve: Serve, fetch: FetchOne) -> None:
    packed = gzip.compress(b"hej")
    pieces = b"".join(
        b"%x\r\n%s\r\n" % (1, packed[i : i + 1]) for i in range(len(packed))
    )
    page = OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces
    fetched = fetch(serve({"/": page + b"0\r\n\r\n"}))
    assert fetched.answer is not None
    assert fetched.answer.raw == packed
    assert fetched.answer.body == b"hej"


def test_closed_port_is_told(serve: Serve, fetch: FetchOne) -> None:
    site = serve()
    site.__exit__(None, None, None)
    assert outcome(fetch(site)) == "connect_failed"


def test_given_up_requests_leave_no_slot_behind(serve: Serve, fetch: FetchOne) -> None:
    """Ten times as many cancelled fetches as there are slots, then a good one."""
    from monitor.fetch.address import parse_address

    site = serve({"/": silence, "/good": answer(b"good")})

    async def many() -> bytes:
        async def resolve(host: str, port: int) -> list[str]:
            return ["127.0.0.1"]

        rules = make_rules(site)
        lines = Lines(rules, tls_context(), resolve)

        async def get(path: str) -> bytes:
            address = parse_address(site.url(path))
            return (await Visit(rules, lines).get(address, {})).body

        for _ in range(30):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(get("/"), 0.02)
        body = await get("/good")
        await lines.aclose()
        return body

    assert asyncio.run(many()) == b"good"


def certificate(folder: Path, *, days: int = 1) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "forum.example")])
    at = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=at - dt.timedelta(days=3),
        not_valid_after=at + dt.timedelta(days=days),
    ).add_extension(
        x509.SubjectAlternativeName(
            [
                x509.DNSName("forum.example"),
                x509.IPAddress(ipaddress.IPv4Address("127.0.0.1")),
            ]
        ),
        critical=False,
    )
    signed = builder.sign(key, hashes.SHA256())
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_file, key_file


def server_side(cert_file: Path, key_file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert_file, key_file)
    return context


def test_unknown_certificate_is_refused(
    serve: Serve, fetch: FetchOne, tmp_path: Path
) -> None:
    site = serve({"/": answer(b"secret")}, tls=server_side(*certificate(tmp_path)))
    assert outcome(fetch(site)) == "tls_failed"
    assert site.log == []


def test_known_certificate_is_accepted_for_its_name_and_time_only(
    serve: Serve, fetch: FetchOne, tmp_path: Path
) -> None:
    pair = certificate(tmp_path)
    site = serve({"/": answer(b"secure")}, tls=server_side(*pair))
    web: dict[str, Any] = {"tls": ssl.create_default_context(cafile=pair[0])}
    fetched = fetch(site, web=web)
    assert fetched.answer is not None
    assert fetched.answer.body == b"secure"

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    web["resolve"] = resolve
    for name, expected in {"forum": "read", "other": "tls_failed"}.items():
        place = f"{name}.example:{site.port}"
        url = f"https://{place}/"
        fetched = fetch(site, url, web=web, allow_private=(place,))
        assert outcome(fetched) == expected


def test_expired_certificate_is_refused(
    serve: Serve, fetch: FetchOne, tmp_path: Path
) -> None:
    pair = certificate(tmp_path, days=-1)
    site = serve({"/": answer(b"old")}, tls=server_side(*pair))
    web = {"tls": ssl.create_default_context(cafile=pair[0])}
    assert outcome(fetch(site, web=web)) == "tls_failed"


def test_plain_server_behind_https_is_told(serve: Serve, fetch: FetchOne) -> None:
    site = serve({"/": answer(b"plain")})
    assert outcome(fetch(site, f"https://{site.place}/")) == "tls_failed"


def test_redirect_from_https_to_http_is_refused(
    serve: Serve, fetch: FetchOne, tmp_path: Path
) -> None:
    pair = certificate(tmp_path)
    site = serve({"/": moved("http://127.0.0.1/")}, tls=server_side(*pair))
    web = {"tls": ssl.create_default_context(cafile=pair[0])}
    assert outcome(fetch(site, web=web)) == "bad_redirect"


def test_httpx_still_connects_through_the_attribute_we_replace() -> None:
    """The contract that pins httpx: no public way to give it a backend exists."""

    async def resolve(host: str, port: int) -> list[str]:
        return ["10.0.0.1"]

    plain = httpx.AsyncHTTPTransport()
    assert isinstance(plain._pool, httpcore.AsyncConnectionPool)
    backend = GuardedBackend(make_rules(), resolve)
    transport = GuardedTransport(backend, tls_context())
    assert transport._pool._network_backend is backend
    assert transport._pool._max_connections == 1
    assert httpx.__version__ == "0.28.1" or httpx.__name__ == "httpx2"
    context = tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
