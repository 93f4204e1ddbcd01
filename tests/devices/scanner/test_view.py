from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from devices.scanner import LIMIT, Fault
from devices.scanner.view import AWAY, PATIENT, View


def told(frames: list[set[bytes]]) -> list[bytes | Fault]:
    view = View()
    return [news for codes in frames if (news := view.see(codes)) is not None]


def test_a_code_that_stays_is_told_once() -> None:
    assert told([{b"a"}] * 100) == [b"a"]


def test_a_flickering_code_is_told_once() -> None:
    assert told([{b"a"}, set(), set()] * 30) == [b"a"]


def test_a_code_that_left_is_told_again() -> None:
    assert told([{b"a"}] * 3 + [set()] * AWAY + [{b"a"}] * 3) == [b"a", b"a"]


def test_one_glimpse_is_not_a_code() -> None:
    assert told([{b"a"}] + [set()] * AWAY + [{b"b"}]) == []


def test_two_codes_in_one_frame_are_refused_once_and_neither_is_told() -> None:
    assert told([{b"a", b"b"}] * 50) == [Fault.TWO_CODES]


def test_two_codes_in_turns_are_two_codes() -> None:
    assert told([{b"a"}, {b"b"}] * 50) == [Fault.TWO_CODES]
    assert told([{b"a"}] * 3 + [{b"b"}, {b"b"}, {b"a"}] * 50) == [b"a", Fault.TWO_CODES]


def test_the_one_that_is_left_of_two_is_told() -> None:
    assert told([{b"a", b"b"}] * 3 + [{b"b"}] * (AWAY + 1)) == [Fault.TWO_CODES, b"b"]


def test_a_code_told_before_a_second_came_is_not_told_again() -> None:
    assert told([{b"a"}] * 3 + [{b"a", b"b"}] * 3 + [{b"a"}] * (AWAY + 1)) == [b"a", Fault.TWO_CODES]


def test_the_longest_code_is_told_and_a_longer_one_refused_once() -> None:
    assert told([{b"a" * LIMIT}] * 5) == [b"a" * LIMIT]
    assert told([{b"a" * (LIMIT + 1)}] * 5) == [Fault.CODE_TOO_LONG]


def test_a_code_that_takes_the_place_of_another_is_no_second_code() -> None:
    assert told([{b"a"}] * 5 + [{b"b"}] * 20) == [b"a", b"b"]


@given(st.lists(st.sets(st.sampled_from([b"a", b"b", b"c" * (LIMIT + 1)])), max_size=80))
def test_nothing_is_told_that_is_too_long_or_beside_another(frames: list[set[bytes]]) -> None:
    view = View()
    for codes in frames:
        news = view.see(codes)
        if isinstance(news, bytes):
            assert len(news) <= LIMIT
            assert codes <= {news}


def told_of_ours(frames: list[set[bytes]]) -> list[bytes | Fault]:
    view = View(lambda code: code.startswith(b"ours"))
    return [news for codes in frames if (news := view.see(codes)) is not None]


def test_a_code_that_is_not_wanted_is_told_later_and_once() -> None:
    assert told_of_ours([{b"shop"}] * PATIENT) == []
    assert told_of_ours([{b"shop"}] * 100) == [b"shop"]
    assert told_of_ours([{b"ours"}] * 2) == [b"ours"]


def test_a_code_that_is_not_wanted_is_nothing_beside_one_that_is() -> None:
    assert told_of_ours([{b"ours", b"shop"}] * 50) == [b"ours"]
    now_and_then = [{b"shop"}] * 5 + [{b"shop", b"ours"}]
    assert told_of_ours(now_and_then * 10) == [b"ours"]
    assert told_of_ours([{b"shop", b"ours"}] * 3 + [{b"shop"}] * 30) == [b"ours", b"shop"]


def test_two_codes_that_are_wanted_are_two_beside_another_too() -> None:
    assert told_of_ours([{b"ours 1", b"ours 2", b"shop"}] * 50) == [Fault.TWO_CODES]
    assert told_of_ours([{b"shop 1", b"shop 2"}] * 50) == [Fault.TWO_CODES]
