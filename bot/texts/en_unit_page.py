"""The words of a unit's page of a month, in English."""

from datetime import date, datetime

from bot.domain.targets import Mark
from bot.domain.trends import Shares
from bot.domain.unit_pages import Attendance, CourseDays, Preparation, UnitPage
from bot.texts.en_words import count as counted
from bot.texts.markup import Html, fill
from bot.texts.vi_unit_page import VietnameseUnitPage


class EnglishUnitPage(VietnameseUnitPage):
    page_coming_toast = "Drawing the page, the picture follows in a moment."
    page_gone_toast = "There are pages of this month and the last one only."
    page_reporting, page_on_time = "Daily duty reports", "On time"
    page_not_asked = "Days without a colour: no report was due."
    page_absences = "Absent by week, % of reported strength"
    page_training = "Training and activities in the month"
    page_no_training = "No sessions in the month."
    page_no_targets = "No targets of the unit's own."
    page_no_exercises = "Nothing open to prepare for an exercise."

    def page_button(self, first: date, last: date) -> str:
        return f"🖼 Page of {self.days(first, last)}"

    def page_month(self, page: UnitPage) -> str:
        return self.days(page.first, page.last)

    def page_as_of(self, as_of: datetime) -> str:
        return f"Figures as of {self.moment(as_of)}"

    def page_days(self, part: int, shares: Shares) -> str:
        if not shares.known:
            return ""
        return f"{part}/{counted(shares.known, 'day')}"

    def page_before(self, part: int, before: Shares) -> str:
        if not before.known:
            return "month before: no figures"
        return f"month before: {self.page_rate(part, before)}"

    def page_attendance(self, told: Attendance) -> str:
        held = f"{told.over}/{counted(told.sessions, 'session')}"
        if not told.over:
            return f"{counted(told.sessions, 'session')} to come"
        if not told.reported:
            return f"{held}, no attendance yet"
        untold = f", {told.unreported} without attendance" if told.unreported else ""
        return f"{held}, {self.page_turnout(told)} came{untold}"

    def page_course(self, told: CourseDays) -> str:
        return f"This year, {self.categories[told.category]}, {self.services[told.service]}"

    def page_course_days(self, told: CourseDays) -> str:
        required = "" if told.required is None else f"/{told.required}"
        untold = f", {counted(told.untold, 'session')} not known" if told.untold else ""
        return f"{self._halves(told.days)}{required} days{untold}"

    def page_targets(self, day: date) -> str:
        return f"Targets, up to {self.day(day)}"

    page_target_keys = (
        (Mark.MET, "met"),
        (Mark.NOT_MET, "not met"),
        (Mark.UNKNOWN, "not known"),
        (Mark.NOTHING, "nothing expected"),
    )

    def page_exercises(self, as_of: datetime) -> str:
        return f"Preparing exercises, as of {self.day(self.local_day(as_of))}"

    def page_preparation(self, told: Preparation) -> str:
        overdue = f", {told.overdue} overdue" if told.overdue else ""
        return f"{told.open}/{counted(len(told.part.items), 'item')} open{overdue}"

    def page_left_out(self, hidden: int) -> str:
        return f"… and {self.number(hidden)} more"

    def page_closing(self, page: UnitPage) -> str:
        begin = "This month the unit" if page.is_over else "So far this month the unit"
        told = [self._reports_in_words(page.shares)]
        if words := self._targets_in_words(page):
            told.append(words)
        if page.overdue:
            overdue = counted(page.overdue, "item")
            told.append(f"{overdue} for exercises {'is' if page.overdue == 1 else 'are'} overdue")
        return f"{begin} {'; '.join(told)}."

    def _reports_in_words(self, shares: Shares) -> str:
        known = shares.known
        if not known:
            return "had no report due"
        if shares.on_time == known:
            return f"reported on time on all {counted(known, 'day')}"
        wrong = [
            f"{name} on {count}"
            for name, count in (("late", shares.late), ("not reported", shares.missing))
            if count
        ]
        return (
            f"reported on time on {shares.on_time} of {counted(known, 'day')}, {', '.join(wrong)}"
        )

    def _targets_in_words(self, page: UnitPage) -> str:
        marks = [target.mark for target in page.targets]
        met, not_met = marks.count(Mark.MET), marks.count(Mark.NOT_MET)
        if not met + not_met:
            return ""
        return f"met {met} of the {counted(met + not_met, 'target')} with figures"

    def page_caption(self, page: UnitPage) -> Html:
        shares = page.shares
        reports = (
            f"daily duty reports on {shares.on_time + shares.late} of {counted(shares.known, 'day')},"
            f" on time {shares.on_time}"
            if shares.known
            else "no report has been due"
        )
        return fill(
            "For your information, {month} of {unit}: {reports}. "
            "<i>The page has summary figures only and no names of people; it may be forwarded.</i>",
            month=self.days(page.first, page.last),
            unit=page.unit.name,
            reports=reports,
        )
