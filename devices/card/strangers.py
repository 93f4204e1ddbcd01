"""Cards that are nobody's document here, by what they answer: so that a refusal names what lies there.

Asked only after "no social security card" and "no passport". No PIN, no
transaction, no record of anybody's: a question here is a SELECT, the chip id
of a resident ID card, or what the reader itself knows of the chip.

What can be told and what can't:

* A resident ID card speaks ISO 14443-B, where the usual answer to ATTRIB is not
  its own; a reader for anything else shows it with its chip id at most, or not at all.
* A bank card and a phone's wallet answer the contactless payment directory alike.
  A phone draws its identifier anew each time, four bytes that begin with 08;
  some bank cards do so too, so such an identifier together with that
  directory is called neither. Only a purchase would tell, and none is begun.
* A phone without a wallet has such an identifier, no historical bytes and no application.
  It is called a phone, though a rare chip can look the same.
* A phone that carries a transport card is that card.

Source: ISO/IEC 14443-3 (single-size identifiers that begin with 08 are drawn at
random); PC/SC part 3 (answers to reset of contactless cards, FF CA); ISO/IEC 7816-4
(SELECT); EMV book 1 and its contactless book B (the payment directories); the developers' guide to
Android's card emulation; public readers of Chinese transport cards for their names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from devices.card.apdu import Card, Garbled
from devices.reader import Fault


class Chip(Enum):
    """How the reader holds the card, and what it knows of it before asking."""

    CONTACT = "contact"
    FIXED = "contactless, the same identifier each time"
    DRAWN = "contactless, an identifier drawn at random"
    NAMELESS = "contactless, the reader does not tell"


CONTACTLESS: Final = frozenset({Chip.FIXED, Chip.DRAWN, Chip.NAMELESS})
ANY: Final = frozenset(Chip)

_CONTACTLESS_ATR: Final = re.compile(rb"\x3b[\x80-\x8f]\x80\x01", re.DOTALL)
BARE_ATR: Final = bytes.fromhex("3b80800101")
"""Of a contactless card without historical bytes."""

_IDENTIFIER: Final = bytes.fromhex("ffca0000")


@dataclass(frozen=True, slots=True)
class Probe:
    """Whoever answers ``command`` as it says is called ``fault``, if its chip is one of ``chips``.

    An empty command is answered by everybody. ``most`` is Le on a contactless card; ``bytes_told`` is
    how many bytes must come, None for any number.
    """

    fault: Fault
    chips: frozenset[Chip] = ANY
    command: bytes = b""
    most: int = 0
    bytes_told: int | None = None
    bare: bool = False
    """Only a card whose answer to reset has no historical bytes."""


def select(name: bytes) -> bytes:
    return b"\x00\xa4\x04\x00" + bytes([len(name)]) + name


CHIP_ID: Final = bytes.fromhex("00360000")
"""Of a resident ID card: eight bytes. Source: public readers of that chip's number."""

DIRECTORY: Final = b"1PAY.SYS.DDF01"
CONTACTLESS_DIRECTORY: Final = b"2PAY.SYS.DDF01"

TRANSPORT: Final = (
    bytes.fromhex("a000000632010105"),  # 交通联合, the whole country
    bytes.fromhex("a00000000386980701"),  # 城市一卡通
    b"PAY.APPY",  # 羊城通 and 岭南通, Guangzhou and around
    b"PAY.TICL",
    b"PAY.SZT",  # 深圳通
)

PROBES: Final = (
    Probe(Fault.CARD_ELSEWHERE, CONTACTLESS, CHIP_ID, most=8, bytes_told=8),
    *(Probe(Fault.PHONE, ANY, select(name)) for name in TRANSPORT),
    Probe(Fault.BANK_CARD, frozenset({Chip.CONTACT}), select(DIRECTORY)),
    Probe(Fault.BANK_CARD, frozenset({Chip.FIXED}), select(CONTACTLESS_DIRECTORY)),
    Probe(Fault.CARD_UNKNOWN, frozenset({Chip.DRAWN, Chip.NAMELESS}), select(CONTACTLESS_DIRECTORY)),
    Probe(Fault.PHONE, frozenset({Chip.DRAWN}), bare=True),
)
"""In this order: a transport card, and a bank card with one in it, answer the payment directories too."""


def named(card: Card, atr: bytes) -> Fault:
    """What the card with this answer to reset is, ``CARD_UNKNOWN`` where nobody can tell. Raises ``NoAnswer``."""
    chip = _chip(card, atr)
    for probe in PROBES:
        if chip in probe.chips and _answers(card, probe, chip, atr):
            return probe.fault
    return Fault.CARD_UNKNOWN


def _answers(card: Card, probe: Probe, chip: Chip, atr: bytes) -> bool:
    if probe.bare and atr != BARE_ATR:
        return False
    if not probe.command:
        return True
    try:
        # an answer is asked for on T=1 only: T=0 has no command with data both ways
        answer = card.send(probe.command, probe.most if chip in CONTACTLESS else None)
    except Garbled:
        return False
    return answer.ok and probe.bytes_told in (None, len(answer.data))


def _chip(card: Card, atr: bytes) -> Chip:
    if not _CONTACTLESS_ATR.match(atr):
        return Chip.CONTACT
    try:
        told = card.send(_IDENTIFIER, 0)
    except Garbled:
        return Chip.NAMELESS
    if not told.ok or not told.data:
        return Chip.NAMELESS
    return Chip.DRAWN if len(told.data) == 4 and told.data[0] == 0x08 else Chip.FIXED
