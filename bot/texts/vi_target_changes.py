"""Changes of what is asked, in Vietnamese."""

from datetime import date
from fractions import Fraction

from bot.domain.targets import Target
from bot.texts.markup import Html, fill
from bot.texts.vi_target_words import VietnameseTargetWords


class VietnameseTargetChanges(VietnameseTargetWords):
    revise_target = "✏️ Đổi giá trị"
    end_target = "⏹ Kết thúc chỉ tiêu"
    confirm_end_target = "⏹ Kết thúc từ hôm nay"
    save_target = "✔️ Lưu"
    not_a_revision = Html(
        "Tôi cần giá trị mới rồi đến ngày bắt đầu, từ hôm nay trở đi, ví dụ: 96 1/1/2027. "
        "Bỏ qua: /huy"
    )

    def _asked(self, target: Target) -> str:
        unit = "" if target.unit_of_measure.is_share else self.target_units[target.unit_of_measure]
        asked = self.asked_value(target)
        return f"{asked} {unit}".strip() if target.value is not None else asked

    def ask_revision(self, target: Target) -> Html:
        return fill(
            "<b>{short}</b>: chỉ tiêu đang là {asked}. Đồng chí gõ giá trị mới rồi đến ngày bắt đầu, "
            "ví dụ: 96 1/1/2027. Các ngày trước giữ nguyên chỉ tiêu cũ. Bỏ qua: /huy",
            short=self.target_short(target),
            asked=self._asked(target),
        )

    def revision_card(self, target: Target, value: Fraction, day: date) -> Html:
        return fill(
            "<b>{short}</b>: {before} → <b>{after}</b>, từ {day}. Lưu?",
            short=self.target_short(target),
            before=self._number_of(target.value or Fraction(0)),
            after=self._number_of(value),
            day=self.day(day),
        )

    def ask_end_target(self, target: Target) -> Html:
        return fill(
            "Kết thúc chỉ tiêu <b>{short}</b> từ hôm nay? Các ngày trước vẫn tính theo chỉ tiêu này.",
            short=self.target_short(target),
        )

    def target_revised(self, target: Target, day: date) -> Html:
        return fill(
            "Đã lưu chỉ tiêu mới của {short} từ {day}.",
            short=self.target_short(target),
            day=self.day(day),
        )

    def target_ended(self, target: Target) -> Html:
        return fill("Đã kết thúc chỉ tiêu {short}.", short=self.target_short(target))
