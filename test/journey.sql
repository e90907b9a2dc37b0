-- Journeys against plain SQL over the rows they were built of: nothing lost, nothing added, and the
-- same bytes however the rows came.
BEGIN;
SELECT plan(68);
SET LOCAL timezone = 'Asia/Kathmandu';
SET LOCAL intervalstyle = 'postgres';

-- 300 actors of 1 to 400 events, over spans from an instant to centuries, in steps of all sizes;
-- names of any bytes, many ties, and rows that are there several times.
CREATE TABLE log AS
SELECT actor, i,
	timestamptz '1999-12-31 23:59:59.999998+00' + (hash_at % (ARRAY[1, 2, 7, 1000, 100000, 3000000, 100000000])[1 + actor % 7]) * (ARRAY[1, 3, 1000, 300000, 1000000, 86400000000])[1 + actor % 6] % 3000000000000000 * interval '1 microsecond' AS at,
	(ARRAY['view', 'cart', 'pay', '', ' ', 'Größe', '日本', '"', '\', E'\u0001\n', 'a,b', '{}', repeat('x', 127), repeat('y', 128), repeat('long ', 5000), 'view ', 'VIEW', 'null', '0'])[1 + hash_event % (1 + actor % 19)] AS event
FROM generate_series(1, 300) AS actor,
	LATERAL (SELECT i, abs(hashint8extended(i * 1000 + actor, 1)) >> 8 AS hash_at, (abs(hashint8extended(i * 1000 + actor, 2)) >> 8) AS hash_event FROM generate_series(1, CASE WHEN actor % 10 = 0 THEN 400 ELSE 1 + actor % 37 END) AS i) AS h;
CREATE TABLE journeys AS SELECT actor, journey(at, event) AS j FROM log GROUP BY actor;
SELECT cmp_ok((SELECT count(*) FROM log), '>', 15000::bigint, 'events');
SELECT cmp_ok((SELECT count(*) FROM (SELECT FROM log GROUP BY actor, at, event HAVING count(*) > 1) AS s), '>', 900::bigint, 'of which some are there several times');

-- Nothing lost, nothing added
SELECT is((SELECT count(*)::int FROM (SELECT actor, at, event FROM log EXCEPT ALL SELECT actor, e.* FROM journeys, events(j) AS e) AS s), 0, 'every row is among the events');
SELECT is((SELECT count(*)::int FROM (SELECT actor, e.* FROM journeys, events(j) AS e EXCEPT ALL SELECT actor, at, event FROM log) AS s), 0, 'and every event is a row');
SELECT is((SELECT count(*)::int FROM (SELECT at, event, lag(at) OVER w AS at_before, lag(event) OVER w AS before FROM journeys, ROWS FROM (events(j)) WITH ORDINALITY AS e(at, event, i) WINDOW w AS (PARTITION BY actor ORDER BY i)) AS s
	WHERE at < at_before OR (at = at_before AND event < before COLLATE "C")), 0, 'in the order of time, and of the bytes of names');
SELECT is((SELECT count(*)::int FROM journeys JOIN (SELECT actor, count(*) AS n, min(at) AS first, max(at) AS last FROM log GROUP BY actor) AS s USING (actor) WHERE (event_count(j), first_at(j), last_at(j), duration(j)) IS DISTINCT FROM (n, first, last, last - first)), 0, 'count, first, last, duration');
SELECT is((SELECT array_agg(DISTINCT (SELECT array_agg(e) FROM events(j) AS e) = (SELECT array_agg(e) FROM (SELECT (events(j)).*) AS e)) FROM journeys), '{t}', 'events() in the select list');
SELECT is((SELECT count(*)::int FROM journeys CROSS JOIN (SELECT DISTINCT event FROM log) AS n LEFT JOIN (SELECT actor, event, count(*) FROM log GROUP BY 1, 2) AS s USING (actor, event) WHERE occurrences(j, event) IS DISTINCT FROM coalesce(count, 0)), 0, 'occurrences of every name in every journey');

-- Forms: every journey through text, JSON, and back, byte for byte
SELECT is((SELECT count(*)::int FROM journeys WHERE NOT record_image_eq(ROW(j), ROW(j::text::event_journey))), 0, 'text is read back as the same bytes');
SELECT is((SELECT count(*)::int FROM journeys WHERE NOT record_image_eq(ROW(j), ROW(j::json::text::event_journey)) OR NOT record_image_eq(ROW(j), ROW(j::jsonb::text::event_journey))), 0, 'so are json and jsonb');
SELECT is((SELECT count(*)::int FROM journeys JOIN (SELECT actor, array_agg(event ORDER BY event COLLATE "C") AS names FROM (SELECT DISTINCT actor, event FROM log) AS s GROUP BY 1) AS n USING (actor) WHERE ARRAY(SELECT jsonb_array_elements_text(j::jsonb -> 'events')) <> names), 0, 'the text form lists each name once');
SELECT is((SELECT count(*)::int FROM journeys, LATERAL (SELECT j::jsonb AS t) AS t WHERE (SELECT array_agg((t ->> 'first_at')::timestamptz + s::numeric * interval '1 second' ORDER BY i) FROM jsonb_array_elements_text(t -> 'seconds') WITH ORDINALITY AS v(s, i)) <> (SELECT array_agg(at ORDER BY i) FROM ROWS FROM (events(j)) WITH ORDINALITY AS e(at, event, i))), 0, 'and the seconds after the first event');
CREATE TABLE moments (at timestamptz);
INSERT INTO moments VALUES ('4714-11-24 00:00:00+00 BC'), ('0001-12-31 23:59:59.999999+00 BC'), ('0001-01-01 00:00:00+00'), ('1600-02-29 12:30:00.1+00'), ('1999-12-31 23:59:59.999999+00'), ('2000-01-01 00:00:00+00'), ('2000-02-29 00:00:00.000001+00'), ('9999-12-31 23:59:59+00'), ('10000-01-01 00:00:00+00'), ('294276-12-31 23:59:59.999999+00');
INSERT INTO moments SELECT timestamptz '0044-03-15 00:00:00+00 BC' + i * interval '3 years 7 days 11:13:17.1007' FROM generate_series(1, 800) AS i;
SELECT is((SELECT count(*)::int FROM moments WHERE first_at(event_journey(ARRAY[at], '{a}')) <> at OR NOT record_image_eq(ROW(event_journey(ARRAY[at], '{a}')), ROW(event_journey(ARRAY[at], '{a}')::text::event_journey))), 0, 'times of all ages');
SELECT is((SELECT count(*)::int FROM moments WHERE (event_journey(ARRAY[at], '{a}')::json ->> 'first_at')::timestamptz <> at), 0, 'are written so that the server reads them');
SELECT is((SELECT count(*)::int FROM moments AS a, moments AS b WHERE a.at < b.at AND (b.at - '2000-01-01' > '200000 years' OR a.at > '2010-01-01') AND ARRAY(SELECT (events(event_journey(ARRAY[b.at, a.at], '{b,a}'))).at) <> ARRAY[a.at, b.at]), 0, 'and any two of them make a journey, however far apart');
SELECT is((SELECT event_journey(array_agg(at), array_agg('a'::text)) FROM moments)::text, (SELECT event_journey(array_agg(at), array_agg('a'::text)) FROM moments)::text::event_journey::text, 'and all of them one');
SET LOCAL datestyle = 'German, DMY';
SELECT is((SELECT event_journey(ARRAY['2026-01-31 18:30:00.5+00'::timestamptz], '{a}')::text), '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00.5Z", "seconds": [0]}', 'no setting changes the text form');
SET LOCAL datestyle = 'ISO, MDY';
SELECT is('{"seconds": [7.5, 0, 7.5], "codes": [0, 1, 2], "first_at": "2026-01-31T18:30:00Z", "events": ["b", "a", "c"]}'::event_journey::text, '{"events": ["a", "b", "c"], "codes": [0, 1, 2], "first_at": "2026-01-31T18:30:00Z", "seconds": [0, 7.5, 7.5]}', 'names and events are read in any order');

-- Packed numbers of every width: 1 to 300 names, spans of 1 to 62 bits, and the last bit of each
SELECT is((SELECT count(*)::int FROM generate_series(1, 300) AS n, LATERAL (SELECT array_agg('epoch'::timestamptz + i * interval '1 second' ORDER BY i) AS at, array_agg(lpad(i::text, 4, '0') ORDER BY i) AS e FROM generate_series(1, n) AS i) AS a WHERE ARRAY(SELECT event FROM events(event_journey(at, e))) <> e), 0, 'one to 300 names');
SELECT is((SELECT count(*)::int FROM generate_series(0, 62) AS b, unnest('{-1,0,1}'::int[]) AS d, LATERAL (SELECT ARRAY(SELECT timestamptz '4714-11-24 00:00:00+00 BC' + t * interval '1 microsecond' FROM unnest(ARRAY[0, 1, (1::bigint << b) / 2, greatest((1::bigint << b) + d, 0)]) AS t ORDER BY 1) AS at) AS a
	WHERE ARRAY(SELECT (events(event_journey(at, '{a,a,a,a}'))).at) <> at), 0, 'spans of every width');
SELECT is((SELECT pg_column_size(event_journey(array_agg('2026-01-01'::timestamptz + i * interval '1 day'), array_agg('a'::text))) - 46 FROM generate_series(0, 999) AS i), 125 + 1250, 'a thousand days take one and ten bits each');
SELECT is((SELECT pg_column_size(event_journey(array_agg('2026-01-01'::timestamptz + i * interval '1 day' + CASE WHEN i = 7 THEN interval '1 us' ELSE '0' END), array_agg('a'::text))) - 46 FROM generate_series(0, 999) AS i), 125 + 5875, 'and 47 each where one is a microsecond late');

-- Order, splits, merging: the same bytes
SELECT is((SELECT count(*)::int FROM generate_series(1, 5) AS seed, LATERAL (SELECT actor, journey(at, event ORDER BY md5(concat(i, seed))) AS x FROM log GROUP BY actor) AS s JOIN journeys USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(j))), 0, 'shuffled input gives identical bytes');
SELECT is((SELECT count(*)::int FROM unnest('{1,2,7,50}'::int[]) AS parts, LATERAL (SELECT actor, rollup(x ORDER BY md5(x::text)) AS x FROM (SELECT actor, hashint4(i) % parts AS part, journey(at, event) AS x FROM log GROUP BY 1, 2 UNION ALL SELECT actor, NULL, '{}' FROM journeys UNION ALL SELECT actor, NULL, NULL FROM journeys) AS p GROUP BY actor) AS s JOIN journeys USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(j))), 0, 'rollup of parts is the whole');
SELECT is((SELECT count(*)::int FROM journeys AS a JOIN journeys AS b ON b.actor = a.actor % 300 + 1 JOIN journeys AS c ON c.actor = b.actor % 300 + 1 WHERE NOT record_image_eq(ROW(a.j + b.j), ROW(merge(b.j, a.j))) OR NOT record_image_eq(ROW((a.j + b.j) + c.j), ROW(a.j + (b.j + c.j)))), 0, 'merging is commutative and associative');
SELECT is((SELECT count(*)::int FROM (SELECT a.j + b.j AS m, (SELECT journey(at, event) FROM log WHERE actor IN (a.actor, b.actor)) AS w FROM journeys AS a JOIN journeys AS b ON b.actor = a.actor + 1) AS s WHERE NOT record_image_eq(ROW(m), ROW(w))), 0, 'two journeys are one of all their rows');
SELECT is((SELECT count(*)::int FROM journeys WHERE NOT record_image_eq(ROW(j + '{}'), ROW(j)) OR NOT record_image_eq(ROW(merge(NULL, j)), ROW(j)) OR NOT record_image_eq(ROW(merge(j, NULL)), ROW(j))), 0, 'nothing and NULL add nothing');
SELECT is(merge(NULL::event_journey, NULL), NULL, 'NULL and NULL is NULL');
SELECT is((SELECT rollup(NULL::event_journey) FROM log), NULL, 'a rollup of NULLs is NULL');
SELECT is((SELECT rollup('{}'::event_journey) FROM log)::text, '{}', 'one of nothing is nothing');
SELECT is((SELECT journey(at, event) FROM log WHERE false), NULL, 'no rows are NULL');
SELECT is((SELECT journey(at, event) FROM (VALUES (NULL::timestamptz, 'a'), ('2026-01-01', NULL)) AS v(at, event)), NULL, 'rows without time or event are none');
SELECT is((SELECT journey(at, event) FROM log WHERE actor = 17), (SELECT journey(at AT TIME ZONE 'UTC', event) FROM log WHERE actor = 17), 'times without time zone are in UTC');
SELECT is((SELECT count(*)::int FROM (SELECT actor, event_journey(array_agg(at), array_agg(event)) AS x FROM log GROUP BY actor) AS s JOIN journeys USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(j))), 0, 'arrays give the journey of their rows');
SELECT is(event_journey(ARRAY[NULL, '2026-01-01 00:00+00', '2026-01-01 00:00+00']::timestamptz[], ARRAY['a', NULL, 'b'])::text, '{"events": ["b"], "codes": [0], "first_at": "2026-01-01T00:00:00Z", "seconds": [0]}', 'of which those with a NULL are none');
SELECT is(event_journey('{}'::timestamptz[], '{}')::text, '{}', 'empty arrays give a journey without events');

-- Grouping sets and windows share one dictionary of names
SELECT is((SELECT count(*)::int FROM (SELECT actor, journey(at, event) AS x FROM log GROUP BY GROUPING SETS ((actor), (actor, event), ()) HAVING GROUPING(event) = 1 AND GROUPING(actor) = 0) AS s JOIN journeys USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(j))), 0, 'grouping sets');
SELECT is((SELECT count(*)::int FROM (SELECT actor, i, journey(at, event) OVER w AS x, array_agg(at) OVER w AS ats, array_agg(event) OVER w AS names FROM log WHERE actor < 60 WINDOW w AS (PARTITION BY actor ORDER BY i ROWS 5 PRECEDING)) AS s WHERE NOT record_image_eq(ROW(x), ROW(event_journey(ats, names)))), 0, 'a window');

-- More names than a query keeps for all of its groups: those that come later have their own
CREATE TABLE many AS SELECT i % 40 AS actor, 'epoch'::timestamptz + i % 977 * interval '1 s' AS at, CASE WHEN i % 3 = 0 THEN 'same' ELSE 'name ' || i % 5000 END AS event FROM generate_series(1, 20000) AS i;
INSERT INTO many SELECT 7, 'epoch'::timestamptz + i * interval '1 s', repeat('z', i) FROM generate_series(1000, 1060) AS i;
SELECT is((SELECT count(*)::int FROM (SELECT actor, journey(at, event) AS x FROM many GROUP BY actor) AS s JOIN (SELECT actor, event_journey(array_agg(at), array_agg(event)) AS y FROM many GROUP BY actor) AS t USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(y))), 0, 'thousands of names');
SELECT is((SELECT count(*)::int FROM (SELECT actor, at, event FROM many EXCEPT ALL SELECT actor, e.* FROM (SELECT actor, rollup(x) AS x FROM (SELECT actor, at, journey(at, event) AS x FROM many GROUP BY 1, 2) AS p GROUP BY actor) AS s, events(x) AS e) AS d), 0, 'and their rollup');
CREATE TABLE widest AS SELECT journey('epoch'::timestamptz + i * interval '1 us', to_hex(i)) AS j FROM generate_series(1, 65535) AS i;
SELECT is((SELECT count(DISTINCT event)::int FROM widest, events(j)), 65535, 'as many names as there can be');
SELECT is((SELECT (SELECT array_agg(to_hex(i)) FROM generate_series(1, 65535) AS i) = (SELECT array_agg(event) FROM events(j)) AND j::text::event_journey = j FROM widest), true, 'each where it belongs');

-- At least once: batches that come late, shuffled, and repeated, are upserted
CREATE TABLE stored (actor int PRIMARY KEY, j event_journey NOT NULL);
CREATE TABLE feed AS SELECT actor, at, event, hashint4(i) % 9 AS batch FROM log WHERE actor <= 120;
DO $$
DECLARE
	b int;
BEGIN
	FOR b IN SELECT batch FROM (SELECT DISTINCT batch FROM feed) AS s ORDER BY md5(batch::text) LOOP
		INSERT INTO stored AS t SELECT actor, journey(at, event) FROM feed WHERE batch = b GROUP BY actor ON CONFLICT (actor) DO UPDATE SET j = merge(t.j, excluded.j);
	END LOOP;
END
$$;
SELECT is((SELECT count(*)::int FROM journeys LEFT JOIN stored USING (actor) WHERE actor <= 120 AND NOT coalesce(record_image_eq(ROW(journeys.j), ROW(stored.j)), false)), 0, 'late and shuffled batches: the bytes of one build');
INSERT INTO stored AS t SELECT actor, journey(at, event) FROM feed WHERE batch IN (0, 3, -4) GROUP BY actor ON CONFLICT (actor) DO UPDATE SET j = distinct_events(merge(t.j, excluded.j));
SELECT is((SELECT count(*)::int FROM stored JOIN (SELECT actor, journey(at, event) AS x FROM (SELECT DISTINCT actor, at, event FROM feed) AS s GROUP BY actor) AS d USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(distinct_events(j)))), 0, 'repeated batches: each event once');
SELECT is((SELECT count(*)::int FROM journeys JOIN (SELECT actor, journey(at, event) AS x FROM (SELECT DISTINCT actor, at, event FROM log) AS s GROUP BY actor) AS d USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(distinct_events(j)))), 0, 'distinct_events() is DISTINCT');

-- Parts
SELECT is((SELECT count(*)::int FROM journeys CROSS JOIN (VALUES (0.0, 0.5), (0.25, 0.75), (0.5, 1.0), (0.5, 0.5), (0.75, 0.25)) AS v(f, u), LATERAL (SELECT first_at(j) + f * duration(j) AS from_at, first_at(j) + u * duration(j) AS until_at) AS b
	WHERE NOT record_image_eq(ROW(slice(j, from_at, until_at)), ROW(coalesce((SELECT journey(at, event) FROM log WHERE log.actor = journeys.actor AND at >= from_at AND at < until_at), '{}')))), 0, 'slices have their first instant, and not their last');
SELECT is((SELECT count(*)::int FROM journeys WHERE NOT record_image_eq(ROW(slice(j, '-infinity', 'infinity')), ROW(j)) OR slice(j, last_at(j), last_at(j)) <> '{}' OR event_count(slice(j, '-infinity', last_at(j))) + event_count(slice(j, last_at(j), 'infinity')) <> event_count(j)), 0, 'slices that meet are the whole');
SELECT is((SELECT count(*)::int FROM journeys CROSS JOIN (VALUES ('{view,pay}'::text[]), ('{"",NULL,none}'), ('{}'), ('{view,cart,pay,""," ",Größe,日本}')) AS v(names) WHERE NOT record_image_eq(ROW(keep(j, names)), ROW(coalesce((SELECT journey(at, event) FROM log WHERE log.actor = journeys.actor AND event = ANY (names)), '{}')))), 0, 'keep() is WHERE event = ANY');
SELECT is((SELECT count(*)::int FROM journeys WHERE keep(j, ARRAY(SELECT DISTINCT event FROM log)) <> j), 0, 'to keep all is to change nothing');
SELECT is((SELECT array_agg(x) FROM (SELECT event_count(j) AS x FROM (VALUES ('{}'::event_journey)) AS v(j) UNION ALL SELECT occurrences('{}', 'a')) AS s), '{0,0}', 'a journey without events has none');
SELECT is((SELECT (first_at(j), last_at(j), duration(j), slice(j, '-infinity', 'infinity'), keep(j, '{a}'), distinct_events(j), j + j)::text FROM (VALUES ('{}'::event_journey)) AS v(j)), '(,,,{},{},{},{})', 'nor times, and its parts are without events');
SELECT is((SELECT count(*)::int FROM events('{}')) + (SELECT count(*)::int FROM sessions('{}', '1 s')), 0, 'no rows of it either');

-- Sessions, by rows and by journeys
CREATE FUNCTION by_hand(pause interval) RETURNS TABLE (actor int, at timestamptz, event text, i bigint, session int) LANGUAGE sql AS $$
	SELECT actor, at, event, i, 1 + sum((at - before > pause)::int) OVER (PARTITION BY actor ORDER BY at ROWS UNBOUNDED PRECEDING)::int
	FROM (SELECT actor, at, event, i, coalesce(lag(at) OVER (PARTITION BY actor ORDER BY at), at) AS before FROM log) AS s
$$;
CREATE TABLE gaps (gap interval);
INSERT INTO gaps VALUES ('0'), ('1 us'), ('1 ms'), ('30 minutes'), ('1 day'), ('300 days'), ('100000 days');
SELECT is((SELECT count(*)::int FROM gaps, LATERAL (SELECT actor, i, session FROM by_hand(gap) EXCEPT SELECT actor, i, session_number(at, gap) OVER (PARTITION BY actor ORDER BY at) FROM log) AS s), 0, 'session_number() is the running sum of pauses');
SELECT cmp_ok((SELECT count(DISTINCT session) FROM by_hand('1 day')), '>', 100::bigint, 'of which there are many');
SELECT is((SELECT count(*)::int FROM gaps, LATERAL ((SELECT actor, session, min(at), max(at), count(*), extract(epoch FROM max(at) - min(at))::float8, journey(at, event)::text FROM by_hand(gap) GROUP BY actor, session) EXCEPT (SELECT actor, s.session, started_at, ended_at, events, seconds, journey::text FROM journeys, sessions(j, gap) AS s)) AS d), 0, 'so are the rows of sessions()');
SELECT is((SELECT count(*)::int FROM gaps, LATERAL (SELECT actor, rollup(s.journey) AS x FROM journeys, sessions(j, gap) AS s GROUP BY actor) AS r JOIN journeys USING (actor) WHERE NOT record_image_eq(ROW(x), ROW(j))), 0, 'and all sessions are the journey');
SELECT is((SELECT string_agg(coalesce(s::text, '-'), ' ') FROM (SELECT session_number(at, '1 hour') OVER (ORDER BY i) AS s FROM (VALUES (1, NULL::timestamptz), (2, '2026-01-01 00:00'), (3, NULL), (4, '2026-01-01 01:00'), (5, '2026-01-01 02:00:00.000001')) AS v(i, at)) AS n), '- 1 - 1 2', 'a row without time is in no session, and parts none');
SELECT is((SELECT array_agg(s) FROM (SELECT session_number(at::timestamp, '1 hour') OVER (ORDER BY at) AS s FROM (VALUES ('2026-01-01 00:00'), ('2026-01-01 01:00'), ('2026-01-01 03:00')) AS v(at)) AS n), '{1,1,2}', 'times without time zone');

-- What the first bytes tell reads nothing else of a stored value
CREATE TABLE big (id int, j event_journey);
INSERT INTO big SELECT 1, journey('2026-01-01'::timestamptz + i * interval '1.000001 s', (i % 100)::text) FROM generate_series(1, 200000) AS i;
CREATE FUNCTION buffers_of(query text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, FORMAT json) ' || query INTO plan;
	RETURN (plan #>> '{0,Plan,Shared Hit Blocks}')::int + (plan #>> '{0,Plan,Shared Read Blocks}')::int;
END
$$;
SELECT cmp_ok((SELECT pg_column_size(j) FROM big), '>', 500000, 'a journey of many pages');
SELECT buffers_of('SELECT event_count(j), first_at(j), last_at(j), duration(j), occurrences(j, ''1'') FROM big') > 0 AS ignored \gset
SELECT cmp_ok(buffers_of('SELECT occurrences(j, ''1'') FROM big'), '>', 50, 'which reading it all visits');
SELECT cmp_ok(buffers_of('SELECT event_count(j) FROM big'), '<', 10, 'event_count() visits few of them');
SELECT cmp_ok(buffers_of('SELECT first_at(j) FROM big'), '<', 10, 'so does first_at()');
SELECT cmp_ok(buffers_of('SELECT last_at(j) FROM big'), '<', 10, 'so does last_at()');
SELECT cmp_ok(buffers_of('SELECT duration(j) FROM big'), '<', 10, 'so does duration()');
SELECT is((SELECT (event_count(j), first_at(j), last_at(j), duration(j)) FROM big), (SELECT (count(*), min(at), max(at), max(at) - min(at)) FROM big, events(j)), 'and they are right');

-- The parts of a journey of many names take time for what is in them only
CREATE TABLE wide AS SELECT journey('2026-01-01'::timestamptz + i * interval '1 second', 'name ' || i) AS j FROM generate_series(1, 60000) AS i;
\ir examples/slowdown.sql
SELECT set_config('statement_timeout', 8 * :slowdown || 's', true) AS ignored \gset
SELECT is((SELECT count(*) FROM wide, sessions(j, '0') AS s WHERE s.journey = event_journey(ARRAY[started_at], ARRAY['name ' || session])), 60000::bigint, 'as many sessions as names');
SELECT is((SELECT count(*) FROM wide, runs(j, '* > *') AS r WHERE r.run = event_journey(ARRAY[started_at, ended_at], ARRAY['name ' || extract(epoch FROM started_at - '2026-01-01')::int, 'name ' || extract(epoch FROM ended_at - '2026-01-01')::int])), 30000::bigint, 'and attempts');
RESET statement_timeout;

-- Comparison
SELECT is((SELECT count(*)::int FROM journeys AS a, journeys AS b WHERE a.actor < 60 AND b.actor < 60 AND ((a.j = b.j) <> (a.j::text = b.j::text) OR (a.j < b.j)::int + (a.j > b.j)::int + (a.j = b.j)::int <> 1 OR (a.j = b.j AND event_journey_hash(a.j) <> event_journey_hash(b.j)))), 0, 'equal is what looks the same');

SELECT * FROM finish();
ROLLBACK;
