-- Moving windows take answers out of the state: every frame must have the bytes of a fresh count.
BEGIN;
SELECT plan(60);
SELECT setseed(0.42) IS NULL AS ignored \gset

CREATE TABLE answers AS
SELECT i AS id, i % 3 AS k, (i / 4 + (i % 50 = 0)::int * 20) AS t,
	CASE WHEN random() > 0.2 THEN floor(random() * 11)::int END AS answer,
	CASE WHEN random() > 0.2 THEN floor(random() * 3)::int > 0 END AS done,
	(ARRAY[0, 0, 0.001, 0.5, 1, 1, 1, 1.5, 0.333333, 1000000])[1 + floor(random() * 10)::int]::float8 AS weight,
	random() > 0.3 AS kept
FROM generate_series(1, 240) AS i;
-- Runs of answers that are missing or weigh nothing, so that frames become empty and fill again.
UPDATE answers SET answer = NULL, done = NULL, weight = 0 WHERE id BETWEEN 60 AND 90;
UPDATE answers SET weight = 0 WHERE id BETWEEN 120 AND 140;
UPDATE answers SET weight = 1 WHERE id BETWEEN 160 AND 200;

CREATE TABLE summaries AS
SELECT id, t, CASE WHEN id % 7 > 0 THEN coalesce(nps(answer, weight), '{"promoters": 0, "passives": 0, "detractors": 0}') END AS nps,
	CASE WHEN id % 7 > 0 THEN coalesce(likert(answer, 0, 10, weight), CASE WHEN id % 2 = 0 THEN '{}' ELSE '{"low": 3, "high": 4, "counts": [0, 0]}' END::likert_summary) END AS likert,
	CASE WHEN id % 7 > 0 THEN rate(done, weight) END AS rate
FROM answers GROUP BY id, t;

-- All of a window's values are compared with the same aggregate over the rows of its frame as an
-- array, which is counted afresh.
CREATE FUNCTION fresh(what text, rows anyarray) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT (' || what || ')::text FROM unnest($1) AS r' INTO result USING rows;
	RETURN result;
END
$$;
CREATE TABLE tried (aggregate oid);
CREATE FUNCTION moves(what text, source text, frame text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	different int;
	compared int;
	filled int;
BEGIN
	-- A view tells which functions its query calls.
	EXECUTE format('CREATE VIEW called AS SELECT %s FROM %s AS r', what, source);
	INSERT INTO tried SELECT d.refobjid FROM pg_depend AS d JOIN pg_rewrite AS w ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
		WHERE d.refclassid = 'pg_proc'::regclass AND w.ev_class = 'called'::regclass;
	DROP VIEW called;
	EXECUTE format('SELECT count(*), count(moved), count(*) FILTER (WHERE moved::text IS DISTINCT FROM fresh(%L, members) OR NOT record_image_eq(ROW(moved), ROW(moved::text::%s))) '
		|| 'FROM (SELECT %s OVER w AS moved, array_agg(r) OVER w AS members FROM %s AS r WINDOW w AS (%s)) AS s',
		what, CASE WHEN what LIKE '%likert%' AND what NOT LIKE '%net(%' THEN 'likert_summary' WHEN what LIKE '%rate%' THEN 'rate_summary' ELSE 'nps_summary' END, what, source, frame)
		INTO compared, filled, different;
	RETURN is(different || CASE WHEN compared > 100 AND filled > 50 THEN '' ELSE ' (but too little was compared)' END, '0', what || ' OVER (' || frame || ')');
END
$$;

SELECT moves(what, 'answers', frame)
FROM unnest(ARRAY['nps((r).answer::smallint)', 'nps((r).answer)', 'nps((r).answer::float8)', 'nps((r).answer, (r).weight)',
		'likert((r).answer::smallint, 0, 10)', 'likert((r).answer, 0, 10)', 'likert((r).answer::float8, -1, 11)', 'likert((r).answer, 0, 10, (r).weight)',
		'rate((r).done)', 'rate((r).done, (r).weight)']) AS what,
	unnest(ARRAY['ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW', 'PARTITION BY k ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING',
		'ORDER BY t RANGE BETWEEN 3 PRECEDING AND 1 FOLLOWING', 'ORDER BY t GROUPS BETWEEN 1 PRECEDING AND 2 FOLLOWING']) AS frame;
SELECT moves(what, 'answers', 'ORDER BY id ROWS BETWEEN 4 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW')
FROM unnest(ARRAY['nps((r).answer, (r).weight)', 'likert((r).answer, 0, 10, (r).weight)', 'rate((r).done, (r).weight)']) AS what;
SELECT moves(what, 'answers', 'ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING')
FROM unnest(ARRAY['nps((r).answer, (r).weight)', 'likert((r).answer, 0, 10, (r).weight)', 'rate((r).done, (r).weight)']) AS what;
SELECT moves(what || ' FILTER (WHERE (r).kept)', 'answers', 'ORDER BY id ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING')
FROM unnest(ARRAY['nps((r).answer, (r).weight)', 'likert((r).answer, 0, 10, (r).weight)', 'rate((r).done, (r).weight)']) AS what;

-- the scale changes along the partition, with a gap of no answers that is longer than the frame
SELECT moves('likert((r).answer, CASE WHEN (r).id > 75 THEN 0 ELSE -1 END, 10)', 'answers', 'ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW');
SELECT moves('likert((r).answer, CASE WHEN (r).id > 130 THEN 0 WHEN (r).id > 75 THEN -5 ELSE -1 END, 10, (r).weight)', 'answers', 'ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW');
SELECT is((SELECT string_agg(likert::text, ' ' ORDER BY id) FROM (SELECT id, likert(a, low, high) OVER (PARTITION BY low ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM
	(VALUES (1, 1, 1, 2), (2, 2, 1, 2), (3, 2, 1, 2), (4, 5, 5, 6), (5, 6, 5, 6), (6, 6, 5, 6)) AS v(id, a, low, high)) AS s),
	'{"low": 1, "high": 2, "counts": [1, 0]} {"low": 1, "high": 2, "counts": [1, 1]} {"low": 1, "high": 2, "counts": [0, 2]} {"low": 5, "high": 6, "counts": [1, 0]} {"low": 5, "high": 6, "counts": [1, 1]} {"low": 5, "high": 6, "counts": [0, 2]}',
	'a scale for each partition');
SELECT throws_ok('SELECT likert(a, low, 5) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 2, 1), (2, 2, 0)) AS v(id, a, low)',
	'22023', 'scale must not change within a group', 'two scales in one frame');

SELECT moves(what, 'summaries', frame)
FROM unnest('{rollup((r).nps),rollup((r).likert),rollup((r).rate)}'::text[]) AS what,
	unnest(ARRAY['ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW']) AS frame;
-- nets of different kinds, and a scale of its own for each run, that share no frame
CREATE TABLE nets AS SELECT id, net(likert(answer, 0, 10, weight), CASE WHEN id > 75 THEN 2 ELSE 3 END) AS net FROM answers GROUP BY id;
CREATE TABLE scales AS SELECT id, CASE WHEN id > 75 THEN likert(answer, 0, 10, weight) ELSE likert(answer, -1, 11) END AS likert FROM answers GROUP BY id;
SELECT moves('rollup((r).net)', 'nets', 'ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW');
SELECT moves('rollup((r).likert)', 'scales', 'ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW');

-- Whatever there is of the types above was tried, and the executor has what it needs for that.
SELECT is((SELECT count(DISTINCT aggtranstype)::int FROM tried JOIN pg_aggregate ON aggfnoid = aggregate), 3, 'three types were tried');
SELECT is((SELECT string_agg(aggfnoid::regprocedure::text, ', ') FROM pg_aggregate WHERE aggtranstype IN (SELECT aggtranstype FROM tried JOIN pg_aggregate ON aggfnoid = aggregate)
	AND (aggfnoid NOT IN (SELECT aggregate FROM tried) OR aggmtransfn = 0 OR aggminvtransfn = 0 OR aggmtranstype = 0)), NULL, 'every aggregate of theirs has a moving form, and was tried');

SELECT * FROM finish();
ROLLBACK;
