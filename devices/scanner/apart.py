"""The pages of a PDF, drawn in a process apart: a hostile page takes for ever, and nothing within PDFium ends it."""

from __future__ import annotations

import multiprocessing
import resource
import struct
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

import numpy as np

from devices.scanner import files
from devices.scanner.decode import LARGEST
from devices.scanner.files import LONGEST, Unreadable
from devices.scanner.outline import Grey

PAGE: Final = 15.0
"""Seconds for one page; a certificate's takes a tenth of one."""

_START: Final = 30.0
"""Seconds for the process to be there, on a machine that is busy."""

_CPU: Final = 600
"""Seconds of processor time for a whole file."""

_SHAPE: Final = struct.Struct(">II")
_READY, _PICTURE, _END = b"R", b"P", b"E"
_SPAWN: Final = multiprocessing.get_context("spawn")


def pictures(data: bytes, seconds: float = PAGE) -> Iterator[Grey]:
    """As ``files.pictures``; ``Unreadable`` too where a page of a PDF takes longer than ``seconds``."""
    if len(data) > LONGEST or b"%PDF-" not in data[:1024]:
        yield from files.pictures(data)
        return
    ours, theirs = _SPAWN.Pipe()
    worker = _SPAWN.Process(target=_draw, args=(theirs,), name="pages", daemon=True)
    with ours:
        with theirs:
            worker.start()
        try:
            yield from _drawn(ours, data, seconds)
        except (EOFError, OSError):
            raise Unreadable("a page that ends whoever draws it") from None
        finally:
            worker.kill()
            worker.join()
            worker.close()


def _drawn(worker: Connection, data: bytes, seconds: float) -> Iterator[Grey]:
    """What the worker says is hostile too: whoever wrote the PDF may be speaking."""
    if not worker.poll(_START) or worker.recv_bytes(1) != _READY:
        raise Unreadable("nobody to draw it")
    worker.send_bytes(data)
    while worker.poll(seconds):
        said = worker.recv_bytes(LARGEST + 1 + _SHAPE.size)
        kind, said = said[:1], said[1:]
        if kind == _END:
            if said:
                raise Unreadable(said.decode("utf-8", "replace")[:200])
            return
        yield _picture(said)
    raise Unreadable("a page that takes too long to draw")


def _picture(said: bytes) -> Grey:
    dots = said[_SHAPE.size :]
    height, width = _SHAPE.unpack_from(said.ljust(_SHAPE.size, b"\0"))
    if not dots or height * width != len(dots):
        raise Unreadable("not a picture")
    return np.frombuffer(dots, np.uint8).reshape(height, width)


def _draw(words: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU, _CPU))  # also where who asked was killed and ends nobody
    with suppress(EOFError, OSError):  # who asked has gone
        words.send_bytes(_READY)
        data = words.recv_bytes(LONGEST)
        why = ""
        try:
            for picture in files.pictures(data):
                words.send_bytes(_PICTURE + _SHAPE.pack(*picture.shape) + picture.tobytes())
        except Unreadable as unread:
            why = str(unread)
        words.send_bytes(_END + why.encode())
