"""Which moves a ticket may make: the whole table, as data."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from hall.tickets import State


class Verb(StrEnum):
    """What staff, a citizen or the hall's own rules do to a ticket."""

    CALL = "call"
    RECALL = "recall"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    ABSENT = "absent"
    SEND_BACK = "send_back"
    FINISH = "finish"
    CANCEL = "cancel"
    MERGE = "merge"
    REVIVE = "revive"


MOVES: Final[dict[tuple[State, Verb], State]] = {
    (State.WAITING, Verb.CALL): State.CALLED,
    (State.WAITING, Verb.TRANSFER): State.WAITING,
    (State.WAITING, Verb.CANCEL): State.CANCELLED,
    (State.WAITING, Verb.MERGE): State.MERGED,
    (State.CALLED, Verb.RECALL): State.CALLED,
    (State.CALLED, Verb.HOLD): State.HELD,
    (State.CALLED, Verb.TRANSFER): State.WAITING,
    (State.CALLED, Verb.ABSENT): State.ABSENT,
    (State.CALLED, Verb.SEND_BACK): State.WAITING,
    (State.CALLED, Verb.FINISH): State.FINISHED,
    (State.HELD, Verb.RESUME): State.CALLED,
    (State.HELD, Verb.TRANSFER): State.WAITING,
    (State.HELD, Verb.ABSENT): State.ABSENT,
    (State.HELD, Verb.SEND_BACK): State.WAITING,
    (State.HELD, Verb.FINISH): State.FINISHED,
    (State.ABSENT, Verb.RESUME): State.CALLED,
    (State.ABSENT, Verb.SEND_BACK): State.WAITING,
    (State.CANCELLED, Verb.REVIVE): State.WAITING,
    (State.MERGED, Verb.REVIVE): State.WAITING,
}
"""Where each verb leads from each state; what is not here is refused."""


class IllegalMove(Exception):
    """The ticket can't make this move now. The text names states and verbs, never a person."""


def after(state: State, verb: Verb) -> State:
    """The state that ``verb`` leads to. Raises ``IllegalMove``."""
    try:
        return MOVES[state, verb]
    except KeyError:
        raise IllegalMove(f"a ticket that is {state} can't {verb}") from None
