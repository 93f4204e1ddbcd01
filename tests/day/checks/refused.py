"""Papers that are not good, or no longer: each is refused for its own reason, and shows no more than it may."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np
import qrcode
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from playwright.sync_api import expect

from certificates import code
from certificates.keys import FileKey
from certificates.verdict import Result, Why
from tests.day.certificates import (
    Paper,
    a_phone,
    at_kiosk,
    by_command,
    corners,
    leave,
    leave_with,
    opened,
    paper_of,
    word,
)
from tests.day.check import Seen, check
from tests.day.checks.verifying import everywhere, genuine, issued
from tests.day.traces import traces
from tests.day.world import World
from tests.stand.kiosk import until

YEAR: Final = 366 * 86_400


@check("revoked-is-shown")
def revoked(seen: Seen) -> str:
    paper = issued(seen, "曹撤销", "revoked")
    (before,) = by_command(seen.world, paper.file)
    assert before["result"] == "valid", before
    seen.world.hall.revoke_certificate(paper.short_code, Why.MISTAKEN)
    everywhere(seen, paper, Result.REVOKED, "status", tells=["开具有误"])
    (alone,) = by_command(seen.world, paper.file, offline=True)
    assert (alone["result"], alone["reason"]) == ("revoked", "status"), alone
    return f"{paper.short_code} was revoked at the hall: page, command, kiosk say so and why; the next list alone, too"


@check("forged-is-refused")
def forged(seen: Seen) -> str:
    paper = genuine(seen)
    signed = code.read(paper.text, seen.world.hall.host)
    changed = bytearray(signed.signed)
    changed[len(changed) // 2] ^= 1
    bent = _drawn(seen, bytes(changed), paper.short_code, "forged-bit")
    (said,) = by_command(seen.world, bent.file)
    assert said["result"] == "forged", said
    leave_with(seen, bent, "forged")
    claims = replace(code.claims(signed.message), name="贾冒名")
    own_key = code.sign(claims, FileKey.fresh(), signed.message.kid)
    paper_text = ["贾冒名", "无名路", claims.stars, claims.masked[-4:]]
    everywhere(seen, _drawn(seen, own_key, paper.short_code, "forged"), Result.FORGED, "signature", hides=paper_text)
    return "one bit changed, or another name under a key of one's own: 不是真的 everywhere, and nothing of it is shown"


@check("copied-code-is-exposed")
def copied(seen: Seen) -> str:
    """Somebody pastes the code of a genuine paper on a paper of their own."""
    original, other = genuine(seen), genuine(seen, "a4")
    pasted = _pasted(original.picture, other.picture)
    assert paper_of(pasted, other.file).text == original.text
    with a_phone(seen.world, "copied") as context:
        page = opened(context, paper_of(pasted, other.file).text)
        text = page.locator("main").inner_text()
        seen.browser(page)
        seen.page(pasted)
        assert word(page) == "真实有效"
        assert "王小明" in text, "the page does not show whose code it is"
        assert "李秀英" not in text
        assert "第 1 份" in text, "the page does not show which copy it is of"
        (number,) = seen.world.hall.rows("SELECT status FROM certificate WHERE id = ?", original.short_code)
        assert f"{number[0]:07d}" in text, "the page does not show the number of the original"
    return "a code copied to another paper shows its original's holder, number and copy, which the paper contradicts"


@check("expired-is-shown")
def expired(seen: Seen) -> str:
    world = seen.world
    paper = genuine(seen)
    later = int(time.time()) + YEAR
    (said,) = by_command(world, paper.file, at=later)
    assert (said["result"], said["exit"]) == ("expired", 1), said
    with a_phone(world, "expired") as context:
        page = context.new_page()
        page.clock.install(time=later)
        page.goto(paper.text)
        expect(page.locator("#word")).to_have_text("已过期", timeout=20_000)
        seen.browser(page)
    return "a year later the command and the page say 已过期, and still show the content"


@check("kiosk-key-cut-off")
def key_cut_off(seen: Seen) -> str:
    world, place = seen.world, seen.world.place("B")
    known = issued(seen, "陶登记", "cut-known", place="B")
    signed = code.read(known.text, world.hall.host)
    (key,) = [path for path in (place.data / "certificate-keys").glob("*.pem") if path.stem == signed.message.kid.hex()]
    thief = FileKey.load(key)
    claims = code.claims(signed.message)
    again = code.sign(replace(claims, name="姜小偷"), thief, signed.message.kid)  # a known id, a known index
    fake = _drawn(seen, again, known.short_code, "cut-thief")
    (before,) = by_command(world, fake.file)
    assert before["result"] == "not-yet-registered", f"the stolen key signs well until it is cut off: {before}"
    assert world.hall.cut(place.id) > 0
    until("the list is out", lambda: by_command(world, fake.file)[0]["result"] == "revoked", 30)
    everywhere(seen, fake, Result.REVOKED, "key-cut-off")
    (said,) = by_command(world, known.file)
    assert said["result"] == "valid", f"what the hall had received is cut off too: {said}"
    return "a thief signs a known id with the stolen key: cut off; what the hall had received before stays valid"


@check("root-roll-over")
def root_roll_over(seen: Seen) -> str:
    world, place = seen.world, seen.world.place()
    before = issued(seen, "戚旧根", "root-old")
    world.hall.hold_ceremony(new_key=True)
    version = until("the hall publishes under the new root", lambda: _root(world), 60)
    after = issued(seen, "谢新根", "root-new")
    for paper in (before, after):
        (said,) = by_command(world, paper.file)
        assert said["result"] == "valid", f"who pinned the first root: {said}"
    world.hall.revoke_certificate(before.short_code, Why.ASKED)
    (said,) = by_command(world, before.file)
    assert said["result"] == "revoked", f"who pinned the first root: {said}"
    leave_with(seen, before, "revoked", before.holder)
    world.news_arrives(place)
    assert "真实有效" in at_kiosk(place, after)
    seen.picture()
    leave(place)
    found = traces([each for each in world.hall.folder.iterdir() if each.name != "ceremony"], *_secret(world))
    assert found == [], f"the running hall has the root's key: {found}"
    return f"root {version} has another key; papers from before and after it are valid for whoever pinned the first"


def _secret(world: World) -> list[bytes]:
    """The root's private key, as a number and as it stands in its file."""
    pem = (world.hall.folder / "ceremony" / "root.key").read_bytes()
    key = load_pem_private_key(pem, None)
    assert isinstance(key, EllipticCurvePrivateKey)
    return [key.private_numbers().private_value.to_bytes(32), pem.splitlines()[1]]


def _root(world: World) -> int:
    versions = [int(path.stem) for path in world.hall.settings.roots.glob("*.cbor")]
    return max(versions) if max(versions) > 1 else 0


def _drawn(seen: Seen, message: bytes, short_code: str, name: str) -> Paper:
    """A paper that nobody issued: its code, well printed."""
    drawn = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, box_size=6, border=4)
    drawn.add_data(code.text(message, short_code, seen.world.hall.host))
    file = seen.paper(name)
    with file.open("wb") as out:
        drawn.make_image().save(out)
    picture = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    return paper_of(np.asarray(picture, np.uint8), file)


def _pasted(code_of: np.ndarray[Any, Any], onto: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Another person's paper with this code glued over its own."""
    code, sheet = corners(code_of), corners(onto)
    piece = code_of[code.top - 12 : code.bottom + 12, code.left - 12 : code.right + 12]
    side = sheet.bottom - sheet.top + 24
    glued = onto.copy()
    small = cv2.resize(piece, (side, side), interpolation=cv2.INTER_AREA)
    glued[sheet.top - 12 : sheet.top - 12 + side, sheet.left - 12 : sheet.left - 12 + side] = small
    return glued
