-- The writer deletes with recursive_triggers on, so that the triggers on DELETE are asked about rows that
-- INSERT OR REPLACE removes. A trigger before each insert, for the same, took as long as the insert.
DROP TRIGGER `audit_entries_no_replace`;
