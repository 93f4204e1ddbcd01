"""What the day leaves: papers, what each says, and the lists, for anyone to check with tools of their own."""

from __future__ import annotations

import json

from tests.day.certificates import by_stranger, export_lists, leave_with
from tests.day.check import Seen, check
from tests.day.checks.verifying import genuine, issued


@check("papers-left-to-check")
def papers_left(seen: Seen) -> str:
    folder = seen.paper("left").parent
    good, revoked = genuine(seen), issued(seen, "范留样", "left-revoked")
    seen.world.hall.revoke_certificate(revoked.short_code, "样张")
    leave_with(seen, good, "valid", good.holder)
    leave_with(seen, revoked, "revoked", revoked.holder)
    export_lists(seen.world, folder)
    told = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    found = by_stranger(folder, *(folder / each["file"] for each in told))
    wrong = [
        f"{each['file']} should be {each['result']}, found {said['result']}"
        for each, said in zip(told, found, strict=True)
        if said["result"] != each["result"]
    ]
    assert not wrong, f"what was left is not what is told of it: {wrong}"
    results = sorted({each["result"] for each in told})
    return (
        f"{len(told)} papers lie beside what they say and the hall's lists; a stranger finds them {', '.join(results)}"
    )
