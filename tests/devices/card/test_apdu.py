from collections.abc import Iterable, Iterator
from itertools import cycle, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card.apdu import MOST_BYTES, Answer, Card, Garbled, NoAnswer

READ = bytes.fromhex("00b20904")


class Script:
    """A card that gives these answers, and what it was asked."""

    def __init__(self, answers: Iterable[bytes]) -> None:
        self._answers: Iterator[bytes] = iter(answers)
        self.asked: list[str] = []

    def __call__(self, command: bytes) -> bytes:
        self.asked.append(command.hex())
        for answer in self._answers:
            return answer
        raise NoAnswer


def test_data_and_status_are_told_apart() -> None:
    assert Card(Script([b"\x01\x02\x90\x00"])).send(READ, 0) == Answer(b"\x01\x02", 0x9000)
    assert not Card(Script([b"\x6a\x82"])).send(READ).ok


def test_what_waits_is_fetched() -> None:
    script = Script([b"\x61\x02", b"ab\x61\x01", b"c\x90\x00"])
    assert Card(script).send(READ).data == b"abc"
    assert script.asked == ["00b20904", "00c0000002", "00c0000001"]


def test_a_corrected_length_is_asked_for_once() -> None:
    script = Script([b"\x6c\x14", b"x" * 20 + b"\x90\x00"])
    assert Card(script).send(READ, 0).data == b"x" * 20
    assert script.asked == ["00b2090400", "00b2090414"]


def test_a_corrected_length_while_fetching_is_followed_too() -> None:
    script = Script([b"\x61\x00", b"\x6c\x02", b"ab\x90\x00"])
    assert Card(script).send(READ).data == b"ab"
    assert script.asked == ["00b20904", "00c0000000", "00c0000002"]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(repeat(b"\x61\x00"), id="61 00 for ever"),
        pytest.param(repeat(bytes(256) + b"\x61\x00"), id="data for ever"),
        pytest.param(repeat(b"\x6c\x00"), id="6C for ever"),
        pytest.param(cycle([b"\x6c\x10", b"\x6c\x20"]), id="6C ping-pong"),
        pytest.param(cycle([b"\x61\x10", b"\x6c\x20"]), id="61 and 6C in turn"),
        pytest.param([b""], id="no byte"),
        pytest.param([b"\x90"], id="one byte"),
        pytest.param([bytes(257) + b"\x90\x00"], id="more than can be asked for"),
        pytest.param([bytes(65_536)], id="64 KB"),
    ],
)
def test_a_card_that_never_comes_to_an_end_is_garbled(answers: Iterable[bytes]) -> None:
    script = Script(answers)
    with pytest.raises(Garbled):
        Card(script).send(READ, 0)
    assert len(script.asked) <= 40


def test_whoever_asks_for_a_longer_answer_gets_one_of_that_length_and_nobody_else() -> None:
    parts = [bytes(256) + b"\x61\x00"] * 7 + [bytes(256) + b"\x90\x00"]
    assert len(Card(Script(parts)).send(READ, 0, whole=2048).data) == 2048
    for whole in (2047, 1024):
        with pytest.raises(Garbled):
            Card(Script(parts)).send(READ, 0, whole)
    with pytest.raises(Garbled):
        Card(Script(parts)).send(READ, 0)


def test_parts_may_be_small_but_not_on_the_average() -> None:
    for size, whole in ((80, True), (60, False)):
        script = Script([bytes(size) + b"\x61\x00"] * (2000 // size) + [b"\x90\x00"])
        if whole:
            assert len(Card(script).send(READ, 0, whole=2048).data) == 2000
        else:
            with pytest.raises(Garbled):
                Card(script).send(READ, 0, whole=2048)


@pytest.mark.parametrize(("t0", "asked"), [(True, "00cb3fff015c"), (False, "00cb3fff015c00")])
def test_with_t0_a_command_with_data_goes_without_le(t0: bool, asked: str) -> None:
    script = Script([b"\x61\x02", b"ab\x90\x00", b"c\x90\x00"])
    card = Card(script, t0=t0)
    assert card.send(bytes.fromhex("00cb3fff015c"), 0).data == b"ab"
    assert card.send(READ, 5).data == b"c"
    assert script.asked == [asked, "00c0000002", "00b2090405"]


def test_a_length_is_not_corrected_where_none_was_given() -> None:
    with pytest.raises(Garbled):
        Card(Script([b"\x6c\x10", b"\x90\x00"])).send(READ)


@given(st.lists(st.binary(max_size=300), max_size=60))
def test_no_answers_break_the_bounds(answers: list[bytes]) -> None:
    script = Script(answers)
    try:
        answer = Card(script).send(READ, 0)
    except (Garbled, NoAnswer):
        pass
    else:
        assert len(answer.data) <= MOST_BYTES + 256
        assert 0 <= answer.status <= 0xFFFF
    assert len(script.asked) <= 40
