from __future__ import annotations

from statistics import median

from tests.devices.idcard.share import software_seconds, wire_seconds


def test_the_drivers_share_of_a_read_is_a_tenth_of_the_wires_at_most() -> None:
    assert round(1_000 * wire_seconds()) == 112
    assert median(software_seconds(100)) <= wire_seconds() / 10
