"""Names that the benchmark's people are called by, with rough weights.

Written by hand for this benchmark and independent of the matcher's own lists; how
names become people is left to ``people``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Origin:
    """Names that are borne together: given names of either kind, and surnames."""

    share: float
    given: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Names with weights; a weight is roughly the number of bearers in thousands."""

    weights: dict[str, float] = field(default_factory=dict)

    def share(self, name: str) -> float:
        """The part of all bearers that bears a name; a small one when unknown."""
        return self.weights.get(name, 0.05) / sum(self.weights.values())


def _tiers(*tiers: tuple[float, str]) -> Pool:
    return Pool({name: weight for weight, names in tiers for name in names.split()})


GIVEN = _tiers(
    (
        38,
        "Anne Mette Peter Kirsten Hanne Helle Susanne Lene Maria Marianne "
        "Michael Jens Lars Henrik Thomas Søren Jan Christian Martin Niels "
        "Morten Jesper",
    ),
    (
        18,
        "Camilla Louise Charlotte Tina Gitte Pia Lone Bente Inge Karen Jette "
        "Anette Birgitte Birthe Emma Ida Sofie Laura Heidi Julie Dorte Rikke "
        "Katrine Trine Cecilie Anders Hans Mads Rasmus Per Ole Jørgen Kim John "
        "Simon Mikkel Kasper Jakob Frederik Carsten Erik Claus Lasse Brian "
        "Allan Torben Bo Jonas Daniel",
    ),
    (
        7,
        "Sara Signe Maja Caroline Freja Amalie Mathilde Nina Ann Kirstine "
        "Merete Lisbeth Grethe Ruth Astrid Johanne Karin Vibeke Clara Josefine "
        "Malene Eva Bodil Marlene Annie Tanja Ditte Sandra Pernille Bettina "
        "Lærke Nadia Stine Emilie Alma Ella Anja Winnie Anita Solveig Lis Line "
        "Tove Else Jytte Ulla Ellen Mia Lise Nanna Ester Steen Poul Bent Kurt "
        "Finn Svend Leif Emil Bjarne Karl Flemming Arne Tobias Oliver Magnus "
        "Alexander Mathias Nikolaj Klaus Kristian Malthe William Lucas Noah "
        "Oscar Victor Philip Sebastian Gustav August Kenneth Dennis René Ronni "
        "Bjørn Jacob Marcus Johan Viggo Otto Axel",
    ),
    (
        2,
        "Asger Asbjørn Aksel Anton Arthur Birk Bertram Carl Christoffer Eskild "
        "Esben Frode Gorm Gunnar Hjalmar Holger Ivar Jeppe Jannik Joakim Kaj "
        "Keld Kjeld Knud Laurits Ludvig Malte Mogens Nis Palle Preben Ruben "
        "Sigurd Storm Sune Svenning Troels Tue Uffe Ulrik Valdemar Verner "
        "Viktor Villads Åge Øjvind Agnes Alberte Andrea Anna Benedikte Birgit "
        "Britta Dagny Doris Edel Elin Elsebeth Erna Filippa Fie Gerda Gudrun "
        "Hedvig Henny Henriette Iben Inga Ingrid Isabella Jonna Kamma Karla "
        "Karoline Kristine Lea Liv Lilly Lærke Maiken Margit Margrethe Marie "
        "Mille Mona Olivia Oda Randi Rigmor Rosa Sanne Sigrid Silje Tilde Thea "
        "Tora Vera Viola Yrsa Zenia Åse Aase Østen",
    ),
    (
        0.4,
        "Abelone Alfhild Anemone Arngunn Bolette Brynhild Caja Clemens Dagfinn "
        "Eigil Ejgil Embla Engelbrecht Fenja Folmer Frederikke Frigga Gyda "
        "Gynther Halfdan Hardy Hermod Hroar Ingolf Ivalu Jørnvald Kirstin "
        "Klement Lauge Leonora Ludovika Malik Marijke Mynte Naja Nivi Ottilia "
        "Paninnguaq Petrea Ragnhild Reidar Runa Rørik Saga Selmer Sofus Svante "
        "Sylvester Søs Talke Thyra Tjelvar Torkild Torsteen Tyge Ulfhild Vagn "
        "Valborg Vilfred Vilhelmine Ylva Yngvild Ørn Åshild Æbbe",
    ),
)
DOUBLE_GIVEN = (
    "Anne-Marie Anne-Mette Anne-Grethe Hans-Henrik Karl-Erik Ann-Sofie Eva-Lis "
    "Jens-Peter Niels-Ole Lise-Lotte Else-Marie Maj-Britt Hans-Jørgen "
    "Ulla-Britt Poul-Erik Per-Ole Inger-Lise Kaj-Åge Bodil-Marie Rose-Maria "
    "Mai-Britt Nils-Ulrik"
).split()
PATRONYMIC = _tiers(
    (
        150,
        "Nielsen Jensen Hansen Andersen Pedersen Christensen Larsen Sørensen "
        "Rasmussen Jørgensen",
    ),
    (
        40,
        "Petersen Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen "
        "Mortensen Knudsen Møller",
    ),
    (
        12,
        "Jakobsen Mikkelsen Olesen Frederiksen Laursen Henriksen Eriksen "
        "Simonsen Clausen Svendsen Andreasen Iversen Jeppesen Mogensen "
        "Jespersen Bertelsen Lauritsen Frandsen Carlsen Steffensen Gregersen "
        "Mathiesen Danielsen",
    ),
    (
        2,
        "Ottesen Antonsen Axelsen Bendtsen Berntsen Davidsen Ebbesen Esbensen "
        "Eskesen Gundersen Ibsen Josefsen Klausen Lassen Markussen Nicolaisen "
        "Ovesen Paulsen Severinsen Terkelsen Ulriksen Villadsen Asmussen Boysen "
        "Tygesen Asgersen Ivarsen Kjeldsen Hjalmarsen Torbensen Birkesen "
        "Helgesen Rolfsen Sivertsen",
    ),
)
DANISH_FAMILY = _tiers(
    (
        12,
        "Holm Lund Schmidt Vestergaard Østergaard Nygaard Nørgaard Kjær Friis "
        "Bach Dahl Winther Toft Bruun Skov Søndergaard Juhl Bech Hald Dam",
    ),
    (
        3,
        "Ravn Brandt Kruse Krogh Holst Damgaard Overgaard Lind Lindberg Bang "
        "Bak Bjerregaard Kofoed Skovgaard Juul Buch Munk Vinther Kirkegaard "
        "Mølgaard Kjærgaard Beck Høj Hjorth Krag Fischer Koch Thorup Bay "
        "Hedegaard Berg Bundgaard Dalgaard Fuglsang Bertram Lauridsen Vang "
        "Møllegaard Sommer Steen",
    ),
    (
        1,
        "Brink Busk Bæk Eg Fog Frost Glad Grøn Hede Hvid Kold Krog Kvist Lang "
        "Lynge Mørk Nymark Ring Rask Sand Smed Stage Storm Strand Svane Søgaard "
        "Tang Vind Vad Wolff Rosendal Ørsted Aagaard Aarup Bøgh Bønnelykke "
        "Egelund Elkjær Fabricius Grønlund Gydesen Haagerup Hviid Højlund "
        "Ingvordsen Kjølby Kaas Lilholt Lyhne Madsbøll Norup Omø Pape Qvist "
        "Riis Rønne Skaarup Skjødt Sloth Stougaard Stæhr Thestrup Thrane Trolle "
        "Tranekær Ulstrup Vilstrup Warming With Worm Ørum Østerlund Ågård "
        "Bregendahl Brødsgaard Fjordside Gjerding Hornshøj Kvorning Lindeburg "
        "Nisgaard Pjengaard Rævsager Skafte Snejbjerg Sønderkær Tolstrup Uldum "
        "Vestbirk Yding Ærtebjerg",
    ),
)
_FIRST = (
    "Kringel Elle Tjørne Myre Fugle Lyng Birke Abild Hassel Rugs Havre Ulve "
    "Trane Hjorte Dyre Kalv Gåse Svale Lærke Ørne Krage Stor Lille Nør Sønder "
    "Øster Vester Mellem Over Neder Grønne Røde Sorte Hvide Brune Sten Sand Ler "
    "Kalk Kilde Sø Å Mølle Smede Præste Bispe Kirke Munke Bonde Herre Frue Torp "
    "Tings Gammel Ny Hule Høje Dybe Brede Smalle Krumme Ravne Pile Aske Ege "
    "Bøge Linde Elme Gran Fyrre Humle Hør Klint Skræn Fjord Vig Næs Ferske Salt "
    "Tange Klit Marsk"
).split()
_LAST = (
    "bæk mose torp vang gaard gård holt lund kær kjær dal dahl høj strup rup "
    "sted bjerg borg lev løse ager toft bro husum krog eng skov sø holm rød "
    "løkke"
).split()
_OF_BOTH_DRAWS = 3  # in four; the fourth is met only when reporting
# Of all that can be put together, two in five; the rest nobody is called.
COMPOUND = tuple(
    f"{first}{last}"
    for first, last in product(_FIRST, _LAST)
    if crc32(f"{first}{last}".encode()) % 5 < 2
)


def compounds(*, tuning: bool) -> tuple[str, ...]:
    """Surnames put together like names of places; tuning knows not all of them."""
    if not tuning:
        return COMPOUND
    return tuple(
        name
        for number, name in enumerate(COMPOUND)
        if number // 12 % 4 < _OF_BOTH_DRAWS
    )


ORIGINS = (
    Origin(
        3,
        tuple(
            "Ahmed Mohammad Ali Hassan Omar Khaled Yusuf Ibrahim Tarek Bilal "
            "Samir Fatima Aisha Layla Amina Noor Rania Hala Samira Zahra Maryam "
            "Iman Nawal Rabia Suhaila Wafaa Ghassan Munir Anwar Basma Dalal "
            "Hiba".split()
        ),
        tuple(
            "Hassan Ahmad Ali Al-Khatib El-Masri Abdallah Khalil Mansour Hamdan "
            "Saleh Al-Saadi Taha Yassin Haddad Nasser Bakri Farah Zaher Qasim "
            "Alsabti Darwish Jaber Shahin Kanaan Mahfouz Abu-Zaid Ismail Othman".split()
        ),
    ),
    Origin(
        3,
        tuple(
            "Mehmet Mustafa Emre Murat Ömer Yılmaz Hüseyin Serkan Tuğba Ayşe "
            "Fatma Zeynep Gülsüm Elif Özlem Şeyma Çiğdem Hatice Burak Kübra "
            "Songül Aslı Sevgi Volkan Umut Derya Dilek Erdoğan Orhan Nuray".split()
        ),
        tuple(
            "Yıldız Kaya Demir Çelik Şahin Öztürk Aydın Arslan Doğan Kılıç Koç "
            "Kurt Özdemir Polat Erdem Taş Güneş Bulut Karataş Yavuz Altıntaş "
            "Uçar Akgül Bozkurt Çiftçi Toprak Kocabıyık Sarıkaya".split()
        ),
    ),
    Origin(
        2,
        tuple(
            "Agnieszka Małgorzata Katarzyna Joanna Ewa Magdalena Paweł Piotr "
            "Krzysztof Tomasz Łukasz Grzegorz Wojciech Stanisław Bożena Danuta "
            "Zofia Jadwiga Michał Rafał Sławomir Mariusz Beata Iwona".split()
        ),
        tuple(
            "Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowska Zieliński "
            "Szymańska Woźniak Dąbrowski Kozłowska Jankowski Mazur Kwiatkowski "
            "Krawczyk Piotrowska Grabowski Pawłowska Michalski Król Wróbel "
            "Jabłoński".split()
        ),
    ),
    Origin(
        2,
        tuple(
            "Thanh Minh Linh Hương Tuấn Hùng Lan Mai Phương Ngọc Quang Dũng "
            "Thảo Yến Đức Trang Hạnh Việt Bảo Khánh".split()
        ),
        tuple("Nguyễn Trần Lê Phạm Huỳnh Hoàng Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương".split()),
    ),
    Origin(
        2,
        tuple(
            "Abdi Mohamud Faduma Hodan Ayaan Abdirahman Sahra Warsame Ubah Deqa "
            "Liban Nimco Zamzam Guled Hibaaq Ifrah Jamaal Khadra".split()
        ),
        tuple(
            "Abdullahi Warsame Jama Farah Mohamud Nur Osman Hersi Dirie Elmi "
            "Guled Aden Samatar Yusuf Sheikh Duale Gelle Hirsi Egal".split()
        ),
    ),
    Origin(
        2,
        tuple(
            "Amir Emina Jasmina Adnan Senad Mirza Selma Azra Dragan Milica "
            "Nenad Goran Snežana Željko Lejla Haris Almira Vesna Zoran Ivana "
            "Dušan".split()
        ),
        tuple(
            "Hadžić Kovačević Petrović Jovanović Begić Delić Marković Hodžić "
            "Ilić Mehmedović Suljić Božić Šarić Đorđević Omerović Babić Nikolić "
            "Tahirović".split()
        ),
    ),
    Origin(
        2,
        tuple(
            "Shazia Imran Nadeem Saima Bushra Farooq Asif Kiran Rubina Tariq "
            "Usman Sivakumar Priya Kavitha Ramesh Suresh Nirmala Vijay Lakshmi "
            "Thusha".split()
        ),
        tuple(
            "Khan Malik Butt Chaudhry Qureshi Rana Mirza Siddiqui Bhatti Sheikh "
            "Sivapalan Rajendran Nadarajah Kumaran Selvarajah Thevarajah "
            "Balasingam".split()
        ),
    ),
    Origin(
        2,
        tuple(
            "Ingvild Øyvind Åsne Björn Göran Åsa Märta Ragna Hjördís Sigríður "
            "Þórunn Jógvan Bárður Rúna Aqqaluk Pipaluk Jürgen Günther Käthe "
            "Wolfgang Anke Zoë François Renée Chloé André Inés José".split()
        ),
        tuple(
            "Lindström Åkesson Öberg Söderberg Björklund Haugen Sørli "
            "Kristjánsdóttir Guðmundsson Joensen Kleist Müller Schröder Jäger "
            "Groß Lefèvre Dubois García Muñoz Fernández Brønlund".split()
        ),
    ),
)
# Short forms that hardly anybody was christened; "Trine" is a name of its own.
NICKNAMES = {
    "Alexander": "Alex",
    "Christian": "Chris",
    "Daniel": "Danny",
    "Frederik": "Frede",
    "Kenneth": "Kenn",
    "Mathias": "Matti",
    "Michael": "Mick",
    "Nikolaj": "Niko",
    "Oliver": "Olli",
    "Sebastian": "Basse",
    "Thomas": "Tom",
}
# Real names that nobody here bears but a slip of the finger may arrive at.
ALSO_NAMES = frozenset(
    "andresen michel trin moren hane lara mølle peer anni ane anna hanna henne "
    "johan johanna marian mari marie jens "
    "jes jan ian tim jim lise lisa lina lena lene lone lona gita gitta bent bente "
    "pernilla sofia elsa ella louis luise louisa tine tina dina gina nina ninna "
    "mina mona monna rita peters jansen hensen janson olsson olson hanssen "
    "petterson larson jonsen jonson møllers holme lunde lunds bachs berge bergs "
    "lange hall halls hold daniels kjeld karen karin karina caren maren martine "
    "martina merte simone simona emma emily camille kamille helga hella heidi "
    "erika ulrika frederikke erikke mads mats matt oles poula paul paula "
    "paulsen carla karla klara johanne nicoline nikoline".split()
)
