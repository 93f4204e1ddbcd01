"""Pieces of visits that many checks share."""

from __future__ import annotations

import re

from devices.idcard.sim_cards import Chip
from devices.printer.sim_paper import Piece
from tests.day.people import Person
from tests.day.world import Place
from tests.stand.kiosk import until

PENSION = "pension-transfer"
NOTICE = "给您开一个账号"
OUT_OF_TOWN = "out-of-town-care"


def lay_down(place: Place, person: Person) -> None:
    """Put a social security card in and wait until the kiosk greets its holder."""
    place.slot.insert(person.social_card)
    place.kiosk.see(f"{person.name[0]}*", "社保卡在机内")


def choose(place: Place, *matters: str) -> None:
    """From the page of services to the review."""
    for matter in matters:
        find(place, matter)
        place.kiosk.press(f"matter:{matter}")
    place.kiosk.press("primary")
    place.kiosk.see("请核对")


def find(place: Place, matter: str) -> None:
    """Turn tabs, groups and pages until a matter can be pressed."""
    kiosk = place.kiosk
    until("the services", lambda: any(key.startswith("tab:") for key in kiosk.ask("keys")))
    if f"matter:{matter}" in kiosk.ask("keys"):
        return
    kiosk.press("tab:department")
    groups = until("the departments", lambda: [key for key in kiosk.ask("keys") if key.startswith("group:")])
    for group in groups:
        kiosk.press(group)
        while True:
            keys = kiosk.ask("keys")
            if f"matter:{matter}" in keys:
                return
            if "page:after" not in keys:
                break
            kiosk.press("page:after")
    raise AssertionError(f"{matter} is on no page of {groups}")


def pressable(place: Place, matter: str) -> bool:
    """Whether a matter can be pressed on any page of any department."""
    try:
        find(place, matter)
    except AssertionError:  # every one was looked through
        return False
    return True


def take_ticket(place: Place, person: Person, *matters: str) -> Piece:
    """A whole visit with a card, up to the screen that says to take the ticket."""
    lay_down(place, person)
    place.kiosk.press("choice:services")
    choose(place, *matters)
    return print_it(place)


def print_it(place: Place, account: str = "decline") -> Piece:
    """From the review to the slip. ``account``: the key that answers the notice, where it comes."""
    before = len(place.papers())
    confirm(place, account)
    place.kiosk.see("号票已打印")
    return place.new_paper(before)


def confirm(place: Place, account: str = "decline") -> None:
    """From the review on, past the notice."""
    place.kiosk.press("primary")
    past_notice(place, "请核对", account)


def past_notice(place: Place, left: str, account: str = "decline") -> None:
    """Answer the notice before a first service, where one comes; ``left`` are words of the page before it."""

    def next_page() -> str:
        text = place.kiosk.text()
        return "notice" if NOTICE in text else "" if left in text else "another"

    if until("the next page", next_page) == "notice":
        place.kiosk.press(account)


def type_in(place: Place, text: str) -> None:
    """Press the keys of a keyboard or keypad."""
    for character in text:
        place.kiosk.press(f"{'digit' if character.isdigit() else 'letter'}:{character}")


def lay_id_card(place: Place, chip: Chip, *greeting: str) -> None:
    """Lay an ID card on its reader and wait for the greeting."""
    place.sam.lay_down(chip)
    place.kiosk.see(*greeting)


def number_on_screen(place: Place) -> str:
    """The ticket's number, as the screen shows it."""
    found = re.search(r"\b(?:\d\d-)?[A-Z]\d{3,4}\b", place.kiosk.text())
    assert found, place.kiosk.text()
    return found[0]


def go(place: Place) -> None:
    """Take the card and wait until the kiosk has forgotten the visit."""
    place.slot.remove()
    place.sam.take_away()
    place.attract(20)
