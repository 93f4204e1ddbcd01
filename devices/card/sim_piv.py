"""A virtual PIV card for a ``sim.Slot``: bytes in, bytes out, and no code of the driver's.

It keeps to NIST SP 800-73-5 parts 1 and 2 as far as key 9A, its certificate and its PIN go; others take it for a
PIV card too (``tests/devices/piv/test_others.py``).
"""

from __future__ import annotations

import gzip
from typing import Final

from devices.card.sim_cards import VirtualCard
from devices.passport.sim_der import der, split
from devices.piv import sim_keys
from devices.piv.sim_keys import CurveSim, Refuses, RsaSim, SimKey

__all__ = ["CurveSim", "RsaSim", "WorkCardChip"]

T0_ATR: Final = bytes.fromhex("3b660000") + b"KT-PIV"
T1_ATR: Final = bytes.fromhex("3b8601") + b"KT-PIV" + b"\xfa"

_NAME: Final = bytes.fromhex("a000000308000010000100")
_CERTIFICATE, _HOLDER, _DISCOVERY = 0x5FC105, 0x5FC102, 0x7E
_KEY: Final = 0x9A
_APPLICATION_PIN, _GLOBAL_PIN = 0x80, 0x00

_OK, _NO_FILE, _NOT_YET, _BLOCKED = b"\x90\x00", b"\x6a\x82", b"\x69\x82", b"\x69\x83"
_BAD_DATA, _BAD_WAY, _NO_REFERENCE = b"\x6a\x80", b"\x6a\x86", b"\x6a\x88"
_NO_INSTRUCTION, _BAD_LENGTH, _NO_CHAIN = b"\x6d\x00", b"\x67\x00", b"\x68\x84"


class WorkCardChip(VirtualCard):
    """A technician's card with a key of its own in 9A, and a certificate that it made out for itself.

    ``pin`` may be typed wrongly ``most_tries`` times; it is the PIN of the whole card where ``global_pin``, as
    the card's discovery object says then. ``t1``: it speaks T=1. ``knows_short``: only the name without its
    version. ``part``: the most bytes in one answer. ``objects`` are its data objects by tag; they may be changed at
    will, and so may its ``key``.
    """

    def __init__(
        self,
        key: SimKey | None = None,
        pin: str = "135790",
        most_tries: int = 3,
        *,
        t1: bool = False,
        global_pin: bool = False,
        knows_short: bool = False,
        part: int = 256,
    ) -> None:
        super().__init__(T1_ATR if t1 else T0_ATR)
        self.key = key or sim_keys.usual()
        self.pin = pin
        self.tries = most_tries
        """That are left; 0 is a blocked card."""
        self.objects: dict[int, bytes] = {
            _HOLDER: der(0x53, der(0x30, bytes(25)), der(0x34, bytes(15) + b"\x07"), der(0x35, b"20991231"))
        }
        self._most_tries = most_tries
        self._t1, self._part = t1, part
        self._names = (_NAME[:-2],) if knows_short else (_NAME, _NAME[:-2])
        self._reference = _GLOBAL_PIN if global_pin else _APPLICATION_PIN
        if global_pin:
            self.objects[_DISCOVERY] = der(0x7E, der(0x4F, _NAME), der(0x5F2F, b"\x60\x20"))
        self.put_certificate(sim_keys.own_certificate(self.key, "T-000"))
        self.reset()
        self.resets = 0

    def put_certificate(self, certificate: bytes, *, packed: bool = False) -> None:
        """Another certificate for key 9A, in DER; ``packed`` by gzip."""
        data = gzip.compress(certificate) if packed else certificate
        self.objects[_CERTIFICATE] = der(0x53, der(0x70, data), der(0x71, bytes([packed])), der(0xFE))

    def request(self, name: str) -> bytes:
        """What its owner hands in for a certificate: PKCS #10 in PEM, signed by the card's key."""
        return sim_keys.request(self.key, name)

    def reset(self) -> None:
        super().reset()
        self._selected = self._verified = False
        self._waiting = b""
        self._chain: tuple[bytes, bytes] | None = None

    def obey(self, command: bytes) -> bytes:
        if len(command) < 5 or command[1:4] == b"\xc0\x00\x00":
            data, asked = b"", command[4:]
        else:
            data, asked = command[5 : 5 + command[4]], command[5 + command[4] :]
            if len(data) < command[4] or len(asked) > self._t1:
                return _BAD_LENGTH  # with T=0 nothing comes behind the data
        chain, self._chain = self._chain, None
        match list(command[:4]):
            case [0x00, 0xC0, 0x00, 0x00] if self._waiting and asked:
                return self._told(asked[0] or 256)
            case [0x00, 0xA4, 0x04, 0x00]:
                return self._select(data, asked)
            case _ if not self._selected:
                return _NO_INSTRUCTION
            case [0x00, 0xCB, 0x3F, 0xFF]:
                found = self.objects.get(int.from_bytes(data[2:])) if data[:1] == b"\x5c" else None
                return _NO_FILE if found is None else self._answer(found, asked)
            case [0x00, 0x20, 0x00, reference]:
                return self._verify(reference, data)
            case [0x00, 0x20, 0xFF, self._reference]:
                self._verified = False
                return _OK
            case [0x00 | 0x10 as goes_on, 0x87, algorithm, _KEY]:
                header, before = chain or (command[1:4], b"")
                if header != command[1:4]:
                    return _NO_CHAIN
                if not goes_on:
                    return self._authenticate(algorithm, before + data, asked)
                self._chain = (header, before + data)
                return _OK
        return _NO_INSTRUCTION

    def _select(self, name: bytes, asked: bytes) -> bytes:
        if name not in self._names:
            return _NO_FILE  # what was selected stays so
        self._selected = True
        authority = der(0x79, der(0x4F, _NAME[:5]))
        return self._answer(der(0x61, der(0x4F, _NAME[5:]), authority), asked)

    def _verify(self, reference: int, data: bytes) -> bytes:
        if reference != self._reference:
            return _NO_REFERENCE
        if not data:
            return _OK if self._verified else bytes([0x63, 0xC0 | self.tries])
        if not self.tries:
            return _BLOCKED
        if len(data) != 8 or not data[:6].isdigit() or not data.rstrip(b"\xff").isdigit():
            return _BAD_DATA
        self._verified = data == self.pin.encode().ljust(8, b"\xff")
        self.tries = self._most_tries if self._verified else self.tries - 1
        return _OK if self._verified else bytes([0x63, 0xC0 | self.tries])

    def _authenticate(self, algorithm: int, template: bytes, asked: bytes) -> bytes:
        if algorithm != self.key.algorithm:
            return _BAD_WAY
        if not self._verified:
            return _NOT_YET
        try:
            inside, behind = split(template)
            challenge, more = split(inside[2:])
            if template[:1] != b"\x7c" or inside[:3] != b"\x82\x00\x81" or behind or more:
                return _BAD_DATA
            return self._answer(der(0x7C, der(0x82, self.key.sign(challenge))), asked)
        except (Refuses, IndexError):
            return _BAD_DATA

    def _answer(self, data: bytes, asked: bytes) -> bytes:
        """With T=0 only that it waits; with T=1 what was asked for, which has to be asked for."""
        self._waiting = data
        if self._t1:
            return self._told(asked[0] or 256) if asked else _BAD_LENGTH
        return self._rest()

    def _told(self, most: int) -> bytes:
        size = min(most, self._part)
        if not self._t1 and size > len(self._waiting):
            return bytes([0x6C, len(self._waiting)])
        part, self._waiting = self._waiting[:size], self._waiting[size:]
        return part + (self._rest() if self._waiting else _OK)

    def _rest(self) -> bytes:
        return bytes([0x61, min(len(self._waiting), self._part) & 0xFF])
