"""A digest, its workbook and its report are made of one summary and carry the same figures."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.official import official_report
from bot.digests.period import period_summary
from bot.digests.workbook import workbook
from bot.domain.letterheads import Letterhead
from bot.domain.overviews import Account
from bot.domain.standings import standing_of
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
