"""The fictional examples word for word, and what a crawl must make of each."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.types import Band

SIGNE, MALTHE, RUTH, METTE = "TK-1001", "TK-1002", "TK-1003", "TK-1004"

REFUSAL = (
    "Malthe Kringelbæk på Havnelyst har givet mig afslag for tredje gang. "
    "Afgørelsen er ulovlig, og jeg klager til Ankestyrelsen."
)
COLDEST = (
    "Signe Abildtorp-Vang er den koldeste sagsbehandler i Tågeby. "
    "Ingen empati, nul faglighed. Skam jer."
)
HOROSCOPE = (
    "Horoskop for jobcentret: Ruth Ellemose Dahl mister i dag din ansøgning "
    "– igen – men finder sin kaffekop."
)
PORTRAIT = (
    "Hæng hende ud! Signe Abildtorp-Vang, Jobcenter Havnelyst 👇 "
    "her er hendes LinkedIn linkedin.example/in/signe-av. Del!"
)
RECORDING = (
    "Hele samtalen med Malthe K. på jobcentret optaget – hør selv hvordan han lyver"
)
BRIBES = "Ruth Ellemose Dahl tager imod bestikkelse, det ved alle."
THREAT = (
    "Næste gang jeg ser Malthe Kringelbæk, smadrer jeg ham. "
    "Jeg ved hvilken bus han tager fra Havnelyst."
)
ADDRESS = "Signe AV bor Fjeldgræsstien 999, 9999 Tågeby, mobil 00 00 00 00. Kig forbi."
OWN_NUMBER = "000000-0000"
DECISION = "sagsbehandler Mette Nielsen"
GOAL = "Mette Nielsen scorede sejrsmålet for Tågeby Q"
CRITICISM = "Fagchef Ruth Ellemose Dahl afviser kritik"
FIRE_HER = "fyr hende"
FAKE = "Rigtige Malthe Kringelbæk"

# Names planted where nobody may look for them, or where nothing may be found.
BARRED = "Kladde: Signe Abildtorp-Vang skal også have en tekst om sig på jobcentret."
PENDING_NAME = "Asger Lundtofte-Berg"
PENDING = f"{PENDING_NAME} fra jobcentret svarede på min mail samme dag. Flot."
UNAPPROVED = "Signe Abildtorp-Vang var på jobcentret i dag. Kilden er ikke godkendt."
EXPIRED = "Malthe Kringelbæk var på jobcentret i dag. Godkendelsen er udløbet."

ANY = (Band.HIT, Band.WEAK)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a crawl finds of an example.

    ``example`` is the number in the example set, or a word for further plants;
    ``path`` the page it stands on; ``bands`` those it may be found in, empty when
    it must not be found; ``posts`` how many posts of the page name the employee.
    """

    example: str
    work_id: str
    site: str
    path: str
    words: str
    bands: tuple[Band, ...] = (Band.HIT,)
    posts: int = 1


EXPECTED = (
    Expected("1", MALTHE, "blog", "/tredje-gang/", REFUSAL),
    Expected("2", SIGNE, "social", "/@koldkaffe.rss", COLDEST),
    Expected("3", RUTH, "satire", "/", HOROSCOPE),
    Expected("4", SIGNE, "forum", "/viewtopic.php?t=21", PORTRAIT),
    Expected("5", MALTHE, "video", "/klip/hele-samtalen", RECORDING, (Band.WEAK,)),
    Expected("7", MALTHE, "blog", "/bussen-fra-havnelyst/comment-page-1/", THREAT),
    Expected("8", SIGNE, "forum", "/viewtopic.php?t=22&start=10", ADDRESS),
    Expected("9", METTE, "homepage", "/afgoerelsen.html", DECISION, ANY),
    Expected("10", METTE, "news", "/sport/sejr-til-taageby-q", GOAL, ()),
    Expected("11", RUTH, "news", "/indland/fagchef-afviser-kritik", CRITICISM),
    Expected("12", MALTHE, "fake", "/", FAKE, ANY, 9),
    Expected("robots", SIGNE, "blog", "/kladder/", BARRED, ()),
    Expected("pending", "TK-1005", "forum", "/viewtopic.php?t=20", PENDING, ()),
    Expected("unapproved", SIGNE, "social", "/@ukendt.rss", UNAPPROVED, ()),
    Expected("expired", MALTHE, "homepage", "/gaestebog.html", EXPIRED, ()),
)
