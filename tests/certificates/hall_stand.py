"""A hall's keys and what it publishes, for tests of whoever reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from certificates import documents
from certificates.cose import PublicKey
from certificates.keys import FileKey
from certificates.lists import Index, digest, make_cut, make_entry, make_index, make_shard, make_status, make_templates
from certificates.root import Root, first, made
from certificates.template import Template, template

HOST = "hall.example:8443"
T0 = 1_790_000_000
"""September 2026."""

DAY = 86_400

TEMPLATE = template(
    {
        "type": 1,
        "version": 1,
        "kind": "residence",
        "prefix": "99JZ",
        "title": {"zh": "居住证明", "en": "Certificate of residence"},
        "issuer": {"zh": "江畔街道办事处", "en": "Jiangpan Subdistrict Office"},
        "fields": [
            {"id": "address", "label": {"zh": "住址", "en": "Address"}, "kind": "text", "source": "card.address"},
            {
                "id": "purpose",
                "label": {"zh": "用途", "en": "Purpose"},
                "kind": "choice",
                "choices": {1: {"zh": "入学", "en": "School"}, 2: {"zh": "租房", "en": "Rent"}},
                "source": "chosen",
                "ask": {"zh": "用途?", "en": "What is it for?"},
            },
        ],
        "body": {"zh": "{name}住在{address}。", "en": "{name} lives at {address}."},
        "note": {"zh": "用于{purpose}。", "en": "For: {purpose}."},
        "issue": {
            "assurance": "id-card",
            "copies": 2,
            "offline": True,
            "papers": ["a4"],
            "valid_days": 90,
            "seal": {"text": "业务专用章", "code": "9900000000000"},
            "icon": "house",
            "about": {"zh": "住在哪里", "en": "Where you live"},
        },
    }
)


class MemoryShelf:
    """A shelf that forgets when the test ends."""

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}
        self.puts = 0

    def get(self, name: str) -> bytes | None:
        return self.items.get(name)

    def put(self, items: Mapping[str, bytes], drop: Collection[str]) -> None:
        self.puts += 1
        self.items = {name: data for name, data in self.items.items() if name not in drop} | dict(items)


@dataclass
class Hall:
    """Publishes what it is told to; ``served`` is what its addresses answer."""

    host: str = HOST
    root_key: FileKey = field(default_factory=FileKey.fresh)
    keys: dict[str, FileKey] = field(default_factory=lambda: {kind: FileKey.fresh() for kind in documents.KINDS})
    entries: dict[bytes, bytes] = field(default_factory=dict)
    revoked: dict[int, set[int]] = field(default_factory=lambda: {0: set()})
    cuts: dict[bytes, list[bytes]] = field(default_factory=dict)
    version: int = 0
    iat: int = T0
    templates: tuple[Template, ...] = (TEMPLATE,)
    served: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = first(made(1, self.host, T0 - DAY, T0 + 3650 * DAY, self.public(), self.root_key))
        self.pinned: Root = self.root
        self.publish()

    def public(self) -> dict[str, PublicKey]:
        return {kind: key.public() for kind, key in self.keys.items()}

    def kiosk_key(self, kid: bytes, kiosk: str = "K-0203", nbf: int = T0 - DAY, exp: int = T0 + 29 * DAY) -> FileKey:
        """A new kiosk key, in the shards from the next ``publish`` on."""
        key = FileKey.fresh()
        self.entries[kid] = make_entry(self.host, kid, key.public(), kiosk, nbf, exp, self.keys["kiosks"])
        return key

    def cut(self, kid: bytes, *messages: bytes) -> None:
        self.cuts[kid] = [digest(message) for message in messages]

    def publish(self, iat: int | None = None) -> Index:
        """Everything anew, one version on."""
        self.version += 1
        self.iat = iat or self.iat
        served = {name: data for name, data in self.served.items() if name.startswith("root/")}
        for kid, known in self.cuts.items():
            served[f"cut/{kid.hex()}"] = make_cut(self.host, kid, T0, known, self.keys["lists"])
        served["templates"] = make_templates(self.host, self.templates, self.keys["templates"])
        for number in {kid[0] for kid in self.entries}:
            mine = {kid: entry for kid, entry in self.entries.items() if kid[0] == number}
            served[f"keys/{number}"] = make_shard(self.host, number, mine, self.keys["lists"])
        for number, bits in self.revoked.items():
            name = f"status/{number}"
            served[name] = make_status(self.host, number, bits, T0, T0 + 30 * DAY, 3600, self.keys["lists"])
        index = self.index(served)
        self.served = served | {"index": make_index(index, self.keys["lists"])}
        return index

    def index(self, served: Mapping[str, bytes]) -> Index:
        named = {name: digest(data) for name, data in served.items()}
        return Index(
            version=self.version,
            host=self.host,
            iat=self.iat,
            next=self.iat + DAY,
            root=self.root.version,
            shards={int(name[5:]): sha for name, sha in named.items() if name.startswith("keys/")},
            status={int(name[7:]): sha for name, sha in named.items() if name.startswith("status/")},
            cuts={bytes.fromhex(name[4:]): sha for name, sha in named.items() if name.startswith("cut/")},
            templates=named["templates"],
        )

    def roll_over(self, new: FileKey | None = None) -> None:
        """The next root, by the ceremony."""
        data = made(self.root.version + 1, self.host, self.iat, self.root.exp + DAY, self.public(), self.root_key, new)
        self.root_key = new or self.root_key
        self.served[f"root/{self.root.version + 1}"] = data
        self.root = first(data)

    def fetch(self, address: str) -> bytes | None:
        """The far end of the line."""
        name = address.removeprefix("/lists/")
        self.asked.append(name)
        return self.served.get(name)
