"""Every screen in every language and mode as a picture: ``python -m screens.gallery OUT``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from screens import specimen
from screens.certificate_slip import certificate
from screens.look import Display, Look
from screens.pages import MaintenancePage, Page
from screens.paper import Bitmap, TicketSlip, ticket
from screens.picture import png
from screens.table import SCREENS
from screens.window import KioskWindow
from screens.words import Language, Words

UPRIGHT: Final = (1080, 1920)
WIDE: Final = (1920, 1080)
_HALL: Final = Words("江畔区政务服务中心", "Jiangpan District Service Hall")
_PLACE: Final = Words("24 小时自助厅 · 03 号机", "24-hour self-service · Machine 03")
_DATE: Final = Words("11月20日 周五", "Fri 20 Nov")


@dataclass(frozen=True, slots=True)
class Mode:
    """A way the screens can be seen."""

    name: str
    look: Look
    night: bool = False
    size: tuple[int, int] = UPRIGHT


def _modes() -> Iterator[Mode]:
    for language in Language:
        short = language.value[:2]
        yield Mode(short, Look(language))
        yield Mode(f"{short}-night", Look(language), night=True)
        yield Mode(f"{short}-elder", Look(language, elder=True))
        yield Mode(f"{short}-dark", Look(language, tone=Display.DARK))
        yield Mode(f"{short}-bright", Look(language, tone=Display.BRIGHT))
        yield Mode(f"{short}-reach", Look(language, reach=True))
        yield Mode(f"{short}-elder-reach", Look(language, elder=True, reach=True))
        yield Mode(f"{short}-wide", Look(language), size=WIDE)
        yield Mode(f"{short}-wide-elder", Look(language, elder=True), size=WIDE)


MODES: Final = tuple(_modes())


def samples() -> Iterator[tuple[str, Page[Any]]]:
    """Every sample page, with a name."""
    for page_type, screen in SCREENS.items():
        for name, page in screen.samples().items():
            yield f"{page_type.__name__.lower()}-{name}", page


def dressed(mode: Mode, page: Page[Any]) -> KioskWindow:
    """A window that shows ``page`` as ``mode`` says."""
    window = KioskWindow(locked=False, voice=True)
    window.resize(*mode.size)
    window.show()
    window.set_place(_HALL, _PLACE)
    window.set_clock("23:18" if mode.night else "09:41", _DATE)
    window.set_night(mode.night)
    window.set_look(mode.look)
    turn(window, page)
    return window


def turn(window: KioskWindow, page: Page[Any]) -> None:
    """Show ``page`` in a window that is dressed already, as on its first second."""
    window.show_page(page, card_inside=True)
    if page.seconds:
        window.count_down(page.seconds, page.seconds)


def put_away(window: QWidget) -> None:
    """Close and delete a window now, not when the event loop next runs."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


CHOSEN: Final = (
    *("attract-open-zh", "attract-closed-zh", "home-booked-zh", "services-some-zh", "review-two-zh", "printing-now-zh"),
    *("taketicket-card-zh", "haveticket-waiting-zh", "typenumber-problem-zh", "notice-no-paper-zh", "warning-zh"),
    *("fill-date-zh", "preview-sheet-zh", "takepaper-sheet-zh", "verified-valid-zh", "verified-forged-zh"),
    *("notify-first-zh", "bind-first-zh", "mypage-full-zh", "stepup-two-zh"),
    *("upkeep-some-zh", "upkeep-some-en", "testing-paper-zh", "enterpin-wrong-zh-wide"),
    *("attract-open-en", "home-booked-en", "review-two-en", "help-en"),
    *("home-booked-zh-elder", "home-booked-zh-dark", "services-some-zh-bright", "home-booked-zh-reach"),
    *("home-booked-zh-night", "home-booked-zh-wide", "taketicket-card-zh-wide"),
)
"""The pictures kept in the repository, small."""


SLIP: Final = TicketSlip(
    hall=_HALL,
    matters=(
        Words("社保关系转移接续", "Transfer of social insurance"),
        Words("异地就医备案", "Register care in another city"),
    ),
    number="A037",
    ahead=6,
    minutes=18,
    as_of=None,
    window=Words("二楼 B 区综合窗口 12–18", "Floor 2, Area B, windows 12–18"),
    printed_at="2026-11-20 09:41",
    follow_url="HTTPS://HALL.EXAMPLE/T/MFRGGZDFMZTWQ2LK",
    missed=Words("过号请到导办台，后排 3 位。", "Missed your call? Ask at the desk."),
    masked="王*明",
    machine=Words("03 号机 K-0203", "Machine 03 K-0203"),
    reference="K0203-1-004182",
    hotline="12345",
)


def draw_slip(file: Path, slip: Bitmap) -> bool:
    """A slip, one pixel a dot."""
    return file.write_bytes(png(slip)) > 0


def _draw_slips(out: Path) -> int:
    slips = (("ticket", ticket(SLIP, 576)), ("certificate", certificate(specimen.slip())))
    return sum(draw_slip(out / f"slip-{name}.png", slip) for name, slip in slips)


def draw_all(out: Path, only: str = "") -> int:
    """Draw all pictures whose name contains ``only``; the number drawn."""
    out.mkdir(parents=True, exist_ok=True)
    draw_slip(out / "slip-ticket-58mm.png", ticket(SLIP, 384))
    _draw_slips(out)
    return sum(_keep(window, out / f"{name}.png") for name, window in _scenes(lambda name: only in name))


def draw_chosen(out: Path, width: int = 540) -> int:
    """Draw the chosen pictures, upright ones ``width`` pixels wide; the number drawn."""
    out.mkdir(parents=True, exist_ok=True)
    drawn = _draw_slips(out)
    for name, window in _scenes(CHOSEN.__contains__):
        scaled = width if window.height() > window.width() else width * 16 // 9
        drawn += _keep(window, out / f"{name}.png", scaled)
    return drawn


def _keep(window: KioskWindow, file: Path, width: int = 0) -> bool:
    picture = window.grab().toImage()
    if width:
        picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        picture = picture.convertToFormat(QImage.Format.Format_RGB888)
    return picture.save(str(file))


def _scenes(wanted: Callable[[str], bool]) -> Iterator[tuple[str, KioskWindow]]:
    """Windows ready to be drawn, with their names; put away after each."""
    for mode in MODES:
        for name, page in samples():
            if isinstance(page, MaintenancePage) and (mode.night or mode.look != Look(mode.look.language)):
                continue  # alike in every mode
            over = {"warning": _warned, "help": _helped} if name == "home-booked" else {}
            scenes = {name: _plain} | over
            names = [each for each in scenes if wanted(f"{each}-{mode.name}")]
            if not names:
                continue
            window = dressed(mode, page)
            for each in names:
                scenes[each](window)
                yield f"{each}-{mode.name}", window
            put_away(window)


def _plain(_window: KioskWindow) -> None:
    """As it is."""


def _warned(window: KioskWindow) -> None:
    window.warn(20)


def _helped(window: KioskWindow) -> None:
    window.calm()
    window.show_help()


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wants = argparse.ArgumentParser(prog="screens.gallery", description=__doc__)
    wants.add_argument("out", type=Path, nargs="?", default=Path("out/gallery"))
    wants.add_argument("--only", default="", help="pictures whose name contains this")
    wants.add_argument("--chosen", action="store_true", help="only the few kept in the repository, small")
    asked = wants.parse_args()
    app = QApplication(sys.argv[:1])
    count = draw_chosen(asked.out) if asked.chosen else draw_all(asked.out, asked.only)
    sys.stdout.write(f"{count} pictures in {asked.out}\n")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
