-- Funnels of random events against a brute force that tries every chain.
BEGIN;
SELECT plan(50);
SET LOCAL timezone = 'UTC';

-- A pattern, step by step: names, link (1: the very next event), what may not lie between, limit in minutes, whether optional
CREATE TABLE steps (pattern text, step integer, names text[], next boolean DEFAULT false, forbidden text[] DEFAULT '{}', most integer, optional boolean DEFAULT false, PRIMARY KEY (pattern, step));
CREATE TABLE patterns (pattern text PRIMARY KEY, within integer, distinct_times boolean DEFAULT false, first_entry boolean DEFAULT false, any_order boolean DEFAULT false);
INSERT INTO patterns (pattern, within, distinct_times, first_entry, any_order) VALUES
	('a > b > c within 6 minutes', 6, false, false, false), ('a >> b > c within 6 minutes', 6, false, false, false), ('a > !x > b > c within 8 minutes', 8, false, false, false),
	('a > [b] > c within 8 minutes', 8, false, false, false), ('a > a > b within 5 minutes', 5, false, false, false), ('a > b > c within 6 minutes, distinct times', 6, true, false, false),
	('a > b > c within 6 minutes, first entry', 6, false, true, false), ('a > b (2 minutes) > c within 20 minutes', 20, false, false, false), ('a|b >> * > b within 7 minutes', 7, false, false, false),
	('a > !a|b > [x] > c >> b within 9 minutes', 9, false, false, false), ('a & b & c within 6 minutes', 6, false, false, true), ('a & a | b & x within 4 minutes', 4, false, false, true);
INSERT INTO steps VALUES
	('a > b > c within 6 minutes', 1, '{a}'), ('a > b > c within 6 minutes', 2, '{b}'), ('a > b > c within 6 minutes', 3, '{c}'),
	('a > a > b within 5 minutes', 1, '{a}'), ('a > a > b within 5 minutes', 2, '{a}'), ('a > a > b within 5 minutes', 3, '{b}'),
	('a > b > c within 6 minutes, distinct times', 1, '{a}'), ('a > b > c within 6 minutes, distinct times', 2, '{b}'), ('a > b > c within 6 minutes, distinct times', 3, '{c}'),
	('a > b > c within 6 minutes, first entry', 1, '{a}'), ('a > b > c within 6 minutes, first entry', 2, '{b}'), ('a > b > c within 6 minutes, first entry', 3, '{c}'),
	('a & b & c within 6 minutes', 1, '{a}'), ('a & b & c within 6 minutes', 2, '{b}'), ('a & b & c within 6 minutes', 3, '{c}'),
	('a & a | b & x within 4 minutes', 1, '{a}'), ('a & a | b & x within 4 minutes', 2, '{a,b}'), ('a & a | b & x within 4 minutes', 3, '{x}');
INSERT INTO steps (pattern, step, names, next) VALUES
	('a >> b > c within 6 minutes', 1, '{a}', false), ('a >> b > c within 6 minutes', 2, '{b}', true), ('a >> b > c within 6 minutes', 3, '{c}', false),
	('a|b >> * > b within 7 minutes', 1, '{a,b}', false), ('a|b >> * > b within 7 minutes', 2, '{a,b,c,x}', true), ('a|b >> * > b within 7 minutes', 3, '{b}', false);
INSERT INTO steps (pattern, step, names, next, forbidden, most, optional) VALUES
	('a > !x > b > c within 8 minutes', 1, '{a}', false, '{}', NULL, false), ('a > !x > b > c within 8 minutes', 2, '{b}', false, '{x}', NULL, false), ('a > !x > b > c within 8 minutes', 3, '{c}', false, '{}', NULL, false),
	('a > [b] > c within 8 minutes', 1, '{a}', false, '{}', NULL, false), ('a > [b] > c within 8 minutes', 2, '{b}', false, '{}', NULL, true), ('a > [b] > c within 8 minutes', 3, '{c}', false, '{}', NULL, false),
	('a > b (2 minutes) > c within 20 minutes', 1, '{a}', false, '{}', NULL, false), ('a > b (2 minutes) > c within 20 minutes', 2, '{b}', false, '{}', 2, false), ('a > b (2 minutes) > c within 20 minutes', 3, '{c}', false, '{}', NULL, false),
	('a > !a|b > [x] > c >> b within 9 minutes', 1, '{a}', false, '{}', NULL, false), ('a > !a|b > [x] > c >> b within 9 minutes', 2, '{x}', false, '{a,b}', NULL, true), ('a > !a|b > [x] > c >> b within 9 minutes', 3, '{c}', false, '{}', NULL, false), ('a > !a|b > [x] > c >> b within 9 minutes', 4, '{b}', true, '{}', NULL, false);

-- 600 actors with up to 9 events within 12 minutes, so that many are at the same one
SELECT setseed(0.42);
CREATE TABLE log AS SELECT row_number() OVER () AS id, actor, floor(random() * 12)::int AS minute, substr('aabbccx', 1 + floor(random() * 7)::int, 1) AS event
	FROM generate_series(1, 600) AS actor, LATERAL generate_series(1, actor % 10);
CREATE INDEX ON log (actor);
ANALYZE log;

-- All chains of a pattern in order: rows used, the first and the last minute, and the step reached
CREATE FUNCTION brute_depth(who bigint, p patterns) RETURNS integer LANGUAGE sql AS $$
	WITH RECURSIVE e AS (SELECT * FROM log WHERE actor = who),
	chain(used, first, last, step, passed) AS (
		SELECT ARRAY[id], minute, minute, 1, 1 FROM e WHERE event = ANY ((SELECT names FROM steps WHERE pattern = p.pattern AND step = 1)::text[])
			AND (NOT p.first_entry OR minute = (SELECT min(minute) FROM e AS f WHERE f.event = ANY ((SELECT names FROM steps WHERE pattern = p.pattern AND step = 1)::text[])))
		UNION
		SELECT c.used || e.id, c.first, e.minute, s.step, s.step
		FROM chain AS c JOIN steps AS s ON s.pattern = p.pattern AND s.step > c.step
			AND NOT EXISTS (SELECT FROM steps AS o WHERE o.pattern = p.pattern AND o.step > c.step AND o.step < s.step AND NOT o.optional)
		JOIN e ON e.event = ANY (s.names) AND e.id <> ALL (c.used) AND e.minute >= c.last + p.distinct_times::int AND e.minute - c.first <= p.within
		WHERE (s.most IS NULL OR e.minute - c.last <= s.most)
		AND NOT EXISTS (SELECT FROM e AS b WHERE b.minute > c.last AND b.minute < e.minute AND (s.next OR b.event = ANY (s.forbidden)))
	)
	SELECT coalesce(max(step), 0) FROM chain
$$;
-- In any order, from every event on: the most steps that different events do
CREATE FUNCTION brute_any(who bigint, p patterns) RETURNS integer LANGUAGE sql AS $$
	WITH RECURSIVE e AS (SELECT * FROM log WHERE actor = who),
	chain(used, done, first, last) AS (
		SELECT ARRAY[id], ARRAY[s.step], minute, minute FROM e JOIN steps AS s ON s.pattern = p.pattern AND event = ANY (s.names)
		UNION
		SELECT c.used || e.id, c.done || s.step, c.first, e.minute
		FROM chain AS c JOIN steps AS s ON s.pattern = p.pattern AND s.step <> ALL (c.done)
		JOIN e ON e.event = ANY (s.names) AND e.id <> ALL (c.used) AND e.minute >= c.last AND e.minute - c.first <= p.within
	)
	SELECT coalesce(max(cardinality(done)), 0) FROM chain
$$;

CREATE VIEW timed AS SELECT actor::bigint, '2026-03-01 00:00+00'::timestamptz + minute * interval '1 minute' AS at, event FROM log;
CREATE TABLE brute AS SELECT pattern, actor, CASE WHEN p.any_order THEN brute_any(actor, p) ELSE brute_depth(actor, p) END AS depth FROM patterns AS p, (SELECT DISTINCT actor FROM log) AS a;
CREATE TABLE found AS SELECT pattern, actor, depth(at, event, pattern::step_pattern), outcome(at, event, pattern::step_pattern, '2026-03-01 00:11+00') FROM patterns, timed GROUP BY pattern, actor;
SELECT is((SELECT string_agg(format('actor %s: %s instead of %s', actor, f.depth, b.depth), ', ') FROM brute AS b JOIN found AS f USING (pattern, actor) WHERE p.pattern = b.pattern AND b.depth <> f.depth), NULL, pattern || ': depth of each actor') FROM patterns AS p ORDER BY pattern;
SELECT ok((SELECT count(*) = 12 FROM (SELECT pattern FROM brute GROUP BY pattern HAVING count(DISTINCT depth) >= 4) AS s), 'actors reach every depth');

-- Counts agree with the lists: of the closed actors, those who reached and those who ended; open ones; as many times as there are actors
CREATE TABLE counted AS SELECT pattern, funnel(actor, at, event, pattern::step_pattern, '2026-03-01 00:11+00') AS x, max(step) AS last FROM patterns, timed, LATERAL (SELECT max(step) AS step FROM steps WHERE steps.pattern = patterns.pattern) AS s GROUP BY pattern;
SELECT is(ROW(n(x), open(x), (SELECT sum(v::int) FROM json_array_elements_text(x::json -> 'ended') AS v), n(elapsed(x)), (x::json -> 'ended' ->> last - 1)::bigint)::text,
	(SELECT ROW(count(*) FILTER (WHERE outcome <> 'open'), count(*) FILTER (WHERE outcome = 'open'), count(*) FILTER (WHERE outcome <> 'open'), count(*) FILTER (WHERE outcome = 'completed'), count(*) FILTER (WHERE outcome = 'completed'))::text FROM found AS f WHERE f.pattern = c.pattern),
	pattern || ': counts agree with lists') FROM counted AS c ORDER BY pattern;


-- So do brute force and a rule of its own for who is open: whose first event of step 1 (in any order, of any step) lies less than the window before as_of
CREATE TABLE expected AS
SELECT pattern, actor, b.depth, entry + within <= 11 AS closed, CASE WHEN entry + within > 11 THEN 'open' WHEN b.depth = last THEN 'completed' WHEN entry IS NOT NULL THEN 'abandoned' END AS outcome
FROM brute AS b JOIN patterns AS p USING (pattern) JOIN (SELECT pattern, max(step) AS last FROM steps GROUP BY pattern) AS l USING (pattern)
	LEFT JOIN (SELECT pattern, actor, min(minute) AS entry FROM patterns JOIN steps USING (pattern) JOIN log ON event = ANY (names) WHERE step = 1 OR any_order GROUP BY pattern, actor) AS e USING (pattern, actor);
SELECT is((SELECT string_agg(format('actor %s: %s instead of %s', actor, f.outcome, e.outcome), ', ') FROM expected AS e JOIN found AS f USING (pattern, actor) WHERE pattern = p.pattern AND f.outcome IS DISTINCT FROM e.outcome), NULL, pattern || ': outcome of each actor') FROM patterns AS p ORDER BY pattern;
SELECT is((SELECT string_agg(pattern, ', ') FROM (SELECT pattern FROM (SELECT pattern, outcome, count(*) AS n FROM expected WHERE outcome IS NOT NULL GROUP BY pattern, outcome) AS s GROUP BY pattern HAVING count(*) < 3 OR min(n) < 6) AS few), 'a > b (2 minutes) > c within 20 minutes', 'there are all outcomes, but for the window that is longer than the log');
SELECT is(x::json ->> 'ended', (SELECT json_agg(n ORDER BY step)::text FROM (SELECT step, count(*) FILTER (WHERE closed AND depth = step) AS n FROM expected AS e, generate_series(1, c.last) AS step WHERE e.pattern = c.pattern GROUP BY step) AS s), pattern || ': actors that ended at each step') FROM counted AS c ORDER BY pattern;

SELECT * FROM finish();
ROLLBACK;
