"""The names looked for, and what a new set of thresholds makes of pages once read."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from monitor.match import MATCHING_VERSION
from monitor.models import Hit
from monitor.pipeline import watch
from monitor.settings import MatchingToml
from tests.world import World, page, post
from watchlist.entries import current_generation


def with_values(world: World, **values: object) -> None:
    world.settings = replace(
        world.settings, matching=MatchingToml.model_validate(values)
    )


def test_hits_tell_with_which_values_they_were_found(world: World) -> None:
    world.enrol("A1", "Malthe Kringelbæk")
    with_values(world, version="2026-b")
    world.site.put("/traad/", page(post(1, "Malthe Kringelbæk var der")))
    world.crawl()
    with world.database.read() as session:
        told = session.scalars(select(Hit.matching_version)).all()
    assert told == [f"{MATCHING_VERSION}+2026-b"]


def test_pages_that_have_not_changed_are_matched_again_with_new_values(
    world: World,
) -> None:
    world.enrol("A1", "Signe Abildtorp-Vang")
    world.site.put("/traad/", page(post(1, "Signe Abildtorp og de andre")))
    with_values(world, version="strict", cutoff=0.85, weak_cap=0.9, threshold=0.95)
    world.crawl()
    assert world.hits() == []
    with_values(world, version="usual")
    world.crawl()
    assert [quote for _, _, quote in world.hits()] == ["Signe Abildtorp"]


def test_the_same_values_leave_read_pages_alone(world: World) -> None:
    with world.database.begin() as session:
        watch.notice_version(session, "1+1")
        before = current_generation(session)
        watch.notice_version(session, "1+1")
        assert current_generation(session) == before
        watch.notice_version(session, "1+2")
        assert current_generation(session) > before


def test_a_centre_is_known_by_its_name_its_words_and_its_staff(world: World) -> None:
    center = world.settings.centers[0].model_copy(update={"staff_words": ("fagchef",)})
    settings = replace(world.settings, centers=(center,))
    told = watch.context_of(settings, "bakkely")
    assert told.source_center == "bakkely"
    assert told.center_words == {
        "havnelyst": ("Jobcenter Havnelyst", "jobcenter", "fagchef")
    }


def test_all_three_thresholds_reach_the_matcher() -> None:
    told = MatchingToml(cutoff=0.4, threshold=0.8, weak_cap=0.6)
    passed = watch.thresholds(told)
    assert (passed.cutoff, passed.threshold, passed.weak_cap) == (0.4, 0.8, 0.6)
