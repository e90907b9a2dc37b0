-- flow_summary and journeys as states: forms, what one asks of them, and every error that a user can cause.
\set SHOW_CONTEXT never
\pset format unaligned
\pset null NULL
SET timezone = 'UTC';
CREATE SCHEMA flow;
SET search_path = flow, public;

CREATE TABLE log (actor bigint, at timestamptz, event text);
INSERT INTO log SELECT actor, '2026-03-01 00:00'::timestamptz + place * interval '1 minute', event
FROM (VALUES (1, 'view,cart,pay'), (2, 'view,(end),view'), (3, 'view'), (4, 'cart,add to cart,view'), (5, 'view,cart'), (6, 'cart,Größe,pay,"quoted",view')) AS v(actor, events), string_to_table(events, ',') WITH ORDINALITY AS t(event, place);
CREATE TABLE journeys AS SELECT actor, journey(at, event) AS j FROM log GROUP BY actor ORDER BY actor;
CREATE TABLE asked AS SELECT 'one event' AS kind, flows(j, 'view', 2) AS x FROM journeys
UNION ALL SELECT 'two steps', flows(j, 'view > cart', 1) FROM journeys
UNION ALL SELECT 'several names', flows(j, 'view | "add to cart" | cart', 3) FROM journeys
UNION ALL SELECT 'any order', flows(j, 'view & cart', 2) FROM journeys
UNION ALL SELECT 'nobody', flows(j, 'none > "of ""these"""', 4) FROM journeys
UNION ALL SELECT 'next', next_events(j, 'cart > "add to cart" | "Größe" > view > help') FROM journeys
UNION ALL SELECT 'next in any order', next_events(j, 'view & cart & pay') FROM journeys
UNION ALL SELECT 'next of the closed', next_events(j, 'view > pay within 2 minutes', '2026-03-01 00:04') FROM journeys
UNION ALL SELECT 'nothing', '{}';
SELECT kind, x FROM asked;
SELECT kind, x::text::flow_summary = x AS text_form, x::json ->> 'kind' AS json, x::jsonb ->> 'events' AS jsonb, n(x), pattern(x), pg_column_size(x) AS bytes, minimum_base(x, 3) IS NULL AS small FROM asked;
SELECT kind, r.* FROM asked, report(x) AS r;
SELECT kind, chart(x, 50) FROM asked WHERE kind IN ('one event', 'next', 'nobody');
SELECT svg(x) FROM asked WHERE kind = 'two steps';
SELECT x + x = merge(x, x), rollup(x) = x FROM asked WHERE kind = 'one event' GROUP BY x;
SELECT merge(NULL::flow_summary, NULL), merge(NULL, '{}'::flow_summary);
SELECT a.kind || CASE WHEN a.x < b.x THEN ' < ' WHEN a.x > b.x THEN ' > ' ELSE ' = ' END || b.kind FROM asked AS a JOIN asked AS b ON a.kind = 'nobody' AND b.kind IN ('nothing', 'nobody', 'next');
-- as large as they get
SELECT flows(j, '*', 100) AS x, length(flows(j, '*', 100)::text) FROM (SELECT journey('2026-03-01'::timestamptz + i * interval '1 second', 'a') AS j FROM generate_series(1, 3) AS i) AS s;
SELECT n(x), merge(x, '{}') = x FROM (SELECT '{"kind": "flows", "steps": "a", "length": 2, "events": ["b"], "step": [1, 2], "source": [0, 1], "target": [1, 0], "actors": [72057594037927935, 72057594037927935]}'::flow_summary AS x) AS s;

-- States
SELECT actor, s.* FROM journeys, state_durations(j, '2026-03-01 00:04') AS s WHERE actor IN (1, 2);
SELECT s.* FROM journeys, state_durations(j => j) AS s WHERE actor = 3;
SELECT s.* FROM journeys, state_durations(j, '2025-01-01') AS s;
SELECT actor, state_at(j, '2026-03-01 00:02:30'), state_at(j, '2026-03-01'), state_at(j, 'infinity') FROM journeys;
SELECT actor, t.* FROM journeys, transitions(j) AS t WHERE actor IN (3, 6);
-- all of time
SELECT s.seconds, s.finished FROM (SELECT journey(at, event) AS j FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz, 'a'), ('294276-12-31 23:59:59.999999+00', 'b')) AS v(at, event)) AS v, state_durations(j, '294276-12-31 23:59:59.999999+00') AS s;

-- Plans
EXPLAIN (COSTS OFF) SELECT actor, s.state FROM journeys, state_durations(j) AS s;

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
	$q$SELECT flows(j, NULL, 2) FROM journeys$q$,
	$q$SELECT flows(j, 'view >', 2) FROM journeys$q$,
	$q$SELECT flows(j, 'view', NULL) FROM journeys$q$,
	$q$SELECT flows(j, 'view', 0) FROM journeys$q$,
	$q$SELECT flows(j, 'view', 101) FROM journeys$q$,
	$q$SELECT flows(j, 'view', -2147483648) FROM journeys$q$,
	$q$SELECT flows(j, (CASE actor WHEN 1 THEN 'view' ELSE 'pay' END)::step_pattern, 2 ORDER BY actor) FROM journeys$q$,
	$q$SELECT flows(j, 'view', actor::int ORDER BY actor) FROM journeys$q$,
	$q$SELECT next_events(j, NULL) FROM journeys$q$,
	$q$SELECT next_events(j, 'view | pay') FROM journeys$q$,
	$q$SELECT next_events(j, 'view > pay', '2026-03-01') FROM journeys$q$,
	$q$SELECT next_events(j, 'view > pay within 1 day', NULL) FROM journeys$q$,
	$q$SELECT next_events(j, 'view > pay within 1 day', 'infinity') FROM journeys$q$,
	$q$SELECT next_events(j, 'view > pay within 1 day', '2026-03-01'::timestamptz + actor * interval '1 day' ORDER BY actor) FROM journeys$q$,
	$q$SELECT next_events(j, (CASE actor WHEN 1 THEN 'a > b' ELSE 'a > c' END)::step_pattern ORDER BY actor) FROM journeys$q$,
	$q$SELECT merge(a.x, b.x) FROM asked AS a, asked AS b WHERE a.kind = 'one event' AND b.kind = 'two steps'$q$,
	$q$SELECT merge(a.x, b.x) FROM asked AS a, asked AS b WHERE a.kind = 'one event' AND b.kind = 'next'$q$,
	$q$SELECT a.x + b.x FROM (SELECT flows(j, 'view', 2) AS x FROM journeys) AS a, (SELECT flows(j, 'view', 3) AS x FROM journeys) AS b$q$,
	$q$SELECT rollup(x) FROM asked$q$,
	$q$SELECT merge(x, x) FROM (SELECT '{"kind": "flows", "steps": "a", "length": 1, "events": [], "step": [1], "source": [0], "target": [0], "actors": [72057594037927935]}'::flow_summary AS x) AS s$q$,
	$q$SELECT minimum_base(x, -1) FROM asked WHERE kind = 'next'$q$,
	$q$SELECT chart(x, 39) FROM asked WHERE kind = 'next'$q$,
	$q$SELECT flows(j, '*', 100) FROM (SELECT journey('2026-03-01'::timestamptz + i * interval '1 second', 'name ' || g * 100 + i) AS j FROM generate_series(1, 656) AS g, generate_series(0, 100) AS i GROUP BY g) AS s$q$,
	$q$SELECT flows(j, 'a', 100) FROM (SELECT journey('2026-03-01'::timestamptz + i * interval '1 second', CASE i WHEN 0 THEN 'a' ELSE i || repeat('x', 200000) END) AS j FROM generate_series(0, 100) AS i) AS s$q$,
	$q$SELECT format('{"kind": "flows", "steps": "a", "length": 1, "events": [], "step": [1%s], "source": [], "target": [], "actors": []}', repeat(', 1', 1000000))::flow_summary$q$,
	$q$SELECT format('{"kind": "flows", "steps": "a", "length": 1, "events": [""%s], "step": [], "source": [], "target": [], "actors": []}', repeat(', ""', 65535))::flow_summary$q$,
	$q$SELECT format('{"kind": "flows", "steps": "a", "length": 1, "events": ["%s"], "step": [], "source": [], "target": [], "actors": []}', repeat('x', 16777217))::flow_summary$q$,
	$q$SELECT * FROM journeys, state_durations(j, 'infinity')$q$,
	$q$SELECT * FROM journeys, state_durations(j, '-infinity')$q$]) AS query;

-- Text forms that no flow has
SELECT form || E'\n' || refusal(format('SELECT %L::flow_summary', form)) || E'\n' FROM unnest(ARRAY[
	'[]', '{"steps": "a"}', '{"kind": 1}', '{"kind": "nobody"}', '{"kind": "flows"}', '{"kind": "flows", "steps": "a >"}', '{"kind": "flows", "steps": "a"}',
	'{"kind": "flows", "steps": "a", "length": 0}', '{"kind": "flows", "steps": "a", "length": 101}', '{"kind": "flows", "steps": "a", "length": 1.5}',
	'{"kind": "flows", "steps": "a", "length": 1, "events": "b"}',
	'{"kind": "next events", "steps": "a", "events": [], "step": [], "source": [], "target": [], "actors": []}',
	'{"kind": "next events", "steps": "a > b", "length": 1, "events": [], "step": [], "source": [], "target": [], "actors": []}',
	'{"kind": "next events", "steps": "a > b", "events": [], "step": [2], "source": [0], "target": [0], "actors": [1]}',
	'{"kind": "next events", "steps": "a > b", "events": ["x"], "step": [1], "source": [1], "target": [0], "actors": [1]}']) AS form;
SELECT members || E'\n' || refusal(format('SELECT %L::flow_summary', '{"kind": "flows", "steps": "a", "length": 2, ' || members || '}')) || E'\n' FROM unnest(ARRAY[
	'"events": [], "step": [1], "source": [0], "target": [0], "actors": [0]', '"events": [], "step": [1], "source": [0], "target": [0], "actors": [-1]',
	'"events": [], "step": [1], "source": [0], "target": [0], "actors": [72057594037927936]', '"events": [], "step": [1], "source": [0], "target": [0], "actors": [1, 2]',
	'"events": [], "step": [0], "source": [0], "target": [0], "actors": [1]', '"events": [], "step": [65536], "source": [0], "target": [0], "actors": [1]', '"events": [], "step": [-1], "source": [0], "target": [0], "actors": [1]',
	'"events": [], "step": [1], "source": [0], "target": [1], "actors": [1]', '"events": [], "step": [1], "source": [65537], "target": [0], "actors": [1]', '"events": ["b"], "step": [1], "source": [1], "target": [0], "actors": [1]',
	'"events": ["b"], "step": [], "source": [], "target": [], "actors": []', '"events": ["c", "b"], "step": [1, 1, 2, 2], "source": [0, 0, 1, 2], "target": [1, 2, 0, 0], "actors": [1, 1, 1, 1]',
	'"events": ["b", "b"], "step": [1, 1, 2, 2], "source": [0, 0, 1, 2], "target": [1, 2, 0, 0], "actors": [1, 1, 1, 1]',
	'"events": ["b", "c"], "step": [1, 1, 2, 2], "source": [0, 0, 1, 2], "target": [2, 1, 0, 0], "actors": [1, 1, 1, 1]', '"events": ["b"], "step": [1, 1, 2], "source": [0, 0, 1], "target": [1, 1, 0], "actors": [1, 1, 2]',
	'"events": ["b"], "step": [1], "source": [0], "target": [1], "actors": [1]', '"events": ["b"], "step": [1, 2], "source": [0, 1], "target": [1, 0], "actors": [2, 1]',
	'"events": ["b"], "step": [1, 2], "source": [0, 1], "target": [1, 0], "actors": [1, 2]', '"events": ["b"], "step": [2], "source": [1], "target": [0], "actors": [1]', '"events": ["b"], "step": [1, 2], "source": [0, 0], "target": [1, 0], "actors": [1, 1]',
	'"events": [], "step": [1], "source": [0], "target": [0], "actors": [1], "more": 1']) AS members;
SELECT refusal($q$SELECT '{"kind": "flows", "steps": "a", "length": 3, "events": ["b"], "step": [1, 3], "source": [0, 1], "target": [1, 0], "actors": [1, 1]}'::flow_summary$q$);
