"""From a card to a certificate on paper, and every way in which that ends before."""

from __future__ import annotations

from kiosk.flows import card
from kiosk.visitor import Visitor
from screens.pages import CARD_TAKEN, Confirmed, Fill, Home, Menu, Preview, TakePaper
from tests.kiosk.authority import Bureau, id_card
from tests.kiosk.play import Turn, play

HOLDER = Visitor(id_card(), watched=True)
TAKEN: tuple[Turn, ...] = ((TakePaper, CARD_TAKEN), (TakePaper, None))


def residence(paper: str = "80mm", since: str = "2019-03-05", purpose: str = "1") -> tuple[Turn, ...]:
    """From the first page to the preview."""
    return ((Home, "certificates"), (Menu, "residence"), (Fill, since), (Menu, purpose), (Menu, paper))


def test_a_card_holder_leaves_with_a_slip(bureau: Bureau) -> None:
    play(card.visit(bureau.desk(), HOLDER), *residence(), (Preview, Confirmed()), *TAKEN)
    assert bureau.balance().printed == 1
    assert len(bureau.paper.papers()) == 1
