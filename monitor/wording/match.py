"""Sentences of the matcher's reasons: why a text matched a name, or why not."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "given_exact": N_("First name exactly."),
    "given_folded": N_("First name, with æ, ø or å written another way."),
    "given_typo": N_("First name with {edits} letters wrong."),
    "given_typo_one": N_("First name with one letter wrong."),
    "given_disguised": N_(
        "First name in disguise, with signs, digits or repeated letters."
    ),
    "given_sounds": N_("First name in another spelling that sounds the same."),
    "given_masked": N_("First name with {edits} letters hidden."),
    "given_masked_one": N_("First name with one letter hidden."),
    "given_nickname": N_("A usual short form of the first name."),
    "given_initial": N_("Only the first letter of the first name."),
    "family_exact": N_("Surname exactly."),
    "family_folded": N_("Surname, with æ, ø or å written another way."),
    "family_typo": N_("Surname with {edits} letters wrong."),
    "family_typo_one": N_("Surname with one letter wrong."),
    "family_disguised": N_(
        "Surname in disguise, with signs, digits or repeated letters."
    ),
    "family_sounds": N_("Surname in another spelling that sounds the same."),
    "family_masked": N_("Surname with {edits} letters hidden."),
    "family_masked_one": N_("Surname with one letter hidden."),
    "family_initial": N_("Only the first letter of the surname."),
    "single_name": N_("A name form of one word."),
    "joined_inside": N_("First name and surname within a longer hashtag."),
    "given_alone": N_("Only the first name, beside a word about the work."),
    "joined": N_("First name and surname written as one word."),
    "joined_disguised": N_("Letters of it are replaced, repeated or parted by signs."),
    "handle": N_("A handle or hashtag made of the name."),
    "email": N_("The employee's own e-mail address."),
    "profile_url": N_("The address of the employee's own profile."),
    "alias": N_("One of the name forms that the employee added."),
    "genitive": N_("Written in the genitive, with -s."),
    "middle_found": N_("Middle name exactly."),
    "middle_initial": N_("The middle name's first letter."),
    "middle_missing": N_("The middle name is left out."),
    "middle_added": N_("Another middle name than the employee's stands between."),
    "initial_added": N_("An initial that is not the employee's stands between."),
    "given_half": N_("Only half of the double first name."),
    "family_half": N_("Only half of the double surname."),
    "surname_first": N_("Surname before first name, with a comma."),
    "swapped": N_("Surname before first name, without a comma."),
    "line_break": N_("The name is broken over two lines."),
    "context_word": N_("Stands near the word “{word}”."),
    "context_unnamed": N_("Stands near a word about the centre or the work."),
    "source_of_center": N_("The page is one of the employee's own centre."),
    "rare_name": N_("Few people in Denmark have this name."),
    "common_name": N_("Some dozens of people in Denmark have this name."),
    "very_common_name": N_(
        "Very many people in Denmark have this name; it counts only near a word "
        "about the centre or the work."
    ),
    "hyphen_after": N_("Not counted: a hyphen and a further name follow."),
    "hyphen_before": N_("Not counted: a name and a hyphen stand before."),
    "longer_name_after": N_("Not counted: a further surname follows."),
    "longer_name_before": N_("Not counted: a further first name precedes."),
    "common_nickname": N_(
        "Not counted: a short form of the first name, with a surname that many have."
    ),
    "street": N_("Not counted: it is the name of a street or a place."),
    "firm": N_("Not counted: it is the name of a firm."),
    "list": N_("Not counted: the words belong to a list of names."),
    "other_name": N_("Not counted: one of the words belongs to somebody else's name."),
    "separate_lines": N_("Not counted: the words stand alone on two lines."),
    "everyday_word": N_("Not counted: the second word is an everyday word here."),
    "sentence_between": N_("Not counted: a sentence ends between the two parts."),
    "blank_line_between": N_("Not counted: a blank line stands between the two parts."),
    "comma_between": N_("Not counted: a comma stands between the two parts."),
    "words_between": N_("Not counted: other words stand between the two parts."),
    "not_beside": N_("Not counted: the two parts do not form the name here."),
    "another_name": N_("Not counted: one of the words is another real name, no typo."),
    "another_word": N_("Not counted: one of the words is an everyday word, no typo."),
    "only_given": N_("Not counted: only the first name stands here."),
    "only_family": N_("Not counted: only the surname stands here."),
    "nothing_like_it": N_(
        "No part of the name stands in the text. If it should, check the spelling, "
        "or add the spelling as a further name form."
    ),
    "no_context": N_(
        "Not counted: such a name counts only near a word about the centre or the "
        "work, and none stands near."
    ),
    "below_cutoff": N_("Not counted: the reasons are too weak taken together."),
}
