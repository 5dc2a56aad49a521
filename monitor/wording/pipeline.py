"""Sentences of runs and their pages."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "page_limit": N_(
        "Not everything was read: the source's limit of {limit} pages was reached, "
        "and about {left} known addresses were left. The pages most likely to hold "
        "something new were read first, and the next runs go on with the others. "
        "Raise page_limit in sources.toml if that takes too long."
    ),
    "posts_dropped": N_(
        "Only {found} posts were found; usually there are about {usual}. The site may "
        "have been rebuilt, or may show us less than it shows others. Look at it in a "
        "browser; what was not seen cannot be called free of hits."
    ),
    "page_posts_dropped": N_(
        "The page shows {found} posts; usually there are about {usual}. It may have "
        "been rebuilt, emptied, or shown to us in part only. Look at it in a browser. "
        "If it is as it should be, the smaller number is taken as usual in time."
    ),
    "canary_missing": N_(
        "None of the pages that were read says “{phrase}”, which should always stand "
        "there. The site may have shown us something else than its content. Look at "
        "it in a browser; if the words have changed there, correct canary in "
        "sources.toml."
    ),
    "page_not_quarantined": N_(
        "{source} has no page with this address in quarantine, so nothing was "
        "changed. “monitor sources coverage {source}” shows those that are."
    ),
    "page_alike": N_(
        "Several pages of this kind say the same, as in an endless calendar, so links "
        "to more of them were not followed from here."
    ),
    "page_gave_up": N_(
        "A page was tried {attempts} times and each time the work on it broke off, so "
        "it is left alone in this run. Look at it in a browser."
    ),
    "page_fault": N_(
        "A page could not be worked on because of a fault in Udkig (fetch {fetch}). "
        "The log says where; please report it. The page is tried again next time."
    ),
    "page_too_slow": N_(
        "Reading a page took more than {seconds} seconds of processor time and was "
        "broken off; the other pages were read. If it happens again, the page is left "
        "alone until it changes. Look at it in a browser."
    ),
    "page_ends_reader": N_(
        "The process that read a page ended over it, or took too much memory; the "
        "other pages were read. The page is tried once more."
    ),
    "page_kills_reader": N_(
        "A page twice ended the process that read it, so it is left alone until it "
        "changes, and what stands on it is not known. Look at it in a browser; when "
        "you want it tried again, release it."
    ),
}
