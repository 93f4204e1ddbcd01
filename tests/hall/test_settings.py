"""The hall's name, as kiosks, papers and browsers write it."""

from __future__ import annotations

import pytest

from hall.settings import Settings


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        (Settings(hosts=("hall.example",), port=443), "https://hall.example"),
        (Settings(hosts=("hall.example",), port=8443), "https://hall.example:8443"),
        (Settings(address="https://hall.example:443"), "https://hall.example"),
        (Settings(address="https://hall.example", port=8443), "https://hall.example"),
        (Settings(address="https://hall.example:4433"), "https://hall.example:4433"),
        (Settings(address="https://hall.example:8443", port=443), "https://hall.example:8443"),
    ],
)
def test_the_port_is_named_where_a_browser_names_it(settings: Settings, url: str) -> None:
    assert settings.url == url
    assert settings.authority == url.removeprefix("https://")
