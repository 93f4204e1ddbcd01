"""Too long, too often: refused before it costs anything, with the word and the time to wait."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from hall.limits import ADDRESSES, Bucket, Limits
from hall.wire import BODY_LIMIT, EVENTS_LIMIT
from tests.hall.conftest import InProcess


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
    size, more = 0, True
    while more:
        message: Message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def limited(requests: float = 1000, enrolments: float = 1000) -> InProcess:
    return InProcess(Limits(echo, Bucket(requests, Time()), Bucket(enrolments, Time())))


def test_a_body_at_the_limit_is_read_and_one_byte_more_is_not() -> None:
    with limited() as client:
        for path, limit in (("/v1/events", EVENTS_LIMIT), ("/v1/heartbeat", BODY_LIMIT), ("/staff/x", BODY_LIMIT)):
            assert client.request("POST", path, content=bytes(limit)).text == str(limit)
            answer = client.request("POST", path, content=bytes(limit + 1))
            assert (answer.status_code, answer.json()) == (413, {"error": "too-long"})


def test_a_body_that_does_not_say_its_length_is_bounded_too() -> None:
    async def endless() -> Any:
        for _ in range(1000):
            yield bytes(1000)

    with limited() as client:
        assert client.request("POST", "/v1/heartbeat", content=endless()).status_code == 413


def test_a_body_that_never_ends_is_not_waited_for() -> None:
    async def stuck() -> Any:
        yield b"x"
        await asyncio.Event().wait()

    app = Limits(echo, Bucket(1000, Time()), Bucket(1000, Time()), deadline=0.05)
    with InProcess(app) as client:
        answer = client.request("POST", "/v1/heartbeat", content=stuck())
    assert (answer.status_code, answer.json()) == (408, {"error": "too-slow"})


def test_a_length_that_lies_or_is_no_number_does_no_harm() -> None:
    with limited() as client:
        for text in (b"-1", b"abc", b"\xb2", b"9" * 30):
            answer = client.request("POST", "/v1/heartbeat", content=b"x", headers=[(b"content-length", text)])
            assert answer.status_code in (200, 413)


def test_too_many_requests_are_told_when_to_come_back() -> None:
    with limited(requests=1) as client:
        answers = [client.request("GET", "/v1/ca") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].headers["retry-after"] == "1"
    assert json.loads(answers[-1].text) == {"error": "too-many"}


def test_guessing_codes_is_slower_than_anything_else() -> None:
    with limited(enrolments=0.1) as client:
        statuses = [client.request("POST", "/v1/enrol").status_code for _ in range(6)]
        assert statuses == [200] * 5 + [429]
        assert client.request("GET", "/v1/ca").status_code == 200


def test_a_bucket_fills_again_and_addresses_do_not_share_one() -> None:
    time = Time()
    bucket = Bucket(2, time)
    assert [bucket.wait("a") for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert bucket.wait("b") == 0
    time.now = 1.0
    assert [bucket.wait("a") for _ in range(3)] == [0, 0, 1]


def test_one_network_of_ipv6_is_one_address_and_ipv4_within_ipv6_is_not() -> None:
    bucket = Bucket(1, Time())
    assert [bucket.wait(f"2001:db8:0:1::{n:x}") for n in range(6)] == [0, 0, 0, 0, 0, 1]
    assert bucket.wait("2001:db8:0:1:ffff:ffff:ffff:ffff%eth0") == 1
    assert bucket.wait("2001:db8:0:2::1") == 0
    assert [bucket.wait(f"::ffff:192.0.2.{n}") for n in range(1, 8)] == [0] * 7
    assert [bucket.wait("192.0.2.1") for _ in range(5)] == [0, 0, 0, 0, 1]


def test_a_crowd_of_addresses_costs_no_more_memory_than_the_limit() -> None:
    bucket = Bucket(1, Time())
    for n in range(ADDRESSES + 100):
        bucket.wait(str(n))
    assert len(bucket._left) == ADDRESSES
