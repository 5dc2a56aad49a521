"""How far a crawl has come, as the database tells it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from monitor.demo.town import Town
from monitor.models import Fetch, Run


class Progress(NamedTuple):
    """Pages of a source: asked for so far, and known so far."""

    done: int
    known: int


def progress(town: Town) -> dict[str, Progress]:
    """The progress of each source's runs, by source id."""
    counted = (
        select(Run.source_id, func.count(Fetch.ended_at), func.count(Fetch.id))
        .join(Fetch, Fetch.run_id == Run.id)
        .group_by(Run.source_id)
    )
    with town.opened.database.read() as session:
        return {name: Progress(*of) for name, *of in session.execute(counted)}
