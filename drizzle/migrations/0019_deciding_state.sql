CREATE TABLE `deciding_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	CONSTRAINT "deciding_state_is_one" CHECK("deciding_state"."id" = 1)
) STRICT;
