"""A swap that the daemon does not see."""

from __future__ import annotations

from devices.card.sim import VirtualCard


class Changeling(VirtualCard):
    """A card that becomes another one between two looks of the daemon at its reader."""

    def __init__(self, *cards: VirtualCard) -> None:
        super().__init__(cards[0].atr)
        self._cards = list(cards)

    def change(self) -> None:
        del self._cards[0]
        self._cards[0].reset()

    def reset(self) -> None:
        super().reset()
        self._cards[0].reset()

    def obey(self, command: bytes) -> bytes:
        return self._cards[0].answer(command) or b""
