"""Single facts about the hall itself, and versions that never go back."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from hall.models import HallMark

INCARNATION: Final = "incarnation"
"""Grows with every restore; kiosks see it in the lease and the trail shows it."""

EPOCH_FLOOR: Final = "epoch-floor"
"""The least epoch that is given out: above all that a lost database may have given."""

KIOSK_FLOOR: Final = "kiosk-floor"
"""Kiosk numbers up to here may have been given by a lost database."""

NUMBER_FLOOR: Final = "number-floor"
"""Ticket numbers up to here may have been leased by a lost database, on ``RESTORED_DAY`` and the day after."""

RESTORED_DAY: Final = "restored-day"


def text(session: Session, key: str) -> str:
    """The value of ``key``; empty where it was never set."""
    mark = session.get(HallMark, key)
    return mark.value if mark else ""


def number(session: Session, key: str) -> int:
    """The value of ``key`` as a number; 0 where it was never set."""
    return int(text(session, key) or 0)


def put(session: Session, key: str, value: str | int) -> None:
    session.merge(HallMark(key=key, value=str(value)))


def version(session: Session, name: str, digest: str) -> int:
    """The version of the document ``name`` whose content hashes to ``digest``: one more whenever that changed."""
    now, seen = number(session, f"{name}-version"), text(session, f"{name}-digest")
    if seen != digest:
        now += 1
        put(session, f"{name}-version", now)
        put(session, f"{name}-digest", digest)
    return now
