from __future__ import annotations

import pytest

from monitor.match import Explanation, explain
from monitor.types import Context, Entry
from monitor.wording.match import WORDING

CONTEXT = Context("blog", {"havnelyst": ("Havnelyst", "Tågeby Kommune", "Tågeby")})


def make_explanation(name: str, text: str) -> Explanation:
    return explain(Entry(1, "havnelyst", name), text, CONTEXT)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("Malthe Kringelbæk", "Malthe. Kringelbæk", "sentence_between"),
        ("Malthe Kringelbæk", "Malthe! Kringelbæk", "sentence_between"),
        ("Malthe Kringelbæk", "Malthe\n\nKringelbæk", "blank_line_between"),
        ("Malthe Kringelbæk", "Malthe, Kringelbæk", "comma_between"),
        ("Malthe Kringelbæk", "Malthe og Kringelbæk", "words_between"),
        ("Malthe Kringelbæk", "Malthe & Kringelbæk", "not_beside"),
        ("Malthe Kringelbæk", "Malthes Kringelbæk", "not_beside"),
        ("Malthe Kringelbæk", "Malthe\nKringelbæk", "separate_lines"),
        ("Malthe Kringelbæk", "Malthe var der", "only_given"),
        ("Malthe Kringelbæk", "Malene Kringelbæk", "only_family"),
        ("Malthe Kringelbæk", "Malthe Kringelbæks Vej 1", "street"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk ApS", "firm"),
        ("Malthe Kringelbæk", "Malthe K. var der", "no_context"),
        ("Malthe Hansen", "Ole Hansen, Malthe Holm", "other_name"),
        ("Malthe Hansen", "Bo, Hansen, Malthe", "list"),
        ("Malthe Hansen", "Hansen, Malthe, Bo", "list"),
        ("Malthe Hansen", "Hansen, Malthe Kringelbæk", "other_name"),
        ("Signe AV", "Signe av det gjorde ondt", "everyday_word"),
        ("Mette Nielsen", "Mette Nielsen vandt", "no_context"),
        ("Mette Nielsen", "sagsbehandler Mette Nielsen Holm", "longer_name_after"),
        ("Mette Pedersen", "Mette Petersen", "another_name"),
        ("Karla Bech", "Karl Bech", "another_name"),
        ("Ruth Ellemose Dahl", "Ruth og Ellemose var der", "only_given"),
        ("Bodil Bangert", "Bodil banker på", "only_given"),
        ("Rikke Hellen", "Rikke helle", "another_name"),
        ("Rikke Ikker", "Rikke ikke", "another_word"),
    ],
)
def test_it_says_why_not(name: str, text: str, code: str) -> None:
    explanation = make_explanation(name, text)
    assert not explanation.matches
    refusals = [one.refusal.code for one in explanation.considered if one.refusal]
    assert code in refusals
    assert code in WORDING


def test_it_says_why() -> None:
    explanation = make_explanation(
        "Malthe Kringelbæk", "Malthe Kringlebæks på Havnelyst"
    )
    assert explanation.matches
    assert explanation.quotes == ("Malthe Kringlebæks",)
    (judged,) = explanation.considered
    assert [(r.code, dict(r.params)) for r in judged.reasons] == [
        ("given_exact", {}),
        ("family_typo", {"edits": 1}),
        ("genitive", {}),
        ("rare_name", {}),
        ("context_word", {"word": "Havnelyst"}),
    ]
    assert judged.score == pytest.approx(sum(r.weight for r in judged.reasons))


def test_nothing_like_the_name_gives_an_empty_explanation() -> None:
    assert make_explanation("Malthe Kringelbæk", "Intet her").considered == ()
    assert make_explanation("Malthe Kringelbæk", "").quotes == ()


def test_far_apart_parts_are_not_put_together() -> None:
    text = "Malthe " + "ord " * 30 + "Kringelbæk"
    codes = [
        one.refusal.code
        for one in make_explanation("Malthe Kringelbæk", text).considered
        if one.refusal
    ]
    assert codes == ["only_given", "only_family"]
