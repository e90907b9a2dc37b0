-- Patterns over journeys: examples of every rule, plans, workers, indexes. test/journey_match.pl compares
-- random ones with brute force.
BEGIN;
SELECT plan(80);
SET LOCAL timezone = 'UTC';

-- Journeys written as "a@0 b@5.5": events with their minutes
CREATE FUNCTION j(script text) RETURNS event_journey LANGUAGE sql IMMUTABLE AS $$
	SELECT journey('2026-03-01 00:00+00'::timestamptz + split_part(w, '@', 2)::numeric * interval '1 minute', split_part(w, '@', 1)) FROM unnest(string_to_array(script, ' ')) AS w
$$;
CREATE FUNCTION runs_of(script text, steps text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT string_agg(format('%s-%s:%s%s/%s', extract(epoch FROM started_at - '2026-03-01 00:00+00')::int / 60, extract(epoch FROM ended_at - '2026-03-01 00:00+00')::int / 60, depth, CASE WHEN completed THEN '!' ELSE '' END, actions), ' ') FROM runs(j(script), steps)
$$;

-- One journey
SELECT is(depth(j('a@0 b@1 c@2'), 'a > b > c'), 3, 'depth of all steps');
SELECT is(depth(j('b@0 c@1'), 'a > b'), 0, 'of none');
SELECT is(depth('{}'::event_journey, 'a'), 0, 'of no events');
SELECT is(depth(NULL::event_journey, 'a'), NULL, 'of nothing');
SELECT is(depth(j('a@0 x@1 b@2'), 'a >> b'), 1, 'events that the pattern does not name lie between');
SELECT is(depth(j('x@0 y@1'), '* > *'), 2, 'or serve a step');
SELECT is(depth(j('b@0 a@0'), 'a > b'), 2, 'events at one instant have no order');
SELECT is(outcome(j('a@0 b@5'), 'a > b within 10 minutes', '2026-03-01 00:10+00'), 'completed', 'completed');
SELECT is(outcome(j('a@0 b@5'), 'a > b within 10 minutes', '2026-03-01 00:09+00'), 'open', 'open');
SELECT is(outcome(j('a@0 b@11'), 'a > b within 10 minutes', '2026-03-01 00:11+00'), 'abandoned', 'abandoned');
SELECT is(outcome(j('a@0 b@5'), 'a > b within 3 minutes', '2026-03-01 00:04+00'), 'abandoned', 'what is after as_of does not exist');
SELECT is(outcome(j('b@0'), 'a > b within 10 minutes', '2026-03-02'), NULL, 'never began');
SELECT ok(matches(j('a@0 b@1'), 'a > b') AND j('a@0 b@1') @> 'a > b' AND NOT j('b@0 a@1') @> 'a > b', 'matches and @>');
SELECT ok(j('a@0 b@1') @> s, 'a text column is a pattern') FROM (VALUES ('a > b')) AS v(s);
SELECT is(match_count(j('a@0 b@1 a@2 b@3 a@4'), 'a > b'), 2::bigint, 'matches that do not overlap');
SELECT is(match_count(j('a@0 a@1 a@2 a@3 a@4'), 'a > a'), 2::bigint, 'of the same event');
SELECT is(match_count(j('a@0 b@0 a@0 b@0'), 'a > b'), 1::bigint, 'one of an instant');
SELECT is((SELECT string_agg(concat_ws(' ', match_count(j, steps), matches(j, steps)), ', ' ORDER BY place) FROM j('a@0 a@0 b@0 c@0 a@1') AS j, unnest('{a,a|b,*,"a, first entry","a within 1 minute",x}'::text[]) WITH ORDINALITY AS t(text, place), LATERAL (SELECT text::step_pattern AS steps) AS p), '3 t, 4 t, 5 t, 1 t, 3 t, 0 f', 'of a single step every event');
SELECT is(match_count(j('a@0 b@1 a@2 b@3'), 'a > b, first entry'), 1::bigint, 'first entry');
SELECT is(match_count(j('b@0 a@1 a@2 b@9 b@10 a@11'), 'a & b within 2 minutes'), 2::bigint, 'any order');

-- Attempts
SELECT is(runs_of('a@0 b@3', 'a > b'), '0-3:2!/2', 'one that completes');
SELECT is(runs_of('a@0 x@1 a@2 b@3', 'a > b'), '0-3:2!/4', 'it starts with the first event that leads there');
SELECT is(runs_of('a@0 x@1 x@2', 'a > b'), '0-2:1/3', 'one that does not goes on to the end');
SELECT is(runs_of('a@0 x@3 x@8', 'a > b within 5 minutes'), '0-3:1/2', 'or of its time');
SELECT is(runs_of('a@0 a@4 x@7 b@9', 'a > b within 5 minutes'), '0-0:1/1 4-9:2!/3', 'or to where the next one that completes starts');
SELECT is(runs_of('a@0 a@1 a@2 a@9', 'a > b within 5 minutes'), '0-2:1/3 9-9:1/1', 'what starts in one that does not belongs to it');
SELECT is(runs_of('a@0 x@1 stop@2 x@3 b@4', 'a > !stop > b'), '0-2:1/3', 'what breaks it is its end');
SELECT is(runs_of('a@0 a@1 x@2', 'a >> b'), '0-0:1/1 1-2:1/2', 'unless it starts another one');
SELECT is(runs_of('a@0 b@1 c@5 a@6 b@7 c@8', 'a > b > c (2 minutes) within 6 minutes'), '0-5:2/3 6-8:3!/3', 'a step that came too late');
SELECT is(runs_of('a@0 b@1 a@2 b@3 a@4', 'a > b'), '0-1:2!/2 2-3:2!/2 4-4:1/1', 'one after the other');
SELECT is(runs_of('x@0 y@1', 'a > b'), NULL, 'none');
SELECT is(runs_of('b@0 x@1 a@2 a@9', 'a & b within 4 minutes'), '0-2:2!/3 9-9:1/1', 'any order');
SELECT is(runs_of('a@0 x@1 a@7 b@8', 'a > b within 5 minutes, first entry'), '0-1:1/2', 'first entry');
SELECT is((SELECT ROW(started_at, ended_at, depth, completed, seconds, actions, run)::text FROM runs(j('x@0 a@1 x@1.5 b@2 x@3'), 'a > b')),
	(SELECT ROW('2026-03-01 00:01+00'::timestamptz, '2026-03-01 00:02+00'::timestamptz, 2, true, 60::float8, 3::bigint, slice(x, '2026-03-01 00:01+00', '2026-03-01 00:02:00.000001+00'))::text FROM j('x@0 a@1 x@1.5 b@2 x@3') AS x), 'all columns');
SELECT is((SELECT count(*) FROM runs(NULL, 'a')), 0::bigint, 'none of nothing');
-- Times at both ends of all time
CREATE TABLE ends AS SELECT journey(at, e) AS j FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz, 'a'), ('294276-12-31 23:59:59.999999+00', 'b'), ('294276-12-31 23:59:59.999999+00', 'a')) AS v(at, e);
SELECT is((SELECT string_agg(concat_ws(' ', depth, completed, actions), ', ') FROM ends, runs(j, 'a > b within 106751991 days')), '1 f 1, 2 t 2', 'a window that is not all of time');
SELECT is((SELECT string_agg(concat_ws(' ', depth, completed, actions), ', ') FROM ends, runs(j, 'a > b')), '2 t 3', 'no window');
SELECT is((SELECT string_agg(concat_ws(' ', depth, completed, actions), ', ') FROM ends, runs(j, 'a & c within 106751991 days')), '1 f 1, 1 f 2', 'any order');

-- Much at one instant, and much in a row
CREATE TABLE large AS SELECT 'instant' AS kind, journey('2026-03-01'::timestamptz, substr('abc', 1 + i % 3, 1)) AS j FROM generate_series(1, 10000) AS i
	UNION ALL SELECT 'row', journey('2026-03-01'::timestamptz + i * interval '1 second', CASE WHEN i % 3 = 0 THEN 'a' ELSE 'x' END) FROM generate_series(1, 100000) AS i
	UNION ALL SELECT 'names', journey('2026-03-01'::timestamptz + i * interval '1 second', 'name ' || i % 5000) FROM generate_series(1, 20000) AS i;
\ir examples/slowdown.sql
SELECT set_config('cxux_test.slowdown', :'slowdown', true) AS ignored \gset
CREATE FUNCTION seconds_of(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz = clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN extract(epoch FROM clock_timestamp() - start) / current_setting('cxux_test.slowdown')::float8;
END
$$;
SELECT cmp_ok(seconds_of($$ SELECT count(*), sum(match_count(j, steps)), sum(depth(j, steps)), sum((SELECT count(*) FROM runs(j, steps))) FROM large, (VALUES ('a > b > c'), ('a|b > b|c > [a|c] > a|b|c'), ('a & b & a|c'), ('a > !b > c > a (1 second)'), ('* >> * > *')) AS v(steps) WHERE kind = 'instant' $$), '<', 5::float8, '10,000 events at one instant');
SELECT cmp_ok(seconds_of($$ SELECT sum((SELECT count(*) FROM runs(j, steps))) FROM large, (VALUES ('a > b'), ('a > b within 1 minute'), ('a > a > a'), ('a > !x > b'), ('a > b > c (1 minute)'), ('a & b within 1 minute')) AS v(steps) WHERE kind = 'row' $$), '<', 10::float8, '100,000 starts of attempts');
SELECT is((SELECT ROW(depth(j, '"name 1" > "name 4999" > "name 0"'), match_count(j, '"name 1" > "name 4999"'), depth(j, '"name 5000"'))::text FROM large WHERE kind = 'names'), '(3,4,0)', '5,000 names');

-- Aggregates: what is the same as over rows is in test/journey_match.pl
CREATE TABLE log AS SELECT (g * 7919 % 4001)::bigint AS actor, '2026-03-01 00:00+00'::timestamptz + (g * 104729::bigint % 100000) * interval '1 second' AS at, substr('abcdx', (1 + g * 31 % 5)::int, 1) AS event FROM generate_series(1, 60000) AS g;
CREATE TABLE packed AS SELECT actor, actor % 3 AS part, journey(at, event) AS j FROM log GROUP BY actor;
ALTER TABLE packed SET (parallel_workers = 2);
ANALYZE log, packed;
CREATE TABLE truth AS SELECT actor % 3 AS part, funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text AS x FROM log GROUP BY GROUPING SETS ((), (1));
SELECT is((SELECT funnel(j, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM packed), (SELECT x FROM truth WHERE part IS NULL), 'the funnel over rows');
SELECT is((SELECT string_agg(x, ' ' ORDER BY part) FROM (SELECT part, funnel(j, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text AS x FROM packed GROUP BY part) AS s), (SELECT string_agg(x, ' ' ORDER BY part) FROM truth WHERE part IS NOT NULL), 'of groups');
SELECT is((SELECT rollup(x)::text FROM (SELECT funnel(j, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') AS x FROM packed GROUP BY part) AS s), (SELECT x FROM truth WHERE part IS NULL), 'merged');
SELECT is((SELECT funnel(j, 'a') FROM packed WHERE false), NULL, 'of no rows');
SELECT is((SELECT funnel(NULL::event_journey, 'a > b')), (SELECT funnel(NULL::bigint, now(), 'a', 'a > b')), 'of rows without a journey');
SELECT is((SELECT funnel(x, 'a > b') FROM (VALUES (NULL), ('{}'::event_journey), (j('x@0'))) AS v(x)), (SELECT funnel(1, now(), 'x', 'a > b')), 'of journeys that never began');
SELECT is((SELECT string_agg(funnel::text, ' ' ORDER BY s) FROM (SELECT s, funnel(j, s) FROM packed, (VALUES ('a > b'), ('b >> c')) AS v(s) GROUP BY s) AS g), (SELECT string_agg(funnel::text, ' ' ORDER BY s) FROM (SELECT s, funnel(actor, at, event, s) FROM log, (VALUES ('a > b'), ('b >> c')) AS v(s) GROUP BY s) AS g), 'groups with steps of their own');
\ir examples/plan_of.sql
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT matches(plan_of('SELECT funnel(j, ''a > b'') FROM packed'), 'Gather.*Partial Aggregate', 'a parallel plan');
SELECT is((SELECT funnel(j, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM packed), (SELECT x FROM truth WHERE part IS NULL), 'with the same answer');
SET LOCAL parallel_leader_participation = off;
SELECT is((SELECT funnel(j, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM packed), (SELECT x FROM truth WHERE part IS NULL), 'also by workers alone');
SELECT is((SELECT string_agg(x, ' ' ORDER BY part) FROM (SELECT part, funnel(j, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text AS x FROM packed GROUP BY part) AS s), (SELECT string_agg(x, ' ' ORDER BY part) FROM truth WHERE part IS NOT NULL), 'and in groups');
SELECT is((SELECT funnel(j, 'a') FROM packed WHERE actor < -1), NULL, 'which find nothing');
SELECT throws_ok($$ SELECT funnel(j, CASE WHEN actor % 2 = 0 THEN 'a' ELSE 'b' END) FROM packed $$, '22023', 'steps must not change within a group', 'steps that change');
SELECT throws_ok($$ SELECT funnel(j, 'a within 1 day', '2026-03-02'::timestamptz + part * interval '1 day') FROM packed $$, '22023', 'as_of must not change within a group', 'as_of that changes');
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT throws_ok($$ SELECT funnel(j, CASE WHEN actor % 2 = 0 THEN 'a' ELSE 'b' END) FROM packed $$, '22023', 'steps must not change within a group', 'also without workers');
SELECT is((SELECT ROW(count(*) FILTER (WHERE depth(j, 'a > b > c') = 3), count(*) FILTER (WHERE j @> 'a > b > c'), count(*) FILTER (WHERE match_count(j, 'a > b > c') > 0))::text FROM packed), (SELECT format('(%s,%1$s,%1$s)', x::json -> 'reached' ->> 2) FROM (SELECT funnel(j, 'a > b > c') AS x FROM packed) AS s), 'lists agree with the counts');

-- Many dictionaries, of which only so many are kept
CREATE TABLE many AS SELECT g AS actor, journey('2026-03-01'::timestamptz + i * interval '1 minute', CASE WHEN i = 3 THEN 'b' WHEN i = 1 THEN 'a' ELSE 'name ' || g % 6001 END) AS j FROM generate_series(1, 20000) AS g, generate_series(1, 4) AS i GROUP BY g;
SELECT is((SELECT funnel(j, 'a >> * > b')::json ->> 'reached' FROM many), '[20000, 20000, 20000]', 'thousands of dictionaries');
SELECT is((SELECT count(*) FROM many WHERE j @> '"name 17"'), 4::bigint, 'with the right names');
DECLARE many_journeys CURSOR FOR SELECT funnel(j, 'a >> * > b') FROM many;
MOVE 1 FROM many_journeys;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name LIKE 'cxux%'), '<', 10000000, 'in bounded memory');
CLOSE many_journeys;
CREATE TABLE patterns AS SELECT format('a > "name %s"', i)::step_pattern AS p FROM generate_series(1, 3000) AS i;
SELECT is((SELECT count(*) FROM patterns, many WHERE actor = 17 AND j @> p), 1::bigint, 'thousands of patterns');
DECLARE many_patterns CURSOR FOR SELECT count(*) FROM patterns, many WHERE actor = 17 AND j @> p;
MOVE 1 FROM many_patterns;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name = 'cxux patterns'), '<', 500000, 'of which only so many are kept, too');
CLOSE many_patterns;

-- An index by names
CREATE INDEX many_names ON many USING gin (j);
ANALYZE many;
SELECT alike(plan_of($$ SELECT * FROM many WHERE j @> '"name 17" > b' $$), '%Bitmap Index Scan on many_names%', 'an index is used for what is rare');
SELECT is((SELECT string_agg(actor::text, ' ' ORDER BY actor) FROM many WHERE j @> '"name 17" > b'), '17 6018 12019 18020', 'and finds it');
SELECT is((SELECT count(*) FROM many WHERE j @> 'b > "name 17"'), 4::bigint, 'after the b');
SELECT is((SELECT count(*) FROM many WHERE j @> '"name 17" > a'), 0::bigint, 'the order is looked at');
SELECT is((SELECT count(*) FROM many WHERE j @> '"name 17" | "name 18" & a'), 8::bigint, 'any of these, in any order');
SELECT unalike(plan_of($$ SELECT * FROM many WHERE j @> 'a > b' $$), '%many_names%', 'none is used for what all have');
SET LOCAL enable_seqscan = off;
SELECT alike(plan_of($$ SELECT * FROM many WHERE j @> 'a > b' $$), '%many_names%', 'unless it must');
SELECT is((SELECT string_agg(c::text, ' ') FROM (SELECT count(*) AS c FROM many, (VALUES (1, '* > *'), (2, 'a > b'), (3, 'a > [none] > b'), (4, 'a > none'), (5, 'b > !none > *'), (6, 'a|none')) AS v(i, s) WHERE j @> s GROUP BY i ORDER BY i) AS s), '20000 20000 20000 20000 20000', 'steps of any event, optional ones, forbidden ones');
CREATE TABLE long_names (j event_journey);
CREATE INDEX ON long_names USING gin (j);
INSERT INTO long_names SELECT journey(now(), repeat('é', 300) || i) FROM generate_series(1, 50) AS i GROUP BY i;
INSERT INTO long_names VALUES (NULL), ('{}');
SELECT is((SELECT count(*) FROM long_names WHERE j @> steps(repeat('é', 300) || 7)), 1::bigint, 'names longer than a key');
SELECT is((SELECT count(*) FROM long_names WHERE j @> '*'), 50::bigint, 'any event');
SELECT is((SELECT count(*) FROM long_names WHERE j @> steps(repeat('é', 128))), 0::bigint, 'a name that is the key of others');
INSERT INTO long_names SELECT journey(now(), repeat('a', 253) || '𝄞');
SELECT is((SELECT count(*) FROM long_names WHERE j @> steps(repeat('a', 253))), 0::bigint, 'one that is cut between two characters');

-- A million journeys, of which 1,000 have an error after the checkout, and as many one before it
SET LOCAL enable_seqscan = on;
CREATE TABLE million AS SELECT k.j FROM generate_series(1, 1000) AS g, LATERAL (SELECT i, j(format('view@%s checkout@%s %s@%s', i, i + 2, CASE WHEN i < 3 THEN 'error' ELSE 'leave' END, i + CASE i WHEN 1 THEN 3 ELSE 1 END)) AS j FROM generate_series(1, 1000) AS i OFFSET 0) AS k;
CREATE INDEX million_names ON million USING gin (j);
ANALYZE million;
CREATE FUNCTION pg_temp.looked_up() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	plan text = plan_of($q$ SELECT * FROM million WHERE j @> 'checkout > error' $q$, 'ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF');
BEGIN
	RETURN NEXT matches(plan, 'Recheck Cond: \(j @> ''checkout > error''::step_pattern\).*Bitmap Index Scan on million_names \(actual rows=2000\M', 'an index on a million journeys finds the names');
	RETURN NEXT matches(plan, '^Bitmap Heap Scan on million \(actual rows=1000[ .].*Rows Removed by Index Recheck: 1000', 'and their order is looked at');
END
$$;
SELECT pg_temp.looked_up();

-- Friction
SELECT is((SELECT string_agg(concat_ws(' ', back_and_forth(x), repeated_events(x), rage_clicks(x), loops(x)), ', ' ORDER BY i) FROM (VALUES (1, '{}'::event_journey), (2, j('a@0')), (3, j('a@0 b@1 a@2')), (4, j('a@0 b@1 a@2 b@3 a@4')), (5, j('a@0 b@1 c@2 a@3 b@4 c@5 a@6')), (6, j('a@0 a@0.01 a@0.02 a@1 b@1.01 b@1.02')), (7, j('a@0 a@1 b@2'))) AS v(i, x)),
	'0 0 0 0, 0 0 0 0, 1 0 0 1, 3 0 0 2, 0 0 0 2, 0 3 1 0, 0 0 0 0', 'back and forth, repeated events, rage clicks, loops');
SELECT is(ARRAY[back_and_forth(j('a@0 b@1 a@2 b@9'), '2 minutes'), repeated_events(j('a@0 a@1 a@3'), '1 minute'), repeated_events(j('a@0 a@1 a@3'), '2 minutes'), rage_clicks(j('a@0 a@1 a@2 b@3 b@4'), '1 minute'), rage_clicks(j('a@0 a@1 a@2 b@3 b@4'), '1 minute', 2)], '{1,1,2,1,2}', 'limits, inclusive');

-- On random journeys, by plain SQL over the rows; a loop is taken off the path when it closes
SELECT setseed(0.3) IS NULL AS ignored \gset
CREATE TABLE clicks AS SELECT actor, '2026-03-01'::timestamptz + floor(random() * 20) * interval '0.5 seconds' AS at, substr('abc', 1 + floor(random() * 3)::int, 1) AS event FROM generate_series(1, 2000) AS actor, LATERAL generate_series(1, actor % 13);
CREATE FUNCTION plain_loops(events text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	path text[] = '{}';
	event text;
	place int;
	closed bigint = 0;
BEGIN
	FOREACH event IN ARRAY events LOOP
		place := array_position(path, event);
		closed := closed + (place < cardinality(path) IS TRUE)::int;
		path := CASE WHEN place IS NULL THEN path || event ELSE path[:place] END;
	END LOOP;
	RETURN closed;
END
$$;
CREATE TABLE signs AS
WITH places AS (SELECT *, event = lag(event) OVER w AND at - lag(at) OVER w <= '1 second' AS repeated, event = lag(event, 2) OVER w AND event <> lag(event) OVER w AS back, at - lag(at, 2) OVER w AS since FROM clicks WINDOW w AS (PARTITION BY actor ORDER BY at, event COLLATE "C")),
	rows AS (SELECT *, count(*) FILTER (WHERE repeated IS NOT TRUE) OVER (PARTITION BY actor ORDER BY at, event COLLATE "C" ROWS UNBOUNDED PRECEDING) AS row FROM places)
SELECT actor, array_agg(counts ORDER BY i) AS expected FROM (SELECT actor, 1 AS i, count(*) FILTER (WHERE back) AS counts FROM places GROUP BY actor UNION ALL SELECT actor, 2, count(*) FILTER (WHERE back AND since <= '2 seconds') FROM places GROUP BY actor
	UNION ALL SELECT actor, 3, count(*) FILTER (WHERE repeated) FROM places GROUP BY actor UNION ALL SELECT actor, 4, count(*) FILTER (WHERE n >= 3) FROM (SELECT actor, row, count(*) AS n FROM rows GROUP BY actor, row) AS r GROUP BY actor
	UNION ALL SELECT actor, 5, plain_loops(array_agg(event ORDER BY at, event COLLATE "C")) FROM clicks GROUP BY actor) AS s GROUP BY actor;
SELECT is((SELECT string_agg(format('actor %s: %s instead of %s', actor, found, expected), ', ') FROM (SELECT actor, ARRAY[back_and_forth(j), back_and_forth(j, '2 seconds'), repeated_events(j), rage_clicks(j), loops(j)] AS found FROM (SELECT actor, journey(at, event) AS j FROM clicks GROUP BY actor) AS journeys) AS f JOIN signs USING (actor) WHERE found <> expected), NULL, 'signs of friction on random journeys');
SELECT ok((SELECT bool_and(n > 300) FROM (SELECT sum(c) AS n FROM signs, unnest(expected) WITH ORDINALITY AS u(c, i) GROUP BY i) AS sums), 'of which there are many of each');

SELECT * FROM finish();
ROLLBACK;
