"""The page with the two printed lines, of people who are nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from devices.passport.sim_der import der

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Person:
    """As a passport has it; the days as YYMMDD."""

    surname: str = "NIEMAND"
    given: str = "ERIKA MARIA"
    number: str = "X00099999"
    state: str = "UTO"
    birth: str = "880229"
    sex: str = "F"
    expiry: str = "340531"
    other: str = ""

    @property
    def lines(self) -> tuple[str, str]:
        """Both printed lines of 44 characters."""
        names = f"{self.surname}<<{self.given}".replace(" ", "<")
        first = f"P<{self.state:<<3}{names:<<39}"[:44]
        number, other = f"{self.number:<<9}", f"{self.other:<<14}"
        parts = number + digit(number), self.birth + digit(self.birth), self.expiry + digit(self.expiry)
        personal = other + (digit(other) if self.other else "<")
        number, birth, expiry = parts
        over_all = digit(number + birth + expiry + personal)
        return first, f"{number}{self.state:<<3}{birth}{self.sex}{expiry}{personal}{over_all}"

    @property
    def secret(self) -> bytes:
        """What the chip's access keys come from."""
        second = self.lines[1]
        return (second[:10] + second[13:20] + second[21:28]).encode()

    @property
    def group(self) -> bytes:
        """DG1."""
        return der(0x61, der(0x5F1F, "".join(self.lines).encode()))


def digit(text: str) -> str:
    total = 0
    for at, character in enumerate(text):
        total += (0 if character == "<" else _ALPHABET.index(character)) * (7, 3, 1)[at % 3]
    return str(total % 10)
