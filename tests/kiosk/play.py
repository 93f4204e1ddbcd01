"""Visits played by script: pages and answers, no Qt window, a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from kiosk.steps import Ask, Overdue, Show, Visit, Work
from screens.pages import Page


class PowerCut(BaseException):
    """The machine stops. Nothing of the visit runs any more."""


Turn = tuple[type[Page[Any]], Any]
"""The page that must come, and the answer: a value, an exception to throw, or a function of the page."""


def play(visit: Visit, *script: Turn, late: Collection[str] = (), stops: str = "") -> list[Page[Any]]:
    """Drive ``visit`` through ``script`` and give every page that was shown. The script must fit exactly.

    An exception in the script is thrown at its ``Ask``; one that leaves the visit leaves here.
    ``late`` names calls of the desk that do what they do, but miss their deadline;
    ``stops`` the one after which the power is cut: raises ``PowerCut``.
    """
    shown: list[Page[Any]] = []
    turns = list(script)
    value: Any = None
    error: BaseException | None = None
    while True:
        try:
            step = visit.throw(error) if error else visit.send(value)
        except StopIteration:
            assert not turns, f"the visit ended before {[kind.__name__ for kind, _ in turns]}"
            return shown
        value = error = None
        match step:
            case Show(page):
                shown.append(page)
            case Work(lane=lane, call=call):
                value, error = _outcome(call)
                name = getattr(getattr(call, "func", call), "__name__", "")
                if name == stops:
                    raise PowerCut
                if name in late:
                    value, error = None, Overdue(lane)
            case Ask(page):
                shown.append(page)
                assert turns, f"nobody answers {page}"
                wanted, answer = turns.pop(0)
                assert type(page) is wanted, f"wanted {wanted.__name__}, got {page}"
                if isinstance(answer, Exception):
                    error = answer
                else:
                    value = answer(page) if callable(answer) else answer


def _outcome(call: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return call(), None
    except Exception as raised:  # noqa: BLE001 - as a lane does
        return None, raised
