"""Incidents: reported by a leader, told until a commander acknowledges, closed with a note."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.incidents import Severity
from bot.domain.people import Role
from bot.screens.incident_payloads import (
    HandlingPress,
    HandlingStep,
    IncidentPress,
    IncidentStep,
)
from sandbox.people import Group, Person
from tests.handlers.test_bad_input import NOT_ALLOWED, STALE, toast_after
from tests.handlers.test_duty_report import CANCEL, DETAIL, EDIT, report_normally
from tests.handlers.test_duty_report import SEND as SEND_REPORT
from tests.handlers.test_schedules import hears, pressed, says
from tests.house import DAY, House, house, moved_in

REPORT = "🚨 Báo vụ việc"
SERIOUS = "🟠 Nghiêm trọng"
CRITICAL = "🔴 Rất nghiêm trọng"
SEND = "📨 Gửi"
BACK = "↩️ Quay lại"
ACKNOWLEDGE = "✅ Đã nhận"
CLOSE = "✔️ Đóng vụ việc"
TOMORROW = DAY + timedelta(days=1)
NOBODY_YET = "chưa có chỉ huy nào nhận"


async def incidents(home: House) -> int:
    return await home.count("SELECT count(*) FROM incident")


async def written(leader: Person, words: str = "cây đổ chắn đường", grade: str = SERIOUS) -> str:
    """Write an incident up to its card, and return what the card shows."""
    await says(leader, "/vuviec", "Mức độ thế nào?")
    await pressed(leader, grade, "việc gì đã xảy ra")
    return await says(leader, words, "Chưa gửi")


async def sent(leader: Person, words: str = "cây đổ chắn đường") -> None:
    await written(leader, words)
    await pressed(leader, SEND, "Đã gửi lúc")


async def group_with(home: House, *people: Person) -> Group:
    admin = await home.admin()
    group = await home.box.group("Nhóm chỉ huy", [admin, *people])
    await admin.say("/nhom", chat=group)
    await group.sees("nhóm chỉ huy của")
    return group


async def told(person: Person, words: str, chat: Group | None = None) -> int:
    """How many messages of the bot have these words."""
    return sum(words in m.text for m in await person.messages(chat) if m.from_bot)


async def test_an_incident_from_its_report_to_its_end(tmp_path: Path) -> None:
    async with house(tmp_path, at="16:40") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await group_with(home, commander)
        asked = await says(leader, "/vuviec", "Mức độ thế nào?")
        assert "phường An Sơn" in asked
        question = await pressed(leader, SERIOUS, "việc gì đã xảy ra")
        assert "không quá 300 ký tự" in question
        assert "Không ghi bí mật nhà nước" in question
        card = await says(leader, "cây <b>đổ</b> &amp; chắn đường", "Chưa gửi")
        assert "cây <b>đổ</b> &amp; chắn đường" in card
        assert await incidents(home) == 0
        assert (await leader.last()).labels == (SEND, EDIT, CANCEL)
        own = (await leader.sees_button(SEND)).id
        await leader.press(SEND)
        assert (await leader.sees("Đã gửi lúc 16:40")).id == own

        shown = await group.sees("Vụ việc: nghiêm trọng")
        for words in ("phường An Sơn", "16:40 ngày 16/03/2026 (CHT)", "cây <b>đổ</b> &amp; chắn"):
            assert words in shown.text
        assert shown.labels == (ACKNOWLEDGE,)
        await home.at("16:42")
        await commander.press(ACKNOWLEDGE, shown.id, group)
        taken = await group.sees("Chỉ huy đã nhận lúc 16:42")
        assert taken.id == shown.id
        assert taken.labels == (CLOSE,)
        assert (await leader.sees("Đã gửi lúc 16:40")).text.endswith("✅ Chỉ huy đã nhận lúc 16:42")
        await leader.sees("✅ Chỉ huy đã nhận lúc 16:42: vụ việc của phường An Sơn")

        await home.at("17:10")
        await commander.press(CLOSE, shown.id, group)
        await hears(home, commander, "gõ kết quả xử lý trong tin nhắn riêng")
        await commander.sees("Đóng vụ việc của phường An Sơn")
        await says(commander, "đã dọn <xong>", "Đã đóng lúc 17:10 (Chỉ huy): đã dọn <xong>")
        done = await group.sees("Đã đóng lúc 17:10 (Chỉ huy): đã dọn <xong>")
        assert (done.id, done.labels) == (shown.id, ())
        await home.settled()
        ends = [m for m in await leader.messages() if "đã dọn <xong>" in m.text]
        assert [m.id == own for m in ends] == [True, False]
        assert await home.rows(
            "SELECT action, role, reason FROM audit WHERE action LIKE 'incident.%' ORDER BY id"
        ) == [
            ("incident.acknowledge", "commander", None),
            ("incident.close", "commander", "đã dọn <xong>"),
        ]
        assert await home.count("SELECT count(*) FROM outbox WHERE state = 'refused'") == 0


async def test_unacknowledged_it_climbs_each_rung_once(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await group_with(home, commander)
        admin = group.members[0]
        await sent(leader)
        await group.sees("Vụ việc: nghiêm trọng")
        await home.at("09:04")
        await home.settled()
        assert await told(admin, NOBODY_YET, group) == 0
        await home.at("09:06")
        again = await group.sees(f"Vụ việc báo lúc 09:00 ngày 16/03/2026 {NOBODY_YET}")
        assert again.labels == (ACKNOWLEDGE,)
        await home.at("09:09")
        await home.settled()
        assert await told(commander, NOBODY_YET) == 0
        await home.at("09:11")
        private = await commander.sees(NOBODY_YET)
        assert private.labels == (ACKNOWLEDGE,)
        await home.at("09:21")
        await admin.sees(NOBODY_YET)
        for minute in ("09:22", "09:40", "15:00"):
            await home.at(minute)
        await home.settled()
        counted = [await told(p, NOBODY_YET, c) for p, c in [(admin, group), (commander, None)]]
        assert [*counted, await told(admin, NOBODY_YET)] == [1, 1, 1]

        await commander.press(ACKNOWLEDGE, private.id)
        await commander.sees("Chỉ huy đã nhận lúc 15:00")
        await home.settled()
        for person, chat in ((admin, group), (admin, None), (commander, None)):
            assert await told(person, NOBODY_YET, chat) == 0
            labels = [m.labels for m in await person.messages(chat) if "🚨" in m.text]
            assert set(labels) == {(CLOSE,)}


async def test_acknowledged_it_is_silent(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await group_with(home, commander)
        await sent(leader)
        await group.sees("Vụ việc: nghiêm trọng")
        await commander.press(ACKNOWLEDGE, chat=group)
        await group.sees("Chỉ huy đã nhận lúc 09:00")
        for minute in ("09:05", "09:10", "09:20", "11:00"):
            await home.at(minute)
        await home.settled()
        assert await told(commander, "🚨") == 0
        assert await told(group.members[0], "🚨", group) == 1


async def test_after_an_outage_the_highest_rung_comes_alone_and_late_to_all_who_never_heard(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00", incident_ladder=(3, 6, 9)) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await group_with(home, commander)
        await sent(leader)
        await group.sees("Vụ việc: nghiêm trọng")
        await home.at("11:00")
        for person in (group.members[0], commander):
            late = await person.sees(NOBODY_YET)
            assert "Tin này gửi muộn, lẽ ra lúc 09:09" in late.text
            assert late.labels == (ACKNOWLEDGE,)
        await home.settled()
        assert await told(commander, NOBODY_YET) == 1
        assert await told(group.members[0], NOBODY_YET, group) == 0, "it was told at once"
        await commander.press(ACKNOWLEDGE)
        await group.sees("Chỉ huy đã nhận lúc 11:00")


async def test_a_group_bound_during_the_ladder_hears_of_it_with_the_highest_rung(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00", incident_ladder=(3, 6, 9)) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        await commander.sees("Vụ việc: nghiêm trọng")
        group = await group_with(home, commander)
        await home.at("11:00")
        await group.sees(NOBODY_YET)
        await home.settled()
        assert await told(group.members[0], NOBODY_YET, group) == 1
        assert await told(group.members[0], NOBODY_YET) == 1
        assert await told(commander, NOBODY_YET) == 0, "it was told at once"


async def test_a_restart_in_between_neither_repeats_nor_forgets_a_rung(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        await home.at("09:06")
        await commander.sees(NOBODY_YET)
        await home.settled()
        home.stop.set()
        await home.task
        async with moved_in(home.box, home.settings) as again:
            await again.at("09:07")
            await again.settled()
            assert await told(commander, NOBODY_YET) == 1
            await again.at("09:11")
            await again.settled()
            assert await told(commander, NOBODY_YET) == 2


async def test_a_repetition_that_could_not_go_out_is_dropped_by_the_acknowledgement(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        first = await commander.sees("Vụ việc: nghiêm trọng")
        async with home.database.transaction() as session:
            await session.run(
                "INSERT INTO shown_message (slot, chat_id, created_at) VALUES "
                "('incident:1:again:9', 9, 1773626400000)"
            )
        await commander.press(ACKNOWLEDGE, first.id)
        await commander.sees("Chỉ huy đã nhận lúc 09:00")
        await home.settled()
        assert await told(commander, "🚨") == 1
        assert await home.rows("SELECT state FROM outbox WHERE slot = 'incident:1:again:9'") == [
            ("superseded",)
        ]


async def test_without_a_group_each_commander_is_told_and_the_first_one_counts(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="09:00") as home:
        one = await home.join(Role.COMMANDER, id=8)
        two = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        seen = [await person.sees("Vụ việc: nghiêm trọng") for person in (one, two)]
        data = seen[0].buttons[0][0].data or ""
        await one.press(ACKNOWLEDGE, seen[0].id)
        await two.sees("Chỉ huy đã nhận lúc 09:00")
        await home.at("09:03")
        assert await toast_after(home, two, data, seen[1].id) == "Chỉ huy đã nhận lúc 09:00"
        assert await toast_after(home, one, data, seen[0].id) == "Chỉ huy đã nhận lúc 09:00"
        await home.settled()
        assert await told(leader, "vụ việc của phường An Sơn") == 1
        assert await home.count("SELECT count(*) FROM audit WHERE action LIKE 'incident.%'") == 1


async def test_where_nobody_can_be_told_the_leader_is_asked_to_telephone(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        await leader.sees("Đồng chí gọi điện ngay")
        assert await incidents(home) == 1


async def test_a_closed_incident_is_not_closed_or_acknowledged_again(tmp_path: Path) -> None:
    async with house(tmp_path, at="09:00") as home:
        one = await home.join(Role.COMMANDER, id=8)
        two = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        acknowledge, close = (HandlingPress(step, 1).pack() for step in list(HandlingStep)[:2])
        shown = await one.sees("Vụ việc: nghiêm trọng")
        assert "chưa có chỉ huy nào nhận" in await toast_after(home, one, close, shown.id)
        await one.press(ACKNOWLEDGE, shown.id)
        for person in (one, two):
            await pressed(person, CLOSE, "kết quả xử lý")
        await says(one, "xong", "Đã đóng lúc 09:00 (Chỉ huy): xong")
        assert "Đã đóng lúc 09:00 (Chỉ huy): xong" in await says(two, "xong rồi", "Đã đóng")
        for data in (acknowledge, close):
            assert await toast_after(home, one, data, shown.id) == "Đã đóng lúc 09:00 (Chỉ huy)"
        assert await home.rows("SELECT note FROM incident") == [("xong",)]
        assert await home.count("SELECT count(*) FROM audit WHERE action LIKE 'incident.%'") == 2


async def test_the_question_for_the_note_can_be_left(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        await pressed(commander, ACKNOWLEDGE, "đã nhận lúc")
        await pressed(commander, CLOSE, "kết quả xử lý")
        await says(commander, "x" * 301, "dài 301 ký tự, chỉ ghi được 300")
        await pressed(commander, CANCEL, "Chưa đóng vụ việc")
        await says(commander, "xong", "Tôi chỉ hiểu nút bấm")
        assert await home.count("SELECT count(*) FROM incident WHERE closed_at IS NULL") == 1


async def test_pressing_send_twice_reports_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await written(leader)
        card = await leader.sees_button(SEND)
        send, cancel = (card.buttons[n][-1].data or "" for n in (0, 1))
        for data in (send, send, cancel):
            await leader.forge(data, card.id)
        await home.settled()
        assert "Đã gửi lúc" in (await leader.last()).text
        assert await incidents(home) == await told(commander, "🚨") == 1


async def test_words_and_severity_can_be_changed_before_sending(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await written(leader, "sai")
        old = await leader.sees_button(SEND)
        assert "Đang ghi: sai" in await pressed(leader, EDIT, "việc gì đã xảy ra")
        await says(leader, "đúng", "Chưa gửi")
        await leader.forge(old.buttons[0][0].data or "", old.id)
        await leader.sees("Thẻ này đã cũ, chưa gửi gì")
        await pressed(leader, EDIT, "việc gì đã xảy ra")
        await pressed(leader, BACK, "Mức độ thế nào?")
        assert "đúng" in await pressed(leader, CRITICAL, "Chưa gửi")
        await pressed(leader, SEND, "Đã gửi lúc")
        assert "đúng" in (await commander.sees("Vụ việc: rất nghiêm trọng")).text
        assert await incidents(home) == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("x" * 301, "dài 301 ký tự, chỉ ghi được 300"),
        ("đ" * 4096, "dài 4.096 ký tự"),
        ("\u200b \u202e", "không có chữ nào"),
    ],
)
async def test_words_that_will_not_do_may_be_typed_again(
    tmp_path: Path, words: str, answer: str
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await says(leader, "/vuviec", "Mức độ thế nào?")
        await pressed(leader, SERIOUS, "việc gì đã xảy ra")
        await says(leader, words, answer)
        whole = "<" * 300
        assert whole in await says(leader, whole, "Chưa gửi")


async def test_who_turns_to_something_else_or_cancels_has_sent_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await written(leader)
        await pressed(leader, CANCEL, "Đã hủy, chưa gửi gì")
        await written(leader)
        await says(leader, "/huy", "Đã bỏ câu đang hỏi")
        await pressed(leader, SEND, "Thẻ này đã cũ, chưa gửi gì")
        await home.settled()
        assert await incidents(home) == await told(commander, "🚨") == 0


async def test_who_leads_several_units_chooses_one_first(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say(f"/start {await home.invitation(Role.ACTING, 'Tam Phú')}")
        await leader.sees("Quyền chỉ huy đơn vị")
        await says(leader, "/vuviec", "ở đơn vị nào?")
        assert (await leader.last()).labels == ("An Sơn", "Tam Phú", CANCEL)
        await pressed(leader, "Tam Phú", "Mức độ thế nào?")
        await pressed(leader, SERIOUS, "việc gì đã xảy ra")
        await says(leader, "ngập", "Chưa gửi")
        await pressed(leader, SEND, "Đã gửi lúc")
        assert "xã Tam Phú" in (await commander.sees("Quyền CHT thay mặt CHT")).text


async def test_a_receipt_that_tells_of_a_problem_leads_to_an_incident(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        await home.at("15:30")
        await report_normally(other)
        assert REPORT not in (await other.sees("Đã nhận báo cáo")).labels
        await leader.press(DETAIL, timeout=5)
        await leader.press("An toàn: an toàn 🔁", timeout=5)
        await leader.sees_button("An toàn: ⚠️ có vấn đề, gọi trực chỉ huy 🔁")
        await leader.press("✔️ Xong")
        await leader.press(SEND_REPORT, timeout=5)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert receipt.labels == (EDIT, REPORT)
        await leader.press(REPORT)
        asked = await leader.sees("Mức độ thế nào?")
        assert asked.id > receipt.id
        assert (await leader.sees("Đã nhận báo cáo")).labels == (EDIT, REPORT)


@pytest.mark.parametrize("display", ["counts", "percent"])
async def test_the_digest_lists_what_is_not_closed(tmp_path: Path, display: str) -> None:
    async with house(tmp_path, strength_display=display) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await sent(leader)
        listed = await says(commander, "/tonghop", "Vụ việc chưa đóng")
        assert "Vụ việc chưa đóng: An Sơn 15:00 16/03 (nghiêm trọng, chưa nhận)" in listed
        await home.at("16:30")
        await pressed(commander, ACKNOWLEDGE, "đã nhận lúc")
        await says(commander, "/tonghop", "(nghiêm trọng, đã nhận)")
        await pressed(commander, CLOSE, "kết quả xử lý")
        await says(commander, "xong", "Đã đóng")
        assert "Vụ việc" not in await says(commander, "/tonghop", "Báo cáo trực ngày")


async def test_only_commanders_and_admins_may_acknowledge(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        stranger = await home.box.person(77)
        group = await group_with(home, leader, stranger)
        await sent(leader)
        shown = await group.sees("Vụ việc: nghiêm trọng")
        for step in HandlingStep:
            data = HandlingPress(step, 1).pack()
            await leader.forge(data, shown.id, group)
            await hears(home, leader, NOT_ALLOWED)
            await stranger.forge(data, shown.id, group)
            await hears(home, stranger, "chỉ dành cho người được mời")
        assert await home.count("SELECT count(*) FROM incident WHERE acknowledged_at IS NULL") == 1
        await group.members[0].press(ACKNOWLEDGE, shown.id, group)
        await group.sees("Quản trị đã nhận lúc")


async def test_only_who_leads_a_unit_may_report_an_incident_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await says(commander, "/vuviec", "không thuộc vai trò")
        last = (await commander.last()).id
        press = IncidentPress(IncidentStep.SEVERITY, 1).pack()
        assert await toast_after(home, commander, press, last) == NOT_ALLOWED
        ((other,),) = await home.rows("SELECT id FROM unit WHERE code = 'an-phu'")
        await says(leader, "/vuviec", "Mức độ thế nào?")
        shown = await leader.last()
        for step in (IncidentStep.ASK, IncidentStep.SEND):
            await leader.forge(IncidentPress(step, other, Severity.SERIOUS).pack(), shown.id)
            await leader.sees("không còn phụ trách đơn vị này")
        assert await incidents(home) == 0


@pytest.mark.parametrize("data", ["inc:", "inc:send:3:::0", "inc:ask:3:grave::0", "inc:x:3:::0"])
async def test_forged_buttons_of_leaders_are_called_stale(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        assert await toast_after(home, leader, data, (await leader.last()).id) == STALE


@pytest.mark.parametrize("data", ["inch:ack:5", "inch:close:5", "inch:ack:0", "inch:eat:1"])
async def test_forged_buttons_of_commanders_are_called_stale(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        assert await toast_after(home, commander, data, (await commander.last()).id) == STALE
