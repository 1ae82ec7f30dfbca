CREATE TABLE `resources` (
	`type` text NOT NULL,
	`id` text NOT NULL,
	`team` text,
	`parents` text NOT NULL,
	`attributes` text NOT NULL,
	`labels` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`type`, `id`),
	FOREIGN KEY (`team`) REFERENCES `teams`(`name`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "resources_type" CHECK(length("resources"."type") between 1 and 100 and "resources"."type" not glob '*[^A-Za-z0-9_:]*'),
	CONSTRAINT "resources_id" CHECK(length("resources"."id") between 1 and 200 and "resources"."id" not glob '*[^A-Za-z0-9._:/-]*'),
	CONSTRAINT "resources_parents" CHECK(json_valid("resources"."parents") and json_type("resources"."parents") = 'array'),
	CONSTRAINT "resources_attributes" CHECK(json_valid("resources"."attributes") and json_type("resources"."attributes") = 'object'),
	CONSTRAINT "resources_labels" CHECK(json_valid("resources"."labels") and json_type("resources"."labels") = 'object')
) STRICT;
--> statement-breakpoint
CREATE INDEX `resources_team` ON `resources` (`team`) WHERE team is not null;