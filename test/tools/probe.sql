-- What the drivers try: schema probe lists a call for every function and aggregate of the catalog
-- that tells something of a summary, with parameters for all arguments and the rows that the server
-- itself returns. The extension is in schema cxux, which is not on the path of the role bi.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE SCHEMA cxux;
CREATE EXTENSION cxux SCHEMA cxux;
CREATE SCHEMA probe;
SET search_path = probe, cxux;
\ir ../examples/visits.sql

CREATE VIEW types AS
SELECT t.oid, t.typname FROM pg_type AS t JOIN pg_depend AS d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux') AND t.typtype = 'b' AND t.typcategory <> 'A';

-- One column for each way to build a summary, one row for each touchpoint.
CREATE TABLE examples AS
SELECT type, type || '_' || row_number() OVER (PARTITION BY type ORDER BY expression) AS name, expression FROM builders;
INSERT INTO examples VALUES ('event_journey', 'event_journey_1', 'journey(at, event) FILTER (WHERE actor % 20 = 0)');
SELECT format('CREATE TABLE stored AS SELECT touchpoint, %s FROM visits GROUP BY touchpoint', string_agg(format('%s AS %I', expression, name), ', ' ORDER BY name))
FROM examples \gexec
ALTER TABLE stored ADD PRIMARY KEY (touchpoint), ADD step_pattern_1 step_pattern;
UPDATE stored SET step_pattern_1 = 'view > cart > pay within 1 hour';
INSERT INTO examples VALUES ('step_pattern', 'step_pattern_1', NULL);
COMMENT ON COLUMN stored.step_pattern_1 IS 'a pattern';

-- What stands for an argument: a column or expression over visits, or a value that drivers bind. It
-- is looked up by name, type and how the signature begins; defaults are those of the catalog.
CREATE TABLE arguments (function text, name text, type regtype, expression text, value text);
INSERT INTO arguments (function, name, type, expression) VALUES
	(NULL, 'answer', 'smallint', 'answer'), (NULL, 'answer', 'integer', 'answer::integer'), (NULL, 'answer', 'float8', 'answer::float8'),
	(NULL, 'answer', 'text', 'reason'), (NULL, 'answer', 'text[]', 'ARRAY[reason, event]'), (NULL, 'weight', 'float8', 'weight'),
	(NULL, 'condition', 'boolean', 'done'), ('sample', 'value', 'float8', 'seconds'), ('min_by', 'value', 'text', 'event'), ('max_by', 'value', 'text', 'event'),
	(NULL, 'completed', 'boolean', 'done'), ('task', 'seconds', 'float8', 'seconds'), (NULL, 'errors', 'float8', 'clicks'), (NULL, 'actions', 'float8', 'orders'),
	('experience_index', 'estimate', 'float8', 'clicks'), ('experience_index', 'weight', 'float8', 'orders'),
	(NULL, 'numerator', 'float8', 'clicks'), (NULL, 'denominator', 'float8', 'orders'), (NULL, 'duration', 'interval', $$seconds * interval '1 second'$$),
	('timing', 'seconds', 'float8', 'seconds'), (NULL, 'finished', 'boolean', 'finished'), (NULL, 'started_at', 'timestamptz', 'at'),
	(NULL, 'ended_at', 'timestamptz', $$at + seconds * interval '1 hour'$$), ('items', 'answers', 'float8[]', 'VARIADIC ARRAY[rating, answer, seconds]'),
	(NULL, 'actor', 'bigint', 'actor'), (NULL, 'actor', 'text', 'actor::text'), (NULL, 'actor', 'uuid', $$lpad(actor::text, 32, '0')::uuid$$),
	(NULL, 'at', 'timestamptz', 'at'), (NULL, 'at', 'timestamp', $$(at AT TIME ZONE 'UTC')$$), (NULL, 'event', 'text', 'event'), ('retention', 'at', 'date', 'day'),
	('svg_', 'label', 'text', 'event'), ('svg_', 'at', 'date', 'day'), ('svg_', 'estimate', 'float8', 'clicks::float8'),
	('svg_', 'low', 'float8', 'clicks - 0.5'), ('svg_', 'high', 'float8', 'clicks + 0.5'), ('svg_', 'center', 'float8', 'orders::float8'),
	('svg_', 'signal', 'text', 'NULL::text');
INSERT INTO arguments (function, name, type, value) VALUES
	('svg_', 'title', 'text', 'Clicks & orders'), (NULL, 'confidence', 'float8', '0.9'), (NULL, 'target', 'float8', '0.5'), ('benchmark(likert', 'target', 'float8', '3'), (NULL, 'bars', 'integer', '5'), (NULL, 'outcome', 'integer', '1'),
	(NULL, 'names', 'text[]', '{rating,answer,"say \"how long\""}'), (NULL, 'events', 'bigint', '3'), (NULL, 'exposure', 'float8', '10.5'),
	('pssuq_scales', 'answers', 'float8[]', '{1,2,3,4,5,6,7,1,2,3,4,5,6,7,1,2}'), ('ueq_s', 'answers', 'float8[]', '{1,2,3,4,5,6,7,1}'),
	('experience_index', 'standard_error', 'float8', '0.5'), ('experience_index', 'worst', 'float8', '0'), ('experience_index', 'best', 'float8', '20'),
	('experience_index', 'missing', 'text', 'drop'), ('likert', 'low', 'integer', '0'), ('likert', 'high', 'integer', '10'), (NULL, 'steps', 'step_pattern', 'view > !search > cart|pay within 1 hour'),
	(NULL, 'as_of', 'timestamptz', '2026-03-05 10:00:00+00'), (NULL, 'as_of', 'timestamp', '2026-03-05 10:00:00'),
	(NULL, 'entered', 'tstzrange', '[2026-01-05 00:00:00+00,2026-02-05 00:00:00+00)'), (NULL, 'entered', 'tsrange', '[2026-01-05 00:00:00,2026-02-05 00:00:00)'),
	('back_and_forth', 'within', 'interval', '10 minutes'), ('rage_clicks', 'within', 'interval', '10 minutes'), ('rage_clicks', 'clicks', 'integer', '3'), ('repeated_events', 'within', 'interval', '10 minutes'),
	('correlation', 'i', 'integer', '1'), ('correlation', 'j', 'integer', '2'), ('occurrences', 'event', 'text', 'view'), ('quantile', 'q', 'float8', '0.9'), ('survival', 'seconds', 'float8', '60'), ('state_at', 'at', 'timestamptz', '2026-03-05 10:00:00+00'),
	('flows', 'length', 'integer', '2'), ('sessions', 'gap', 'interval', '30 minutes'), ('state_durations', 'until_at', 'timestamptz', '2026-03-05 10:00:00+00'),
	('retention', 'period', 'text', 'week'), ('retention', 'timezone', 'text', 'Europe/Rome'), ('retention', 'first', 'text', 'view'), ('retention', 'return', 'text', 'pay'), ('stickiness', 'periods', 'integer', '3');

-- The functions: those that return rows, those that tell a number, a text or a time of a summary, and
-- the aggregates; not yet window functions.
CREATE VIEW functions AS
SELECT p.oid, p.proname, p.oid::regprocedure::text AS signature, p.prokind, p.provariadic, p.pronargs, p.proargtypes,
	(SELECT array_agg(i ORDER BY i) FROM generate_series(1, cardinality(p.proargnames)) AS i WHERE p.proargmodes IS NULL OR p.proargmodes[i] IN ('i', 'b', 'v')) AS places, p.proargnames
FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux')
	AND (p.prorettype = 'record'::regtype OR p.proretset OR p.prokind = 'a'
		OR p.prokind = 'f' AND p.proargnames[1] IS NOT NULL AND p.proargtypes[0] IN (SELECT oid FROM types)
			AND p.prorettype IN ('text'::regtype, 'bigint'::regtype, 'integer'::regtype, 'float8'::regtype, 'boolean'::regtype, 'timestamptz'::regtype))
	AND p.prokind <> 'w';

CREATE TABLE calls (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, signature text, query text, parameters jsonb, columns jsonb, cells text[]);
COMMENT ON COLUMN calls.query IS 'with $1, $2, ...';
COMMENT ON COLUMN calls.parameters IS 'an array of {"type", "value"}';
COMMENT ON COLUMN calls.columns IS 'an array of {"name", "type", "oid"}';
COMMENT ON COLUMN calls.cells IS 'the result as text, row by row, from the same query without parameters';

-- A summary comes from a column, or is bound like the other arguments.
CREATE PROCEDURE list(function oid, example text, bound boolean) LANGUAGE plpgsql AS $$
DECLARE
	f functions;
	query text;
	literal text;
	parts text[] = '{}';
	literals text[] = '{}';
	parameters jsonb = '[]';
	tables text = 'probe.stored AS e';
	part text;
	cast_to text;
	known arguments;
	argument regtype;
	default_text text;
	as_json jsonb;
	columns jsonb;
	cells text[];
BEGIN
	SELECT * INTO f FROM functions AS p WHERE p.oid = function;
	FOR i IN 1 .. f.pronargs LOOP
		argument := f.proargtypes[i - 1];
		cast_to := (SELECT 'cxux.' || typname FROM types WHERE oid = argument);
		IF argument IN (SELECT oid FROM types WHERE typname <> 'step_pattern') OR argument = 'step_pattern'::regtype AND i = 1 THEN
			IF bound THEN
				EXECUTE format('SELECT %I::text FROM stored WHERE touchpoint = %L', example, CASE WHEN parts = '{}' THEN 'app' ELSE 'web' END) INTO default_text;
				parameters := parameters || jsonb_build_object('type', 'text', 'value', default_text);
				parts := parts || format('$%s::%s', jsonb_array_length(parameters), cast_to);
				literals := literals || format('%L::%s', default_text, cast_to);
				CONTINUE;
			END IF;
			-- The second one is another row's.
			IF array_length(parts, 1) = 1 THEN
				tables := 'probe.stored AS e JOIN probe.stored AS o ON e.touchpoint = ''app'' AND o.touchpoint = ''web''';
			END IF;
			part := CASE WHEN parts = '{}' THEN 'e.' ELSE 'o.' END || quote_ident(example);
			parts := parts || part;
			literals := literals || part;
			CONTINUE;
		END IF;
		SELECT * INTO known FROM arguments AS a
		WHERE f.signature LIKE coalesce(a.function, '') || '%' AND a.name = f.proargnames[f.places[i]] AND a.type = argument ORDER BY length(a.function) DESC NULLS LAST LIMIT 1;
		IF known.expression IS NOT NULL THEN
			-- A picture has one row for each time.
			tables := CASE WHEN f.proname LIKE 'svg\_%' THEN '(SELECT DISTINCT ON (touchpoint, day) * FROM probe.visits ORDER BY touchpoint, day, at, actor, event) AS v' ELSE 'probe.visits' END;
			parts := parts || known.expression;
			literals := literals || known.expression;
			CONTINUE;
		END IF;
		IF known.value IS NULL THEN
			default_text := pg_get_function_arg_default(f.oid, f.places[i]);
			IF default_text IS NULL THEN
				RAISE EXCEPTION 'no value for % % of %', f.proargnames[f.places[i]], argument, f.signature USING HINT = 'Add it to the table arguments.';
			END IF;
			EXECUTE 'SELECT (' || default_text || ')::text' INTO known.value;
		END IF;
		EXECUTE format('SELECT to_jsonb(%L::%s)', known.value, CASE WHEN cast_to IS NULL THEN argument::text ELSE 'text' END) INTO as_json;
		parameters := parameters || jsonb_build_object('type', format_type(argument, NULL), 'value', as_json);
		-- Drivers have no ranges of their own.
		part := CASE WHEN i = f.pronargs AND f.provariadic <> 0 THEN 'VARIADIC ' ELSE '' END;
		parts := parts || (part || '$' || jsonb_array_length(parameters) || CASE WHEN argument::text LIKE '%range' THEN '::' || argument ELSE '' END);
		literals := literals || (part || quote_literal(known.value) || '::' || argument);
	END LOOP;
	IF f.prokind = 'a' THEN
		query := 'SELECT touchpoint, cxux.%I(%s) AS result FROM ' || tables || ' GROUP BY touchpoint ORDER BY touchpoint';
	ELSIF parts[1] LIKE 'e.%' THEN
		query := 'SELECT e.touchpoint, r.* FROM ' || tables || ', cxux.%I(%s) AS r';
	ELSE
		query := 'SELECT r.* FROM cxux.%I(%s) AS r';
	END IF;
	literal := format(query, f.proname, array_to_string(literals, ', '));
	query := format(query, f.proname, array_to_string(parts, ', '));
	EXECUTE 'CREATE TEMP VIEW described AS ' || literal;
	SELECT jsonb_agg(jsonb_build_object('name', attname, 'type', format_type(atttypid, NULL), 'oid', atttypid::bigint) ORDER BY attnum) INTO columns FROM pg_attribute WHERE attrelid = 'described'::regclass;
	EXECUTE (SELECT format('SELECT array_agg(c) FROM (SELECT unnest(ARRAY[%s]) AS c FROM described) AS q', string_agg(format('%I::text', c ->> 'name'), ', ')) FROM jsonb_array_elements(columns) AS c) INTO cells;
	DROP VIEW described;
	INSERT INTO calls (signature, query, parameters, columns, cells) VALUES (f.signature, query, parameters, columns, cells);
END
$$;
-- Every function with every example of its type; those without a summary once.
SELECT format('CALL list(%s, %L, %L)', f.oid, e.name, bound)
FROM functions AS f LEFT JOIN examples AS e ON e.type = (SELECT typname FROM types WHERE oid = f.proargtypes[0]),
	unnest('{false,true}'::boolean[]) AS bound
WHERE NOT bound OR f.prokind = 'f' AND e.type IS NOT NULL
ORDER BY f.signature, e.name, bound \gexec

-- What is asked of drivers is worth something: nothing is left out, and there are rows to compare.
DO $$
DECLARE
	gap text;
BEGIN
	SELECT string_agg(typname, ', ') INTO gap FROM types WHERE typname NOT IN (SELECT type FROM examples);
	IF gap IS NOT NULL THEN
		RAISE EXCEPTION 'no example of %', gap USING HINT = 'Add lines to builders in test/examples/visits.sql.';
	END IF;
	SELECT string_agg(signature, ', ') INTO gap FROM functions WHERE signature NOT IN (SELECT signature FROM calls WHERE cardinality(cells) > 0);
	IF gap IS NOT NULL THEN
		RAISE EXCEPTION 'no rows of %', gap;
	END IF;
	SELECT string_agg(format('%s: %s', signature, c ->> 'name'), ', ') INTO gap FROM calls, jsonb_array_elements(columns) AS c
	WHERE query NOT LIKE '%GROUP BY touchpoint%' AND c ->> 'type' NOT IN ('text', 'bigint', 'integer', 'double precision', 'boolean', 'date', 'timestamp with time zone')
		-- Parts of a journey are journeys.
		AND NOT (signature LIKE '%(event_journey,%' AND c ->> 'type' = 'event_journey');
	IF gap IS NOT NULL THEN
		RAISE EXCEPTION 'columns of types that BI tools may not know: %', gap;
	END IF;
END
$$;

-- The summaries as a BI tool meets them: in tables of mixed columns, and in a view of plain numbers.
CREATE VIEW scores AS
SELECT e.touchpoint, r.* FROM stored AS e, report(e.nps_summary_1) AS r;
COMMENT ON VIEW scores IS 'recommendation by touchpoint';

CREATE ROLE bi LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA cxux, probe TO bi;
GRANT SELECT ON ALL TABLES IN SCHEMA probe TO bi;
ALTER ROLE bi SET default_transaction_read_only = on;
ALTER ROLE bi SET search_path = elsewhere;
SELECT format('probe: %s calls of %s functions, %s of them with parameters', count(*), count(DISTINCT signature), count(*) FILTER (WHERE parameters <> '[]')) FROM calls \g (format=unaligned tuples_only=on)
