"""What kiosks obey is signed, and its version grows with its content and never else."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from hall import bookings, bundles, marks
from offline_cache.envelope import Refused, opened, person_of
from tests.hall.conftest import DAY, Counter
from tests.hall.terminal import Terminal


def fetch(counter: Counter, terminal: Terminal, kind: str) -> dict[str, Any]:
    answer = counter.ask(terminal, "GET", f"/v1/{kind}")
    assert answer.status_code == 200, answer.text
    return terminal.reply(kind, answer.content)


def test_the_bundle_is_the_catalogue_and_its_version_is_on_the_board(counter: Counter, terminal: Terminal) -> None:
    bundle = fetch(counter, terminal, "bundle")
    assert bundle == {"version": 1, **counter.hall.catalogue.bundle()}
    assert fetch(counter, terminal, "bundle")["version"] == 1
    assert counter.beat(terminal)["bundle"] == 1


def test_the_bundles_version_grows_when_its_content_changes_and_never_goes_back(counter: Counter) -> None:
    with counter.hall.store.writing() as session:
        first = bundles.publish(session, counter.hall)
        assert marks.version(session, "bundle", "changed") == first + 1
        assert marks.version(session, "bundle", "changed") == first + 1
        assert bundles.publish(session, counter.hall) == first + 2


def test_no_document_passes_for_one_of_another_kind(counter: Counter, terminal: Terminal) -> None:
    document = counter.ask(terminal, "GET", "/v1/day").content
    keys = counter.hall.keys
    with pytest.raises(Refused):
        opened("bundle", document, keys.bundle.public_key())
    with pytest.raises(Refused):
        opened("day", document, keys.reply.public_key())


def test_the_sheet_carries_the_day_key_and_the_bookings_without_codes_or_names(
    counter: Counter, terminal: Terminal
) -> None:
    before = fetch(counter, terminal, "day")
    assert (before["day"], len(before["key"]), before["bookings"]) == (DAY, 32, [])
    citizen = "990101198001011234"
    with counter.hall.store.writing() as session:
        code = bookings.book(session, bookings.Slot(DAY, "09:30", "10:00"), "B", ["matter-x", "matter-y"], citizen)
        bookings.book(session, bookings.Slot("2026-03-10", "09:30", "10:00"), "B", ["matter-x"])
    sheet = fetch(counter, terminal, "day")
    assert sheet["version"] > before["version"]
    assert sheet["key"] == before["key"]
    assert sheet["bookings"] == [
        {
            "code": hashlib.sha256(code.encode()).digest(),
            "person": person_of(sheet["key"], citizen),
            "matters": ["matter-x", "matter-y"],
            "queue": "B",
            "start": "09:30",
            "end": "10:00",
        }
    ]
    assert counter.beat(terminal)["sheet"] == sheet["version"]


def test_every_day_has_its_own_key_and_a_higher_sheet(counter: Counter, terminal: Terminal) -> None:
    monday = fetch(counter, terminal, "day")
    counter.clock.forward(hours=24)
    tuesday = fetch(counter, terminal, "day")
    assert tuesday["day"] == "2026-03-10"
    assert tuesday["key"] != monday["key"]
    assert tuesday["version"] > monday["version"]


def test_a_slot_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        bookings.Slot(DAY, "10:00", "10:00")
