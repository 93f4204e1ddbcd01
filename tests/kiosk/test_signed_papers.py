"""What a kiosk signs: a certificate, and its copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from certificates import code
from certificates.cbor import Malformed
from certificates.claims import HALL_ZONE, Claims
from certificates.cose import parsed
from certificates.short_code import cti_of
from certificates.template import Template
from certificates.verdict import Result
from kiosk.papers import Authority
from offline_cache.certificates import Signed, Spent
from tests.certificates.hall_stand import DAY
from tests.kiosk.authority import ADDRESS, HOST, KID, NOW, TEMPLATES, Bureau, id_card

RESIDENCE = TEMPLATES["residence"]
FIELDS = (ADDRESS, 43_527, 1)


def authority(bureau: Bureau) -> Authority:
    assert bureau.machine.authority is not None
    return bureau.machine.authority


def signed(bureau: Bureau, index: int = 5) -> Signed:
    return bureau.papers.signed(RESIDENCE, id_card(), FIELDS, index)


def claims(of: Signed) -> Claims:
    return code.claims(parsed(of.message, code.LONGEST))


def result(bureau: Bureau, of: Signed) -> Result:
    return bureau.papers.verdict(code.text(of.message, of.id, HOST), None).result


def test_a_certificate_says_what_the_card_and_the_form_say(bureau: Bureau) -> None:
    one = signed(bureau, 77)
    said = claims(one)
    assert result(bureau, one) is Result.VALID
    number = id_card().number
    assert (said.name, said.masked, said.fields) == ("王小明", number[:3] + number[-4:], FIELDS)
    assert (said.type, said.version, said.status, said.copy) == (1, 1, 77, 1)
    assert (one.id, one.kid, one.iat, one.exp) == (said.short_code, KID, said.iat, said.exp)


def test_the_name_of_a_certificate_is_eighty_bits_that_nobody_can_guess(bureau: Bureau) -> None:
    """Each bit is as often 1 as 0, and no two follow each other: a counter, a clock or an index in it is seen."""
    names = [cti_of(signed(bureau).id) for _ in range(256)]
    assert len(set(names)) == 256
    numbers = [int.from_bytes(name) for name in names]
    often = [sum(number >> bit & 1 for number in numbers) for bit in range(80)]
    assert all(64 < ones < 192 for ones in often), often  # by chance in one run of 10^13
    steps = [(after - before) % 2**80 for before, after in pairwise(numbers)]
    assert min(*steps, *(2**80 - step for step in steps)) > 2**40


@pytest.mark.parametrize("clock", ["00:00:00", "12:00:00", "23:59:59"])
@pytest.mark.parametrize("days", [1, 30, 181, 3_660])
def test_it_ends_at_the_midnight_after_its_last_day(bureau: Bureau, clock: str, days: int) -> None:
    hour, minute, second = map(int, clock.split(":"))
    start = datetime(2026, 11, 21, hour, minute, second, tzinfo=HALL_ZONE)
    bureau.ticks.advance(start.timestamp() - NOW)
    kind = _lasting(days)
    said = claims(bureau.papers.signed(kind, id_card(), FIELDS, 5))
    ends = datetime.fromtimestamp(said.exp, HALL_ZONE)
    assert said.iat == start.timestamp()
    assert (ends.hour, ends.minute, ends.second) == (0, 0, 0)
    assert (ends.date() - start.date()).days == days + 1


def _lasting(days: int) -> Template:
    return RESIDENCE.model_copy(update={"issue": RESIDENCE.issue.model_copy(update={"valid_days": days})})


def test_the_time_is_the_trusted_one_and_not_the_computer_s(bureau: Bureau) -> None:
    bureau.clock.heard(NOW * 1_000)
    bureau.ticks.set_wall(0)
    assert claims(signed(bureau)).iat == NOW
    bureau.clock.heard((NOW + 3_600) * 1_000)
    assert claims(signed(bureau)).iat == NOW + 3_600


def test_a_copy_is_the_same_certificate_with_the_next_number_by_the_same_key(bureau: Bureau) -> None:
    first = signed(bureau)
    bureau.ticks.advance(3_600)
    again = bureau.papers.signed_again(first.message, 2)
    assert claims(again) == replace(claims(first), copy=2)
    assert (again.id, again.kid, again.iat, again.exp) == (first.id, first.kid, first.iat, first.exp)
    assert again.message != first.message
    assert result(bureau, again) is Result.VALID


def test_a_copy_is_signed_by_the_key_of_the_original_when_that_has_ended(bureau: Bureau) -> None:
    first = signed(bureau)
    bureau.ticks.advance(29 * DAY + 1)
    bureau.hall.publish(NOW + 29 * DAY)
    bureau.publish()
    with pytest.raises(Spent):
        signed(bureau)
    assert result(bureau, bureau.papers.signed_again(first.message, 2)) is Result.VALID


def test_without_the_key_of_the_original_there_is_no_copy(bureau: Bureau) -> None:
    first = signed(bureau)
    bureau.lose_keys()
    with pytest.raises(Spent):
        bureau.papers.signed_again(first.message, 2)


def test_by_a_key_that_was_cut_off_there_is_no_certificate_and_no_copy(bureau: Bureau) -> None:
    first = signed(bureau)
    bureau.hall.cut(KID)
    bureau.hall.publish()
    bureau.publish()
    assert authority(bureau).signs_until == 0
    with pytest.raises(Spent):
        signed(bureau)
    with pytest.raises(Spent):
        bureau.papers.signed_again(first.message, 2)


@pytest.mark.parametrize(
    "fields", [(), FIELDS[:2], (*FIELDS, None), (None, 1, 1), (ADDRESS, 1, 4), (ADDRESS, 73_050, 1), ("长" * 36, 1, 1)]
)
def test_what_does_not_fit_the_template_is_never_signed(bureau: Bureau, fields: tuple[str | int | None, ...]) -> None:
    with pytest.raises(Malformed):
        bureau.papers.signed(RESIDENCE, id_card(), fields, 5)


def test_what_we_signed_is_read_in_the_words_of_its_template(bureau: Bureau) -> None:
    one = signed(bureau)
    said, template = bureau.papers.claims(one.message)
    assert (said, template) == (claims(one), RESIDENCE)
