"""Killed at any moment: no row without its file, no half backup, nothing to mend."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from datetime import timedelta
from pathlib import Path

from monitor.backup import verified
from monitor.db import open_database
from monitor.evidence.verify import sweep, verify_all
from tests.backup.builders import NOW, House, make_settings
from tests.evidence.builders import keep, make_hit
from watchlist.crypto import Keyring

KILLS = int(os.environ.get("UDKIG_KILLS", "3"))


def work(folder: Path, keys: Path, start: int) -> None:
    """Keep evidence and make backups until killed."""
    keyring = Keyring.load(keys)
    settings = make_settings(folder, keyring)
    database = open_database(settings.database_url, keyring)
    house = House(settings, database)
    for number in range(1000):
        with database.begin() as session:
            keep(session, make_hit(session), settings.evidence_dir)
        house.backup(NOW + timedelta(seconds=start * 1000 + number))


def wait_for_more(house: House, before: int) -> None:
    deadline = time.monotonic() + 60
    while len(list(house.settings.backup_dir.glob("udkig-*"))) <= before:
        assert time.monotonic() < deadline, "the worker does nothing"
        time.sleep(0.01)


def test_a_kill_at_any_moment_leaves_everything_whole(house: House) -> None:
    settings = house.settings
    context = multiprocessing.get_context("spawn")
    for start in range(1, KILLS + 1):
        before = len(list(settings.backup_dir.glob("udkig-*")))
        arguments = (settings.data_dir.parent, settings.key_file, start)
        worker = context.Process(target=work, args=arguments)
        worker.start()
        wait_for_more(house, before)
        time.sleep(random.random() / 5)
        worker.kill()
        worker.join()
        with house.database.read() as session:
            late = NOW + timedelta(days=1)
            sweep(session, settings.evidence_dir, late)
            assert verify_all(session, settings.evidence_dir, late).faults == ()
        for path in settings.backup_dir.glob("udkig-*"):
            verified(path)
    assert house.backup(NOW + timedelta(days=2)).faults == ()
    assert list(settings.backup_dir.glob(".new-*")) == []
