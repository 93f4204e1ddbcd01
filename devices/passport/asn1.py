"""The one fence around the ASN.1 parser: hostile bytes in, values or ``Garbled`` out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from devices.card.apdu import Garbled


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """Whatever the parser makes of broken bytes is ``Garbled``. For whole functions: it parses late, value by value."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        raise Garbled(f"not {what}") from None


def moment(value: object) -> datetime:
    """The time that the parser read; where no zone is told, it is UTC. Raises ``Garbled``."""
    if not isinstance(value, datetime):
        raise Garbled("not a time")
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
