"""What a period tells besides reports, in Vietnamese."""

from collections.abc import Sequence
from datetime import date

from bot.domain.targets import Figure, Standing, marks
from bot.domain.training_measures import TrainingRecord
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, plain
from bot.texts.vi_targets import VietnameseTargets


class VietnameseOverview(VietnameseTargets):
    targets_counted = "chỉ tiêu"

    training_heading = "Huấn luyện"
    targets_heading = "Chỉ tiêu"
    sessions_held = "Buổi huấn luyện, hoạt động đã qua"
    attendance_owed = "Lượt đơn vị phải điểm danh"
    attendance_told = "Lượt đơn vị đã điểm danh"
    units_without_attendance = "Đơn vị còn thiếu điểm danh"
    people_liable = "Khóa đã kết thúc: người phải học"
    people_completed = "Khóa đã kết thúc: người hoàn thành"
    rate_completed = "Khóa đã kết thúc: tỷ lệ hoàn thành"

    def training_in_period(self, told: TrainingRecord) -> Html:
        heading = Html("<b>Huấn luyện, hoạt động</b>")
        return lines(heading, self._attendance_in_period(told), self._courses_in_period(told))

    def _attendance_in_period(self, told: TrainingRecord) -> Html:
        return fill(
            "{n} buổi; điểm danh {part}/{whole} lượt đơn vị",
            n=self.number(told.sessions),
            part=self.number(told.attendance.part or 0),
            whole=self.number(told.attendance.whole or 0),
        )

    def _courses_in_period(self, told: TrainingRecord) -> Html:
        if not told.coverage.whole:
            return Html("")
        return fill("Khóa đã kết thúc: {people}", people=self._completed(told.coverage))

    def training_in_report(self, told: TrainingRecord, silent: Sequence[Unit], limit: int) -> str:
        """The same as in a digest, as sentences of a report; no more than `limit` units by name."""
        names = ", ".join(unit.name for unit in silent[:limit])
        more = f" và {self.number(len(silent) - limit)} đơn vị khác" if silent[limit:] else ""
        told_of = (
            plain(self._attendance_in_period(told)),
            plain(self._courses_in_period(told)),
            f"Còn thiếu điểm danh {self.number(len(silent))} đơn vị: {names}{more}"
            if silent
            else "",
        )
        return " ".join(f"{sentence}." for sentence in told_of if sentence)

    def targets_in_report(self, standings: Sequence[Standing], day: date) -> str:
        return f"Đến ngày {self.day(day)}: {self._marks(standings).lower()}."

    def lagging_in_report(self, standing: Standing) -> str:
        return f"- {plain(self.lagging_target(standing)).removeprefix('• ')}."

    def _completed(self, coverage: Figure) -> str:
        """People in heads and per cent; what nobody has told is said to be unknown."""
        part, whole = coverage.part, coverage.whole or 0
        if part is None:
            return f"hoàn thành: {self.not_known}"
        unknown = coverage.unknown
        if self.in_percent:
            rest = f", chưa rõ {self.share(unknown, whole)}" if unknown else ""
            return f"hoàn thành {self.share(part, whole)}{rest}"
        rest = f", chưa rõ {self.number(unknown)} người" if unknown else ""
        share = self.rate(part / whole)
        return f"hoàn thành {self.number(part)}/{self.number(whole)} người ({share}){rest}"

    def without_attendance(self, number: int, names: Html) -> Html:
        return fill("Còn thiếu điểm danh {n}: {names}", n=self.number(number), names=names)

    def targets_in_period(self, standings: Sequence[Standing], day: date) -> Html:
        return lines(
            fill("<b>Chỉ tiêu</b>, đến {day} (xem rõ: /chitieu)", day=self.short_day(day)),
            fill("{told}", told=self._marks(standings)),
        )

    def _marks(self, standings: Sequence[Standing]) -> str:
        told = marks(standings)
        return (
            f"Đạt {told.met}, chưa đạt {told.not_met}, chưa rõ {told.others} "
            f"trong {told.all} chỉ tiêu"
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
