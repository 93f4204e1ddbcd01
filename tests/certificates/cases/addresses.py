"""Checks 0 to 4: whose address it is, and whether there is anything behind it."""

from __future__ import annotations

from certificates.verdict import Reason
from tests.certificates.cases.case import Case
from tests.certificates.office import CLAIMS, HOST, paper

GOOD = paper()
ADDRESS, DIGITS = GOOD.split("#")
SHORT = CLAIMS.short_code
_TWIN = "https://hаll.example"  # the first a is Cyrillic


def at(host: str) -> str:
    """The same code under another authority."""
    return GOOD.replace(HOST.upper(), host)


def _shape(name: str, text: str) -> Case:
    return Case(name, 1, Reason.SHAPE, text)


def _host(name: str, host: str) -> Case:
    return Case(name, 2, Reason.HOST, at(host))


def _empty(name: str, text: str) -> Case:
    return Case(name, 3, Reason.NO_CONTENT, text)


def _malformed(name: str, text: str) -> Case:
    return Case(name, 4, Reason.MALFORMED, text)


CASES = (
    Case("an empty code", 1, Reason.SHAPE, ""),
    _shape("some other code", "https://example.org/"),
    _shape("plain http", "HTTP" + GOOD[5:]),
    _shape("a long s in https", GOOD.replace("HTTPS", "httpſ")),
    _shape("a script", "javascript:alert(1)"),
    _shape("a blank before it", " " + GOOD),
    _shape("a line break before it", "\n" + GOOD),
    _shape("another path", GOOD.replace("/C/", "/D/")),
    _shape("a small c in the path", GOOD.replace("/C/", "/c/")),
    _shape("a path before the path", GOOD.replace("/C/", "/X/C/")),
    _shape("a user before the host", at(f"{HOST}@EVIL.EXAMPLE")),
    _shape("a user before our host", at(f"EVIL@{HOST}")),
    _shape("a Cyrillic letter in the host", _TWIN + GOOD[len(_TWIN) :]),
    _shape("a percent sign in the host", at("HALL%2EEXAMPLE")),
    _shape("a backslash in the host", at("HALL.EXAMPLE\\.EVIL.EXAMPLE")),
    _shape("no host", at("")),
    _shape("a port that is no number", at("HALL.EXAMPLE:HTTPS")),
    _shape("longer than any code", GOOD + "0" * 1_500),
    _host("another hall", "HALL2.EXAMPLE"),
    _host("a host below ours", "WWW.HALL.EXAMPLE"),
    _host("ours in front of another", "HALL.EXAMPLE.EVIL.EXAMPLE"),
    _host("ours behind another", "EVIL-HALL.EXAMPLE"),
    _host("a dot behind the host", "HALL.EXAMPLE."),
    _host("another port", "HALL.EXAMPLE:8443"),
    _host("the usual port written out", "HALL.EXAMPLE:443"),
    _host("a look-alike in punycode", "XN--HLL-5CD.EXAMPLE"),
    _host("a one for an l", "HA1L.EXAMPLE"),
    Case("another hall without content", 2, Reason.HOST, "HTTPS://HALL2.EXAMPLE/C/"),
    _empty("the fragment stripped", ADDRESS),
    _empty("the digits stripped", ADDRESS + "#"),
    _empty("nothing but the address", f"HTTPS://{HOST}/C/"),
    _empty("no fragment and no short code either", f"HTTPS://{HOST}/C/HELLO"),
    _malformed("a short code in small letters", GOOD.replace(SHORT, SHORT.lower())),
    _malformed("a short code too short", GOOD.replace(SHORT, SHORT[:-1])),
    _malformed("a short code too long", GOOD.replace(SHORT, SHORT + "0")),
    _malformed("a short code with a U", GOOD.replace(SHORT, SHORT[:-1] + "U")),
    _malformed("a short code with dashes", GOOD.replace(SHORT, "-".join(SHORT[i : i + 4] for i in range(0, 16, 4)))),
    _malformed("a query", GOOD.replace(SHORT, SHORT + "?a=1")),
    _malformed("a path behind it", GOOD.replace(SHORT, SHORT + "/")),
    _malformed("a leading zero", f"{ADDRESS}#0{DIGITS}"),
    _malformed("nothing but a zero", f"{ADDRESS}#0"),
    _malformed("a plus sign", f"{ADDRESS}#+{DIGITS}"),
    _malformed("a minus sign", f"{ADDRESS}#-{DIGITS}"),
    _malformed("a blank within", f"{ADDRESS}#{DIGITS[:9]} {DIGITS[9:]}"),
    _malformed("a blank behind", f"{ADDRESS}#{DIGITS} "),
    _malformed("a line break behind", f"{ADDRESS}#{DIGITS}\n"),
    _malformed("an underscore within", f"{ADDRESS}#{DIGITS[:9]}_{DIGITS[9:]}"),
    _malformed("full-width digits", ADDRESS + "#" + DIGITS.translate({48 + i: 0xFF10 + i for i in range(10)})),
    _malformed("one Arabic digit", f"{ADDRESS}#{DIGITS[:-1]}٣"),
    _malformed("a percent-encoded digit", f"{ADDRESS}#%3{DIGITS[0]}{DIGITS[1:]}"),
    _malformed("hexadecimal", f"{ADDRESS}#{int(DIGITS):x}a"),
    _malformed("two certificates in one fragment", f"{ADDRESS}#{DIGITS}#{DIGITS}"),
    _malformed("1,201 digits", f"{ADDRESS}#{'1' * 1_201}"),
)
