"""Visible text is what a reader would copy from the page."""

from __future__ import annotations

import pytest

from monitor.extract import html_to_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Si<b>gn</b>e</p><p>To</p>", "Signe\n\nTo"),
        ("Abild<wbr>torp&shy;-Vang\u200b!", "Abildtorp-Vang!"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<ul><li>a</li><li><p>b</p></li></ul>c", "a\nb\n\nc"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "a\nb\nc"),
        (
            "<table><tr><th>Navn</th><td><p>Ruth</p></td></tr><tr><td>a<td>b</table>",
            "Navn\tRuth\na\tb",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("a <script>x</script><style>y</style><template>z</template>b", "a b"),
        ("a<span hidden>x</span><i style='display: none'>y</i>b", "ab"),
        ("a<!-- b -->c<noscript>d</noscript>", "ac"),
        ("a&nbsp;&nbsp;b\n\n c", "a b c"),
        ("Hej <img class='emoji' alt='🙂'><img alt='skjult'>du", "Hej 🙂du"),
        ("<div>a</div>b<div>c</div>", "a\n\nb\n\nc"),
        ("<dialog>x</dialog><dialog open>y</dialog>", "y"),
        ("", ""),
    ],
)
def test_text_is_laid_out_as_seen(html: str, expected: str) -> None:
    assert html_to_text(html) == expected


def test_text_nested_deeper_than_the_parser_goes_is_kept() -> None:
    assert "Malthe" in html_to_text("<div>" * 5000 + "Malthe" + "</div>" * 5000)


def test_words_for_those_who_listen_stand_apart() -> None:
    html = '<p><span class="sr-only">Indlæg</span><b>af</b> <i class="x">Ib</i>en</p>'
    assert html_to_text(html) == "Indlæg af Iben"
