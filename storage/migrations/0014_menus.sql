-- Of the commands that the person's chat was last told to list; empty: they are to be told anew.
ALTER TABLE person ADD COLUMN menu_hash TEXT;
