"""From what was recorded to what is printed: the words of a ticket slip.

The words are composed before the record and kept with it, under the day's key,
so that a reprint says the same; the number and the copy come from the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kiosk.catalogue import Catalogue
from offline_cache.envelope import canonical, parse
from offline_cache.tickets import Recorded
from screens.pages import Wait
from screens.paper import Bitmap, TicketSlip, ticket
from screens.words import Words

_LIMIT: Final = 16_384


@dataclass(frozen=True, slots=True)
class Kiosk:
    """Who prints: the kiosk's id, its number in the hall, and where a ticket can be followed."""

    id: str
    number: str
    host: str

    @property
    def machine(self) -> Words:
        return Words(f"{self.number} 号机 {self.id}", f"Machine {self.number} {self.id}")

    def follow_url(self, ticket_id: str) -> str:
        return f"HTTPS://{self.host.upper()}/T/{ticket_id}"


def compose(catalogue: Catalogue, chosen: tuple[str, ...], wait: Wait | None, masked: str, now: datetime) -> bytes:
    """Everything the slip will say that is known before it has a number."""
    services = [catalogue.by_id[service] for service in chosen]
    window = catalogue.queue(services[0].queue).name
    return canonical(
        {
            "hall": [catalogue.hall.name.zh, catalogue.hall.name.en],
            "matters": [[service.name.zh, service.name.en] for service in services],
            "window": [window.zh, window.en],
            "missed": [catalogue.texts.missed.zh, catalogue.texts.missed.en],
            "hotline": catalogue.hotline,
            "wait": [wait.ahead, wait.minutes, wait.as_of] if wait else None,
            "masked": masked,
            "at": now.strftime("%Y-%m-%d %H:%M"),
        }
    )


def wait_said(recorded: Recorded) -> Wait | None:
    """The line as the slip tells it, so that screen and paper never differ."""
    said = parse(recorded.slip, _LIMIT)["wait"]
    return Wait(*said) if said else None


def draw(recorded: Recorded, kiosk: Kiosk, width: int) -> Bitmap:
    """The slip of a record, ``width`` dots wide. Off the GUI thread; only a ``Recorded`` becomes paper."""
    said: dict[str, Any] = parse(recorded.slip, _LIMIT)
    ahead, minutes, as_of = said["wait"] or (None, None, None)
    return ticket(
        TicketSlip(
            hall=Words(*said["hall"]),
            matters=tuple(Words(*matter) for matter in said["matters"]),
            number=recorded.number,
            ahead=ahead,
            minutes=minutes,
            as_of=as_of,
            window=Words(*said["window"]),
            printed_at=said["at"],
            follow_url=kiosk.follow_url(recorded.id),
            missed=Words(*said["missed"]),
            masked=said["masked"],
            machine=kiosk.machine,
            reference=recorded.reference,
            hotline=said["hotline"],
            copy=recorded.copy,
        ),
        width,
    )
