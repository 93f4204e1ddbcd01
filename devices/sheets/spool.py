"""What CUPS is told, and asked: it holds one job at a time, and no older one.

Source: RFC 8011, section 4 (operations); CUPS Implementation of IPP (CUPS-Add-Modify-Printer).
"""

from __future__ import annotations

import time
from typing import Final

from devices.sheets import Fault
from devices.sheets.ipp import Group, Kind, Operation, attribute
from devices.sheets.line import USER, Line, Queue, Trouble, wanted

_ADMIN: Final = "/admin/"
_IDLE: Final = 3
_AGAIN_S: Final = 0.02


class Spool:
    """The queue of the kiosk. Every call raises ``Trouble`` (``SPOOLER``) at ``until`` at the latest."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def lead_to(self, uri: str, until: float) -> None:
        """From now on the queue prints there, gives a job up at its first failure, and is open to us only."""
        settings = (
            attribute(Kind.URI, "device-uri", uri),
            attribute(Kind.NAME, "printer-error-policy", "abort-job"),
            attribute(Kind.ENUM, "printer-state", _IDLE),
            attribute(Kind.BOOLEAN, "printer-is-accepting-jobs", True),
            attribute(Kind.BOOLEAN, "printer-is-shared", False),
            attribute(Kind.NAME, "requesting-user-name-allowed", USER),
        )
        with Line(self._queue, until) as line:
            line.ask(Operation.CUPS_ADD_MODIFY_PRINTER, more=(Group.PRINTER, settings), path=_ADMIN)

    def leads_to(self, until: float) -> str | None:
        """Where the queue prints; None when it is stopped or takes nothing."""
        names = wanted("device-uri", "printer-state", "printer-is-accepting-jobs")
        with Line(self._queue, until) as line:
            heard = line.ask(Operation.GET_PRINTER_ATTRIBUTES, names).of(Group.PRINTER)
            if len(heard) != 1:
                raise Trouble(Fault.SPOOLER)
            stopped = line.one(heard[0], "printer-state", int) > _IDLE + 1
            if stopped or not line.one(heard[0], "printer-is-accepting-jobs", bool):
                return None
            return line.one(heard[0], "device-uri", str)

    def empty(self, until: float) -> None:
        """Throw all jobs away, with their files and what is being sent, and see that none is left."""
        with Line(self._queue, until) as line:
            while True:
                line.ask(Operation.PURGE_JOBS, attribute(Kind.BOOLEAN, "purge-jobs", True), path=_ADMIN)
                if not self._jobs("all", until):
                    return
                time.sleep(_AGAIN_S)  # a job that was being sent is cancelled by the first and gone by the next

    def hold(self, pdf: bytes, name: str, until: float) -> int:
        """Take a job and do nothing with it; its number, which is good until CUPS is restarted."""
        template = (
            attribute(Kind.KEYWORD, "job-hold-until", "indefinite"),
            attribute(Kind.KEYWORD, "media", "iso_a4_210x297mm"),
            attribute(Kind.KEYWORD, "sides", "one-sided"),
            attribute(Kind.KEYWORD, "print-scaling", "none"),
        )
        with Line(self._queue, until) as line:
            heard = line.ask(
                Operation.PRINT_JOB,
                attribute(Kind.NAME, "job-name", name),
                attribute(Kind.MIME_TYPE, "document-format", "application/pdf"),
                more=(Group.JOB, template),
                document=pdf,
            ).of(Group.JOB)
            if len(heard) != 1:
                raise Trouble(Fault.SPOOLER)
            return line.one(heard[0], "job-id", int)

    def release(self, number: int, until: float) -> None:
        with Line(self._queue, until) as line:
            line.ask(Operation.RELEASE_JOB, attribute(Kind.INTEGER, "job-id", number))

    def waiting(self, until: float) -> list[str]:
        """The names of all jobs that it has still to print."""
        return self._jobs("not-completed", until)

    def _jobs(self, which: str, until: float) -> list[str]:
        with Line(self._queue, until) as line:
            heard = line.ask(
                Operation.GET_JOBS, attribute(Kind.KEYWORD, "which-jobs", which), wanted("job-id", "job-name")
            )
            return [line.one(job, "job-name", str) if job.get("job-name") else "" for job in heard.of(Group.JOB)]
