"""People by position and their roles, in English."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.people import Assignment, Role
from bot.domain.seats import Who
from bot.domain.units import Unit
from bot.texts.markup import Html, fill, lines, paragraphs
from bot.texts.vi_people import Held, VietnamesePeople


class EnglishPeople(VietnamesePeople):
    unnamed = "Somebody"
    filter_by_unit = "🔎 By unit"
    all_people = "👥 All"
    choose_people_unit = Html("People of which unit?")
    let_act = "🪑 Appoint acting commander"
    confirm = "✅ Confirm"
    back_to_person = "👤 Back to the person"
    people_list = "👥 List of people"

    def actor(self, who: Who | None) -> str:
        return self.who(who) if who else "the server"

    def people(
        self, listed: Sequence[Html], total: int, role: Role | None, unit: Unit | None
    ) -> Html:
        about = ", ".join(
            word for word in (self.roles[role] if role else "", unit.name if unit else "") if word
        )
        return paragraphs(
            fill(
                "<b>People</b>{about}: {total}",
                about=f" ({about})" if about else "",
                total=self.number(total),
            ),
            lines(*listed) if listed else "Nobody yet. Invite people: /thumoi",
            "A number in brackets counts those who have held the position." if listed else "",
        )

    def person_line(
        self,
        who: Who,
        held: Sequence[Held],
        joined_at: datetime | None,
        unreachable_since: datetime | None,
        today: date,
    ) -> Html:
        others = [
            self._role_of(assignment, unit)
            for assignment, unit in held
            if (assignment.role, assignment.unit_id)
            != (who.role, who.unit.id if who.unit else None)
        ]
        upcoming = [a.first for a, _ in held if a.first and a.first > today]
        return fill(
            "{mark}{who}{others}, joined {joined}{later}",
            mark="⚠️ " if unreachable_since else "",
            who=self.who(who),
            others=f" (also {', '.join(others)})" if others else "",
            joined=self._joined(joined_at),
            later=f", from {self.day(upcoming[0])}"
            if len(upcoming) == len(held) and upcoming
            else "",
        )

    def person(
        self,
        who: Who,
        held: Sequence[Held],
        joined_at: datetime | None,
        unreachable_since: datetime | None,
        today: date,
    ) -> Html:
        reach = "Receives messages."
        if unreachable_since:
            since = self.moment(unreachable_since)
            reach = f"⚠️ Has received no messages since {since}. Please call."
        return paragraphs(
            fill("<b>{who}</b>", who=self.who(who)),
            lines(*(self._held(assignment, unit, today) for assignment, unit in held))
            if held
            else "Holds no role any more.",
            lines(f"Joined: {self._joined(joined_at)}", reach),
        )

    def _held(self, assignment: Assignment, unit: Unit | None, today: date) -> Html:
        begins = assignment.first or assignment.since.astimezone(self._zone).date()
        until = f" up to and including {self.day(assignment.until)}" if assignment.until else ""
        later = " (not begun yet)" if assignment.first and assignment.first > today else ""
        return fill(
            "• {role}, from {begins}{until}{later}",
            role=self._full_role(assignment.role, unit),
            begins=self.day(begins),
            until=until,
            later=later,
        )

    def _full_role(self, role: Role, unit: Unit | None) -> str:
        return f"{self.roles[role]} of {unit.name}" if unit else self.roles[role]

    def end_role_button(self, assignment: Assignment, unit: Unit | None) -> str:
        return f"❌ End: {self._role_of(assignment, unit)}{self._span_of(assignment)}"

    def hand_over_button(self, assignment: Assignment, unit: Unit | None) -> str:
        return f"🤝 Hand over: {self._role_of(assignment, unit)}"

    def change_role_button(self, assignment: Assignment, unit: Unit | None) -> str:
        return f"🔁 Change role: {self._role_of(assignment, unit)}{self._span_of(assignment)}"

    def _span_of(self, assignment: Assignment) -> str:
        return f" until {self.short_day(assignment.until)}" if assignment.until else ""

    def end_role_card(
        self, who: Who, assignment: Assignment, unit: Unit | None, *, leaves_nobody: bool
    ) -> Html:
        return paragraphs(
            fill("<b>End the role of {who}?</b>", who=self.who(who)),
            fill("The role ends now: {role}.", role=self._full_role(assignment.role, unit)),
            "⚠️ After that the unit has nobody who can be asked for its report; "
            "you can hand the role over instead."
            if leaves_nobody
            else "",
            "Unsent forms are dropped; reports already sent are kept. The person is told in one line.",
        )

    def role_ended(self, who: Who, assignment: Assignment, unit: Unit | None) -> Html:
        return fill(
            "✅ Ended the role of {who}: {role}.",
            who=self.who(who),
            role=self._full_role(assignment.role, unit),
        )

    def hand_over_card(self, who: Who, assignment: Assignment, unit: Unit | None) -> Html:
        return paragraphs(
            fill("<b>Hand over: {role}</b>", role=self._full_role(assignment.role, unit)),
            fill(
                "I will make an invitation for the successor. When it is accepted, the role of "
                "{who} ends; until then {who} is asked and reminded as usual.",
                who=self.who(who),
            ),
        )

    def handed_over(
        self, who: Who, role: Role, unit: Unit | None, link: str, expires_at: datetime
    ) -> Html:
        return paragraphs(
            fill(
                "Invitation for {role}, to be used once, valid until {expires}:",
                role=self._full_role(role, unit),
                expires=self.moment(expires_at),
            ),
            fill("{link}", link=link),
            fill(
                "Please pass it privately to the successor. Once it is accepted, the role of {who} ends.",
                who=self.who(who),
            ),
        )

    def choose_new_role(self, who: Who, assignment: Assignment, unit: Unit | None) -> Html:
        return fill(
            "{who} is now: {role}. Change to:",
            who=self.who(who),
            role=self._full_role(assignment.role, unit),
        )

    def change_role_card(
        self, who: Who, assignment: Assignment, unit: Unit | None, role: Role
    ) -> Html:
        return paragraphs(
            fill("<b>Change the role of {who}?</b>", who=self.who(who)),
            lines(
                fill("Now: {role}", role=self._full_role(assignment.role, unit)),
                fill("New: {role}, with immediate effect", role=self._full_role(role, unit)),
            ),
        )

    def role_is_changed(self, who: Who, unit: Unit | None, role: Role) -> Html:
        return fill(
            "✅ Changed the role of {who}. Now: {role}.",
            who=self.who(who),
            role=self._full_role(role, unit),
        )

    # Acting leaders

    choose_acting_unit = Html("Acting commander of which unit?")

    invited_person = "the person invited"

    def ask_acting_days(self, who: Who | None, unit: Unit) -> Html:
        return fill(
            "On which days will {who} be acting commander of {unit}? "
            "Press a button, or type the days, for example: <code>20/3-27/3</code>",
            who=self._to_act(who),
            unit=unit.name,
        )

    def _acting_days(self, first: date, last: date) -> str:
        if first == last:
            return f"On {self.day(first)}"
        return f"From {self.day(first)} up to and including {self.day(last)}"

    def acting_card(self, who: Who | None, unit: Unit, first: date, last: date) -> Html:
        return paragraphs(
            fill("<b>Appoint acting commander of {unit}</b>", unit=unit.name),
            lines(fill("Who: {who}", who=self._to_act(who)), self._acting_days(first, last)),
            "On those days this person is asked, reminded and reports in the commander's place; "
            "after the last day the role ends by itself.",
        )

    def acts(self, who: Who, unit: Unit, first: date, last: date) -> Html:
        return fill(
            "✅ Appointed: {who}, acting commander of {unit}. {days}.",
            who=self.who(who),
            unit=unit.name,
            days=self._acting_days(first, last),
        )

    def not_acting_days(self, typed: str) -> Html:
        return fill(
            "I do not understand the days “{typed}”. Please type them, for example: "
            "<code>20/3-27/3</code>",
            typed=typed[:40],
        )

    acting_in_past = Html("The first day is already past. Please choose from today on.")
    acting_out_of_order = Html(
        "The first day is after the last. Please type them again, for example: "
        "<code>20/3-27/3</code>"
    )
    acting_too_long = Html(
        "A commander can be acting for at most one year. Please type an earlier last day."
    )
    leads_already = Html(
        "On those days this person is already commander or acting commander of the unit."
    )

    # What is refused

    role_over_already = Html("This role has already ended; nothing more was changed.")
    role_held_already = Html("This person already holds that role; nothing was changed.")
    last_admin = Html(
        "This is the last administrator, so the role cannot be ended. "
        "Please invite another administrator first: /thumoi"
    )
    admin_from_settings = Html(
        "This administrator is set by ADMIN_IDS. Please change that setting, then restart the system."
    )

    # To the person whose role it is

    def role_begins(self, day: date) -> Html:
        return fill(
            "Your role in the system begins on {day}. The commands can be used from that day on.",
            day=self.day(day),
        )

    def your_role_ended(self, role: Role, unit: Unit | None) -> Html:
        return fill(
            "Your role in the system has ended: {role}. Thank you.",
            role=self._full_role(role, unit),
        )

    def role_changed(self, role: Role, unit: Unit | None) -> Html:
        return fill(
            "Your role in the system is now: {role}. The commands: /trogiup",
            role=self._full_role(role, unit),
        )

    def you_act(self, unit: Unit, first: date, last: date) -> Html:
        return fill(
            "You have been appointed acting commander of {unit}. {days}. Report: /baocao",
            unit=unit.name,
            days=self._acting_days(first, last),
        )
