"""The visit under way, where there is one: begun, heard, on record, and cleaned up after."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from devices.holder import Holder
from devices.scanner import Scanner
from kiosk.aloud import Aloud
from kiosk.lanes import Lane
from kiosk.session import Session
from kiosk.steps import Left, Visit
from kiosk.visitor import Visitor
from screens.pages import Page
from screens.window import KioskWindow

MAINTENANCE = "maintenance"
"""The kind of a technician's visit: no citizen's, and so in no count of visits."""


@dataclass(frozen=True, slots=True)
class Ended:
    """``named``: it was known who was here. ``reader`` is where their card lies, "" without one."""

    kind: str
    reader: str
    named: bool
    broken: bool


class Visiting(QObject):
    over = Signal(object)
    """The visit has ended and nothing of it is left but this: an ``Ended``."""

    def __init__(
        self,
        window: KioskWindow,
        lanes: Mapping[str, Lane],
        scanner: Scanner | None,
        aloud: Aloud,
        journal: Callable[..., None],
        failed: Callable[[BaseException], None],
        pace: float,
    ) -> None:
        super().__init__()
        self._window, self._lanes, self._scanner, self._aloud = window, lanes, scanner, aloud
        self._journal, self._failed, self._pace = journal, failed, pace
        self.session: Session | None = None
        self.visitor = Visitor()
        self.reader = ""
        """Where this visit's card lies."""
        self.kind = ""
        self._began = 0.0

    @property
    def serves(self) -> bool:
        """Whether it is a technician's."""
        return self.session is not None and self.kind == MAINTENANCE

    def start(self, visit: Visit, visitor: Visitor, kind: str, reader: str) -> None:
        """``kind`` as ``FLOWS`` and the shift call it; ``reader`` is "" for a visit without a card."""
        self.kind, self.visitor, self.reader = kind, visitor, reader
        self.session = Session(visit, self._window, self._lanes, self._pace, has_card=visitor.watched)
        self.session.ended.connect(self._on_ended)
        self.session.warned.connect(self._on_warned)
        self.session.asked.connect(self._on_asked)
        if not self.serves:
            self._journal("visit.began", via=reader or ("code" if kind in ("booking", "verify") else "touch"))
        self._began = time.monotonic()
        if visitor.holder:
            self._aloud.accepted()
        self.session.begin()

    def knows(self, holder: Holder) -> None:
        """The visit of a passport has its holder now; who is read in a technician's test is nobody's business."""
        if self.visitor.holder is None and not self.serves:
            self.visitor = replace(self.visitor, holder=holder)

    def _on_warned(self) -> None:
        """Not the loudspeaker's own method: of what is no QObject, PySide6 keeps a weak reference for each signal."""
        self._aloud.still_there()

    def _on_asked(self, page: Page[Any]) -> None:
        if self._scanner is not None:
            self._scanner.look() if page.scans else self._scanner.rest()
        self._aloud.read()
        if page.farewell:
            self._aloud.take()

    def _on_ended(self, why: BaseException | None) -> None:
        if self._scanner is not None:
            self._scanner.rest()
        broken = why is not None and not isinstance(why, Left)
        if why is not None and broken:
            self._failed(why)
        how = "done" if why is None else why.how if isinstance(why, Left) else "fault"
        if not self.serves:
            self._journal("visit.ended", how=how, seconds=round(time.monotonic() - self._began))
        if self.session is not None:
            self.session.deleteLater()
        ended = Ended(self.kind, self.reader, self.visitor.holder is not None, broken)
        self.session, self.visitor, self.reader, self.kind = None, Visitor(), "", ""
        self._window.forget()
        self.over.emit(ended)
        QTimer.singleShot(0, gc.collect)
