"""What can go wrong in the trunk itself; each value names a page in ``docs/failures/``."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    BROKEN_FLOW = "K101"  # a visit ended by an error of the software
    NOT_ENROLLED = "K102"  # no hall yet, or the store was lost
    NO_REPRINT = "K103"  # the data for one more copy is gone
    SOUND_LOST = "K104"
    NO_AUTHORITY = "K105"  # no root, no lists, no listed key or no status index: nothing can be signed
    NO_GLYPH = "K106"  # a name or an address has a character that the typeface cannot write
    RECORD_UNFIT = "K107"  # what card or department say does not fit the certificate
    NO_PAGE = "K109"  # the page of a certificate cannot be made: a font is not the pinned one, or the words do not fit
    NOT_PROVEN = "K108"  # this document does not prove enough for a certificate
    NOT_OF_AGE = "K110"  # this certificate is for older holders, or the age is not known
    NO_MORE_LOOKS = "K111"  # as many previews as one visit may have
    SETTINGS = "K112"  # kiosk.toml can't be used
    IN_USE = "K113"  # another kiosk process holds the store
    NO_START = "K114"  # the application could not start
    STOOD_STILL = "K115"  # the screen gave no sign of life, and the kiosk was started anew
    STALE = "K116"  # a part of the kiosk gave no sign of life, and the kiosk was started anew
    GREW = "K117"  # too much memory or too many files: started anew between visits
    JOURNAL_ALTERED = "K118"
