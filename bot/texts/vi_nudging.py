"""Who is missing and who was asked for it, in Vietnamese."""

from datetime import datetime, timedelta

from bot.domain.calendar import Window
from bot.domain.measures import UnitDay
from bot.domain.nudging import NUDGE_AGAIN_AFTER, LastNudge, Nudged, NudgeOutcome
from bot.domain.units import Unit
from bot.texts.markup import Html, fill
from bot.texts.vi_words import VietnameseWords

# A toast takes 200 characters in all.
NAME_IN_TOAST = 60


class VietnameseNudging(VietnameseWords):
    nobody_gets_messages = "không có ai nhận tin"
    nudge_all_hint = Html("Nhắc tất cả: /nhacnho")

    def nudge_button(self, unit: Unit) -> str:
        return f"🔔 {unit.short_name}"

    def missing_unit(self, unit_day: UnitDay, note: str = "") -> Html:
        return fill("• {unit}{note}", unit=unit_day.unit.name, note=f" — {note}" if note else "")

    def nudged_at(self, last: LastNudge, window: Window) -> str:
        who = f" ({self.positions[last.role]})" if last.role else ""
        return f"đã nhắc {self.moment_of(last.at, window.day)}{who}"

    def too_many_to_nudge(self, hidden: int) -> Html:
        return fill(
            "Còn {n} đơn vị không đủ chỗ cho nút. Nhắc tất cả: /nhacnho", n=self.number(hidden)
        )

    def nudge_toast(self, nudged: Nudged) -> str:
        window, day = nudged.unit_day.window, nudged.unit_day.day
        name = nudged.unit_day.unit.short_name[:NAME_IN_TOAST]
        report = nudged.unit_day.report
        match nudged.outcome:
            case NudgeOutcome.NUDGED:
                return f"🔔 Đã nhắc {name}."
            case NudgeOutcome.REPORTED if report:
                return f"{name} đã báo cáo lúc {self.moment_of(report.first_submitted_at, day)}."
            case NudgeOutcome.RECENT if nudged.last:
                again = self.moment_of(next_minute(nudged.last), day)
                return f"{name} {self.nudged_at(nudged.last, window)}. Nhắc lại được từ {again}."
            case NudgeOutcome.UNREACHABLE:
                return f"{name} {self.nobody_gets_messages}. Đồng chí gọi điện cho đơn vị."
            case NudgeOutcome.NOT_OPEN:
                opens = self.moment_of(window.opens, day)
                return f"Chưa đến giờ báo cáo: {name} mở lúc {opens}."
            case NudgeOutcome.LOCKED:
                locks = self.moment_of(window.locks, day)
                return f"Ngày {self.day(day)} đã chốt lúc {locks}, không nhắc nữa."
            case _:
                return f"{name} được miễn báo cáo ngày {self.day(day)}."

    def nudging_over(self, window: Window) -> Html:
        return fill(
            "Ngày {day} đã chốt lúc {locks}, không nhắc nữa. Còn thiếu ai: /conthieu",
            day=self.day(window.day),
            locks=self.moment_of(window.locks, window.day),
        )

    def nudged_title(self, number: int, window: Window) -> Html:
        return fill(
            "🔔 <b>Đã nhắc {n} đơn vị</b>\nNgày {day}, hạn {due}, nhận đến {locks}"
            if number
            else "<b>Không có đơn vị nào để nhắc lúc này</b>\nNgày {day}, hạn {due}, nhận đến {locks}",
            n=self.number(number),
            day=self.day(window.day),
            due=self.moment_of(window.due, window.day),
            locks=self.moment_of(window.locks, window.day),
        )

    def nudged_just_now(self, number: int, names: Html) -> Html:
        return fill(
            "<b>Vừa nhắc chưa đến {minutes} phút, không nhắc lại: {n}</b>\n{names}",
            minutes=NUDGE_AGAIN_AFTER // timedelta(minutes=1),
            n=self.number(number),
            names=names,
        )

    def nudged_nobody(self, number: int, names: Html) -> Html:
        return fill(
            "<b>Không có ai nhận tin, đồng chí gọi điện: {n}</b>\n{names}",
            n=self.number(number),
            names=names,
        )

    def nudged_too_late(self, number: int, names: Html) -> Html:
        return fill("<b>Đã chốt: {n}</b>\n{names}", n=self.number(number), names=names)

    def unit_nudged(self, unit: Unit, last: LastNudge, window: Window) -> Html:
        return fill("{unit} {at}", unit=unit.short_name, at=self.moment_of(last.at, window.day))


def next_minute(last: LastNudge) -> datetime:
    """From when on the unit may be nudged again, rounded up to what a clock shows."""
    again = last.at + NUDGE_AGAIN_AFTER
    return again if again.second == again.microsecond == 0 else again + timedelta(minutes=1)
