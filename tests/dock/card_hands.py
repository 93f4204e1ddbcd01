"""The hands at both readers: cards and passports put in and taken out, ID cards laid down."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from devices.card.sim import VirtualCard
from devices.card.sim_piv import WorkCardChip
from devices.passport.sim import Country
from tests.day.world import Place
from tests.dock.documents import Document
from tests.dock.people import PEOPLE
from tests.dock.work_cards import WorkCard


class CardHands:
    """``did`` hears what is done. ``country``: the one that the kiosk's master list names.

    ``card``, ``id_card``: whose lies there, a place in ``PEOPLE``. ``document``:
    what lies in the card reader instead of a card, and so does ``work``.
    """

    def __init__(
        self, place: Place, country: Country, chips: Mapping[str, WorkCardChip], did: Callable[[str], None]
    ) -> None:
        """``chips``: of the ``WORK_CARDS``, by name."""
        self._place, self._country, self._chips, self._did = place, country, chips, did
        self.card: int | None = None
        self.id_card: int | None = None
        self.document: Document | None = None
        self.work: WorkCard | None = None

    def put_in(self, who: int) -> None:
        """Put a social security card in; what is in comes out in the same moment."""
        does = "puts in the card" if self._is_empty() else "swaps what is in the reader for the card"
        self._insert(PEOPLE[who].social_card, card=who)
        self._did(f"{does} of {PEOPLE[who].name}")

    def lay_on(self, document: Document) -> None:
        """Lay a passport or a stranger's card on the same reader, instead of what is there."""
        self._insert(document.make(self._country), document=document)
        self._did(f"lays on the reader: {document.zh} ({document.en.lower()})")

    def put_in_work(self, card: WorkCard) -> None:
        """Put in a technician's card, instead of what is there."""
        self._insert(self._chips[card.name], work=card)
        self._did(f"puts in the work card {card.name} ({card.role.value}{', revoked' * card.revoked})")

    def take_out(self) -> None:
        """Take out what is in the reader."""
        self._place.slot.remove()
        what = "the card out" if self.document is None else f"away from the reader: {self.document.zh}"
        self.card = self.document = self.work = None
        self._did(f"takes {what}")

    def lay_down(self, who: int) -> None:
        """Lay an ID card on its reader, instead of one that lies there."""
        self._place.sam.lay_down(PEOPLE[who].id_card)
        self.id_card = who
        self._did(f"lays down the ID card of {PEOPLE[who].name}")

    def take_up(self) -> None:
        self._place.sam.take_away()
        self.id_card = None
        self._did("takes the ID card up")

    def _is_empty(self) -> bool:
        return self.card is None and self.document is None and self.work is None

    def _insert(
        self,
        virtual: VirtualCard,
        card: int | None = None,
        document: Document | None = None,
        work: WorkCard | None = None,
    ) -> None:
        self._place.slot.swap(virtual)
        self.card, self.document, self.work = card, document, work
