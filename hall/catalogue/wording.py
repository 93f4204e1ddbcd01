"""Rules for the words themselves: short, plain, in the right script, each guide its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

from hall.catalogue.model import Catalogue, Words

NAME: Final = (14, 44)
MATERIAL: Final = (28, 84)
LINE: Final = (28, 84)
"""Longest texts, in characters of Chinese and of English."""

SENTENCE: Final = (28, 120)
SENTENCES: Final = range(2, 5)

ALIKE: Final = 0.4
"""Two guides that share more than this part of their letter groups are one guide with another noun."""

PROPER: Final = frozenset({"Chinese", "Guangdong", "Hong", "Kong", "Macao", "Taiwan", "ID"})

NOT_CHINESE: Final = re.compile(
    r"你|亲[,，爱们]|[!！…]|温馨|敬请|竭诚|贴心|优质|便捷|高效|一站式|网络异常|输入错误|谢谢|(?<![申邀])请.*(?<![申邀])请"
)
NOT_ENGLISH: Final = re.compile(
    r"!|\.\.\.|\b(kindly|dear|sorry|convenient|convenience|seamless|hassle|simply|easy|easily|effortless"
    r"|one-stop|world-class|valued|please\b.*\bplease)\b",
    re.IGNORECASE,
)
LONG_NUMBER: Final = re.compile(r"[0-9]{6,}")
HALF_WIDTH: Final = re.compile(r"[,;:?()]")
HAN: Final = re.compile(r"[\u3400-\u9fff]")
LATIN: Final = re.compile(r"[\x20-\x7e–]+")


def faults(catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with the words, one line each, with the place in front."""
    for place, words, limit in _all(catalogue):
        for fault in (*_chinese(words.zh, limit[0]), *_english(words.en, limit[1])):
            yield f"{place}: {fault}"
    for tile in catalogue.tiles():
        if capital := _title_case(tile.name.en):
            yield f"{tile.id}: name: '{capital}' has a capital letter in the middle"
    for service in catalogue.services:
        for fault in (
            *_sentences(service.guide.zh, "。", SENTENCE[0]),
            *_sentences(service.guide.en, ".", SENTENCE[1]),
        ):
            yield f"{service.id}: guide: {fault}"
    yield from alike(catalogue)


def alike(catalogue: Catalogue) -> Iterator[str]:
    """Pairs of guides that are the same, or nearly, in either language."""
    for language, text in _GUIDES.items():
        groups = {service.id: _letter_groups(text(service.guide)) for service in catalogue.services}
        for (one, first), (other, second) in combinations(groups.items(), 2):
            share = 2 * len(first & second) / max(1, len(first) + len(second))
            if share > ALIKE:
                yield f"{one}: guide: {share:.0%} the same as {other} ({language})"


_GUIDES: Final[dict[str, Callable[[Words], str]]] = {"zh": lambda words: words.zh, "en": lambda words: words.en}


def _all(catalogue: Catalogue) -> Iterator[tuple[str, Words, tuple[int, int]]]:
    yield "hall: name", catalogue.hall.name, NAME
    yield "hall: place", catalogue.hall.place, NAME
    yield "texts: missed", catalogue.texts.missed, LINE
    for tile in catalogue.tiles():
        yield f"{tile.id}: name", tile.name, NAME
    for queue in catalogue.queues:
        yield f"queue {queue.id}: name", queue.name, LINE
    for service in catalogue.services:
        yield f"{service.id}: guide", service.guide, (SENTENCE[0] * 4 + 4, SENTENCE[1] * 4 + 8)
        for material in service.materials:
            yield f"{service.id}: materials", material, MATERIAL
        yield f"{service.id}: fee", service.fee, LINE
        yield f"{service.id}: time_limit", service.time_limit, LINE
        if service.closed:
            yield f"{service.id}: closed", service.closed, LINE


def _chinese(text: str, longest: int) -> Iterator[str]:
    if not HAN.search(text):
        yield f"no Chinese in '{text}'"
    if len(text) > longest:
        yield f"longer than {longest} characters: '{text}'"
    if found := NOT_CHINESE.search(text):
        yield f"'{found[0]}' is not how we speak"
    if found := HALF_WIDTH.search(text):
        yield f"half-width '{found[0]}' in '{text}'"
    yield from _both(text)


def _english(text: str, longest: int) -> Iterator[str]:
    if not LATIN.fullmatch(text) or not re.search("[A-Za-z]", text):
        yield f"not plain English letters: '{text}'"
    if len(text) > longest:
        yield f"longer than {longest} characters: '{text}'"
    if found := NOT_ENGLISH.search(text):
        yield f"'{found[0]}' is not how we speak"
    yield from _both(text)


def _both(text: str) -> Iterator[str]:
    if text != text.strip() or "  " in text:
        yield f"stray spaces in '{text}'"
    if text != unicodedata.normalize("NFC", text):
        yield f"not in normal form: '{text}'"
    if found := LONG_NUMBER.search(text):
        yield f"'{found[0]}' looks like somebody's number"


def _title_case(name: str) -> str | None:
    return next((word for word in re.findall("[A-Za-z]+", name)[1:] if word[0].isupper() and word not in PROPER), None)


def _sentences(text: str, mark: str, longest: int) -> Iterator[str]:
    *sentences, rest = re.split(rf"{re.escape(mark)}(?:\s+|$|(?<=。))", text)
    if rest:
        yield f"does not end with '{mark}'"
    if len(sentences) not in SENTENCES:
        yield f"{len(sentences)} sentences, not 2 to 4"
    for sentence in sentences:
        if len(sentence) > longest:
            yield f"a sentence longer than {longest} characters: '{sentence}'"


def _letter_groups(text: str) -> set[str]:
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    size = 2 if HAN.search(letters) else 4
    return {letters[start : start + size] for start in range(len(letters) - size + 1)}
