"""Why the maintenance mode does not open, or does not do a thing; each value names a page in ``docs/failures/``."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    NO_LIST = "M101"  # no list of technicians was ever fetched, or no root names their key
    LIST_OLD = "M102"
    NOT_OURS = "M103"  # not a card of this hall's technicians
    EXPIRED = "M104"
    NOT_YET = "M105"  # the card begins later, or the clock is wrong
    REVOKED = "M106"
    PIN_WRONG = "M107"
    BLOCKED = "M108"  # the card takes no PIN any more
    WAIT = "M109"  # after wrong PINs
    NO_PROOF = "M110"  # the card did not prove that it has its key
    NOT_ALLOWED = "M111"  # not with this role
    NO_STICK = "M112"
    STICK_REFUSED = "M113"  # nothing could be written
