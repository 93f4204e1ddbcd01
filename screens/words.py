"""What is said to people, in every language the hall speaks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages a visit can be held in; the value is the BCP 47 tag."""

    ZH = "zh-Hans"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said, in Chinese and in English. Plain text, never markup."""

    zh: str
    en: str

    def into(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en


def same(text: str) -> Words:
    """A number, a time or a masked name: written alike in every language."""
    return Words(text, text)
