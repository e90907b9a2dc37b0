-- The answers that make bench reads, :rows of them. Hashes of the row number stand for chance, so
-- that every run has the same rows.

-- In one transaction with its table, loading writes no log.
BEGIN;

CREATE TABLE answers (
    id int NOT NULL,
    ts timestamptz NOT NULL,
    touchpoint int NOT NULL,
    score int,
    csat int NOT NULL,
    done boolean NOT NULL,
    secs float8 NOT NULL
);

-- One in ten left the score out; of twenty scores four are detractors', six passives', ten
-- promoters'. Durations are log-normal, the geometric mean being 33 seconds.
INSERT INTO answers
SELECT i,
    timestamptz '2025-01-01 00:00:00+00' + i * interval '3 seconds',
    1 + (a & 65535) % 12,
    CASE WHEN (a >> 16 & 65535) % 10 <> 0
        THEN get_byte('\x0003050607070808080809090909090a0a0a0a0a', (a >> 32 & 65535)::int % 20) END,
    get_byte('\x01020303040404050505', (a >> 48 & 65535)::int % 10),
    (b & 65535) % 5 <> 0,
    exp(3.5 + 0.8 * sqrt(-2 * ln(((b >> 16 & 16777215) + 1) / 16777216::float8))
        * cos(2 * pi() * (b >> 40 & 16777215) / 16777216::float8))
FROM (
    SELECT i, hashint8extended(i, 1) AS a, hashint8extended(i, 2) AS b
    FROM generate_series(1, :rows) AS i
    OFFSET 0
) AS chance;

-- The same answers by customer, ten of each. The planner is told how many customers there are: on
-- that depends the size of a hash table, on both sides of a comparison.
CREATE TABLE customer_answers (
    customer int NOT NULL,
    score int,
    done boolean NOT NULL
);

INSERT INTO customer_answers
SELECT id % (:rows / 10), score, done FROM answers;

ALTER TABLE customer_answers ALTER COLUMN customer SET (n_distinct = -0.1);

COMMIT;

ALTER TABLE answers ADD PRIMARY KEY (id);
VACUUM (FREEZE, ANALYZE) answers, customer_answers;
CHECKPOINT;
