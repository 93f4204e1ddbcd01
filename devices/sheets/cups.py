"""The driver of A4 printers: CUPS sends the sheet, the printer itself says what became of it.

A sheet is printed in five steps:

1. if anything of before may be left at CUPS: throw it away;
2. ask the printer whether it could print now, and throw away what it still has;
3. give CUPS the job to hold, and see that it has no other;
4. open the gate, let the job go, and ask the printer for it, by its name;
5. shut the gate, and throw away what is left.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

from devices.sheets import LONGEST_PDF, Fault, NotStarted, Paper, Status, Uncertain
from devices.sheets.follow import ANSWER_S, Following, Patience
from devices.sheets.gate import Gate
from devices.sheets.line import Printer, Queue, Trouble
from devices.sheets.machine import Look, Machine
from devices.sheets.spool import Spool

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}")
_STOP_S: Final = 3.0
"""Seconds for a job that was told to stop to be gone from the printer."""


class CupsSheetPrinter:
    """A ``SheetPrinter``: the printer at ``uri`` (``ipp://address:port/path``), fed by a queue of CUPS.

    The driver sets where the queue prints to, and makes a queue that hands the
    PDF on as it is where there is none; so the kiosk's user has to be one of
    CUPS's administrators (on Debian: in the group lpadmin). Queue and printer
    are the kiosk's alone: a job of anybody else is thrown away.
    Thread-safe: sheets go one after the other. ``status`` during a job tells
    what that job last heard.
    """

    def __init__(
        self,
        uri: str,
        queue: str = "sheets",
        socket: Path = Path("/run/cups/cups.sock"),
        patience: Patience = Patience(),  # noqa: B008 (frozen)
    ) -> None:
        far = Printer.at(uri)
        self._machine = Machine(far)
        self._spool = Spool(Queue(socket, queue))
        self._patience = patience
        self._gate = Gate(far.host, far.port)
        self._way = Printer("127.0.0.1", self._gate.port, far.path).uri
        self._busy = Lock()
        self._spool_clear = False
        self._last = Status(Paper.OK, Fault.SILENT)

    def close(self) -> None:
        """Shut the way to the printer for good. A sheet under way is uncertain."""
        self._gate.close()

    def status(self) -> Status:
        if not self._busy.acquire(blocking=False):
            return self._last
        try:
            self._last = self._look().status
        except Trouble as trouble:
            self._last = Status(self._last.paper, trouble.fault)
        finally:
            self._busy.release()
        return self._last

    def clear(self) -> bool:
        if not self._busy.acquire(blocking=False):
            return False
        try:
            self._spool_clear = False
            self._look()
        except Trouble:
            return False
        finally:
            self._busy.release()
        return True

    def print(self, pdf: bytes, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of a job")
        if not pdf.startswith(b"%PDF-") or len(pdf) > LONGEST_PDF:
            raise ValueError("not a PDF, or too long")
        with self._busy:
            try:
                self._print(pdf, name)
            except (NotStarted, Uncertain) as error:
                self._last = Status(self._last.paper, error.fault)
                raise

    def _print(self, pdf: bytes, name: str) -> None:
        try:
            first = self._look()
            if first.named(name):
                raise ValueError("this name was used before")
            if first.status.fault:
                raise Trouble(first.status.fault)
            self._spool_clear = False
            number = self._spool.hold(pdf, name, _soon())
            if self._spool.waiting(_soon()) != [name]:
                raise Trouble(Fault.SPOOLER)
        except Trouble as trouble:
            self._empty_spool()
            raise NotStarted(trouble.fault) from None
        following = Following(name, first, self._machine, self._patience)
        self._gate.open()
        try:
            fault = self._send(number, name, following)
        finally:
            passed = self._gate.shut()
        self._empty_spool()
        if fault and not passed:
            raise NotStarted(fault)
        self._settle(name, fault, following)

    def _send(self, number: int, name: str, following: Following) -> Fault | None:
        try:
            self._spool.release(number, _soon())
        except Trouble as trouble:
            return trouble.fault
        return following.until_out(
            tell=self._hear,
            waits=lambda: name in self._spool.waiting(_soon()),
            begun=self._gate.admit_no_more,
        )

    def _settle(self, name: str, fault: Fault | None, following: Following) -> None:
        """Throw away what is left of the job; returns when one sheet is out, and not a second one."""
        try:
            look = self._stop(time.monotonic() + _STOP_S)
        except Trouble:
            if fault:
                raise Uncertain(fault) from None
            return  # it has said that the sheet is out, and knew of no other
        mine = look.named(name)
        if sum(job.touched for job in mine) > 1:
            raise Uncertain(fault or Fault.REFUSED)
        if fault and (following.switched_off(look) or not any(job.out for job in mine)):
            raise Uncertain(fault)

    def _look(self) -> Look:
        """The printer's state, when there is a way to it and nothing of before is left. Raises ``Trouble``."""
        if not self._gate.alive:
            raise Trouble(Fault.SPOOLER)
        until = _soon()
        if self._spool_clear:
            self._spool_clear = False
            self._spool_clear = self._spool.leads_to(until) == self._way and not self._spool.waiting(until)
        if not self._spool_clear:
            self._gate.shut()
            self._spool.lead_to(self._way, until)
            self._spool.empty(until)
            self._spool_clear = True
        look = self._stop(_soon())
        if look.active:
            raise Trouble(look.status.fault or Fault.REFUSED)
        return look

    def _stop(self, until: float) -> Look:
        """Let the printer forget every job that is still in it, as far as it does. Raises ``Trouble``."""
        while (look := self._machine.look(until)).active and time.monotonic() < until - self._patience.poll:
            for job in look.active:
                with suppress(Trouble):  # it may be out by now, or it stops already
                    self._machine.cancel(job, until)
            time.sleep(self._patience.poll)
        return look

    def _empty_spool(self) -> None:
        """No trace of the job stays at CUPS; where that fails, nothing is printed until it was made good."""
        with suppress(Trouble):
            self._spool.empty(_soon())
            self._spool_clear = True

    def _hear(self, status: Status) -> None:
        self._last = status


def _soon() -> float:
    return time.monotonic() + ANSWER_S
