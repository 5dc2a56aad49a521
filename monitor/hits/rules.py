"""The rules of signals as a municipality wrote them, with its own offices left out."""

from __future__ import annotations

from dataclasses import replace

from monitor.settings import Settings, read_text
from monitor.signals import Rules
from monitor.signals.config import parse_rules


def rules_of(settings: Settings) -> Rules:
    """The rules of ``signals.toml``; raises BadInput when it cannot be used."""
    path = settings.config_dir / "signals.toml"
    rules = parse_rules(read_text(path), file=path.name)
    numbers = {
        number
        for c in settings.centers
        for number in (c.contact_phone, *c.office_numbers)
    }
    return replace(
        rules,
        office_numbers=tuple(sorted(numbers)),
        office_addresses=tuple(center.address for center in settings.centers),
    )
