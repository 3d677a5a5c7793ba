"""The commands that a chat lists follow the person's roles and language, however these change."""

from datetime import timedelta
from pathlib import Path

from bot.domain.people import Role
from bot.services import roles, roll
from sandbox.people import Person
from storage import people
from tests.handlers.test_languages import choose_english
from tests.handlers.test_people import AGREE, person_id
from tests.handlers.test_schedules import pressed, says
from tests.house import DAY, House, house, moved_in

TOMORROW = DAY + timedelta(days=1)
NOBODYS = {"start", "trogiup"}


async def listed(home: House, person: Person) -> set[str]:
    """The names in the person's menu, once all is handled that is due."""
    await home.settled()
    await home.parts.reconcile.look()
    await home.settled()
    return {name for name, _ in await person.commands()}


async def menus_to(home: House, telegram_id: int) -> int:
    return await home.count(
        "SELECT count(*) FROM outbox WHERE kind = 'menu' AND chat_id = ?", telegram_id
    )


async def test_who_joins_and_whose_role_is_changed_or_ended_lists_what_they_may(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        shown = await listed(home, leader)
        assert "baocao" in shown
        assert not shown & {"tonghop", "nguoidung"}
        assert {"nguoidung", "tonghop"} <= await listed(home, admin)
        await says(admin, "/nguoidung")
        await pressed(admin, "CHT An Sơn", "Nhận được tin")
        await pressed(admin, "❌ Kết thúc: CHT An Sơn", "Kết thúc vai trò của CHT An Sơn?")
        await pressed(admin, AGREE, "Đã kết thúc")
        assert await listed(home, leader) == NOBODYS


async def test_a_menu_that_is_right_is_not_set_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        before = await listed(home, leader)
        sent = await menus_to(home, 1)
        await home.at("15:30")
        await home.at("16:15")
        assert await listed(home, leader) == before
        assert await menus_to(home, 1) == sent
        async with home.database.transaction() as session:
            leaders = await person_id(home, 1)
            await people.add_assignment(
                session, leaders, Role.DEPUTY, None, home.parts.clock.now(), None
            )
        assert await listed(home, leader) == before, "two roles with the same commands"
        assert await menus_to(home, 1) == sent


async def test_start_sets_the_menu_anew_whatever_was_set_before(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await listed(home, leader)
        sent = await menus_to(home, 1)
        await leader.say("/start")
        assert "baocao" in await listed(home, leader)
        assert await menus_to(home, 1) == sent + 1


async def test_a_role_that_ended_while_the_bot_was_down_is_followed_at_its_start(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=5)
        assert "tonghop" in await listed(home, commander)
        home.stop.set()
        await home.task
        async with home.database.transaction() as session:
            seat = (await people.list_seats(session))[-1]
            await people.end_seat(session, seat.id, home.parts.clock.now())
        async with moved_in(home.box, home.settings) as back:
            assert await listed(back, commander) == NOBODYS


async def test_acting_begins_and_ends_at_midnight_and_the_menu_with_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        commander = await home.join(Role.COMMANDER, id=5)
        before = await listed(home, commander)
        assert "baocao" not in before
        async with home.database.transaction() as session:
            known = await roll.load(session, DAY)
            by = await people.get_by_telegram_id(session, admin.id)
            assert by is not None
            await roles.let_act(
                session,
                home.parts.application.bot_data.library,
                home.settings.schedule,
                known,
                await person_id(home, 5),
                known.registry.on(DAY)[0].id,
                TOMORROW,
                TOMORROW,
                by,
                home.parts.clock.now(),
            )
        await home.at("23:59")
        assert await listed(home, commander) == before
        await home.at("00:00", TOMORROW)
        assert await listed(home, commander) >= before | {"baocao", "diemdanh"}
        await home.at("23:59", TOMORROW)
        assert "baocao" in await listed(home, commander)
        await home.at("00:00", TOMORROW + timedelta(days=1))
        assert await listed(home, commander) == before


async def test_the_last_day_of_a_unit_is_the_last_of_its_peoples_menus(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        assert "baocao" in await listed(home, leader)
        async with home.database.transaction() as session:
            unit_id = (await people.list_seats(session))[-1].assignment.unit_id
            assert unit_id is not None
            await people.end_roles_of_unit(session, unit_id, DAY, home.parts.clock.now())
        assert "baocao" in await listed(home, leader)
        await home.at("00:00", TOMORROW)
        assert await listed(home, leader) == NOBODYS


async def test_a_blocked_person_is_not_tried_for_ever_and_gets_the_menu_when_back(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await listed(home, leader)
        sent = await menus_to(home, 1)
        await leader.block()
        await home.settled()
        async with home.database.transaction() as session:
            seat = (await people.list_seats(session))[-1]
            await people.end_seat(session, seat.id, home.parts.clock.now())
        await home.at("15:30")
        await home.at("16:00")
        await home.settled()
        assert await menus_to(home, 1) == sent
        await leader.unblock()
        assert await listed(home, leader) == NOBODYS
        assert await menus_to(home, 1) == sent + 1


async def test_a_refused_menu_is_tried_once_and_again_only_when_it_differs(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        missing = "Not Found: method not found"
        await home.settled()
        await home.box.fault("setMyCommands", "status", times=None, code=404, description=missing)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await listed(home, leader)
        sent = await menus_to(home, 1)
        await home.at("15:30")
        await home.at("16:15")
        await listed(home, leader)
        assert await menus_to(home, 1) == sent
        await choose_english(leader)
        await listed(home, leader)
        assert await menus_to(home, 1) == sent + 1


async def test_what_is_queued_and_what_is_remembered_are_one_transaction(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await listed(home, leader)
        menus = home.parts.reconcile._menus
        async with home.database.transaction() as session:
            await people.forget_menu(session, await person_id(home, 1))
            now = home.parts.clock.now()
            (change,) = await menus.find_due(session, now)
            assert await menus.still_due(session, [change], now) == (change,)
            await menus.carry_out(session, change, now)
            assert await menus.still_due(session, [change], now) == ()
            assert await menus.find_due(session, now) == ()
