"""What lies before the eye now, and what of it has been told already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from devices.scanner import LIMIT, Fault

STEADY: Final = 2
"""Frames in which a code must be seen: one glimpse of a worn code may be a misreading."""

AWAY: Final = 10
"""Frames without a code until it has left. Longer than a flicker, shorter than a change of paper."""

PATIENT: Final = 12
"""Frames from the first with a code that is not wanted until it is told: two looks for a worn one that is."""


@dataclass(slots=True)
class _Glimpse:
    first: int
    last: int = 0
    times: int = 0


class View:
    """Frames go in, and each code comes out once for each stay in the view.

    Two codes side by side, or in turns as on a flickering screen, are refused
    once: nobody knows which is meant. The one that is left is told, and so is
    one that takes the place of another, when the other has left. A code that
    is not ``wanted`` is nothing beside one that is, and is told later.
    """

    def __init__(self, wanted: Callable[[bytes], bool] = lambda code: True) -> None:
        self._wanted = wanted
        self._frame = 0
        self._glimpses: dict[bytes, _Glimpse] = {}
        self._told: set[bytes] = set()
        self._mixed = self._refused = False

    def see(self, codes: Iterable[bytes]) -> bytes | Fault | None:
        """What is to be told after a frame that shows ``codes``; None for nothing new."""
        self._frame += 1
        shown = self._that_count(set(codes))
        self._mixed |= len(shown) > 1 or any(self._is_back(code) for code in shown)
        for code in shown:
            glimpse = self._glimpses.setdefault(code, _Glimpse(self._frame))
            glimpse.last = self._frame
            glimpse.times += 1
        self._forget()
        steady = [code for code, glimpse in self._glimpses.items() if self._is_steady(code, glimpse)]
        if self._mixed and len(steady) > 1:
            return self._refuse()
        if len(self._glimpses) > 1 or not steady or steady[0] in self._told:
            return None
        self._told.add(steady[0])
        return steady[0] if len(steady[0]) <= LIMIT else Fault.CODE_TOO_LONG

    def _that_count(self, shown: set[bytes]) -> set[bytes]:
        """Those of ``shown`` that are wanted, where any is or lately was; then the others are forgotten."""
        if not any(map(self._wanted, (*shown, *self._glimpses))):
            return shown
        for code in [code for code in self._glimpses if not self._wanted(code)]:
            self._drop(code)
        return set(filter(self._wanted, shown))

    def _is_steady(self, code: bytes, glimpse: _Glimpse) -> bool:
        long_enough = self._frame - glimpse.first >= PATIENT or self._wanted(code)
        return glimpse.times >= STEADY and long_enough

    def _is_back(self, code: bytes) -> bool:
        """Whether another code was seen since this one was."""
        return code in self._glimpses and any(
            glimpse.last > self._glimpses[code].last for glimpse in self._glimpses.values()
        )

    def _refuse(self) -> Fault | None:
        news = None if self._refused else Fault.TWO_CODES
        self._refused = True
        return news

    def _forget(self) -> None:
        for code in [code for code, glimpse in self._glimpses.items() if self._frame - glimpse.last >= AWAY]:
            self._drop(code)
        if len(self._glimpses) < 2:
            self._mixed = self._refused = False

    def _drop(self, code: bytes) -> None:
        del self._glimpses[code]
        self._told.discard(code)
