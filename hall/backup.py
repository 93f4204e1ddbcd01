"""Copies of the database that are known to be whole, and the way back from one.

A kiosk erases what names a person only when a verified copy holds it: making
one raises each kiosk's backup watermark. Going back to one leaves out every
number, epoch and kiosk number that the lost database may have given.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from hall import marks
from hall.binding import bindings
from hall.binding.models import Binding, BindTry
from hall.certificates import restoring as certificates
from hall.certificates.restoring import ListsLost
from hall.models import EnrolmentCode, Kiosk, QueueCounter, StaffSession, Trail
from hall.oidc import shut_out
from hall.oidc.models import DepartmentClient, DepartmentCode, DepartmentToken
from hall.phone.models import PhoneDoor, PhoneSession
from hall.settings import Settings
from hall.store import Store
from hall.technicians import restoring as technicians

Found = TypeVar("Found")


class NotWhole(Exception):
    """The copy does not read back as a whole database of the hall."""


class Running(Exception):
    """Another process serves from this data folder."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the data folder: one server, or one restore, at a time. Raises ``Running``."""
    descriptor = os.open(settings.data / "hall.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Running(f"a hall is running on {settings.data}") from None
        yield
    finally:
        os.close(descriptor)


def backup(settings: Settings, now: datetime) -> Path:
    """Copy the database while it is in use, read the copy back, and tell the kiosks what it holds.

    Raises ``NotWhole``; then no watermark has moved.
    """
    settings.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    final = settings.backups / f"hall-{now:%Y%m%dT%H%M%S.%fZ}.sqlite"
    fresh = final.with_suffix(".new")
    with closing(sqlite3.connect(settings.database)) as source, closing(sqlite3.connect(fresh)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    fresh.chmod(0o600)
    watermarks = _verified(fresh)
    _sync(fresh)
    fresh.replace(final)
    _sync(final.parent)
    store = Store(settings.database)
    with closing(store), store.writing() as session:
        for kiosk, epoch, watermark in watermarks:
            session.execute(
                update(Kiosk)
                .where(Kiosk.id == kiosk, Kiosk.epoch == epoch, Kiosk.backup < watermark)
                .values(backup=watermark)
            )
        session.add(Trail(at=_ms(now), verb="backup", detail=final.name))
    return final


def restore(settings: Settings, copy: Path, now: datetime, forgetting: bool = False) -> None:
    """Put ``copy`` in the place of the database.

    Raises ``NotWhole``, ``Running`` or, but for ``forgetting``, ``ListsLost``; then nothing has changed.
    """
    with alone(settings):
        _verified(copy)
        fresh = settings.database.with_suffix(".restored")
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(fresh)) as target:
            source.backup(target)
        fresh.chmod(0o600)
        with closing(Store(fresh)) as store:
            store.migrate()
            lists = _beside(store, settings, forgetting, certificates.published)
            cards = _beside(store, settings, forgetting, technicians.published)
            today, ever = _count_restore(settings, now)
            with store.writing() as session:
                _leave_out(session, settings, today, now)
                certificates.leave_out(session, settings, lists, ever, _ms(now) // 1000)
                technicians.leave_out(session, cards, _ms(now) // 1000)
                if forgetting and (lists is None or cards is None):
                    session.add(Trail(at=_ms(now), verb="forget_revocations", detail=copy.name))
        with closing(sqlite3.connect(fresh)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
        _sync(fresh)
        for leftover in ("-wal", "-shm"):
            settings.database.with_name(settings.database.name + leftover).unlink(missing_ok=True)
        fresh.replace(settings.database)
        _sync(settings.data)


def _beside(
    store: Store, settings: Settings, forgetting: bool, published: Callable[[Session, Settings], Found | None]
) -> Found | None:
    """What was last published and lies beside the database. Raises ``ListsLost``, but for ``forgetting``."""
    try:
        with store.reading() as session:
            return published(session, settings)
    except ListsLost:
        if not forgetting:
            raise
        return None


def _leave_out(session: Session, settings: Settings, restores: int, now: datetime) -> None:
    seconds, today = _ms(now) // 1000, now.astimezone(settings.zone).date().isoformat()
    gap = settings.restore_gap * restores
    incarnation = max(marks.number(session, marks.INCARNATION) + 1, seconds)
    marks.put(session, marks.INCARNATION, incarnation)
    for document in ("bundle", "sheet"):
        # A kiosk refuses what is older than it has; versions the lost database gave are below the time now.
        marks.put(session, f"{document}-version", max(marks.number(session, f"{document}-version") + 1, seconds))
    marks.put(session, marks.RESTORED_DAY, today)
    marks.put(session, marks.NUMBER_FLOOR, gap)
    session.execute(update(QueueCounter).where(QueueCounter.day >= today).values(next=QueueCounter.next + gap))
    epochs, numbers = session.execute(select(func.max(Kiosk.epoch), func.max(Kiosk.number))).one()
    marks.put(session, marks.EPOCH_FLOOR, max((epochs or 0) + 2, marks.number(session, marks.EPOCH_FLOOR) + 1))
    marks.put(session, marks.KIOSK_FLOOR, max(int(numbers or 0), marks.number(session, marks.KIOSK_FLOOR)) + 5)
    for signed_in in (StaffSession, PhoneSession, PhoneDoor, BindTry, DepartmentCode, DepartmentToken):
        session.execute(delete(signed_in))
    session.execute(delete(EnrolmentCode).where(EnrolmentCode.used.is_(None)))
    _distrust(session, settings, _ms(now))
    session.add(Trail(at=_ms(now), verb="restore", detail=f"incarnation {incarnation}"))


def _distrust(session: Session, settings: Settings, now: int) -> None:
    """A phone that was unbound and a department that was shut out since the copy may stand in it as if nothing was.

    Phones prove nothing for a day, in which whoever had one can object; departments are shut out again by their list.
    """
    session.execute(update(Binding).where(Binding.ended.is_(None)).values(counts_from=now + bindings.WAIT_MS))
    session.execute(
        update(DepartmentClient)
        .where(DepartmentClient.id.in_(shut_out.listed(settings)), DepartmentClient.revoked.is_(None))
        .values(revoked=now)
    )


def _count_restore(settings: Settings, now: datetime) -> tuple[int, int]:
    """How often the hall was restored today, and ever, this time included; kept beside the database, which forgets."""
    path, today = settings.data / "restores", now.astimezone(settings.zone).date().isoformat()
    days = path.read_text("ascii").split() if path.exists() else []
    path.write_text("\n".join([*days, today]) + "\n", "ascii")
    _sync(path)
    return days.count(today) + 1, len(days) + 1


def _verified(path: Path) -> list[tuple[str, int, int]]:
    """The kiosks' watermarks in ``path``, read back from the disk and checked."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise NotWhole("integrity check")
            if database.execute("PRAGMA foreign_key_check").fetchall():
                raise NotWhole("foreign keys")
            short = database.execute(
                """SELECT kiosk.id FROM kiosk LEFT JOIN applied_event AS e
                   ON e.kiosk = kiosk.id AND e.epoch = kiosk.epoch
                   GROUP BY kiosk.id HAVING count(e.seq) <> kiosk.watermark"""
            ).fetchall()
            if short:
                raise NotWhole("events below a watermark are missing")
            return database.execute("SELECT id, epoch, watermark FROM kiosk").fetchall()
    except sqlite3.Error as error:
        raise NotWhole(type(error).__name__) from None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ms(now: datetime) -> int:
    return int(now.timestamp() * 1000)
