-- How many identities there are of each kind in each state, so that a list of many tells it at once.
CREATE TABLE identity_counts (
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	identities INTEGER NOT NULL,
	PRIMARY KEY (kind, state)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO identity_counts (kind, state, identities) SELECT kind, state, count(*) FROM identities GROUP BY kind, state;
--> statement-breakpoint
CREATE TRIGGER identities_are_counted AFTER INSERT ON identities BEGIN
	INSERT INTO identity_counts (kind, state, identities) VALUES (new.kind, new.state, 1)
	ON CONFLICT DO UPDATE SET identities = identities + 1;
END;
--> statement-breakpoint
CREATE TRIGGER identities_are_counted_anew AFTER UPDATE OF state ON identities WHEN old.state <> new.state BEGIN
	UPDATE identity_counts SET identities = identities - 1 WHERE kind = old.kind AND state = old.state;
	INSERT INTO identity_counts (kind, state, identities) VALUES (new.kind, new.state, 1)
	ON CONFLICT DO UPDATE SET identities = identities + 1;
END;
--> statement-breakpoint
CREATE TRIGGER identities_are_kept BEFORE DELETE ON identities BEGIN
	SELECT RAISE(ABORT, 'an identity is retired, never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER identities_keep_their_kind BEFORE UPDATE OF id, kind ON identities BEGIN
	SELECT RAISE(ABORT, 'an identity stays what it is');
END;
