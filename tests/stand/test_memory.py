"""The onlooker itself: it finds what is there, wherever it lies and however it is written, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise

import pytest

from tests.stand.kiosk import ROOT
from tests.stand.memory import CHARSETS, coded, in_memory

NAME = "尉迟匿迹"
NUMBER = "99000019510307001X"

Told = Callable[..., "Confidant"]


class Confidant:
    def __init__(self, secret: bytes, *how: str) -> None:
        command = [sys.executable, "-m", "tests.stand.confidant", *how]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=ROOT
        )
        self.pid = self._process.pid
        assert self.say(secret.hex()) == "kept"

    def say(self, line: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate("\n", 10)


@pytest.fixture
def told() -> Iterator[Told]:
    with ExitStack() as stack:

        def tell(secret: bytes, *how: str) -> Confidant:
            confidant = Confidant(secret, *how)
            stack.callback(confidant.close)
            return confidant

        yield tell


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("secret", [NAME, NUMBER])
def test_a_name_or_number_is_found_in_every_charset(told: Told, secret: str, charset: str) -> None:
    confidant = told(secret.encode(charset))
    found = in_memory(confidant.pid, "nobody's", secret)
    assert len(found) >= 3
    assert {trace.canary for trace in found} == {1}
    assert str(confidant.pid) in found[0].process


def test_who_was_told_nothing_knows_nothing(told: Told) -> None:
    assert in_memory(told(b"something else").pid, NAME, NUMBER) == []


def test_a_word_is_found_as_often_as_it_is_there_also_where_two_pieces_meet(told: Told) -> None:
    word = b"".join(number.to_bytes(2) for number in range(500))
    confidant = told(word * 4_000)  # 4 MB, a piece is 1 MiB
    places = [trace.address for trace in in_memory(confidant.pid, word)]
    assert len(places) >= 3 * 4_000
    steps = [after - before for before, after in pairwise(places)]
    assert min(steps) >= len(word), "found twice"
    assert 2 * len(word) not in steps, "one in between was missed"


def test_what_stands_beside_it_is_told_without_the_word_itself(told: Told) -> None:
    confidant = told(b"before" + NUMBER.encode() + b"behind")
    around = in_memory(confidant.pid, NUMBER)[0].around
    assert b"before<...>behind" in around
    assert NUMBER.encode() not in around


def test_what_a_process_of_the_kiosk_forgets_is_overwritten(told: Told) -> None:
    confidant = told(NAME.encode(), "born-as-kiosk")
    assert len(in_memory(confidant.pid, NAME)) >= 3
    assert confidant.say("forget it") == "forgotten"
    assert in_memory(confidant.pid, NAME) == []


def test_what_any_other_process_forgets_stays(told: Told) -> None:
    """Or the test before would prove nothing."""
    confidant = told(NAME.encode())
    assert confidant.say("forget it") == "forgotten"
    assert in_memory(confidant.pid, NAME) != []


def test_a_number_is_looked_for_once_where_its_charsets_agree() -> None:
    assert len(coded(NUMBER)) == 2
    assert len(coded(NAME)) == 3
    assert coded(b"\x00\xff") == [b"\x00\xff"]
