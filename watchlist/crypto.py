"""Seals what names a person; destroying a key makes it unreadable for good.

Each entry, hit and case has a data key of its own, stored wrapped by the
key-encryption key, which lies in a file beside the database. What is sealed, and
when a key dies, is decided by others.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from watchlist.models import DataKey
from watchlist.types import KeyProblem, KeyScope

_NONCE = 12
_INDEX_KEY = "index_key"
_INDEX_OPENED = "index key opened"


def keyring_of(session: Session) -> Keyring:
    """The keyring that whoever opened the session put into ``session.info``."""
    keyring = session.info.get("keyring")
    if not isinstance(keyring, Keyring):
        raise KeyProblem("keyring_missing")
    return keyring


class Keyring:
    """The key-encryption keys of one file: one Fernet key a line, the first seals.

    Data keys are unwrapped when used and kept nowhere, so that a key destroyed by
    another process is of no use in this one either.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read()

    @classmethod
    def load(cls, path: Path) -> Keyring:
        """Read a key file; ``KeyProblem`` if missing, malformed or open to others."""
        return cls(path)

    @classmethod
    def create(cls, path: Path) -> Keyring:
        """Write a new key file (mode 0600); ``KeyProblem`` if there is one already."""
        try:
            _write_new(path, [Fernet.generate_key()])
        except FileExistsError:
            raise KeyProblem("key_file_exists", path=str(path)) from None
        except OSError as error:
            raise _unwritable(path, error) from error
        return cls(path)

    def new_key(self, session: Session, scope: KeyScope, now: datetime) -> DataKey:
        """A fresh data key, added to the session and flushed."""
        self._refresh()
        wrapped = self._keks.encrypt(AESGCM.generate_key(256))
        key = DataKey(scope=scope, wrapped=wrapped, created_at=now)
        session.add(key)
        session.flush()
        return key

    def destroy(self, key: DataKey, now: datetime) -> None:
        """Make everything sealed under the key unreadable, once committed."""
        if key.wrapped is not None:
            key.wrapped, key.destroyed_at = None, now

    def seal(self, key: DataKey, place: str, plain: str | bytes) -> bytes:
        """Encrypt for one place (``table.column``) under one key.

        The answer opens only with the same key and place, so that a value moved
        to another row or column is refused.
        """
        raw = _encoded(plain) if isinstance(plain, str) else plain
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self._unwrap(key)).encrypt(nonce, raw, _bound(key, place))

    def open_bytes(self, key: DataKey, place: str, sealed: bytes) -> bytes:
        """What was sealed; ``KeyProblem`` if the key is gone or the value changed."""
        cipher = AESGCM(self._unwrap(key))
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(key, place))
        except (InvalidTag, ValueError):
            raise KeyProblem("sealed_tampered", place=place, key=key.id) from None

    def open_text(self, key: DataKey, place: str, sealed: bytes) -> str:
        """As ``open_bytes``, for what was sealed as text."""
        return self.open_bytes(key, place, sealed).decode("utf-8", "surrogatepass")

    def fingerprint(self, session: Session, purpose: str, *parts: str) -> bytes:
        """32 bytes that are equal for equal texts and tell nothing without the key.

        HMAC-SHA256 under the database's one index key; different purposes never
        give the same value, nor do parts split differently.
        """
        key = self._index_key(session)
        opened = session.info.get(_INDEX_OPENED)  # a page takes many fingerprints
        if opened is None or opened[0] != key.wrapped:
            opened = session.info[_INDEX_OPENED] = key.wrapped, self._unwrap(key)
        digest = hmac.new(opened[1], digestmod=hashlib.sha256)
        for part in (purpose, *parts):
            raw = _encoded(part)
            digest.update(len(raw).to_bytes(8) + raw)
        return digest.digest()

    def rotate(self, session: Session) -> int:
        """Put a new first key into the file and wrap every live data key with it.

        Gives the number of data keys wrapped anew. The old keys stay in the file
        until ``drop_old``, to be called after the commit: at no moment of a crash
        is a data key wrapped by a key that the file does not hold.
        """
        self._refresh()
        self._replace([Fernet.generate_key(), *self._lines])
        keys = _live_keys(session)
        for key in keys:
            key.wrapped = self._rewrapped(key)
        session.flush()
        return len(keys)

    def drop_old(self, session: Session) -> int:
        """Leave only the first key in the file; gives how many were dropped.

        ``KeyProblem`` while a data key still needs an old one: rotate again then.
        What only the old keys open – a backup from before the rotation – can no
        longer be read.
        """
        self._refresh()
        first, *old = self._lines
        needing = [k for k in _live_keys(session) if not _opens(first, k)]
        if needing:
            raise KeyProblem("rotation_unfinished", keys=len(needing))
        self._replace([first])
        return len(old)

    def _index_key(self, session: Session) -> DataKey:
        known = session.info.get(_INDEX_KEY)
        if isinstance(known, DataKey) and known in session:
            return known
        found = session.scalar(_INDEX_KEY_QUERY)
        key = found if found is not None else self._new_index_key(session)
        session.info[_INDEX_KEY] = key
        return key

    def _new_index_key(self, session: Session) -> DataKey:
        try:
            with session.begin_nested():
                return self.new_key(session, KeyScope.INDEX, datetime.now(UTC))
        except IntegrityError:  # another process was first
            return session.scalars(_INDEX_KEY_QUERY).one()

    def _unwrap(self, key: DataKey) -> bytes:
        if key.wrapped is None:
            raise KeyProblem("key_destroyed", key=key.id)
        try:
            return self._keks.decrypt(key.wrapped)
        except InvalidToken:
            self._refresh()  # another process may have rotated the keys
        try:
            return self._keks.decrypt(key.wrapped)
        except InvalidToken:
            raise KeyProblem("key_wrong", key=key.id, path=str(self.path)) from None

    def _rewrapped(self, key: DataKey) -> bytes:
        return self._keks.encrypt(self._unwrap(key))

    def _refresh(self) -> None:
        """Read the file again if another process replaced it."""
        if _look(self.path) != self._seen:
            self._read()

    def _read(self) -> None:
        self._seen = _look(self.path)
        self._lines = _keys_in(self.path)
        self._keks = MultiFernet([Fernet(line) for line in self._lines])

    def _replace(self, lines: list[bytes]) -> None:
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            new.unlink(missing_ok=True)  # left behind by a crash
            _write_new(new, lines)
            new.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self._read()


_INDEX_KEY_QUERY = select(DataKey).where(DataKey.scope == KeyScope.INDEX)


def _live_keys(session: Session) -> list[DataKey]:
    """Every key not destroyed; nobody adds one until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE data_key IN SHARE ROW EXCLUSIVE MODE"))
    live = select(DataKey).where(DataKey.wrapped.is_not(None)).order_by(DataKey.id)
    return list(session.scalars(live.execution_options(populate_existing=True)))


def _opens(line: bytes, key: DataKey) -> bool:
    try:
        Fernet(line).decrypt(key.wrapped or b"")
    except InvalidToken:
        return False
    return True


def _bound(key: DataKey, place: str) -> bytes:
    return f"{place}:{key.id}".encode()


def _encoded(plain: str) -> bytes:
    return plain.encode("utf-8", "surrogatepass")


def _look(path: Path) -> tuple[int, int, int]:
    """What tells one version of the key file from another."""
    try:
        seen = path.stat()
    except OSError as error:
        raise KeyProblem("key_file_missing", path=str(path)) from error
    if not stat.S_ISREG(seen.st_mode):
        raise KeyProblem("key_file_missing", path=str(path))
    if seen.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyProblem("key_file_open", path=str(path))
    return seen.st_ino, seen.st_mtime_ns, seen.st_size


def _keys_in(path: Path) -> list[bytes]:
    try:
        lines = path.read_bytes().split()
    except OSError as error:
        raise KeyProblem("key_file_missing", path=str(path)) from error
    for number, line in enumerate(lines, 1):
        try:
            Fernet(line)
        except ValueError:
            raise KeyProblem("key_file_bad", path=str(path), line=number) from None
    if not lines:
        raise KeyProblem("key_file_empty", path=str(path))
    return lines


def _write_new(path: Path, lines: list[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"".join(line + b"\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> KeyProblem:
    why = os.strerror(error.errno) if error.errno else str(error)
    return KeyProblem("key_file_unwritable", path=str(path), why=why)
