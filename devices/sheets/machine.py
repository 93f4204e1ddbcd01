"""What the printer itself says: its state, its jobs, since when it is on.

Asked at the printer and not at the spooler, who says "completed" of a job that
a power cut has taken. Jobs are found by their name: numbers are given twice.

Source: RFC 8011, 5.3 (job attributes) and 5.4 (printer attributes).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from devices.sheets import Fault, Paper, Status
from devices.sheets.ipp import Attributes, Group, Kind, Operation, attribute
from devices.sheets.line import Line, Printer, Trouble, wanted

_STOPPED: Final = 5
"""printer-state; 3 is idle and 4 processing."""

_REASONS: Final = (
    ("cover-open", Fault.COVER_OPEN),
    ("door-open", Fault.COVER_OPEN),
    ("interlock-open", Fault.COVER_OPEN),
    ("media-jam", Fault.JAM),
    ("media-empty", Fault.PAPER_OUT),
    ("media-needed", Fault.PAPER_OUT),
    ("input-tray-missing", Fault.PAPER_OUT),
    ("marker-supply-empty", Fault.TONER),
    ("marker-waste-full", Fault.TONER),
    ("toner-empty", Fault.TONER),
    ("developer-empty", Fault.TONER),
    ("opc-life-over", Fault.TONER),
    ("output-area-full", Fault.TRAY_FULL),
    ("output-tray-missing", Fault.TRAY_FULL),
    ("fuser-", Fault.REFUSED),
    ("spool-area-full", Fault.REFUSED),
    ("paused", Fault.REFUSED),
    ("shutdown", Fault.REFUSED),
)
"""What to mend first stands first. By their beginnings: -report, -warning or -error may follow, and printers do not
agree which. Source: RFC 8011, 5.4.12."""


_NOT_OUT: Final = frozenset(
    ("queued-in-device", "job-completed-with-errors", "errors-detected", "processing-to-stop-point")
)
"""With one of these a completed job is only passed on, or not whole. Source: RFC 8011, 5.3.8."""

_OUT: Final = "job-completed-successfully"

_COUNTERS: Final = ("job-impressions-completed", "job-media-sheets-completed")
_WANTED: Final = ("job-id", "job-name", "job-state", "job-state-reasons", *_COUNTERS)


class State(IntEnum):
    """Of a job."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    name: str
    state: State
    reasons: frozenset[str]
    counted: tuple[int, ...]
    """Sides and sheets that came out, as far as this printer counts them."""

    @property
    def active(self) -> bool:
        """It may still come out."""
        return self.state < State.CANCELED

    @property
    def working(self) -> bool:
        """The printer has begun with it, so it has all that it needs or is getting it."""
        return self.state is State.PROCESSING

    @property
    def out(self) -> bool:
        """The printer says that the sheet is out.

        By its counters; one that does not count has to say that all went well.
        "Completed" alone is no word: a server says it of what it has passed on.
        """
        if self.state is not State.COMPLETED or not self.reasons or self.reasons & _NOT_OUT:
            return False
        return all(self.counted) if self.counted else _OUT in self.reasons

    @property
    def touched(self) -> bool:
        """Some of it may be on paper, or come to paper."""
        return self.active or self.state is State.COMPLETED or not self.counted or any(self.counted)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the printer. ``up_time``: seconds since it was switched on."""

    status: Status
    up_time: int
    jobs: tuple[Job, ...]

    @property
    def active(self) -> list[Job]:
        return [job for job in self.jobs if job.active]

    def named(self, name: str) -> list[Job]:
        """More than one where CUPS has sent a job again."""
        return [job for job in self.jobs if job.name == name]


class Machine:
    """The printer at ``far``."""

    def __init__(self, far: Printer) -> None:
        self._far = far

    def look(self, until: float) -> Look:
        """Raises ``Trouble``.

        Up-time is asked last, so it tells of a power cut between the questions,
        however many connections they take.
        """
        with Line(self._far, until) as line:
            # a job that ends between the two questions is told twice, and not never
            jobs = {job.id: job for which in ("not-completed", "completed") for job in self._jobs(line, which)}
            names = wanted("printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-up-time")
            heard = line.ask(Operation.GET_PRINTER_ATTRIBUTES, names).of(Group.PRINTER)
            if len(heard) != 1:
                raise Trouble(Fault.SILENT)
            up_time = line.one(heard[0], "printer-up-time", int)
            return Look(_status(line, heard[0]), up_time, tuple(jobs.values()))

    def cancel(self, job: Job, until: float) -> None:
        """Tell the printer to forget a job; whether it does, only another look tells. Raises ``Trouble``."""
        with Line(self._far, until) as line:
            line.ask(Operation.CANCEL_JOB, attribute(Kind.INTEGER, "job-id", job.id))

    def _jobs(self, line: Line, which: str) -> list[Job]:
        heard = line.ask(Operation.GET_JOBS, attribute(Kind.KEYWORD, "which-jobs", which), wanted(*_WANTED))
        return [_job(line, attributes) for attributes in heard.of(Group.JOB)]


def _job(line: Line, attributes: Attributes) -> Job:
    try:
        state = State(line.one(attributes, "job-state", int))
    except ValueError:
        raise Trouble(Fault.SILENT) from None
    name = line.one(attributes, "job-name", str) if attributes.get("job-name") else ""  # a stranger's may be withheld
    reasons = frozenset(reason for reason in attributes.get("job-state-reasons", ()) if isinstance(reason, str))
    counted = tuple(line.one(attributes, counter, int) for counter in _COUNTERS if attributes.get(counter))
    return Job(line.one(attributes, "job-id", int), name, state, reasons, counted)


def _status(line: Line, attributes: Attributes) -> Status:
    reasons = [reason for reason in attributes.get("printer-state-reasons", ()) if isinstance(reason, str)]
    fault = next((fault for start, fault in _REASONS if any(reason.startswith(start) for reason in reasons)), None)
    stopped = line.one(attributes, "printer-state", int) == _STOPPED
    if fault is None and (stopped or not line.one(attributes, "printer-is-accepting-jobs", bool)):
        fault = Fault.REFUSED
    if any(reason.startswith(("media-empty", "media-needed")) for reason in reasons):
        return Status(Paper.OUT, fault)
    low = any(reason.startswith("media-low") for reason in reasons)
    return Status(Paper.LOW if low else Paper.OK, fault)
