"""How forum software marks its posts, as tables of templates."""

from __future__ import annotations

from monitor.extract.templates import Template

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

VBULLETIN = (
    Template(
        kind="post",
        root=("li.postcontainer[id]", "li.postbit[id]", "li.postbitlegacy[id]"),
        native=("id", r"post_(\d+)"),
        body=(".postcontent",),
        author=("a.username", "span.username", ".username_container"),
        published=(".postdate", ".date"),
        title=("h2.title",),
        permalink=("a.postcounter",),
        chrome=(".posthead", ".userinfo", ".postfoot", ".after_content"),
    ),
    Template(
        kind="post",
        root=("li.b-post[data-node-id]", "div.b-post[data-node-id]"),
        native=("data-node-id", r"(\d+)"),
        body=(".js-post__content-text", "[itemprop=text]"),
        author=("[itemprop=name]", ".b-userinfo__author", ".author"),
        published=(".b-post__timestamp", "time[datetime]"),
        permalink=(".js-show-post-link", ".b-post__count"),
        chrome=(".b-userinfo", ".b-post__header", ".b-post__footer"),
    ),
    Template(
        kind="post",
        root=("table[id]", "div.postbit[id]"),
        native=("id", r"post(\d+)"),
        needs=("[id*=post_message_]",),
        body=("[id*=post_message_]",),
        author=(".bigusername",),
        published=("td.thead", ".thead"),
        permalink=("a[id*=postcount]",),
        chrome=(".thead",),
    ),
)
