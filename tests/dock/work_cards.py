"""The cards of those who look after the kiosk: one of each role, and one that was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from certificates.technicians import Role
from devices.card.sim_piv import WorkCardChip
from tests.day.technicians import card_of
from tests.day.world import World


@dataclass(frozen=True, slots=True)
class WorkCard:
    """``name``: its staff number. ``revoked``: the hall has taken it back."""

    name: str
    role: Role
    zh: str
    revoked: bool = False


WORK_CARDS: Final = (
    WorkCard("T-014", Role.TECHNICIAN, "技术员"),
    WorkCard("M-002", Role.SITE_MANAGER, "场地管理员"),
    WorkCard("V-007", Role.VENDOR, "厂商"),
    WorkCard("T-013", Role.TECHNICIAN, "已吊销", revoked=True),
)


def certified(world: World) -> dict[str, WorkCardChip]:
    """A chip for each, by name, with a certificate of the hall; what is revoked is in its list."""
    chips = {card.name: card_of(world, card.name, card.role) for card in WORK_CARDS}
    for card in WORK_CARDS:
        if card.revoked:
            world.hall.revoke_technician(card.name)
    return chips
