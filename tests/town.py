"""The least that a town must write into its configuration; shared by all who need one.

What a test is about, it adds itself.
"""

from __future__ import annotations

# Lines that follow belong to the table ``fetch``.
MONITOR_TOML = """[municipality]
name = "Tågeby Kommune"
ombudsman_contact = "Borgerrådgiveren"
dpo_contact = "DPO"
legal_basis = "artikel 6"
[fetch]
contact = "https://taageby.example/udkig"
"""


def center_toml(name: str = "havnelyst") -> str:
    """A centre; lines that follow belong to it."""
    return f"""[[center]]
id = "{name}"
name = "Jobcenter {name.title()}"
address = "Vej 1"
manager = "Bente Holst"
contact_name = "Bo"
contact_phone = "00 00 00 00"
contact_email = "post@taageby.example"
"""
