"""People who are nobody: region 990000, right check digits, a new one whenever one is needed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from devices.card.sim import SocialCard
from devices.citizen_number import check_digit
from devices.idcard.sim import Card

_serials = count(1)


@dataclass(frozen=True)
class Person:
    name: str
    number: str

    @property
    def social_card(self) -> SocialCard:
        return SocialCard(self.name, self.number)

    @property
    def id_card(self) -> Card:
        return Card(self.name, self.number)


def somebody(name: str = "王小明", birth: str = "19510307") -> Person:
    body = f"990000{birth}{next(_serials):03d}"
    return Person(name, body + check_digit(body))
