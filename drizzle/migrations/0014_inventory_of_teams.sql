-- What a team has of the inventory, so that its pages and counts are ranges too. Certificates of identities without a
-- team cost nothing here: they are in none of the three indexes and none of the tallies.
ALTER TABLE certificate_inventory ADD COLUMN team_id TEXT;
--> statement-breakpoint
UPDATE certificate_inventory SET team_id = n.team_id
FROM certificates c JOIN identities n ON n.id = c.identity_id
WHERE c.seq = certificate_inventory.seq AND n.team_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX certificate_inventory_team_end ON certificate_inventory (team_id, cell, fact, not_after) WHERE team_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX certificate_inventory_team_order ON certificate_inventory (team_id, cell, fact) WHERE team_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX certificate_inventory_team_name ON certificate_inventory (team_id, cell, name, seq, fact, not_after, renew_after) WHERE team_id IS NOT NULL;
--> statement-breakpoint
-- Neighbours by name lie far from each other in the table: what their status follows from stands in the index.
DROP INDEX certificate_inventory_name;
--> statement-breakpoint
CREATE INDEX certificate_inventory_name ON certificate_inventory (cell, name, seq, fact, not_after, renew_after);
--> statement-breakpoint
-- certificate_tallies of each team, without the quarters of an hour: the rest of a day is counted by row.
CREATE TABLE certificate_team_tallies (
	team_id TEXT NOT NULL,
	level INTEGER NOT NULL,
	cell INTEGER NOT NULL,
	fact INTEGER NOT NULL,
	bucket INTEGER NOT NULL,
	certificates INTEGER NOT NULL,
	first_seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	PRIMARY KEY (team_id, level, cell, fact, bucket)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO certificate_team_tallies (team_id, level, cell, fact, bucket, certificates, first_seq, last_seq)
SELECT team_id, 1, cell, fact, not_after / 86400000, count(*), min(seq), max(seq)
FROM certificate_inventory WHERE team_id IS NOT NULL GROUP BY team_id, cell, fact, not_after / 86400000;
--> statement-breakpoint
INSERT INTO certificate_team_tallies (team_id, level, cell, fact, bucket, certificates, first_seq, last_seq)
SELECT team_id, 2, cell, fact, not_after / 5529600000, count(*), min(seq), max(seq)
FROM certificate_inventory WHERE team_id IS NOT NULL GROUP BY team_id, cell, fact, not_after / 5529600000;
--> statement-breakpoint
-- The same as before, with the team of whom the certificate belongs to.
DROP TRIGGER certificates_enter_the_inventory;
--> statement-breakpoint
CREATE TRIGGER certificates_enter_the_inventory AFTER INSERT ON certificates BEGIN
	INSERT INTO certificate_cells (authority_id, profile_id, kind, key_algorithm, lead_from, lead_to)
	VALUES (
		new.authority_id, new.profile_id, new.kind, new.key_algorithm,
		(max(0, new.not_after - new.renew_after) >> max(0, CAST(log2(max(new.not_after - new.renew_after, 1)) AS INTEGER) - 7))
			<< max(0, CAST(log2(max(new.not_after - new.renew_after, 1)) AS INTEGER) - 7),
		((max(0, new.not_after - new.renew_after) >> max(0, CAST(log2(max(new.not_after - new.renew_after, 1)) AS INTEGER) - 7)) + 1)
			<< max(0, CAST(log2(max(new.not_after - new.renew_after, 1)) AS INTEGER) - 7)
	)
	ON CONFLICT DO NOTHING;
	INSERT INTO certificate_inventory (seq, cell, fact, not_after, renew_after, name, words, team_id)
	VALUES (
		new.seq,
		(
			SELECT id FROM certificate_cells
			WHERE authority_id = new.authority_id AND profile_id = new.profile_id AND kind = new.kind AND key_algorithm = new.key_algorithm
				AND lead_from = (max(0, new.not_after - new.renew_after) >> max(0, CAST(log2(max(new.not_after - new.renew_after, 1)) AS INTEGER) - 7))
					<< max(0, CAST(log2(max(new.not_after - new.renew_after, 1)) AS INTEGER) - 7)
		),
		CASE WHEN new.revoked_at IS NOT NULL THEN 2 WHEN new.renewed_by IS NOT NULL THEN 1 ELSE 0 END,
		new.not_after, new.renew_after, new.name,
		lower(new.name || char(10) || coalesce((SELECT group_concat(value, char(10)) FROM json_each(new.sans)), '') || char(10)),
		(SELECT team_id FROM identities WHERE id = new.identity_id)
	);
	INSERT INTO certificate_issuance (hour, certificates) VALUES (new.issued_at / 3600000, 1)
	ON CONFLICT DO UPDATE SET certificates = certificates + 1;
END;
--> statement-breakpoint
CREATE TRIGGER certificates_follow_their_identity AFTER UPDATE OF team_id ON identities WHEN old.team_id IS NOT new.team_id BEGIN
	UPDATE certificate_inventory SET team_id = new.team_id WHERE seq IN (SELECT seq FROM certificates WHERE identity_id = new.id);
END;
--> statement-breakpoint
CREATE TRIGGER certificate_inventory_is_tallied_by_team AFTER INSERT ON certificate_inventory WHEN new.team_id IS NOT NULL BEGIN
	INSERT INTO certificate_team_tallies (team_id, level, cell, fact, bucket, certificates, first_seq, last_seq)
	VALUES
		(new.team_id, 1, new.cell, new.fact, new.not_after / 86400000, 1, new.seq, new.seq),
		(new.team_id, 2, new.cell, new.fact, new.not_after / 5529600000, 1, new.seq, new.seq)
	ON CONFLICT DO UPDATE SET
		certificates = certificates + 1, first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq);
END;
--> statement-breakpoint
CREATE TRIGGER certificate_inventory_leaves_a_team_tally AFTER UPDATE OF fact, team_id ON certificate_inventory
WHEN old.team_id IS NOT NULL AND (old.fact <> new.fact OR old.team_id IS NOT new.team_id) BEGIN
	UPDATE certificate_team_tallies SET certificates = certificates - 1 WHERE team_id = old.team_id AND level = 1 AND cell = old.cell AND fact = old.fact AND bucket = old.not_after / 86400000;
	UPDATE certificate_team_tallies SET certificates = certificates - 1 WHERE team_id = old.team_id AND level = 2 AND cell = old.cell AND fact = old.fact AND bucket = old.not_after / 5529600000;
END;
--> statement-breakpoint
CREATE TRIGGER certificate_inventory_enters_a_team_tally AFTER UPDATE OF fact, team_id ON certificate_inventory
WHEN new.team_id IS NOT NULL AND (old.fact <> new.fact OR old.team_id IS NOT new.team_id) BEGIN
	INSERT INTO certificate_team_tallies (team_id, level, cell, fact, bucket, certificates, first_seq, last_seq)
	VALUES
		(new.team_id, 1, new.cell, new.fact, new.not_after / 86400000, 1, new.seq, new.seq),
		(new.team_id, 2, new.cell, new.fact, new.not_after / 5529600000, 1, new.seq, new.seq)
	ON CONFLICT DO UPDATE SET
		certificates = certificates + 1, first_seq = min(first_seq, excluded.first_seq), last_seq = max(last_seq, excluded.last_seq);
END;
