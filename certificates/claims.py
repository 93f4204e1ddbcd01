"""What a certificate says, before and after it is bytes (docs/certificate-format.md, section 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from certificates.cbor import Malformed, decoded, encoded
from certificates.short_code import short_code
from certificates.text import line

LIMIT: Final = 1_024
"""Bytes of the claims at most, inflated."""

INDICES: Final = 2**27
"""Status indices there can be."""

COPIES: Final = 9
NAME: Final = 40
LONGEST_FIELD: Final = 120
MOST_FIELDS: Final = 16

HALL_ZONE: Final = timezone(timedelta(hours=8))

_EXP, _IAT, _CTI, _STATUS, _PAPER = 4, 6, 7, 65535, -65537
_LATEST: Final = 2**32
_MASKED: Final = re.compile(r"[0-9]{6}[0-9X]")

Value = str | int | None
"""The value of one field; what it means is the template's affair."""


@dataclass(frozen=True, slots=True)
class Claims:
    """One copy of one certificate. ``iat`` and ``exp`` are seconds since 1970.

    ``masked`` is the first three and last four characters of the citizen
    number; ``fields`` stand in the template's order.
    """

    type: int
    version: int
    iat: int
    exp: int
    cti: bytes = field(repr=False)
    status: int
    name: str = field(repr=False)
    masked: str = field(repr=False)
    fields: tuple[Value, ...] = field(repr=False)
    copy: int = 1

    @property
    def short_code(self) -> str:
        return short_code(self.cti)

    @property
    def stars(self) -> str:
        """The citizen number as it is shown: ``990***********0028``."""
        return f"{self.masked[:3]}{'*' * 11}{self.masked[3:]}"

    def number(self, prefix: str) -> str:
        """The number of the certificate: ``99JZ-2026-0417283``."""
        year = datetime.fromtimestamp(self.iat, HALL_ZONE).year
        return f"{prefix}-{year}-{self.status:07d}"

    def encode(self) -> bytes:
        """The claims as CBOR. Raises ``Malformed`` where they break a rule, so nothing wrong is ever signed."""
        data = encoded(
            {
                _EXP: self.exp,
                _IAT: self.iat,
                _CTI: self.cti,
                _STATUS: self.status,
                _PAPER: [self.type, self.version, self.name, self.masked, list(self.fields), self.copy],
            }
        )
        if decode(data) != self:
            raise Malformed("claims that do not read back")
        return data


def masked(number: str) -> str:
    """What of a citizen number a certificate carries."""
    return number[:3] + number[-4:]


def decode(data: bytes) -> Claims:
    """Raises ``Malformed``."""
    value: Any = decoded(data, LIMIT)
    match value:
        case {
            4: int() as exp,
            6: int() as iat,
            7: bytes() as cti,
            65535: int() as status,
            -65537: [int() as kind, int() as version, str() as name, str() as hidden, list() as fields, int() as copy],
        } if len(value) == 5:
            pass
        case _:
            raise Malformed("not the claims of a certificate")
    numbers = (exp, iat, status, kind, version, copy)
    if any(isinstance(number, bool) for number in numbers):
        raise Malformed("a truth value for a number")
    if not (
        0 < iat < _LATEST
        and 0 < exp < _LATEST
        and len(cti) == 10
        and 0 <= status < INDICES
        and 1 <= kind <= 65_535
        and 1 <= version <= 65_535
        and 1 <= copy <= COPIES
        and _MASKED.fullmatch(hidden)
        and len(fields) <= MOST_FIELDS
    ):
        raise Malformed("a claim out of its bounds")
    line(name, NAME)
    for each in fields:
        _value(each)
    return Claims(kind, version, iat, exp, cti, status, name, hidden, tuple(fields), copy)


def _value(value: Any) -> None:
    match value:
        case None:
            return
        case str():
            line(value, LONGEST_FIELD)
        case int() if not isinstance(value, bool) and 0 <= value < 2**53:
            return
        case _:
            raise Malformed("a field that is no text and no number")
