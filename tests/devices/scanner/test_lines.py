from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner import LIMIT, Fault
from devices.scanner.lines import AWAY, UNFINISHED, Lines


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r\n"])
def test_every_way_to_end_a_line_ends_it_once(end: bytes) -> None:
    assert Lines().feed(b"one" + end + b"two" + end, 0) == [b"one", b"two"]


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=10, unique=True), st.integers(1, 9))
def test_pieces_of_any_size_make_the_same_lines(codes: list[bytes], piece: int) -> None:
    codes = [code for code in codes if not {10, 13} & set(code)]
    wire = b"".join(code + b"\r\n" for code in codes)
    lines = Lines()
    assert [line for at in range(0, len(wire), piece) for line in lines.feed(wire[at : at + piece], 0)] == codes


@given(st.lists(st.tuples(st.binary(max_size=2 * LIMIT) | st.just(b"x" * LIMIT), st.floats(0, 3)), max_size=12))
def test_hostile_bytes_are_bounded_and_raise_nothing(pieces: list[tuple[bytes, float]]) -> None:
    lines, now = Lines(), 0.0
    for piece, pause in pieces:
        now += pause
        for line in lines.feed(piece, now):
            assert line is Fault.CODE_TOO_LONG or 0 < len(line) <= LIMIT
    assert len(lines._line) <= LIMIT


def test_the_longest_line_is_told_and_a_longer_one_refused_once_and_the_next_is_clean() -> None:
    lines = Lines()
    assert lines.feed(b"a" * LIMIT + b"\n", 0) == [b"a" * LIMIT]
    assert lines.feed(b"a" * LIMIT, 0) == []
    assert lines.feed(b"a", 0) == [Fault.CODE_TOO_LONG]
    assert lines.feed(b"a" * 9000, 0) == []
    assert lines.feed(b"a\r\nnext\r\n", 0) == [b"next"]


def test_half_a_line_is_not_joined_to_the_next_code() -> None:
    lines = Lines()
    assert lines.feed(b"half", 0) == []
    assert lines.feed(b"whole\n", UNFINISHED + 0.1) == [b"whole"]


def test_a_repeated_code_is_told_again_only_after_it_was_away() -> None:
    lines = Lines()
    assert lines.feed(b"a\n", 0) == [b"a"]
    assert lines.feed(b"a\n", AWAY) == []
    assert lines.feed(b"a\n", 2 * AWAY) == []
    assert lines.feed(b"a\n", 3 * AWAY + 0.1) == [b"a"]
    assert lines.feed(b"b\na\n", 3 * AWAY + 0.1) == [b"b", b"a"]


def test_a_line_with_nothing_in_it_is_no_code() -> None:
    assert Lines().feed(b"\r\n\r\n\n\n", 0) == []
