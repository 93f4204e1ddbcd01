"""What a technician does in the maintenance mode is on record, and signed where it leaves the kiosk."""

from __future__ import annotations

import json
from functools import partial

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.technicians import Role
from devices.scanner.sim import code, scene
from tests.day.check import Seen, check
from tests.day.checks.paper import outcomes, settled, to_the_review
from tests.day.journal import noted
from tests.day.paper import code_on
from tests.day.people import somebody
from tests.day.technicians import card_of, log_in, log_out
from tests.day.visits import confirm, number_on_screen
from tests.day.world import Place, shown_to_camera
from tests.stand.kiosk import until


@check("device-tests-recorded")
def device_tests(seen: Seen) -> str:
    place, kiosk = seen.world.place(), seen.world.place().kiosk
    log_in(place, card_of(seen.world, "T-051"))
    kiosk.press("deed:test")
    kiosk.see("请碰每一格")
    seen.picture(label="-touch")
    for field in [key for key in kiosk.ask("keys") if key.startswith("field:")]:
        kiosk.press(field)
    for _ in range(5):
        (colour,) = until("a colour", lambda: [key for key in kiosk.ask("keys") if key.startswith("colour:")])
        kiosk.press(colour)
        until("the next", partial(_is_gone, place, colour))
    kiosk.see("五种颜色都均匀吗")
    before = len(place.papers())
    kiosk.press("deed:pass")
    kiosk.see("测试票和图上一样吗", "已完成", seconds=20)
    slip = place.new_paper(before)
    seen.slip(slip)
    seen.picture()
    kiosk.press("deed:pass")
    kiosk.see("A4 测试页完整吗", "已完成", seconds=60)
    kiosk.press("deed:pass")
    kiosk.see("读卡器正常吗")
    kiosk.press("deed:pass")
    kiosk.see("请放测试身份证")
    tester = somebody("测试员")
    place.sam.lay_down(tester.id_card)
    text = kiosk.see("证件读出来了吗")
    assert tester.name not in text, "the test shows what the card says"
    place.sam.take_away()
    kiosk.press("deed:pass")
    kiosk.see("请把测试票放到扫描口")
    away = shown_to_camera(place, code(code_on(slip).encode()))
    kiosk.see("与刚打的测试票相符", seconds=20)
    away()
    kiosk.press("deed:pass")
    kiosk.see("听到三声和一句话吗")
    kiosk.press("fail" if "fail" in kiosk.ask("keys") else "deed:fail")
    kiosk.see("技术员 T-051", "号票打印机")
    kiosk.press("deed:report")
    kiosk.see("8 项测试，7 项通过", "测试没有通过", seconds=20)
    seen.picture(label="-report")
    kiosk.press("deed:back")
    log_out(place)
    noted(place, "device.tested", device="printer", passed=True, by="T-051")
    noted(place, "device.tested", device="voice", passed=False, by="T-051")
    place.camera.show(scene())
    return (
        "eight guided tests, one after the other; the slip's own code was read back, and what failed stands as failed"
    )


@check("readiness-report")
def readiness(seen: Seen) -> str:
    place, kiosk, world = seen.world.place(), seen.world.place().kiosk, seen.world
    place.stick.pull()
    log_in(place, card_of(world, "T-061"))
    kiosk.press("deed:report")
    kiosk.see("日志完整", seconds=20)
    seen.picture()
    kiosk.press("deed:save")
    kiosk.see("请插入 U 盘")
    place.stick.insert()
    kiosk.press("deed:again")
    kiosk.see("已写入并核对", seconds=30)
    seen.picture(label="-saved")
    kiosk.press("deed:back")
    kiosk.see("T-061", "号票打印机")
    kiosk.press("deed:logs")
    kiosk.see("已写入并核对", "logs.zip", seconds=30)
    log_out(place)
    (key,) = world.hall.rows("SELECT key FROM kiosk WHERE id = ?", place.id)[0]
    (report,) = place.stick.at.glob("*-readiness.json")
    (logs,) = place.stick.at.glob("*-logs.zip")
    said = json.loads(report.read_bytes())
    assert (said["kiosk"], said["by"]) == (place.id, "T-061"), said
    for file, kind in ((report, b"keting-readiness"), (logs, b"keting-logs")):
        _signed(key, kind, file.read_bytes(), file.with_name(f"{file.name}.sig").read_bytes())
    (page,) = place.stick.at.glob("*-readiness.pdf")
    with page.open("rb") as opened:
        (signature,) = PdfFileReader(opened).embedded_signatures
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))
        assert (status.intact, status.valid) == (True, True), status.summary()
        assert signature.signer_cert.public_key.dump() == key, "signed by another than this kiosk"
    for file in (report, page, logs):
        kept = seen.out / "reports" / file.name
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(file.read_bytes())
        seen.evidence.append(kept.relative_to(seen.out).as_posix())
    place.stick.pull()
    return (
        f"JSON, PDF and logs on the stick, each signed by {place.id} as the hall knows its key; ready: {said['ready']}"
    )


def _signed(key: bytes, kind: bytes, data: bytes, signature: bytes) -> None:
    public = load_der_public_key(key)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(signature, kind + b"\0" + data, ec.ECDSA(hashes.SHA256()))


@check("uncertain-print-resolved")
def uncertain(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    numbers = []
    for _ in range(2):
        to_the_review(place)
        place.printer.paper_out_at(300)
        confirm(place)
        place.kiosk.see("号票可能不完整", seconds=30)
        numbers.append(number_on_screen(place))
        settled(world, numbers[-1], "uncertain")
        place.slot.remove()
        place.printer.refill()
        place.attract(30)
    whole, spoilt = numbers
    log_in(place, card_of(world, "T-071", Role.SITE_MANAGER))
    seen.picture()
    place.kiosk.press("uncertain")
    left = set(numbers)
    while left:
        text = place.kiosk.see("请找这张纸")
        number = next((each for each in numbers if each in text), "")
        seen.picture(label=f"-{number or 'another'}")
        place.kiosk.press(f"deed:{'whole' if number == whole else 'spoilt' if number else 'gone'}")
        left.discard(number)
        until("the next paper", partial(_is_another, place, text))
    until("the list", lambda: _to_the_list(place), 20)
    log_out(place)
    settled(world, whole, "printed")
    settled(world, spoilt, "uncertain")
    found = {row[0] for row in world.hall.rows("SELECT detail FROM trail WHERE verb = 'found'")}
    assert {"copy 1 whole, T-071", "copy 1 spoilt, T-071"} <= found, found
    assert outcomes(world, whole)[0][2] == "P102"
    return f"{whole} was found whole and is printed; of {spoilt} there was half, still uncertain; both say who looked"


def _is_gone(place: Place, key: str) -> bool:
    return key not in place.kiosk.ask("keys")


def _is_another(place: Place, text: str) -> bool:
    """Whether another page is there than the one that said this."""
    return bool(place.kiosk.text() != text)


def _to_the_list(place: Place) -> bool:
    keys = place.kiosk.ask("keys")
    if "deed:later" in keys:
        place.kiosk.press("deed:later")
    return "deed:refill" in keys
