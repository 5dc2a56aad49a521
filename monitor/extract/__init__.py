"""HTML becomes posts and their text; pure, and knows nothing of fetching."""

from monitor.extract.page import html_post, html_to_text, read_page
from monitor.extract.skim import Skim, skim_page
from monitor.extract.view import Extracted, Rules, View

__all__ = [
    "Extracted",
    "Rules",
    "Skim",
    "View",
    "html_post",
    "html_to_text",
    "read_page",
    "skim_page",
]
