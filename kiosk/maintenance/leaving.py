"""Restart the kiosk, or shut the machine down: asked once, on record, then done when the visit is over."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import Final

from kiosk.maintenance import say
from kiosk.maintenance.asking import pressed
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.roles import Deed
from kiosk.steps import Cancelled, Work
from screens.pages import AskDeed

_SECONDS: Final = 30.0
"""For the system to take the order; what it then does it does by itself."""


async def leave(desk: MaintenanceDesk, deed: Deed) -> None:
    if deed is Deed.RESTART:
        page = AskDeed(desk.badge, say.RESTART_TITLE, say.RESTART_LEAD, say.RESTART_DEED, "rotate-ccw", False)
    else:
        page = AskDeed(desk.badge, say.OFF_TITLE, say.OFF_LEAD, say.OFF_DEED, "power", True)
    if await pressed(page) != "deed":
        return
    desk.did(deed)
    await Work("journal", partial(desk.tools.leave, deed))
    raise Cancelled


def carry_out(command: tuple[str, ...]) -> None:
    """Give the system an order, such as to shut down, when the kiosk itself has ended."""
    try:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError) as failed:
        print(f"{command[0]}: {type(failed).__name__}", file=sys.stderr)  # noqa: T201
