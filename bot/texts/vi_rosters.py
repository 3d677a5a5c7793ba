"""Rosters of codes, in Vietnamese."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.domain.courses import RosterMember
from bot.domain.rosters import (
    LARGEST_ROSTER,
    LONGEST_CODE,
    BadCodeError,
    BadRosterDayError,
    CodeError,
    CodeTwiceError,
    InvalidRosterError,
    NoServiceDayError,
    NotOnRosterError,
    PastRosterDayError,
    ServesLaterError,
    TooManyCodesError,
)
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, own_words, paragraphs
from bot.texts.vi_activities import VietnameseActivities


class VietnameseRosters(VietnameseActivities):
    rosters = "🪪 Danh sách người theo mã"
    add_codes = "➕ Thêm mã"
    end_codes = "➖ Cho thôi"
    roster_units = "↩️ Đơn vị khác"
    to_roster = "↩️ Quay lại"
    choose_roster_unit = Html(
        "<b>Danh sách người theo mã</b>\nChỉ có mã, không có tên. Đồng chí chọn đơn vị:"
    )
    roster_changed = Html("Đã ghi.")
    roster_unit_gone = Html("Đơn vị này không còn.")
    _no_codes = Html("Chưa có mã nào.")
    _codes_hidden = Html("Ở chế độ tỷ lệ, mã không được liệt kê.")

    def roster(
        self, unit: Unit, members: Sequence[RosterMember], shown: Sequence[RosterMember], day: date
    ) -> Html:
        """The unit's roster; `shown` are those of this page, those of a kind together."""
        if self.in_percent:
            return paragraphs(self._roster_title(unit), self._codes_hidden)
        now = sum(member.is_on(day) for member in members)
        return paragraphs(
            lines(
                self._roster_title(unit),
                self._on_roster(now) if members else self._no_codes,
            ),
            lines(
                *(
                    fill(
                        self._roster_line,
                        category=self.categories[category],
                        since=self.day(since),
                        codes=own_words(", ".join(self._code(m, day) for m in alike)),
                    )
                    for (category, since), alike in groupby(
                        shown, key=lambda m: (m.category, m.served_since)
                    )
                )
            ),
        )

    _roster_line = "• {category}, vào {since}: {codes}"

    def _roster_title(self, unit: Unit) -> Html:
        return fill("<b>Danh sách {unit}</b>", unit=unit.name)

    def _on_roster(self, number: int) -> Html:
        return fill("Hôm nay: {n} người", n=self.number(number))

    def _code(self, member: RosterMember, day: date) -> str:
        if member.valid_from > day:
            return f"{member.code} ({self._from.format(self.day(member.valid_from))})"
        if member.valid_to:
            return f"{member.code} ({self._ends.format(self.day(member.valid_to))})"
        return member.code

    _from = "từ {}"
    _ends = "thôi từ {}"

    def choose_roster_category(self, unit: Unit) -> Html:
        return fill("<b>Danh sách {unit}</b>\nThêm người của lực lượng nào?", unit=unit.name)

    def ask_codes(self, unit: Unit, category: str, day: date) -> Html:
        return paragraphs(
            fill(
                "<b>Danh sách {unit}, {category}</b>\nMời đồng chí gõ ngày bắt đầu phục vụ, rồi các mã "
                "của những người cùng ngày đó. Ví dụ:",
                unit=unit.name,
                category=self.categories[category],
            ),
            Html(
                f"<code>01/02/{day.year - 2}: DQ01, DQ02\n01/03/{day.year}: DQ03</code>",
            ),
            fill(
                "Có mặt trong danh sách từ hôm nay; nếu từ ngày khác, gõ dòng đầu <code>từ {day}</code>. "
                "Khóa huấn luyện lấy người theo danh sách của ngày đầu khóa.",
                day=self.short_day(day),
            ),
        )

    def ask_codes_to_end(self, unit: Unit, day: date) -> Html:
        return fill(
            "<b>Danh sách {unit}</b>\nMời đồng chí gõ các mã thôi từ hôm nay, ví dụ "
            "<code>DQ01, DQ02</code>; nếu từ ngày khác, gõ dòng đầu <code>từ {day}</code>.",
            unit=unit.name,
            day=self.short_day(day),
        )

    _roster_errors: dict[type[InvalidRosterError], str] = {
        CodeTwiceError: "Mã {code} đã có hoặc gõ hai lần.",
        NotOnRosterError: "Mã {code} không có trong danh sách ngày đó.",
        NoServiceDayError: "Trước mã {code} chưa có ngày bắt đầu phục vụ, ví dụ 01/02/2024.",
        ServesLaterError: "Mã {code}: ngày bắt đầu phục vụ sau ngày vào danh sách.",
        BadCodeError: "“{code}” không phải mã: mã gồm chữ không dấu và số, có ít nhất một chữ số, "
        "tối đa {longest} ký tự; không gõ tên người.",
        BadRosterDayError: "Không đọc được ngày “{typed}”.",
        PastRosterDayError: "Ngày {day} đã qua; danh sách của ngày đã qua không đổi.",
        TooManyCodesError: "Mỗi lần tối đa {most} mã.",
    }
    _no_codes_typed = "Chưa có mã nào."
    _typed_again = "Chưa ghi gì; đồng chí gõ lại cả tin."

    def invalid_roster(self, error: InvalidRosterError) -> Html:
        why = self._roster_errors.get(type(error), self._no_codes_typed)
        return fill(
            f"{why} {self._typed_again}",
            code=error.code if isinstance(error, CodeError) else "",
            typed=error.typed if isinstance(error, BadRosterDayError) else "",
            day=self.day(error.day) if isinstance(error, PastRosterDayError) else "",
            longest=LONGEST_CODE,
            most=LARGEST_ROSTER,
        )
