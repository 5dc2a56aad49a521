"""Sentences about later looks at a post."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "recheck_not_found": N_(
        "The page was read and the post is not on it, while the site itself answers."
    ),
    "recheck_absent_once": N_(
        "The post was not found, for the first time or only hours after the first. It "
        "is called gone when a later look does not find it either, or when you have "
        "looked yourself."
    ),
    "recheck_site_silent": N_(
        "The post was not found, but neither does its site answer. That says nothing "
        "of the post; it is looked at again."
    ),
    "recheck_redirected": N_(
        "The site sends us to another page than the post's. Look yourself whether the "
        "post is still there, and note it."
    ),
    "recheck_may_have_moved": N_(
        "The post is not on the page where it was found, but has no address of its own "
        "and may have moved to another page. Look yourself, and note it."
    ),
    "recheck_name_removed": N_("The post is still there, without the name."),
    "recheck_text_differs": N_(
        "The post still names the employee, but its words have changed. Read it again."
    ),
    "recheck_gave_up": N_(
        "Looking at the page failed several times before it came to an end. It is "
        "looked at again at the next date."
    ),
    "recheck_source_retired": N_(
        "The source {source} is no longer in sources.toml, so its pages are not read. "
        "Look yourself whether the post is still there, and note it."
    ),
    "recheck_no_address": N_(
        "The post was found in a feed and has no address on an approved site, so it "
        "cannot be looked at. Look yourself whether it is still there, and note it."
    ),
    "recheck_hit_not_in_case": N_("Hit {hit} is none of those of case {case}."),
}
