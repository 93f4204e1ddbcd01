"""Watches over the machine itself: what devices, hall and store tell becomes the next ``Machine``.

Everything arrives here, from whatever thread, as one signal on the GUI thread.
What concerns a visit (a card, a code) is handed on; what concerns the machine
changes it, and the journal hears of it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from devices.power import PowerTold
from devices.printer import Printer, Status
from devices.reader import ReaderEvent, ReaderLost, ReaderReady
from devices.scanner import ScannerEvent, ScannerLost, ScannerReady
from devices.sheets import SheetPrinter
from devices.sheets import Status as SheetStatus
from kiosk.faults import Fault
from kiosk.lanes import Lane
from kiosk.machine import Machine
from offline_cache.view import Report


class Watch(QObject):
    told = Signal(object)
    """A device, the hall or a lane says something; may be emitted from any thread."""

    happened = Signal(object)
    """A reader's or scanner's event, after the machine has taken note of it."""

    changed = Signal()
    """``machine`` is another one now."""

    def __init__(
        self,
        machine: Machine,
        lanes: Mapping[str, Lane],
        printer: Printer,
        sheets: SheetPrinter | None,
        try_store: Callable[[], None],
        journal: Callable[..., None],
        version: str,
    ) -> None:
        super().__init__()
        self.machine = machine
        self._lanes = lanes
        self._printer = printer
        self._sheets = sheets
        self._try_store = try_store
        self._journal = journal
        self._version = version
        self._looking = self._looking_at_sheets = False
        self.told.connect(self._on_told)

    def change(self, **news: Any) -> None:
        """The machine stands differently now."""
        self.machine = replace(self.machine, **news)
        self.changed.emit()

    def store_failed(self, code: str) -> None:
        """From any thread: nothing can be recorded now, so nothing is offered."""
        self.told.emit({"store_fault": code})

    def report(self) -> Report:
        """From any thread: what the heartbeat says of this machine."""
        machine = self.machine
        printer = machine.printer
        printers = [each.fault.value for each in (printer, machine.sheets) if each and each.fault]
        faults = [*machine.lost.values(), machine.store_fault, machine.power_fault, *printers]
        return Report(
            self._version, tuple(fault for fault in faults if fault), printer.paper.value if printer else "ok"
        )

    def look_round(self) -> None:
        """Ask for the printer's sensors, and a store that failed whether it can write again. Between visits only."""
        if self.machine.store_fault:
            self._lanes["store"].submit(self._try_store, self._store_told)
        if not self._looking:
            self._looking = True
            self._lanes["printer"].submit(self._printer.status, self._status_told)
        if self._sheets is not None and not self._looking_at_sheets:
            self._looking_at_sheets = True
            self._lanes["sheets"].submit(self._sheets.status, self._status_told)

    def failed(self, error: BaseException, fault: Fault = Fault.BROKEN_FLOW) -> None:
        """An error of the software: named in the journal by kind and place, never with its values. From any thread."""
        trace = traceback.extract_tb(error.__traceback__)
        place = f"{Path(trace[-1].filename).stem}.{trace[-1].name}:{trace[-1].lineno}" if trace else "unknown"
        self._journal("kiosk.error", fault=fault.value, kind=type(error).__name__, place=place)

    def _status_told(self, status: Status | None, error: BaseException | None) -> None:
        self.told.emit(status if status is not None else error)

    def _store_told(self, _result: object, error: BaseException | None) -> None:
        if error is None:
            self.told.emit({"store_fault": ""})

    def _on_told(self, news: object) -> None:
        match news:
            case Status():
                self._looking = False
                self._printer_told(news)
            case SheetStatus():
                self._looking_at_sheets = False
                self._sheets_told(news)
            case dict():
                self._note_news(replace(self.machine, **news))
                self.change(**news)
            case PowerTold(fault=fault):
                self._power_told(fault.value if fault else "")
            case BaseException():
                self._looking = self._looking_at_sheets = False
                self.failed(news)
            case _:
                self._device_told(news)
                self.happened.emit(news)

    def _device_told(self, event: ReaderEvent | ScannerEvent | object) -> None:
        match event:
            case ReaderReady(device) | ScannerReady(device):
                self._lose(device, None)
            case ReaderLost(device, fault) | ScannerLost(device, fault):
                self._lose(device, fault.value)

    def _lose(self, device: str, code: str | None) -> None:
        lost = {name: known for name, known in self.machine.lost.items() if name != device}
        if code is not None:
            lost[device] = code
        if lost == self.machine.lost:
            return
        if code:
            self._journal("device.lost", device=device, fault=code)
        else:
            self._journal("device.back", device=device)
        self.change(lost=lost)

    def _note_news(self, then: Machine) -> None:
        """In the journal: the store and the hall when they are lost, the hall when it is back."""
        now = self.machine
        if then.store_fault and then.store_fault != now.store_fault:
            self._journal("store.refused", fault=then.store_fault)
        if then.online and not now.online:
            self._journal("hall.online")
        if not then.online and then.hall_fault and (now.online or then.hall_fault != now.hall_fault):
            self._journal("hall.offline", fault=then.hall_fault)

    def _power_told(self, code: str) -> None:
        if code == self.machine.power_fault:
            return
        if code:
            self._journal("power.failed", fault=code)
        else:
            self._journal("power.back")
        self.change(power_fault=code)

    def _printer_told(self, status: Status) -> None:
        self._note_printer("printer", self.machine.printer, status)
        if status != self.machine.printer:
            self.change(printer=status)

    def _sheets_told(self, status: SheetStatus) -> None:
        self._note_printer("sheets", self.machine.sheets, status)
        if status != self.machine.sheets:
            self.change(sheets=status)

    def _note_printer(self, device: str, before: Status | SheetStatus | None, now: Status | SheetStatus) -> None:
        """In the journal: a printer when it can't print any more, or for another reason, and when it can again."""
        if now.fault and (before is None or now.fault is not before.fault):
            self._journal("device.lost", device=device, fault=now.fault.value)
        elif before is not None and before.fault and not now.fault:
            self._journal("device.back", device=device)
