-- The journeys of the events that make bench reads.

-- In one transaction with its table, loading writes no log.
BEGIN;
CREATE TABLE journeys AS SELECT user_id, journey(ts, event) AS j FROM events GROUP BY user_id;
-- The smallest of the tables of events in the order of users, and with one event of each user, and
-- ten thousand.
CREATE TABLE events_by_user AS SELECT * FROM events_tenth ORDER BY user_id, ts;
CREATE INDEX ON events_by_user (user_id);
CREATE TABLE events_alone AS SELECT row_number() OVER () AS user_id, ts, event FROM events_tenth;
CREATE TABLE events_crowded AS
SELECT user_id % (SELECT 1 + count(*) / 10000 FROM events_tenth) AS user_id, ts, event FROM events_tenth;
COMMIT;

VACUUM (FREEZE, ANALYZE) journeys;
VACUUM (FREEZE, ANALYZE) events_by_user;
VACUUM (FREEZE, ANALYZE) events_alone;
VACUUM (FREEZE, ANALYZE) events_crowded;
CHECKPOINT;
