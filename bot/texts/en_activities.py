"""Training and other activities, in English."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.activities import (
    Activity,
    ActivitySession,
    DaysOutOfOrderError,
    EndBeforeStartError,
    InvalidActivityError,
    NoTitleError,
    NoUnitsError,
    OutsideDaysError,
    SessionRecord,
    Slot,
    SlotError,
    SlotTwiceError,
)
from bot.domain.courses import coverage
from bot.domain.participation import ActivityKind, Mode, Participation, SessionAttendance
from bot.domain.reports import Form
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, literal, paragraphs
from bot.texts.vi_activities import VietnameseActivities


class EnglishActivities(VietnameseActivities):
    activity_kinds = {
        ActivityKind.COURSE: "Course",
        ActivityKind.STAFF_TRAINING: "Staff training",
        ActivityKind.CONTEST: "Contest",
        ActivityKind.MEET: "Meet",
        ActivityKind.BRIEFING: "Briefing",
        ActivityKind.POLITICAL_EDUCATION: "Political education",
    }
    categories = {
        "on_site": "on-site",
        "mobile": "mobile",
        "standing": "standing",
        "maritime": "maritime",
        "air_defence": "air defence",
        "artillery": "artillery",
        "reconnaissance": "reconnaissance",
        "signals": "signals",
        "engineers": "engineers",
        "chemical_defence": "chemical defence",
        "medical": "medical",
    }
    services = {"first_year": "first year", "later": "from the second year"}
    modes = {Mode.HEADCOUNT: "by heads", Mode.ROSTER: "by codes"}

    add_activity = "➕ Add an activity"
    activity_list = "↩️ List"
    activity_sessions = "🗓 Cancel a session"
    add_session_button = "➕ Add a session or make-up session"
    change_liable = "👥 People who are to take part"
    change_mode = {
        Mode.HEADCOUNT: "🔢 Take attendance by codes",
        Mode.ROSTER: "🔢 Take attendance by heads",
    }
    cancel_activity = "❌ Cancel the activity"
    yes_cancel = "❌ Yes, cancel"
    to_activity = "↩️ Back"

    choose_activity_kind = Html("Which activity is to be added?")
    choose_category = Html("For which forces is the course?")
    choose_service = Html("For which year of service?")
    activity_gone = Html("This activity or session is no longer there. The list: /hoatdong")
    activity_changed = Html("Saved.")

    def activities(self, listed: Sequence[Activity]) -> Html:
        if not listed:
            return Html("<b>Activities</b>\nThere are none yet.")
        return Html("<b>Activities</b>\nPlease choose one to see it.")

    def ask_activity(self, kind: ActivityKind, category: str, service: str, day: date) -> Html:
        what = self._activity_kind(kind, category, service)
        return paragraphs(
            fill("<b>{what}</b>\nPlease type three lines in one message:", what=what),
            lines(
                "1. Title",
                "2. Units that take part: <code>tất cả</code> for all, or their names with commas; who "
                "trains them (if not the command) behind <code>do</code>",
                "3. Days and hours of the sessions",
            ),
            fill(
                "For example:\n<code>{title}\ntất cả\n{day}/{month} 7h30-11h, 14h-16h30</code>",
                title=f"{what} {day.year}",
                day=day.day,
                month=day.month,
            ),
        )

    def ask_sessions(self, activity: Activity) -> Html:
        return fill(
            "<b>{title}</b>\nPlease type days and hours, such as <code>{day}/{month} 7h30-11h</code>. "
            "A make-up session: <code>bù {day}/{month} 7h30-11h</code>",
            title=activity.title,
            day=activity.last.day,
            month=activity.last.month,
        )

    def ask_liable(self, activity: Activity) -> Html:
        return fill(
            "<b>{title}</b>\nPlease type the unit and how many are to take part, such as "
            "<code>An Sơn: 25</code>",
            title=activity.title,
        )

    def ask_cancel(self, activity: Activity, session: ActivitySession | None) -> Html:
        what = f"the session {self.slot(session.slot)}" if session else "the whole activity"
        return fill("<b>{title}</b>\nCancel {what}?", title=activity.title, what=what)

    def slot(self, slot: Slot) -> str:
        name = f"{self.short_day(slot.day)} {slot.starts:%H:%M}–{slot.ends:%H:%M}"
        return f"{name} (make-up)" if slot.is_make_up else name

    def activity_card(
        self,
        activity: Activity,
        trainer: Unit | None,
        sessions: Sequence[ActivitySession],
        taking_part: Sequence[Participation],
        units: dict[int, Unit],
    ) -> Html:
        heads = "" if self.in_percent else f", {self._liable(taking_part)}"
        return paragraphs(
            lines(
                fill("<b>{title}</b>", title=activity.title),
                "❌ Cancelled" if activity.is_cancelled else "",
                literal(self._activity_kind(activity.kind, activity.category, activity.service)),
                fill("{days}", days=self.days(activity.first, activity.last)),
                fill("Trained by: {who}", who=trainer.name if trainer else "the command"),
                fill(
                    "Units: {n}{heads}; {mode}",
                    n=len(taking_part),
                    heads=heads,
                    mode=self.modes[activity.mode],
                ),
            ),
            lines(*(self._session_line(s, taking_part) for s in sessions[:30])),
            self._coverage(taking_part),
            self._not_yet(taking_part, units),
        )

    def _liable(self, taking_part: Iterable[Participation]) -> str:
        return f"people to take part: {self.number(sum(p.liable or 0 for p in taking_part))}"

    def _session_line(self, session: ActivitySession, taking_part: Iterable[Participation]) -> Html:
        if session.is_cancelled:
            return fill("• <s>{slot}</s> cancelled", slot=self.slot(session.slot))
        attended = [a for p in taking_part for a in p.sessions if a.session_id == session.id]
        came = [a for a in attended if a.present is not None]
        return fill(
            "• {slot}: reported by {n}/{all} units{turnout}",
            slot=self.slot(session.slot),
            n=len(came),
            all=len(attended),
            turnout=self._turnout(came),
        )

    def _turnout(self, came: Iterable[SessionAttendance]) -> str:
        pairs = [(a.present, a.liable) for a in came if a.present is not None and a.liable]
        if not pairs:
            return ""
        present, liable = sum(p for p, _ in pairs), sum(n for _, n in pairs)
        if self.in_percent:
            return f", present {self.share(present, liable)}"
        return f", present {self.number(present)}/{self.number(liable)}"

    def _coverage(self, taking_part: Sequence[Participation]) -> Html:
        share = coverage(taking_part)
        if share is None or all(p.completed is None for p in taking_part):
            return Html("Completed: not known yet")
        liable = sum(p.liable or 0 for p in taking_part)
        completed = sum(p.completed or 0 for p in taking_part if p.liable)
        if self.in_percent:
            return fill("Completed: {share}", share=self.share(completed, liable))
        return fill(
            "Completed: {completed} of {liable} people ({rate})",
            completed=completed,
            liable=liable,
            rate=self.rate(float(share)),
        )

    def _not_yet(self, taking_part: Iterable[Participation], units: dict[int, Unit]) -> Html:
        late = [
            units[p.unit_id].short_name
            for p in taking_part
            if p.unit_id in units and any(s.is_over and s.present is None for s in p.sessions)
        ]
        return fill("Attendance missing: {units}", units=", ".join(late)) if late else Html("")

    activities_of_day = Html("<b>Today's activities</b>")
    sessions_counted = "sessions"

    def session_in_digest(self, told: SessionRecord) -> Html:
        return fill(
            "• {title}, {starts}–{ends}: {attendance}",
            title=told.title,
            starts=f"{told.slot.starts:%H:%M}",
            ends=f"{told.slot.ends:%H:%M}",
            attendance=self._attendance_in_digest(told) if told.reported else "attendance not told",
        )

    def _attendance_in_digest(self, told: SessionRecord) -> str:
        units = f"told by {told.reported} of {told.units} units"
        if told.liable is None:
            return units if self.in_percent else f"{units}, present {self.number(told.present)}"
        if self.in_percent:
            return f"{units}, present {self.share(told.present, told.liable)}"
        heads = f"{self.number(told.present)}/{self.number(told.liable)}"
        return f"{units}, present {heads}"

    def invalid_activity(self, error: InvalidActivityError) -> Html:
        why = {
            NoTitleError: "The activity has no title.",
            NoUnitsError: "No unit takes part.",
            DaysOutOfOrderError: "The last day is before the first.",
            EndBeforeStartError: "The session {slot} ends before it starts.",
            OutsideDaysError: "The session {slot} is outside the activity's days; "
            "write bù before a make-up session.",
            SlotTwiceError: "The session {slot} overlaps another one.",
        }.get(type(error), "This unit takes no part, or the number cannot be.")
        slot = self.slot(error.slot) if isinstance(error, SlotError) else ""
        return fill(f"{why} Nothing was saved; please type it again.", slot=slot)

    not_three_lines = Html(
        "Three lines are needed: title, units, days and hours. Nothing was saved; please type them "
        "again in one message."
    )

    def not_sessions(self, typed: str) -> Html:
        return fill(
            "The days and hours “{typed}” cannot be read. For example: "
            "<code>16/3-20/3 7h30-11h</code>. Nothing was saved; please type them again.",
            typed=typed,
        )

    bad_liable = Html("Please type the unit and a number, such as <code>An Sơn: 25</code>")

    def training_title(self, first: date, last: date) -> str:
        return f"Attendance of training and other activities from {self.day(first)} to {self.day(last)}"

    sheet_training = "Attendance"
    training_columns = {
        "day": "Day",
        "activity": "Activity",
        "kind": "Kind",
        "mode": "Counted",
        "unit": "Unit",
        "session": "Session",
        "is_make_up": "Make-up",
        "is_reported": "Reported",
        "liable": "Liable",
        "present": "Present",
        "absences": "Absent",
        "completed": "Completed",
    }
    yes, no = "yes", "no"

    no_open_attendance = Html("No session is open for your unit's attendance now.")
    choose_attendance = Html("<b>Attendance</b>\nPlease choose a session:")

    def attendance_label(self, form: Form, *, is_reported: bool) -> str:
        mark = "✅" if is_reported else "📝"
        what = "results of " if form.report_type == "course_result" else ""
        return (
            f"{mark} {self.short_day(form.day)} {what}{self.brief(form.topic, 40)}"
            f" – {form.unit.short_name}"
        )
