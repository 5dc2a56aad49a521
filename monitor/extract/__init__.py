"""HTML becomes posts and their text; pure, and knows nothing of fetching."""

from monitor.extract.page import Extracted, Rules, html_post, html_to_text, read_page
from monitor.extract.view import View

__all__ = ["Extracted", "Rules", "View", "html_post", "html_to_text", "read_page"]
