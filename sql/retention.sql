-- retention_summary: forms, what one asks of it, and every error that a user can cause.
SET extra_float_digits = -6;
\set SHOW_CONTEXT never
\pset format unaligned
\pset null NULL
SET timezone = 'America/New_York';
SET datestyle = 'ISO, MDY';

CREATE SCHEMA of_retention;
SET search_path = of_retention, public;
CREATE TABLE log (actor bigint, at timestamptz, event text);
INSERT INTO log VALUES (1, '2026-01-05 00:00+00', 'join'), (1, '2026-02-03 00:00+00', 'visit'), (1, '2026-03-03 00:00+00', 'visit'), (2, '2026-01-20 00:00+00', 'join'), (2, '2026-03-15 00:00+00', 'visit'),
	(3, '2026-02-01 00:00+00', 'visit'), (3, '2026-02-10 00:00+00', 'join'), (4, '2026-04-02 00:00+00', 'join'), (NULL, '2027-01-01', 'join'), (5, NULL, 'join'), (5, '2026-04-03 12:00+00', NULL);
CREATE TABLE asked AS SELECT 'plain' AS kind, retention(actor, at, 'month') AS x FROM log
UNION ALL SELECT 'rome', retention(actor, at, 'week', 'europe/rome') FROM log
UNION ALL SELECT 'events', retention(actor, at, event, 'join', 'visit', 'month') FROM log
UNION ALL SELECT 'nobody', retention(actor, at, event, 'none', '*', 'day', '<+05>-5') FROM log
UNION ALL SELECT 'ancient', retention(1, at, 'month') FROM unnest('{4713-11-24 00:00:00+00 BC,4713-12-31 00:00:00+00 BC,4712-01-01 00:00:00.1+00 BC}'::timestamptz[]) AS at;
SELECT kind, x FROM asked;
CREATE TABLE packed AS SELECT actor, journey(at, event) AS j FROM log WHERE at IS NOT NULL GROUP BY actor HAVING count(actor) > 0;
SELECT retention(j, 'month') FROM packed;
SELECT retention(j, 'week', 'europe/rome') FROM packed;
SELECT retention(j, 'join', 'visit', 'month') FROM packed;
SELECT retention(j, 'none', '*', 'day', '<+05>-5') FROM packed;
SELECT kind, x::text::retention_summary = x AS text_form, x::json ->> 'period' AS json, x::jsonb ->> 'timezone' AS jsonb, pg_column_size(x) AS bytes FROM asked;
SELECT r.* FROM asked, report(x) AS r WHERE kind = 'plain';
SELECT r.* FROM asked, report(x, true, '2026-05-01 00:00+00', 0.9) AS r WHERE kind = 'events';
SELECT kind, r.* FROM asked, curve(x) AS r WHERE kind IN ('plain', 'nobody');
SELECT r.* FROM asked, lifecycle(x, '2026-06-01 00:00+00') AS r WHERE kind = 'plain';
SELECT r.* FROM asked, stickiness(x, 2) AS r WHERE kind = 'plain';
SELECT kind, count(*), count(r.share) FROM asked, stickiness(x, as_of => '2027-01-02') AS r WHERE kind <> 'ancient' GROUP BY kind ORDER BY kind;
SELECT kind, n(x), latest(x), retained(x, 1), retained(x, 1, true), retained(x, 2, false, '2026-06-01'), minimum_base(x, 4) IS NULL AS small FROM asked WHERE kind <> 'ancient';
SELECT report(NULL::retention_summary), curve(NULL::retention_summary), lifecycle(NULL::retention_summary), stickiness(NULL::retention_summary), retained(NULL, 1);
SELECT count(*) FROM asked, report(x, NULL) AS r;
SELECT chart(x, 40) FROM asked WHERE kind <> 'ancient';
SELECT svg(x) FROM asked WHERE kind = 'events';
SELECT chart(retention(g, '2026-01-01'::date + g * 3 % 500, 'day'), 60) FROM generate_series(1, 3000) AS g;
SELECT length(svg(retention(g, '2026-01-01'::date + g * 3 % 500, 'day'))) > 10000 AS drawn FROM generate_series(1, 3000) AS g;
SELECT a.x + b.x FROM asked AS a, asked AS b WHERE a.kind = 'plain' AND b.kind = 'plain';

-- Errors
\pset tuples_only on
CREATE FUNCTION refusal(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text; detail text; hint text; state text; result text;
BEGIN
	EXECUTE query INTO result;
	RETURN 'no error: ' || coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, state = RETURNED_SQLSTATE;
	RETURN concat_ws(E'\n', state || ': ' || message, nullif(detail, ''), nullif(hint, ''));
END
$$;
SELECT query || E'\n' || refusal(query) || E'\n' FROM unnest(ARRAY[
	$q$SELECT retention(actor, at, NULL) FROM log$q$,
	$q$SELECT retention(actor, at, 'month', NULL) FROM log$q$,
	$q$SELECT retention(actor, at, event, NULL, 'visit', 'month') FROM log$q$,
	$q$SELECT retention(actor, at, event, 'join', NULL, 'month') FROM log$q$,
	$q$SELECT retention(actor, at, 'year') FROM log$q$,
	$q$SELECT retention(actor, at, 'month', 'Mars') FROM log$q$,
	$q$SELECT retention(actor, at, 'month', 'PST') FROM log$q$,
	$q$SELECT retention(actor, at, event, repeat('x', 1001), 'visit', 'month') FROM log$q$,
	$q$SELECT retention(actor, at, event, 'join', repeat('x', 1001), 'month') FROM log$q$,
	$q$SELECT retention(actor, at, CASE actor WHEN 1 THEN 'day' ELSE 'week' END ORDER BY actor) FROM log$q$,
	$q$SELECT retention(actor, at, 'day', CASE actor WHEN 1 THEN 'UTC' ELSE 'Europe/Rome' END ORDER BY actor) FROM log$q$,
	$q$SELECT retention(actor, at, event, CASE actor WHEN 1 THEN 'join' ELSE 'visit' END, 'visit', 'day' ORDER BY actor) FROM log$q$,
	$q$SELECT retention(actor, at, event, 'join', CASE actor WHEN 1 THEN 'join' ELSE 'visit' END, 'day' ORDER BY actor) FROM log$q$,
	$q$SELECT retention(j, NULL) FROM packed$q$,
	$q$SELECT retention(j, 'month', NULL) FROM packed$q$,
	$q$SELECT retention(j, NULL, 'visit', 'month') FROM packed$q$,
	$q$SELECT retention(j, 'join', NULL, 'month') FROM packed$q$,
	$q$SELECT retention(j, 'year') FROM packed$q$,
	$q$SELECT retention(j, 'month', 'Mars') FROM packed$q$,
	$q$SELECT retention(j, repeat('x', 1001), 'visit', 'month') FROM packed$q$,
	$q$SELECT retention(j, 'join', repeat('x', 1001), 'month') FROM packed$q$,
	$q$SELECT retention(j, CASE actor WHEN 1 THEN 'day' ELSE 'week' END ORDER BY actor) FROM packed$q$,
	$q$SELECT retention(j, 'day', CASE actor WHEN 1 THEN 'UTC' ELSE 'Europe/Rome' END ORDER BY actor) FROM packed$q$,
	$q$SELECT retention(j, CASE actor WHEN 1 THEN 'join' ELSE 'visit' END, 'visit', 'day' ORDER BY actor) FROM packed$q$,
	$q$SELECT retention(j, 'join', CASE actor WHEN 1 THEN 'join' ELSE 'visit' END, 'day' ORDER BY actor) FROM packed$q$,
	$q$SELECT retention(journey, 'day') FROM (SELECT journey(at, 'x') FROM unnest('{2015-01-01,2025-01-07,2025-01-08}'::timestamptz[]) AS at) AS s$q$,
	$q$SELECT retention(1, 'infinity'::timestamptz, 'day')$q$,
	$q$SELECT retention(1, '-infinity'::timestamp, 'day')$q$,
	$q$SELECT retention(1, '-infinity'::date, 'a', 'a', 'a', 'day')$q$,
	$q$SELECT retention(1, '294277-01-01'::date, 'day')$q$,
	$q$SELECT retention(1, at, 'day') FROM unnest('{2015-01-01,2025-01-07,2025-01-08}'::date[]) AS at$q$,
	$q$SELECT retention(1, at, 'month') FROM unnest('{1700-01-01,2010-01-07}'::date[]) AS at$q$,
	$q$SELECT rollup(retention) FROM (SELECT retention(g, '2026-01-01'::date - g * 3660, 'day') FROM generate_series(0, 1) AS g GROUP BY g) AS s$q$,
	$q$SELECT count(*) FROM asked, report(x, false, '2400-01-01') AS r WHERE kind = 'plain'$q$,
	$q$SELECT merge(a.x, b.x) FROM asked AS a, asked AS b WHERE a.kind = 'plain' AND b.kind = 'rome'$q$,
	$q$SELECT merge(a.x, b.x) FROM asked AS a, asked AS b WHERE a.kind = 'plain' AND b.kind = 'events'$q$,
	$q$SELECT rollup(x) FROM asked$q$,
	$q$SELECT merge(x, x) FROM (SELECT '{"period": "day", "timezone": "UTC", "first": "a", "return": "b", "latest": "2026-01-01T00:00:00Z", "start": "2026-01-01", "periods": 1, "sizes": [0,72057594037927935], "active": [], "last": [], "gaps": []}'::retention_summary AS x) AS s$q$,
	$q$SELECT count(*) FROM asked, report(x, true, '2026-03-01') AS r WHERE kind = 'plain'$q$,
	$q$SELECT count(*) FROM asked, report(x, false, 'infinity') AS r$q$,
	$q$SELECT count(*) FROM asked, lifecycle(x, '-infinity') AS r$q$,
	$q$SELECT count(*) FROM asked, report(x, false, NULL, 95) AS r$q$,
	$q$SELECT count(*) FROM asked, curve(x, false, NULL, 1) AS r$q$,
	$q$SELECT count(*) FROM asked, stickiness(x, 0) AS r$q$,
	$q$SELECT retained(x, -1) FROM asked$q$,
	$q$SELECT retained(x, 3660) FROM asked$q$,
	$q$SELECT minimum_base(x, -1) FROM asked$q$,
	$q$SELECT chart(x, 39) FROM asked$q$]) AS query;

-- Malformed text
SELECT input || E'\n' || refusal(format('SELECT %L::retention_summary', input)) || E'\n' FROM unnest(ARRAY[
	'', '{}', '{"period": "year", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z"}', '{"period": "day", "timezone": "Mars", "latest": "2026-01-01T00:00:00Z"}',
	'{"period": "day", "timezone": "UTC", "latest": "2026-02-30T00:00:00Z"}', '{"period": "day", "timezone": "UTC", "latest": "2026-01-01T00:00:00.100Z"}', '{"period": "day", "timezone": "UTC", "latest": "infinity"}',
	'{"period": "day", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "first": "a"}', '{"period": "day", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "periods": 1}',
	'{"period": "week", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "start": "2026-01-06", "periods": 1}', '{"period": "week", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "start": "2026-01-05", "periods": 0}',
	'{"period": "week", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "start": "2026-01-05", "periods": 1, "sizes": [1]}', '{"period": "week", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "start": "2026-01-05", "periods": 1, "sizes": [0,1], "active": [0,0]}',
	'{"period": "week", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "start": "2026-01-05", "periods": 3661, "sizes": [0,1], "active": [0,0,1], "last": [0,0,1], "gaps": []}']) AS input;
SELECT counts || E'\n' || refusal(format('SELECT %L::retention_summary', '{"period": "month", "timezone": "UTC", "latest": "2026-01-01T00:00:00Z", "start": "2026-01-01", "periods": 2, ' || counts || '}')) || E'\n' FROM unnest(ARRAY[
	'"sizes": [0,1, 0,1], "active": [], "last": [], "gaps": []', '"sizes": [2,1], "active": [], "last": [], "gaps": []', '"sizes": [0,0], "active": [], "last": [], "gaps": []', '"sizes": [0,1], "active": [0,0,2], "last": [], "gaps": []',
	'"sizes": [0,1], "active": [0,1,1], "last": [], "gaps": []', '"sizes": [0,2], "active": [0,0,2, 0,1,2], "last": [0,0,1, 0,1,2], "gaps": [0,1,2]', '"sizes": [0,1], "active": [0,0,1, 0,1,1], "last": [0,0,1], "gaps": [0,1,1]',
	'"sizes": [0,1], "active": [0,0,1, 0,1,1], "last": [0,1,1], "gaps": []', '"sizes": [0,1], "active": [0,0,1], "last": [0,0,1], "gaps": []', '"sizes": [0,1], "active": [0,0,1, 0,1,1], "last": [0,1,1], "gaps": [0,0,1]']) AS counts;
