"""On generated pages of every known template the reader finds what is there."""

from __future__ import annotations

import pytest

from benchmarks.extraction import MUST, TEMPLATES, scores
from benchmarks.extraction.measure import FIGURES

SCORES = dict(scores())


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_is_read_as_well_as_it_must_be(
    template: str, figure: str
) -> None:
    score = SCORES[template]
    assert score.share(figure) >= MUST, score.wrong[:5]
