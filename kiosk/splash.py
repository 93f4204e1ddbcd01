"""The page of a kiosk that could not start: out of service, the next machine, a code, whom to call.

It needs no settings, store, journal or hall: what could not be had may be any of them. It ends by itself, as a
failure, so that the supervisor starts the kiosk anew.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk import say, whereabouts
from kiosk.faults import Fault
from kiosk.settings import Settings, SettingsError
from offline_cache.store import StoreError, StoreInUse
from screens.hold import Hold
from screens.pages import OutOfService
from screens.window import KioskWindow
from screens.words import Words

SHOWN_S: Final = 30
"""Seconds until the kiosk is tried again; a supervisor waits longer for a start (TimeoutStartSec)."""

LEAD: Final = Words(
    f"{say.ASK_12345.zh}\n{say.OUT_TITLE.en}. {say.ASK_12345.en}",
    f"{say.ASK_12345.en}\n{say.OUT_TITLE.zh}，{say.ASK_12345.zh}",
)
"""In both languages at once: nobody may know that there is a key for the other."""


def show(application: QApplication, error: Exception, chosen: Settings | None) -> int:
    """Tell the citizen on the panel and the technician on stderr, for ``SHOWN_S``; the exit code of the process.

    ``chosen`` is None where there are no settings. What the kiosk had begun may still be there.
    """
    fault = fault_of(error)
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, signal.SIG_DFL)  # there is nothing to put away
    print(f"{fault.value} {reason(error)}", file=sys.stderr, flush=True)  # noqa: T201
    window = KioskWindow()
    window.set_place(*whereabouts.known(_folder(chosen)))
    window.show_page(page(fault), card_inside=False)
    if chosen is None or chosen.screen.fullscreen:
        Hold(window)
    else:
        window.resize(chosen.screen.width, chosen.screen.height)
        window.show()
    QTimer.singleShot(SHOWN_S * 1000, partial(application.exit, 1))
    return application.exec()


def page(fault: Fault) -> OutOfService:
    return OutOfService(say.OUT_TITLE, LEAD, fault.value)


def fault_of(error: Exception) -> Fault:
    match error:
        case SettingsError():
            return Fault.SETTINGS
        case StoreInUse():
            return Fault.IN_USE
    return Fault.NO_START


def reason(error: Exception) -> str:
    """What our own errors say is meant for a technician; of any other only its kind and place, never its values."""
    if isinstance(error, (SettingsError, StoreInUse, StoreError)):
        return f"{type(error).__name__}: {error}"
    trace = traceback.extract_tb(error.__traceback__)
    place = f"{Path(trace[-1].filename).stem}.{trace[-1].name}:{trace[-1].lineno}" if trace else "unknown"
    return f"{type(error).__name__} at {place}"


def _folder(chosen: Settings | None) -> Path | None:
    """Where the kiosk keeps its data: as the settings say, or else the unit."""
    if chosen is not None:
        return chosen.data
    said = os.environ.get("STATE_DIRECTORY")
    return Path(said) if said else None
