"""What is said about sources: their approval, their answers, their configuration."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "source_id": N_(
        "{file}, line {line} ({place}): {given} cannot be a source's id. Use small "
        "letters a–z, digits and hyphens."
    ),
    "source_id_twice": N_(
        "{file}, line {line} ({place}): the id {id} is used by another source "
        "already. Give each source its own."
    ),
    "page_empty": N_(
        "The page came without a single word or link, so nothing was read; it counts "
        "as not shown to us, not as free of hits. Look at it in a browser."
    ),
    "behind_payment": N_(
        "The page says that only those who pay see all of it, so it was read as far as "
        "it is open to everybody. What stands behind the payment must be looked at by "
        "hand."
    ),
    "sent_elsewhere": N_(
        "The page only sends its readers on to {host}, which is not part of this "
        "source, so nothing was read. Enter the address it ends at, and have it "
        "approved."
    ),
    "source_unknown": N_(
        "There is no source called {source}, so nothing was read. “monitor sources "
        "list” shows those in sources.toml."
    ),
    "source_unknown_like": N_(
        "There is no source called {source}, so nothing was read. Did you mean "
        "“{hint}”?"
    ),
    "source_kind": N_(
        "{file}, line {line} ({place}): {given} is not a kind of source. Possible "
        "are: {known}."
    ),
    "source_kind_like": N_(
        "{file}, line {line} ({place}): {given} is not a kind of source. Did you "
        "mean “{hint}”? Possible are: {known}."
    ),
    "source_center": N_(
        "{file}, line {line} ({place}): the centre {given} is not known. Known are: "
        "{known}. Add it to centers.toml or choose one of these."
    ),
    "source_center_like": N_(
        "{file}, line {line} ({place}): the centre {given} is not known. Did you "
        "mean “{hint}”? Known are: {known}."
    ),
    "source_every": N_(
        "{file}, line {line} ({place}): {given} is not an interval. Write a number "
        "and m, h, d or w, such as “30m”, “6h” or “1d”."
    ),
    "source_url": N_(
        "{file}, line {line} ({place}): {given} is not a public web address. It must "
        "begin with http:// or https:// and hold no user name."
    ),
    "source_url_or_urls": N_(
        "{file}, line {line} ({place}): a source needs either url or urls, and not "
        "both."
    ),
    "source_host": N_("“{given}” is no host. Write it like cdn.forum.example."),
    "source_pattern": N_(
        "{file}, line {line} ({place}): {given} is not a pattern of addresses. It "
        "begins with /, * or https://, and * stands for any characters."
    ),
    "source_selector": N_(
        "{file}, line {line} ({place}): {given} is not a CSS selector ({problem})."
    ),
    "source_timezone": N_(
        "{file}, line {line} ({place}): the time zone {given} is not known. Write it "
        "as in “Europe/Copenhagen”."
    ),
    "source_approval_incomplete": N_(
        "{file}, line {line} ({place}): the approval is incomplete; {missing} is "
        "missing. Write approved_by, approved_on and expires_on, or none of them."
    ),
    "source_approval_span": N_(
        "{file}, line {line} ({place}): an approval ends after it begins and lasts "
        "at most twelve months, here until {latest}."
    ),
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
    "feed_too_long": N_(
        "The feed holds more than {limit} posts; those after them were left out. "
        "Look for a feed of fewer posts, or watch the pages themselves."
    ),
    "xml_refused": N_(
        "The file declares entities of its own, which is how a small file grows "
        "beyond all bounds. It was refused and nothing was read."
    ),
    "sitemap_unreadable": N_(
        "The sitemap could not be read ({problem}). Check its address in a browser."
    ),
    "sitemap_empty": N_(
        "The sitemap names {entries} addresses, but none that this source may follow, "
        "so no page was read through it. Check its address, and allow and deny in "
        "sources.toml."
    ),
    "sitemap_too_long": N_(
        "The sitemap names more than {limit} pages; the older ones were left out. "
        "Name the part of it that matters as the source, or narrow it with allow."
    ),
    "sitemap_too_large": N_(
        "The sitemap is larger than {limit} bytes when unpacked and was not read. "
        "Name a smaller part of it as the source."
    ),
}
