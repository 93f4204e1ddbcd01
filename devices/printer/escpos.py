"""The driver of ESC/POS slip printers, whatever their cable.

A slip is printed in five steps, one connection each slip:

1. if the last one ended in doubt, or it is the first of this start: empty the buffers, cut off what hangs in the mouth;
2. ask for the state, and let the printer pass a mark while nothing is under way;
3. bands of dots, a mark after each;
4. feed, cut, and a last mark;
5. ask for the state again: only then the slip is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Final

from devices.printer import Bitmap, Fault, NotStarted, Paper, Status, Uncertain
from devices.printer.cables import Cable
from devices.printer.fence import Fence, ProcessIdFence, QueuedStatusFence, names
from devices.printer.profiles import Profile
from devices.printer.raster import bands
from devices.printer.talk import RECOVER, Talk, Trouble

_START: Final = b"\x1b@" + b"\x1dP\xcb\xcb" + b"\x1da\x0e"
"""ESC @; GS P 203 203, one unit is one dot; GS a, tell of every change of online, error and paper."""

_END: Final = b"\x1da\0"
"""GS a 0: silent between jobs, so that nothing old lies on the line of the next."""


class EscPosPrinter:
    """A ``Printer`` at the end of ``cable``.

    ``in_doubt``: nobody knows how the job before this start ended, so it may
    still lie in the printer's buffer or hang half printed in its mouth.
    Thread-safe: jobs go one after the other. ``status`` during a job tells what
    that job last heard.
    """

    def __init__(self, cable: Cable, profile: Profile, in_doubt: bool = True) -> None:
        self._cable = cable
        self._profile = profile
        self._in_doubt = in_doubt
        self._names = names()
        self._busy = Lock()
        self._last = Status(Paper.OK, Fault.SILENT)

    def status(self) -> Status:
        if not self._busy.acquire(blocking=False):
            return self._last
        try:
            with self._talk() as talk:
                return self._ask(talk)
        except Trouble as trouble:
            self._last = Status(self._last.paper, trouble.fault)
            return self._last
        finally:
            self._busy.release()

    def print(self, slip: Bitmap) -> None:
        ready = bands(slip, self._profile)
        with self._busy:
            try:
                self._job(ready)
            except (NotStarted, Uncertain) as error:
                self._last = Status(self._last.paper, error.fault)
                raise

    def _job(self, ready: list[bytes]) -> None:
        started = False
        try:
            with self._talk() as talk:
                if self._in_doubt:
                    self._start_over(talk)
                    self._in_doubt = False
                fence = self._fence(talk)
                started = self._in_doubt = True
                self._send(talk, ready, fence)
                self._in_doubt = False
        except Trouble as trouble:
            raise (Uncertain if started else NotStarted)(trouble.fault) from None

    def _send(self, talk: Talk, ready: list[bytes], fence: Fence) -> None:
        try:
            talk.print([*ready, _cut(self._profile) + _END], fence)
            after = talk.ask()
        except Trouble as trouble:
            if trouble.fault is not Fault.UNPLUGGED:
                with suppress(Trouble):
                    talk.empties()  # what is still buffered must not come out when paper comes
            raise
        if after.fault:
            raise Trouble(after.fault)

    def _fence(self, talk: Talk) -> Fence:
        """The mark this printer answers, tried while nothing is under way: passed, it shows an empty buffer too."""
        status = self._ask(talk)
        if status.fault:
            raise Trouble(status.fault)
        fences: list[Fence] = [QueuedStatusFence()]
        if self._profile.process_id:
            fences.insert(0, ProcessIdFence(self._names))
        for fence in fences:
            if talk.passes(fence, _START):
                return fence
        raise Trouble(Fault.SILENT)

    def _ask(self, talk: Talk) -> Status:
        """The state; a knife that was jammed is told to try again first, since it does not do so by itself."""
        status = talk.ask()
        if status.fault is Fault.CUTTER:
            talk.send(RECOVER)
            status = talk.ask()
        return status

    def _start_over(self, talk: Talk) -> None:
        """Cut off what hangs in the mouth: nothing of an older slip may come out with this one."""
        fence = self._fence(talk)
        talk.listens(fence)
        if not talk.passes(fence, _cut(self._profile)):
            raise Trouble(Fault.SILENT)

    @contextmanager
    def _talk(self) -> Iterator[Talk]:
        talk = Talk(self._cable, self._profile, self._hear, self._in_doubt)
        well = False
        try:
            yield talk
            well = True
        finally:
            talk.close(drop=not well)

    def _hear(self, status: Status) -> None:
        self._last = status


def _cut(profile: Profile) -> bytes:
    """GS V 66 n: to the knife, ``n`` rows more, and cut."""
    return b"\x1dV\x42" + bytes([profile.feed_rows])
