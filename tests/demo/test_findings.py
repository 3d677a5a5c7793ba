from types import SimpleNamespace
from typing import Any, cast

from bot.demo import _findings
from bot.demo.audit import Count, Finding


def test_each_fault_is_named_by_position() -> None:
    leader = SimpleNamespace(person=SimpleNamespace(id=1001), position="CHT An Sơn", unit_id=3)
    group = SimpleNamespace(id=-5, title="Nhóm chỉ huy")
    company = cast("Any", SimpleNamespace(asked=[leader], leaders=[leader], group=group))
    findings = (
        Finding("lost", "report", 0, 1001, 3),
        Finding("lost", "receipt", 0, 1001, 3),
        Finding("lost", "correction", 0, 1001, 3),
        Finding("doubled", "report", 2, unit_id=3),
        Finding("doubled", "reminder", 3, 1001),
        Finding("doubled", "nudge", 2, 1001),
        Finding("doubled", "outage", 2, 1001),
        Finding("doubled", "digest", 2, -5),
        Finding("doubled", "board", 2, -5),
    )
    counted = Count(1, 1, 0, 1, 0, 1, 1, 1, findings)
    assert (counted.lost, counted.doubled) == (3, 7)
    assert _findings(counted, company) == [
        "MẤT: CHT An Sơn: bấm gửi nhưng không có báo cáo",
        "MẤT: CHT An Sơn: bấm gửi nhưng không thấy biên nhận",
        "MẤT: CHT An Sơn: bấm gửi bản sửa nhưng báo cáo không được sửa",
        "TRÙNG: CHT An Sơn: 2 báo cáo hoặc bản sửa cho một ngày",
        "TRÙNG: CHT An Sơn: lời nhắc gửi 3 lần",
        "TRÙNG: CHT An Sơn: lời nhắc của chỉ huy gửi 2 lần",
        "TRÙNG: CHT An Sơn: tin gián đoạn gửi 2 lần",
        "TRÙNG: Nhóm chỉ huy: tổng hợp lúc hết hạn gửi 2 lần",
        "TRÙNG: Nhóm chỉ huy: bảng theo dõi gửi 2 lần",
    ]
