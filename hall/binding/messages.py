"""What bound phones are told; it waits in the database until their channel takes it."""

from __future__ import annotations

from typing import Final, Literal

from sqlalchemy.orm import Session

from hall.binding.models import Binding, ChannelMessage
from hall.people.models import Account

Kind = Literal["bound", "rebound", "unbound", "proved", "called", "called-look"]

MY_PAGE: Final = "/me"
OBJECTION: Final = "/phone/object/"
COUNTER: Final = 4
"""Characters of a counter's name in a message; whoever is called to one with a longer name looks at the screens."""


def put(
    session: Session, to: Binding, kind: Kind, at: int, number: str = "", path: str = MY_PAGE, counter: str = ""
) -> None:
    """A message to the phone of ``to``, in the language of its account.

    ``number`` is the kiosk's, or that of the ticket which is called to ``counter``; ``path`` is what it leads to.
    Where the phone's name is erased there is nobody to tell.
    """
    if to.openid is None:
        return
    language = session.get_one(Account, to.account).language
    session.add(
        ChannelMessage(
            channel=to.channel,
            openid=to.openid,
            kind=kind,
            language=language,
            number=number,
            counter=counter,
            at=at,
            path=path,
            next=at,
        )
    )
