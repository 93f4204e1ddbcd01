"""What was found, row by row, and what can be done about it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screens.layout import height_in
from screens.maintenance import samples_found
from screens.maintenance.code_key import CodeKey
from screens.maintenance.finding_row import Place, finding_row
from screens.maintenance.proof import Proof
from screens.maintenance.screen import MaintenanceScreen, asked
from screens.pages import Finding, Findings
from screens.picture import image_of
from screens.screen import Samples
from screens.spread import LIST, above_turner


class FindingsScreen(MaintenanceScreen[Findings]):
    """The rows on as many pages as they need, the deeds on each of them. A picture stands below or beside the rows."""

    @classmethod
    def samples(cls) -> Samples:
        return {
            "report": samples_found.REPORT,
            "unsure": samples_found.unsure(),
            "long": samples_found.LONG,
            "nothing": samples_found.NOTHING,
        }

    def build(self, page: Findings) -> None:
        if page.rows:
            self.top(page.title, page.lead)
        else:
            self.banner(asked(self.theme, "info", self.say(page.title), self.say(page.lead) if page.lead else ""))
        self.deeds(page.deeds)
        codes = [self._code(finding.code) for finding in page.rows]
        wide = max((code.sizeHint().width() for code in codes if code), default=0)
        rows: list[QWidget] = [self._row(each, code, wide) for each, code in zip(page.rows, codes, strict=True)]
        self.rows(rows, 18, 28)
        if page.picture:
            self._picture(Proof(self.theme, image_of(page.picture)))

    def _code(self, code: str) -> CodeKey | None:
        return self.wire(CodeKey(self.theme, code), f"code:{code}") if code else None

    def _row(self, finding: Finding, code: CodeKey | None, wide: int) -> QWidget:
        tag = self.tag(finding.sign) if finding.sign else None
        line = self.say(finding.line) if finding.line else ""
        end = code or (Place(wide) if wide and tag else None)
        return finding_row(self.theme, finding.icon, self.say(finding.title), line, tag, end)

    def _picture(self, proof: Proof) -> None:
        """As tall as what the rows leave, or on a page of its own where that would be too little."""
        room, theme = self.left(), self.theme
        if theme.landscape:
            zone = room.two if len(self._parts.blocks) < 2 else above_turner(room.two, theme)
            proof.most(zone.height())
            self.see(proof, 0, aside=True)
            return
        blocks = self._parts.blocks
        used = sum(height_in(block.widget, room.one.width()) + theme.px(block.gap) for block in blocks)
        left = room.one.height() - used - theme.px(LIST)
        proof.most(left if left >= theme.px(420) else theme.px(760))
        self.see(proof, LIST)
