"""Sentences of the configuration files."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "config_file_missing": N_(
        "The configuration file {path} does not exist. MONITOR_CONFIG names the "
        "folder; copy the shipped one and change what is yours."
    ),
    "config_not_utf8": N_("{path} is not saved as UTF-8. Save it as UTF-8."),
    "config_unreadable": N_("{path} cannot be read ({detail})."),
    "config_duration": N_(
        "{file}, line {line}, {place}: “{given}” is not a length of time. Write a "
        "number and s, m, h, d or w, for instance 6h."
    ),
    "config_not_url": N_(
        "{file}, line {line}, {place}: “{given}” is not a web address. Write it with "
        "https:// in front."
    ),
    "config_not_host_port": N_(
        "{file}, line {line}, {place}: “{given}” is not a host with a port. Write it "
        "as in 127.0.0.1:8123."
    ),
    "config_backup_too_long": N_(
        "{file}, line {line}, {place}: backups may be kept 35 days at most, so that "
        "what was erased is gone for good after that."
    ),
    "config_thresholds": N_(
        "{file}, line {line}: cutoff ({cutoff}) must not be above weak_cap ({cap}), "
        "and weak_cap must be below threshold ({threshold}), so that an initial or a "
        "single name is kept and never becomes a hit."
    ),
    "config_twice": N_(
        "{file}, line {line}, {place}: “{given}” is used twice. Every id may stand "
        "once."
    ),
}
