"""The call of a visit that a device works at: on that device's lane, and with a deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.lanes import Errand, Lane
from kiosk.steps import Overdue, Work


class DeviceCall(QObject):
    """One at a time."""

    came = Signal(object, object)
    """On the GUI thread, once for each call: its result, or the error that it raised; ``Overdue`` at its deadline."""

    _worked = Signal(object, object)

    def __init__(self, lanes: Mapping[str, Lane], parent: QObject) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._errand: Errand | None = None
        self._lane: Lane | None = None
        self._worked.connect(self._on_worked)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self.overdue)

    def begin(self, step: Work[Any]) -> None:
        self._lane = self._lanes[step.lane]
        self._errand = self._lane.submit(step.call, self._worked.emit)
        self._deadline.start(round(step.seconds * 1000))

    def overdue(self) -> None:
        """Wait no longer: the lane leaves its thread to the call. Nothing where the call has ended already."""
        if self._errand is not None and self._errand.abandon():
            self._errand = None
            assert self._lane is not None
            self._lane.replace()
            self.came.emit(None, Overdue(self._lane.name))

    def _on_worked(self, result: object, error: BaseException | None) -> None:
        self._deadline.stop()
        self._errand = None
        self.came.emit(result, error)
