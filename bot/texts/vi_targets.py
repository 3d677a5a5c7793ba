"""Targets of the resolutions and how far they are met, in Vietnamese."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from bot.domain.targets import (
    Basis,
    Figure,
    Mark,
    Measure,
    Operator,
    Scope,
    Standing,
    Target,
    TargetState,
    UnitOfMeasure,
    is_met_by_unit,
    mark_of,
)
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_words import VietnameseWords

_MOST_NAMES = 15


class VietnameseTargets(VietnameseWords):
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
    targets_by_unit = "🏘 Theo đơn vị"
    targets_picture = "🖼 Hình"
    all_targets = "🎯 Các chỉ tiêu"
    report_targets = "✏️ Báo cáo chỉ tiêu"
    revise_target = "✏️ Đổi giá trị"
    end_target = "⏹ Kết thúc chỉ tiêu"
    confirm_end_target = "⏹ Kết thúc từ hôm nay"
    save_target = "✔️ Lưu"
    has_it, has_not = "Có", "Chưa có"
    count_party_members = "Số đảng viên"
    choose_target_unit = Html("Chỉ tiêu của đơn vị nào?")
    no_such_target = Html("Chỉ tiêu này không còn hiệu lực. Xem các chỉ tiêu: /chitieu")
    no_targets = Html("Chưa có chỉ tiêu nào. Quản trị chạy lại lệnh trucbao init trên máy chủ.")
    target_saved_toast = "Đã lưu"
    ask_party_members = Html(
        "Đồng chí gõ <b>số đảng viên/quân số DQTV</b> của đơn vị, ví dụ: 8/27. Bỏ qua: /huy"
    )
    not_two_counts = Html(
        "Tôi cần hai số, số đảng viên không lớn hơn quân số, ví dụ: 8/27. Bỏ qua: /huy"
    )
    not_a_revision = Html(
        "Tôi cần giá trị mới rồi đến ngày bắt đầu, từ hôm nay trở đi, ví dụ: 96 1/1/2027. "
        "Bỏ qua: /huy"
    )

    def target_phrase(self, target: Target) -> str:
        return target.phrases["vi"]

    def target_short(self, target: Target) -> str:
        return target.shorts["vi"]

    def asked_value(self, target: Target) -> str:
        """What is asked, such as ≥ 95 %; what is to be done has no number."""
        if target.value is None:
            return "xong" if target.unit_of_measure is not UnitOfMeasure.SESSIONS else "có"
        sign = {Operator.AT_LEAST: "≥ ", Operator.AT_MOST: "≤ "}.get(target.operator, "")
        unit = " %" if target.unit_of_measure.is_share else ""
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
            return f"{float(int(hundredths * 100)) / 100:.2f} %".replace(".", self.decimal_mark)
        return self.rate(part / whole)

    def _number_of(self, value: Fraction) -> str:
        return f"{float(value):.2f}".rstrip("0").rstrip(".").replace(".", self.decimal_mark)

    # The list

    def targets(self, standings: Sequence[Standing], day: date) -> Html:
        return lines(
            fill("<b>Chỉ tiêu nghị quyết</b>, đến {day}", day=self.day(day)),
            *(
                self._line(n, s, s.mark, self.standing_value(s), with_target=True)
                for n, s in enumerate(standings, 1)
            ),
            Html("<i>Hiện có / chỉ tiêu. Bấm số để xem rõ.</i>"),
        )

    def targets_of_unit(
        self, standings: Sequence[tuple[int, Standing]], unit: Unit, day: date
    ) -> Html:
        """`standings` are numbered as in the whole list."""
        return lines(
            fill("<b>Chỉ tiêu: {unit}</b>, đến {day}", unit=unit.name, day=self.day(day)),
            *(self._unit_line(n, s, unit.id) for n, s in standings),
            "" if standings else "Không có chỉ tiêu nào của riêng đơn vị.",
        )

    def _unit_line(self, number: int, standing: Standing, unit_id: int) -> Html:
        figure = standing.of_unit(unit_id) or Figure(None)
        mark = mark_of(figure, is_met_by_unit(standing.target, figure))
        value = self.unit_figure_value(standing.target, figure)
        shows_target = (
            standing.target.unit_of_measure.is_share and not standing.target.measure.is_yes_or_no
        )
        return self._line(number, standing, mark, value, with_target=shows_target)

    def _line(
        self, number: int, standing: Standing, mark: Mark, value: str, *, with_target: bool
    ) -> Html:
        asked = f" / {self.asked_value(standing.target)}" if with_target else ""
        return fill(
            "{mark} {n}. {short}: <b>{value}</b>{asked}",
            mark=self.target_marks[mark],
            n=number,
            short=self.target_short(standing.target),
            value=value,
            asked=asked,
        )

    # One target

    def target(
        self, standing: Standing, before: Standing | None, then: date, *, unit: Unit | None = None
    ) -> Html:
        """One target in full, of the whole command or as one unit stands in it."""
        target = standing.target
        measure = self.target_measures.get(target.measure)
        return paragraphs(
            fill("<b>{phrase}</b>", phrase=self._capital(self.target_phrase(target))),
            lines(*(self._own_value(standing, unit) if unit else self._whole_value(standing))),
            "" if unit else self._trend(standing, before, then),
            "" if unit else self._by_event(standing),
            "" if unit else self._units(standing),
            lines(
                fill("Cách tính: {how}", how=measure) if measure else "",
                fill("Nguồn số liệu: {basis}", basis=self.target_bases[target.measure.basis]),
                fill("Căn cứ: {source}", source=target.source),
                self._scope(standing.scope),
            ),
        )

    def _own_value(self, standing: Standing, unit: Unit) -> list[Html]:
        figure = standing.of_unit(unit.id) or Figure(None)
        value = self.unit_figure_value(standing.target, figure)
        return [
            fill("{unit}: <b>{value}</b>", unit=unit.name, value=value),
            fill("Chỉ tiêu chung: {asked}", asked=self._asked(standing.target)),
        ]

    def _whole_value(self, standing: Standing) -> list[Html]:
        measured = standing.measured
        told = [
            fill(
                "{mark} {now}: <b>{value}</b>{parts}",
                now=self.now_is,
                mark=self.target_marks[standing.mark],
                value=self.standing_value(standing),
                parts=self._parts(standing.target, measured.figure),
            ),
            fill("{name}: {asked}", name=self.asked_is, asked=self._asked(standing.target)),
        ]
        if measured.second:
            name = self.target_seconds[standing.target.measure]
            value = self.figure_value(standing.target, measured.second)
            parts = self._parts(standing.target, measured.second)
            told.append(fill("{name}: {value}{parts}", name=name, value=value, parts=parts))
        if measured.since:
            told.append(fill("{name} {at}", name=self.since_is, at=self.moment(measured.since)))
        if measured.figure.unknown and measured.figure.is_known:
            told.append(
                fill(
                    "{name}: {n}",
                    name=self.untold_is,
                    n=self._untold(standing.target, measured.figure),
                )
            )
        if gap := self.target_gap(standing):
            told.append(fill("{name}: {gap}", name=self.gap_is, gap=gap))
        return told

    def _untold(self, target: Target, figure: Figure) -> str:
        what = "báo cáo" if target.measure is Measure.SAFETY else "lượt, đơn vị"
        return f"{self.number(figure.unknown)} {what}"

    def _asked(self, target: Target) -> str:
        unit = "" if target.unit_of_measure.is_share else self.target_units[target.unit_of_measure]
        asked = self.asked_value(target)
        return f"{asked} {unit}".strip() if target.value is not None else asked

    def _parts(self, target: Target, figure: Figure) -> str:
        """Part and whole behind a share; heads are not told in percent mode."""
        is_people = target.unit_of_measure is UnitOfMeasure.PERCENT_OF_PEOPLE
        if figure.share is None or not target.unit_of_measure.is_share:
            return ""
        if is_people and self.in_percent:
            return ""
        return f" ({self.number(figure.part or 0)}/{self.number(figure.whole or 0)})"

    def target_gap(self, standing: Standing) -> str:
        """What would close the gap; empty where it is closed or not known."""
        target, short_of = standing.target, standing.lacking
        if standing.is_met or not short_of:
            return ""
        is_people = target.unit_of_measure is UnitOfMeasure.PERCENT_OF_PEOPLE
        points = (
            f"{self._number_of(standing.gap)} {self.points}"
            if standing.gap and target.unit_of_measure.is_share
            else ""
        )
        if is_people and self.in_percent:
            return points
        what = self.gap_nouns.get(target.measure, self.units_counted_in_gap)
        counted = f"{self.number(short_of)} {what}"
        return f"{counted} ({points})" if points else counted

    def _trend(self, standing: Standing, before: Standing | None, then: date) -> Html:
        """Against the value of a month ago, as it was known then."""
        if before is None:
            return Html("")
        was = self.standing_value(before)
        now, then_value = standing.value, before.value
        change = ""
        if now is not None and then_value is not None and now != then_value:
            change = ", nay cao hơn" if now > then_value else ", nay thấp hơn"
        elif now is not None and now == then_value:
            change = ", nay vẫn vậy"
        return fill(
            "Ngày {day}: {value}{change}", day=self.short_day(then), value=was, change=change
        )

    def _by_event(self, standing: Standing) -> Html:
        return lines(
            *(
                fill(
                    "• {day}: {value}",
                    day=self.day(day),
                    value=self.not_known
                    if figure.part is None
                    else f"{figure.part}/{figure.whole}",
                )
                for day, figure in standing.measured.by_event
            )
        )

    def _units(self, standing: Standing) -> Html:
        """The units that are not there yet, and those of which nothing is known."""
        missed, unknown = [], []
        for unit in standing.scope.units:
            figure = standing.of_unit(unit.id)
            if figure is None:
                continue
            met = is_met_by_unit(standing.target, figure)
            if met is False:
                value = self.unit_figure_value(standing.target, figure)
                missed.append(
                    unit.short_name + ("" if standing.target.measure.is_yes_or_no else f" {value}")
                )
            elif figure.part is None:
                unknown.append(unit.short_name)
        return lines(
            fill(
                "{what} {n}: {names}",
                what=self.not_met_units,
                n=len(missed),
                names=self._some(missed),
            )
            if missed
            else "",
            fill(
                "{what} {n}: {names}",
                what=self.untold_units,
                n=len(unknown),
                names=self._some(unknown),
            )
            if unknown
            else "",
        )

    def _some(self, names: Sequence[str]) -> str:
        hidden = len(names) - _MOST_NAMES
        rest = f" … và {hidden} đơn vị nữa" if hidden > 0 else ""
        return ", ".join(names[:_MOST_NAMES]) + rest

    def _scope(self, scope: Scope) -> Html:
        return (
            fill("Đơn vị nêu trong chỉ tiêu nay không còn: {codes}", codes=", ".join(scope.gone))
            if scope.gone
            else Html("")
        )

    def _capital(self, words: str) -> str:
        return words[:1].upper() + words[1:]

    # Changes

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

    def reported_targets(self, unit: Unit, rows: Sequence[tuple[Standing, Figure]]) -> Html:
        return paragraphs(
            fill("<b>Báo cáo chỉ tiêu: {unit}</b>", unit=unit.name),
            lines(
                *(
                    fill(
                        "• {short}: <b>{value}</b>",
                        short=self.target_short(s.target),
                        value=self.unit_figure_value(s.target, f),
                    )
                    for s, f in rows
                )
            ),
            "" if rows else "Đơn vị không phải báo cáo chỉ tiêu nào.",
        )

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
