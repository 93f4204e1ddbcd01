"""Handing waiting messages to their channels, outside any transaction of somebody who waits."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from hall.binding.models import ChannelMessage
from hall.channels import ChannelDown, Channels, CodeRefused
from hall.state import Hall
from hall.web.words import Tongue, say

TRIES: Final = 8
"""After which a message is given up: a day and a half of tries."""
FIRST_WAIT_MS: Final = 60_000
LONGEST_WAIT_MS: Final = 12 * 3_600_000
AT_ONCE: Final = 20
"""Messages that are tried in one go."""


def send_due(hall: Hall, channels: Channels) -> int:
    """Deliver what is due; how many were. What a channel did not take is tried again, later each time."""
    sent = 0
    for message in _due(hall):
        channel = channels.get(message.channel)
        try:
            taken = channel is None or _deliver(hall, message, channels)
        except (ChannelDown, CodeRefused):
            continue
        sent += taken and channel is not None
        with hall.store.writing() as session:
            again = session.get(ChannelMessage, message.id)
            if again is not None:
                session.delete(again)
    return sent


def _due(hall: Hall) -> list[ChannelMessage]:
    """Messages to try now; each is put off before it is tried, so that two who deliver never send it twice."""
    now = hall.now()
    with hall.store.writing() as session:
        due = session.scalars(
            select(ChannelMessage).where(ChannelMessage.next <= now).order_by(ChannelMessage.id).limit(AT_ONCE)
        ).all()
        for message in due:
            message.tries += 1
            message.next = now + min(FIRST_WAIT_MS * 4 ** (message.tries - 1), LONGEST_WAIT_MS)
            if message.tries > TRIES:
                session.delete(message)
        return [message for message in due if message.tries <= TRIES]


def _deliver(hall: Hall, message: ChannelMessage, channels: Channels) -> bool:
    tongue = Tongue.ZH if message.language.startswith("zh") else Tongue.EN
    at = datetime.fromtimestamp(message.at / 1000, hall.settings.zone).strftime("%m-%d %H:%M")
    return channels[message.channel].deliver(
        message.openid,
        say(f"message-{message.kind}", tongue),
        say(f"message-{message.kind}-text", tongue, time=at, number=message.number),
        hall.settings.url + message.path,
    )
