"""Reads a URL into one canonical form, or refuses it; looks nothing up."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from monitor.fetch.rules import Refusal

MAX_URL = 4096
_PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PATH_SAFE = "%/:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?[]"


@dataclass(frozen=True, slots=True)
class Address:
    """A place on the web in canonical form: ASCII, no fragment, no user name.

    ``host`` is a lower-case name or a numeric address without brackets.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """``host:port``, the unit that the pace is kept for."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, the unit that a robots.txt speaks for."""
        shown = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{_bracketed(self.host)}{shown}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.target


def parse_address(url: str, base: Address | None = None) -> Address:
    """The address a URL stands for, relative to ``base`` if there is one.

    Raises Refusal for what is malformed, too long, of another scheme than http and
    https, holds a user name, or writes a number as host in an unusual way.
    """
    if len(url) > MAX_URL or _FORBIDDEN.search(url.strip()):
        raise Refusal("bad_url")
    try:
        whole = urljoin(base.url, url.strip()) if base else url.strip()
        split = urlsplit(whole)
        port = split.port
    except ValueError:
        raise Refusal("bad_url") from None
    if split.scheme not in _PORTS:
        raise Refusal("scheme_refused")
    if "@" in split.netloc:
        raise Refusal("userinfo_refused")
    if port == 0 or not split.hostname:
        raise Refusal("bad_url")
    host = parse_host(split.hostname)
    return Address(split.scheme, host, port or _PORTS[split.scheme], _target(split))


def parse_host(host: str) -> str:
    """A host in canonical form; numeric ones only as browsers print them."""
    if ":" in host:
        return _ipv6(host)
    name = _ascii(host).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            raise Refusal("refused_address", host=host) from None
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refusal("bad_url")
    return name


def _ipv6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        raise Refusal("bad_url") from None
    if address.scope_id:
        raise Refusal("refused_address", host=host)
    return str(address)


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise Refusal("bad_url") from None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _target(split: SplitResult) -> str:
    path = quote(_without_dots(split.path), safe=_PATH_SAFE)
    query = quote(split.query, safe=_QUERY_SAFE)
    return f"{path}?{query}" if query else path


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4: what robots.txt is asked about is what is requested."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
