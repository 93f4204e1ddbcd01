"""The card's content, from a virtual card and from bytes made up at will; no reader between."""

import contextlib
from datetime import date
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card.apdu import Card, Garbled, NoAnswer
from devices.card.sim_cards import SocialCard, VirtualCard, record
from devices.card.social_security import (
    BIRTH,
    HOLDER_FILE,
    ISSUER_FILE,
    NAME,
    NUMBER,
    SEX,
    Unknown,
    date_in,
    name_in,
    number_in,
    read,
    sex_in,
)
from devices.holder import Holder, Sex
from devices.reader import CardRead
from tests.devices.card.people import LI, WANG


def read_from(card: VirtualCard) -> Holder:
    def transmit(command: bytes) -> bytes:
        answer = card.answer(command)
        if answer is None:
            raise NoAnswer
        return answer

    return read(Card(transmit))


@pytest.mark.parametrize("by_tag", [True, False])
def test_a_card_is_read_by_tag_and_by_number(by_tag: bool) -> None:
    holder = read_from(SocialCard(*LI, by_tag=by_tag))
    assert (holder.name, holder.number, holder.sex, holder.birth) == (*LI, Sex.FEMALE, date(1988, 2, 29))


def test_records_in_another_order_are_found() -> None:
    card = SocialCard(*LI, by_tag=False)
    card.files[HOLDER_FILE].reverse()
    assert read_from(card).number == LI[1]


def test_a_long_name_goes_on_in_the_second_record() -> None:
    name = "阿卜杜热合曼·吾布力卡斯木·买买提明"
    assert len(name.encode("gbk")) > 30
    assert read_from(SocialCard(name, WANG[1])).name == name


def test_a_card_without_the_application_is_unknown() -> None:
    with pytest.raises(Unknown):
        read_from(VirtualCard())


def test_no_pin_is_ever_tried() -> None:
    card = SocialCard(*WANG)
    read_from(card)
    select, read_record, get_response = 0xA4, 0xB2, 0xC0
    assert {command[1] for command in card.heard} == {select, read_record, get_response}


def test_what_is_told_of_a_card_shows_no_name_and_no_number() -> None:
    told = repr(CardRead("card", read_from(SocialCard(*WANG))))
    assert not any(secret in told for secret in (*WANG, "1949"))


@pytest.mark.parametrize("tag", [NUMBER, NAME])
def test_a_card_without_number_or_name_is_garbled(tag: int) -> None:
    card = SocialCard(*WANG)
    card.files[HOLDER_FILE] = [kept for kept in card.files[HOLDER_FILE] if kept[0] != tag]
    with pytest.raises(Garbled):
        read_from(card)


def test_a_card_without_sex_birth_and_expiry_takes_them_from_the_number() -> None:
    card = SocialCard(*WANG)
    del card.files[ISSUER_FILE]
    card.files[HOLDER_FILE] = [kept for kept in card.files[HOLDER_FILE] if kept[0] not in (SEX, BIRTH)]
    holder = read_from(card)
    assert (holder.sex, holder.birth, holder.expires) == (Sex.MALE, date(1949, 12, 31), None)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (BIRTH, bytes.fromhex("19491230")),
        (BIRTH, bytes.fromhex("1949123a")),
        (BIRTH, bytes.fromhex("19490230")),
        (BIRTH, b"194912310"),
        (SEX, b"2"),
        (SEX, b"11"),
        (NUMBER, WANG[1][:-1].encode()),
        (NUMBER, WANG[1].encode() + b"\0"),
        (NUMBER, LI[1][:-1].encode() + b"0"),
        (NUMBER, b"\xff" * 18),
        (NAME, b"\0" * 30),
        (NAME, b""),
        (NAME, b"\x1b@" + WANG[0].encode("gbk")),
    ],
)
def test_content_that_breaks_a_rule_or_contradicts_itself_is_garbled(tag: int, value: bytes) -> None:
    card = SocialCard(*WANG)
    card.write(HOLDER_FILE, tag, value)
    with pytest.raises(Garbled):
        read_from(card)


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize(
    "lie",
    [
        pytest.param(bytes([NAME]), id="tag alone"),
        pytest.param(bytes([NAME, 200]) + "王".encode("gbk"), id="longer than it is"),
        pytest.param(bytes([NAME, 1]) + "王".encode("gbk"), id="shorter than it is"),
        pytest.param(bytes([NAME, 0x82, 0x01, 0xF4]) + b"A" * 200, id="500 characters in long form"),
        pytest.param(bytes([NAME, 0x80]) + b"AA\0\0", id="indefinite length"),
        pytest.param(bytes([NAME]) * 200, id="nested for ever"),
    ],
)
def test_a_record_that_lies_about_its_length_is_garbled(lie: bytes, by_tag: bool) -> None:
    card = SocialCard(*WANG, by_tag=by_tag)
    card.files[HOLDER_FILE][1] = lie
    with pytest.raises(Garbled):
        read_from(card)


def test_the_same_record_twice_is_garbled() -> None:
    card = SocialCard(*WANG, by_tag=False)
    card.files[HOLDER_FILE].append(record(NUMBER, LI[1].encode()))
    with pytest.raises(Garbled):
        read_from(card)


@pytest.mark.parametrize("answer", [b"\x90\x00", b"\x69\x82", b"\x6a\x83"])
@pytest.mark.parametrize("at", range(16))
def test_any_status_from_any_command_on_names_nobody_or_the_holder(answer: bytes, at: int) -> None:
    card = SocialCard(*WANG)
    card.misbehave(repeat(answer), at)
    with contextlib.suppress(Garbled, Unknown):
        assert (read_from(card).name, read_from(card).number) == WANG
    assert len(card.heard) <= 100


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("王小明".encode("gbk"), "王小明"),
        ("王小明".encode("gbk").ljust(30, b"\0"), "王小明"),
        ("王小明".encode("gbk").ljust(30, b" "), "王小明"),
        ("王小明　　".encode("gbk"), "王小明"),
        ("欧阳　娜".encode("gbk"), "欧阳　娜"),
        (b"MARY ANN O'BRIEN   ", "MARY ANN O'BRIEN"),
        ("𠮷田".encode("gb18030"), "𠮷田"),
        ("e\u0301ve".encode("gb18030"), "e\u0301ve"),
        ("محمد".encode("gb18030"), "محمد"),
        (b"A" * 60, "A" * 60),
    ],
)
def test_a_name_is_kept_as_the_card_says_it(value: bytes, name: str) -> None:
    assert name_in(value) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "A" * 61,
        "A" * 500,
        "王\0明",
        "王\x1b@",
        "\x1dV\0",
        "王\n明",
        "\x10\x04\x01",
        "王\u202e明",
        "\u2066王",
        "王\u200b明",
        "王\ufeff",
        "王\u2028明",
        "王\x85明",
        "\u0301王",
        "e\u0301\u0301\u0301",
    ],
)
def test_a_name_that_could_do_harm_is_garbled(name: str) -> None:
    with pytest.raises(Garbled):
        name_in(name.encode("gb18030"))


@pytest.mark.parametrize("value", [b"\xff\xfe\xfd", b"\x81", b"\xc1", b"\x80\x80", b"\xff" * 30])
def test_a_name_that_is_no_text_is_garbled(value: bytes) -> None:
    with pytest.raises(Garbled):
        name_in(value)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (bytes.fromhex("20300601"), date(2030, 6, 1)),
        (b"20300601", date(2030, 6, 1)),
        (b"", None),
        (bytes(4), None),
        (b"\xff" * 4, None),
        (b" " * 8, None),
        (bytes.fromhex("99999999"), None),
    ],
)
def test_a_day_is_read_in_both_forms_and_blank_is_none(value: bytes, day: date | None) -> None:
    assert date_in(value) == day


@given(st.binary(max_size=300))
def test_no_bytes_break_a_field(value: bytes) -> None:
    for field in (number_in, name_in, date_in, sex_in):
        with contextlib.suppress(Garbled):
            field(value)


@given(st.binary(max_size=120))
def test_a_name_that_passes_can_be_shown_and_printed(value: bytes) -> None:
    try:
        name = name_in(value)
    except Garbled:
        return
    assert 1 <= len(name) <= 60
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in name)


@given(st.lists(st.binary(max_size=260), max_size=40))
def test_no_card_breaks_the_reader(answers: list[bytes]) -> None:
    card = SocialCard(*WANG)
    card.misbehave([*answers, None], at=1)
    with contextlib.suppress(Garbled, Unknown, NoAnswer):
        read_from(card)
