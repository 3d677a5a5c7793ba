"""Names of things, dates and figures, in English: what forms and summaries both say."""

from datetime import date, datetime

from bot.domain.people import Role
from bot.domain.periods import Period, period
from bot.domain.reports import Author, Report
from bot.texts.vi_words import VietnameseWords


def count(number: int, one: str, many: str = "") -> str:
    """The number with its noun: 1 unit, 2 units; `many` where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


class EnglishWords(VietnameseWords):
    positions = {
        Role.LEADER: "Cdr",
        Role.DEPUTY: "Dep. Cdr",
        Role.ACTING: "Acting Cdr",
        Role.COMMANDER: "Command",
        Role.ADMIN: "Admin",
    }
    roles = {
        Role.LEADER: "Unit commander",
        Role.DEPUTY: "Deputy unit commander",
        Role.ACTING: "Acting unit commander",
        Role.COMMANDER: "Higher command",
        Role.ADMIN: "Administrator",
    }
    no_reason_given = "not stated"
    reasons = {
        "leave": "on leave",
        "short_leave": "short leave",
        "sick": "sick",
        "on_mission": "on mission",
        "studying": "studying",
        "other": "other",
        "excellent": "excellent",
        "good": "good",
        "pass": "pass",
        "fail": "fail",
    }
    field_names = {
        "duty_commander": "Duty commander",
        "absent": "Absent",
        "safety": "Safety of people, weapons, vehicles",
        "order": "Political security, social order",
        "work": "Work today",
        "tomorrow": "Work tomorrow",
        "recommendation": "Recommendations",
        "completed": "Completed",
        "grades": "Results",
        "has_committee": "Committee of the party cell",
        "members": "Party members/people of the militia",
        "has_office": "Solid office of the ward command",
    }
    option_names = {
        "duty_commander": {
            "commander": "Commander",
            "political_officer": "Political officer",
            "deputy": "Deputy commander",
            "political_deputy": "Deputy political officer",
        }
    }
    report_names = {
        "duty": "Daily duty report",
        "attendance": "Attendance",
        "course_result": "Results of the course",
        "party_committee": "Report on the cell's committee",
        "party_members": "Report on party members",
        "office": "Report on the office",
    }

    year = "for"

    def half_year(self, first: date) -> str:
        return f"for the {'first' if first.month == 1 else 'second'} half of {first.year}"

    # Times and figures

    def timeliness(self, report: Report) -> str:
        return "on time" if report.is_on_time else "late"

    def moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M on %d/%m/%Y}"

    def days(self, first: date, last: date) -> str:
        span = (first, last)
        if span == period(Period.YEAR, first):
            return f"year {first.year}"
        if span == period(Period.QUARTER, first):
            return f"Q{first.month // 3 + 1} {first.year}"
        if span == period(Period.MONTH, first):
            return f"{_MONTHS[first.month - 1]} {first.year}"
        begin = self.short_day(first) if first.year == last.year else self.day(first)
        name = "week " if span == period(Period.WEEK, first) else ""
        return f"{name}{begin}–{self.day(last)}"

    def number(self, number: int) -> str:
        return f"{number:,}"

    def rate(self, rate: float | None) -> str:
        """As in Vietnamese, but with a decimal point: 99.9%."""
        return super().rate(rate).replace(",", ".").replace(" %", "%")

    def share(self, part: int, whole: int) -> str:
        return super().share(part, whole).replace(" %", "%")

    def position(self, author: Author) -> str:
        return self.positions[author.role] if author.role else "entered at the duty desk"

    def full_position(self, author: Author) -> str:
        if author.role is Role.ACTING:
            return f"{self.position(author)} on behalf of {self.positions[Role.LEADER]}"
        return self.position(author)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
