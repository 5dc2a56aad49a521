"""What became of a request, in words."""

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "bad_url": N_(
        "The address is not a valid web address, so nothing was read. "
        "Correct it in sources.toml."
    ),
    "scheme_refused": N_(
        "Only addresses that begin with http:// or https:// are read. "
        "Correct the address in sources.toml, or leave the link out."
    ),
    "userinfo_refused": N_(
        "The address holds a user name or password. Nothing that needs a log-in is "
        "read. Remove that part of the address."
    ),
    "port_refused": N_(
        "The address leads to port {port}; only 80 and 443 are read. If this is "
        "meant, name the host and port under fetch.allow_private in monitor.toml."
    ),
    "refused_address": N_(
        "{host} lies in a private or reserved part of the network, which is never "
        "read. If it is a site of your own, name the host and port under "
        "fetch.allow_private in monitor.toml."
    ),
    "dns_failed": N_(
        "No address is known for {host}. The site may have closed, the name may be "
        "misspelt, or the name service is down. It is tried again at the next run."
    ),
    "connect_failed": N_(
        "{host} did not accept a connection. It is tried again at the next run."
    ),
    "timeout": N_("{host} did not answer in time. It is tried again at the next run."),
    "tls_failed": N_(
        "No secure connection to {host} could be made; its certificate may have "
        "expired or be wrong. Nothing was read. Tell the owner of the site if it "
        "lasts."
    ),
    "deadline": N_(
        "The answer was not complete after {seconds} seconds and was given up. It is "
        "tried again at the next run."
    ),
    "too_large": N_(
        "The page is larger than {limit} bytes and was not read. Name a smaller "
        "page, or raise fetch.max_bytes in monitor.toml."
    ),
    "headers_too_large": N_(
        "The server sent far too many header lines, so its answer was not read. "
        "Check that this is the right address."
    ),
    "protocol_error": N_(
        "The server did not answer in proper HTTP, so nothing was read. It is tried "
        "again at the next run."
    ),
    "cut_short": N_(
        "The connection broke before the page was complete, so it was not read. It "
        "is tried again at the next run."
    ),
    "bad_encoding": N_(
        "The page was compressed in a way that could not be undone, so it was not "
        "read. It is tried again at the next run."
    ),
    "bad_redirect": N_(
        "{host} sends readers on to an address that is not safe or not valid, so "
        "nothing was read. Open the page in a browser and enter the address it "
        "ends at."
    ),
    "too_many_redirects": N_(
        "The address sent us on {count} times without arriving anywhere, so nothing "
        "was read. Open the page in a browser and enter the address it ends at."
    ),
    "http_login_required": N_(
        "The page asks for a log-in, so it was not read. Nothing behind a log-in is "
        "read: report what you see there by hand."
    ),
    "http_forbidden": N_(
        "The server refuses to show us the page, so it was not read. Ask the owner "
        "of the site for leave, or report what you see there by hand."
    ),
    "http_legal_reasons": N_(
        "The page is withheld for legal reasons, so it was not read."
    ),
    "http_not_found": N_(
        "The page is not there. It may have been removed or moved; check the address."
    ),
    "http_gone": N_("The site says that the page has been removed for good."),
    "http_unavailable": N_(
        "The site is out of service for now, so the page was not read. It is tried "
        "again later."
    ),
    "http_status": N_(
        "The server answered with status {status}, so the page was not read. It is "
        "tried again at the next run."
    ),
    "rate_limited": N_(
        "The site asks us to come less often, so the page was not read. It is tried "
        "again later."
    ),
    "host_resting": N_(
        "{host} asked for a longer pause between visits, and it is not over. The "
        "page is read at a later run."
    ),
    "robots_disallow": N_(
        "The robots.txt of {host} asks programs not to read this page, and we keep "
        "to it. Ask the owner of the site for leave, or look at the page by hand."
    ),
    "render_missing": N_(
        "The page needs a browser, and there is none. Install the extra “render” "
        "(pip install 'udkig[render]') and Chromium (apt-get install chromium)."
    ),
    "render_timeout": N_(
        "The page's scripts did not come to rest within {seconds} seconds, so it was "
        "not read. Look for a feed of the same site."
    ),
    "render_failed": N_(
        "The browser could not show the page, so it was not read. It is tried again "
        "at the next run."
    ),
    "robots_unreachable": N_(
        "{host} could not tell what programs may read (its robots.txt was not to be "
        "had), so nothing was read. It is tried again later."
    ),
}
