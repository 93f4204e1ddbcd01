"""What is fuzzed: a parser, good inputs to begin with, and the only errors that may come out of it."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

SECONDS: Final = 0.5
"""Of the processor's time for one case; a good input takes a thousandth of it."""


@dataclass(frozen=True, slots=True)
class Target:
    """``parse`` takes any bytes. ``share`` is its part of all cases; slow parsers have a small one.

    An ``AssertionError`` of ``parse`` says that what came out is not sound.
    """

    name: str
    parse: Callable[[bytes], object] = field(repr=False)
    allowed: tuple[type[Exception], ...]
    samples: tuple[bytes, ...] = field(repr=False)
    tokens: tuple[bytes, ...] = field(default=(), repr=False)
    """Words of its language, for whoever changes a sample."""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """``error`` is what came out and where from, empty where that was allowed; ``refused``: an allowed error did."""

    refused: bool
    error: str = ""


class TooSlow(BaseException):
    """One case took longer than ``SECONDS``. No parser may catch it."""


def tried(target: Target, data: bytes) -> Outcome:
    """Give ``data`` to the parser and see what comes out. On the main thread only."""
    try:
        with _limited():
            target.parse(data)
    except target.allowed:
        return Outcome(refused=True)
    except (Exception, TooSlow) as error:  # noqa: BLE001 - it is what is looked for
        return Outcome(refused=False, error=f"{type(error).__name__} at {_place(error)}")
    return Outcome(refused=False)


@contextmanager
def _limited() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def _place(error: BaseException) -> str:
    """The last of our own lines, and where it went from there."""
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-3:])
