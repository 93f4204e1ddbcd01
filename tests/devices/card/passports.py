"""Passports of people who do not exist, of a state that does not either, and what opens them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from devices.card.sim import Slot, VirtualCard
from devices.passport import AccessKey, mrz
from devices.passport.sim import Country, Passport, Person
from devices.passport.sim_keys import CurveActive
from devices.reader import CardArrived, CardLocked
from tests.devices.card.told import Told

ERIKA: Final = Person()
JAN: Final = Person(surname="NIEMAND", given="JAN", number="X00088888", birth="750101", sex="M")


@cache
def state() -> Country:
    return Country()


def key_of(person: Person) -> AccessKey:
    return mrz.access_key(person.number, person.birth, person.expiry)


def passport(person: Person = ERIKA, *, genuine: bool = False) -> Passport:
    """``genuine``: with a key of its own, that no copy has."""
    return Passport(person, state(), CurveActive() if genuine else None, pause=_at_once)


def laid_down(slot: Slot, told: Told, card: VirtualCard) -> None:
    """Put it in; it waits for its key then."""
    slot.insert(card)
    told.next(CardArrived)
    told.next(CardLocked)


def believed(folder: Path) -> str:
    """A folder with the certificate of the state, as ``PcscReader`` takes it for ``trust``."""
    (folder / "state.der").write_bytes(state().root.certificate)
    return str(folder)


def _at_once(seconds: float) -> None:
    """For chips that let their readers wait after wrong keys."""
