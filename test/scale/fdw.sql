-- Customers hash-partitioned over the three servers :shard_1, :shard_2, :shard_3: every aggregate of
-- the catalog answers as on one server, and EXPLAIN tells which were computed where.
SELECT * FROM no_plan();
\ir ../examples/every_aggregate.sql
SET client_min_messages = warning;
CREATE EXTENSION postgres_fdw;
SELECT format($$CREATE SERVER %1$s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %2$L, dbname 'shard', extensions 'cxux', batch_size '500', fetch_size '1000');
	CREATE USER MAPPING FOR CURRENT_USER SERVER %1$s OPTIONS (user 'postgres');$$, name, host)
FROM (VALUES ('shard_1', :'shard_1'), ('shard_2', :'shard_2'), ('shard_3', :'shard_3')) AS s (name, host) \gexec
CREATE SCHEMA spread;
SELECT format('CREATE TABLE spread.%1$I (LIKE %1$I) PARTITION BY HASH (actor)', source) FROM (SELECT DISTINCT source FROM every_aggregate) AS s \gexec
SELECT format('CREATE FOREIGN TABLE spread.%1$I PARTITION OF spread.%2$I FOR VALUES WITH (MODULUS 3, REMAINDER %3$s) SERVER shard_%4$s OPTIONS (schema_name ''public'', table_name %2$L)', source || '_' || i, source, i - 1, i)
FROM (SELECT DISTINCT source FROM every_aggregate) AS s, generate_series(1, 3) AS i \gexec
SELECT format('INSERT INTO spread.%1$I SELECT * FROM %1$I ORDER BY md5(%1$I::text)', source) FROM (SELECT DISTINCT source FROM every_aggregate) AS s \gexec
SELECT format('ANALYZE spread.%I', source) FROM (SELECT DISTINCT source FROM every_aggregate) AS s \gexec

SELECT is((SELECT string_agg(signature, ', ') FROM every_aggregate WHERE call IS NULL), NULL, 'every aggregate of the catalog is called');
SELECT is((SELECT string_agg(t, ', ') FROM (SELECT format('%s of %s', source, count(DISTINCT tableoid)) AS t FROM (SELECT 'survey' AS source, tableoid FROM spread.survey UNION ALL SELECT 'events', tableoid FROM spread.events UNION ALL SELECT 'journeys', tableoid FROM spread.journeys) AS s GROUP BY source HAVING count(DISTINCT tableoid) <> 3) AS u), NULL, 'every server has customers of every table');
SELECT is((SELECT array_agg(j ORDER BY actor, j)::text FROM spread.journeys), (SELECT array_agg(j ORDER BY actor, j)::text FROM journeys), 'journeys came back as they went');

\ir ../examples/close_to.sql
\ir ../examples/plan_of.sql
-- How many of the servers were asked for the aggregate
CREATE FUNCTION shipped(query text, name text) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM regexp_matches(plan_of(query, 'VERBOSE, COSTS OFF'), 'Remote SQL: SELECT [^\n]*public\.' || name || '\(', 'g')
$$;
-- Rows whose answers differ between one server and three; groups that only one of them has count, too.
CREATE FUNCTION different(one text, three text, exact boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	EXECUTE format('SELECT string_agg(format(''%%s: %%s, not %%s'', k, b.r, a.r), E''\n'' ORDER BY k) || format('' (%%s of %%s)'', count(*), (SELECT count(*) FROM (%1$s) AS t)) FROM (%1$s) AS a FULL JOIN (%2$s) AS b USING (k) WHERE a.n IS DISTINCT FROM b.n OR CASE WHEN $1 THEN NOT record_image_eq(ROW(a.r), ROW(b.r)) ELSE NOT coalesce(close_to(a.r::text, b.r::text), a.r IS NULL AND b.r IS NULL) END', one, three)
		INTO found USING exact;
	RETURN left(found, 1000);
END
$$;
CREATE FUNCTION groups(call text, source text, key text) RETURNS text LANGUAGE sql AS $$
	SELECT format('SELECT %s AS k, count(*) AS n, %s AS r FROM %s GROUP BY 1', key, call, source)
$$;
CREATE FUNCTION checked(name text, signature text, call text, source text, exact boolean, ships boolean, combines boolean) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	spread text = 'spread.' || source;
	query text;
BEGIN
	-- The key of the partitions is a key of the groups: whole groups lie on one server.
	query := groups(call, spread, 'actor');
	RETURN NEXT is(different(groups(call, source, 'actor'), query, exact), NULL, signature || ' by customer');
	RETURN NEXT is(shipped(query, name), CASE WHEN ships THEN 3 ELSE 0 END::bigint, format('%s by customer is computed %s', signature, CASE WHEN ships THEN 'by the servers' ELSE 'here' END));
	-- Another key: rows are fetched, those that combine are aggregated server by server.
	query := groups(call, spread, 'touchpoint');
	RETURN NEXT is(different(groups(call, source, 'touchpoint'), query, exact), NULL, signature || ' by touchpoint');
	RETURN NEXT is(shipped(query, name), 0::bigint, signature || ' by touchpoint is computed here');
	RETURN NEXT is(plan_of(query, 'VERBOSE, COSTS OFF') LIKE '%Partial %Aggregate%', combines, format('%s by touchpoint is %s', signature, CASE WHEN combines THEN 'merged of the servers'' parts' ELSE 'built of all rows' END));
	query := groups(call, spread, '1');
	RETURN NEXT is(different(groups(call, source, '1'), query, exact), NULL, signature || ' of all');
END
$$;

SET enable_partitionwise_aggregate = on;
-- Constants are the only text that these are given, and then postgres_fdw is not sure of the collation.
SELECT is((SELECT string_agg(DISTINCT name, ', ' ORDER BY name) FROM every_aggregate WHERE constant_text), 'experience_index, retention', 'what does not ship for its constants');
SELECT checked(name, signature, call, source, exact, NOT constant_text, aggcombinefn <> 0) FROM every_aggregate ORDER BY signature;
SELECT is((SELECT string_agg(signature, ', ') FROM every_picture WHERE call IS NULL), NULL, 'every aggregate that draws is called');
SELECT is((SELECT format('%s of %s', count(DISTINCT day), count(*)) FROM survey WHERE drawn), '60 of 60', 'of rows of different days');
SELECT checked(name, signature, call, source, exact, NOT constant_text, aggcombinefn <> 0) FROM every_picture ORDER BY signature;

-- Two steps: every server merges its own rows to one value behind a view, and the values are merged
-- here. What has a rollup is told by the catalog, funnels and retention over rows among them.
SELECT format('CREATE FOREIGN TABLE spread.%1$I (s %2$s) SERVER shard_%3$s OPTIONS (schema_name ''public'', table_name %4$L)', part || '_' || i, result, i, part)
FROM every_aggregate, generate_series(1, 3) AS i WHERE part IS NOT NULL \gexec
SELECT format('CREATE VIEW spread.%I AS %s', part, string_agg(format('SELECT s FROM spread.%I', part || '_' || i), ' UNION ALL ')) FROM every_aggregate, generate_series(1, 3) AS i WHERE part IS NOT NULL GROUP BY part \gexec
SELECT is((SELECT string_agg(DISTINCT result::text, ', ' ORDER BY result::text) FROM every_aggregate WHERE part IS NULL), 'experience_score, integer, text', 'what has no second step is no summary');
CREATE FUNCTION two_steps(signature text, call text, source text, part text, exact boolean) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEXT is(different(groups(call, source, '1') , format('SELECT 1 AS k, (SELECT count(*) FROM spread.%I) AS n, rollup(s) AS r FROM spread.%I', source, part), exact), NULL, signature || ' in two steps');
	RETURN NEXT is(plan_of(format('SELECT rollup(s) FROM spread.%I', part), 'VERBOSE, COSTS OFF') ~ format('Remote SQL: SELECT s FROM public.%s\n', part), true, signature || ': a server sends one value');
END
$$;
SELECT two_steps(signature, call, source, part, exact) FROM every_aggregate WHERE part IS NOT NULL ORDER BY signature;

SELECT * FROM finish();
