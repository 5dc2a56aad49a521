"""Urgent hits first: ranks begin with how soon a person should look.

There is no way back by migration: restore the backup made before it.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Hits found before there were signals come after those that have some.

    A rank had 14 characters; what people reported has none and stays first.
    """
    op.execute("UPDATE hit SET rank = '2' || rank WHERE length(rank) = 14")
