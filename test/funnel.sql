-- What a funnel counts: answers that others get wrong, and that the form of a query changes nothing.
BEGIN;
SELECT plan(130);
SET LOCAL timezone = 'UTC';

-- Events are written "name@minute name@minute"; depth, and what is counted for that one actor
CREATE FUNCTION events(script text) RETURNS TABLE (at timestamptz, event text) LANGUAGE sql IMMUTABLE AS $$
	SELECT '2026-03-01 00:00+00'::timestamptz + split_part(word, '@', 2)::float8 * interval '1 minute', nullif(split_part(word, '@', 1), '')
	FROM regexp_split_to_table(script, ' +') AS word
$$;
CREATE FUNCTION depth_of(script text, steps text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT depth(at, event, steps) FROM events(script) $$;
CREATE FUNCTION reached(script text, steps text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT funnel(1, at, event, steps)::json ->> 'reached' FROM events(script) $$;

-- One row serves one step
SELECT is(depth_of('a@1', 'a > a'), 1, 'one row does not fill two steps');
SELECT is(depth_of('a@1 a@2', 'a > a'), 2, 'two rows do');
SELECT is(depth_of('a@1 a@1', 'a > a'), 2, 'so do two at the same instant');
SELECT is(depth_of('a@1 a@1', 'a > a, distinct times'), 1, 'but not when times must differ');
SELECT is(depth_of('a@1 b@2', 'a & b | a'), 2, 'any order: a row does one step');
SELECT is(depth_of('a@1', 'a & a | b'), 1, 'any order: one row does not do two');
SELECT is(depth_of('x@1 x@2', '* > x > *'), 2, 'names that overlap share no row');

-- Strictness ends the chain, not the actor
SELECT is(depth_of('a@1 a@2 b@3', 'a >> b'), 2, 'a repeat begins a new chain');
SELECT is(depth_of('a@1 x@2 b@3 a@4 b@5', 'a >> b'), 2, 'a later start is a new chance');
SELECT is(depth_of('a@1 x@2 b@3', 'a >> b'), 1, 'an event in between ends the chain');
SELECT is(depth_of('a@1 b@2 a@3 b@4 c@5', 'a > b >> c'), 3, 'a repeat of earlier steps does not stop the actor');
SELECT is(depth_of('a@1 x@2 b@3 a@4 b@5', 'a > !x > b'), 2, 'what is forbidden ends a chain, and the next one counts');
SELECT is(depth_of('a@0 b@50 a@100 b@105', 'a > b within 10 minutes'), 2, 're-entry within the window');
SELECT is(depth_of('a@0 b@50 a@100 b@105', 'a > b within 10 minutes, first entry'), 1, 'which "first entry" forbids');
SELECT is(depth_of('a@1 b@2 b@3 c@4', 'a > b >> c'), 3, 'the later of two rows of a step continues the chain');

-- Ties and the order of rows
SELECT is(depth_of('b@1 a@1', 'a > b'), 2, 'events at one instant have no order');
SELECT is(depth_of('c@1 b@1 a@1', 'a > b > c'), 3, 'three of them, too');
SELECT is(depth_of('a@1 x@1 b@1', 'a >> b'), 2, 'none of them lies between others');
SELECT is(depth_of('a@1 b@2 x@2', 'a >> b'), 2, 'nor between one before and another');
SELECT is(depth_of('a@1 x@1 b@2', 'a > !x > b'), 2, 'for what is forbidden, too');
SELECT is(depth_of('a@1 a@5 b@5 b@9 c@14', 'a > b > c within 10 minutes'), 3, 'a tie does not destroy the better chain');
SELECT is((SELECT array_agg(DISTINCT depth_of(script, steps)) FROM (VALUES ('a@1 b@1 a@2 c@2 b@3'), ('b@3 c@2 a@2 b@1 a@1'), ('a@2 b@3 b@1 a@1 c@2')) AS v(script), (VALUES ('a > b > c > b')) AS p(steps)), '{4}', 'row order changes nothing');
SELECT is((SELECT count(DISTINCT x) FROM generate_series(1, 20) AS seed, LATERAL (SELECT funnel_summary_send(funnel(g % 7, '2026-03-01 00:00+00'::timestamptz + (g * g % 40) * interval '1 minute', substr('abcx', 1 + g % 4, 1), 'a > [x] > b >> c within 20 minutes' ORDER BY md5((g * 31 + seed)::text))) AS x FROM generate_series(1, 300) AS g) AS s), 1::bigint, 'shuffled input gives identical bytes');
SELECT is((SELECT count(DISTINCT x) FROM generate_series(1, 20) AS seed, LATERAL (SELECT funnel_summary_send(funnel((g % 7)::text, '2026-03-01 00:00+00'::timestamptz + (g * g % 40) * interval '1 minute', substr('abcx', 1 + g % 4, 1), 'a & b & c within 20 minutes' ORDER BY md5((g * 31 + seed)::text))) AS x FROM generate_series(1, 300) AS g) AS s), 1::bigint, 'for actors that are texts, too');

-- Rows that match nothing
SELECT is(depth_of('a@1 noise@2 b@3', 'a > b'), 2, 'noise does not matter where anything may come between');
SELECT is(depth_of('a@1 noise@2 b@3', 'a >> b'), 1, 'and does where nothing may');
SELECT is((SELECT depth(at, event, 'a >> b') FROM events('a@1 noise@2 b@3') WHERE event <> 'noise'), 2, 'what the caller leaves out does not exist');
SELECT is((SELECT depth(at, event, 'a >> b') FILTER (WHERE event <> 'noise') FROM events('a@1 noise@2 b@3')), 2, 'by FILTER, too');

-- NULL
SELECT is((SELECT depth(at, event, 'a >> b') FROM (SELECT * FROM events('a@1 b@3') UNION ALL VALUES ('2026-03-01 00:02+00'::timestamptz, NULL), (NULL, 'x')) AS e), 2, 'a NULL time or event is no row');
SELECT is((SELECT funnel(actor, at, event, 'a')::json ->> 'reached' FROM (VALUES (NULL::bigint), (1), (2)) AS v(actor), events('a@1')), '[2]', 'a NULL actor is nobody');
SELECT is((SELECT funnel(NULL::bigint, at, event, 'a > b')::json ->> 'reached' FROM events('a@1')), '[0, 0]', 'rows of nobody give zeros');
SELECT is((SELECT funnel(1, at, event, 'a') FROM events('a@1') WHERE false), NULL, 'no rows give NULL');
SELECT is((SELECT depth(at, event, 'a') FROM events('x@1')), 0, 'who never began has depth 0');
SELECT is((SELECT depth(at, event, 'a') FROM events('x@1') WHERE false), NULL, 'no rows have no depth');
SELECT is((SELECT outcome(at, event, 'a within 1 day', '2026-04-01') FROM events('x@1')), NULL, 'nor an outcome');

-- Levels are not counts
SELECT is((SELECT array_agg(actors ORDER BY step) FROM report((SELECT funnel(actor, at, event, 'a > b > c') FROM (VALUES (1, 'a@1 b@2 c@3'), (2, 'a@1 b@2'), (3, 'a@1'), (4, 'b@1 c@2')) AS v(actor, script), events(script)))), '{3,2,1}', 'each step counts who reached it or a later one');
SELECT is((SELECT array_agg(abandoned ORDER BY step) FROM report((SELECT funnel(actor, at, event, 'a > b > c') FROM (VALUES (1, 'a@1 b@2 c@3'), (2, 'a@1 b@2'), (3, 'a@1'), (4, 'b@1 c@2')) AS v(actor, script), events(script)))), '{1,1,0}', 'and who stayed there apart');
SELECT is(reached('a@1 c@3', 'a > [b] > c'), '[1, 0, 1]', 'an optional step is counted when it is taken');
SELECT is(reached('a@1 b@2 c@3', 'a > [b] > c'), '[1, 1, 1]', 'and then only');
SELECT is((SELECT string_agg(concat(depth_of('a@1 x@2 b@3 c@4', steps), depth_of('a@1 b@2 x@3 c@4', steps), depth_of('a@1 x@2 c@3', steps), depth_of('a@1 c@2', steps)), ', ' ORDER BY i) FROM unnest('{a > !x > [b] > c,a > [b] > !x > c,a > !x > [b] > !x > c,a >> [b] >> c}'::text[]) WITH ORDINALITY AS p(steps, i)),
	'3333, 3213, 1213, 1213', 'a link into an optional step goes with it, and the next holds from the step before');
-- Excluded actors do not vanish
SELECT is(reached('a@1 x@2 b@3', 'a > !x > b'), '[1, 0]', 'who is excluded stays in the first step');
-- Part of a chain is no match
CREATE FUNCTION packed(script text) RETURNS event_journey LANGUAGE sql IMMUTABLE AS $$ SELECT journey(at, event) FROM events(script) $$;
SELECT is((SELECT concat_ws(' ', depth(j, steps), j @> steps, match_count(j, steps), outcome(j, steps, '2026-03-02')) FROM packed('a@1 b@2 b@3') AS j, step_pattern('a > b > c within 1 hour') AS steps), '2 f 0 abandoned', 'who came half way is no match');
-- What is merged is put in the order of time
SELECT is((WITH parts(script) AS (VALUES ('a@1 c@5'), ('d@9'), ('b@3'))
	SELECT string_agg(DISTINCT concat_ws(' ', depth(j, 'a > b > c > d'), depth(j, 'a >> b >> c'), depth(j, 'd > a')), ', ') FROM parts AS x, parts AS y, parts AS z, LATERAL (SELECT merge(merge(packed(x.script), packed(y.script)), packed(z.script)) AS j) AS m WHERE x <> y AND y <> z AND x <> z),
	'4 3 1', 'parts merged in any order are sorted');
-- A segment is that of the entry, for all steps
SELECT is((WITH seen AS (SELECT actor, device, e.* FROM (VALUES (1, 'phone', 'a@1'), (1, 'desktop', 'b@2'), (2, 'desktop', 'a@1'), (2, 'phone', 'b@2'), (3, 'phone', 'a@1')) AS v(actor, device, script), events(script) AS e)
	SELECT string_agg(format('%s %s', at_entry, f::json ->> 'reached'), ', ' ORDER BY at_entry) FROM (SELECT at_entry, funnel(actor, at, event, 'a > b') AS f FROM seen JOIN (SELECT actor, min_by(device, at) FILTER (WHERE event = 'a') AS at_entry FROM seen GROUP BY actor) AS s USING (actor) GROUP BY at_entry) AS g),
	'desktop [1, 1], phone [2, 1]', 'who changes the segment on the way stays in that of the entry');
-- No limit of iterations
SELECT is((SELECT depth('2026-03-01'::timestamptz + g * interval '1 second', CASE WHEN g = 100001 THEN 'b' WHEN g % 2 = 0 THEN 'x' ELSE 'a' END, 'a > a > a > a >> x > b (30 days) within 60 days') FROM generate_series(1, 100001) AS g), 6, 'one actor with 100,001 events');
SELECT is((SELECT depth('2026-03-01'::timestamptz, CASE WHEN g % 2 = 0 THEN 'x' ELSE 'a' END, 'a > a >> x > a') FROM generate_series(1, 100000) AS g), 4, '100,000 at the same instant');

-- The ends of time
SELECT is((SELECT depth(at, event, 'a > b within 106751991 days') FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz, 'a'), ('294276-12-31 23:59:59.999999+00', 'b')) AS v(at, event)), 1, 'the longest window does not overflow');
SELECT is((SELECT depth(at, event, 'a > b') FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz, 'a'), ('294276-12-31 23:59:59.999999+00', 'b')) AS v(at, event)), 2, 'no window has no end');
SELECT throws_ok($$ SELECT funnel(1, at, event, 'a > b') FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz, 'a'), ('294276-12-31 23:59:59.999999+00', 'b')) AS v(at, event) $$, '22003', NULL, 'a duration that cannot be kept is an error');
SELECT throws_ok($$ SELECT funnel(1, at, event, 'a > b') FROM (VALUES ('1700-01-01 00:00:00+00'::timestamptz, 'a'), ('2000-12-31 23:59:59.999999+00', 'b')) AS v(at, event) $$, '22003', NULL, 'from 293 years on');
SELECT is((SELECT depth(at, event, 'a > b within 1 day') FROM (VALUES ('294276-12-31 23:00:00+00'::timestamptz, 'a'), ('294276-12-31 23:59:59.999999+00', 'b')) AS v(at, event)), 2, 'a window beyond the last time');
SELECT is((SELECT outcome(at, event, 'a > b within 106751991 days', '294276-12-31 23:59:59.999999+00') FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz, 'a')) AS v(at, event)), 'abandoned', 'as_of as late as can be');
SELECT is((SELECT outcome(at, event, 'a > b within 1 day', '4714-11-24 00:00:00+00 BC') FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz, 'a')) AS v(at, event)), 'open', 'as early as can be');
SELECT throws_ok($$ SELECT funnel(1, 'infinity'::timestamptz, 'a', 'a') $$, '22008', 'time of an event must be finite', 'an infinite time');
SELECT is(depth_of('a@0 b@10', 'a > b within 10 minutes'), 2, 'the window includes its end');
SELECT is((SELECT depth(at, event, 'a > b within 10 minutes') FROM (VALUES ('2026-03-01 00:00+00'::timestamptz, 'a'), ('2026-03-01 00:10:00.000001+00', 'b')) AS v(at, event)), 1, 'and no microsecond more');
SELECT is((SELECT string_agg(DISTINCT concat_ws(' ', depth(j, 'a > b (15 seconds)'), depth(j, 'a > b (14 seconds)'), depth(j, 'a > b within 15 seconds'), depth(j, 'a > b within 14 seconds')), ', ')
	FROM unnest('{2026-03-01 00:01+00,2026-03-01 10:00+00,2026-03-02 00:00+00,2026-03-01 00:00+00,2024-02-29 00:00+00,2024-03-01 00:00+00,2026-01-01 00:00+00,2000-01-01 00:00+00,0001-01-01 00:00+00}'::timestamptz[]) AS t, LATERAL (SELECT event_journey(ARRAY[t - interval '10 seconds', t + interval '5 seconds'], '{a,b}') AS j) AS s),
	'2 1 2 1', 'seconds are counted across minutes, days, months and years');
-- Days are of 24 hours, whatever the clocks do
SET LOCAL timezone = 'Europe/Berlin';
SELECT is((SELECT depth(at, event, 'a > b within 1 day') FROM (VALUES ('2026-03-28 12:00'::timestamptz, 'a'), ('2026-03-29 13:00', 'b')) AS v(at, event)), 2, '24 hours when a day has 23');
SELECT is((SELECT depth(at, event, 'a > b within 1 day') FROM (VALUES ('2026-10-24 12:00'::timestamptz, 'a'), ('2026-10-25 11:30', 'b')) AS v(at, event)), 1, 'and when one has 25');
SET LOCAL timezone = 'UTC';

-- The time of one chain per actor: the first that completes, and of those the last to begin
SELECT is((SELECT funnel(1, at, event, 'a > b')::json -> 'elapsed' ->> 0 FROM events('a@0 a@4 b@5 a@10 b@60')), '{"finished": [60]}', 'one time per actor: of the first completion, from the latest start');
SELECT is((SELECT concat_ws(' ', n(elapsed(x)), n(elapsed(x, 2)), n(elapsed(x, 3))) FROM (SELECT funnel(actor, at, event, 'a > [b] > c') AS x FROM (VALUES (1, 'a@1 b@2 c@4'), (2, 'a@1 c@2'), (3, 'a@1 b@5')) AS v(actor, script), events(script)) AS s), '2 2 2', 'times of those who took a step');

-- Open is not abandoned
CREATE FUNCTION outcome_of(script text, steps text, as_of text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT outcome(at, event, steps, as_of::timestamptz) FROM events(script) $$;
SELECT is(outcome_of('a@0', 'a > b within 1 hour', '2026-03-01 01:00+00'), 'abandoned', 'closed at the very instant');
SELECT is(outcome_of('a@0', 'a > b within 1 hour', '2026-03-01 00:59:59.999999+00'), 'open', 'open a microsecond before');
SELECT is(outcome_of('a@0 b@5', 'a > b within 1 hour', '2026-03-01 00:30+00'), 'open', 'also when it has finished');
SELECT is(outcome_of('a@0 b@5', 'a > b within 1 hour', '2026-03-01 01:00+00'), 'completed', 'and completed later');
SELECT is(outcome_of('a@0 b@60', 'a > b within 1 hour', '2026-03-01 01:00+00'), 'completed', 'an event at as_of counts');
SELECT is(outcome_of('a@0 b@61', 'a > b within 1 day', '2026-03-01 01:00+00'), 'open', 'one after it does not');
SELECT is(outcome_of('a@90', 'a > b within 1 hour', '2026-03-01 01:00+00'), NULL, 'nor does an entry after it');
SELECT is(outcome_of('a@0 a@100', 'a > b within 1 hour', '2026-03-01 02:00+00'), 'abandoned', 'the first entry decides');
SELECT is((SELECT ROW(n(x), open(x), open_completed(x), n(completion(x)), (completion(x)::json ->> 'undecided'))::text FROM (SELECT funnel(actor, at, event, 'a > b within 1 hour', '2026-03-01 02:00+00') AS x FROM (VALUES (1, 'a@0 b@1'), (2, 'a@0'), (3, 'a@70 b@80'), (4, 'a@90'), (5, 'b@3'), (6, 'a@121')) AS v(actor, script), events(script)) AS s), '(2,2,1,2,2)', 'open actors stand beside the closed ones');
CREATE FUNCTION entered_by(bounds tstzrange) RETURNS text LANGUAGE sql AS $$
	SELECT funnel(actor, at, event, 'a > b within 1 hour', '2026-03-02', bounds)::json ->> 'reached' FROM (VALUES (1, 'a@0 b@1'), (2, 'a@10 b@30'), (3, 'a@20 a@40')) AS v(actor, script), events(script)
$$;
SELECT is(entered_by('[2026-03-01 00:00+00, 2026-03-01 00:10+00]'), '[2, 2]', 'both bounds belong');
SELECT is(entered_by('[2026-03-01 00:00+00, 2026-03-01 00:10+00)'), '[1, 1]', 'the upper does not');
SELECT is(entered_by('(2026-03-01 00:00+00, 2026-03-01 00:10+00]'), '[1, 1]', 'the lower does not');
SELECT is(entered_by('(2026-03-01 00:00+00, 2026-03-01 00:10+00)'), '[0, 0]', 'neither does');
SELECT is(entered_by('(, 2026-03-01 00:10+00)'), '[1, 1]', 'no lower bound');
SELECT is(entered_by('[2026-03-01 00:10+00,)'), '[2, 1]', 'no upper bound');
SELECT is(entered_by('(,)'), '[3, 2]', 'no bounds');
SELECT is(entered_by(NULL), '[3, 2]', 'NULL is none');
SELECT is(entered_by('empty'), '[0, 0]', 'an empty range');
SELECT is(entered_by('[-infinity,infinity]'), '[3, 2]', 'infinite bounds');
SELECT is(entered_by('(-infinity,infinity)'), '[3, 2]', 'infinite bounds that do not belong');
SELECT is(entered_by('[infinity,)'), '[0, 0]', 'nobody enters at infinity');
SELECT is(entered_by('(infinity,)'), '[0, 0]', 'nor after it');
SELECT is(entered_by('(,-infinity)'), '[0, 0]', 'nor before all time');
SELECT is(entered_by('(,-infinity]'), '[0, 0]', 'nor at its beginning');
SELECT is(entered_by('[2026-03-01 00:30+00,2026-03-01 00:30+00]'), '[0, 0]', 'later steps are no entries');
SELECT is(entered_by('[2026-03-01 00:10+00,2026-03-01 00:10+00]'), '[1, 1]', 'entries limit no later steps');

-- The kind of actors and times changes nothing
CREATE TABLE log AS SELECT (g * 7919 % 4001)::bigint AS actor, '2026-03-01 00:00+00'::timestamptz + (g * 104729::bigint % 100000) * interval '1 second' AS at, substr('abcdx', (1 + g * 31 % 5)::int, 1) AS event, g % 3 AS part FROM generate_series(1, 30000) AS g;
ALTER TABLE log SET (parallel_workers = 2);
ANALYZE log;
CREATE TABLE truth AS SELECT part, funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text AS x FROM log GROUP BY GROUPING SETS ((), (part));
SELECT ok((SELECT count(DISTINCT x) = 4 AND bool_and(n(x::funnel_summary) > 100 AND open(x::funnel_summary) > 10) FROM truth), 'there is something to compare');
SELECT is((SELECT string_agg(DISTINCT x, ' ') FROM (
	SELECT funnel(actor, at, event, steps, '2026-03-02', '[2026-03-01,)')::text FROM log, (VALUES ('a > [x] > b > !d > c within 6 hours')) AS v(steps)
	UNION ALL SELECT funnel(actor::text, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(actor::integer, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(actor::smallint, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(actor::varchar, at, event::varchar, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)'::tstzrange)::text FROM log
	UNION ALL SELECT funnel(repeat('long ', 100) || actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(md5(actor::text)::uuid, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel((actor - 2000) * 900719925474099, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(actor, at AT TIME ZONE 'UTC', event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02'::timestamp, '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(actor::text, at AT TIME ZONE 'UTC', event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02'::timestamp, '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(md5(actor::text)::uuid, at AT TIME ZONE 'UTC', event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02'::timestamp, '[2026-03-01,)')::text FROM log
	UNION ALL SELECT funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') FILTER (WHERE event <> 'never')::text FROM (SELECT * FROM log UNION ALL SELECT 1, '2026-03-01 00:00+00', 'never', 0) AS s) AS t(x)),
	(SELECT x FROM truth WHERE part IS NULL), 'bigint, integer, smallint, uuid, text, varchar, timestamp and timestamptz count the same');
SELECT is((SELECT funnel(actor, at::date, event, 'a > b > c within 1 day')::text FROM log), (SELECT funnel(actor, date_trunc('day', at), event, 'a > b > c within 1 day')::text FROM log), 'a date is a day at 00:00');
CREATE VIEW log_view AS SELECT part, funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') AS x FROM log GROUP BY part;
SELECT is((SELECT string_agg(x::text, ' ' ORDER BY part) FROM log_view), (SELECT string_agg(x, ' ' ORDER BY part) FROM truth WHERE part IS NOT NULL), 'a view with groups');
SELECT is((SELECT string_agg((SELECT funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') FROM log WHERE part = p)::text, ' ' ORDER BY p) FROM generate_series(0, 2) AS p), (SELECT string_agg(x, ' ' ORDER BY part) FROM truth WHERE part IS NOT NULL), 'grouping sets count as a query for each does');
-- Lists of actors agree with the counts
CREATE TABLE per_actor AS SELECT actor, depth(at, event, 'a > [x] > b > !d > c within 6 hours') FILTER (WHERE at <= '2026-03-02') AS depth, outcome(at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02') AS outcome, funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') AS x FROM log GROUP BY actor;
SELECT is((SELECT ROW(count(*) FILTER (WHERE outcome = 'completed'), count(*) FILTER (WHERE outcome IN ('completed', 'abandoned')), count(*) FILTER (WHERE outcome = 'open'))::text FROM per_actor), (SELECT ROW(n(elapsed(x::funnel_summary)), n(x::funnel_summary), open(x::funnel_summary))::text FROM truth WHERE part IS NULL), 'outcomes add up to the counts');
SELECT is((SELECT json_agg(ended ORDER BY k)::text FROM (SELECT k, count(*) FILTER (WHERE depth = k AND outcome <> 'open') AS ended FROM per_actor, generate_series(1, 4) AS k GROUP BY k) AS s), (SELECT x::json ->> 'ended' FROM truth WHERE part IS NULL), 'so do depths');
-- Two levels
SELECT is((SELECT rollup(x)::text FROM per_actor), (SELECT x FROM truth WHERE part IS NULL), 'two levels are one');
SELECT is((SELECT rollup(x ORDER BY md5(actor::text))::text FROM per_actor), (SELECT x FROM truth WHERE part IS NULL), 'in any order');
SELECT is((SELECT rollup(x)::text FROM (SELECT rollup(x) AS x FROM per_actor GROUP BY actor % 7 UNION ALL SELECT NULL UNION ALL SELECT '{}') AS s), (SELECT x FROM truth WHERE part IS NULL), 'over parts, with nothing among them');
SELECT is((SELECT funnel(j, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)')::text FROM (SELECT actor, rollup(x ORDER BY late DESC) AS j FROM (SELECT actor, extract(hour FROM at) >= 12 AS late, journey(at, event) AS x FROM log GROUP BY 1, 2) AS p GROUP BY actor) AS s), (SELECT x FROM truth WHERE part IS NULL), 'journeys of parts of the time, the latest merged first');
SELECT is((SELECT ((SELECT rollup(x) FROM per_actor WHERE actor < 300) + (SELECT rollup(x) FROM per_actor WHERE actor >= 300))::text), (SELECT x FROM truth WHERE part IS NULL), 'and so is a sum');
SELECT is((SELECT rollup(x) FROM per_actor WHERE false), NULL, 'rollup of nothing');
SELECT is((SELECT rollup(NULL::funnel_summary)), NULL, 'rollup of NULL');
\ir examples/plan_of.sql
ALTER TABLE per_actor SET (parallel_workers = 2);
ANALYZE per_actor;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT matches(plan_of('SELECT rollup(x) FROM per_actor'), 'Gather.*Partial Aggregate', 'rollup is planned in parallel');
SELECT is((SELECT rollup(x)::text FROM per_actor), (SELECT x FROM truth WHERE part IS NULL), 'with the same answer');
SET LOCAL parallel_leader_participation = off;
SELECT is((SELECT rollup(x)::text FROM per_actor), (SELECT x FROM truth WHERE part IS NULL), 'also by workers alone');
SELECT is((SELECT rollup(x) FROM per_actor WHERE actor < -1), NULL, 'which find nothing');
SELECT unalike(plan_of('SELECT funnel(actor, at, event, ''a'') FROM log'), '%Partial%', 'funnel over rows is not');
CREATE TABLE parts (LIKE log) PARTITION BY HASH (actor);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT * FROM log;
ANALYZE parts;
SET LOCAL enable_partitionwise_aggregate = on;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT matches(plan_of('SELECT actor, funnel(actor, at, event, ''a'') FROM parts GROUP BY actor'), 'Append.*Aggregate.*Aggregate', 'partitionwise plan');
SELECT is((SELECT rollup(x)::text FROM (SELECT funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') AS x FROM parts GROUP BY actor) AS s), (SELECT x FROM truth WHERE part IS NULL), 'partitionwise answer');
CREATE TABLE shares (LIKE log) PARTITION BY LIST ((actor % 2));
CREATE TABLE shares_even PARTITION OF shares FOR VALUES IN (0);
CREATE TABLE shares_odd PARTITION OF shares FOR VALUES IN (1, -1);
INSERT INTO shares SELECT * FROM log;
ANALYZE shares;
SELECT matches(plan_of('SELECT actor % 2, funnel(actor, at, event, ''a'') FROM shares GROUP BY actor % 2'), 'Append.*Aggregate.*Aggregate', 'partitionwise plan by shares of the actors');
SELECT is((SELECT rollup(x)::text FROM (SELECT funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') AS x FROM shares GROUP BY actor % 2) AS s), (SELECT x FROM truth WHERE part IS NULL), 'and its answer');
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT matches(plan_of('SELECT rollup(x) FROM (SELECT funnel(actor, at, event, ''a > b'') AS x FROM ' || relation || ' GROUP BY ' || key || ') AS s'), 'Finalize Aggregate.*Gather.*Partial Aggregate.*Parallel Append.*Aggregate.*Scan.*Aggregate.*Scan', 'two levels are planned in parallel: ' || relation) FROM (VALUES ('parts', 'actor'), ('shares', 'actor % 2')) AS v(relation, key);
SELECT is((SELECT rollup(x)::text FROM (SELECT funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') AS x FROM parts GROUP BY actor) AS s), (SELECT x FROM truth WHERE part IS NULL), 'with the same answer, actor by actor');
SELECT is((SELECT rollup(x)::text FROM (SELECT funnel(actor, at, event, 'a > [x] > b > !d > c within 6 hours', '2026-03-02', '[2026-03-01,)') AS x FROM shares GROUP BY actor % 2) AS s), (SELECT x FROM truth WHERE part IS NULL), 'and by shares of the actors');
SET LOCAL max_parallel_workers_per_gather = 0;

-- A group of one actor with one event takes little memory beyond what any group takes
CREATE FUNCTION peak_kilobytes(query text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Peak Memory Usage';
END
$$;
CREATE TABLE single AS SELECT i::bigint AS actor, '2026-03-01'::timestamptz AS at, 'a' AS event FROM generate_series(1, 100000) AS i;
ALTER TABLE single ALTER actor SET (n_distinct = -1);
ANALYZE single;
SET LOCAL work_mem = '256MB';
SET LOCAL enable_sort = off;
SELECT cmp_ok((peak_kilobytes($$ SELECT actor, funnel(actor, at, event, 'a > b') FROM single GROUP BY actor $$) - peak_kilobytes('SELECT actor, count(*) FROM single GROUP BY actor')) * 1024 / 100000, '<', 256, 'bytes of an actor with one event');
CREATE TABLE crowd AS SELECT i % 1000 AS actor, '2026-03-01'::timestamptz + i * interval '1 second' AS at, 'a' AS event FROM generate_series(1, 200000) AS i;
ANALYZE crowd;
SELECT cmp_ok((peak_kilobytes($$ SELECT actor, funnel(actor, at, event, 'a > b') FROM crowd GROUP BY actor $$) - peak_kilobytes('SELECT actor, count(*) FROM crowd GROUP BY actor')) * 1024 / 200000, '>=', 8, 'what actors with many events take is counted as memory of the aggregation');

-- What cannot be asked
SELECT throws_ok($$ SELECT depth(at, event, 'a') OVER () FROM log $$, '0A000', NULL, 'no window function');
SELECT throws_ok($$ SELECT funnel(actor, at, event, 'a within 1 hour', NULL) FROM log $$, '22004', 'as_of must not be null', 'as_of NULL');
SELECT throws_ok($$ SELECT funnel(actor, at, event, 'a', '2026-03-01') FROM log $$, '22023', 'as_of needs a pattern with a time limit', 'as_of without a time limit');
SELECT throws_ok($$ SELECT funnel(actor, at, event, event::step_pattern) FROM log $$, '22023', 'steps must not change within a group', 'steps that change');
SELECT throws_ok($$ SELECT funnel(actor, at, event, 'a within 1 hour', at) FROM log $$, '22023', 'as_of must not change within a group', 'as_of that changes');
SELECT lives_ok($$ SELECT event, funnel(actor, at, event, event::step_pattern) FROM log GROUP BY event $$, 'groups with steps of their own');
SELECT is((SELECT string_agg(x::json ->> 'steps', ' ' ORDER BY event) FROM (SELECT event, funnel(actor, at, event, event::step_pattern) AS x FROM log GROUP BY event) AS s), 'a b c d x', 'each counts its own');

-- Patterns are made ready once each, however groups of several of them follow each other
CREATE TABLE mixed AS SELECT i AS actor, '2026-03-01'::timestamptz AS at, 'a' AS event, (ARRAY['a > b', 'a', 'b > a'])[1 + i % 3]::step_pattern AS steps FROM generate_series(1, 20000) AS i;
DECLARE many_groups CURSOR FOR SELECT funnel(actor::bigint, at, event, steps) FROM mixed GROUP BY actor;
MOVE 1 FROM many_groups;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name = 'ExecutorState'), '<', 4000000, 'groups of the same steps share them');

-- Sorting, of values with short headers that every comparison reads
CLOSE many_groups;
CREATE TABLE sorted_steps AS SELECT format('a%s > b', i * 7919 % 20011)::step_pattern AS x FROM generate_series(1, 20000) AS i;
DECLARE sorting_steps CURSOR FOR SELECT x FROM sorted_steps ORDER BY x;
MOVE 1 FROM sorting_steps;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name LIKE 'TupleSort%' OR name = 'ExecutorState'), '<', 8000000, 'a sort of steps leaves nothing behind for each comparison');
CLOSE sorting_steps;
CREATE TABLE sorted_funnels AS SELECT funnel(i::bigint, '2026-03-01'::timestamptz, 'a', format('a > b%s', i * 7919 % 20011)::step_pattern) AS x FROM generate_series(1, 20000) AS i GROUP BY i;
DECLARE sorting_funnels CURSOR FOR SELECT x FROM sorted_funnels ORDER BY x;
MOVE 1 FROM sorting_funnels;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name LIKE 'TupleSort%' OR name = 'ExecutorState'), '<', 12000000, 'nor does one of funnels');

-- Names of events as tables keep long ones: compressed, and apart from their rows
CREATE TABLE toasted (storage text, actor bigint, at timestamptz, event text, filler text);
ALTER TABLE toasted ALTER filler SET STORAGE PLAIN;
INSERT INTO toasted SELECT 'compressed', a, '2026-03-01 00:00+00'::timestamptz + i * interval '1 hour', repeat(substr('abc', i, 1), 900), repeat('x', 1500) FROM generate_series(1, 3) AS a, generate_series(1, a) AS i;
ALTER TABLE toasted ALTER event SET STORAGE EXTERNAL;
INSERT INTO toasted SELECT 'apart', actor, at, event || '', filler FROM toasted;
SELECT is((SELECT string_agg(format('%s %s', storage, stored), ', ' ORDER BY storage) FROM (SELECT DISTINCT storage, pg_column_size(event) < 900 AS stored FROM toasted) AS s), 'apart f, compressed t', 'long names are stored both ways');
SELECT is((SELECT string_agg(x ->> 'reached', ' ' ORDER BY storage) FROM (SELECT storage, funnel(actor, at, event, format('%s > %s > %s', repeat('a', 900), repeat('b', 900), repeat('c', 900)))::json AS x FROM toasted GROUP BY storage) AS s), '[3, 2, 1] [3, 2, 1]', 'and read');

-- At a step that may be left out fewer arrive than end there or later, but none may end who has not come
SELECT lives_ok($$SELECT '{"steps": "a > [b] > c", "reached": [2, 1, 1], "ended": [0, 1, 1], "open": [0, 0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}", "{\"finished\": [1]}"]}'::funnel_summary$$, 'one ends at an optional step');
SELECT throws_ok($$SELECT '{"steps": "a > [b] > c", "reached": [2, 0, 1], "ended": [0, 1, 1], "open": [0, 0, 0], "elapsed": ["{\"finished\": [1]}", "{}", "{\"finished\": [1]}"]}'::funnel_summary$$, '22003', 'no actors have these counts', 'but not without having come to it');

SELECT * FROM finish();
ROLLBACK;
