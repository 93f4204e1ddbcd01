"""A phone with a browser of its own: what it keeps, it keeps in a folder, and so it can be without a network.

Chromium takes a service worker only over TLS that it trusts, so the hall's key
is pinned rather than errors ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from tests.stand.browser import pin

CHROMIUM: Final = "/usr/bin/chromium"

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "accept_downloads": True,
}
"""What makes a browser's context a phone's."""


def arguments(
    certificate: Path, camera: Path | None = None, reach: int | None = None, also: Sequence[Path] = ()
) -> list[str]:
    """How chromium is started for the hall of this server certificate (PEM), and for the servers ``also`` named.

    ``camera`` is an MJPEG file. ``reach``: the port that every address leads to on this phone's own network.
    """
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    seen = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera}"] if camera else []
    way = [f"--host-resolver-rules=MAP * 127.0.0.1:{reach}"] if reach else []
    pins = ",".join(pin(each) for each in (certificate, *also))
    return [*quiet, *way, f"--ignore-certificate-errors-spki-list={pins}", *seen]


@contextmanager
def phone(
    certificate: Path,
    folder: Path,
    camera: Path | None = None,
    locale: str = "zh-CN",
    player: Playwright | None = None,
    reach: int | None = None,
    also: Sequence[Path] = (),
) -> Iterator[BrowserContext]:
    """A phone for the hall whose server certificate (PEM) this is, with its memory in ``folder``.

    ``camera`` is an MJPEG file that its camera sees, again and again; without
    one there is no camera. ``player`` is a running playwright, where there is one already.
    """
    if player is None:
        with sync_playwright() as own, phone(certificate, folder, camera, locale, own, reach, also) as context:
            yield context
        return
    context = player.chromium.launch_persistent_context(
        folder,
        executable_path=CHROMIUM,
        args=arguments(certificate, camera, reach, also),
        locale=locale,
        permissions=["camera"] if camera else [],
        **PHONE,
    )
    try:
        yield context
    finally:
        context.close()
