"""What units report for a target: the asking, who has not reported, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.calendar import Window
from bot.domain.reports import Form
from bot.domain.target_collection import Collected
from bot.domain.targets import Figure, Standing, Target
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_target_changes import VietnameseTargetChanges

MOST_NAMES = 15


class VietnameseTargetReports(VietnameseTargetChanges):
    report_targets = "✏️ Báo cáo chỉ tiêu"
    ask_reports = "📣 Hỏi báo cáo ngay"
    confirm_ask_reports = "📣 Hỏi ngay"
    not_yet_reported, reported_late = "Chưa báo cáo kỳ này", "Báo cáo muộn"
    told_on = "số liệu"

    def overdue_note(self, collected: Collected | None) -> str:
        """In a list: how many owe a report whose deadline has passed."""
        if collected is None or not collected.is_overdue or not collected.missing:
            return ""
        return f" ⏰ thiếu {self.number(len(collected.missing))}"

    def own_note(self, standing: Standing, collected: Collected | None, unit_id: int) -> str:
        """In a unit's list: of which day its figure is, and whether a newer one is overdue."""
        at = standing.measured.told_at.get(unit_id)
        told = f" ({self.told_on} {self.day(self.local_day(at))})" if at else ""
        owes = collected and collected.is_overdue and collected.owes(unit_id)
        return f"{told} ⏰ {self.not_yet_reported.lower()}" if owes else told

    def collection(self, standing: Standing, collected: Collected, unit: Unit | None) -> Html:
        """The newest asking, of one unit or of all."""
        return lines(
            self._of_unit(standing, collected, unit.id) if unit else self._of_all(collected),
            self.next_asking(collected.next_asked),
        )

    def next_asking(self, day: date) -> Html:
        return fill("Lần hỏi tới: {day}", day=self.day(day))

    def _of_all(self, collected: Collected) -> Html:
        window = collected.window
        if window is None:
            return Html("")
        missing, late = collected.missing, collected.late
        return lines(
            fill(
                "{asked}: đã báo cáo <b>{n}/{all}</b>",
                asked=self.asking(collected.report_type, window),
                n=self.number(len(collected.units) - len(missing)),
                all=self.number(len(collected.units)),
            ),
            self._unit_names(self.reported_late, late),
            self._unit_names(
                f"⏰ {self.not_yet_reported}" if collected.is_overdue else self.not_yet_reported,
                missing,
            ),
        )

    def _of_unit(self, standing: Standing, collected: Collected, unit_id: int) -> Html:
        at = standing.measured.told_at.get(unit_id)
        window, report = collected.window, collected.reports.get(unit_id)
        told = self.timeliness(report) if report else self.not_yet_reported.lower()
        return lines(
            fill("Số liệu ngày {day}", day=self.day(self.local_day(at))) if at else "",
            fill("{asked}: {told}", asked=self.asking(collected.report_type, window), told=told)
            if window and (report or collected.owes(unit_id))
            else "",
        )

    def asking(self, report_type: str, window: Window) -> str:
        period = self.report_day(report_type, window.day)
        return f"Kỳ {period}, hạn {self.moment(window.due)}"

    def _unit_names(self, what: str, units: Sequence[Unit]) -> Html:
        if not units:
            return Html("")
        names = self._some([unit.short_name for unit in units])
        return fill("{what} {n}: {names}", what=what, n=self.number(len(units)), names=names)

    def _some(self, names: Sequence[str]) -> str:
        hidden = len(names) - MOST_NAMES
        rest = f" … và {hidden} đơn vị nữa" if hidden > 0 else ""
        return ", ".join(names[:MOST_NAMES]) + rest

    # A unit's own

    def reported_targets(
        self,
        unit: Unit,
        rows: Sequence[tuple[Standing, Figure]],
        collected: dict[str, Collected],
    ) -> Html:
        return paragraphs(
            fill("<b>Báo cáo chỉ tiêu: {unit}</b>", unit=unit.name),
            *(
                lines(
                    fill(
                        "• {short}: <b>{value}</b>",
                        short=self.target_short(s.target),
                        value=self.unit_figure_value(s.target, f),
                    ),
                    self.collection(s, collected[s.target.measure], unit),
                )
                for s, f in rows
            ),
            "" if rows else "Đơn vị không phải báo cáo chỉ tiêu nào.",
        )

    def open_target_report(self, form: Form) -> str:
        return f"📝 {self.report_names[form.report_type]}"

    def period_not_asked_yet(self, report_type: str, day: date) -> Html:
        return fill(
            "Chưa hỏi báo cáo này: {report}. Các chỉ tiêu: /chitieu",
            report=self._report_of(report_type, day),
        )

    def period_locked(self, report_type: str, day: date, locked_at: datetime) -> Html:
        return fill(
            "{report} đã chốt lúc {at}. Nếu cần bổ sung, đồng chí gọi trực chỉ huy.",
            report=self._report_of(report_type, day),
            at=self.moment(locked_at),
        )

    def period_not_asked(self, report_type: str, day: date) -> Html:
        return fill(
            "Đơn vị không được hỏi báo cáo này: {report}. Các chỉ tiêu: /chitieu",
            report=self._report_of(report_type, day),
        )

    def _report_of(self, report_type: str, day: date) -> str:
        return f"{self.report_names[report_type]} {self.report_day(report_type, day)}"

    # By the event

    def ask_reports_card(self, target: Target) -> Html:
        return fill(
            "Hỏi báo cáo <b>{short}</b> ngay bây giờ, ngoài các kỳ đã định? Mỗi đơn vị nhận một tin.",
            short=self.target_short(target),
        )

    def reports_asked(self, target: Target, window: Window) -> Html:
        return fill(
            "Đã hỏi báo cáo {short}, hạn {due}.",
            short=self.target_short(target),
            due=self.moment(window.due),
        )

    def asked_already(self, target: Target, day: date) -> Html:
        return fill(
            "Không hỏi thêm: báo cáo {short} có kỳ hỏi ngày {day}, đang mở hoặc sắp đến.",
            short=self.target_short(target),
            day=self.day(day),
        )
