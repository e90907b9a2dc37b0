-- The journeys of the events that make bench reads.

-- In one transaction with its table, loading writes no log.
BEGIN;
CREATE TABLE journeys AS SELECT user_id, journey(ts, event) AS j FROM events GROUP BY user_id;
COMMIT;

VACUUM (FREEZE, ANALYZE) journeys;
CHECKPOINT;
