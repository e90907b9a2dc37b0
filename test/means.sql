-- sample_summary and ratio_summary: what holds for any data, against formulas in numeric.
BEGIN;
SELECT plan(182);
SELECT setseed(0.3) IS NULL AS ignored \gset

-- Agreement is relative; NULL agrees with NULL only.
CREATE FUNCTION close(a float8, b float8, tolerance float8 DEFAULT 1e-12) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL ELSE abs(a - b) <= tolerance * greatest(abs(a), abs(b), 1e-290) END
$$;
CREATE FUNCTION close(a float8[], b float8[], tolerance float8 DEFAULT 1e-12) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL
		ELSE cardinality(a) = cardinality(b) AND (SELECT bool_and(close(v.a, v.b, tolerance)) FROM unnest(a, b) AS v(a, b)) END
$$;
CREATE FUNCTION is_close(a float8[], b float8[], what text, tolerance float8 DEFAULT 1e-12) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN close(a, b, tolerance) AND a[1] IS NOT NULL THEN pass(what) ELSE fail(what) || E'\n' || diag(format('%s is not %s', a, b)) END
$$;
-- all that a summary tells as numbers
CREATE FUNCTION numbers(x sample_summary) RETURNS float8[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT ARRAY[n(x), mean(x), standard_deviation(x), effective_n(x), low(x), high(x), minimum(x), maximum(x)]
$$;
CREATE FUNCTION numbers(x ratio_summary) RETURNS float8[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT ARRAY[n(x), ratio(x), numerator(x), denominator(x), effective_n(x), high(x) - low(x)]
$$;
\ir examples/no_row.sql

-- Values in 64ths and weights in millionths, which numeric and double precision both hold exactly
CREATE TABLE rows AS
SELECT i AS id, i % 7 AS k, floor(random() * 4)::int AS worker,
	CASE WHEN random() > 0.1 THEN floor(random() * 65536) / 64 - 300 END AS v,
	CASE floor(random() * 8)::int WHEN 0 THEN 0 WHEN 1 THEN 0.001 WHEN 2 THEN 30 WHEN 3 THEN 1 WHEN 4 THEN 0.333333 ELSE round((random() * 3 + 0.001)::numeric, 6) END::float8 AS w,
	CASE WHEN random() > 0.1 THEN floor(random() * 6400) / 64 - 20 END AS x,
	CASE WHEN random() > 0.1 THEN floor(random() * 12) - 2 END AS y
FROM generate_series(1, 3000) AS i;
INSERT INTO rows SELECT 3000 + i, 7, 4, NULL, CASE WHEN i > 1 THEN 1 END, NULL, NULL FROM generate_series(1, 3) AS i;

-- Against two passes in numeric
CREATE FUNCTION exact_sample(weighted boolean, key int) RETURNS float8[] LANGUAGE sql AS $$
	WITH s AS (SELECT v::numeric AS v, CASE WHEN weighted THEN w ELSE 1 END::numeric AS w FROM rows WHERE v IS NOT NULL AND (k = key OR key IS NULL) AND (w > 0 OR NOT weighted)),
		m AS (SELECT count(*)::numeric AS n, sum(w) AS w, sum(w * w) AS w2, sum(w * v) / sum(w) AS m FROM s),
		d AS (SELECT sum(s.w * (v - m) ^ 2) / min(m.w) AS v, sum(s.w ^ 2 * (v - m) ^ 2) / min(m.w) ^ 2 AS e FROM s, m)
	SELECT ARRAY[n, m, sqrt(d.v * n / (n - 1)), least(d.v / e, 2 * w ^ 2 / w2), (SELECT min(v) FROM s), (SELECT max(v) FROM s)]::float8[] FROM m, d
$$;
SELECT is_close((SELECT ARRAY[n(x), mean(x), standard_deviation(x), effective_n(x), minimum(x), maximum(x)] FROM (SELECT sample(v) FROM rows WHERE k = key OR key IS NULL) AS q(x)), exact_sample(false, key), format('sample against numeric, %s', coalesce('group ' || key, 'all')))
FROM unnest('{0,3,NULL}'::int[]) AS key;
SELECT is_close((SELECT ARRAY[n(x), mean(x), standard_deviation(x), effective_n(x), minimum(x), maximum(x)] FROM (SELECT sample(v, w) FROM rows WHERE k = key OR key IS NULL) AS q(x)), exact_sample(true, key), format('weighted sample against numeric, %s', coalesce('group ' || key, 'all')))
FROM unnest('{0,3,NULL}'::int[]) AS key;
-- the squared standard error of a ratio, linearised: n / (n - 1) times the sum of (x - R y)^2 over that of y, squared
CREATE FUNCTION exact_ratio(key int) RETURNS float8[] LANGUAGE sql AS $$
	WITH s AS (SELECT x::numeric AS x, y::numeric AS y FROM rows WHERE x IS NOT NULL AND y IS NOT NULL AND (k = key OR key IS NULL)),
		r AS (SELECT count(*)::numeric AS n, sum(x) AS x, sum(y) AS y, sum(x) / sum(y) AS r FROM s)
	SELECT ARRAY[r.n, r.r, r.x, r.y, (SELECT r.n / (r.n - 1) * sum((s.x - r.r * s.y) ^ 2) FROM s) / r.y ^ 2]::float8[] FROM r
$$;
-- An interval over its standard error is the quantile of Student's distribution, which a sample of as many values has, too.
CREATE FUNCTION student(n bigint, confidence float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
	SELECT high(sample_summary(n, 0, 1), confidence) * sqrt(n::float8)
$$;
SELECT is_close((SELECT ARRAY[n(x), ratio(x), numerator(x), denominator(x), ((high(x, 0.9) - low(x, 0.9)) / 2 / student(n(x), 0.9)) ^ 2] FROM (SELECT ratio(x, y) FROM rows WHERE k = key OR key IS NULL) AS q(x)), exact_ratio(key), format('ratio against numeric, %s', coalesce('group ' || key, 'all')))
FROM unnest('{0,3,NULL}'::int[]) AS key;
SELECT is_close(ARRAY[student(2, 0.95), student(10, 0.95), student(31, 0.99), student(121, 0.9)], ARRAY[12.706204736, 2.262157163, 2.749995654, 1.657650899], 'quantiles as in tables of Student''s distribution', 1e-9);

-- Student's own data (1908, hours of sleep gained with two drugs), and what R's t.test prints of it
CREATE TABLE sleep (patient int, a float8, b float8);
INSERT INTO sleep VALUES (1, 0.7, 1.9), (2, -1.6, 0.8), (3, -0.2, 1.1), (4, -1.2, 0.1), (5, -0.1, -0.1), (6, 3.4, 4.4), (7, 3.7, 5.5), (8, 0.8, 1.6), (9, 0.0, 4.6), (10, 2.0, 3.4);
SELECT is((SELECT ROW(round(difference::numeric, 2), round(low::numeric, 6), round(high::numeric, 6), round(p_value::numeric, 5))::text FROM compare((SELECT sample(a) FROM sleep), (SELECT sample(b) FROM sleep))),
	'(-1.58,-3.365483,0.205483,0.07939)', 'Welch''s test of two drugs');
SELECT is((SELECT ROW(round(difference::numeric, 2), round(low::numeric, 6), round(high::numeric, 6), round(p_value::numeric, 6))::text FROM benchmark((SELECT sample(a - b) FROM sleep), 0)),
	'(-1.58,-2.459886,-0.700114,0.002833)', 'the paired test');

-- The same rows told in other ways
SELECT is_close((SELECT numbers(sample(floor(abs(v) / 100), w)) FROM rows), (SELECT ARRAY[n(x), mean(x), standard_deviation(x), effective_n(x), low(x), high(x), 0, 7] FROM (SELECT likert(floor(abs(v) / 100), 0, 10, w) FROM rows) AS q(x)), 'a sample of whole numbers is as a scale of them, weighted');
SELECT is_close((SELECT numbers(sample(floor(abs(v) / 100))) FROM rows), (SELECT ARRAY[n(x), mean(x), standard_deviation(x), effective_n(x), low(x), high(x), 0, 7] FROM (SELECT likert(floor(abs(v) / 100), 0, 10) FROM rows) AS q(x)), 'a sample of whole numbers is as a scale of them');
SELECT is_close((SELECT ARRAY[n(x), ratio(x), effective_n(x), low(x), high(x)] FROM (SELECT ratio(v, 1) FROM rows) AS q(x)), (SELECT ARRAY[n(x), mean(x), effective_n(x), low(x), high(x)] FROM (SELECT sample(v) FROM rows) AS q(x)), 'a ratio over 1 is a mean');
SELECT is_close((SELECT ARRAY[low(x), high(x)] FROM (SELECT ratio(x, y) FROM rows) AS q(x)),
	(SELECT ARRAY[r + low(e) * n(e) / y, r + high(e) * n(e) / y] FROM (SELECT sum(x) / sum(y) AS r, sum(y) AS y FROM rows WHERE x + y IS NOT NULL) AS t, LATERAL (SELECT sample(x - r * y) AS e FROM rows) AS s), 'the interval of a ratio is that of the mean residual');
SELECT is_close((SELECT numbers(sample(v)) FROM rows), (SELECT ARRAY[count(v), avg(v), stddev_samp(v), count(v), low(q.s), high(q.s), min(v), max(v)] FROM rows, (SELECT sample_summary(count(v), avg(v), stddev_samp(v)) AS s FROM rows) AS q GROUP BY q.s), 'a summary of published numbers has the interval of the rows');

-- Any split of the rows, in any order of merging; parts of nobody and NULL parts stand between them
CREATE FUNCTION splits(what text, type text, key text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	whole float8[];
	merged float8[];
BEGIN
	EXECUTE format('SELECT numbers(%s) FROM rows', what) INTO whole;
	EXECUTE format('SELECT numbers(rollup(x ORDER BY md5(x::text || i))) FROM (SELECT %2$s AS x, 1 AS i FROM rows GROUP BY %3$s UNION ALL SELECT NULL, i FROM generate_series(1, 3) AS i UNION ALL SELECT ''{}''::%1$s, i FROM generate_series(1, 3) AS i) AS s', type, what, key) INTO merged;
	RETURN is_close(merged, whole, what || ' by ' || key);
END
$$;
SELECT splits(what, type, key)
FROM (VALUES ('sample(v)', 'sample_summary'), ('sample(v, w)', 'sample_summary'), ('sample(v, 1)', 'sample_summary'), ('sample(v, CASE WHEN worker = 0 THEN w ELSE 1 END)', 'sample_summary'), ('ratio(x, y)', 'ratio_summary')) AS v(what, type),
	unnest('{id / 700,worker,hashint4(id) % 5,id}'::text[]) AS key;
SELECT is_close((SELECT numbers(sample(v, w ORDER BY md5(id::text))) FROM rows), (SELECT numbers(sample(v, w ORDER BY v)) FROM rows), 'rows in any order: sample');
SELECT is_close((SELECT numbers(ratio(x, y ORDER BY md5(id::text))) FROM rows), (SELECT numbers(ratio(x, y ORDER BY x)) FROM rows), 'rows in any order: ratio');
CREATE FUNCTION chained(what text, type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	whole float8[];
	merged float8[];
BEGIN
	EXECUTE format('SELECT numbers(%s) FROM rows', what) INTO whole;
	EXECUTE format('WITH RECURSIVE parts AS (SELECT row_number() OVER (ORDER BY md5(k::text)) AS i, x FROM (SELECT id %% 50 AS k, %s AS x FROM rows GROUP BY 1) AS s),
		chain AS (SELECT 0::bigint AS i, NULL::%s AS x UNION ALL SELECT parts.i, CASE WHEN parts.i %% 2 = 0 THEN chain.x + parts.x ELSE merge(parts.x, chain.x) END FROM chain JOIN parts ON parts.i = chain.i + 1)
		SELECT numbers(x) FROM chain ORDER BY i DESC LIMIT 1', what, type) INTO merged;
	RETURN is_close(merged, whole, what || ' by + and merge()');
END
$$;
SELECT chained(what, type) FROM (VALUES ('sample(v)', 'sample_summary'), ('sample(v, w)', 'sample_summary'), ('ratio(x, y)', 'ratio_summary')) AS v(what, type);
CREATE TABLE parts AS
SELECT k, sample(v) AS s, sample(v, w) AS w, ratio(x, y) AS r FROM rows WHERE k < 6 GROUP BY k;
INSERT INTO parts VALUES (10, '{}', '{}', '{}'), (11, sample_summary(5, 2, 1), sample_summary(5, 2, 1, 0, 4), (SELECT ratio(3, 2)));
SELECT no_row('SELECT a.k, b.k FROM parts AS a, parts AS b WHERE n(a.s + b.s) > 0 AND NOT (close(numbers(a.s + b.s), numbers(b.s + a.s)) AND close(numbers(a.w + b.w), numbers(b.w + a.w)) AND close(numbers(a.r + b.r), numbers(b.r + a.r)))', 'a + b is b + a');
SELECT no_row('SELECT a.k, b.k, c.k FROM parts AS a, parts AS b, parts AS c WHERE NOT (close(numbers(a.s + b.s + c.s), numbers(a.s + (b.s + c.s))) AND close(numbers(a.w + b.w + c.w), numbers(a.w + (b.w + c.w))) AND close(numbers(a.r + b.r + c.r), numbers(a.r + (b.r + c.r))))', '(a + b) + c is a + (b + c)');
SELECT no_row('SELECT k FROM parts WHERE NOT (record_image_eq(ROW(s + NULL, NULL + w, merge(r, NULL)), ROW(s, w, r)) AND record_image_eq(ROW(s + ''{}'', merge(''{}'', w), r + ''{}''), ROW(s, w, r)) AND record_image_eq(ROW(''{}'' + s, ''{}'' + r), ROW(s, r)))', 'merging nobody changes no bit');
SELECT ok((NULL::sample_summary + NULL) IS NULL AND (NULL::ratio_summary + NULL) IS NULL AND ('{}'::sample_summary + NULL)::text = '{}' AND (NULL + '{}'::ratio_summary)::text = '{}', 'nobody and nobody');

-- A parallel plan, with workers that did run
CREATE FUNCTION set_parallel(workers int) RETURNS void LANGUAGE sql AS $$
	SELECT set_config('max_parallel_workers_per_gather', workers::text, true), set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true),
		set_config('min_parallel_table_scan_size', '0', true), set_config('jit', 'off', true)
$$;
\ir examples/plan_of.sql
-- The query gives a text to sort by and numbers.
CREATE FUNCTION parallel_as_serial(query text, what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	gather text = 'SELECT array_agg(q.numbers ORDER BY q.key) FROM (SELECT key, array_to_string(numbers, '' '', ''-'') AS numbers FROM (' || query || ') AS r(key, numbers)) AS q';
	expected text[];
	found text[];
	plan text;
BEGIN
	PERFORM set_parallel(0);
	EXECUTE gather INTO expected;
	PERFORM set_parallel(2);
	EXECUTE gather INTO found;
	plan := plan_of(query, 'ANALYZE, COSTS OFF, TIMING OFF');
	PERFORM set_parallel(0);
	RETURN NEXT ok(cardinality(found) = cardinality(expected) AND (SELECT bool_and(close(string_to_array(f, ' ', '-')::float8[], string_to_array(e, ' ', '-')::float8[])) FROM unnest(found, expected) AS u(f, e)), what || ': as the serial plan');
	RETURN NEXT ok(plan LIKE '%Partial %Aggregate%' AND plan ~ 'Workers Launched: [1-9]', what || ': workers aggregated');
END
$$;
CREATE TABLE many AS SELECT id * 20 + i AS id, k, v + i AS v, w, x + i AS x, y + i AS y FROM rows, generate_series(1, 20) AS i;
CREATE TABLE many_parts AS SELECT id, k, sample(v) AS s, sample(v, w) AS w, ratio(x, y) AS r FROM many WHERE id < 20000 GROUP BY id, k;
ANALYZE many, many_parts;
SELECT parallel_as_serial('SELECT 1, numbers(sample(v)) || numbers(sample(v, w)) || numbers(ratio(x, y)) FROM many', 'aggregates');
SELECT parallel_as_serial('SELECT k, numbers(sample(v)) || numbers(sample(v, w)) || numbers(ratio(x, y)) FROM many GROUP BY k', 'groups');
SELECT parallel_as_serial('SELECT k, numbers(rollup(s)) || numbers(rollup(w)) || numbers(rollup(r)) FROM many_parts GROUP BY k', 'rollup');
SELECT parallel_as_serial('SELECT 1, numbers(sample(v)) || numbers(sample(v, w)) || numbers(ratio(x, y)) FROM many WHERE k + 0 > 7', 'no row');
SELECT parallel_as_serial('SELECT 1, numbers(sample(v)) || numbers(sample(v, w)) || numbers(ratio(x, y)) FROM many WHERE k = 7', 'nobody');

-- Every frame of a window is that of its rows
CREATE FUNCTION fresh(what text, rows anyarray) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT (' || what || ')::text FROM unnest($1) AS r' INTO result USING rows;
	RETURN result;
END
$$;
CREATE FUNCTION moves(what text, source text, frame text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	different int;
	filled int;
BEGIN
	EXECUTE format('SELECT count(moved), count(*) FILTER (WHERE moved::text IS DISTINCT FROM fresh(%L, members)) '
		|| 'FROM (SELECT %s OVER w AS moved, array_agg(r) OVER w AS members FROM %s AS r WINDOW w AS (%s)) AS s', what, what, source, frame)
		INTO filled, different;
	RETURN is(different || CASE WHEN filled > 50 THEN '' ELSE ' (but too little was compared)' END, '0', what || ' OVER (' || frame || ')');
END
$$;
CREATE TABLE few AS SELECT * FROM rows WHERE id <= 120;
CREATE TABLE few_parts AS SELECT id, sample(v, w) AS sampled, ratio(x, y) AS ratios FROM few GROUP BY id;
SELECT moves(what, source, frame)
FROM (VALUES ('sample((r).v)', 'few'), ('sample((r).v, (r).w)', 'few'), ('ratio((r).x, (r).y)', 'few'), ('rollup((r).sampled)', 'few_parts'), ('rollup((r).ratios)', 'few_parts')) AS v(what, source),
	unnest(ARRAY['ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW', 'ORDER BY id RANGE BETWEEN 3 PRECEDING AND 1 FOLLOWING', 'ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW', 'ORDER BY id']) AS frame;

-- Text and the casts to JSON keep every bit
CREATE TABLE numbers AS SELECT * FROM unnest('{0,-0,0.1,0.2,-0.3,1,3,1e9,123456789.123456789,1e15,-1e120,2.2250738585072014e-308,5e-324,-1e-320,1e-161,1e-155,3.3e-300}'::float8[]) WITH ORDINALITY AS v(v, i);
CREATE TABLE forms AS
SELECT sample(a.v) + sample(b.v) + CASE WHEN a.i % 2 = 0 THEN sample(c.v) END AS s, sample(a.v, 0.001) + sample(b.v, 1000000) + CASE WHEN a.i % 2 = 0 THEN sample(c.v, 0.333333) END AS w, ratio(a.v, b.v) + CASE WHEN a.i % 2 = 0 THEN ratio(b.v, c.v) END + ratio(c.v, a.v) AS r
FROM numbers AS a, numbers AS b, (SELECT * FROM numbers WHERE i % 3 = 0) AS c WHERE a.v = a.v GROUP BY a.v, b.v, c.v, a.i
UNION ALL SELECT s, w, r FROM parts UNION ALL SELECT sample(v), sample(v, 0.001), ratio(v, 1) FROM numbers GROUP BY i
UNION ALL SELECT sample(v), sample(v, i), ratio(v, i) FROM numbers UNION ALL SELECT sample_summary(3, v, 0.1), sample_summary(3, v, 0, v, v), ratio(1, v) FROM numbers GROUP BY v;
SELECT cmp_ok((SELECT count(*)::int FROM forms WHERE s IS NOT NULL AND w IS NOT NULL AND r IS NOT NULL), '>', 1000, 'there are many forms');
SELECT no_row('SELECT s, w, r FROM forms WHERE NOT record_image_eq(ROW(s, w, r), ROW(s::text::sample_summary, w::text::sample_summary, r::text::ratio_summary))', 'text is read back as the same bytes');
SELECT no_row('SELECT s, w, r FROM forms WHERE NOT record_image_eq(ROW(s, w, r), ROW(s::json::text::sample_summary, w::json::text::sample_summary, r::json::text::ratio_summary))', 'json is read back as the same bytes');
SELECT no_row('SELECT s, w, r FROM forms WHERE NOT record_image_eq(ROW(s, w, r), ROW(s::jsonb::text::sample_summary, w::jsonb::text::sample_summary, r::jsonb::text::ratio_summary))', 'jsonb is read back as the same bytes');
SELECT no_row('SELECT n, v, w FROM generate_series(2, 6) AS n, generate_series(1, 80) AS k, unnest(''{1e-160,1e-162}''::float8[]) AS tiny, LATERAL (SELECT tiny * (1 + k / 13.0::float8) AS v) AS v, unnest(''{1,0.001,3,1000000}''::float8[]) AS w,
	LATERAL (SELECT sample(CASE WHEN i % 2 = 0 THEN v ELSE 0 END, CASE WHEN i % 2 = 0 THEN w ELSE 1 END) AS x FROM generate_series(1, n) AS i) AS s WHERE NOT record_image_eq(ROW(x), ROW(x::text::sample_summary))', 'nor does the text of values whose squares vanish get lost');
-- What underflow may have done adds up: parts that are taken may be merged, by twos and all at once
CREATE TABLE underflows AS SELECT ('{"n": 2, "sum": 0, "squared_deviations": 2.2250738585072014e-308, "minimum": 0, "maximum": 0}')::sample_summary AS s,
	('{"n": 2, "sum": 0, "squared_deviations": 2.2250738585072014e-308, "minimum": 0, "maximum": 0, "weights": [2.5], "squares": [3.25], "sum_by_square": 0, "squared_deviations_by_square": 2.2250738585072014e-308}')::sample_summary AS w,
	('{"n": 2, "numerator": 0, "denominator": 0, "numerator_squares": 0, "denominator_squares": 2, "products": 2.1e-154}')::ratio_summary AS r;
SELECT is(count(*)::int, 40, 'merged parts at the bound of underflow are read back from text as the same bytes')
FROM (SELECT k, s, w, r FROM generate_series(2, 40) AS k, LATERAL (SELECT rollup(s) AS s, rollup(w) AS w, rollup(r) AS r FROM underflows, generate_series(1, k)) AS u UNION ALL SELECT 2, s + s, w + w, r + r FROM underflows) AS v
WHERE record_image_eq(ROW(s, w, r), ROW(s::text::sample_summary, w::text::sample_summary, r::text::ratio_summary));
SELECT throws_like($$SELECT '{"n": 2, "sum": 0, "squared_deviations": 4.5e-308, "minimum": 0, "maximum": 0}'::sample_summary$$, 'no values have these sums', 'but no more than the number of values allows');
SELECT throws_like($$SELECT '{"n": 2, "numerator": 0, "denominator": 0, "numerator_squares": 0, "denominator_squares": 2, "products": 3e-154}'::ratio_summary$$, 'no units have these sums', 'nor than the number of units does');
SELECT no_row('SELECT s, w, r FROM forms AS f WHERE position(''NaN'' IN f::text) > 0 OR position(''Inf'' IN f::text) > 0 OR position(''-0,'' IN f::text) > 0', 'no form holds what is no number, or minus zero');

-- NULL, and weights of 0
SELECT ok(sample(v) IS NULL AND sample(v, w) IS NULL AND ratio(v, w) IS NULL, 'an empty group gives NULL') FROM rows WHERE false;
SELECT ok(sample(v) IS NULL AND sample(v, w) IS NULL AND ratio(v, w) IS NULL AND ratio(w, v) IS NULL AND ratio(NULL, v) IS NULL, 'a group of NULLs gives NULL') FROM rows WHERE k = 7;
SELECT lives_ok(format('SELECT sample(NULL::float8, %s)', w), 'a NULL value is skipped before its weight is looked at: ' || w) FROM unnest('{"NULL",-1,1e300,''NaN'',0.0001}'::text[]) AS w;
SELECT is((SELECT sample(v, w)::text FROM (VALUES (1::float8, 1::float8), (NULL, NULL), (NULL, -1), (5, 0), (3, 2)) AS t(v, w)), (SELECT sample(v, w)::text FROM (VALUES (1::float8, 1::float8), (3, 2)) AS t(v, w)), 'NULLs and weights of 0 leave no trace');
SELECT ok(sample(5, 0) IS NULL, 'nothing but weights of 0 gives NULL');
SELECT is((SELECT ratio(x, y)::text FROM (VALUES (1::float8, 2::float8), (NULL, 5), (7, NULL), (NULL, NULL), (3, 4)) AS t(x, y)), (SELECT ratio(x, y)::text FROM (VALUES (1::float8, 2::float8), (3, 4)) AS t(x, y)), 'a NULL in either part skips the unit');
SELECT is((SELECT ratio(coalesce(x, 0), y)::text FROM (VALUES (1::float8, 2::float8), (NULL, 5)) AS t(x, y)), (SELECT ratio(x, y)::text FROM (VALUES (1::float8, 2::float8), (0, 5)) AS t(x, y)), 'a unit with a zero counts');
SELECT is((SELECT string_agg(format('%s(NULL::%s%s)', f, t, a), ' ') FROM unnest('{sample_summary,ratio_summary}'::text[]) AS t, (VALUES ('report', ''), ('estimate', ''), ('confidence_interval', ''), ('compare', ', NULL'), ('benchmark', ', 1')) AS v(f, a)
	WHERE (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %s(NULL::%s%s) AS r WHERE num_nonnulls(VARIADIC (SELECT array_agg(value) FROM jsonb_each_text(to_jsonb(r)))) = 0', f, t, a), false, true, '')))[1]::text <> '1'), NULL, 'NULL keeps its row');

-- estimate has one shape for all types
SELECT is((SELECT count(DISTINCT (proargnames[2:], proallargtypes[2:], pronargs, pronargdefaults))::int FROM pg_proc WHERE proname = 'estimate' AND proargnames[1] = 'x'), 1, 'estimate has the same columns for all types');
SELECT cmp_ok((SELECT count(*)::int FROM pg_proc WHERE proname = 'estimate' AND proargtypes[0] IN ('sample_summary'::regtype, 'ratio_summary'::regtype)), '=', 2, 'and these have it');

-- Grids
CREATE TABLE confidences (c float8);
INSERT INTO confidences VALUES (0.5), (0.8), (0.9), (0.95), (0.99), (0.999);
CREATE TABLE samples AS
SELECT sample_summary(n, m, d) AS s FROM unnest('{2,3,10,1000,1000000000}'::bigint[]) AS n, unnest('{0,-3,72.5,1e-9,1e12}'::float8[]) AS m, unnest('{0,1e-7,1,20}'::float8[]) AS d
UNION ALL SELECT sample_summary(1, 5, 0) UNION ALL SELECT '{}'
UNION ALL SELECT sample(a, w) + sample(b, u) + sample(c, 1) FROM unnest('{1,2}'::float8[]) AS a, unnest('{2,7}'::float8[]) AS b, unnest('{2,-5}'::float8[]) AS c, unnest('{0.001,1,20,1000000}'::float8[]) AS w, unnest('{0.2,1,30}'::float8[]) AS u GROUP BY a, b, c, w, u;
CREATE TABLE ratios AS
SELECT k, ratio(x, y) AS s FROM rows GROUP BY k
UNION ALL SELECT 100 + n + d, ratio(a * (1 + i % d), 3 + i % 4) FROM unnest('{1,2,3,50}'::int[]) AS n, unnest('{1,2,5}'::int[]) AS d, unnest('{-2,0,0.001,1e6}'::float8[]) AS a, LATERAL generate_series(1, n) AS i GROUP BY n, d, a
UNION ALL SELECT 1, '{}' UNION ALL SELECT 2, (SELECT ratio(a, b) FROM (VALUES (3, 1), (5, -1)) AS v(a, b));
CREATE FUNCTION disagree(low float8, high float8, p float8, c float8) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT (p IS NULL) <> (low IS NULL) OR (p IS NULL) <> (high IS NULL)
		OR p < 0 OR p > 1 OR low > high OR p = 'NaN' OR low IN ('NaN', 'Infinity') OR high IN ('NaN', '-Infinity')
		OR abs(p - (1 - c)) > 1e-12 AND least(abs(low), abs(high)) > 1e-13 AND (p < 1 - c) <> (low > 0 OR high < 0)
$$;
SELECT no_row(format('SELECT a.s AS a, b.s AS b, c, d.* FROM %s AS a, %s AS b, confidences, compare(a.s, b.s, c) AS d WHERE disagree(d.low, d.high, d.p_value, c)', t, t), format('compare(%s): p and interval agree', t)) FROM unnest('{samples,ratios}'::text[]) AS t;
SELECT no_row('SELECT a.s AS a, b.s AS b, c, d.* FROM ratios AS a, ratios AS b, confidences, compare_ratio(a.s, b.s, c) AS d WHERE disagree(d.low - 1, d.high - 1, d.p_value, c)', 'compare_ratio(ratios): p and interval agree');
SELECT no_row('SELECT s, t, c, a, d.* FROM samples, unnest(ARRAY[0, -3, 1, 70, 1e12, mean(s)]) AS t, confidences, unnest(''{two-sided,greater,less}''::text[]) AS a, benchmark(s, t, c, a) AS d WHERE disagree(d.low, d.high, d.p_value, c)', 'benchmark(sample): p and interval agree');
SELECT no_row('SELECT s, t, c, a, d.* FROM ratios, unnest(ARRAY[0, -3, 1, 9, ratio(s)]) AS t, confidences, unnest(''{two-sided,greater,less}''::text[]) AS a, benchmark(s, t, c, a) AS d WHERE disagree(d.low, d.high, d.p_value, c)', 'benchmark(ratio): p and interval agree');
SELECT cmp_ok((SELECT count(d.p_value)::int FROM samples AS a, samples AS b, compare(a.s, b.s) AS d), '>', 10000, 'most samples of the grid have a test');
SELECT cmp_ok((SELECT count(d.p_value)::int FROM ratios AS a, ratios AS b, compare(a.s, b.s) AS d), '>', 400, 'most ratios of the grid have a test');
SELECT cmp_ok((SELECT count(d.p_value)::int FROM ratios AS a, ratios AS b, compare_ratio(a.s, b.s) AS d), '>', 200, 'many ratios of the grid have a test of their ratio');
SELECT no_row(format('SELECT s, c, i.*, e.estimate FROM %s, confidences, confidence_interval(s, c) AS i, estimate(s, c) AS e WHERE NOT (i.low < e.estimate AND e.estimate < i.high) AND high(s, 0.999) - low(s, 0.999) > 1e-12 * abs(e.estimate) AND c > 0.8', t), format('intervals of %s are around the estimate', t)) FROM unnest('{samples,ratios}'::text[]) AS t;
SELECT no_row(format('SELECT * FROM (SELECT s, c, i.low, i.high, lag(i.low) OVER w AS wider_low, lag(i.high) OVER w AS wider_high FROM %s, confidences, confidence_interval(s, c) AS i WINDOW w AS (PARTITION BY s ORDER BY c DESC)) AS q WHERE wider_low > low OR wider_high < high', t), format('intervals of %s widen with confidence', t)) FROM unnest('{samples,ratios}'::text[]) AS t;
SELECT no_row(format('SELECT a.s, b.s, c, d.*, e.* FROM %s AS a, %s AS b, confidences, compare(a.s, b.s, c) AS d, compare(b.s, a.s, c) AS e WHERE c IN (0.5, 0.95) AND NOT (close(d.difference, -e.difference) AND close(d.low, -e.high) AND close(d.high, -e.low) AND close(d.p_value, e.p_value))', t, t), format('compare(b, a) mirrors compare(a, b): %s', t)) FROM unnest('{samples,ratios}'::text[]) AS t;
SELECT no_row('SELECT a.s, b.s, d.*, e.* FROM ratios AS a, ratios AS b, compare_ratio(a.s, b.s) AS d, compare_ratio(b.s, a.s) AS e WHERE NOT (close(d.ratio, 1 / e.ratio) AND CASE WHEN e.high BETWEEN 1e-200 AND 1e200 THEN close(d.low, 1 / e.high) ELSE (d.low IS NULL) = (e.high IS NULL) END AND close(d.p_value, e.p_value))', 'compare_ratio(b, a) mirrors compare_ratio(a, b)');
SELECT no_row('SELECT a.s, b.s, d.* FROM ratios AS a, ratios AS b, compare_ratio(a.s, b.s) AS d WHERE (d.ratio IS NULL) <> coalesce(ratio(a.s) <= 0 OR ratio(b.s) <= 0, true) OR NOT close(d.ratio, ratio(a.s) / nullif(ratio(b.s), 0)) AND d.ratio IS NOT NULL', 'compare_ratio is for positive ratios');
SELECT no_row('SELECT s, b.*, g.*, l.* FROM samples, benchmark(s, 1) AS b, benchmark(s, 1, 0.95, ''greater'') AS g, benchmark(s, 1, 0.95, ''less'') AS l WHERE b.p_value IS NOT NULL AND NOT (g.high = ''Infinity'' AND l.low = ''-Infinity'' AND close(g.p_value + l.p_value, 1) AND close(b.p_value, least(1, 2 * least(g.p_value, l.p_value))) AND g.low >= b.low AND l.high <= b.high)', 'one-sided tests of a sample are half of the two-sided one');

-- Where the verbs share a number it is the same
SELECT no_row('SELECT s FROM samples, report(s) AS r, estimate(s) AS e, confidence_interval(s) AS i WHERE (r.mean, r.low, r.high, r.n, r.effective_n, r.stddev, r.minimum, r.maximum) IS DISTINCT FROM (e.estimate, e.low, e.high, e.n, e.effective_n, standard_deviation(s), minimum(s), maximum(s))
	OR (i.low, i.high) IS DISTINCT FROM (e.low, e.high) OR (low(s), high(s), mean(s), n(s), effective_n(s)) IS DISTINCT FROM (e.low, e.high, e.estimate, e.n, e.effective_n) OR (e.measure, e.method, e.confidence) <> (''mean'', ''t'', 0.95)', 'verbs of a sample agree');
SELECT no_row('SELECT s FROM ratios, report(s) AS r, estimate(s) AS e, confidence_interval(s) AS i WHERE (r.ratio, r.low, r.high, r.n, r.effective_n, r.numerator, r.denominator) IS DISTINCT FROM (e.estimate, e.low, e.high, e.n, e.effective_n, numerator(s), denominator(s))
	OR (i.low, i.high) IS DISTINCT FROM (e.low, e.high) OR (low(s), high(s), ratio(s), n(s), effective_n(s)) IS DISTINCT FROM (e.low, e.high, e.estimate, e.n, e.effective_n) OR (e.measure, e.method, e.confidence) <> (''ratio'', ''delta'', 0.95)', 'verbs of a ratio agree');
SELECT no_row('SELECT s, b.* FROM samples, confidence_interval(s, 0.9) AS i, benchmark(s, 1, 0.9) AS b WHERE NOT (close(b.low + 1, i.low, 1e-9) AND close(b.high + 1, i.high, 1e-9)) AND abs(mean(s)) BETWEEN 0.1 AND 100', 'a two-sided test of a sample has its interval');

-- No variance: nothing to judge by
SELECT no_row('SELECT v, k, w FROM unnest(''{0,0.1,-7,1e15,3e-300,1e120}''::float8[]) AS v, unnest(''{2,3,10,999}''::int[]) AS k, unnest(''{1,0.1,0.333333,1000000}''::float8[]) AS w, LATERAL (SELECT sample(v, CASE WHEN i = 1 THEN 1 ELSE w END) AS x FROM generate_series(1, k) AS i) AS s, benchmark(x, v + 1) AS b, report(x) AS r
	WHERE r.mean <> v OR r.stddev <> 0 OR r.low IS NOT NULL OR r.high IS NOT NULL OR b.p_value IS NOT NULL OR b.low IS NOT NULL', 'equal values: the mean is that value, and there is no interval');
SELECT no_row('SELECT f, n, x FROM unnest(''{0,3,-0.5,0.3333333333333333,7.3,0.19,1e9}''::float8[]) AS f, unnest(''{2,3,10,1000}''::int[]) AS n, LATERAL (SELECT ratio(f * (1 + i * 7919 % 1000), 1 + i * 7919 % 1000) AS x FROM generate_series(1, n) AS i) AS s WHERE NOT close(ratio(x), f) OR low(x) IS NOT NULL OR high(x) IS NOT NULL', 'amounts in proportion: the ratio is exact, and there is no interval');
SELECT no_row('SELECT x FROM (SELECT ratio(5, 1) AS x UNION ALL SELECT ratio(a, b) FROM (VALUES (3, 1), (5, -1)) AS v(a, b)) AS s, report(x) AS r, compare(x, (SELECT ratio(1, 2) + ratio(3, 2))) AS d WHERE r.low IS NOT NULL OR r.high IS NOT NULL OR d.p_value IS NOT NULL', 'one unit, or a sum of zero below the line, has no interval');
SELECT ok(ratio(x) IS NULL AND numerator(x) = 8 AND denominator(x) = 0 AND n(x) = 2, 'a sum of zero below the line gives NULL') FROM (SELECT ratio(a, b) FROM (VALUES (3, 1), (5, -1)) AS v(a, b)) AS s(x);
SELECT is_close((SELECT ARRAY[ratio(x), low(x), high(x)] FROM (SELECT ratio(-x, -y) FROM rows) AS q(x)), (SELECT ARRAY[ratio(x), low(x), high(x)] FROM (SELECT ratio(x, y) FROM rows) AS q(x)), 'minus signs above and below the line cancel');
SELECT is_close((SELECT ARRAY[ratio(x), low(x), high(x)] FROM (SELECT ratio(-x, y) FROM rows) AS q(x)), (SELECT ARRAY[-ratio(x), -high(x), -low(x)] FROM (SELECT ratio(x, y) FROM rows) AS q(x)), 'a minus sign above the line turns the interval around');
SELECT is_close((SELECT ARRAY[ratio(x), high(x)] FROM (SELECT ratio(1000 * x, y / 8) FROM rows) AS q(x)), (SELECT ARRAY[8000 * ratio(x), 8000 * high(x)] FROM (SELECT ratio(x, y) FROM rows) AS q(x)), 'units of measurement do not matter: ratio');
SELECT is_close((SELECT ARRAY[mean(x), low(x), high(x), standard_deviation(x), effective_n(x)] FROM (SELECT sample(-1000 * v, w) FROM rows) AS q(x)), (SELECT ARRAY[-1000 * mean(x), -1000 * high(x), -1000 * low(x), 1000 * standard_deviation(x), effective_n(x)] FROM (SELECT sample(v, w) FROM rows) AS q(x)), 'units of measurement do not matter: sample');

-- Weights
SELECT is((SELECT effective_n(sample(v, same)) FROM rows WHERE k < 5), (SELECT n(sample(v))::float8 FROM rows WHERE k < 5), 'equal weights give effective_n = n: ' || same) FROM unnest('{0.001,0.333333,1,2,1000000}'::float8[]) AS same;
SELECT is_close((SELECT numbers(sample(v, same)) FROM rows), (SELECT numbers(sample(v)) FROM rows), 'equal weights give the unweighted mean and interval: ' || same) FROM unnest('{0.001,0.333333,1,2,1000000}'::float8[]) AS same;
SELECT is((SELECT sample(v, 1)::text FROM rows), (SELECT sample(v)::text FROM rows), 'weights of 1 give the same bytes');
SELECT is_close((SELECT numbers(sample(v, w * 1000)) FROM rows WHERE w < 1000), (SELECT numbers(sample(v, w)) FROM rows WHERE w < 1000), 'only proportions of weights matter');
SELECT ok(close(mean(a), mean(b)) AND n(a) = 3 AND n(b) = 4 AND effective_n(b) = 4 AND high(a) - low(a) > high(b) - low(b), 'a weight of 2 is not two values: it moves the mean as much, and is worth less')
FROM (SELECT sample(v, w) AS a FROM (VALUES (1, 1), (3, 2), (8, 1)) AS t(v, w)) AS a, (SELECT sample(v) AS b FROM (VALUES (1), (3), (3), (8)) AS t(v)) AS b;
SELECT is_close(ARRAY[effective_n(x)], ARRAY[2 * 1002 ^ 2 / (1000 ^ 2 + 2)::float8], 'effective_n is at most twice Kish''s') FROM (SELECT sample(v, w) FROM (VALUES (1, 1), (3, 1), (2, 1000)) AS t(v, w)) AS s(x);
SELECT is_close(ARRAY[effective_n(x)], ARRAY[36 / 14::float8], 'of equal values it is Kish''s') FROM (SELECT sample(7, w) FROM (VALUES (1), (2), (3)) AS t(w)) AS s(x);

-- Cancellation: large numbers that differ little
SELECT is_close((SELECT ARRAY[mean(x), standard_deviation(x)] FROM (SELECT sample(o + i) FROM generate_series(0, 2) AS i) AS s(x)), ARRAY[o + 1, 1], 'three values around ' || o) FROM unnest('{1e9,-1e9,1e15}'::float8[]) AS o;
SELECT is_close((SELECT ARRAY[mean(x), standard_deviation(x)] FROM (SELECT rollup(x) FROM (SELECT sample(o + i) AS x FROM generate_series(0, 2) AS i GROUP BY i) AS p) AS s(x)), ARRAY[o + 1, 1], 'merged around ' || o) FROM unnest('{1e9,-1e9,1e15}'::float8[]) AS o;
SELECT is_close((SELECT ARRAY[standard_deviation(x), effective_n(x)] FROM (SELECT sample(o + i, 1 + i) FROM generate_series(0, 2) AS i) AS s(x)), (SELECT ARRAY[standard_deviation(x), effective_n(x)] FROM (SELECT sample(i, 1 + i) FROM generate_series(0, 2) AS i) AS s(x)), 'weighted around ' || o, 1e-6) FROM unnest('{1e9,-1e9}'::float8[]) AS o;
SELECT is_close((SELECT ARRAY[standard_deviation(x)] FROM (SELECT sample(1e9 + v) FROM rows) AS s(x)), (SELECT ARRAY[standard_deviation(x)] FROM (SELECT sample(v) FROM rows) AS s(x)), 'a standard deviation moved by 1e9', 1e-9);
SELECT is_close((SELECT ARRAY[standard_deviation(x)] FROM (SELECT rollup(x) FROM (SELECT sample(1e9 + v) AS x FROM rows GROUP BY k) AS p) AS s(x)), (SELECT ARRAY[standard_deviation(x)] FROM (SELECT sample(v) FROM rows) AS s(x)), 'and merged', 1e-9);
SELECT is_close((SELECT ARRAY[ratio(x), high] FROM (SELECT ratio(o + i, d) FROM generate_series(0, 2) AS i) AS s(x), benchmark(x, ratio(x))), (SELECT ARRAY[(o + 1) / d, high / d] FROM (SELECT sample(i) FROM generate_series(0, 2) AS i) AS s(x), benchmark(x, 1)), format('a ratio of %s and more to %s', o, d)) FROM unnest('{1e9,1e15}'::float8[]) AS o, unnest('{1,1e9}'::float8[]) AS d;

-- Called by hand, functions leave their argument alone
CREATE FUNCTION kept(value text, calls text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('WITH s AS MATERIALIZED (SELECT %s AS x, %s AS y) SELECT CASE WHEN num_nonnulls(%s) > 1 AND record_image_eq(ROW(x), ROW(y)) THEN ''kept'' ELSE x::text END FROM s', value, value, calls) INTO result;
	RETURN is(result, 'kept', calls || ' keeps ' || value);
END
$$;
SELECT kept(value, 'sample_summary_accum(x, 9), sample_summary_accum(x, 9, 2), sample_summary_accum(x, 9, 1), sample_summary_combine(x, x), merge(x, x), x + (SELECT sample(5, 3)), sample_summary_final(x)') FROM unnest('{"sample_summary(3, 4, 2, 2, 6)","sample_summary(3, 4, 2)","(SELECT sample(7, 3))","''{}''::sample_summary"}'::text[]) AS value;
SELECT kept(value, 'ratio_summary_accum(x, 9, 1), ratio_summary_combine(x, x), merge(x, x), x + (SELECT ratio(5, 3)), ratio_summary_final(x)') FROM unnest('{"(SELECT ratio(7, 3))","(SELECT ratio(7, 3) + ratio(1, 4))","''{}''::ratio_summary"}'::text[]) AS value;
SELECT is(sample_summary_accum(NULL, 3, 2)::text, sample(3, 2)::text, 'NULL as state is nobody');
SELECT ok(sample_summary_accum(NULL, NULL, 2) IS NULL AND sample_summary_accum(NULL, 3, 0) IS NULL, 'and stays NULL when nothing is added');

-- Grouping, sorting, joins, indexes, partitions
CREATE TABLE summaries AS SELECT i, sample_summary(2 + i % 50, i % 3, 1) AS s, CASE WHEN i % 10 > 0 THEN ratio(i % 50, 1 + i % 4) END AS r FROM generate_series(1, 2000) AS i GROUP BY i;
ANALYZE summaries;
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT s FROM summaries) AS q), 150, 'DISTINCT sample');
SELECT is((SELECT count(*)::int FROM (SELECT DISTINCT r FROM summaries) AS q), 91, 'DISTINCT ratio');
SELECT is((SELECT count(*)::int FROM (SELECT s, r FROM summaries GROUP BY s, r UNION SELECT s, r FROM summaries) AS q), (SELECT count(DISTINCT (i % 50, i % 3, CASE WHEN i % 10 > 0 THEN i % 4 END))::int FROM summaries), 'UNION and GROUP BY');
SELECT is((SELECT count(*)::int FROM (SELECT n(s) < lag(n(s)) OVER (ORDER BY s) AS falls FROM summaries) AS q WHERE falls), 0, 'ORDER BY goes by the number of values');
\ir examples/joined.sql
SELECT joined(kind, pattern, 'summaries AS a JOIN summaries AS b ON a.s = b.s AND a.r = b.r', (SELECT sum(q.n * q.n)::bigint FROM (SELECT count(*) AS n FROM summaries WHERE r IS NOT NULL GROUP BY i % 50, i % 3, i % 4) AS q)) FROM (VALUES ('hashjoin', '%Hash Join%'), ('mergejoin', '%Merge Join%')) AS v(kind, pattern);
CREATE INDEX s_btree ON summaries (s);
CREATE INDEX r_hash ON summaries USING hash (r);
ANALYZE summaries;
SET LOCAL enable_seqscan = off;
SELECT ok(plan_of('SELECT * FROM summaries WHERE s = sample_summary(9, 1, 1)') LIKE '%s_btree%', 'btree index of samples');
SELECT is((SELECT count(*)::int FROM summaries WHERE s = sample_summary(9, 1, 1)), (SELECT count(*)::int FROM summaries WHERE i % 50 = 7 AND i % 3 = 1), 'finds all');
SELECT ok(plan_of('SELECT * FROM summaries WHERE r = ''{"n": 1, "numerator": 7, "denominator": 4, "numerator_squares": 0, "denominator_squares": 0, "products": 0}''') LIKE '%r_hash%', 'hash index of ratios');
SELECT is((SELECT count(*)::int FROM summaries WHERE r = '{"n": 1, "numerator": 7, "denominator": 4, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'), (SELECT count(*)::int FROM summaries WHERE i % 50 = 7 AND i % 4 = 3), 'finds all, too');
DROP INDEX s_btree, r_hash;
CREATE INDEX s_hash ON summaries USING hash (s);
CREATE INDEX r_btree ON summaries (r);
ANALYZE summaries;
SELECT is((SELECT count(*)::int FROM summaries WHERE s = sample_summary(9, 1, 1)), (SELECT count(*)::int FROM summaries WHERE i % 50 = 7 AND i % 3 = 1), 'hash index of samples finds all');
SELECT is((SELECT count(*)::int FROM summaries WHERE r >= '{}'), (SELECT count(r)::int FROM summaries), 'btree index of ratios finds all');
SELECT ok(plan_of('SELECT * FROM summaries WHERE s = sample_summary(9, 1, 1)') LIKE '%s_hash%' AND plan_of('SELECT * FROM summaries WHERE r >= ''{}''') LIKE '%r_btree%', 'they are in use');
CREATE TABLE parted (s sample_summary, r ratio_summary) PARTITION BY HASH (s, r);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parted SELECT s, r FROM summaries;
SELECT ok((SELECT count(DISTINCT tableoid) = 2 FROM parted), 'hash partitions are all in use');
SELECT is((SELECT count(*)::int FROM parted WHERE s = sample_summary(9, 1, 1) AND r = '{"n": 1, "numerator": 7, "denominator": 4, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'), (SELECT count(*)::int FROM summaries WHERE i % 50 = 7 AND i % 3 = 1 AND i % 4 = 3), 'and each value is where it is looked for');

SELECT * FROM finish();
ROLLBACK;
