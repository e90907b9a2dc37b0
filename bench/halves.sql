-- The same events once more, each half of the users in a partition of its own.
BEGIN;
CREATE TABLE events_in_halves (LIKE events) PARTITION BY HASH (user_id);
CREATE TABLE events_half_1 PARTITION OF events_in_halves FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_half_2 PARTITION OF events_in_halves FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO events_in_halves SELECT * FROM events;
COMMIT;

VACUUM (FREEZE, ANALYZE) events_in_halves;
CHECKPOINT;
