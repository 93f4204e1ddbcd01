"""The icons of the pages, drawn into the page itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from markupsafe import Markup

_SYMBOL: Final = re.compile(r'<symbol id="([a-z0-9-]+)" viewBox="0 0 24 24">(.*?)</symbol>')

_SHAPES: Final = dict(_SYMBOL.findall(Path(__file__).with_name("icons.svg").read_text("utf-8")))

MARK: Final = Markup(
    '<svg class="mark" viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="#182026" '
    'stroke-width="5" stroke-linecap="square">'
    '<rect x="16.5" y="25" width="15" height="17" fill="#e8a33d" stroke="none"/>'
    '<path d="M24 3.5v6M6.5 22.5V13h35v9.5"/><rect x="14" y="22.5" width="20" height="22"/></svg>'
)
"""The house mark on its 48 grid: a roof over a lit doorway."""


def icon(name: str, colour: str = "") -> Markup:
    """The named Lucide icon; it says nothing to a screen reader, since a word stands beside it.

    ``colour`` is a role of the style sheet. Raises ``KeyError`` for a name that ``icons.svg`` does not have.
    """
    return Markup('<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(
        colour,
        Markup(_SHAPES[name]),
    )
