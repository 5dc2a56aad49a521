"""Sentences of cases: what is forbidden, why, and what to do instead."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "case_unknown": N_(
        "There is no case {case} that you can see. “monitor cases list” shows yours."
    ),
    "case_erased": N_(
        "The words of case {case} have been erased: its time was up. Only dates and "
        "the outcome are left."
    ),
    "case_without_hits": N_("A case needs at least one hit. Name the hits' numbers."),
    "case_hits_differ": N_(
        "A case is about one employee of one centre, and these hits are not. Nothing "
        "was changed. Open one case for each."
    ),
    "case_cannot_move": N_(
        "Case {case} is “{state}” and cannot go from there to “{to}”. Nothing was "
        "changed. Somebody else may have moved it: look at it again."
    ),
    "case_closed": N_(
        "Case {case} is closed, so nothing was changed. Reopen it first: monitor cases "
        "reopen {case}"
    ),
    "case_not_closed": N_("Case {case} is not closed, so it cannot be reopened."),
    "case_not_assessed": N_(
        "Case {case} has no written assessment yet. Nothing may be decided, nor the "
        "author approached, before you have written down in your own words what you "
        "think: monitor cases assess {case}"
    ),
    "assessment_too_short": N_(
        "The assessment has {given} characters; it needs at least {wanted}. Write in "
        "your own words what speaks for tolerating the post and what for following up. "
        "Nothing was stored."
    ),
    "case_decided_otherwise": N_(
        "No contact has been decided in case {case}, so nobody is approached. Decide "
        "anew if that has changed: monitor cases decide {case}"
    ),
    "case_police_not_decided": N_(
        "A report to the police has not been decided in case {case}. Decide on it "
        "first."
    ),
    "case_police_without_advice": N_(
        "Case {case} has no advice from the central administration, so a report to the "
        "police cannot be decided. Ask them: monitor cases wait {case} central. If "
        "there is danger now, call 112 at once; that needs no advice."
    ),
    "case_police_advised_against": N_(
        "The central administration advised against a report to the police in case "
        "{case}. Nothing was changed. Talk to them if things have changed."
    ),
    "case_police_without_consent": N_(
        "The employee has not said yes to a report to the police in case {case}, so it "
        "cannot be decided. Nothing goes to the police without the employee's yes."
    ),
    "case_author_is_employee": N_(
        "The author in case {case} works for the municipality. Stop here: employees' "
        "own speech is protected, and this is no case for this program. You can still "
        "support the employee and close the case."
    ),
    "case_author_under_15": N_(
        "The author in case {case} is under 15. No letter or report is written to or "
        "about a child; ask the central administration what would help."
    ),
    "case_author_unknown": N_(
        "Nobody knows who the author in case {case} is, and it is not for us to find "
        "out. Without the author's own word or an earlier contact nobody is written "
        "to; a notice to the platform may be possible."
    ),
    "case_employee_not_told": N_(
        "Case {case} does not say whether the employee has been told, so it cannot be "
        "closed. Answer with a day or with why not: monitor cases care {case}"
    ),
    "case_support_not_offered": N_(
        "Case {case} does not say whether support has been offered, so it cannot be "
        "closed. Answer with a day or with why not: monitor cases care {case}"
    ),
    "case_care_unknown": N_("“{question}” is not one of the questions: {known}."),
    "case_why_not_unknown": N_(
        "“{answer}” is neither a day (2026-11-22) nor one of: {known}. Write more "
        "about it in a note."
    ),
    "case_advice_unknown": N_("“{advice}” is not one of the advices: {known}."),
    "case_hold_unknown": N_("“{reason}” is not one of the reasons to hold: {known}."),
    "case_party_unknown": N_("“{party}” is not one of: {known}."),
    "case_day_in_future": N_("{day} has not come yet. Name the day it was done."),
    "case_day_in_past": N_("{day} is over. Name a day to come."),
    "case_text_empty": N_("There are no words in it. Nothing was stored."),
    "case_text_too_long": N_(
        "The text has {given} characters; at most {limit} are kept. Nothing was stored."
    ),
}
