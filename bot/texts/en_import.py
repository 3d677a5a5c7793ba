"""Taking in files, in English: headings, how each column is filled in, and what is wrong where."""

from bot.domain.tables import Kind, Reason
from bot.texts.vi_import import VietnameseImport


class EnglishImport(VietnameseImport):
    import_ = (
        "Take in units, rosters or activities from a file.\n\n"
        "An .xlsx or .csv file; also establishments and people to invite. "
        "One wrong cell and nothing is saved; each problem is a line with its cell. The same file again "
        "doubles nothing. For a template: trucbao export --template --kind roster --out template.xlsx\n\n"
        "\b\nExample: trucbao import --kind roster --file roster.xlsx --dry-run"
    )
    opt_import_kind = (
        "What the file has: units, establishments, people to invite, a roster, activities."
    )
    opt_import_file = "An .xlsx or .csv file."
    opt_dry_run = "Only check: save nothing, make no invitations."
    opt_import_out = (
        "A new .csv file for the invitations (--kind people); without it they are printed."
    )
    opt_template = "Write an .xlsx or .csv template to fill in for trucbao import."

    table_names = {
        Kind.UNITS: "Units",
        Kind.STRENGTHS: "Establishments",
        Kind.PEOPLE: "Invitations",
        Kind.ROSTER: "Roster",
        Kind.ACTIVITIES: "Activities",
    }
    explanation_sheet = "How to fill in"
    explanation_columns = ("Column", "Required", "How to fill it in", "Example")
    is_required = "yes"
    is_optional = "no"
    headings = {
        "name": "Unit name",
        "code": "Unit code",
        "aliases": "Other names",
        "establishment": "Establishment",
        "since": "From",
        "unit": "Unit",
        "role": "Role",
        "until": "Last day",
        "expires": "Link valid for",
        "member": "Person code",
        "category": "Category",
        "served_since": "Service began",
        "left": "Left from",
        "kind": "Kind of activity",
        "title": "Title",
        "service": "Year of service",
        "units": "Units taking part",
        "trainer": "Trained by",
        "mode": "Counted",
        "first": "First day",
        "last": "Final day",
        "sessions": "Sessions",
    }
    column_notes = {
        "name": "The full name, without a comma. A unit that is there already stays as it is.",
        "code": "Small letters, digits and -; if empty, made of the name. It cannot be changed later.",
        "aliases": "Other names for typing, parted by semicolons.",
        "establishment": "Number of people, whole.",
        "since": "The day from which it holds, today at the earliest (tomorrow once today's form has opened); "
        "if empty, the earliest.",
        "unit": "The unit's name, other name or code, in full; near is not enough.",
        "role": "One of: {choices}.",
        "until": "The last day of the role; if empty, it has no end.",
        "expires": "How long the link works: 30m, 48h, 7d; if empty 48h, at most 30d.",
        "member": "A code, never a name: plain letters and at least one digit. The cell must be text, so that "
        "001 stays 001.",
        "category": "One of: {choices}. Only courses and rosters have it.",
        "served_since": "The day on which service in the militia began.",
        "left": "The first day on which the person is no longer on the roster; if empty, still is.",
        "kind": "One of: {choices}.",
        "title": "The title, on one line.",
        "service": "Only courses have it; one of: {choices}.",
        "units": "Units parted by semicolons, or: all. After a colon, how many people are to take part; "
        "without it, the establishment.",
        "trainer": "The unit that trains; if empty, the command.",
        "mode": "One of: {choices}; if empty, by heads.",
        "first": "The activity's first day.",
        "last": "The activity's last day.",
        "sessions": "Days, then hours; further sessions on a new line or behind |. Make-up sessions begin with bù.",
    }
    column_examples = {
        "name": "phường Hòa Hương",
        "code": "hoa-huong",
        "aliases": "HH; old Hoa Huong",
        "establishment": "24",
        "since": "01/12/2026",
        "unit": "An Sơn",
        "role": "deputy",
        "until": "31/12/2026",
        "expires": "7d",
        "member": "001",
        "category": "on-site",
        "served_since": "15/02/2025",
        "left": "15/02/2029",
        "kind": "Course",
        "title": "Training of the on-site militia",
        "service": "from the second year",
        "units": "An Sơn: 25; An Mỹ",
        "trainer": "An Sơn",
        "mode": "by heads",
        "first": "16/03/2026",
        "last": "20/03/2026",
        "sessions": "16/3-20/3 7h30-11h, 14h-16h30",
    }
    file_problems = {
        Reason.NO_FILE: "there is no such file",
        Reason.UNREADABLE: "cannot be read ({0}); check its permissions",
        Reason.NO_SHEET_FILE: "must be an .xlsx or .csv file",
        Reason.TOO_LARGE: "the file is too large (at most {0} MB); part it into several",
        Reason.ENCODING: "is not UTF-8 (perhaps Windows-1258 or TCVN3); in Excel save it as "
        "“CSV UTF-8”, or use .xlsx",
        Reason.BROKEN: "is damaged or not what its name says; open it in Excel, save it and try again",
        Reason.PROTECTED: "is an old .xls or has a password; save it as .xlsx without one",
        Reason.SEVERAL_SHEETS: "several sheets are filled in; only “{0}” is read, please remove: {1}",
        Reason.NO_ROWS: "there is no row to take in yet",
        Reason.TOO_MANY_ROWS: "too many rows (at most {0}); part it into several files",
        Reason.TOO_MANY_COLUMNS: "too many columns (at most {0})",
        Reason.MERGED: "merged cells; unmerge them and fill in each",
        Reason.FORMULA: "is a formula; paste it as a value",
        Reason.ERROR_CELL: "the cell shows the error {0}",
        Reason.TOO_LONG: "is too long (at most {0} characters)",
        Reason.NO_HEADINGS: "the first row must be the headings: {0}",
        Reason.UNKNOWN_HEADING: "there is no column “{0}”; the columns: {1}",
        Reason.HEADING_TWICE: "the column “{0}” is there twice",
        Reason.HEADING_MISSING: "the column “{0}” is missing",
        Reason.BEYOND_HEADINGS: "“{0}” stands in a column without a heading",
        Reason.EMPTY: "is empty",
        Reason.NOT_TEXT: "“{0}” is not text; format the cell as text and type it again",
        Reason.NUMBER_AS_CODE: "the code {0} is a number and may have lost its leading zeros; format the cell "
        "as text and type it again",
        Reason.BAD_CODE: "“{0}” cannot be a code; only small letters, digits and -, at most 20",
        Reason.BAD_MEMBER: "“{0}” is not a code; give a code with a digit, never a name, at most 20 characters",
        Reason.BAD_NAME: "“{0}” cannot be a name; it needs a letter, has no comma, at most 60 characters",
        Reason.NOT_WHOLE: "“{0}” is not a number of people; give a whole number from 0 to 9999",
        Reason.NOT_A_DAY: "“{0}” is not a date; write 14/03/2026 or 2026-03-14",
        Reason.NOT_A_DURATION: "“{0}” is not a span of time; write 30m, 48h or 7d, at most 30d",
        Reason.NOT_A_CHOICE: "“{0}” is none of: {1}",
        Reason.TWICE: "is the same as {0} in this file",
        Reason.UNKNOWN_UNIT: "there is no unit “{0}”. The units: {1}",
        Reason.NAME_TAKEN: "this name or code is that of {0} (code {1})",
        Reason.CODE_TAKEN: "the code {0} was another unit's; codes are not used again",
        Reason.OTHER_NAME: "the code {0} is that of {1}; rename units with /donvi",
        Reason.OTHER_STRENGTH: "{0} is there already, with another establishment or a sample; change it by "
        "--kind strengths",
        Reason.OTHER_DAY: "{0} is there already, from {1}; leave this cell empty",
        Reason.TOO_EARLY: "{0} is too early; the earliest is {1}, days before keep their figures",
        Reason.NOT_IN_FORCE: "{0} is no more, is not yet, or its end is fixed ({1})",
        Reason.UNIT_NEEDED: "this role needs a unit",
        Reason.NO_UNIT_NEEDED: "this role belongs to no unit; leave the cell empty",
        Reason.PAST: "{0} is over",
        Reason.OUT_OF_ORDER: "{0} must be before {1}",
        Reason.OTHER_MEMBER: "the code {0} is on the roster with another category or day; let it leave, then add it",
        Reason.LEFT_BEFORE: "the code {0} left on {1}; for a return fill in the column From",
        Reason.BAD_TITLE: "a title is needed, of at most 120 characters",
        Reason.NO_UNITS: "no unit takes part",
        Reason.BAD_LIABLE: "“{0}” is not understood; write as in An Sơn: 25; An Mỹ",
        Reason.NOT_SESSIONS: "no days and hours can be read in “{0}”; write as in 16/3-20/3 7h30-11h",
        Reason.END_BEFORE_START: "the session {0} ends before it begins",
        Reason.OUTSIDE_DAYS: "the session {0} lies outside the activity's days; a make-up session begins with bù",
        Reason.SESSIONS_OVERLAP: "the session {0} overlaps another",
        Reason.COURSE_ONLY: "only courses have it; leave the cell empty",
        Reason.COURSE_NEEDS: "a course needs a category and a year of service",
        Reason.OTHER_ACTIVITY: "“{0}” on these days is there already, other than in the file; change it with /hoatdong",
        Reason.CANCELLED: "“{0}” on these days was cancelled; if it is held again, give it another title",
    }
    _at_cell = "{file}, cell {address}: {problem}."

    def checking(self) -> str:
        return "Checking"

    def nothing_taken_in(self, problems: int) -> str:
        return "Nothing is saved." if problems == 1 else f"{problems} problems, nothing is saved."

    def taken_in(self, counts: tuple[int, int, int], *, is_dry: bool) -> str:
        added, changed, kept = counts
        told = f"{added} added, {changed} changed, {kept} there already and kept"
        return f"Checked, nothing is saved. It would be: {told}." if is_dry else f"Done: {told}."

    def invitations_written(self, path: str) -> str:
        return f"Invitations in {path}: pass each link on privately, then delete the file."

    invitation_columns = ("unit", "role", "last_day", "works_until", "link")

    def out_taken(self, path: str) -> str:
        return f"{path} is there; give --out another name, for the links in the old file cannot be made again."

    def out_not_csv(self) -> str:
        return "--out must be a .csv file."

    def out_only_people(self) -> str:
        return "--out goes with --kind people only."

    def template_kinds(self, kinds: tuple[str, ...]) -> str:
        return f"--template needs --kind, one of: {', '.join(kinds)}."

    def only_as_template(self, kind: str) -> str:
        return f"Of --kind {kind} there is only a template; add --template."

    def template_ending(self) -> str:
        return "A template must be .xlsx or .csv."

    def template_written(self, path: str) -> str:
        return f"The template is in {path}."
