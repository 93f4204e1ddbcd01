"""The phone in the hand as it is seen: whose it is, the page that it opened, the messages that came."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screens.layout import ground
from screens.text import CENTRE, LEFT, RIGHT
from screens.theme import BODY, CAPTION, LEAD_BOLD, Face, Theme
from screens.typeset import draw, typeset
from tests.dock.page import Page
from tests.dock.people import OWNERS
from tests.dock.seen import Handset, Seen

NOT_YET: Final = (
    "Nothing scanned yet. Lay down an ID card and choose 我的, 手机和账号, 绑定手机: the kiosk shows a code to scan."
)
NO_LETTERS: Final = "No message came yet."
LETTERS: Final = 3
"""Messages that are shown, the newest first."""

NUMBER: Final = Face(22.0, 22.0, True, 1.15)
_BANNERS: Final = {"": "hero", "ok": "ok", "warn": "warn", "rest": "ink2"}
"""The colour role of a page's head by its tone."""


class PhoneView(QWidget):
    """Painted in one go, from the top until there is no room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._handset: Handset | None = None

    def follow(self, seen: Seen) -> None:
        if seen.handset != self._handset:
            self._handset = seen.handset
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._handset is None:
            return
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground(painter, self._theme, self.rect(), "ink", radius=36)
        rim = px(14)
        screen = self.rect().adjusted(rim, px(34), -rim, -px(34))
        ground(painter, self._theme, screen, "surface", radius=14)
        painter.setClipRect(screen)
        pen = _Pen(painter, self._theme, screen, px(22))
        owner = OWNERS[self._handset.who].name
        pen.pair(owner, f"微信 {self._handset.nickname}", BODY.bolder(), CAPTION)
        if self._handset.page is None:
            pen.words(NOT_YET, CAPTION, "ink2")
        else:
            self._page(pen, self._handset.page)
        pen.rule()
        pen.words("服务通知 Messages", CAPTION.bolder(), "ink")
        for letter in self._handset.letters[:LETTERS]:
            pen.words(f"{letter.title}　{letter.text}", CAPTION, "ink2")
        if not self._handset.letters:
            pen.words(NO_LETTERS, CAPTION, "ink2")
        painter.end()

    def _page(self, pen: _Pen, page: Page) -> None:
        pen.banner(page.title, _BANNERS.get(page.tone, "hero"))
        if page.number:
            pen.words(page.number[:2] + " " + page.number[2:], NUMBER, "ink", CENTRE)
        for name, value in page.rows:
            pen.pair(name, value, CAPTION, CAPTION.bolder(), "ink2", "ink")
        for words in page.words:
            pen.words(words, CAPTION, "ink2")


class _Pen:
    """Writes down a screen, block under block; what has no room is not begun."""

    def __init__(self, painter: QPainter, theme: Theme, screen: QRect, edge: int) -> None:
        self._painter, self._theme, self._screen = painter, theme, screen
        self._left, self._wide = screen.left() + edge, screen.width() - 2 * edge
        self._gap = theme.px(12)
        self._y = screen.top() + self._gap

    def words(self, text: str, face: Face, role: str, align: Qt.AlignmentFlag = LEFT) -> None:
        made = typeset(text, face, self._theme, self._wide)
        if self._y + made.height <= self._screen.bottom():
            box = QRect(self._left, self._y, self._wide, made.height)
            draw(self._painter, made, box, self._theme.colour(role), align)
            self._y += made.height + self._gap

    def pair(self, left: str, right: str, one: Face, other: Face, ink: str = "ink", role: str = "ink2") -> None:
        """A name and what it is, at both ends of a line."""
        first = typeset(left, one, self._theme, self._wide)
        second = typeset(right, other, self._theme, self._wide - first.width - self._gap)
        tall = max(first.height, second.height)
        if self._y + tall <= self._screen.bottom():
            box = QRect(self._left, self._y, self._wide, tall)
            draw(self._painter, first, box, self._theme.colour(ink), LEFT)
            draw(self._painter, second, box, self._theme.colour(role), RIGHT)
            self._y += tall + self._gap

    def banner(self, text: str, role: str) -> None:
        made = typeset(text, LEAD_BOLD, self._theme, self._wide)
        band = QRect(self._screen.left(), self._y, self._screen.width(), made.height + 2 * self._gap)
        self._painter.fillRect(band, self._theme.colour(role))
        box = QRect(self._left, self._y + self._gap, self._wide, made.height)
        draw(self._painter, made, box, self._theme.colour("onhero"), LEFT)
        self._y = band.bottom() + self._gap

    def rule(self) -> None:
        stroke = self._theme.px(self._theme.roles.stroke)
        self._painter.fillRect(self._left, self._y, self._wide, stroke, self._theme.colour("line"))
        self._y += stroke + self._gap
