"""What people type. These names are a contract: manuals and habits hang on them."""

from bot.domain.people import Action

COMMANDS: dict[Action, str] = {
    Action.REPORT: "baocao",
    Action.ATTENDANCE: "diemdanh",
    Action.INCIDENT: "vuviec",
    Action.HISTORY: "lichsu",
    Action.SUMMARY: "tonghop",
    Action.EXPORT: "xuat",
    Action.TARGETS: "chitieu",
    Action.MISSING: "conthieu",
    Action.NUDGE: "nhacnho",
    Action.ANNOUNCE: "thongbao",
    Action.EXERCISES: "dientap",
    Action.ACTIVITY: "hoatdong",
    Action.INVITE: "thumoi",
    Action.BIND_GROUP: "nhom",
    Action.SCHEDULE: "lich",
    Action.EXEMPTION: "miengiam",
    Action.BACKUP: "saoluu",
    Action.PEOPLE: "nguoidung",
    Action.UNITS: "donvi",
    Action.AUDIT: "nhatky",
    Action.HELP: "trogiup",
    Action.LANGUAGE: "ngonngu",
    Action.CANCEL: "huy",
    Action.START: "start",
}
