"""Sentences of forum posts, articles, comments and profiles, written for this purpose.

``{N}`` stands for a name, ``{G}`` for one in the genitive, ``{B}`` for a bystander's,
``{T}`` for a place, ``{D}`` for a day, ``{C}`` for a long word of office Danish.
Which go into a page is left to ``pages``.
"""

from __future__ import annotations

import re
from functools import cache
from random import Random

AT_WORK = """
{N} på Jobcenter Havnelyst har givet mig afslag for tredje gang.
Min sagsbehandler {N} svarer aldrig på mine beskeder.
I går havde jeg møde med {N} i jobcentret, og det gik helt skævt.
Sagsbehandler {N} mener, at jeg skal i praktik i tretten uger.
Så fik jeg brev fra {N} i Tågeby Kommune om, at ydelsen stopper.
Er der andre her, der har haft {N} som sagsbehandler?
Jeg klager til jobcentret over afgørelsen, som {N} har skrevet under på.
Socialrådgiver {N} lovede at ringe tilbage i {D}, men der skete intet.
Det var {N} fra jobcentret, der afbrød min bisidder.
Hvis I får {N} som sagsbehandler på Fagcenter Engdraget, så tag en bisidder med.
Kontaktperson i sagen er {N}, Jobcenter Havnelyst.
Fagchef {N} afviser, at der er tale om en fejl i sagsbehandlingen.
På rehabiliteringsmødet sagde {N} fra kommunen næsten ingenting.
Jeg har bedt jobcentret om en anden sagsbehandler end {N}.
Ifølge {N}, der er teamleder i Ydelsescenter Molevej, er tallene forkerte.
Tak til {N} på jobcentret, som faktisk lyttede denne gang.
Min kone græd hele vejen hjem fra jobcentret efter samtalen med {N}.
Virksomhedskonsulent {N} fandt pladsen til mig på to dage.
Jobkonsulenten {N} var venlig nok, men reglerne er tossede.
Ydelsescenter Molevej har nu sat {N} på min sag om sygedagpenge.
Borgerservice sendte mig videre til {N}, som sendte mig tilbage.
Hvem er chef for {N} nede på jobcentret? Jeg vil gerne klage.
"""
AT_WORK_GENITIVE = """
Jeg har klaget over {G} afgørelse til Ankestyrelsen.
Det er {G} underskrift, der står på afslaget fra jobcentret.
Efter {G} besked fra Tågeby Kommune stod vi uden penge i {C}.
{G} sagsbehandling er under al kritik, og det skal siges højt.
Vi fik {G} telefonnummer på jobcentret, men hun tager den aldrig.
Ankestyrelsen omgjorde {G} afgørelse efter fire måneder.
Ifølge {G} notat fra samtalen på Jobcenter Havnelyst sagde jeg ja.
"""
NEUTRAL = """
Jeg talte med {N} i går, og det var en underlig samtale.
Har nogen af jer hørt noget fra {N} siden sidst?
Det var {N}, der stod for det hele.
Spørg {N}, hvis du tør.
Hele byen snakker om {N} lige nu.
Ved mødet i {D} sagde {N} ikke et ord.
Jeg så {N} på stationen i {T} sammen med to andre.
Så kom {N} ind ad døren og afbrød os.
Man kan skrive direkte til {N} og få svar samme dag.
Der står {N} nederst på brevet.
Og hvem tror I, der ringede? Det gjorde {N}.
Skam dig, {N}, det her glemmer vi ikke.
Nu må det være nok, {N}!
Ham der hedder {N}, lovede os noget andet.
På billedet ses {N} yderst til højre.
Ingen ved, hvorfor {N} holdt op med at svare.
Kære {N}, du skylder os et ordentligt svar.
Vi har prøvet at få fat i {N} hele ugen.
{N} er den koldeste person, jeg nogensinde har mødt.
{N} løj mig lige op i ansigtet.
{N} afviste sagen uden at læse den.
{N} var til at tale med, det skal siges.
Jeg vil gerne rose {N} for at holde hovedet koldt.
Til sidst var det kun {N} og mig tilbage i lokalet.
"""
NEUTRAL_GENITIVE = """
Det er {G} skyld, at vi står her i dag.
Alle har fået nok af {G} opførsel.
Jeg sidder her med {G} brev foran mig.
Hvad er {G} rolle i alt det her?
Vi læste {G} svar tre gange uden at blive klogere.
Efter {G} tale gik folk hver til sit.
"""
FILLER = """
Vejret var gråt, og bussen fra {T} var som sædvanlig forsinket.
Jeg har ventet i fire måneder på en afgørelse om {C}.
Det er ikke i orden, at man skal søge om det samme tre gange.
Husk at gemme alle breve, og skriv ned, hvad der bliver sagt.
Byrådet behandler forslaget om {C} på mødet i {D}.
Der blev serveret kaffe og kringle i forsamlingshuset i {T}.
Min nabo siger, at man skal klage inden fire uger.
Nogle gange tænker jeg, at systemet er lavet for at trætte folk.
Klubben søger frivillige til stævnet i {D}, og alle kan være med.
Hun fortalte, at børnene endelig sov igennem hele natten.
Prisen på strøm er steget, så vi fryser lidt mere i år.
På biblioteket i {T} kan man låne en computer i to timer.
Jeg er sygemeldt på ottende uge og aner ikke, hvad der sker nu.
Kommunen har ændret reglerne for {C} uden at sige det til nogen.
Det tog en halv formiddag at komme igennem på telefonen.
Er der nogen, der kender reglerne for {C}?
Man kan få en bisidder med til samtalen, det er ens ret.
Vi gik en tur langs stranden og talte om alt muligt andet.
Mødet begynder klokken ti og slutter ved middagstid.
Formanden takkede for god ro og orden og lukkede mødet.
Der er nyt om {C} på kommunens hjemmeside siden {D}.
Holdet vandt sin tredje kamp i træk og ligger nu nummer fire.
Jeg sov dårligt og drømte om skemaer, der aldrig blev færdige.
Skolen holder lukket i {D} på grund af en vandskade.
Han købte en brugt cykel i {T} for fire hundrede kroner.
Alle henvendelser om {C} skal ske skriftligt.
Det kom bag på de fleste, at forslaget faldt med to stemmer.
Tak for alle jeres søde beskeder, de varmer virkelig.
Man skal ikke finde sig i hvad som helst, men man skal tale pænt.
Sagen om {C} er sendt tilbage til fornyet behandling.
Vejen mellem {T} og {T} er spærret på grund af arbejde.
Udstillingen kan ses frem til udgangen af måneden.
Jeg fik at vide, at papirerne var væk, og at jeg måtte begynde forfra.
Opskriften er nem: rør smør og sukker, og bag i tyve minutter.
Der er stadig ledige pladser på kurset i {C}.
Det er svært at forklare andre, hvordan det føles at vente.
Toget holdt stille uden for {T} i tre kvarter.
Pressen har ikke villet røre historien, skriver de.
Lokalplanen for området ved havnen i {T} er i høring.
Vi mangler en, der kan passe hunden i uge 42.
"""
WITH_BYSTANDER = """
Det fortæller {B}, der har boet i {T} i tyve år.
Vi mødte {B} på vej hjem fra stationen.
Formand for foreningen er {B}, og kasserer er {B}.
{B} vandt førstepræmien foran {B} og {B}.
Ifølge {B} har det altid været sådan i {T}.
Bogen er skrevet af {B} og udkommer i {D}.
Ring til {B} på kontoret, hvis du vil være med.
{B} spillede klaver, mens {B} læste digte op.
Min fætter {B} har selv prøvet det samme.
Til stede var {B}, {B}, {B} og {B}.
Læserbrev af {B}, {T}.
Foto: {B}
"""
_TOWNS = (
    "Engsted Molevig Ravnsø Klitborg Fjordhede Nørrelev Gråsten-Havn Birkevad "
    "Lyngslette Sandodde Mosebjerg Kirkeodde Hvidovrelund Ålevig Bøgelunde"
).split()
_DAYS = "mandags tirsdags onsdags torsdags fredags marts juni august oktober".split()
_OFFICE_FIRST = (
    "sygedagpenge ressource kontanthjælps uddannelses pensions bolig beskæftigelses "
    "førtids rehabiliterings aktiverings forsørgelses integrations familie børne "
    "ældre trafik affalds klima kultur idræts biblioteks vand varme spildevands skole "
    "dagpleje revalideringens fleksjob praktik opfølgnings visitations udbetalings"
).split()
_OFFICE_MIDDLE = (
    "sags klage plan budget tilsyns kvalitets ansøgnings udvalgs kontrol høring "
    "forløbs henvendelses vurderings takst område personale digital samtale"
).split()
_OFFICE_LAST = (
    "ordningen forløbet planen tilskuddet reglerne udvalget projektet fristen loven "
    "satsen kontoret pakken aftalen puljen gebyret attesten systemet skemaet puslespil"
).split()
HEADINGS = (
    "Nyt fra {T}", "Hvad gør man nu?", "Klage over {C}", "Debat: hvem hører på os?",
    "Referat af mødet i {D}", "Om {C}", "Dagens brok", "Erfaringer med {C}",
    "Læserne skriver", "Aktuelt i {T}",
)  # fmt: skip
USERS = (
    "kaffemor72 grumpy_far ventetid80 MorTil3 klagesangen hverdagshelten papirnusser "
    "Nordenvind solsort99 ukendt_gæst mosekonen havneborger hundeliv trætafdet"
).split()
PROFILE = """
Arbejder med borgerkontakt og {C}
Bor i {T}
Interesseret i løb, kor og gamle cykler
Medlem siden {D}
Taler dansk og lidt tysk
"""


def lines_of(block: str, *, tuning: bool) -> list[str]:
    """The sentences of a block; every fourth is kept for reporting."""
    lines = [line for line in block.splitlines() if line]
    if not tuning:
        return lines
    return [line for number, line in enumerate(lines) if number % 4 != 3]


def town(rng: Random) -> str:
    """A place that does not exist."""
    return rng.choice(_TOWNS)


def office_word(rng: Random) -> str:
    """A long compound such as offices love; there are some ten thousand."""
    middle = rng.choice(_OFFICE_MIDDLE) if rng.random() < 0.6 else ""
    return f"{rng.choice(_OFFICE_FIRST)}{middle}{rng.choice(_OFFICE_LAST)}"


_SLOT = re.compile(r"\{([TDC])\}")


def filled(rng: Random, sentence: str) -> str:
    """A sentence with all slots filled but those of names."""
    draw = {
        "T": lambda: town(rng),
        "D": lambda: rng.choice(_DAYS),
        "C": lambda: office_word(rng),
    }
    return _SLOT.sub(lambda found: draw[found[1]](), sentence)


_ONSETS = (
    "b br d dr f fl fr g gr h hv j k kl kn kr l m n p pr r s sk sl st t tr v".split()
)
_VOWELS = "a e i o u y æ ø å e e a i".split()
_CODAS = "d g k l lt m n nd ng r rk rt s st t ks  l n r".split(" ")
_RARE = 0.16  # words added for each space, as many as make a text as rich as a real one
_FAMILIAR = 0.3  # of them, those that come again and again
_FAMILIAR_WORDS = 2_000


def rare_word(rng: Random) -> str:
    """A word that looks Danish and hardly ever comes twice."""
    return "".join(
        rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
        for _ in range(rng.randrange(2, 5))
    )


@cache
def _familiar() -> tuple[str, ...]:
    rng = Random("familiar words")
    return tuple(rare_word(rng) for _ in range(_FAMILIAR_WORDS))


def with_rare_words(rng: Random, text: str) -> str:
    """The text with made-up words between its own: sentences here are too few
    to hold as many different words as real text of the same length.
    """

    def after(space: re.Match[str]) -> str:
        if rng.random() >= _RARE:
            return " "
        familiar = rng.random() < _FAMILIAR
        return f" {rng.choice(_familiar()) if familiar else rare_word(rng)} "

    return re.sub(r"(?<=[a-zæøå]) (?=[a-zæøå])", after, text)


@cache
def everyday() -> frozenset[str]:
    """Every word of the sentences here, in small letters."""
    blocks = (AT_WORK, AT_WORK_GENITIVE, NEUTRAL, NEUTRAL_GENITIVE, FILLER, PROFILE)
    text = " ".join((*blocks, WITH_BYSTANDER, *HEADINGS)).lower()
    return frozenset(re.findall(r"\w+", text))
