from __future__ import annotations

import pytest

from monitor.extract.jsontext import parse


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    assert parse('{"a\\ud800": ["\\uDFFF", "\\ud83d\\ude00", "æ\\u00e6"]}') == {
        "a?": ["?", "😀", "ææ"]
    }


def test_line_breaks_inside_words_are_taken() -> None:
    assert parse('"a\nb"') == "a\nb"


@pytest.mark.parametrize("text", ["", "{", "[1,]", "9" * 5000])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)
