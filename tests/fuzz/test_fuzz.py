"""The fuzzing itself: it finds what is wrong, says with which input, and is the same for the same seed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from devices.card import tlv
from devices.card.apdu import Garbled
from devices.citizen_number import checked
from tests.fuzz import __main__ as command
from tests.fuzz.engine import Findings, fuzz
from tests.fuzz.mutator import MOST, Mutator
from tests.fuzz.target import Target, tried
from tests.fuzz.targets import TARGETS, cases

SAMPLES = (bytes.fromhex("3006020101020102"), bytes.fromhex("610a5f1f07") + b"P<UTO<<")


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_only_typed_errors_come_out_of_a_few_hundred_cases(target: Target) -> None:
    assert fuzz(target, "collected", 300).errors == {}


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_one_good_input_at_least_is_taken_or_the_fuzzing_stays_at_the_door(target: Target) -> None:
    assert any(not tried(target, sample).refused for sample in target.samples)


def _first_length(data: bytes) -> object:
    """A parser as somebody careless writes one."""
    return data[2 : 2 + data[1]] if data[0] in (0x30, 0x61) else tlv.items(data)


def _recursive(data: bytes) -> object:
    return [_recursive(value) if tag & 0x20 else value for tag, value in tlv.items(data)]


def _endless(data: bytes) -> object:
    at = 0
    while at < len(data):
        at += data[at] if data[at] != 1 else 0
    return at


def _believed(data: bytes) -> object:
    found = dict(tlv.items(data))
    assert len(found) == len(tlv.items(data))
    return found


@pytest.mark.parametrize(
    ("careless", "said"),
    [
        (_first_length, "IndexError at "),
        (_believed, "AssertionError at "),
        (bytes.decode, "UnicodeDecodeError at "),
    ],
)
def test_what_is_wrong_with_a_parser_is_found_and_its_shortest_input_kept(careless: object, said: str) -> None:
    assert callable(careless)
    target = Target("careless", careless, (Garbled,), SAMPLES)
    found = fuzz(target, "1", 2_000)
    (error,) = [each for each in found.errors if each.startswith(said)]
    assert tried(target, found.errors[error]).error.startswith(said)
    assert "test_fuzz.py:" in error or careless is bytes.decode


def test_a_case_that_does_not_end_is_ended_and_named() -> None:
    target = Target("endless", _endless, (Garbled,), SAMPLES)
    assert tried(target, b"\x02\x00\x01").error.startswith("TooSlow at ")
    assert tried(target, b"\x02\x00\x02").error == "", "the limit of one case ended another"


def test_a_depth_that_costs_the_stack_is_found() -> None:
    target = Target("recursive", _recursive, (Garbled,), (tlv.item(0x30, b"\x05\x00"),))
    deep = b"\x05\x00"
    for _ in range(2_000):
        deep = tlv.item(0x30, deep)
    assert tried(target, deep).error.startswith("RecursionError at ")
    assert tried(TARGETS["passport.tlv"], deep).refused


def test_a_parser_that_becomes_careless_is_found_in_its_own_place() -> None:
    """A typed error that is no longer made of a wrong one, as when somebody takes an ``except`` away."""
    target = replace(TARGETS["citizen-number"], parse=lambda data: int(checked(data.decode())[:17]) // 0)
    assert [error.partition(" at ")[0] for error in fuzz(target, "1", 3_000).errors] == ["ZeroDivisionError"]


def test_the_same_seed_makes_the_same_cases_and_none_is_too_long() -> None:
    one, same, other = (Mutator(seed, SAMPLES, (b"<<",)) for seed in ("1", "1", "2"))
    made = [one.case() for _ in range(500)]
    assert made == [same.case() for _ in range(500)]
    assert made != [other.case() for _ in range(500)]
    assert max(map(len, made)) <= MOST
    assert len(set(made)) > 400


def test_every_parser_has_its_share_and_no_case_is_lost() -> None:
    many = cases(1_000_000, list(TARGETS))
    assert sum(many.values()) >= 1_000_000
    assert min(many.values()) > 8_000


def test_slices_add_up_and_the_shortest_input_stays() -> None:
    together = Findings()
    for data in (b"long enough", b"short", b"middling"):
        part = Findings(cases=10, refused=4)
        part.note("IndexError", data)
        together.add(part)
    row = together.row(TARGETS["passport.tlv"])
    assert (row["cases"], row["refused"], row["accepted"]) == (30, 12, 15)
    assert row["found"] == [{"error": "IndexError", "times": 3, "input": b"short".hex()}]


def test_what_was_found_ends_the_command_red_and_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = Findings(cases=5)
    found.note("IndexError at tlv.py:1", b"\x30")
    assert command.told([found.row(TARGETS["passport.tlv"])]) == 1
    said = capsys.readouterr().out
    assert "IndexError at tlv.py:1 (1 times): 30" in said
    assert "1 parsers with findings" in said


def test_the_command_ends_green_where_nothing_was_and_tries_one_input_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ["--only", "passport.tlv", "--only", "citizen-number"]
    monkeypatch.setattr("sys.argv", ["fuzz", "--cases", "200", *only, "--out", str(tmp_path / "fuzz.json")])
    assert command.main() == 0
    assert "201 cases, 0 parsers with findings" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["fuzz", "--only", "passport.tlv", "--input", "3080"])
    assert command.main() == 0
    assert capsys.readouterr().out == "passport.tlv: refused\n"
