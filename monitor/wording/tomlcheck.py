"""What is said about configuration files that cannot be accepted."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "config_invalid": N_(
        "The configuration in {file} cannot be used: {count} thing(s) must be mended "
        "first, beginning at line {line} ({place}). Nothing was started."
    ),
    "config_not_toml": N_(
        "{file}, line {line}: this is not valid TOML ({problem}). Mend the line; "
        "texts stand in quotation marks, lists in square brackets."
    ),
    "config_missing": N_(
        "{file}, line {line} ({place}): this key is missing. Add it; the reference "
        "of all keys shows an example."
    ),
    "config_unknown_key": N_(
        "{file}, line {line} ({place}): this key is not known. Remove it, or look "
        "it up in the reference of all keys."
    ),
    "config_unknown_key_like": N_(
        "{file}, line {line} ({place}): this key is not known. Did you mean “{hint}”?"
    ),
    "config_not_string": N_(
        "{file}, line {line} ({place}): a text is needed here, but it says {given}. "
        "Put the text in quotation marks."
    ),
    "config_not_integer": N_(
        "{file}, line {line} ({place}): a whole number is needed here, but it says "
        "{given}."
    ),
    "config_not_number": N_(
        "{file}, line {line} ({place}): a number is needed here, but it says {given}."
    ),
    "config_not_boolean": N_(
        "{file}, line {line} ({place}): true or false is needed here, but it says "
        "{given}."
    ),
    "config_not_list": N_(
        "{file}, line {line} ({place}): a list in square brackets is needed here, "
        "but it says {given}."
    ),
    "config_not_table": N_(
        "{file}, line {line} ({place}): a table of keys is needed here, but it says "
        "{given}."
    ),
    "config_not_date": N_(
        "{file}, line {line} ({place}): a date such as 2026-11-22 is needed here, "
        "but it says {given}."
    ),
    "config_not_one_of": N_(
        "{file}, line {line} ({place}): {given} is not possible here. Choose one of: "
        "{expected}."
    ),
    "config_not_one_of_like": N_(
        "{file}, line {line} ({place}): {given} is not possible here. Did you mean "
        "“{hint}”? Possible are: {expected}."
    ),
    "config_out_of_range": N_(
        "{file}, line {line} ({place}): {given} is out of range. The value must be "
        "{expected}."
    ),
    "config_pattern": N_(
        "{file}, line {line} ({place}): {given} is not written as it must be. See "
        "the reference of all keys for an example."
    ),
    "config_value": N_(
        "{file}, line {line} ({place}): {given} cannot be used here ({problem})."
    ),
}
