"""What people type. These names are a contract: manuals and habits hang on them."""

from bot.domain.people import Action

COMMANDS: dict[Action, str] = {
    Action.REPORT: "baocao",
    Action.SUMMARY: "tonghop",
    Action.MISSING: "conthieu",
    Action.INVITE: "thumoi",
    Action.BIND_GROUP: "nhom",
    Action.HELP: "trogiup",
    Action.LANGUAGE: "ngonngu",
    Action.CANCEL: "huy",
    Action.START: "start",
}
