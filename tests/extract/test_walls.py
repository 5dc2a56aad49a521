"""Pages that stand in the way are told from pages that only speak of such."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.extract import read_page
from monitor.i18n import say

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
LONG = "Jeg skrev til kommunen igen, og svaret var det samme som sidst. " * 12
GATHERED = "Vi og vores partnere gemmer oplysninger på din enhed. "
AGREE = "</p><button>Afvis</button><button><b>Accepter</b> alle</button>"
SHELL = "empty_shell"


def wall(html: str) -> str | None:
    read = read_page(
        html.encode(), content_type="text/html", url="https://a.example/x", now=NOW
    )
    if read.wall is None:
        return None
    assert say(read.wall, "en") != read.wall.code
    return read.wall.code


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (
            (
                "<title>Log ind | Gruppen</title><h1>Log ind</h1><form><input"
                " type=email><input type=password><button>Log ind</button></form>"
            ),
            "wall_login",
        ),
        ("<title>Sign in</title><p>Sign in to continue</p>", "wall_login"),
        (
            (
                "<title>Forum</title><h2>Information</h2><p>The board requires you to"
                " be registered and logged in to view this forum.</p>"
            ),
            "wall_login",
        ),
        ("<title>Gruppe</title><p>Du skal logge ind for at se opslaget.", "wall_login"),
        (
            (
                "<title>Før du fortsætter</title><h1>Vi bruger cookies</h1><p>Vælg"
                "</p><button>Accepter alle</button><p>Du kan afvise eller acceptere"
                " cookies. Accepter for at komme videre, eller afvis.</p>"
            ),
            "wall_consent",
        ),
        ("<title>Just a moment...</title><p>Checking your browser", "wall_bot"),
        ("<title>Tjek</title><p>Bekræft, at du er et menneske</p>", "wall_bot"),
        ("<title>Siden blev ikke fundet</title><h1>Hov</h1><p>Prøv igen", "soft_404"),
        ("<title>Forum</title><p>Emnet findes ikke.</p>", "soft_404"),
        ("<title>X</title><h1>Indholdet er ikke tilgængeligt</h1>", "soft_404"),
        (
            (
                "<title>App</title><div id=root></div><noscript>You need to enable"
                " JavaScript to run this app.</noscript><script src=/a.js></script>"
            ),
            "empty_shell",
        ),
        (
            "<title>App</title><div id=root></div><script src=/a.js></script>",
            "empty_shell",
        ),
        ("<title>Forum</title><div>Indlæser …</div><script src=a></script>", SHELL),
        ("<title>Forum</title><p>Loading, please wait...<script>a</script>", SHELL),
        ("<title>Forum</title><p>Vent venligst<script src=/a></script>", SHELL),
        (f"<h1>Vi bruger cookies</h1><p>{GATHERED}{AGREE}", "wall_consent"),
        (f"<title>Cookies</title><p>{GATHERED * 7}{AGREE}", "wall_consent"),
        (
            "<p>Før du fortsætter til Havnen<a role=button href=/ja>Acceptér alle</a>",
            "wall_consent",
        ),
        (
            "<h1>Samtykke</h1><p>Vi gemmer.<input type=submit value='Tillad alle'>",
            "wall_consent",
        ),
    ],
)
def test_a_wall_is_recognised(html: str, code: str) -> None:
    assert wall(html) == code


@pytest.mark.parametrize(
    "html",
    [
        (
            f"<title>Min sag</title><article><p>På skærmen stod der »Log ind for at se"
            f" indholdet«, og siden findes ikke. {LONG}</p></article>"
        ),
        f"<title>Log ind-systemet driller igen</title><article>{LONG * 2}</article>",
        f"<title>Blog</title><form>Log ind<input type=password></form><p>{LONG}</p>",
        f"<title>Fejl 404 i kommunen</title><article>{LONG * 2}</article>",
        f"<title>Nyt</title><div>Vi bruger cookies. Accepter</div><p>{LONG * 3}</p>",
        f"<title>Om captcha og robotter</title><article>{LONG}</article>",
        "<title>Note</title><p>Signe Abildtorp-Vang er kold.</p>",
        "<title>Billede</title><p>Ruth</p><script src=a.js></script>",
        f"<title>Retten til indsigt</title><h1>Samtykke i kommunen</h1>{LONG * 4}",
        f"<h1>Samtykke i min sag</h1><p>Jeg gav ikke samtykke. {LONG}</p>",
        f"<h1>Cookies</h1><p>Accepter ikke mindre end smør. {LONG}</p><button>Del",
        "<h1>Samtykke</h1><p>Jeg gav ikke samtykke til noget som helst.</p>",
        "<title>Nyt</title><p>Henter du mig ved havnen?</p><script src=a></script>",
        "<title>Nyt</title><p>Vent på svar fra kommunen</p><script src=a></script>",
        "<title>Nyt</title><p>Indlæser …</p>",
    ],
)
def test_a_page_that_speaks_of_walls_is_none(html: str) -> None:
    assert wall(html) is None


@pytest.mark.parametrize(
    "said",
    [
        "404",
        "Siden findes ikke længere, sagde Signe Abildtorp-Vang.",
        "Opslaget er slettet, og jeg får ingen forklaring.",
        "Du skal logge ind for at se din sag, og captcha virker ikke.",
        "Access denied! Sådan føles det.",
    ],
)
def test_what_people_write_is_not_the_page_s_own_message(said: str) -> None:
    html = f"""<title>Debat</title><ol class="comment-list">
      <li id="comment-1" class="comment"><article class="comment-body">
      <b class="fn">Kim</b><time datetime="2026-11-20T10:00:00+01:00">20. nov</time>
      <div class="comment-content"><p>{said}</p></div></article></li></ol>"""
    found = read_page(
        html.encode(),
        content_type="text/html; charset=utf-8",
        url="https://debat.example/traad/",
        now=datetime(2026, 11, 22, tzinfo=UTC),
    )
    assert found.wall is None
    assert said in found.posts[-1].text


@pytest.mark.parametrize(
    ("title", "said", "code"),
    [
        ("Just a moment...", "Verify you are human by completing this.", "wall_bot"),
        ("Attention Required!", "Sorry, you have been blocked", "wall_bot"),
        ("avis.example", "Please enable JS and disable any ad blocker", "wall_bot"),
        ("Access Denied", "You don't have permission. Reference #18.2", "wall_bot"),
        ("Human Verification", "Press & Hold to confirm", "wall_bot"),
        ("Vent", "Making sure you're not a bot!", "wall_bot"),
        ("Pardon Our Interruption", "As you were browsing", "wall_bot"),
        ("", "Request unsuccessful. Incapsula incident ID: 12", "wall_bot"),
        ("Sikkerhetssjekk", "Bekreft at du er et menneske", "wall_bot"),
        ("Kontroll", "Bekräfta att du är en människa", "wall_bot"),
        ("Grupper", "Log på for at fortsætte", "wall_login"),
        ("Forum", "Logg inn for å lese innlegget.", "wall_login"),
        ("Forum", "Logga in för att läsa inlägget.", "wall_login"),
        ("Avisen", "Artiklen er forbeholdt abonnenter.", "wall_login"),
        ("Forum", "You are not authorised to read this forum.", "wall_login"),
        ("Før du fortsetter", "Godta eller avvis informasjonskapsler", "wall_consent"),
        ("", "Vi använder kakor. Acceptera alla", "wall_consent"),
        ("Opslag", "Dette indhold er ikke tilgængeligt i øjeblikket", "soft_404"),
        ("Video", "Videoen er ikke tilgængelig", "soft_404"),
        ("Forum", "The requested topic does not exist.", "soft_404"),
        ("Oops", "That page can’t be found.", "soft_404"),
        ("Forum", "Invalid Thread specified.", "soft_404"),
        ("Forum", "Det ønskede emne eksisterer ikke.", "soft_404"),
        ("Gruppe", "This content isn't available right now", "soft_404"),
        ("Sidan kunde inte hittas", "Försök igen", "soft_404"),
        ("Blogg", "Siden finnes ikke lenger", "soft_404"),
        ("Ups!", "Den side findes ikke eller er privat.", "soft_404"),
        ("Forum", "Du skal logge på først.", "wall_login"),
        ("Gruppen", "Gruppen er privat. Bliv medlem for at se mere.", "wall_login"),
        ("Grupp", "This group is private. Join to see posts.", "wall_login"),
        ("403 Forbidden", "You don't have permission.", "wall_bot"),
        ("Too Many Requests", "Try later.", "wall_bot"),
        ("Avis", "Slå cookies til for at fortsætte", "wall_bot"),
        ("Blog", "Error establishing a database connection", "site_down"),
        ("Forum", "Sitet er midlertidigt lukket. Vi er snart tilbage.", "site_down"),
        ("Maintenance", "We are down for maintenance", "site_down"),
        ("Forum", "Sorry, the board is currently disabled.", "site_down"),
        ("snak.example", "This domain may be for sale", "site_parked"),
        ("Welcome to nginx!", "If you see this page", "site_parked"),
        ("Account Suspended", "Contact your provider", "site_parked"),
    ],
)
def test_walls_in_other_words_are_recognised(title: str, said: str, code: str) -> None:
    assert wall(f"<title>{title}</title><div><p>{said}</p></div>") == code


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Da Borger.dk var midlertidigt lukket", LONG),
        ("Access denied – en klumme om aktindsigt", LONG),
        ("Siden er under opbygning, sagde kommunen i 2019", LONG),
        ("Samtykke og cookies: hvad må jobcentret?", LONG * 3),
        ("Captcha-helvede hos kommunen", LONG),
        ("Jeg kunne ikke logge ind på Jobnet", LONG),
        ("Indlægget er slettet, men jeg gemte det", LONG),
        ("Something went wrong in my case", LONG),
        ("Kun for abonnenter? Nej, her er det hele", LONG),
        ("Gruppen er privat, men her er referatet", LONG),
        ("Too many requests til borgerservice", LONG),
        ("Mødet", "Forummet på biblioteket er åbent for alle, og ingen er lukket ude."),
        ("Sagen", f"Du skal logge ind, siger de, men siden findes ikke. {LONG}"),
        ("Bussen", "Chaufføren sagde, at der var udsolgt, og så gik vi hjem."),
        ("Havnen", "Der er altid nogen, der skal betale, når det regner."),
        ("Vejret", "I dag blev det 12 grader og blæst fra vest."),
    ],
)
def test_more_pages_that_speak_of_walls_are_none(title: str, said: str) -> None:
    page = f"<title>{title}</title><h1>{title}</h1><article><p>{said}</p></article>"
    assert wall(page) is None


@pytest.mark.parametrize(
    "said",
    [
        "Noget gik galt i min sag, og ingen vil svare.",
        "Just a moment, sagde hun, og så hørte jeg ikke mere.",
        "Jobnet er under vedligehold igen igen.",
        "Kun for medlemmer? Så kan det være lige meget.",
        "Acceptér nu bare deres cookies, siger min sagsbehandler.",
        "It works!",
        "Er du et menneske eller en robot?",
        "Har nogen prøvet at logge ind i dag? Der står siden findes ikke.",
    ],
)
def test_short_posts_on_a_forum_are_no_walls(said: str) -> None:
    test_what_people_write_is_not_the_page_s_own_message(said)


def test_a_board_that_asks_for_a_log_in_at_length_is_a_wall() -> None:
    reasons = "Your account may lack the privileges to see this page, or is new. " * 7
    told = f"You are not logged in or you do not have permission here. {reasons}"
    html = "<title>Forum</title><p>{}</p><form><input type=password></form>"
    assert wall(html.format(told)) == "wall_login"
    assert wall(html.format(LONG[:99] + told)) is None
