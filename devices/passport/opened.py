"""A passport, from its application to who is named: each step only where the one before it held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from devices.card import tlv
from devices.card.apdu import Card, Garbled
from devices.holder import Document, Holder, Proof
from devices.passport import active, bac, chip, files, keys, mrz
from devices.passport import security as sod
from devices.passport.channel import Channel
from devices.passport.faults import Forged, NotPassport, Unverifiable
from devices.passport.keys import PublicKey
from devices.passport.mrz import AccessKey, BadLines, Lines
from devices.passport.security import Security
from devices.passport.trust import Trust

_Told = TypeVar("_Told")


class Opened:
    """A chip that was read, and its session. ``repr`` names nobody."""

    def __init__(self, holder: Holder, channel: Channel) -> None:
        self.holder = holder
        self._channel = channel

    def still(self, card: Card) -> bool:
        """Whether the same chip still lies there and its session was never broken off. Two commands.

        False for another chip, and for the same one after a reset: it must be
        opened anew. Raises ``NoAnswer`` where the link breaks.
        """
        try:
            files.begun(self._channel, card, files.HOLDER)
        except Garbled:
            return False
        return True


def unlock(card: Card, key: AccessKey, trust: Trust, today: date) -> Opened:
    """Open the chip with what its printed lines say, and find out who it names and what stands behind it.

    ``today`` says only which century two digits mean; whether the passport has
    expired is for the caller. Raises ``NotPassport``, ``WrongKey``, ``Forged``,
    ``Garbled``, ``NoAnswer``.
    """
    channel = _anew(card, key)
    group = files.read(channel, card, files.HOLDER)
    lines = _lines(group, key, today)
    proof = Proof.CLAIM
    try:
        security = sod.security(files.read(channel, card, files.SECURITY))
        security.hold(_number(files.HOLDER), group)
        security.authenticate(trust, lines.state)
    except Unverifiable:
        pass
    else:
        proof, channel = _of_chip(channel, card, security)
        if not channel.open:  # asking cost the session
            channel = _anew(card, key)
    return Opened(_holder(lines, proof), channel)


def _anew(card: Card, key: AccessKey) -> Channel:
    if not bac.selected(card):
        raise NotPassport("no application")
    return bac.opened(card, key)


def _lines(group: bytes, key: AccessKey, today: date) -> Lines:
    """What DG1 says. Raises ``Forged`` where it is not what the document has printed on it."""
    zone = tlv.one(tlv.one(group, files.HOLDER.tag), 0x5F1F)
    if len(zone) != 2 * mrz.LINE:
        raise NotPassport("another kind of document")
    try:
        lines = mrz.lines_in(zone.decode("ascii"), today)
    except (BadLines, UnicodeDecodeError):
        raise Garbled("lines that break the rules") from None
    if lines.key != key:
        raise Forged("another document in the chip than on the page")
    return lines


def _of_chip(channel: Channel, card: Card, security: Security) -> tuple[Proof, Channel]:
    """Whether the chip proves that it is no copy, by the means that the state signed; and the session from then on.

    Raises ``Forged`` where it has such means and does not prove it.
    """
    says = chip.ChipSays(None, None)
    try:
        if _number(files.CHIP_KEYS) in security.groups:
            says = _known(chip.told, _signed(channel, card, security, files.CHIP_KEYS))
        if says.key is not None:
            channel = chip.agreed(channel, card, says.key)
            _first_answer(channel, card)
            return Proof.GENUINE, channel
        if _number(files.ACTIVE_KEY) in security.groups:
            key = _known(_active_key, _signed(channel, card, security, files.ACTIVE_KEY))
            active.prove(channel, card, key, says.active_digest)
            return Proof.GENUINE, channel
    except Unverifiable:
        pass
    return Proof.SIGNED, channel


def _signed(channel: Channel, card: Card, security: Security, file: files.File) -> bytes:
    try:
        group = files.read(channel, card, file)
    except files.Missing:
        raise Forged("a chip without a file that was signed into it") from None
    security.hold(_number(file), group)
    return group


def _known(read: Callable[[bytes], _Told], signed: bytes) -> _Told:
    """What is in a file that the state signed; what cannot be read there is its own way, and no forgery."""
    try:
        return read(signed)
    except Garbled:
        raise Unverifiable("means that are not known") from None


def _active_key(group: bytes) -> PublicKey:
    return keys.public_key(tlv.one(group, files.ACTIVE_KEY.tag))


def _first_answer(channel: Channel, card: Card) -> None:
    """Raises ``Forged`` where whoever answers has not the keys that were agreed on with the chip."""
    try:
        files.begun(channel, card, files.HOLDER)
    except Garbled:
        raise Forged("a chip that has not the key of its passport") from None


def _holder(lines: Lines, proof: Proof) -> Holder:
    return Holder(
        name=lines.name,
        number=lines.number,
        document=Document.PASSPORT,
        sex=lines.sex,
        birth=lines.birth,
        expires=lines.expires,
        proof=proof,
        state=lines.state,
    )


def _number(file: files.File) -> int:
    """Of the data group in this file."""
    return file.identifier & 0xFF
