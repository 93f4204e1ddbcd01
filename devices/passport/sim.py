"""A virtual passport for a ``devices.card.sim.Slot``: bytes in, bytes out, and no code of the driver's.

Its person is nobody, its state does not exist. ``misbehave`` and
``never_answer`` are every virtual card's; ``twist`` changes true answers.
"""

from __future__ import annotations

import copy
import hashlib
import os
import time
from collections.abc import Callable
from typing import Final, Self

from devices.card.sim_cards import VirtualCard
from devices.passport import sim_session
from devices.passport.sim_der import der, split
from devices.passport.sim_keys import Active, ChipHalf, active_group, chip_group
from devices.passport.sim_page import Person
from devices.passport.sim_pki import Country
from devices.passport.sim_session import Broken, Session

__all__ = ["Active", "ChipHalf", "Country", "Passport", "Person"]

ATR: Final = bytes.fromhex("3b80800101")
"""T=1 without historical bytes, as a reader makes it up for a chip without contacts."""

COM, SOD, DG1, DG14, DG15 = 0x011E, 0x011D, 0x0101, 0x010E, 0x010F

_APPLICATION: Final = bytes.fromhex("a0000002471001")
_OK, _WRONG_KEY, _NO_FILE, _BROKEN = b"\x90\x00", b"\x63\x00", b"\x6a\x82", b"\x69\x88"
_NOT_YET, _TOO_LONG, _NO_REFERENCE, _NO_INSTRUCTION = b"\x69\x82", b"\x67\x00", b"\x6a\x88", b"\x6d\x00"
_SLOWER: Final = 0.5
"""Seconds more after each wrong key, up to ten of them."""

Twist = Callable[[bytes], bytes]


class Passport(VirtualCard):
    """A chip with the person's page, signed by the country.

    ``active`` and ``chip`` are its private keys, ``files`` its content by
    identifier; both may be changed at will. ``chains``: gives what is too long
    for a short answer in parts. ``pause`` waits that many seconds after wrong keys.
    """

    def __init__(
        self,
        person: Person,
        country: Country,
        active: Active | None = None,
        chip: ChipHalf | None = None,
        *,
        digest: str = "sha256",
        chains: bool = True,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        super().__init__(ATR)
        self.person, self.active, self.chip = person, active, chip
        groups = {1: person.group, 14: chip_group(active, chip), 15: active_group(active)}
        groups = {number: group for number, group in groups.items() if group}
        self.files = {0x0100 + number: group for number, group in groups.items()}
        self.files[SOD] = country.security_object(groups, digest)
        tags = bytes({1: 0x61, 14: 0x6E, 15: 0x6F}[number] for number in groups)
        self.files[COM] = der(0x60, der(0x5F01, b"0107"), der(0x5F36, b"040000"), der(0x5C, tags))
        self.spoken: list[bytes] = []
        """Every answer so far, oldest first."""
        self._chains, self._pause = chains, pause
        self._wrong_keys = 0
        self._twists: dict[int, Twist] = {}
        self.reset()
        self.resets = 0

    def clone(self) -> Self:
        """What a thief makes of it: all that can be read, on a chip without its private keys."""
        thief = copy.copy(self)
        thief.active = thief.chip = None
        thief.files, thief.heard, thief.spoken, thief._twists = dict(self.files), [], [], {}
        thief.misbehave(())
        thief.reset()
        return thief

    def twist(self, at: int, how: Twist) -> None:
        """Change the answer to this command, counted over the chip's life from 0."""
        self._twists[at] = how

    def reset(self) -> None:
        super().reset()
        self._selected = False
        self._challenge = b""
        self._session: Session | None = None
        self._next: Session | None = None
        self._file = b""
        self._waiting = b""

    def answer(self, command: bytes) -> bytes | None:
        twist = self._twists.get(len(self.heard))
        answer = super().answer(command)
        if answer is not None:
            answer = twist(answer) if twist else answer
            self.spoken.append(answer)
        return answer

    def obey(self, command: bytes) -> bytes:
        match list(command):
            case [0x00, 0xA4, 0x04, 0x0C, _, *name]:
                self.reset()
                self._selected = bytes(name) == _APPLICATION
                return _OK if self._selected else _NO_FILE
            case [0x00, 0x84, 0x00, 0x00, 0x08] if self._selected:
                self._challenge = os.urandom(8)
                return self._challenge + _OK
            case [0x00, 0x82, 0x00, 0x00, 0x28, *data] if self._challenge:
                return self._authenticated(bytes(data[:40]))
            case [0x00, 0xC0, 0x00, 0x00, _] if self._waiting:
                return self._part()
            case [cla, *_] if cla & 0x0C and self._session is not None:
                return self._protected(self._session, command)
        return _NOT_YET if self._selected else _NO_INSTRUCTION

    def _authenticated(self, data: bytes) -> bytes:
        secret = hashlib.sha1(self.person.secret, usedforsecurity=False).digest()[:16]
        hide, prove = sim_session.key(secret, 1), sim_session.key(secret, 2)
        told = sim_session.triple_des(hide, data[:32], back=True)
        challenge, self._challenge = self._challenge, b""
        if sim_session.retail_mac(prove, data[:32]) != data[32:] or told[8:16] != challenge:
            self._wrong_keys += 1
            self._pause(_SLOWER * min(self._wrong_keys, 10))
            return _WRONG_KEY
        self._wrong_keys = 0
        ours = os.urandom(16)
        answer = sim_session.triple_des(hide, challenge + told[:8] + ours)
        shared = bytes(a ^ b for a, b in zip(told[16:], ours, strict=True))
        self._session = Session(shared, int.from_bytes(challenge[4:] + told[4:8]))
        return answer + sim_session.retail_mac(prove, answer) + _OK

    def _protected(self, session: Session, command: bytes) -> bytes:
        try:
            header, data, asked = session.heard(command)
        except (Broken, IndexError):  # too short to have a MAC
            self._session = None
            return _BROKEN
        told, status = self._carried_out(bytes(header[1:]), data, asked)
        answer = session.said(told, status)
        if self._next is not None:
            self._session, self._next = self._next, None
        if len(answer) <= 258:
            return answer
        if not self._chains:
            self._session = None
            return _TOO_LONG
        self._waiting = answer[:-2]
        return b"\x61\x00"

    def _carried_out(self, header: bytes, data: bytes, most: int) -> tuple[bytes, bytes]:
        match list(header):
            case [0xA4, 0x02, 0x0C]:
                self._file = self.files.get(int.from_bytes(data), b"")
                return b"", _OK if self._file else _NO_FILE
            case [0xB0, high, low] if self._file:
                at = high << 8 | low
                return self._file[at : at + most], _OK
            case [0x88, 0x00, 0x00] if self.active is not None:
                return self.active.sign(data), _OK
            case [0x22, 0x41, 0xA6] if self.chip is not None and not self.chip.aes:
                return b"", self._agreed(self.chip, *split(data))
            case [0x22, 0x41, 0xA4] if self.chip is not None and self.chip.aes:
                wanted = der(0x80, self.chip.protocol[2:]) + self._reference(self.chip)
                return b"", _OK if data == wanted else _NO_REFERENCE
            case [0x86, 0x00, 0x00] if self.chip is not None and self.chip.aes:
                status = self._agreed(self.chip, split(split(data)[0])[0], self._reference(self.chip))
                return (b"\x7c\x00" if status == _OK else b""), status
        return b"", _NO_REFERENCE if header[0] == 0x22 else _NO_INSTRUCTION

    def _agreed(self, chip: ChipHalf, point: bytes, reference: bytes) -> bytes:
        if reference != self._reference(chip):
            return _NO_REFERENCE
        try:
            self._next = Session(chip.secret(point), aes=chip.aes)
        except ValueError:
            return b"\x6a\x80"
        return _OK

    @staticmethod
    def _reference(chip: ChipHalf) -> bytes:
        return der(0x84, chip.number[2:]) if chip.number else b""

    def _part(self) -> bytes:
        part, self._waiting = self._waiting[:256], self._waiting[256:]
        return part + (bytes([0x61, min(len(self._waiting), 256) & 0xFF]) if self._waiting else _OK)
