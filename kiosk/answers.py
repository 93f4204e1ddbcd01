"""What a citizen typed, as the value that a certificate carries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from certificates.claims import Value
from certificates.form import DAY_ZERO, FormField, Kind


def value_of(field: FormField, typed: str) -> Value:
    """The value in ``typed``, which has the form that the screen gives; None where there is no such day or sum."""
    try:
        match field.kind:
            case Kind.DATE:
                return (date.fromisoformat(typed) - DAY_ZERO).days
            case Kind.MONTH:
                day = date.fromisoformat(f"{typed}-01")
                return (day.year - DAY_ZERO.year) * 12 + day.month - 1
            case Kind.MONEY:
                return int(Decimal(typed).quantize(Decimal("0.01")) * 100)
            case _:
                return int(typed)
    except (ValueError, InvalidOperation):
        return None


def problem_with(field: FormField, value: Value, today: date, birth: date | None) -> str | None:
    """Why an answer cannot be right: ``unfit``, ``future`` or ``before-birth``; None where it can."""
    if value is None or not field.fits(value):
        return "unfit"
    if not field.answers(value, today):
        return "future"
    if field.kind is Kind.DATE and field.past and birth and isinstance(value, int):
        return "before-birth" if value < (birth - DAY_ZERO).days else None
    return None
