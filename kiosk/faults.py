"""What can go wrong in the trunk itself; each value names a page in ``docs/failures/``."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    BROKEN_FLOW = "K101"  # a visit ended by an error of the software
    NOT_ENROLLED = "K102"  # no hall yet, or the store was lost
    NO_REPRINT = "K103"  # the data for one more copy is gone
    SOUND_LOST = "K104"
