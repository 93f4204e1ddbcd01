"""The channels there are, by the name that ``hall.toml`` uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from hall.channels import Channel, Channels, wechat

CHANNELS: Final[Mapping[str, Callable[[Mapping[str, Any], Path], Channel]]] = {
    "wechat": wechat.opened,
}
"""What makes a channel of its table in ``hall.toml`` and of the hall's data folder."""


def opened(tables: Mapping[str, Mapping[str, Any]], data: Path) -> Channels:
    """The channels of ``[channels]``. Raises ``ValueError`` for one that is not there or set wrongly, ``OSError``."""
    found: dict[str, Channel] = {}
    for name, table in tables.items():
        if name not in CHANNELS:
            raise ValueError(f"no channel {name!r}; there are: {', '.join(CHANNELS)}")
        try:
            found[name] = CHANNELS[name](table, data)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ValueError(f"channels.{name}.{where}: {first['msg']}") from None
    return found
