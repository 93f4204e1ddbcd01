"""Bringing the database to this version's tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection


class TooNew(Exception):
    """The database was written by a newer version of the hall; nothing in it was touched."""


def config(connection: Connection) -> Config:
    """Alembic's settings for the migrations beside this module, on ``connection``."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def migrate(connection: Connection) -> None:
    """Make the tables, or bring those of an older version up to this one. Raises ``TooNew``."""
    try:
        command.upgrade(config(connection), "head")
    except CommandError:
        raise TooNew("the database is from a newer version of the hall") from None
