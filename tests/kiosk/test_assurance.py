"""What each document proves, alone and with the phone: the order of docs/sync.md, and no way around it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from devices.holder import Document, Holder, Proof
from hall.people.levels import LEVELS
from kiosk.assurance import WORDS, Level, level_of, proven
from kiosk.machine import Machine
from kiosk.visitor import Visitor
from kiosk.ways import ways_up
from tests.kiosk.office import person

CARD = person(1)
ID = replace(CARD, document=Document.RESIDENT_ID, proof=Proof.GENUINE)
PASSPORT = replace(CARD, document=Document.PASSPORT, number="X00000019", state="UTO")
BOTH = Machine(fitted=frozenset({"card", "id-card"}), online=True)


def passport(proof: Proof) -> Holder:
    return replace(PASSPORT, proof=proof)


def test_kiosk_and_hall_have_the_same_levels_in_the_same_order() -> None:
    assert tuple(LEVELS) == WORDS
    assert [level_of(word) for word in WORDS] == list(Level)


def test_the_issue_s_order_holds() -> None:
    ladder = [
        Visitor(typed=CARD.number),
        Visitor(CARD),
        Visitor(CARD, phone=True),
        Visitor(passport(Proof.SIGNED)),
        Visitor(ID),
        Visitor(ID, phone=True),
    ]
    assert all(less.level < more.level for less, more in pairwise(ladder))
    assert Visitor(passport(Proof.GENUINE)).level is Visitor(ID, phone=True).level


def test_a_passport_that_nobody_we_know_signed_is_worth_a_claim() -> None:
    assert proven(passport(Proof.CLAIM), phone=False) is Level.SOCIAL_CARD


@pytest.mark.parametrize("proof", list(Proof))
def test_a_social_security_card_is_a_claim_whatever_it_says(proof: Proof) -> None:
    assert proven(replace(CARD, proof=proof), phone=False) is Level.SOCIAL_CARD


def test_a_phone_lifts_a_copied_passport_no_further_than_its_signature() -> None:
    assert proven(passport(Proof.SIGNED), phone=True) is Level.PASSPORT


@pytest.mark.parametrize("needs", [level for level in Level if level > Level.TYPED])
def test_the_typed_path_never_reaches_what_needs_a_card(needs: Level) -> None:
    typed = Visitor(typed=CARD.number, phone=True)
    assert not typed.may(needs)
    assert ways_up(typed, needs, BOTH) == ()


@pytest.mark.parametrize(
    ("visitor", "needs", "ways"),
    [
        (Visitor(CARD), Level.PHONE, ("id-card", "phone")),
        (Visitor(CARD), Level.ID_CARD, ("id-card",)),
        (Visitor(CARD), Level.STRONG, ("id-card",)),  # and then the phone
        (Visitor(ID), Level.STRONG, ("phone",)),
        (Visitor(ID, phone=True), Level.STRONG, ()),
        (Visitor(passport(Proof.SIGNED)), Level.ID_CARD, ()),
        (Visitor(passport(Proof.CLAIM)), Level.PHONE, ("phone",)),
        (Visitor(), Level.TYPED, ()),
    ],
)
def test_only_ways_that_lead_there_are_offered(visitor: Visitor, needs: Level, ways: tuple[str, ...]) -> None:
    assert ways_up(visitor, needs, BOTH) == ways


def test_without_a_network_no_phone_and_without_its_reader_no_id_card() -> None:
    offline = replace(BOTH, online=False)
    assert ways_up(Visitor(CARD), Level.PHONE, offline) == ("id-card",)
    assert ways_up(Visitor(ID), Level.STRONG, offline) == ()
    assert ways_up(Visitor(CARD), Level.ID_CARD, replace(BOTH, lost={"id-card": "C101"})) == ()
