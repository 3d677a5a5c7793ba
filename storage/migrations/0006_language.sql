-- The group reads in a language of its own; empty: that of the settings.
ALTER TABLE command ADD COLUMN group_language TEXT;
