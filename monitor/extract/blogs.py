"""How blogs, papers and pages of no known software mark posts, as tables."""

from __future__ import annotations

from monitor.extract.templates import Template

_MICRODATA_AUTHOR = ("[itemprop=author]", "[itemprop=creator]")

WORDPRESS = (
    Template(
        kind="comment",
        root=(".comment[id]", ".pingback[id]", ".trackback[id]"),
        native=("id", r"(?:li-|div-)?comment-(\d+)"),
        needs=(
            ".comment-body",
            ".comment-content",
            ".comment-author",
            ".comment-meta",
            ".comment-text",
            ".wp-block-comment-content",
            ".wp-block-comment-author-name",
        ),
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

_ANY_AUTHOR = (
    ".p-author",
    "[rel=author]",
    "[class*=author]",
    "[class*=user]",
    "[class*=navn]",
    "[class*=name]",
    "[class*=byline]",
    "[class*=forfatter]",
)
_ANY_TIME = (
    "time[datetime]",
    ".dt-published",
    "time",
    "[class*=date]",
    "[class*=dato]",
    "[class*=time]",
)
# Comments of papers and of systems made to measure: their words are usual, in Danish
# or in English, though their spelling is each their own.
COMMENTS = (
    Template(
        kind="comment",
        root=(
            ".comment[id]",
            ".kommentar[id]",
            "[data-comment-id]",
            ".comment-item",
            ".kommentar-item",
            "article.comment",
            "article.kommentar",
            "li.comment",
            "li.kommentar",
        ),
        body=(
            "[class*=comment-text]",
            "[class*=comment__text]",
            "[class*=comment-body]",
            "[class*=comment__body]",
            "[class*=comment-content]",
            "[class*=comment__content]",
            "[class*=tekst]",
            "[class*=indhold]",
        ),
        author=(*_ANY_AUTHOR, "cite", "strong", "b"),
        published=_ANY_TIME,
        permalink=("a[class*=permalink]", "a[rel=bookmark]"),
        chrome=("header", "footer"),
    ),
)

PLAIN = (
    Template(
        kind="article",
        root=("article", ".hentry", ".h-entry"),
        body=(
            ".e-content",
            ".entry-content",
            ".gh-content",
            ".post-card-excerpt",
            "[class*=article-body]",
            "[class*=article__body]",
            "[class*=article-content]",
        ),
        author=_ANY_AUTHOR,
        published=_ANY_TIME,
        permalink=("a[rel=bookmark]", ".u-url"),
        title=(".p-name", "h1", "h2", "h3"),
    ),
)
