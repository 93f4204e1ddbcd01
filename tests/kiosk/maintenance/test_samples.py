"""The pictures of the maintenance mode show what it says: each word of the samples is one of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Final

import pytest

from kiosk.failures import catalogue
from kiosk.maintenance import say, say_trials
from screens.pages import Badge, MaintenancePage, Page
from screens.table import SCREENS
from screens.words import Words

KINDS: Final = [kind for kind in SCREENS if issubclass(kind, MaintenancePage)]


def _said(part: object) -> Iterator[Words]:
    """Every two words in ``part``, however deep."""
    if isinstance(part, Words):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from _said(each)
    elif isinstance(part, tuple):
        for each in part:
            yield from _said(each)
    elif is_dataclass(part) and not isinstance(part, Badge):
        for each in fields(part):
            yield from _said(getattr(part, each.name))


def _form(words: str) -> str:
    return re.sub(r"\\\{\w+\\\}", ".+", re.escape(words))


_WORDS: Final = [*_said(vars(say)), *_said(vars(say_trials)), *_said(tuple(catalogue().values()))]
_ZH: Final = re.compile("|".join({_form(words.zh) for words in _WORDS}))
_EN: Final = re.compile("|".join({_form(words.en) for words in _WORDS}))


def _own(words: Words) -> bool:
    """The mode says it so, or says its first and its second half so and puts them together."""
    first, _, second = words.zh.partition("，")
    begins, _, ends = words.en.partition(", ")
    return _known(words.zh, words.en) or (_known(first, begins) and _known(second, ends))


def _known(zh: str, en: str) -> bool:
    return bool(_ZH.fullmatch(zh) and _EN.fullmatch(en))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_says_nothing_that_the_mode_does_not_say(kind: type[Page[Any]]) -> None:
    assert [words for words in _said(SCREENS[kind].samples()) if not _own(words)] == []


@pytest.mark.usefixtures("qapp")
def test_a_sample_has_no_code_that_there_is_not() -> None:
    pages = [page for kind in KINDS for page in SCREENS[kind].samples().values()]
    codes = {each for page in pages for each in re.findall(r"\b[A-Z][0-9]{3}\b", repr(page))}
    assert codes <= {*catalogue(), "A036"}, "A036 is a ticket"
    assert "P102" in codes
