"""From a folder of TOML files to a catalogue: ``hall.toml`` and one file a department."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hall.catalogue.model import Catalogue

SHIPPED = Path(__file__).parent


class Unreadable(Exception):
    """A catalogue file that is missing, no TOML, or not of the right shape. The text says which and where."""


def load(folder: Path = SHIPPED) -> Catalogue:
    """The catalogue in ``folder``; raises ``Unreadable``.

    ``hall.toml`` names the departments. The services of ``civil-affairs`` are in
    ``civil_affairs.toml``, and belong to that department by being there.
    """
    raw = _toml(folder / "hall.toml")
    services: list[Any] = []
    for department in _ids(raw.get("departments")):
        path = folder / f"{department.replace('-', '_')}.toml"
        match _toml(path):
            case {"services": [*entries], **rest} if not rest and all(isinstance(entry, dict) for entry in entries):
                services += [_of(department, entry) for entry in entries]
            case _:
                raise Unreadable(f"{path.name}: holds other things than services")
    try:
        return Catalogue.model_validate({**raw, "services": services})
    except ValidationError as error:
        raise Unreadable("\n".join(_where(fault, services) for fault in error.errors())) from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unreadable(f"{path.name}: not found") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name}: {error}") from None


def _ids(departments: Any) -> list[str]:
    match departments:
        case [*entries] if all(isinstance(entry, dict) and isinstance(entry.get("id"), str) for entry in entries):
            return [entry["id"] for entry in entries]
    raise Unreadable("hall.toml: departments is not a list of tables with an id")


def _of(department: str, entry: dict[str, Any]) -> dict[str, Any]:
    if "department" in entry:
        raise Unreadable(f"{department}: {entry.get('id')}: the file says the department")
    return {**entry, "department": department}


def _where(fault: Any, services: list[Any]) -> str:
    match fault["loc"]:
        case ("services", int() as index, *inner):
            return f"{services[index].get('id')}: {'.'.join(map(str, inner))}: {fault['msg']}"
        case place:
            return f"hall.toml: {'.'.join(map(str, place))}: {fault['msg']}"
