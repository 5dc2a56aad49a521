"""Patterns and selectors find a page's tags."""

from __future__ import annotations

import pytest

from monitor.extract.tree import Tree, any_of, first, pattern, walk

HTML = """<div id=a class="post first" data-pid=7><p class=text>En <b>to</b> tre</p>
<template><p class=text>Skjult</p></template><a rel="next nofollow" href="/x">X</a>
</div>
"""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("div", 1),
        (".post", 1),
        (".post.first", 1),
        (".post.last", 0),
        ("p.post", 0),
        ("[data-pid]", 1),
        ("[data-pid=7]", 1),
        ("[data-pid=8]", 0),
        ("a[rel=next]", 1),
        ("a[rel=nex]", 0),
        ("[href*=x]", 1),
        (".text", 1),
    ],
)
def test_patterns_find_what_they_say(text: str, count: int) -> None:
    tree = Tree(HTML)
    assert len(tree.all(text)) == count
    assert len(list(pattern(text).among(tree.tags))) == count
    assert sum(any_of((text, "nothing.x")).matches(t) for t in tree.tags) == count


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="a > b"):
        pattern("a > b")


def test_selectors_give_the_trees_own_tags() -> None:
    tree = Tree(HTML)
    (div,) = tree.select("div.post")
    assert div is tree.named("div")[0]
    assert tree.select("p > b", div) == tree.named("b")
    assert tree.select("div", div) == []
    assert tree.select("[data-place-in-tree]") == tree.select("*")


def test_tags_know_what_stands_beside_them() -> None:
    (bold,) = Tree(HTML).named("b")
    assert (bold.beside(-1), bold.beside(1), bold.beside(2)) == ("En ", " tre", None)
    assert bold.own_text() == "to"


def test_walks_stop_where_they_are_told() -> None:
    tree = Tree(HTML)
    (div,), (par,) = tree.named("div"), tree.all("p.text")
    assert [tag.name for tag in walk([div])] == ["p", "b", "a"]
    assert [tag.name for tag in walk([div], {id(par)})] == ["a"]
    assert first(walk([div]), (".none", "b")) is tree.named("b")[0]
