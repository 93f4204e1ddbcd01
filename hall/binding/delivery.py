"""Handing waiting messages to their channels, outside any transaction and while nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select

from hall.binding.models import ChannelMessage
from hall.channels import ChannelDown, Channels, CodeRefused
from hall.state import Hall
from hall.web.words import Tongue, say

TRIES: Final = 8
"""After which a message is given up: about thirty hours after the first."""
FIRST_WAIT_MS: Final = 60_000
LONGEST_WAIT_MS: Final = 12 * 3_600_000
CALLED_MS: Final = 10 * 60_000
"""For which it is news that a ticket is called."""


def never() -> bool:
    return False


def send_due(hall: Hall, channels: Channels, stopped: Callable[[], bool] = never) -> int:
    """Deliver what is due; how many were. What a channel did not take is tried again, later each time.

    A channel that is down is not asked again in this round, and nothing is once it ``stopped``.
    """
    sent, down = 0, set[str]()
    while not stopped() and (message := _claimed(hall, down)) is not None:
        try:
            taken = message.channel in channels and _deliver(hall, message, channels)
        except (ChannelDown, CodeRefused):
            down.add(message.channel)
            if message.tries < TRIES:
                continue
            taken = False
        sent += taken
        with hall.store.writing() as session:
            session.execute(delete(ChannelMessage).where(ChannelMessage.id == message.id))
    return sent


def _claimed(hall: Hall, down: Set[str]) -> ChannelMessage | None:
    """The next message to try; it is put off before it is tried, so that two who deliver never send it twice."""
    now = hall.now()
    late = (ChannelMessage.kind.in_(("called", "called-look"))) & (ChannelMessage.at < now - CALLED_MS)
    wanted = select(ChannelMessage).where(ChannelMessage.next <= now, ChannelMessage.channel.not_in(down))
    with hall.store.reading() as session:  # most rounds find nothing, and need not wait for whoever writes
        if session.scalar(wanted.limit(1)) is None:
            return None
    with hall.store.writing() as session:
        session.execute(delete(ChannelMessage).where(late))
        message = session.scalar(wanted.order_by(ChannelMessage.id).limit(1))
        if message is not None:
            message.tries += 1
            message.next = now + min(FIRST_WAIT_MS * 4 ** (message.tries - 1), LONGEST_WAIT_MS)
        return message


def _deliver(hall: Hall, message: ChannelMessage, channels: Channels) -> bool:
    tongue = Tongue.ZH if message.language.startswith("zh") else Tongue.EN
    at = datetime.fromtimestamp(message.at / 1000, hall.settings.zone)
    title, text = words(message.kind, tongue, at, message.number, message.counter)
    return channels[message.channel].deliver(message.openid, title, text, hall.settings.url + message.path)


def words(kind: str, tongue: Tongue, at: datetime, number: str, counter: str) -> tuple[str, str]:
    """Title and text of a message; a channel may take no more than 20 characters of each."""
    told = {"time": f"{at:%m-%d %H:%M}", "number": number, "counter": counter}
    return say(f"message-{kind}", tongue, **told), say(f"message-{kind}-text", tongue, **told)
