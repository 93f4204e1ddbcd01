"""What must be true of every screen in every mode; each broken rule is one line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from screens.frame import Header, NavBar
from screens.key import Key, Kind
from screens.keys import Button
from screens.layout import Across, Down, Empty
from screens.maintenance.frame import AmberHeader, Foot
from screens.modes import Strip
from screens.pages import MaintenancePage
from screens.screen import Screen
from screens.tabs import TabKey
from screens.window import KioskWindow

AMBER_UPRIGHT: dict[type[QWidget], QRect] = {AmberHeader: QRect(0, 0, 1080, 136), Foot: QRect(0, 1744, 1080, 176)}
AMBER_WIDE: dict[type[QWidget], QRect] = {AmberHeader: QRect(0, 0, 1920, 112), Foot: QRect(0, 952, 1920, 128)}
UPRIGHT: dict[type[QWidget], QRect] = {
    Header: QRect(0, 0, 1080, 136),
    NavBar: QRect(0, 1648, 1080, 144),
    Strip: QRect(0, 1792, 1080, 128),
}
WIDE: dict[type[QWidget], QRect] = {
    Header: QRect(0, 0, 1920, 112),
    NavBar: QRect(0, 952, 1020, 128),
    Strip: QRect(1020, 952, 900, 128),
}
FULL_ID = re.compile(r"\d{17}[\dX]")
MOST_PAGES = 12


def visible(window: QWidget) -> list[QWidget]:
    return [each for each in window.findChildren(QWidget) if each.isVisibleTo(window)]


def maintained(window: KioskWindow) -> MaintenancePage[Any] | None:
    """The page, where it is a technician's."""
    page = window.page()
    return page if isinstance(page, MaintenancePage) else None


def where(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _name(widget: QWidget) -> str:
    said = getattr(widget, "said", None)
    return f"{type(widget).__name__} {widget.objectName()} {said() if said else ''!r}"


def broken(window: KioskWindow) -> list[str]:
    """The rules of the look that this window breaks, as it stands."""
    return [*_clipped(window), *_overlapping(window), *_keys(window), *_frame(window), *_words(window)]


def broken_on_all_pages(window: KioskWindow) -> list[str]:
    """The rules broken here and on every further page that the blocks are spread over."""
    found = broken(window)
    for _ in range(MOST_PAGES):
        after = [key for key in window.findChildren(Button, "page:after") if key.isVisibleTo(window)]
        if not after:
            return found
        after[0].click()
        QApplication.processEvents()
        found += broken(window)
    return [*found, f"more than {MOST_PAGES} pages"]


def _clipped(window: KioskWindow) -> Iterator[str]:
    for each in visible(window):
        fits = getattr(each, "fits", None)
        if fits is not None and not fits():
            yield f"does not fit: {_name(each)} in {each.width()}x{each.height()}"
        parent = each.parentWidget()
        if parent is not None and not isinstance(each, Empty) and not parent.rect().contains(each.geometry()):
            yield f"reaches out of {type(parent).__name__}: {_name(each)} {each.geometry()} in {parent.rect()}"


def _overlapping(window: KioskWindow) -> Iterator[str]:
    parents = [each for each in visible(window) if isinstance(each, Screen | Down | Across)]
    for parent in parents:
        options = Qt.FindChildOption.FindDirectChildrenOnly
        children: list[QWidget] = [
            each for each in parent.findChildren(QWidget, options=options) if each.isVisibleTo(window)
        ]
        for at, one in enumerate(children):
            for other in children[at + 1 :]:
                if one.geometry().intersects(other.geometry()):
                    yield f"overlap: {_name(one)} {one.geometry()} and {_name(other)} {other.geometry()}"


def _keys(window: KioskWindow) -> Iterator[str]:
    keys = [each for each in visible(window) if isinstance(each, Key)]
    for key in keys:
        if key.width() < 82 or key.height() < 82:
            yield f"target of {key.width()}x{key.height()}: {_name(key)}"
        if not key.accessibleName() or not key.objectName():
            yield f"nameless key: {_name(key)}"
        if (
            maintained(window) is None
            and window.look().reach
            and window.height() > window.width()
            and where(key, window).top() < 960
        ):
            yield f"out of reach: {_name(key)} at y {where(key, window).top()}"
    main = [
        each
        for each in keys
        if isinstance(each, Button) and not isinstance(each, TabKey) and each.kind in (Kind.PRIMARY, Kind.INVERSE)
    ]
    if len(main) > 1:
        yield f"{len(main)} primary keys"


def _frame(window: KioskWindow) -> Iterator[str]:
    wide = window.width() > window.height()
    page = window.page()
    full = page is not None and type(page).__name__ == "Attract"
    upkeep = maintained(window)
    amber = {} if upkeep and upkeep.bare else AMBER_WIDE if wide else AMBER_UPRIGHT
    for part, place in (amber if upkeep else WIDE if wide else UPRIGHT).items():
        if full and not wide and part is not Strip:
            continue
        parts: list[QWidget] = list(window.findChildren(part))
        found = [each for each in parts if each.isVisibleTo(window)]
        if len(found) != 1 or found[0].geometry() != place:
            yield f"the frame moved: {part.__name__} {[each.geometry() for each in found]}"


def _words(window: KioskWindow) -> Iterator[str]:
    if FULL_ID.search(window.words_shown().replace(" ", "")):
        yield "a full id number is shown"
