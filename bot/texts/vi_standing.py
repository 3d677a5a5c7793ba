"""How units kept to their days over a longer time, in Vietnamese."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.incidents import Incident, Severity
from bot.domain.standings import Gap, Muster
from bot.domain.trends import Part
from bot.domain.units import Unit
from bot.texts.markup import Html, fill
from bot.texts.vi_words import VietnameseWords


class VietnameseStanding(VietnameseWords):
    by_month = Html("<b>Theo tháng</b>")
    incident_severities = {
        Severity.CRITICAL: "rất nghiêm trọng",
        Severity.SERIOUS: "nghiêm trọng",
    }

    def full_days(self, days: int, *, is_over: bool) -> Html:
        """Days in a row up to the period's last known day."""
        return fill(
            "Đủ và đúng hạn {n} ngày liền {until}",
            n=self.number(days),
            until="cuối kỳ" if is_over else "đến nay",
        )

    def always_on_time(self, number: int, names: Html) -> Html:
        return fill("Luôn đúng hạn {n}: {names}", n=self.number(number), names=names)

    def late_often(self, number: int, names: Html) -> Html:
        return fill("Muộn nhiều lần {n}: {names}", n=self.number(number), names=names)

    def gaps(self, number: int, names: Html) -> Html:
        return fill("Thiếu nhiều ngày liền {n}: {names}", n=self.number(number), names=names)

    def gap(self, unit: Unit, gap: Gap) -> Html:
        return fill(
            "{unit} {n} ({first}–{last})",
            unit=unit.short_name,
            n=self.number(gap.length),
            first=self.short_day(gap.first),
            last=self.short_day(gap.last),
        )

    def incidents_in_period(self, incidents: Sequence[Incident]) -> Html:
        """How many, how many of them grave, and how many not closed."""
        of = Counter(incident.severity for incident in incidents)
        grave = ", ".join(
            f"{words} {self.number(of[severity])}"
            for severity, words in self.incident_severities.items()
            if of[severity]
        )
        is_open = sum(incident.closed is None for incident in incidents)
        return fill(
            "🚨 Vụ việc {n}{grave}{open}",
            n=self.number(len(incidents)),
            grave=f" ({grave})" if grave else "",
            open=f", chưa đóng {self.number(is_open)}" if is_open else "",
        )

    def absent_on_average(self, muster: Muster) -> Html:
        return fill("Vắng bình quân {share} quân số", share=self.absent_share(muster))

    def part(self, part: Part) -> Html:
        shares = part.shares
        return fill(
            "{month}: đúng hạn {on_time}, muộn {late}, thiếu {missing}, vắng {absent}",
            month=f"{part.first.month}/{part.first.year}",
            on_time=self.rate(shares.rate_on_time),
            late=self.number(shares.late),
            missing=self.number(shares.missing),
            absent=self.absent_share(part.muster),
        )
