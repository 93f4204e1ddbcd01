"""The signed documents of docs/certificate-format.md, section 4.1: each type has its one signer and its limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from certificates.cbor import Malformed, Refused, decoded, encoded
from certificates.cose import PublicKey, WrongSignature, parsed
from certificates.keys import SigningKey, key_id, signed

ROOT: Final = "keting-root"
CONSENT: Final = "keting-root-consent"
INDEX: Final = "keting-index"
KEY: Final = "keting-key"
KEYS: Final = "keting-keys"
STATUS: Final = "application/statuslist+cwt"
CUT: Final = "keting-cut"
TEMPLATES: Final = "keting-templates"

KINDS: Final = ("kiosks", "lists", "templates", "technicians", "updates")
"""What a root certifies a key for. No key serves two kinds."""

DEPTH: Final = 8
"""The choices of a field of a template stand deeper than anything in a certificate."""

_SUBJECT: Final = 2
_LIST: Final = "/lists/status/"

Signer = Literal["root", "kiosks", "lists", "templates"]
Host = Annotated[str, StringConstraints(pattern=r"\A[a-z0-9.-]{1,253}(:[0-9]{1,5})?\z")]
Time = Annotated[int, Field(gt=0, lt=2**32)]
Version = Annotated[int, Field(ge=1, lt=2**32)]
Hash = Annotated[bytes, Field(min_length=32, max_length=32)]
Point = Annotated[bytes, Field(min_length=64, max_length=64)]
Kid = Annotated[bytes, Field(min_length=4, max_length=4)]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """Who signs, and how many bytes there are at most."""

    signer: Signer
    limit: int


TYPES: Final = {
    ROOT: DocumentType("root", 4_096),
    CONSENT: DocumentType("root", 1_024),
    INDEX: DocumentType("lists", 65_536),
    KEY: DocumentType("kiosks", 512),
    KEYS: DocumentType("lists", 262_144),
    STATUS: DocumentType("lists", 262_144),
    CUT: DocumentType("lists", 2_097_152),
    TEMPLATES: DocumentType("templates", 1_048_576),
}


class OtherHost(Refused):
    """A good document of another hall."""


class Payload(BaseModel):
    """What a document says: exactly these names, exactly these types, nothing quoted in errors."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


P = TypeVar("P", bound=Payload)


def issued(typ: str, payload: dict[Any, Any], key: SigningKey) -> bytes:
    """The document, signed. Raises ``Malformed`` where no verifier would take it."""
    if _host(typ, payload) is None:
        raise Malformed("a document that names no host")
    data = signed(key, key_id(key.public()), typ, encoded(payload))
    opened(typ, data, key.public(), str(_host(typ, payload)))
    return data


def opened(typ: str, data: bytes, key: PublicKey, host: str) -> dict[Any, Any]:
    """The payload of a document of this type that ``key`` signed for ``host``.

    Raises ``Malformed``, ``WrongSignature``, ``OtherHost``.
    """
    limit = TYPES[typ].limit
    message = parsed(data, limit)
    if message.typ != typ:
        raise Malformed(f"not a {typ}")
    if message.kid != key_id(key):
        raise WrongSignature("another signer")
    message.check(key)
    payload = content(typ, message.payload)
    if _host(typ, payload) != host:
        raise OtherHost
    return payload


def content(typ: str, payload: bytes) -> dict[Any, Any]:
    """The map in a payload, whoever signed it. Raises ``Malformed``."""
    value = decoded(payload, TYPES[typ].limit, DEPTH)
    if not isinstance(value, dict):
        raise Malformed("not a map")
    return value


def shaped(model: type[P], payload: dict[Any, Any]) -> P:
    """The payload as ``model``. Raises ``Malformed``, naming the place and not the content."""
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Malformed(f"{first['loc'][0] if first['loc'] else model.__name__}: {first['type']}") from None


def status_address(host: str, number: int) -> str:
    """The subject of a status list, and where it is."""
    return f"https://{host}{_LIST}{number}"


def _host(typ: str, payload: dict[Any, Any]) -> str | None:
    """The hall a payload names; a status list does so in its subject."""
    named = payload.get(_SUBJECT if typ == STATUS else "host")
    if not isinstance(named, str):
        return None
    return named.removeprefix("https://").partition(_LIST)[0] if typ == STATUS else named
