-- INSERT OR REPLACE removes the row in its way without asking the triggers on DELETE (unless recursive_triggers is on).
CREATE TRIGGER `audit_entries_no_replace` BEFORE INSERT ON `audit_entries`
WHEN EXISTS (SELECT 1 FROM `audit_entries` WHERE `seq` = NEW.`seq`)
  OR EXISTS (SELECT 1 FROM `audit_entries` WHERE `id` = NEW.`id`)
BEGIN
  SELECT raise(ABORT, 'the audit log is append-only');
END;
