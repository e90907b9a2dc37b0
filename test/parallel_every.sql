-- Every aggregate of the catalog over workers and over partitions: as over one table in one process.
SELECT * FROM no_plan();
\ir examples/every_aggregate.sql
\ir examples/close_to.sql
SELECT is((SELECT string_agg(signature, ', ') FROM every_aggregate WHERE call IS NULL), NULL, 'every aggregate of the catalog is called');
CREATE SCHEMA parts;
SELECT format('CREATE TABLE parts.%1$I (LIKE %1$I) PARTITION BY HASH (actor)', source) FROM (SELECT DISTINCT source FROM every_aggregate) AS s \gexec
SELECT format('CREATE TABLE parts.%1$I PARTITION OF parts.%2$I FOR VALUES WITH (MODULUS 3, REMAINDER %3$s)', source || '_' || i, source, i) FROM (SELECT DISTINCT source FROM every_aggregate) AS s, generate_series(0, 2) AS i \gexec
SELECT format('INSERT INTO parts.%1$I SELECT * FROM %1$I ORDER BY md5(%1$I::text); ANALYZE %1$I, parts.%1$I', source) FROM (SELECT DISTINCT source FROM every_aggregate) AS s \gexec

\ir examples/plan_of.sql
CREATE FUNCTION planned_as(workers int, partitionwise text) RETURNS void LANGUAGE sql AS $$
	SELECT set_config('max_parallel_workers_per_gather', workers::text, false), set_config('parallel_setup_cost', '0', false), set_config('parallel_tuple_cost', '0', false),
		set_config('min_parallel_table_scan_size', '0', false), set_config('jit', 'off', false), set_config('enable_partitionwise_aggregate', partitionwise, false)
$$;
-- Collects the answers of a query; the plan that gave them (an INSERT would get none with workers)
CREATE FUNCTION collected(query text) RETURNS text LANGUAGE sql AS $$
	SELECT plan_of('CREATE TEMP TABLE other AS SELECT k::text, r::text, record_send(ROW(r)) AS image FROM (' || query || ') AS q', 'ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF')
$$;
-- What differs between them and the answers of one process over one table
CREATE FUNCTION compared(one text, exact boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	PERFORM planned_as(0, 'off');
	EXECUTE format('SELECT string_agg(format(''%%s: %%s, not %%s'', k, other.r, one.r), E''\n'') FROM (SELECT k::text, r::text, record_send(ROW(r)) AS image FROM (%s) AS q) AS one FULL JOIN other USING (k)
		WHERE one.k IS NULL OR other.k IS NULL OR CASE WHEN $1 THEN one.image IS DISTINCT FROM other.image ELSE NOT coalesce(close_to(one.r, other.r), one.r IS NULL AND other.r IS NULL) END', one) INTO found USING exact;
	DROP TABLE other;
	RETURN left(found, 1000);
END
$$;
CREATE FUNCTION spread(signature text, call text, source text, exact boolean, combines boolean) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	query text;
	one text;
	plan text;
BEGIN
	FOR i IN 1..2 LOOP
		one := CASE i WHEN 1 THEN 'SELECT 1 AS k, %s AS r FROM %s' ELSE 'SELECT touchpoint AS k, %s AS r FROM %s GROUP BY touchpoint' END;
		PERFORM planned_as(2, 'off');
		query := format(one, call, source);
		plan := collected(query);
		RETURN NEXT is(compared(query, exact), NULL, signature || ': workers');
		RETURN NEXT is(plan ~ 'Partial [A-Za-z]*Aggregate' AND plan ~ 'Workers Launched: [1-9]', combines, format('%s: workers %s', signature, CASE WHEN combines THEN 'aggregated' ELSE 'did not aggregate' END));
		PERFORM planned_as(0, 'on');
		query := format(one, call, 'parts.' || source);
		plan := collected(query);
		RETURN NEXT is(compared(format(one, call, source), exact), NULL, signature || ': partitions');
		RETURN NEXT is((SELECT count(*) FROM regexp_matches(plan, 'Partial [A-Za-z]*Aggregate', 'g')), CASE WHEN combines THEN 3 ELSE 0 END::bigint, format('%s: partitions are aggregated %s', signature, CASE WHEN combines THEN 'one by one' ELSE 'together' END));
	END LOOP;
	-- With the key of the partitions, each is done whole.
	PERFORM planned_as(0, 'on');
	query := format('SELECT actor AS k, %s AS r FROM parts.%I GROUP BY actor', call, source);
	plan := collected(query);
	RETURN NEXT ok(plan ~ '^(Subquery Scan on q[^>]*-> +)?(Append|Merge Append)' AND plan !~ 'Partial' AND (SELECT count(*) FROM regexp_matches(plan, '(Group|Hash)Aggregate', 'g')) = 3, signature || ': whole partitions by customer');
	RETURN NEXT is(compared(replace(query, 'parts.', ''), exact), NULL, signature || ': by customer');
END
$$;
SELECT spread(signature, call, source, exact, aggcombinefn <> 0) FROM every_aggregate ORDER BY signature;
SELECT spread(signature, call, source, exact, aggcombinefn <> 0) FROM every_picture ORDER BY signature;
SELECT * FROM finish();
