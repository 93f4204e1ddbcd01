"""What the catalogue says is short, plain, in both languages, and begins with what the screen says."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from kiosk import say
from kiosk.failures import Failure, catalogue
from screens.words import Words

NAME, SENTENCE, LONGEST_SENTENCE, STEP = 14, 28, 60, 90
"""Chinese characters: of a name, a sentence to a citizen, a sentence that explains, a step with its command."""

NAME_EN, SENTENCE_EN, STEP_EN = 44, 90, 170

EVERY = [pytest.param(failure, id=code) for code, failure in catalogue().items()]

WORDS = ("!", "！", "你", "温馨提示", "亲，", "网络异常", "kindly", "Please ", "please ")
SIGNS = ("*", "`", "<", ">", "|", "#")
"""What the house says nowhere, and signs that Markdown would take for its own."""

WAY_ON = re.compile("12345|请|可以|会被读取")
NOT_TOLD = re.compile("^不(告诉|作为故障告诉)市民")

PRINTERS = {f"P10{n}": say.CLOSED_PRINTER for n in (1, 3, 4, 5, 6, 7, 8)}
SHEETS = {f"A10{n}": say.CLOSED_A4 for n in (1, 3, 4, 5, 6, 7, 8, 9)}
SCREEN_SAYS = {
    **PRINTERS,
    **SHEETS,
    **say.CARD_TITLES,
    **say.NOT_ISSUED_TITLES,
    "P102": say.CLOSED_PAPER,
    "A102": say.CLOSED_A4_PAPER,
    "C101": say.READER_LOST,
    "S101": say.SCANNER_LOST,
    "S102": say.SCAN_FOREIGN,
    "S103": say.SCAN_TWO,
    "K101": say.BROKEN_TITLE,
    "K102": say.OUT_TITLE,
    "K103": say.NOT_RECORDED_TITLE,
    "K109": say.NOT_ISSUED_TITLE,
    "L101": say.CLOSED_STORE,
    "L102": say.OUT_TITLE,
    **dict.fromkeys(("K112", "K113", "K114"), say.OUT_TITLE),
    "U102": Words(say.CLOSED_POWER.zh.splitlines()[0], say.CLOSED_POWER.en.splitlines()[0]),
}


def _all(failure: Failure) -> tuple[Words, ...]:
    leaves = (failure.leaves,) if failure.leaves else ()
    return (failure.name, failure.cause, failure.citizen, *leaves, *failure.technician)


def _sentences(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"(?<=[。.])\s*", text) if each.strip()]


@pytest.mark.parametrize("failure", EVERY)
def test_a_failure_is_told_in_both_languages_and_in_words_that_the_house_allows(failure: Failure) -> None:
    for words in _all(failure):
        assert re.search(r"[一-鿿]", words.zh), words
        assert not re.search(r"[一-鿿]", re.sub(r"补打|\(.*?\)", "", words.en)), words
        assert not [each for each in (*WORDS, *SIGNS) if each in words.zh or each in words.en], words
        assert words.zh == words.zh.strip(), words
        assert words.en == words.en.strip(), words
    for words in _all(failure)[1:]:
        assert words.zh[-1] in "。", words
        assert words.en[-1] in ".", words


@pytest.mark.parametrize("failure", EVERY)
def test_no_text_is_longer_than_its_place(failure: Failure) -> None:
    assert len(failure.name.zh) <= NAME
    assert len(failure.name.en) <= NAME_EN
    for sentence in _sentences(failure.citizen.zh):
        assert len(sentence) <= SENTENCE, sentence
    for sentence in _sentences(failure.citizen.en):
        assert len(sentence) <= SENTENCE_EN, sentence
    for sentence in chain(_sentences(failure.cause.zh), _sentences(failure.leaves.zh if failure.leaves else "")):
        assert len(sentence) <= LONGEST_SENTENCE, sentence
    for step in failure.technician:
        assert len(step.zh) <= STEP, step
        assert len(step.en) <= STEP_EN, step


@pytest.mark.parametrize("failure", EVERY)
def test_a_citizen_is_told_a_way_on_or_whom_to_ask(failure: Failure) -> None:
    assert NOT_TOLD.search(failure.citizen.zh) or WAY_ON.search(failure.citizen.zh)


@pytest.mark.parametrize("code", sorted(SCREEN_SAYS))
def test_what_a_citizen_is_told_begins_with_what_the_screen_says(code: str) -> None:
    told, said = catalogue()[code].citizen, SCREEN_SAYS[code]
    assert told.zh.startswith(said.zh.rstrip("。"))
    assert told.en.startswith(said.en.rstrip("."))


def test_no_two_failures_have_one_name() -> None:
    names = [failure.name.zh for failure in catalogue().values()]
    assert len(set(names)) == len(names)
