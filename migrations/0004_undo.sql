-- The submission that a change takes back, where it is part of an undo.
ALTER TABLE change_log ADD COLUMN undoes UUID;
