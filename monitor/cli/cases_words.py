"""What people call the states, decisions, reasons and events of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from monitor.i18n import _, say_kept, state

# Values of events that only programs need, and those that are codes.
_INNER = frozenset({"case", "copy_of", "item", "key", "sha256", "size", "tool"})
_CODED = frozenset(
    {"old", "new", "reason", "old_reason", "new_reason", "question", "kind"}
)


def state_words() -> dict[str, str]:
    """How the states of a case are called."""
    from monitor.models import CaseState

    return {one.value: state(one.value) for one in CaseState}


def decision_words() -> dict[str, str]:
    """How the decisions are called."""
    return {
        "tolerate": _("tolerate"),
        "talk": _("offer a talk"),
        "letter": _("letter to the author"),
        "platform": _("notice to the platform"),
        "police": _("report to the police"),
        "support_only": _("support only"),
    }


def identity_words() -> dict[str, str]:
    """On what basis the author is known."""
    return {
        "self_stated": _("stated by the author"),
        "known_from_contact": _("known from an earlier contact"),
        "unknown": _("unknown"),
    }


def age_words() -> dict[str, str]:
    """What is known of the author's age."""
    return {
        "adult": _("adult"),
        "under_15": _("under 15"),
        "unknown": _("unknown"),
    }


def care_words() -> dict[str, str]:
    """Why the employee was not told, or no support was offered."""
    return {
        "wished_not": _("no: did not wish it"),
        "knew_already": _("no: knew already"),
        "on_leave": _("not yet: on leave"),
        "has_left": _("no: has left"),
        "other": _("no: see the notes"),
    }


def closing_words() -> dict[str, str]:
    """Why a case was closed."""
    return {
        "same_name": _("another person of that name"),
        "lawful_criticism": _("lawful criticism"),
        "satire": _("satire"),
        "press": _("press"),
        "removed_by_author": _("removed by the author"),
        "removed_by_platform": _("removed by the platform"),
        "removed_unknown": _("removed, by whom is unknown"),
        "not_removed": _("not removed"),
        "support_only": _("support only"),
        "employee_wishes_no_more": _("the employee wishes no more"),
        "opt_in_withdrawn": _("opt-in withdrawn"),
        "to_police": _("handed to the police"),
        "author_is_employee": _("the author is an employee"),
        "duplicate": _("duplicate"),
        "source_closed": _("the source was closed"),
        "entered_by_mistake": _("entered by mistake"),
    }


def hold_words() -> dict[str, str]:
    """Why a case is kept from being erased."""
    return {
        "complaint": _("a complaint"),
        "access_request": _("a request for access"),
        "police": _("a police matter"),
        "court": _("a court case"),
        "audit": _("an audit"),
    }


def event_words() -> dict[str, str]:
    """What was done to a case."""
    return {
        "case_opened": _("case opened"),
        "case_hits_added": _("hits added"),
        "case_assessed": _("assessment written"),
        "case_decided": _("decided"),
        "case_identity": _("basis of the author's identity noted"),
        "case_author": _("author's age and employment noted"),
        "case_care": _("care question answered"),
        "case_advice": _("advice of the central administration"),
        "case_consent": _("employee's answer on the police"),
        "case_note": _("note"),
        "case_contact": _("contact"),
        "case_held": _("kept from being erased"),
        "case_moved": _("moved"),
        "case_closed": _("closed"),
        "case_reopened": _("reopened"),
        "recheck_planned": _("later looks planned"),
        "recheck_done": _("looked at the post again"),
        "evidence_captured": _("evidence kept"),
        "evidence_exported": _("evidence handed out"),
        "viewed": _("looked at"),
    }


def detail_words() -> dict[str, str]:
    """What the values of an event are called, in the order they are shown."""
    return {
        "hit": _("hit"),
        "question": _("question"),
        "old": _("before"),
        "new": _("after"),
        "old_reason": _("reason before"),
        "new_reason": _("reason after"),
        "old_own_employee": _("own employee before"),
        "new_own_employee": _("own employee after"),
        "reason": _("reason"),
        "why": _("why"),
        "text": _("text"),
        "party": _("with"),
        "outgoing": _("begun by us"),
        "assessment": _("assessment"),
        "hits": _("hits"),
        "kind": _("kind"),
        "looks": _("number of looks"),
        "until": _("until"),
    }


def value_words() -> dict[str, str]:
    """Every code that an event of a case may hold as a value."""
    from monitor.cli.evidence import kind_words
    from monitor.cli.recheck import outcome_words

    return (
        outcome_words()
        | state_words()
        | decision_words()
        | identity_words()
        | age_words()
        | closing_words()
        | hold_words()
        | care_words()
        | kind_words()
        | {
            "employee_told": _("Employee told"),
            "support_offered": _("Support offered"),
        }
    )


def values_in_line(values: dict[str, Any]) -> str:
    """The values of an event in one line; what only programs need is left out."""
    words = detail_words()
    shown = {
        key: value
        for key, value in values.items()
        if value is not None and key not in _INNER and "sha256" not in key
    }
    order = [*(key for key in words if key in shown), *sorted(shown.keys() - words)]
    return ", ".join(
        f"{words.get(key, key)}: {_told(key, shown[key])}" for key in order
    )


def _told(key: str, value: Any) -> Any:
    """A code in words; what a person wrote stays as written."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if key == "until" and isinstance(value, str):
        return datetime.fromisoformat(value).date().isoformat()
    if key not in _CODED or not isinstance(value, str):
        return value
    return value_words().get(value) or say_kept(value)
