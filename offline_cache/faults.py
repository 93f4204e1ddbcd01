"""What can go wrong with the store and on the way to the hall; each value names a page in ``docs/failures/``."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    STORE_FULL = "L101"  # nothing can be recorded, so nothing is printed
    STORE_REPLACED = "L102"  # the file was damaged, lies beside; a new one was begun
    CLOCK_SUSPECT = "L103"
    NUMBERS_OWN = "L104"  # the lease is used up: the kiosk counts by itself, which is normal
    HALL_UNREACHABLE = "N101"
    PORTAL = "N102"  # something else than the hall answers, most often a sign-in page
    WRONG_HALL = "N103"  # wrong certificate or signature: not our hall, obeyed in nothing
    KIOSK_REFUSED = "N104"  # revoked, quarantined, or its history is not the hall's
    HALL_BUSY = "N105"  # 429, 503: asked to come back later
    EVENT_PARKED = "N106"  # the hall could not apply an event and keeps it for staff
