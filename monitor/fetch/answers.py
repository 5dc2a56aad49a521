"""Tells from an HTTP answer what became of a request; asks nothing of the network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.fetch.address import Address, parse_address
from monitor.fetch.pacing import MAX_REST
from monitor.fetch.rules import Refusal
from monitor.types import Answer, Fetched, ReadState, Reason

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
_BLOCKED = {
    401: "http_login_required",
    403: "http_forbidden",
    429: "rate_limited",
    451: "http_legal_reasons",
}
_FAILED = {404: "http_not_found", 410: "http_gone", 503: "http_unavailable"}


def judge(
    answer: Answer, *, asked_if_changed: bool, retry_at: datetime | None = None
) -> Fetched:
    """What an answer that is not a redirect means for its request.

    ``retry_at`` is the time before which a busy server must not be asked again.
    """
    status = answer.status
    if 200 <= status < 300 and status != 206:
        return Fetched(ReadState.READ, answer)
    if status == 304 and asked_if_changed:
        return Fetched(ReadState.NOT_MODIFIED, answer)
    if status in _BLOCKED:
        reason = Reason(_BLOCKED[status], {"status": status})
        return Fetched(ReadState.BLOCKED, answer, reason, retry_at)
    reason = Reason(_FAILED.get(status, "http_status"), {"status": status})
    return Fetched(ReadState.FAILED, answer, reason, retry_at)


def retry_after(status: int, value: str | None, now: datetime) -> datetime | None:
    """When a busy server (429, 503) lets us come again; a day from now at most.

    Reads both forms of Retry-After, seconds and date (RFC 9110, 10.2.3).
    """
    if status not in BUSY or value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        wait = timedelta(seconds=min(int(value[:9]), MAX_REST.total_seconds()))
        return now + wait
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment.astimezone(UTC), now), now + MAX_REST)


def redirect(status: int, location: str | None, asked: Address) -> Address | None:
    """Where an answer sends us; None when it is no redirect.

    ``location`` holds the header's bytes as Latin-1. Raises Refusal
    ``bad_redirect`` for one without a place, to a place that is no address we read,
    or from https down to http; ``refused_address`` for a disguised number.
    """
    if status not in REDIRECTS:
        return None
    try:
        place = (location or "").encode("latin-1").decode("utf-8")
    except UnicodeError:
        place = ""
    if not place:
        raise Refusal("bad_redirect", host=asked.host)
    try:
        target = parse_address(place, asked)
    except Refusal as no:
        if no.reason.code == "refused_address":
            raise
        raise Refusal("bad_redirect", host=asked.host) from None
    if asked.scheme == "https" and target.scheme == "http":
        raise Refusal("bad_redirect", host=asked.host)
    return target
