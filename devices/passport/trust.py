"""Whom to believe: the country signing certificates, from a master list or a folder.

A certificate is trusted because it stands in the list, whatever its own dates
say: passports outlive the key that signed them. Not checked: revocation (no
list of it reaches a kiosk that works alone), and who signed the master list,
unless a signer is pinned; the file is as trustworthy as where it came from.
Source: ICAO Doc 9303-12 section 9 (master lists).
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from devices.card import tlv
from devices.card.apdu import Garbled
from devices.passport.certificate import Certificate, certificate
from devices.passport.faults import Forged, Unverifiable
from devices.passport.message import Message, message
from devices.passport.states import countries

MASTER_LIST: Final = "2.23.136.1.1.2"

MOST_BYTES: Final = 32 << 20
"""Of a list or a folder: thirty times those of today."""

_SUFFIXES: Final = (".cer", ".crt", ".der", ".pem")


class NoTrust(Exception):
    """There is no list, it is not what it should be, or another signed it. The text names the rule."""


class Trust:
    """The anchors by state. ``left_out`` counts what the list held and nobody could read."""

    def __init__(self, anchors: Iterable[Certificate] = (), left_out: int = 0) -> None:
        self._anchors: dict[str, list[Certificate]] = {}
        for anchor in {anchor.der: anchor for anchor in anchors}.values():
            self._anchors.setdefault(anchor.country, []).append(anchor)
        self.left_out = left_out

    def __len__(self) -> int:
        return sum(map(len, self._anchors.values()))

    def issuer(self, signer: Certificate, state: str) -> Certificate:
        """The anchor of ``state`` that signed the certificate of ``signer``.

        Only a state's own anchors count for its passports. Raises ``Forged``
        where the certificate names a known anchor which did not sign it, and
        ``Unverifiable`` where it names none.
        """
        claimed = False
        for anchor in self._of(state):
            by_name = signer.issuer == anchor.subject
            by_key = signer.issuer_key_id is not None and signer.issuer_key_id == anchor.key_id
            if not by_name and not by_key:
                continue
            if signer.signed_by(anchor):
                return anchor
            # the same name with another key is the state's next or last one, which we need not have
            claimed = claimed or by_key or signer.issuer_key_id is None or anchor.key_id is None
        if claimed:
            raise Forged("a certificate that names an anchor which did not sign it")
        raise Unverifiable("no anchor of this state")

    def _of(self, state: str) -> list[Certificate]:
        return [anchor for country in sorted(countries(state)) for anchor in self._anchors.get(country, ())]


def load(path: Path, signer: str | None = None) -> Trust:
    """The anchors in a master list (a file), or in a folder of certificates (DER or PEM).

    ``signer`` pins who signed the list: the SHA-256, in hexadecimal, of its
    signer's certificate or of one in the list's message that signed it.
    Raises ``NoTrust``. A certificate that cannot be used is left out and counted.
    """
    try:
        if path.is_dir():
            if signer is not None:
                raise NoTrust("nobody signs a folder")
            return _trust(_in_folder(path))
        data = _bounded(path.read_bytes())
    except OSError:
        raise NoTrust("not to be read") from None
    return _trust(_listed(data, signer))


def _listed(data: bytes, signer: str | None) -> list[bytes]:
    """Each certificate in a master list, as it stands there."""
    try:
        told = message(data)
        if told.kind != MASTER_LIST:
            raise NoTrust("not a master list")
        if signer is not None:
            _held_to(told, signer)
        version, certificates = tlv.items(tlv.one(told.content, 0x30))
        if version != (0x02, b"\0") or certificates[0] != 0x31:
            raise NoTrust("a master list of another version")
        return [tlv.item(tag, value) for tag, value in tlv.items(certificates[1])]
    except (Garbled, ValueError):
        raise NoTrust("not a master list") from None


def _held_to(told: Message, pin: str) -> None:
    """Raises ``NoTrust`` where the message is not signed under the pinned certificate."""
    wanted = re.sub(r"[^0-9a-f]", "", pin.lower())
    try:
        told.verify()
        for pinned in told.certificates:
            if hashlib.sha256(pinned.der).hexdigest() != wanted:
                continue
            if told.signer is not None and (pinned.der == told.signer.der or told.signer.signed_by(pinned)):
                return
    except (Forged, Unverifiable):
        raise NoTrust("a master list whose signature does not hold") from None
    raise NoTrust("a master list that another signed")


def _in_folder(folder: Path) -> Iterator[bytes]:
    total = 0
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in _SUFFIXES:
            data = path.read_bytes()
            total += len(data)
            if total > MOST_BYTES:
                raise NoTrust("more than a list may have")
            blocks = re.findall(rb"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", data, re.DOTALL)
            yield from map(_decoded, blocks) if blocks else (data,)


def _decoded(block: bytes) -> bytes:
    try:
        return b64decode(block)
    except ValueError:
        return b""  # counted with those that are no certificates


def _trust(found: Iterable[bytes]) -> Trust:
    anchors: list[Certificate] = []
    left_out = 0
    for der in found:
        try:
            anchor = certificate(der)
            _ = anchor.key
        except (Garbled, Unverifiable):
            left_out += 1
        else:
            anchors.append(anchor)
    if not anchors:
        raise NoTrust("no certificate that can be used")
    return Trust(anchors, left_out)


def _bounded(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise NoTrust("more than a list may have")
    return data
