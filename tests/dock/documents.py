"""What else is laid on the card reader: passports of states that do not exist, and cards that are nobody's document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from devices.card.sim import VirtualCard
from devices.card.sim_strangers import bank_card, phone
from devices.passport.sim import Country, Passport, Person
from devices.passport.sim_keys import CurveActive

Make = Callable[[Country], VirtualCard]
"""Makes it; the country is the one that the kiosk's master list names."""


@dataclass(frozen=True, slots=True)
class Document:
    """``about``: what the kiosk makes of it. ``person``: whose page is printed in it, where it is a passport."""

    name: str
    zh: str
    en: str
    icon: str
    about: str
    make: Make
    person: Person | None = None

    @property
    def printed(self) -> str:
        """What the kiosk asks for: number, birth, expiry; "" where it asks for nothing."""
        if self.person is None:
            return ""
        birth, expiry = _day("19", self.person.birth), _day("20", self.person.expiry)
        return f"{self.person.number} · {birth} · {expiry}"


def _day(century: str, day: str) -> str:
    return f"{century}{day[:2]}-{day[2:4]}-{day[4:]}"


def _sound(person: Person) -> Make:
    return lambda country: Passport(person, country, CurveActive())


def _copied(person: Person) -> Make:
    return lambda country: Passport(person, country).clone()


def _falsely_signed(person: Person) -> Make:
    return lambda country: Passport(person, Country("UT", impostor_of=country))


def _of_nowhere(person: Person) -> Make:
    return lambda _country: Passport(person, Country("XA"))


def _stranger(make: Callable[[], VirtualCard]) -> Make:
    return lambda _country: make()


def _passport(name: str, zh: str, en: str, about: str, person: Person, make: Callable[[Person], Make]) -> Document:
    return Document(name, zh, en, "book-user", about, make(person), person)


DOCUMENTS: Final = (
    _passport(
        "sound",
        "真护照",
        "Genuine",
        "The chip proves it is no copy: all is open.",
        Person("NIEMAND", "ERIKA MARIA", "X00000011", "UTO", "880229", "F", "340531"),
        _sound,
    ),
    _passport(
        "copied",
        "护照副本",
        "Copied chip",
        "Signed, but its chip may be a copy: no papers.",
        Person("NIEMAND", "JONAS", "X00000022", "UTO", "790404", "M", "330115"),
        _copied,
    ),
    _passport(
        "forged",
        "假护照",
        "Forged",
        "Signed by somebody else: turned away, C109.",
        Person("FAELSCHER", "OTTO", "X00000033", "UTO", "910117", "M", "320909"),
        _falsely_signed,
    ),
    _passport(
        "nowhere",
        "未知国家",
        "Not listed",
        "Not in the master list: no more than a claim.",
        Person("NIEMAND", "AVA", "X00000044", "XXA", "950606", "F", "350303"),
        _of_nowhere,
    ),
    Document(
        "bank",
        "银行卡",
        "Bank card",
        "credit-card",
        "Not one of ours, and called what it is: C111.",
        _stranger(bank_card),
    ),
    Document("phone", "手机", "Phone", "smartphone", "Laid on the reader: to be taken back.", _stranger(phone)),
)
