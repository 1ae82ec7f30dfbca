CREATE TABLE `decisions` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`request_id` text NOT NULL,
	`asker_kind` text NOT NULL,
	`asker_id` text NOT NULL,
	`asker_name` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`action` text NOT NULL,
	`resource_type` text NOT NULL,
	`resource_id` text NOT NULL,
	`workload_kind` text,
	`decision` text NOT NULL,
	`policies` text NOT NULL,
	`reason` text,
	`epoch` integer NOT NULL,
	`latency_micros` integer NOT NULL,
	`asked` text NOT NULL,
	CONSTRAINT "decisions_decision" CHECK("decisions"."decision" in ('allow', 'deny'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `decisions_subject` ON `decisions` (`subject_id`,`seq`);--> statement-breakpoint
CREATE INDEX `decisions_denied` ON `decisions` (`seq`) WHERE decision = 'deny';--> statement-breakpoint
CREATE TABLE `policy_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`policy` text NOT NULL,
	`text` text,
	`base_version_id` text,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by_id` text NOT NULL,
	`updated_by_name` text NOT NULL,
	`review_revision` integer,
	`review_note` text,
	`shadow_since` integer,
	FOREIGN KEY (`base_version_id`) REFERENCES `policy_versions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "policy_drafts_revision" CHECK("policy_drafts"."revision" >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `policy_drafts_policy_unique` ON `policy_drafts` (`policy`);--> statement-breakpoint
CREATE TABLE `policy_epoch_members` (
	`epoch` integer NOT NULL,
	`version_id` text NOT NULL,
	PRIMARY KEY(`epoch`, `version_id`),
	FOREIGN KEY (`epoch`) REFERENCES `policy_epochs`(`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `policy_versions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `policy_epoch_members_version` ON `policy_epoch_members` (`version_id`);--> statement-breakpoint
CREATE TABLE `policy_epochs` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`restores` integer,
	`schema` integer,
	`digest` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`by_id` text NOT NULL,
	`by_name` text NOT NULL,
	`proposed_by_id` text,
	`proposed_by_name` text,
	FOREIGN KEY (`schema`) REFERENCES `policy_schemas`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "policy_epochs_kind" CHECK("policy_epochs"."kind" in ('published', 'rolled_back', 'upgraded')),
	CONSTRAINT "policy_epochs_restores" CHECK(("policy_epochs"."kind" = 'rolled_back') = ("policy_epochs"."restores" is not null)),
	CONSTRAINT "policy_epochs_digest" CHECK(length("policy_epochs"."digest") = 64)
) STRICT;
--> statement-breakpoint
CREATE TABLE `policy_schemas` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` text NOT NULL,
	`created_by_name` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `policy_tests` (
	`name` text PRIMARY KEY NOT NULL,
	`test` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by_id` text NOT NULL,
	`updated_by_name` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `policy_uses` (
	`policy` text PRIMARY KEY NOT NULL,
	`decisions` integer DEFAULT 0 NOT NULL,
	`last_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `policy_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`policy` text NOT NULL,
	`number` integer NOT NULL,
	`text` text NOT NULL,
	`origin` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` text NOT NULL,
	`created_by_name` text NOT NULL,
	CONSTRAINT "policy_versions_number" CHECK("policy_versions"."number" >= 1),
	CONSTRAINT "policy_versions_origin" CHECK("policy_versions"."origin" in ('built-in', 'written'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `policy_versions_policy_number` ON `policy_versions` (`policy`,`number`);