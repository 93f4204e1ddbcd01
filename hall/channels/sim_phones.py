"""The phones of the stand-in: whose they are by name and number, what they are called, and what was sent to them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

DEMO: Final = Path(__file__).with_name("demo_phones.toml")


class Phone(BaseModel):
    """One account. Without ``number`` its owner never told the channel who they are."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    openid: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{6,64}$")]
    nickname: Annotated[str, StringConstraints(max_length=40)]
    name: Annotated[str, StringConstraints(max_length=40)] = ""
    number: Annotated[str, StringConstraints(pattern=r"^(99[0-9]{15}[0-9X])?$")] = ""
    follows: bool = True
    """Whether messages reach it."""
    snapshot: bool = False
    """Whether it only looks at pages, without a sign-in."""


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    text: str
    url: str


@dataclass
class Phones:
    """All phones, and their messages; used by several threads."""

    given: Iterable[Phone] = ()
    _known: dict[str, Phone] = field(default_factory=dict, init=False)
    _messages: dict[str, list[Message]] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        for phone in self.given:
            self.add(phone)

    def add(self, phone: Phone) -> None:
        """A phone more, or another one under the same openid."""
        with self._lock:
            self._known[phone.openid] = phone

    def get(self, openid: str) -> Phone | None:
        with self._lock:
            return self._known.get(openid)

    def all(self) -> list[Phone]:
        with self._lock:
            return list(self._known.values())

    def send(self, openid: str, message: Message) -> None:
        with self._lock:
            self._messages.setdefault(openid, []).append(message)

    def messages(self, openid: str) -> list[Message]:
        """The oldest first."""
        with self._lock:
            return list(self._messages.get(openid, ()))


def phones_of(path: Path) -> list[Phone]:
    """``[phone.<openid>]`` of a TOML file. Raises ``OSError``, ``ValueError``."""
    tables = tomllib.loads(path.read_text("utf-8")).get("phone", {})
    return [Phone.model_validate({"openid": openid, **table}) for openid, table in tables.items()]
