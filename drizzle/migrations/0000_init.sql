CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`address` text,
	`request_id` text NOT NULL,
	`object_type` text NOT NULL,
	`object_id` text NOT NULL,
	`object_name` text,
	`policy_version` text NOT NULL,
	`canonical` text NOT NULL,
	`leaf_hash` blob NOT NULL,
	CONSTRAINT "audit_entries_outcome" CHECK("audit_entries"."outcome" in ('done', 'refused')),
	CONSTRAINT "audit_entries_leaf" CHECK(length("audit_entries"."leaf_hash") = 32)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_id_unique` ON `audit_entries` (`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_object` ON `audit_entries` (`object_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_kind` ON `audit_entries` (`kind`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_outcome` ON `audit_entries` (`outcome`,`seq`);--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`identity_id` text NOT NULL,
	`serial` text NOT NULL,
	`detail` text NOT NULL,
	`raised_at` integer NOT NULL,
	`resolved_at` integer,
	`resolved_by` text,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `alerts_open` ON `alerts` (`raised_at`) WHERE resolved_at is null;--> statement-breakpoint
CREATE TABLE `authorities` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`parent_id` text,
	`key_id` text NOT NULL,
	`certificate` blob NOT NULL,
	`serial` text NOT NULL,
	`not_before` integer NOT NULL,
	`not_after` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `authorities_slug_unique` ON `authorities` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `authorities_serial_unique` ON `authorities` (`serial`);--> statement-breakpoint
CREATE TABLE `certificate_encodings` (
	`serial` text PRIMARY KEY NOT NULL,
	`der` blob NOT NULL,
	FOREIGN KEY (`serial`) REFERENCES `certificates`(`serial`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `certificates` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`serial` text NOT NULL,
	`authority_id` text NOT NULL,
	`profile_id` text NOT NULL,
	`identity_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`subject` text NOT NULL,
	`sans` text NOT NULL,
	`key_algorithm` text NOT NULL,
	`fingerprint` text NOT NULL,
	`key_fingerprint` text NOT NULL,
	`not_before` integer NOT NULL,
	`not_after` integer NOT NULL,
	`renew_after` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by` text NOT NULL,
	`issued_by_name` text NOT NULL,
	`issued_from` text,
	`renews` text,
	`renewed_by` text,
	`renewed_at` integer,
	`revoked_at` integer,
	`revocation_reason` text,
	`last_seen_at` integer,
	`last_seen_address` text,
	FOREIGN KEY (`authority_id`) REFERENCES `authorities`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`profile_id`) REFERENCES `profiles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "certificates_kind" CHECK("certificates"."kind" in ('node', 'service', 'user')),
	CONSTRAINT "certificates_serial" CHECK(length("certificates"."serial") = 32),
	CONSTRAINT "certificates_revoked_with_reason" CHECK(("certificates"."revoked_at" is null) = ("certificates"."revocation_reason" is null)),
	CONSTRAINT "certificates_renewed_whole" CHECK(("certificates"."renewed_by" is null) = ("certificates"."renewed_at" is null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_serial_unique` ON `certificates` (`serial`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_fingerprint_unique` ON `certificates` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `certificates_not_after` ON `certificates` (`not_after`,`seq`);--> statement-breakpoint
CREATE INDEX `certificates_identity` ON `certificates` (`identity_id`,`not_after`);--> statement-breakpoint
CREATE INDEX `certificates_revoked` ON `certificates` (`authority_id`,`revoked_at`) WHERE revoked_at is not null;--> statement-breakpoint
CREATE TABLE `crl_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`authority_id` text NOT NULL,
	`serial` text NOT NULL,
	`not_after` integer NOT NULL,
	`der` blob NOT NULL,
	FOREIGN KEY (`authority_id`) REFERENCES `authorities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `crl_entries_serial_unique` ON `crl_entries` (`serial`);--> statement-breakpoint
CREATE INDEX `crl_entries_authority` ON `crl_entries` (`authority_id`,`seq`);--> statement-breakpoint
CREATE TABLE `crls` (
	`authority_id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`this_update` integer NOT NULL,
	`next_update` integer NOT NULL,
	`entry_count` integer NOT NULL,
	`revoked_through` integer,
	`der` blob NOT NULL,
	FOREIGN KEY (`authority_id`) REFERENCES `authorities`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "crls_number" CHECK("crls"."number" > 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `join_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` blob NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`profile_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_by_name` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_from` text,
	`used_for_serial` text,
	`revoked_at` integer,
	FOREIGN KEY (`profile_id`) REFERENCES `profiles`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `join_tokens_token_hash_unique` ON `join_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `join_tokens_created` ON `join_tokens` (`created_at`);--> statement-breakpoint
CREATE TABLE `listener_certificates` (
	`listener` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`authority_id` text NOT NULL,
	`serial` text NOT NULL,
	`certificate` blob NOT NULL,
	`not_before` integer NOT NULL,
	`not_after` integer NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`authority_id`) REFERENCES `authorities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `listener_certificates_serial_unique` ON `listener_certificates` (`serial`);--> statement-breakpoint
CREATE TABLE `profiles` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`authority_id` text NOT NULL,
	`rules` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`authority_id`) REFERENCES `authorities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `profiles_name_unique` ON `profiles` (`name`);--> statement-breakpoint
CREATE TABLE `renewal_failures` (
	`serial` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_at` integer NOT NULL,
	`last_code` text NOT NULL,
	`last_message` text NOT NULL,
	FOREIGN KEY (`serial`) REFERENCES `certificates`(`serial`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `identities` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`display_name` text NOT NULL,
	`email` text,
	`team_id` text,
	`labels` text DEFAULT '{}' NOT NULL,
	`state` text DEFAULT 'active' NOT NULL,
	`state_reason` text,
	`state_changed_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer,
	`last_seen_address` text,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "identities_kind" CHECK("identities"."kind" in ('user', 'service', 'node')),
	CONSTRAINT "identities_state" CHECK("identities"."state" in ('active', 'locked', 'retired')),
	CONSTRAINT "identities_email_of_users" CHECK(("identities"."kind" = 'user') = ("identities"."email" is not null)),
	CONSTRAINT "identities_locked_with_reason" CHECK("identities"."state" <> 'locked' or "identities"."state_reason" is not null)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_kind_name` ON `identities` (`kind`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_email` ON `identities` (`email`);--> statement-breakpoint
CREATE INDEX `identities_state` ON `identities` (`state`,`kind`);--> statement-breakpoint
CREATE INDEX `identities_team` ON `identities` (`team_id`);--> statement-breakpoint
CREATE TABLE `organisation` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`trust_domain` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "organisation_is_one" CHECK("organisation"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `passwords` (
	`identity_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`identity_id` text NOT NULL,
	`position` integer NOT NULL,
	`sealed` blob NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`identity_id`, `position`),
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` blob NOT NULL,
	`identity_id` text NOT NULL,
	`proved_by` text NOT NULL,
	`address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	`end_reason` text,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_identity` ON `sessions` (`identity_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `setup` (
	`id` integer PRIMARY KEY NOT NULL,
	`code_hash` blob NOT NULL,
	`code_made_at` integer NOT NULL,
	`holder_hash` blob,
	`failures` integer DEFAULT 0 NOT NULL,
	`blocked_until` integer,
	`organisation_name` text,
	`trust_domain` text,
	`admin_id` text,
	`finished_at` integer,
	FOREIGN KEY (`admin_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "setup_is_one" CHECK("setup"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`bucket` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_at` integer NOT NULL,
	`blocked_until` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_name_unique` ON `teams` (`name`);--> statement-breakpoint
CREATE TABLE `totp_secrets` (
	`identity_id` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`last_step` integer,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `data_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`wrapped` blob NOT NULL,
	`wrapped_by` text NOT NULL,
	`salt` blob,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	CONSTRAINT "data_keys_salt" CHECK(("data_keys"."wrapped_by" = 'passphrase') = ("data_keys"."salt" is not null))
) STRICT;
--> statement-breakpoint
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`algorithm` text NOT NULL,
	`purpose` text NOT NULL,
	`public_key` blob NOT NULL,
	`sealed` blob NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `role_assignments` (
	`identity_id` text NOT NULL,
	`role` text NOT NULL,
	`given_at` integer NOT NULL,
	PRIMARY KEY(`identity_id`, `role`),
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "role_assignments_role" CHECK("role_assignments"."role" in ('admin', 'auditor', 'team_lead'))
) STRICT;
