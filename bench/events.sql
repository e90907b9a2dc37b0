-- Events that make bench reads, :rows of them in :table, in arrival order. Hashes of the row number stand
-- for chance, so that every run has the same rows.

-- In one transaction with its table, loading writes no log.
BEGIN;

CREATE TABLE :table (
    user_id bigint NOT NULL,
    ts timestamptz NOT NULL,
    event text NOT NULL
);

-- Twenty events of each user on average, 500,000 users where there are 10 million events.
INSERT INTO :table
SELECT 1 + (a & 1099511627775) % (:rows / 20),
    timestamptz '2025-01-01 00:00:00+00' + i * interval '0.3 seconds',
    (ARRAY['open', 'search', 'view', 'filter', 'share', 'cart', 'help', 'pay', 'purchase', 'close'])
        [1 + (b & 1099511627775) % 10]
FROM (
    SELECT i, hashint8extended(i, 3) AS a, hashint8extended(i, 4) AS b
    FROM generate_series(1, :rows) AS i
    OFFSET 0
) AS chance;

COMMIT;

VACUUM (FREEZE, ANALYZE) :table;
CHECKPOINT;
