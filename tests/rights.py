"""Everybody tries everything: each command, button and question, as each role, at each place."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.changes_of_units import ChangeKind, UnitChange
from bot.domain.exempting import Span
from bot.domain.exercises import Plan
from bot.domain.incidents import Severity
from bot.domain.participation import ActivityKind
from bot.domain.people import Action, Role
from bot.screens.activity_payloads import (
    LiableQuestion,
    NewActivityQuestion,
    RosterQuestion,
    SessionQuestion,
)
from bot.screens.admin_payloads import (
    ExemptDaysQuestion,
    ExemptReasonQuestion,
    HoursQuestion,
    ReopenDayQuestion,
    ReopenReasonQuestion,
)
from bot.screens.announcement_payloads import TimeQuestion, WordsQuestion
from bot.screens.commands import COMMANDS
from bot.screens.exercise_payloads import (
    DueQuestion,
    ItemQuestion,
    MoveQuestion,
    PlanQuestion,
    PlanStage,
)
from bot.screens.incident_payloads import ClosingQuestion, IncidentQuestion
from bot.screens.packing import EVERY_DAY, InvalidPayloadError
from bot.screens.people_payloads import ActingDaysQuestion, UnitQuestion, UnitStage
from bot.screens.questions import FieldQuestion, LateQuestion
from bot.screens.target_payloads import RevisionQuestion
from handlers.guards import CommandRoute, Place, PressRoute, TextRoute
from handlers.routes import PRESS_ROUTES
from sandbox.people import Group, Person, SeenMessage
from storage import awaited_texts, people, units
from tests.house import DAY, House

Rights = Mapping[Action, frozenset[Role]]
Dump = dict[str, Counter[tuple[object, ...]]]

TOAST_REFUSED = "Nút này không thuộc vai trò của đồng chí."
TOAST_STALE = "Nút này không còn dùng được. Đồng chí gõ /trogiup để xem các lệnh."
STRANGER = "Chào đồng chí. Hệ thống chỉ dành cho người được mời."
REFUSED = "Lệnh này không thuộc vai trò của đồng chí."
ROLE_OVER = "Vai trò của đồng chí trong hệ thống đã hết hạn."
IN_GROUP = "Lệnh này dùng trong nhóm"
IN_PRIVATE = "Đồng chí nhắn riêng cho tôi lệnh này."
NO_ANSWER = ("Tôi chỉ hiểu nút bấm",)
REFUSALS = (STRANGER, REFUSED, ROLE_OVER, IN_GROUP, IN_PRIVATE)
TYPED = "không có gì"

# What every update leaves behind: that it was handled, and that Telegram was heard.
_TRACES = frozenset({"handled_update", "liveness"})
# What an answer in words leaves behind.
_ANSWERS = frozenset({"outbox", "shown_message"})


@dataclass(frozen=True)
class Caller:
    """Who tries: with a role, with one that is over (`is_known`), or a stranger."""

    name: str
    person: Person
    role: Role | None
    is_known: bool = True

    def may(self, action: Action, rights: Rights) -> bool:
        return self.role in rights[action]


@dataclass
class Cast:
    """Everybody, the command group and a foreign one; `buttons` are those that were really seen."""

    home: House
    callers: tuple[Caller, ...]
    group: Group
    foreign: Group
    buttons: dict[type, set[str]] = field(default_factory=dict)

    @property
    def places(self) -> tuple[Group | None, ...]:
        return (None, self.group, self.foreign)

    def who(self, name: str) -> Person:
        return next(each.person for each in self.callers if each.name == name)


async def gather(home: House) -> Cast:
    """Let everybody in; all sit in both groups, so that only rights and places keep them out."""
    admin = await home.admin()
    callers = [Caller("admin", admin, Role.ADMIN)]
    until = DAY + timedelta(days=1)
    for number, role in enumerate((r for r in Role if r is not Role.ADMIN), start=1):
        person = await home.box.person(number)
        for unit in ("An Sơn", "An Phú") if role.leads_unit else (None,):
            details = {"until": until} if role is Role.ACTING else {}
            sent = await person.say(f"/start {await home.invitation(role, unit, **details)}")
            await person.sees("Chào đồng chí", after=sent)
        callers.append(Caller(role.value, person, role))
    former = await home.box.person(5)
    over = await home.invitation(Role.ACTING, "An Sơn", until=DAY - timedelta(days=1))
    await former.say(f"/start {over}")
    await former.sees(ROLE_OVER)
    callers.append(Caller("former", former, None))
    stranger = await home.box.person(6)
    await stranger.say("/start")
    await stranger.sees(STRANGER)
    callers.append(Caller("stranger", stranger, None, is_known=False))
    all_of_them = [each.person for each in callers]
    group = await home.box.group("Nhóm chỉ huy", all_of_them)
    await admin.say("/nhom", chat=group)
    await group.sees("nhóm chỉ huy của")
    foreign = await home.box.group("Nhóm khác", all_of_them)
    await admin.say("/trogiup", chat=foreign)  # a message that a press can be said to be of
    await home.settled()
    # Whose role is over gets another menu by the next look, which need not have come yet.
    await home.parts.reconcile.look()
    await home.settled()
    return Cast(home, tuple(callers), group, foreign)


async def tour(cast: Cast) -> None:
    """Let those who may walk through every feature, and keep the buttons that they see."""
    home = cast.home
    leader, commander, admin = cast.who("leader"), cast.who("commander"), cast.who("admin")
    await home.at("15:30")
    await leader.sees("Mời đồng chí báo cáo")
    steps: tuple[tuple[Person, str], ...] = (
        (leader, "/vuviec"),
        (leader, "An Sơn"),
        (leader, "🟠 Nghiêm trọng"),
        (leader, "=cây đổ chắn đường"),
        (leader, "📨 Gửi"),
        (leader, "/lichsu"),
        (leader, "phường An Sơn"),
        (leader, "🖼 Trang tháng 3/2026"),
        (leader, "/ngonngu"),
        (commander, "/tonghop"),
        (commander, "🏢 Từng đơn vị"),
        (commander, "⏳ An Sơn"),
        (commander, "🖼 Trang tháng 3/2026"),
        (commander, "/conthieu"),
        (commander, "/thongbao"),
        (commander, "=họp lúc 8:00"),
        (commander, "👥 Tất cả đơn vị"),
        (commander, "📨 Gửi"),
        (commander, "/xuat"),
        (commander, "/chitieu"),
        (commander, "11"),
        (commander, "/chitieu"),
        (commander, "9"),
        (commander, "📣 Hỏi báo cáo ngay"),
        (leader, "/chitieu"),
        (leader, "An Sơn"),
        (leader, "✏️ Báo cáo chỉ tiêu"),
        (commander, "/hoatdong"),
        (commander, "🪪 Danh sách người theo mã"),
        (commander, "/dientap"),
        (commander, "➕ Thêm diễn tập"),
        (commander, "=Diễn tập thử"),
        (commander, "=20/4"),
        (commander, "⬜ An Sơn"),
        (commander, "✔️ Xong"),
        (commander, "✅ Lưu"),
        (commander, "🎯 20/04 Diễn tập thử (An Sơn)"),
        (commander, "📋 phường An Sơn"),
        (commander, "✏️ Sửa mục"),
        (leader, "/dientap"),
        (admin, "/chitieu"),
        (admin, "1"),
        (admin, "/thumoi"),
        (admin, "/lich"),
        (admin, "🔓 Mở lại ngày đã chốt"),
        (admin, "/miengiam"),
        (admin, "➕ Thêm"),
        (admin, "An Phú"),
        (admin, "Hôm nay 16/03"),
        (admin, "=nghỉ lễ"),
        (admin, "/saoluu"),
        (admin, "/nguoidung"),
        (admin, "CHT An Sơn"),
        (admin, "/donvi"),
        (admin, "/nhatky"),
    )
    for person, what in steps:
        if what.startswith(("/", "=")):
            await person.say(what.removeprefix("="))
        else:
            await person.press(what, timeout=5)
        await home.settled()
        await _keep_buttons(cast)
    await home.at("16:31")  # who is missing can be nudged
    await commander.say("/conthieu")
    await home.settled()
    await _keep_buttons(cast)


async def _keep_buttons(cast: Cast) -> None:
    shown: list[SeenMessage] = await cast.group.messages()
    for caller in cast.callers:
        shown += await caller.person.messages()
    seen = {b.data for message in shown for row in message.buttons for b in row if b.data}
    for route in PRESS_ROUTES:
        mine = {data for data in seen if data.startswith(f"{route.payload.prefix}:")}
        cast.buttons.setdefault(route.payload, set()).update(mine)


async def state(home: House, *, but: frozenset[str] = frozenset()) -> Dump:
    """Return every row of every table, but of those that keep the record of an update."""
    tables = await home.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {
        name: Counter(await home.rows(f'SELECT * FROM "{name}"'))  # noqa: S608 - the schema's own names
        for (name,) in tables
        if name not in _TRACES | but
    }


def _changed(before: Dump, after: Dump) -> list[str]:
    return [name for name, rows in after.items() if before[name] != rows]


def _named(place: Group | None) -> str:
    return place.title if place else "privately"


def _fits(place: Place, chat: Group | None, cast: Cast) -> bool:
    match place:
        case Place.PRIVATE:
            return chat is None
        case Place.GROUP:
            return chat is not None
        case Place.COMMAND_GROUP:
            return chat is None or chat == cast.group
        case Place.ANYWHERE:
            return True


async def try_button(cast: Cast, route: PressRoute, rights: Rights) -> list[str]:
    """Return what is wrong when everybody presses a button of the route everywhere."""
    name, seen = route.payload.__name__, cast.buttons.get(route.payload)
    if not seen:
        return [f"{name}: the tour has shown no such button"]
    data = min(seen)
    try:
        route.payload.parse(data)
    except InvalidPayloadError:
        return [f"{name}: {data!r} is not its own"]
    answers = {
        (caller, chat): _toast_of_refusal(caller, route, chat, cast, rights)
        for caller in cast.callers
        for chat in cast.places
    }
    wrong = await _press_refused(cast, name, data, {p: w for p, w in answers.items() if w})
    for caller, chat in (pressed for pressed, words in answers.items() if not words):
        so_far = len(await caller.person.toasts())
        await _press(caller, data, chat)
        await cast.home.settled()
        toast = (await _toasts(caller, so_far, 1))[0]
        if toast in {TOAST_REFUSED, STRANGER}:
            wrong.append(f"{name}: {caller.name} may, but {_named(chat)} heard {toast!r}")
    return wrong


def _toast_of_refusal(
    caller: Caller, route: PressRoute, chat: Group | None, cast: Cast, rights: Rights
) -> str:
    """What who may not press, or not here, is told; "" for who may."""
    if not caller.is_known:
        return STRANGER
    if not caller.may(route.action, rights):
        return TOAST_REFUSED
    return "" if _fits(route.place, chat, cast) else TOAST_STALE


async def _press_refused(
    cast: Cast, name: str, data: str, refused: Mapping[tuple[Caller, Group | None], str]
) -> list[str]:
    """Let all of them press; each hears the refusal, and nothing changes."""
    before = await _at_rest(cast)
    heard = {caller.name: len(await caller.person.toasts()) for caller in cast.callers}
    for caller, chat in refused:
        await _press(caller, data, chat)
    await cast.home.settled()
    wrong = []
    for caller in cast.callers:
        expected = Counter(words for (who, _), words in refused.items() if who is caller)
        toasts = Counter(await _toasts(caller, heard[caller.name], expected.total()))
        if toasts != expected:
            wrong.append(f"{name}: {caller.name} heard {dict(toasts)}, not {dict(expected)}")
    if changed := _changed(before, await state(cast.home)):
        wrong.append(f"{name}: presses that are refused changed {changed}")
    return wrong


async def _at_rest(cast: Cast) -> Dump:
    """Let the bot do what earlier presses have led to, so that what changes now is by these."""
    await cast.home.parts.reconcile.look()
    await cast.home.settled()
    return await state(cast.home)


async def _toasts(caller: Caller, after: int, expected: int) -> list[str]:
    """Return what answered the newest presses; an answer comes a little after the commit."""
    heard: list[str] = []
    for _ in range(100):
        heard = (await caller.person.toasts())[after:]
        if len(heard) >= expected:
            break
        await asyncio.sleep(0.02)
    return heard


async def _press(caller: Caller, data: str, chat: Group | None) -> None:
    """Press as an old or forwarded button would, at a text: a picture or a file has no buttons."""
    texts = [m for m in await caller.person.messages(chat) if m.from_bot and not m.media]
    await caller.person.forge(data, texts[-1].id, chat=chat)


def _refusal(
    caller: Caller, route: CommandRoute, chat: Group | None, cast: Cast, rights: Rights
) -> str:
    """What the caller is told who may not, or not here; "" for who may."""
    if not caller.is_known:
        return STRANGER
    if caller.role is None:
        return ROLE_OVER
    if not caller.may(route.action, rights):
        return REFUSED
    if not _fits(route.place, chat, cast):
        return IN_GROUP if route.place is Place.GROUP else IN_PRIVATE
    return ""


async def try_command(cast: Cast, route: CommandRoute, rights: Rights) -> list[str]:
    """Return what is wrong when everybody gives the command everywhere."""
    name, wrong = f"/{COMMANDS[route.action]}", []
    before = await state(cast.home, but=_ANSWERS)
    for chat in cast.places:
        refused = [
            (caller, words)
            for caller in cast.callers
            if (words := _refusal(caller, route, chat, cast, rights))
        ]
        wrong += await _hear_refusals(cast, name, chat, refused)
    if changed := _changed(before, await state(cast.home, but=_ANSWERS)):
        wrong.append(f"{name}: refused commands changed {changed}")
    for chat in cast.places:
        for caller in cast.callers:
            if _refusal(caller, route, chat, cast, rights):
                continue
            sent = await caller.person.say(name, chat=chat)
            await cast.home.settled()
            told = [
                m.text for m in await caller.person.messages(chat) if m.from_bot and m.id > sent
            ]
            is_told_to_go_private = IN_PRIVATE in "".join(told) and chat is not None
            if not told or (told[0].startswith(REFUSALS) and not is_told_to_go_private):
                wrong.append(f"{name}: {caller.name} may, but {_named(chat)} was told {told}")
    await _stay_in_the_command_group(cast)
    return wrong


async def _hear_refusals(
    cast: Cast, name: str, chat: Group | None, refused: list[tuple[Caller, str]]
) -> list[str]:
    """Let all of them give the command at one place; nobody may hear anything but the refusal."""
    wrong = []
    sent = {caller.name: await caller.person.say(name, chat=chat) for caller, _ in refused}
    await cast.home.settled()
    if chat is None:
        for caller, words in refused:
            told = [
                m.text
                for m in await caller.person.messages()
                if m.from_bot and m.id > sent[caller.name]
            ]
            # A stranger was told today already.
            expected = 0 if words == STRANGER else 1
            if len(told) != expected or not all(text.startswith(words) for text in told):
                wrong.append(f"{name}: {caller.name} was told {told}, not {words!r}")
        return wrong
    first = min(sent.values(), default=0)
    told = [m.text for m in await chat.messages() if m.from_bot and m.id > first]
    expected_words = [words for _, words in refused if words != STRANGER]
    left = list(told)
    for words in expected_words:
        found = next((text for text in left if text.startswith(words)), None)
        if found is None:
            wrong.append(f"{name}: in {chat.title} nobody was told {words!r} but {told}")
        else:
            left.remove(found)
    if left:
        wrong.append(f"{name}: in {chat.title} somebody was told {left}")
    return wrong


async def _stay_in_the_command_group(cast: Cast) -> None:
    """An admin may make any group the command group; the next one tries from the old one again."""
    bound = await cast.home.count("SELECT group_chat_id FROM command")
    if bound != cast.group.id:
        await cast.who("admin").say("/nhom", chat=cast.group)
        await cast.home.settled()


async def questions(cast: Cast) -> dict[type, str]:
    """Return an example of each question, as it waits in the database."""
    async with cast.home.database.snapshot() as session:
        unit = next(u for u in (await units.registry(session)).on(DAY) if "An Sơn" in u.name)
        leader = await people.get_by_telegram_id(session, cast.who("leader").id)
    assert leader is not None
    span, tomorrow = Span(DAY, DAY, EVERY_DAY), DAY + timedelta(days=1)
    listed = (
        FieldQuestion("duty", DAY, unit.id, 0, "work", "slot"),
        LateQuestion("duty", DAY, unit.id, 1, "", "slot"),
        HoursQuestion(None, EVERY_DAY),
        ReopenDayQuestion(),
        ReopenReasonQuestion(DAY - timedelta(days=1), None, 2),
        ExemptDaysQuestion(unit.id),
        ExemptReasonQuestion(unit.id, span),
        IncidentQuestion(unit.id, Severity.ORDINARY),
        ClosingQuestion(await cast.home.count("SELECT min(id) FROM incident")),
        WordsQuestion(),
        TimeQuestion(await cast.home.count("SELECT min(id) FROM announcement"), tomorrow),
        ActingDaysQuestion(leader.id, unit.id),
        UnitQuestion(UnitStage.VALUE, UnitChange(ChangeKind.RENAME, unit.id)),
        NewActivityQuestion(ActivityKind.BRIEFING),
        SessionQuestion(1),
        LiableQuestion(1),
        RosterQuestion(unit.id),
        PlanQuestion(PlanStage.TITLE, Plan()),
        MoveQuestion(await cast.home.count("SELECT min(id) FROM exercise")),
        ItemQuestion(await cast.home.count("SELECT min(id) FROM exercise"), unit.id),
        DueQuestion(await cast.home.count("SELECT min(id) FROM checklist_item")),
        RevisionQuestion("bases_trained"),
    )
    return {type(each): each.pack() for each in listed}


async def try_question(cast: Cast, route: TextRoute, rights: Rights) -> list[str]:
    """Return what is wrong when everybody is asked this, and types something at each place.

    Who may not answer is told that the words mean nothing here, and is asked no more.
    """
    name, asked = route.question.__name__, (await questions(cast)).get(route.question)
    if asked is None:
        return [f"{name}: there is no example"]
    wrong = []
    may = [c for c in cast.callers if c.may(route.action, rights)]
    may_not = [c for c in cast.callers if c not in may and c.is_known]
    await _ask_nobody(cast)
    before = await state(cast.home, but=_ANSWERS)
    for caller in (*may_not, *may):
        await ask(cast, caller, asked)
        for group in (cast.group, cast.foreign):
            sent = await caller.person.say(TYPED, chat=group)
            await cast.home.settled()
            told = [m for m in await group.messages() if m.from_bot and m.id > sent]
            if told or await _asked(cast, caller) != asked:
                wrong.append(f"{name}: {caller.name} was heard in {group.title}")
        sent = await caller.person.say(TYPED)
        await cast.home.settled()
        told = [m for m in await caller.person.messages() if m.from_bot and m.id > sent]
        is_answer = bool(told) and not told[0].text.startswith(NO_ANSWER)
        if len(told) != 1 or is_answer != (caller in may):
            shown = [m.text for m in told]
            wrong.append(f"{name}: {caller.name} was told {shown}")
        after = await state(cast.home, but=_ANSWERS)
        if caller in may_not and (changed := _changed(before, after)):
            wrong.append(f"{name}: {caller.name}, who may not, changed {changed}")
    return wrong


async def _ask_nobody(cast: Cast) -> None:
    async with cast.home.database.transaction() as session:
        await session.run("DELETE FROM awaited_text")
    await _at_rest(cast)


async def ask(cast: Cast, caller: Caller, asked: str) -> None:
    async with cast.home.database.transaction() as session:
        person = await people.get_by_telegram_id(session, caller.person.id)
        assert person is not None
        await awaited_texts.save(session, person.id, asked, cast.home.parts.clock.now())


async def _asked(cast: Cast, caller: Caller) -> str:
    rows = await cast.home.rows(
        "SELECT question FROM awaited_text AS a JOIN person AS p ON p.id = a.person_id "
        "WHERE telegram_id = ?",
        caller.person.id,
    )
    return str(rows[0][0]) if rows else ""
