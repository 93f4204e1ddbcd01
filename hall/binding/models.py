"""What the hall remembers of bound phones: its tables. Times are milliseconds since 1970."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hall.models import Base


class BindTry(Base):
    """One code that a kiosk showed, and how far it came. Of the phone nothing stays when it is over."""

    __tablename__ = "bind_try"

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    """The kiosk's name for it; it stands in no code and on no phone."""
    purpose: Mapped[str] = mapped_column(String(8))
    """``bind`` or ``prove``."""
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosk.id"))
    epoch: Mapped[int]
    nonce: Mapped[bytes]
    """SHA-256 of the visit's nonce."""
    token: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of what the code says."""
    state: Mapped[str] = mapped_column(String(8))
    """``open``, ``scanned``, ``matched``, ``done`` or ``void``."""
    why: Mapped[str] = mapped_column(String(16), default="")
    """Why it is void: a word of docs/sync.md."""
    began: Mapped[int]
    until: Mapped[int]
    ended: Mapped[int | None] = mapped_column(default=None)
    door: Mapped[bytes | None] = mapped_column(default=None)
    """The phone that scanned it (``PhoneDoor.token``)."""
    channel: Mapped[str | None] = mapped_column(String(16), default=None)
    openid: Mapped[str | None] = mapped_column(String(64), default=None)
    shown: Mapped[str] = mapped_column(default="")
    consent: Mapped[str | None] = mapped_column(String(512), default=None)
    """The channel's code for one look at the real name."""
    vouched: Mapped[bool | None] = mapped_column(default=None)
    """The channel's answer; None while it was not asked."""
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong numbers so far."""
    binding: Mapped[str | None] = mapped_column(ForeignKey("binding.id"), default=None, index=True)
    """What came of it."""

    __table_args__ = (Index("bind_try_kiosk", "kiosk", "state"), Index("bind_try_began", "began"))


class Binding(Base):
    """A phone account that belongs to an account, or did."""

    __tablename__ = "binding"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    openid: Mapped[str | None] = mapped_column(String(64))
    """None thirty days after the end."""
    shown: Mapped[str]
    since: Mapped[int]
    counts_from: Mapped[int]
    """Before this moment it proves nothing."""
    ended: Mapped[int | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(String(12), default="")
    """Why it ended: ``kiosk``, ``phone``, ``objected`` or ``closed``."""
    objection: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of what the link says by which it can be stopped."""

    __table_args__ = (
        Index(
            "binding_phone",
            "channel",
            "openid",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        Index("binding_ended", "ended"),
    )


class ChannelMessage(Base):
    """A message that a channel has not taken yet; it goes when it is delivered, or given up."""

    __tablename__ = "channel_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    openid: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    """A ``messages.Kind``: its words are in ``hall/web/words.toml``."""
    language: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(12))
    """Of the kiosk, or of the ticket that is called; empty where it is about neither."""
    counter: Mapped[str] = mapped_column(String(4), default="")
    """To which a ticket is called."""
    at: Mapped[int]
    """When that happened which it tells."""
    path: Mapped[str] = mapped_column(String(80))
    """What it leads to, at the hall's address."""
    next: Mapped[int] = mapped_column(index=True)
    """It is not tried before this moment."""
    tries: Mapped[int] = mapped_column(default=0)
