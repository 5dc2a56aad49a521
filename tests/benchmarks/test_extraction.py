"""On generated pages of every known template the reader finds what is there."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from benchmarks.extraction import MUST, TEMPLATES
from benchmarks.extraction.measure import FIGURES, Score, measure


@cache
def score(template: str) -> Score:
    return measure(TEMPLATES[template](Random(f"20261122 {template}")))


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_is_read_as_well_as_it_must_be(
    template: str, figure: str
) -> None:
    found = score(template)
    assert found.wanted[figure]  # of nothing, all would be right
    assert found.share(figure) >= MUST, found.wrong[:5]
