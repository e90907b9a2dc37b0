-- Retention of random events against plain SQL, in six time zones with their changes of clocks; what stays the same whatever the rows' order.
BEGIN;
SELECT plan(132);
SET LOCAL timezone = 'Asia/Kathmandu'; -- which must not matter
SET LOCAL datestyle = 'SQL, DMY';

-- 120 actors with up to 14 events from October to May, many within two hours of midnight in UTC
SELECT setseed(0.37);
CREATE TABLE log AS SELECT actor, '2025-10-01 00:00+00'::timestamptz + floor(random() * random() * 230) * interval '1 day' + (random() * 4 - 2) * interval '1 hour' * CASE WHEN random() < 0.7 THEN 1 ELSE 6 END AS at,
	(ARRAY['join', 'visit', 'visit', 'buy'])[1 + floor(random() * 4)::int] AS event
	FROM generate_series(1, 120) AS actor, LATERAL generate_series(1, actor % 15);
-- the same instant as the first event, and the ends of days whose clocks change in Rome
INSERT INTO log SELECT actor, min(at), 'buy' FROM log WHERE actor % 3 = 0 GROUP BY actor;
INSERT INTO log SELECT actor, t, e FROM unnest('{7,8,9,22}'::bigint[]) AS actor, unnest('{2025-10-25 21:59:59.999999+00,2025-10-25 22:00:00+00,2025-10-26 22:59:59.999999+00,2025-10-26 23:00:00+00,2026-03-29 21:59:59.999999+00,2026-03-29 22:00:00+00,2026-03-28 23:00:00+00}'::timestamptz[]) AS t, unnest('{join,visit}'::text[]) AS e WHERE (actor + extract(day FROM t)::int) % 2 = 0;

CREATE FUNCTION period_of(at timestamptz, unit text, zone text) RETURNS date LANGUAGE sql IMMUTABLE AS $$ SELECT date_trunc(unit, at AT TIME ZONE zone)::date $$;
CREATE FUNCTION later(period date, k integer, unit text) RETURNS date LANGUAGE sql IMMUTABLE AS $$ SELECT (period + k * ('1 ' || unit)::interval)::date $$;
CREATE FUNCTION is_over(period date, unit text, zone text, as_of timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT later(period, 1, unit)::timestamp AT TIME ZONE zone <= as_of $$;
-- Actors with their cohort, and the periods they were active in
CREATE TYPE activity AS (actor bigint, cohort date, period date);
CREATE FUNCTION activities(unit text, zone text, first text, again text) RETURNS SETOF activity LANGUAGE sql AS $$
	WITH firsts AS (SELECT actor, min(at) AS began FROM log WHERE first = '*' OR event = first GROUP BY actor)
	SELECT DISTINCT actor, period_of(began, unit, zone), period_of(at, unit, zone)
	FROM firsts LEFT JOIN log USING (actor) WHERE at >= began AND (again = '*' OR event = again)
	UNION SELECT actor, period_of(began, unit, zone), NULL FROM firsts
$$;
CREATE FUNCTION expected_report(unit text, zone text, first text, again text, rolling boolean, as_of timestamptz, shown date)
RETURNS TABLE (cohort date, period integer, actors bigint, cohort_size bigint, complete boolean) LANGUAGE sql AS $$
	WITH a AS MATERIALIZED (SELECT * FROM activities(unit, zone, first, again)),
	cohorts AS (SELECT a.cohort, count(DISTINCT actor) AS size FROM a GROUP BY 1),
	cells AS MATERIALIZED (SELECT c.cohort, size, k, later(c.cohort, k, unit) AS period FROM cohorts AS c CROSS JOIN generate_series(0, 300) AS k)
	SELECT c.cohort, k, count(DISTINCT a.actor), size, is_over(c.period, unit, zone, as_of)
	FROM cells AS c LEFT JOIN a ON a.cohort = c.cohort AND CASE WHEN rolling THEN a.period >= c.period ELSE a.period = c.period END
	WHERE c.period <= shown GROUP BY c.cohort, k, c.period, size
$$;
CREATE FUNCTION expected_lifecycle(unit text, zone text, first text, again text, as_of timestamptz, shown date)
RETURNS TABLE (period_start date, actors bigint, new bigint, "returning" bigint, resurrected bigint, dormant bigint, complete boolean) LANGUAGE sql AS $$
	WITH a AS MATERIALIZED (SELECT * FROM activities(unit, zone, first, again)),
	there AS MATERIALIZED (SELECT *, lag(period) OVER w AS before, lead(period) OVER w AS next FROM (SELECT DISTINCT actor, cohort, coalesce(period, cohort) AS period FROM a) AS d WINDOW w AS (PARTITION BY actor ORDER BY period)),
	starts AS MATERIALIZED (SELECT later((SELECT min(period) FROM there), k, unit) AS p FROM generate_series(0, 300) AS k),
	periods AS MATERIALIZED (SELECT p, later(p, -1, unit) AS last, is_over(p, unit, zone, as_of) AS over FROM starts WHERE p <= shown)
	SELECT p, (SELECT count(*) FROM there WHERE period = p), (SELECT count(*) FROM there WHERE period = p AND before IS NULL),
		(SELECT count(*) FROM there WHERE period = p AND before = last),
		(SELECT count(*) FROM there WHERE period = p AND before < last),
		CASE WHEN over THEN (SELECT count(*) FROM there WHERE period = last AND next IS DISTINCT FROM p) END,
		over
	FROM periods
$$;
CREATE FUNCTION expected_stickiness(unit text, zone text, first text, again text, length integer, as_of timestamptz, shown date)
RETURNS TABLE (period_start date, actors bigint, window_actors bigint, mean_actors float8, share float8, complete boolean) LANGUAGE sql AS $$
	WITH a AS MATERIALIZED (SELECT * FROM activities(unit, zone, first, again)),
	there AS MATERIALIZED (SELECT DISTINCT actor, coalesce(period, cohort) AS period FROM a),
	starts AS MATERIALIZED (SELECT k, later((SELECT min(period) FROM there), k, unit) AS p FROM generate_series(0, 300) AS k),
	periods AS MATERIALIZED (SELECT p, later(p, -length, unit) AS until, is_over(p, unit, zone, as_of) AND k >= length - 1 AS known FROM starts WHERE p <= shown)
	SELECT p, now, many, CASE WHEN known THEN all_of::float8 / length END, CASE WHEN known AND many > 0 THEN all_of::float8 / length / many END, known
	FROM periods, LATERAL (SELECT count(*) FILTER (WHERE period = p) AS now, count(DISTINCT actor) AS many, count(*) AS all_of
		FROM there WHERE period <= p AND period > until) AS w
$$;

-- Compares all that can be asked of a summary, and returns the lines of the test
CREATE FUNCTION differences(expected text, actual text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('WITH e AS (%s), f AS (%s) SELECT (SELECT count(*) FROM (SELECT * FROM e EXCEPT ALL SELECT * FROM f) AS d) + (SELECT count(*) FROM (SELECT * FROM f EXCEPT ALL SELECT * FROM e) AS d) + CASE WHEN (SELECT count(*) FROM e) < 2 THEN 1000 ELSE 0 END', expected, actual) INTO result;
	RETURN result;
END
$$;
CREATE FUNCTION against_sql(unit text, zone text, first text, again text, given timestamptz) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	x retention_summary = CASE WHEN first IS NULL THEN (SELECT retention(actor, at, unit, zone) FROM log) ELSE (SELECT retention(actor, at, event, first, again, unit, zone) FROM log) END;
	newest timestamptz = (SELECT max(at) FROM log);
	as_of timestamptz = coalesce(given, newest);
	shown date = period_of(CASE WHEN given <> newest THEN given - interval '1 microsecond' ELSE as_of END, unit, zone);
	args text = format('%L, %L, %L, %L', unit, zone, coalesce(first, '*'), coalesce(again, '*'));
	name text = format('by %s in %s, %s, as of %s', unit, zone, coalesce(first || ' to ' || again, 'any event'), coalesce((given AT TIME ZONE 'UTC')::text, 'the latest event'));
BEGIN
	RETURN NEXT is(differences(format('SELECT * FROM expected_report(%s, false, %L, %L)', args, as_of, shown),
		format('SELECT cohort, period, actors, cohort_size, complete FROM report(%L, false, %L)', x, given)), 0::bigint, 'report ' || name);
	IF given IS NULL OR given >= newest THEN
		RETURN NEXT is(differences(format('SELECT * FROM expected_report(%s, true, %L, %L)', args, as_of, shown),
			format('SELECT cohort, period, actors, cohort_size, complete FROM report(%L, true, %L)', x, given)), 0::bigint, 'rolling report ' || name);
	END IF;
	RETURN NEXT is(differences(format('SELECT period, sum(actors)::bigint, sum(cohort_size)::bigint, count(*) FROM expected_report(%s, false, %L, %L) WHERE complete GROUP BY period', args, as_of, shown),
		format('SELECT period, actors, cohort_size, cohorts FROM curve(%L, false, %L)', x, given)), 0::bigint, 'curve ' || name);
	RETURN NEXT is(differences(format('SELECT * FROM expected_lifecycle(%s, %L, %L)', args, as_of, shown), format('SELECT * FROM lifecycle(%L, %L)', x, given)), 0::bigint, 'lifecycle ' || name);
	RETURN NEXT is(differences(format('SELECT period_start, actors, window_actors, round(mean_actors::numeric, 9), round(share::numeric, 9), complete FROM expected_stickiness(%s, 3, %L, %L)', args, as_of, shown),
		format('SELECT period_start, actors, window_actors, round(mean_actors::numeric, 9), round(share::numeric, 9), complete FROM stickiness(%L, 3, %L)', x, given)), 0::bigint, 'stickiness ' || name);
END
$$;
SELECT against_sql('month', 'UTC', NULL, NULL, NULL);
SELECT against_sql('week', 'Europe/Rome', NULL, NULL, '2026-06-15 12:00+00');
SELECT against_sql('day', 'America/New_York', NULL, NULL, '2026-05-01 04:00+00');
SELECT against_sql('day', 'Europe/Rome', NULL, NULL, '2026-03-29 22:00+00');
SELECT against_sql('month', 'Europe/Rome', 'join', 'visit', '2026-06-30 22:00+00');
SELECT against_sql('month', 'Europe/Rome', 'join', 'visit', '2026-06-30 21:59:59.999999+00');
SELECT against_sql('week', 'Asia/Kolkata', 'join', '*', NULL);
SELECT against_sql('week', 'UTC', 'visit', 'visit', '2026-01-05 00:00+00');
SELECT against_sql('day', 'Australia/Lord_Howe', '*', 'buy', NULL);
SELECT against_sql('month', 'America/St_Johns', 'buy', 'join', NULL);

-- A name that is an abbreviation, too, has summer time, unlike AT TIME ZONE
SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = 'CET') AS has_cet \gset
\if :has_cet
SELECT is((SELECT r.cohort FROM report((SELECT retention(1, '2026-06-30 22:30+00'::timestamptz, 'month', 'CET'))) AS r), date '2026-07-01', 'CET is a time zone');
\else
SELECT skip('CET is no time zone here: such names come apart from the others', 1);
\endif

-- What a report as of an instant says does not depend on how much came later
CREATE FUNCTION january(until date) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(r::text, E'\n') FROM report((SELECT retention(d % 5, date '2026-01-01' + d, 'month') FROM generate_series(0, until - date '2026-01-02') AS d), as_of => '2026-02-01 00:00+00') AS r
$$;
SELECT is(january('2026-03-20'), january('2026-02-01'), 'a period that begins then has not begun');

-- Shares and intervals are those of a rate, and NULL until a period is over
CREATE TABLE x AS SELECT retention(actor, at, 'month') AS x FROM log;
SELECT is((SELECT count(*)::int FROM x, report(x) AS r WHERE (share, low, high) IS DISTINCT FROM CASE WHEN complete THEN (actors::float8 / cohort_size, low(rate_summary(actors, cohort_size)), high(rate_summary(actors, cohort_size))) ELSE (NULL::float8, NULL::float8, NULL::float8) END), 0, 'shares of cohorts');
SELECT is((SELECT count(*)::int FROM x, report(x, confidence => 0.8) AS r WHERE complete AND (low, high) IS DISTINCT FROM (low(rate_summary(actors, cohort_size), 0.8), high(rate_summary(actors, cohort_size), 0.8))), 0, 'at another confidence');
SELECT is((SELECT count(*)::int FROM x, curve(x) AS r WHERE (share, low, high) IS DISTINCT FROM (actors::float8 / cohort_size, low(rate_summary(actors, cohort_size)), high(rate_summary(actors, cohort_size)))), 0, 'shares of all cohorts');
SELECT is((SELECT count(*)::int FROM x, curve(x) AS r WHERE (successes(retained(x, period)), n(retained(x, period)), n(x)) IS DISTINCT FROM (actors, cohort_size, n(retained(x, period)) + undecided(retained(x, period)))), 0, 'retained() is the curve as a rate; who cannot have come back yet is undecided');
SELECT is((SELECT n(x) FROM x), (SELECT count(DISTINCT actor) FROM log), 'n is the number of actors');
SELECT is((SELECT latest(x) FROM x), (SELECT max(at) FROM log), 'latest is that of the rows');
SELECT is((SELECT latest(retention(actor, at, event, 'none', 'visit', 'day')) FROM log), (SELECT max(at) FROM log), 'also of rows that make no cohort');
SELECT is((SELECT n(retention(actor, at, event, 'none', 'visit', 'day')) FROM log), 0::bigint, 'which nobody is in then');
SELECT is((SELECT count(*) FROM report((SELECT retention(actor, at, event, 'none', 'visit', 'day') FROM log))), 0::bigint, 'nor is there a row');
SELECT is((SELECT retention(actor, at, 'day') FROM log WHERE false), NULL, 'nothing gives NULL');
SELECT is((SELECT retention(NULLIF(actor, actor), at, 'day') FROM log), NULL, 'nor is a row without an actor seen');
SELECT is((SELECT retention(actor, at, NULLIF(event, event), 'a', 'b', 'day') FROM log), NULL, 'or one without an event');

-- What others get wrong
SELECT is((SELECT array_agg(actors ORDER BY period) FROM report((SELECT retention(1, at, event, 'join', 'visit', 'month') FROM (VALUES ('2026-01-05 00:00+00'::timestamptz, 'visit'), ('2026-02-10 00:00+00', 'visit'), ('2026-02-10 12:00+00', 'join'), ('2026-04-01 00:00+00', 'visit'), ('2026-05-01 00:00+00', 'x')) AS v(at, event)))), '{0,0,1,0}', 'a return before the first event is none, in its period, either');
SELECT is((SELECT array_agg(actors ORDER BY period) FROM report((SELECT retention(1, at, event, 'join', 'visit', 'month') FROM (VALUES ('2026-02-10 00:00+00'::timestamptz, 'visit'), ('2026-02-10 00:00+00', 'join')) AS v(at, event)))), '{1}', 'one at the same instant is');
SELECT is((SELECT array_agg(format('%s:%s', period, actors) ORDER BY period) FROM report((SELECT retention(1, at, 'week', 'UTC') FROM unnest('{2026-01-05 00:00+00,2026-01-28 00:00+00}'::timestamptz[]) AS at))), '{0:1,1:0,2:0,3:1}', 'a period of a cohort that nobody came back in is not missing');
SELECT is((SELECT array_agg(coalesce(share::text, 'NULL') ORDER BY period) FROM report((SELECT retention(1, at, 'week', 'UTC') FROM unnest('{2026-01-05 00:00+00,2026-01-22 00:00+00}'::timestamptz[]) AS at), as_of => '2026-02-01 23:00+00')), ARRAY['1', '0', '1', 'NULL'], 'a period that is not over is not one of zero');
SELECT is((SELECT array_agg(actors ORDER BY period) FROM report((SELECT retention(1, at, 'day', 'Europe/Rome') FROM unnest('{2026-03-28 23:30+00,2026-03-29 22:30+00,2026-10-24 22:30+00,2026-10-25 22:30+00,2026-10-25 23:30+00}'::timestamptz[]) AS at)) WHERE period IN (0, 1, 2, 210, 211)), '{1,1,0,1,1}', 'a day has 23 or 25 hours where it does');

-- The same bytes, however the rows come
CREATE FUNCTION same(query text, first text, again text, unit text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	result boolean;
BEGIN
	EXECUTE format('SELECT (SELECT retention_summary_send(retention(actor, at, event, %2$L, %3$L, %4$L)) FROM log) = (%1$s) AND (SELECT retention_summary_send(retention(actor, at, %4$L)) FROM log) = (%5$s)', format(query, format(', event, %L, %L, %L', first, again, unit)), first, again, unit, format(query, format(', %L', unit))) INTO result;
	RETURN result;
END
$$;
SELECT ok(same(query, 'join', again, unit), format('%s, %s by %s', words, again, unit)) FROM (VALUES
	('in any order', 'SELECT retention_summary_send(retention(actor, at%s)) FROM (SELECT * FROM log ORDER BY random()) AS s'),
	('in order of time', 'SELECT retention_summary_send(retention(actor, at%s ORDER BY at DESC)) FROM log'),
	('twice', 'SELECT retention_summary_send(retention(actor, at%s)) FROM (TABLE log UNION ALL TABLE log) AS s'),
	('actor by actor', 'SELECT retention_summary_send(rollup(r)) FROM (SELECT retention(actor, at%s) AS r FROM log GROUP BY actor) AS s'),
	('merged in another order', 'SELECT retention_summary_send(rollup(r ORDER BY random())) FROM (SELECT retention(actor, at%s) AS r FROM log GROUP BY actor %% 17) AS s'),
	('text actors', 'SELECT retention_summary_send(retention(actor::text, at%s)) FROM log'),
	('varchar actors', 'SELECT retention_summary_send(retention(actor::varchar, at%s)) FROM log'),
	('integer actors', 'SELECT retention_summary_send(retention(actor::int, at%s)) FROM log'),
	('uuid actors', 'SELECT retention_summary_send(retention(md5(actor::text)::uuid, at%s)) FROM log'),
	('far apart actors', 'SELECT retention_summary_send(retention(actor * 61489146912345 - 9000000000000000000, at%s)) FROM log'),
	('timestamp', 'SELECT retention_summary_send(retention(actor, at AT TIME ZONE ''UTC''%s)) FROM log')) AS q(words, query), (VALUES ('visit', 'month'), ('*', 'day')) AS f(again, unit);
SELECT is((SELECT retention(actor, (at AT TIME ZONE 'UTC')::date, 'week') FROM log), (SELECT retention(actor, date_trunc('day', at, 'UTC'), 'week') FROM log), 'a date is that date, whatever the time zone of the session');
SELECT is((SELECT rollup(r)::text FROM (SELECT a.x + b.x AS r FROM (SELECT retention(actor, at, 'month') FILTER (WHERE actor < 70) AS x FROM log) AS a, (SELECT retention(actor, at, 'month') FILTER (WHERE actor >= 70) AS x FROM log) AS b) AS s), (SELECT x::text FROM x), '+ is the union of different actors');
SELECT is((SELECT merge(x, NULL) FROM x), (SELECT x FROM x), 'with nobody it is what it was');
SELECT is((SELECT count(*)::int FROM x WHERE x::text::retention_summary = x AND x::jsonb::text::retention_summary = x), 1, 'the text form is the value');

-- Many periods: ten years of days
SELECT is((SELECT n(retention(day % 1000, '2015-01-01 00:00+00'::timestamptz + day * interval '1 day', 'day')) FROM generate_series(0, 3659) AS day), 1000::bigint, 'ten years of days fit');
SELECT is((SELECT count(*) FROM report((SELECT retention(day % 1000, '2021-01-01 00:00+00'::timestamptz + day * interval '1 day', 'day') FROM generate_series(0, 999) AS day))), 500500::bigint, 'a thousand days are half a million cells');
SELECT cmp_ok((SELECT pg_column_size(retention(i % 997, '2021-01-01 00:00+00'::timestamptz + hashint4(i) % 500 * interval '1 day', 'day')) FROM generate_series(0, 99999) AS i), '<', 100000, 'what is counted is packed');
-- Over journeys: the same bytes, however the events of an actor are told apart and whatever the clocks do
CREATE TABLE packed AS SELECT actor, actor % 7 AS part, journey(at, event) AS j FROM log GROUP BY actor;
INSERT INTO packed (actor, j) VALUES (-1, NULL), (-2, '{}');
CREATE FUNCTION over_journeys(zones text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	unit text; zone text; first text; again text;
	bad text[] = '{}'; number integer = 0; mixed integer = 0; result boolean; args text;
BEGIN
	FOR unit, zone, first, again IN SELECT u, z, f, a FROM unnest('{day,week,month}'::text[]) AS u, unnest(zones) AS z,
		(VALUES (NULL, NULL), ('join', 'visit'), ('visit', 'visit'), ('*', 'buy'), ('buy', '*'), ('*', '*'), ('none', 'visit'), ('join', 'none'), ('none', '*')) AS f(f, a)
	LOOP
		args := concat_ws(', ', quote_literal(first), quote_literal(again), quote_literal(unit), quote_literal(zone));
		EXECUTE format('SELECT retention_summary_send(j) = retention_summary_send(r) FROM (SELECT retention(j, %1$s) AS j FROM packed) AS a, (SELECT retention(actor, at, %2$s%1$s) AS r FROM log) AS b', args, CASE WHEN first IS NOT NULL THEN 'event, ' ELSE '' END) INTO result;
		number := number + 1;
		bad := bad || CASE WHEN result IS NOT TRUE THEN args END;
		EXECUTE format('SELECT count(*) FROM (SELECT part, retention(j, %1$s) AS j FROM packed WHERE actor > 0 GROUP BY part) AS a FULL JOIN (SELECT actor %% 7 AS part, retention(actor, at, %2$s%1$s) AS r FROM log GROUP BY part) AS b USING (part) WHERE retention_summary_send(j) = retention_summary_send(r)', args, CASE WHEN first IS NOT NULL THEN 'event, ' ELSE '' END) INTO mixed;
		bad := bad || CASE WHEN mixed <> 7 THEN args || ' in groups' END;
	END LOOP;
	RETURN NEXT is(number, 27 * cardinality(zones), 'ways to ask');
	RETURN NEXT is(array_remove(bad, NULL), '{}', 'over journeys it is retention over the rows, byte for byte');
END
$$;
SELECT over_journeys('{UTC,europe/rome,America/Sao_Paulo,America/St_Johns,Australia/Lord_Howe,NULL}');
SELECT is((SELECT rollup(r) FROM (SELECT retention(j, 'join', 'visit', 'week', 'Europe/Rome') AS r FROM packed GROUP BY actor) AS s), (SELECT retention(actor, at, event, 'join', 'visit', 'week', 'Europe/Rome') FROM log), 'merged');
SELECT is((SELECT count(*)::int FROM (SELECT (retention(j, 'day') OVER (ORDER BY actor))::text AS x, actor FROM packed WHERE actor > 0) AS s JOIN (SELECT b.actor, (SELECT retention(actor, at, 'day') FROM log AS l WHERE l.actor <= b.actor)::text AS x FROM packed AS b WHERE b.actor % 9 = 0) AS t USING (actor, x)), (SELECT count(*)::int FROM packed WHERE actor > 0 AND actor % 9 = 0), 'also over a window');
SELECT is((SELECT retention(j, 'month') FROM packed WHERE actor < 0), NULL, 'no journey, or one of no events, is not seen');
SELECT is((SELECT retention(j, 'a', 'b', 'month') FROM packed WHERE false), NULL, 'nothing gives NULL');
SELECT is((SELECT n(retention(journey, 'day')) FROM (SELECT journey(at, 'x') FROM (SELECT day % 1000 AS actor, '2015-01-01 00:00+00'::timestamptz + day * interval '1 day' AS at FROM generate_series(0, 3659) AS day) AS s GROUP BY actor) AS t), 1000::bigint, 'ten years of days fit');
SELECT is((SELECT retention(journey, 'day') FROM (SELECT journey(at, 'x') FROM generate_series('2015-01-01 00:00+00'::timestamptz, '2025-01-07 00:00+00', '1 day') AS at) AS s), (SELECT retention(1, at, 'day') FROM generate_series('2015-01-01 00:00+00'::timestamptz, '2025-01-07 00:00+00', '1 day') AS at), 'also of one actor');
-- Newfoundland put its clocks back a minute after midnight, so that the last hour of October came again
CREATE TABLE clocks AS SELECT (random() * 30)::bigint AS actor, '2009-11-01 02:28:30+00'::timestamptz + floor(random() * 20) * interval '20 seconds' + (i % 5 / 4) * interval '40 days' AS at, (ARRAY['join', 'visit'])[1 + i % 2] AS event FROM generate_series(1, 200) AS i;
CREATE TABLE clocks_packed AS SELECT actor, journey(at, event) AS j FROM clocks GROUP BY actor;
SELECT cmp_ok((SELECT count(*)::int FROM (SELECT (at AT TIME ZONE 'America/St_Johns')::date AS day, lag((at AT TIME ZONE 'America/St_Johns')::date) OVER (PARTITION BY actor ORDER BY at) AS before FROM clocks) AS s WHERE day < before), '>', 5, 'some days begin twice');
SELECT is((SELECT retention(j, unit, 'America/St_Johns') FROM clocks_packed), (SELECT retention(actor, at, unit, 'America/St_Johns') FROM clocks), 'by ' || unit || ' where clocks go back over midnight') FROM unnest('{day,month}'::text[]) AS unit;
SELECT is((SELECT retention(j, first, again, unit, 'America/St_Johns') FROM clocks_packed), (SELECT retention(actor, at, event, first, again, unit, 'America/St_Johns') FROM clocks), format('%s to %s by %s', first, again, unit))
FROM unnest('{day,month}'::text[]) AS unit, (VALUES ('join', 'visit'), ('*', 'join'), ('visit', '*')) AS v(first, again);
-- In parallel, which changes nothing
\ir examples/plan_of.sql
ANALYZE packed;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT matches(plan_of('SELECT retention(j, ''join'', ''visit'', ''day'') FROM packed'), 'Finalize Aggregate.*Gather.*Partial Aggregate', 'a parallel plan');
SELECT matches(plan_of('SELECT part, retention(j, ''day'') FROM packed WHERE actor > 0 GROUP BY part'), 'Finalize.*Gather.*Partial', 'and of groups');
SELECT over_journeys('{europe/rome}');
SET LOCAL parallel_leader_participation = off;
SELECT over_journeys('{europe/rome}');
SELECT is((SELECT retention(j, 'month') FROM packed WHERE actor < 0), NULL, 'workers see nothing, either');
CREATE TABLE one_of_two AS SELECT * FROM packed WHERE actor < 0 OR actor = 22;
SELECT is((SELECT retention(j, 'month') FROM one_of_two), (SELECT retention(actor, at, 'month') FROM log WHERE actor = 22), 'what some see is kept');
SELECT throws_ok(format('SELECT retention(j, %s) FROM packed', args), '22023', what || ' must not change within a group', what || ' that changes')
FROM (VALUES ('period', $$CASE WHEN actor % 2 = 0 THEN 'day' ELSE 'week' END$$), ('timezone', $$'day', CASE WHEN actor % 2 = 0 THEN 'Europe/Rome' ELSE 'europe/rome' END$$),
	('first event', $$CASE WHEN actor % 2 = 0 THEN 'a' ELSE 'b' END, 'b', 'day'$$), ('return event', $$'a', CASE WHEN actor % 2 = 0 THEN 'a' ELSE 'b' END, 'day'$$)) AS v(what, args);
-- the same where each worker sees but one of them
CREATE TABLE halves (actor bigint, j event_journey) PARTITION BY LIST (actor);
CREATE TABLE halves_1 PARTITION OF halves FOR VALUES IN (1) WITH (parallel_workers = 1);
CREATE TABLE halves_2 PARTITION OF halves FOR VALUES IN (2) WITH (parallel_workers = 1);
INSERT INTO halves SELECT 1 + abs(actor % 2), j FROM packed;
SET LOCAL enable_partitionwise_aggregate = on;
SELECT matches(plan_of('SELECT retention(j, CASE actor WHEN 1 THEN ''day'' ELSE ''week'' END) FROM halves'), 'Finalize Aggregate.*Append.*Partial Aggregate.*Partial Aggregate', 'a plan that merges parts');
SELECT throws_ok($$SELECT retention(j, CASE actor WHEN 1 THEN 'day' ELSE 'week' END) FROM halves$$, '22023', 'period must not change within a group', 'a part of its own');
SELECT is((SELECT retention(j, 'join', 'visit', 'week') FROM halves), (SELECT retention(actor, at, event, 'join', 'visit', 'week') FROM log), 'parts give the whole');
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is((SELECT retention(j, 'join', 'visit', 'week') FROM halves), (SELECT retention(actor, at, event, 'join', 'visit', 'week') FROM log), 'also without workers');

SELECT is((SELECT string_agg(r::text, ' ' ORDER BY cohort, period) FROM report(x, true, (SELECT max(at) FROM log)) AS r), (SELECT string_agg(r::text, ' ' ORDER BY cohort, period) FROM report(x, true) AS r), 'rolling as of the latest event is as of then')
FROM (SELECT retention(actor, at, 'day') AS x FROM log) AS s;
-- Where clocks go back over midnight the day before begins again: its last hour is there twice.
SELECT is((SELECT retention(1, at, 'day', 'America/Sao_Paulo')::json ->> 'periods' FROM (VALUES ('2018-02-18 01:59:59.999999+00'::timestamptz), ('2018-02-18 02:00+00'), ('2018-02-18 02:59:59.999999+00')) AS v (at)), '1', 'two hours of one day');
SELECT is((SELECT retention(1, at, 'day', 'America/Sao_Paulo')::json ->> 'periods' FROM (VALUES ('2018-02-18 01:59:59.999999+00'::timestamptz), ('2018-02-18 02:00+00'), ('2018-02-18 03:00+00')) AS v (at)), '2', 'and then the next');

SELECT * FROM finish();
ROLLBACK;
