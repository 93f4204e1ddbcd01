from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.holder import Document, Holder, Proof, Sex
from devices.idcard.layout import holder_in, newest_address_in, text_in
from devices.idcard.nations import NATIONS
from devices.idcard.regions import PROVINCES
from devices.idcard.sim import Card
from devices.idcard.sim_cards import filled
from devices.idcard.text import Refused
from devices.reader import Fault
from tests.devices.idcard.conftest import WANG, number


def fault_of(card: Card) -> Fault:
    with pytest.raises(Refused) as refused:
        holder_in(card.text())
    return refused.value.fault


def test_a_citizens_card_names_its_holder() -> None:
    assert holder_in(WANG.text()) == Holder(
        name="王小明",
        number=number(),
        document=Document.RESIDENT_ID,
        sex=Sex.MALE,
        birth=date(1990, 3, 7),
        expires=date(2040, 1, 1),
        address="无名市无名路1号",
        proof=Proof.GENUINE,
    )


def test_a_card_for_ever_never_expires() -> None:
    assert holder_in(replace(WANG, until="长期").text()).expires is None


@pytest.mark.parametrize("name", ["阿卜杜拉·买买提", "王 小 明", " 王", "𠮷野𡈽", "\ue863某", "O'NEIL, ANNE"])
def test_a_name_is_only_trimmed_on_the_right(name: str) -> None:
    assert holder_in(replace(WANG, name=name).text()).name == name


@pytest.mark.parametrize("flag", ["j", "i", "y", "Z", "A", "1", "中", "Ｊ", "\u3000", "\ufffd"])
def test_another_type_flag_is_another_card_and_never_a_misparse(flag: str) -> None:
    assert fault_of(replace(WANG, flag=flag)) is Fault.CARD_UNKNOWN


@given(st.integers(0, 0xFFFF))
def test_every_flag_but_the_five_known_ones_is_an_unknown_card(flag: int) -> None:
    text = bytearray(WANG.text())
    text[248:250] = flag.to_bytes(2, "little")
    if flag not in (0, ord(" "), ord("J"), ord("I"), ord("Y")):
        with pytest.raises(Refused) as refused:
            holder_in(bytes(text))
        assert refused.value.fault is Fault.CARD_UNKNOWN


@pytest.mark.parametrize("flag", ["I", "Y"])
def test_a_citizens_text_under_a_foreigners_flag_is_garbled(flag: str) -> None:
    assert fault_of(replace(WANG, flag=flag)) is Fault.CARD_GARBLED


@pytest.mark.parametrize("code", [f"{code:02}" for code in range(100)])
def test_a_nation_is_one_of_the_table(code: str) -> None:
    known = code in NATIONS
    assert known == (1 <= int(code) <= 56 or code in ("97", "98"))
    if known:
        assert holder_in(replace(WANG, nation=code).text()).name == "王小明"
    else:
        assert fault_of(replace(WANG, nation=code)) is Fault.CARD_GARBLED


@pytest.mark.parametrize("region", [f"{region}" for region in range(10, 100)])
def test_a_citizens_number_begins_with_a_province_or_is_a_test_persons(region: str) -> None:
    card = replace(WANG, number=number(f"{region}000018010101123"))  # nobody alive was born in 1801
    if region in PROVINCES or region == "99":
        assert holder_in(card.text()).number == card.number
    else:
        assert fault_of(card) is Fault.CARD_GARBLED


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
        replace(WANG, nation=""),
        replace(WANG, nation="1"),
        replace(WANG, nation="０１"),
        replace(WANG, start="19900306"),
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


@given(st.binary(max_size=2400), st.booleans())
def test_any_answer_is_a_holder_or_the_typed_refusal(data: bytes, fingerprints: bool) -> None:
    try:
        holder_in(text_in(data, fingerprints))
    except Refused:
        return


@given(st.binary(min_size=256, max_size=256), st.sampled_from((" ", "J", "I", "Y")))
def test_any_bytes_under_a_known_flag_are_a_holder_or_the_typed_refusal(text: bytes, flag: str) -> None:
    try:
        holder_in(text[:248] + filled(flag, 1) + text[250:])
    except Refused:
        return


@given(st.binary(max_size=200) | st.binary(min_size=70, max_size=70))
def test_any_bytes_are_a_newer_address_or_none(data: bytes) -> None:
    address = newest_address_in(data)
    assert address is None or len(data) == 70


def test_a_newer_address_has_all_its_70_bytes_and_no_others() -> None:
    assert newest_address_in(filled("无名市新路2号", 35)) == "无名市新路2号"
    assert newest_address_in(filled("新" * 35, 35)) == "新" * 35
    for data in (b"", filled("无名市新路2号", 34), filled("无名市新路2号", 36), filled("", 35), filled("新\x1b路", 35)):
        assert newest_address_in(data) is None


@given(st.integers(0, 255), st.integers(0, 255))
def test_one_wrong_byte_never_makes_another_person(at: int, value: int) -> None:
    text = bytearray(WANG.text())
    text[at] = value
    try:
        holder = holder_in(bytes(text))
    except Refused:
        return
    assert (holder.number, holder.birth, holder.sex) == (number(), date(1990, 3, 7), Sex.MALE)


def answer(*lengths: int) -> bytes:
    """The answer to a read with these parts after the text."""
    return b"".join(length.to_bytes(2, "big") for length in (256, *lengths)) + WANG.text() + bytes(sum(lengths))


@pytest.mark.parametrize("photo", [1024, 0])
def test_the_text_is_taken_out_of_the_answer(photo: int) -> None:
    assert text_in(answer(photo)) == WANG.text()


@pytest.mark.parametrize("fingerprints", [0, 512, 1024])
def test_the_text_is_taken_out_of_an_answer_with_fingerprints(fingerprints: int) -> None:
    assert text_in(answer(1024, fingerprints), fingerprints=True) == WANG.text()


@pytest.mark.parametrize(
    ("data", "fingerprints"),
    [
        (b"", False),
        (b"\x01", False),
        (bytes.fromhex("01000400"), False),
        (bytes.fromhex("01000400") + bytes(1279), False),
        (bytes.fromhex("01000400") + bytes(1281), False),
        (bytes.fromhex("00FF0400") + bytes(1279), False),
        (bytes.fromhex("01000001") + bytes(257), False),
        (bytes.fromhex("FFFFFFFF") + bytes(1280), False),
        (answer(1024, 1024), False),
        (answer(1024), True),
        (answer(1024, 1025), True),
        (answer(1024, 1024)[:-1], True),
        (answer(1024, 1024) + b"\0", True),
        (answer(0, 1024)[:4], True),
    ],
)
def test_lengths_that_lie_are_garbled(data: bytes, fingerprints: bool) -> None:
    with pytest.raises(Refused) as refused:
        text_in(data, fingerprints)
    assert refused.value.fault is Fault.CARD_GARBLED
