"""Rules for the words themselves: short, plain, in the right script, each guide its own."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from hall.catalogue.model import Catalogue, Words

Kind = Literal["name", "line", "guide"]


@dataclass(frozen=True)
class Tongue:
    """What is good in one language; lengths are in characters."""

    name: str
    of: Callable[[Words], str]
    letters: re.Pattern[str]
    unwanted: re.Pattern[str]
    full_stop: re.Pattern[str]
    longest: dict[Kind, int]
    longest_sentence: int
    group: int
    """Letters in a row by which two texts are compared."""


CHINESE: Final = Tongue(
    name="Chinese",
    of=lambda words: words.zh,
    letters=re.compile(r"(?=.*[\u3400-\u9fff])[^,;:?()]+"),
    unwanted=re.compile(
        r"[!！…]|你|亲[,，爱们]|温馨|敬请|竭诚|贴心|优质|便捷|高效|一站式|谢谢|网络异常|输入错误|(?<!申)请.*(?<!申)请"
    ),
    full_stop=re.compile("。"),
    longest={"name": 14, "line": 28, "guide": 116},
    longest_sentence=28,
    group=2,
)
ENGLISH: Final = Tongue(
    name="English",
    of=lambda words: words.en,
    letters=re.compile(r"(?=.*[A-Za-z])[\x20-\x7e–]+"),
    unwanted=re.compile(
        r"!|\.\.\.|\b(kindly|dear|sorry|convenien\w+|seamless\w*|hassle|simply|eas(y|ily)|effortless\w*|one-stop"
        r"|world-class|valued|please\b.*\bplease)\b",
        re.IGNORECASE,
    ),
    full_stop=re.compile(r"\.(?: |$)"),
    longest={"name": 44, "line": 84, "guide": 488},
    longest_sentence=120,
    group=4,
)
TONGUES: Final = (CHINESE, ENGLISH)

SENTENCES: Final = range(2, 5)

ALIKE: Final = 0.4
"""Two guides that share more than this part of their letter groups are one guide with another noun."""

PROPER: Final = frozenset({"Chinese", "Guangdong", "Hong", "Kong", "Macao", "Taiwan", "ID"})
LONG_NUMBER: Final = re.compile(r"[0-9]{6,}")


def faults(catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with the words, one line each, with the place in front."""
    for tongue in TONGUES:
        for place, kind, words in _all(catalogue):
            yield from (f"{place}: {fault}" for fault in _text(tongue, kind, tongue.of(words)))
        for service in catalogue.services:
            yield from (f"{service.id}: guide: {fault}" for fault in _sentences(tongue, tongue.of(service.guide)))
        yield from _shared(tongue, catalogue)
    for tile in catalogue.tiles():
        if capital := _title_case(tile.name.en):
            yield f"{tile.id}: name: '{capital}' has a capital letter in the middle"


def _all(catalogue: Catalogue) -> Iterator[tuple[str, Kind, Words]]:
    yield "hall: name", "line", catalogue.hall.name
    yield "hall: place", "line", catalogue.hall.place
    yield "texts: missed", "line", catalogue.texts.missed
    for queue in catalogue.queues:
        yield f"queue {queue.id}: name", "line", queue.name
    for tile in catalogue.tiles():
        yield f"{tile.id}: name", "name", tile.name
    for service in catalogue.services:
        yield f"{service.id}: guide", "guide", service.guide
        for material in service.materials:
            yield f"{service.id}: materials", "line", material
        yield f"{service.id}: fee", "line", service.fee
        yield f"{service.id}: time_limit", "line", service.time_limit
        if service.closed:
            yield f"{service.id}: closed", "line", service.closed


def _text(tongue: Tongue, kind: Kind, text: str) -> Iterator[str]:
    if not tongue.letters.fullmatch(text):
        yield f"not written in plain {tongue.name}: '{text}'"
    if len(text) > tongue.longest[kind]:
        yield f"{len(text)} characters, not {tongue.longest[kind]} at most: '{text}'"
    if found := tongue.unwanted.search(text):
        yield f"'{found[0]}' is not how we speak"
    if found := LONG_NUMBER.search(text):
        yield f"'{found[0]}' looks like somebody's number"
    if text != text.strip() or "  " in text or text != unicodedata.normalize("NFC", text):
        yield f"stray spaces or loose accents: '{text}'"


def _sentences(tongue: Tongue, guide: str) -> Iterator[str]:
    *sentences, rest = tongue.full_stop.split(guide)
    if rest:
        yield f"no full stop at the end: '{rest}'"
    if len(sentences) not in SENTENCES:
        yield f"{len(sentences)} sentences in {tongue.name}, not {SENTENCES[0]} to {SENTENCES[-1]}"
    for sentence in sentences:
        if len(sentence) > tongue.longest_sentence:
            yield f"a sentence of {len(sentence)} characters, not {tongue.longest_sentence} at most: '{sentence}'"


def _shared(tongue: Tongue, catalogue: Catalogue) -> Iterator[str]:
    """Sentences that two guides have in common, and guides that are nearly the same."""
    guides = {service.id: tongue.of(service.guide) for service in catalogue.services}
    sentences = Counter(
        sentence for guide in guides.values() for sentence in set(tongue.full_stop.split(guide)) if sentence
    )
    for sentence, uses in sentences.items():
        if uses > 1:
            yield f"catalogue: {uses} guides say '{sentence}'"
    groups = {place: _letter_groups(guide, tongue.group) for place, guide in guides.items()}
    for (one, first), (other, second) in combinations(groups.items(), 2):
        share = 2 * len(first & second) / max(1, len(first) + len(second))
        if share > ALIKE:
            yield f"{one}: guide: {share:.0%} the same as {other} in {tongue.name}"


def _letter_groups(text: str, size: int) -> frozenset[str]:
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    return frozenset(letters[start : start + size] for start in range(len(letters) - size + 1))


def _title_case(name: str) -> str | None:
    return next((word for word in re.findall("[A-Za-z]+", name)[1:] if word[0].isupper() and word not in PROPER), None)
