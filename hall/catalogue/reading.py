"""From a folder of TOML files to a catalogue: ``hall.toml`` and one file a department."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from hall.catalogue.model import Catalogue, Department, Many

SHIPPED: Final = Path(__file__).parent

_DEPARTMENTS: Final = TypeAdapter(Many[Department])


class Unreadable(Exception):
    """A catalogue file that is missing, no TOML, or not of the right shape. The text says which and where."""


def load(folder: Path = SHIPPED) -> Catalogue:
    """The catalogue in ``folder``; raises ``Unreadable``.

    ``hall.toml`` names the departments. The services of ``civil-affairs`` are in
    ``civil_affairs.toml``, and belong to that department by being there.
    """
    raw = _toml(folder / "hall.toml")
    if "services" in raw:
        raise Unreadable("hall.toml: services: they stand in one file a department")
    services: list[Any] = []
    for department in _departments(raw.get("departments")):
        path = folder / f"{department.id.replace('-', '_')}.toml"
        match _toml(path):
            case {"services": [*entries], **rest} if not rest and all(isinstance(entry, dict) for entry in entries):
                services += [_of(department, entry) for entry in entries]
            case _:
                raise Unreadable(f"{path.name}: holds other things than services")
    try:
        return Catalogue.model_validate({**raw, "services": services})
    except ValidationError as error:
        raise Unreadable("\n".join(_line(fault["loc"], fault["msg"], services) for fault in error.errors())) from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unreadable(f"{path.name}: not found") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name}: {error}") from None


def _departments(raw: Any) -> tuple[Department, ...]:
    """Checked before the rest, since their ids name files."""
    try:
        return _DEPARTMENTS.validate_python(raw)
    except ValidationError as error:
        faults = (_line(("departments", *fault["loc"]), fault["msg"], []) for fault in error.errors())
        raise Unreadable("\n".join(faults)) from None


def _of(department: Department, entry: dict[str, Any]) -> dict[str, Any]:
    if "department" in entry:
        raise Unreadable(f"{entry.get('id')}: department: the file says it")
    return {**entry, "department": department.id}


def _line(place: tuple[int | str, ...], fault: str, services: list[Any]) -> str:
    match place:
        case ("services", int() as index, *inner):
            return f"{services[index].get('id')}: {'.'.join(map(str, inner))}: {fault}"
    return f"hall.toml: {'.'.join(map(str, place))}: {fault}"
