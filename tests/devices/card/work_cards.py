"""Technicians' cards, laid on the reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from devices import piv
from devices.card import PcscReader
from devices.card.sim import Slot, VirtualCard
from devices.card.sim_piv import WorkCardChip
from devices.reader import CardArrived, WorkCard, WorkCardProven
from tests.devices.card.told import Told
from tests.devices.piv.chips import MESSAGE, PIN

WRONG: Final = "000000"
VERIFY, AUTHENTICATE = 0x20, 0x87


class Strange(WorkCardChip):
    """A card that gives these answers instead from a command with this instruction and data on, one a command."""

    def __init__(self, instruction: int, answers: Iterable[bytes | None]) -> None:
        super().__init__()
        self._instruction, self._answers = instruction, answers

    def answer(self, command: bytes) -> bytes | None:
        if command[1] == self._instruction and len(command) > 5:
            self.misbehave(self._answers)
        return super().answer(command)


def put_in(slot: Slot, told: Told, card: VirtualCard) -> WorkCard:
    """It waits for its PIN then."""
    slot.insert(card)
    told.next(CardArrived)
    return told.next(WorkCard)


def proven(reader: PcscReader, told: Told, card: WorkCard, pin: str = PIN) -> WorkCardProven:
    assert reader.prove(pin, MESSAGE)
    done = told.next(WorkCardProven)
    assert piv.verified(card.certificate, MESSAGE, done.signature)
    return done


def pins_tried(card: VirtualCard) -> list[bytes]:
    """Every PIN that was sent to it."""
    return [command[5:] for command in card.heard if command[1] == VERIFY and len(command) > 5]
