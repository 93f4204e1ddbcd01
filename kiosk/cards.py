"""What lies in the readers, as far as they tell, and what was laid down there during somebody's visit."""

from __future__ import annotations

from devices.holder import Document
from devices.reader import CardArrived, CardLocked, CardRead, ReaderEvent, WorkCard
from devices.scanner import ScannerEvent
from kiosk.maintenance.say import WORK_CARD
from kiosk.visitor import CARD, DOCUMENTS
from screens.words import Words


class Cards:
    """A passport that nobody has opened yet is a card too."""

    def __init__(self) -> None:
        self._inside: dict[str, Words] = {}  # in the readers that tell when one is taken, by what they are
        self._left_locked: set[str] = set()  # where a passport lies whose visit ended before it was open
        self._read: CardRead | None = None
        self._locked: CardLocked | WorkCard | None = None

    def heard(self, event: ReaderEvent | ScannerEvent) -> None:
        """Take note of what lies there now."""
        match event:
            case CardArrived(reader, watched=True):
                self._inside[reader] = CARD
            case CardRead(reader, holder) if reader in self._inside:
                self._inside[reader] = DOCUMENTS[holder.document]
            case CardLocked(reader) if reader in self._inside:
                self._inside[reader] = DOCUMENTS[Document.PASSPORT]
            case WorkCard(reader) if reader in self._inside:
                self._inside[reader] = WORK_CARD

    def gone(self, reader: str) -> bool:
        """Nothing lies there any more; whether it was known that something did."""
        self._left_locked.discard(reader)
        if self._read is not None and self._read.reader == reader:
            self._read = None
        if self._locked is not None and self._locked.reader == reader:
            self._locked = None
        return self._inside.pop(reader, None) is not None

    def watched(self, reader: str) -> bool:
        """Whether a card lies there and the reader tells when it is taken."""
        return reader in self._inside

    def left(self) -> Words | None:
        """A card that still lies inside, by name."""
        return next(iter(self._inside.values()), None)

    # During a visit.

    def wait(self, card: CardRead | CardLocked | WorkCard) -> None:
        """It was laid down during somebody's visit, and its turn comes after that."""
        if isinstance(card, CardRead):
            self._read = card
        else:
            self._locked = card

    def next(self) -> CardRead | CardLocked | WorkCard | None:
        """Whose turn it is now; then nobody waits any more."""
        coming, self._read, self._locked = self._read or self._locked, None, None
        return coming

    def stay_locked(self, reader: str) -> None:
        """A visit ended before its passport was open, or was a technician's: while that lies there, none begins."""
        if reader in self._inside:
            self._left_locked.add(reader)

    def is_left_locked(self, reader: str) -> bool:
        return reader in self._left_locked
