"""`trucbao import`: files as clerks make them, taken in whole or not at all."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.tables import TABLES, Kind
from bot.table_words import choices, wording
from bot.texts.en_import import EnglishImport
from bot.texts.vi_import import VietnameseImport
from storage.errors import StorageError
from tests.sheets import filled, headings, workbook
from tests.shell import NOW, Ran, Shell
from tests.trouble import mode

TABLES_OF_IT = (
    "unit",
    "unit_alias",
    "unit_strength",
    "invitation",
    "roster_member",
    "activity",
    "activity_unit",
    "activity_session",
    "audit",
)
MORNING = NOW.replace(hour=8)


@pytest.fixture
def trucbao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """A terminal on a Monday morning, before the day's form opens, with the units of Tam Kỳ."""
    shell = Shell(tmp_path, monkeypatch, capsys)
    shell.stand_still()
    shell.clock.moment = MORNING - timedelta(days=7)
    shell.does("init", "--preset", "tam-ky-2022")
    shell.rows("UPDATE command SET bot_username = 'trucbao_bot'")
    shell.clock.moment = MORNING
    return shell


def bring(trucbao: Shell, kind: Kind, rows: Sequence[Mapping[str, Any]], *more: str) -> Ran:
    path = filled(kind, trucbao.folder / "tep.xlsx", rows)
    return trucbao("import", "--kind", kind.value, "--file", str(path), *more)


def everything(trucbao: Shell) -> list[list[tuple[Any, ...]]]:
    return [trucbao.rows(f"SELECT * FROM {table}") for table in TABLES_OF_IT]  # noqa: S608 - constants


def refused_at(ran: Ran, *places: tuple[str, str]) -> None:
    """A line for each problem with its cell and words, and nothing else."""
    assert ran.status == 1, ran
    assert ran.out == ""
    lines = ran.err.splitlines()
    assert len(lines) == len(places), lines
    for line, (address, words) in zip(lines, places, strict=True):
        assert (f"tep.xlsx, ô {address}: " if address else "tep.xlsx: ") in line
        assert words in line
    assert "hưa lưu gì." in lines[-1]


COURSE: dict[str, Any] = {
    "kind": "Khóa huấn luyện",
    "title": "Huấn luyện tại chỗ",
    "category": "tại chỗ",
    "service": "từ năm thứ hai",
    "units": "An Sơn: 25; An Mỹ",
    "first": "16/03/2026",
    "last": datetime.fromisoformat("2026-03-20"),
    "sessions": "16/3-20/3 7h30-11h, 14h-16h30",
}
GOOD: dict[Kind, list[dict[str, Any]]] = {
    Kind.UNITS: [
        {"name": "xã Tam Mới", "code": "tam-moi", "aliases": "TM; Mới", "establishment": 24},
        {"name": "tự vệ Nhà máy", "since": "01/04/2026"},
        {"name": "phường An Sơn", "aliases": "AS"},
    ],
    Kind.STRENGTHS: [
        {"unit": "An Sơn", "establishment": 30},
        {"unit": "an-my", "establishment": "1.024", "since": "2026-04-01"},
    ],
    Kind.PEOPLE: [
        {"role": "Chỉ huy trưởng đơn vị", "unit": "An Sơn"},
        {"role": "deputy", "unit": "An Sơn", "expires": "7d"},
        {"role": "Phó CHT", "unit": "An Sơn"},
        {"role": "Quyền CHT", "unit": "Tam Phú", "until": "31/12/2026"},
        {"role": "commander"},
    ],
    Kind.ROSTER: [
        {"unit": "An Sơn", "member": "001", "category": "tại chỗ", "served_since": "15/02/2025"},
        {"unit": "An Sơn", "member": "a2", "category": "cơ động", "served_since": "2026-01-01"},
        {
            "unit": "An Mỹ",
            "member": "001",
            "category": "y tế",
            "served_since": "15/02/2020",
            "since": "01/04/2026",
            "left": "01/04/2027",
        },
    ],
    Kind.ACTIVITIES: [
        COURSE,
        {
            "kind": "Hội thao",
            "title": "Hội thao năm 2026",
            "units": "tất cả",
            "trainer": "An Mỹ",
            "mode": "điểm danh theo mã",
            "first": "01/06/2026",
            "last": "02/06/2026",
            "sessions": "1/6 7h-11h | 2/6 7h-11h\nbù 10/6 7h-11h",
        },
    ],
}
each_kind = pytest.mark.parametrize("kind", Kind)


class TestEachKind:
    @each_kind
    def test_a_dry_run_says_what_it_would_do_and_does_nothing(
        self, trucbao: Shell, kind: Kind
    ) -> None:
        before = everything(trucbao)
        ran = bring(trucbao, kind, GOOD[kind], "--dry-run")
        assert (ran.status, ran.err) == (0, "")
        assert "chưa lưu gì" in ran.out
        assert "https" not in ran.out
        assert everything(trucbao) == before

    @each_kind
    def test_the_same_file_again_doubles_nothing(self, trucbao: Shell, kind: Kind) -> None:
        bring(trucbao, kind, GOOD[kind])
        taken = everything(trucbao)
        for later in (MORNING, NOW, MORNING + timedelta(days=1)):
            trucbao.clock.moment = later
            ran = bring(trucbao, kind, GOOD[kind])
            assert (ran.status, ran.err) == (0, "")
            assert f"thêm 0, đổi 0, đã có nên giữ nguyên {len(GOOD[kind])}" in ran.out
        assert everything(trucbao) == taken

    @each_kind
    def test_one_wrong_row_keeps_all_the_others_out(self, trucbao: Shell, kind: Kind) -> None:
        before = everything(trucbao)
        wrong = dict.fromkeys(GOOD[kind][0], "?!")
        ran = bring(trucbao, kind, [*GOOD[kind], wrong])
        assert ran.status == 1
        assert f"{len(GOOD[kind]) + 2}: " in ran.err
        assert everything(trucbao) == before

    @each_kind
    @pytest.mark.parametrize("ending", ["xlsx", "csv"])
    def test_the_untouched_template_takes_in_nothing_and_says_so(
        self, trucbao: Shell, kind: Kind, ending: str
    ) -> None:
        name = f"mau.{ending}"
        said = trucbao.does("export", "--template", "--kind", kind.value, "--out", name)
        assert said == f"Đã ghi tệp mẫu {name}.\n"
        ran = trucbao("import", "--kind", kind.value, "--file", name)
        ran.refused(1, f"{name}: chưa có dòng nào để nhập. Chưa lưu gì.")

    @each_kind
    def test_headings_of_either_language_are_read(self, trucbao: Shell, kind: Kind) -> None:
        vietnamese, english = VietnameseImport.headings, EnglishImport.headings
        keys = [
            key for title in headings(kind) for key, word in vietnamese.items() if word == title
        ]
        rows = [[row.get(key) for key in keys] for row in GOOD[kind]]
        workbook(trucbao.folder / "x.xlsx", [[english[key] for key in keys], *rows])
        trucbao.does("import", "--kind", kind.value, "--file", "x.xlsx", LANGUAGE="en")


class TestUnits:
    def test_units_are_added_with_codes_names_and_establishments(self, trucbao: Shell) -> None:
        assert "thêm 2, đổi 1" in bring(trucbao, Kind.UNITS, GOOD[Kind.UNITS]).out
        assert trucbao.rows(
            "SELECT code, name, short_name, valid_from FROM unit WHERE id > 13"
        ) == [
            ("tam-moi", "xã Tam Mới", "Tam Mới", "2026-03-16"),
            ("tu-ve-nha-may", "tự vệ Nhà máy", "tự vệ Nhà máy", "2026-04-01"),
        ]
        assert trucbao.rows(
            "SELECT establishment, is_sample FROM unit_strength WHERE unit_id = 14"
        ) == [(24, 0)]
        assert "AS" in [row[0] for row in trucbao.rows("SELECT alias FROM unit_alias")]
        actions = trucbao.rows("SELECT action, person_id, role FROM audit ORDER BY id")
        assert actions.count(("unit.add", None, None)) == 2
        assert actions.count(("unit.alias", None, None)) == 3

    def test_once_the_days_form_is_open_they_begin_tomorrow(self, trucbao: Shell) -> None:
        trucbao.clock.moment = NOW
        bring(trucbao, Kind.UNITS, [{"name": "xã Mới"}])
        assert trucbao.rows("SELECT valid_from FROM unit WHERE id = 14") == [("2026-03-17",)]
        ran = bring(trucbao, Kind.UNITS, [{"name": "xã Cũ", "since": "16/03/2026"}])
        refused_at(ran, ("E2", "quá sớm; sớm nhất là 17/03/2026"))
        bring(trucbao, Kind.STRENGTHS, [{"unit": "xã Mới", "establishment": 20}])
        (begun,) = trucbao.rows("SELECT valid_from FROM unit_strength WHERE unit_id = 14")
        assert begun == ("2026-03-17",)

    def test_what_would_change_a_unit_unseen_is_refused(self, trucbao: Shell) -> None:
        ran = bring(
            trucbao,
            Kind.UNITS,
            [
                {"name": "An Sơn", "code": "an-my"},
                {"name": "Tên mới", "code": "an-phu"},
                {"name": "An Xuân", "establishment": 99},
                {"name": "Tam Phú", "since": "01/04/2026"},
                {"name": "Mới", "aliases": "an son"},
                {"name": "Mới"},
                {"name": "Một", "code": "mot"},
                {"name": "Hai", "code": "mot"},
            ],
        )
        refused_at(
            ran,
            ("B2", "là của phường An Sơn (mã an-son)"),
            ("A3", "mã an-phu là của phường An Phú"),
            ("D4", "--kind strengths"),
            ("E5", "để trống ô này"),
            ("C6", "là của phường An Sơn"),
            ("A7", "trùng với A6"),
            ("B9", "trùng với B8"),
        )

    def test_a_code_of_a_unit_that_has_ended_is_not_used_again(self, trucbao: Shell) -> None:
        trucbao.rows("UPDATE unit SET valid_to = '2026-01-01' WHERE code = 'an-son'")
        ran = bring(trucbao, Kind.UNITS, [{"name": "Đơn vị mới", "code": "an-son"}])
        refused_at(ran, ("B2", "mã an-son đã dùng"))


def test_a_strength_holds_from_its_day_on(trucbao: Shell) -> None:
    bring(trucbao, Kind.STRENGTHS, GOOD[Kind.STRENGTHS])
    found = trucbao.rows(
        "SELECT valid_from, establishment FROM unit_strength WHERE is_sample = 0 ORDER BY valid_from"
    )
    assert found == [("2026-03-16", 30), ("2026-04-01", 1024)]
    ran = bring(
        trucbao,
        Kind.STRENGTHS,
        [
            {"unit": "An Sơn", "establishment": 31, "since": "15/03/2026"},
            {"unit": "Tam Than", "establishment": 31},
            {"unit": "An Mỹ", "establishment": 31},
            {"unit": "an my", "establishment": 32},
        ],
    )
    refused_at(
        ran,
        ("C2", "sớm nhất là 16/03/2026"),
        ("A3", "không có đơn vị “Tam Than”. Các đơn vị: An Mỹ, "),
        ("A5", "trùng với A4"),
    )


class TestPeople:
    def test_the_links_go_into_a_file_that_only_its_owner_reads(self, trucbao: Shell) -> None:
        ran = bring(trucbao, Kind.PEOPLE, GOOD[Kind.PEOPLE], "--out", "thu-moi.csv")
        assert ran.status == 0
        assert "https" not in ran.out + ran.err
        path = trucbao.folder / "thu-moi.csv"
        assert mode(path) == 0o600
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        assert [row["vai_tro"] for row in rows][:2] == [
            "Chỉ huy trưởng đơn vị",
            "Phó chỉ huy đơn vị",
        ]
        assert len({row["duong_dan"] for row in rows}) == 5
        assert rows[0]["duong_dan"].startswith("https://t.me/trucbao_bot?start=")
        assert trucbao.count("invitation") == 5
        assert {row[0] for row in trucbao.rows("SELECT action FROM audit")} == {"invitation.create"}

    def test_without_a_file_they_are_printed(self, trucbao: Shell) -> None:
        ran = bring(trucbao, Kind.PEOPLE, GOOD[Kind.PEOPLE])
        assert ran.out.count("https://t.me/trucbao_bot?start=") == 5

    def test_a_place_that_is_held_or_invited_to_gets_no_second_link(self, trucbao: Shell) -> None:
        bring(trucbao, Kind.PEOPLE, GOOD[Kind.PEOPLE])
        trucbao.rows("INSERT INTO person (telegram_id, language) VALUES (7, 'vi')")
        trucbao.rows(
            "INSERT INTO assignment (person_id, role, unit_id, since_at) "
            "SELECT 1, 'leader', unit_id, 0 FROM invitation WHERE role = 'leader'"
        )
        trucbao.rows("UPDATE invitation SET used_at = 0, used_by = 1 WHERE role = 'leader'")
        ran = bring(trucbao, Kind.PEOPLE, [*GOOD[Kind.PEOPLE], {"role": "commander"}])
        assert "thêm 1, đổi 0, đã có nên giữ nguyên 5" in ran.out
        trucbao.clock.moment = MORNING + timedelta(days=3)  # all but the one for seven days expired
        assert (
            "thêm 3, đổi 0, đã có nên giữ nguyên 2"
            in bring(trucbao, Kind.PEOPLE, GOOD[Kind.PEOPLE]).out
        )

    def test_who_cannot_be_invited(self, trucbao: Shell) -> None:
        ran = bring(
            trucbao,
            Kind.PEOPLE,
            [
                {"role": "leader"},
                {"role": "commander", "unit": "An Sơn"},
                {"role": "acting", "unit": "An Sơn", "until": "15/03/2026"},
            ],
            "--dry-run",
        )
        refused_at(ran, ("B2", "cần đơn vị"), ("B3", "không thuộc đơn vị"), ("C4", "đã qua"))

    def test_a_file_of_links_is_never_written_over(self, trucbao: Shell) -> None:
        kept = trucbao.folder / "thu-moi.csv"
        kept.write_text("links", "utf-8")
        bring(trucbao, Kind.PEOPLE, GOOD[Kind.PEOPLE], "--out", kept.name).refused(2, "Đã có")
        assert kept.read_text("utf-8") == "links"
        assert trucbao.count("invitation") == 0

    def test_links_that_cannot_be_written_are_not_made(self, trucbao: Shell) -> None:
        bring(trucbao, Kind.PEOPLE, GOOD[Kind.PEOPLE], "--out", "none/x.csv").refused(1, "none")
        assert trucbao.count("invitation") == 0

    def test_a_file_of_links_that_open_nothing_is_not_left(
        self, trucbao: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def write_and_fail(*_: object) -> None:
            (trucbao.folder / "x.csv").write_text("links", "utf-8")
            raise StorageError(trucbao.database)

        monkeypatch.setattr("bot.console_import.write_csv", write_and_fail)
        assert bring(trucbao, Kind.PEOPLE, GOOD[Kind.PEOPLE], "--out", "x.csv").status == 1
        assert not (trucbao.folder / "x.csv").exists()

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("import --kind people --file x.csv --out x.xlsx", "tệp .csv"),
            ("import --kind units --file x.csv --out y.csv", "--kind people"),
            ("export --template --out x.xlsx", "--template cần --kind"),
            ("export --template --kind units --out x.docx", ".xlsx hoặc .csv"),
            ("export --kind roster --out x.xlsx", "thêm --template"),
        ],
    )
    def test_options_that_do_not_go_together(self, trucbao: Shell, words: str, told: str) -> None:
        trucbao(*words.split()).refused(2, told)


class TestRoster:
    def test_people_come_onto_a_roster_and_leave_it_from_a_day_on(self, trucbao: Shell) -> None:
        bring(trucbao, Kind.ROSTER, GOOD[Kind.ROSTER])
        assert trucbao.rows(
            "SELECT code, category, served_since, valid_from, valid_to FROM roster_member ORDER BY id"
        ) == [
            ("001", "on_site", "2025-02-15", "2026-03-16", None),
            ("A2", "mobile", "2026-01-01", "2026-03-16", None),
            ("001", "medical", "2020-02-15", "2026-04-01", "2027-04-01"),
        ]
        leaving = {**GOOD[Kind.ROSTER][0], "left": "01/05/2026"}
        assert "đổi 1" in bring(trucbao, Kind.ROSTER, [leaving]).out
        assert [json.loads(row[0]) for row in trucbao.rows("SELECT after FROM audit")] == [
            {"people_added": 2},
            {"people_added": 1, "people_left": 1},
            {"people_left": 1},
        ]
        told = trucbao.does("export", "--kind", "audit", "--out", "x.csv")
        assert "3 dòng" in told
        assert "thêm 2 người" in (trucbao.folder / "x.csv").read_text("utf-8-sig")

    def test_who_has_left_comes_back_only_where_the_file_says_when(self, trucbao: Shell) -> None:
        row = GOOD[Kind.ROSTER][0]
        bring(trucbao, Kind.ROSTER, [row])
        bring(trucbao, Kind.ROSTER, [{**row, "left": "17/03/2026"}])
        trucbao.clock.moment = MORNING + timedelta(days=10)
        ran = bring(trucbao, Kind.ROSTER, [row])
        refused_at(ran, ("B2", "đã thôi từ ngày 17/03/2026"))
        bring(trucbao, Kind.ROSTER, [{**row, "since": "01/04/2026"}])
        assert trucbao.count("roster_member") == 2

    def test_what_no_roster_can_be(self, trucbao: Shell) -> None:
        good = GOOD[Kind.ROSTER][0]
        bring(trucbao, Kind.ROSTER, [good])
        ran = bring(
            trucbao,
            Kind.ROSTER,
            [
                {**good, "category": "cơ động"},
                {**good, "member": "B1", "since": "15/03/2026"},
                {**good, "member": "B2", "left": "16/03/2026"},
                {**good, "member": "B3", "served_since": "17/03/2026"},
                {**good, "member": "B3"},
                {**good, "member": "b3"},
                {**good, "unit": "Tam Thang?", "member": "B4"},
            ],
        )
        refused_at(
            ran,
            ("B2", "với lực lượng hoặc ngày khác"),
            ("E3", "quá sớm"),
            ("F4", "phải trước"),
            ("D5", "phải trước"),
            ("B6", "trùng với B5"),
            ("B7", "trùng với B5"),
            ("A8", "không có đơn vị"),
        )


class TestActivities:
    def test_a_row_is_an_activity_with_its_units_and_sessions(self, trucbao: Shell) -> None:
        bring(trucbao, Kind.ACTIVITIES, GOOD[Kind.ACTIVITIES])
        assert trucbao.rows("SELECT kind, mode, first_day, last_day FROM activity") == [
            ("course", "headcount", "2026-03-16", "2026-03-20"),
            ("meet", "roster", "2026-06-01", "2026-06-02"),
        ]
        assert trucbao.rows(
            "SELECT short_name, liable FROM activity_unit JOIN unit ON unit.id = unit_id "
            "WHERE activity_id = 1 ORDER BY liable DESC"
        ) == [("An Sơn", 25), ("An Mỹ", None)]
        assert trucbao.rows("SELECT count(*) FROM activity_unit WHERE activity_id = 2") == [(13,)]
        assert trucbao.rows(
            "SELECT activity_id, count(*), sum(is_make_up) FROM activity_session GROUP BY activity_id"
        ) == [(1, 10, 0), (2, 3, 1)]

    @pytest.mark.parametrize(
        ("changed", "address", "words"),
        [
            ({"units": " ; "}, "E2", "chưa có đơn vị nào"),
            ({"units": "An Sơn: nhiều"}, "E2", "không hiểu “An Sơn: nhiều”"),
            ({"units": "An Sơn; an-son"}, "E2", "trùng với"),
            ({"units": "Tam Thanhh"}, "E2", "không có đơn vị “Tam Thanhh”"),
            ({"trainer": "Tam Thanhh"}, "F2", "không có đơn vị “Tam Thanhh”"),
            ({"sessions": "21/3 7h-11h"}, "J2", "buổi 21/03/2026 07:00-11:00 nằm ngoài"),
            ({"sessions": "16/3 11h-7h"}, "J2", "kết thúc trước"),
            ({"sessions": "16/3 7h-11h, 8h-9h"}, "J2", "trùng giờ"),
            ({"sessions": "hằng ngày"}, "J2", "không đọc được ngày giờ “hằng ngày”"),
            ({"last": "15/03/2026"}, "I2", "phải trước"),
            ({"service": None}, "D2", "cần lực lượng và năm phục vụ"),
            ({"category": None}, "C2", "cần lực lượng và năm phục vụ"),
            ({"kind": "Hội thi"}, "C2", "chỉ khóa huấn luyện"),
            ({"kind": "Hội thi", "category": None}, "D2", "chỉ khóa huấn luyện"),
            ({"title": "x" * 121}, "B2", "nhiều nhất 120"),
        ],
    )
    def test_what_no_activity_can_be(
        self, trucbao: Shell, changed: dict[str, Any], address: str, words: str
    ) -> None:
        ran = bring(trucbao, Kind.ACTIVITIES, [{**COURSE, **changed}])
        refused_at(ran, (address, words))
        assert trucbao.count("activity") == 0

    def test_one_that_is_there_is_not_changed_nor_held_again(self, trucbao: Shell) -> None:
        bring(trucbao, Kind.ACTIVITIES, [COURSE])
        ran = bring(trucbao, Kind.ACTIVITIES, [{**COURSE, "units": "An Sơn"}])
        refused_at(ran, ("B2", "đã có và khác với tệp"))
        ran = bring(trucbao, Kind.ACTIVITIES, [COURSE, COURSE])
        refused_at(ran, ("B3", "trùng với B2"))
        trucbao.rows("UPDATE activity SET cancelled_at = 1")
        refused_at(bring(trucbao, Kind.ACTIVITIES, [COURSE]), ("B2", "đã hủy"))


class TestCells:
    """How single cells are read, in a roster, which has nearly every kind of them."""

    @pytest.mark.parametrize(
        ("key", "value", "address", "words"),
        [
            ("unit", None, "A2", "còn trống"),
            ("unit", 7, "A2", "không phải chữ"),
            ("member", 1, "B2", "mất số 0"),
            ("member", "Nguyễn Văn A", "B2", "không ghi họ tên"),
            ("member", "An", "B2", "không ghi họ tên"),
            ("member", "1" * 21, "B2", "nhiều nhất 20"),
            ("category", "tai cho nao", "C2", "không có trong: tại chỗ, cơ động"),
            ("category", True, "C2", "không phải chữ"),
            ("served_since", "15/2", "D2", "không phải ngày"),
            ("served_since", "31/02/2025", "D2", "không phải ngày"),
            ("served_since", "2/15/2025", "D2", "không phải ngày"),
            ("served_since", 46097, "D2", "không phải ngày"),
            ("served_since", datetime.fromisoformat("2025-02-15T08:00"), "D2", "không phải ngày"),
            ("since", "tháng tư", "E2", "“tháng tư” không phải ngày"),
        ],
    )
    def test_what_cannot_be_read_is_told_with_its_cell(
        self, trucbao: Shell, key: str, value: object, address: str, words: str
    ) -> None:
        ran = bring(trucbao, Kind.ROSTER, [{**GOOD[Kind.ROSTER][0], key: value}])
        refused_at(ran, (address, words))
        assert trucbao.count("roster_member") == 0

    @pytest.mark.parametrize(
        ("value", "number"),
        [(27, 27), (27.0, 27), ("27", 27), ("27,0", 27), ("1.024", 1024), ("0", 0)],
    )
    def test_numbers_of_people(self, trucbao: Shell, value: object, number: int) -> None:
        bring(trucbao, Kind.STRENGTHS, [{"unit": "An Sơn", "establishment": value}])
        found = trucbao.rows("SELECT establishment FROM unit_strength WHERE is_sample = 0")
        assert found == [(number,)]

    @pytest.mark.parametrize("value", [2.5, "27,5", "1,024", -1, "-1", "10000", "hai", True])
    def test_what_is_no_number_of_people(self, trucbao: Shell, value: object) -> None:
        ran = bring(trucbao, Kind.STRENGTHS, [{"unit": "An Sơn", "establishment": value}])
        refused_at(ran, ("B2", "không phải số người"))

    def test_headings_that_are_not_those_of_the_kind(self, trucbao: Shell) -> None:
        path = trucbao.folder / "tep.xlsx"
        workbook(path, [["Đơn vị", "Biên chê", "đơn vị", "Biên chế xã"], ["An Sơn", 1, "", ""]])
        ran = trucbao("import", "--kind", "strengths", "--file", path.name)
        refused_at(
            ran,
            ("C1", "hai lần"),
            ("D1", "không có cột “Biên chế xã”; các cột: Đơn vị, Biên chế, Từ ngày"),
        )
        workbook(path, [["Đơn vị"], ["An Sơn"]])
        ran = trucbao("import", "--kind", "strengths", "--file", path.name)
        refused_at(ran, ("", "thiếu cột “Biên chế”"))
        workbook(path, [headings(Kind.STRENGTHS), ["An Sơn", 1, None, "ghi chú"]])
        ran = trucbao("import", "--kind", "strengths", "--file", path.name)
        refused_at(ran, ("D2", "cột không có tên"))

    def test_too_many_rows_for_the_kind(self, trucbao: Shell) -> None:
        ran = bring(trucbao, Kind.UNITS, [{"name": f"Đơn vị {n}"} for n in range(201)])
        refused_at(ran, ("", "nhiều nhất 200"))


def test_before_there_is_a_database(trucbao: Shell) -> None:
    path = filled(Kind.UNITS, trucbao.folder / "tep.xlsx", GOOD[Kind.UNITS])
    ran = trucbao("import", "--kind", "units", "--file", path.name, DATABASE_PATH="none.db")
    ran.refused(1, "trucbao init")


@each_kind
def test_every_choice_has_words_of_its_own(kind: Kind) -> None:
    for column in TABLES[kind].columns:
        if column.reading.is_choice:
            known = wording(kind).choices[column.reading]
            assert len(set(known.values())) == len(choices(column.reading))
