"""The daily duty report, as leaders meet it."""

from datetime import timedelta
from pathlib import Path

from bot.domain.people import Role
from sandbox.people import Person
from storage import reopenings
from tests.house import DAY, House, house, moved_in

NORMAL = "✅ Đủ quân số, bình thường"
COPY = "📋 Như hôm qua"
DETAIL = "✏️ Nhập chi tiết"
SEND = "📨 Gửi báo cáo"
EDIT = "✏️ Sửa"
CANCEL = "❌ Hủy"
TOMORROW = DAY + timedelta(days=1)


async def report_normally(leader: Person) -> None:
    await leader.press(NORMAL, timeout=5)
    await leader.press(SEND, timeout=5)
    await leader.sees("Đã nhận báo cáo")


async def revisions(home: House) -> list[tuple[int, str]]:
    rows = await home.rows("SELECT revision, answers FROM report_revision ORDER BY revision")
    return [(row[0], row[1]) for row in rows]


async def test_a_normal_day_is_two_taps_and_one_message(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        prompt = await leader.sees("Mời đồng chí báo cáo trước 16:30")
        assert prompt.labels == (NORMAL, DETAIL)
        await leader.press(NORMAL)
        card = await leader.sees_button(SEND)
        assert card.labels == (SEND, EDIT, CANCEL)
        await leader.press(SEND)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert {prompt.id, card.id, receipt.id} == {prompt.id}
        for words in ("phường An Sơn", "16/03/2026", "đúng hạn", "Mã:", "27/27"):
            assert words in receipt.text
        assert await home.count("SELECT count(*) FROM report") == 1


async def test_submitting_twice_is_the_same_as_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        card = await leader.sees_button(SEND)
        data = card.buttons[0][0].data or ""
        await leader.press(SEND)
        await leader.forge(data, card.id)
        await home.box.idle()
        first = (await leader.sees("Đã nhận báo cáo")).text
        await leader.forge(data, card.id)
        await home.box.idle()
        assert (await leader.sees("Đã nhận báo cáo")).text == first
        assert len(await revisions(home)) == 1


async def test_like_yesterday_copies_the_last_report(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(DETAIL, timeout=5)
        await leader.press("ốm: 0", timeout=5)
        await leader.sees_button("ốm: 1")
        await leader.press("✔️ Xong")
        await leader.press(SEND, timeout=5)
        await leader.sees("Đã nhận báo cáo")
        await home.at("15:30", TOMORROW)
        await leader.sees("17/03/2026")
        await leader.press(COPY)
        card = await leader.sees_button(SEND)
        assert "26/27, vắng 1" in card.text
        assert "ốm 1" in card.text


async def test_with_no_report_yesterday_the_last_one_is_named_by_its_day(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("15:30", DAY + timedelta(days=3))
        prompt = await leader.sees("19/03/2026")
        assert NORMAL in prompt.labels
        assert "📋 Như báo cáo gần nhất (16/3)" in prompt.labels


async def test_details_are_stepped_flipped_and_shown_as_a_problem(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await home.command_group()
        await home.at("15:30")
        await leader.press(DETAIL, timeout=5)
        await leader.press("phép: 0", timeout=5)
        await leader.sees_button("phép: 1")
        await leader.press("An toàn: an toàn 🔁")
        await leader.sees_button("An toàn: ⚠️ có vấn đề, gọi trực chỉ huy 🔁")
        await leader.press("✔️ Xong")
        card = await leader.sees_button(SEND)
        assert "có vấn đề, gọi trực chỉ huy" in card.text
        await leader.press(SEND)
        await leader.sees("Đã nhận báo cáo")
        await home.at("16:30")
        digest = await group.sees("Báo cáo 1/13")
        assert digest.text.index("An Sơn") < digest.text.index("Báo cáo 1/13")


async def test_a_count_goes_neither_below_zero_nor_above_the_establishment(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(DETAIL, timeout=5)
        editor = await leader.sees_button("ốm: 0")
        minus = next(row[0] for row in editor.buttons if row[0].text == "➖")
        await leader.forge(minus.data or "", editor.id)
        await home.box.idle()
        assert "Không thể nhỏ hơn 0." in await leader.toasts()
        async with home.database.transaction() as session:
            await session.run("UPDATE unit_strength SET establishment = 0")
        await leader.press("ốm: 0")
        await home.box.idle()
        assert "Tổng vắng không thể quá biên chế (0)." in await leader.toasts()
        assert (await leader.sees_button("ốm: 0")).id == editor.id


async def test_a_correction_never_makes_an_on_time_report_late(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("17:00")
        await leader.press(EDIT)
        await leader.press("khác: 0", timeout=5)
        await leader.sees_button("khác: 1")
        await leader.press("✔️ Xong")
        await leader.press(SEND, timeout=5)
        receipt = await leader.sees("sửa sau hạn")
        assert "đúng hạn" in receipt.text
        assert [n for n, _ in await revisions(home)] == [1, 2]


async def test_after_due_a_report_is_late_and_after_the_lock_it_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        late = await home.join(Role.LEADER, "An Sơn", id=1)
        silent = await home.join(Role.LEADER, "An Phú", id=2)
        await home.at("15:30")
        await late.sees("Mời đồng chí")
        await silent.sees("Mời đồng chí")
        await home.at("16:31")
        await report_normally(late)
        assert "muộn" in (await late.sees("Đã nhận báo cáo")).text
        await home.at("20:00")
        await silent.press(NORMAL)
        told = await silent.sees("đã chốt lúc 20:00")
        assert "gọi trực chỉ huy" in told.text
        assert told.labels == ()
        assert await home.count("SELECT count(*) FROM report") == 1


async def test_the_second_person_of_a_unit_sees_who_has_reported(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        await home.at("16:05")
        await report_normally(deputy)
        await leader.sees("Đã có báo cáo lúc 16:05 (Phó CHT)")
        taken = await leader.sees_button(EDIT)
        assert EDIT in taken.labels
        assert len(await revisions(home)) == 1


async def test_a_card_overtaken_by_another_person_changes_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        card = await leader.sees_button(SEND)
        await report_normally(deputy)
        await leader.forge(card.buttons[0][0].data or "", card.id)
        await home.box.idle()
        await leader.sees("Đã có báo cáo lúc")
        assert len(await revisions(home)) == 1


async def test_an_old_card_cannot_send_what_it_does_not_show(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        old_card = await leader.sees_button(SEND)
        await leader.press(EDIT)
        await leader.press("ốm: 0", timeout=5)
        await leader.sees_button("ốm: 1")
        await leader.forge(old_card.buttons[0][0].data or "", old_card.id)
        await home.box.idle()
        assert (
            "Phiếu đã thay đổi ở tin khác. Đồng chí xem lại rồi bấm gửi." in await leader.toasts()
        )
        assert await revisions(home) == []


async def test_cancelling_sends_nothing_and_leads_back_to_the_choices(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        await leader.press(CANCEL, timeout=5)
        back = await leader.sees("Đã hủy, chưa gửi gì")
        assert NORMAL in back.labels
        await report_normally(leader)


async def test_a_draft_survives_a_restart(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(DETAIL, timeout=5)
        await leader.press("ốm: 0", timeout=5)
        await leader.sees_button("ốm: 1")
        home.stop.set()
        await home.task
        async with moved_in(home.box, home.settings):
            await leader.press("✔️ Xong")
            await leader.press(SEND, timeout=5)
            assert "ốm 1" in (await leader.sees("Đã nhận báo cáo")).text


async def test_baocao_opens_the_form_resumes_it_and_shows_what_was_sent(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao")
        await leader.press(NORMAL, timeout=5)
        await leader.sees_button(SEND)
        await leader.say("/baocao")
        await home.box.idle()
        resumed = await leader.last()
        assert SEND in resumed.labels
        await leader.press(SEND, message_id=resumed.id)
        await leader.sees("Đã nhận báo cáo")
        await leader.say("/baocao")
        await leader.sees("Đã có báo cáo lúc 15:00 (CHT)")


async def test_baocao_refuses_other_days_with_a_line_that_says_what_to_do(tmp_path: Path) -> None:
    async with house(tmp_path, duty_days=frozenset({"mon", "tue"})) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        for typed, words in {
            "20/3": "chưa đến",
            "14/3": "không phải báo cáo",
            "10/3": "đã chốt",
            "31/2": "không hiểu ngày",
            "<b>hôm qua</b>": "“<b>hôm qua</b>”",
        }.items():
            await leader.say(f"/baocao {typed}")
            await leader.sees(words)
        assert await home.count("SELECT count(*) FROM report") == 0


async def test_a_person_with_two_units_chooses_first(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say(f"/start {await home.invitation(Role.ACTING, 'Tam Phú')}")
        await leader.sees("Quyền chỉ huy đơn vị")
        await leader.say("/baocao")
        await leader.press("xã Tam Phú – chưa báo cáo", timeout=5)
        await leader.press(NORMAL, timeout=5)
        await leader.press(SEND, timeout=5)
        await leader.sees("(Quyền CHT thay mặt CHT)")
        await leader.say("/baocao")
        choice = await leader.sees_button("phường An Sơn – chưa báo cáo")
        assert "xã Tam Phú – đã báo cáo 15:00" in choice.labels


async def test_an_acting_leader_speaks_for_the_unit_until_the_last_day(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        acting = await home.box.person(5)
        await acting.say(f"/start {await home.invitation(Role.ACTING, 'An Sơn', until=DAY)}")
        await acting.sees("đến hết ngày 16/03/2026")
        await home.at("15:30")
        await acting.sees("Mời đồng chí báo cáo")
        await home.at("15:30", TOMORROW)
        await acting.press(NORMAL)
        await home.box.idle()
        assert "Nút này không thuộc vai trò của đồng chí." in await acting.toasts()


async def test_strength_in_percent_leaves_figures_out_of_the_receipt(tmp_path: Path) -> None:
    async with house(tmp_path, strength_display="percent") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await home.command_group()
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        assert "27/27" in (await leader.sees_button(SEND)).text
        await leader.press(SEND)
        assert "27" not in (await leader.sees("Đã nhận báo cáo")).text
        await home.at("16:30")
        assert "27" not in (await group.sees("Báo cáo 1/13")).text.replace("16/03/2026", "")


async def test_a_form_opened_after_due_does_not_ask_for_an_hour_that_is_gone(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, at="17:00") as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        await leader.say("/baocao")
        await leader.sees("Đã quá hạn 16:30")
        await leader.press(NORMAL)
        await leader.press(CANCEL, timeout=5)
        back = await leader.sees("Đã hủy, chưa gửi gì")
        assert "Đã quá hạn 16:30" in back.text


async def test_a_correction_that_was_left_is_not_confirmed_by_its_old_card(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await leader.press(EDIT)
        await leader.press("ốm: 0", timeout=5)
        await leader.sees_button("ốm: 1")
        await leader.press("✔️ Xong")
        card = await leader.sees_button(SEND)
        await leader.say("/huy")
        await leader.sees("Đã hủy bản sửa")
        await leader.forge(card.buttons[0][0].data or "", card.id)
        await home.box.idle()
        assert (await leader.toasts())[-1] == "Đã hủy bản sửa. Báo cáo đã gửi vẫn giữ nguyên."
        assert len(await revisions(home)) == 1


async def test_leaving_a_correction_shows_the_report_that_stands(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await leader.press(EDIT)
        await leader.press(CANCEL, timeout=5)
        await leader.sees("Đã nhận báo cáo")
        await home.box.idle()
        assert (await leader.toasts())[-1] == "Đã hủy bản sửa. Báo cáo đã gửi vẫn giữ nguyên."


async def test_a_press_after_the_lock_leaves_the_receipt_standing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        receipt = await leader.sees("Đã nhận báo cáo")
        await home.at("20:00")
        await leader.press(EDIT)
        await home.box.idle()
        assert "đã chốt lúc 20:00" in (await leader.toasts())[-1]
        kept = await leader.sees("Đã nhận báo cáo")
        assert (kept.text, kept.labels) == (receipt.text, ())


async def test_a_correction_by_another_keeps_ones_mark_and_code_in_sight(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await home.at("15:30")
        await report_normally(leader)
        await deputy.press(EDIT, timeout=5)
        await deputy.press("ốm: 0", timeout=5)
        await deputy.sees_button("ốm: 1")
        await deputy.press("✔️ Xong")
        await deputy.press(SEND, timeout=5)
        await deputy.sees("Đã nhận báo cáo")
        told = await leader.sees("(Phó CHT)")
        assert "đúng hạn, mã" in told.text


async def test_a_form_that_was_left_does_not_go_on_as_full_strength(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(DETAIL, timeout=5)
        await leader.press("phép: 0", timeout=5)
        await leader.sees_button("phép: 1")
        await leader.say("/huy")
        await leader.sees("Đã hủy phiếu đang nhập dở")
        await leader.press("✔️ Xong")
        back = await leader.sees("Đã hủy, chưa gửi gì")
        assert SEND not in back.labels


async def test_a_correction_that_changes_nothing_is_no_correction(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        receipt = await leader.sees("Đã nhận báo cáo")
        await leader.press(EDIT)
        await leader.press("✔️ Xong", timeout=5)
        await leader.press(SEND, timeout=5)
        await home.box.idle()
        assert (await leader.sees("Đã nhận báo cáo")).text == receipt.text
        assert len(await revisions(home)) == 1


async def test_whose_role_is_over_is_told_what_to_do(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        acting = await home.box.person(5)
        await acting.say(f"/start {await home.invitation(Role.ACTING, 'An Sơn', until=DAY)}")
        await acting.sees("đến hết ngày 16/03/2026")
        await home.at("09:00", TOMORROW)
        for typed in ("/trogiup", "/start", "/baocao"):
            await acting.say(typed)
            await home.box.idle()
            assert "xin quản trị thư mời mới" in (await acting.last()).text


async def test_who_comes_for_today_is_told_of_yesterdays_open_report(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("09:00", TOMORROW)
        await leader.say("/baocao")
        assert "còn nhận" not in (await leader.sees("Báo cáo trực ngày 17/03/2026")).text
        async with home.database.transaction() as session:
            until = home.moment("12:00", TOMORROW)
            await reopenings.add(session, "duty", DAY, None, until, "mất điện cả buổi")
        await leader.say("/baocao")
        told = await leader.sees("Báo cáo ngày 16/03/2026 của An Sơn chưa có và còn nhận")
        assert NORMAL in told.labels
        await leader.say("/baocao 16/3")
        await leader.sees("Báo cáo trực ngày 16/03/2026")
        await report_normally(leader)
        await leader.say("/baocao")
        await home.settled()
        assert "còn nhận" not in (await leader.last()).text


async def test_baocao_shows_what_was_reported(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await leader.say("/baocao")
        stands = await leader.sees("Đã có báo cáo lúc 15:30 (CHT)")
        assert "27/27, vắng 0" in stands.text
        assert stands.labels == (EDIT,)
