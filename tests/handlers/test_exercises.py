"""/dientap: exercises planned by a commander, prepared by units, reminded of, moved, held, cancelled."""

import json
from datetime import date, timedelta
from pathlib import Path

from bot.domain.checklists import ItemState
from bot.domain.people import Role
from bot.screens.exercise_payloads import (
    ChecklistPress,
    ExercisePress,
    ExerciseStep,
    ItemPress,
    ItemStep,
    TickPress,
)
from bot.services.exercises import checklists
from sandbox.people import Person
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_incidents import group_with, told
from tests.handlers.test_people import trail
from tests.handlers.test_schedules import hears, pressed, says
from tests.house import DAY, House, house, moved_in

ADD = "➕ Thêm diễn tập"
CHOSEN = "✔️ Xong"
SAVE = "✅ Lưu"
MOVE = "📅 Dời ngày"
HELD = "🏁 Đã diễn tập"
CANCEL = "🚫 Hủy diễn tập"
NEW = "➕ Thêm mục"
CHANGE = "✏️ Sửa mục"
DUE = "📅 Đổi hạn"
REMOVE = "🗑 Bỏ mục"
UNDER_WAY = "⏳ 1. Thành lập Ban Chỉ đạo"
DONE = "✅ 1. Thành lập Ban Chỉ đạo"
REMINDED = "Việc chuẩn bị diễn tập đến hạn"
TITLE = "Diễn tập <b>chiến đấu</b>"


def in_days(n: int) -> date:
    return DAY + timedelta(days=n)


async def planned(commander: Person, day: date, unit: str | None = "An Sơn") -> None:
    """Plan one for a unit, or for the command."""
    await says(commander, "/dientap", "Diễn tập")
    await pressed(commander, ADD, "tên cuộc diễn tập")
    await says(commander, TITLE, "vào ngày nào")
    await says(commander, f"{day:%d/%m/%Y}", "Cuộc diễn tập của ai?")
    if unit:
        await pressed(commander, f"⬜ {unit}", "Đã chọn 1 đơn vị")
        await pressed(commander, CHOSEN, "Chưa lưu")
    else:
        await pressed(commander, "🏛 Của ban chỉ huy", "Chưa lưu")
    await pressed(commander, SAVE, "Đã lưu")


async def test_who_leads_the_unit_is_told_once_of_a_new_exercise(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=5)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        other = await home.join(Role.LEADER, "An Phú", id=3)
        await planned(commander, in_days(35))
        words = "Cuộc diễn tập mới"
        news = await leader.sees(words)
        assert "phường An Sơn có 8 việc cần chuẩn bị, hạn sớm nhất 21/03/2026" in news.text
        await pressed(leader, "📋 Xem danh mục", "Thành lập Ban Chỉ đạo")
        await planned(commander, in_days(40), None)
        await home.settled()
        for person in (deputy, other, commander):
            assert not any(words in m.text for m in await person.messages())
        assert await home.count("SELECT count(*) FROM outbox WHERE kind = 'exercise'") == 1


async def looks(commander: Person, day: date) -> str:
    """Look at the exercise of that day."""
    await says(commander, "/dientap", "Diễn tập")
    return await pressed(commander, f"🎯 {day:%d/%m} {TITLE} (An Sơn)", "Của phường An Sơn")


async def due_days(home: House) -> list[date]:
    rows = await home.rows(
        "SELECT due_day FROM checklist_item WHERE removed_at IS NULL ORDER BY position, id"
    )
    return [date.fromisoformat(row[0]) for row in rows]


async def first_item(home: House) -> int:
    return await home.count("SELECT min(id) FROM checklist_item")


async def test_a_commander_plans_an_exercise_and_its_leader_ticks_what_is_done(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        assert "Chưa có cuộc diễn tập" in await says(commander, "/dientap")
        day = in_days(60)
        await planned(commander, day)
        listed = await says(commander, "/dientap", "còn 60 ngày")
        assert f"{TITLE} (An Sơn)" in listed
        assert "xong 0/8 mục" in listed
        assert (await due_days(home))[0] == in_days(30)
        assert len(await due_days(home)) == 8

        shown = await says(leader, "/dientap", "Việc của phường An Sơn")
        assert f"1. ⬜ Thành lập Ban Chỉ đạo, hạn {in_days(30):%d/%m}" in shown
        assert not [x for x in (await leader.last()).labels if x in {NEW, CHANGE}]
        await pressed(leader, UNDER_WAY, "1. ⏳ Thành lập Ban Chỉ đạo")
        await hears(home, leader, "Đã ghi: đang làm")
        await pressed(leader, DONE, "xong 1/8 mục")
        assert "xong 1/8 mục" in await looks(commander, day)
        entries = await trail(home, "exercise.tick")
        assert [entry[:2] for entry in entries] == [("leader", "An Sơn")] * 2
        assert json.loads(str(entries[1][2])) == {"state": "under_way"}
        assert json.loads(str(entries[1][3])) == {
            "exercise": TITLE,
            "item": "bodies.steering",
            "state": "done",
        }
        async with home.database.snapshot() as session:
            now = home.parts.clock.now()
            (facts,) = await checklists(session, day, now)
            assert await checklists(session, day + timedelta(days=366), now) == ()
        assert [i.key for i in facts.items].count("bodies") == 3
        assert [i.state for i in facts.items].count(ItemState.DONE) == 1
        assert not facts.is_done


async def test_two_who_press_the_same_item_both_see_how_it_truly_stands(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await planned(commander, in_days(60))
        for person in (leader, deputy):
            await says(person, "/dientap", "Việc của phường An Sơn")
        await pressed(leader, DONE, "1. ✅ Thành lập Ban Chỉ đạo")
        await pressed(deputy, UNDER_WAY, "1. ✅ Thành lập Ban Chỉ đạo")
        await hears(home, deputy, "vừa được người khác đổi, nay là: xong")
        assert len(await trail(home, "exercise.tick")) == 1


async def test_one_for_several_units_is_one_for_each(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await says(commander, "/dientap")
        await pressed(commander, ADD)
        await says(commander, TITLE, "vào ngày nào")
        await says(commander, "15/9", "Cuộc diễn tập của ai?")
        await commander.press(CHOSEN)
        await hears(home, commander, "chọn ít nhất một đơn vị")
        await pressed(commander, "⬜ An Sơn", "Đã chọn 1")
        await pressed(commander, "⬜ Phước Hòa", "Đã chọn 2")
        card = await pressed(commander, CHOSEN, "Chưa lưu")
        assert "Của: An Sơn, Phước Hòa" in card
        assert "15/09/2026" in card
        saved = await commander.sees_button(SAVE)
        await pressed(commander, SAVE, "2 đơn vị")
        data = next(b.data for row in saved.buttons for b in row if b.text == SAVE)
        await commander.forge(str(data), saved.id)
        await commander.sees("Thẻ này đã cũ")
        assert await home.count("SELECT count(*) FROM exercise") == 2
        await says(commander, "/dientap")
        await pressed(commander, "🏘 Theo đơn vị", "của ai")
        assert "xong 0/8 mục" in await pressed(commander, "Phước Hòa", "phường Phước Hòa")


async def test_what_cannot_be_is_refused_and_may_be_typed_again(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await says(commander, "/dientap")
        await pressed(commander, ADD, "không quá 100 ký tự")
        await says(commander, "x" * 101, "dài 101 ký tự, chỉ ghi được 100")
        await says(commander, "\u200b", "không có chữ nào")
        await says(commander, TITLE, "vào ngày nào")
        await says(commander, "mùa thu", "Tôi không hiểu ngày")
        await says(commander, "15/3/2026", "Ngày 15/03/2026 đã qua")
        await says(commander, "15/3/2036", "quá xa")
        await says(commander, "16/5", "Cuộc diễn tập của ai?")
        await pressed(commander, "❌ Hủy", "Chưa có cuộc diễn tập")
        assert await home.count("SELECT count(*) FROM exercise") == 0


async def test_items_are_added_changed_and_removed(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        day = in_days(60)
        await planned(commander, day)
        await looks(commander, day)
        await pressed(commander, NEW, "Mục mới của phường An Sơn")
        await says(commander, "x" * 81, "chỉ ghi được 80")
        added = await says(commander, "Vẽ <i>bản đồ</i>", "Việc của phường An Sơn")
        assert "Vẽ <i>bản đồ</i>" in added
        assert f"Hạn: {day - timedelta(days=7):%d/%m/%Y}" in added
        await pressed(commander, DUE, "Hạn mới là ngày nào")
        await says(commander, f"{day + timedelta(days=1):%d/%m/%Y}", "Hạn phải từ hôm nay")
        await says(commander, "không rõ", "Tôi không hiểu ngày")
        await says(commander, f"{in_days(40):%d/%m}", f"Hạn: {in_days(40):%d/%m/%Y}")
        assert (await due_days(home))[-1] == in_days(40)
        await pressed(commander, REMOVE, "Bỏ mục")
        await pressed(commander, REMOVE, "xong 0/8 mục")
        actions = "SELECT action FROM audit WHERE action LIKE 'exercise.item%' ORDER BY id"
        assert [row[0] for row in await home.rows(actions)] == [
            "exercise.item_add",
            "exercise.item_due",
            "exercise.item_remove",
        ]
        gone = await home.count("SELECT max(id) FROM checklist_item")
        last = await commander.last()
        await commander.forge(ItemPress(ItemStep.DUE, gone).pack(), last.id)
        await commander.sees("không còn trong danh mục")


async def test_no_exercise_has_more_than_fifty_items(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await planned(commander, in_days(60))
        async with home.database.transaction() as session:
            for n in range(41):
                await session.run(
                    "INSERT INTO checklist_item "
                    "(exercise_id, unit_id, key, title, position, due_day, due_set_day) "
                    "SELECT exercise_id, unit_id, 'own', ?, ?, due_day, due_set_day "
                    "FROM checklist_item WHERE position = 0",
                    ("m" * 80, 8 + n),
                )
        await looks(commander, in_days(60))
        await pressed(commander, NEW, "Mục mới")
        await says(commander, "Mục thứ năm mươi", "Việc của phường An Sơn")
        await looks(commander, in_days(60))
        await pressed(commander, NEW, "đã có 50 mục")
        await says(leader, "/dientap", "xong 0/50 mục")
        await pressed(leader, "Trang sau ▶️", "21. ⬜")
        assert "50. ⬜ Mục thứ năm mươi" in await pressed(leader, "Trang sau ▶️", "50. ⬜")
        await pressed(leader, "✅ 50. Mục thứ năm mươi", "50. ✅")


async def test_an_exercise_is_moved_and_its_items_with_it(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        other = await home.admin()
        day, later = in_days(60), in_days(70)
        await planned(commander, day)
        before = await due_days(home)
        await looks(commander, day)
        await pressed(commander, MOVE, "Dời sang ngày nào")
        await says(commander, "1/1/2026", "đã qua")
        card = await says(commander, f"{later:%d/%m/%Y}", "Chưa lưu")
        assert f"{day:%d/%m/%Y} → {later:%d/%m/%Y}" in card
        await looks(other, day)
        await pressed(other, MOVE, "Dời sang ngày nào")
        await says(other, f"{in_days(80):%d/%m/%Y}", "Chưa lưu")
        await pressed(commander, SAVE, "còn 70 ngày")
        assert await due_days(home) == [due + timedelta(days=10) for due in before]
        await pressed(other, SAVE, "còn 70 ngày")
        await hears(home, other, "vừa được người khác dời")
        ((role, unit, was, now),) = await trail(home, "exercise.move")
        assert (role, unit) == ("commander", "An Sơn")
        assert json.loads(str(was)) == {"day": day.isoformat()}
        assert json.loads(str(now)) == {"exercise": TITLE, "day": later.isoformat()}


async def test_reminders_come_once_in_the_morning_in_one_message_and_end_when_it_is_done(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await planned(commander, in_days(60))
        week_before = in_days(23)
        await home.at("06:59", week_before)
        await home.settled()
        assert await told(leader, REMINDED) == 0
        for minute in ("07:01", "07:02", "12:00", "19:00"):
            await home.at(minute, week_before)
        await home.settled()
        assert await told(leader, REMINDED) == 1
        text = (await leader.sees(REMINDED)).text
        assert text.count("•") == 3
        assert "Thành lập Ban Chỉ đạo: hạn 15/04, còn 7 ngày" in text

        await pressed(leader, f"🎯 15/05 {TITLE} (An Sơn)", "Việc của phường An Sơn")
        await pressed(leader, DONE, "xong 1/8")
        await home.at("07:01", in_days(29))
        await home.settled()
        text = (await leader.sees(REMINDED)).text
        assert "Ban Chỉ đạo" not in text
        assert "Thành lập khung tập: hạn 15/04, ngày mai" in text
        assert await told(deputy, REMINDED) == 0
        await home.at("07:01", in_days(31))
        await home.settled()
        for person in (leader, deputy):
            assert "🔴 quá hạn 1 ngày (15/04)" in (await person.sees("quá hạn")).text
        assert await told(commander, REMINDED) == 0


async def test_after_an_outage_only_the_highest_rung_is_sent_and_not_at_night(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await planned(commander, in_days(60))
        home.stop.set()
        await home.task
        await home.box.jump(home.moment("21:00", in_days(35)))
        async with moved_in(home.box, home.settings) as again:
            await again.at("21:01", in_days(35))
            await again.settled()
            assert await told(leader, REMINDED) == 0
            await again.at("14:00", in_days(36))
            await again.settled()
            assert await told(leader, REMINDED) == 1
            text = (await leader.sees(REMINDED)).text
            assert text.count("quá hạn 6 ngày") == 3
            assert text.count("còn 3 ngày") == 2
            assert await again.rows("SELECT rung, count(*) FROM checklist_reminder GROUP BY 1") == [
                (1, 2),
                (3, 3),
            ]


async def test_a_cancelled_exercise_reminds_nobody_and_its_old_buttons_say_so(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        day = in_days(60)
        await planned(commander, day)
        await says(leader, "/dientap", "Việc của phường An Sơn")
        await looks(commander, day)
        await commander.press(HELD)
        await hears(home, commander, "Chưa đến ngày 15/05/2026")
        await pressed(commander, CANCEL, "không lấy lại được")
        await pressed(commander, CANCEL, "đã hủy")
        await pressed(leader, DONE, "đã hủy nên không đổi được nữa")
        await home.at("07:01", in_days(31))
        await home.settled()
        assert await told(leader, REMINDED) == 0
        assert "không có việc gì" in await says(leader, "/dientap")
        assert len(await trail(home, "exercise.cancel")) == 1
        async with home.database.snapshot() as session:
            assert await checklists(session, day, home.parts.clock.now()) == ()


async def test_an_exercise_that_was_held_is_closed(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        day = in_days(3)
        await planned(commander, day)
        await home.at("09:00", in_days(5))
        assert "đã qua 2 ngày, chưa ghi kết quả" in await looks(commander, day)
        await pressed(commander, HELD, "Còn 8 mục chưa xong")
        await pressed(commander, HELD, "đã diễn tập")
        last = await commander.last()
        await commander.forge(ExercisePress(ExerciseStep.MOVE, 1).pack(), last.id)
        await commander.sees("đã diễn tập nên không đổi được nữa")
        async with home.database.snapshot() as session:
            (facts,) = await checklists(session, day, home.parts.clock.now())
        assert facts.is_held


async def test_the_commands_exercise_has_its_own_items_and_may_ask_a_unit_for_more(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await planned(commander, in_days(60), unit=None)
        assert "không có việc gì" in await says(leader, "/dientap")
        await says(commander, "/dientap")
        await pressed(commander, f"🎯 15/05 {TITLE}", "Của ban chỉ huy")
        await pressed(commander, NEW, "việc của ai")
        await pressed(commander, "An Sơn", "Mục mới của phường An Sơn")
        await says(commander, "Chuẩn bị bãi tập", "Việc của phường An Sơn")
        await says(leader, "/dientap", "1. ⬜ Chuẩn bị bãi tập")
        await pressed(leader, "✅ 1. Chuẩn bị bãi tập", "xong 1/1 mục")
        await home.at("07:01", in_days(23))
        await home.settled()
        assert await told(commander, REMINDED) == 1


async def test_the_digest_tells_what_is_near_and_behind(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        group = await group_with(home, commander)
        await planned(commander, in_days(31))
        assert "Chuẩn bị diễn tập" not in await says(commander, "/tonghop ngay", "16/03/2026")
        await home.at("16:31", in_days(5))
        digest = (await group.sees("Chuẩn bị diễn tập")).text
        assert "còn 26 ngày, 16/04, xong 0/8 mục" in digest
        assert "🔴 Quá hạn: An Sơn 3 (Thành lập Ban Chỉ đạo;" in digest
        past = await says(commander, "/tonghop ngay 18/3", "18/03/2026")
        assert "Chuẩn bị diễn tập" not in past


async def test_only_who_answers_for_an_item_may_tick_it_and_only_planners_plan(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        other = await home.join(Role.LEADER, "Tam Phú", id=2)
        stranger = await home.box.person(77)
        await planned(commander, in_days(60))
        item = await first_item(home)
        await says(other, "/dientap", "không có việc gì")
        last = (await other.last()).id
        tick = TickPress(item, ItemState.OPEN, ItemState.DONE).pack()
        assert "của đơn vị khác" in await toast_after(home, other, tick, last)
        unit = await home.count("SELECT unit_id FROM exercise")
        seen = ChecklistPress(1, unit).pack()
        assert "của đơn vị khác" in await toast_after(home, other, seen, last)
        for forged in (
            ExercisePress(ExerciseStep.LIST).pack(),
            ExercisePress(ExerciseStep.CANCELLED, 1).pack(),
            ItemPress(ItemStep.REMOVED, item).pack(),
        ):
            assert await toast_after(home, other, forged, last) == NOT_ALLOWED
        assert await toast_after(home, other, "exc:eat:1::::0", last) in {NOT_ALLOWED, STALE}
        own = (await commander.last()).id
        assert await toast_after(home, commander, "exc:eat:1::::0", own) == STALE
        unknown = ExercisePress(ExerciseStep.VIEW, 99).pack()
        await commander.forge(unknown, own)
        await commander.sees("Không có cuộc diễn tập này")
        await stranger.say("/dientap")
        assert "chỉ dành cho người được mời" in (await stranger.sees("Chào")).text
        assert await trail(home, "exercise.tick") == []
        assert await home.count("SELECT count(*) FROM exercise WHERE cancelled_at IS NULL") == 1


async def test_a_commander_may_tick_for_a_unit_and_the_trail_says_who_did(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await planned(commander, in_days(60))
        await looks(commander, in_days(60))
        await pressed(commander, "📋 phường An Sơn", "Việc của phường An Sơn")
        await pressed(commander, DONE, "xong 1/8")
        assert [entry[:2] for entry in await trail(home, "exercise.tick")] == [
            ("commander", "An Sơn")
        ]
        admin = await home.admin()
        await says(admin, "/nhatky")
        page = await pressed(admin, "🎯 Diễn tập", "Ghi mục chuẩn bị")
        assert f"chưa làm → “{TITLE}”, Thành lập Ban Chỉ đạo, xong" in page
