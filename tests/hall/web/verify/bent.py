"""Documents that break one rule each, signed by whoever may sign them."""

from __future__ import annotations

from typing import Any, Final

from certificates.cbor import encoded
from certificates.cose import parsed
from certificates.documents import CUT, INDEX, KEY, KEYS, ROOT, STATUS, TEMPLATES, TYPES, content
from certificates.index import digest
from certificates.keys import key_id, signed
from tests.certificates.office import KIOSK, STOLEN, documents, key

SHARD: Final = f"keys/{KIOSK[0]}"
"""Where the paper's key lies, and behind it the retired one."""

CUT_LIST: Final = f"cut/{STOLEN.hex()}"
OFF_CURVE: Final = b"\1" * 64

_TYPE: Final = {"root/1": ROOT, "index": INDEX, SHARD: KEYS, "status/0": STATUS, CUT_LIST: CUT, "templates": TEMPLATES}


def said(name: str) -> dict[Any, Any]:
    """What a document of the office says."""
    return _said(_TYPE[name], documents()[name])


def sign(typ: str, payload: object, signer: str | None = None) -> bytes:
    """By the key that may sign this type, or by that of another name, whatever the payload."""
    by = key(signer or TYPES[typ].signer)
    return signed(by, key_id(by.public()), typ, encoded(payload))


def served(name: str, **changed: Any) -> dict[str, bytes]:
    """The office's documents with these values in one of them, and an index that goes with it.

    A value of ``...`` leaves its key out; ``_4`` is the number 4.
    """
    payload = said(name) | {int(each[1:]) if each[0] == "_" else each: value for each, value in changed.items()}
    found = documents() | {name: sign(_TYPE[name], {each: v for each, v in payload.items() if v is not ...})}
    if name == "index":
        return found
    index = said("index") | {"status": {0: digest(found["status/0"])}, "cuts": {STOLEN: digest(found[CUT_LIST])}}
    index["shards"] = index["shards"] | {KIOSK[0]: digest(found[SHARD])}
    return found | {"index": sign(INDEX, index | {"templates": digest(found["templates"])})}


def entry(at: int, typ: str = KEY, signer: str | None = None, **changed: Any) -> bytes:
    """The key at this place in its shard, with these values."""
    return sign(typ, _said(KEY, said(SHARD)["keys"][at]) | changed, signer)


def keys(own: bytes | None = None, neighbour: bytes | None = None) -> dict[str, bytes]:
    """The office's documents with these in the shard of the paper's key."""
    first, second = said(SHARD)["keys"]
    return served(SHARD, keys=[own or first, neighbour or second])


def template(**changed: Any) -> dict[str, Any]:
    """The template of the paper, with these values."""
    whole: dict[str, Any] = said("templates")["templates"][0]
    return {each: value for each, value in (whole | changed).items() if value is not ...}


def field(at: int, **changed: Any) -> dict[str, Any]:
    """The template of the paper, with these values in its field at this place."""
    fields = [*template()["fields"]]
    fields[at] = {each: value for each, value in (fields[at] | changed).items() if value is not ...}
    return template(fields=fields)


def templates(*listed: Any) -> dict[str, bytes]:
    """The office's documents with these templates, and behind them the one of another kind of paper."""
    return served("templates", templates=[*listed, said("templates")["templates"][1]])


def _said(typ: str, data: bytes) -> dict[Any, Any]:
    return content(typ, parsed(data, TYPES[typ].limit).payload)
