-- What the catalog promises the planner, and what it does with it.
BEGIN;
SELECT plan(54);

CREATE VIEW functions AS
SELECT p.*, p.proname IN ('live_rollup', 'live_rollup_maintain', 'recompute_live_rollup', 'drop_live_rollup') AS is_live FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxux';
CREATE VIEW types AS
SELECT t.oid, t.typname FROM pg_type AS t JOIN pg_depend AS d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxux' WHERE t.typtype = 'b' AND t.typelem = 0;
CREATE VIEW aggregates AS SELECT a.*, p.oid::regprocedure AS signature FROM pg_aggregate AS a JOIN functions AS p ON p.oid = a.aggfnoid;

SELECT cmp_ok((SELECT count(*)::int FROM functions), '>', 150, 'functions belong to the extension');
SELECT cmp_ok((SELECT count(*)::int FROM types), '>=', 5, 'and types');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE provolatile <> 'i' AND proname NOT IN ('choices_summary_send', 'choices_summary_recv', 'step_pattern_send', 'step_pattern_recv', 'funnel_summary_send', 'funnel_summary_recv', 'event_journey_send', 'event_journey_recv', 'flow_summary_send', 'flow_summary_recv', 'retention_summary_send', 'retention_summary_recv') AND NOT is_live), NULL, 'all functions are immutable');
SELECT is((SELECT string_agg(provolatile, '') FROM functions WHERE proname IN ('choices_summary_send', 'choices_summary_recv', 'step_pattern_send', 'step_pattern_recv', 'funnel_summary_send', 'funnel_summary_recv', 'event_journey_send', 'event_journey_recv', 'flow_summary_send', 'flow_summary_recv', 'retention_summary_send', 'retention_summary_recv')), 'ssssssssssss', 'but what sends names in the encoding of the client');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE proparallel <> 's' AND NOT is_live), NULL, 'all functions are parallel safe');
SELECT is((SELECT string_agg(format('%s %s %s', proname, provolatile, proparallel), ', ' ORDER BY proname) FROM functions WHERE is_live), 'drop_live_rollup v u, live_rollup v u, live_rollup_maintain v u, recompute_live_rollup v u, recompute_live_rollup v u', 'but those that write');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE proleakproof), NULL, 'no function claims to be leakproof');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE prosecdef OR proconfig IS NOT NULL), NULL, 'no function changes role or settings');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE prokind <> 'a' AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')), NULL, 'all functions are in C');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ' ORDER BY oid::regprocedure::text COLLATE "C") FROM functions WHERE prokind <> 'a' AND NOT proisstrict),
	(SELECT string_agg(f::regprocedure::text, ', ' ORDER BY f::regprocedure::text COLLATE "C") FROM unnest(
		(SELECT array_agg(format('merge(%s, %s)', oid::regtype, oid::regtype)) FROM types WHERE typname LIKE '%\_summary' OR typname = 'event_journey') || ARRAY[
		'adjust_p_value(float8, text)', 'shrink(float8, float8, float8)', 'control_limits(bigint, float8, float8, boolean, text)', 'individual_limits(float8, float8, boolean)', 'index_contribution(float8, float8, float8, float8, text)',
		'experience_index_accum(float8[], float8, float8, float8, float8, float8)', 'experience_index_accum(float8[], float8, float8, float8, float8, float8, text)', 'experience_index_accum(float8[], float8, float8, float8, float8, float8, text, float8)',
		'min_by_accum(bytea, text, timestamptz)', 'max_by_accum(bytea, text, timestamptz)', 'met_by(timestamptz, timestamptz, timestamptz)',
		'sample_summary_accum(sample_summary, float8, float8)',
		'timing_summary_accum(timing_summary, interval, boolean)', 'timing_summary_accum(timing_summary, float8, boolean)', 'timing_summary_accum(timing_summary, timestamptz, timestamptz, timestamptz)',
		'nps_summary_accum(nps_summary, float8, float8)', 'nps_summary_remove(nps_summary, float8, float8)',
		'likert_summary_accum(likert_summary, int2, int, int)', 'likert_summary_accum(likert_summary, int, int, int)', 'likert_summary_accum(likert_summary, float8, int, int)', 'likert_summary_accum(likert_summary, float8, int, int, float8)',
		'likert_summary_remove(likert_summary, int2, int, int)', 'likert_summary_remove(likert_summary, int, int, int)', 'likert_summary_remove(likert_summary, float8, int, int)', 'likert_summary_remove(likert_summary, float8, int, int, float8)',
		'choices_summary_accum(choices_summary, text, float8)', 'choices_summary_accum(choices_summary, text[], float8)', 'choices_summary_remove(choices_summary, text, float8)', 'choices_summary_remove(choices_summary, text[], float8)',
		'rate_summary_accum(rate_summary, boolean)', 'rate_summary_remove(rate_summary, boolean)', 'rate_summary_accum(rate_summary, boolean, float8)', 'rate_summary_remove(rate_summary, boolean, float8)']
		|| (SELECT array_agg(format('funnel_summary_accum(internal, %s, %s)', actor, args)) FROM unnest('{bigint,uuid,text}'::text[]) AS actor, unnest(ARRAY['timestamptz, text, step_pattern', 'timestamptz, text, step_pattern, timestamptz', 'timestamptz, text, step_pattern, timestamptz, tstzrange', 'timestamp, text, step_pattern', 'timestamp, text, step_pattern, timestamp', 'timestamp, text, step_pattern, timestamp, tsrange']) AS args)
		|| ARRAY['svg_cells_accum(internal, text, float8, float8, float8, text)', 'svg_control_accum(internal, text, float8, float8, float8, float8, text, text)'] || (SELECT array_agg(format('svg_line_accum(internal, %s, float8, float8, float8, text)', at)) FROM unnest('{date,timestamp,timestamptz}'::text[]) AS at)
		|| (SELECT array_agg(format('suppress(%s, bigint)', oid::regtype)) FROM types WHERE typname LIKE '%\_summary')
		|| (SELECT array_agg(format(f, t)) FROM unnest('{nps,likert,rate,sample}'::text[]) AS t, unnest(ARRAY['shrink(%s_summary, float8)', 'control_limits(%s_summary, float8, boolean, text)']) AS f)
		|| ARRAY['funnel_summary_final(internal)', 'funnel_summary_accum(internal, funnel_summary)', 'funnel_summary_combine(internal, internal)', 'funnel_summary_rollup_final(internal)',
		'funnel_summary_single(internal, timestamptz, text, step_pattern)', 'funnel_summary_single(internal, timestamptz, text, step_pattern, timestamptz)', 'funnel_summary_single(internal, timestamp, text, step_pattern)', 'funnel_summary_single(internal, timestamp, text, step_pattern, timestamp)',
		'funnel_summary_depth(internal)', 'funnel_summary_outcome(internal)', 'live_rollup_maintain()']
		|| (SELECT array_agg(format('task_summary_accum(internal, boolean%s)', args)) FROM unnest('{"",", interval",", interval, float8",", interval, float8, float8",", float8",", float8, float8",", float8, float8, float8"}'::text[]) AS args)
		|| ARRAY['task_summary_accum(internal, task_summary)', 'task_summary_combine(internal, internal)', 'task_summary_final(internal)',
		'event_journey_accum(internal, timestamptz, text)', 'event_journey_accum(internal, timestamp, text)', 'event_journey_accum(internal, event_journey)', 'event_journey_combine(internal, internal)', 'event_journey_final(internal)',
		'flow_summary_flows(internal, event_journey, step_pattern, integer)', 'flow_summary_next(internal, event_journey, step_pattern)', 'flow_summary_next(internal, event_journey, step_pattern, timestamptz)', 'flow_summary_accum(internal, flow_summary)', 'flow_summary_combine(internal, internal)', 'flow_summary_final(internal)', 'state_durations(event_journey, timestamptz)',
		'session_number(timestamptz, interval)', 'session_number(timestamp, interval)',
		'funnel_summary_accum(internal, event_journey, step_pattern)', 'funnel_summary_accum(internal, event_journey, step_pattern, timestamptz)', 'funnel_summary_accum(internal, event_journey, step_pattern, timestamptz, tstzrange)', 'funnel_summary_journey_combine(internal, internal)', 'funnel_summary_journey_final(internal)']
		|| (SELECT array_agg(format('retention_summary_accum(internal, %s, %s)', actor, args)) FROM unnest('{bigint,uuid,text}'::text[]) AS actor, unnest(ARRAY['timestamptz, text', 'timestamptz, text, text', 'timestamptz, text, text, text, text', 'timestamptz, text, text, text, text, text', 'timestamp, text', 'timestamp, text, text, text, text', 'date, text', 'date, text, text, text, text']) AS args)
		|| (SELECT array_agg(format('retention_summary_accum(internal, event_journey, %s)', args)) FROM unnest(ARRAY['text', 'text, text', 'text, text, text', 'text, text, text, text']) AS args)
		|| ARRAY['retention_summary_final(internal)', 'retention_summary_journey_combine(internal, internal)', 'retention_summary_journey_final(internal)', 'retention_summary_accum(internal, retention_summary)', 'retention_summary_combine(internal, internal)', 'retention_summary_rollup_final(internal)',
		'report(retention_summary, boolean, timestamptz, float8)', 'curve(retention_summary, boolean, timestamptz, float8)', 'retained(retention_summary, int, boolean, timestamptz)', 'lifecycle(retention_summary, timestamptz)', 'stickiness(retention_summary, int, timestamptz)']) AS f),
	'only these functions see a NULL');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE prorettype IN (SELECT oid FROM pg_type WHERE typtype = 'p' AND typname NOT IN ('cstring', 'record', 'internal', 'trigger', 'void')) OR 'anyelement'::regtype = ANY (proargtypes)), NULL, 'no function is polymorphic');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE prorettype = 'internal'::regtype AND NOT EXISTS (SELECT FROM aggregates WHERE aggtranstype = 'internal'::regtype AND functions.oid IN (aggtransfn, aggcombinefn, aggdeserialfn)) AND oid NOT IN (SELECT amproc FROM pg_amproc)), NULL, 'only parts of an aggregate, or of an index, return a state');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE prorettype = 'internal'::regtype AND NOT 'internal'::regtype = ANY (proargtypes)), NULL, 'and nobody can call them by hand');
SELECT is((SELECT string_agg(format('%s %s', amname, opcname), ', ') FROM pg_opclass AS c JOIN pg_am AS a ON a.oid = c.opcmethod WHERE opcintype IN (SELECT oid FROM types) AND NOT amvalidate(c.oid)), NULL, 'all operator classes have what their access methods ask for');
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ') FROM functions WHERE NOT has_function_privilege('public', oid, 'EXECUTE')), NULL, 'everybody may call everything');

-- Events of an actor must be in one place, and are sorted there: these do not combine, and their final function writes
CREATE VIEW of_events AS SELECT * FROM aggregates WHERE signature::text ~ '^(funnel|depth|outcome|retention)\(' AND signature::text !~ '\(event_journey';
SELECT is((SELECT string_agg(format('%s %s', name, count), ', ' ORDER BY name) FROM (SELECT split_part(signature::text, '(', 1) AS name, count(*) FROM of_events GROUP BY 1) AS c), 'depth 2, funnel 18, outcome 2, retention 24', 'aggregates over rows of events');
SELECT is((SELECT string_agg(signature::text, ', ') FROM of_events WHERE aggtranstype <> 'internal'::regtype OR aggfinalmodify <> 'w' OR aggfinalextra OR aggcombinefn <> 0 OR aggserialfn <> 0 OR aggdeserialfn <> 0 OR agginitval IS NOT NULL OR aggmtransfn <> 0), NULL, 'keep rows that they alone can read');
-- Pictures of rows keep all of them in the order they come
CREATE VIEW of_rows AS SELECT * FROM aggregates WHERE signature::text ~ '^svg_';
SELECT is((SELECT string_agg(format('%s %s', name, count), ', ' ORDER BY name) FROM (SELECT split_part(signature::text, '(', 1) AS name, count(*) FROM of_rows GROUP BY 1) AS c), 'svg_cells 1, svg_control 1, svg_line 3', 'pictures of rows');
SELECT is((SELECT string_agg(signature::text, ', ') FROM of_rows WHERE aggtranstype <> 'internal'::regtype OR aggfinalmodify <> 'r' OR aggfinalextra OR aggcombinefn <> 0 OR aggserialfn <> 0 OR aggdeserialfn <> 0 OR agginitval IS NOT NULL OR aggmtransfn <> 0 OR aggtransspace <= 0), NULL, 'none of which is made by several workers');
CREATE VIEW internal_rollups AS SELECT * FROM aggregates WHERE aggtranstype = 'internal'::regtype AND signature NOT IN (SELECT signature FROM of_events UNION ALL SELECT signature FROM of_rows);
SELECT is((SELECT string_agg(format('%s %s', name, count), ', ' ORDER BY name) FROM (SELECT regexp_replace(signature::text, '^(\w+)\((event_journey,|boolean|timestamp).*', '\1') AS name, count(*) FROM internal_rollups GROUP BY 1) AS c), 'flows 1, funnel 3, journey 2, next_events 2, retention 4, rollup(event_journey) 1, rollup(flow_summary) 1, rollup(funnel_summary) 1, rollup(retention_summary) 1, rollup(task_summary) 1, task 7', 'some more have a state that is no type');
SELECT ok((SELECT bool_and(aggcombinefn <> 0 AND aggserialfn <> 0 AND aggdeserialfn <> 0 AND aggfinalmodify = 'r' AND NOT aggfinalextra AND agginitval IS NULL AND aggmtransfn = 0 AND aggtransspace > 0) FROM internal_rollups), 'which goes from worker to leader');
CREATE VIEW plain AS SELECT * FROM aggregates WHERE signature NOT IN (SELECT signature FROM of_events UNION ALL SELECT signature FROM internal_rollups UNION ALL SELECT signature FROM of_rows);
SELECT is((SELECT string_agg(signature::text, ', ') FROM plain WHERE aggcombinefn = 0), NULL, 'all others combine');
SELECT is((SELECT string_agg(signature::text, ', ') FROM plain WHERE aggserialfn <> 0 OR aggtranstype = 'internal'::regtype), NULL, 'their states are types');
SELECT is((SELECT string_agg(signature::text, ', ') FROM plain WHERE aggfinalmodify <> 'r' OR aggmfinalmodify <> 'r' OR aggfinalextra OR aggmfinalextra), NULL, 'their final functions only read');
-- What can be taken out of a summary can leave a frame, and nothing else can.
CREATE VIEW movable AS SELECT oid FROM types WHERE EXISTS (SELECT FROM functions AS p WHERE proname = 'subtract' AND proargtypes = ARRAY[types.oid, types.oid]::oidvector);
SELECT is((SELECT string_agg(signature::text, ', ') FROM aggregates WHERE aggtranstype IN (SELECT oid FROM movable) AND (aggmtransfn = 0 OR aggminvtransfn = 0 OR aggmtranstype <> aggtranstype)), NULL, 'those of what can be subtracted move in windows');
SELECT is((SELECT string_agg(signature::text, ', ') FROM aggregates WHERE aggtranstype NOT IN (SELECT oid FROM movable) AND (aggmtransfn <> 0 OR aggminvtransfn <> 0 OR aggmtranstype <> 0)), NULL, 'the others do not claim to');
SELECT is((SELECT count(*)::int FROM movable WHERE oid IN ('nps_summary'::regtype, 'likert_summary'::regtype, 'rate_summary'::regtype)), 3, 'counts can be subtracted');
SELECT is((SELECT string_agg(signature::text, ', ') FROM plain WHERE aggtranstype <> 'bytea'::regtype AND (agginitval IS NULL OR aggmtransfn <> 0 AND agginitval IS DISTINCT FROM aggminitval)), NULL, 'both modes start from nobody');
SELECT is((SELECT string_agg(signature::text, ', ') FROM plain WHERE aggtranstype NOT IN (SELECT oid FROM types)), format('experience_index(%1$s), experience_index(%1$s,text), experience_index(%1$s,text,double precision), min_by(text,timestamp with time zone), max_by(text,timestamp with time zone)', 'double precision,double precision,double precision,double precision,double precision'), 'their states are summaries, but of those that have none');
-- What every summary has
SELECT is((SELECT string_agg(format('%s(%s)', verb, oid::regtype), ', ') FROM types, unnest('{report,n,minimum_base,chart,svg,merge,rollup}'::text[]) AS verb
	WHERE typname LIKE '%\_summary' AND NOT EXISTS (SELECT FROM functions AS p WHERE proname = verb AND proargtypes[0] = types.oid)), NULL, 'every summary has the verbs of all');
SELECT is((SELECT string_agg(format('%s(%s)', verb, oid::regtype), ', ') FROM types, unnest('{low,high,confidence_interval,effective_n}'::text[]) AS verb
	WHERE EXISTS (SELECT FROM functions AS p WHERE proname = 'estimate' AND proargtypes[0] = types.oid) AND NOT EXISTS (SELECT FROM functions AS p WHERE proname = verb AND proargtypes[0] = types.oid)), NULL, 'what is estimated has an interval');
SELECT is((SELECT string_agg(format('%s AS %s', oid::regtype, target), ', ') FROM types, unnest('{json,jsonb}'::regtype[]) AS target
	WHERE typname LIKE '%\_summary' AND NOT EXISTS (SELECT FROM pg_cast WHERE castsource = types.oid AND casttarget = target)), NULL, 'every summary turns into JSON');
SELECT is((SELECT string_agg(format('%s USING %s', oid::regtype, method), ', ') FROM types, unnest('{btree,hash}'::text[]) AS method
	WHERE NOT EXISTS (SELECT FROM pg_opclass AS c JOIN pg_am AS m ON m.oid = opcmethod WHERE opcintype = types.oid AND opcdefault AND amname = method)), NULL, 'every type sorts and hashes');
SELECT is((SELECT string_agg(t.oid::regtype::text, ', ') FROM pg_type AS t JOIN types USING (oid) WHERE typreceive = 0 OR typsend = 0), NULL, 'every type has a binary form');
SELECT is((SELECT string_agg(format('%s: %s', typname, columns), '; ' ORDER BY typname) FROM (SELECT t.typname, string_agg(format('%s %s', attname, format_type(atttypid, NULL)), ', ' ORDER BY attnum) AS columns
	FROM pg_type AS t JOIN pg_attribute ON attrelid = typrelid WHERE t.typtype = 'c' AND t.oid IN (SELECT objid FROM pg_depend JOIN pg_extension AS e ON refobjid = e.oid AND extname = 'cxux' WHERE classid = 'pg_type'::regclass AND deptype = 'e') GROUP BY t.typname) AS c),
	'control_chart_point: estimate double precision, center double precision, low double precision, high double precision, signal text; experience_score: estimate double precision, low double precision, high double precision, components bigint, missing bigint; index_component: score double precision, weight_share double precision, contribution double precision; shrunken_estimate: estimate double precision, low double precision, high double precision, shrinkage double precision', 'rows of window functions and aggregates have columns of built-in types');
SELECT is((SELECT count(*)::int FROM aggregates WHERE aggkind <> 'n' OR aggnumdirectargs > 0), 0, 'no aggregate needs an order');

SELECT is((SELECT string_agg(pg_describe_object(classid, objid, 0), ', ') FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux') AND deptype = 'e'
	AND obj_description(objid, classid::regclass::name) IS NULL
	AND NOT (classid = 'pg_type'::regclass AND objid IN (SELECT typarray FROM pg_type))), NULL, 'every object has a comment');
SELECT is((SELECT string_agg(format('%s: %s %s %s %s', typname, typlen, typalign, typstorage, typcategory), ', ' ORDER BY typname) FROM pg_type JOIN types USING (oid, typname)),
	'choices_summary: -1 d e U, event_journey: -1 i e U, flow_summary: -1 d e U, funnel_summary: -1 d e U, items_summary: -1 d e U, likert_summary: -1 d p U, nps_summary: 128 d p U, rate_summary: 128 d p U, ratio_summary: 96 d p U, retention_summary: -1 d e U, sample_summary: 128 d p U, step_pattern: -1 d e U, task_summary: -1 d e U, timing_summary: -1 d e U', 'layouts that no release may change');

-- What computes an interval or a picture says so; the interval of an NPS is a formula
SELECT is((SELECT string_agg(oid::regprocedure::text, ', ' ORDER BY proname) FROM functions WHERE proargtypes[0] IN (SELECT oid FROM types) AND procost < 100
	AND proname IN ('report', 'estimate', 'low', 'high', 'confidence_interval', 'compare', 'compare_ratio', 'benchmark', 'chart', 'svg')),
	'confidence_interval(nps_summary,double precision,text), estimate(nps_summary,double precision,text), high(nps_summary,double precision), low(nps_summary,double precision), report(nps_summary,double precision,text)', 'what is costly says so');

-- The operator classes in use
CREATE TABLE summaries AS SELECT i, nps_summary(i % 50, 1, 1) AS nps, likert_summary(1, ARRAY[i % 50, 1]) AS likert, rate_summary(i % 50, 50) AS rate FROM generate_series(1, 2000) AS i;
ANALYZE summaries;
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT nps, likert, rate FROM summaries) AS s), 50, 'DISTINCT');
SELECT is((SELECT count(*)::int FROM (SELECT nps FROM summaries GROUP BY nps UNION SELECT nps FROM summaries) AS s), 50, 'UNION');
\ir examples/plan_of.sql
\ir examples/joined.sql
SELECT joined(kind, pattern, 'summaries AS a JOIN summaries AS b ON a.nps = b.nps AND a.likert = b.likert AND a.rate = b.rate', 80000) FROM (VALUES ('hashjoin', '%Hash Join%'), ('mergejoin', '%Merge Join%')) AS v(kind, pattern);
CREATE INDEX ON summaries (nps);
CREATE INDEX ON summaries USING hash (likert);
CREATE INDEX ON summaries (rate DESC);
ANALYZE summaries;
SET LOCAL enable_seqscan = off;
SELECT ok(plan_of('SELECT * FROM summaries WHERE nps = nps_summary(7, 1, 1)') LIKE '%summaries_nps_idx%', 'btree index');
SELECT is((SELECT count(*)::int FROM summaries WHERE nps = nps_summary(7, 1, 1)), 40, 'btree index finds all');
SELECT ok(plan_of('SELECT * FROM summaries WHERE likert = likert_summary(1, ''{7,1}'')') LIKE '%summaries_likert_idx%', 'hash index');
SELECT is((SELECT count(*)::int FROM summaries WHERE likert = likert_summary(1, '{7,1}')), 40, 'hash index finds all');
SELECT is((SELECT count(*)::int FROM summaries WHERE rate BETWEEN rate_summary(10, 50) AND rate_summary(19, 50)), 400, 'range of a btree index finds all');
SET LOCAL enable_seqscan = on;

-- Partitions by hash send every value where it is looked for
CREATE TABLE parts (nps nps_summary, likert likert_summary, rate rate_summary) PARTITION BY HASH (nps, likert, rate);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO parts SELECT nps, likert, rate FROM summaries;
SELECT is((SELECT count(*)::int FROM parts WHERE nps = nps_summary(7, 1, 1) AND likert = likert_summary(1, '{7,1}') AND rate = rate_summary(7, 50)), 40, 'hash partition');
SELECT ok((SELECT count(DISTINCT tableoid) = 3 FROM parts), 'hash partitions are all in use');
-- The text form is no type of another's: no implicit cast stands in the way of other functions
SELECT is((SELECT string_agg(format('%s AS %s', castsource::regtype, casttarget::regtype), ', ') FROM pg_cast WHERE castcontext <> 'e' AND (castsource IN (SELECT oid FROM types WHERE typname LIKE '%\_summary') OR casttarget IN (SELECT oid FROM types WHERE typname LIKE '%\_summary'))), NULL, 'all casts are explicit');
SELECT is((SELECT string_agg(format('%s AS %s', castsource::regtype, casttarget::regtype), ', ' ORDER BY castsource::regtype::text) FROM pg_cast WHERE castcontext = 'i' AND (castsource = 'step_pattern'::regtype OR casttarget = 'step_pattern'::regtype)), 'character varying AS step_pattern, text AS step_pattern', 'but those that make a pattern of text, so that bound parameters work');

SELECT * FROM finish();
ROLLBACK;
