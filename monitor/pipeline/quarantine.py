"""Pages that end the process that reads them: counted, then left alone.

They are still asked for; the same bytes are not read again. Other bytes get one try,
and a page that was read is as good as any other.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.models.crawl import PageRecord
from monitor.pipeline.values import Job
from monitor.types import Reason, Request

DEATHS = 2


def count(job: Job, request: Request, body_hash: bytes, *, slow: bool) -> Reason:
    """Note that a page ended its process; what to say of it now."""
    crawl, known = job.crawl, {"source_id": job.source.id, "url": request.url}
    with crawl.database.begin() as session:
        page = session.scalar(select(PageRecord).filter_by(**known).with_for_update())
        if page is None:
            page = PageRecord(**known, seen_at=crawl.clock(), deaths=0)
            session.add(page)
        page.deaths += 1
        page.body_hash, page.generation = body_hash, 0
        if page.deaths >= DEATHS:
            page.quarantined_at = crawl.clock()
            return Reason("page_kills_reader")
    if slow:
        seconds = crawl.settings.monitor.schedule.parse_seconds
        return Reason("page_too_slow", {"seconds": seconds})
    return Reason("page_ends_reader")


def release(session: Session, source_id: str, url: str) -> bool:
    """Have a page read again by hand; False when it is not in quarantine."""
    freed = session.execute(
        update(PageRecord)
        .where(
            PageRecord.source_id == source_id,
            PageRecord.url == url,
            PageRecord.quarantined_at.is_not(None),
        )
        .values(quarantined_at=None, deaths=0, body_hash=None)
        .returning(PageRecord.id)
    )
    return freed.scalar() is not None
