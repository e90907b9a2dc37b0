-- The same events once more, each half of the users in a partition of its own.
BEGIN;
CREATE TABLE events_in_halves (LIKE events) PARTITION BY LIST ((user_id % 2));
CREATE TABLE events_even PARTITION OF events_in_halves FOR VALUES IN (0);
CREATE TABLE events_odd PARTITION OF events_in_halves FOR VALUES IN (1);
INSERT INTO events_in_halves SELECT * FROM events;
COMMIT;

VACUUM (FREEZE, ANALYZE) events_in_halves;
CHECKPOINT;
