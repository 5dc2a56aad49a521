"""Sentences of letters: templates, fields and what stands in the way of a letter."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "letter_fields_missing": N_(
        "The letter {template} was not made, because these fields are empty: "
        "{fields}. Fill them in and try again; a letter with gaps is never made."
    ),
    "letter_unknown": N_(
        "There is no letter {letter} that you may see. “monitor letters list” shows "
        "yours."
    ),
    "letter_field_not_known": N_(
        "“{given}” does not fill a field of a letter. Write --field NAME=VALUE with "
        "one of these names: {hint}."
    ),
    "letter_quote_too_long": N_(
        "The quote has {lines} line(s) and {characters} characters; a letter takes at "
        "most {most_lines} lines and {most_characters} characters. Quote only the "
        "words your request is about."
    ),
    "letter_signs_not_shown": N_(
        "The letter was not made, because its fonts have no picture for: {signs}. "
        "Leave these signs out, or write in words what they say."
    ),
    "letter_template_unknown": N_(
        "There is no letter called {template}. Choose one of: {known}."
    ),
    "letter_language_unknown": N_(
        "There are no letters in the language {language}. Choose one of: {known}."
    ),
    "letter_template_misplaced": N_(
        "{file} is not used by any letter. Templates stand in t1, t2 or t3, for one "
        "centre alone in a folder with its id above that, and are called da.toml or "
        "en.toml. Move or remove the file."
    ),
    "letter_template_not_utf8": N_(
        "{file} cannot be read as text. Save it again with the encoding UTF-8."
    ),
    "letter_field_unknown": N_(
        "{file}, line {line} ({place}): this letter has no field {{{name}}}. "
        "Choose one of: {known}."
    ),
    "letter_field_unknown_like": N_(
        "{file}, line {line} ({place}): this letter has no field {{{name}}}. "
        "Did you mean {{{hint}}}?"
    ),
    "letter_field_left_out": N_(
        "{file}, line {line} ({place}): the wording leaves out {fields}. The law or "
        "fairness to the reader asks for each of them; give each a place in the text."
    ),
    "letter_brace": N_(
        "{file}, line {line} ({place}): a curly bracket stands alone. Curly brackets "
        "only go around the name of a field, such as {{url}}."
    ),
    "letter_text_empty": N_(
        "{file}, line {line} ({place}): there is no text here. Write it, or remove "
        "the line."
    ),
    "letter_block_not_one": N_(
        "{file}, line {line} ({place}): a block holds exactly one of paragraph, "
        "heading, quote, bullets, address or signature. Split it, or fill it."
    ),
    "letter_case_closed": N_(
        "Case {case} is closed, so no letter can be written in it. Reopen the case if "
        "there is something new."
    ),
    "letter_without_assessment": N_(
        "Case {case} has no written assessment yet, and no letter is made without "
        "one. Write the assessment first."
    ),
    "letter_not_decided": N_(
        "It has not been decided what to do in case {case}. Record the decision "
        "first; a letter is only one of the possible steps."
    ),
    "letter_decided_otherwise": N_(
        "In case {case} it was decided not to make contact, so there is no letter. "
        "If that has changed, assess the case again and record the new decision."
    ),
    "letter_author_is_employee": N_(
        "The author in case {case} is an employee of your own, whose right to speak "
        "is protected. This tool writes no letter; ask the central administration."
    ),
    "letter_author_unknown": N_(
        "It is not known who the author in case {case} is, so nobody can be written "
        "to. Do not search for the person; a notice to the platform is possible."
    ),
    "letter_author_under_15": N_(
        "The author in case {case} is under 15, so no letter is written. Ask the "
        "central administration how to help."
    ),
    "letter_already_there": N_(
        "A letter of the kind {template} has already been approved or sent in this "
        "case, and there is only ever one. Decide on another step instead."
    ),
    "letter_no_first_letter": N_(
        "There is no first letter that was sent and is unanswered, so there is "
        "nothing to remind of. Send the first letter, or mark it as sent."
    ),
    "letter_wrong_state": N_(
        "Letter {letter} is {state}; this step needs one that is {needed}. Nothing "
        "was changed."
    ),
    "letter_altered": N_(
        "The stored letter {letter} is not the one that was approved, or is gone. It "
        "was not exported. Void it, write a new one, and tell your administrator."
    ),
    "letter_channel_unknown": N_(
        "{channel} is not a way of sending that is known here. Choose one of: {known}."
    ),
    "letter_folder_unwritable": N_(
        "The letter could not be written to {folder} ({why}). Choose a folder you may "
        "write to, with free space, and export again."
    ),
    "letter_field_municipality": N_("Name of the municipality"),
    "letter_field_center": N_("Name of the centre"),
    "letter_field_center_address": N_("The centre's address, one part per line"),
    "letter_field_date": N_("Date of the letter"),
    "letter_field_case_number": N_("Our reference"),
    "letter_field_recipient_name": N_("Name of the recipient"),
    "letter_field_platform": N_("Name of the site or platform"),
    "letter_field_url": N_("Exact address of the post"),
    "letter_field_seen_at": N_("When the post was last seen, date and time"),
    "letter_field_quote": N_("The exact words it is about, at most two lines"),
    "letter_field_request": N_(
        "What you ask for, the least that helps, following the words “I ask you to …”"
    ),
    "letter_field_deadline": N_("The date by which you ask for it"),
    "letter_field_reason": N_(
        "Why: to an author following the word “because”, to a platform in full "
        "sentences that say why the content is illegal"
    ),
    "letter_field_contact_name": N_("Whom to call or write to"),
    "letter_field_contact_phone": N_("Telephone number of the contact"),
    "letter_field_contact_email": N_("E-mail address for answers"),
    "letter_field_manager_name": N_("Name of the centre manager who signs"),
    "letter_field_ombudsman_contact": N_("How to reach the municipal ombudsman"),
    "letter_field_dpo_contact": N_("How to reach the data protection officer"),
    "letter_field_data_source": N_(
        "Where the information about the recipient comes from"
    ),
    "letter_field_legal_basis": N_("Legal basis of using the information"),
    "letter_field_retention": N_(
        "When the information is deleted, following the words “We delete it …”"
    ),
    "letter_field_first_letter_date": N_("Date of the first letter"),
    "letter_field_content": N_(
        "What the content is in few words, such as “a post with a home address”"
    ),
    "letter_field_rule": N_("The rule of Danish law that the content breaks"),
    "letter_field_exhibits": N_("The evidence, one item per line"),
}
