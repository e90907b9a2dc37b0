-- funnel_summary: forms, what one asks of it, and every error that a user can cause.
SET extra_float_digits = -6;
\set SHOW_CONTEXT never
\pset format unaligned
\pset null NULL
SET timezone = 'UTC';

CREATE TABLE log (actor bigint, at timestamptz, event text);
INSERT INTO log VALUES (1, '2026-03-01 00:00', 'view'), (1, '2026-03-01 00:01', 'cart'), (1, '2026-03-01 00:03', 'pay'), (2, '2026-03-01 00:00', 'view'), (2, '2026-03-01 00:30', 'pay'),
	(3, '2026-03-01 00:00', 'view'), (3, '2026-03-01 00:10', 'cart'), (4, '2026-03-01 00:00', 'view'), (5, '2026-03-02 23:59', 'view'), (5, '2026-03-02 23:59', 'pay'), (6, '2026-03-01 00:00', 'pay');
CREATE TABLE asked AS SELECT 'plain' AS kind, funnel(actor, at, event, 'view > cart > pay') AS x FROM log
UNION ALL SELECT 'optional', funnel(actor, at, event, 'view > [cart] > pay within 1 day', '2026-03-03') FROM log
UNION ALL SELECT 'entered', funnel(actor, at, event, 'view > [cart] > pay within 1 day', '2026-03-04', '[2026-03-02,)') FROM log
UNION ALL SELECT 'any order', funnel(actor, at, event, 'cart & pay') FROM log
UNION ALL SELECT 'one step', funnel(actor, at, event, 'view|cart') FROM log
UNION ALL SELECT 'nobody', funnel(actor, at, event, 'none > "of ""these"""') FROM log
UNION ALL SELECT 'nothing', '{}';
SELECT kind, x FROM asked;
SELECT kind, x::text::funnel_summary = x AS text_form, x::json ->> 'reached' AS json, x::jsonb ->> 'ended' AS jsonb, pg_column_size(x) AS bytes FROM asked;
SELECT kind, r.* FROM asked, report(x) AS r;
SELECT kind, e.* FROM asked, estimate(x) AS e;
SELECT kind, n(x), effective_n(x), low(x), high(x), open(x), open_completed(x), completion(x), abandonment(x), elapsed(x), pattern(x), minimum_base(x, 5) IS NULL AS small FROM asked;
SELECT kind, step_rate(x, 1, 2), step_rate(x, 1, 1), elapsed(x, 2) FROM asked WHERE kind NOT IN ('one step', 'nothing');
SELECT c.* FROM asked AS a, asked AS b, compare(a.x, b.x) AS c WHERE a.kind = 'optional' AND b.kind = 'entered';
SELECT c.* FROM asked AS a, compare(a.x, a.x, 0.9, 'newcombe') AS c WHERE kind = 'any order';
SELECT chart(x, 50) FROM asked WHERE kind = 'optional';
SELECT actor, depth(at, event, 'view > [cart] > pay'), outcome(at, event, 'view > [cart] > pay within 1 day', '2026-03-03') FROM log GROUP BY actor ORDER BY actor;
SELECT a.x + b.x FROM asked AS a, asked AS b WHERE a.kind = 'optional' AND b.kind = 'entered';

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
	$q$SELECT funnel(actor, at, event, NULL) FROM log$q$,
	$q$SELECT funnel(actor, at, event, 'view >') FROM log$q$,
	$q$SELECT funnel(actor, at, event, 'view > pay within 1 day', NULL) FROM log$q$,
	$q$SELECT funnel(actor, at, event, 'view > pay', '2026-03-03') FROM log$q$,
	$q$SELECT funnel(actor, at, event, 'view > pay within 1 day', 'infinity') FROM log$q$,
	$q$SELECT outcome(at, event, 'view > pay', '2026-03-03') FROM log$q$,
	$q$SELECT funnel(1, '-infinity'::timestamptz, 'view', 'view')$q$,
	$q$SELECT depth('infinity'::timestamp, 'view', 'view')$q$,
	$q$SELECT funnel(actor, at, event, (CASE actor WHEN 1 THEN 'view' ELSE 'pay' END)::step_pattern ORDER BY actor) FROM log$q$,
	$q$SELECT funnel(actor, at, event, 'view within 1 day', at) FROM log$q$,
	$q$SELECT funnel(actor, at, event, 'view within 1 day', '2026-03-03', tstzrange(at, NULL)) FROM log$q$,
	$q$SELECT funnel(1, at, event, 'a > b') FROM (VALUES ('1700-01-01'::timestamptz, 'a'), ('2000-01-01', 'b')) AS v(at, event)$q$,
	$q$SELECT merge(a.x, b.x) FROM asked AS a, asked AS b WHERE a.kind = 'plain' AND b.kind = 'optional'$q$,
	$q$SELECT rollup(x) FROM asked$q$,
	$q$SELECT compare(a.x, b.x) FROM asked AS a, asked AS b WHERE a.kind = 'plain' AND b.kind = 'any order'$q$,
	$q$SELECT merge(x, x) FROM (SELECT '{"steps": "a > b", "reached": [72057594037927935, 0], "ended": [72057594037927935, 0], "open": [0, 0], "elapsed": ["{}", "{}"]}'::funnel_summary AS x) AS s$q$,
	$q$SELECT step_rate(x, 0, 1) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT step_rate(x, 1, 4) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT step_rate(x, 3, 2) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT step_rate(x, 2, 3) FROM asked WHERE kind = 'optional'$q$,
	$q$SELECT elapsed(x, 1) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT report(x, 1) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT report(x, 0.95, 'best') FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT compare(x, x, 0.95, 'best') FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT estimate(x, 0) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT minimum_base(x, -1) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT chart(x, 1) FROM asked WHERE kind = 'plain'$q$,
	$q$SELECT depth(at, event, 'view') OVER () FROM log$q$,
	$q$SELECT '[]'::funnel_summary$q$,
	$q$SELECT '{"steps": "a"}'::funnel_summary$q$,
	$q$SELECT '{"steps": "a > b", "reached": [1, 1], "ended": [1, 0], "open": [0, 0], "elapsed": ["{}", "{}"]}'::funnel_summary$q$,
	$q$SELECT '{"steps": "a > b", "reached": [1, 0], "ended": [1, 0], "open": [0, 1], "elapsed": ["{}", "{}"]}'::funnel_summary$q$,
	$q$SELECT '{"steps": "a > b", "reached": [1, 1], "ended": [0, 1], "open": [0, 0], "elapsed": ["{}", "{}"]}'::funnel_summary$q$,
	$q$SELECT '{"steps": "a > b", "reached": [-1, 0], "ended": [-1, 0], "open": [0, 0], "elapsed": ["{}", "{}"]}'::funnel_summary$q$,
	$q$SELECT '{"steps": "a", "reached": [72057594037927936], "ended": [72057594037927936], "open": [0], "elapsed": ["{}"]}'::funnel_summary$q$]) AS query;
