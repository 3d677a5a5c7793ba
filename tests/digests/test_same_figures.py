"""A digest, its workbook and its report are made of one summary and carry the same figures."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.as_json import summary_json
from bot.digests.official import official_report
from bot.digests.period import period_summary
from bot.digests.workbook import workbook
from bot.domain.letterheads import Letterhead
from bot.domain.overviews import Account, Beyond
from bot.domain.standings import standing_of
from bot.domain.targets import Figure, Measured, Scope, Standing
from bot.domain.training_measures import TrainingRecord
from bot.services.targets import preset_targets
from bot.texts.markup import plain
from tests.builders import at, report, summary_of, texts
from tests.digests.offices import MARCH, UNITS, opened, read, words

VI = texts()
DAYS = MARCH[:4]


def number(text: str) -> int:
    return int(text.replace(".", ""))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["", "16:00", "16:31"]), min_size=12, max_size=12))
def test_digest_workbook_and_report_agree(sent: list[str]) -> None:
    asked = [(u, d) for d in DAYS for u in UNITS]
    came = [report(u, s, day=d) for (u, d), s in zip(asked, sent, strict=True) if s]
    told = summary_of(UNITS, came, at("20:30", DAYS[-1]), days=DAYS)
    account = Account(told)

    digest = plain(period_summary(VI, standing_of(told)))
    actual, expected = re.findall(r"Báo cáo (\d+)/(\d+)", digest)[0]
    (on_time,) = re.findall(r"Đúng hạn (\d+)", digest)
    late, missing = (re.findall(r"Muộn (\d+), chưa báo cáo (\d+)", digest) or [("0", "0")])[0]
    figures = [number(f) for f in (expected, actual, on_time, late, missing)]

    book = opened(workbook(account, VI, with_strength=True))
    sheet: dict[Any, Any] = {row[0].value: row[1].value for row in book["Tổng hợp"].iter_rows()}
    titles = ("Báo cáo phải gửi", "Đã gửi", "Đúng hạn", "Muộn", "Chưa gửi")
    assert [sheet[title] for title in titles] == figures
    assert VI.rate(sheet["Tỷ lệ gửi đúng hạn"]) in digest

    content = official_report(account, Letterhead(), VI)
    found = re.search(
        r"Phải gửi ([\d.]+) báo cáo; đã gửi ([\d.]+) .*?, đúng hạn ([\d.]+) \((.*?)\), "
        r"muộn ([\d.]+), chưa gửi (\d+)\.",
        words(content),
    )
    assert found
    assert [number(found[n]) for n in (1, 2, 3, 5, 6)] == figures
    assert found[4] in digest

    by_unit = re.findall(r"^(\S.*): (\d+)/(\d+), đúng hạn (\d+)$", digest, re.MULTILINE)
    in_digest = [[int(e), int(a), int(o)] for _, a, e, o in by_unit]
    in_book = [[c.value for c in row[1:4]] for row in book["Từng đơn vị"].iter_rows(min_row=2)]
    table = read(content).tables[1]
    in_report = [[int(c.text) for c in row.cells[2:5]] for row in table.rows[1:-1]]
    assert in_digest == in_book == in_report
    states = [row[2].value for row in book["Từng ngày"].iter_rows(min_row=2)]
    assert [states.count(s) for s in ("Đúng hạn", "Muộn", "Chưa báo cáo")] == figures[2:]


figures = st.builds(
    lambda part, more: Figure(part, part + more), st.integers(0, 60), st.integers(1, 60)
)
targets = [t for t in preset_targets({}) if t.key in {"people_trained", "duty_reports", "contests"}]


@st.composite
def beyonds(draw: st.DrawFn) -> Beyond:
    told, owed = draw(st.integers(0, 20)), draw(st.integers(1, 20))
    unknown = Figure(None)
    coverage = draw(figures | st.just(unknown))
    silent = tuple(unit.id for unit in draw(st.lists(st.sampled_from(UNITS), unique=True)))
    training = TrainingRecord(draw(st.integers(1, 9)), Figure(told, told + owed), coverage, silent)
    standings = tuple(
        Standing(t, Scope(tuple(UNITS)), Measured(draw(figures | st.just(unknown))))
        for t in targets
    )
    return Beyond(DAYS[-1], training, standings, (), {unit.id: unit for unit in UNITS})


@settings(max_examples=15, deadline=None)
@given(beyonds(), st.booleans())
def test_training_and_targets_agree_in_digest_workbook_report_and_json(
    beyond: Beyond,
    in_percent: bool,
) -> None:
    told = summary_of(UNITS, [], at("20:30", DAYS[-1]), days=DAYS)
    account, words_of = Account(told, beyond=beyond), texts(in_percent=in_percent)
    digest = plain(period_summary(words_of, standing_of(told), beyond=beyond))
    report_text = words(official_report(account, Letterhead(), words_of))
    book = opened(workbook(account, words_of, with_strength=not in_percent))
    json = summary_json(told, "tuan", with_strength=not in_percent, beyond=beyond)
    totals: dict[Any, Any] = {row[0].value: row[1].value for row in book["Tổng hợp"].iter_rows()}

    sessions, part, whole = re.findall(r"(\d+) buổi; điểm danh (\d+)/(\d+) lượt", digest)[0]
    assert f"{sessions} buổi; điểm danh {part}/{whole} lượt đơn vị." in report_text
    in_book = [totals[t] for t in (VI.sessions_held, VI.attendance_told, VI.attendance_owed)]
    training = json["training"]
    in_json = [training[k] for k in ("sessions", "attendance_reported", "attendance_expected")]
    assert in_book == in_json == [int(sessions), int(part), int(whole)]
    silent = [int(n) for n in re.findall(r"Còn thiếu điểm danh (\d+)", digest)]
    assert [totals[VI.units_without_attendance]] == [len(training["without_attendance"])]
    assert (silent or [0]) == [len(training["without_attendance"])]
    completed = re.findall(r"Khóa đã kết thúc: (.*)", digest)
    assert all(f"Khóa đã kết thúc: {told_of}." in report_text for told_of in completed)
    assert [VI.rate_completed in totals] == [bool(completed)]
    if completed and in_percent:
        assert totals[VI.rate_completed] in completed[0]
        assert VI.people_completed not in totals
        assert set(training["coverage"]) == {"percent"}
    elif completed:
        heads = f"{totals[VI.people_completed]}/{totals[VI.people_liable]} người"
        assert heads in completed[0]
        assert heads == "{part}/{whole} người".format(**training["coverage"])

    met, not_met, other = re.findall(r"Đạt (\d+), chưa đạt (\d+), chưa rõ (\d+)", digest)[0]
    assert f"đạt {met}, chưa đạt {not_met}, chưa rõ {other} trong" in report_text
    assert [json["targets"][k] for k in ("met", "not_met", "other")] == list(
        map(int, (met, not_met, other))
    )
    sheet = book[words_of.sheet_targets]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    states = dict(zip((row[1] for row in rows), (row[11] for row in rows), strict=True))
    for each, standing in zip(json["targets"]["listed"], beyond.targets, strict=True):
        assert states[each["key"]] == words_of.target_mark_names[standing.mark]
        if each["mark"] == "not_met":
            value = words_of.standing_value(standing)
            line = f"{words_of.target_short(standing.target)}: {value} /"
            assert line in digest
            assert line in report_text
            if in_percent and "percent" in each and "part" not in each:
                shown = "–" if each["percent"] is None else f"{each['percent']} %"
                assert value == shown
