"""A phone in somebody's hand: opens the address on a slip and says what the page says."""

from __future__ import annotations

import ssl
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

_LONGEST: Final = 200_000
_UNSEEN: Final = frozenset({"head", "script", "style", "svg", "noscript"})
_BLOCKS: Final = frozenset({"p", "h1", "div", "section", "header", "main", "strong", "dt", "dd"})
_OPEN: Final = frozenset({"meta", "link", "br", "img", "use", "path", "input"})


class _Words(HTMLParser):
    """The lines that are seen; what is hidden, and whatever stands in it, is not."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _OPEN:
            return
        if self._unseen or tag in _UNSEEN or "hidden" in dict(attributes):
            self._unseen.append(tag)
        elif tag in _BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if self._unseen[-1] == tag:
                self._unseen.pop()
        elif tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.lines[-1] += data


def words_at(address: str, hall: str, ca: Path) -> str:
    """What the page at ``address`` says, a line for each thing; asked of ``hall`` (https://host:port) itself.

    The address on a slip leads over the kiosk's own cable, which may be cut; a phone has a line of its own.
    Raises ``OSError``.
    """
    asked = Request(hall + urlsplit(address).path, headers={"Accept-Language": "en"})
    with urlopen(asked, timeout=5, context=ssl.create_default_context(cafile=str(ca))) as page:
        words = _Words()
        words.feed(page.read(_LONGEST).decode("utf-8", "replace"))
    lines = (" ".join(line.split()) for line in words.lines)
    return "\n".join(line for line in lines if line)
