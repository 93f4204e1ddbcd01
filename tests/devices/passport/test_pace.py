"""The chip and its reader's antenna may take a second; our own share is not to be noticed."""

from statistics import median

from tests.devices.passport.pace import page_ms, whole_ms


def test_our_share_of_opening_a_passport_and_reading_its_page_is_small() -> None:
    assert median(page_ms()) <= 60


def test_our_share_of_a_whole_reading_is_small() -> None:
    assert median(whole_ms()) <= 200
