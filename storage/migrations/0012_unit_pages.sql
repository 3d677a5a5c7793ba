-- Months whose pages of the units were queued. Keys of messages go when their retention ends; these stay.
CREATE TABLE paged_month (
    first_day TEXT PRIMARY KEY,
    paged_at INTEGER NOT NULL
) WITHOUT ROWID;
