"""The one file that survives: SQLite, one owner, one writer, every write a transaction.

A file that cannot be trusted (truncated, bits flipped, from a newer version
that did more than expand) is moved aside under another name and a new store
begun; ``Store.replaced`` says so. What ``transaction`` committed survives a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from offline_cache.database import Database
from offline_cache.faults import Fault
from offline_cache.hold import Held, hold
from offline_cache.schema import APPLICATION_ID, MIGRATIONS
from offline_cache.trust import doubt

PAGE: Final = 4_096
LARGEST: Final = 256 * 1024 * 1024
"""Bytes the store may take on disk; beyond it a write raises ``StoreFull``."""

QUARANTINED: Final = 3
"""Files put aside that are kept for a technician; older ones are erased."""


class StoreError(Exception):
    """``fault`` says what is wrong. The transaction it came out of left nothing behind."""

    def __init__(self, fault: Fault, why: str) -> None:
        super().__init__(f"{fault.value}: {why}")
        self.fault = fault


class StoreFull(StoreError):
    """No room on the disk or within the store's bounds."""

    def __init__(self, why: str) -> None:
        super().__init__(Fault.STORE_FULL, why)


class StoreDamaged(StoreError):
    """The file broke while it was open; opening it again puts it aside."""

    def __init__(self, why: str) -> None:
        super().__init__(Fault.STORE_REPLACED, why)


class StoreInUse(Exception):
    """Another process has this store open."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A store that could not be trusted, where it lies now, and why."""

    moved_to: Path
    why: str


class Store:
    """The open store. Use it from any thread; writers wait for each other."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        """Open or make the store. Raises ``StoreInUse``; ``StoreError`` where the folder cannot be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            held = hold(path.with_suffix(".lock"))
        except OSError as error:
            raise StoreError(Fault.STORE_FULL, type(error).__name__) from error
        if held is None:
            raise StoreInUse(path.name)
        self._held: Held = held
        self._lock = threading.RLock()
        self._path = path
        self.replaced: Replaced | None = None
        try:
            try:
                self._db = _opened(path, largest)
            except StoreDamaged as damage:
                self.replaced = Replaced(_put_aside(path), str(damage))
                self._db = _opened(path, largest)
        except BaseException:
            self._held.release()
            raise

    @property
    def folder(self) -> Path:
        return self._path.parent

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """All or nothing, and durable at its end. Raises ``StoreFull``, ``StoreDamaged``, ``StoreError``."""
        with self._lock:
            try:
                with self._db.atomic():
                    yield self._db
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise typed(error, self.folder) from error

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds, read at once."""
        with self._lock:
            try:
                return self._db.execute(sql, values).fetchall()
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise typed(error, self.folder) from error

    def checkpoint(self) -> None:
        """Fold the log into the file and empty it, so that what was erased is gone there too."""
        with self._lock, suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def forget_put_aside(self, before: int) -> None:
        """Erase damaged files put aside before that time, milliseconds since 1970: what is in them ages too."""
        for old in _asides(self._path):
            with suppress(FileNotFoundError):
                if old.stat().st_ctime * 1000 < before:
                    _erase(old)

    def close(self) -> None:
        with self._lock:
            with suppress(sqlite3.Error):
                self._db.conn.close()
            self._held.release()


def typed(error: sqlite3.Error | UnicodeDecodeError, folder: Path) -> StoreError:
    """The store's word for an SQLite error. It quotes no values.

    A table or a complaint of SQLite that is no UTF-8 comes of flipped bits.
    """
    if isinstance(error, UnicodeDecodeError):
        return StoreDamaged("text that is no text")
    code = getattr(error, "sqlite_errorcode", 0)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return StoreFull(name)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreDamaged(name)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if _no_room(folder):
            return StoreFull(name)
    return StoreError(Fault.STORE_FULL, name)


def _no_room(folder: Path) -> bool:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < 64 * PAGE


def _opened(path: Path, largest: int) -> Database:
    """The database, checked and brought to this version. Raises ``StoreDamaged``, ``StoreFull``."""
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, check_same_thread=False, cached_statements=256)
        for pragma in (
            "busy_timeout = 5000",  # first: the next ones may already meet a lock
            "trusted_schema = OFF",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
            f"journal_size_limit = {1024 * PAGE}",
            f"max_page_count = {largest // PAGE}",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        database = Database(connection, execute_plugins=False)
        if why := doubt(connection, MIGRATIONS):
            raise StoreDamaged(why)
        _migrate(database)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if connection is not None:
            connection.close()
        raise typed(error, path.parent) from error
    except StoreError:
        if connection is not None:
            connection.close()
        raise
    return database


def _migrate(database: Database) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    for number, step in enumerate(MIGRATIONS[version:], version + 1):
        with database.atomic():
            for statement in step.statements:
                database.execute(statement)
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {number}")


def _put_aside(path: Path) -> Path:
    aside = max((int(old.suffix[1:]) for old in _asides(path)), default=0) + 1
    target = path.with_name(f"{path.name}.damaged.{aside:04d}")
    for tail in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.replace(f"{path}{tail}", f"{target}{tail}")
    os.replace(path, target)
    for old in _asides(path)[:-QUARANTINED]:
        _erase(old)
    return target


def _erase(old: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        Path(f"{old}{tail}").unlink(missing_ok=True)


def _asides(path: Path) -> list[Path]:
    return sorted(old for old in path.parent.glob(f"{path.name}.damaged.*") if old.suffix[1:].isdigit())
