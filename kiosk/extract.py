"""From a person's own page to the list that is printed of it: masked, and only what the page shows."""

from __future__ import annotations

from datetime import datetime

from kiosk import people_pages as pages
from kiosk import say_people as words
from kiosk.desk import Desk
from kiosk.masking import masked_number, slip_name
from kiosk.visitor import Visitor
from offline_cache.clock import HALL_ZONE
from offline_cache.extracts import RecordedExtract
from offline_cache.people import Me
from screens.extract_slip import ExtractSlip, Section


def compose(desk: Desk, recorded: RecordedExtract, visitor: Visitor, me: Me) -> ExtractSlip:
    """What the list says; at most ten rows of each kind."""
    holder = visitor.holder
    assert holder is not None
    at = datetime.fromtimestamp(recorded.at / 1000, HALL_ZONE)
    lists = (pages.applied(me), pages.papers(me), pages.expiring(visitor, me, at.date()), pages.reads(me))
    sections = [
        Section(listing.title, tuple((row.title, row.line or words.NO_ROWS) for row in listing.rows[:10]))
        for listing in lists
        if listing.rows
    ]
    return ExtractSlip(
        hall=desk.catalogue.hall.name.words,
        title=words.EXTRACT_TITLE,
        masked=f"{slip_name(holder.name)}  {masked_number(holder.number)}",
        sections=tuple(sections),
        note=words.EXTRACT_NOTE,
        printed_at=at.strftime("%Y-%m-%d %H:%M"),
        machine=desk.kiosk.machine,
        reference=recorded.reference,
        hotline=desk.catalogue.hotline,
    )
