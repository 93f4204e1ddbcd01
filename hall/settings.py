"""What can be set in ``hall.toml``; an unknown key is refused."""

from __future__ import annotations

import tomllib
from datetime import timedelta, timezone
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Host = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?$")]


class Settings(BaseModel):
    """The hall's settings; the first of ``hosts`` is the name it gives to kiosks and prints on slips."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Path("hall-data")
    """Where database, keys and backups live."""
    hosts: Annotated[tuple[Host, ...], Field(min_length=1)] = ("localhost",)
    bind: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8443
    """0 lets the system choose one."""
    address: Annotated[str, Field(pattern=r"^(https://[a-z0-9.-]+(:[0-9]{1,5})?)?$")] = ""
    """Where kiosks and phones reach the hall, if not on ``hosts[0]`` and ``port``: behind a forwarded port, say."""
    catalogue: Path | None = None
    """The folder of the catalogue's TOML files; None is the one that is shipped."""
    lookups_per_minute: Annotated[float, Field(gt=0)] = 60.0
    """Certificates that one address may ask after, before it is asked to wait."""
    """And all addresses together."""
    node_modules: Path | None = None
    """Where npm put what the verifier page takes from it; None is the folder that ``make`` fills."""
    name: str = "江畔区政务服务中心"
    code: Annotated[str, Field(pattern=r"^[0-9]{2}$")] = "02"
    """The hall's own two digits in the names of its kiosks: K-02xx."""
    utc_offset_hours: Annotated[int, Field(ge=-12, le=14)] = 8
    lease_block: Annotated[int, Field(ge=1, le=200)] = 20
    batch: Annotated[int, Field(ge=1, le=500)] = 500
    """Events the hall wants in one request."""
    restore_gap: Annotated[int, Field(ge=1, le=5000)] = 300
    """Numbers that a restore leaves out in every queue: more than can have been leased since the backup."""
    index_block: Annotated[int, Field(ge=1, le=100)] = 100
    """Status indices that a kiosk is given at a time."""
    list_hours: Annotated[int, Field(ge=1, le=168)] = 24
    """How long verifiers may go by one index of the certificate lists before its age is held against it."""
    records: Path | None = None
    """What the departments know, as TOML, keyed by citizen number; None is the demonstration's."""
    records_per_minute: Annotated[float, Field(gt=0)] = 12.0
    """Records that one kiosk may read, before it is asked to wait."""
    accounts_per_minute: Annotated[float, Field(gt=0)] = 120.0
    """Persons that one kiosk may ask after, before it is asked to wait."""
    channels: dict[str, dict[str, str | int | float | bool]] = {}
    """``[channels.<name>]``: the accounts that people carry in their phones, as ``hall/channels`` reads them."""
    binds_per_minute: Annotated[float, Field(gt=0)] = 20.0
    """Codes for phones that one kiosk may show, before it is asked to wait."""
    bind_questions_per_second: Annotated[float, Field(gt=0)] = 2.0
    """Questions of one kiosk about a code that it shows, before it is asked to wait."""
    requests_per_second: Annotated[float, Field(gt=0)] = 200.0
    """From one address, before it is asked to wait."""
    enrolments_per_minute: Annotated[float, Field(gt=0)] = 20.0

    @property
    def url(self) -> str:
        """The address kiosks are given and slips carry; as in browsers, 443 goes without saying."""
        return (self.address or f"https://{self.hosts[0]}:{self.port}").removesuffix(":443")

    @property
    def authority(self) -> str:
        """The host that certificates name: ``hall.example`` or ``localhost:8443``."""
        return self.url.removeprefix("https://").lower()

    @property
    def zone(self) -> timezone:
        return timezone(timedelta(hours=self.utc_offset_hours))

    @property
    def database(self) -> Path:
        return self.data / "hall.sqlite"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def roots(self) -> Path:
        """The root documents, by version; the root key itself is never here."""
        return self.keys / "root"

    @property
    def published(self) -> Path:
        """The certificate lists as they were last published; a restored database learns from them what it lost."""
        return self.data / "published"

    @property
    def technicians(self) -> Path:
        """Technicians' certificates and the list of those taken back; a restored database learns from them too."""
        return self.data / "technicians"

    @property
    def backups(self) -> Path:
        return self.data / "backups"


def load(path: Path) -> Settings:
    """The settings in ``path``; relative paths in it are taken from its folder.

    Raises ``OSError``, ``tomllib.TOMLDecodeError`` or ``pydantic.ValidationError``.
    """
    settings = Settings.model_validate(tomllib.loads(path.read_text("utf-8")))
    catalogue = path.parent / settings.catalogue if settings.catalogue else None
    records = path.parent / settings.records if settings.records else None
    return settings.model_copy(update={"data": path.parent / settings.data, "catalogue": catalogue, "records": records})
