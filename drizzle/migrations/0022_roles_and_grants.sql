CREATE TABLE `grant_activations` (
	`id` text PRIMARY KEY NOT NULL,
	`grant_id` text NOT NULL,
	`identity_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`reason` text NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`grant_id`) REFERENCES `grants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "grant_activations_times" CHECK("grant_activations"."ends_at" > "grant_activations"."starts_at")
) STRICT;
--> statement-breakpoint
CREATE INDEX `grant_activations_identity` ON `grant_activations` (`identity_id`,`ends_at`);--> statement-breakpoint
CREATE INDEX `grant_activations_grant` ON `grant_activations` (`grant_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `grant_uses` (
	`grant_id` text PRIMARY KEY NOT NULL,
	`decisions` integer DEFAULT 0 NOT NULL,
	`last_at` integer,
	FOREIGN KEY (`grant_id`) REFERENCES `grants`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`role_id` text NOT NULL,
	`identity_id` text,
	`team_id` text,
	`scope_kind` text NOT NULL,
	`scope` text NOT NULL,
	`mode` text NOT NULL,
	`activation_hours` integer,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`reason` text NOT NULL,
	`ticket` text,
	`created_at` integer NOT NULL,
	`created_by_id` text NOT NULL,
	`created_by_name` text NOT NULL,
	`ended_at` integer,
	`ended_by_id` text,
	`ended_by_name` text,
	`end_reason` text,
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "grants_one_holder" CHECK(("grants"."identity_id" is null) <> ("grants"."team_id" is null)),
	CONSTRAINT "grants_scope_kind" CHECK("grants"."scope_kind" in ('everything', 'team', 'pool', 'label', 'object')),
	CONSTRAINT "grants_everything" CHECK(("grants"."scope_kind" = 'everything') = ("grants"."scope" = 'everything')),
	CONSTRAINT "grants_mode" CHECK(("grants"."mode" = 'eligible') = ("grants"."activation_hours" is not null)),
	CONSTRAINT "grants_times" CHECK("grants"."ends_at" is null or "grants"."ends_at" > "grants"."starts_at"),
	CONSTRAINT "grants_ended_by_somebody" CHECK(("grants"."ended_at" is null) = ("grants"."ended_by_id" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `grants_identity` ON `grants` (`identity_id`,`ended_at`) WHERE identity_id is not null;--> statement-breakpoint
CREATE INDEX `grants_team` ON `grants` (`team_id`,`ended_at`) WHERE team_id is not null;--> statement-breakpoint
CREATE INDEX `grants_role` ON `grants` (`role_id`,`ended_at`);--> statement-breakpoint
CREATE INDEX `grants_end` ON `grants` (`ends_at`) WHERE ended_at is null and ends_at is not null;--> statement-breakpoint
CREATE TABLE `role_uses` (
	`role_id` text NOT NULL,
	`action` text NOT NULL,
	`decisions` integer DEFAULT 0 NOT NULL,
	`last_at` integer,
	PRIMARY KEY(`role_id`, `action`),
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `role_versions` (
	`role_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`inherits` text NOT NULL,
	`permissions` text NOT NULL,
	`note` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by_id` text NOT NULL,
	`created_by_name` text NOT NULL,
	PRIMARY KEY(`role_id`, `number`),
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "role_versions_number" CHECK("role_versions"."number" >= 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `roles` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`origin` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	CONSTRAINT "roles_origin" CHECK("roles"."origin" in ('built-in', 'written')),
	CONSTRAINT "roles_built_in_stay" CHECK("roles"."origin" = 'written' or "roles"."retired_at" is null)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_name_unique` ON `roles` (`name`);--> statement-breakpoint
CREATE TABLE `separations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`roles` text NOT NULL,
	`cardinality` integer NOT NULL,
	`reason` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by_id` text NOT NULL,
	`updated_by_name` text NOT NULL,
	CONSTRAINT "separations_kind" CHECK("separations"."kind" in ('static', 'dynamic')),
	CONSTRAINT "separations_limit" CHECK("separations"."cardinality" >= 2)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `separations_name_unique` ON `separations` (`name`);--> statement-breakpoint
ALTER TABLE `teams` ADD `parent_id` text REFERENCES teams(id);--> statement-breakpoint
CREATE INDEX `teams_parent` ON `teams` (`parent_id`) WHERE parent_id is not null;