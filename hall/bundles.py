"""What the hall publishes to its kiosks: the bundle and the sheet of the day, versioned and signed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall import marks, retention
from hall.models import DayKey
from hall.state import Hall
from hall.tickets import Booking
from offline_cache.envelope import canonical, sign


def publish(session: Session, hall: Hall) -> int:
    """The version of the catalogue that is served; grows when its content has changed since the last start."""
    return marks.version(session, "bundle", _digest(hall.content))


def bundle_version(session: Session) -> int:
    """The version that ``publish`` last gave."""
    return marks.number(session, "bundle-version")


def bundle(session: Session, hall: Hall) -> bytes:
    """The signed bundle."""
    return sign("bundle", {"version": bundle_version(session), **hall.content}, hall.keys.bundle)


def sheet_version(session: Session, hall: Hall) -> int:
    """The version of today's sheet; grows when a booking is made and when the day changes."""
    return marks.version(session, "sheet", _digest(_sheet(session, hall)))


def sheet(session: Session, hall: Hall) -> bytes:
    """Today's signed sheet: the day key and the bookings."""
    content = _sheet(session, hall)
    return sign("day", {"version": marks.version(session, "sheet", _digest(content)), **content}, hall.keys.bundle)


def day_key(session: Session, day: str) -> bytes:
    """The key that hashes the persons of ``day``, made when it is first needed."""
    known = session.get(DayKey, day)
    if known is None:
        known = DayKey(day=day, key=secrets.token_bytes(32))
        session.add(known)
        session.flush()
    return known.key


def _sheet(session: Session, hall: Hall) -> dict[str, Any]:
    day = hall.today()
    if session.get(DayKey, day) is None:
        first = datetime.combine(date.fromisoformat(day) - timedelta(days=retention.DAYS), time(), hall.settings.zone)
        retention.forget(session, first.date().isoformat(), int(first.timestamp() * 1000))
    rows = session.scalars(
        select(Booking).where(Booking.day == day).order_by(Booking.start, Booking.queue, Booking.code_hash)
    )
    return {
        "day": day,
        "key": day_key(session, day),
        "bookings": [
            {
                "code": row.code_hash,
                "person": row.person,
                "matters": row.matters,
                "queue": row.queue,
                "start": row.start,
                "end": row.end,
            }
            for row in rows
        ],
    }


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
