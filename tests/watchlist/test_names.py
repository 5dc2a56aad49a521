from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist import names
from watchlist.types import NameForms

FORMS = NameForms(
    "Signe Abildtorp-Vang",
    aliases=("Signe AV", "signe_av2"),
    emails=("signe.av@taageby.example",),
    profile_urls=("https://linkedin.example/in/signe-av",),
    role_words=("sagsbehandler", "Team 2"),
)
forms_of_any_text = st.builds(
    NameForms,
    st.text(),
    *[st.lists(st.text(), max_size=4).map(tuple)] * 4,
)


def codes(**over: object) -> list[str]:
    forms = NameForms(**{"full_name": "Signe Vang", **over})  # type: ignore[arg-type]
    return [fault.code for fault in names.faults(names.tidy(forms))]


def test_ordinary_forms_are_accepted_as_they_are() -> None:
    assert names.tidy(FORMS) == FORMS
    assert names.faults(FORMS) == ()


@pytest.mark.parametrize(
    "name",
    [
        "Ruth Ellemose Dahl",
        "Malthe Kringelbæk",
        "Ása O’Hara-Ñuñez",
        "J. P. d'Arc",
        "Åse Ö",
        "李 小龍",
        "Nguyễn Thị Minh Khai",
    ],
)
def test_names_of_many_tongues_are_accepted(name: str) -> None:
    assert codes(full_name=name) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "full_name_bad"),
        ("Signe", "full_name_single"),
        ("Signe -", "full_name_single"),
        ("S", "full_name_single"),
        ("Signe V4ng", "full_name_bad"),
        ("=HYPERLINK Signe", "full_name_bad"),
        ("-Signe Vang", "full_name_bad"),
        ("Signe <b>Vang", "full_name_bad"),
        ("Signe\nVang", "full_name_bad"),
        ("Signe \x00 Vang", "full_name_bad"),
        ("Signe\u200b Vang", "full_name_bad"),
        ("Signe " + "V" * 115, "full_name_bad"),
        ("010203-1234 Vang", "cpr_found"),
    ],
)
def test_other_full_names_are_refused(name: str, code: str) -> None:
    assert codes(full_name=name) == [code]


@pytest.mark.parametrize("alias", ["AV", "A", "12345", "@signe", "Si;gne", "a" * 121])
def test_alias_too_short_or_strange_is_refused(alias: str) -> None:
    assert codes(aliases=(alias,)) == ["aliases_bad"]


@pytest.mark.parametrize("alias", ["A V", "AVi", "Malthe K.", "signe_av"])
def test_short_alias_of_two_parts_or_three_letters_is_accepted(alias: str) -> None:
    assert codes(aliases=(alias,)) == []


@pytest.mark.parametrize(
    "email",
    ["signe", "@x.example", "a@b", "a b@c.example", "=a@b.example", "a@b..example"],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    assert codes(emails=(email,)) == ["emails_bad"]


@pytest.mark.parametrize(
    "url",
    [
        "linkedin.example/in/signe",
        "ftp://linkedin.example/in/signe",
        "javascript://linkedin.example/%0aalert(1)",
        "https://",
        "https://localhost/in",
        "https://user@linkedin.example/",
        "https://[::1",
        "https://linkedin.example/a;b",
        "https://linkedin.example/a b",
        "https://linkedin.example/" + "a" * 500,
    ],
)
def test_what_is_no_profile_is_refused(url: str) -> None:
    assert codes(profile_urls=(url,)) == ["profile_urls_bad"]


@pytest.mark.parametrize("word", ["x", "9. kontor", "a" * 61, "chef, leder"])
def test_role_word_too_short_or_strange_is_refused(word: str) -> None:
    assert codes(role_words=(word,)) == ["role_words_bad"]


def test_more_forms_than_sensible_are_refused() -> None:
    many = tuple(f"Alias {'x' * n}" for n in range(1, 22))
    assert codes(aliases=many) == ["forms_too_many"]


@pytest.mark.parametrize(
    ("text", "is_cpr"),
    [
        ("310199-1234", True),
        ("3101991234", True),
        ("310199 1234", True),
        ("Vang 010203-1234.", True),
        ("321299-1234", False),
        ("011399-1234", False),
        ("4501991234", False),
        ("12310199-1234", False),
        ("https://social.example/u/0101991234", False),
        ("https://social.example/u/010199-1234", True),
    ],
)
def test_cpr_numbers_are_recognised(text: str, is_cpr: bool) -> None:
    found = names.cpr_faults(text, "aliases")
    assert [f.code for f in found] == ["cpr_found"] * is_cpr
    assert all("1234" not in str(f.params) for f in found)


def test_cpr_number_is_found_in_every_field() -> None:
    lists = ("aliases", "emails", "profile_urls", "role_words")
    for field in lists:
        assert codes(**{field: ("https://x.example/010203-1234",)}) == ["cpr_found"]
    assert names.work_id_faults("0102031234")[0].code == "cpr_found"


@pytest.mark.parametrize("work_id", ["", "-1", "a b", "=1", "a" * 65, "æ1", "a\n"])
def test_strange_work_ids_are_refused(work_id: str) -> None:
    assert [f.code for f in names.work_id_faults(work_id)] == ["work_id_bad"]


def test_tidying_joins_accents_and_spaces_and_drops_repeats() -> None:
    forms = NameForms(
        unicodedata.normalize("NFD", "  Åse \u00a0 Møller "),
        aliases=("ÅSE MØLLER", "Åse  M.", "åse m.", ""),
        emails=("a@b.example", "A@b.example"),
    )
    tidy = names.tidy(forms)
    assert tidy.full_name == "Åse Møller"
    assert tidy.aliases == ("Åse M.",)
    assert tidy.emails == ("a@b.example",)


@given(forms_of_any_text)
def test_tidying_twice_changes_nothing_and_judging_never_fails(
    forms: NameForms,
) -> None:
    once = names.tidy(forms)
    assert names.tidy(once) == once
    names.faults(once)
    names.work_id_faults(forms.full_name)
