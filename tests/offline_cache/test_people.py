"""What the hall says of one person: as agreed, or refused; and nothing of it in a repr."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from offline_cache import people
from offline_cache.envelope import Refused
from offline_cache.people import Who

CHANNEL = {"channel": "wechat", "shown": "微信 小*", "since": 1, "counts_from": 2}
SAID = {"zh": "社保", "en": "Insurance"}
PAGE: dict[str, Any] = {
    "applied": [{"what": SAID, "where": SAID, "at": 1, "step": 1, "steps": 4}],
    "tickets": [{"number": "A001", "what": SAID, "state": SAID, "at": 1}],
    "certificates": [
        {"short": "0123456789ABCDEF", "what": SAID, "at": 1, "until": "2026-12-30", "state": SAID, "copies": 1}
    ],
    "expiring": [{"what": SAID, "until": "2026-12-30"}],
    "channels": [CHANNEL],
    "reads": [{"at": 1, "who": SAID, "what": SAID, "why": SAID}],
    "read_count": 1,
    "certificate_count": 1,
    "older": {"applied": None, "tickets": 20, "certificates": None, "reads": 7},
}
GOOD: dict[str, tuple[Callable[[dict[str, Any]], object], dict[str, Any]]] = {
    "account": (people.account, {"account": "A" * 16, "channels": [CHANNEL], "notice": 1}),
    "me": (people.mine, {"page": PAGE}),
    "begun": (people.begun, {"bind": "A" * 26, "url": f"HTTPS://HALL.EXAMPLE:8443/B/{'A' * 26}", "until": 1}),
    "compared": (people.compared, {"state": "matched", "shown": "微信 小*", "phone": bytes(32), "why": ""}),
    "bound": (people.bound, {"done": True, "counts_from": None, "why": ""}),
    "unbound": (people.unbound, {"done": False}),
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_as_agreed_is_taken_and_more_may_come(kind: str) -> None:
    read, payload = GOOD[kind]
    read(payload | {"kiosk": "K-0203", "epoch": 1, "counter": 7, "news": "of a later hall"})


@pytest.mark.parametrize("kind", GOOD)
def test_each_field_left_out_or_of_another_kind_is_refused(kind: str) -> None:
    read, payload = GOOD[kind]
    for name in payload:
        for wrong in ({k: v for k, v in payload.items() if k != name}, payload | {name: object()}):
            with pytest.raises(Refused):
                read(wrong)


@pytest.mark.parametrize(
    "url",
    [
        "http://HALL.EXAMPLE/B/" + "A" * 26,
        "HTTPS://HALL.EXAMPLE/B/" + "A" * 25,
        "HTTPS://HALL.EXAMPLE/B/" + "A" * 26 + "/../x",
        "HTTPS://HALL.EXAMPLE@EVIL/B/" + "A" * 26,
        "javascript:alert(1)",
    ],
)
def test_only_an_address_of_a_code_becomes_a_code_on_the_screen(url: str) -> None:
    with pytest.raises(Refused):
        people.begun({"bind": "A" * 26, "url": url, "until": 1})


@pytest.mark.parametrize("of", ["applied", "tickets", "certificates", "reads"])
def test_a_part_of_a_list_is_put_behind_what_is_there_and_holds_rows_of_that_list_only(of: people.Of) -> None:
    page, rows = people.mine({"page": PAGE}), PAGE[of] * 50
    assert page is not None
    part = people.part(of, {"rows": rows, "before": 3})
    more = page.more(of, part)
    assert (len(getattr(more, of)), getattr(more.older, of)) == (51, 3)
    assert len(getattr(page, of)) == 1
    for wrong in (rows + PAGE[of], PAGE["expiring"], None):
        with pytest.raises(Refused):
            people.part(of, {"rows": wrong, "before": None})


def test_without_an_account_there_is_no_page() -> None:
    assert people.mine({"page": None}) is None


def test_more_rows_than_agreed_are_refused() -> None:
    with pytest.raises(Refused):
        people.mine({"page": PAGE | {"reads": PAGE["reads"] * 21}})


def test_who_lies_there_is_told_whole_and_shown_by_no_repr() -> None:
    who = Who("王小明", "990000195103070017", "resident-id", "", "id-card")
    assert people.asked(who, purpose="bind") == {
        "who": {
            "name": "王小明",
            "number": "990000195103070017",
            "document": "resident-id",
            "state": "",
            "level": "id-card",
        },
        "purpose": "bind",
    }
    assert "小明" not in repr(who)
    assert "1951" not in repr(who)
