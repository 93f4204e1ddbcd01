"""What a visit leaves: nothing. What the day leaves: papers and lists, for anyone to check with tools of their own."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from time import time

from certificates import code
from certificates.verdict import Why
from tests.day.certificates import by_stranger, certificate, export_lists, fill_in, issuing, lay_down_id, leave_with
from tests.day.check import Seen, check
from tests.day.checks.certificates import registered
from tests.day.checks.verifying import genuine, issued
from tests.day.people import somebody
from tests.day.traces import traces
from tests.day.visits import go


@check("certificate-leaves-nothing")
def certificate_leaves_nothing(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    canaries: list[str | bytes] = [b"%PDF-", b"\x89PNG\r"]
    for paper in ("a4", "80mm"):
        person = somebody("诸葛无痕")
        made = certificate(place, person, paper, seen.paper(f"leaves-nothing-{paper}"))
        signed = code.read(made.text, world.hall.host).signed
        digits = made.text.partition("#")[2]
        canaries += [person.name, person.number, digits[:40], signed, b64encode(signed)]
        go(place)
        registered(world, made.short_code)
        leave_with(seen, made, "valid", person)
    away = somebody("皇甫回头")
    issuing(place)
    lay_down_id(place, away)
    fill_in(place, "80mm")
    place.kiosk.press("nav:leave")
    go(place)
    seen.picture()
    found = traces([place.kiosk.folder, place.cups.socket.parent], *canaries, away.name, away.number)
    assert found == [], f"left behind in {found}"
    assert not any(each in place.kiosk.text() for each in canaries if isinstance(each, str))
    return (
        "after a sheet, a slip and a page that was only looked at, no file of kiosk or spooler, temporary ones too, "
        "holds a name, a number, a page or what was signed"
    )


@check("papers-left-to-check")
def papers_left(seen: Seen) -> str:
    folder = seen.paper("left").parent
    good, revoked = genuine(seen), issued(seen, "范留样", "left-revoked")
    seen.world.hall.revoke_certificate(revoked.short_code, Why.OTHER)
    leave_with(seen, good, "valid", good.holder)
    leave_with(seen, revoked, "revoked", revoked.holder)
    export_lists(seen.world, folder)
    told = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    untold = {path.stem for kind in ("png", "pdf") for path in folder.glob(f"*.{kind}")} - {
        Path(each["file"]).stem for each in told
    }
    assert not untold, f"nothing is said of {untold}"
    for each in told:  # later the lists are old: whoever checks then asks for the answer of this moment
        path = (folder / each["file"]).with_suffix(".json")
        path.write_text(json.dumps(each | {"at": int(time())}, ensure_ascii=False, indent=1), "utf-8")
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
