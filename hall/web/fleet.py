"""The page of the kiosks: what needs a hand comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.models import AppliedEvent, Kiosk, Standing
from hall.tickets import Ticket
from hall.web.words import WORDS, Tongue, say

SILENT_MS: Final = 90_000
"""A kiosk that said nothing for so long is out of touch: three heartbeats."""

_PAPER: Final = {"ok", "low", "out"}
_HAND: Final = {"isolated", "fault", "attention"}
_RANK: Final = {"isolated": 0, "fault": 1, "attention": 2, "offline": 3, "never-heard": 4, "fine": 5, "revoked": 6}
_LOOK: Final = {
    "isolated": ("bad", "shield-alert"),
    "fault": ("bad", "circle-x"),
    "attention": ("warn", "triangle-alert"),
    "offline": ("rest", "wifi-off"),
    "never-heard": ("rest", "clock"),
    "fine": ("ok", "circle-check"),
    "revoked": ("rest", "lock"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One kiosk as the table shows it; ``word`` names its condition."""

    id: str
    place: str
    word: str
    tone: str
    icon: str
    paper: str
    outbox: str
    parked: int
    version: str
    heard: str
    remark: str
    quarantined: bool
    epoch: int


@dataclass(frozen=True, slots=True)
class Fleet:
    """All kiosks and the figures above them: word, icon, tone, figure."""

    rows: Sequence[Row]
    figures: Sequence[tuple[str, str, str, str]]
    hands: int


def condition(kiosk: Kiosk, parked: int, now: int) -> str:
    """The one word for how a kiosk is, the worst first."""
    if kiosk.state is Standing.REVOKED:
        return "revoked"
    if kiosk.state is Standing.QUARANTINED:
        return "isolated"
    if kiosk.seen is None:
        return "never-heard"
    if now - kiosk.seen > SILENT_MS:
        return "offline"
    if kiosk.faults:
        return "fault"
    return "attention" if parked or kiosk.paper == "low" else "fine"


def hands(session: Session, now: int) -> int:
    """How many kiosks need somebody to go there or decide something."""
    parked = _parked(session)
    return sum(condition(kiosk, parked.get(kiosk.id, 0), now) in _HAND for kiosk in session.scalars(select(Kiosk)))


def fleet(session: Session, tongue: Tongue, day: str, now: int) -> Fleet:
    """Every enrolled kiosk, those in need first."""
    parked = _parked(session)
    kiosks = session.scalars(select(Kiosk)).all()
    rows = [_row(kiosk, parked.get(kiosk.id, 0), tongue, now) for kiosk in kiosks]
    rows.sort(key=lambda row: (_RANK[row.word], row.id))
    words = [row.word for row in rows]
    issued = session.scalar(select(func.count()).select_from(Ticket).where(Ticket.day == day)) or 0
    oldest = max((now - kiosk.oldest for kiosk in kiosks if kiosk.oldest is not None and kiosk.outbox), default=0)
    bad = words.count("isolated") + words.count("fault")
    figures = [
        ("fault", "circle-x", "bad", str(bad)),
        ("attention", "triangle-alert", "warn", str(words.count("attention"))),
        ("offline", "wifi-off", "rest", str(words.count("offline") + words.count("never-heard"))),
        ("fine", "circle-check", "ok", str(words.count("fine"))),
        ("tickets-today", "ticket", "act", f"{issued:,}"),
        ("longest-outbox", "send", "act", _span(oldest, tongue) if oldest else "—"),
    ]
    return Fleet(rows, figures, sum(word in _HAND for word in words))


def _parked(session: Session) -> dict[str, int]:
    """Events of each kiosk that could not be applied."""
    counted = session.execute(
        select(AppliedEvent.kiosk, func.count()).where(AppliedEvent.parked.is_not(None)).group_by(AppliedEvent.kiosk)
    )
    return {kiosk: int(count) for kiosk, count in counted}


def _row(kiosk: Kiosk, parked: int, tongue: Tongue, now: int) -> Row:
    word = condition(kiosk, parked, now)
    unsent = say("pieces", tongue, n=kiosk.outbox)
    if kiosk.outbox and kiosk.oldest is not None:
        unsent += " · " + _span(now - kiosk.oldest, tongue)
    place = kiosk.place_zh if tongue is Tongue.ZH else kiosk.place_en
    return Row(
        id=kiosk.id,
        place=" ".join(filter(None, (place, say("kiosk-number", tongue, number=kiosk.number)))),
        word=word,
        tone=_LOOK[word][0],
        icon=_LOOK[word][1],
        paper=say(f"paper-{kiosk.paper}", tongue) if kiosk.paper in _PAPER else kiosk.paper or "—",
        outbox=unsent if kiosk.outbox else "0",
        parked=parked,
        version=kiosk.version or "—",
        heard=_ago(now - kiosk.seen, tongue) if kiosk.seen is not None else "—",
        remark=_remark(kiosk, parked, tongue),
        quarantined=kiosk.state is Standing.QUARANTINED,
        epoch=kiosk.epoch,
    )


def _remark(kiosk: Kiosk, parked: int, tongue: Tongue) -> str:
    if kiosk.state is Standing.QUARANTINED:
        return say("remark-fork", tongue)
    remarks = [say(f"fault-{code}", tongue) if f"fault-{code}" in WORDS else code for code in kiosk.faults]
    if parked:
        remarks.append(say("remark-parked", tongue, n=parked))
    return say("list", tongue).join(remarks)


def _ago(milliseconds: int, tongue: Tongue) -> str:
    seconds = max(milliseconds, 0) // 1000
    if seconds < 120:
        return say("ago-s", tongue, n=seconds)
    if seconds < 7200:
        return say("ago-min", tongue, n=seconds // 60)
    return say("ago-h", tongue, n=seconds // 3600)


def _span(milliseconds: int, tongue: Tongue) -> str:
    hours, minutes = divmod(max(milliseconds, 0) // 60_000, 60)
    return say("span-h", tongue, h=hours, m=minutes) if hours else say("span-min", tongue, n=minutes)
