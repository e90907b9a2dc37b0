-- One query of text for each way into cxux: every aggregate of the catalog over groups, over frames
-- that move, and over what does not fit the memory; every function; every type in and out, in text
-- and in binary; pictures of rows; the index; and what the planner asks. To be run after
-- every_aggregate.sql. A new kind of parameter of a function needs its line in function_arguments.
DELETE FROM survey WHERE actor >= 12;
DELETE FROM events WHERE actor >= 12;
DELETE FROM journeys WHERE actor >= 12;
-- Few rows in many pages are planned without workers as soon as they are counted.
VACUUM ANALYZE survey, events, journeys;

CREATE TABLE fault_calls (kind text, name text, query text);
-- What an answer is made of, in one value
CREATE FUNCTION one_value(query text) RETURNS text LANGUAGE sql AS $$
	SELECT format('SELECT string_agg(encode(record_send(s), ''hex''), '' '' ORDER BY k) FROM (%s) AS s', query)
$$;
INSERT INTO fault_calls SELECT 'groups', signature, one_value(format('SELECT actor %% 3 AS k, %s AS r FROM %I GROUP BY 1', call, source)) FROM every_aggregate;
INSERT INTO fault_calls SELECT 'moving window', signature, one_value(format('SELECT row_number() OVER w AS k, %s OVER w AS r FROM (SELECT *, ctid FROM %I WHERE actor < 3) AS s WINDOW w AS (ORDER BY actor, s.ctid ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)', call, source))
FROM every_aggregate WHERE aggmtransfn <> 0;
INSERT INTO fault_calls SELECT 'any window', signature, one_value(format('SELECT row_number() OVER w AS k, %s OVER w AS r FROM (SELECT *, ctid FROM %I WHERE actor < 3) AS s WINDOW w AS (ORDER BY actor, s.ctid ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)', call, source))
FROM every_aggregate WHERE aggmtransfn = 0 AND aggfinalmodify <> 'w';

-- One value of each type
SELECT format('CREATE TABLE given AS SELECT (SELECT journey(at, event) FROM events) AS j, step_pattern ''view > [search] > cart > pay within 1 hour'' AS p, %s FROM survey', string_agg(DISTINCT format('rollup(%1$I) AS %1$I', 'one_' || type), ', ')) FROM builders \gexec
ALTER TABLE given ADD one_event_journey event_journey, ADD one_step_pattern step_pattern;
UPDATE given SET one_event_journey = j, one_step_pattern = p;
-- One cell a day, for what looks along cells
SELECT format('CREATE TABLE cells AS SELECT day, actor, at, event, %s FROM survey', string_agg(DISTINCT 'one_' || type, ', ')) FROM builders \gexec

CREATE TABLE function_arguments (name text, type regtype, expression text, PRIMARY KEY (name, type));
INSERT INTO function_arguments SELECT n, a.atttypid::regtype, a.attname FROM unnest('{"",x,a,b}'::text[]) AS n, pg_attribute AS a WHERE a.attrelid = 'given'::regclass AND a.attname LIKE 'one\_%';
INSERT INTO function_arguments VALUES
	('', 'bigint', '7'), ('', 'boolean', 'true'), ('', 'bytea', $$min_by_accum(NULL, 'price', timestamptz '2026-01-02 10:00+00')$$), ('', 'double precision', '2'), ('', 'double precision[]', $$experience_index_accum('{0,0,0,0,0,0,0}'::float8[], 5, 1, 0, 10, 1)$$), ('', 'integer', '3'), ('', 'smallint', '3'),
	('', 'interval', $$interval '1 minute'$$), ('', 'text', $$'price'$$), ('', 'text[]', $$'{price,wait}'$$), ('', 'timestamptz', $$timestamptz '2026-01-02 10:00+00'$$),
	('alternative', 'text', $$'greater'$$), ('answer', 'double precision', '9'), ('answer', 'integer', '9'), ('answer', 'smallint', '9'), ('answer', 'text', $$' 9 '$$), ('answer', 'jsonb', $$'"9"'$$),
	('as_of', 'timestamptz', $$timestamptz '2026-03-01 10:00+00'$$), ('at', 'timestamptz', $$timestamptz '2026-01-02 10:00+00'$$), ('at', 'timestamp', $$timestamp '2026-01-02 10:00'$$),
	('bars', 'integer', '3'), ('best', 'double precision', '10'), ('boxes', 'integer', '2'), ('choice', 'text', $$'price'$$), ('clicks', 'integer', '2'), ('confidence', 'double precision', '0.9'),
	('counts', 'bigint[]', $$'{1,2,3}'$$), ('detractors', 'bigint', '3'), ('difference_points', 'double precision', '10'), ('done_at', 'timestamptz', $$timestamptz '2026-01-02 10:00+00'$$), ('due_at', 'timestamptz', $$timestamptz '2026-01-03 10:00+00'$$),
	('ease', 'double precision', '5'), ('estimate', 'double precision', '5'), ('estimate', 'text', $$'mean'$$), ('event', 'text', $$'view'$$), ('events', 'bigint', '7'), ('events_a', 'bigint', '7'), ('events_b', 'bigint', '9'), ('events', 'text[]', $$'{a,b}'$$), ('exposure', 'double precision', '100'), ('exposure_a', 'double precision', '100'), ('exposure_b', 'double precision', '120'),
	('first_step', 'integer', '1'), ('from_at', 'timestamptz', $$timestamptz '2026-01-01 09:00+00'$$), ('gap', 'interval', $$interval '10 minutes'$$), ('high', 'integer', '10'), ('i', 'integer', '1'), ('is_baseline', 'boolean', 'true'),
	('j', 'event_journey', 'j'), ('j', 'integer', '2'), ('label', 'text', $$'good'$$), ('labels', 'text[]', $$'{bad,good}'$$), ('last_step', 'integer', '2'), ('low', 'integer', '0'), ('margin', 'double precision', '0.1'), ('margin_points', 'double precision', '10'),
	('maximum', 'double precision', '9'), ('mean', 'double precision', '5'), ('minimum', 'bigint', '2'), ('minimum', 'double precision', '1'), ('measures', 'text[]', $$'{}'$$), ('method', 'text', $$'holm'$$), ('missing', 'text', $$'drop'$$), ('ratings', 'double precision[]', $$'{10,20,30,40,50,60}'$$), ('tallies', 'double precision[]', $$'{0,1,2,3,4,5}'$$), ('n', 'bigint', '10'), ('names', 'text[]', $$'{cart,pay,view}'$$),
	('outcome', 'integer', '1'), ('p', 'double precision', '0.01'), ('p', 'double precision[]', $$'{0.01,0.5}'$$), ('p', 'step_pattern', 'p'), ('passives', 'bigint', '2'), ('period', 'integer', '1'), ('periods', 'integer', '1'), ('population', 'bigint', '10000'), ('power', 'double precision', '0.8'),
	('promoters', 'bigint', '5'), ('q', 'double precision', '0.5'), ('rolling', 'boolean', 'true'), ('score', 'double precision', '70'), ('screens', 'double precision', '9'), ('seconds', 'double precision', '10'),
	('share', 'double precision', '0.5'), ('share_a', 'double precision', '0.5'), ('share_b', 'double precision', '0.6'), ('sigmas', 'double precision', '3'), ('standard_deviation', 'double precision', '2'), ('standard_error', 'double precision', '1'), ('step', 'integer', '2'),
	('steps', 'step_pattern', 'p'), ('steps', 'text', 'p::text'), ('successes', 'bigint', '7'), ('target', 'double precision', '0.5'), ('times', 'timestamptz[]', $$'{2026-01-01 00:00+00,2026-01-02 00:00+00}'$$), ('trials', 'bigint', '10'), ('undecided', 'bigint', '1'),
	('unique_screens', 'double precision', '8'), ('until_at', 'timestamptz', $$timestamptz '2026-02-01 00:00+00'$$), ('usefulness', 'double precision', '6'), ('value', 'double precision', '5'), ('variance', 'double precision', '0.5'), ('variance_a', 'double precision', '0.5'), ('variance_b', 'double precision', '0.5'),
	('weight', 'double precision', '1'), ('width', 'integer', '70'), ('within', 'interval', $$interval '1 hour'$$), ('worst', 'double precision', '0');
-- Those to which that does not apply
CREATE TABLE function_lists (function regprocedure, list text);
INSERT INTO function_lists SELECT oid, format('one_likert_summary, 3::%s, scale_low(one_likert_summary), scale_high(one_likert_summary)%s', proargtypes[1]::regtype, CASE pronargs WHEN 5 THEN ', 2' ELSE '' END) FROM pg_proc WHERE proname = 'likert_summary_accum' AND pronargs > 2;
INSERT INTO function_lists SELECT oid, $$'{0,0,0,0,0,0,0}'::float8[], 5, 1, 0, 10, 1$$ || CASE pronargs WHEN 6 THEN '' WHEN 7 THEN $$, 'drop'$$ ELSE $$, 'drop', 0.9$$ END FROM pg_proc WHERE proname = 'experience_index_accum';
INSERT INTO function_lists VALUES
	('items_summary_accum(items_summary, float8[])', $$one_items_summary, '{1,2,3}'$$), ('csat(likert_summary)', $$likert_summary(1, '{1,2,3,4,5}')$$),
	('choices_summary_accum(choices_summary, text)', $$'{}'::choices_summary, 'price'$$), ('choices_summary_accum(choices_summary, text, float8)', $$'{}'::choices_summary, 'price', 2$$),
	('sus(float8[])', '1, 2, 3, 4, 5, 1, 2, 3, 4, 5'), ('umux(float8[])', '1, 2, 3, 4'), ('asq(float8[])', '1, 2, 3'), ('ux_lite(float8, float8)', '5, 4'), ('ueq_s(float8[])', '1, 2, 3, 4, 5, 6, 7, 1'),
	('pssuq(float8[])', '1, 2, 3, 4, 5, 6, 7, 1, 1, 2, 3, 4, 5, 6, 7, 1'), ('pssuq_scales(float8[])', '1, 2, 3, 4, 5, 6, 7, 1, 1, 2, 3, 4, 5, 6, 7, 1');

-- What SQL can call: all functions but those that have a state no SQL can give, and live roll-ups. A
-- method is left to its default where there is one.
CREATE VIEW callable_functions AS
SELECT p.*, p.oid::regprocedure::text AS signature, ARRAY(SELECT coalesce(p.proargnames[i], '') FROM generate_series(1, greatest(p.pronargs, cardinality(p.proargnames))) AS i WHERE coalesce(p.proargmodes[i], 'i') IN ('i', 'v') ORDER BY i) AS names
FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxux'
WHERE p.prokind IN ('f', 'w') AND NOT 'internal'::regtype = ANY (p.proargtypes) AND p.proname !~ 'live_rollup' AND p.oid NOT IN (SELECT aggminvtransfn FROM pg_aggregate);
CREATE VIEW function_calls AS
SELECT p.*, format('%I(%s)', p.proname, coalesce(l.list, c.list)) AS call
FROM callable_functions AS p LEFT JOIN function_lists AS l ON l.function = p.oid
CROSS JOIN LATERAL (
	SELECT coalesce(string_agg(CASE WHEN p.provariadic <> 0 AND i = p.pronargs THEN 'VARIADIC ' ELSE '' END || CASE o.type WHEN 'cstring'::regtype THEN format('one_%s::text::cstring', regexp_replace(p.proname, '_in$', '')) ELSE format('(%s)::%s', r.expression, o.type::regtype) END, ', ' ORDER BY i), '') AS list
	FROM unnest(p.proargtypes) WITH ORDINALITY AS o (type, i) LEFT JOIN function_arguments AS r ON r.name = p.names[i] AND r.type = o.type
	WHERE NOT (p.names[i] = 'method' AND i > p.pronargs - p.pronargdefaults)) AS c;
INSERT INTO fault_calls SELECT CASE prokind WHEN 'w' THEN 'window functions' ELSE 'functions' END, signature,
	CASE WHEN prokind = 'w' THEN format('SELECT string_agg(concat(r), '' '' ORDER BY k) FROM (SELECT row_number() OVER w AS k, %s OVER w AS r FROM cells WINDOW w AS (ORDER BY actor, at, event)) AS s', call)
		WHEN proretset THEN format('SELECT concat(''rows: '', string_agg(r::text, E''\n'')) FROM given, %s AS r', call)
		ELSE format('SELECT concat(''answer: '', (%s)::text) FROM given', call) END
FROM function_calls;

-- What binary input reads: a file that the type itself has written
CREATE FUNCTION faults_received(type regtype, file text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('CREATE TABLE received (x %s)', type);
	EXECUTE format('COPY received FROM %L (FORMAT binary)', file);
	EXECUTE 'SELECT encode(record_send(received), ''hex'') FROM received' INTO answer;
	DROP TABLE received;
	RETURN answer;
END
$$;
SELECT format('COPY (SELECT %I FROM given) TO %L (FORMAT binary)', attname, current_setting('data_directory') || '/' || current_database() || '_' || attname) FROM pg_attribute WHERE attrelid = 'given'::regclass AND attname LIKE 'one\_%' \gexec
INSERT INTO fault_calls SELECT 'binary input', atttypid::regtype::text, format('SELECT faults_received(%L, %L)', atttypid::regtype, current_setting('data_directory') || '/' || current_database() || '_' || attname) FROM pg_attribute WHERE attrelid = 'given'::regclass AND attname LIKE 'one\_%';

-- Pictures of rows
INSERT INTO fault_calls VALUES
	('pictures of rows', 'svg_cells', $$SELECT svg_cells(reason || repeat('W', 30), clicks, clicks - 3, clicks + 7, 'Cells ' || repeat('W', 100) ORDER BY at) FROM survey WHERE actor < 3$$),
	('pictures of rows', 'svg_line', $$SELECT svg_line(day, clicks, clicks - 3, clicks + 7, 'days') || svg_line(first, clicks, clicks - 3, clicks + 7, 'times') || svg_line(first AT TIME ZONE 'UTC', clicks, clicks - 3, clicks + 7, 'local') FROM (SELECT day, min(at) AS first, sum(clicks) AS clicks FROM survey GROUP BY 1) AS s$$),
	('pictures of rows', 'svg_control', $$SELECT svg_control(reason, clicks, 5, 2, 9, CASE WHEN clicks > 9 THEN 'above limits' END, 'control' ORDER BY at) FROM survey$$);

-- The index of journeys: made, asked, and added to
CREATE FUNCTION faults_index() RETURNS text LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
	answer text;
BEGIN
	CREATE INDEX journeys_j ON journeys USING gin (j);
	SELECT string_agg(actor::text, ' ' ORDER BY actor, ctid) INTO answer FROM journeys WHERE j @> 'view > !search > cart';
	INSERT INTO journeys SELECT -1, 'app', j FROM given;
	SELECT answer || ', ' || count(*) INTO answer FROM journeys WHERE j @> 'view > cart > pay';
	DELETE FROM journeys WHERE actor = -1;
	DROP INDEX journeys_j;
	RETURN answer;
END
$$;
INSERT INTO fault_calls VALUES ('index', 'gin', 'SELECT faults_index()');

-- Of what goes to temporary files in the smallest memory: every aggregate over rows of events
CREATE TABLE many_events AS SELECT a AS actor, 'customer ' || a AS name, ('00000000-0000-4000-8000-' || lpad(a::text, 12, '0'))::uuid AS key, at, at AT TIME ZONE 'UTC' AS local_at, (at AT TIME ZONE 'UTC')::date AS day, event
FROM (SELECT i * 7919 % 4001 AS a, timestamptz '2026-01-01 00:00+00' + i * interval '10 minutes' AS at, (ARRAY['view', 'cart', 'pay', 'search'])[1 + i * 31 % 4] AS event FROM generate_series(1, 6000) AS i) AS s;
CREATE TABLE spilling_calls AS SELECT signature, format('SELECT encode(record_send(ROW(%s)), ''hex'') FROM many_events', call) AS query FROM every_aggregate WHERE aggfinalmodify = 'w' AND signature ~ '^(funnel|retention)';
