from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.db import Database
from watchlist.crypto import Keyring, keyring_of
from watchlist.models import DataKey
from watchlist.types import KeyProblem, KeyScope

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = "hit.quote"


@pytest.fixture
def own(tmp_path: Path, session: Session) -> Keyring:
    """A key file of this test alone, since rotation changes it."""
    keyring = Keyring.create(tmp_path / "own.keys")
    session.info["keyring"] = keyring
    return keyring


def make_key(session: Session, scope: KeyScope = KeyScope.HIT) -> DataKey:
    return keyring_of(session).new_key(session, scope, NOW)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(KeyProblem) as caught:
        act()
    return caught.value.reason.code


def loose_key(keyring: Keyring, number: int) -> DataKey:
    wrapped = Fernet(keyring.path.read_bytes().split()[0]).encrypt(os.urandom(32))
    return DataKey(id=number, scope=KeyScope.HIT, wrapped=wrapped, created_at=NOW)


any_text = st.text(st.characters())


@given(plain=any_text, place=st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back(keyring: Keyring, plain: str, place: str) -> None:
    key = loose_key(keyring, 1)
    sealed = keyring.seal(key, place, plain)
    assert keyring.open_text(key, place, sealed) == plain


@given(plain=st.binary())
def test_any_bytes_come_back_and_never_look_the_same_twice(
    keyring: Keyring,
    plain: bytes,
) -> None:
    key = loose_key(keyring, 1)
    sealed = keyring.seal(key, PLACE, plain)
    assert keyring.open_bytes(key, PLACE, sealed) == plain
    assert sealed != keyring.seal(key, PLACE, plain)


@given(first=any_text, second=any_text)
def test_value_moved_to_another_row_or_column_is_refused(
    keyring: Keyring,
    first: str,
    second: str,
) -> None:
    one, two = loose_key(keyring, 1), loose_key(keyring, 2)
    sealed = keyring.seal(one, PLACE, first)
    keyring.seal(two, PLACE, second)
    same_key_as_one = DataKey(id=2, wrapped=one.wrapped)
    for key, place in ((two, PLACE), (one, "hit.reasons"), (same_key_as_one, PLACE)):
        code = code_of(lambda k=key, p=place: keyring.open_text(k, p, sealed))  # type: ignore[misc]
        assert code == "sealed_tampered"


@given(data=st.data())
def test_changed_or_shortened_value_is_refused(
    keyring: Keyring,
    data: st.DataObject,
) -> None:
    key = loose_key(keyring, 1)
    sealed = bytearray(keyring.seal(key, PLACE, "Signe Abildtorp-Vang"))
    if data.draw(st.booleans()):
        sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1
    else:
        del sealed[data.draw(st.integers(0, len(sealed) - 1)) :]
    changed = bytes(sealed)
    code = code_of(lambda: keyring.open_bytes(key, PLACE, changed))
    assert code == "sealed_tampered"


def test_new_key_is_stored_wrapped(session: Session, own: Keyring) -> None:
    key = make_key(session)
    assert key.id is not None
    assert key.wrapped is not None
    assert len(own._unwrap(key)) == 32
    assert own._unwrap(key) not in key.wrapped


def test_destroyed_key_opens_nothing(session: Session, own: Keyring) -> None:
    key = make_key(session)
    sealed = own.seal(key, PLACE, "text")
    own.destroy(key, NOW)
    session.commit()
    assert (key.wrapped, key.destroyed_at) == (None, NOW)
    assert code_of(lambda: own.open_text(key, PLACE, sealed)) == "key_destroyed"
    assert code_of(lambda: own.seal(key, PLACE, "more")) == "key_destroyed"


def test_destroying_twice_keeps_the_first_moment(
    session: Session,
    own: Keyring,
) -> None:
    key = make_key(session)
    own.destroy(key, NOW)
    own.destroy(key, NOW.replace(year=2030))
    assert key.destroyed_at == NOW


def test_key_of_another_file_is_recognised(
    session: Session,
    own: Keyring,
    tmp_path: Path,
) -> None:
    key = make_key(session)
    sealed = own.seal(key, PLACE, "text")
    other = Keyring.create(tmp_path / "other.keys")
    assert code_of(lambda: other.open_text(key, PLACE, sealed)) == "key_wrong"


def test_session_without_keyring_is_told(session: Session) -> None:
    del session.info["keyring"]
    assert code_of(lambda: keyring_of(session)) == "keyring_missing"


class TestKeyFile:
    def test_created_file_is_for_the_owner_alone(self, tmp_path: Path) -> None:
        keyring = Keyring.create(tmp_path / "keys")
        assert keyring.path.stat().st_mode & 0o777 == 0o600
        assert Keyring.load(keyring.path)._lines == keyring._lines

    def test_present_file_is_never_overwritten(self, tmp_path: Path) -> None:
        path = Keyring.create(tmp_path / "keys").path
        before = path.read_bytes()
        assert code_of(lambda: Keyring.create(path)) == "key_file_exists"
        assert path.read_bytes() == before

    def test_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "no" / "keys"
        assert code_of(lambda: Keyring.create(path)) == "key_file_unwritable"
        assert code_of(lambda: Keyring.load(path)) == "key_file_missing"

    def test_folder_in_its_place_is_told(self, tmp_path: Path) -> None:
        assert code_of(lambda: Keyring.load(tmp_path)) == "key_file_missing"

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
    def test_file_open_to_others_is_refused(self, tmp_path: Path, mode: int) -> None:
        path = Keyring.create(tmp_path / "keys").path
        path.chmod(mode)
        assert code_of(lambda: Keyring.load(path)) == "key_file_open"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "key_file_empty"),
            (b"\n \n", "key_file_empty"),
            (b"not a key\n", "key_file_bad"),
            (b"\xff\xfe\x00\n", "key_file_bad"),
            (b"A" * 40 + b"\n", "key_file_bad"),
        ],
    )
    def test_malformed_file_is_refused(
        self,
        tmp_path: Path,
        content: bytes,
        code: str,
    ) -> None:
        path = tmp_path / "keys"
        path.write_bytes(content)
        path.chmod(0o600)
        assert code_of(lambda: Keyring.load(path)) == code

    def test_line_of_the_bad_key_is_named(self, tmp_path: Path) -> None:
        path = Keyring.create(tmp_path / "keys").path
        path.write_bytes(path.read_bytes() + b"oops\n")
        with pytest.raises(KeyProblem) as caught:
            Keyring.load(path)
        assert caught.value.reason.params["line"] == 2

    def test_full_disk_leaves_no_half_file(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def full(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        path = tmp_path / "keys"
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            assert code_of(lambda: Keyring.create(path)) == "key_file_unwritable"
        assert not path.exists()

    def test_file_that_cannot_be_read_is_told(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def broken(path: Path) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        path = Keyring.create(tmp_path / "keys").path
        monkeypatch.setattr(Path, "read_bytes", broken)
        assert code_of(lambda: Keyring.load(path)) == "key_file_missing"

    def test_nothing_is_sealed_anew_once_the_file_is_gone(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        own.path.unlink()
        assert code_of(lambda: make_key(session)) == "key_file_missing"


class TestFingerprint:
    def test_equal_texts_are_equal_in_every_process(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        first = own.fingerprint(session, "post", "a", "b")
        session.commit()
        assert len(first) == 32
        again = Keyring.load(own.path)
        assert again.fingerprint(session, "post", "a", "b") == first

    def test_purpose_order_and_split_of_parts_count(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        values = {
            own.fingerprint(session, *parts)
            for parts in (
                ("post", "a", "b"),
                ("post", "b", "a"),
                ("post", "ab"),
                ("post", "a", "b", ""),
                ("page", "a", "b"),
                ("posta", "b"),
                ("post", "\ud800"),
            )
        }
        assert len(values) == 7

    def test_index_key_lost_in_a_rollback_is_not_used_on(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        own.fingerprint(session, "post", "a")
        session.rollback()
        first = own.fingerprint(session, "post", "a")
        session.commit()
        session.info.pop("index_key")
        assert own.fingerprint(session, "post", "a") == first
        assert len(session.scalars(select(DataKey)).all()) == 1

    def test_two_processes_never_have_two_index_keys(
        self,
        session: Session,
        own: Keyring,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        first = own.fingerprint(session, "post", "a")
        session.info.pop("index_key")
        with monkeypatch.context() as patched:  # as if the look-up came too early
            patched.setattr(session, "scalar", lambda query: None)
            assert own.fingerprint(session, "post", "a") == first


class TestRotation:
    def test_everything_opens_before_and_after_the_old_key_is_dropped(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        key, gone = make_key(session), make_key(session)
        own.destroy(gone, NOW)
        sealed = own.seal(key, PLACE, "text")
        mark = own.fingerprint(session, "post", "a")
        old = own.path.read_bytes()
        assert own.rotate(session) == 2
        session.commit()
        assert own.path.read_bytes().endswith(old)
        assert own.open_text(key, PLACE, sealed) == "text"
        assert own.drop_old(session) == 1
        session.commit()
        assert old not in own.path.read_bytes()
        fresh = Keyring.load(own.path)
        assert fresh.open_text(key, PLACE, sealed) == "text"
        assert fresh.fingerprint(session, "post", "a") == mark
        assert own.path.stat().st_mode & 0o777 == 0o600

    def test_crash_before_the_commit_loses_nothing(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        key = make_key(session)
        sealed = own.seal(key, PLACE, "text")
        session.commit()
        own.rotate(session)
        session.rollback()
        fresh = Keyring.load(own.path)
        assert fresh.open_text(key, PLACE, sealed) == "text"
        assert code_of(lambda: fresh.drop_old(session)) == "rotation_unfinished"
        fresh.rotate(session)
        session.commit()
        assert fresh.drop_old(session) == 2

    def test_process_that_runs_on_takes_up_the_new_keys(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        running = Keyring.load(own.path)
        key = make_key(session)
        sealed = own.seal(key, PLACE, "text")
        own.rotate(session)
        own.drop_old(session)
        assert running.open_text(key, PLACE, sealed) == "text"

    def test_running_process_wraps_new_keys_with_the_new_key(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        running = Keyring.load(own.path)
        own.rotate(session)
        running.new_key(session, KeyScope.HIT, NOW)
        assert own.drop_old(session) == 1

    def test_left_over_of_a_crashed_rotation_is_no_obstacle(
        self,
        session: Session,
        own: Keyring,
    ) -> None:
        own.path.with_name("own.keys.new").write_text("half a k")
        assert own.rotate(session) == 0
        assert len(Keyring.load(own.path)._lines) == 2

    def test_file_that_cannot_be_replaced_leaves_the_old_keys_at_work(
        self,
        session: Session,
        own: Keyring,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def full(descriptor: int) -> None:
            raise OSError("no number")

        key = make_key(session)
        sealed = own.seal(key, PLACE, "text")
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            assert code_of(lambda: own.rotate(session)) == "key_file_unwritable"
        assert own.open_text(key, PLACE, sealed) == "text"
        assert len(Keyring.load(own.path)._lines) == 1


def test_destroyed_key_is_not_in_the_file_any_more(sqlite: Database) -> None:
    with sqlite.begin() as session:
        key = make_key(session)
        wrapped = key.wrapped
        number = key.id
    path = Path(sqlite.url.database or "")
    assert wrapped is not None
    sqlite.scrub()
    assert wrapped in path.read_bytes()
    with sqlite.begin() as session:
        keyring_of(session).destroy(session.get_one(DataKey, number), NOW)
    sqlite.scrub()
    files = path.parent.glob(f"{path.name}*")
    assert not any(wrapped in file.read_bytes() for file in files)
