-- The same as before, without a SELECT as the source of an insert: for each of those SQLite made a table of its own and
-- threw it away. A cell is found by where it begins, which its first certificate settled in the same way.
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
	INSERT INTO certificate_inventory (seq, cell, fact, not_after, renew_after, name, words)
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
		lower(new.name || char(10) || coalesce((SELECT group_concat(value, char(10)) FROM json_each(new.sans)), '') || char(10))
	);
	INSERT INTO certificate_issuance (hour, certificates) VALUES (new.issued_at / 3600000, 1)
	ON CONFLICT DO UPDATE SET certificates = certificates + 1;
END;
