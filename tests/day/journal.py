"""What a kiosk noted of itself, read from its file."""

from __future__ import annotations

import json
from typing import Any

from tests.day.world import Place
from tests.stand.kiosk import until


def written(place: Place) -> str:
    """The newest file, as it is."""
    return (place.data / "journal" / "journal.0").read_text("utf-8")


def lines(place: Place) -> list[dict[str, Any]]:
    """Its lines, without their hashes."""
    return [json.loads(line.rpartition(" ")[0]) for line in written(place).splitlines()]


def noted(place: Place, event: str, **fields: Any) -> None:
    """Wait until the journal has it."""
    wanted = {"event": event, **fields}
    until(f"{wanted} in the journal", lambda: any(wanted.items() <= line.items() for line in lines(place)))
