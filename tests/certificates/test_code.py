"""The code on the paper: one text for one certificate copy."""

from __future__ import annotations

import random
import time
import zlib
from dataclasses import replace

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import Malformed, encoded, tagged
from certificates.claims import Claims
from certificates.code import LONGEST, TYP, Newer, NoContent, NotOurs, claims, parts, read, sign, text
from certificates.cose import WrongSignature, parsed
from certificates.keys import FileKey, signed
from tests.certificates.hall_stand import DAY, HOST, T0

KEY = FileKey.fresh()
KID = bytes.fromhex("17616263")
CLAIMS = Claims(1, 1, T0, T0 + DAY, bytes(range(10)), 417_283, "王小明", "9900028", ("江畔路1号", 2), 1)
MESSAGE = sign(CLAIMS, KEY, KID)
TEXT = text(MESSAGE, CLAIMS.short_code, HOST)
ADDRESS, DIGITS = parts(MESSAGE, CLAIMS.short_code, HOST)


def numbered(data: bytes) -> str:
    return f"{ADDRESS}#{int.from_bytes(data)}"


def test_what_was_signed_is_read_again() -> None:
    code = read(TEXT, HOST)
    code.message.check(KEY.public())
    assert claims(code.message) == CLAIMS
    assert (code.short_code, code.signed, code.message.kid) == (CLAIMS.short_code, MESSAGE, KID)


def test_the_address_is_capitals_and_what_follows_is_a_number() -> None:
    assert f"HTTPS://{HOST.upper()}/C/{CLAIMS.short_code}" == ADDRESS
    assert DIGITS.isascii()
    assert DIGITS.isdecimal()
    assert DIGITS[0] != "0"
    assert int(DIGITS).to_bytes(len(MESSAGE) + 1) == b"\x01" + MESSAGE
    assert f"{ADDRESS}#{DIGITS}" == TEXT
    assert "王" not in TEXT


def test_the_same_certificate_is_the_same_code() -> None:
    assert sign(CLAIMS, KEY, KID) == MESSAGE
    assert sign(replace(CLAIMS, copy=2), KEY, KID) != MESSAGE


def test_plain_tools_read_and_verify_it() -> None:
    """RFC 9052 section 4.4 and RFC 1951, by hand."""
    data = int(TEXT.partition("#")[2]).to_bytes(len(MESSAGE) + 1)
    tag = cbor2.loads(data[1:])
    protected, unprotected, payload, signature = tag.value
    assert (data[0], tag.tag, dict(unprotected)) == (1, 18, {})
    assert cbor2.loads(protected) == {1: -7, 4: KID, 16: "GC1"}
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    KEY.public().verify(der, cbor2.dumps(["Signature1", protected, b"", payload]), ec.ECDSA(hashes.SHA256()))
    said = cbor2.loads(zlib.decompress(payload, -15))
    assert said == {
        4: CLAIMS.exp,
        6: CLAIMS.iat,
        7: CLAIMS.cti,
        65535: 417_283,
        -65537: [1, 1, "王小明", "9900028", ["江畔路1号", 2], 1],
    }


def test_a_phone_may_write_scheme_and_host_as_it_likes() -> None:
    for written in (TEXT.replace("HTTPS", "https"), TEXT.replace(HOST.upper(), HOST)):
        assert read(written, HOST).signed == MESSAGE


@pytest.mark.parametrize(
    "scanned",
    [
        "",
        "hello",
        DIGITS,
        f"HTTP://{HOST}/C/{CLAIMS.short_code}#{DIGITS}",
        f"HTTPS://{HOST}/c/{CLAIMS.short_code}#{DIGITS}",
        f"HTTPS://{HOST}/T/{CLAIMS.short_code}#{DIGITS}",
        f"HTTPS://{HOST}//C/{CLAIMS.short_code}#{DIGITS}",
        f"HTTPS://{HOST}?x=/C/{CLAIMS.short_code}#{DIGITS}",
        f"HTTPS://user@{HOST}/C/{CLAIMS.short_code}#{DIGITS}",
        f"HTTPS://{HOST}\\@evil.example/C/{CLAIMS.short_code}#{DIGITS}",
        f" {TEXT}",
        f"\ufeff{TEXT}",
        TEXT.replace("HTTPS", "HTTPſ"),
        TEXT + "0" * 1_500,
        "HTTPS:///C/" + TEXT,
    ],
)
def test_what_does_not_have_the_shape_is_not_ours(scanned: str) -> None:
    with pytest.raises(NotOurs, match="shape"):
        read(scanned, HOST)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "hall.example",
        "hall.example:443",
        "hall.example:84430",
        "hall.example.:8443",
        "ha11.example:8443",
    ],
)
def test_a_host_that_only_looks_like_ours_is_another(host: str) -> None:
    with pytest.raises(NotOurs, match="host"):
        read(TEXT.replace(HOST.upper(), host), HOST)


def test_a_host_in_another_script_is_not_ours() -> None:
    with pytest.raises(NotOurs):
        read(TEXT.replace("HALL", "HАLL"), HOST)  # Cyrillic


@pytest.mark.parametrize("scanned", [ADDRESS, f"{ADDRESS}#", f"{ADDRESS}?{DIGITS}", f"HTTPS://{HOST}/C/"])
def test_an_address_without_content_is_said_to_have_none(scanned: str) -> None:
    with pytest.raises(NoContent):
        read(scanned, HOST)


@pytest.mark.parametrize(
    "scanned",
    [
        f"{ADDRESS}#0{DIGITS}",
        f"{ADDRESS}#+{DIGITS}",
        f"{ADDRESS}#-{DIGITS}",
        f"{ADDRESS}# {DIGITS}",
        f"{ADDRESS}#{DIGITS} ",
        f"{ADDRESS}#{DIGITS}\n",
        f"{ADDRESS}#{DIGITS[:5]}_{DIGITS[5:]}",
        f"{ADDRESS}#{DIGITS}#{DIGITS}",
        f"{ADDRESS}#{DIGITS}&x",
        f"{ADDRESS}#0x{MESSAGE.hex()}",
        f"{ADDRESS}#" + DIGITS.translate({48 + n: 0x660 + n for n in range(10)}),
        f"{ADDRESS}#" + DIGITS.translate({48 + n: 0xFF10 + n for n in range(10)}),
        f"{ADDRESS}#" + "1" * 1_201,
        f"{ADDRESS}#0",
        f"{ADDRESS.lower()}#{DIGITS}".replace("/c/", "/C/"),
        f"{ADDRESS[:-1]}#{DIGITS}",
        f"{ADDRESS}0#{DIGITS}",
        f"{ADDRESS}/#{DIGITS}",
        f"{ADDRESS}?x#{DIGITS}",
        f"{ADDRESS[:-1]}U#{DIGITS}",
        numbered(b"\x01"),
        numbered(b"\x01" + MESSAGE[:-1]),
        numbered(b"\x01" + MESSAGE + b"\0"),
        numbered(b"\x01" + MESSAGE * 2),
        numbered(b"\x01" + bytes(481)),
    ],
)
def test_any_other_way_to_write_it_is_malformed(scanned: str) -> None:
    with pytest.raises(Malformed):
        read(scanned, HOST)


def test_a_later_format_is_told_apart_from_a_forgery() -> None:
    for version in (2, 17, 255):
        with pytest.raises(Newer):
            read(numbered(bytes([version]) + MESSAGE), HOST)
    with pytest.raises(Newer):
        read(f"{ADDRESS}#2", HOST)


@pytest.mark.parametrize(
    ("kid", "typ"), [(b"kid", TYP), (bytes(8), TYP), (b"", TYP), (KID, "GC2"), (KID, "keting-key")]
)
def test_a_message_of_another_kind_is_no_certificate(kid: bytes, typ: str) -> None:
    with pytest.raises(Malformed):
        read(numbered(b"\x01" + signed(KEY, kid, typ, b"payload")), HOST)


def deflated(data: bytes, level: int = 9) -> bytes:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def payload(data: bytes) -> bytes:
    return signed(KEY, KID, TYP, data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        CLAIMS.encode(),
        zlib.compress(CLAIMS.encode()),
        deflated(CLAIMS.encode())[:-1],
        deflated(CLAIMS.encode()) + b"\0",
        deflated(CLAIMS.encode()) * 2,
        deflated(CLAIMS.encode() + b"\0"),
        deflated(b""),
        deflated(bytes(1_025)),
        deflated(bytes(100_000)),
        b"\xff" * 50,
    ],
)
def test_a_payload_is_one_deflate_stream_of_the_claims(data: bytes) -> None:
    with pytest.raises(Malformed):
        claims(parsed(payload(data), LONGEST))


def test_who_deflated_it_does_not_matter() -> None:
    for level in (0, 1, 6):
        assert claims(parsed(payload(deflated(CLAIMS.encode(), level)), LONGEST)) == CLAIMS


def test_a_bomb_costs_nothing() -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(bomb.compress(bytes(2**20)) for _ in range(64)) + bomb.flush()
    message = parsed(payload(packed), 200_000)
    begin = time.perf_counter()
    with pytest.raises(Malformed):
        claims(message)
    assert time.perf_counter() - begin < 0.05


def test_nothing_too_long_is_ever_signed() -> None:
    signs = random.Random(1)
    wide = tuple("".join(chr(signs.randrange(0x4E00, 0x9FA5)) for _ in range(75)) for _ in range(4))
    with pytest.raises(Malformed, match="a message of"):
        sign(replace(CLAIMS, fields=wide), KEY, KID)


def test_a_claim_that_breaks_a_rule_is_never_signed() -> None:
    with pytest.raises(Malformed):
        sign(replace(CLAIMS, name="王\u202e"), KEY, KID)


def test_every_flipped_bit_is_refused_and_nothing_else_happens() -> None:
    whole = b"\x01" + MESSAGE
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        with pytest.raises((Malformed, Newer, WrongSignature)):
            read(numbered(bytes(flipped)), HOST).message.check(KEY.public())


@given(st.text(max_size=200) | st.integers(0, 10**1_200).map(lambda number: f"{ADDRESS}#{number}"))
def test_no_text_does_harm(scanned: str) -> None:
    with pytest.raises((NotOurs, NoContent, Malformed, Newer)):
        read(scanned, HOST)


def test_the_unprotected_map_stays_empty() -> None:
    message = parsed(MESSAGE, LONGEST)
    data = encoded(tagged([message.protected, {4: KID}, message.payload, message.signature]))
    with pytest.raises(Malformed):
        read(numbered(b"\x01" + data), HOST)


def test_content_does_not_show_in_a_repr() -> None:
    assert repr(read(TEXT, HOST)) == "Code()"
