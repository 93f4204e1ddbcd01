"""Cards as cities write them: rare names, names cut in two, padding, empty records, answers in pieces."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date

import pytest

from devices.card.apdu import Card, Garbled
from devices.card.sim_cards import SocialCard, record
from devices.card.social_security import BIRTH, EXPIRY, HOLDER_FILE, ISSUER_FILE, NAME, NAME_REST, NUMBER, SEX, read
from devices.holder import Holder, Proof, Sex
from tests.devices.card.people import LI, WANG, number

READ_RECORD, GET_RESPONSE = 0xB2, 0xC0


def holder_of(card: SocialCard) -> Holder:
    return read(Card(card.obey))


def written(tag: int, value: bytes, by_tag: bool) -> SocialCard:
    card = SocialCard(*WANG, by_tag=by_tag)
    card.write(HOLDER_FILE, tag, value)
    return card


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("𠮷田𡃁", id="four bytes a character"),
        pytest.param("䶮㛃", id="GB 18030 in two bytes or four"),
        pytest.param("王" * 15, id="exactly 30 bytes"),
        pytest.param("王" * 16, id="one character more"),
        pytest.param("A" + "王" * 15, id="a character of two bytes cut in two"),
        *(pytest.param("A" * (30 - cut) + "𠮷" + "王", id=f"four bytes cut after {cut}") for cut in (1, 2, 3)),
        pytest.param("ABDUREHIM MUHEMMETTURSUN ROZI ALI", id="a space at byte 30"),
        pytest.param("ABDUREHIM MUHEMMETTURSUNJANA X", id="exactly 30 letters"),
        pytest.param("A" * 30 + " B", id="a space at byte 31"),
        pytest.param("王" * 25, id="both records full"),
    ],
)
def test_a_name_comes_off_the_card_as_it_was_written(name: str, by_tag: bool) -> None:
    assert holder_of(SocialCard(name, WANG[1], by_tag=by_tag)).name == name


def test_what_stands_in_the_second_record_of_a_short_name_is_not_the_name() -> None:
    card = SocialCard(*WANG)
    card.write(HOLDER_FILE, NAME_REST, b"WANG XIAOMING")
    assert holder_of(card).name == WANG[0]


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize("filler", [b"\0", b" ", b"\xff"])
def test_padding_of_each_kind_is_no_part_of_a_name(filler: bytes, by_tag: bool) -> None:
    card = written(NAME, WANG[0].encode("gbk").ljust(30, filler), by_tag)
    card.write(HOLDER_FILE, NAME_REST, filler * 20)
    assert holder_of(card).name == WANG[0]


@pytest.mark.parametrize("filler", [b"\0", b" ", b"\xff"])
def test_a_cut_name_with_padding_behind_it_is_whole(filler: bytes) -> None:
    name = "A" + "王" * 15
    card = SocialCard(name, WANG[1])
    card.write(HOLDER_FILE, NAME_REST, name.encode("gbk")[30:].ljust(20, filler))
    assert holder_of(card).name == name


def test_a_name_whose_second_half_is_not_there_is_garbled() -> None:
    card = SocialCard("A" + "王" * 15, WANG[1])
    card.write(HOLDER_FILE, NAME_REST, b"\0" * 20)
    with pytest.raises(Garbled):
        holder_of(card)


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize(
    "blank",
    [b"", b" " * 18, b"\0" * 18, b"\xff" * 18, b"0" * 18, b"X" * 18, WANG[1].encode() + b" ", b" " + WANG[1].encode()],
)
def test_a_blank_or_padded_number_is_garbled(blank: bytes, by_tag: bool) -> None:
    with pytest.raises(Garbled):
        holder_of(written(NUMBER, blank, by_tag))


def test_a_small_x_is_a_capital_one() -> None:
    with_x = next(each for each in (number(f"990000194912310{at:02}") for at in range(1, 99, 2)) if each.endswith("X"))
    card = SocialCard(WANG[0], with_x)
    card.write(HOLDER_FILE, NUMBER, with_x.lower().encode())
    assert holder_of(card).number == with_x


@pytest.mark.parametrize("told", [b"", b"\0", b" ", b"\xff", b"0", b"9", b"1", b"\x01"])
def test_a_sex_that_is_blank_unknown_or_right_is_that_of_the_number(told: bytes) -> None:
    assert holder_of(written(SEX, told, by_tag=True)).sex is Sex.MALE


@pytest.mark.parametrize("told", [b"2", b"\x02", b"12"])
def test_a_sex_that_contradicts_the_number_is_garbled(told: bytes) -> None:
    with pytest.raises(Garbled):
        holder_of(written(SEX, told, by_tag=True))


@pytest.mark.parametrize("told", [b"", bytes(4), b"\xff" * 4, b" " * 8, bytes.fromhex("19491231"), b"19491231"])
def test_a_birth_date_that_is_blank_or_right_is_that_of_the_number(told: bytes) -> None:
    assert holder_of(written(BIRTH, told, by_tag=True)).birth == date(1949, 12, 31)


@pytest.mark.parametrize("told", [bytes.fromhex("19491230"), b"20491231", bytes.fromhex("00000001"), b"194912", b"1"])
def test_a_birth_date_that_contradicts_the_number_is_garbled(told: bytes) -> None:
    with pytest.raises(Garbled):
        holder_of(written(BIRTH, told, by_tag=True))


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize("empty", [(NAME_REST,), (SEX, BIRTH), (NAME_REST, SEX, BIRTH)])
def test_records_that_are_empty_are_not_there(empty: tuple[int, ...], by_tag: bool) -> None:
    card = Hollow(*LI, by_tag=by_tag)
    card.hollow = {*empty, EXPIRY}
    holder = holder_of(card)
    assert (holder.name, holder.number, holder.expires) == (*LI, None)


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize("empty", [NUMBER, NAME])
def test_a_card_whose_number_or_name_is_empty_is_garbled(empty: int, by_tag: bool) -> None:
    card = Hollow(*LI, by_tag=by_tag)
    card.hollow = {empty}
    with pytest.raises(Garbled):
        holder_of(card)


def test_a_card_that_says_yes_to_everything_and_gives_nothing_is_garbled() -> None:
    with pytest.raises(Garbled):
        read(Card(lambda command: b"\x90\x00"))


class Hollow(SocialCard):
    """Answers 9000 and no byte for the records with these tags."""

    hollow: AbstractSet[int] = frozenset()

    def obey(self, command: bytes) -> bytes:
        answer = super().obey(command)
        if command[1] == READ_RECORD:
            whole = super().obey(command[:4] + answer[1:2]) if answer[0] == 0x6C else answer
            if whole[0] in self.hollow:
                return b"\x90\x00"
        return answer


class Pieces:
    """A card behind a reader that passes each answer on in its own way, at one command or at every one."""

    def __init__(self, card: SocialCard, at: int | None, how: str) -> None:
        self._card, self._at, self._how = card, at, how
        self.commands = 0
        self._held = b""

    def __call__(self, command: bytes) -> bytes:
        if command[1] == GET_RESPONSE and self._held:
            most = command[4] or 256
            if self._how == "61, then 6C" and most != len(self._held):
                return bytes([0x6C, len(self._held)])
            told, self._held = self._held[:most], self._held[most:]
            return told + (bytes([0x61, min(len(self._held), 255)]) if self._held else b"\x90\x00")
        answer = self._whole(command)
        turn, self.commands = self.commands, self.commands + 1
        if answer[-2:] != b"\x90\x00" or self._at not in (None, turn):
            return answer
        if self._how == "whole":
            return answer
        self._held = answer[:-2] or b"\x6f\x00"
        return bytes([0x61, {"61": len(self._held), "61, in two": 1, "61, then 6C": 0}[self._how]])

    def _whole(self, command: bytes) -> bytes:
        """The card's answer with its own 61 and 6C followed."""
        answer = self._card.obey(command)
        if answer[0] == 0x6C:
            return self._card.obey(command[:4] + answer[1:2])
        if len(answer) == 2 and answer[0] == 0x61:
            return self._card.obey(b"\x00\xc0\x00\x00" + answer[1:2])
        return answer


@pytest.mark.parametrize("by_tag", [True, False])
@pytest.mark.parametrize("how", ["whole", "61", "61, in two", "61, then 6C"])
def test_an_answer_whole_or_in_pieces_at_any_command_is_the_same(how: str, by_tag: bool) -> None:
    def read_through(at: int | None) -> tuple[Holder, int]:
        reader = Pieces(SocialCard("A" + "王" * 15, WANG[1], by_tag=by_tag), at, how)
        return read(Card(reader)), reader.commands

    right = holder_of(SocialCard("A" + "王" * 15, WANG[1], by_tag=by_tag))
    whole, commands = read_through(None)
    assert whole == right
    assert commands > 8
    assert all(read_through(at)[0] == right for at in range(commands))


@pytest.mark.parametrize("select", [0, 1, 2])
def test_a_corrected_length_where_none_was_given_is_garbled(select: int) -> None:
    card = SocialCard(*WANG)
    seen = 0

    def transmit(command: bytes) -> bytes:
        nonlocal seen
        if command[1] != 0xA4:
            return card.obey(command)
        turn, seen = seen, seen + 1
        return b"\x6c\x10" if turn == select else card.obey(command)

    with pytest.raises(Garbled):
        read(Card(transmit))


@pytest.mark.parametrize("make", [lambda: SocialCard(*WANG), lambda: SocialCard(*LI, by_tag=False)])
def test_a_free_read_is_a_claim_and_no_more(make: Callable[[], SocialCard]) -> None:
    assert holder_of(make()).proof is Proof.CLAIM


def test_an_issuer_file_with_empty_records_leaves_the_expiry_open() -> None:
    card = SocialCard(*WANG)
    card.files[ISSUER_FILE] = [record(EXPIRY, b"")]
    assert holder_of(card).expires is None
