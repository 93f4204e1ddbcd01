"""Following one job at the printer until it says that the sheet is out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from devices.sheets import Fault, Status
from devices.sheets.line import Trouble
from devices.sheets.machine import Look, Machine

ANSWER_S: Final = 1.4
"""Seconds for the answers to one round of questions."""

_SLACK_S: Final = 2.0
"""By so much a printer's clock may be late without the printer having been switched off."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    sheet: float = 60.0
    """For one sheet, paper that somebody has to bring included."""
    away: float = 10.0
    """For a printer that does not answer in the middle of a job."""
    idle: float = 3.0
    """For a job that CUPS has done with and the printer does not know."""
    poll: float = 0.25


class Following:
    """One job, by its ``name``, from the ``first`` look at the printer before it was sent."""

    def __init__(self, name: str, first: Look, machine: Machine, patience: Patience) -> None:
        self._name = name
        self._up_time = first.up_time
        self._since = time.monotonic()
        self._machine = machine
        self._patience = patience

    def until_out(
        self, tell: Callable[[Status], None], waits: Callable[[], bool], begun: Callable[[], None]
    ) -> Fault | None:
        """None when the sheet is out, otherwise why it is not waited for any longer.

        ``tell`` hears every state of the printer; ``waits`` says whether CUPS
        still has the job to print, or raises ``Trouble``; ``begun`` is called
        when the printer works on the job.
        """
        fault: Fault | None = None
        seen = False
        now = heard = known = time.monotonic()
        latest = now + self._patience.sheet
        while now < latest:
            try:
                look = self._machine.look(now + ANSWER_S)
            except Trouble as trouble:
                if now - heard > self._patience.away:
                    return trouble.fault
            else:
                heard, fault = now, look.status.fault
                tell(look.status)
                if self.switched_off(look):
                    return Fault.UNPLUGGED
                mine = look.named(self._name)
                if mine:
                    seen = True
                    if not any(job.active for job in mine):
                        return None if any(job.out for job in mine) else fault or Fault.REFUSED
                    if any(job.out for job in mine):
                        return Fault.REFUSED  # one is out and CUPS has sent another, which is not waited for
                    if any(job.working for job in mine):
                        begun()
                elif seen:
                    return Fault.UNPLUGGED  # what it knew a moment ago it has forgotten
                else:
                    try:
                        lost = None if waits() else Fault.REFUSED
                    except Trouble as trouble:
                        lost = trouble.fault
                    if lost is None:
                        known = now
                    elif now - known > self._patience.idle:
                        return lost
            time.sleep(self._patience.poll)
            now = time.monotonic()
        return fault or Fault.SILENT

    def switched_off(self, look: Look) -> bool:
        """Between the first look and this one; then what it says of jobs says nothing of this one."""
        return look.up_time + _SLACK_S < self._up_time + time.monotonic() - self._since
