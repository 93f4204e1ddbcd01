"""A process that reads one passport through PC/SC: the library keeps the first daemon it meets for life."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from devices.card.apdu import Card, NoAnswer
from devices.passport import mrz, trust, unlock
from tests.devices.passport.chips import TODAY


def main(words: Connection, socket: str, scanned: str, listed: str) -> None:
    """Sends the holder as soon as a passport is read, then whether it is still there each time it is asked."""
    os.environ["PCSCLITE_CSOCK_NAME"] = socket
    from smartcard import scard

    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    _, (reader, *_) = scard.SCardListReaders(context, [])
    state = scard.SCARD_STATE_UNAWARE
    while not state & scard.SCARD_STATE_PRESENT:
        _, states = scard.SCardGetStatusChange(context, 10_000, [(reader, state)])
        state = states[0][1]
    protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    found, handle, protocol = scard.SCardConnect(context, reader, scard.SCARD_SHARE_EXCLUSIVE, protocols)
    assert found == scard.SCARD_S_SUCCESS
    assert protocol == scard.SCARD_PROTOCOL_T1
    card = Card(_transmit(scard, handle))
    lying = unlock(card, mrz.key_in(scanned), trust.load(Path(listed)), TODAY)
    words.send(lying.holder)
    while words.recv():
        try:
            words.send(lying.still(card))
        except NoAnswer:
            words.send(None)


def _transmit(scard: Any, handle: Any) -> Any:
    def transmit(command: bytes) -> bytes:
        found, answer = scard.SCardTransmit(handle, scard.SCARD_PCI_T1, list(command))
        if found != scard.SCARD_S_SUCCESS:
            raise NoAnswer
        return bytes(answer)

    return transmit
