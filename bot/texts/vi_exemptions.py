"""Days on which no report is owed, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.calendar import Exemption
from bot.domain.exempting import Span
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_plans import VietnamesePlans, capital

# With reasons of full length these fit into one message.
SHOWN = 15


class VietnameseExemptions(VietnamesePlans):
    add_exemption = "➕ Thêm"
    undo = "↩️ Hoàn tác"
    other_days = "✏️ Ngày khác"
    exemption_list = "📋 Danh sách miễn báo cáo"
    choose_exempt_unit = Html("Miễn báo cáo cho đơn vị nào?")

    def today_button(self, day: date) -> str:
        return f"Hôm nay {self.short_day(day)}"

    def tomorrow_button(self, day: date) -> str:
        return f"Ngày mai {self.short_day(day)}"

    def each_weekday_button(self, weekday: str) -> str:
        return f"Mỗi {self.full_weekday_names[weekday]}"

    def span(self, span: Span) -> str:
        if span.last is None:
            each = (
                f"mỗi {self.full_weekday_names[next(iter(span.weekdays))]}"
                if len(span.weekdays) == 1
                else self.weekdays(span.weekdays)
            )
            return f"{each} từ ngày {self.day(span.first)}"
        if span.last == span.first:
            return f"ngày {self.day(span.first)}"
        return f"từ {self.day(span.first)} đến hết {self.day(span.last)}"

    def exemptions(self, listed: Sequence[tuple[Exemption, Unit | None]]) -> Html:
        if not listed:
            return paragraphs(Html("<b>Miễn báo cáo</b>"), "Hiện không có ngày hay đơn vị nào.")
        return paragraphs(
            Html("<b>Miễn báo cáo</b>"),
            lines(*(self.exemption(held, unit) for held, unit in listed[:SHOWN])),
            f"… và {len(listed) - SHOWN} mục khác." if len(listed) > SHOWN else "",
            "Bấm ❌ để kết thúc.",
        )

    def exemption(self, held: Exemption, unit: Unit | None) -> Html:
        ended = f" (hết từ {self.day(held.ended_on)})" if held.ended_on else ""
        return fill(
            "{whom}: {days}{ended} – {reason}",
            whom=capital(self.whom(unit)),
            days=self.span(Span(held.first, held.last, held.weekdays)),
            ended=ended,
            reason=held.reason,
        )

    def end_exemption_button(self, held: Exemption, unit: Unit | None) -> str:
        days = self.span(Span(held.first, held.last, held.weekdays))
        return f"❌ {unit.short_name if unit else 'Tất cả'}: {days}"

    def choose_exempt_days(self, unit: Unit | None) -> Html:
        return fill("Miễn báo cáo cho {whom}, ngày nào?", whom=self.whom(unit))

    def ask_exempt_days(self, unit: Unit | None) -> Html:
        return fill(
            "Miễn báo cáo cho {whom}: đồng chí gõ ngày, hoặc từ ngày đến ngày, "
            "ví dụ: <code>30/4-3/5</code>",
            whom=self.whom(unit),
        )

    def ask_exempt_reason(self, unit: Unit | None, span: Span) -> Html:
        return fill(
            "Miễn báo cáo cho {whom}, {days}. Đồng chí gõ lý do, ví dụ: nghỉ lễ",
            whom=self.whom(unit),
            days=self.span(span),
        )

    def exempted(self, held: Exemption, unit: Unit | None, *, holds_today: bool) -> Html:
        return paragraphs(
            fill(
                "✅ <b>Đã miễn báo cáo</b> cho {whom}, {days}.\nLý do: {reason}",
                whom=self.whom(unit),
                days=self.span(Span(held.first, held.last, held.weekdays)),
                reason=held.reason,
            ),
            "Hôm nay không nhắc nữa; phiếu đang mở đã được đóng." if holds_today else "",
            fill("Nếu nhầm, đồng chí bấm {undo} trong 10 phút.", undo=self.undo),
        )

    def exemption_undone(self, held: Exemption, unit: Unit | None) -> Html:
        return fill(
            "↩️ Đã bỏ miễn báo cáo cho {whom}, {days}: đơn vị báo cáo như thường.",
            whom=self.whom(unit),
            days=self.span(Span(held.first, held.last, held.weekdays)),
        )

    def exemption_ended(self, held: Exemption, unit: Unit | None, day: date, today: date) -> Html:
        why = ""
        if day == today + timedelta(days=1) and held.first <= today:
            why = " Hôm nay vẫn được miễn, vì giờ báo cáo đã mở."
        return fill(
            "Miễn báo cáo cho {whom} ({reason}) kết thúc {since}: từ ngày đó báo cáo như thường.{why}",
            whom=self.whom(unit),
            reason=held.reason,
            since=self.since(day, today),
            why=why,
        )

    def exemption_taken_back(self, day: date) -> Html:
        return fill(
            "Việc miễn báo cáo ngày {day} vừa được bỏ: đơn vị vẫn báo cáo.", day=self.day(day)
        )

    too_late_to_end = Html(
        "Hôm nay là ngày miễn cuối cùng và giờ báo cáo đã mở, nên đơn vị vẫn được miễn hôm nay."
    )
    exemption_over = "Việc miễn này đã kết thúc trước đó."

    def not_exempt_days(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu ngày “{typed}”. Ví dụ: <code>30/4</code> hoặc <code>30/4-3/5</code>",
            typed=typed[:40],
        )

    def not_exempt_command(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu “{typed}”. Ví dụ: <code>/miengiam 30/4-3/5 An Sơn: nghỉ lễ</code>; "
            "hoặc gõ /miengiam rồi bấm nút.",
            typed=typed[:40],
        )

    def exempt_without_reason(self, limit: int) -> Html:
        return fill(
            "Sau dấu hai chấm phải có lý do, nhiều nhất {limit} ký tự. "
            "Ví dụ: <code>/miengiam 30/4-3/5 An Sơn: nghỉ lễ</code>",
            limit=limit,
        )

    def past_exemption(self, day: date) -> Html:
        return fill(
            "Ngày {day} đã qua nên không miễn được: số liệu ngày đã chốt giữ nguyên. "
            "Nếu là năm khác, đồng chí gõ cả năm.",
            day=self.day(day),
        )

    def locked_exemption(self, day: date) -> Html:
        return fill(
            "Ngày {day} đã chốt nên không miễn được: số liệu ngày đã chốt giữ nguyên.",
            day=self.day(day),
        )

    def days_out_of_order(self, day: date) -> Html:
        return fill(
            "Ngày đầu {day} sau ngày cuối. Đồng chí gõ lại, ngày đầu trước.", day=self.day(day)
        )

    exempt_already = Html("Đơn vị đã được miễn đúng những ngày này. Xem danh sách: /miengiam")
