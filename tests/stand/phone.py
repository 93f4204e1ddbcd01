"""A phone with a browser of its own: what it keeps, it keeps in a folder, and so it can be without a network.

Chromium takes a service worker only over TLS that it trusts, so the hall's key
is pinned rather than errors ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from tests.stand.browser import pin

WIDTH, HEIGHT, SCALE = 390, 844, 2


@contextmanager
def phone(
    certificate: Path, folder: Path, camera: Path | None = None, locale: str = "zh-CN", player: Playwright | None = None
) -> Iterator[BrowserContext]:
    """A phone's browser for the hall whose server certificate (PEM) this is, with its memory in ``folder``.

    ``camera`` is an MJPEG file that its camera sees, again and again; without
    one there is no camera. ``player`` is a running playwright, where there is one already.
    """
    if player is None:
        with sync_playwright() as own, phone(certificate, folder, camera, locale, own) as context:
            yield context
        return
    context = player.chromium.launch_persistent_context(
        folder,
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        + [f"--ignore-certificate-errors-spki-list={pin(certificate)}"]
        + (["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera}"] if camera else []),
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SCALE,
        is_mobile=True,
        has_touch=True,
        locale=locale,
        accept_downloads=True,
        permissions=["camera"] if camera else [],
    )
    try:
        yield context
    finally:
        context.close()
