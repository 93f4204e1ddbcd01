import re

from hypothesis import given
from hypothesis import strategies as st

from devices.card.order import Order
from devices.holder import Document, Holder
from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    Fault,
    PinRefused,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
    WorkCard,
    WorkCardProven,
)
from tests.devices.card.people import WANG

LETTERS: dict[str, ReaderEvent] = {
    "r": ReaderReady("card"),
    "l": ReaderLost("card", Fault.READER_GONE),
    "a": CardArrived("card", watched=True),
    "k": CardLocked("card"),
    "w": CardRefused("card", Fault.PASSPORT_KEY),
    "W": WorkCard("card", b"certificate", 3),
    "p": PinRefused("card", 2),
    "P": WorkCardProven("card", b"signature"),
    "d": CardRead("card", Holder(*WANG, Document.SOCIAL_CARD)),
    "f": CardRefused("card", Fault.CARD_GARBLED),
    "g": CardGone("card"),
}
NAMES = {repr(event): letter for letter, event in LETTERS.items()}


TRY = "t"
"""No event: a key or PIN is being tried."""


def told(said: str) -> str:
    order, heard = Order(), ""
    for letter in said:
        if letter == TRY:
            order.tries()
        else:
            heard += "".join(NAMES[repr(event)] for event in order.fit(LETTERS[letter]))
    return heard


def test_a_visit_passes_unchanged() -> None:
    assert told("radgafgl") == "radgafgl"


def test_a_lost_reader_has_lost_its_card_first() -> None:
    assert told("radl") == "radgl"
    assert told("ral") == "ragl"


def test_a_new_worker_tells_nothing_twice() -> None:
    assert told("rgrg") == "r"
    assert told("ll") == "l"
    assert told("radrgg") == "radg"


def test_what_comes_without_a_card_is_dropped() -> None:
    assert told("rdfg") == "r"
    assert told("adf") == ""


def test_a_locked_passport_may_be_tried_until_it_opens() -> None:
    assert told("raktwtwtdgl") == "rakwwdgl"
    assert told("raktwtfg") == "rakwfg"
    assert told("rakgadg") == "rakgadg"


def test_a_passport_that_nobody_tried_to_open_is_not_read() -> None:
    assert told("rakdfw") == "rak"
    assert told("raktwd") == "rakw"


def test_a_passport_that_hangs_while_it_is_tried_counts_as_being_read() -> None:
    order = Order()
    for letter in "rak":
        list(order.fit(LETTERS[letter]))
    assert not order.reading
    order.tries()
    assert order.reading
    assert order.trying


def test_a_work_card_may_be_tried_until_it_proves_itself() -> None:
    assert told("raWtptptPgl") == "raWppPgl"
    assert told("raWtptfg") == "raWpfg"
    assert told("raWgaWg") == "raWgaWg"


def test_a_work_card_whose_pin_nobody_tried_proves_nothing() -> None:
    assert told("raWPpf") == "raW"
    assert told("raWtpP") == "raWp"
    assert told("raWtPtpPf") == "raWP"


def test_no_work_card_is_read_and_no_passport_is_proven() -> None:
    assert told("raWtd") == "raW"
    assert told("raktPp") == "rak"
    assert told("raktWtP") == "rak"


def test_a_work_card_that_hangs_while_its_pin_is_tried_counts_as_being_read() -> None:
    order = Order()
    for letter in "raW":
        list(order.fit(LETTERS[letter]))
    assert not order.reading
    order.tries()
    assert order.reading
    assert order.trying


@given(st.text("rladfgkwtWpP", max_size=40))
def test_whatever_is_said_is_told_in_order(said: str) -> None:
    card = "a(kw*[dfw]?|Wp*[Pfw]?|[dfw]?)"
    assert re.fullmatch(f"l?(r({card}g)*l)*(r({card}g)*({card})?)?", told(said))
