"""Channels to a person's phone: who is holding it, whether it is theirs by name, and a word to it.

A channel is an account that people carry in their phone and that somebody else vouches for: WeChat here; SMS, a
mini-program or 粤省事 is one more file with a class of this shape and one line in ``table.CHANNELS``.

Every call has a deadline. What fails is ``ChannelDown``, and then nothing is known; or ``CodeRefused``, and
then the person begins again. Neither carries anything of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Named(NamedTuple):
    """What people call the channel."""

    zh: str
    en: str


class ChannelDown(Exception):
    """The far side did not answer in time, or not as its interface says. The text names the rule and quotes nothing."""


class CodeRefused(Exception):
    """The far side does not know the code: used, old, or made for somebody else."""


@dataclass(frozen=True, slots=True)
class PhoneAccount:
    """One account of a channel: ``openid`` is its name for this hall alone."""

    channel: str
    openid: str = field(repr=False)
    shown: str = field(repr=False)
    """The nickname, masked: enough for its owner to know it, too little for others."""


class Channel(Protocol):
    """What the hall asks of a channel; each instance may be used by many threads."""

    @property
    def name(self) -> str:
        """As it stands in ``hall.toml``, in the database and on the wire: ``wechat``."""

    @property
    def words(self) -> Named: ...

    def authorise_url(self, redirect: str, state: str) -> str:
        """Where a phone is sent to say whose it is; it comes back to ``redirect`` with ``code`` and ``state``."""

    def exchange(self, code: str) -> PhoneAccount:
        """Whose ``code`` this is; good once. Raises ``ChannelDown``, ``CodeRefused``."""

    def consent_url(self, redirect: str) -> str:
        """Where a phone is sent to let the hall compare name and number; it comes back to ``redirect`` with ``code``.

        Raises ``ChannelDown``.
        """

    def real_name(self, openid: str, code: str, name: str, number: str) -> bool:
        """Whether the channel vouches that ``openid`` is the account of exactly this person; ``code`` is good once.

        False for another person, and for an account or a document that the channel cannot vouch for.
        Raises ``ChannelDown``, ``CodeRefused``.
        """

    def deliver(self, openid: str, title: str, text: str, url: str) -> bool:
        """Send a message; False where the channel says that this person takes none. Raises ``ChannelDown``."""


Channels = Mapping[str, Channel]
"""The channels that ``hall.toml`` names, in its order."""
