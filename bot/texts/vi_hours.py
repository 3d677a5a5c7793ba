"""Hours of reporting and changes of them, in Vietnamese."""

from datetime import date, timedelta
from itertools import accumulate

from bot.domain.calendar import WEEKDAYS, Hours
from bot.domain.changes_of_hours import Overview, OwnHours, Plan, Week
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_plans import VietnamesePlans, capital

_SHOWN_UNITS = 20
# Characters of all units' own hours, which may differ on each day; with the rest they fit into one message.
_SHOWN_LENGTH = 3000


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

    def schedule(self, known: Overview) -> Html:
        shown = self._own_hours(known)
        rest = len(known.own) - len(shown)
        return paragraphs(
            lines(
                Html("<b>Giờ báo cáo chung</b>"),
                self.week(known.common),
                self._still(known.common, known.today_hours, known.today),
            ),
            lines(Html("<b>Giờ riêng</b>"), *shown) if shown else "Mọi đơn vị theo giờ chung.",
            f"… và {rest} đơn vị khác." if rest else "",
        )

    def _own_hours(self, known: Overview) -> list[Html]:
        """A line for each of the first units, as many as fit."""
        told = [self._own(own, known.today) for own in known.own[:_SHOWN_UNITS]]
        lengths = accumulate(len(line) for line in told)
        return [line for line, length in zip(told, lengths, strict=True) if length <= _SHOWN_LENGTH]

    def _own(self, own: OwnHours, today: date) -> Html:
        return fill(
            "{unit}: {week}",
            unit=own.unit.short_name,
            week=Html(
                "; ".join(
                    lines(self.week(own.week), self._still(own.week, own.today_hours, today)).split(
                        "\n"
                    )
                )
            ),
        )

    def _still(self, week: Week, today_hours: Hours | None, today: date) -> str:
        """What holds today yet, where the hours shown hold from tomorrow."""
        if week[WEEKDAYS[today.weekday()]] == today_hours:
            return ""
        tomorrow = self.day(today + timedelta(days=1))
        return f"Hôm nay vẫn {self.hours(today_hours)}; giờ trên dùng từ ngày mai ({tomorrow})"

    def choose_weekdays(self, unit: Unit | None) -> Html:
        return fill("Đổi giờ báo cáo của {whom}, vào những ngày nào?", whom=self.whom(unit))

    def ask_hours(self, unit: Unit | None, weekdays: frozenset[str]) -> Html:
        return fill(
            "Giờ báo cáo của {whom}, {days}: đồng chí gõ ba giờ (mở, hạn, chốt), "
            "ví dụ: <code>15:30 16:30 20:00</code>",
            whom=self.whom(unit),
            days=self.weekdays(weekdays),
        )

    def hours_card(self, plan: Plan) -> Html:
        return paragraphs(
            fill("<b>Đổi giờ báo cáo: {whom}</b>", whom=self.whom(plan.unit)),
            lines("Đang dùng:", self.week(plan.old)),
            lines("Sẽ là:", self.week(plan.new)),
            self._hours_since(plan),
            f"Số đơn vị có giờ riêng, không đổi theo: {plan.units_apart}."
            if plan.units_apart
            else "",
            fill("Chưa lưu. Đồng chí xem lại rồi bấm {save}.", save=self.save),
        )

    def hours_saved(self, plan: Plan) -> Html:
        return paragraphs(
            fill("✅ <b>Đã lưu giờ báo cáo: {whom}</b>", whom=self.whom(plan.unit)),
            self.week(plan.new),
            self._hours_since(plan),
        )

    def _hours_since(self, plan: Plan) -> str:
        since = self.since(plan.holds_from, plan.today)
        if plan.holds_from == plan.today:
            return f"Dùng {since}."
        return f"Dùng {since}: giờ báo cáo hôm nay đã mở nên giữ nguyên."

    def hours_stand(self, plan: Plan) -> Html:
        return paragraphs(
            fill("Giờ báo cáo của {whom} đã là như vậy:", whom=self.whom(plan.unit)),
            self.week(plan.old),
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
