"""What lies in the readers, and whose turn it is after a visit."""

from __future__ import annotations

import pytest

from devices.reader import CardArrived, CardLocked, CardRead
from kiosk.cards import Cards
from kiosk.visitor import CARD, DOCUMENTS
from tests.kiosk.office import person

FIRST, SECOND = person(1), person(2)


@pytest.fixture
def cards() -> Cards:
    return Cards()


def test_a_card_is_called_by_its_kind_once_it_is_read(cards: Cards) -> None:
    cards.heard(CardArrived("card", watched=True))
    assert cards.left() == CARD
    cards.heard(CardRead("card", FIRST))
    assert cards.left() == DOCUMENTS[FIRST.document]
    assert cards.gone("card")
    assert cards.left() is None
    assert not cards.gone("card")


def test_what_lies_in_a_reader_that_cannot_tell_is_not_known_to_lie_there(cards: Cards) -> None:
    cards.heard(CardArrived("id-card", watched=False))
    cards.heard(CardRead("id-card", FIRST))
    assert (cards.left(), cards.watched("id-card")) == (None, False)
    assert not cards.gone("id-card")


def test_a_card_that_was_read_comes_before_a_passport_that_is_locked_and_each_has_one_turn(cards: Cards) -> None:
    cards.wait(CardLocked("card"))
    cards.wait(CardRead("id-card", FIRST))
    cards.wait(CardRead("id-card", SECOND))
    assert cards.next() == CardRead("id-card", SECOND)
    assert cards.next() is None


@pytest.mark.parametrize("card", [CardLocked("card"), CardRead("card", FIRST)], ids=["locked", "read"])
def test_what_was_taken_before_its_turn_gets_none(cards: Cards, card: CardLocked | CardRead) -> None:
    cards.wait(card)
    cards.gone("card")
    assert cards.next() is None
    cards.wait(card)
    cards.gone("other")
    assert cards.next() == card


def test_a_passport_that_stayed_locked_begins_no_visit_until_it_is_taken(cards: Cards) -> None:
    cards.heard(CardArrived("card", watched=True))
    cards.heard(CardLocked("card"))
    cards.stay_locked("card")
    cards.stay_locked("id-card")
    assert (cards.is_left_locked("card"), cards.is_left_locked("id-card")) == (True, False)
    cards.gone("card")
    assert not cards.is_left_locked("card")
