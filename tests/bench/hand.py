"""The hand that makes the bench's visits: quick, and the same each time."""

from __future__ import annotations

from typing import Any

from tests.day.world import Place
from tests.stand.kiosk import until


def play(place: Place, *script: str, visits: int = 1) -> dict[str, int]:
    """Play a script in the kiosk's process; raises ``AssertionError`` where a single visit did not come to its end."""
    played: dict[str, int] = place.kiosk.ask("play", script=script, visits=visits)
    assert visits > 1 or played["whole"], f"the visit ended before {script}: {place.kiosk.text()[:300]}"
    return played


def matter_key(place: Place) -> str:
    """The key of the first matter that anybody can have now."""
    play(place, "Attract/choice:no-card", "Menu/choice:none", "Services/")
    key: str = next(key for key in place.kiosk.ask("keys") if key.startswith("matter:"))
    play(place, "Services/nav:leave", "Attract/")
    return key


class Marks:
    """What the kiosk's diary tells: of one visit, from now on, or (not ``anew``) since its start."""

    def __init__(self, place: Place, anew: bool = True) -> None:
        self._kiosk = place.kiosk
        if anew:
            self._kiosk.ask("diary")
        self._found: dict[str, float] = {}

    def at(self, what: str, seconds: float = 10.0) -> float:
        """The monotonic time of the newest mark of that name, waited for."""
        return float(until(f"the mark {what}", lambda: self._look(what), seconds))

    def _look(self, what: str) -> Any:
        self._found |= {name: at for at, name in self._kiosk.ask("diary")}
        return self._found.get(what)
