-- The bytes of certificates move from their random serials to their order of issuance.
CREATE TABLE `__new_certificate_encodings` (
	`seq` integer PRIMARY KEY NOT NULL,
	`der` blob NOT NULL,
	FOREIGN KEY (`seq`) REFERENCES `certificates`(`seq`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_certificate_encodings` (`seq`, `der`)
SELECT c.`seq`, e.`der` FROM `certificate_encodings` e JOIN `certificates` c ON c.`serial` = e.`serial` ORDER BY c.`seq`;
--> statement-breakpoint
DROP TABLE `certificate_encodings`;
--> statement-breakpoint
ALTER TABLE `__new_certificate_encodings` RENAME TO `certificate_encodings`;
