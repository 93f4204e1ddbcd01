"""What bound phones are told; it waits in the database until their channel takes it."""

from __future__ import annotations

from typing import Final, Literal

from sqlalchemy.orm import Session

from hall.binding.models import Binding, ChannelMessage
from hall.people.models import Account

Kind = Literal["bound", "rebound", "unbound"]

MY_PAGE: Final = "/me"
OBJECTION: Final = "/phone/object/"


def put(session: Session, to: Binding, kind: Kind, at: int, number: str = "", path: str = MY_PAGE) -> None:
    """A message to the phone of ``to``, in the language of its account. ``number`` is the kiosk's.

    ``path`` is what it leads to. Where the phone's name is erased there is nobody to tell.
    """
    if to.openid is None:
        return
    language = session.get_one(Account, to.account).language
    session.add(
        ChannelMessage(
            channel=to.channel, openid=to.openid, kind=kind, language=language, number=number, at=at, path=path, next=at
        )
    )
