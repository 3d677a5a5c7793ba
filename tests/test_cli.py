"""The command line: what each command does, and one line for everything that can be wrong."""

import asyncio
import contextlib
import csv
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiohttp import web
from docx import Document
from openpyxl import load_workbook

import storage.database
from bot.cli import trucbao as group
from bot.domain.people import Role
from sandbox.server import running
from storage.errors import named
from storage.instance import only_instance
from storage.migrations import numbered
from tests.builders import ZONE
from tests.digests.offices import words as words_of
from tests.digests.test_workbook import SHEETS
from tests.house import moved_in, settings_for
from tests.shell import NOW, Shell
from tests.trouble import mode, open_folder, ordinary_user

COMMANDS = tuple(group.commands)
LINK = re.compile(r"https://t\.me/(\w+)\?start=([\w-]{20,64})\n")


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """A terminal in an empty folder."""
    shell = Shell(tmp_path, monkeypatch, capsys)
    shell.stand_still()
    return shell


@pytest.fixture
def trucbao(shell: Shell) -> Shell:
    """A terminal in a folder with the thirteen units of Tam Kỳ, who report from the week before."""
    shell.clock.moment = NOW - timedelta(days=7)
    shell.does("init", "--preset", "tam-ky-2022")
    shell.clock.moment = NOW
    return shell


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_an_example_on_one_line_with_options_that_exist(
        self, shell: Shell, command: str
    ) -> None:
        out = shell.does(command, "--help")
        (example,) = re.findall(rf"^ *Ví dụ: trucbao {command}\b(.*)$", out, re.MULTILINE)
        options = [word for word in shlex.split(example) if word.startswith("--")]
        for option in options:
            assert f"{option} " in out.replace(example, "")
        assert "Show this" not in out
        assert shell.does(command, "-h") == out

    def test_the_list_of_commands_tells_each_in_a_whole_line(self, shell: Shell) -> None:
        out = shell.does("--help")
        listed = out[out.index("Commands:") :].splitlines()[1:]
        assert [line.split()[0] for line in listed] == sorted(COMMANDS)
        assert all(line.endswith(".") and not line.endswith("..") for line in listed)

    def test_without_a_command_the_help_is_shown_and_that_is_wrong_use(self, shell: Shell) -> None:
        ran = shell()
        ran.refused(2, "Thiếu lệnh", "trucbao --help")
        assert "Commands:" in ran.out

    def test_the_version_is_that_of_the_package(self, shell: Shell) -> None:
        assert re.fullmatch(r"trucbao, version \d+\.\d+\.\d+\n", shell.does("--version"))

    def test_help_needs_neither_settings_nor_a_database(self, shell: Shell) -> None:
        for command in COMMANDS:
            assert "Ví dụ" in shell.does(command, "--help", DUTY_DUE="nonsense")
        assert list(shell.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("foo", "Không có lệnh “foo”. Xem: trucbao --help"),
        ("báo-cáo --unit x", "Không có lệnh “báo-cáo”"),
        ("--foo", "Không có tùy chọn --foo. Xem: trucbao --help"),
        ("report --unt x", "Không có tùy chọn --unt. Xem: trucbao report --help"),
        ("report", "Thiếu --unit. Xem: trucbao report --help"),
        ("report --unit", "--unit viết chưa đúng"),
        ("report --unit An Sơn", "ngoặc kép. Xem: trucbao report --help"),
        ("report --unit x --problem fire", "--problem chỉ nhận: safety, order"),
        ("invite", "Thiếu --role. Xem: trucbao invite --help"),
        ("invite --role boss", "--role chỉ nhận: leader, deputy, acting, commander, admin"),
        ("init --preset hue", "--preset chỉ nhận: tam-ky-2022, da-nang-2025"),
        ("summary --period hour", "--period chỉ nhận: ngay, tuan, thang, quy, nam"),
        ("summary --format xml", "--format chỉ nhận: text, json"),
        ("export", "Thiếu --out. Xem: trucbao export --help"),
        ("export --out .", "--out phải là tệp"),
        ("export --with-strength=1 --out x.csv", "--with-strength viết chưa đúng"),
        ("export --kind weapons --out x.csv", "--kind chỉ nhận:"),
        ("demo --seed abc", "--seed phải là số nguyên"),
        ("demo --out a-file", "--out phải là thư mục"),
        ("backup", "Thiếu --out. Xem: trucbao backup --help"),
        ("backup --out .", "--out phải là tệp"),
        ("backup --out x --passphrase y", "Không có tùy chọn --passphrase"),
        ("restore", "Thiếu --from. Xem: trucbao restore --help"),
        ("restore --from .", "--from phải là tệp"),
        ("import", "Thiếu --kind. Xem: trucbao import --help"),
        ("import --kind units", "Thiếu --file. Xem: trucbao import --help"),
        ("import --kind weapons --file x.csv", "--kind chỉ nhận: units, strengths, people"),
        ("import --kind units --file .", "--file phải là tệp"),
        ("run now", "ngoặc kép. Xem: trucbao run --help"),
    ],
)
def test_wrong_use_is_one_line_that_says_where_to_read(
    shell: Shell, typed: str, words: str
) -> None:
    (shell.folder / "a-file").touch()
    ran = shell(*shlex.split(typed))
    ran.refused(2, words, "Xem: trucbao")
    assert ran.out == ""
    assert [file.name for file in shell.folder.iterdir()] == ["a-file"]


class TestSettings:
    @pytest.mark.parametrize("command", ["init", "report --unit x", "summary", "check", "run"])
    def test_a_wrong_one_stops_every_command(self, shell: Shell, command: str) -> None:
        ran = shell(*command.split(), DUTY_DUE="16h30")
        ran.refused(2, "DUTY_DUE", "HH:MM")
        assert ran.out == ""
        assert list(shell.folder.iterdir()) == []

    def test_the_value_of_a_secret_is_never_shown(self, shell: Shell) -> None:
        for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_PROXY", "BACKUP_PASSPHRASE"):
            ran = shell("check", **{name: "hunter2 ?"})
            ran.refused(2, name)
            assert "hunter2" not in ran.err + ran.out

    def test_the_first_of_two_is_named_in_one_line(self, shell: Shell) -> None:
        shell("check", LANGUAGE="xx", LOG_LEVEL="xx").refused(2, "LANGUAGE")

    @pytest.mark.parametrize(
        ("lines", "words"),
        [("LANGUAGE=en\n", "must be a time"), ("", "phải là giờ"), ("LANGUAGE=xx\n", "LANGUAGE")],
    )
    def test_it_is_told_in_the_language_of_the_settings(
        self, tmp_path: Path, lines: str, words: str
    ) -> None:
        (tmp_path / ".env").write_text(f"{lines}DUTY_DUE=16h30\n", "utf-8")
        root = Path(__file__).parents[1]
        ran = subprocess.run(
            [sys.executable, "-m", "bot", "init"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 2
        assert words in ran.stderr

    def test_a_file_that_is_no_text(self, shell: Shell) -> None:
        (shell.folder / ".env").write_bytes(b"\xff\xfe\x00")
        shell("check").refused(2, ".env", "UTF-8")

    def test_a_sandbox_that_is_not_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shell = Shell(tmp_path, monkeypatch, capsys)
        ran = shell("init", SANDBOX_CLOCK_URL="http://127.0.0.1:9")
        ran.refused(1, "SANDBOX_CLOCK_URL", "127.0.0.1:9")
        assert not shell.database.exists()


class TestInit:
    @pytest.mark.parametrize(("preset", "units"), [("tam-ky-2022", 13), ("da-nang-2025", 4)])
    def test_units_are_added_once_and_kept_from_then_on(
        self, shell: Shell, preset: str, units: int
    ) -> None:
        assert f"thêm {units} đơn vị, giữ nguyên 0" in shell.does("init", "--preset", preset)
        shell.rows("UPDATE unit SET name = 'renamed' WHERE id = 1")
        assert f"thêm 0 đơn vị, giữ nguyên {units}" in shell.does("init", "--preset", preset)
        assert shell.count("unit") == units
        assert shell.rows("SELECT name FROM unit WHERE id = 1") == [("renamed",)]
        assert mode(shell.database) == 0o600

    def test_without_a_preset_there_is_a_command_and_no_unit(self, shell: Shell) -> None:
        shell.does("init")
        assert (shell.count("command"), shell.count("unit")) == (1, 0)
        shell("report", "--unit", "An Sơn").refused(2, "trucbao init --preset tam-ky-2022")
        shell.does("init", "--preset", "tam-ky-2022")
        assert shell.rows("SELECT name FROM command") == [("Ban CHQS thành phố Tam Kỳ",)]

    @pytest.mark.parametrize(
        ("at", "first"), [("19:59", "2026-03-16"), ("20:00", "2026-03-17"), ("23:59", "2026-03-17")]
    )
    def test_reports_are_expected_from_the_next_lock_on(
        self, shell: Shell, at: str, first: str
    ) -> None:
        hours, minutes = at.split(":")
        shell.clock.moment = NOW.replace(hour=int(hours), minute=int(minutes))
        shell.does("init", "--preset", "tam-ky-2022")
        assert shell.rows("SELECT first_day FROM command") == [(first,)]

    def test_another_place_for_the_file(self, shell: Shell) -> None:
        shell.does("init", DATABASE_PATH="other.db")
        assert [file.name for file in shell.folder.iterdir()] == ["other.db"]


class TestReport:
    def test_a_report_is_answered_with_its_receipt(self, trucbao: Shell) -> None:
        out = trucbao.does("report", "--unit", "An Sơn", "--absent", "phép=1,ốm=1")
        for words in ("Đã nhận báo cáo", "phường An Sơn", "16/03/2026", "đúng hạn", "25/27"):
            assert words in out
        assert "<b>" not in out
        (row,) = trucbao.rows("SELECT answers, person_id, role FROM report_revision")
        assert json.loads(row[0])["absent"] == {"leave": 1, "sick": 1}
        assert row[1:] == (None, None)

    def test_reasons_are_typed_in_the_same_words_in_every_language(self, trucbao: Shell) -> None:
        absent = "phép=1,tranh thủ=1"
        out = trucbao.does("report", "--unit", "An Sơn", "--absent", absent, LANGUAGE="en")
        assert "on time" in out
        (row,) = trucbao.rows("SELECT answers FROM report_revision")
        assert json.loads(row[0])["absent"] == {"leave": 1, "short_leave": 1}

    def test_what_a_leader_said_in_words_stays(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn")
        (row,) = trucbao.rows("SELECT answers FROM report_revision")
        said = {**json.loads(row[0]), "recommendation": "Bổ sung áo mưa"}
        trucbao.rows("UPDATE report_revision SET answers = ?", json.dumps(said))
        out = trucbao.does("report", "--unit", "An Sơn", "--absent", "ốm=1")
        assert "Bổ sung áo mưa" in out
        assert "26/27" in out

    @pytest.mark.parametrize(
        "typed",
        [
            "phường An Sơn",
            "AN SƠN",
            "an son",
            "an-son",
            "  An   Sơn ",
            unicodedata.normalize("NFD", "phường An Sơn"),
            "\u202eAn\u200f Sơn\u202c",
            "An\u00a0Sơn",
        ],
    )
    def test_a_unit_is_found_however_its_name_was_typed(self, trucbao: Shell, typed: str) -> None:
        assert "phường An Sơn" in trucbao.does("report", "--unit", typed)

    @pytest.mark.parametrize("typed", ["Hoà Hương", "hòa hương", "hoa-huong"])
    def test_where_the_tone_stands_makes_no_difference(self, trucbao: Shell, typed: str) -> None:
        assert "phường Hòa Hương" in trucbao.does("report", "--unit", typed)

    def test_the_same_again_is_the_same_and_a_change_is_a_correction(self, trucbao: Shell) -> None:
        first = trucbao.does("report", "--unit", "An Sơn", "--absent", "ốm=1")
        assert trucbao.does("report", "--unit", "An Sơn", "--absent", "ốm = 1") == first
        assert trucbao.count("report_revision") == 1
        trucbao.clock.moment = NOW.replace(hour=17)
        changed = trucbao.does("report", "--unit", "An Sơn", "--absent", "ốm=2")
        assert "đúng hạn" in changed
        assert "sửa sau hạn" in changed
        assert (trucbao.count("report"), trucbao.count("report_revision")) == (1, 2)

    def test_after_due_it_is_late(self, trucbao: Shell) -> None:
        trucbao.clock.moment = NOW.replace(hour=16, minute=30, second=1)
        assert "muộn" in trucbao.does("report", "--unit", "An Sơn")

    def test_problems_are_told(self, trucbao: Shell) -> None:
        out = trucbao.does(
            "report", "--unit", "An Sơn", "--problem", "safety", "--problem", "order"
        )
        assert out.count("⚠️") == 2

    def test_strength_in_percent_stays_out_of_the_receipt(self, trucbao: Shell) -> None:
        out = trucbao.does(
            "report", "--unit", "An Sơn", "--absent", "ốm=2", STRENGTH_DISPLAY="percent"
        )
        assert "27" not in out
        assert "25" not in out

    @pytest.mark.parametrize(
        ("typed", "status", "words"),
        [
            ("--unit Huế", 2, "Không có đơn vị “Huế”"),
            ("--unit 'Tân Thanh Tam'", 2, "Không có đơn vị"),
            ("--unit ''", 2, "Không có đơn vị"),
            ("--unit 'An Sơn, An Phú'", 2, "Không có đơn vị"),
            ("--unit \x1b[2J\u202eHuế", 2, "Không có đơn vị “[2JHuế”"),
            ("--unit 'An Sơn' --day 17/03/2026", 1, "chưa đến"),
            ("--unit 'An Sơn' --day 2026-03-15", 1, "đã chốt"),
            ("--unit 'An Sơn' --day 01/03/2026", 1, "đã chốt"),
            ("--unit 'An Sơn' --day 01/01/0001", 1, "đã chốt"),
            ("--unit 'An Sơn' --day 31/12/9999", 1, "chưa đến"),
            ("--unit 'An Sơn' --day 31/02/2026", 2, "“31/02/2026” không phải ngày"),
            ("--unit 'An Sơn' --day tomorrow", 2, "không phải ngày"),
            ("--unit 'An Sơn' --day ''", 2, "không phải ngày"),
            ("--unit 'An Sơn' --day 2026-13-01", 2, "không phải ngày"),
            ("--unit 'An Sơn' --day ١٦/٠٣/٢٠٢٦", 2, "không phải ngày"),
            ("--unit 'An Sơn' --absent ốm=-1", 2, "từ 0 trở lên"),
            ("--unit 'An Sơn' --absent ốm=28", 2, "Tổng vắng 28 vượt biên chế 27"),
            ("--unit 'An Sơn' --absent ốm=20,phép=8", 2, "Tổng vắng 28 vượt biên chế 27"),
            ("--unit 'An Sơn' --absent cưới=1", 2, "Không hiểu “cưới=1”"),
            ("--unit 'An Sơn' --absent ốm=1,ốm=1", 2, "Không hiểu “ốm=1”"),
            ("--unit 'An Sơn' --absent ốm=1,Ốm=2", 2, "Không hiểu “Ốm=2”"),
            ("--unit 'An Sơn' --absent ốm", 2, "Không hiểu “ốm”"),
            ("--unit 'An Sơn' --absent ốm=", 2, "Không hiểu"),
            ("--unit 'An Sơn' --absent ốm=x", 2, "Không hiểu"),
            ("--unit 'An Sơn' --absent ốm=1.5", 2, "Không hiểu"),
            ("--unit 'An Sơn' --absent ốm=1e3", 2, "Không hiểu"),
            ("--unit 'An Sơn' --absent ốm=²", 2, "Không hiểu"),
            ("--unit 'An Sơn' --absent ốm=99999999999999999999", 2, "Không hiểu"),
            ("--unit 'An Sơn' --absent 3", 2, "Không hiểu"),
            ("--unit 'An Sơn' --absent ốm=1=2", 2, "Không hiểu"),
        ],
    )
    def test_what_cannot_be_taken_is_told_and_nothing_is_saved(
        self, trucbao: Shell, typed: str, status: int, words: str
    ) -> None:
        ran = trucbao("report", *shlex.split(typed))
        ran.refused(status, words)
        assert ran.out == ""
        assert (trucbao.count("report"), trucbao.count("report_revision")) == (0, 0)

    def test_a_name_that_two_units_have_is_not_guessed(self, trucbao: Shell) -> None:
        trucbao.rows("INSERT INTO unit_alias SELECT id, 'Sân bay' FROM unit WHERE id IN (1, 2)")
        trucbao("report", "--unit", "sân bay").refused(2, "Không có đơn vị “sân bay”", "An Mỹ")
        assert trucbao.count("report") == 0

    def test_a_day_without_duty_and_a_day_before_the_first(self, trucbao: Shell) -> None:
        trucbao("report", "--unit", "An Sơn", DUTY_DAYS="tue").refused(1, "không phải báo cáo")
        trucbao.rows("UPDATE command SET first_day = '2026-03-17'")
        trucbao("report", "--unit", "An Sơn").refused(1, "không phải báo cáo")
        assert trucbao.count("report") == 0

    def test_after_the_lock_nothing_is_taken(self, trucbao: Shell) -> None:
        trucbao.clock.moment = NOW.replace(hour=20)
        trucbao("report", "--unit", "An Sơn").refused(1, "đã chốt lúc 20:00")
        assert trucbao.count("report") == 0


class TestSummary:
    def test_json_has_what_the_design_promises(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn", "--absent", "ốm=2")
        told = json.loads(trucbao.does("summary", "--format", "json"))
        assert (told["day"], told["period"]) == ("2026-03-16", "ngay")
        assert (told["expected"], told["actual"], told["on_time"]) == (13, 1, 1)
        assert told["rates"] == {"reporting_rate": 7.7, "reporting_rate_on_time": 7.7}
        by_name = {unit["unit"]: unit for unit in told["units"]}
        assert len(by_name) == 13
        assert by_name["phường An Sơn"]["state"] == "on_time"
        assert by_name["phường An Phú"]["state"] == "missing"
        assert told["missing"] + told["not_due"] == 12
        assert told["strength"]["absent"] == 2

    def test_text_tells_the_same_day(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn")
        out = trucbao.does("summary")
        assert "Ban CHQS thành phố Tam Kỳ" in out
        assert "1/13" in out
        assert "<b>" not in out
        assert "&" not in out

    @pytest.mark.parametrize(
        ("period", "first", "last"),
        [
            ("ngay", "2026-03-16", "2026-03-16"),
            ("tuan", "2026-03-16", "2026-03-22"),
            ("thang", "2026-03-01", "2026-03-31"),
            ("quy", "2026-01-01", "2026-03-31"),
            ("nam", "2026-01-01", "2026-12-31"),
        ],
    )
    def test_every_period_can_be_asked_for(
        self, trucbao: Shell, period: str, first: str, last: str
    ) -> None:
        told = json.loads(trucbao.does("summary", "--period", period, "--format", "json"))
        assert (told["first"], told["last"]) == (first, last)
        assert trucbao.does("summary", "--period", period)

    @pytest.mark.parametrize("typed", ["15/03/2026", "2026-03-15", "15/3", "ngày 15/3"])
    def test_a_day_in_every_spelling(self, trucbao: Shell, typed: str) -> None:
        told = json.loads(trucbao.does("summary", "--day", typed, "--format", "json"))
        assert (told["day"], told["missing"]) == ("2026-03-15", 13)

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    @pytest.mark.parametrize("period", ["ngay", "tuan", "thang", "quy", "nam"])
    def test_the_ends_of_the_calendar(self, trucbao: Shell, period: str, day: str) -> None:
        for form in ("text", "json"):
            trucbao.does("summary", "--period", period, "--day", day, "--format", form)

    def test_nothing_expected_has_no_rate(self, trucbao: Shell) -> None:
        told = json.loads(trucbao.does("summary", "--day", "2026-01-01", "--format", "json"))
        assert told["expected"] == 0
        assert told["rates"] == {"reporting_rate": None, "reporting_rate_on_time": None}
        out = trucbao.does("summary", "--period", "thang", "--day", "2025-01-01")
        assert "%" not in out

    def test_percent_mode_tells_no_strength(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn", "--absent", "ốm=2")
        told = json.loads(trucbao.does("summary", "--format", "json", STRENGTH_DISPLAY="percent"))
        assert "strength" not in told
        assert "establishment" not in json.dumps(told)
        assert not re.search(r"\b2[57]\b", trucbao.does("summary", STRENGTH_DISPLAY="percent"))

    @pytest.mark.parametrize("typed", ["31/02", "yesterday", "", "2026-3", "16/03/26"])
    def test_a_wrong_day(self, trucbao: Shell, typed: str) -> None:
        trucbao("summary", "--day", typed).refused(2, "không phải ngày", "14/03/2026")


COLUMNS = [
    "day",
    "unit",
    "state",
    "first_submitted_at",
    "submitted_by",
    "revision",
    "establishment",
    "present",
    "absences",
    "problems",
    "late_reason",
]


class TestExport:
    def exported(self, trucbao: Shell, *words: str, **settings: str) -> list[dict[str, str]]:
        out = trucbao.folder / "out.csv"
        trucbao.does("export", "--out", str(out), *words, **settings)
        assert out.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by its mark"
        with out.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def test_one_row_a_unit_and_day(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn", "--absent", "phép=1,ốm=1")
        rows = self.exported(trucbao, "--from", "15/03/2026", "--to", "2026-03-16")
        assert len(rows) == 26
        assert list(rows[0]) == COLUMNS
        (reported,) = [row for row in rows if row["revision"] != "0"]
        assert reported == {
            "day": "2026-03-16",
            "unit": "phường An Sơn",
            "state": "on_time",
            "first_submitted_at": "2026-03-16T16:00:00+07:00",
            "submitted_by": "nhập tại trực chỉ huy",
            "revision": "1",
            "establishment": "27",
            "present": "25",
            "absences": reported["absences"],
            "problems": "",
            "late_reason": "",
        }
        assert "phép 1" in reported["absences"]
        assert {row["state"] for row in rows if row["day"] == "2026-03-15"} == {"missing"}
        assert mode(trucbao.folder / "out.csv") == 0o600

    def test_json_has_the_same(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn")
        told = trucbao.does("export", "--out", "out.json", "--from", "16/3", "--to", "16/3")
        assert "13 dòng" in told
        rows = json.loads((trucbao.folder / "out.json").read_text("utf-8"))
        assert [list(row) for row in rows] == [COLUMNS] * 13
        (reported,) = [row for row in rows if row["revision"]]
        assert (reported["establishment"], reported["present"]) == (27, 27)

    def test_the_audit_trail_has_a_row_an_entry_and_no_token(self, trucbao: Shell) -> None:
        link = self.invited(trucbao)
        (row,) = self.exported(trucbao, "--kind", "audit")
        assert row == {
            "at": "2026-03-16T16:00:00+07:00",
            "who": "máy chủ",
            "action": "Tạo thư mời",
            "unit": "phường An Sơn",
            "before": "",
            "after": "Chỉ huy trưởng đơn vị, hạn 16:00 ngày 18/03/2026",
            "reason": "",
        }
        assert link.rpartition("=")[2] not in str(row)
        assert self.exported(trucbao, "--kind", "audit", "--to", "15/3") == []
        self.exported(trucbao, "--kind", "audit", "--to", "31/12/9999")

    def test_the_audit_trail_is_a_workbook_or_a_document_by_its_ending(
        self, trucbao: Shell
    ) -> None:
        self.invited(trucbao)
        for name in ("audit.xlsx", "audit.docx"):
            trucbao.does("export", "--kind", "audit", "--out", name)
        (sheet,) = load_workbook(trucbao.folder / "audit.xlsx").worksheets
        heading, row = sheet.iter_rows(values_only=True)
        assert heading[:3] == ("Lúc", "Người làm", "Việc")
        assert (str(row[0]), *row[1:4]) == (
            "2026-03-16 16:00:00",
            "máy chủ",
            "Tạo thư mời",
            "phường An Sơn",
        )
        (table,) = Document(str(trucbao.folder / "audit.docx")).tables
        told = [cell.text for cell in table.rows[1].cells]
        assert told[:4] == ["16:00 16/03/2026", "máy chủ", "Tạo thư mời", "phường An Sơn"]
        trucbao("export", "--kind", "audit", "--out", "audit.pdf").refused(2, ".xlsx hoặc .docx")

    def test_attendance_is_a_document_as_well_and_no_pdf(self, trucbao: Shell) -> None:
        trucbao.does("export", "--kind", "training", "--out", "attendance.docx")
        (table,) = Document(str(trucbao.folder / "attendance.docx")).tables
        assert table.rows[0].cells[0].text == "Ngày"
        refused = trucbao("export", "--kind", "training", "--out", "attendance.pdf")
        refused.refused(2, "Điểm danh không ghi được ra .pdf")

    def invited(self, trucbao: Shell) -> str:
        with sqlite3.connect(trucbao.database) as connection:
            connection.execute("UPDATE command SET bot_username = 'x_bot'")
        connection.close()
        return trucbao.does("invite", "--role", "leader", "--unit", "An Sơn").strip()

    def test_this_month_up_to_today_unless_told(self, trucbao: Shell) -> None:
        days = {row["day"] for row in self.exported(trucbao)}
        assert (min(days), max(days)) == ("2026-03-09", "2026-03-16")
        later = {row["day"] for row in self.exported(trucbao, "--to", "31/12/9999")}
        assert later == days

    def test_what_a_spreadsheet_would_run_is_made_harmless(self, trucbao: Shell) -> None:
        for number, begin in enumerate("=+-@\t\r", start=1):
            trucbao.rows("UPDATE unit SET name = ? WHERE id = ?", f"{begin}cmd|x!A1", number)
        names = [row["unit"] for row in self.exported(trucbao, "--from", "16/3")]
        assert [name for name in names if name[0] in "=+-@\t\r"] == []
        assert [name[1] for name in names[:6]] == list("=+-@\t\r")

    def test_names_with_commas_quotes_and_line_ends_stay_whole(self, trucbao: Shell) -> None:
        name = 'phường "Một",\nHai; Ba'
        trucbao.rows("UPDATE unit SET name = ? WHERE id = 1", name)
        assert self.exported(trucbao, "--from", "16/3")[0]["unit"] == name

    def test_percent_mode_leaves_strength_out_unless_asked_for(self, trucbao: Shell) -> None:
        plain = self.exported(trucbao, STRENGTH_DISPLAY="percent")
        assert list(plain[0]) == [*COLUMNS[:6], *COLUMNS[9:]]
        full = self.exported(trucbao, "--with-strength", STRENGTH_DISPLAY="percent")
        assert list(full[0]) == COLUMNS

    def test_no_rows_are_a_file_with_its_header(self, trucbao: Shell) -> None:
        words = ("export", "--out", "out.csv", "--from", "01/01/2020", "--to", "02/01/2020")
        assert "0 dòng" in trucbao.does(*words)
        text = (trucbao.folder / "out.csv").read_text("utf-8-sig")
        assert text.splitlines() == [",".join(COLUMNS)]

    @pytest.mark.parametrize(
        ("typed", "status", "words"),
        [
            ("--out out.odt", 2, "đuôi phải là .csv, .json, .xlsx, .docx hoặc .pdf"),
            ("--out out", 2, "Không biết viết tệp out"),
            ("--out .csv", 2, "Không biết viết tệp"),
            ("--kind all --out out.csv", 2, "không ghi được ra .csv; dùng .xlsx, .docx hoặc .pdf"),
            ("--kind all --out out.JSON", 2, "không ghi được ra .json"),
            ("--kind all --out missing/out.xlsx", 1, "chưa có thư mục"),
            ("--out missing/out.docx", 1, "chưa có thư mục"),
            ("--out missing/out.csv", 1, "Không ghi được missing/out.csv: chưa có thư mục"),
            ("--out a-file/out.csv", 1, "Không ghi được a-file/out.csv"),
            (f"--out {'x' * 250}.csv", 1, "tên quá dài"),
            ("--out out.csv --from 17/03/2026 --to 16/03/2026", 2, "--from"),
            ("--out out.csv --from 17/03/2026", 2, "--from"),
            ("--out out.csv --from 32/01/2026", 2, "không phải ngày"),
            ("--out out.csv --to soon", 2, "không phải ngày"),
        ],
    )
    def test_what_cannot_be_written_leaves_nothing(
        self, trucbao: Shell, typed: str, status: int, words: str
    ) -> None:
        (trucbao.folder / "a-file").touch()
        ran = trucbao("export", *shlex.split(typed))
        ran.refused(status, words)
        assert {file.name for file in trucbao.folder.iterdir()} == {"a-file", "trucbao.db"}

    def test_the_workbook_has_one_sheet_of_reports_or_all_of_them(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn", "--absent", "phép=1")
        assert "Đã ghi out.xlsx." in trucbao.does("export", "--out", "out.xlsx")
        assert load_workbook(trucbao.folder / "out.xlsx").sheetnames == ["Từng ngày"]
        trucbao.does("export", "--kind", "all", "--out", "out.xlsx")
        book = load_workbook(trucbao.folder / "out.xlsx")
        assert book.sheetnames == [*SHEETS, "Chỉ tiêu"]
        assert book["Tổng hợp"]["A2"].value == "Tổng hợp báo cáo trực ngày, tháng 3/2026"
        states = [row[2].value for row in book["Từng ngày"].iter_rows(min_row=2)]
        assert (len(states), states.count("Đúng hạn")) == (8 * 13, 1)
        assert mode(trucbao.folder / "out.xlsx") == 0o600

    def test_percent_mode_leaves_strength_out_of_the_workbook_unless_asked_for(
        self, trucbao: Shell
    ) -> None:
        words = ("export", "--kind", "all", "--out", "out.xlsx")
        trucbao.does(*words, STRENGTH_DISPLAY="percent")
        book = load_workbook(trucbao.folder / "out.xlsx")
        assert book.sheetnames == [
            *(name for name in SHEETS if name != "Vắng theo lý do"),
            "Chỉ tiêu",
        ]
        assert "Biên chế" not in [cell.value for cell in book["Từng ngày"][1]]
        trucbao.does(*words, "--with-strength", STRENGTH_DISPLAY="percent")
        assert load_workbook(trucbao.folder / "out.xlsx").sheetnames == [*SHEETS, "Chỉ tiêu"]

    def test_targets_are_written_as_rows_and_documents(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn")
        trucbao.does("export", "--kind", "targets", "--out", "out.json")
        rows = json.loads((trucbao.folder / "out.json").read_text("utf-8"))
        assert len({row["key"] for row in rows}) == 22
        assert all(row["value"] is None for row in rows if row["key"] == "people_trained")
        for ending in ("csv", "xlsx", "docx"):
            trucbao.does("export", "--kind", "targets", "--out", f"out.{ending}")
            assert (trucbao.folder / f"out.{ending}").stat().st_size > 1000
        book = load_workbook(trucbao.folder / "out.xlsx")
        assert book.sheetnames == ["Chỉ tiêu"]
        told = [[cell.value for cell in row] for row in book["Chỉ tiêu"].iter_rows(min_row=2)]
        assert [row[7] for row in told] == [row["value"] for row in rows]
        assert {str(row[0]) for row in told} == {f"{NOW.date()} 00:00:00"}

    @pytest.mark.parametrize(
        ("until", "as_of"), [("15/03/2026", "2026-03-15"), ("31/03/2026", "2026-03-16")]
    )
    def test_each_row_of_the_targets_tells_the_day_that_it_stands_for(
        self, trucbao: Shell, until: str, as_of: str
    ) -> None:
        words = ("export", "--kind", "targets", "--from", "01/03/2026", "--to", until)
        trucbao.does(*words, "--out", "out.json")
        rows = json.loads((trucbao.folder / "out.json").read_text("utf-8"))
        assert {row["as_of"] for row in rows} == {as_of}

    @pytest.mark.parametrize("kind", ["reports", "all"])
    def test_the_official_report_has_its_head_from_the_settings(
        self, trucbao: Shell, kind: str
    ) -> None:
        trucbao.does(
            *("export", "--kind", kind, "--out", "out.docx"),
            REPORT_SUPERIOR="Bộ CHQS tỉnh",
            REPORT_PLACE="Tam Kỳ",
            REPORT_RECIPIENTS="Như trên; Thường trực Thành ủy",
        )
        text = words_of((trucbao.folder / "out.docx").read_bytes())
        for told in (
            "BỘ CHQS TỈNH",
            "BAN CHQS THÀNH PHỐ TAM KỲ",
            "Số: …/BC-BCH",
            "Tam Kỳ, ngày 16 tháng 3 năm 2026",
            "- Thường trực Thành ủy;",
            "Phải gửi 104 báo cáo; đã gửi 0",
        ):
            assert told in text
        assert mode(trucbao.folder / "out.docx") == 0o600

    def test_days_of_no_period_are_told_by_themselves_up_to_today(self, trucbao: Shell) -> None:
        trucbao.does("export", "--from", "10/3", "--to", "31/12/9999", "--out", "out.docx")
        text = words_of((trucbao.folder / "out.docx").read_bytes())
        assert "trực ngày 10/03–16/03/2026" in text
        assert "So với" not in text

    @pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
    def test_the_report_becomes_a_pdf(self, trucbao: Shell) -> None:
        trucbao.does("export", "--out", "out.pdf")
        assert (trucbao.folder / "out.pdf").read_bytes().startswith(b"%PDF-")
        assert mode(trucbao.folder / "out.pdf") == 0o600

    def test_without_libreoffice_there_is_no_pdf_and_one_line_says_why(
        self, trucbao: Shell
    ) -> None:
        trucbao("export", "--out", "out.pdf", PATH="/nowhere").refused(1, "LibreOffice", ".docx")
        assert not (trucbao.folder / "out.pdf").exists()

    def test_a_libreoffice_that_makes_no_file_is_told(self, trucbao: Shell) -> None:
        programs = trucbao.folder / "programs"
        programs.mkdir()
        (programs / "soffice").write_text("#!/bin/sh\nexit 1\n")
        (programs / "soffice").chmod(0o755)
        path = f"{programs}:{os.environ['PATH']}"
        trucbao("export", "--out", "out.pdf", PATH=path).refused(1, "không chuyển được")
        assert not (trucbao.folder / "out.pdf").exists()

    def test_a_folder_that_may_not_be_written(self, trucbao: Shell) -> None:
        with open_folder() as folder:
            folder.chmod(0o555)
            with ordinary_user(trucbao.folder, trucbao.database):
                ran = trucbao("export", "--out", str(folder / "out.csv"))
            ran.refused(1, f"Không ghi được {folder}/out.csv: không có quyền ghi")

    def test_an_earlier_file_is_kept_when_the_new_one_fails(self, trucbao: Shell) -> None:
        out = trucbao.folder / "out.csv"
        out.write_text("earlier")
        trucbao("export", "--out", "out.csv", "--from", "soon").refused(2)
        assert out.read_text() == "earlier"


class TestBackup:
    PASSPHRASE = "một câu đủ dài"

    def test_it_is_encrypted_verified_and_put_back_elsewhere(self, trucbao: Shell) -> None:
        trucbao.does("report", "--unit", "An Sơn")
        secret = {"BACKUP_PASSPHRASE": self.PASSPHRASE}
        told = trucbao.does("backup", "--out", "a.backup", **secret)
        assert "a.backup (có mã hóa), đã kiểm tra lại: 1 ngày báo cáo, 1 báo cáo, 0 người." in told
        assert mode(trucbao.folder / "a.backup") == 0o600
        told = trucbao.does("restore", "--from", "a.backup", DATABASE_PATH="new.db", **secret)
        assert told == (
            "Đã phục hồi new.db từ bản lúc 16:00 16/03/2026: 1 ngày báo cáo, 1 báo cáo, 0 người.\n"
        )
        ran = ("summary", "--format", "json")
        assert trucbao.does(*ran, DATABASE_PATH="new.db") == trucbao.does(*ran)

    def test_the_bot_is_told_of_it(self, trucbao: Shell) -> None:
        trucbao.does("backup", "--out", "a.db", "--plain")
        assert trucbao.rows("SELECT reason, path, is_encrypted, problem FROM backup") == [
            ("console", "a.db", 0, None)
        ]

    def test_without_a_passphrase_plain_must_be_said(self, trucbao: Shell) -> None:
        before = set(trucbao.folder.iterdir())
        trucbao("backup", "--out", "a.backup").refused(2, "BACKUP_PASSPHRASE", "--plain")
        assert set(trucbao.folder.iterdir()) == before
        assert "(không mã hóa)" in trucbao.does("backup", "--out", "a.db", "--plain")
        with contextlib.closing(sqlite3.connect(trucbao.folder / "a.db")) as copy:
            assert copy.execute("SELECT count(*) FROM unit").fetchone() == (13,)

    def test_a_passphrase_typed_twice_on_a_terminal_serves_as_well(
        self, trucbao: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typed = iter([self.PASSPHRASE, self.PASSPHRASE, self.PASSPHRASE])
        monkeypatch.setattr("bot.console_backup.sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("bot.console_backup.click.prompt", lambda *_, **__: next(typed))
        trucbao.does("backup", "--out", "a.backup")
        trucbao.does("restore", "--from", "a.backup", DATABASE_PATH="new.db")
        for answers, words in (
            (["ngắn"], "ít nhất 12 ký tự"),
            ([self.PASSPHRASE, "một câu khác hẳn"], "không giống nhau"),
        ):
            typed = iter(answers)
            trucbao("backup", "--out", "b.backup").refused(2, words)
        assert not (trucbao.folder / "b.backup").exists()

    def test_a_wrong_passphrase_a_missing_one_and_a_damaged_file_are_one_line_each(
        self, trucbao: Shell
    ) -> None:
        trucbao.does("backup", "--out", "a.backup", BACKUP_PASSPHRASE=self.PASSPHRASE)
        restore = ("restore", "--from", "a.backup")
        new = {"DATABASE_PATH": "new.db"}
        wrong = trucbao(*restore, **new, BACKUP_PASSPHRASE="một câu khác hẳn")
        wrong.refused(1, "a.backup", "mật khẩu không đúng")
        trucbao(*restore, **new).refused(2, "BACKUP_PASSPHRASE")
        file = trucbao.folder / "a.backup"
        file.write_bytes(file.read_bytes()[:-1])
        damaged = trucbao(*restore, **new, BACKUP_PASSPHRASE=self.PASSPHRASE)
        damaged.refused(1, "a.backup", "bị hỏng hoặc thiếu")
        trucbao("restore", "--from", "none", **new).refused(1, "none", "không có tệp này")
        file.write_text("hello")
        trucbao(*restore, **new).refused(1, "không phải bản sao lưu của trucbao")
        assert {file.name for file in trucbao.folder.glob("new.db*")} <= {"new.db.lock"}

    def test_nothing_is_restored_under_a_bot_that_runs(self, trucbao: Shell) -> None:
        trucbao.does("backup", "--out", "a.db", "--plain")
        with only_instance(trucbao.database):
            trucbao.database.rename(trucbao.folder / "aside.db")
            trucbao("restore", "--from", "a.db").refused(1, "đang chạy", "Dừng nó trước")
        assert not trucbao.database.exists()
        trucbao.does("restore", "--from", "a.db")
        assert trucbao.count("unit") == 13

    def test_nothing_is_overwritten(self, trucbao: Shell) -> None:
        trucbao.does("backup", "--out", "a.db", "--plain")
        trucbao("backup", "--out", "a.db", "--plain").refused(1, "a.db", "đã có tệp")
        trucbao("backup", "--out", "trucbao.db", "--plain").refused(1, "trucbao.db", "đã có tệp")
        trucbao("restore", "--from", "a.db").refused(1, "đã có trucbao.db", "Dừng bot")
        (trucbao.folder / "new.db-wal").touch()
        trucbao("restore", "--from", "a.db", DATABASE_PATH="new.db").refused(1, "new.db-wal")
        assert trucbao.count("unit") == 13

    def test_a_later_schema_is_refused(self, trucbao: Shell) -> None:
        trucbao.does("backup", "--out", "a.db", "--plain")
        with contextlib.closing(sqlite3.connect(trucbao.folder / "a.db")) as copy:
            copy.execute("PRAGMA user_version = 999")
        ran = trucbao("restore", "--from", "a.db", DATABASE_PATH="new.db")
        ran.refused(1, "a.db", "999", "Cập nhật trucbao")

    def test_a_folder_that_may_not_be_written_is_one_line(self, trucbao: Shell) -> None:
        with open_folder() as folder:
            folder.chmod(0o755)
            out = str(folder / "none" / "a.db")
            trucbao("backup", "--out", out, "--plain").refused(1, out, "chưa có thư mục này")

    def test_without_a_database_there_is_nothing_to_back_up(self, shell: Shell) -> None:
        shell("backup", "--out", "a.db", "--plain").refused(1, "Chưa có cơ sở dữ liệu")
        assert list(shell.folder.iterdir()) == []

    def test_on_a_terminal_a_bar_shows_how_far_it_is(
        self, trucbao: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.console_backup.sys.stderr.isatty", lambda: True)
        ran = trucbao("backup", "--out", "a.db", "--plain")
        assert ran.status == 0
        assert "Đang sao lưu" in ran.err


class TestInvite:
    async def test_the_link_lets_a_person_in_once(self, shell: Shell) -> None:
        async with running() as box:
            settings = settings_for(box, shell.database)
            await box.jump(NOW)
            async with moved_in(box, settings, preset="tam-ky-2022"):
                words = ("invite", "--role", "leader", "--unit", "An Sơn")
                ran = await asyncio.to_thread(shell, *words)
                found = LINK.fullmatch(ran.out)
                assert found
                assert found[1] == "trucbao_test_bot"
                files = shell.folder.glob("trucbao.db*")
                assert not any(found[2].encode() in file.read_bytes() for file in files), (
                    "only its hash is kept"
                )
                leader, other = await box.person(1), await box.person(2)
                await leader.say(f"/start {found[2]}")
                await leader.sees("phường An Sơn")
                await other.say(f"/start {found[2]}")
                await other.sees("Thư mời này đã được dùng")
        assert shell.rows("SELECT role, unit_id FROM assignment") == [("leader", 3)]

    async def test_before_the_first_run_telegram_is_asked_for_the_name(
        self, trucbao: Shell
    ) -> None:
        async with running(username="another_bot") as box:
            out = await asyncio.to_thread(
                trucbao.does,
                "invite",
                "--role",
                "commander",
                TELEGRAM_BOT_TOKEN=box.token,
                TELEGRAM_API_URL=f"{box.url}/",
            )
        assert out.startswith("https://t.me/another_bot?start=")

    @pytest.fixture
    def named(self, trucbao: Shell) -> Shell:
        trucbao.rows("UPDATE command SET bot_username = 'a_bot'")
        return trucbao

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_can_be_invited(self, named: Shell, role: Role) -> None:
        unit = ["--unit", "An Sơn"] if role.leads_unit else []
        assert LINK.fullmatch(named.does("invite", "--role", role.value, *unit))
        assert named.rows("SELECT role, created_by FROM invitation") == [(role.value, None)]

    @pytest.mark.parametrize(
        ("typed", "minutes"), [("30m", 30), ("48h", 2880), ("7D", 10080), (" 1h ", 60)]
    )
    def test_how_long_it_is_good_for(self, named: Shell, typed: str, minutes: int) -> None:
        named.does("invite", "--role", "admin", "--expires", typed)
        ((ms,),) = named.rows("SELECT expires_at FROM invitation")
        assert datetime.fromtimestamp(ms / 1000, NOW.tzinfo) == NOW + timedelta(minutes=minutes)

    def test_two_days_unless_told_and_until_the_last_day(self, named: Shell) -> None:
        words = ("invite", "--role", "acting", "--unit", "An Sơn", "--until", "16/03/2026")
        named.does(*words)
        ((ms, until),) = named.rows("SELECT expires_at, until_day FROM invitation")
        assert datetime.fromtimestamp(ms / 1000, NOW.tzinfo) == NOW + timedelta(hours=48)
        assert until == "2026-03-16"

    def test_an_acting_leader_may_be_invited_for_days_to_come(self, named: Shell) -> None:
        words = ("invite", "--role", "acting", "--unit", "An Sơn")
        named.does(*words, "--from", "20/03/2026", "--until", "27/03/2026")
        assert named.rows("SELECT first_day, until_day FROM invitation") == [
            ("2026-03-20", "2026-03-27")
        ]

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("--from 20/03/2026", "--from cần --until"),
            ("--from 15/03/2026 --until 27/03/2026", "--from đã qua"),
            ("--from 27/03/2026 --until 20/03/2026", "--from phải không sau --until"),
            ("--from 20/03/2026 --until 21/03/2027", "nhiều nhất một năm"),
            ("--from 20/13/2026 --until 27/03/2026", "không phải ngày"),
        ],
    )
    def test_days_on_which_nobody_can_act_make_no_invitation(
        self, trucbao: Shell, typed: str, words: str
    ) -> None:
        whom = ("--role", "acting", "--unit", "An Sơn")
        trucbao("invite", *whom, *shlex.split(typed)).refused(2, words)
        assert trucbao.count("invitation") == 0

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("--role leader --unit 'An Sơn' --from 20/03/2026 --until 27/03/2026", "chỉ dùng khi"),
            ("--role leader", "Vai trò leader cần --unit"),
            ("--role acting", "Vai trò acting cần --unit"),
            ("--role commander --unit 'An Sơn'", "bỏ --unit"),
            ("--role leader --unit Huế", "Không có đơn vị “Huế”"),
            ("--role admin --expires 0h", "không phải thời hạn"),
            ("--role admin --expires -1h", "không phải thời hạn"),
            ("--role admin --expires 48", "không phải thời hạn"),
            ("--role admin --expires 1w", "không phải thời hạn"),
            ("--role admin --expires 31d", "không phải thời hạn"),
            ("--role admin --expires 99999999h", "không phải thời hạn"),
            ("--role admin --expires ''", "không phải thời hạn"),
            ("--role admin --until 15/03/2026", "--until đã qua"),
            ("--role admin --until 30/02/2026", "không phải ngày"),
        ],
    )
    def test_wrong_words_make_no_invitation_and_need_no_telegram(
        self, trucbao: Shell, typed: str, words: str
    ) -> None:
        trucbao("invite", *shlex.split(typed)).refused(2, words)
        assert trucbao.count("invitation") == 0

    def test_without_a_name_it_says_how_to_get_one(self, trucbao: Shell) -> None:
        trucbao("invite", "--role", "admin").refused(1, "TELEGRAM_BOT_TOKEN", "trucbao run")
        trucbao(
            "invite",
            "--role",
            "admin",
            TELEGRAM_BOT_TOKEN="1:secret",
            TELEGRAM_API_URL="http://127.0.0.1:9",
        ).refused(1, "không nối được", "TELEGRAM_API_URL")
        assert trucbao.count("invitation") == 0


@contextlib.asynccontextmanager
async def impostor(status: int, text: str, **headers: str) -> AsyncIterator[str]:
    """Something that answers in Telegram's place: a captive portal, a wrong address."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=text, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class TestCheck:
    async def test_all_is_well(self, trucbao: Shell) -> None:
        async with running() as box:
            out = await asyncio.to_thread(
                trucbao.does,
                "check",
                TELEGRAM_BOT_TOKEN=box.token,
                TELEGRAM_API_URL=box.url,
            )
        assert "✘" not in out
        for words in (
            "hạn 16:30",
            "SQLite 3.",
            "MiB",
            "13 đơn vị, 0 người",
            "@trucbao_test_bot",
            "Đồng hồ máy lệch Telegram",
        ):
            assert words in out
        assert "700000001" not in out
        assert "! Sao lưu: chưa có bản nào; chưa đặt BACKUP_DIR" in out

    def test_the_last_good_backup_and_the_folder_for_the_next(self, trucbao: Shell) -> None:
        now = datetime.now(UTC)
        folder = trucbao.folder / "backups"
        missing = trucbao("check", BACKUP_DIR=str(folder))
        assert f"✘ BACKUP_DIR {folder}: không có hoặc không ghi được" in missing.out
        folder.mkdir()
        for age, mark in ((timedelta(days=4), "!"), (timedelta(hours=3), "✔")):
            trucbao.clock.moment = now - age
            trucbao.does("backup", "--out", f"{age.days}.db", "--plain")
            out = trucbao("check", BACKUP_DIR=str(folder)).out
            at = f"{(now - age).astimezone(ZONE):%H:%M %d/%m/%Y}"
            assert f"{mark} Sao lưu: bản tốt gần nhất {at}" in out
            assert f"✔ BACKUP_DIR {folder}: ghi được" in out

    def test_a_disk_that_fills_up(self, trucbao: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        for free, mark in ((100 << 20, "✘"), (450 << 20, "!"), (9 << 30, "✔")):
            usage = SimpleNamespace(total=10 << 30, free=free)
            monkeypatch.setattr("bot.check.shutil.disk_usage", lambda _path, told=usage: told)
            assert f"{mark} Đĩa còn {free >> 20} MiB" in trucbao("check").out

    async def test_a_clock_that_is_wrong(self, trucbao: Shell) -> None:
        body = '{"ok": true, "result": {"username": "a_bot", "url": "", "pending_update_count": 0}}'
        async with impostor(200, body, Date="Mon, 16 Mar 2020 09:00:00 GMT") as url:
            ran = await self.checked(trucbao, url)
        assert ran[0] == 1
        assert "✘ Đồng hồ máy lệch Telegram +" in ran[1]

    async def checked(self, trucbao: Shell, url: str) -> tuple[int, str]:
        ran = await asyncio.to_thread(
            trucbao, "check", TELEGRAM_BOT_TOKEN="12:hunter2", TELEGRAM_API_URL=url
        )
        assert ran.err == ""
        assert "hunter2" not in ran.out
        return ran.status, ran.out

    async def test_a_token_that_telegram_does_not_know(self, trucbao: Shell) -> None:
        async with running() as box:
            status, out = await self.checked(trucbao, box.url)
        assert status == 1
        assert "✘ Telegram từ chối token (401)" in out

    @pytest.mark.parametrize(
        ("code", "body"),
        [
            (200, "<html>Please log in</html>"),
            (200, "[]"),
            (200, '{"ok": true}'),
            (200, '{"ok": true, "result": {"username": null}}'),
            (500, '{"ok": false, "error_code": 500}'),
            (404, "not here"),
            (302, ""),
        ],
    )
    async def test_something_that_is_not_telegram(
        self, trucbao: Shell, code: int, body: str
    ) -> None:
        async with impostor(code, body, Date="nonsense") as url:
            status, out = await self.checked(trucbao, url)
        assert status == 1
        assert "✘ Telegram: không nối được" in out

    async def test_an_odd_date_is_no_reason_to_fail(self, trucbao: Shell) -> None:
        body = '{"ok": true, "result": {"username": "a_bot", "url": "", "pending_update_count": 0}}'
        async with impostor(200, body, Date="Mon, 16 Mar 2020 09:00:00 -0000") as url:
            status, out = await self.checked(trucbao, url)
        assert status == 0
        assert "Đồng hồ" not in out

    async def test_nobody_answers(self, trucbao: Shell) -> None:
        status, out = await self.checked(trucbao, "http://127.0.0.1:9")
        assert status == 1
        assert "✘ Telegram: không nối được (ConnectError)" in out

    def test_without_a_token_it_fails_and_names_the_demo(self, trucbao: Shell) -> None:
        ran = trucbao("check")
        assert (ran.status, ran.err) == (1, "")
        assert "TELEGRAM_BOT_TOKEN" in ran.out
        assert "make demo" in ran.out

    def test_a_database_without_units_is_a_warning(self, shell: Shell) -> None:
        shell.does("init")
        assert "! Cơ sở dữ liệu trucbao.db: 0 đơn vị" in shell("check").out


NEEDS_DATABASE = [
    "invite --role admin",
    "report --unit x",
    "summary",
    "export --out out.csv",
    "check",
]
WRITES = [
    "init --preset tam-ky-2022",
    "report --unit 'An Sơn' --absent ốm=1",
]
READ_ONLY = ["init --preset tam-ky-2022", "report --unit 'Tam Kỳ'", "check"]


class TestDatabase:
    @pytest.mark.parametrize("command", NEEDS_DATABASE)
    def test_none_yet(self, shell: Shell, command: str) -> None:
        shell(*shlex.split(command)).refused(1, "Chưa có cơ sở dữ liệu", "trucbao init --preset")
        assert list(shell.folder.iterdir()) == []

    @pytest.mark.parametrize("command", [*NEEDS_DATABASE, *WRITES])
    def test_a_folder_that_is_not_there(self, shell: Shell, command: str) -> None:
        ran = shell(*shlex.split(command), DATABASE_PATH="data/trucbao.db")
        ran.refused(1, "data/trucbao.db", "thư mục chưa có", "DATABASE_PATH")
        assert list(shell.folder.iterdir()) == []

    @pytest.mark.parametrize("command", [*NEEDS_DATABASE, *WRITES])
    def test_of_a_later_version(self, trucbao: Shell, command: str) -> None:
        trucbao.rows("PRAGMA user_version = 99")
        before = trucbao.database.read_bytes()
        newest = numbered()[-1][0]
        trucbao(*shlex.split(command)).refused(
            1, "phiên bản mới hơn", f"lược đồ 99, chương trình biết {newest}", "Cập nhật trucbao"
        )
        assert trucbao.database.read_bytes() == before

    @pytest.mark.parametrize("command", [*NEEDS_DATABASE, *WRITES])
    def test_not_a_database(self, shell: Shell, command: str) -> None:
        shell.database.write_text("my notes")
        shell(*shlex.split(command)).refused(1, "bị hỏng hoặc không phải cơ sở dữ liệu")
        assert shell.database.read_text() == "my notes"

    @pytest.mark.parametrize("command", READ_ONLY)
    def test_read_only(self, shell: Shell, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
        with open_folder() as folder:
            monkeypatch.chdir(folder)
            shell.does("init", "--preset", "da-nang-2025")
            (folder / "trucbao.db").chmod(0o444)
            with ordinary_user(folder):
                shell(*shlex.split(command)).refused(1, "chỉ đọc được", "cho phép ghi")
            monkeypatch.chdir("/")
        assert not shell.database.exists()

    @pytest.mark.parametrize("command", WRITES)
    def test_on_a_full_disk_nothing_is_saved_and_no_success_is_told(
        self, trucbao: Shell, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        trucbao.rows("DELETE FROM unit_strength")
        if command.startswith("init"):
            trucbao.rows("DELETE FROM unit")
        self.fail_at_commit(monkeypatch)
        ran = trucbao(*shlex.split(command))
        ran.refused(1, "trucbao.db", "hết chỗ trên đĩa", "dọn đĩa")
        assert ran.out == ""
        assert trucbao.count("report") == 0
        assert trucbao.count("unit_strength") == 0

    def fail_at_commit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The disk fills up when the pages are written: that is at the commit."""
        real = storage.database.Session.run

        async def run(
            session: storage.database.Session, sql: str, parameters: tuple[object, ...] = ()
        ) -> int:
            if sql == "COMMIT":
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise named(error, session._path)
            return await real(session, sql, parameters)

        monkeypatch.setattr(storage.database.Session, "run", run)

    @pytest.mark.parametrize("command", WRITES)
    def test_held_by_another_process(
        self, trucbao: Shell, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        monkeypatch.setattr(storage.database, "BUSY_TIMEOUT_MS", 50)
        with contextlib.closing(sqlite3.connect(trucbao.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            ran = trucbao(*shlex.split(command))
        ran.refused(1, "chương trình khác khóa")
        assert trucbao.count("report") == 0
