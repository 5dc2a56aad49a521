"""How the page software of Danish public pages marks its posts, as a table.

Patterns are those of ``tree.pattern``; each list is tried from the left and the
first tag inside the post that matches is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Patterns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of post of one software.

    ``native`` names an attribute of the root and the pattern of the id in it; a tag
    is such a post only when the attribute fits. ``before`` and ``after`` say which
    siblings belong to the post (Blogspot writes one comment as three). ``address``
    builds a permalink from ``{page}`` and ``{id}`` when the post has no link.
    ``needs`` must match something inside the root; ``whole`` tells that the root holds
    nothing but this post.
    """

    kind: str
    root: Patterns
    native: tuple[str, str] = ("", "")
    body: Patterns = ()
    author: Patterns = ()
    published: Patterns = ()
    edited: Patterns = ()
    permalink: Patterns = ()
    title: Patterns = ()
    chrome: Patterns = ()
    before: str = ""
    after: str = ""
    address: str = ""
    needs: Patterns = ()
    whole: bool = True

    def native_id(self, value: str) -> str | None:
        """The post's own number in an attribute's value, or None."""
        found = re.fullmatch(self.native[1], value)
        return found[1] if found else None


_MICRODATA_AUTHOR = ("[itemprop=author]", "[itemprop=creator]")

PHPBB = (
    Template(
        kind="post",
        root=(".post[id]",),
        native=("id", r"p(\d+)"),
        body=(".content",),
        author=("a.username", "a.username-coloured", "span.username", "strong"),
        published=("p.author",),
        title=("h3",),
        chrome=(
            "p.author",
            ".postprofile",
            ".post-buttons",
            ".profile-icons",
            ".back2top",
        ),
        permalink=("a.unread",),
    ),
)

DISCOURSE = (
    Template(
        kind="post",
        root=(".crawler-post",),
        native=("id", r"post_(\d+)"),
        body=("[itemprop=text]", ".post"),
        author=("[itemprop=author]", ".creator"),
        published=("time.post-time", "time", "[itemprop=datePublished]"),
        edited=("[itemprop=dateModified]",),
        chrome=(".crawler-post-meta", "[itemprop=interactionStatistic]", ".post-likes"),
        address="{topic}/{id}",
    ),
)

NODEBB = (
    Template(
        kind="post",
        root=("[component=post][data-pid]",),
        native=("data-pid", r"(.+)"),
        body=("[component=post/content]",),
        author=("a[data-username]", "[itemprop=author]"),
        published=("meta[itemprop=datePublished]", ".timeago[title]"),
        edited=("meta[itemprop=dateModified]",),
        permalink=("a.post-index",),
        chrome=(
            ".post-header",
            "[component=post/actions]",
            ".icon",
            "[component=post/reply-count]",
            ".post-container-avatar",
        ),
        address="/post/{id}",
    ),
)

WORDPRESS = (
    Template(
        kind="comment",
        root=(".comment[id]", ".pingback[id]", ".trackback[id]"),
        native=("id", r"(?:li-|div-)?comment-(\d+)"),
        body=(
            ".comment-content",
            ".wp-block-comment-content",
            ".comment-text",
            ".comment-body",
        ),
        author=(".fn", ".wp-block-comment-author-name", ".comment-author"),
        published=(
            "time[datetime]",
            ".comment-metadata",
            ".comment-meta",
            ".comment-date",
        ),
        permalink=(".comment-permalink",),
        chrome=(
            ".comment-author",
            ".comment-meta",
            ".comment-metadata",
            ".reply",
            ".wp-block-comment-author-name",
            ".wp-block-comment-date",
            ".wp-block-comment-reply-link",
            ".wp-block-comment-edit-link",
            ".edit-link",
            ".comment-reply-link",
            ".says",
            ".comment-respond",
        ),
    ),
    Template(
        kind="article",
        root=("article[id]", ".hentry[id]", ".type-post", ".wp-block-post"),
        native=("id", r"post-(\d+)"),
        body=(
            ".entry-content",
            ".wp-block-post-content",
            ".post-content",
            ".entry-summary",
            ".wp-block-post-excerpt",
        ),
        author=(
            ".author",
            ".byline",
            ".wp-block-post-author-name",
            ".wp-block-post-author__name",
            ".entry-author",
        ),
        published=(
            "time.published",
            ".wp-block-post-date",
            "time.entry-date",
            "time[datetime]",
            ".entry-date",
            ".posted-on",
        ),
        edited=("time.updated",),
        permalink=("a[rel=bookmark]",),
        title=(".entry-title", ".wp-block-post-title", "h1", "h2"),
        chrome=(
            ".byline",
            ".posted-on",
            ".post-navigation",
            ".sharedaddy",
            ".comments-link",
            ".edit-link",
            ".comment-respond",
        ),
    ),
    Template(
        kind="article",
        root=("main", ".wp-site-blocks"),
        needs=(".wp-block-post-content",),
        body=(".wp-block-post-content",),
        author=(".wp-block-post-author-name", ".wp-block-post-author__name"),
        published=(".wp-block-post-date",),
        title=(".wp-block-post-title",),
        whole=False,
    ),
)

BLOGSPOT = (
    Template(
        kind="comment",
        root=("li.comment[id]",),
        native=("id", r"c(\d+)"),
        body=(".comment-content",),
        author=(".user",),
        published=(".datetime",),
        chrome=(".comment-header", ".comment-actions", ".avatar-image-container"),
    ),
    Template(
        kind="comment",
        root=("dd.comment-body",),
        native=("id", r"\w*?_cmt-(\d+)"),
        body=("dd.comment-body",),
        author=("a[rel=nofollow]", "dt.comment-author", ".comment-author"),
        published=(".comment-timestamp",),
        permalink=(".comment-timestamp",),
        chrome=(".comment-timestamp", ".comment-author"),
        before="dt.comment-author",
        after="dd.comment-footer",
        address="{page}#c{id}",
    ),
    Template(
        kind="article",
        root=(".post.hentry",),
        needs=(".post-body",),
        body=(".post-body",),
        author=(".post-author", ".fn", "[itemprop=author]"),
        published=("[itemprop=datePublished]", ".published", ".date-header"),
        permalink=(".timestamp-link",),
        title=(".post-title",),
        chrome=(
            ".post-author",
            ".post-timestamp",
            ".post-share-buttons",
            ".post-comment-link",
            ".post-icons",
        ),
    ),
)

XENFORO = (
    Template(
        kind="post",
        root=("article.message[data-content]",),
        native=("data-content", r"post-(\d+)"),
        body=(".bbWrapper", ".message-body"),
        author=(".username", ".message-name"),
        published=("time[datetime]",),
        permalink=(".u-concealed",),
        chrome=(
            ".message-attribution",
            ".message-user",
            ".message-lastEdit",
            ".message-actionBar",
            ".message-cell--user",
        ),
    ),
)

_SCHEMA_BODY = (
    "[itemprop=articleBody]",
    "[itemprop=text]",
    "[itemprop=commentText]",
    "[itemprop=reviewBody]",
)


def _schema(kind: str, *types: str) -> Template:
    roots = (
        f"[itemscope][itemtype={scheme}://schema.org/{name}]"
        for name in types
        for scheme in ("https", "http")
    )
    return Template(
        kind=kind,
        root=tuple(roots),
        body=_SCHEMA_BODY,
        author=_MICRODATA_AUTHOR,
        published=(
            "[itemprop=datePublished]",
            "[itemprop=dateCreated]",
            "[itemprop=commentTime]",
            "time[datetime]",
        ),
        edited=("[itemprop=dateModified]",),
        permalink=(
            "a[itemprop=url]",
            "link[itemprop=url]",
            "[itemprop=mainEntityOfPage]",
        ),
        title=("[itemprop=headline]", "h1"),
        chrome=(*_MICRODATA_AUTHOR, "[itemprop=publisher]"),
    )


MICRODATA = (
    _schema("comment", "Comment", "UserComments", "Answer"),
    _schema("post", "DiscussionForumPosting", "SocialMediaPosting", "Question"),
    _schema(
        "article",
        "Article",
        "NewsArticle",
        "BlogPosting",
        "Report",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
        "LiveBlogPosting",
    ),
)

PLAIN = (
    Template(
        kind="article",
        root=("article", ".hentry", ".h-entry"),
        body=(".e-content", ".entry-content"),
        author=(".p-author", "[rel=author]", ".author", ".byline"),
        published=("time[datetime]", ".dt-published", ".published", ".date"),
        permalink=("a[rel=bookmark]", ".u-url"),
        title=(".p-name", "h1", "h2", "h3"),
    ),
)

# The first group that finds a post on a page is taken for it.
SOFTWARE = (PHPBB, DISCOURSE, NODEBB, XENFORO, WORDPRESS, BLOGSPOT, MICRODATA, PLAIN)
# Where comments were found without what they comment on, the latter is sought here.
ARTICLES = (MICRODATA[2:], PLAIN)
