-- What SQLsmith finds beside the company of the demo: stored summaries of
-- every type, journeys, and words and numbers that functions take as arguments.
-- One customer in two hundred of the demo is enough, as most queries join many tables.
SET session_replication_role = replica;
SELECT format('DELETE FROM %s WHERE customer_id %% 200 > 0', attrelid::regclass)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE attname = 'customer_id' AND relkind = 'r' \gexec
DELETE FROM ticket_events WHERE ticket_id NOT IN (SELECT ticket_id FROM tickets);
DELETE FROM competitor_responses WHERE ctid::text !~ '7\)$';
RESET session_replication_role;
SELECT format('REFRESH MATERIALIZED VIEW %s', oid::regclass) FROM pg_class WHERE relkind = 'm' ORDER BY oid \gexec

CREATE SCHEMA samples;
SET search_path = samples, public;
\ir ../examples/every_aggregate.sql
DELETE FROM visits WHERE id >= 600;

SELECT format('CREATE TABLE stored AS SELECT day, touchpoint, %s FROM visits GROUP BY day, touchpoint',
	string_agg(format('%s AS %I', expression, type || '_' || nth), ', ' ORDER BY type, nth))
FROM (SELECT type, expression, row_number() OVER (PARTITION BY type ORDER BY expression) AS nth FROM builders) AS b \gexec
INSERT INTO stored (day, touchpoint) VALUES ('2026-04-01', 'nobody'), ('infinity', NULL);

-- Arguments that mean something, and extreme ones
CREATE TABLE words AS
SELECT method, w.steps::step_pattern AS steps, confidence, low, high, names, numbers, at, entered, whole, large
FROM (VALUES
	('wilson', 'view > cart > pay', 0.95, 1, 5, '{app,web}'::text[], '{1,2,3}'::float8[], timestamptz '2026-01-02 08:00+00', tstzrange '[2026-01-01,2026-02-01)', true, 7::bigint),
	('week', 'view > [search] > cart > pay within 1 hour', 0.9, 0, 10, '{view,NULL,pay}', '{0.5,NULL,4}', '2026-03-01 10:00+00', '(,2026-02-01)', false, 0),
	('two-sided', 'view & cart & search|pay', 0.5, 2, 3, '{}', '{}', '-infinity', 'empty', NULL, -1),
	('holm', '* >> pay', 0.999999, -32768, 32767, NULL, NULL, '294276-12-31 23:59:59+00', NULL, true, 9223372036854775807),
	('view', 'view > !cart > pay, distinct times, first entry', 0, 1, 101, '{"","Größe"}', '{NaN,Infinity,-Infinity}', '4714-11-24 00:00:00+00 BC', '[,]', false, -9223372036854775808),
	('', '"Größe" > *', 1, 0, 0, array_fill('x'::text, '{40}'), array_fill(1e308::float8, '{20}'), 'infinity', '[2026-01-05,2026-01-05]', NULL, 1000000),
	('Europe/Rome', 'view', 'NaN', 2147483647, -2147483648, '{a,a}', '{1e-320,-0}', NULL, NULL, true, 2)
) AS w (method, steps, confidence, low, high, names, numbers, at, entered, whole, large);
ALTER TABLE words ALTER confidence TYPE float8;

-- SQLsmith calls no function that returns rows: these views do.
CREATE VIEW funnel_rows AS SELECT s.day, s.touchpoint, r.* FROM stored AS s, report(s.funnel_summary_1) AS r;
CREATE VIEW retention_rows AS SELECT s.day, s.touchpoint, r.* FROM stored AS s, report(s.retention_summary_1) AS r;
CREATE VIEW flow_rows AS SELECT s.day, s.touchpoint, r.* FROM stored AS s, report(s.flow_summary_1) AS r;
CREATE VIEW items_rows AS SELECT s.day, s.touchpoint, r.* FROM stored AS s, report(s.items_summary_1) AS r;
CREATE VIEW choices_rows AS SELECT s.day, s.touchpoint, r.* FROM stored AS s, report(s.choices_summary_1) AS r;
CREATE VIEW answer_rows AS SELECT s.day, s.touchpoint, r.* FROM stored AS s, distribution(s.likert_summary_1) AS r;
CREATE VIEW survival_rows AS SELECT s.day, s.touchpoint, r.* FROM stored AS s, survival_curve(s.timing_summary_2) AS r;
CREATE VIEW journey_rows AS SELECT actor, r.* FROM journeys, events(j) AS r;
CREATE MATERIALIZED VIEW rolled_up AS SELECT touchpoint, rollup(nps_summary_1) AS nps, rollup(funnel_summary_1) AS funnel, rollup(timing_summary_2) AS timing, rollup(retention_summary_1) AS retention FROM stored GROUP BY touchpoint;
CREATE INDEX ON journeys USING gin (j);
CREATE INDEX ON stored (nps_summary_1);
CREATE INDEX ON stored USING hash (funnel_summary_1);
ANALYZE;

CREATE VIEW public.ours AS
SELECT p.* FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxux';

-- SQLsmith picks functions from what it finds under the name pg_proc: all of ours, and one in eight
-- of the server's, or it would take ours once in six calls only. It leaves out what returns rows and
-- passes an array where there may be any number of arguments, so both are told otherwise.
CREATE SCHEMA smith;
CREATE VIEW smith.pg_proc AS
SELECT oid, pronamespace, proname, prorettype, proretset AND NOT ours AS proretset, prokind, ours,
	CASE WHEN provariadic <> 0 THEN (regexp_replace(proargtypes::text, '\d+$', '') || array_to_string(array_fill(provariadic, '{10}'), ' '))::oidvector ELSE proargtypes END AS proargtypes
FROM (SELECT *, oid IN (SELECT oid FROM ours) AS ours FROM pg_catalog.pg_proc) AS p
WHERE (ours OR pronamespace = 'pg_catalog'::regnamespace AND provolatile <> 'v' AND oid::bigint % 8 = 3)
	AND NOT EXISTS (SELECT FROM pg_type AS t WHERE t.oid = ANY (p.proargtypes) AND t.typtype = 'p');
CREATE ROLE smith LOGIN;
GRANT USAGE ON SCHEMA smith, samples, bi TO smith;
GRANT ALL ON ALL TABLES IN SCHEMA smith, samples, bi, public TO smith;
-- It runs each query in a transaction that it takes back.
ALTER ROLE smith SET search_path = smith, samples, public, bi, pg_catalog;
ALTER ROLE smith SET statement_timeout = '3s';
