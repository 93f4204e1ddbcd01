"""A page of the hall as it comes to a phone, in words: what stands on it and what can be pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_LINES: Final = frozenset({"h1", "h2", "p", "dt", "dd", "strong", "span", "small", "b", "a", "button"})
_AGAIN: Final = re.compile(r"(\d+); *url=(.+)")

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A key of a page. ``fields``: what its form sends; None for a link. ``to``: an address on that page."""

    title: str
    to: str
    fields: Fields | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """``tone``: "", ``ok``, ``warn`` or ``rest``. ``again``: seconds after which it is fetched anew, and from where."""

    title: str = ""
    tone: str = ""
    number: str = field(default="", repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    rows: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    offers: tuple[Offer, ...] = ()
    again: tuple[int, str] | None = None

    def text(self) -> str:
        """Everything that can be read on it."""
        rows = [f"{name} {value}" for name, value in self.rows]
        return "\n".join([self.title, self.number, *self.words, *rows, *(offer.title for offer in self.offers)])


def page_of(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    return Page(
        reader.title,
        reader.tone,
        reader.number if len(reader.number) == 4 else "",
        tuple(reader.words),
        tuple(reader.rows),
        tuple(reader.offers),
        reader.again,
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title = self.tone = self.number = ""
        self.words: list[str] = []
        self.rows: list[tuple[str, str]] = []
        self.offers: list[Offer] = []
        self.again: tuple[int, str] | None = None
        self._open: list[tuple[str, list[str]]] = []
        self._in_header = self._in_digits = False
        self._name = self._link = ""
        self._form: tuple[str, list[tuple[str, str]]] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        match tag:
            case "meta" if has.get("http-equiv") == "refresh":
                found = _AGAIN.fullmatch(has.get("content", ""))
                self.again = (int(found[1]), found[2]) if found else None
            case "header":
                self._in_header = True
            case "section" if "banner" in has.get("class", "").split():
                self.tone = has["class"].removeprefix("banner").strip()
            case "p":
                self._in_digits = has.get("class") == "digits"
            case "form":
                self._form = has.get("action", ""), []
            case "input" | "button" if self._form is not None and has.get("name"):
                self._form[1].append((has["name"], has.get("value", "")))
            case "a":
                self._link = has.get("href", "") if "key" in has.get("class", "").split() else ""
        if tag in _LINES:
            self._open.append((tag, []))

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "header":
            self._in_header = False
        elif tag == "form":
            self._form = None
        if tag not in _LINES or not self._open:
            return
        said = " ".join("".join(self._open.pop()[1]).split())
        if said and not self._in_header:
            self._take(tag, said)

    def _take(self, tag: str, said: str) -> None:
        match tag:
            case "h1":
                self.title = said
            case "b" if self._in_digits:
                self.number += said
            case "dt":
                self._name = said
            case "dd":
                self.rows.append((self._name, said))
            case "button" if self._form is not None:
                self.offers.append(Offer(said, self._form[0], tuple(self._form[1])))
            case "a" if self._link:
                self.offers.append(Offer(said, self._link))
            case _ if self._open:  # a word within a sentence
                self._open[-1][1].append(said)
            case _:
                self.words.append(said)
