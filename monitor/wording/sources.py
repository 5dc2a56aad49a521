"""What is said about sources: their approval, their answers, their configuration."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "source_unapproved": N_(
        "The source {source} has no approval and is not read. Have it approved and "
        "write approved_by, approved_on and expires_on into its table."
    ),
    "source_not_yet_approved": N_(
        "The approval of the source {source} begins on {day}; until then it is not "
        "read."
    ),
    "source_expired": N_(
        "The approval of the source {source} ended on {day} and it is not read any "
        "more. Have it approved anew and change approved_on and expires_on."
    ),
    "not_a_page": N_(
        "The address gave a file of type {content_type} instead of a page, so nothing "
        "was read. Check the address of the source."
    ),
    "tdm_reserved": N_(
        "The page reserves its content against automatic reading, so it was not "
        "read. Ask the site for permission, or report single posts by hand."
    ),
    "too_few_posts": N_(
        "Only {found} posts were found where at least {wanted} are expected, so the "
        "page may have been read incompletely. Check the page and the selectors of "
        "the source."
    ),
    "feed_unreadable": N_(
        "The feed is not well-formed ({problem}), so not all of it could be read. "
        "Check its address in a browser."
    ),
    "feed_unknown": N_(
        "The answer is not a feed in a known form (RSS, Atom or JSON Feed), so "
        "nothing was read. Check the address of the source."
    ),
    "xml_refused": N_(
        "The file declares entities of its own, which is how a small file grows "
        "beyond all bounds. It was refused and nothing was read."
    ),
    "sitemap_unreadable": N_(
        "The sitemap could not be read ({problem}). Check its address in a browser."
    ),
    "sitemap_too_large": N_(
        "The sitemap is larger than {limit} bytes when unpacked and was not read. "
        "Name a smaller part of it as the source."
    ),
}
