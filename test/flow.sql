-- Flows of random events against plain SQL over the rows, and what holds for all of them.
BEGIN;
SELECT plan(125);
SET LOCAL timezone = 'UTC';

-- 900 actors with up to 14 events within 12 minutes, so that many are at the same one; some names look like labels
SELECT setseed(0.42);
CREATE TABLE log AS SELECT row_number() OVER () AS id, actor, floor(random() * 12)::int AS minute, (ARRAY['a', 'a', 'b', 'b', 'c', 'c', '(end)', '2 b', 'next c', 'Ä "q"', ''])[1 + floor(random() * 11)::int] AS event
	FROM generate_series(1, 900) AS actor, LATERAL generate_series(1, actor % 15);
CREATE INDEX ON log (actor);
ANALYZE log;
CREATE FUNCTION instant(minute integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT '2026-03-01 00:00+00'::timestamptz + minute * interval '1 minute' $$;
CREATE TABLE journeys AS SELECT actor, journey(instant(minute), event) AS j FROM log GROUP BY actor;
SELECT is((SELECT count(*)::int FROM journeys), 840, 'actors without events have no journey');

-- A pattern in plain SQL: what makes the k-th event a step after those before it, and how steps are called
CREATE TABLE patterns (steps text PRIMARY KEY, conditions text[], labels text[], whole text, within integer);
INSERT INTO patterns VALUES
	('a', '{e1.event = ''a''}', '{a}', 'a', NULL),
	('*', '{true}', '{*}', '*', NULL),
	('"next c" | "(end)"', ARRAY[$q$e1.event IN ('next c', '(end)')$q$], ARRAY['"(end)" | "next c"'], '"(end)" | "next c"', NULL),
	('"Ä ""q"""', ARRAY[$q$e1.event = 'Ä "q"'$q$], ARRAY['Ä "q"'], 'Ä "q"', NULL),
	('a > b', ARRAY[$q$e1.event = 'a'$q$, $q$e2.event = 'b' AND e2.minute >= e1.minute$q$], '{a,b}', 'b', NULL),
	('a > a > b within 5 minutes', ARRAY[$q$e1.event = 'a'$q$, $q$e2.event = 'a' AND e2.id <> e1.id AND e2.minute BETWEEN e1.minute AND e1.minute + 5$q$, $q$e3.event = 'b' AND e3.minute BETWEEN e2.minute AND e1.minute + 5$q$], '{a,a,b}', 'b', 5),
	('a > b > c within 6 minutes', ARRAY[$q$e1.event = 'a'$q$, $q$e2.event = 'b' AND e2.minute BETWEEN e1.minute AND e1.minute + 6$q$, $q$e3.event = 'c' AND e3.minute BETWEEN e2.minute AND e1.minute + 6$q$], '{a,b,c}', 'c', 6),
	('a > !c > b | "2 b" > "next c"', ARRAY[$q$e1.event = 'a'$q$, $q$e2.event IN ('b', '2 b') AND e2.minute >= e1.minute AND NOT EXISTS (SELECT FROM log AS x WHERE x.actor = e1.actor AND x.event = 'c' AND x.minute > e1.minute AND x.minute < e2.minute)$q$, $q$e3.event = 'next c' AND e3.minute >= e2.minute$q$], ARRAY['a', '"2 b" | b', 'next c'], 'next c', NULL),
	('b >> c within 9 minutes', ARRAY[$q$e1.event = 'b'$q$, $q$e2.event = 'c' AND e2.minute BETWEEN e1.minute AND e1.minute + 9 AND NOT EXISTS (SELECT FROM log AS x WHERE x.actor = e1.actor AND x.minute > e1.minute AND x.minute < e2.minute)$q$], '{b,c}', 'c', 9),
	('a > c, distinct times', ARRAY[$q$e1.event = 'a'$q$, $q$e2.event = 'c' AND e2.minute > e1.minute$q$], '{a,c}', 'c', NULL);

-- When the first k steps are done at the earliest, by all ways through them
CREATE FUNCTION ends(p patterns, k integer) RETURNS TABLE (actor integer, minute integer) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'SELECT e1.actor, min(e' || k || '.minute) FROM log AS e1'
		|| coalesce((SELECT string_agg(format(' JOIN log AS e%s ON e%1$s.actor = e1.actor AND %s', i, p.conditions[i]), '' ORDER BY i) FROM generate_series(2, k) AS i), '')
		|| ' WHERE ' || p.conditions[1] || ' GROUP BY e1.actor';
END
$$;
-- What followed, place by place
CREATE FUNCTION plain_flows(p patterns, length integer) RETURNS TABLE (step integer, source text, target text, actors bigint) LANGUAGE sql AS $$
	WITH e AS MATERIALIZED (SELECT * FROM ends(p, cardinality(p.conditions))),
	places AS (
		SELECT actor, 0 AS place, NULL AS event FROM e
		UNION ALL
		SELECT actor, row_number() OVER (PARTITION BY actor ORDER BY l.minute, event COLLATE "C")::int, event FROM log AS l JOIN e USING (actor) WHERE l.minute > e.minute
	)
	SELECT f.place + 1, CASE f.place WHEN 0 THEN '1 ' || p.whole ELSE f.place + 1 || ' ' || f.event END, coalesce(f.place + 2 || ' ' || t.event, '(end)'), count(*)
	FROM places AS f LEFT JOIN places AS t ON t.actor = f.actor AND t.place = f.place + 1
	WHERE f.place < length GROUP BY 1, 2, 3
$$;
\ir examples/same_rows.sql
SELECT same(format('SELECT * FROM report((SELECT flows(j, %L, %s) FROM journeys))', p.steps, length), format('SELECT f.* FROM patterns AS p, plain_flows(p, %s) AS f WHERE p.steps = %L', length, p.steps), format('flows over %s after %s', length, p.steps))
FROM patterns AS p, unnest('{1,2,5,100}'::int[]) AS length ORDER BY p.steps COLLATE "C", length;
SELECT same($q$SELECT * FROM report((SELECT flows(j, 'a & b', 3) FROM journeys))$q$,
	$q$SELECT f.* FROM plain_flows(ROW('a & b', ARRAY['e1.event IN (''a'', ''b'')', 'e2.event IN (''a'', ''b'') AND e2.event <> e1.event AND e2.minute >= e1.minute'], NULL, 'a & b', NULL)::patterns, 3) AS f$q$, 'flows after both in any order');

-- What came next where the steps were left, of all and of the closed
CREATE FUNCTION plain_next(p patterns, as_of integer) RETURNS TABLE (step integer, source text, target text, actors bigint) LANGUAGE plpgsql AS $$
BEGIN
	CREATE TEMPORARY TABLE seen ON COMMIT DROP AS SELECT * FROM log;
	DELETE FROM log WHERE log.minute > as_of;
	RETURN QUERY
	WITH reached AS MATERIALIZED (SELECT DISTINCT ON (e.actor) e.actor, k, e.minute FROM generate_series(1, cardinality(p.conditions)) AS k, ends(p, k) AS e ORDER BY e.actor, k DESC),
	closed AS MATERIALIZED (SELECT e.actor FROM ends(p, 1) AS e WHERE as_of IS NULL OR as_of - e.minute >= p.within)
	SELECT r.k, format('%s %s', r.k, p.labels[r.k]), coalesce('next ' || n.event, '(end)'), count(*)
	FROM reached AS r JOIN closed AS c USING (actor)
		LEFT JOIN LATERAL (SELECT l.event FROM log AS l WHERE l.actor = r.actor AND l.minute > r.minute ORDER BY l.minute, l.event COLLATE "C" LIMIT 1) AS n ON true
	WHERE r.k < cardinality(p.conditions) GROUP BY 1, 2, 3;
	DELETE FROM log;
	INSERT INTO log SELECT * FROM seen;
	DROP TABLE seen;
END
$$;
SELECT same(format('SELECT * FROM report((SELECT next_events(j, %L) FROM journeys))', p.steps), format('SELECT f.* FROM patterns AS p, plain_next(p, NULL) AS f WHERE p.steps = %L', p.steps), 'next events where they left ' || p.steps)
FROM patterns AS p WHERE cardinality(conditions) > 1 ORDER BY p.steps COLLATE "C";
SELECT same(format('SELECT * FROM report((SELECT next_events(j, %L, instant(%s)) FROM journeys))', p.steps, as_of), format('SELECT f.* FROM patterns AS p, plain_next(p, %s) AS f WHERE p.steps = %L', as_of, p.steps), format('next events as of minute %s where they left %s', as_of, p.steps))
FROM patterns AS p, unnest('{10,13,30}'::int[]) AS as_of WHERE within IS NOT NULL ORDER BY p.steps COLLATE "C", as_of;
SELECT is((SELECT string_agg(DISTINCT source, ', ') FROM report((SELECT next_events(j, 'a & b & "2 b"') FROM journeys))), '1 of 3, 2 of 3', 'in any order steps are counted');
SELECT is((SELECT sum(actors)::bigint FROM report((SELECT next_events(j, 'a & b & "2 b"') FROM journeys))), (SELECT count(*) FROM journeys WHERE depth(j, 'a & b & "2 b"') IN (1, 2)), 'so many as have done some of them');

-- Counts agree with the funnel's
SELECT is((SELECT array_agg(r.abandoned ORDER BY r.step) FROM report((SELECT funnel(j, 'a > b > c within 6 minutes', instant(13)) FROM journeys)) AS r WHERE r.step < 3),
	(SELECT array_agg(s ORDER BY step) FROM (SELECT step, sum(actors)::bigint AS s FROM report((SELECT next_events(j, 'a > b > c within 6 minutes', instant(13)) FROM journeys)) GROUP BY step) AS t), 'who left where is who a funnel counts as abandoned');
SELECT is(n(flows(j, 'a > b > c', 3)), count(*) FILTER (WHERE depth(j, 'a > b > c') = 3), 'flows: n is who went through all steps') FROM journeys;
SELECT is(n(next_events(j, 'a > b > c')), count(*) FILTER (WHERE depth(j, 'a > b > c') BETWEEN 1 AND 2), 'next events: n is who began and did not finish') FROM journeys;

-- As many leave a place as come to it
CREATE TABLE asked AS SELECT steps, length, flows(j, steps::step_pattern, length) AS x FROM patterns, unnest('{1,2,5,100}'::int[]) AS length, journeys GROUP BY 1, 2;
SELECT is((SELECT count(*)::int FROM (SELECT steps, length, step + 1 AS step, target, sum(actors) AS actors FROM asked, report(x) WHERE step < length AND target <> '(end)' GROUP BY 1, 2, 3, 4) AS came
	FULL JOIN (SELECT steps, length, step, source AS target, sum(actors) AS actors FROM asked, report(x) WHERE step > 1 GROUP BY 1, 2, 3, 4) AS went USING (steps, length, step, target, actors) WHERE came IS NULL OR went IS NULL), 0, 'as many leave a place as come to it');
SELECT is((SELECT count(*)::int FROM asked WHERE n(x) <> (SELECT sum(actors) FROM report(x) WHERE step = 1)), 0, 'all leave the first one');
SELECT is((SELECT count(*)::int FROM asked, report(x) GROUP BY steps, length, source HAVING count(DISTINCT step) > 1 LIMIT 1), NULL, 'a source belongs to one step, so that there are no circles');
SELECT ok((SELECT bool_and(r.source ~ '^[0-9]+ ' AND (r.target ~ '^[0-9]+ ' OR r.target = '(end)')) AND bool_or(r.target = '(end)') AND bool_or(r.target = '3 (end)') FROM asked, report(x) AS r), 'an event called (end) is not the end');
SELECT is((SELECT count(*)::int FROM asked AS s JOIN asked AS l ON l.steps = s.steps AND l.length = 5 AND s.length = 2, LATERAL (SELECT * FROM report(s.x) EXCEPT SELECT * FROM report(l.x) WHERE step <= 2) AS d), 0, 'a longer flow begins as a shorter one');

-- Any order of rows and any split give the same bytes
SELECT is((SELECT flow_summary_send(flows(j, 'a > b', 4))::text FROM (SELECT journey(instant(minute), event ORDER BY md5(id::text)) AS j FROM log GROUP BY actor) AS s), (SELECT flow_summary_send(flows(j, 'a > b', 4))::text FROM journeys), 'rows in another order');
\ir examples/splits.sql
SELECT splits(what, 'flow_summary', 'journeys', key) FROM unnest(ARRAY[$q$flows(j, 'a', 1)$q$, $q$flows(j, 'a > b within 5 minutes', 6)$q$, $q$flows(j, '* > *', 100)$q$, $q$flows(j, 'nobody', 3)$q$, $q$next_events(j, 'a > b > c')$q$, $q$next_events(j, 'a > b within 5 minutes', instant(9))$q$]) AS what, unnest('{actor / 100,actor % 7,actor}'::text[]) AS key;
SELECT chained(what, 'flow_summary', 'journeys', 'actor % 40') FROM unnest(ARRAY[$q$flows(j, 'a', 3)$q$, $q$next_events(j, 'a > b > c')$q$]) AS what;

-- Workers count parts
\ir examples/plan_of.sql
\ir examples/parallel_as_serial.sql
CREATE TABLE parts AS SELECT flows(j, 'a', 5) AS x FROM journeys GROUP BY actor;
ANALYZE parts;
ANALYZE journeys;
SELECT parallel_as_serial(query, query) FROM unnest(ARRAY[$q$SELECT flow_summary_send(flows(j, 'a > b', 5))::text FROM journeys$q$, $q$SELECT flow_summary_send(next_events(j, 'a > b > c'))::text FROM journeys$q$, $q$SELECT flow_summary_send(rollup(x))::text FROM parts$q$]) AS query;

-- Forms keep every bit
INSERT INTO asked SELECT steps, 0, next_events(j, steps::step_pattern) FROM patterns, journeys WHERE cardinality(conditions) > 1 GROUP BY 1;
INSERT INTO asked VALUES ('', 0, '{}');
SELECT is((SELECT count(*)::int FROM asked WHERE NOT record_image_eq(ROW(x), ROW(x::text::flow_summary))), 0, 'text is read back as the same bytes');
SELECT is((SELECT count(*)::int FROM asked WHERE NOT record_image_eq(ROW(x), ROW(x::jsonb::text::flow_summary)) OR NOT record_image_eq(ROW(x), ROW(x::json::text::flow_summary))), 0, 'so is what went through json and jsonb');
SELECT is((SELECT count(DISTINCT x)::int FROM asked), 47, 'each has bytes of its own');
SELECT is((SELECT count(*)::int FROM asked AS a JOIN asked AS b ON a.x = b.x WHERE flow_summary_hash(a.x) <> flow_summary_hash(b.x) OR flow_summary_hash_extended(a.x, 7) <> flow_summary_hash_extended(b.x, 7)), 0, 'equal ones have equal hashes');

-- Answers that are easily got wrong
CREATE FUNCTION trip(script text) RETURNS event_journey LANGUAGE sql IMMUTABLE AS $$
	SELECT journey(instant(split_part(word, '@', 2)::int), split_part(word, '@', 1)) FROM regexp_split_to_table(script, ' +') AS word
$$;
CREATE FUNCTION way(script text, steps text, length integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT string_agg(source || ' > ' || target, ', ' ORDER BY step) FROM report((SELECT flows(trip(script), steps, length)))
$$;
SELECT is(way('a@1 b@1 c@2', 'a', 2), '1 a > 2 c, 2 c > (end)', 'what is at the same instant does not follow');
SELECT is(way('a@1 c@2 b@2 b@3', 'a', 3), '1 a > 2 b, 2 b > 3 c, 3 c > 4 b', 'ties follow in the order of their bytes');
SELECT is(way('a@1 a@2 a@3', 'a', 2), '1 a > 2 a, 2 a > 3 a', 'a repeat is another place');
SELECT is(way('a@1 a@2 b@3 a@4 b@5 c@6', 'a > b', 1), '1 b > 2 a', 'after the chain that ended first');
SELECT is(way('a@1 b@9 x@10 a@11 b@12 c@13', 'a > b within 5 minutes', 1), '1 b > 2 c', 'which fits the time limit');
SELECT is(way('a@1', 'a', 5), '1 a > (end)', 'after the last event there is the end, once');
SELECT is(way('b@1', 'a', 5), NULL, 'who did not go there is not counted');
SELECT is(way('b@1 a@2 c@3', 'a & b', 1), '1 a & b > 2 c', 'any order: the steps have one label together');
SELECT is(way('pay@1 c@3', 'pay | "add to cart"', 1), '1 "add to cart" | pay > 2 c', 'several names are written as in the pattern');
SELECT is((SELECT string_agg(source || ' > ' || target, ', ') FROM report((SELECT next_events(trip('a@1 b@2 x@3 a@4 b@5 y@6'), 'a > b > c')))), '2 b > next x', 'next: after the chain that got there first');
SELECT is((SELECT string_agg(source || ' > ' || target, ', ') FROM report((SELECT next_events(trip('a@1 b@9'), 'a > b within 5 minutes')))), '1 a > next b', 'next: a step that came too late');
SELECT is((SELECT next_events(trip('a@1 b@2'), 'a > b')::text), '{"kind": "next events", "steps": "a > b", "events": [], "step": [], "source": [], "target": [], "actors": []}', 'next: who finished is not counted');
SELECT is((SELECT flows(NULL, 'a', 2)::text), '{"kind": "flows", "steps": "a", "length": 2, "events": [], "step": [], "source": [], "target": [], "actors": []}', 'NULL journeys are skipped');
SELECT is((SELECT flows(j, 'a', 2) FROM journeys WHERE false), NULL, 'of no rows NULL');
SELECT is((SELECT rollup(x) FROM asked WHERE false), NULL, 'rollup of no rows is NULL');
SELECT is((SELECT rollup(x) FROM asked WHERE steps = ''), NULL, 'and of nobody');
SELECT is(merge('{}', (SELECT x FROM asked WHERE steps = 'a' AND length = 2)), (SELECT x FROM asked WHERE steps = 'a' AND length = 2), '{} goes with any');
SELECT is((SELECT count(*)::int FROM report(NULL::flow_summary)), 0, 'NULL has no rows');
SELECT is((SELECT count(*)::int FROM report('{}'::flow_summary)), 0, 'nor has {}');
SELECT is(pattern(x)::text, steps, 'the pattern is kept') FROM asked WHERE steps = 'a > b > c within 6 minutes' AND length = 5;
SELECT is((SELECT array_agg(minimum_base(x, n(x)) = x AND minimum_base(x, n(x) + 1) IS NULL) FROM asked WHERE steps = 'a' AND length = 5), '{t}', 'minimum_base');

-- Pictures
SELECT is((SELECT max(char_length(line)) FROM asked, string_to_table(chart(x, 80), E'\n') AS line WHERE line !~ '^Shares'), 80, 'a chart has its width');
SELECT ok((SELECT bool_and(cardinality(string_to_array(chart(x), E'\n')) <= 102) FROM asked), 'and not too many lines');
SELECT is((SELECT string_agg(line, E'\n') FROM string_to_table(chart((SELECT x FROM asked WHERE steps = 'a' AND length = 100)), E'\n') AS line WHERE line ~ '^Shares'), (SELECT format('Shares of actors up to step 5 of %s, n = %s', (SELECT max(step) FROM report(x)), n(x)) FROM asked WHERE steps = 'a' AND length = 100), 'the last line says that not all steps are shown');
SELECT is(chart('{}'::flow_summary), 'Shares of actors: nobody', 'of nobody there is no picture');
SELECT ok((SELECT bool_and(svg(x)::xml IS NOT NULL) FROM asked), 'svg is XML');
-- lines of a source add up to it
SELECT is((SELECT count(*)::int FROM (SELECT steps, length, block, max(number) FILTER (WHERE head) AS whole, sum(number) FILTER (WHERE NOT head) AS parts, count(*) FROM
	(SELECT steps, length, place, line !~ '^  ' AS head, substring(line FROM '[0-9]+$')::bigint AS number, count(*) FILTER (WHERE line !~ '^  ') OVER (PARTITION BY steps, length ORDER BY place) AS block
		FROM asked, string_to_table(chart(x), E'\n') WITH ORDINALITY AS l(line, place) WHERE line !~ '^Shares') AS lines GROUP BY 1, 2, 3) AS blocks WHERE count > 1 AND whole <> parts), 0, 'lines of a source add up to it');

SELECT * FROM finish();
ROLLBACK;
