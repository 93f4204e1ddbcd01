"""A worker that has no reader: it speaks the pipe's protocol and nothing else, as fast as its kiosk listens."""

from __future__ import annotations

from itertools import cycle, islice
from multiprocessing.connection import Connection

from devices.card.worker import Sign
from devices.holder import Document, Holder, Proof
from devices.reader import CardArrived, CardGone, CardLocked, CardRead, CardRefused, Fault, ReaderReady
from tests.devices.card.people import LI, WANG


def main(words: Connection, name: str, wanted: str, socket: str | None, shunned: int | None, trust: str | None) -> None:
    """Say as many cards as ``wanted`` tells; every third is a passport, which waits for its key."""
    words.send((Sign.ALIVE, 0))
    words.send((ReaderReady(name), 0))
    for mark, person in enumerate(islice(cycle((WANG, LI)), int(wanted)), 1):
        words.send((CardArrived(name, watched=True), mark))
        document = Document.SOCIAL_CARD
        if mark % 3 == 0:
            document = Document.PASSPORT
            words.send((CardLocked(name), mark))
            _try_a_key(words, name, mark)
        elif mark % 5 == 0:
            words.send((CardRefused(name, Fault.BANK_CARD), mark))
        words.send((CardRead(name, Holder(*person, document, proof=Proof.CLAIM)), mark))
        words.send((Sign.ALIVE, mark))
        words.send((CardGone(name), mark))
    words.recv_bytes()  # until the kiosk has seen enough


def _try_a_key(words: Connection, name: str, mark: int) -> None:
    """Every second passport is opened by its first key, the others by their second."""
    for turn in range(1 + mark % 2):
        _, wanted = words.recv()
        words.send((Sign.TRYING, mark))
        assert wanted == mark
        if mark % 2 and turn == 0:
            words.send((CardRefused(name, Fault.PASSPORT_KEY), mark))
