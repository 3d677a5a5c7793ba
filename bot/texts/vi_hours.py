"""Hours of reporting and changes of them, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.calendar import WEEKDAYS, Hours
from bot.domain.changes_of_hours import Week
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_plans import VietnamesePlans, capital

_SHOWN_UNITS = 20


class VietnameseHours(VietnamesePlans):
    change_common = "🕒 Đổi giờ chung"
    change_own = "🕒 Đổi giờ một đơn vị"
    back_to_common = "↩️ Đơn vị về giờ chung"
    back_to_settings = "↩️ Giờ chung về như cài đặt"
    reopen_day = "🔓 Mở lại ngày đã chốt"
    nothing_asked = "Không báo cáo"
    back_to_schedule = "🗓 Xem giờ báo cáo"
    every_day = "Mọi ngày"
    weekend = "T7 và CN"
    choose_unit_for_hours = Html("Đổi giờ của đơn vị nào?")
    choose_own_unit = Html("Đơn vị nào trở về giờ chung?")

    def schedule(
        self,
        common: Week,
        today_hours: Hours | None,
        own: Sequence[tuple[Unit, Week]],
        today: date,
    ) -> Html:
        standing = common[WEEKDAYS[today.weekday()]]
        shown = own[:_SHOWN_UNITS]
        return paragraphs(
            lines(Html("<b>Giờ báo cáo chung</b>"), self.week(common)),
            ""
            if today_hours == standing
            else fill(
                "Hôm nay vẫn: {hours}. Giờ trên dùng từ ngày mai ({day}).",
                hours=self.hours(today_hours),
                day=self.day(today + timedelta(days=1)),
            ),
            lines(Html("<b>Giờ riêng</b>"), *(self._own(unit, week) for unit, week in shown))
            if own
            else "Mọi đơn vị theo giờ chung.",
            f"… và {len(own) - len(shown)} đơn vị khác." if len(own) > len(shown) else "",
        )

    def _own(self, unit: Unit, week: Week) -> Html:
        told = "; ".join(self.week(week).split("\n"))
        return fill("{unit}: {week}", unit=unit.short_name, week=Html(told))

    def choose_weekdays(self, unit: Unit | None) -> Html:
        return fill("Đổi giờ báo cáo của {whom}, vào những ngày nào?", whom=self.whom(unit))

    def ask_hours(self, unit: Unit | None, weekdays: frozenset[str]) -> Html:
        return fill(
            "Giờ báo cáo của {whom}, {days}: đồng chí gõ ba giờ (mở, hạn, chốt), "
            "ví dụ: <code>15:30 16:30 20:00</code>",
            whom=self.whom(unit),
            days=self.weekdays(weekdays),
        )

    def hours_card(self, unit: Unit | None, old: Week, new: Week, day: date, today: date) -> Html:
        return paragraphs(
            fill("<b>Đổi giờ báo cáo: {whom}</b>", whom=self.whom(unit)),
            lines("Đang dùng:", self.week(old)),
            lines("Sẽ là:", self.week(new)),
            self._hours_since(day, today),
            fill("Chưa lưu. Đồng chí xem lại rồi bấm {save}.", save=self.save),
        )

    def hours_saved(self, unit: Unit | None, new: Week, day: date, today: date) -> Html:
        return paragraphs(
            fill("✅ <b>Đã lưu giờ báo cáo: {whom}</b>", whom=self.whom(unit)),
            self.week(new),
            self._hours_since(day, today),
        )

    def _hours_since(self, day: date, today: date) -> str:
        if day == today:
            return f"Dùng {self.since(day, today)}."
        return f"Dùng {self.since(day, today)}: giờ báo cáo hôm nay đã mở nên giữ nguyên."

    def hours_stand(self, unit: Unit | None, week: Week) -> Html:
        return paragraphs(
            fill("Giờ báo cáo của {whom} đã là như vậy:", whom=self.whom(unit)), self.week(week)
        )

    hours_overtaken = "Giờ đã được đổi trong lúc đó. Đồng chí xem lại rồi bấm lưu."

    def not_hours(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu “{typed}”. Đồng chí gõ ba giờ (mở, hạn, chốt), ví dụ: "
            "<code>15:30 16:30 20:00</code>",
            typed=typed[:40],
        )

    def not_hours_command(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu “{typed}”. Ví dụ: <code>/lich An Sơn 15:00 16:00 19:30 t2-t6</code>; "
            "hoặc gõ /lich rồi bấm nút.",
            typed=typed[:40],
        )

    def not_weekdays(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu ngày trong tuần “{typed}”. Ví dụ: t2-t6, hoặc t7, cn.", typed=typed[:40]
        )

    def hours_out_of_order(self, opens: str, due: str, locks: str) -> Html:
        return fill(
            "Giờ mở {opens} phải trước hạn {due}, hạn phải trước giờ chốt {locks}. "
            "Đồng chí gõ lại ba giờ.",
            opens=opens,
            due=due,
            locks=locks,
        )

    def hours(self, hours: Hours | None) -> str:
        if hours is None:
            return "không báo cáo"
        return f"{hours.opens:%H:%M}, hạn {hours.due:%H:%M}, chốt {hours.locks:%H:%M}"

    def week(self, week: Week) -> Html:
        """One line for all the weekdays that have the same hours."""
        by_hours: dict[Hours | None, set[str]] = {}
        for weekday in WEEKDAYS:
            by_hours.setdefault(week[weekday], set()).add(weekday)
        return lines(
            *(
                fill(
                    "{days} {hours}",
                    days=capital(self.weekdays(frozenset(days))),
                    hours=self.hours(hours),
                )
                for hours, days in by_hours.items()
            )
        )
