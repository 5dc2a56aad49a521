"""What matches and what does not, line by line; the matcher's documentation."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.match import build, find
from monitor.types import Band, Context, Entry

HIT, WEAK = Band.HIT, Band.WEAK
WORDS = ("Jobcenter Havnelyst", "Havnelyst", "Tågeby", "Tågeby Kommune")
CONTEXT = Context("havnelyst", {"havnelyst": WORDS})
MALTHE, SIGNE, RUTH, METTE, ANNE, OLE, JENS, OMAR, MAJA, STEN, LINE = range(1, 12)


def make_entry(number: int, name: str, **over: Any) -> Entry:
    return Entry(number, "havnelyst", name, **over)


ENTRIES = (
    make_entry(MALTHE, "Malthe Kringelbæk", emails=("malthe@taageby.example",)),
    make_entry(
        SIGNE,
        "Signe Abildtorp-Vang",
        aliases=("Signe AV",),
        profile_urls=("https://www.linkedin.example/in/signe-av/",),
    ),
    make_entry(RUTH, "Ruth Ellemose Dahl", aliases=("Rutinen",)),
    make_entry(METTE, "Mette Nielsen", emails=("mn@taageby.example",)),
    make_entry(ANNE, "Anne-Marie Sølvkær"),
    make_entry(OLE, "Ole Nygaard Skovagergård"),
    make_entry(JENS, "Jens Bæk", role_words=("mentorordningen",)),
    make_entry(OMAR, "Ömer Çelebioğlu"),
    make_entry(MAJA, "Maja Sand"),
    make_entry(STEN, "Sten Holm"),
    make_entry(LINE, "Line Skov"),
)
INDEX = build(ENTRIES)

# Text, who, how sure, the words that are quoted.
FOUND: list[tuple[str, int, Band, str]] = [
    # exact, any case
    ("Malthe Kringelbæk gav afslag", MALTHE, HIT, "Malthe Kringelbæk"),
    ("malthe kringelbæk gav afslag", MALTHE, HIT, "malthe kringelbæk"),
    ("MALTHE KRINGELBÆK GAV AFSLAG", MALTHE, HIT, "MALTHE KRINGELBÆK"),
    ("mAlThE kRiNgElBæK", MALTHE, HIT, "mAlThE kRiNgElBæK"),
    ("(Malthe Kringelbæk)", MALTHE, HIT, "Malthe Kringelbæk"),
    ("»Malthe Kringelbæk«, sagde hun", MALTHE, HIT, "Malthe Kringelbæk"),
    ("Hvem er Malthe Kringelbæk?", MALTHE, HIT, "Malthe Kringelbæk"),
    ("Malthe  Kringelbæk", MALTHE, HIT, "Malthe  Kringelbæk"),
    ("Malthe\u00a0Kringelbæk", MALTHE, HIT, "Malthe\u00a0Kringelbæk"),
    ("Malthe\tKringelbæk\t12", MALTHE, HIT, "Malthe\tKringelbæk"),
    ("Jeg talte med Malthe\nKringelbæk i går", MALTHE, HIT, "Malthe\nKringelbæk"),
    ("Jens Bæk er på vej", JENS, HIT, "Jens Bæk"),
    ("Ömer Çelebioğlu", OMAR, HIT, "Ömer Çelebioğlu"),
    # genitive
    ("Malthe Kringelbæks afgørelse", MALTHE, HIT, "Malthe Kringelbæks"),
    ("Malthe Kringelbæk's afgørelse", MALTHE, HIT, "Malthe Kringelbæk's"),
    ("Malthe Kringelbæk’s afgørelse", MALTHE, HIT, "Malthe Kringelbæk’s"),
    ("MALTHE KRINGELBÆKS afgørelse", MALTHE, HIT, "MALTHE KRINGELBÆKS"),
    ("Malthe Kringelbækes afgørelse", MALTHE, HIT, "Malthe Kringelbækes"),
    ("Malthe Kringelbæk' afgørelse", MALTHE, HIT, "Malthe Kringelbæk"),
    ("Signe Abildtorp-Vangs kontor", SIGNE, HIT, "Signe Abildtorp-Vangs"),
    # æ, ø, å and other signs, on both sides
    ("Malthe Kringelbaek", MALTHE, HIT, "Malthe Kringelbaek"),
    ("Malthe Kringelbak", MALTHE, HIT, "Malthe Kringelbak"),
    ("Malthe Kringelbk", MALTHE, HIT, "Malthe Kringelbk"),
    ("Malthe Kringelb\ufffdk", MALTHE, HIT, "Malthe Kringelb\ufffdk"),
    ("Malthe Kringelbäk", MALTHE, HIT, "Malthe Kringelbäk"),
    ("Anne-Marie Soelvkaer", ANNE, HIT, "Anne-Marie Soelvkaer"),
    ("Anne-Marie Solvkar", ANNE, HIT, "Anne-Marie Solvkar"),
    ("Anne-Marie Sölvkær", ANNE, HIT, "Anne-Marie Sölvkær"),
    ("Ole Skovagergaard", OLE, HIT, "Ole Skovagergaard"),
    ("Ole Skovagergard", OLE, HIT, "Ole Skovagergard"),
    ("Ole Nygård Skovagergård", OLE, HIT, "Ole Nygård Skovagergård"),
    ("Ole Nygard Skovagergård", OLE, HIT, "Ole Nygard Skovagergård"),
    ("Ole Skovagerga\u030ard", OLE, HIT, "Ole Skovagerga\u030ard"),
    ("Omer Celebioglu", OMAR, HIT, "Omer Celebioglu"),
    ("Málthe Kringelbæk", MALTHE, HIT, "Málthe Kringelbæk"),
    # double names
    ("Signe Abildtorp Vang", SIGNE, HIT, "Signe Abildtorp Vang"),
    ("Signe AbildtorpVang", SIGNE, HIT, "Signe AbildtorpVang"),
    ("Signe Abildtorp–Vang", SIGNE, HIT, "Signe Abildtorp–Vang"),
    ("Signe Vang-Abildtorp", SIGNE, HIT, "Signe Vang-Abildtorp"),
    ("Anne Marie Sølvkær", ANNE, HIT, "Anne Marie Sølvkær"),
    ("Annemarie Sølvkær", ANNE, HIT, "Annemarie Sølvkær"),
    ("Signe Vang i jobcentret", SIGNE, HIT, "Signe Vang"),
    ("Signe Abildtorp og de andre", SIGNE, WEAK, "Signe Abildtorp"),
    ("Anne Sølvkær", ANNE, HIT, "Anne Sølvkær"),
    # one typo, two in long parts
    ("Malthe Kringlebæk", MALTHE, HIT, "Malthe Kringlebæk"),
    ("Malthe Kringelbek", MALTHE, HIT, "Malthe Kringelbek"),
    ("Malthe Kringelbækk", MALTHE, HIT, "Malthe Kringelbækk"),
    ("Malthe Krngelbaek", MALTHE, HIT, "Malthe Krngelbaek"),
    ("Malthe Krinkelbæg", MALTHE, HIT, "Malthe Krinkelbæg"),
    ("Malthe Kringlebæks afslag", MALTHE, HIT, "Malthe Kringlebæks"),
    ("Maltje Kringelbæk", MALTHE, HIT, "Maltje Kringelbæk"),
    ("Mlathe Kringelbæk", MALTHE, HIT, "Mlathe Kringelbæk"),
    ("Ruth Ellemose Dahll", RUTH, HIT, "Ruth Ellemose Dahll"),
    ("Ruth Dalh", RUTH, HIT, "Ruth Dalh"),
    # initials: weak, and only beside a word about the work
    ("Malthe K. på jobcentret", MALTHE, WEAK, "Malthe K"),
    ("Malthe K på Havnelyst", MALTHE, WEAK, "Malthe K"),
    ("M. Kringelbæk fra kommunen", MALTHE, WEAK, "M. Kringelbæk"),
    ("sagsbehandler M Kringelbæk", MALTHE, WEAK, "M Kringelbæk"),
    ("M.Kringelbæk, jobkonsulent", MALTHE, WEAK, "M.Kringelbæk"),
    # middle names
    ("Ruth Dahl", RUTH, HIT, "Ruth Dahl"),
    ("Ruth E. Dahl", RUTH, HIT, "Ruth E. Dahl"),
    ("Ruth E Dahl", RUTH, HIT, "Ruth E Dahl"),
    ("Malthe Bo Kringelbæk", MALTHE, HIT, "Malthe Bo Kringelbæk"),
    ("Malthe B. Kringelbæk", MALTHE, HIT, "Malthe B. Kringelbæk"),
    ("Malthe B. C. Kringelbæk", MALTHE, HIT, "Malthe B. C. Kringelbæk"),
    ("Ruth Ellemose er leder af jobcentret", RUTH, HIT, "Ruth Ellemose"),
    ("Ole Nygaard på jobcentret", OLE, WEAK, "Ole Nygaard"),
    # surname first
    ("Kringelbæk, Malthe", MALTHE, HIT, "Kringelbæk, Malthe"),
    ("KRINGELBÆK, Malthe", MALTHE, HIT, "KRINGELBÆK, Malthe"),
    ("Dahl, Ruth Ellemose", RUTH, HIT, "Dahl, Ruth Ellemose"),
    ("Dahl, Ruth E.", RUTH, HIT, "Dahl, Ruth E"),
    ("Abildtorp-Vang, Signe", SIGNE, HIT, "Abildtorp-Vang, Signe"),
    ("Kringelbæk Malthe", MALTHE, HIT, "Kringelbæk Malthe"),
    ("Kringelbæk, Malthe, jobkonsulent", MALTHE, HIT, "Kringelbæk, Malthe"),
    ("Dahl, Ruth; Kringelbæk, Malthe", MALTHE, HIT, "Kringelbæk, Malthe"),
    # everyday words that are meant as names
    ("Maja Sand ved stranden", MAJA, HIT, "Maja Sand"),
    ("maja sand", MAJA, HIT, "maja sand"),
    ("@stenholm", STEN, HIT, "stenholm"),
    ("Line Skov i jobcentret", LINE, HIT, "Line Skov"),
    # aliases
    ("Signe AV igen", SIGNE, HIT, "Signe AV"),
    ("signe av igen", SIGNE, HIT, "signe av"),
    ("Rutinen på jobcentret", RUTH, WEAK, "Rutinen"),
    # handles, hashtags, slugs
    ("@maltheKringelbaek", MALTHE, HIT, "maltheKringelbaek"),
    ("#MaltheKringelbæk", MALTHE, HIT, "MaltheKringelbæk"),
    ("malthe_kringelbaek", MALTHE, HIT, "malthe_kringelbaek"),
    ("malthe.kringelbaek", MALTHE, HIT, "malthe.kringelbaek"),
    ("malthe-kringelbaek", MALTHE, HIT, "malthe-kringelbaek"),
    ("@malthekringelbaek82", MALTHE, HIT, "malthekringelbaek82"),
    ("https://x.example/malthe-kringelbaek-a1b2", MALTHE, HIT, "malthe-kringelbaek"),
    ("video.example/signe-av", SIGNE, HIT, "signe-av"),
    ("@ruthdahl", RUTH, HIT, "ruthdahl"),
    ("#signeabildtorpvang", SIGNE, HIT, "signeabildtorpvang"),
    ("malthekringelbæk er til grin", MALTHE, HIT, "malthekringelbæk"),
    # the employee's own addresses
    ("skriv til mn@taageby.example", METTE, HIT, "mn@taageby.example"),
    ("Skriv til MN@Taageby.example.", METTE, HIT, "MN@Taageby.example"),
    ("linkedin.example/in/signe-av", SIGNE, HIT, "in/signe-av"),
    ("https://dk.linkedin.example/in/signe-av?x=1", SIGNE, HIT, "in/signe-av"),
    ("se /in/signe-av/detail.", SIGNE, HIT, "in/signe-av"),
    # unseen characters, look-alikes, full width
    (
        "Mal\u00adthe Kring\u00adel\u00adbæk",
        MALTHE,
        HIT,
        "Mal\u00adthe Kring\u00adel\u00adbæk",
    ),
    ("Malthe\u200b Kringel\u200bbæk", MALTHE, HIT, "Malthe\u200b Kringel\u200bbæk"),
    ("Mаlthe Kringеlbæk", MALTHE, HIT, "Mаlthe Kringеlbæk"),
    (
        "Ｍａｌｔｈｅ Ｋｒｉｎｇｅｌｂæｋ",
        MALTHE,
        HIT,
        "Ｍａｌｔｈｅ Ｋｒｉｎｇｅｌｂæｋ",
    ),
    ("İİİ Malthe Kringelbæk", MALTHE, HIT, "Malthe Kringelbæk"),
    # very common names beside a word about the work
    ("sagsbehandler Mette Nielsen", METTE, HIT, "Mette Nielsen"),
    ("Mette Nielsen fra Tågeby Kommune", METTE, HIT, "Mette Nielsen"),
    ("jobkonsulenten hedder mette nielsen", METTE, HIT, "mette nielsen"),
    ("Mette Nielsen i jobcenteret", METTE, HIT, "Mette Nielsen"),
    ("Mette Nielsen på Havnelyst", METTE, HIT, "Mette Nielsen"),
    ("M. Nielsen, Jobcenter Havnelyst", METTE, WEAK, "M. Nielsen"),
    # longer names: maybe another person
    ("Malthe Kringelbæk Holm", MALTHE, WEAK, "Malthe Kringelbæk"),
    ("Malthe Kringelbæk-Jensen", MALTHE, WEAK, "Malthe Kringelbæk"),
    ("Karl-Malthe Kringelbæk", MALTHE, WEAK, "Malthe Kringelbæk"),
    # the neighbours are no names
    ("Tak Malthe Kringelbæk", MALTHE, HIT, "Malthe Kringelbæk"),
    ("Malthe Kringelbæk alle kender ham", MALTHE, HIT, "Malthe Kringelbæk"),
    ("Mette Hansen, Malthe Kringelbæk, Bo Lund", MALTHE, HIT, "Malthe Kringelbæk"),
    ("Af: Malthe Kringelbæk. Holm er en ø.", MALTHE, HIT, "Malthe Kringelbæk"),
]

NOT_FOUND: list[str] = [
    # domain example 10, and very common names without a word about the work
    "Mette Nielsen scorede sejrsmålet for Tågeby Q",
    "Mette Nielsen vandt",
    "Mette Nielsen bor i Tågeby",
    "@mettenielsen vandt",
    "Nielsen, Mette",
    "Tillykke til Mette Nielsen og Bo",
    "Mette Nielsen spiller i Havnelyst IF",
    # the two parts of two people
    "Malthe og Kringelbæk",
    "Malthe Holm og Ole Kringelbæk",
    "Malthe, Kringelbæk og Holm mødtes på rådhuset i går, sagde Malthe",
    "Malthe Jensen mødte Kringelbæk",
    "Malthe mødte Kringelbæk",
    "Ruth Holm, Ole Dahl",
    "Mette Kringelbæk, Malthe Hansen",
    "Ole Kringelbæk, Malthe Hansen",
    "Kringelbæk, Malthe Hansen og Bo Lund",
    "Hansen, Dahl, Ruth, Bo",
    "Malthe/Kringelbæk",
    "Malthe & Kringelbæk",
    "Malthe (Kringelbæk)",
    "Malthe: Kringelbæk",
    # the parts do not belong together
    "Det sagde Malthe. Kringelbæk tav.",
    "Hej Malthe! Kringelbæk er tosset",
    "Hej Malthe? Kringelbæk er tosset",
    "Malthe\n\nKringelbæk",
    "Malthe\nKringelbæk",
    "Malthe; Kringelbæk",
    "Malthe… Kringelbæk",
    "Malthes Kringelbæk",
    "Malthe … på den anden side af byen … Kringelbæk",
    "Malthe 12 Kringelbæk",
    "Malthe den store fra Kringelbæk",
    # one part only
    "Anne-Marie fra jobcentret",
    "Anne Marie fra jobcentret",
    "Malthe var der",
    "Kringelbæk var der på jobcentret",
    "Signe fra jobcentret",
    "Dahl fra kommunen",
    "Abildtorp-Vang på jobcentret",
    # initials without a word about the work, or that are none
    "Malthe K. var der",
    "M. Kringelbæk var der",
    "Mette N. vandt",
    "Malthe k på jobcentret",
    "Malthe I kommunen",
    "Malthe, K. på jobcentret",
    "B. Kringelbæk på jobcentret",
    "Malthe B. på jobcentret",
    "Dahl Ellemose, Holm, Ruth",
    "Mette hilste paa Niels en dag",
    # streets, places, firms
    "Malthe Kringelbæks Vej 12",
    "Malthe Kringelbæk Vej",
    "malthe kringelbæks vej 3",
    "Ruth Dahls Allé",
    "Signe Vangs Vej",
    "Ruth Dahls Plads 4",
    "Malthe Kringelbæk ApS",
    "Malthe Kringelbæk A/S",
    "Ruth Dahl & Co",
    "Malthe Kringelbæk Holding",
    "Malthe Kringelbæk og Søn",
    # other people's names and words are no typos
    "Malene Kringelbæk",
    "Mathilde Kringelbæk på jobcentret",
    "sagsbehandler Mette Nilsen",
    "sagsbehandler Mette Nissen",
    "sagsbehandler Bette Nielsen",
    "sagsbehandler Metta Nielsen Holm",
    "Ruth Dam på jobcentret",
    "Ruth Dal på jobcentret",
    "Rut Dal",
    "Jens Bak på jobcentret i dag og Bekker",
    "Jens Bøk",
    "Jans Bækk",
    "Ruth dag efter dag",
    "Ole Skovager",
    "mette nielsen holm fra kommunen",
    "sagsbehandler Mette Nielsen Holm",
    "sagsbehandler Mette Nielsen-Holm",
    "sagsbehandler Anne-Mette Nielsen",
    "Malte Krogh på jobcentret",
    "Maltje Kringlebæk",
    "Mlathe Krngelbæk",
    "Malthe Kingelbanken",
    # everyday words
    "Ruth dagl",
    "Signe av det gør ondt",
    "Maja sand ved stranden",
    "den blå line skov",
    "Stenholm Kommune",
    "stenholm i jobcentret",
    "Stenholms jobcenter",
    "Mentor for Ruth, dahl og ris",
    "Rutinen er god",
    "Rutinens magt",
    # handles and addresses of others
    "@malthekringelbaekfan",
    "@malthe",
    "@kringelbaek",
    "#malthe #kringelbæk",
    "xmalthe@taageby.example",
    "mn@taageby.example.org",
    "malthe@andetsted.example",
    "linkedin.example/in/signe-avs",
    "linkedin.example/in/anden",
    "in/signe",
    # words that hold a name
    "Malthesen Kringelbækken",
    "Signeret Abildtorp-Vang",
    "Ruthless Dahlia",
    "Jensen Bæk",
    "Jens bækken løber",
    "Mette Nielsens Vej ved kommunen",
    # nothing
    "",
    " ",
    "12345",
    "…",
    "M. K.",
    "MK på jobcentret",
    "\ufeff\u200b",
]


@pytest.mark.parametrize(("text", "who", "band", "quote"), FOUND)
def test_a_name_is_found(text: str, who: int, *, band: Band, quote: str) -> None:
    matches = find(INDEX, text, CONTEXT)
    found = {(m.employee_id, m.band, m.quote) for m in matches}
    assert (who, band, quote) in found


@pytest.mark.parametrize("text", NOT_FOUND)
def test_nothing_is_found(text: str) -> None:
    assert find(INDEX, text, CONTEXT) == ()


def test_hard_negatives_are_about_as_many_as_positives() -> None:
    assert min(len(FOUND), len(NOT_FOUND)) >= 100
    assert abs(len(FOUND) - len(NOT_FOUND)) <= 15
