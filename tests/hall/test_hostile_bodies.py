"""Signed by a kiosk, and still hostile: every body is answered or refused, none breaks the hall."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hall.conftest import DAY, Counter, heartbeat
from tests.hall.terminal import Terminal, cbor


@pytest.fixture
def counter(open_all_day: Counter) -> Counter:
    return open_all_day


@pytest.mark.parametrize(
    "body",
    [
        {"day": "2026-03-11", "queue": "A", "left": 0},
        {"day": "2026-03-08", "queue": "A", "left": 0},
        {"day": "2026-3-9", "queue": "A", "left": 0},
        {"day": DAY, "queue": "Z", "left": 0},
        {"day": DAY, "queue": "AA", "left": 0},
        {"day": DAY, "queue": "A", "left": 41},
        {"day": DAY, "queue": "A", "left": -1},
        {"day": DAY, "queue": "A", "left": True},
        {"day": DAY, "queue": "A"},
        {"day": DAY, "queue": "A", "left": 0, "first": 1},
        [],
        None,
        b"\xff",
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(counter: Counter, terminal: Terminal, body: object) -> None:
    answer = counter.ask(terminal, "POST", "/v1/leases", body)
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "\x1b[2J"},
        {"version": "x" * 65},
        {"faults": ["x"] * 65},
        {"faults": "x"},
        {"leases": [["2026-03-09", "A", 1]]},
        {"leases": [["2026-03-09", "A", 1, -1]]},
        {"outbox": 1.5},
        {"outbox": -1},
        {"oldest": "now"},
        {"at": 2**60},
        {"surprise": 1},
    ],
)
def test_a_strange_heartbeat_is_refused(counter: Counter, terminal: Terminal, changed: dict[str, Any]) -> None:
    answer = counter.ask(terminal, "POST", "/v1/heartbeat", heartbeat(1) | changed)
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PATHS = st.sampled_from(["/v1/heartbeat", "/v1/events", "/v1/leases"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PATHS, st.binary(max_size=200) | st.builds(cbor, VALUES))
def test_whatever_is_signed_and_sent_is_answered_or_refused_never_broken(
    counter: Counter, terminal: Terminal, path: str, body: bytes
) -> None:
    answer = counter.ask(terminal, "POST", path, body)
    assert answer.status_code in (200, 400), answer.text


def test_deep_and_duplicate_cbor_is_refused(counter: Counter, terminal: Terminal) -> None:
    for body in (
        b"\x81" * 5000,
        b"\xa2\x61a\x01\x61a\x02",
        b"\x9f\xff",
        b"\xbf\xff",
        b"\xf9\x7e\x00",
        b"\x5b" + b"\xff" * 8,
    ):
        for path in ("/v1/heartbeat", "/v1/events", "/v1/leases"):
            assert counter.ask(terminal, "POST", path, body).status_code == 400


def test_501_events_are_too_many(counter: Counter, terminal: Terminal) -> None:
    answer = counter.ask(terminal, "POST", "/v1/events", cbor([b""] * 501))
    assert (answer.status_code, answer.json()) == (413, {"error": "too-long"})
