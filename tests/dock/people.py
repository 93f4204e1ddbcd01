"""Three people who are nobody: region 990000, right check digits, the same every time the dock is opened."""

from __future__ import annotations

from typing import Final

from devices.citizen_number import check_digit
from tests.day.people import Person


def _person(name: str, birth: str, serial: str) -> Person:
    body = f"990000{birth}{serial}"
    return Person(name, body + check_digit(body))


PEOPLE: Final = (
    _person("王小明", "19510307", "017"),
    _person("李秀英", "19880912", "026"),
    _person("欧阳志远", "20040521", "035"),
)

STRANGER: Final = _person("路过的人", "19730606", "044")
"""Somebody whose card lies nowhere here, and who has a phone."""

OWNERS: Final = (*PEOPLE, STRANGER)
"""Everybody who has a phone, under their real name."""
