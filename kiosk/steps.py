"""What a flow can wait for, and how a visit can end early.

A flow is an ``async def`` without asyncio: each ``await`` hands one of these
steps to whoever drives the visit (a session on the GUI thread, a script in a
test) and goes on with the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast

from screens.pages import Page

Answer = TypeVar("Answer")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Ask(Generic[Answer]):
    """Show a page and wait for its answer. The only place where a visit can be left."""

    page: Page[Answer]

    def __await__(self) -> Generator[Step, Any, Answer]:
        return cast(Answer, (yield self))


@dataclass(frozen=True)
class Show:
    """Show a page that asks nothing, and go on at once."""

    page: Page[None]

    def __await__(self) -> Generator[Step, Any, None]:
        yield self


@dataclass(frozen=True)
class Work(Generic[Result]):
    """Run ``call`` on the thread of the device ``lane``; ends with its result or at ``seconds``."""

    lane: str
    call: Callable[[], Result]
    seconds: float = 10.0

    def __await__(self) -> Generator[Step, Any, Result]:
        return cast(Result, (yield self))


Step = Ask[Any] | Show | Work[Any]
Visit = Coroutine[Step, Any, None]


class Left(Exception):
    """The visit ends here, by the citizen's will or without it; ``how`` is the journal's word for it."""

    how: ClassVar[str]


class Cancelled(Left):
    """The citizen pressed the key that ends the visit."""

    how = "cancelled"


class WalkedAway(Left):
    """Nobody answered, also not after the warning."""

    how = "walked-away"


class CardPulled(Left):
    """The card of this visit was taken away."""

    how = "card-pulled"


class CardSwapped(Left):
    """Another card was laid down: this visit is over, the next one is not its business."""

    how = "card-swapped"


class PowerFailing(Left):
    """The machine has time for one last paper, and for no page more."""

    how = "power"


class WentHome(Exception):
    """The citizen pressed 首页: back to the first page of the visit."""


class Overdue(Exception):
    """A ``Work`` on ``lane`` did not end in time; whatever it still does is thrown away."""

    def __init__(self, lane: str) -> None:
        super().__init__(lane)
        self.lane = lane
