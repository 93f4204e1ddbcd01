"""What people come for when nothing is amiss, as a table: its share, and the visit between two waiting screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from devices.scanner.sim import code, scene
from tests.day.certificates import SINCE
from tests.day.people import Person
from tests.day.technicians import PIN, card_of
from tests.soak.stage import Otherwise, Stage

ACCOUNT: Final = ("decline", "primary")
"""What somebody says to an account of their own: no, or yes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``share``: how many of all visits, in relation to the others. ``visit`` raises ``Otherwise``."""

    share: int
    visit: Callable[[Stage, Random], None]


def choosing(stage: Stage, chance: Random) -> tuple[str, ...]:
    """From the services to the key that prints."""
    return f"Services/{chance.choice(stage.matters)}", "Services/primary", "Review/primary"


def without_card(stage: Stage, chance: Random) -> tuple[str, ...]:
    """From the waiting screen to the key that prints, for somebody without a card."""
    return "Attract/choice:no-card", "Menu/choice:none", *choosing(stage, chance)


def with_card(stage: Stage, chance: Random) -> tuple[str, ...]:
    """From the greeting to the answer that prints, for somebody who was never here."""
    return "Home/choice:services", *choosing(stage, chance), f"Notify/{chance.choice(ACCOUNT)}"


def form(chance: Random, paper: str) -> tuple[str, ...]:
    """From the greeting to the page of a certificate of residence."""
    typed = (f"Fill/digit:{digit}" for digit in SINCE)
    account = f"Notify/{chance.choice(ACCOUNT)}"
    answers = ("Menu/choice:residence", account, *typed, "Fill/primary", "Menu/choice:1", f"Menu/choice:{paper}")
    return "Home/choice:certificates", *answers, "Preview/"


def no_card(stage: Stage, chance: Random) -> None:
    stage.whole(*without_card(stage, chance), "TakeTicket/", "Attract/")
    stage.one_slip()


def typed(stage: Stage, chance: Random) -> None:
    number = stage.somebody(chance).number
    digits = (f"TypeNumber/digit:{digit}" for digit in number)
    to_number = ("Attract/choice:no-card", "Menu/choice:typed", *digits, "TypeNumber/primary")
    stage.whole(*to_number, *choosing(stage, chance), "TakeTicket/", "Attract/")
    stage.one_slip()


def looks(stage: Stage, chance: Random) -> None:
    """At the services, and goes."""
    stage.whole("Attract/choice:no-card", "Menu/choice:none", "Services/nav:leave", "Attract/")
    stage.no_slip()


def goes_away(stage: Stage, chance: Random) -> None:
    """Without a word, in the middle."""
    stage.whole("Attract/choice:no-card", "Menu/choice:none", "Services/", "Attract/")
    stage.no_slip()


def social_card(stage: Stage, chance: Random) -> None:
    person = stage.somebody(chance)
    forgets = ("TakeCard/",) if chance.random() < 0.5 else ()
    _by_card(stage, person, *with_card(stage, chance), "TakeTicket/", *forgets)
    stage.one_slip()


def gives_up(stage: Stage, chance: Random) -> None:
    """Takes a ticket, comes again, and cancels it."""
    person = stage.somebody(chance)
    _by_card(stage, person, *with_card(stage, chance), "TakeTicket/")
    stage.one_slip()
    cancel = ("Home/choice:tickets", "HaveTicket/choice:cancel", "Confirm/primary", "Notice/nav:leave", "TakeCard/")
    _by_card(stage, person, *cancel)
    stage.no_slip()


def _by_card(stage: Stage, person: Person, *script: str) -> None:
    stage.place.slot.insert(person.social_card)
    try:
        stage.whole(*script)
    finally:
        stage.place.slot.remove()
    stage.whole("Attract/")


def id_card(stage: Stage, chance: Random) -> None:
    stage.place.sam.lay_down(stage.somebody(chance).id_card)
    try:
        stage.whole(*with_card(stage, chance), "TakeTicket/", "Attract/")
    finally:
        stage.place.sam.take_away()
    stage.one_slip()


def booking(stage: Stage, chance: Random) -> None:
    with stage.under_the_scanner(scene(code(stage.bookings.pop().encode()))):
        stage.whole("Attract/choice:booking", "ScanCode/stay", "Review/primary", "TakeTicket/")
    stage.whole("Attract/")
    stage.one_slip()


def certificate_slip(stage: Stage, chance: Random) -> None:
    _certificate(stage, chance, "80mm")
    stage.one_slip()


def certificate_sheet(stage: Stage, chance: Random) -> None:
    feeder = stage.place.feeder
    before = len(feeder.papers())
    _certificate(stage, chance, "a4")
    stage.no_slip()
    if (sheets := len(feeder.papers()) - before) != 1:
        raise Otherwise(f"{sheets} sheets came out", stage.text())


def _certificate(stage: Stage, chance: Random, paper: str) -> None:
    stage.place.sam.lay_down(stage.somebody(chance).id_card)
    try:
        stage.whole(*form(chance, paper), "Preview/primary", "TakePaper/", "Attract/")
    finally:
        stage.place.sam.take_away()


def technician(stage: Stage, chance: Random) -> None:
    """Comes in with card and PIN, sees the list of all parts, and takes the card out."""
    if not stage.technicians:
        stage.technicians.append(card_of(stage.world, "T-014"))
    stage.place.slot.insert(stage.technicians[0])
    try:
        stage.whole("EnterPin/", *(f"EnterPin/digit:{digit}" for digit in PIN), "EnterPin/primary", "Upkeep/")
    finally:
        stage.place.slot.remove()
    stage.whole("Attract/")
    stage.no_slip()


KINDS: Final = {
    "ticket, no card": Kind(42, no_card),
    "looks and goes": Kind(35, looks),
    "goes without a word": Kind(10, goes_away),
    "ticket, number typed": Kind(3, typed),
    "ticket, social security card": Kind(3, social_card),
    "ticket, ID card": Kind(3, id_card),
    "ticket taken and cancelled": Kind(1, gives_up),
    "ticket, booking code": Kind(1, booking),
    "certificate, 80 mm": Kind(1, certificate_slip),
    "certificate, A4": Kind(1, certificate_sheet),
    "technician": Kind(1, technician),
}
