"""Secure messaging: every command and answer encrypted, counted and authenticated.

Source: ICAO Doc 9303-11 section 9.8; ISO/IEC 7816-4 section 10.
"""

from __future__ import annotations

import hmac
from typing import Final

from devices.card import tlv
from devices.card.apdu import Answer, Card, Garbled
from devices.passport.ciphers import MAC_BYTES, Cipher, padded, unpadded

_SECRET, _LENGTH, _STATUS, _MAC = 0x87, 0x97, 0x99, 0x8E
_MAC_ITEM: Final = 2 + MAC_BYTES
_WHOLE: Final = b"\0"


class Left(Garbled):
    """The chip answered outside the session, which it has ended; ``status`` is why."""

    def __init__(self, status: int) -> None:
        super().__init__("an answer outside the session")
        self.status = status


class Channel:
    """An open session with one chip. After the first answer that is not the chip's it is closed for good."""

    def __init__(self, cipher: Cipher, counter: int = 0) -> None:
        """``counter`` is the send sequence counter that was agreed on."""
        self._cipher = cipher
        self._counter = counter
        self._open = True

    @property
    def open(self) -> bool:
        return self._open

    def send(self, card: Card, header: bytes, data: bytes = b"", most: int | None = None) -> Answer:
        """The chip's answer to the command with this header of 4 bytes; ``most`` as in ``Card.send``.

        Raises ``Left`` where the chip ended the session, ``Garbled`` where
        somebody else answered, ``NoAnswer`` where the link breaks.
        """
        if not self._open:
            raise Garbled("the session is over")
        self._open = False  # until the answer has proved itself: a broken link ends it too
        answer = self._opened(card.send(self._sealed(header, data, most), 0))
        self._open = True
        return answer

    def _sealed(self, header: bytes, data: bytes, most: int | None) -> bytes:
        masked = bytes([header[0] | 0x0C]) + header[1:]
        counter = self._next()
        body = b""
        if data:
            body = tlv.item(_SECRET, b"\x01" + self._cipher.encrypt(counter, padded(data, self._cipher.block)))
        if most is not None:
            body += tlv.item(_LENGTH, bytes([most]))
        mac = self._mac(counter, padded(masked, self._cipher.block) + body)
        body += tlv.item(_MAC, mac)
        return masked + bytes([len(body)]) + body

    def _opened(self, answer: Answer) -> Answer:
        counter = self._next()
        if not answer.data:
            raise Left(answer.status)
        body, mac = answer.data[:-_MAC_ITEM], answer.data[-_MAC_ITEM:]
        if not body or not hmac.compare_digest(mac, tlv.item(_MAC, self._mac(counter, body))):
            raise Garbled("an answer that is not of this session")
        told = tlv.distinct(body)
        status = told.pop(_STATUS, b"")
        secret = told.pop(_SECRET, b"")
        if told or len(status) != 2:
            raise Garbled("an answer without a status, or with more than belongs there")
        return Answer(self._revealed(counter, secret) if secret else b"", int.from_bytes(status))

    def _revealed(self, counter: bytes, secret: bytes) -> bytes:
        if secret[0] != 0x01 or len(secret) == 1 or (len(secret) - 1) % self._cipher.block:
            raise Garbled("a secret of no whole blocks")
        return unpadded(self._cipher.decrypt(counter, secret[1:]))

    def _next(self) -> bytes:
        self._counter = (self._counter + 1) % (1 << 8 * self._cipher.block)
        return self._counter.to_bytes(self._cipher.block)

    def _mac(self, counter: bytes, data: bytes) -> bytes:
        return self._cipher.mac(padded(counter + data, self._cipher.block))
