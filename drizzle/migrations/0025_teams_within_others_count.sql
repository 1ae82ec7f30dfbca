-- That a team lies within none is remembered by its name: a new one within another is a change.
CREATE TRIGGER `deciding_state_teams_insert` AFTER INSERT ON `teams`
WHEN NEW.`parent_id` IS NOT NULL
BEGIN
  UPDATE `deciding_state` SET `number` = `number` + 1;
END;
