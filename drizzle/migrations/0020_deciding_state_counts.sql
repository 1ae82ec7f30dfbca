-- What is not there is never remembered of identities and certificates: new rows of them change no answer.
INSERT INTO `deciding_state` (`id`, `number`) VALUES (1, 0);
--> statement-breakpoint
CREATE TRIGGER `deciding_state_identities_update` AFTER UPDATE OF `kind`, `name`, `state`, `labels`, `team_id` ON `identities`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_identities_delete` AFTER DELETE ON `identities`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_teams_update` AFTER UPDATE ON `teams`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_teams_delete` AFTER DELETE ON `teams`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_role_assignments_insert` AFTER INSERT ON `role_assignments`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_role_assignments_update` AFTER UPDATE ON `role_assignments`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_role_assignments_delete` AFTER DELETE ON `role_assignments`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_certificates_update` AFTER UPDATE OF `identity_id`, `fingerprint`, `not_after`, `revoked_at`, `renewed_by` ON `certificates`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_certificates_delete` AFTER DELETE ON `certificates`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_resources_insert` AFTER INSERT ON `resources`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_resources_update` AFTER UPDATE ON `resources`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_resources_delete` AFTER DELETE ON `resources`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_policy_epochs_insert` AFTER INSERT ON `policy_epochs`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
