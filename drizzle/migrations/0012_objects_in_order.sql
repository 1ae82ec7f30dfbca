DROP INDEX `audit_entries_object`;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `object_key` text;--> statement-breakpoint
CREATE INDEX `audit_entries_object` ON `audit_entries` (coalesce(`object_key`, `object_id`),`seq`);
