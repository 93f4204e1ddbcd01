"""How much of a read is the driver's own work, beside the time of the bytes on the wire."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from time import perf_counter, thread_time

from devices.idcard.commands import MODELS
from devices.idcard.frame import Incoming
from devices.idcard.layout import holder_in, text_in
from devices.idcard.line import Line
from devices.idcard.sim import Card, Sam
from tests.devices.idcard.conftest import WANG
from tests.devices.idcard.test_frame import framed

PIECE = 16
"""Bytes that a serial line hands over at a time."""


def wire_seconds(length: int = 1_295, baud: int = 115_200) -> float:
    """The answer to a read on the wire: 8N1, ten bits a byte."""
    return length * 10 / baud


def software_seconds(runs: int = 1_000, card: Card = WANG) -> list[float]:
    """For each run: from the first byte of the answer in hand to the holder, the waiting for bytes left out."""
    answer = framed(bytes.fromhex("000090 01000400") + card.text() + bytes(1024))
    return [_one(answer) for _ in range(runs)]


def thread_seconds(folder: Path, runs: int = 20, card: Card = WANG) -> list[float]:
    """For each run: processor time of the reading thread, the system's work at the terminal included.

    The wire is a paced pseudo-terminal in ``folder`` that hands over 16 bytes at a time.
    """
    sam, model = Sam(folder), MODELS["sdt"]
    times = []
    try:
        with Line(sam.port, model.baud, Event()) as line:
            for _ in range(runs):
                sam.lay_down(card)
                line.ask(model.find)
                line.ask(model.select)
                begun = thread_time()
                holder_in(text_in(line.ask(model.read).data))
                times.append(thread_time() - begun)
    finally:
        sam.unplug()
    return times


def _one(answer: bytes) -> float:
    begun = perf_counter()
    incoming = Incoming()
    reply = None
    for start in range(0, len(answer), PIECE):
        incoming.feed(answer[start : start + PIECE])
        reply = incoming.take()
    assert reply is not None
    holder_in(text_in(reply.data))
    return perf_counter() - begun
