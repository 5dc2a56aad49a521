"""Sends one guarded GET at a time: the only module that speaks HTTP.

Redirects, robots.txt and the pace are decided by ``polite``; this one turns an
address into a complete answer or a Refusal.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

import certifi

from monitor.fetch._http import httpx
from monitor.fetch.address import Address
from monitor.fetch.decode import Decoded, decode
from monitor.fetch.guard import Budget
from monitor.fetch.lines import GuardedTransport, Lines
from monitor.fetch.rules import FetchRules, Refusal

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was sent and what came back; ``cut`` when the body passed its limit."""

    status: int
    headers: Headers
    raw: bytes
    body: bytes
    cut: bool
    request_headers: Headers
    http_version: str
    reason_phrase: str

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


def tls_context() -> ssl.SSLContext:
    """Certificates are always checked, against the same list for either client."""
    return ssl.create_default_context(cafile=certifi.where())


def request_headers(rules: FetchRules, accept: str) -> dict[str, str]:
    """What every request says: who asks, and in which forms an answer is welcome."""
    return {
        "User-Agent": rules.user_agent,
        "Accept": accept,
        "Accept-Language": "da,en;q=0.5",
        "Accept-Encoding": "gzip, deflate, br, zstd",
    }


class Visit:
    """One fetch with its redirects, and the cookies that are set on the way.

    The transport is used without a client of httpx around it, which would follow
    the Location of an answer before we have looked at it.
    """

    def __init__(self, rules: FetchRules, lines: Lines) -> None:
        self._rules = rules
        self._lines = lines
        self._cookies = httpx.Cookies()

    async def get(
        self,
        address: Address,
        headers: Mapping[str, str],
        *,
        max_bytes: int | None = None,
    ) -> Exchange:
        """Ask for one address, without following redirects.

        The body stops at ``max_bytes`` (default: the rules'), encoded and decoded
        alike. Raises Refusal for whatever the network or the server did wrong.
        """
        limit = self._rules.max_bytes if max_bytes is None else max_bytes
        overhead = self._rules.max_header_bytes + limit  # one-byte chunks and so on
        budget = Budget(self._rules.deadline, limit + overhead)
        request = self._request(address, headers)
        line = self._lines.take(address, budget)
        opened = line.backend.opened
        try:
            return await self._ask(line, request, limit)
        except Refusal as no:
            # A server may hang up just when we ask again; then it has not seen us.
            unseen = line.backend.opened == opened and budget.untouched
            if not unseen or no.reason.code != "protocol_error":
                raise
            await line.aclose()
            line = self._lines.new(budget)
            return await self._ask(line, request, limit)
        finally:
            await self._lines.give_back(address, line)

    async def _ask(
        self, line: GuardedTransport, request: httpx.Request, limit: int
    ) -> Exchange:
        try:
            response = await line.handle_async_request(request)
        except httpx.HTTPError:
            raise Refusal("protocol_error") from None
        response.request = request
        try:
            if "set-cookie" in response.headers:
                self._cookies.extract_cookies(response)
            return await self._received(response, limit)
        except httpx.HTTPError:
            raise Refusal("cut_short") from None
        finally:
            await response.aclose()

    def _request(self, address: Address, headers: Mapping[str, str]) -> httpx.Request:
        sent = [
            (k.encode("ascii"), v.encode("latin-1", "replace"))
            for k, v in headers.items()
        ]
        try:
            request = httpx.Request("GET", address.url, headers=sent)
        except httpx.InvalidURL:
            raise Refusal("bad_url") from None
        url = request.url
        if (url.host, url.port or address.port) != (address.host, address.port):
            raise Refusal("bad_url")
        if self._cookies:
            self._cookies.set_cookie_header(request)
        return request

    async def _received(self, response: httpx.Response, limit: int) -> Exchange:
        if not response.http_version.startswith("HTTP/1."):
            raise Refusal("protocol_error")
        headers = _text(response.headers.raw)
        if sum(len(k) + len(v) for k, v in headers) > self._rules.max_header_bytes:
            raise Refusal("headers_too_large")
        raw, cut = b"", False
        if not response.has_redirect_location:
            raw, cut = await _body(response, limit)
        codings = [v for k, v in headers if k.lower() == "content-encoding"]
        decoded = Decoded(raw)
        if codings:
            decoded = await asyncio.to_thread(decode, raw, codings, limit)
        return Exchange(
            status=response.status_code,
            headers=headers,
            raw=raw,
            body=decoded.body,
            cut=cut or decoded.cut,
            request_headers=_text(response.request.headers.raw),
            http_version=response.http_version,
            reason_phrase=response.reason_phrase,
        )


async def _body(response: httpx.Response, limit: int) -> tuple[bytes, bool]:
    """The body as received: what httpx decodes would have no limit."""
    body = bytearray()
    async with aclosing(cast("AsyncGenerator[bytes]", response.aiter_raw())) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) > limit:
                return bytes(body[:limit]), True
    return bytes(body), False


def _text(raw: list[tuple[bytes, bytes]]) -> Headers:
    return tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in raw)
