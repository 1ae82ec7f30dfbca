CREATE TRIGGER `policy_versions_no_update` BEFORE UPDATE ON `policy_versions`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_versions_no_delete` BEFORE DELETE ON `policy_versions`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_schemas_no_update` BEFORE UPDATE ON `policy_schemas`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_schemas_no_delete` BEFORE DELETE ON `policy_schemas`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_epochs_no_update` BEFORE UPDATE ON `policy_epochs`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_epochs_no_delete` BEFORE DELETE ON `policy_epochs`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_epoch_members_no_update` BEFORE UPDATE ON `policy_epoch_members`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_epoch_members_no_delete` BEFORE DELETE ON `policy_epoch_members`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `decisions_no_update` BEFORE UPDATE ON `decisions`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `decisions_no_delete` BEFORE DELETE ON `decisions`
BEGIN
  SELECT raise(ABORT, 'what was decided, and by what, is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `policy_versions_count_uses` AFTER INSERT ON `policy_versions`
BEGIN
  INSERT OR IGNORE INTO `policy_uses` (`policy`) VALUES (new.`policy`);
END;
