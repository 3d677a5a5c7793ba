"""Names, values and files of the resolutions' targets, in Vietnamese."""

from datetime import date, datetime
from fractions import Fraction

from bot.domain.targets import (
    Basis,
    Figure,
    Mark,
    Measure,
    Operator,
    Standing,
    Target,
    TargetState,
    UnitOfMeasure,
)
from bot.texts.markup import Html, fill
from bot.texts.vi_words import VietnameseWords


class VietnameseTargetWords(VietnameseWords):
    target_states = {
        TargetState.NOT_STARTED: "chưa bắt đầu",
        TargetState.UNDER_WAY: "đang làm",
        TargetState.DONE: "xong",
    }
    target_marks = {
        Mark.MET: "✅",
        Mark.NOT_MET: "❌",
        Mark.UNDER_WAY: "⏳",
        Mark.UNKNOWN: "❔",
        Mark.NOTHING: "➖",
    }
    target_mark_names = {
        Mark.MET: "đạt",
        Mark.NOT_MET: "chưa đạt",
        Mark.UNDER_WAY: "đang làm",
        Mark.UNKNOWN: "chưa rõ",
        Mark.NOTHING: "chưa phát sinh",
    }
    target_units = {
        UnitOfMeasure.PERCENT_OF_UNITS: "% đầu mối",
        UnitOfMeasure.PERCENT_OF_PEOPLE: "% quân số",
        UnitOfMeasure.UNITS: "đơn vị",
        UnitOfMeasure.BODIES: "ban, khung",
        UnitOfMeasure.SESSIONS: "buổi",
        UnitOfMeasure.INCIDENTS: "vụ",
        UnitOfMeasure.NONE: "",
    }
    target_bases = {
        Basis.COMPUTED: "tính từ báo cáo và điểm danh",
        Basis.REPORTED: "xã, phường báo cáo",
        Basis.CHECKLIST: "theo danh mục việc chuẩn bị diễn tập",
        Basis.STATUS: "chỉ theo dõi tình trạng, không có số liệu",
    }
    target_measures = {
        Measure.BASES_TRAINED: "đơn vị có khóa huấn luyện đã xong ÷ số đơn vị",
        Measure.PEOPLE_TRAINED: "người hoàn thành ÷ người phải huấn luyện",
        Measure.CONTESTS: "lượt đơn vị tham gia ÷ lượt phải tham gia",
        Measure.MEETS: "lượt đơn vị tham gia ÷ lượt phải tham gia",
        Measure.BRIEFINGS: "đơn vị dự đủ các buổi ÷ số đơn vị",
        Measure.DUTY_REPORTS: "báo cáo đúng hạn ÷ báo cáo phải có",
        Measure.PARTY_COMMITTEE: "chi bộ có cấp ủy ÷ số xã, phường",
        Measure.PARTY_MEMBERS: "đảng viên ÷ quân số DQTV",
        Measure.OFFICE: "Ban CHQS có nhà làm việc ÷ số xã, phường",
        Measure.RESERVIST_REGISTER: "xã, phường đã làm xong ÷ số xã, phường",
        Measure.WARD_EXERCISES: "số đơn vị đã diễn tập",
        Measure.EXERCISE_BODIES: "số ban, khung tập đã thành lập",
        Measure.EXERCISE_STAFF_TRAINING: "số đơn vị đã dự tập huấn",
        Measure.POLITICAL_EDUCATION: "số buổi đã tổ chức",
        Measure.SAFETY: "số báo cáo trực ngày nêu có vấn đề về an toàn",
        Measure.PAST_FINDINGS: "mục đã khắc phục ÷ số mục",
        Measure.FUNDING: "mục đã bảo đảm ÷ số mục",
    }
    target_seconds = {
        Measure.BRIEFINGS: "Lượt dự ÷ lượt phải dự",
        Measure.DUTY_REPORTS: "Báo cáo đã có, kể cả muộn",
    }
    now_is, asked_is, since_is = "Hiện có", "Chỉ tiêu", "Từ"
    untold_is, gap_is = "Chưa có số liệu", "Còn thiếu"
    points = "điểm %"
    percent_sign = " %"
    decimal_mark = ","
    gap_nouns = {
        Measure.PEOPLE_TRAINED: "người",
        Measure.PARTY_MEMBERS: "đảng viên",
        Measure.DUTY_REPORTS: "báo cáo",
        Measure.CONTESTS: "lượt",
        Measure.MEETS: "lượt",
        Measure.POLITICAL_EDUCATION: "buổi",
        Measure.EXERCISE_BODIES: "ban, khung",
        Measure.PAST_FINDINGS: "mục",
        Measure.FUNDING: "mục",
    }
    units_counted_in_gap = "đơn vị"
    not_met_units, untold_units = "Chưa đạt", "Chưa có số liệu"
    not_known = "chưa có số liệu"

    def target_phrase(self, target: Target) -> str:
        return target.phrases["vi"]

    def target_short(self, target: Target) -> str:
        return target.shorts["vi"]

    def asked_value(self, target: Target) -> str:
        """What is asked, such as ≥ 95 %; what is to be done has no number."""
        if target.value is None:
            return "xong" if target.unit_of_measure is not UnitOfMeasure.SESSIONS else "có"
        sign = {Operator.AT_LEAST: "≥ ", Operator.AT_MOST: "≤ "}.get(target.operator, "")
        unit = self.percent_sign if target.unit_of_measure.is_share else ""
        return f"{sign}{self._number_of(target.value)}{unit}"

    def figure_value(self, target: Target, figure: Figure) -> str:
        """A value as people read it, never a number where none is known."""
        if figure.part is None:
            return self.not_known
        if not figure.is_expected:
            return self.rate(None)
        if target.unit_of_measure is UnitOfMeasure.PERCENT_OF_PEOPLE:
            return self._of_people(figure, target)
        if target.unit_of_measure is UnitOfMeasure.PERCENT_OF_UNITS and figure.share is not None:
            return self.rate(float(figure.share))
        if target.unit_of_measure is UnitOfMeasure.NONE and figure.whole is not None:
            return f"{self.number(figure.part)}/{self.number(figure.whole)}"
        return self.number(figure.part)

    def standing_value(self, standing: Standing) -> str:
        if standing.target.measure.basis is Basis.STATUS:
            state = standing.measured.state
            return self.target_states[state] if state else self.not_known
        return self.figure_value(standing.target, standing.measured.figure)

    def unit_figure_value(self, target: Target, figure: Figure) -> str:
        """One unit's value: a single yes or no is told in words."""
        if target.measure.is_yes_or_no:
            if figure.part is None:
                return self.not_known
            return "có" if figure.part else "chưa"
        return self.figure_value(target, figure)

    def _of_people(self, figure: Figure, target: Target) -> str:
        part, whole = figure.part or 0, figure.whole or 0
        if self.in_percent:
            return self.share(part, whole)
        if target.value is not None and target.value.denominator != 1:
            hundredths = Fraction(part * 100, whole)
            return (
                f"{float(int(hundredths * 100)) / 100:.2f}".replace(".", self.decimal_mark)
                + self.percent_sign
            )
        return self.rate(part / whole)

    def _number_of(self, value: Fraction) -> str:
        return f"{float(value):.2f}".rstrip("0").rstrip(".").replace(".", self.decimal_mark)

    # The picture and the files

    targets_title = "Chỉ tiêu nghị quyết"
    coverage_title = "Số chỉ tiêu đạt, theo đơn vị"

    def targets_subtitle(self, day: date, met: int, known: int) -> str:
        return f"Đến {self.day(day)}: đạt {met}/{known} chỉ tiêu có số liệu"

    def targets_caption(self, day: date, at: datetime) -> Html:
        return fill(
            "<b>Chỉ tiêu nghị quyết</b>, đến {day} (lúc {at})",
            day=self.day(day),
            at=self.clock_time(at),
        )

    def target_bar(self, standing: Standing) -> str:
        """Value and target at the end of a bar."""
        return f"{self.standing_value(standing)} / {self.asked_value(standing.target)}"

    def coverage_bar(self, met: int, known: int) -> str:
        return f"{met}/{known}" if known else self.rate(None)

    coverage_left_out = "Còn đơn vị khác trong /chitieu và tệp xuất."
    target_keys = ("đạt", "chưa đạt", "chưa rõ đạt hay chưa", "mức chỉ tiêu")
    sheet_targets = "Chỉ tiêu"
    target_table_columns = ("TT", "Chỉ tiêu", "Mức", "Hiện có", "Kết quả", "Còn thiếu")
    target_columns = {
        "as_of": "Tính đến ngày",
        "key": "Mã",
        "phrase": "Chỉ tiêu",
        "unit": "Đơn vị",
        "operator": "Phép so",
        "target": "Mức",
        "unit_of_measure": "Đơn vị tính",
        "value": "Hiện có",
        "part": "Tử số",
        "whole": "Mẫu số",
        "unknown": "Chưa có số liệu",
        "state": "Kết quả",
        "gap": "Còn thiếu",
        "basis": "Cách đo",
        "source": "Căn cứ",
    }
