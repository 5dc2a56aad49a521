"""What right beside a name keeps it from counting, and what does not."""

from __future__ import annotations

import pytest

from monitor.match import build, explain, find
from monitor.types import Context, Entry
from monitor.wording.match import WORDING

CONTEXT = Context("h", {"h": ("Havnelyst",)})


def refusals(name: str, text: str) -> set[str]:
    explanation = explain(Entry(1, "h", name), text, CONTEXT)
    return {one.refusal.code for one in explanation.considered if one.refusal}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("Malthe Kringelbæk", "Malthe Kringelbæk Holm", "longer_name_after"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk Omø", "longer_name_after"),
        ("Malthe Kringelbæk", "malthe kringelbæk nielsen", "longer_name_after"),
        ("Malthe Kringelbæk", "MALTHE KRINGELBÆK TINGSSTRUP", "longer_name_after"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk Yusuf kom", "longer_name_after"),
        ("Lars Juhl", "Lars Juhl Pedersens afslag", "longer_name_after"),
        ("Hanne Nielsen", "Hanne N. Møller i Havnelyst", "longer_name_after"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk-Holm", "hyphen_after"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk-Omø", "hyphen_after"),
        ("Malthe Kringelbæk", "Karen Malthe Kringelbæk", "longer_name_before"),
        ("Sune Dybdal", "Omar S. Dybdal, Havnelyst", "longer_name_before"),
        ("Malthe Kringelbæk", "Karl-Malthe Kringelbæk", "hyphen_before"),
        ("Malthe Kringelbæk", "karl.malthe.kringelbæk@x.example", "hyphen_before"),
        ("Malthe Kringelbæk", "Advokatfirmaet Malthe Kringelbæk", "firm"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk VVS", "firm"),
        ("Ruth Dahl", "Ruth Dahls Mindelegat", "firm"),
        ("Anette Østergaard Ravn", "\nSørensen, Anette Østergaard", "list"),
        ("Anette Østergaard Ravn", "- Sørensen, Anette Østergaard", "list"),
        ("Lise Steen", "fra Steen, Lise-Lotte Bro", "hyphen_after"),
        ("Ida Bertram", "Hans og Bertram Ida", "other_name"),
        ("Dan Mark", "dan mark og eng", "everyday_word"),
        ("Birgitte Nielsen", "sagsbehandler Gitte Nielsen", "common_nickname"),
    ],
)
def test_a_neighbour_makes_it_another(name: str, text: str, code: str) -> None:
    assert find(build((Entry(1, "h", name),)), text, CONTEXT) == ()
    assert code in refusals(name, text)
    assert code in WORDING


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Malthe Kringelbæk", "Malthe Kringelbæk Havnelyst"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk SF"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk Bo Lund"),
        ("Malthe Kringelbæk", "Malthe Kringelbæk sagsbehandler"),
        ("Malthe Kringelbæk", "vil rose malthe kringelbæk for det"),
        ("Malthe Kringelbæk", "ældrekontoret. Malthe Kringelbæk kom"),
        ("Malthe Kringelbæk", "klage-over-malthe-kringelbæk-i-dag"),
        ("Ida Bertram", "Bertram\tIda\tJobcenter"),
        ("Charlotte Kringelbæk", "sagsbehandler Lotte Kringelbæk"),
        ("Malthe Kringelbæk", "Kringelbæk, M., sagsbehandler"),
    ],
)
def test_a_neighbour_leaves_it_alone(name: str, text: str) -> None:
    assert find(build((Entry(1, "h", name),)), text, CONTEXT) != ()
