from __future__ import annotations

import pytest

from monitor.match import index as module
from monitor.match.build import build, profile_path
from monitor.match.index import How, Reading
from monitor.types import Entry


def make_entry(name: str, *aliases: str) -> Entry:
    return Entry(1, "havnelyst", name, aliases=aliases)


def test_a_word_is_read_exactly_folded_and_in_the_genitive() -> None:
    index = build((make_entry("Ole Nygård"),))
    assert index.readings("nygård") == (Reading("nygård"),)
    assert index.readings("nygaards") == (Reading("nygård", How.FOLDED, genitive=True),)
    assert index.readings("nygård2") == (Reading("nygård"),)
    assert index.readings("andet") == ()


def test_a_surname_that_ends_in_s_is_no_genitive() -> None:
    index = build((make_entry("Hans Han"),))
    assert index.readings("hans") == (Reading("hans"), Reading("han", genitive=True))
    assert build((make_entry("Ole Niel"),)).readings("niels") != ()


def test_another_name_is_no_spelling_of_a_part() -> None:
    index = build((make_entry("Jens Bæk"),))
    assert index.readings("bak") == ()
    assert index.readings("baek") == (Reading("bæk", How.FOLDED),)


def test_a_typo_is_read_only_beside_a_partner_and_never_in_real_words() -> None:
    index = build((make_entry("Mette Pedersen"), make_entry("Bo Ek")))
    assert index.typos("pdersen", "mette") == (Reading("pedersen", How.TYPO, edits=1),)
    genitive = Reading("pedersen", How.TYPO, True, 1)
    assert index.typos("pdersens", "mette") == (genitive,)
    assert index.typos("petersen", "mette") == ()
    assert index.typos("pdersen", "bo") == ()
    assert index.typos("pdersen", "ukendt") == ()
    assert index.typos("pedersens", "mette") == ()
    assert index.typos("pederse8", "mette") == ()
    assert index.typos("eck", "bo") == ()


def test_two_letters_may_be_wrong_in_long_parts_only() -> None:
    index = build((make_entry("Malthe Kringelbæk"),))
    assert index.typos("krngelbak", "malthe") == (
        Reading("kringelbæk", How.TYPO, edits=1),
    )
    assert index.typos("krnglebæk", "malthe") == (
        Reading("kringelbæk", How.TYPO, edits=2),
    )
    assert index.typos("mlthee", "kringelbæk") == ()


def test_an_index_forgets_what_it_read_before_when_it_grows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 2)
    index = build((make_entry("Malthe Kringelbæk"),))
    for word in ("a", "b", "c", "malthe"):
        index.readings(word)
    assert index.readings("malthe") == (Reading("malthe"),)
    assert len(index._read_before) <= 2


def test_names_without_letters_are_passed_over() -> None:
    index = build((make_entry("–", "", "!!", "Bo"),))
    assert set(index.single) == {"bo"}
    assert not index.pairs


def test_double_names_are_known_written_together() -> None:
    index = build((make_entry("Anne-Marie Abildtorp-Vang"),))
    assert {"annemarie", "abildtorpvang", "anne", "marie"} <= set(index.spelled)
    assert "annemarieabildtorpvang" in index.joined
    forms = index.pairs["anne", "vang"]
    assert {(form.given_name, form.family_name) for form in forms} == {
        ("annemarie", "abildtorpvang")
    }


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://www.linkedin.example/in/Signe-AV/", "in/signe-av"),
        ("linkedin.example/in/signe-av?trk=x", "in/signe-av"),
        ("https://x.example/kj%C3%A6r", "kjær"),
        ("https://x.example", ""),
        ("http://[x", ""),
    ],
)
def test_a_profile_is_known_by_its_path(url: str, path: str) -> None:
    assert profile_path(url) == path


def test_a_profile_without_a_path_is_passed_over() -> None:
    entry = Entry(1, "h", "Bo Ek", profile_urls=("https://x.example/", "http://[x/ab"))
    assert not build((entry,)).paths


def test_a_word_sounds_like_a_part_unless_it_is_a_name_itself() -> None:
    index = build((make_entry("Mette Peterssen"), make_entry("Ole Hanson")))
    assert index.readings("petersson") == ()
    assert index.readings("hansen") == ()
    assert index.readings("hansonn") == (Reading("hanson", How.SOUNDS),)


def test_hidden_letters_need_two_that_show() -> None:
    index = build((make_entry("Malthe Kringelbæk"),))
    masked = Reading("kringelbæk", How.MASKED, edits=5)
    assert masked in tuple(index.near("kr…bæk", "malthe"))
    assert tuple(index.near("k…", "malthe")) == ()
    assert tuple(index.near("@ringelbæk", "malthe")) == ()
    assert index.readings("k***") == (Reading("k.", How.INITIAL),)
    assert index.readings("kr*ngelb*k") == (Reading("kringelbæk", How.MASKED, edits=2),)


def test_a_short_form_stands_for_all_its_names() -> None:
    index = build((make_entry("Christian Ek"), make_entry("Christoffer Ek")))
    assert {r.part for r in index.readings("chris")} == {"christian", "christoffer"}
    assert {r.how for r in index.readings("chris")} == {How.NICKNAME}


def test_a_well_formed_surname_is_no_misspelt_one() -> None:
    index = build((make_entry("Mette Hedegaard"), make_entry("Mette Kirstensen")))
    assert index.typos("højegård", "mette") == ()
    assert index.typos("hedegarrd", "mette") != ()
    assert index.typos("kirstenhen", "mette") != ()
    other = build((make_entry("Mette Salthusum"),))
    assert other.typos("sandhusum", "mette") == ()
    assert other.typos("sallthusum", "mette") != ()


def test_letters_are_counted_with_and_without_their_signs() -> None:
    index = build((make_entry("Hiba Nielsen"),))
    assert index.typos("noelsen", "hiba") == (Reading("nielsen", How.TYPO, edits=1),)
    assert index.typos("hibaaq", "nielsen") == ()
