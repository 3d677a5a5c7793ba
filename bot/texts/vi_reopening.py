"""Locked days that take reports once more, in Vietnamese."""

from datetime import date, datetime

from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_plans import VietnamesePlans


class VietnameseReopening(VietnamesePlans):
    choose_locked_day = Html("Mở lại ngày nào?")
    no_locked_day = Html("Chưa có ngày nào đã chốt. Xem giờ báo cáo: /lich")
    reopen = "🔓 Mở lại"
    ask_locked_day = Html("Đồng chí gõ ngày cần mở lại, ví dụ: <code>14/3</code>")

    def choose_reopened_unit(self, day: date) -> Html:
        return fill("Mở lại ngày {day} cho đơn vị nào?", day=self.day(day))

    def choose_hours_open(self, day: date, unit: Unit | None) -> Html:
        return fill(
            "Mở lại ngày {day} cho {whom}, trong bao lâu?", day=self.day(day), whom=self.whom(unit)
        )

    def hours_long(self, hours: int) -> str:
        return f"{hours} giờ"

    def ask_reopen_reason(self, day: date, unit: Unit | None, hours: int) -> Html:
        return fill(
            "Mở lại ngày {day} cho {whom}, {hours} giờ. Đồng chí gõ lý do.",
            day=self.day(day),
            whom=self.whom(unit),
            hours=hours,
        )

    def reopen_card(
        self, day: date, unit: Unit | None, hours: int, reason: str, until: datetime, today: date
    ) -> Html:
        return paragraphs(
            fill("<b>Mở lại ngày {day}</b>", day=self.day(day)),
            lines(
                fill("Cho: {whom}", whom=self.whom(unit)),
                fill(
                    "Trong {hours} giờ kể từ lúc bấm (khoảng đến {until})",
                    hours=hours,
                    until=self.moment_of(until, today),
                ),
                fill("Lý do: {reason}", reason=reason),
            ),
            "Báo cáo gửi lúc này vẫn ghi là muộn. Người của đơn vị sẽ nhận được tin.",
            fill("Chưa mở. Đồng chí xem lại rồi bấm {reopen}.", reopen=self.reopen),
        )

    def reopened(self, day: date, unit: Unit | None, until: datetime, units: int) -> Html:
        return fill(
            "🔓 <b>Đã mở lại ngày {day}</b> cho {whom}, đến {until}. "
            "Số đơn vị được mở: {units}; người phụ trách đã được nhắn.",
            day=self.day(day),
            whom=self.whom(unit),
            until=self.moment(until),
            units=units,
        )

    def reopened_for_you(self, day: date, until: datetime, reason: str) -> Html:
        return fill(
            "🔓 Ngày {day} được mở lại đến {until}. Lý do: {reason}",
            day=self.day(day),
            until=self.moment(until),
            reason=reason,
        )

    def still_open(self, day: date, until: datetime) -> Html:
        return fill(
            "Ngày {day} đang nhận báo cáo đến {until}, không cần mở lại.",
            day=self.day(day),
            until=self.moment_of(until, day),
        )

    def not_yet(self, day: date) -> Html:
        return fill("Ngày {day} chưa đến nên không cần mở lại.", day=self.day(day))

    def before_first_day(self, day: date, first_day: date) -> Html:
        return fill(
            "Ngày {day} chưa dùng hệ thống: báo cáo tính từ ngày {first}.",
            day=self.day(day),
            first=self.day(first_day),
        )

    def exempt_not_reopened(self, day: date, reason: str) -> Html:
        return fill(
            "Ngày {day} đơn vị được miễn báo cáo ({reason}) nên không mở lại.",
            day=self.day(day),
            reason=reason,
        )

    def unit_not_there(self, day: date) -> Html:
        return fill(
            "Ngày {day} không có đơn vị này trong danh sách. Đồng chí chọn lại: /lich",
            day=self.day(day),
        )

    def nothing_to_reopen(self, day: date) -> Html:
        return fill("Ngày {day} không phải báo cáo nên không mở lại.", day=self.day(day))

    def not_a_locked_day(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu ngày “{typed}”. Đồng chí gõ ngày/tháng, ví dụ: <code>14/3</code>",
            typed=typed[:40],
        )

    card_left = Html("Thẻ này đã cũ, chưa mở lại ngày nào. Đồng chí làm lại từ đầu: /lich")
