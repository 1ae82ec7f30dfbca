DROP INDEX `identities_email`;--> statement-breakpoint
DROP INDEX `identities_team`;--> statement-breakpoint
CREATE UNIQUE INDEX `identities_email` ON `identities` (`email`) WHERE email is not null;--> statement-breakpoint
CREATE INDEX `identities_team` ON `identities` (`team_id`) WHERE team_id is not null;