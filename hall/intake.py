"""Taking in what happened at a kiosk: in order, once, whole.

The rule of docs/sync.md: the expected link of the chain is applied; a link that
is already there is acknowledged again; the same place with other bytes is a
fork; what lies ahead waits; what can't be applied is parked and does not dam
the rest. One call is one transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from hall.effects import Batch, Terms
from hall.models import AppliedEvent, Kiosk, Standing, Trail
from hall.poison import Poison
from hall.refusal import Refusal
from offline_cache.envelope import Event, Refused, decode, link

MOST_PARKED: Final = 500
"""Parked events that an ack names, the latest ones."""


def accept(session: Session, kiosk: Kiosk, raws: Sequence[bytes], now: int, terms: Terms) -> None:
    """Apply ``raws`` to the hall as far as the rule goes.

    Raises ``Refusal``: 400 for bytes that are no event, 403 for another kiosk's events,
    403 ``fork`` where the chain is not the one the hall knows; the kiosk is then quarantined.
    What was applied before a fork stays.
    """
    events = [_decoded(raw, kiosk) for raw in raws]
    known = _known(session, kiosk, [event.seq for event in events])
    fresh: list[tuple[Event, bytes, bytes]] = []
    watermark, head = kiosk.watermark, kiosk.head
    forked = False
    for event, raw in zip(events, raws, strict=True):
        digest = link(raw)
        if event.seq <= watermark:
            forked = known.get(event.seq) != digest
        elif event.seq == watermark + 1:
            forked = event.prev != head
            if not forked:
                fresh.append((event, raw, digest))
                known[event.seq] = digest
                watermark, head = event.seq, digest
        else:
            break
        if forked:
            break
    _apply(session, kiosk, fresh, now, terms)
    kiosk.watermark, kiosk.head = watermark, head
    if forked:
        kiosk.state = Standing.QUARANTINED
        session.add(Trail(at=now, verb="fork", detail=f"{kiosk.id} epoch {kiosk.epoch} seq {event.seq}"))
        raise Refusal(403, "fork")


def ack(session: Session, kiosk: Kiosk, counter: int, batch: int) -> dict[str, Any]:
    """The payload of the answer: what is durable here when the caller has committed."""
    parked = session.scalars(
        select(AppliedEvent.seq)
        .where(AppliedEvent.kiosk == kiosk.id, AppliedEvent.epoch == kiosk.epoch, AppliedEvent.parked.is_not(None))
        .order_by(AppliedEvent.seq.desc())
        .limit(MOST_PARKED)
    )
    return {
        "kiosk": kiosk.id,
        "epoch": kiosk.epoch,
        "counter": counter,
        "watermark": kiosk.watermark,
        "head": kiosk.head,
        "backup": kiosk.backup,
        "parked": sorted(parked),
        "expected": kiosk.watermark + 1,
        "batch": batch,
    }


def _decoded(raw: bytes, kiosk: Kiosk) -> Event:
    try:
        event = decode(raw)
    except Refused:
        raise Refusal(400, "malformed") from None
    if event.kiosk != kiosk.id or event.epoch != kiosk.epoch:
        raise Refusal(403, "wrong-kiosk")
    return event


def _known(session: Session, kiosk: Kiosk, seqs: list[int]) -> dict[int, bytes]:
    old = [seq for seq in seqs if seq <= kiosk.watermark]
    if not old:
        return {}
    rows = session.execute(
        select(AppliedEvent.seq, AppliedEvent.hash).where(
            AppliedEvent.kiosk == kiosk.id,
            AppliedEvent.epoch == kiosk.epoch,
            AppliedEvent.seq.between(min(old), max(old)),
        )
    )
    return {row.seq: row.hash for row in rows}


def _apply(session: Session, kiosk: Kiosk, fresh: list[tuple[Event, bytes, bytes]], now: int, terms: Terms) -> None:
    if not fresh:
        return
    batch = Batch(session, kiosk, [event for event, _, _ in fresh], now, terms)
    rows: list[dict[str, Any]] = []
    for event, raw, digest in fresh:
        parked: str | None = None
        try:
            batch.apply(event)
        except Poison as poison:
            parked = str(poison)
            session.add(Trail(at=now, verb="park", detail=f"{kiosk.id} seq {event.seq}: {parked}"))
        rows.append(
            {
                "kiosk": event.kiosk,
                "epoch": event.epoch,
                "seq": event.seq,
                "applied": now,
                "hash": digest,
                "raw": raw,
                "parked": parked,
            }
        )
    session.execute(insert(AppliedEvent), rows)
    batch.finish()
