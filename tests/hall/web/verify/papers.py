"""A small office: its keys, its lists and the papers it issued, for the verifier page to judge."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from certificates import code, documents, library
from certificates.claims import Claims
from certificates.documents import KINDS, issued
from certificates.form import FormField, Kind
from certificates.keys import FileKey
from certificates.lists import Index, digest, make_cut, make_entry, make_index, make_shard, make_status
from certificates.root import made
from certificates.template import Template

DAY: Final = 86_400
KID: Final = bytes.fromhex("2a0000aa")
TEMPLATES: Final = library.load()
RESIDENCE: Final = next(each for each in TEMPLATES if each.kind == "residence")


@dataclass
class Office:
    """Publishes and signs for ``host``. ``documents`` is what its addresses below ``/lists/`` answer."""

    host: str
    now: int = field(default_factory=lambda: int(time.time()))
    root_key: FileKey = field(default_factory=FileKey.fresh)
    keys: dict[str, FileKey] = field(default_factory=lambda: {kind: FileKey.fresh() for kind in KINDS})
    kiosk: FileKey = field(default_factory=FileKey.fresh)
    documents: dict[str, bytes] = field(default_factory=dict)
    revoked: set[int] = field(default_factory=set)
    cut: list[bytes] | None = None
    """The messages that were known when the kiosk's key was cut off."""
    templates: Sequence[Mapping[str, Any]] = field(default_factory=lambda: [each.data() for each in TEMPLATES])
    version: int = 0
    roots: int = 0

    def __post_init__(self) -> None:
        self.crown(self.root_key)
        self.publish()

    def crown(self, signer: FileKey, new: FileKey | None = None) -> None:
        """The next version of the root, signed by ``signer``; ``new`` is its key from then on."""
        self.roots += 1
        public = {kind: key.public() for kind, key in self.keys.items()}
        begins, ends = self.now - 100 * DAY, self.now + 1_000 * DAY
        self.documents[f"root/{self.roots}"] = made(self.roots, self.host, begins, ends, public, signer, new)
        self.root_key = new or signer

    def publish(self, age: int = 600, due: int = DAY, version: int | None = None) -> None:
        """Everything anew: an index ``age`` seconds old, the next one ``due`` seconds later."""
        self.version = version or self.version + 1
        lists, iat = self.keys["lists"], self.now - age
        entry = make_entry(
            self.host, KID, self.kiosk.public(), "K-0203", self.now - 20 * DAY, self.now + 9 * DAY, self.keys["kiosks"]
        )
        parts = {
            "templates": issued(
                documents.TEMPLATES, {"host": self.host, "templates": [*self.templates]}, self.keys["templates"]
            ),
            f"keys/{KID[0]}": make_shard(self.host, KID[0], {KID: entry}, lists),
            "status/0": make_status(self.host, 0, self.revoked, iat, iat + 30 * DAY, DAY, lists),
        }
        if self.cut is not None:
            parts[f"cut/{KID.hex()}"] = make_cut(self.host, KID, self.now - DAY, map(digest, self.cut), lists)
        self.documents = {name: data for name, data in self.documents.items() if name.startswith("root/")} | parts
        self.documents["index"] = make_index(self._index(iat, iat + due, parts), lists)

    def _index(self, iat: int, due: int, parts: Mapping[str, bytes]) -> Index:
        named = {name: digest(data) for name, data in parts.items()}
        return Index(
            version=self.version,
            host=self.host,
            iat=iat,
            next=due,
            root=self.roots,
            shards={KID[0]: named[f"keys/{KID[0]}"]},
            status={0: named["status/0"]},
            cuts={KID: named[f"cut/{KID.hex()}"]} if self.cut is not None else {},
            templates=named["templates"],
        )

    def claims(self, **changed: Any) -> Claims:
        """A residence certificate of nobody, issued an hour ago."""
        said: dict[str, Any] = {
            "type": RESIDENCE.type,
            "version": RESIDENCE.version,
            "iat": self.now - 3_600,
            "exp": self.now + 180 * DAY,
            "cti": secrets.token_bytes(10),
            "status": secrets.randbelow(2**20),
            "name": "测试人",
            "masked": "9900028",
            "fields": sample(RESIDENCE),
            "copy": 1,
        }
        return Claims(**said | changed)

    def paper(self, claims: Claims | None = None, kid: bytes = KID, key: FileKey | None = None) -> str:
        """What the code on the paper says."""
        claims = claims or self.claims()
        return code.text(code.sign(claims, key or self.kiosk, kid), claims.short_code, self.host)

    def forged(self) -> str:
        """A paper in the name of the kiosk, by another key."""
        return self.paper(key=FileKey.fresh())


def sample(template: Template) -> tuple[str | int | None, ...]:
    """A value for each field."""
    return tuple(_value(field) for field in template.fields)


def _value(field: FormField) -> str | int:
    match field.kind:
        case Kind.TEXT:
            return "示范区柳岸街道 8 号 2 栋 301 室"[: field.max]
        case Kind.CHOICE:
            return next(iter(field.choices))
        case Kind.DATE:
            return 43_900
        case Kind.MONTH:
            return 1_500
        case _:
            return min(3_512, field.max)
