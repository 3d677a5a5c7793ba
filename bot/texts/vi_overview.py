"""What a period tells besides reports, in Vietnamese."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.domain.targets import Figure, Mark, Standing
from bot.domain.training_measures import TrainingRecord
from bot.texts.markup import Html, fill, lines
from bot.texts.vi_targets import VietnameseTargets


class VietnameseOverview(VietnameseTargets):
    targets_counted = "chỉ tiêu"

    def training_in_period(self, told: TrainingRecord) -> Html:
        attendance = told.attendance
        return lines(
            Html("<b>Huấn luyện, hoạt động</b>"),
            fill(
                "{n} buổi; điểm danh {part}/{whole} lượt đơn vị",
                n=self.number(told.sessions),
                part=self.number(attendance.part or 0),
                whole=self.number(attendance.whole or 0),
            ),
            fill("Khóa đã kết thúc: {people}", people=self._completed(told.coverage))
            if told.coverage.whole
            else "",
        )

    def _completed(self, coverage: Figure) -> str:
        """People in heads and per cent; what nobody has told is said to be unknown."""
        part, whole = coverage.part, coverage.whole or 0
        if part is None:
            return f"hoàn thành: {self.not_known}"
        if self.in_percent:
            return f"hoàn thành {self.share(part, whole)}"
        share = self.rate(part / whole)
        return f"hoàn thành {self.number(part)}/{self.number(whole)} người ({share})"

    def without_attendance(self, number: int, names: Html) -> Html:
        return fill("Còn thiếu điểm danh {n}: {names}", n=self.number(number), names=names)

    def targets_in_period(self, standings: Sequence[Standing], day: date) -> Html:
        marks = Counter(standing.mark for standing in standings)
        met, not_met = marks[Mark.MET], marks[Mark.NOT_MET]
        return lines(
            fill("<b>Chỉ tiêu</b>, đến {day} (xem rõ: /chitieu)", day=self.short_day(day)),
            fill(
                "Đạt {met}, chưa đạt {not_met}, chưa rõ {rest} trong {all} chỉ tiêu",
                met=met,
                not_met=not_met,
                rest=len(standings) - met - not_met,
                all=len(standings),
            ),
        )

    def lagging_target(self, standing: Standing) -> Html:
        gap = self.target_gap(standing)
        return fill(
            "• {short}: {value} / {asked}{gap}",
            short=self.target_short(standing.target),
            value=self.standing_value(standing),
            asked=self.asked_value(standing.target),
            gap=f", còn thiếu {gap}" if gap else "",
        )
