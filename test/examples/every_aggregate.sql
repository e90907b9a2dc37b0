-- Three tables of customers, and a call of every aggregate of the catalog over one of them. Read by
-- the tests of what spreads rows over workers, partitions and machines. What an aggregate is given
-- is told by the name and the type of its parameter: a new parameter needs its line in arguments.
\ir visits.sql
DELETE FROM visits WHERE id >= 3000;
ALTER TABLE visits ADD PRIMARY KEY (id);

-- One summary of each type in every row, for what merges them.
SELECT format($$CREATE TABLE survey AS SELECT actor, day, touchpoint, at, at AT TIME ZONE 'UTC' AS local_at, answer, rating, done, weight, seconds, at + seconds * interval '1 hour' AS ended_at, finished, clicks, orders, reason, event,
	id %% 5 = 0 AND actor < 180 AND actor %% 3 = actor / 60 AS drawn, %s FROM visits GROUP BY id$$,
	string_agg(format('%s AS %I', expression, 'one_' || type), ', ' ORDER BY type))
FROM (SELECT DISTINCT ON (type) type, expression FROM builders ORDER BY type, expression) AS b \gexec
CREATE TABLE events AS SELECT actor, 'customer ' || actor AS name, ('00000000-0000-4000-8000-' || lpad(actor::text, 12, '0'))::uuid AS key, touchpoint,
	at, at AT TIME ZONE 'UTC' AS local_at, (at AT TIME ZONE 'UTC')::date AS day, event FROM visits;
-- Some of a customer's events came late, as a journey of their own.
CREATE TABLE journeys AS SELECT actor, min(touchpoint) AS touchpoint, journey(at, event) AS j FROM visits GROUP BY actor, id % 3;

CREATE TABLE arguments (name text, type regtype, expression text, PRIMARY KEY (name, type));
INSERT INTO arguments VALUES
	('answer', 'smallint', 'answer'), ('answer', 'integer', 'rating'), ('answer', 'double precision', 'rating::float8'),
	('answer', 'text', 'reason'), ('answer', 'text[]', 'ARRAY[reason, event]'), ('answers', 'double precision[]', 'VARIADIC ARRAY[rating, answer, seconds]'),
	('weight', 'double precision', 'weight'), ('low', 'integer', '0'), ('high', 'integer', '10'),
	('condition', 'boolean', 'done'), ('value', 'double precision', 'seconds'), ('value', 'text', 'reason'),
	('numerator', 'double precision', 'clicks'), ('denominator', 'double precision', 'orders'),
	('duration', 'interval', $$seconds * interval '1 second'$$), ('seconds', 'double precision', 'seconds'), ('finished', 'boolean', 'finished'),
	('started_at', 'timestamptz', 'at'), ('ended_at', 'timestamptz', 'ended_at'),
	('as_of', 'timestamptz', $$timestamptz '2026-03-01 10:00+00'$$), ('as_of', 'timestamp', $$timestamp '2026-03-01 10:00'$$),
	('entered', 'tstzrange', $$tstzrange '[2026-01-10 00:00+00,2026-02-20 00:00+00)'$$), ('entered', 'tsrange', $$tsrange '[2026-01-10 00:00,2026-02-20 00:00)'$$),
	('actor', 'bigint', 'actor'), ('actor', 'text', 'name'), ('actor', 'uuid', 'key'),
	('at', 'timestamptz', 'at'), ('at', 'timestamp', 'local_at'), ('at', 'date', 'day'),
	('event', 'text', 'event'), ('steps', 'step_pattern', $$'view > [search] > cart > pay within 1 hour'$$), ('length', 'integer', '3'),
	('completed', 'boolean', 'done'), ('errors', 'double precision', 'clicks'), ('actions', 'double precision', 'orders'),
	('j', 'event_journey', 'j'), ('period', 'text', $$'week'$$), ('timezone', 'text', $$'Europe/Rome'$$), ('first', 'text', $$'view'$$), ('return', 'text', $$'pay'$$),
	('estimate', 'double precision', 'rating::float8'), ('standard_error', 'double precision', $$1 / orders$$), ('worst', 'double precision', '0'), ('best', 'double precision', '10'),
	('missing', 'text', $$'drop'$$), ('confidence', 'double precision', '0.9'),
	('label', 'text', 'reason'), ('center', 'double precision', '3'), ('low', 'double precision', 'rating - 1::float8'), ('high', 'double precision', 'rating + 1::float8'), ('signal', 'text', 'event'), ('title', 'text', $$'NPS, points'$$);
INSERT INTO arguments SELECT DISTINCT 'x', type::regtype, 'one_' || type FROM builders;
INSERT INTO arguments VALUES ('x', 'event_journey', 'j');

-- An aggregate without a line for one of its parameters has no call. What reads events or journeys
-- reads theirs, the others read the survey. All that is given as one value for all has no column.
CREATE VIEW of_catalog AS
SELECT a.*, p.proname AS name, p.oid::regprocedure::text AS signature, p.prorettype::regtype AS result,
	CASE WHEN c.complete THEN format('%I(%s)', p.proname, c.list) END AS call, c.list AS list,
	CASE WHEN 'event_journey'::regtype = ANY (p.proargtypes) THEN 'journeys' WHEN 'event' = ANY (p.proargnames) OR 'actor' = ANY (p.proargnames) THEN 'events' ELSE 'survey' END AS source,
	CASE WHEN p.prorettype IN (SELECT type FROM arguments WHERE arguments.name = 'x') THEN 'part_' || md5(p.oid::regprocedure::text) END AS part,
	c.collatable AND NOT c.collated AS constant_text,
	NOT EXISTS (SELECT FROM builders AS b WHERE b.type::regtype = p.prorettype AND NOT b.exact) AND p.prorettype <> 'experience_score'::regtype AS exact,
	coalesce('title' = ANY (p.proargnames), false) AS draws
FROM pg_aggregate AS a JOIN pg_proc AS p ON p.oid = a.aggfnoid
JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxux'
CROSS JOIN LATERAL (
	SELECT string_agg(r.expression, ', ' ORDER BY i) AS list, bool_and(r.expression IS NOT NULL) AS complete,
		coalesce(bool_or(t.typcollation <> 0), false) AS collatable, coalesce(bool_or(t.typcollation <> 0 AND r.expression ~ '^[a-z]|^ARRAY'), false) AS collated
	FROM unnest(p.proargtypes) WITH ORDINALITY AS o (type, i) JOIN pg_type AS t ON t.oid = o.type
	LEFT JOIN arguments AS r ON r.name = p.proargnames[i] AND r.type = o.type) AS c;
CREATE VIEW every_aggregate AS SELECT * FROM of_catalog WHERE NOT draws;
-- A picture is drawn of few rows in a stated order, which no part of them has: it is tried apart. No two
-- of those that are drawn are of one day.
CREATE VIEW every_picture AS
SELECT aggfnoid, aggcombinefn, name, signature, left(call, -1) || format(' ORDER BY %s) FILTER (WHERE drawn)', list) AS call, source, exact, constant_text FROM of_catalog WHERE draws;
