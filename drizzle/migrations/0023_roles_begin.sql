-- The roles that come with the program.
INSERT INTO `roles` (`id`, `name`, `origin`, `created_at`) VALUES
  ('rol_admin', 'admin', 'built-in', 0),
  ('rol_auditor', 'auditor', 'built-in', 0),
  ('rol_team_lead', 'team_lead', 'built-in', 0);
--> statement-breakpoint
CREATE TRIGGER `grants_have_uses` AFTER INSERT ON `grants`
BEGIN
  INSERT INTO `grant_uses` (`grant_id`) VALUES (NEW.`id`);
END;
--> statement-breakpoint
-- Who had a role until now holds it by a grant: everywhere, or as a lead within the team that they were in.
INSERT INTO `grants` (`id`, `role_id`, `identity_id`, `scope_kind`, `scope`, `mode`, `starts_at`, `reason`, `created_at`, `created_by_id`, `created_by_name`)
SELECT
  'gra_' || lower(hex(randomblob(13))), 'rol_' || `role`, `identity_id`,
  CASE WHEN `role` = 'team_lead' THEN 'team' ELSE 'everything' END,
  CASE WHEN `role` = 'team_lead' THEN 'Team::' || `teams`.`name` ELSE 'everything' END,
  'active', `given_at`, 'Had the role before there were grants', `given_at`, 'system:program', 'the program'
FROM `role_assignments`
JOIN `identities` ON `identities`.`id` = `identity_id`
LEFT JOIN `teams` ON `teams`.`id` = `identities`.`team_id`
WHERE `role` <> 'team_lead' OR `teams`.`id` IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_grants_insert` AFTER INSERT ON `grants`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_grants_update` AFTER UPDATE ON `grants`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_grant_activations_insert` AFTER INSERT ON `grant_activations`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_grant_activations_update` AFTER UPDATE ON `grant_activations`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_roles_insert` AFTER INSERT ON `roles`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_role_versions_insert` AFTER INSERT ON `role_versions`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `deciding_state_roles_update` AFTER UPDATE ON `roles`
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `role_versions_no_update` BEFORE UPDATE ON `role_versions`
BEGIN
  SELECT raise(ABORT, 'what a role was is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `role_versions_no_delete` BEFORE DELETE ON `role_versions`
BEGIN
  SELECT raise(ABORT, 'what a role was is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `roles_no_delete` BEFORE DELETE ON `roles`
BEGIN
  SELECT raise(ABORT, 'a role stays, so that its name is never given again');
END;
--> statement-breakpoint
CREATE TRIGGER `grants_no_delete` BEFORE DELETE ON `grants`
BEGIN
  SELECT raise(ABORT, 'who held what is kept for ever');
END;
--> statement-breakpoint
CREATE TRIGGER `grant_activations_no_delete` BEFORE DELETE ON `grant_activations`
BEGIN
  SELECT raise(ABORT, 'who held what is kept for ever');
END;
--> statement-breakpoint
-- Of a grant nothing changes but when it ends.
CREATE TRIGGER `grants_stay` BEFORE UPDATE OF `id`, `role_id`, `identity_id`, `team_id`, `scope_kind`, `scope`, `mode`, `activation_hours`, `starts_at`, `reason`, `ticket`, `created_at`, `created_by_id`, `created_by_name` ON `grants`
BEGIN
  SELECT raise(ABORT, 'who held what is kept for ever');
END;
--> statement-breakpoint
CREATE TRIGGER `teams_not_within_themselves` BEFORE UPDATE OF `parent_id` ON `teams`
WHEN NEW.`parent_id` IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'a team is not within itself') WHERE NEW.`id` IN (
    WITH RECURSIVE above (`id`) AS (
      SELECT NEW.`parent_id` UNION SELECT `teams`.`parent_id` FROM `teams` JOIN above ON `teams`.`id` = above.`id` WHERE `teams`.`parent_id` IS NOT NULL
    )
    SELECT `id` FROM above
  );
END;
--> statement-breakpoint
INSERT OR IGNORE INTO `policy_uses` (`policy`) VALUES ('person-uses-own-grants');
