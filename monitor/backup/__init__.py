"""Backups of the embedded database and its evidence, and the way back.

A backup is a folder with the database and a manifest; evidence lies once in a pool
beside all backups. The key file is never in it: whoever finds a backup must not be
able to read it, so the keys are to be kept elsewhere.
"""

from __future__ import annotations

from monitor.backup.make import BackupReport, backup
from monitor.backup.restore import RestoreReport, restore, verified

__all__ = ["BackupReport", "RestoreReport", "backup", "restore", "verified"]
