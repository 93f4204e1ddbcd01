"""From a template and its values to an answer."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, HTTPException
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from hall.state import Hall
from hall.web.icons import MARK, icon
from hall.web.words import Tongue, say

_HERE: Final = Path(__file__).parent

_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

_FILES: Final = {path.name: path.read_bytes() for path in sorted((_HERE / "static").iterdir()) if path.suffix in _TYPES}

_VERSIONS: Final = {name: hashlib.sha256(data).hexdigest()[:12] for name, data in _FILES.items()}


def asset(name: str) -> str:
    """The address of a file of ours; it changes with the file's bytes, so browsers may keep it."""
    return f"/static/{name}?v={_VERSIONS[name]}"


_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_TEMPLATES.globals.update(mark=MARK, icon=icon, asset=asset)


class Pages:
    """The templates of one hall. Whatever is filled in is escaped."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._names: dict[str, str] = hall.content["hall"]["name"]

    def clock(self, at: int) -> str:
        """HH:MM on the hall's wall, of milliseconds since 1970."""
        return self.moment(at).strftime("%H:%M")

    def moment(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, self._hall.settings.zone)

    def hall_name(self, tongue: Tongue) -> str:
        return self._names["zh" if tongue is Tongue.ZH else "en"]

    def render(self, template: str, tongue: Tongue, status: int = 200, **values: Any) -> HTMLResponse:
        text = _TEMPLATES.get_template(template).render(
            tongue=tongue,
            say=partial(say, tongue=tongue),
            hall_name=self.hall_name(tongue),
            now=self._hall.now(),
            clock=self.clock,
            **values,
        )
        return HTMLResponse(text, status)


def stamp(csrf: str) -> Markup:
    """The hidden field that every form carries."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf)


def static() -> APIRouter:
    """The style sheets, scripts and the mark: a closed list, read at start."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name}")
    def file(name: str) -> Response:
        if name not in _FILES:
            raise HTTPException(404)
        return Response(
            _FILES[name],
            media_type=_TYPES[Path(name).suffix],
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    return router
