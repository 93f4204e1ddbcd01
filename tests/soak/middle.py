"""Somebody in the line between kiosk and hall: slow, or talking nonsense."""

from __future__ import annotations

import random
import time
from typing import Final

from tests.day.impostor import Answer, Middleman, Request
from tests.stand.hall import RunningHall

SLOW: Final = 1.5
"""Seconds by which each answer is late."""


class Middle:
    """Both, each at a port of its own. ``close`` ends them."""

    def __init__(self, hall: RunningHall) -> None:
        self.slow, self.nonsense = _Slow(hall), _Nonsense(hall)
        for one in (self.slow, self.nonsense):
            one.__enter__()

    def close(self) -> None:
        for one in (self.slow, self.nonsense):
            one.__exit__(None, None, None)


class _Slow(Middleman):
    def answer(self, request: Request) -> Answer:
        time.sleep(SLOW)
        return super().answer(request)


class _Nonsense(Middleman):
    """The right certificate, and whatever bytes chance gives."""

    def __init__(self, hall: RunningHall) -> None:
        self.chance = random.Random()
        super().__init__(hall)

    def answer(self, request: Request) -> Answer:
        status = self.chance.choice((200, 200, 204, 302, 404, 418, 500, 503))
        return Answer(status, self.chance.randbytes(self.chance.choice((0, 1, 60, 4_000, 70_000))))
