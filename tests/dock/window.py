"""The dock: a window of keys, what came out of the kiosk, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.lanes import Lane
from offline_cache.clock import HALL_ZONE
from screens.layout import Panel, height_in
from screens.text import Text
from screens.theme import CAPTION, LEAD_BOLD, Theme
from tests.dock import carried, moves
from tests.dock.controls import Controls
from tests.dock.hands import CLERK, Hands, Tell
from tests.dock.keys import KeyRow, MoveKey, Sheet
from tests.dock.moves import Move
from tests.dock.phone_view import PhoneView
from tests.dock.scale import DOCK, WIDE
from tests.dock.seen import Seen
from tests.dock.tray import Tray
from tests.dock.views import Band, Log, Printed, Tickets

LOOK_MS: Final = 300
WIDE_KEY, NARROW_KEY = 90, 76
"""Heights of a key in design units."""


class DockWindow(QWidget):
    """``make`` sets everything up and gives the hands; it is called on a thread of its own, as all that they do.

    ``width``: of the window, in design units; a wide one has three columns.
    ``ready``: everything stands, the keys can be pressed. ``looked``: with each
    new look. ``closed``: everything is taken away again. ``failed``: it could not be set up.
    """

    ready = Signal()
    looked = Signal(object)
    closed = Signal()
    failed = Signal(str)
    _heard = Signal(object)
    _told = Signal(str, str)

    def __init__(self, theme: Theme, make: Callable[[Tell], Hands], width: int = DOCK[0]) -> None:
        super().__init__()
        self.setWindowTitle("Keting: the dock")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # its keys are pressed, not typed at: no ring on the first one
        self._theme, self._make = theme, make
        self._wide = width in WIDE
        self._hands: Hands | None = None
        self._seen: Seen | None = None
        self._busy = self._closing = False
        self._lane: Lane | None = None
        self.keys: list[MoveKey] = []
        self._band = Band(
            theme, "Keting · the dock", "The far end of every cable. The people are nobody: region 990000."
        )
        self._tray, self._tickets, self.log = Tray(theme), Tickets(theme), Log(theme)
        self._screen = PhoneView(theme)
        self._printed = Printed(theme)
        self._desk = Text(theme, "", CAPTION, "ink2", most_lines=3)
        self._left = Controls(theme, self._wide, self._key, self._printed)
        self._log_panel = self._sheet("What happened", self.log)
        self._tray_panel = self._sheet(
            "In the tray", *[self._row(row) for row in (carried.PHONES, *moves.TRAY)], self._tray
        )
        self._phone_panel = self._sheet("手机 Phone", *[self._row(row) for row in carried.IN_HAND], self._screen)
        self._hall_panel = Panel(
            theme, [Text(theme, "At the hall", LEAD_BOLD), self._tickets, self._desk], gap=12, padding=24
        )
        for part in (self._band, self._left, self._log_panel, self._tray_panel, self._phone_panel, self._hall_panel):
            part.setParent(self)
        self._heard.connect(self._on_heard)
        self._told.connect(self._on_told)
        self._round = QTimer(self)
        self._round.setInterval(LOOK_MS)
        self._round.timeout.connect(self._look)
        self.resize(theme.px(width), theme.px(DOCK[1]))
        self.follow(None)

    # setting up, taking away

    def open(self) -> None:
        self._lane = Lane("hands")
        self._round.start()
        self._let(self._lane, partial(self._make, self._told.emit))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes when everything behind it has gone: at once where it was never opened."""
        if self._lane is None:
            return
        event.ignore()
        if self._closing:
            return
        self._closing = True
        self._round.stop()
        self.follow(None)
        self._on_told("hand", "puts everything away")
        self._lane.submit(self._put_away, lambda _result, _error: self.closed.emit())
        self._lane.stop(0)

    def _put_away(self) -> None:
        if self._hands is not None:
            self._hands.close()

    # what the hands do, and what they see

    def _let(self, lane: Lane, act: Callable[[], Hands | Seen]) -> None:
        """Have it done where nobody waits for it; what comes of it is heard here."""
        lane.submit(act, lambda found, error: self._heard.emit(error or found))

    def _look(self) -> None:
        if self._lane is not None and self._hands is not None and not self._busy:
            self._busy = True
            self._let(self._lane, self._hands.look)

    def _press(self, key: MoveKey, *_: object) -> None:
        lane, hands, do = self._lane, self._hands, key.deed.do
        if lane is None or hands is None or self._closing:
            return
        for other in self.keys:
            other.setDisabled(True)

        def act() -> Seen:
            do(hands)
            return hands.look()

        self._let(lane, act)

    def _on_heard(self, news: Hands | Seen | BaseException) -> None:
        match news:
            case Hands():
                self._hands = news
                self._desk.say(f"Staff: {news.world.hall_url}/staff\n{CLERK[0]} / {CLERK[1]}")
                self._arrange()
                self.ready.emit()
            case Seen():
                self._busy = False
                self._seen = news
                self.follow(news)
                self.looked.emit(news)
            case BaseException() if self._hands is None:
                self.failed.emit(f"{type(news).__name__}: {news}")
            case BaseException():
                self._busy = False
                self._on_told("hand", f"could not: {type(news).__name__}: {news}")
                self.follow(self._seen)

    def _on_told(self, who: str, what: str) -> None:
        self.log.add(datetime.now(HALL_ZONE).strftime("%H:%M:%S"), who, what)

    def follow(self, seen: Seen | None) -> None:
        """Show how things stand; None: nobody knows."""
        for key in self.keys:
            key.follow(None if self._closing else seen)
        in_hand = seen is not None and seen.handset is not None
        self._phone_panel.setVisible(in_hand)
        self._phone_panel.settle()
        self._tray_panel.setVisible(not in_hand)
        if seen is not None:
            self._tray.follow(seen)
            self._screen.follow(seen)
            self._printed.follow(seen.document)
            self._tickets.show_tickets(seen.queue)

    # how it looks

    def _key(self, move: Move) -> MoveKey:
        key = MoveKey(self._theme, move, WIDE_KEY if self._wide else NARROW_KEY)
        key.clicked.connect(partial(self._press, key))
        self.keys.append(key)
        return key

    def _row(self, row: Sequence[Move]) -> KeyRow:
        return KeyRow(self._theme, [self._key(move) for move in row])

    def _sheet(self, title: str, *blocks: QWidget) -> Sheet:
        return Sheet(self._theme, [Text(self._theme, title, LEAD_BOLD), *blocks], gap=12, padding=24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        px = self._theme.px
        edge, gap, wide = px(32), px(20), px(892)
        top = height_in(self._band, self.width())
        self._band.setGeometry(0, 0, self.width(), top)
        y, foot = top + gap, self.height() - edge
        x, right = edge + wide + gap, self.width() - edge
        high = height_in(self._left, wide)
        self._left.setGeometry(edge, y, wide, high)
        if self._wide:
            tray = right - px(548)
            self._tray_panel.setGeometry(tray, y, right - tray, foot - y)
            middle = tray - gap - x
            hall = height_in(self._hall_panel, middle)
            self._hall_panel.setGeometry(x, y, middle, hall)
            self._log_panel.setGeometry(x, y + hall + gap, middle, foot - y - hall - gap)
        else:
            hall = height_in(self._hall_panel, right - x)
            self._tray_panel.setGeometry(x, y, right - x, foot - hall - gap - y)
            self._hall_panel.setGeometry(x, foot - hall, right - x, hall)
            self._log_panel.setGeometry(edge, y + high + gap, wide, foot - y - high - gap)

        self._phone_panel.setGeometry(self._tray_panel.geometry())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("bg"))
        painter.end()
