"""The standard's own worked example, and the chip that does not open."""

from dataclasses import replace

import pytest

from devices.card.apdu import Answer, Card, Garbled
from devices.passport import NotPassport, WrongKey, bac, lies, mrz, unlock
from devices.passport.channel import Channel
from devices.passport.ciphers import TripleDes
from devices.passport.sim import Passport
from tests.devices.passport.chips import PERSON, TODAY, key_of, known, laid, opened, utopia

KEY = mrz.access_key("L898902C", "690806", "940623")


def sent(answers: list[str]) -> tuple[Card, list[str]]:
    """A card that gives these answers, and what it was asked."""
    asked: list[str] = []

    def transmit(command: bytes) -> bytes:
        asked.append(command.hex())
        return bytes.fromhex(answers[len(asked) - 1])

    return Card(transmit), asked


def test_the_access_keys_are_those_of_the_standard_s_example() -> None:
    """Doc 9303-11, appendix D.2."""
    secret = bytes.fromhex("239ab9cb282daf66231dc5a4df6bfbae")
    keys = TripleDes.derived(secret)
    same = TripleDes(
        bytes.fromhex("ab94fdecf2674fdfb9b391f85d7f76f2"), bytes.fromhex("7962d9ece03d1acd4c76089dce131543")
    )
    assert vars(keys) == vars(same) == vars(bac.access_keys(KEY))


def test_the_challenge_is_answered_as_in_the_standard_s_example() -> None:
    """Doc 9303-11, appendix D.3: from the chip's challenge to the session's first command (D.4)."""
    card, asked = sent(
        [
            "4608f919887022129000",
            "46b9342a41396cd7386bf5803104d7cedc122b9132139baf2eedc94ee178534f2f2d235d074d74499000",
            "990290008e08fa855a5d4c50a8ed9000",
            "8709019ff0ec34f9922651990290008e08ad55cc17140b2ded9000",
        ]
    )
    fixed = iter((bytes.fromhex("781723860c06c226"), bytes.fromhex("0b795240cb7049b01c19b33e32804f0b")))
    channel = bac.opened(card, KEY, random=lambda size: next(fixed))
    assert asked == [
        "0084000008",
        "008200002872c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f25f1448eea8ad90a728",
    ]
    assert channel.send(card, b"\x00\xa4\x02\x0c", b"\x01\x1e") == Answer(b"", 0x9000)
    assert channel.send(card, b"\x00\xb0\x00\x00", most=4) == Answer(bytes.fromhex("60145f01"), 0x9000)
    assert asked[2:] == [
        "0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800",
        "0cb000000d9701048e08ed6705417e96ba5500",
    ]


@pytest.mark.parametrize("wrong", [{"number": "X00099998"}, {"birth": "880228"}, {"expiry": "340601"}])
def test_lines_of_another_passport_do_not_open_this_one(wrong: dict[str, str]) -> None:
    waits: list[float] = []
    chip = Passport(PERSON, utopia(), pause=waits.append)
    with pytest.raises(WrongKey):
        unlock(laid(chip), key_of(replace(PERSON, **wrong)), known(), TODAY)
    assert opened(chip).holder.number == PERSON.number  # the right ones still do


def test_a_chip_answers_slower_after_each_wrong_key() -> None:
    waits: list[float] = []
    chip = Passport(PERSON, utopia(), pause=waits.append)
    for _ in range(12):
        with pytest.raises(WrongKey):
            opened(chip, replace(PERSON, number="X00099998"))
    assert waits == sorted(waits)
    assert 0 < waits[0] < waits[-1] <= 5
    opened(chip)


@pytest.mark.parametrize("status", ["6300", "63c1", "6982", "6985", "6988", "6a80"])
def test_each_way_of_refusing_the_key_is_the_wrong_key(status: str) -> None:
    card, _ = sent(["00" * 8 + "9000", status])
    with pytest.raises(WrongKey):
        bac.opened(card, KEY)


@pytest.mark.parametrize("status", ["6982", "6985", "6d00"])
def test_a_chip_that_opens_only_in_another_way_is_not_ours(status: str) -> None:
    card, _ = sent([status])
    with pytest.raises(NotPassport):
        bac.opened(card, KEY)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(["00" * 7 + "9000"], id="a short challenge"),
        pytest.param(["00" * 8 + "9000", "9000"], id="no answer"),
        pytest.param(["00" * 8 + "9000", "00" * 39 + "9000"], id="a short answer"),
        pytest.param(["00" * 8 + "9000", "00" * 40 + "9000"], id="a chip that has not the key"),
        pytest.param(["00" * 8 + "9000", "6f00"], id="an error that says nothing of the key"),
    ],
)
def test_a_chip_that_breaks_the_exchange_is_garbled(answers: list[str]) -> None:
    card, _ = sent(answers)
    with pytest.raises(Garbled):
        bac.opened(card, KEY)


def test_an_answer_that_repeats_an_older_exchange_is_garbled() -> None:
    chip = Passport(PERSON, utopia())
    opened(chip)
    chip.misbehave([chip.spoken[1], chip.spoken[2]])
    with pytest.raises(Garbled):
        bac.opened(laid(chip), key_of())


def test_an_answer_whose_mac_was_touched_is_garbled_before_it_is_read() -> None:
    chip = Passport(PERSON, utopia())
    chip.twist(2, lambda answer: answer[:39] + bytes([answer[39] ^ 1]) + answer[40:])
    assert lies(laid(chip))
    with pytest.raises(Garbled):
        bac.opened(laid(chip), key_of())


@pytest.mark.parametrize(("answer", "there"), [("9000", True), ("6a82", False), ("6982", False), ("6d00", False)])
def test_a_passport_is_recognised_by_its_application(answer: str, there: bool) -> None:
    card, asked = sent([answer])
    assert lies(card) is there
    assert asked == ["00a4040c07a0000002471001"]


def test_a_session_belongs_to_one_chip_only() -> None:
    first, second = Passport(PERSON, utopia()), Passport(PERSON, utopia())
    lying = opened(first)
    assert lying.still(laid(first))
    assert not lying.still(laid(second))
    assert not lying.still(laid(first)), "what was broken off once stays over"


def test_a_session_ends_with_the_chip_s_power() -> None:
    chip = Passport(PERSON, utopia())
    lying = opened(chip)
    for _ in range(20):
        assert lying.still(laid(chip))
    chip.reset()
    assert not lying.still(laid(chip))


def test_a_session_ends_when_another_application_is_selected() -> None:
    chip = Passport(PERSON, utopia())
    lying = opened(chip)
    lies(laid(chip))
    assert not lying.still(laid(chip))


def test_a_channel_is_over_after_its_first_foreign_answer() -> None:
    channel = Channel(bac.access_keys(KEY))
    card, asked = sent(["9000"] * 5)
    for _ in range(3):
        with pytest.raises(Garbled):
            channel.send(card, b"\x00\xb0\x00\x00", most=4)
    assert len(asked) == 1
