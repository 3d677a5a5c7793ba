"""Lists of targets, one of them, and their changes, in Vietnamese."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

from bot.domain.target_collection import Collected
from bot.domain.targets import (
    Figure,
    Mark,
    Measure,
    Scope,
    Standing,
    Target,
    UnitOfMeasure,
    is_met_by_unit,
    mark_of,
)
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_target_reports import VietnameseTargetReports
from bot.texts.vi_words import SMALLEST_GROUP_IN_PERCENT


class VietnameseTargets(VietnameseTargetReports):
    targets_by_unit = "🏘 Theo đơn vị"
    targets_picture = "🖼 Hình"
    all_targets = "🎯 Các chỉ tiêu"
    choose_target_unit = Html("Chỉ tiêu của đơn vị nào?")
    no_such_target = Html("Chỉ tiêu này không còn hiệu lực. Xem các chỉ tiêu: /chitieu")
    no_targets = Html("Chưa có chỉ tiêu nào. Quản trị chạy lại lệnh trucbao init trên máy chủ.")
    target_saved_toast = "Đã lưu"

    # The list

    def targets(
        self, standings: Sequence[Standing], day: date, collected: Mapping[str, Collected]
    ) -> Html:
        return lines(
            fill("<b>Chỉ tiêu nghị quyết</b>, đến {day}", day=self.day(day)),
            *(
                self._line(
                    n,
                    s,
                    s.mark,
                    self.standing_value(s),
                    with_target=True,
                    note=self.overdue_note(collected.get(s.target.measure)),
                )
                for n, s in enumerate(standings, 1)
            ),
            Html("<i>Hiện có / chỉ tiêu. Bấm số để xem rõ.</i>"),
        )

    def targets_of_unit(
        self,
        standings: Sequence[tuple[int, Standing]],
        unit: Unit,
        day: date,
        collected: Mapping[str, Collected],
    ) -> Html:
        """`standings` are numbered as in the whole list."""
        return lines(
            fill("<b>Chỉ tiêu: {unit}</b>, đến {day}", unit=unit.name, day=self.day(day)),
            *(
                self._unit_line(n, s, unit.id, collected.get(s.target.measure))
                for n, s in standings
            ),
            "" if standings else "Không có chỉ tiêu nào của riêng đơn vị.",
        )

    def _unit_line(
        self, number: int, standing: Standing, unit_id: int, collected: Collected | None
    ) -> Html:
        figure = standing.of_unit(unit_id) or Figure(None)
        mark = mark_of(figure, is_met_by_unit(standing.target, figure))
        value = self.unit_figure_value(standing.target, figure)
        shows_target = (
            standing.target.unit_of_measure.is_share and not standing.target.measure.is_yes_or_no
        )
        return self._line(
            number,
            standing,
            mark,
            value,
            with_target=shows_target,
            note=self.own_note(standing, collected, unit_id),
        )

    def _line(
        self,
        number: int,
        standing: Standing,
        mark: Mark,
        value: str,
        *,
        with_target: bool,
        note: str = "",
    ) -> Html:
        asked = f" / {self.asked_value(standing.target)}" if with_target else ""
        return fill(
            "{mark} {n}. {short}: <b>{value}</b>{asked}{note}",
            mark=self.target_marks[mark],
            n=number,
            short=self.target_short(standing.target),
            value=value,
            asked=asked,
            note=note,
        )

    # One target

    def target(
        self,
        standing: Standing,
        before: Standing | None,
        then: date,
        *,
        unit: Unit | None = None,
        collected: Collected | None = None,
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
            self.collection(standing, collected, unit) if collected else "",
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
        if is_people and self.in_percent:
            whole = self.whole_points(standing)
            return f"{self.number(whole)} {self.points}" if whole else ""
        points = (
            f"{self._number_of(standing.gap)} {self.points}"
            if standing.gap and target.unit_of_measure.is_share
            else ""
        )
        what = self.gap_nouns.get(target.measure, self.units_counted_in_gap)
        counted = f"{self.number(short_of)} {what}"
        if standing.sessions_lacking:
            counted += f", {self.half_days(standing.sessions_lacking)}"
        return f"{counted} ({points})" if points else counted

    def half_days(self, number: int) -> str:
        return f"{self.number(number)} buổi nửa ngày"

    def whole_points(self, standing: Standing) -> int | None:
        """The gap of a share of people where no heads are told: none of a group too small to tell of."""
        gap, whole = standing.gap, standing.measured.figure.whole or 0
        return None if gap is None or whole < SMALLEST_GROUP_IN_PERCENT else ceil(gap)

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

    def _scope(self, scope: Scope) -> Html:
        return (
            fill("Đơn vị nêu trong chỉ tiêu nay không còn: {codes}", codes=", ".join(scope.gone))
            if scope.gone
            else Html("")
        )

    def _capital(self, words: str) -> str:
        return words[:1].upper() + words[1:]
