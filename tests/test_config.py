"""Settings: where they come from, and one line for each that is wrong."""

import re
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import Settings, load_settings
from bot.domain.calendar import WEEKDAYS
from bot.domain.forms import DUTY
from bot.domain.period_digests import MonthlyTime, WeeklyTime
from bot.setting_values import InvalidSettingError, Reason, parse_weekdays
from bot.texts.vi_console import VietnameseConsole
from tests.trouble import open_folder, ordinary_user

ROOT = Path(__file__).parent.parent
NAMES = [name.upper() for name in Settings.model_fields]
SECRET = "hunter2"

WRONG = {
    "TELEGRAM_BOT_TOKEN": [
        f"12:{SECRET} x",
        f"12:{SECRET}/getMe",
        f"12:{SECRET}\x07",
        f"ký{SECRET}",
    ],
    "TELEGRAM_API_URL": ["api.telegram.org", "ftp://x", "https://", "http://x:99999", "http://a b"],
    "TELEGRAM_PROXY": [f"x:{SECRET}@proxy", f"ftp://x:{SECRET}@proxy", f"socks5://{SECRET}:port"],
    "WEBHOOK_URL": [
        "bot.tamky.vn",
        "http://bot.tamky.vn/x",
        "https://bot.tamky.vn:8081/x",
        "https://bot.tamky.vn/x?y=1",
        "https://bot.tamky.vn/x#y",
        "ftp://bot.tamky.vn",
    ],
    "WEBHOOK_LISTEN": [
        "8443",
        "127.0.0.1",
        "127.0.0.1:x",
        "127.0.0.1:0",
        ":8443",
        "h:1/x",
        "a@h:1",
    ],
    "DATABASE_PATH": [".", "/", "./"],
    "TIMEZONE": ["Asia/Tam_Ky", "../../etc/passwd", "+07", "Asia"],
    "ADMIN_IDS": ["@chi_huy", "1;2", "-5", "0", "1.5", "²", "99999999999999999999"],
    "DUTY_OPENS": ["15h30", "24:00", "15:60", "1530", "²:30", "25:5", "17:00"],
    "DUTY_DUE": ["16", "16:3", "-1:00", "15:30", "15:00", "21:00"],
    "DUTY_LOCKS": ["20:00:00", "noon", "16:30", "00:00"],
    "DUTY_DAYS": ["monday", "1-5", "mon-", "t2", "mon,,tue", "-"],
    "DUTY_FIELDS": ["everything", "absent,weapons", ","],
    "MORNING_AT": ["7h", "25:00", "07:00:00", "12:00"],
    "WEEKLY_DIGEST": ["1 07:00", "mon", "monday 07:00", "mon 25:00", "mon,tue 07:00", "07:00"],
    "MONTHLY_DIGEST": ["0 07:00", "29 07:00", "mon 07:00", "1", "1 7h"],
    "INCIDENT_LADDER": [
        "5,10",
        "10,5,20",
        "0,5,10",
        "5;10;20",
        "5,5,20",
        "năm",
        "1,2,3,4",
        "5,,20",
    ],
    "LANGUAGE": ["fr", "tiếng Việt"],
    "STRENGTH_DISPLAY": ["number", "COUNTS "],
    "LOG_FORMAT": ["xml"],
    "LOG_LEVEL": ["chatty", "5"],
    "RETENTION_DAYS": ["1", "-7", "3651", "a week", "2.5", "9" * 30],
    "DOUBTFUL_RETENTION_DAYS": ["0", "4000", "x"],
    "REPORT_RETENTION_DAYS": ["1", "61", "-1", "36501", "x", "90.5"],
    "BACKUP_DIR": ["~", "~/backups", "~trucbao/backups"],
    "BACKUP_PASSPHRASE": [SECRET, "12345678901"],
    "BACKUP_KEEP": ["0", "-1", "3651", "all"],
    "BACKUP_AT": ["2h", "24:00", "02:00:00"],
    "REPORT_SUPERIOR": ["x" * 101, "Bộ\x07CHQS", "hai\ndòng"],
    "REPORT_BODY": ["x" * 101, "Ban\tCHQS"],
    "REPORT_SYMBOL": ["BC\x1b", "x" * 101],
    "REPORT_PLACE": ["Tam\nKỳ"],
    "REPORT_SIGNER": [";", "a\x07", "x" * 101],
    "REPORT_RECIPIENTS": [" ; ", "x;" * 21, f"x;{'y' * 101}"],
    "SANDBOX_CLOCK_URL": ["yes", "127.0.0.1:8081"],
}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def worded(error: InvalidSettingError) -> str:
    return VietnameseConsole().wrong_setting(error.name, error.reason, error.facts)


def test_every_setting_has_its_wrong_values_here() -> None:
    assert set(WRONG) == set(NAMES)


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in WRONG.items() for v in values])
def test_a_wrong_value_is_told_by_its_name_and_never_by_itself(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettingError) as caught:
        load_settings()
    line = worded(caught.value)
    assert name in line
    assert "\n" not in line
    assert SECRET not in line + repr(caught.value) + repr(caught.value.__cause__)
    assert re.search(
        "[ạảàáâấầậăắằđêếềệôốồộơớờưứừíìịỉóòỏọúùụủýỳ]", line.removeprefix("Cấu hình sai")
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("LANGUAGE", "fr", "chỉ nhận vi hoặc en"),
        ("STRENGTH_DISPLAY", "x", "chỉ nhận counts hoặc percent"),
        ("DUTY_FIELDS", "x", "chỉ nhận một hay nhiều trong: duty_commander, absent, safety"),
        ("LOG_LEVEL", "x", "chỉ nhận DEBUG hoặc INFO hoặc WARNING hoặc ERROR"),
        ("RETENTION_DAYS", "x", "từ 2 đến 3650"),
        ("BACKUP_KEEP", "0", "từ 1 đến 3650"),
        ("REPORT_RETENTION_DAYS", "7", "phải là 0 (giữ mãi) hoặc số nguyên từ 62 đến 36500"),
        ("REPORT_RETENTION_DAYS", "x", "phải là 0 (giữ mãi) hoặc số nguyên từ 62 đến 36500"),
        ("BACKUP_PASSPHRASE", "ngắn", "ít nhất 12 ký tự"),
        ("BACKUP_DIR", "~/x", "/var/backups/trucbao"),
        ("DUTY_LOCKS", "16:00", "DUTY_OPENS (15:30), DUTY_DUE (16:30), DUTY_LOCKS (16:00)"),
    ],
)
def test_a_wrong_value_is_told_with_what_would_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettingError) as caught:
        load_settings()
    assert words in worded(caught.value)


def test_every_reason_has_words() -> None:
    assert set(VietnameseConsole.setting_reasons) == {reason.value for reason in Reason}


def test_without_any_setting_the_defaults_of_the_design_hold() -> None:
    settings = load_settings()
    assert settings.telegram_bot_token.get_secret_value() == ""
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_path == Path("trucbao.db")
    assert settings.timezone == ZoneInfo("Asia/Ho_Chi_Minh")
    assert (settings.duty_opens, settings.duty_due, settings.duty_locks) == (
        time(15, 30),
        time(16, 30),
        time(20, 0),
    )
    assert len(settings.duty_days) == 7
    assert settings.language == "vi"
    assert not settings.shows_percent


def test_values_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TELEGRAM_BOT_TOKEN": " 12:ab-C_d\n",
        "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
        "TELEGRAM_PROXY": "socks5://user:pa%20ss@10.0.0.1:1080",
        "ADMIN_IDS": " 111, 222,",
        "DUTY_OPENS": "7:05",
        "DUTY_DAYS": "Mon - Fri, sun",
        "DUTY_FIELDS": "Absent, safety,",
        "WEEKLY_DIGEST": " Fri  17:30 ",
        "MONTHLY_DIGEST": "28 6:05",
        "INCIDENT_LADDER": " 3, 6 ,90",
        "LOG_LEVEL": "debug",
        "BACKUP_PASSPHRASE": "một câu đủ dài",
        "REPORT_RETENTION_DAYS": "365",
    }.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.telegram_bot_token.get_secret_value() == "12:ab-C_d"
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.admin_ids == (111, 222)
    assert settings.duty_opens == time(7, 5)
    assert settings.duty_days == {"mon", "tue", "wed", "thu", "fri", "sun"}
    assert settings.report_types["duty"].fields == DUTY.only({"absent", "safety"}).fields
    assert settings.incident_ladder == (3, 6, 90)
    assert settings.weekly_digest == WeeklyTime("fri", time(17, 30))
    assert settings.monthly_digest == MonthlyTime(28, time(6, 5))
    assert settings.log_level == "DEBUG"
    assert settings.retention.report_days == 365
    assert settings.secrets == (
        "12:ab-C_d",
        "socks5://user:pa%20ss@10.0.0.1:1080",
        "một câu đủ dài",
    )
    assert "đủ dài" not in repr(settings)
    assert "ab-C_d" not in repr(settings)
    assert "pa%20ss" not in repr(settings)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon-sun", 7),
        ("sat-mon", 3),
        ("wed", 1),
        ("wed-wed", 1),
        ("mon,mon", 1),
        ("sunday", 0),
        ("mon-x", 0),
    ],
)
def test_weekdays_go_by_name(typed: str, days: int) -> None:
    assert len(parse_weekdays(typed)) == days


@pytest.mark.parametrize("locale", ["en_US:en", "en_US.UTF-8", "vi_VN:vi", "fr:de", "C_x"])
def test_a_list_of_locales_that_the_system_set_is_no_wrong_language(
    monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LANGUAGE", locale)
    assert load_settings().language == "vi"


def test_the_file_is_read_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DUTY_DUE=17:00\nDUTY_LOCKS=21:00\nOTHER=1\n", "utf-8")
    monkeypatch.setenv("DUTY_LOCKS", "22:00")
    settings = load_settings()
    assert (settings.duty_due, settings.duty_locks) == (time(17), time(22))


def test_a_file_saved_by_notepad_is_read_from_its_first_name_on(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("\ufeffTELEGRAM_BOT_TOKEN=1:a\r\nDUTY_DUE=17:00\r\n".encode())
    settings = load_settings()
    assert settings.telegram_bot_token.get_secret_value() == "1:a"
    assert settings.duty_due == time(17)


def test_a_file_that_is_no_text_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("TELEGRAM_BOT_TOKEN=bí mật".encode("utf-16"))
    with pytest.raises(InvalidSettingError) as caught:
        load_settings()
    assert ".env" in worded(caught.value)


def test_a_file_that_may_not_be_read_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_folder() as folder:
        monkeypatch.chdir(folder)
        (folder / ".env").touch(0o000)
        with ordinary_user(), pytest.raises(InvalidSettingError) as caught:
            load_settings()
        monkeypatch.undo()
    assert caught.value.name == ".env"


def test_empty_lines_of_the_example_mean_the_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text("utf-8"), "utf-8")
    assert load_settings() == Settings(_env_file=None)


def test_the_example_explains_every_setting_with_its_default() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    explained = re.findall(r"^# .*\((.+)\)$\n^([A-Z_]+)=$", text, re.MULTILINE)
    assert sorted(name for _, name in explained) == sorted(NAMES)
    told = {name: default for default, name in explained}
    for name, field in Settings.model_fields.items():
        shown = told[name.upper()]
        match field.default:
            case time() as at:
                assert shown == f"{at:%H:%M}"
            case str() | int() | ZoneInfo() | Path() | WeeklyTime() | MonthlyTime() as value if str(
                value
            ):
                assert shown == str(value)
            case tuple() as minutes if minutes and isinstance(minutes[0], int):
                assert shown == ",".join(map(str, minutes))
            case tuple() as listed if listed:
                assert shown == ";".join(listed)
            case frozenset() as days if days <= set(WEEKDAYS):
                assert parse_weekdays(shown) == days
            case frozenset() as keys:
                assert set(shown.split(",")) == keys
            case _:
                assert shown in {"không có", "không dùng"}


def test_the_clock_of_the_sandbox_is_marked_as_not_for_real_use() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    section = text[text.index("# --- Chỉ cho diễn tập và kiểm thử") :]
    assert re.findall(r"^([A-Z_]+)=", section, re.MULTILINE) == ["SANDBOX_CLOCK_URL"]


def test_a_table_of_settings_in_the_readme_names_them_all() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    if rows:
        assert sorted(rows) == sorted(NAMES)


def test_without_an_address_there_is_no_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_LISTEN", "127.0.0.1:9000")
    assert load_settings().door is None


def test_a_webhook_knows_its_path_its_listening_and_a_secret_that_telegram_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f"12:{SECRET}")
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.tamky.vn:8443/truc/bao")
    monkeypatch.setenv("WEBHOOK_LISTEN", "[::1]:9000")
    settings = load_settings()
    door = settings.door
    assert door
    assert (door.url, door.path) == ("https://bot.tamky.vn:8443/truc/bao", "/truc/bao")
    assert (door.host, door.port) == ("::1", 9000)
    assert re.fullmatch("[A-Za-z0-9_-]{32,256}", door.secret)
    assert door.secret not in repr(door)
    assert door.secret in settings.secrets
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "13:another")
    other = load_settings().door
    assert other
    assert other.secret != door.secret


def test_a_bot_api_server_of_ones_own_calls_without_encryption(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:9000")
    door = load_settings().door
    assert door
    assert door.path == "/"
