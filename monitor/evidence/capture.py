"""Writes what was seen into one WARC 1.1 file, in memory; ``store`` keeps it.

Every record carries SHA-256 digests. The response holds the bytes as received; only
the transfer framing is gone, which the record's header and the facts say.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from io import BytesIO
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import BufferWARCWriter

from monitor.types import Answer

_ZONE = ZoneInfo("Europe/Copenhagen")
_HTML = "text/html; charset=utf-8"
_FRAMING = "transfer-encoding"
Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody reported with a post: its name, media type and bytes."""

    name: str
    media_type: str
    body: bytes


@cache
def tool_version() -> str:
    """The version of this program, noted on each item."""
    return f"udkig/{version('udkig')}"


def capture(answer: Answer, *, text: str, facts: Facts) -> bytes:
    """What a site answered, with its visible text and what is known of the hit.

    A page that a browser filled in is kept as it was received and as it became.
    ``facts`` must be fit for JSON. Gives a whole ``.warc.gz`` file; nothing of it
    touches the disk.
    """
    warc = _Warc(answer.final_url, answer.received_at)
    response = warc.add("response", answer.raw, http=_response_head(answer))
    warc.add("request", b"", http=_request_head(answer), beside=response)
    if answer.rendered:
        place = f"urn:rendered:{answer.final_url}"
        warc.add("resource", answer.body, uri=place, media_type=_HTML, beside=response)
    warc.describe(text, facts | _facts_of(answer), beside=response)
    return warc.content()


def capture_report(
    url: str,
    *,
    at: datetime,
    text: str,
    facts: Facts,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """What a person reported of a post that no crawler may read; as ``capture``."""
    warc = _Warc(url, at)
    for number, file in enumerate(attachments, 1):
        place = f"urn:attachment:{number}:{quote(file.name)}"
        warc.add("resource", file.body, uri=place, media_type=file.media_type)
    warc.describe(text, facts)
    return warc.content()


class _Writer(BufferWARCWriter):  # type: ignore[misc]  # warcio has no types
    """Digests by SHA-256 instead of SHA-1; never a temporary file on disk."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")

    @staticmethod
    def _create_temp_file() -> BytesIO:
        return BytesIO()


class _Head(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """An HTTP head whose bytes go out as they came in."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002  as warcio calls it
        """Latin-1 both ways is the identity on bytes."""
        self.headers_buff = self.to_bytes(encoding="latin-1")


class _Warc:
    """One file under construction; all its records bear the time of the capture."""

    def __init__(self, url: str, at: datetime) -> None:
        self._url, self._at = url, at
        self._writer = _Writer(gzip=True, warc_version="1.1")
        about = f"software: {tool_version()}\r\nformat: WARC File Format 1.1\r\n"
        self._info = self.add(
            "warcinfo", about.encode(), uri="", media_type="application/warc-fields"
        )

    def add(
        self,
        kind: str,
        body: bytes,
        *,
        uri: str | None = None,
        media_type: str = "",
        http: _Head | None = None,
        beside: str | None = None,
    ) -> str:
        """Write one record; gives its id."""
        moment = self._at.astimezone(UTC).replace(tzinfo=None)
        headers = {"WARC-Date": moment.isoformat(timespec="microseconds") + "Z"}
        if kind != "warcinfo":
            headers["WARC-Warcinfo-ID"] = self._info
        if beside:
            headers["WARC-Concurrent-To"] = beside
        record = self._writer.create_warc_record(
            self._url if uri is None else uri,
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=media_type,
            warc_headers_dict=headers,
            http_headers=http,
        )
        self._writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def describe(self, text: str, facts: Facts, beside: str | None = None) -> None:
        """Write the visible text and the facts."""
        self.add(
            "resource",
            text.encode("utf-8", "replace"),
            uri=f"urn:text:{self._url}",
            media_type="text/plain; charset=utf-8",
            beside=beside,
        )
        own = {
            "url": self._url,
            "captured_at": self._at.astimezone(UTC).isoformat(),
            "captured_at_local": self._at.astimezone(_ZONE).isoformat(),
            "tool": tool_version(),
        }
        told = json.dumps(facts | own, ensure_ascii=False, indent=1)
        self.add(
            "metadata",
            told.encode("utf-8", "replace"),
            media_type="application/json",
            beside=beside,
        )

    def content(self) -> bytes:
        """The whole file."""
        return bytes(self._writer.get_contents())


def _response_head(answer: Answer) -> _Head:
    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() == _FRAMING else name, value)
        for name, value in answer.headers
    ]
    status = f"{answer.status} {answer.reason_phrase}"
    return _Head(status, headers, protocol=answer.http_version)


def _request_head(answer: Answer) -> _Head:
    parts = urlsplit(answer.final_url)
    query = f"?{parts.query}" if parts.query else ""
    target = quote(f"{parts.path or '/'}{query}", safe="!#$%&'()*+,/:;=?@[]~")
    line = f"GET {target} {answer.http_version}"
    return _Head(line, list(answer.request_headers), is_http_request=True)


def _facts_of(answer: Answer) -> Facts:
    framed = answer.header(_FRAMING) is not None
    return {
        "status": answer.status,
        "requested_url": answer.url,
        "redirected_from": list(answer.hops),
        "transfer_framing": "removed" if framed else "none",
    }
