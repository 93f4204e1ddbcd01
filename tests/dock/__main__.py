"""``python -m tests.dock``: the kiosk in a window and the dock beside it, until the dock is closed."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from functools import partial
from pathlib import Path

NO_DISPLAY = (
    "The kiosk needs a display to stand on: run this on a desktop, "
    "or on a virtual one with xvfb-run -s '-screen 0 1920x1080x24' make kiosk"
)


def main() -> int:
    if not os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}:
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="keting-") as folder:
        return dock(Path(folder))


def dock(folder: Path) -> int:
    """Open both windows; returns when the dock was closed and everything is put away again."""
    from PySide6.QtWidgets import QApplication

    from tests.dock.hands import Hands, Tell
    from tests.dock.scale import GAP, KIOSK, DeskTheme, dock_width, scale_for
    from tests.dock.window import DockWindow

    application = QApplication(sys.argv[:1])
    desk = application.primaryScreen().availableGeometry()
    scale = scale_for(desk.width(), desk.height())
    factor = scale * float(os.environ.get("QT_SCALE_FACTOR", "1"))

    def make(tell: Tell) -> Hands:
        corner = round(desk.left() / scale), round(desk.top() / scale)
        return Hands(folder, tell, loud=True, environment={"QT_SCALE_FACTOR": f"{factor:.4f}"}, corner=corner)

    def failed(why: str) -> None:
        print(why, file=sys.stderr)
        application.exit(1)

    window = DockWindow(DeskTheme(scale=scale), make, dock_width(desk.width(), scale))
    window.closed.connect(partial(application.exit, 0))  # quit() asks the windows first
    window.failed.connect(failed)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())
    window.move(desk.left() + round((KIOSK[0] + GAP) * scale), desk.top())
    window.show()
    window.open()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
