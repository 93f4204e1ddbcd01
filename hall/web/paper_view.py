"""What the page of certificates shows: one certificate with its papers, and those that need somebody's eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from certificates.form import Said
from certificates.results import wording
from certificates.short_code import grouped
from certificates.verdict import Why
from hall.certificates import registry
from hall.certificates.models import Certificate, CertificateCopy, Revocation
from hall.models import Kiosk
from hall.state import Hall
from hall.web.pages import Pages
from hall.web.words import WORDS, Tongue, say

_SHOWN: Final = 50

_STANDING: Final = {
    "valid": ("ok", "circle-check"),
    "expired": ("rest", "hourglass"),
    "revoked": ("bad", "circle-x"),
}
_OUTCOME: Final = {
    "printed": ("ok", "circle-check"),
    "void": ("rest", "circle-x"),
    "uncertain": ("warn", "circle-alert"),
    "open": ("rest", "clock"),
}
"""Chip tone and icon."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One paper. ``outcome`` is the end of its word's key."""

    name: str
    paper: str
    outcome: str
    tone: str
    icon: str
    remark: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One certificate, nobody's name."""

    short: str
    grouped: str
    number: str
    title: str
    standing: str
    tone: str
    icon: str
    kiosk: str
    issued: str
    until: str
    arrived: str
    copies: Sequence[Copy]
    revoked: str
    whys: Sequence[tuple[str, str]]
    """Why it could be taken back: each ``Why`` with its words."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A paper that may not exist."""

    short: str
    number: str
    title: str
    name: str
    kiosk: str
    issued: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The first page: figures (word, icon, tone, figure) and the papers that may not exist."""

    figures: Sequence[tuple[str, str, str, str]]
    unclear: Sequence[Unclear]


class View:
    """One look at the registry."""

    def __init__(self, session: Session, hall: Hall, pages: Pages, tongue: Tongue) -> None:
        self._session, self._hall, self._pages, self._tongue = session, hall, pages, tongue

    def certificate(self, short: str) -> Shown | None:
        entry = registry.find(self._session, short)
        if entry is None:
            return None
        known, standing = entry.certificate, entry.standing(self._hall.now()).value
        return Shown(
            short=known.id,
            grouped=grouped(known.id),
            number=self._number(known),
            title=self._title(known),
            standing=standing,
            tone=_STANDING[standing][0],
            icon=_STANDING[standing][1],
            kiosk=self._kiosk(known),
            issued=self._moment(known.iat * 1000),
            until=registry.last_day(known),
            arrived=self._moment(known.arrived),
            copies=[self._copy(copy) for copy in entry.copies],
            revoked=self._revoked(entry.revocation) if entry.revocation else "",
            whys=[(why.value, self._said(said)) for why, said in wording().revoked.reasons.items()],
        )

    def desk(self, today: str) -> Desk:
        """``today`` is the hall's business date."""
        issued = self._count(select(func.count()).select_from(Certificate).where(Certificate.day == today))
        revoked = self._count(select(func.count()).select_from(Revocation))
        unclear = (
            select(CertificateCopy, Certificate)
            .join(Certificate, Certificate.id == CertificateCopy.certificate)
            .outerjoin(Revocation, Revocation.status == Certificate.status)
            .where(CertificateCopy.outcome == "uncertain", Revocation.status.is_(None))
        )
        rows = self._session.execute(unclear.order_by(Certificate.issued.desc()).limit(_SHOWN))
        count = self._count(unclear.with_only_columns(func.count(), maintain_column_froms=True))
        return Desk(
            figures=[
                ("issued-today", "file-badge", "act", f"{issued:,}"),
                ("uncertain-papers", "circle-alert", "warn", f"{count:,}"),
                ("revoked-certificates", "circle-x", "bad", f"{revoked:,}"),
            ],
            unclear=[
                Unclear(
                    short=known.id,
                    number=self._number(known),
                    title=self._title(known),
                    name=self._copy_name(copy),
                    kiosk=self._kiosk(known),
                    issued=self._moment(known.issued),
                )
                for copy, known in rows
            ],
        )

    def _copy(self, copy: CertificateCopy) -> Copy:
        outcome = copy.outcome or "open"
        tone, icon = _OUTCOME[outcome]
        fault = f"fault-{copy.fault}"
        remarks = [
            say(fault, self._tongue) if fault in WORDS else copy.fault or "",
            say("copy-late", self._tongue) if copy.late else "",
        ]
        paper = say(f"on-{copy.paper}", self._tongue)
        return Copy(
            self._copy_name(copy), paper, outcome, tone, icon, say("list", self._tongue).join(filter(None, remarks))
        )

    def _copy_name(self, copy: CertificateCopy) -> str:
        return say("copy-original" if copy.copy == 1 else "copy-number", self._tongue, n=copy.copy)

    def _number(self, known: Certificate) -> str:
        return registry.number(known, self._hall.templates[known.type, known.version])

    def _title(self, known: Certificate) -> str:
        return self._said(self._hall.templates[known.type, known.version].title)

    def _kiosk(self, known: Certificate) -> str:
        kiosk = self._session.get_one(Kiosk, known.kiosk)
        place = kiosk.place_zh if self._tongue is Tongue.ZH else kiosk.place_en
        return f"{kiosk.id} {place}".strip()

    def _revoked(self, revocation: Revocation) -> str:
        if revocation.at is None or revocation.why is None:
            return say("revoked-before-restore", self._tongue)
        who = revocation.clerk or say("the-hall", self._tongue)
        why = self._said(wording().revoked.reasons[Why(revocation.why)])
        said = say("revoked-by", self._tongue, who=who, at=self._moment(revocation.at), why=why)
        return f"{said} {revocation.note}".rstrip()

    def _said(self, said: Said) -> str:
        return said.zh if self._tongue is Tongue.ZH else said.en

    def _moment(self, at: int) -> str:
        return self._pages.moment(at).strftime("%Y-%m-%d %H:%M")

    def _count(self, query: Select[int]) -> int:
        return self._session.scalar(query) or 0
