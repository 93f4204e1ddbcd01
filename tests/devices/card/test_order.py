import re

from hypothesis import given
from hypothesis import strategies as st

from devices.card.order import Order
from devices.holder import Document, Holder
from devices.reader import (
    CardArrived,
    CardGone,
    CardRead,
    CardRefused,
    Fault,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
)
from tests.devices.card.people import WANG

LETTERS: dict[str, ReaderEvent] = {
    "r": ReaderReady("card"),
    "l": ReaderLost("card", Fault.READER_GONE),
    "a": CardArrived("card", watched=True),
    "d": CardRead("card", Holder(*WANG, Document.SOCIAL_CARD)),
    "f": CardRefused("card", Fault.CARD_GARBLED),
    "g": CardGone("card"),
}
NAMES = {repr(event): letter for letter, event in LETTERS.items()}


def told(said: str) -> str:
    order = Order()
    return "".join(NAMES[repr(event)] for letter in said for event in order.fit(LETTERS[letter]))


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


@given(st.text("rladfg", max_size=40))
def test_whatever_is_said_is_told_in_order(said: str) -> None:
    assert re.fullmatch(r"l?(r(a[df]?g)*l)*(r(a[df]?g)*(a[df]?)?)?", told(said))
