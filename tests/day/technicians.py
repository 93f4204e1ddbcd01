"""Technicians of the day, their cards, and the way from the waiting screen to the list of all parts."""

from __future__ import annotations

from typing import Any

from certificates.technicians import Role
from devices.card.sim_piv import WorkCardChip
from tests.day.world import Place, World

PIN = "135790"
"""Of every virtual card that says nothing else."""


def card_of(world: World, name: str, role: Role = Role.TECHNICIAN, packed: bool = False, **chip: Any) -> WorkCardChip:
    """A card with a certificate of the day's hall."""
    card = WorkCardChip(**chip)
    card.put_certificate(world.hall.technician(card.request(name), name, role), packed=packed)
    return card


def type_pin(place: Place, pin: str = PIN) -> None:
    """On the page that asks for it."""
    place.kiosk.see("请输入维护卡的密码")
    for digit in pin:
        place.kiosk.press(f"digit:{digit}")
    place.kiosk.press("primary")


def log_in(place: Place, card: WorkCardChip, pin: str = PIN) -> str:
    """Put the card in, type its PIN; what the list says."""
    place.slot.insert(card)
    type_pin(place, pin)
    return place.kiosk.see("维护模式", "读卡器", seconds=15)


def log_out(place: Place) -> None:
    """Take the card: the mode ends at once."""
    place.slot.remove()
    place.attract(20)
