"""A kiosk says how it is and hears how the hall is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall import bundles, leases, marks, queue
from hall.certificates import publishing
from hall.models import Kiosk, Told
from hall.state import Hall
from hall.tickets import State, Ticket
from hall.wire import Heartbeat


def heard(session: Session, hall: Hall, kiosk: Kiosk, beat: Heartbeat) -> None:
    """Keep what the kiosk says of itself, and never lease a number again that it holds."""
    kiosk.seen, kiosk.said = hall.now(), beat.at
    kiosk.version, kiosk.sqlite, kiosk.paper = beat.version, beat.sqlite, beat.paper
    kiosk.faults = list(beat.faults)
    kiosk.outbox, kiosk.oldest = beat.outbox, beat.oldest
    for day, letter, _, last in beat.leases:
        if day == hall.today():
            leases.seen(session, day, letter, last, hall.settings.restore_gap)


def board(session: Session, hall: Hall, kiosk: Kiosk, counter: int) -> dict[str, Any]:
    """The payload of the answer: queues, who of today's card holders waits, and what they are to be told."""
    if publishing.due(session, hall):
        publishing.publish(session, hall)
    day = hall.today()
    rows = session.scalars(
        select(Ticket).where(Ticket.day == day, Ticket.state == State.WAITING).order_by(Ticket.turn, Ticket.id)
    ).all()
    usual = hall.queues
    people = dict.fromkeys(usual, 0)
    for ticket in rows:
        people[ticket.queue] = people.get(ticket.queue, 0) + 1
    told = session.scalars(select(Told).where(Told.day == day).order_by(Told.id))
    return {
        "kiosk": kiosk.id,
        "epoch": kiosk.epoch,
        "counter": counter,
        "as_of": hall.now(),
        "day": day,
        "bundle": bundles.bundle_version(session),
        "sheet": bundles.sheet_version(session, hall),
        "index": publishing.version(session),
        "incarnation": marks.number(session, marks.INCARNATION),
        "watermark": kiosk.watermark,
        "queues": {
            letter: {
                "waiting": count,
                "minutes": queue.estimate(session, day, letter, count, usual.get(letter, queue.USUAL_MINUTES)),
            }
            for letter, count in people.items()
        },
        "waiting": [
            {
                "person": ticket.person,
                "number": ticket.number,
                "queue": ticket.queue,
                "matters": ticket.matters,
                "at": ticket.at,
            }
            for ticket in rows
            if ticket.person is not None
        ],
        "told": [{"person": row.person, "text": {"zh": row.text_zh, "en": row.text_en}} for row in told],
    }
