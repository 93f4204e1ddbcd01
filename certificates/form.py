"""One field of a certificate: what it holds, who says it, how it is written and shown."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Bound

from certificates.claims import LONGEST_FIELD, Value

DAY_ZERO: Final = date(1900, 1, 1)
LAST_DAY: Final = 73_049
LAST_MONTH: Final = 2_399

Line = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=120)]
Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Max = Annotated[int, Bound(strict=True, ge=1, lt=2**53)]

_MONTHS: Final = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Kind(StrEnum):
    """What a field holds; docs/certificate-format.md says how each is written in the code."""

    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    INTEGER = "integer"
    MONEY = "money"
    CHOICE = "choice"


def _text(value: object) -> object:
    """A word as it is: pydantic would take its bytes too."""
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


class Strict(BaseModel):
    """Data from outside: nothing unknown, nothing changed, nothing quoted in errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Said(Strict):
    zh: Line
    en: Line


def day(value: date) -> Said:
    """A day as it stands on paper, without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return Said(zh=f"{value.year}年{value.month}月{value.day}日", en=f"{value.day} {_MONTHS[value.month]} {value.year}")


class Read(BaseModel):
    """Data as far as verifiers read it: what else has a name is skipped, whatever it is."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        if isinstance(value, dict) and not all(isinstance(name, str) for name in value):
            raise ValueError("a name that is no text")
        return value


class Field(Read):
    """One value of the certificate. ``max`` is characters of a text, else the largest number."""

    id: Id
    label: Said
    kind: Annotated[Kind, BeforeValidator(_text)]
    required: Annotated[bool, Bound(strict=True)]
    max: Max
    choices: dict[Annotated[int, Bound(strict=True, ge=0, le=999)], Said]

    @model_validator(mode="after")
    def _chosen(self) -> Self:
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise ValueError("choices belong to a choice, and to nothing else")
        return self

    def fits(self, value: Value) -> bool:
        """Whether ``value`` can stand in this field."""
        if value is None:
            return not self.required
        if self.kind is Kind.TEXT:
            return isinstance(value, str) and len(value) <= self.max
        if not isinstance(value, int) or value < 0:
            return False
        match self.kind:
            case Kind.DATE:
                return value <= LAST_DAY
            case Kind.MONTH:
                return value <= LAST_MONTH
            case Kind.CHOICE:
                return value in self.choices
            case _:
                return value <= self.max

    def shown(self, value: Value) -> Said | None:
        """The value as people read it; None where there is none."""
        if value is None:
            return None
        if isinstance(value, str):
            return Said(zh=value, en=value)
        match self.kind:
            case Kind.DATE:
                return day(DAY_ZERO + timedelta(days=value))
            case Kind.MONTH:
                year, month = 1900 + value // 12, value % 12 + 1
                return Said(zh=f"{year}年{month}月", en=f"{_MONTHS[month]} {year}")
            case Kind.MONEY:
                amount = f"{value // 100:,}.{value % 100:02d}"
                return Said(zh=f"{amount}元", en=f"CNY {amount}")
            case Kind.CHOICE:
                return self.choices[value]
            case _:
                return Said(zh=str(value), en=str(value))


class FormField(Field):
    """One value, and who says it: ``source`` is ``typed``, ``chosen``, ``card.<what>`` or ``record.<what>``.

    In TOML, where every key is text, so are the numbers of choices.
    """

    model_config = Strict.model_config

    required: Annotated[bool, Bound(strict=True)] = True
    max: Max = LONGEST_FIELD
    choices: dict[Annotated[int, Bound(ge=0, le=999)], Said] = Bound(default_factory=dict)

    source: Annotated[str, StringConstraints(pattern=r"^(typed|chosen|card\.[a-z_]{1,32}|record\.[a-z_]{1,32})$")]
    ask: Said | None = None
    """The question on the kiosk's screen, where the citizen is asked."""
    past: bool = False
    """A day or month that a citizen types may not lie after today."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind is Kind.TEXT and (self.max > LONGEST_FIELD or self.source == "typed"):
            raise ValueError("no keyboard for texts: they come from a card or a record, 120 characters at most")
        if (self.source == "chosen") != (self.kind is Kind.CHOICE) and self.source in ("typed", "chosen"):
            raise ValueError("a choice is chosen, everything else is typed")
        if self.source in ("typed", "chosen") and self.ask is None:
            raise ValueError("what is asked needs its question")
        if self.past and self.kind not in (Kind.DATE, Kind.MONTH):
            raise ValueError("only days and months lie in the past")
        return self

    def answers(self, value: Value, today: date) -> bool:
        """Whether a citizen may give ``value`` today, by the hall's calendar."""
        if not self.fits(value):
            return False
        if not self.past or not isinstance(value, int):
            return True
        latest = (today - DAY_ZERO).days if self.kind is Kind.DATE else (today.year - 1900) * 12 + today.month - 1
        return value <= latest
