"""HTML becomes posts and their text; pure, and knows nothing of fetching."""

from monitor.extract.page import html_post, html_to_text, read_page
from monitor.extract.view import Extracted, Rules, View

__all__ = [
    "Extracted",
    "Rules",
    "View",
    "html_post",
    "html_to_text",
    "read_page",
]
