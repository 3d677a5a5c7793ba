"""The words of a unit's page of a month, made to be forwarded to a chairman, in Vietnamese."""

from datetime import date, datetime
from fractions import Fraction

from bot.domain.standings import Muster
from bot.domain.targets import Mark
from bot.domain.trends import Shares
from bot.domain.unit_pages import Attendance, CourseDays, OwnTarget, Preparation, UnitPage
from bot.texts.markup import Html, fill
from bot.texts.vi_activities import VietnameseActivities
from bot.texts.vi_checklists import VietnameseChecklists
from bot.texts.vi_target_words import VietnameseTargetWords
from bot.texts.vi_trend import VietnameseTrend


class VietnameseUnitPage(
    VietnameseTrend, VietnameseTargetWords, VietnameseActivities, VietnameseChecklists
):
    page_coming_toast = "Đang vẽ trang, ảnh đến sau giây lát."
    page_gone_toast = "Chỉ có trang của tháng này và tháng trước."
    page_reporting, page_on_time = "Báo cáo trực ngày", "Đúng hạn"
    page_not_asked = "Ô không màu: ngày không phải báo cáo."
    page_absences = "Vắng theo tuần, % quân số báo cáo"
    page_training = "Huấn luyện, hoạt động trong tháng"
    page_no_training = "Không có buổi nào trong tháng."
    page_no_targets = "Không có chỉ tiêu nào của riêng đơn vị."
    page_no_exercises = "Không có việc chuẩn bị diễn tập nào đang mở."

    def page_button(self, first: date, last: date) -> str:
        return f"🖼 Trang {self.days(first, last)}"

    def page_month(self, page: UnitPage) -> str:
        return f"Tháng {page.first.month}/{page.first.year}"

    def page_as_of(self, as_of: datetime) -> str:
        return f"Số liệu lúc {self.moment(as_of)}"

    def page_rate(self, part: int, shares: Shares) -> str:
        return self.rate(part / shares.known if shares.known else None)

    def page_days(self, part: int, shares: Shares) -> str:
        if not shares.known:
            return ""
        return f"{part}/{shares.known} ngày"

    def page_before(self, part: int, before: Shares) -> str:
        if not before.known:
            return "tháng trước: không có số liệu"
        return f"tháng trước: {self.page_rate(part, before)}"

    def page_absent(self, muster: Muster) -> str:
        return self.absent_share(muster) if muster.days else self.rate(None)

    def page_attendance(self, told: Attendance) -> str:
        """How many of the sessions are over, and what share came to those that are reported."""
        held = f"{told.over}/{told.sessions} buổi"
        if not told.over:
            return f"{told.sessions} buổi sắp tới"
        if not told.reported:
            return f"{held}, chưa điểm danh"
        untold = f", {told.unreported} buổi chưa điểm danh" if told.unreported else ""
        return f"{held}, dự {self.page_turnout(told)}{untold}"

    def page_turnout(self, told: Attendance) -> str:
        if self.in_percent:
            muster = Muster(told.liable, told.liable - told.present, told.reported)
            is_small = self.absent_share(muster) == self.rate(None)
            return self.rate(None) if is_small else self.share(told.present, told.liable)
        return self.rate(told.present / told.liable if told.liable else None)

    def page_course(self, told: CourseDays) -> str:
        return f"Trong năm, {self.categories[told.category]}, {self.services[told.service]}"

    def page_course_days(self, told: CourseDays) -> str:
        required = "" if told.required is None else f"/{told.required}"
        untold = f", {told.untold} buổi chưa rõ" if told.untold else ""
        return f"{self._halves(told.days)}{required} ngày{untold}"

    def _halves(self, days: Fraction) -> str:
        return f"{float(days):g}".replace(".", self.decimal_mark)

    def page_targets(self, day: date) -> str:
        return f"Chỉ tiêu, đến {self.day(day)}"

    def page_target(self, told: OwnTarget) -> str:
        """The unit's value, with what is asked of a share, and what is counted in a count."""
        target = told.standing.target
        value = self.unit_figure_value(target, told.figure)
        if target.unit_of_measure.is_share and not target.measure.is_yes_or_no:
            return f"{value} / {self.asked_value(target)}"
        is_counted = told.figure.is_known and not target.measure.is_yes_or_no
        return (
            f"{value} {self.target_units[target.unit_of_measure]}".strip() if is_counted else value
        )

    page_target_keys = (
        (Mark.MET, "đạt"),
        (Mark.NOT_MET, "chưa đạt"),
        (Mark.UNKNOWN, "chưa rõ"),
        (Mark.NOTHING, "chưa phát sinh"),
    )

    def page_exercises(self, as_of: datetime) -> str:
        return f"Chuẩn bị diễn tập, đến {self.day(self.local_day(as_of))}"

    def page_exercise(self, told: Preparation) -> str:
        readiness = told.readiness
        return f"{self.exercise_name(readiness)}, {self.day(readiness.exercise.day)}"

    def page_preparation(self, told: Preparation) -> str:
        overdue = f", quá hạn {told.overdue}" if told.overdue else ""
        return f"còn {told.open}/{len(told.part.items)} mục{overdue}"

    def page_left_out(self, hidden: int) -> str:
        return f"… và {self.number(hidden)} mục khác"

    # One line in words

    def page_closing(self, page: UnitPage) -> str:
        """The month in a sentence: what is known of it, and only that."""
        begin = "Tháng này đơn vị" if page.is_over else "Tháng này, đến nay, đơn vị"
        told = [self._reports_in_words(page.shares)]
        if words := self._targets_in_words(page):
            told.append(words)
        if page.overdue:
            told.append(f"còn {self.number(page.overdue)} việc chuẩn bị diễn tập quá hạn")
        return f"{begin} {'; '.join(told)}."

    def _reports_in_words(self, shares: Shares) -> str:
        known = shares.known
        if not known:
            return "chưa có ngày nào phải báo cáo"
        if shares.on_time == known:
            return f"báo cáo đủ và đúng hạn cả {known} ngày"
        wrong = [
            f"{name} {count} ngày"
            for name, count in (("muộn", shares.late), ("chưa báo cáo", shares.missing))
            if count
        ]
        return f"báo cáo đúng hạn {shares.on_time}/{known} ngày, {', '.join(wrong)}"

    def _targets_in_words(self, page: UnitPage) -> str:
        marks = [target.mark for target in page.targets]
        met, not_met = marks.count(Mark.MET), marks.count(Mark.NOT_MET)
        if not met + not_met:
            return ""
        return f"đạt {met}/{met + not_met} chỉ tiêu đã có số liệu"

    def page_caption(self, page: UnitPage) -> Html:
        """For whoever gets it forwarded; who may forward it reads that it may be."""
        shares = page.shares
        reports = (
            f"báo cáo trực ngày {shares.on_time + shares.late}/{shares.known} ngày,"
            f" đúng hạn {shares.on_time}"
            if shares.known
            else "chưa có ngày nào phải báo cáo"
        )
        return fill(
            "Kính gửi đồng chí, đây là tình hình {month} của {unit}: {reports}. "
            "<i>Trang chỉ có số liệu tổng hợp, không có tên người, chuyển tiếp được.</i>",
            month=self.days(page.first, page.last),
            unit=page.unit.name,
            reports=reports,
        )
