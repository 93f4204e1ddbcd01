"""One conversation with a printer, from opening its cable to closing it.

What goes wrong here raises ``Trouble`` with the fault; the driver knows what
it means for the slip.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

from devices.printer import Fault, Status
from devices.printer.cables import Cable, Line, Lost
from devices.printer.fence import Fence, OutOfStep
from devices.printer.profiles import Profile
from devices.printer.status import ASK, Automatic, Cleared, Noise, RealTime, Replies, Reply, real_time

CLEAR: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4 function 8: empty the buffers, and say so."""

RECOVER: Final = b"\x10\x05\x02"
"""DLE ENQ 2: leave a recoverable error (a freed knife) with empty buffers."""

_AGAIN_S: Final = 0.05
_POLL_S: Final = 0.25
_UNDER_WAY: Final = 2  # bands sent and not yet on paper
_QUIET_S: Final = 0.3  # longer than a slow printer takes for a band
_WAITS: Final = (Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.HEAD_HOT)  # the printer goes on by itself when these end
_ENDS: Final = (Fault.CUTTER, Fault.BROKEN)


class Trouble(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Talk:
    """``last`` is what the printer last said of itself, None before it said anything."""

    def __init__(self, cable: Cable, profile: Profile, tell: Callable[[Status], None], in_doubt: bool) -> None:
        """Open the cable and ask for the state. ``tell`` hears each new status.

        ``in_doubt``: an older slip may still be in the buffers; they are emptied first.

        A printer serves one client and may not have noticed yet that the last
        one left: it is tried again for ``connect_s``. Raises ``Trouble``.
        """
        self._profile = profile
        self._tell = tell
        self.last: Status | None = None
        self._replies = Replies()
        self._asked = False
        self._answers = bytearray()
        self._out: memoryview = memoryview(b"")
        latest = time.monotonic() + profile.connect_s
        while not self._greeted(cable, latest, in_doubt):
            time.sleep(_AGAIN_S)

    def _greeted(self, cable: Cable, latest: float, in_doubt: bool) -> bool:
        try:
            self._line: Line = cable.open(max(_AGAIN_S, latest - time.monotonic()))
        except Lost:  # absent, or it hung up as soon as we called
            if time.monotonic() >= latest:
                raise Trouble(Fault.UNPLUGGED) from None
            return False
        try:
            if in_doubt and not self.empties():
                # it may wait for the rest of a raster command: white dots for that, and nothing at all otherwise
                self.send(bytes(self._profile.dots // 8 * self._profile.band_rows) + RECOVER)
            self.ask()
        except Trouble as trouble:
            self.close(drop=True)
            if trouble.fault is not Fault.UNPLUGGED or time.monotonic() >= latest:
                raise
            self._asked, self._out = False, memoryview(b"")
            self._answers.clear()
            return False
        return True

    def close(self, drop: bool) -> None:
        self._line.close(drop)

    def ask(self) -> Status:
        """The state of the printer now, by DLE EOT. Raises ``Trouble``: ``SILENT`` or ``UNPLUGGED``."""
        until = time.monotonic() + self._profile.answer_s
        while self._asked:
            self._turn(until)
        self._put(ASK)
        self._asked = True
        while self._asked or self.last is None:
            self._turn(until)
        return self.last

    def send(self, data: bytes) -> None:
        """Send what has no answer. Raises ``Trouble``."""
        until = time.monotonic() + self._profile.answer_s
        self._put(data)
        while self._out:
            self._turn(until)

    def listens(self, fence: Fence) -> None:
        """Listen for a moment. Raises ``Trouble`` when an answer comes that an older slip left behind."""
        until = time.monotonic() + _QUIET_S
        while time.monotonic() < until:
            for reply in self._step(until):
                self._pass(fence, reply)

    def passes(self, fence: Fence, before: bytes = b"") -> bool:
        """True when the printer passes a mark set after the commands ``before`` within the time for an answer."""
        until = time.monotonic() + self._profile.answer_s
        self._put(before + fence.mark())
        try:
            while fence.waiting:
                for reply in self._turn(until):
                    self._pass(fence, reply)
        except Trouble as trouble:
            if trouble.fault is not Fault.SILENT:
                raise
            return False
        return True

    def empties(self) -> bool:
        """Empty the printer's buffers; what was not sent yet never is. True when it says that they are empty."""
        until = time.monotonic() + self._profile.answer_s / 2
        self._out = memoryview(b"")
        if not self._profile.clears:
            return False
        self._put(CLEAR)
        try:
            while not any(isinstance(reply, Cleared) for reply in self._turn(until)):
                pass
        except Trouble as trouble:
            if trouble.fault is not Fault.SILENT:
                raise
            return False
        self.send(RECOVER)
        return True

    def print(self, bands: list[bytes], fence: Fence) -> None:
        """Send ``bands``, a mark after each; returns when the printer has passed the last mark.

        Asks for the state between bands, never inside one, where the question
        would be taken for dots. Raises ``Trouble`` when the profile's patience
        ends, when the printer cannot go on, and when it was away: it may have
        been switched off and on, and then it prints the rest of a band as text.
        """
        left = deque(bands)
        moved = asked = time.monotonic()
        latest = moved + self._profile.slip_s
        fault = None
        dots = False  # what is being written are dots, and not a question, which the printer always takes
        while left or self._out or fence.waiting:
            now = time.monotonic()
            if not self._out:
                if not self._asked and now - asked >= _POLL_S:
                    self._put(ASK)
                    self._asked, asked, dots = True, now, False
                elif left and fence.waiting < _UNDER_WAY:
                    self._put(left.popleft() + fence.mark())
                    dots = True
            until = min(latest, moved + self._patience(fault))
            if now >= until or fault in _ENDS:
                raise Trouble(fault or Fault.SILENT)
            before, was = len(self._out), fault
            passed = [self._pass(fence, reply) for reply in self._step(min(until, now + _POLL_S))]
            fault = self.last.fault if self.last else None
            if any(passed) or (dots and len(self._out) < before) or fault is not was:
                moved = time.monotonic()

    def _patience(self, fault: Fault | None) -> float:
        if fault is None:
            return self._profile.away_s
        return self._profile.refill_s if fault in _WAITS else self._profile.stall_s

    def _pass(self, fence: Fence, reply: Reply) -> bool:
        try:
            return fence.hear(reply)
        except OutOfStep:
            raise Trouble(Fault.OFFLINE) from None

    def _put(self, data: bytes) -> None:
        self._out = memoryview(bytes(self._out) + data)

    def _turn(self, until: float) -> list[Reply]:
        """``_step``, and ``SILENT`` at ``until``."""
        if time.monotonic() >= until:
            raise Trouble(Fault.SILENT)
        return self._step(until)

    def _step(self, until: float) -> list[Reply]:
        """Write and read once; notes what the printer says of itself, returns everything it said."""
        try:
            taken, came = self._line.exchange(self._out, until)
        except Lost:
            raise Trouble(Fault.UNPLUGGED) from None
        self._out = self._out[taken:]
        replies = self._replies.split(came)
        for reply in replies:
            self._note(reply)
        return replies

    def _note(self, reply: Reply) -> None:
        match reply:
            case RealTime(byte):
                if not self._asked:  # an answer to nothing: from here on no answer could be trusted
                    raise Trouble(Fault.OFFLINE)
                self._answers.append(byte)
                if len(self._answers) == len(ASK) // 3:
                    self._heard(real_time(bytes(self._answers)))
                    self._answers.clear()
                    self._asked = False
            case Automatic(status):
                self._heard(status)
            case Noise():
                raise Trouble(Fault.OFFLINE)

    def _heard(self, status: Status) -> None:
        self.last = status
        self._tell(status)
