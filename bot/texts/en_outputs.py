"""The workbook and /xuat, in English. The words of the official report stay Vietnamese: so is the report."""

from datetime import date

from bot.domain.measures import Counts
from bot.domain.periods import Period
from bot.domain.summaries import Summary
from bot.texts.en_words import count
from bot.texts.markup import Html, fill
from bot.texts.vi_outputs import VietnameseOutputs


class EnglishOutputs(VietnameseOutputs):
    units_counted = "units"

    # /xuat

    files_only_in_private = Html(
        "The workbook and the report hold the figures of each unit and can be downloaded, "
        "so I send them in private only. Please send me this command in a private message."
    )

    def not_exportable(self, typed: str) -> Html:
        return fill(
            "I do not understand “{typed}”. Please type /xuat with thang (month), quy (quarter) or "
            "nam (year), and a day if needed; for example: {example}",
            typed=typed[:40],
            example="/xuat thang 14/3",
        )

    def making_files(self, first: date, last: date) -> Html:
        return fill(
            "I am making the workbook and the draft report for {days}; "
            "the two files follow this message.",
            days=self.days(first, last),
        )

    def nothing_to_export(self, first: date, last: date) -> Html:
        return fill(
            "There are no figures for {days}, so there are no files. The present period: /xuat",
            days=self.days(first, last),
        )

    file_periods = {Period.MONTH: "month", Period.QUARTER: "quarter", Period.YEAR: "year"}

    def file_name(self, period: Period, first: date, ending: str) -> str:
        number = {
            Period.MONTH: f"-{first.month}",
            Period.QUARTER: f"-{first.month // 3 + 1}",
        }.get(period, "")
        return f"report-{self.file_periods.get(period, period)}{number}-{first.year}.{ending}"

    def workbook_caption(self, summary: Summary) -> Html:
        return fill(
            "Workbook, {days}, {as_of}. {rates}",
            days=self.days(summary.first, summary.last),
            as_of=self.as_of(summary),
            rates=self._caption_rates(summary.counts),
        )

    def report_caption(self, summary: Summary) -> Html:
        return fill(
            "Draft report in Vietnamese, {days}, {as_of}. "
            "Its number is left blank; please check it before it is signed.",
            days=self.days(summary.first, summary.last),
            as_of=self.as_of(summary),
        )

    def _caption_rates(self, counts: Counts) -> str:
        return (
            f"Reported {self.number(counts.actual)}/{self.number(counts.expected)}, "
            f"on time {self.rate(counts.reporting_rate_on_time)}."
        )

    def as_of(self, summary: Summary) -> str:
        return "closed" if summary.is_over else f"as of {self.moment(summary.as_of)}"

    # The workbook

    sheet_totals = "Summary"
    sheet_units = "By unit"
    sheet_days = "By day"
    sheet_absences = "Absences by reason"
    sheet_noted = "Worth noting"

    day_columns = {
        "day": "Day",
        "unit": "Unit",
        "state": "State",
        "first_submitted_at": "First sent at",
        "submitted_by": "Sent by",
        "revision": "Revision",
        "establishment": "Establishment",
        "present": "Present",
        "absences": "Absent",
        "problems": "Problems",
        "late_reason": "Reason for being late",
    }
    total_columns = ("Item", "This period")
    unit_columns = (
        "Unit",
        "Expected",
        "Reported",
        "On time",
        "Late",
        "Not reported",
        "Exempt",
        "Reporting rate",
        "Reporting rate on time",
        "Change (% points)",
        "Problems",
        "Corrected after due",
    )
    absence_columns = (
        "Unit",
        "Establishment",
        "Reports",
        "Days of absence",
        "Mean per report",
    )
    noted_columns = ("Unit", "Worth noting")
    whole = "All"

    expected_reports = "Expected reports"
    reports_came = "Reported"
    reports_on_time = "On time"
    reports_late = "Late"
    reports_missing = "Not reported"
    units_exempt = "Exempt (days of units)"
    rate_of_reports = "Reporting rate"
    rate_on_time = "Reporting rate on time"
    corrected_rows = "Corrected after due"
    nothing_noted = "Nothing unusual."

    def workbook_title(self, summary: Summary) -> str:
        return f"Summary of daily duty reports, {self.days(summary.first, summary.last)}"

    def change_of(self, what: str, period: Period, days: int | None) -> str:
        span = f", over {count(days, 'day')}" if days else ""
        return f"{what} against {self.periods_before[period]}{span} (% points)"

    def problem_count(self, field_key: str) -> str:
        return f"Number of times: {self.reported_problems[field_key]}"

    def days_left_out(self, rows: int, most: int) -> str:
        return (
            f"There is no sheet “{self.sheet_days}” because it would be too long "
            f"({count(rows, 'row')}, at most {self.number(most)}); "
            "to get it: trucbao export --out name.csv"
        )

    absences_explained = "Days of absence: one person absent for three days counts three."
    page_of = "Page &P/&N"
