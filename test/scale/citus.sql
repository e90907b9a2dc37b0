-- Citus is not here; what it asks of an aggregate, and what it does with one that has it, is:
--
--   * With the distribution column among the groups, whole queries go to the shards, whatever the
--     aggregate (docs.citusdata.com, "Querying Distributed Tables (SQL)", "Aggregate Functions",
--     method 1).
--   * Without, an aggregate of one's own is split where it has a combine function and a state that
--     is no pseudo-type: AggregateEnabledCustom() in planner/multi_logical_optimizer.c, and
--     worker_partial_agg, coord_combine_agg in utils/aggregate_utils.c. States travel as text, since
--     14.0 also as binary (worker_binary_partial_agg, coord_binary_combine_agg).
--   * There, the caller needs EXECUTE for the aggregate and each of its functions
--     (aclcheckAggregate), arguments and result must have the declared types exactly
--     (TypecheckWorkerPartialAggArgType, TypecheckCoordCombineAggReturnType), so that neither may be
--     polymorphic, and functions are looked up anew for each row.
--   * All others get their rows pulled to the coordinator (method 3).
SELECT * FROM no_plan();
\ir ../examples/every_aggregate.sql

SELECT is((SELECT string_agg(signature, ', ') FROM every_aggregate WHERE call IS NULL), NULL, 'every aggregate of the catalog is called');
CREATE VIEW split AS SELECT a.*, t.typtype <> 'p' AS by_citus FROM every_aggregate AS a JOIN pg_type AS t ON t.oid = aggtranstype WHERE aggcombinefn <> 0;

-- The conditions
SELECT is((SELECT string_agg(signature, ', ') FROM of_catalog WHERE result::oid IN (SELECT oid FROM pg_type WHERE typtype = 'p') OR EXISTS (SELECT FROM pg_proc AS p, unnest(p.proargtypes) AS o JOIN pg_type AS t ON t.oid = o WHERE p.oid = aggfnoid AND t.typtype = 'p')), NULL, 'arguments and results have types that are known before the call');
SELECT is((SELECT string_agg(signature, ', ') FROM of_catalog JOIN pg_proc AS f ON f.oid = aggfinalfn WHERE f.prorettype <> result), NULL, 'the final function gives the type of the aggregate');
SELECT is((SELECT string_agg(signature, ', ') FROM of_catalog WHERE aggfinalfn = 0 AND aggtranstype <> result), NULL, 'without one, the state is of that type');
SELECT is((SELECT string_agg(signature, ', ') FROM of_catalog WHERE aggfinalextra OR aggkind <> 'n'), NULL, 'no final function looks at arguments, which the coordinator does not have');
SELECT is((SELECT string_agg(format('%s of %s', f::regprocedure, signature), ', ') FROM of_catalog, unnest(ARRAY[aggfnoid, aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn]::oid[]) AS f WHERE f <> 0 AND NOT has_function_privilege('public', f, 'EXECUTE')), NULL, 'everybody may execute every part of every aggregate');
SELECT is((SELECT string_agg(signature, ', ') FROM split WHERE by_citus AND aggtranstype::oid IN (SELECT oid FROM pg_type WHERE typsend = 0 OR typreceive = 0)), NULL, 'states have a binary form, too');
SELECT is((SELECT string_agg(signature, ', ') FROM split WHERE by_citus AND aggcombinefn::oid NOT IN (SELECT oid FROM pg_proc WHERE proargtypes = ARRAY[aggtranstype, aggtranstype]::oidvector AND prorettype = aggtranstype)), NULL, 'states combine to a state');
-- Which of them Citus splits, and which it does not
SELECT is((SELECT string_agg(DISTINCT result::text, ', ' ORDER BY result::text) FROM split WHERE by_citus), 'choices_summary, experience_score, items_summary, likert_summary, nps_summary, rate_summary, ratio_summary, sample_summary, text, timing_summary', 'these results are merged of the states of the shards');
SELECT is((SELECT string_agg(DISTINCT result::text, ', ' ORDER BY result::text) FROM every_aggregate WHERE result NOT IN (SELECT result FROM split WHERE by_citus)), 'event_journey, flow_summary, funnel_summary, integer, retention_summary, task_summary', 'these only by customer, or in two steps');
SELECT is((SELECT string_agg(signature, ', ') FROM every_picture WHERE aggcombinefn <> 0), NULL, 'what draws gets its rows, in their order');
SELECT is((SELECT string_agg(signature, ', ') FROM split WHERE name <> 'rollup' AND by_citus AND 'rollup(' || result || ')' IN (SELECT signature FROM split WHERE NOT by_citus)), NULL, 'a summary and its rollup are split alike');

-- The replay
CREATE FUNCTION replay_accum(internal, oid, record) RETURNS internal AS :'library' LANGUAGE c;
CREATE FUNCTION replay_send_text(internal) RETURNS text AS :'library' LANGUAGE c;
CREATE FUNCTION replay_send_binary(internal) RETURNS bytea AS :'library' LANGUAGE c;
CREATE FUNCTION replay_combine_text(internal, oid, text, anyelement) RETURNS internal AS :'library' LANGUAGE c;
CREATE FUNCTION replay_combine_binary(internal, oid, bytea, anyelement) RETURNS internal AS :'library' LANGUAGE c;
CREATE FUNCTION replay_final_text(internal, oid, text, anyelement) RETURNS anyelement AS :'library', 'replay_final' LANGUAGE c;
CREATE FUNCTION replay_final_binary(internal, oid, bytea, anyelement) RETURNS anyelement AS :'library', 'replay_final' LANGUAGE c;
CREATE AGGREGATE worker_text(oid, record) (SFUNC = replay_accum, STYPE = internal, FINALFUNC = replay_send_text);
CREATE AGGREGATE worker_binary(oid, record) (SFUNC = replay_accum, STYPE = internal, FINALFUNC = replay_send_binary);
CREATE AGGREGATE coordinator_text(oid, text, anyelement) (SFUNC = replay_combine_text, STYPE = internal, FINALFUNC = replay_final_text, FINALFUNC_EXTRA);
CREATE AGGREGATE coordinator_binary(oid, bytea, anyelement) (SFUNC = replay_combine_binary, STYPE = internal, FINALFUNC = replay_final_binary, FINALFUNC_EXTRA);

\ir ../examples/close_to.sql
-- Five shards, of which the last has no customer.
CREATE FUNCTION shard_of(actor bigint) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT abs(hashint8(actor)) % 4';
SELECT is((SELECT string_agg(format('%s: %s', s, (SELECT count(*) > 100 FROM survey WHERE shard_of(actor) = s)), ', ' ORDER BY s) FROM generate_series(0, 4) AS s), '0: t, 1: t, 2: t, 3: t, 4: f', 'shards have customers, but for one');

-- The arguments as one row of exactly the declared types
CREATE FUNCTION arguments_of(signature text) RETURNS text LANGUAGE sql AS $$
	SELECT format('ROW(%s)', string_agg(format('(%s)::%s', replace(r.expression, 'VARIADIC ', ''), format_type(o.type, NULL)), ', ' ORDER BY i))
	FROM pg_proc AS p CROSS JOIN unnest(p.proargtypes) WITH ORDINALITY AS o (type, i) JOIN arguments AS r ON r.name = p.proargnames[i] AND r.type = o.type WHERE p.oid = signature::regprocedure
$$;
CREATE FUNCTION replayed(form text, aggregate oid, signature text, call text, source text, result text, exact boolean) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	here text = format('SELECT coalesce(touchpoint, ''all'') AS k, %s AS r FROM %s GROUP BY GROUPING SETS ((touchpoint), ())', call, source);
	states text = format('SELECT shard, touchpoint, state FROM generate_series(0, 4) AS shard, LATERAL (SELECT touchpoint, worker_%s(%s, %s) AS state FROM %s WHERE shard_of(actor) = shard GROUP BY GROUPING SETS ((touchpoint), ())) AS s', form, aggregate, arguments_of(signature), source);
	found text;
BEGIN
	FOR disorder IN 1..3 LOOP
		EXECUTE format($q$
			SELECT string_agg(format('%%s: %%s, not %%s', k, b.r, a.r), E'\n') FROM (%1$s) AS a
			FULL JOIN (SELECT coalesce(touchpoint, 'all') AS k, coordinator_%2$s(%3$s, state, NULL::%4$s ORDER BY md5(concat(shard, ' of ', %5$s))) AS r FROM (%6$s) AS s GROUP BY touchpoint) AS b USING (k)
			WHERE CASE WHEN %7$L THEN NOT record_image_eq(ROW(a.r), ROW(b.r)) ELSE NOT coalesce(close_to(a.r::text, b.r::text), a.r IS NULL AND b.r IS NULL) END$q$,
			here, form, aggregate, result, disorder, states, exact) INTO found;
		EXIT WHEN found IS NOT NULL;
	END LOOP;
	RETURN NEXT is(left(found, 1000), NULL, format('%s in %s states of shards', signature, form));
END
$$;
SELECT replayed(form, aggfnoid, signature, call, source, result::text, exact) FROM split, unnest('{text,binary}'::text[]) AS form ORDER BY signature, form;
-- A pattern, a scale or a rule of one shard that differs from another's is told by the coordinator
SELECT throws_ok(format($$SELECT coordinator_text(%1$s, state, NULL::likert_summary) FROM (SELECT worker_text(%1$s, ROW(3, 1, 5)) UNION ALL SELECT worker_text(%1$s, ROW(3, 1, 7))) AS s (state)$$, 'likert(integer, integer, integer)'::regprocedure::oid), '42804', NULL, 'shards of different scales do not merge');
-- A state that was damaged on its way is no journey, and nothing beyond its bytes is read: 40 bytes of a header, the
-- name behind its length, a code, a time.
CREATE FUNCTION read_damaged(state bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	EXECUTE format('SELECT coordinator_binary(%s, %L::bytea, NULL::event_journey)::text', 'journey(timestamptz, text)'::regprocedure::oid, state) INTO found;
	RETURN found;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;
CREATE TABLE sent AS SELECT worker_binary('journey(timestamptz, text)'::regprocedure, ROW('2026-01-01 00:00+00'::timestamptz, 'a'::text)) AS state;
SELECT is(length(state), 44, 'the state of one event') FROM sent;
SELECT is(read_damaged(state), '{"events": ["a"], "codes": [0], "first_at": "2026-01-01T00:00:00Z", "seconds": [0]}', 'which is read') FROM sent;
SELECT is(read_damaged(damaged), 'XX001', what) FROM sent, LATERAL (VALUES
	(set_byte(state, 42, 1), 'a code that no name has'), (set_byte(state, 40, 2), 'a name that is longer than its bytes'), (set_byte(state, 40, 0), 'one that is shorter'),
	(set_byte(state, 12, 2), 'more names than there are'), (set_byte(state, 1, 0), 'codes of no bits'), (set_byte(state, 2, 0), 'times of no bits'), (set_byte(state, 2, 58) || '\x00000000000000', 'times of more bits than are read at once'),
	(set_byte(set_byte(state, 40, 128), 41, 128), 'a length without an end'), (state || '\x00', 'one byte more'), (substring(state FOR 43), 'one byte less'), (substring(state FOR 39), 'less than a header')) AS d (damaged, what);
SELECT is((SELECT string_agg(format('%s at %s: %s', byte, place, found), E'\n') FROM sent, generate_series(0, 43) AS place, unnest('{0,1,2,127,128,255}'::int[]) AS byte, LATERAL (SELECT read_damaged(set_byte(state, place, byte)) AS found OFFSET 0) AS r
	WHERE CASE WHEN found LIKE '{%' THEN found::event_journey::text <> found ELSE found NOT IN ('XX001', '0A000', '22008') END), NULL, 'any other byte gives a journey or an error');
SELECT * FROM finish();
