from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from devices.holder import Document, Holder, Proof, Sex
from devices.idcard.layout import holder_in
from devices.idcard.regions import PROVINCES
from devices.idcard.sim import ForeignCard2017, ForeignCard2023
from devices.idcard.text import Refused
from devices.reader import Fault
from tests.devices.idcard.conftest import ANNA, OMAR, number

LONG = "VAN DER WESTHUIZEN-BOTHA, JOHANNES MARTHINUS P"


def fault_of(card: ForeignCard2017 | ForeignCard2023) -> Fault:
    with pytest.raises(Refused) as refused:
        holder_in(card.text())
    return refused.value.fault


def test_a_card_of_2017_names_its_holder() -> None:
    assert holder_in(ANNA.text()) == Holder(
        name="安娜",
        number="UTO990074081201",
        document=Document.FOREIGN_RESIDENT,
        sex=Sex.FEMALE,
        birth=date(1974, 8, 12),
        expires=date(2030, 1, 1),
        proof=Proof.GENUINE,
        state="UTO",
    )


def test_a_card_of_2023_names_its_holder() -> None:
    assert holder_in(OMAR.text()) == Holder(
        name="AL-FULANI, OMAR",
        number=OMAR.number,
        document=Document.FOREIGN_RESIDENT,
        sex=Sex.MALE,
        birth=date(1969, 11, 4),
        expires=date(2034, 1, 1),
        proof=Proof.GENUINE,
        state="UTO",
    )


@pytest.mark.parametrize("card", [ANNA, OMAR])
def test_who_has_a_chinese_name_is_called_by_it_and_else_by_the_english_one(
    card: ForeignCard2017 | ForeignCard2023,
) -> None:
    assert holder_in(replace(card, chinese="欧马").text()).name == "欧马"
    assert holder_in(replace(card, chinese="").text()).name == card.english
    assert fault_of(replace(card, chinese="", english="")) is Fault.CARD_GARBLED


@pytest.mark.parametrize("card", [ANNA, OMAR])
@pytest.mark.parametrize("name", ["DOE, JANE", "O'NEIL-VAN DYK, A B", " LEADING", "NGUYEN  THI"])
def test_a_foreigners_name_is_only_trimmed_on_the_right(card: ForeignCard2017 | ForeignCard2023, name: str) -> None:
    assert holder_in(replace(card, chinese="", english=name).text()).name == name


def test_a_long_name_is_read_on_in_the_second_field() -> None:
    assert len(LONG) == 46
    assert holder_in(replace(OMAR, english=LONG).text()).name == LONG


def test_a_space_at_the_seam_of_a_long_name_is_kept() -> None:
    name = "A" * 34 + " B"
    assert holder_in(replace(OMAR, english=name).text()).name == name


@pytest.mark.parametrize("card", [ANNA, OMAR])
@pytest.mark.parametrize("code", ["0", "9"])
def test_a_sex_that_is_not_stated_is_unknown(card: ForeignCard2017 | ForeignCard2023, code: str) -> None:
    assert holder_in(replace(card, sex=code).text()).sex is Sex.UNKNOWN


def test_a_new_nationality_does_not_change_the_number() -> None:
    holder = holder_in(replace(ANNA, state="XOM").text())
    assert (holder.state, holder.number) == ("XOM", ANNA.number)


def test_the_number_of_2017_is_unique_only_with_its_state_and_that_of_2023_alone() -> None:
    assert holder_in(ANNA.text()).identity == f"foreign-resident:UTO:{ANNA.number}"
    assert holder_in(OMAR.text()).identity == OMAR.number


@pytest.mark.parametrize("region", [f"{region:02}" for region in range(100)])
def test_a_number_of_2023_names_a_province_behind_the_9_or_is_a_test_persons(region: str) -> None:
    card = replace(OMAR, number=number(f"9{region}00018010101123"))  # nobody alive was born in 1801
    if region in PROVINCES or region.startswith("9"):
        assert holder_in(card.text()).number == card.number
    else:
        assert fault_of(card) is Fault.CARD_GARBLED


@pytest.mark.parametrize(
    "card",
    [
        replace(ANNA, number="UTO99007408120"),
        replace(ANNA, number="uto990074081201"),
        replace(ANNA, number="UT0990074081201"),
        replace(ANNA, number="UTO９90074081201"),
        replace(ANNA, number=" UTO99007408120"),
        replace(ANNA, state=""),
        replace(ANNA, state="UT"),
        replace(ANNA, state="uto"),
        replace(ANNA, state="乌托邦"),
        replace(ANNA, sex=""),
        replace(ANNA, sex="3"),
        replace(ANNA, sex="F"),
        replace(ANNA, birth=""),
        replace(ANNA, birth="19740230"),
        replace(ANNA, birth="20200102"),
        replace(ANNA, until="长期"),
        replace(ANNA, until="20191231"),
        replace(ANNA, chinese="安\n娜"),
        replace(ANNA, chinese="", english="DOE,\u202eJANE"),
        replace(OMAR, number=OMAR.number[:-1]),
        replace(OMAR, number=OMAR.number[:17] + ("0" if OMAR.number[17] != "0" else "1")),
        replace(OMAR, number=number("44010018010101123")),
        replace(OMAR, birth="19691105"),
        replace(OMAR, sex="2"),
        replace(OMAR, sex="3"),
        replace(OMAR, state="U O"),
        replace(OMAR, until="长期"),
        replace(OMAR, until="20231231"),
        replace(OMAR, start="19691103"),
        replace(OMAR, chinese="欧\x1bp"),
    ],
)
def test_content_that_breaks_a_rule_is_garbled(card: ForeignCard2017 | ForeignCard2023) -> None:
    assert fault_of(card) is Fault.CARD_GARBLED
