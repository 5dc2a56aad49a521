"""CPR numbers are covered wherever they stand, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.signals import without_cpr


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("010203-1234", "010203-▮▮▮▮"),
        ("010203 - 1234.", "010203 - ▮▮▮▮."),
        ("Mit CPR-nummer er 010203 1234", "Mit CPR-nummer er 010203 ▮▮▮▮"),
        ("cpr 0102031234", "cpr 010203▮▮▮▮"),
        ("to: 010203-1234, 040506-7890", "to: 010203-▮▮▮▮, 040506-▮▮▮▮"),
        ("konto 1234567890", "konto 1234567890"),
        ("cpr 9999991234", "cpr 9999991234"),
        ("1010203-12345", "1010203-12345"),
    ],
)
def test_the_last_four_digits_are_covered(text: str, covered: str) -> None:
    assert without_cpr(text) == covered


@given(st.text(alphabet="0123456789- cprCPR\n", max_size=200))
def test_a_covered_text_is_as_long_and_has_no_number_left(text: str) -> None:
    covered = without_cpr(text)
    assert len(covered) == len(text)
    assert without_cpr(covered) == covered
