"""Runs the migrations on the connection that ``monitor.db`` opened."""

from __future__ import annotations

from typing import Literal

from alembic import context

import monitor.models  # noqa: F401  registers every table
from watchlist.base import Base, UTCDateTime


def plain_types(kind: str, item: object, _: object) -> str | Literal[False]:
    """Write our column types as what the databases store: migrations must last."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=True,
    render_item=plain_types,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
