"""Who read which data of whom, when and why: the only place that writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy.orm import Session

from hall.people.models import DataRead

Kind = Literal["kiosk", "clerk", "department", "hall", "phone", "paper"]

What = Literal[
    "account",
    "number",
    "name",
    "document",
    "birth",
    "expiry",
    "tickets",
    "matters",
    "certificates",
    "bindings",
    "record",
    "trail",
    "level",
]
"""What can be read of a person; each has its words in ``hall/web/words.toml``."""

Why = Literal[
    "registered",
    "card-laid",
    "my-page",
    "page-printed",
    "binding",
    "real-name",
    "ticket-linked",
    "called",
    "certificate-registered",
    "certificate-opened",
    "pdf",
    "record",
    "conflict",
    "objection",
    "sign-in",
]

WHATS: Final[tuple[What, ...]] = get_args(What)
WHYS: Final[tuple[Why, ...]] = get_args(Why)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Who:
    """Who reads: a kiosk by its id, a clerk by name, a department by its id, a phone by its masked account; the
    hall itself and who holds a paper have no name."""

    kind: Kind
    name: str = ""


def read(
    session: Session, account_id: str, at: int, who: Who, what: tuple[What, ...], why: Why, about: str | None = None
) -> None:
    """Write down that ``who`` read ``what`` of an account, in the transaction of the reading itself.

    ``about`` is the ticket, certificate or other thing it was read for. ``at`` is milliseconds since 1970.
    """
    session.add(
        DataRead(
            account=account_id,
            at=at,
            who_kind=who.kind,
            who=who.name[:64],
            what=",".join(what),
            why=why,
            about=about[:64] if about else None,
        )
    )
