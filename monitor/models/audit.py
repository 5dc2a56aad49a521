"""Tables of history: the hash-chained events and the counters of public numbers.

The triggers that keep events append-only stand here too, for the migration to use.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DDL, ForeignKey, Index, LargeBinary, String, event
from sqlalchemy.orm import Mapped, mapped_column

from watchlist.base import Base, UTCDateTime

ACCESS_KINDS = ("viewed", "searched", "printed")


class Event(Base):
    """Something that was done, by whom; append-only.

    ``hash`` covers id, time, kind, object type, ``digest`` and the hash before it;
    ``digest`` covers salt, actor, object id, key and sealed payload. So a payload's
    key can be destroyed, and who looked at what be forgotten when the access log
    has served its time (only for ``ACCESS_KINDS``), and the chain still verifies.
    """

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_object", "object_type", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    actor: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(64))
    object_type: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[int | None] = mapped_column(ForeignKey("data_key.id"))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Counter(Base):
    """The last number given out under a name, for instance case numbers of a year."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int] = mapped_column(default=0)


_FORGETS = (
    "OLD.kind IN ({}) AND NEW.id = OLD.id AND NEW.at = OLD.at "
    "AND NEW.kind = OLD.kind AND NEW.object_type = OLD.object_type "
    "AND NEW.digest = OLD.digest AND NEW.previous = OLD.previous "
    "AND NEW.hash = OLD.hash AND NEW.actor = '' AND NEW.object_id = '' "
    "AND NEW.key_id IS NULL AND NEW.payload IS NULL AND NEW.salt IS NULL"
).format(", ".join(f"'{kind}'" for kind in ACCESS_KINDS))

DDL_STATEMENTS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        (
            "CREATE TRIGGER event_no_update BEFORE UPDATE ON event "
            f"WHEN NOT ({_FORGETS}) "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        ),
        (
            "CREATE TRIGGER event_no_delete BEFORE DELETE ON event "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' THEN IF {_FORGETS} THEN RETURN NEW; END IF; END IF; "
            "RAISE EXCEPTION 'events are append-only'; END $$"
        ),
        (
            "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event "
            "FOR EACH ROW EXECUTE FUNCTION event_append_only()"
        ),
        (
            "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event "
            "FOR EACH STATEMENT EXECUTE FUNCTION event_append_only()"
        ),
    ),
}

for _dialect, _statements in DDL_STATEMENTS.items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(Event.__table__, "after_create", _ddl.execute_if(dialect=_dialect))
