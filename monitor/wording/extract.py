"""What is said about pages that could not be read as pages."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "html_unreadable": N_(
        "The page could not be taken apart ({error}), so its text was read as it "
        "stands and posts were not told apart. Look at the page in a browser; if it "
        "is broken there too, nothing more can be done."
    ),
    "html_too_deep": N_(
        "The page's parts are nested deeper than any real page's, so its text was "
        "read as it stands and posts were not told apart. Look at the page in a "
        "browser; if it is broken there too, nothing more can be done."
    ),
    "html_too_large": N_(
        "The page has {tags} parts, far more than can be told apart in a few seconds, "
        "so its text was read as a whole and single posts were not told apart. Watch "
        "a page with fewer posts of the same site, or its feed."
    ),
    "wall_login": N_(
        "The page asks for a log-in, so its content was not read. It cannot be "
        "watched automatically; report single posts by hand instead."
    ),
    "wall_consent": N_(
        "The page shows a cookie or consent question instead of its content, so "
        "nothing was read. Look for a feed of the same site, or report single posts "
        "by hand."
    ),
    "wall_bot": N_(
        "The site checks whether its visitor is a person and did not show its "
        "content, so nothing was read. Ask the site for permission, or report single "
        "posts by hand."
    ),
    "soft_404": N_(
        "The page says that its content is not there, although the server answered "
        "as usual. Check whether the address has changed."
    ),
    "site_down": N_(
        "The site says that it is out of order, although the server answered as "
        "usual, so nothing was read. It is tried again at the next run."
    ),
    "site_parked": N_(
        "A placeholder stands where the site used to be, so nothing was read. The "
        "site may have closed or moved: check its address, or remove the source."
    ),
    "empty_shell": N_(
        "The page is empty until scripts fill it in, so nothing was read. Look for a "
        "feed of the same site; or write render = true into the source's table, so "
        "that a browser fills it in; or report single posts by hand."
    ),
}
