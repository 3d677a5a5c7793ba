"""Names of things, dates and figures, in Vietnamese: what forms and summaries both say."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.forms import NOT_STATED, REPORT_TYPES
from bot.domain.people import Role
from bot.domain.periods import Period, period
from bot.domain.reports import Author, Report
from bot.domain.standings import Muster

# No percentage for smaller groups: with so few people it would give away the count.
SMALLEST_GROUP_IN_PERCENT = 10

_ALL_TENTHS = 1000
_HALVES = 2


class VietnameseWords:
    positions = {
        Role.LEADER: "CHT",
        Role.DEPUTY: "Phó CHT",
        Role.ACTING: "Quyền CHT",
        Role.COMMANDER: "Chỉ huy",
        Role.ADMIN: "Quản trị",
    }
    roles = {
        Role.LEADER: "Chỉ huy trưởng đơn vị",
        Role.DEPUTY: "Phó chỉ huy đơn vị",
        Role.ACTING: "Quyền chỉ huy đơn vị",
        Role.COMMANDER: "Chỉ huy cấp trên",
        Role.ADMIN: "Quản trị",
    }
    reasons = {
        "leave": "phép",
        "short_leave": "tranh thủ",
        "sick": "ốm",
        "on_mission": "công tác",
        "studying": "học",
        "other": "khác",
        "excellent": "giỏi",
        "good": "khá",
        "pass": "đạt",
        "fail": "không đạt",
    }
    field_names = {
        "duty_commander": "Trực chỉ huy",
        "absent": "Vắng",
        "completed": "Hoàn thành",
        "grades": "Kết quả",
        "safety": "An toàn người, vũ khí, phương tiện",
        "order": "An ninh chính trị, trật tự xã hội",
        "work": "Việc hôm nay",
        "tomorrow": "Việc ngày mai",
        "recommendation": "Kiến nghị",
        "has_committee": "Chi bộ có cấp ủy",
        "members": "Đảng viên/quân số DQTV",
        "has_office": "Nhà làm việc kiên cố, chính quy",
    }
    option_names = {
        "duty_commander": {
            "commander": "Chỉ huy trưởng",
            "political_officer": "Chính trị viên",
            "deputy": "Phó Chỉ huy trưởng",
            "political_deputy": "Chính trị viên phó",
        }
    }
    report_names = {
        "duty": "Báo cáo trực ngày",
        "attendance": "Điểm danh",
        "course_result": "Kết quả khóa huấn luyện",
        "party_committee": "Báo cáo cấp ủy chi bộ",
        "party_members": "Báo cáo tỷ lệ đảng viên",
        "office": "Báo cáo nhà làm việc",
    }

    def __init__(self, zone: ZoneInfo, *, in_percent: bool = False) -> None:
        self._zone = zone
        self._in_percent = in_percent

    @property
    def in_percent(self) -> bool:
        """Whether strengths are told as shares only, never in heads."""
        return self._in_percent

    # Times and figures

    def day(self, day: date) -> str:
        return f"{day:%d/%m/%Y}"

    def report_day(self, report_type: str, day: date) -> str:
        """What a report is of: a day, or the half-year or year that begins on it."""
        periods = REPORT_TYPES[report_type].periods_a_year
        if not periods or day.day != 1 or (day.month - 1) % (12 // periods):
            return self.day(day)
        return self.half_year(day) if periods == _HALVES else f"{self.year} {day.year}"

    year = "năm"

    def half_year(self, first: date) -> str:
        return f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}"

    def short_day(self, day: date) -> str:
        return f"{day:%d/%m}"

    def clock_time(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M}"

    def moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M ngày %d/%m/%Y}"

    def local_day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def moment_of(self, moment: datetime, day: date) -> str:
        """The clock time alone on its own reporting day, with the date on another."""
        local = moment.astimezone(self._zone)
        return self.clock_time(moment) if local.date() == day else self.moment(moment)

    def days(self, first: date, last: date) -> str:
        """A span of days by its own name, if it is a whole week, month, quarter or year."""
        span = (first, last)
        if span == period(Period.YEAR, first):
            return f"năm {first.year}"
        if span == period(Period.QUARTER, first):
            return f"quý {('I', 'II', 'III', 'IV')[first.month // 3]}/{first.year}"
        if span == period(Period.MONTH, first):
            return f"tháng {first.month}/{first.year}"
        begin = self.short_day(first) if first.year == last.year else self.day(first)
        name = "tuần " if span == period(Period.WEEK, first) else ""
        return f"{name}{begin}–{self.day(last)}"

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", ".")

    def rate(self, rate: float | None) -> str:
        """A share as a percentage with a decimal comma; a dash where nothing was expected.

        Only all is 100 %, and only none is 0 %: 3.320 of 3.321 is 99,9 %.
        """
        if rate is None:
            return "–"
        tenths = between_none_and_all(rate, _ALL_TENTHS)
        return f"{tenths / 10:.1f} %".replace(".", ",").replace(",0 %", " %")

    def share(self, part: int, whole: int) -> str:
        """A share of people as a whole percentage; a dash for a group too small to tell of."""
        if whole < SMALLEST_GROUP_IN_PERCENT:
            return "–"
        return f"{between_none_and_all(part / whole, 100)} %"

    def absent_share(self, muster: Muster) -> str:
        """Absent people of those that units with a known establishment reported on."""
        if self.in_percent:
            # Over many days even a few people add up to many.
            is_small = muster.establishment < SMALLEST_GROUP_IN_PERCENT * muster.days
            return "–" if is_small else self.share(muster.absent, muster.establishment)
        return self.rate(muster.absent / muster.establishment if muster.establishment else None)

    def absences(self, by_reason: Mapping[str, int]) -> str:
        return ", ".join(
            f"{self.absence_reason(reason)} {count}" for reason, count in by_reason.items()
        )

    no_reason_given = "chưa nêu"

    def absence_reason(self, reason: str) -> str:
        return self.no_reason_given if reason == NOT_STATED else self.reasons[reason]

    def position(self, author: Author) -> str:
        return self.positions[author.role] if author.role else "nhập tại trực chỉ huy"

    def timeliness(self, report: Report) -> str:
        return "đúng hạn" if report.is_on_time else "muộn"

    def full_position(self, author: Author) -> str:
        """The position, and for whom an acting leader speaks."""
        if author.role is Role.ACTING:
            return f"{self.position(author)} thay mặt {self.positions[Role.LEADER]}"
        return self.position(author)

    def brief(self, words: str, most: int) -> str:
        """The words, cut to so many characters."""
        return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def between_none_and_all(rate: float, whole: int) -> int:
    """Return the rounded share of `whole`, never rounded up to all or down to none."""
    rounded = round(rate * whole)
    if 0 < rate < 1:
        return min(max(rounded, 1), whole - 1)
    return rounded
