"""Sheets to print, and a driver in a hurry."""

from __future__ import annotations

import io
import itertools
import threading
import time
import uuid
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

from devices.sheets.cups import CupsSheetPrinter
from devices.sheets.follow import Patience

HASTY: Final = Patience(sheet=2.0, away=0.8, idle=0.4, poll=0.05)

_number = itertools.count(1)


def pdf() -> bytes:
    """One A4 page, unlike every other."""
    page = Image.new("1", (595, 842), 1)
    ImageDraw.Draw(page).text((50, 50), f"sheet {next(_number)}")
    file = io.BytesIO()
    page.save(file, "PDF")
    return file.getvalue()


def name() -> str:
    return str(uuid.uuid4())


class Printing:
    """A sheet being printed on a thread of its own, as on a kiosk's lane."""

    def __init__(self, printer: CupsSheetPrinter, page: bytes | None = None) -> None:
        self.page = page or pdf()
        self.error: Exception | None = None
        self._printer = printer
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._printer.print(self.page, name())
        except Exception as error:  # noqa: BLE001 (handed to the test)
            self.error = error

    def end(self, within: float = 10.0) -> Exception | None:
        self._thread.join(within)
        assert not self._thread.is_alive(), "the lane is blocked"
        return self.error


def soon(happens: Callable[[], bool], within: float = 5.0) -> bool:
    ends = time.monotonic() + within
    while not happens():
        if time.monotonic() > ends:
            return False
        time.sleep(0.01)
    return True
