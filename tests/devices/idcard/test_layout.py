from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.holder import Document, Holder, Sex
from devices.idcard.layout import Refused, holder_in, text_in
from devices.idcard.sim import Card
from devices.reader import Fault
from tests.devices.idcard.conftest import WANG, number


def fault_of(card: Card) -> Fault:
    with pytest.raises(Refused) as refused:
        holder_in(card.text())
    return refused.value.fault


def test_a_citizens_card_names_its_holder() -> None:
    assert holder_in(WANG.text()) == Holder(
        "王小明", number(), Document.RESIDENT_ID, Sex.MALE, date(1990, 3, 7), date(2040, 1, 1), "无名市无名路1号"
    )


def test_a_card_for_ever_never_expires() -> None:
    assert holder_in(replace(WANG, until="长期").text()).expires is None


@pytest.mark.parametrize("name", ["阿卜杜拉·买买提", "王 小 明", " 王", "𠮷野𡈽", "\ue863某", "O'NEIL, ANNE"])
def test_a_name_is_only_trimmed_on_the_right(name: str) -> None:
    assert holder_in(replace(WANG, name=name).text()).name == name


@pytest.mark.parametrize("flag", ["J", "I", "Y", "Z", "中", "\ufffd"])
def test_another_type_flag_is_another_card_and_never_a_misparse(flag: str) -> None:
    assert fault_of(replace(WANG, flag=flag)) is Fault.CARD_UNKNOWN


@pytest.mark.parametrize(
    "card",
    [
        replace(WANG, number=number()[:17] + ("0" if number()[17] != "0" else "1")),
        replace(WANG, number="９９０１０１１９９００３０７１２３４"),
        replace(WANG, number=number()[:-1]),
        replace(WANG, birth="19900308"),
        replace(WANG, birth="19900230"),
        replace(WANG, birth="1990 307"),
        replace(WANG, birth="１９９００３０７"),
        replace(WANG, sex="2"),
        replace(WANG, sex="0"),
        replace(WANG, sex="9"),
        replace(WANG, until="20191231"),
        replace(WANG, until="长期长期"),
        replace(WANG, until=""),
        replace(WANG, start="长期"),
        replace(WANG, name=""),
        replace(WANG, address=""),
        replace(WANG, address="无名路\u202e1号"),
        replace(WANG, name="\u3000"),
        replace(WANG, name="王\n明"),
        replace(WANG, name="王\0明"),
        replace(WANG, name="王\x1bp明"),
        replace(WANG, name="王\u202e明"),
        replace(WANG, name="王\u2067明"),
        replace(WANG, name="王\u200b明"),
        replace(WANG, name="王\u2028明"),
        replace(WANG, name="王\uffff明"),
        replace(WANG, name="王\ud800明"),
    ],
)
def test_content_that_breaks_a_rule_is_garbled(card: Card) -> None:
    assert fault_of(card) is Fault.CARD_GARBLED


def test_a_refusal_quotes_nothing_of_the_card() -> None:
    with pytest.raises(Refused) as refused:
        holder_in(replace(WANG, birth="19900308").text())
    assert "王" not in str(refused.value)
    assert number() not in str(refused.value)


@given(st.binary(max_size=600) | st.binary(min_size=256, max_size=256))
def test_any_bytes_are_a_holder_or_the_typed_refusal(text: bytes) -> None:
    for parse in (holder_in, lambda data: holder_in(text_in(data))):
        try:
            parse(text)
        except Refused:
            continue


@given(st.integers(0, 255), st.integers(0, 255))
def test_one_wrong_byte_never_makes_another_person(at: int, value: int) -> None:
    text = bytearray(WANG.text())
    text[at] = value
    try:
        holder = holder_in(bytes(text))
    except Refused:
        return
    assert (holder.number, holder.birth, holder.sex) == (number(), date(1990, 3, 7), Sex.MALE)


@pytest.mark.parametrize(("text", "photo"), [(256, 1024), (256, 0)])
def test_the_text_is_taken_out_of_the_answer(text: int, photo: int) -> None:
    assert text_in(text.to_bytes(2, "big") + photo.to_bytes(2, "big") + WANG.text() + bytes(photo)) == WANG.text()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        bytes.fromhex("01000400"),
        bytes.fromhex("01000400") + bytes(1279),
        bytes.fromhex("01000400") + bytes(1281),
        bytes.fromhex("00FF0400") + bytes(1279),
        bytes.fromhex("01000001") + bytes(257),
        bytes.fromhex("FFFFFFFF") + bytes(1280),
    ],
)
def test_lengths_that_lie_are_garbled(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        text_in(data)
    assert refused.value.fault is Fault.CARD_GARBLED
