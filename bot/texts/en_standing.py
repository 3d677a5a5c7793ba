"""How units kept to their days over a longer time, in English."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.incidents import Incident, Severity
from bot.domain.standings import Muster
from bot.domain.trends import Part
from bot.texts.en_words import count
from bot.texts.markup import Html, fill
from bot.texts.vi_standing import VietnameseStanding


class EnglishStanding(VietnameseStanding):
    by_month = Html("<b>By month</b>")
    incident_severities = {
        Severity.CRITICAL: "critical",
        Severity.SERIOUS: "serious",
    }

    def full_days(self, days: int, *, is_over: bool) -> Html:
        return fill(
            "All in and on time for {n} in a row, {until}",
            n=count(days, "day", "days"),
            until="to the end of the period" if is_over else "up to now",
        )

    def always_on_time(self, number: int, names: Html) -> Html:
        return fill("Always on time {n}: {names}", n=self.number(number), names=names)

    def late_often(self, number: int, names: Html) -> Html:
        return fill("Late repeatedly {n}: {names}", n=self.number(number), names=names)

    def gaps(self, number: int, names: Html) -> Html:
        return fill(
            "Missing several days in a row {n}: {names}", n=self.number(number), names=names
        )

    def incidents_in_period(self, incidents: Sequence[Incident]) -> Html:
        of = Counter(incident.severity for incident in incidents)
        grave = ", ".join(
            f"{self.number(of[severity])} {words}"
            for severity, words in self.incident_severities.items()
            if of[severity]
        )
        is_open = sum(incident.closed is None for incident in incidents)
        return fill(
            "🚨 {n}{grave}{open}",
            n=count(len(incidents), "incident", "incidents"),
            grave=f" ({grave})" if grave else "",
            open=f", {self.number(is_open)} not closed" if is_open else "",
        )

    def absent_on_average(self, muster: Muster) -> Html:
        return fill("Absent on average: {share} of strength", share=self.absent_share(muster))

    def part(self, part: Part) -> Html:
        shares = part.shares
        return fill(
            "{month}: on time {on_time}, late {late}, missing {missing}, absent {absent}",
            month=f"{part.first.month}/{part.first.year}",
            on_time=self.rate(shares.rate_on_time),
            late=self.number(shares.late),
            missing=self.number(shares.missing),
            absent=self.absent_share(part.muster),
        )
