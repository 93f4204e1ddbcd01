"""Two people who do not exist: region code 99 is nobody's."""

from typing import Final

from devices.citizen_number import check_digit


def number(first17: str) -> str:
    return first17 + check_digit(first17)


WANG: Final = ("王小明", number("99000019491231001"))
LI: Final = ("欧阳娜娜", number("99010119880229224"))
