"""Which templates are tried on a page, and in which order."""

from __future__ import annotations

from monitor.extract.blogs import BLOGSPOT, COMMENTS, MICRODATA, PLAIN, WORDPRESS
from monitor.extract.forums import DISCOURSE, NODEBB, PHPBB, VBULLETIN, XENFORO

# The first group that finds a post on a page is taken for it.
SOFTWARE = (
    PHPBB,
    DISCOURSE,
    NODEBB,
    XENFORO,
    VBULLETIN,
    WORDPRESS,
    BLOGSPOT,
    MICRODATA,
    COMMENTS,
    PLAIN,
)
# Where comments were found without what they comment on, the latter is sought here.
ARTICLES = (MICRODATA[2:], PLAIN)
