"""The workbook, the official report and /xuat, in Vietnamese."""

from collections.abc import Sequence
from datetime import date

from bot.domain.measures import Counts, Problem, UnitDay
from bot.domain.periods import Period
from bot.domain.summaries import Summary, UnitTotal
from bot.domain.units import Unit
from bot.texts.markup import Html, fill
from bot.texts.vi_period import VietnamesePeriod
from bot.texts.vi_summary import VietnameseSummary

# Characters of a person's own words, and of a name, in an official report.
_LONGEST_WORDS = 200
_LONGEST_NAME = 80
_DAYS_NAMED = 10
_FEBRUARY = 2


class VietnameseOutputs(VietnameseSummary, VietnamesePeriod):
    # /xuat

    files_only_in_private = Html(
        "Bảng tính và báo cáo có số liệu của từng đơn vị, tải về được, nên tôi chỉ gửi riêng. "
        "Đồng chí nhắn riêng cho tôi lệnh này."
    )

    def not_exportable(self, typed: str) -> Html:
        return fill(
            "Tôi không hiểu “{typed}”. Đồng chí gõ /xuat kèm thang, quy hoặc nam, "
            "và một ngày nếu cần; ví dụ: {example}",
            typed=typed[:40],
            example="/xuat thang 14/3",
        )

    def making_files(self, first: date, last: date) -> Html:
        return fill(
            "Tôi đang lập bảng tính và dự thảo báo cáo {days}; hai tệp gửi ngay sau tin này.",
            days=self.days(first, last),
        )

    def nothing_to_export(self, first: date, last: date) -> Html:
        return fill(
            "Chưa có số liệu {days} nên không có tệp nào. Kỳ này: /xuat",
            days=self.days(first, last),
        )

    file_periods = {Period.MONTH: "thang", Period.QUARTER: "quy", Period.YEAR: "nam"}

    def file_name(self, period: Period, first: date, ending: str) -> str:
        """Without diacritics: not every phone and computer shows them in names of files."""
        number = {
            Period.MONTH: f"-{first.month}",
            Period.QUARTER: f"-{first.month // 3 + 1}",
        }.get(period, "")
        return f"bao-cao-{self.file_periods.get(period, period)}{number}-{first.year}.{ending}"

    def workbook_caption(self, summary: Summary) -> Html:
        return fill(
            "Bảng tính {days}, {as_of}. {rates}",
            days=self.days(summary.first, summary.last),
            as_of=self.as_of(summary),
            rates=self._caption_rates(summary.counts),
        )

    def report_caption(self, summary: Summary) -> Html:
        return fill(
            "Dự thảo báo cáo {days}, {as_of}. Số văn bản để trống; đồng chí xem lại trước khi ký.",
            days=self.days(summary.first, summary.last),
            as_of=self.as_of(summary),
        )

    def _caption_rates(self, counts: Counts) -> str:
        return (
            f"Báo cáo {self.number(counts.actual)}/{self.number(counts.expected)}, "
            f"đúng hạn {self.rate(counts.reporting_rate_on_time)}."
        )

    def as_of(self, summary: Summary) -> str:
        return "đã chốt" if summary.is_over else f"tính đến {self.moment(summary.as_of)}"

    # The workbook

    sheet_totals = "Tổng hợp"
    sheet_units = "Từng đơn vị"
    sheet_days = "Từng ngày"
    sheet_absences = "Vắng theo lý do"
    sheet_noted = "Đáng chú ý"

    day_columns = {
        "day": "Ngày",
        "unit": "Đơn vị",
        "state": "Trạng thái",
        "first_submitted_at": "Gửi lần đầu lúc",
        "submitted_by": "Người gửi",
        "revision": "Bản thứ",
        "establishment": "Biên chế",
        "present": "Có mặt",
        "absences": "Vắng",
        "problems": "Vấn đề",
        "late_reason": "Lý do muộn",
    }
    total_columns = ("Nội dung", "Kỳ này")
    unit_columns = (
        "Đơn vị",
        "Phải gửi",
        "Đã gửi",
        "Đúng hạn",
        "Muộn",
        "Chưa gửi",
        "Được miễn",
        "Tỷ lệ gửi",
        "Tỷ lệ đúng hạn",
        "Tăng, giảm (điểm %)",
        "Vấn đề",
        "Sửa sau hạn",
    )
    absence_columns = (
        "Đơn vị",
        "Biên chế",
        "Số báo cáo",
        "Tổng lượt vắng",
        "Bình quân một báo cáo",
    )
    noted_columns = ("Đơn vị", "Điều đáng chú ý")
    whole = "Toàn bộ"

    expected_reports = "Báo cáo phải gửi"
    reports_came = "Đã gửi"
    reports_on_time = "Đúng hạn"
    reports_late = "Muộn"
    reports_missing = "Chưa gửi"
    units_exempt = "Lượt được miễn"
    rate_of_reports = "Tỷ lệ gửi báo cáo"
    rate_on_time = "Tỷ lệ gửi đúng hạn"
    corrected_rows = "Sửa sau hạn"
    nothing_noted = "Không có điều gì khác thường."
    no_dash = "–"

    def workbook_title(self, summary: Summary) -> str:
        return f"Tổng hợp báo cáo trực ngày, {self.days(summary.first, summary.last)}"

    def as_of_line(self, summary: Summary) -> str:
        told = self.as_of(summary)
        return told[0].upper() + told[1:]

    def change_of(self, what: str, period: Period, days: int | None) -> str:
        span = f", {self.number(days)} ngày đầu" if days else ""
        return f"{what} so với {self.periods_before[period]}{span} (điểm %)"

    def problem_count(self, field_key: str) -> str:
        told = self.reported_problems[field_key]
        return f"Số lần {told}"

    def days_left_out(self, rows: int, most: int) -> str:
        return (
            f"Trang “{self.sheet_days}” không có vì quá dài ({self.number(rows)} dòng, nhiều nhất "
            f"{self.number(most)}); lấy bằng: trucbao export --out tên.csv"
        )

    absences_explained = "Lượt vắng: một người vắng ba ngày là ba lượt."
    page_of = "Trang &P/&N"

    # The official report

    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto = "Độc lập - Tự do - Hạnh phúc"
    draft = "DỰ THẢO"
    report_kind = "BÁO CÁO"
    blank_place = "…………"
    recipients_title = "Nơi nhận:"
    archive = "- Lưu: VT, …"
    report_table_columns = (
        "TT",
        "Đơn vị",
        "Phải gửi",
        "Đã gửi",
        "Đúng hạn",
        "Muộn",
        "Chưa gửi",
        "Tỷ lệ đúng hạn",
    )

    def report_number(self, symbol: str) -> str:
        return f"Số: …/{symbol}"

    def place_and_date(self, place: str, day: date) -> str:
        """Days under 10 and the months 1 and 2 have a zero before them, so that none is added."""
        month = f"{day.month:02}" if day.month <= _FEBRUARY else f"{day.month}"
        return f"{place or self.blank_place}, ngày {day.day:02} tháng {month} năm {day.year}"

    def report_subject(self, summary: Summary) -> str:
        days = self._days_in_words(summary)
        return f"Kết quả thực hiện chế độ báo cáo trực ngày {days}"

    def _days_in_words(self, summary: Summary) -> str:
        if summary.first == summary.last:
            return self.day(summary.first)
        return self.days(summary.first, summary.last)

    def report_opening(self, body: str, summary: Summary) -> str:
        return (
            f"{body} báo cáo kết quả thực hiện chế độ báo cáo trực ngày của các đơn vị "
            f"{self._days_in_words(summary)} ({self.as_of(summary)}) như sau:"
        )

    results_title = "1. Kết quả chung"
    units_title = "2. Kết quả từng đơn vị"
    problems_title = "3. An toàn; an ninh chính trị, trật tự xã hội"
    silent_title = "4. Báo cáo muộn và chưa gửi"
    recommendations_title = "5. Kiến nghị của các đơn vị"
    no_problems_reported = "Các đơn vị đã gửi báo cáo không nêu vấn đề nào."
    nobody_silent = "Không có báo cáo muộn hoặc chưa gửi."
    units_counted = "đơn vị"
    no_recommendations = "Không có kiến nghị."

    def report_results(self, counts: Counts, exempt: int) -> str:
        excused = f" Được miễn {self.number(exempt)} lượt." if exempt else ""
        return (
            f"Phải gửi {self.number(counts.expected)} báo cáo; "
            f"đã gửi {self.number(counts.actual)} ({self.rate(counts.reporting_rate)}), "
            f"đúng hạn {self.number(counts.on_time)} ({self.rate(counts.reporting_rate_on_time)}), "
            f"muộn {self.number(counts.late)}, chưa gửi {self.number(counts.missing)}.{excused}"
        )

    def units_left_out(self, shown: int, hidden: int) -> str:
        return (
            f"Bảng ghi {self.number(shown)} đơn vị muộn và thiếu nhiều nhất; "
            f"{self.number(hidden)} đơn vị khác xem bảng tính kèm theo."
        )

    def reported_problem(self, day: date, problem: Problem) -> str:
        what = self.reported_problems[problem.field_key]
        return f"- Ngày {self.short_day(day)}, {self._name(problem.unit)}: {what}."

    def reports_left_open(self, field_key: str, number: int) -> str:
        question = self.open_questions[field_key]
        return f"- Có {self.number(number)} báo cáo chưa nêu tình hình {question}."

    def silent_unit(self, unit: Unit, late: Sequence[UnitDay], missing: Sequence[UnitDay]) -> str:
        told = [
            f"{word} {self.number(len(found))} ({self._named_days(found)})"
            for word, found in (("muộn", late), ("chưa gửi", missing))
            if found
        ]
        return f"- {self._name(unit, begins=True)}: {'; '.join(told)}."

    def recommended(self, unit_day: UnitDay, words: str) -> str:
        told = self.brief(words, _LONGEST_WORDS).rstrip(".")
        return f"- {self._name(unit_day.unit, begins=True)} (ngày {self.short_day(unit_day.day)}): {told}."

    def more_of(self, hidden: int, what: str) -> str:
        return f"- Còn {self.number(hidden)} {what} khác, xem bảng tính kèm theo."

    def report_end(self, summary: Summary) -> str:
        return f"Trên đây là kết quả thực hiện chế độ báo cáo trực ngày {self._days_in_words(summary)}./."

    def table_name(self, total: UnitTotal) -> str:
        return self._name(total.unit, begins=True)

    def _name(self, unit: Unit, *, begins: bool = False) -> str:
        name = self.brief(unit.name, _LONGEST_NAME)
        return name[:1].upper() + name[1:] if begins else name

    def _named_days(self, found: Sequence[UnitDay]) -> str:
        shown = ", ".join(self.short_day(d.day) for d in found[:_DAYS_NAMED])
        return f"{shown}, …" if len(found) > _DAYS_NAMED else shown
