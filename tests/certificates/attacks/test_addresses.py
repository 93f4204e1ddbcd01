"""Papers that lead somewhere else, or that come without what was signed."""

from __future__ import annotations

import pytest

from certificates.verdict import Reason, Result
from certificates.verify import verify
from tests.certificates.office import CLAIMS, HOST, INCOME, NOW, answer, judged, lists, other, paper, sign, text

GOOD = paper()
ADDRESS, DIGITS = GOOD.split("#")


@pytest.mark.parametrize(
    "host",
    [
        "WWW.HALL.EXAMPLE",
        "HALL.EXAMPLE.EVIL.EXAMPLE",
        "EVIL-HALL.EXAMPLE",
        "HALL-EXAMPLE",
        "HALL.EXAMPLE.",
        ".HALL.EXAMPLE",
        "HALL.EXAMPLE:443",
        "HALL.EXAMPLE:8443",
        "HA1L.EXAMPLE",
        "XN--HLL-5CD.EXAMPLE",
        "HALL.EXAMPLE@EVIL.EXAMPLE",
        "HALL.EXAMPLE:X@EVIL.EXAMPLE",
        "EVIL.EXAMPLE/HALL.EXAMPLE",
        "EVIL.EXAMPLE\\@HALL.EXAMPLE",
        "EVIL.EXAMPLE?HALL.EXAMPLE",
        "HАLL.EXAMPLE",  # a Cyrillic A
        "ＨＡＬＬ.EXAMPLE",
        "HALL。EXAMPLE",
        "HALL.EXAMPLE\u200b",
        "HALL\u00ad.EXAMPLE",
        "HALL.EXAMPLE\x00",
        "",
    ],
)
def test_a_look_alike_host_is_not_ours_whatever_is_signed(host: str) -> None:
    verdict = judged(GOOD.replace(HOST.upper(), host))
    assert verdict.result is Result.NOT_OURS
    assert verdict.content is None


@pytest.mark.parametrize("host", ["HALL.EXAMPLE", "hall.example", "Hall.Example"])
def test_our_own_host_is_ours_in_any_case(host: str) -> None:
    assert judged(GOOD.replace(HOST.upper(), host)).result is Result.VALID


def test_a_good_paper_of_ours_is_not_ours_at_another_hall() -> None:
    assert verify(GOOD, lists(), "hall2.example", NOW).result is Result.NOT_OURS


@pytest.mark.parametrize("stripped", [ADDRESS, ADDRESS + "#", ADDRESS + "/", ADDRESS.lower()])
def test_without_its_fragment_a_paper_never_looks_genuine(stripped: str) -> None:
    verdict = judged(stripped, registry=lambda _: answer({"registered": True}))
    assert verdict.result in (Result.UNREADABLE, Result.NOT_OURS)
    assert (verdict.content, verdict.short_code) == (None, None)


def test_the_registry_is_not_asked_about_an_address_that_nobody_signed() -> None:
    asked: list[str] = []

    def registry(address: str) -> bytes:
        asked.append(address)
        return answer({"registered": True})

    for unsigned in (ADDRESS, text(sign(), other(CLAIMS.short_code)), text(sign(), INCOME.short_code), GOOD[:-1]):
        judged(unsigned, registry=registry)
    assert asked == []


def test_the_signed_name_decides_and_not_the_one_in_the_address() -> None:
    for short in (other(CLAIMS.short_code), INCOME.short_code, CLAIMS.short_code[::-1]):
        assert judged(text(sign(), short)).reason is Reason.PATH


@pytest.mark.parametrize("between", ["", "#", "0", ",", "&", "\n", " "])
def test_two_certificates_glued_together_are_none(between: str) -> None:
    second = paper(INCOME).split("#")[1]
    for glued in (GOOD + between + second, GOOD + between + GOOD):
        verdict = judged(glued)
        assert verdict.reason in (Reason.MALFORMED, Reason.NEWER_FORMAT)
        assert verdict.content is None


@pytest.mark.parametrize(
    "digits",
    [
        "0" + DIGITS,
        "+" + DIGITS,
        "-" + DIGITS,
        " " + DIGITS,
        DIGITS + " ",
        DIGITS + "\n",
        DIGITS[:5] + "_" + DIGITS[5:],
        DIGITS[:5] + " " + DIGITS[5:],
        DIGITS + ".0",
        DIGITS + "e0",
        hex(int(DIGITS)),
        DIGITS.translate({ord("0") + n: 0x0660 + n for n in range(10)}),
        DIGITS.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
        DIGITS.translate({ord("0") + n: 0x1D7CE + n for n in range(10)}),
        DIGITS[:-1] + "²",
        "%" + "%".join(f"3{digit}" for digit in DIGITS[:100]),
    ],
)
def test_one_certificate_has_one_number_written_in_one_way(digits: str) -> None:
    assert judged(f"{ADDRESS}#{digits}").reason in (Reason.MALFORMED, Reason.SHAPE)
    assert judged(f"{ADDRESS}#{digits}").content is None


@pytest.mark.parametrize(
    "short",
    [
        CLAIMS.short_code.lower(),
        CLAIMS.short_code.replace("E", "É"),
        CLAIMS.short_code + "=",
        "I" + CLAIMS.short_code[1:],
        "%37" + CLAIMS.short_code[1:],
        CLAIMS.short_code + "/../" + CLAIMS.short_code,
    ],
)
def test_one_certificate_has_one_short_code_written_in_one_way(short: str) -> None:
    assert judged(text(sign(), short)).reason is Reason.MALFORMED
