"""Incidents, in Vietnamese."""

from bot.domain.incidents import Handling, Incident, IncidentRung, OpenIncident, Severity
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, own_words, paragraphs
from bot.texts.vi_words import VietnameseWords

# Characters of a unit's name among many.
_LONGEST_NAME = 60


class VietnameseIncidents(VietnameseWords):
    report_incident = "🚨 Báo vụ việc"
    send_incident = "📨 Gửi"
    acknowledge = "✅ Đã nhận"
    close_incident = "✔️ Đóng vụ việc"
    severities = {
        Severity.ORDINARY: "thông thường",
        Severity.SERIOUS: "nghiêm trọng",
        Severity.CRITICAL: "rất nghiêm trọng",
    }
    _severity_marks = {Severity.ORDINARY: "🟡", Severity.SERIOUS: "🟠", Severity.CRITICAL: "🔴"}

    choose_incident_unit = Html("<b>Báo vụ việc</b>\nVụ việc ở đơn vị nào?")

    def severity_label(self, severity: Severity) -> str:
        words = self.severities[severity]
        return f"{self._severity_marks[severity]} {words[0].upper()}{words[1:]}"

    def choose_severity(self, unit: Unit) -> Html:
        return fill("<b>Báo vụ việc</b>\n{unit}\n\nMức độ thế nào?", unit=unit.name)

    def ask_incident(self, unit: Unit, severity: Severity, present: str, longest: int) -> Html:
        return paragraphs(
            fill(
                "<b>Báo vụ việc, mức {severity}</b>\n{unit}",
                severity=self.severities[severity],
                unit=unit.name,
            ),
            fill(
                "Đang ghi: {words}\nNội dung gõ mới sẽ thay nội dung này.", words=own_words(present)
            )
            if present
            else "",
            fill(
                "📝 Mời đồng chí gõ ngắn gọn <b>việc gì đã xảy ra</b> trong một tin, "
                "không quá {longest} ký tự.",
                longest=longest,
            ),
        )

    def incident_card(self, unit: Unit, severity: Severity, words: str) -> Html:
        return paragraphs(
            self._incident_head(unit, severity),
            own_words(words),
            fill("Chưa gửi. Đồng chí xem lại rồi bấm {send}.", send=self.send_incident),
        )

    def _incident_head(self, unit: Unit, severity: Severity) -> Html:
        return fill(
            "🚨 <b>Vụ việc: {severity}</b>\n{unit}",
            severity=self.severities[severity],
            unit=unit.name,
        )

    def incident(
        self, unit: Unit, incident: Incident, rung: IncidentRung = IncidentRung.SENT
    ) -> Html:
        """The incident as commanders read it; a higher rung says that nobody has acknowledged."""
        waited = ""
        if rung is not IncidentRung.SENT:
            waited = fill(
                "⏰ <b>Vụ việc báo lúc {at} chưa có chỉ huy nào nhận.</b>",
                at=self.moment(incident.sent_at),
            )
        return paragraphs(
            waited,
            lines(
                self._incident_head(unit, incident.severity),
                fill(
                    "Báo lúc {at} ({who})",
                    at=self.moment(incident.sent_at),
                    who=self.full_position(incident.author),
                ),
            ),
            own_words(incident.words),
            self._handled(incident) or "Chưa có chỉ huy nào nhận.",
        )

    def incident_sent(self, unit: Unit, incident: Incident, *, reaches_anybody: bool) -> Html:
        """The incident as its reporter sees it, with each step."""
        return paragraphs(
            self._incident_head(unit, incident.severity),
            own_words(incident.words),
            lines(
                fill("📨 Đã gửi lúc {at}", at=self.moment(incident.sent_at)),
                self._handled(incident) or "Chưa có chỉ huy nào nhận.",
            ),
            ""
            if reaches_anybody
            else "⚠️ Chưa có chỉ huy nào nhận được tin qua hệ thống. Đồng chí gọi điện ngay.",
        )

    def _handled(self, incident: Incident) -> Html:
        return lines(
            fill("✅ {told}", told=self.acknowledged_at(incident, incident.acknowledged))
            if incident.acknowledged
            else "",
            fill(
                "✔️ {told}: {note}",
                told=self.closed_at(incident, incident.closed),
                note=own_words(incident.note),
            )
            if incident.closed
            else "",
        )

    def acknowledged_at(self, incident: Incident, handling: Handling) -> str:
        return f"{self.position(handling.by)} đã nhận lúc {self._at(incident, handling)}"

    def closed_at(self, incident: Incident, handling: Handling) -> str:
        return f"Đã đóng lúc {self._at(incident, handling)} ({self.position(handling.by)})"

    def _at(self, incident: Incident, handling: Handling) -> str:
        """The clock time alone on the day of the incident."""
        return self.moment_of(handling.at, incident.sent_at.astimezone(self._zone).date())

    def incident_acknowledged(self, unit: Unit, incident: Incident, handling: Handling) -> Html:
        return fill(
            "✅ {told}: vụ việc của {unit}, báo lúc {at}.",
            told=self.acknowledged_at(incident, handling),
            unit=unit.name,
            at=self.moment(incident.sent_at),
        )

    def incident_closed(self, unit: Unit, incident: Incident, handling: Handling) -> Html:
        return fill(
            "✔️ Vụ việc của {unit}, báo lúc {at}. {told}: {note}",
            unit=unit.name,
            at=self.moment(incident.sent_at),
            told=self.closed_at(incident, handling),
            note=own_words(incident.note),
        )

    def ask_closing_note(self, unit: Unit, incident: Incident, longest: int) -> Html:
        return fill(
            "✔️ Đóng vụ việc của {unit}, báo lúc {at}. "
            "Mời đồng chí gõ <b>kết quả xử lý</b> trong một tin, không quá {longest} ký tự.",
            unit=unit.name,
            at=self.moment(incident.sent_at),
            longest=longest,
        )

    asked_in_private = "Đồng chí gõ kết quả xử lý trong tin nhắn riêng với tôi."
    write_to_me_first = "Đồng chí nhắn riêng /start cho tôi rồi bấm lại."
    not_acknowledged_yet = "Vụ việc chưa có chỉ huy nào nhận. Đồng chí bấm ✅ Đã nhận trước."
    acknowledged_toast = "Đã ghi nhận, đơn vị được báo ngay."
    closing_left = Html("Chưa đóng vụ việc. Cần đóng, đồng chí bấm lại ✔️ Đóng vụ việc.")
    incident_cancelled = Html("Đã hủy, chưa gửi gì. Báo vụ việc: /vuviec")
    incident_card_left = Html("Thẻ này đã cũ, chưa gửi gì. Đồng chí báo lại: /vuviec")

    # In the digest

    open_incidents_counted = "vụ việc"

    def open_incident(self, found: OpenIncident) -> Html:
        incident = found.incident
        return fill(
            "{unit} {at} ({severity}, {state})",
            unit=self.brief(found.unit.short_name, _LONGEST_NAME),
            at=self.clock_and_day(incident),
            severity=self.severities[incident.severity],
            state="đã nhận" if incident.acknowledged else "chưa nhận",
        )

    def clock_and_day(self, incident: Incident) -> str:
        return f"{incident.sent_at.astimezone(self._zone):%H:%M %d/%m}"

    def open_incidents(self, names: Html) -> Html:
        return fill("🚨 <b>Vụ việc chưa đóng:</b> {names}", names=names)
