DROP INDEX `audit_entries_outcome`;--> statement-breakpoint
CREATE INDEX `audit_entries_refused` ON `audit_entries` (`seq`) WHERE outcome = 'refused';