-- event_journey: forms, what one asks of it, and every error that a user can cause.
\set SHOW_CONTEXT never
\pset format unaligned
\pset null NULL
SET timezone = '<+0330>-03:30';

CREATE TABLE journey_log (actor bigint, at timestamptz, event text);
INSERT INTO journey_log VALUES (1, '2026-03-01 00:00+00', 'view'), (1, '2026-03-01 00:01:00.5+00', 'cart'), (1, '2026-03-01 00:01:00.5+00', 'Cart'), (1, '2026-03-01 12:00+00', 'pay'), (1, NULL, 'never'), (1, '2026-03-01 00:00+00', NULL),
	(2, '1999-12-31 23:59:59.999999+00', ''), (2, '1999-12-31 23:59:59.999999+00', ''), (3, '0044-03-15 12:00+00 BC', 'e"t\u'), (3, '12026-01-01 00:00+00', E'\u0007\n'), (4, NULL, NULL);
CREATE TABLE journeys_asked AS SELECT actor, journey(at, event) AS j FROM journey_log GROUP BY actor UNION ALL SELECT 5, '{}';
SELECT actor, j FROM journeys_asked ORDER BY actor;
SELECT actor, j::text::event_journey = j AS text_form, j::json ->> 'seconds' AS json, j::jsonb ->> 'events' AS jsonb, pg_column_size(j) AS bytes FROM journeys_asked ORDER BY actor;
SELECT actor, event_count(j), occurrences(j, 'view'), occurrences(j, ''), first_at(j), last_at(j) FROM journeys_asked ORDER BY actor;
SELECT actor, duration(j) FROM journeys_asked WHERE actor <> 3 ORDER BY actor;
SELECT actor, e.* FROM journeys_asked, events(j) AS e ORDER BY actor, at, event COLLATE "C";
SELECT actor, s.* FROM journeys_asked, sessions(j, '1 hour') AS s ORDER BY actor, session;
SELECT actor, slice(j, '2026-03-01 00:00+00', '2026-03-01 12:00+00'), keep(j, '{cart,pay,NULL,none}'), distinct_events(j) FROM journeys_asked ORDER BY actor;
SELECT j || '' = (j + '{}')::text AS same, journey(at, event) = j AS again FROM journeys_asked JOIN journey_log USING (actor) WHERE actor = 1 GROUP BY j;
SELECT actor, at, session_number(at, '1 minute') OVER (PARTITION BY actor ORDER BY at, event) FROM journey_log WHERE event > '' ORDER BY actor, at, event;
SELECT (e).event FROM (SELECT events(j) AS e FROM journeys_asked WHERE actor = 1 LIMIT 2) AS s;
SELECT rollup(j) FROM journeys_asked WHERE actor IN (1, 2);

-- Errors
\pset tuples_only on
SELECT journey('infinity'::timestamptz, 'a');
SELECT journey('-infinity'::timestamp, 'a');
SELECT journey('2026-01-01'::timestamptz, i::text) FROM generate_series(1, 65536) AS i;
SELECT rollup(j) FROM (SELECT journey('2026-01-01'::timestamptz, i::text) AS j FROM generate_series(1, 66000) AS i GROUP BY i % 2) AS s;
SELECT max(event_count(a.j + b.j)) FROM (SELECT journey('2026-01-01'::timestamptz, i::text) AS j FROM generate_series(1, 40000) AS i) AS a, (SELECT journey('2026-01-01'::timestamptz, i::text) AS j FROM generate_series(30000, 70000) AS i) AS b;
SELECT event_journey('{2026-01-01}', '{}');
SELECT event_journey('{{2026-01-01}}', '{a}');
SELECT event_journey('{2026-01-01}', '{{a}}');
SELECT event_journey('{infinity}', '{a}');
SELECT duration(j) FROM (SELECT event_journey('{4714-11-24 00:00:00+00 BC,294276-12-31 00:00:00+00}', '{a,b}') AS j) AS s;
SELECT sessions('{}', '1 month');
SELECT sessions('{}', '-1 minute');
SELECT session_number(at, '-1 minute') OVER (ORDER BY at) FROM journey_log WHERE actor = 1;
SELECT session_number(at, '1 month') OVER (ORDER BY at) FROM (VALUES ('2026-01-01'::timestamptz)) AS v(at);
SELECT session_number(at, '1 minute') OVER (ORDER BY at) FROM (VALUES ('infinity'::timestamptz)) AS v(at);
SELECT session_number(at, '1 minute') OVER (ORDER BY at DESC) FROM journey_log WHERE at IS NOT NULL;
SELECT session_number(now(), '1 minute');
SELECT journey('2026-01-01'::timestamptz, repeat(E'\u0001', 90000000));
SELECT ''::event_journey;
SELECT '[]'::event_journey;
SELECT '{"events": 1}'::event_journey;
SELECT '{"events": ["a"]}'::event_journey;
SELECT '{"events": ["a"], "codes": 0}'::event_journey;
SELECT '{"events": ["a"], "codes": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": 7}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z"}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": [0, 1]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": ["0"]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": [0.0000001]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": [-1]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": [99999999999999999999]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "294276-12-31T23:59:59Z", "seconds": [1]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": [0], "version": 1}'::event_journey;
SELECT '{"events": ["a", "b"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a", "a"], "codes": [0, 1], "first_at": "2026-01-31T18:30:00Z", "seconds": [0, 0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [1], "first_at": "2026-01-31T18:30:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [-1], "first_at": "2026-01-31T18:30:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [4294967296], "first_at": "2026-01-31T18:30:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": [], "codes": [], "first_at": "2026-01-31T18:30:00Z", "seconds": []}'::event_journey;
SELECT '{"events": ["a\u0000"], "codes": [0], "first_at": "2026-01-31T18:30:00Z", "seconds": [0]}'::event_journey;

-- Times that are none
SELECT '{"events": ["a"], "codes": [0], "first_at": "", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31 18:30:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00+00", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-1-31T18:30:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "26-01-31T18:30:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-13-01T00:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-00-01T00:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-02-29T00:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-00T00:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T24:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T23:60:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T23:59:60Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00.Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00.1234567Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00ZBC", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "2026-01-31T18:30:00Z ", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "0000-01-01T00:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "-0001-01-01T00:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "5000-01-01T00:00:00Z BC", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "294277-01-01T00:00:00Z", "seconds": [0]}'::event_journey;
SELECT '{"events": ["a"], "codes": [0], "first_at": "9999999-01-01T00:00:00Z", "seconds": [0]}'::event_journey;
