"""Virtual cards that are nobody's document here: what else is laid on a reader.

On a contactless reader the reader itself answers some commands (FF CA, the
chip's identifier). vpcd is no contactless reader, so these cards answer for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from devices.card import strangers
from devices.card.sim_cards import VirtualCard

_OK, _NO_FILE, _NO_INSTRUCTION = b"\x90\x00", b"\x6a\x82", b"\x6d\x00"

CONTACT_ATR: Final = bytes.fromhex("3b6500002063cbaa00")


def contactless_atr(told: bytes = b"") -> bytes:
    """The answer to reset that PC/SC makes up: historical bytes (type A), or eight of ATQB and ATTRIB (type B)."""
    head = bytes([0x3B, 0x80 | len(told), 0x80, 0x01]) + told
    check = 0
    for byte in head[1:]:
        check ^= byte
    return head + bytes([check])


class Stranger(VirtualCard):
    """A card with these applications, each of which answers with ``content``.

    ``identifier``: of a contactless chip; the reader tells it where it can.
    """

    def __init__(self, atr: bytes, applications: Iterable[bytes] = (), identifier: bytes = b"") -> None:
        super().__init__(atr)
        self.applications = frozenset(applications)
        self.identifier = identifier

    def obey(self, command: bytes) -> bytes:
        match list(command):
            case [0xFF, 0xCA, 0x00, 0x00, 0x00] if self.identifier:
                return self.identifier + _OK
            case [0x00, 0xA4, 0x04, 0x00, length, *rest]:
                name = bytes(rest[:length])
                if name not in self.applications:
                    return _NO_FILE
                told = bytes([0x6F, len(name) + 2, 0x84, len(name)]) + name
                return told + _OK if self._gives(rest[length:]) else bytes([0x61, len(told)])
            case [0x00, 0xC0, 0x00, 0x00, most]:
                return bytes(most) + _OK
        return _NO_INSTRUCTION

    def _gives(self, asked: list[int]) -> bool:
        """Data in the answer to a command with data: T=1 only, on request."""
        return bool(asked)


class ResidentCard(Stranger):
    """A resident ID card on a reader without a security module: a type B chip that tells its number and no more."""

    def __init__(self, chip_id: bytes = bytes.fromhex("10e4100102030405")) -> None:
        super().__init__(contactless_atr(bytes.fromhex("d103860c00808000")), identifier=bytes(4))
        self.chip_id = chip_id

    def obey(self, command: bytes) -> bytes:
        match list(command):
            case [0x00, 0x36, 0x00, 0x00, 0x08]:
                return self.chip_id + _OK
            case [0x00, 0xA4, 0x04, *_]:
                return _NO_FILE
        return super().obey(command)


def bank_card(contactless: bool = False, *, drawn: bool = False) -> Stranger:
    """``drawn``: one of those whose identifier is another one each time."""
    if not contactless:
        return Stranger(CONTACT_ATR, [strangers.DIRECTORY])
    identifier = bytes.fromhex("08a1b2c3" if drawn else "04a1b2c3d4e5f6")
    return Stranger(contactless_atr(b"\x4a\x43\x4f\x50"), [strangers.CONTACTLESS_DIRECTORY], identifier)


def transport_card(name: bytes = strangers.TRANSPORT[0]) -> Stranger:
    """It answers the payment directory too, as the newer ones do."""
    applications = [name, strangers.CONTACTLESS_DIRECTORY]
    return Stranger(contactless_atr(b"\x80\x4d\x54"), applications, bytes.fromhex("6a1b2c3d"))


def phone(wallet: bool = False) -> Stranger:
    """A phone that draws its identifier anew each time, with or without a card in its wallet."""
    applications = [strangers.CONTACTLESS_DIRECTORY] if wallet else []
    return Stranger(strangers.BARE_ATR, applications, bytes.fromhex("08d0e1f2"))
