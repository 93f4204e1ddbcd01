"""Names of what is put on record."""

import base64

from offline_cache.ids import new_id


def test_every_name_is_ten_bytes_of_base_32_and_its_own() -> None:
    names = [new_id() for _ in range(2_000)]
    assert {len(base64.b32decode(name)) for name in names} == {10}
    assert len(set(names)) == len(names)
    assert set("".join(names)) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
