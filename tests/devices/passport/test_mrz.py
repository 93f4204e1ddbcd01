"""The two printed lines, as they are typed, scanned and read from the chip."""

import contextlib
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.holder import Sex
from devices.passport.mrz import BadLines, access_key, check_digit, key_in, lines_in
from devices.passport.sim import Person
from tests.devices.passport.chips import PERSON, TODAY

SPECIMEN = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
"""Doc 9303-4, appendix A."""


def test_the_standard_s_own_specimen_is_read() -> None:
    lines = lines_in("".join(SPECIMEN), date(2010, 1, 1))
    assert (lines.name, lines.number, lines.state) == ("ERIKSSON ANNA MARIA", "L898902C3", "UTO")
    assert (lines.birth, lines.sex, lines.expires) == (date(1974, 8, 12), Sex.FEMALE, date(2012, 4, 15))


def test_what_is_typed_opens_what_the_standard_s_example_opens() -> None:
    assert access_key("L898902C", "690806", "940623").information == b"L898902C<369080619406236"


@pytest.mark.parametrize("number", ["x00 099 999", "X00099999", "X0009999-9"])
def test_a_number_may_be_typed_with_spaces_and_in_small_letters(number: str) -> None:
    assert access_key(number, PERSON.birth, PERSON.expiry) == key_in("".join(PERSON.lines))


@pytest.mark.parametrize(
    ("number", "birth", "expiry"),
    [
        ("", "880229", "340531"),
        ("X000999999", "880229", "340531"),
        ("X00099É99", "880229", "340531"),
        ("X00099999", "870229", "340531"),
        ("X00099999", "88022", "340531"),
        ("X00099999", "880229", "340532"),
        ("X00099999", "880229", "34<<31"),
        ("X00099999", "٨٨٠٢٢٩", "340531"),
    ],
)
def test_what_cannot_be_printed_in_a_passport_is_not_typed(number: str, birth: str, expiry: str) -> None:
    with pytest.raises(BadLines):
        access_key(number, birth, expiry)


@pytest.mark.parametrize("form", ["{}{}", "{}\r\n{}\r\n", "\x02{}\r{}\x03", "{} {}", "{}\n\n{}\n"])
@pytest.mark.parametrize("as_bytes", [True, False])
def test_a_scanner_may_separate_the_lines_as_it_likes(form: str, as_bytes: bool) -> None:
    text = form.format(*SPECIMEN)
    key = key_in(text.encode() if as_bytes else text)
    assert (key.number, key.birth, key.expiry) == ("L898902C3", "740812", "120415")


def test_the_second_line_alone_is_enough() -> None:
    assert key_in(SPECIMEN[1] + "\r") == key_in("".join(SPECIMEN))


@pytest.mark.parametrize("at", [*range(0, 10), *range(13, 20), *range(21, 44)])
def test_every_misread_character_that_a_check_digit_covers_is_noticed(at: int) -> None:
    ring = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    old = SPECIMEN[1][at]
    wrong = "1" if old == "<" else ring[(ring.index(old) + 1) % len(ring)]  # no digit tells characters ten apart
    with pytest.raises(BadLines):
        key_in(SPECIMEN[1][:at] + wrong + SPECIMEN[1][at + 1 :])


@pytest.mark.parametrize("at", [9, 19, 27, 42])
def test_a_wrong_check_digit_is_noticed_even_where_that_over_all_is_made_to_fit(at: int) -> None:
    line = SPECIMEN[1][:at] + str((int(SPECIMEN[1][at]) + 1) % 10) + SPECIMEN[1][at + 1 : 43]
    with pytest.raises(BadLines):
        key_in(line + check_digit(line[:10] + line[13:20] + line[21:43]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        SPECIMEN[0],
        SPECIMEN[1][:-1],
        SPECIMEN[1] + SPECIMEN[0],
        "".join(SPECIMEN) * 2,
        "I" + SPECIMEN[0][1:] + SPECIMEN[1],
        b"\xff" * 44,
        "<" * 44,
        "0" * 100_000,
    ],
)
def test_what_is_no_passport_s_zone_is_refused(text: bytes | str) -> None:
    with pytest.raises(BadLines):
        key_in(text)


def test_neither_key_nor_refusal_shows_what_was_typed() -> None:
    key = key_in("".join(SPECIMEN))
    assert not re.search("[0-9]|L898", repr(key))
    with pytest.raises(BadLines) as refused:
        key_in(SPECIMEN[1][:43] + "7")
    assert "L898" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("person", "birth"),
    [
        (Person(birth="260601"), date(2026, 6, 1)),
        (Person(birth="260602"), date(1926, 6, 2)),
        (Person(birth="270101"), date(1927, 1, 1)),
        (Person(birth="88<<<<"), None),
        (Person(birth="880000"), None),
    ],
)
def test_nobody_is_born_after_today_and_an_open_date_stays_open(person: Person, birth: date | None) -> None:
    assert lines_in("".join(person.lines), TODAY).birth == birth


@pytest.mark.parametrize(
    ("expiry", "day"),
    [("260531", date(2026, 5, 31)), ("360601", date(2036, 6, 1)), ("990101", date(1999, 1, 1))],
)
def test_an_expiry_is_near_today(expiry: str, day: date) -> None:
    assert lines_in("".join(replace(PERSON, expiry=expiry).lines), TODAY).expires == day


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Person(given=""), "NIEMAND"),
        (Person(surname="VAN DER NIEMAND", given="A"), "VAN DER NIEMAND A"),
        (Person(surname="N" * 60), "N" * 39),
    ],
)
def test_a_name_is_kept_as_the_zone_has_it(person: Person, name: str) -> None:
    assert lines_in("".join(person.lines), TODAY).name == name


def test_one_letter_is_a_state_too() -> None:
    assert lines_in("".join(replace(PERSON, state="D").lines), TODAY).state == "D"


@pytest.mark.parametrize("sex", ["<", "X"])
def test_a_sex_that_is_not_told_is_unknown(sex: str) -> None:
    assert lines_in("".join(replace(PERSON, sex=sex).lines), TODAY).sex is Sex.UNKNOWN


@given(st.text(max_size=100) | st.binary(max_size=100) | st.from_regex(r"[A-Z0-9<]{44}", fullmatch=True))
def test_no_scan_breaks_the_parser(text: str | bytes) -> None:
    with contextlib.suppress(BadLines):
        key_in(text)


@given(st.text(max_size=12), st.text(max_size=8), st.text(max_size=8))
def test_no_typing_breaks_the_parser(number: str, birth: str, expiry: str) -> None:
    with contextlib.suppress(BadLines):
        assert len(access_key(number, birth, expiry).information) == 24


@given(st.from_regex(r"P[A-Z<]{43}[A-Z0-9<]{88}", fullmatch=True))
def test_no_zone_breaks_the_parser(zone: str) -> None:
    line = zone[44:88]
    line = line[:9] + check_digit(line[:9]) + line[10:]
    for told in (zone, zone[:44] + line):
        with contextlib.suppress(BadLines):
            lines_in(told, TODAY)
