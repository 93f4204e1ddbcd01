"""The social security card (社会保障卡): what it tells without a PIN, checked, as a ``Holder``.

Read are the citizen number, the name, sex and birth (EF06) and the date of
expiry (EF05), nothing else; no PIN is ever tried. Source: the ministry's
card specification as public readers of it show it (人社信息函〔2012〕37号).
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Final

from devices import citizen_number
from devices.card import records
from devices.card.apdu import Card, Garbled
from devices.holder import Document, Holder, Sex

APPLICATION: Final = "sx1.sh.社会保障".encode("gbk")
ISSUER_FILE: Final = 0xEF05
HOLDER_FILE: Final = 0xEF06
EXPIRY: Final = 0x06
NUMBER: Final = 0x08
NAME: Final = 0x09
NAME_REST: Final = 0x4E
SEX: Final = 0x0A
BIRTH: Final = 0x0D

NAME_BYTES: Final = 30
"""In the name's own record; only a name that fills it goes on in ``NAME_REST``."""

LONGEST_NAME: Final = 60
"""Characters."""

_PADDING: Final = b"\x00\x20\xff"
_SEXES: Final = {1: Sex.MALE, 2: Sex.FEMALE, ord("1"): Sex.MALE, ord("2"): Sex.FEMALE}
_UNSAFE: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class Unknown(Exception):
    """The card answers, and is no social security card."""


def read(card: Card) -> Holder:
    """Who the card belongs to.

    Raises ``Unknown`` for every other kind of card, ``Garbled`` where its
    content breaks the rules or contradicts itself, ``NoAnswer`` where it
    goes silent. Whether it has expired is for the caller's clock to say.
    """
    if not is_one(card):
        raise Unknown
    issued = records.values(card, (EXPIRY,)) if records.select_file(card, ISSUER_FILE) else {}
    if not records.select_file(card, HOLDER_FILE):
        raise Unknown
    told = records.values(card, (NUMBER, NAME, NAME_REST, SEX, BIRTH))
    if NUMBER not in told or NAME not in told:
        raise Garbled("no number or no name")
    number = number_in(told[NUMBER])
    birth = citizen_number.birth_of(number)
    sex = citizen_number.sex_of(number)
    if BIRTH in told and date_in(told[BIRTH]) not in (None, birth):
        raise Garbled("another birth date than in the number")
    if SEX in told and sex_in(told[SEX]) not in (Sex.UNKNOWN, sex):
        raise Garbled("another sex than in the number")
    return Holder(
        name=name_in(told[NAME], told.get(NAME_REST, b"")),
        number=number,
        document=Document.SOCIAL_CARD,
        sex=sex,
        birth=birth,
        expires=date_in(issued.get(EXPIRY, b"")),
    )


def is_one(card: Card) -> bool:
    """Whether there is such an application; it is selected then. Raises ``NoAnswer``, ``Garbled``."""
    return records.select_application(card, APPLICATION)


def same(card: Card, holder: Holder) -> bool:
    """Whether this is still that holder's card, by its number alone. Raises ``NoAnswer``, ``Garbled``."""
    if not is_one(card) or not records.select_file(card, HOLDER_FILE):
        return False
    return number_in(records.values(card, (NUMBER,)).get(NUMBER, b"")) == holder.number


def number_in(value: bytes) -> str:
    """The citizen number, right by GB 11643. Raises ``Garbled``."""
    try:
        return citizen_number.checked(value.decode("ascii"))
    except ValueError:  # UnicodeDecodeError is one too
        raise Garbled("not a citizen number") from None


def name_in(value: bytes, rest: bytes = b"") -> str:
    """The name as the card says it, without its padding; 1 to 60 characters.

    GB 18030 reads every GBK name and the rare characters that newer cards
    write in four bytes. Raises ``Garbled`` for bytes that are no text, for
    control and direction characters, and for marks heaped on one letter.
    """
    whole = value + rest if _goes_on(value, rest) else value
    try:
        name = whole.rstrip(_PADDING).decode("gb18030").rstrip()
    except UnicodeDecodeError:
        raise Garbled("a name that is not GB 18030") from None
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Garbled(f"a name without a character, or with more than {LONGEST_NAME}")
    marks = 2  # so that none may come first
    for character in name:
        category = unicodedata.category(character)
        if category in _UNSAFE:
            raise Garbled("control characters in the name")
        marks = marks + 1 if category.startswith("M") else 0
        if marks > 2:
            raise Garbled("heaped marks in the name")
    return name


def _goes_on(value: bytes, rest: bytes) -> bool:
    """Whether the name fills its record; the space between two of a foreigner's names may be the last byte of it."""
    if len(value) < NAME_BYTES or not rest.strip(_PADDING):
        return False
    return value[-1] not in _PADDING or (value[-1] == 0x20 and value[-2] not in _PADDING)


def date_in(value: bytes) -> date | None:
    """A day as four BCD bytes or eight digits; None where it is blank or says "for ever".

    Raises ``Garbled`` for anything else.
    """
    if not value.strip(_PADDING):
        return None
    digits = value.hex() if len(value) == 4 else value.decode("latin-1")
    if digits == "99999999":
        return None
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        raise Garbled("not a date")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Garbled("not a date in the calendar") from None


def sex_in(value: bytes) -> Sex:
    """GB/T 2261.1 as one byte, binary or ASCII: 1 is male, 2 female, none or another unknown.

    Raises ``Garbled`` for more bytes.
    """
    if not value:
        return Sex.UNKNOWN
    if len(value) != 1:
        raise Garbled("a sex of more than one byte")
    return _SEXES.get(value[0], Sex.UNKNOWN)
