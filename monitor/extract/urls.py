"""Addresses in one spelling, so that the same place is known again.

What may be followed is left to the sources.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 2000
_PORTS = {"http": 80, "https": 443}
_NOISE = re.compile(
    r"^(utm_\w+|s?phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id"
    r"|oscsid|zenid|cftoken|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_cid|mc_eid"
    r"|igshid|igsh|yclid|twclid|ttclid|li_fat_id|mkt_tok|vero_id|_hsenc|_hsmi"
    r"|replytocom|like_comment|_gl|_ga|__hstc|__hssc|showcomment|_wpnonce"
    r"|unapproved|moderation-hash)$",
    re.IGNORECASE,
)
# Elsewhere a short one numbers what is shown.
_SESSION_KEYS = ("sid", "s", "sess", "session")
_PATH_SESSION = re.compile(
    r";(?:jsessionid|sid|phpsessid)=[^/?#;]*|/\(S\([0-9a-z]{20,}\)\)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_BAD_HOST = re.compile(r"[\s<>\"\\^`{|}%]")
_SESSION = re.compile(r"(?=\D*\d)[0-9a-zA-Z]{20,}")
_STRAY = re.compile(r"%(?![0-9a-fA-F]{2})")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_KEPT = "!$&'()*+,;=:@-._~/?%"


def canonical(url: str, *, keep_fragment: bool = False) -> str | None:
    """One spelling of an absolute http(s) address, or None when it is none.

    Scheme and host in lower case, no default port, no user, no session or tracking
    parameters, percent signs in one form. The fragment stays only when asked for.
    """
    try:
        parts = urlsplit(url.strip())
        host = _host(parts)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or len(url) > MAX_LENGTH:
        return None
    if port is not None and port != _PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = _spelled(_PATH_SESSION.sub("", parts.path)) or "/"
    fragment = _spelled(parts.fragment) if keep_fragment else ""
    return urlunsplit((parts.scheme, host, path, _query(parts.query), fragment))


def absolute(base: str, href: str, *, keep_fragment: bool = False) -> str | None:
    """A link's canonical address as seen from the page ``base``, or None."""
    href = _CONTROL.sub("", href) if "\n" in href or "\t" in href else href.strip()
    try:
        joined = urljoin(base, href)
    except ValueError:
        return None
    return canonical(joined, keep_fragment=keep_fragment)


def readable(url: str) -> str:
    """The address with its percent signs undone, for words hidden in it."""
    return unquote(url, errors="replace")


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if _BAD_HOST.search(host):
        return ""
    if host.isascii():
        return f"[{host}]" if ":" in host else host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _query(query: str) -> str:
    pairs = [pair for pair in query.split("&") if pair]
    return "&".join(_spelled(pair) for pair in pairs if not _is_noise(pair))


def _is_noise(pair: str) -> bool:
    key, _, value = pair.partition("=")
    if key.lower() in _SESSION_KEYS:
        return _SESSION.fullmatch(value) is not None
    return _NOISE.match(key) is not None


def _spelled(part: str) -> str:
    part = _STRAY.sub("%25", part)
    part = _ESCAPE.sub(_unescaped, part)
    return quote(part, safe=_KEPT)


def _unescaped(found: re.Match[str]) -> str:
    """Only letters, digits and four signs mean the same with and without escape."""
    sign = chr(int(found[1], 16))
    plain = sign.isascii() and (sign.isalnum() or sign in "-._~")
    return sign if plain else found[0].upper()
