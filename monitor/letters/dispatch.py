"""What follows when a person has sent a letter: it is noted, and the case waits.

Later looks at the post are planned by the callers, with ``recheck``.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from monitor import cases
from monitor.letters import steps
from monitor.letters.prefill import deadline
from monitor.letters.rules import TO_AUTHOR
from monitor.models import CaseState, Letter
from monitor.settings import Settings
from monitor.users import Actor


def sent(
    session: Session,
    letter: Letter,
    *,
    channel: str,
    settings: Settings,
    now: datetime,
    by: Actor,
) -> Letter:
    """Note the sending; the case then waits for the author or the platform.

    What was sent was sent: where the case cannot wait from the state it is in, it
    stays there. The deadline is the one the letter names. Refused and BadInput as
    ``steps.mark_sent``.
    """
    to_author = letter.template in TO_AUTHOR
    until = deadline(settings, letter.template, letter.drafted_at)
    steps.mark_sent(
        session,
        letter,
        channel=channel,
        deadline=until if to_author else None,
        now=now,
        by=by,
    )
    waiting = CaseState.WAITING_AUTHOR if to_author else CaseState.WAITING_PLATFORM
    if not cases.move_refusals(letter.case, waiting):
        cases.move(session, letter.case, waiting, actor=by, now=now)
    return letter
