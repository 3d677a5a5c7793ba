-- Which weeks and months were told to whom. Keys of messages go when their retention ends; these stay.
CREATE TABLE told_period (
    period TEXT NOT NULL,                       -- tuan, thang
    first_day TEXT NOT NULL,
    recipient TEXT NOT NULL,                    -- a person's id, or the group as it was bound
    told_at INTEGER NOT NULL,
    PRIMARY KEY (period, first_day, recipient)
) WITHOUT ROWID;
