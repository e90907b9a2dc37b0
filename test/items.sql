-- items_summary against plain SQL over the rows it was built from, and what must hold for any rows.
BEGIN;
SELECT plan(59);
SELECT setseed(0.3) IS NULL AS ignored \gset

-- Groups of many sizes: whole answers, and measures of unlike size far from zero
CREATE TABLE answers AS
SELECT row_number() OVER () AS id, g, a, b, c, d, e
FROM (SELECT g, round(l + 2 * random()) AS a, round(l + random()) AS b, CASE WHEN g % 3 = 0 THEN 1e6 + 1e-3 * (l + random()) ELSE 5 - l + 3 * random() END AS c, CASE WHEN random() > 0.05 THEN 100 * random() END AS d, random() - l AS e
	FROM generate_series(1, 300) AS g, LATERAL (SELECT floor(5 * random()) AS l FROM generate_series(1, 6 + (g * g) % 50) WHERE g > 0) AS s) AS r;
CREATE TABLE summaries AS
SELECT g, items(a, b, c, d, e) AS x, items(b, c, d, e) AS without_a, items(a, b, c, e) AS without_d, items(a, b) AS two, items(e, a, c) AS three
FROM answers WHERE d IS NOT NULL GROUP BY g;
CREATE TABLE complete AS SELECT * FROM answers WHERE d IS NOT NULL;

CREATE FUNCTION near(a float8, b float8, tolerance float8 DEFAULT 1e-9) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT a IS NOT DISTINCT FROM b OR coalesce(abs(a - b) <= tolerance * greatest(1, abs(b)), false)
$$;
CREATE FUNCTION none_of(number bigint, compared bigint, what text) RETURNS text LANGUAGE sql AS $$
	SELECT is(number || CASE WHEN compared > 250 THEN '' ELSE ' (but too few were compared)' END, '0', what)
$$;

-- Counts and gaps
SELECT none_of(count(*) FILTER (WHERE NOT (respondents(x) = complete AND n(x) = complete AND dropped(x) = gaps AND item_count(x) = 5)), count(*), 'rows with a gap are dropped and counted')
FROM (SELECT g, items(a, b, c, d, e) AS x, count(d) AS complete, count(*) - count(d) AS gaps FROM answers GROUP BY g) AS s;
SELECT none_of(count(*) FILTER (WHERE NOT near(cronbach_alpha(all_rows), cronbach_alpha(x), 1e-12)), count(*), 'a row with a gap changes nothing else')
FROM summaries JOIN (SELECT g, items(a, b, c, d, e) AS all_rows FROM answers GROUP BY g) AS s USING (g);

-- Moments by plain SQL; numeric has no rounding to speak of
CREATE TABLE plain AS
SELECT g, count(*) AS n, avg(a::numeric)::float8 AS mean_a, avg(c::numeric)::float8 AS mean_c, stddev_samp(CASE WHEN g % 3 = 0 THEN c - 1e6::float8 ELSE c END)::float8 AS sd_c, stddev_samp(a::numeric)::float8 AS sd_a,
	var_samp(a::numeric) AS va, var_samp(b::numeric) AS vb, var_samp(c::numeric) AS vc, var_samp(d::numeric) AS vd, var_samp(e::numeric) AS ve,
	var_samp(a::numeric + b::numeric + c::numeric + d::numeric + e::numeric) AS vt, var_samp(b::numeric + c::numeric + d::numeric + e::numeric) AS vr, var_samp(a::numeric + b::numeric) AS vab
FROM complete GROUP BY g;
SELECT none_of(count(*) FILTER (WHERE NOT (near(r.mean, CASE item WHEN 1 THEN mean_a ELSE mean_c END, 1e-12) AND abs(r.stddev / CASE item WHEN 1 THEN sd_a ELSE sd_c END - 1) < CASE WHEN g % 3 = 0 THEN 1e-6 ELSE 1e-12 END)), count(*), 'means and standard deviations, also of 1000000.001')
FROM summaries JOIN plain USING (g), report(x) AS r WHERE r.item IN (1, 3);
SELECT none_of(count(*) FILTER (WHERE NOT near(cronbach_alpha(x), (5 / 4.0 * (1 - (va + vb + vc + vd + ve) / vt))::float8)), count(*), 'alpha by its definition') FROM summaries JOIN plain USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT near(cronbach_alpha(two), (2 * (1 - (va + vb) / vab))::float8)), count(*), 'alpha of two items') FROM summaries JOIN plain USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT near(r.correlation_with_rest, ((vt - va - vr) / (2 * sqrt(va * vr)))::float8)), count(*), 'correlation with the sum of the others') FROM summaries JOIN plain USING (g), report(x) AS r WHERE r.item = 1;
SELECT none_of(count(*) FILTER (WHERE NOT near(correlation(x, 1, 2), corr) OR correlation(x, 2, 1) <> correlation(x, 1, 2)), count(*), 'correlation is corr()')
FROM summaries JOIN (SELECT g, corr(a, b) FROM complete GROUP BY g) AS s USING (g);

-- What is said of an item's absence is what the summary without it says
SELECT none_of(count(*) FILTER (WHERE NOT near(r.alpha_without, cronbach_alpha(CASE r.item WHEN 1 THEN without_a ELSE without_d END), 1e-12)), count(*), 'alpha_without is alpha of the others') FROM summaries, report(x) AS r WHERE r.item IN (1, 4);
SELECT none_of(count(*) FILTER (WHERE r.alpha_without IS NOT NULL OR NOT near(r.correlation_with_rest, correlation(two, 1, 2), 1e-12)), count(*), 'two items: no alpha without, and their correlation') FROM summaries, report(two) AS r;

-- Key drivers
SELECT none_of(count(*) FILTER (WHERE NOT (near(d.beta, d.correlation, 1e-12) AND near(d.relative_weight, r2) AND near(d.r_squared, r2) AND near(d.relative_share, 1))), count(*), 'one predictor: correlation, its square, regr_r2()')
FROM summaries JOIN (SELECT g, regr_r2(a, b) AS r2 FROM complete GROUP BY g) AS s USING (g), drivers(two, 1) AS d WHERE r2 > 0;
SELECT none_of(count(*) FILTER (WHERE NOT (near(beta[1], (r1 - r2 * r12) / (1 - r12 ^ 2)) AND near(beta[2], (r2 - r1 * r12) / (1 - r12 ^ 2)) AND near(r_squared, (r1 ^ 2 + r2 ^ 2 - 2 * r1 * r2 * r12) / (1 - r12 ^ 2)))), count(*), 'two predictors by the closed formulas')
FROM (SELECT g, correlation(three, 1, 2) AS r1, correlation(three, 1, 3) AS r2, correlation(three, 2, 3) AS r12, array_agg(d.beta ORDER BY item) AS beta, max(d.r_squared) AS r_squared FROM summaries, drivers(three, 1) AS d GROUP BY g, three) AS s;
-- the uncorrelated variables nearest to two predictors have the loadings of the symmetric root
SELECT none_of(count(*) FILTER (WHERE NOT near(weight, (p ^ 2 * ((r1 * p - r2 * q) / (p ^ 2 - q ^ 2)) ^ 2 + q ^ 2 * ((r2 * p - r1 * q) / (p ^ 2 - q ^ 2)) ^ 2))), count(*), 'relative weight of two predictors by the closed formula')
FROM (SELECT r1, r2, weight, (sqrt(1 + r12) + sqrt(1 - r12)) / 2 AS p, (sqrt(1 + r12) - sqrt(1 - r12)) / 2 AS q FROM
	(SELECT correlation(three, 1, 2) AS r1, correlation(three, 1, 3) AS r2, correlation(three, 2, 3) AS r12, d.relative_weight AS weight FROM summaries, drivers(three, 1) AS d WHERE d.item = 2) AS s) AS t;
SELECT none_of(count(*) FILTER (WHERE NOT (near(sum, r_squared, 1e-12) AND near(shares, 1, 1e-12) AND least >= 0 AND r_squared BETWEEN 0 AND 1 AND min = r_squared)), count(*), 'relative weights sum to R squared, shares to 1')
FROM (SELECT g, o, sum(d.relative_weight), sum(d.relative_share) AS shares, min(d.relative_weight) AS least, max(d.r_squared) AS r_squared, min(d.r_squared) FROM summaries, generate_series(1, 5) AS o, drivers(x, o) AS d WHERE n(x) > 5 GROUP BY g, o) AS s;
SELECT none_of(count(*) FILTER (WHERE NOT near(sum, r_squared)), count(*), 'coefficients times correlations sum to R squared')
FROM (SELECT g, o, sum(d.beta * d.correlation), max(d.r_squared) AS r_squared FROM summaries, generate_series(1, 5) AS o, drivers(x, o) AS d WHERE n(x) > 5 GROUP BY g, o) AS s;
SELECT none_of(count(*) FILTER (WHERE d.item = o), count(*), 'a row for each item but the outcome') FROM summaries, generate_series(1, 5) AS o, drivers(x, o) AS d;
SELECT is((SELECT string_agg(item || ' ' || name, ', ') FROM summaries, drivers(x, 3) AS d WHERE g = 1), '1 item 1, 2 item 2, 4 item 4, 5 item 5', 'in their order');
-- units do not matter
SELECT none_of(count(*) FILTER (WHERE NOT (near(d.correlation, f.correlation * s) AND near(d.beta, f.beta * s) AND near(d.relative_weight, f.relative_weight) AND near(d.r_squared, f.r_squared))), count(*), 'a change of units changes nothing but signs')
FROM summaries JOIN (SELECT g, items(1000 * a - 7, b / 1000, -c, 32 + 1.8 * d, e) AS scaled FROM complete GROUP BY g) AS u USING (g), drivers(x, 1) AS d, drivers(scaled, 1) AS f, LATERAL (SELECT CASE d.item WHEN 3 THEN -1 ELSE 1 END AS s) AS s WHERE d.item = f.item AND n(x) > 5;
-- predictors of a full factorial design are not correlated
SELECT ok(bool_and(near(d.relative_weight, d.correlation ^ 2, 1e-12) AND near(d.beta, d.correlation, 1e-12)) AND near(sum(d.correlation ^ 2), max(d.r_squared), 1e-12) AND count(*) = 3, 'orthogonal predictors: squared correlations')
FROM drivers((SELECT items(p, q, r, 3 * p - q + 0.5 * r + p * q) FROM generate_series(-1, 1) AS p, generate_series(-1, 1) AS q, generate_series(0, 3) AS r), 4) AS d;
-- of predictors that are tied together, coefficients are not unique, all else is
CREATE TABLE tied AS SELECT g, items(a, b, c, e, b + c) AS sum, items(a, b, c, e) AS free, items(a, b, b, e) AS twice, items(a, b, e) AS once FROM complete GROUP BY g HAVING count(*) >= 20;
SELECT is(string_agg(DISTINCT item || CASE WHEN beta IS NULL THEN ' none' ELSE ' some' END, ', ' ORDER BY item || CASE WHEN beta IS NULL THEN ' none' ELSE ' some' END), '2 none, 3 none, 4 some, 5 none', 'collinear predictors have no coefficients, the others have') FROM tied, drivers(sum, 1) WHERE g % 3 > 0;
SELECT cmp_ok(count(*) FILTER (WHERE NOT (near(d.r_squared, f.r_squared) AND near(d.beta, f.beta))), '=', 0::bigint, 'a collinear predictor adds nothing') FROM tied, drivers(sum, 1) AS d, drivers(free, 1) AS f WHERE d.item = 4 AND f.item = 4 AND g % 3 > 0;
SELECT cmp_ok(count(*) FILTER (WHERE NOT (near(d.relative_weight, f.relative_weight) AND d.beta IS NULL AND f.beta IS NULL AND near(d.r_squared, o.r_squared))), '=', 0::bigint, 'two that are the same share their weight') FROM tied, drivers(twice, 1) AS d, drivers(twice, 1) AS f, drivers(once, 1) AS o WHERE d.item = 2 AND f.item = 3 AND o.item = 2;
SELECT cmp_ok(count(*) FILTER (WHERE NOT near(sum, r_squared, 1e-9)), '=', 0::bigint, 'their weights sum to R squared, too') FROM (SELECT sum(d.relative_weight), max(d.r_squared) AS r_squared FROM tied, drivers(sum, 1) AS d GROUP BY g) AS s;
SELECT is((SELECT count(*)::int FROM tied), (SELECT count(*)::int FROM tied WHERE n(sum) >= 20), 'there are such groups');
-- an outcome that is a sum of its predictors, and one that has nothing to do with them
SELECT ok(bool_and(near(d.r_squared, 1)) AND near(sum(d.relative_share), 1), 'a sum is explained by its parts') FROM drivers((SELECT items(a + b + d, a, b, d) FROM complete), 1) AS d;
SELECT ok(bool_and(d.r_squared < 1e-24 AND abs(d.correlation) < 1e-12 AND d.relative_weight < 1e-24 AND d.relative_share IS NULL), 'nothing explained: no shares') FROM drivers((SELECT items(p, q, r) FROM generate_series(-1, 1) AS p, generate_series(-1, 1) AS q, generate_series(-1, 1) AS r), 1) AS d;
-- too few respondents: three predictors need five
SELECT is((SELECT string_agg(n || ' ' || regression, ', ' ORDER BY n) FROM (SELECT n(s) AS n, CASE count(beta) + count(relative_weight) + count(relative_share) + count(r_squared) WHEN 0 THEN 'no' WHEN 12 THEN 'yes' END AS regression
	FROM (SELECT items(i % 3, i * i % 5, i * i * i % 7, i * 3 % 4) AS s FROM generate_series(2, 7) AS n, generate_series(1, n) AS i GROUP BY n) AS q, drivers(s, 4) WHERE correlation IS NOT NULL GROUP BY n(s)) AS r), '2 no, 3 no, 4 no, 5 yes, 6 yes, 7 yes', 'no regression with fewer respondents than predictors and two');
-- predictors that never vary are left out, and need no respondents
SELECT ok(bool_and(CASE d.item WHEN 2 THEN d.beta IS NULL AND d.correlation IS NULL AND d.relative_weight IS NULL AND d.relative_share IS NULL AND d.r_squared = f.r_squared ELSE d.beta = f.beta AND d.relative_weight = f.relative_weight END) AND count(*) = 3, 'a predictor that never varies is left out')
FROM (SELECT items(b, 7, d, a) AS constant, items(b, 8 - b, d, a) AS other, items(b, d, a) AS without FROM complete) AS s, drivers(constant, 4) AS d LEFT JOIN LATERAL drivers(without, 3) AS f ON f.item = CASE d.item WHEN 3 THEN 2 ELSE 1 END;
SELECT ok(near(cronbach_alpha(with_constant), 4 / 3.0 * 2 / 3 * cronbach_alpha(without), 1e-12), 'alpha counts an item that never varies')
FROM (SELECT items(p, q, r, 5) AS with_constant, items(p, q, r) AS without FROM (VALUES (1, 2, 3), (2, 2, 5), (4, 5, 3), (5, 6, 9)) AS v(p, q, r)) AS s;

-- units may be as unlike as numbers can be
SELECT ok(bool_and(abs(r.correlation_with_rest - w.corr) < 1e-12), 'correlation with a rest of another size')
FROM (SELECT items(p * 1e-150, q * 1e150) AS x, corr(p, q) FROM (VALUES (1, 2), (2, 2), (4, 5), (5, 3)) AS v(p, q)) AS w, report(x) AS r;

-- Feldt's interval: ends are quantiles, so that more confidence is a wider interval
SELECT is((SELECT count(*)::int FROM summaries, unnest('{0.5,0.8,0.9,0.95,0.99}'::float8[], '{0.8,0.9,0.95,0.99,0.999}'::float8[]) AS c(c, d), reliability(x, c) AS r, reliability(x, d) AS w WHERE NOT (w.low < r.low AND r.low < r.high AND r.high < w.high AND w.high < 1) OR r.alpha <> cronbach_alpha(x)), 0, 'intervals of different confidence lie in each other');
-- of two respondents and two items F has one degree of freedom in both places: it is the square of a Cauchy variate
SELECT ok(near(r.low, 1 - (1 - r.alpha) * tan(pi() * 0.975 / 2) ^ 2) AND near(r.high, 1 - (1 - r.alpha) * tan(pi() * 0.025 / 2) ^ 2), 'one degree of freedom by the tangent') FROM reliability((SELECT items(a, b) FROM (VALUES (1, 2), (4, 4)) AS v(a, b))) AS r;
-- of three respondents and two items: F(2, 2) is a ratio of exponential variates
SELECT ok(near(r.low, 1 - (1 - r.alpha) * 0.975 / 0.025) AND near(r.high, 1 - (1 - r.alpha) * 0.025 / 0.975), 'two degrees of freedom by the odds') FROM reliability((SELECT items(a, b) FROM (VALUES (1, 2), (4, 4), (5, 3)) AS v(a, b))) AS r;

-- However rows are split and merged: the same to the last digits, counts exactly
CREATE FUNCTION moment(x items_summary, i int, j int) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$ SELECT (x::jsonb->'comoments'->>(i * (i - 1) / 2 + j - 1))::float8 $$;
CREATE FUNCTION unlike(x items_summary, y items_summary) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT n(x) <> n(y) OR dropped(x) <> dropped(y) OR item_count(x) <> item_count(y)
		OR EXISTS (SELECT FROM generate_series(1, item_count(x)) AS i, generate_series(1, i) AS j WHERE abs(moment(x, i, j) - moment(y, i, j)) > 1e-12 * sqrt(moment(y, i, i) * moment(y, j, j)))
		OR EXISTS (SELECT FROM generate_series(0, item_count(x) - 1) AS i WHERE abs((x::jsonb->'means'->>i)::float8 - (y::jsonb->'means'->>i)::float8) > 1e-12 * greatest(abs((y::jsonb->'means'->>i)::float8), sqrt(moment(y, i + 1, i + 1) / n(y))))
$$;
CREATE TABLE whole AS SELECT items(a, b, CASE WHEN g % 3 > 0 THEN c END, d, e) AS x, items(a, b, c, e) AS all_c FROM answers;
CREATE FUNCTION splits(key text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	wrong int;
	parts int;
BEGIN
	EXECUTE format('SELECT count(*) FILTER (WHERE unlike(merged, x)), max(parts) FROM whole, (SELECT rollup(s ORDER BY md5(k::text)) AS merged, count(*) AS parts FROM (SELECT %1$s AS k, items(a, b, CASE WHEN g %% 3 > 0 THEN c END, d, e) AS s FROM answers GROUP BY 1 UNION ALL SELECT -1, NULL UNION ALL SELECT -2, ''{}'') AS p) AS m', key) INTO wrong, parts;
	RETURN is(wrong || CASE WHEN parts > 3 THEN '' ELSE ' (but not split)' END, '0', 'split by ' || key);
END
$$;
SELECT splits(key) FROM unnest('{id,g,id / 1000,id % 7,hashint8(id) % 40}'::text[]) AS key;
SELECT ok(n(x) > 3000 AND dropped(x) > 2000, 'with gaps') FROM whole;
SELECT ok(NOT unlike((SELECT items(a, b, CASE WHEN g % 3 > 0 THEN c END, d, e ORDER BY md5(id::text)) FROM answers), x), 'another order') FROM whole;
SELECT ok(unlike((SELECT items(a, b, CASE WHEN g % 3 > 0 THEN c END, d, e) FROM answers WHERE id > 1), x) AND unlike(x, all_c), 'and it would be told') FROM whole;
WITH RECURSIVE parts AS (SELECT row_number() OVER () AS i, x FROM summaries), chain AS (SELECT 0::bigint AS i, NULL::items_summary AS x UNION ALL SELECT parts.i, CASE WHEN parts.i % 2 = 0 THEN chain.x + parts.x ELSE merge(parts.x, chain.x) END FROM chain JOIN parts ON parts.i = chain.i + 1)
SELECT ok(NOT unlike(x, (SELECT rollup(x) FROM summaries)) AND i = 300, 'merged by + and merge() one after another') FROM chain ORDER BY i DESC LIMIT 1;
SELECT is((SELECT count(*)::int FROM summaries AS a, summaries AS b WHERE unlike(a.x + b.x, b.x + a.x) AND a.g < 20 AND b.g < 20), 0, 'a + b is b + a');
SELECT is((SELECT count(*)::int FROM summaries AS a, summaries AS b, summaries AS c WHERE unlike(a.x + b.x + c.x, a.x + (b.x + c.x)) AND greatest(a.g, b.g, c.g) < 12 AND a.g % 3 > 0), 0, '(a + b) + c is a + (b + c)');

-- A frame is counted afresh or goes on; both are what a query over its rows gives, byte for byte
CREATE FUNCTION frames(frame text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	wrong int;
	frames int;
BEGIN
	EXECUTE format('SELECT count(*) FILTER (WHERE framed IS DISTINCT FROM (SELECT items(r.a, r.b, r.c, r.d) FROM unnest(members) AS r)), count(DISTINCT framed::text) FROM (SELECT items(a, b, c, d) OVER w AS framed, array_agg(s) OVER w AS members FROM answers AS s WHERE id <= 300 WINDOW w AS (ORDER BY id %s)) AS f', frame) INTO wrong, frames;
	RETURN is(wrong || CASE WHEN frames > 20 THEN '' ELSE ' (but there are few frames)' END, '0', 'window ' || frame);
END
$$;
SELECT frames(frame) FROM unnest('{ROWS UNBOUNDED PRECEDING,ROWS 6 PRECEDING,ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW,ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING,GROUPS BETWEEN 9 PRECEDING AND 5 PRECEDING}'::text[]) AS frame;

-- Workers give what one process gives
CREATE TABLE many AS SELECT i, i % 5 AS k, i * 7919::bigint % 11 AS a, CASE WHEN i % 13 > 0 THEN i * 104729::bigint % 7 END AS b, sqrt(i) AS c FROM generate_series(1, 60000) AS i;
ANALYZE many;
CREATE TABLE serial AS SELECT k, items(a, b, c, i) AS x FROM many GROUP BY ROLLUP (k);
CREATE TABLE parts AS SELECT k, items(a, b, c, i) AS x FROM many GROUP BY k, i % 4000;
ANALYZE parts;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL jit = off;
\ir examples/plan_of.sql
SELECT ok(p LIKE '%Partial %Aggregate%' AND p ~ 'Workers Launched: [1-9]', 'workers aggregate') FROM plan_of('SELECT items(a, b, c, i) FROM many', 'ANALYZE, COSTS OFF, TIMING OFF') AS p;
SELECT ok(NOT unlike((SELECT items(a, b, c, i) FROM many), x), 'workers give the same') FROM serial WHERE k IS NULL;
SELECT is((SELECT string_agg(k::text, ', ') FROM (SELECT k, items(a, b, c, i) AS y FROM many GROUP BY k) AS s JOIN serial USING (k) WHERE unlike(x, y)), NULL, 'workers give the same groups');
SELECT is((SELECT string_agg(k::text, ', ') FROM (SELECT k, rollup(x) AS y FROM parts GROUP BY k) AS s JOIN serial USING (k) WHERE unlike(x, y)), NULL, 'workers merge to the same groups');
SELECT ok(p LIKE '%Partial %Aggregate%' AND p ~ 'Workers Launched: [1-9]', 'workers merge') FROM plan_of('SELECT k, rollup(x) FROM parts GROUP BY k', 'ANALYZE, COSTS OFF, TIMING OFF') AS p;

-- Stored forms: short headers, and out of line
CREATE TABLE stored (id int, two items_summary, wide items_summary);
INSERT INTO stored SELECT i, (SELECT items(j % 3, i) FROM generate_series(1, 5) AS j), (SELECT items(VARIADIC ARRAY(SELECT sin(i + j * m) FROM generate_series(1, 64) AS m)) FROM generate_series(1, 90) AS j) FROM generate_series(1, 20) AS i;
SELECT is((SELECT string_agg(DISTINCT pg_column_size(two) || ' ' || pg_column_size(wide), ', ') FROM stored), '61 17172', 'two items have a short header, 64 are out of line');
SELECT ok(bool_and(two = two::text::items_summary AND wide = wide::text::items_summary AND wide = (wide::jsonb)::text::items_summary AND items_summary_send(wide) = items_summary_send(wide::text::items_summary) AND items_summary_hash(two) = items_summary_hash(two::text::items_summary)), 'both are read back from text') FROM stored;
SELECT ok(n(rollup(two)) = 100 AND item_count(rollup(wide)) = 64 AND n(rollup(wide)) = 1800 AND cronbach_alpha(rollup(wide)) IS NOT NULL, 'both merge') FROM stored;
CREATE TABLE before AS SELECT id, two::text, wide::text FROM stored;
SELECT is((SELECT sum(n(two + two) + n(merge(wide, wide)) + n(items_summary_accum(two, '{1,2}')) + n(items_summary_combine(two, two)) + n(items_summary_accum(wide, array_fill(0::float8, '{64}'))))::int FROM stored), 20 * (10 + 180 + 6 + 10 + 91), 'functions called by hand count');
SELECT ok(bool_and(s.two::text = before.two AND s.wide::text = before.wide), 'and leave their argument as it is') FROM stored AS s JOIN before USING (id);

-- Sorting, of values with short headers that every comparison reads
CREATE TABLE sorted AS SELECT items(i * 7919 % 20011, i) AS x FROM generate_series(1, 20000) AS i GROUP BY i;
DECLARE sorting CURSOR FOR SELECT x FROM sorted ORDER BY x;
MOVE 1 FROM sorting;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name LIKE 'TupleSort%' OR name = 'ExecutorState'), '<', 8000000, 'a sort leaves nothing behind for each comparison');
CLOSE sorting;

SELECT * FROM finish();
ROLLBACK;
