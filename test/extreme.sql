-- min_by and max_by: any order, any split and parallel plans give the same text.
BEGIN;
SELECT plan(13);

CREATE TABLE visits AS
SELECT i AS id, i % 50 AS customer, timestamptz '2026-01-01' + (i * 7919 % 300) * interval '1 hour' AS at,
	CASE WHEN i % 11 > 0 THEN (ARRAY['phone', 'desktop', 'tablet', ''])[1 + i * 31 % 4] END AS device
FROM generate_series(1, 5000) AS i;
INSERT INTO visits VALUES (5001, 1, NULL, 'never'), (5002, 1, '-infinity', 'first of all'), (5003, 2, 'infinity', 'last of all');

SELECT is((SELECT count(*)::int FROM (
	SELECT customer, min_by(device, at) AS low, max_by(device, at) AS high,
		(array_agg(device ORDER BY at, device COLLATE "C") FILTER (WHERE device IS NOT NULL AND at IS NOT NULL))[1] AS low_sql,
		(array_agg(device ORDER BY at DESC, device COLLATE "C") FILTER (WHERE device IS NOT NULL AND at IS NOT NULL))[1] AS high_sql
	FROM visits GROUP BY customer) AS s WHERE low IS DISTINCT FROM low_sql OR high IS DISTINCT FROM high_sql), 0, 'as ordered by time and then by bytes');
SELECT is((SELECT count(DISTINCT (min_by, max_by))::int FROM generate_series(1, 20) AS seed,
	LATERAL (SELECT min_by(device, at ORDER BY md5(id::text || seed)), max_by(device, at ORDER BY md5(id::text || seed)) FROM visits WHERE customer = 7) AS s), 1, 'in any order of the rows');
SELECT is((SELECT min_by(device, at) FROM visits WHERE customer = 1), 'first of all', 'the earliest time may be infinite');
SELECT is((SELECT max_by(device, at) FROM visits WHERE customer = 2), 'last of all', 'the latest, too');
SELECT is((SELECT min_by(device, at) FROM visits WHERE false), NULL, 'no rows');
SELECT is((SELECT min_by(device, at) FROM visits WHERE device IS NULL), NULL, 'only rows without a text');
SELECT is((SELECT max_by(device, at) FROM visits WHERE at IS NULL), NULL, 'only rows without a time');
SELECT is((SELECT min_by(v, t) || '|' || max_by(v, t) FROM (VALUES ('b', '2026-01-01'::timestamptz), ('ab', '2026-01-01'), ('a', '2026-01-01'), ('aa', '2026-01-01')) AS x(v, t)), 'a|a', 'at one time the text of the lowest bytes');
SELECT is((SELECT max_by(d, t) OVER (ORDER BY t) FROM (VALUES ('x', '2026-01-01'::timestamptz)) AS v(d, t)), 'x', 'in a window');
SELECT throws_ok($$SELECT min_by_final('\x00')$$, '22023', 'invalid state of an aggregate', 'a state made by hand that is too short');
SELECT throws_ok($$SELECT max_by_final('\x8000000000000000ff')$$, '22021', NULL, 'a state made by hand that is no text');

\ir examples/plan_of.sql
CREATE TEMPORARY TABLE serial AS SELECT min_by(device, at), max_by(device, at) FROM visits;
ANALYZE visits;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT ok(plan_of('SELECT min_by(device, at), max_by(device, at) FROM visits') LIKE '%Partial Aggregate%', 'workers aggregate');
SELECT is((SELECT (min_by(device, at), max_by(device, at))::text FROM visits), (SELECT serial::text FROM serial), 'with the same answer');

SELECT * FROM finish();
ROLLBACK;
