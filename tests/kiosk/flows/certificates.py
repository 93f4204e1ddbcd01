"""Pieces of visits for a certificate, and what the books say afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from certificates import code
from certificates.claims import Claims
from certificates.fonts import FontsDiffer
from kiosk.flows import card
from kiosk.steps import Cancelled
from kiosk.visitor import Visitor
from offline_cache.tickets import Counts
from screens.pages import (
    CARD_TAKEN,
    Confirmed,
    Fill,
    Home,
    Menu,
    Notice,
    Open,
    Page,
    Preview,
    TakePaper,
)
from tests.kiosk.authority import HOST, INDICES, Bureau, id_card
from tests.kiosk.office import person
from tests.kiosk.play import Turn, play

HOLDER = Visitor(id_card(), watched=True)
SOCIAL_CARD = Visitor(person(1), watched=True)
TAKEN: tuple[Turn, ...] = ((TakePaper, CARD_TAKEN), (TakePaper, None))
PRINT: Turn = (Preview, Confirmed())


def to_preview(paper: str = "80mm", since: str = "2019-03-05", purpose: str = "1") -> tuple[Turn, ...]:
    """From the first page to the preview of a certificate of residence."""
    return ((Home, "certificates"), (Menu, "residence"), *answers(paper, since, purpose))


def answers(paper: str = "80mm", since: str = "2019-03-05", purpose: str = "1") -> tuple[Turn, ...]:
    return ((Fill, since), (Menu, purpose), (Menu, paper))


def visit(bureau: Bureau, *script: Turn, visitor: Visitor = HOLDER, **how: Any) -> list[Page[Any]]:
    return play(card.visit(bureau.desk(), visitor), *script, **how)


def seen(answer: Any, look: Callable[[], None]) -> Callable[[object], Any]:
    """An answer to a page, after a look at the books."""

    def give(_page: object) -> Any:
        look()
        return answer

    return give


def claims_of(text: str) -> Claims:
    """What a printed code says. Nothing is checked here."""
    return code.claims(code.read(text, HOST).message)


def differ() -> None:
    raise FontsDiffer("NotoSerifCJK-Bold.ttc is missing")


def notice(pages: list[Page[Any]]) -> Notice:
    assert isinstance(pages[-1], Notice)
    return pages[-1]


def nothing_happened(bureau: Bureau) -> None:
    assert bureau.balance() == Counts(0, 0, 0, 0, 0)
    assert bureau.certificates.indices_left() == len(INDICES)
    assert bureau.outbox.batch() == ()
    assert bureau.paper.papers() == []
    assert bureau.sheets.papers == []


def tile(bureau: Bureau) -> tuple[Open, object]:
    """The key for certificates on the first page."""
    found: list[tuple[Open, object]] = []

    def look(page: Home) -> None:
        (key,) = (each for each in page.tiles if each.key == "certificates")
        found.append((key.open, key.line))
        raise Cancelled

    with pytest.raises(Cancelled):
        visit(bureau, (Home, look))
    return found[0]
