from __future__ import annotations

import pytest

from monitor.match import build, find
from monitor.types import Context, Entry
from monitor.wording.match import WORDING

NAMES = (
    "Malthe Kringelbæk",
    "Signe Abildtorp-Vang",
    "Ruth Ellemose Dahl",
    "Anne-Marie Sølvkær",
    "Camilla Lund",
    "Anne-Marie Jensen",
    "Omar El-Sayedi",
)
INDEX = build(Entry(number, "h", name) for number, name in enumerate(NAMES))
CONTEXT = Context("h", {"h": ("Havnelyst",)})


def codes(text: str, context: Context = CONTEXT) -> list[str]:
    (match,) = find(INDEX, text, context)
    return [reason.code for reason in match.reasons if reason.code[:6] != "source"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Málthe Kringelbæk", "given_exact"),
        ("Anne-Marie Sølvkær", "family_exact"),
        ("Anne-Marie Solvkaer", "family_folded"),
        ("Maltje Kringelbæk", "given_typo"),
        ("M. Kringelbæk, jobcentret", "given_initial"),
        ("Malthe K., jobcentret", "family_initial"),
        ("M4lthe Kringelbæk", "given_disguised"),
        ("Malte Kringelbæk", "given_sounds"),
        ("M*lthe Kringelbæk", "given_masked"),
        ("Malle Kringelbæk, jobcentret", "given_nickname"),
        ("Malthe Kr1ng3lbæk", "family_disguised"),
        ("Anne-Marie Jenson, jobcentret", "family_sounds"),
        ("Malthe Kr*ng*lbæk", "family_masked"),
        ("sagsbehandler Malthe", "given_alone"),
        ("@malthekringelbæk", "handle"),
        ("@m4lthekringelbæk", "joined_disguised"),
        ("malthekringelbæks", "joined"),
        ("malthekringelbæks", "genitive"),
        ("Ruth Ellemose Dahl", "middle_found"),
        ("Ruth E. Dahl", "middle_initial"),
        ("Ruth Dahl", "middle_missing"),
        ("Ruth Dahl", "rare_name"),
        ("Malthe Bo Kringelbæk", "middle_added"),
        ("Malthe B. Kringelbæk", "initial_added"),
        ("Anne Sølvkær", "given_half"),
        ("Signe Vang", "family_half"),
        ("Dahl, Ruth", "surname_first"),
        ("Kringelbæk Malthe", "swapped"),
        ("om Malthe\nKringelbæk", "line_break"),
        ("Camilla Lund", "common_name"),
        ("Anne-Marie Jensen", "common_name"),
        ("Malthe Kringelbæk, Havnelyst", "context_word"),
    ],
)
def test_a_reason_is_given(text: str, code: str) -> None:
    assert code in codes(text)
    assert code in WORDING


def test_small_words_of_a_name_may_be_left_out() -> None:
    assert codes("Omar Sayedi") == codes("Omar El Sayedi") == codes("Omar Elsayedi")
    assert "family_half" not in codes("Omar Sayedi")


def test_a_small_word_between_is_no_other_name() -> None:
    assert "middle_added" not in codes("Malthe van Kringelbæk")


def test_a_source_of_the_own_centre_adds_a_little() -> None:
    (near,) = find(INDEX, "Malthe Kringelbæk", CONTEXT)
    (far,) = find(INDEX, "Malthe Kringelbæk", Context("other"))
    assert near.score == pytest.approx(far.score + 0.03)
    assert near.reasons[-1].code == "source_of_center"


def test_a_score_is_the_bounded_sum_of_its_weights() -> None:
    (match,) = find(INDEX, "sagsbehandler Ruth Ellemose Dahl", CONTEXT)
    assert sum(reason.weight for reason in match.reasons) > 1
    assert match.score == 0.99


def test_the_better_written_name_scores_higher() -> None:
    texts = (
        "Malthe Kringelbæk",
        "Malthe Kringelbaek",
        "Malthe Kringlebæk",
        "Malthe Krnglebæk",
        "M. Kringelbæk, jobcentret",
    )
    scores = [find(INDEX, text)[0].score for text in texts]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
