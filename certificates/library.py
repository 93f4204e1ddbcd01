"""The kinds of certificate there are: one file for each published version, ``<kind>-<version>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from certificates.cbor import Malformed
from certificates.template import Template, template

SHIPPED: Final = Path(__file__).parent / "templates"


def load(folder: Path = SHIPPED) -> tuple[Template, ...]:
    """All templates of ``folder``, sorted by type and version. Raises ``Malformed``, naming the file."""
    found = [load_file(path) for path in folder.glob("*.toml")]
    return tuple(sorted(found, key=lambda each: (each.type, each.version)))


def load_file(path: Path) -> Template:
    """Raises ``Malformed``, naming the file and the place in it."""
    try:
        loaded = template(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, Malformed) as error:
        raise Malformed(f"{path.name}: {error}") from None
    if path.name != (name := f"{loaded.kind}-{loaded.version}.toml"):
        raise Malformed(f"{path.name}: should be called {name}")
    return loaded


def newest(templates: Iterable[Template]) -> tuple[Template, ...]:
    """The latest version of each kind, sorted by type: what is issued now."""
    latest: dict[int, Template] = {}
    for each in sorted(templates, key=lambda each: (each.type, each.version)):
        latest[each.type] = each
    return tuple(latest.values())
