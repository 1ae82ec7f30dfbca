-- What the inventory is read from, kept by triggers from the facts in `certificates`. Nothing here depends on the time:
-- a status follows from a cell's bounds and the time at which somebody asks.

-- A cell holds certificates that are alike in every facet and whose renewal is due about equally long before their end
-- ("lead", from lead_from to less than lead_to, ms, about 1 % apart). So each status is one range of not_after in a cell.
CREATE TABLE certificate_cells (
	id INTEGER PRIMARY KEY NOT NULL,
	authority_id TEXT NOT NULL,
	profile_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	key_algorithm TEXT NOT NULL,
	lead_from INTEGER NOT NULL,
	lead_to INTEGER NOT NULL,
	UNIQUE (authority_id, profile_id, kind, key_algorithm, lead_from)
) STRICT;
--> statement-breakpoint
-- One narrow row a certificate. fact: 0 neither renewed nor revoked, 1 renewed, 2 revoked.
-- words: name and subject alternative names in lower case, a line each.
CREATE TABLE certificate_inventory (
	seq INTEGER PRIMARY KEY NOT NULL,
	cell INTEGER NOT NULL,
	fact INTEGER NOT NULL,
	not_after INTEGER NOT NULL,
	renew_after INTEGER NOT NULL,
	name TEXT NOT NULL,
	words TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX certificate_inventory_end ON certificate_inventory (cell, fact, not_after);
--> statement-breakpoint
CREATE INDEX certificate_inventory_order ON certificate_inventory (cell, fact);
--> statement-breakpoint
CREATE INDEX certificate_inventory_name ON certificate_inventory (cell, name);
--> statement-breakpoint
-- How many certificates of a cell and fact end within each quarter of an hour (level 0), day (1) and 64 days (2), UTC,
-- and between which places in the order of issuance they lie.
CREATE TABLE certificate_tallies (
	cell INTEGER NOT NULL,
	fact INTEGER NOT NULL,
	level INTEGER NOT NULL,
	bucket INTEGER NOT NULL,
	certificates INTEGER NOT NULL,
	first_seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	PRIMARY KEY (cell, fact, level, bucket)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- How many certificates were issued in each hour since 1970, UTC.
CREATE TABLE certificate_issuance (
	hour INTEGER PRIMARY KEY NOT NULL,
	certificates INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
-- Up to which certificate the search indexes reach; those after it are searched one by one.
CREATE TABLE certificate_search_progress (
	id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
	through INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO certificate_search_progress (id, through) VALUES (1, 0);
--> statement-breakpoint
-- Three neighbouring characters of words.
CREATE VIRTUAL TABLE certificate_words_index USING fts5 (words, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1');
--> statement-breakpoint
-- Every two neighbouring bytes of serial and fingerprint, as four hexadecimal digits.
CREATE VIRTUAL TABLE certificate_digits_index USING fts5 (digits, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
--> statement-breakpoint
CREATE TRIGGER certificates_enter_the_inventory AFTER INSERT ON certificates BEGIN
	INSERT INTO certificate_cells (authority_id, profile_id, kind, key_algorithm, lead_from, lead_to)
	SELECT new.authority_id, new.profile_id, new.kind, new.key_algorithm, (lead >> step) << step, ((lead >> step) + 1) << step
	FROM (SELECT lead, max(0, CAST(log2(max(lead, 1)) AS INTEGER) - 7) AS step FROM (SELECT max(0, new.not_after - new.renew_after) AS lead))
	WHERE NOT EXISTS (
		SELECT 1 FROM certificate_cells
		WHERE authority_id = new.authority_id AND profile_id = new.profile_id AND kind = new.kind AND key_algorithm = new.key_algorithm
			AND lead_from <= max(0, new.not_after - new.renew_after) AND lead_to > max(0, new.not_after - new.renew_after)
	);
	INSERT INTO certificate_inventory (seq, cell, fact, not_after, renew_after, name, words)
	SELECT new.seq, id, CASE WHEN new.revoked_at IS NOT NULL THEN 2 WHEN new.renewed_by IS NOT NULL THEN 1 ELSE 0 END,
		new.not_after, new.renew_after, new.name,
		lower(new.name || char(10) || coalesce((SELECT group_concat(value, char(10)) FROM json_each(new.sans)), '') || char(10))
	FROM certificate_cells
	WHERE authority_id = new.authority_id AND profile_id = new.profile_id AND kind = new.kind AND key_algorithm = new.key_algorithm
		AND lead_from <= max(0, new.not_after - new.renew_after) AND lead_to > max(0, new.not_after - new.renew_after);
	INSERT INTO certificate_issuance (hour, certificates) VALUES (new.issued_at / 3600000, 1)
	ON CONFLICT DO UPDATE SET certificates = certificates + 1;
END;
--> statement-breakpoint
CREATE TRIGGER certificate_inventory_is_tallied AFTER INSERT ON certificate_inventory BEGIN
	INSERT INTO certificate_tallies (cell, fact, level, bucket, certificates, first_seq, last_seq)
	VALUES
		(new.cell, new.fact, 0, new.not_after / 900000, 1, new.seq, new.seq),
		(new.cell, new.fact, 1, new.not_after / 86400000, 1, new.seq, new.seq),
		(new.cell, new.fact, 2, new.not_after / 5529600000, 1, new.seq, new.seq)
	ON CONFLICT DO UPDATE SET
		certificates = certificates + 1, first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq);
END;
--> statement-breakpoint
CREATE TRIGGER certificates_change_in_the_inventory AFTER UPDATE OF renewed_by, revoked_at ON certificates BEGIN
	UPDATE certificate_inventory
	SET fact = CASE WHEN new.revoked_at IS NOT NULL THEN 2 WHEN new.renewed_by IS NOT NULL THEN 1 ELSE 0 END
	WHERE seq = new.seq;
END;
--> statement-breakpoint
CREATE TRIGGER certificate_inventory_is_tallied_anew AFTER UPDATE OF fact ON certificate_inventory WHEN old.fact <> new.fact BEGIN
	UPDATE certificate_tallies SET certificates = certificates - 1 WHERE cell = old.cell AND fact = old.fact AND level = 0 AND bucket = old.not_after / 900000;
	UPDATE certificate_tallies SET certificates = certificates - 1 WHERE cell = old.cell AND fact = old.fact AND level = 1 AND bucket = old.not_after / 86400000;
	UPDATE certificate_tallies SET certificates = certificates - 1 WHERE cell = old.cell AND fact = old.fact AND level = 2 AND bucket = old.not_after / 5529600000;
	INSERT INTO certificate_tallies (cell, fact, level, bucket, certificates, first_seq, last_seq)
	VALUES
		(new.cell, new.fact, 0, new.not_after / 900000, 1, new.seq, new.seq),
		(new.cell, new.fact, 1, new.not_after / 86400000, 1, new.seq, new.seq),
		(new.cell, new.fact, 2, new.not_after / 5529600000, 1, new.seq, new.seq)
	ON CONFLICT DO UPDATE SET
		certificates = certificates + 1, first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq);
END;
--> statement-breakpoint
CREATE TRIGGER certificates_keep_what_was_signed BEFORE UPDATE OF seq, serial, authority_id, profile_id, kind, name, sans, key_algorithm, fingerprint, not_before, not_after, renew_after, issued_at ON certificates BEGIN
	SELECT RAISE(ABORT, 'what was signed does not change');
END;
--> statement-breakpoint
CREATE TRIGGER certificates_are_kept BEFORE DELETE ON certificates BEGIN
	SELECT RAISE(ABORT, 'a certificate that was issued stays in the inventory');
END;
