"""The documentation names what there is: all of it, and nothing else."""

import re
import shlex
import tomllib
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest

from bot.cli import trucbao
from bot.config import Settings
from bot.domain.calendar import WEEKDAYS
from bot.domain.delivery import RULES
from bot.domain.forms import REPORT_TYPES, Breakdown, ReportType, YesNo
from bot.domain.people import BUTTON_ACTIONS, Action, Role
from bot.domain.period_digests import MonthlyTime, WeeklyTime
from bot.screens.commands import COMMANDS
from bot.setting_values import parse_weekdays
from bot.texts import LANGUAGES, Texts
from storage.migrations import numbered

ROOT = Path(__file__).parent.parent
ENGLISH, VIETNAMESE = READMES = ("README.md", "README.vi.md")
PAGES = (
    *READMES,
    "CHANGELOG.md",
    "sandbox/README.md",
    "docs/architecture.md",
    "docs/decisions.md",
    "docs/operations.md",
    "docs/reliability.md",
    "docs/performance.md",
    "docs/setup.md",
    "docs/soak.md",
)
NONE = {ENGLISH: "none", VIETNAMESE: "không có"}
YES = {ENGLISH: "yes", VIETNAMESE: "có"}
NO = {ENGLISH: "no", VIETNAMESE: "không"}
OF_BOTFATHER = {"newbot", "setprivacy"}

readmes = pytest.mark.parametrize("page", READMES)
pages = pytest.mark.parametrize("page", PAGES)
texts_of_each = pytest.mark.parametrize("texts", LANGUAGES.values())
report_types = pytest.mark.parametrize("report_type", REPORT_TYPES.values(), ids=REPORT_TYPES)


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def rows(page: str) -> dict[str, list[str]]:
    """Every table row that begins with a name in code, as the cells behind it."""
    found = re.findall(r"^\| `([^`]+)`(.*)\|$", read(page), re.MULTILINE)
    return {name: [cell.strip() for cell in rest.split(" | ")][1:] for name, rest in found}


def consoles(page: str) -> list[str]:
    blocks = re.findall(r"^ *```console\n(.*?)```", read(page), re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def anchors(page: str) -> set[str]:
    """The headings as GitHub links to them."""
    titles = re.findall(r"^#+ (.+)$", read(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@readmes
def test_every_command_of_the_server_is_named_and_no_other(page: str) -> None:
    named = set(re.findall(r"^\| `trucbao ([a-z]+)", read(page), re.MULTILINE))
    assert named == set(trucbao.commands)
    assert set(re.findall(r"\btrucbao ([a-z]+)\b(?=[^\n`]*`)", read(page))) <= named


@readmes
def test_every_command_of_the_chat_is_named_and_no_other(page: str) -> None:
    named = set(re.findall(r"^\| `/([a-z]+)`", read(page), re.MULTILINE))
    assert named == set(COMMANDS.values())
    assert set(re.findall(r"`/([a-z]+)(?=[ `@])", read(page))) - OF_BOTFATHER == named


@readmes
def test_every_setting_is_told_with_its_default(page: str) -> None:
    table = rows(page)
    for name, field in Settings.model_fields.items():
        shown = table[name.upper()][0].strip("`")
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
                assert shown == NONE[page]


@readmes
def test_what_a_doubtful_send_means_is_told_for_every_kind(page: str) -> None:
    table = rows(page)
    told = {kind: table[kind][-1] for kind in RULES}
    assert told == {
        kind: (YES if rule.repeats_when_doubtful else NO)[page] for kind, rule in RULES.items()
    }


@pytest.mark.parametrize("page", [*READMES, "docs/operations.md"])
def test_every_pasted_command_of_ours_is_one_that_is_understood(page: str) -> None:
    pasted = [line for line in consoles(page) if ".venv/bin/trucbao" in line]
    assert pasted
    # click remembers of the first context how help is asked for.
    context = click.Context(trucbao, **trucbao.context_settings)
    for line in pasted:
        name, *arguments = shlex.split(line.partition(".venv/bin/trucbao")[2])
        command = trucbao.get_command(context, name)
        assert command, line
        command.make_context(name, arguments, parent=context)  # raises where it is not understood


@readmes
def test_every_role_is_invited_as_an_example(page: str) -> None:
    shown = {role for line in consoles(page) for role in re.findall(r"--role (\w+)", line)}
    assert shown == set(Role)


@pages
def test_every_make_target_that_is_named_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    inline = set(re.findall(r"`make ([a-z]+)`", read(page)))
    pasted = {line.split()[-1] for line in consoles(page) if re.match(r"(sudo )?make ", line)}
    assert inline | pasted <= targets


@pages
def test_every_link_within_the_project_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", read(page))
    for link in links:
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = ((ROOT / page).parent / path) if path else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(str(target.resolve().relative_to(ROOT))), link


@pages
def test_every_file_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`((?:bot|handlers|storage|sandbox|tests|docs)/[\w./-]*)`", read(page))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_tables_of_the_database_are_all_described() -> None:
    sql = "\n".join(sql for _, sql in numbered())
    created = set(re.findall(r"^CREATE TABLE (\w+)", sql, re.MULTILINE))
    section = read("docs/architecture.md").split("## The tables")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == created


def test_the_files_to_run_it_agree_on_where_things_are() -> None:
    built = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    container = read("docs/service/Containerfile")
    copied = set(re.findall(r"^COPY (\w+) \./\w+$", container, re.MULTILINE))
    assert copied == set(built["packages"])
    database = "/var/lib/trucbao/trucbao.db"
    assert f"DATABASE_PATH={database}" in container
    assert f"path: {database}\n" in read("docs/service/litestream.yml")
    assert "StateDirectory=trucbao\n" in read("docs/service/trucbao.service")
    assert "USER trucbao\n" in container
    (memory,) = re.findall("^Environment=(.+)$", read("docs/service/trucbao.service"), re.MULTILINE)
    assert memory in container


def test_every_setting_of_backups_is_told_where_they_are_explained() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)=", read("docs/operations.md"), re.MULTILINE))
    assert named == {n.upper() for n in Settings.model_fields if n.startswith("backup_")}


def test_every_dependency_has_its_reason() -> None:
    wanted = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    section = read("docs/decisions.md").split("## Dependencies")[1]
    reasons = re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)
    assert set(reasons) == {re.split("[<>=~!]", line)[0] for line in wanted}


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert f'__version__ = "{version}"' in read("bot/__init__.py")
    assert f"## [{version}]" in read("CHANGELOG.md")


@texts_of_each
def test_every_action_has_a_command_and_a_line_in_the_menu(texts: type[Texts]) -> None:
    assert set(COMMANDS) == set(Action) - BUTTON_ACTIONS
    assert set(texts.menu) == set(COMMANDS)
    # Telegram refuses others.
    assert all(re.fullmatch("[a-z0-9_]{1,32}", name) for name in COMMANDS.values())
    assert all(1 <= len(line) <= 256 for line in texts.menu.values())


@texts_of_each
@report_types
def test_every_field_of_every_report_type_has_its_words(
    texts: type[Texts], report_type: ReportType
) -> None:
    assert texts.report_names[report_type.key]
    words = texts(ZoneInfo("Asia/Ho_Chi_Minh"))
    for field in report_type.fields:
        assert texts.field_names[field.key]
        match field:
            case Breakdown():
                assert all(texts.reasons[reason] for reason in field.reasons)
            case YesNo():
                assert texts.normal_values[field.key]
                assert texts.problem_values[field.key]
                assert not field.is_alarm or texts.reported_problems[field.key]
                for is_normal in (True, False):
                    assert words.flip_label(field.key, is_normal=is_normal)
                    assert words.yes_no(field.key, is_normal=is_normal)


@texts_of_each
def test_every_role_has_its_words(texts: type[Texts]) -> None:
    assert set(texts.positions) == set(texts.roles) == set(Role)
