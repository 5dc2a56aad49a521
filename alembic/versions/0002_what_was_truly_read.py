"""What was truly read: verdicts, usual numbers and rank; kept TDM reservations.

There is no way back by migration: restore the backup made before it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Only adds: a row that is there gets what a page never judged would have."""
    op.create_table(
        "tdm",
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_tdm")),
    )
    for name, column in _columns():
        op.add_column(name, column)
    op.create_index("ix_fetch_next", "fetch", ["run_id", "state", "rank", "id"])
    op.create_index("ix_page_signature", "page", ["source_id", "signature"])


def _columns() -> list[tuple[str, sa.Column[object]]]:
    def number(name: str) -> sa.Column[object]:
        return sa.Column(name, sa.Integer(), nullable=False, server_default="0")

    def moment(name: str) -> sa.Column[object]:
        return sa.Column(name, sa.DateTime(timezone=True), nullable=True)

    return [
        ("source_state", sa.Column("usual_posts", sa.Double(), nullable=True)),
        ("run", sa.Column("budget", sa.Integer(), nullable=True)),
        ("run", number("asked")),
        ("run", number("unread")),
        ("run", sa.Column("canary", sa.Boolean(), nullable=True)),
        (
            "fetch",
            sa.Column("rank", sa.Double(), nullable=False, server_default="0"),
        ),
        ("page", number("deaths")),
        ("page", moment("quarantined_at")),
        ("page", moment("asked_at")),
        ("page", sa.Column("outcome", sa.String(length=16), nullable=True)),
        ("page", sa.Column("reason_code", sa.String(length=64), nullable=True)),
        (
            "page",
            sa.Column("reason_params", _JSON, nullable=False, server_default="{}"),
        ),
        ("page", sa.Column("usual_posts", sa.Double(), nullable=True)),
        ("page", moment("changed_at")),
        ("page", sa.Column("signature", sa.LargeBinary(length=8), nullable=True)),
        ("page", sa.Column("canonical", sa.Text(), nullable=True)),
        ("page", sa.Column("canary", sa.Boolean(), nullable=True)),
    ]
