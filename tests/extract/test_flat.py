"""A page as one text, with what is not seen in marked blocks after what is."""

from __future__ import annotations

import pytest

from monitor.extract import flat
from monitor.extract.flat import flat_text

PAGE = """<html><head><title>Om Bo</title>
<meta name="description" content="Bo og de andre"><meta name="viewport" content="w">
<meta property="og:title" content="Om Bo"><link rel="x" href="/stil.css"></head>
<body><h1>Bo</h1><p>Hej <a href="/bo%20ry" title="Bos side">her</a>
<a href="#op">op</a><a href="mailto:bo@x.example">post</a></p>
<img src="/bo_ry.jpg" alt="Bo i døren"><button aria-label="Luk">x</button>
<script>var bo = 1</script><script type="application/ld+json">{"@context": "https://s",
"@type": "Person", "name": "B\\u00f8 Ry", "url": "https://x.example/b%C3%B8",
"knows": [{"name": "Bo"}, 3, null]}</script></body></html>"""


def test_what_is_seen_comes_first_and_the_rest_in_marked_blocks() -> None:
    assert flat_text(PAGE, "https://x.example/om%20bo").split("\n\n") == [
        "Bo",
        "Hej her oppost",
        "x",
        "[title] Om Bo",
        "[meta] Bo og de andre",
        "[title] Bos side",
        "[link] /bo ry",
        "[link] bo@x.example",
        "[alt] Bo i døren",
        "[source] /bo_ry.jpg",
        "[label] Luk",
        "[data] Person",
        "[data] Bø Ry",
        "[data] https://x.example/bø",
        "[address] https://x.example/om bo",
    ]


def test_the_text_is_the_same_every_time() -> None:
    assert flat_text(PAGE) == flat_text(PAGE)


@pytest.mark.parametrize("json", ["{", "[" * 100_000, ""])
def test_data_that_is_none_is_left_out(json: str) -> None:
    page = f'<p>Hej</p><script type="application/ld+json">{json}</script>'
    assert flat_text(page) == "Hej"


def test_words_that_lie_too_deep_for_a_parser_are_not_lost() -> None:
    assert "Malthe Kringelbæk" in flat_text("<b>" * 100_000 + "Malthe Kringelbæk")


def fail(html: str) -> None:
    raise AssertionError


def test_what_no_parser_takes_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat, "Tree", fail)
    with pytest.raises(ValueError, match="AssertionError"):
        flat_text("<p>")
