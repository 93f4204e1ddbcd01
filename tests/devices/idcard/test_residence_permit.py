from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from devices.holder import Document, Holder, Proof, Sex
from devices.idcard.layout import holder_in
from devices.idcard.sim import ResidencePermit
from devices.idcard.text import Refused
from devices.reader import Fault
from tests.devices.idcard.conftest import CHAN, number


def test_a_residence_permit_names_its_holder() -> None:
    assert holder_in(CHAN.text()) == Holder(
        name="陳大文",
        number=CHAN.number,
        document=Document.RESIDENCE_PERMIT,
        sex=Sex.MALE,
        birth=date(1988, 9, 12),
        expires=date(2040, 1, 1),
        address="无名市无名路1号",
        proof=Proof.GENUINE,
    )


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "990000"])
def test_a_permit_is_given_to_residents_of_three_regions_and_to_test_persons(region: str) -> None:
    card = replace(CHAN, number=number(f"{region}18010101123"))  # nobody alive was born in 1801
    assert holder_in(card.text()).number == card.number


@pytest.mark.parametrize("region", ["440100", "710000", "810001", "910000"])
def test_a_permit_with_another_region_is_garbled(region: str) -> None:
    with pytest.raises(Refused) as refused:
        holder_in(replace(CHAN, number=number(f"{region}18010101123")).text())
    assert refused.value.fault is Fault.CARD_GARBLED


@pytest.mark.parametrize("nation", ["", "00", "01", "99", "港"])
def test_the_nation_of_a_permit_is_not_looked_at(nation: str) -> None:
    assert holder_in(replace(CHAN, nation=nation).text()) == holder_in(CHAN.text())


@pytest.mark.parametrize(
    "card",
    [
        replace(CHAN, birth="19880913"),
        replace(CHAN, sex="2"),
        replace(CHAN, sex="9"),
        replace(CHAN, until="20191231"),
        replace(CHAN, start="19880911"),
        replace(CHAN, name=""),
        replace(CHAN, address=""),
        replace(CHAN, number=CHAN.number[:-1]),
    ],
)
def test_a_permit_is_held_to_a_citizens_rules(card: ResidencePermit) -> None:
    with pytest.raises(Refused) as refused:
        holder_in(card.text())
    assert refused.value.fault is Fault.CARD_GARBLED
