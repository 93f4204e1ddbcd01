"""Whatever may stand on a good card of any kind comes back as it was written."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from devices.citizen_number import check_digit
from devices.holder import Document, Holder, Proof, Sex
from devices.idcard.layout import holder_in, newest_address_in
from devices.idcard.nations import NATIONS
from devices.idcard.sim import Card, ForeignCard2017, ForeignCard2023, ResidencePermit
from devices.idcard.sim_cards import filled

SEXES = {"0": Sex.UNKNOWN, "1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.UNKNOWN}
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
ANY = st.one_of(HAN, st.sampled_from("·　𠮷𡈽\ue863 -,'（）1Ab"))
LATIN = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ ,'-")
STATES = st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), min_size=3, max_size=3)
BORN = st.dates(date(1900, 1, 1), date(2016, 12, 31))
ISSUED = st.dates(date(2017, 1, 1), date(2026, 12, 31))
ENDS = st.dates(date(2027, 1, 1), date(2060, 12, 31))


def words(letters: st.SearchStrategy[str], units: int, least: int = 1) -> st.SearchStrategy[str]:
    """Text that fits into a field of ``units`` and does not end in what fills it up."""
    return (
        st.text(letters, min_size=least, max_size=units)
        .map(lambda text: text.rstrip(" "))
        .filter(lambda text: len(text.encode("utf-16-le")) <= 2 * units and bool(text.strip()) >= bool(least))
    )


def numbers(born: date) -> st.SearchStrategy[str]:
    """Right numbers of nobody: region 99xxxx."""
    return st.builds(
        lambda region, serial: f"99{region:04}{born:%Y%m%d}{serial:03}", st.integers(0, 9999), st.integers(0, 999)
    ).map(lambda first17: first17 + check_digit(first17))


def sex_of(number: str) -> Sex:
    return Sex.MALE if number[16] in "13579" else Sex.FEMALE


@given(st.data(), words(ANY, 15), words(ANY, 35), BORN, ISSUED, st.none() | ENDS, st.sampled_from(sorted(NATIONS)))
def test_citizens_and_permits(
    data: st.DataObject, name: str, address: str, born: date, issued: date, ends: date | None, nation: str
) -> None:
    number = data.draw(numbers(born))
    until = f"{ends:%Y%m%d}" if ends else "长期"
    citizen = Card(name, number, nation=nation, address=address, start=f"{issued:%Y%m%d}", until=until)
    permit = ResidencePermit(name, number, address=address, start=f"{issued:%Y%m%d}", until=until)
    for card, document in ((citizen, Document.RESIDENT_ID), (permit, Document.RESIDENCE_PERMIT)):
        assert holder_in(card.text()) == Holder(
            name, number, document, sex_of(number), born, ends, address, Proof.GENUINE
        )


@given(words(LATIN, 60), words(HAN, 15, least=0), STATES, STATES, BORN, ISSUED, ENDS, st.sampled_from(sorted(SEXES)))
def test_foreigners_cards_of_2017(
    english: str, chinese: str, first: str, state: str, born: date, issued: date, ends: date, sex: str
) -> None:
    number = f"{first}9900{born:%y%m%d}01"
    card = ForeignCard2017(
        *(english, number, f"{born:%Y%m%d}", chinese, sex, state, f"{issued:%Y%m%d}", f"{ends:%Y%m%d}")
    )
    assert holder_in(card.text()) == Holder(
        chinese or english,
        number,
        Document.FOREIGN_RESIDENT,
        SEXES[sex],
        born,
        ends,
        proof=Proof.GENUINE,
        state=state,
    )


@given(st.data(), words(LATIN, 46), words(HAN, 15, least=0), STATES, BORN, ISSUED, ENDS)
def test_foreigners_cards_of_2023(
    data: st.DataObject, english: str, chinese: str, state: str, born: date, issued: date, ends: date
) -> None:
    number = data.draw(numbers(born))
    card = ForeignCard2023(*(english, number, chinese), state=state, start=f"{issued:%Y%m%d}", until=f"{ends:%Y%m%d}")
    assert holder_in(card.text()) == Holder(
        chinese or english,
        number,
        Document.FOREIGN_RESIDENT,
        sex_of(number),
        born,
        ends,
        proof=Proof.GENUINE,
        state=state,
    )


@given(words(ANY, 35))
def test_newest_addresses(address: str) -> None:
    assert newest_address_in(filled(address, 35)) == address
