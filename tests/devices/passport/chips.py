"""Chips laid on a reader that is not there: commands go straight in, answers straight out."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from devices.card.apdu import Card, NoAnswer
from devices.card.sim_cards import VirtualCard
from devices.passport import AccessKey, Opened, Trust, mrz, unlock
from devices.passport.certificate import certificate
from devices.passport.sim import Country, Person

TODAY: Final = date(2026, 6, 1)
PERSON: Final = Person()


@cache
def utopia() -> Country:
    """The state whose certificates everybody has."""
    return Country("UT")


@cache
def elsewhere() -> Country:
    """A state that nobody knows."""
    return Country("XX")


@cache
def known() -> Trust:
    """Who knows Utopia, and nobody else."""
    return trusting(utopia())


def trusting(*countries: Country) -> Trust:
    return Trust(certificate(country.root.certificate) for country in countries)


def laid(chip: VirtualCard) -> Card:
    """The chip on the reader. Silence breaks the link for good."""
    gone = False

    def transmit(command: bytes) -> bytes:
        nonlocal gone
        answer = None if gone else chip.answer(command)
        if answer is None:
            gone = True
            raise NoAnswer
        return answer

    return Card(transmit)


def key_of(person: Person = PERSON) -> AccessKey:
    return mrz.key_in("".join(person.lines))


def opened(chip: VirtualCard, person: Person = PERSON, trust: Trust | None = None) -> Opened:
    return unlock(laid(chip), key_of(person), known() if trust is None else trust, TODAY)
