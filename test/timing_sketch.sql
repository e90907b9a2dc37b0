-- Durations counted by buckets: quantiles within 1 %, the same bytes whatever the order, small.
BEGIN;
SELECT plan(52);
SELECT setseed(0.5) IS NULL AS ignored \gset

-- Shapes that durations come in, and some they do not
CREATE TABLE durations (shape text, id int, x float8);
INSERT INTO durations
SELECT shape, i, CASE shape
	WHEN 'log-normal' THEN exp(3.5 + 0.8 * normal)
	WHEN 'wide log-normal' THEN exp(4 * normal)
	WHEN 'uniform' THEN 100 * u
	WHEN 'exponential' THEN -30 * ln(1 - u)
	WHEN 'Pareto, heavy tail' THEN (1 - u) ^ (-1 / 0.7)
	WHEN 'bimodal' THEN CASE WHEN i % 3 = 0 THEN exp(9 + 0.2 * normal) ELSE exp(1 + 0.3 * normal) END
	WHEN 'constant' THEN 42.5
	WHEN 'two values' THEN CASE WHEN i % 2 = 0 THEN 1 ELSE 1000 END
	WHEN 'with zeros' THEN CASE WHEN u < 0.3 THEN 0 ELSE 5 * u END
	WHEN 'sub-millisecond' THEN round((u * 900 + 1)::numeric) / 1000000000
	WHEN 'year-long' THEN 31557600 * (0.5 + 2 * u)
	WHEN 'whole seconds' THEN 1 + floor(-20 * ln(1 - u))
	WHEN 'all magnitudes' THEN exp(43.6 * u) / 1e9
	END
FROM unnest('{log-normal,wide log-normal,uniform,exponential,"Pareto, heavy tail",bimodal,constant,two values,with zeros,sub-millisecond,year-long,whole seconds,all magnitudes}'::text[]) AS shape,
	generate_series(1, 20000) AS i, LATERAL (SELECT i AS ignored, random() AS u, sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) AS normal) AS r;
-- what is counted are whole nanoseconds
UPDATE durations SET x = round((x * 1e9)::numeric)::float8 / 1e9;
ANALYZE durations;
CREATE TABLE sketches AS SELECT shape, timing(x) AS t FROM durations GROUP BY shape;

CREATE TABLE quantiles AS
SELECT shape, q, quantile(t, q) AS found, wanted
FROM sketches JOIN (SELECT shape, percentile_cont('{0,0.01,0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.99,0.999,1}'::float8[]) WITHIN GROUP (ORDER BY x) AS p FROM durations GROUP BY shape) AS s USING (shape),
	unnest('{0,0.01,0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.99,0.999,1}'::float8[], p) AS u(q, wanted);
SELECT diag(format('worst quantile: %s %% off, %s at %s', round((100 * abs(found / wanted - 1))::numeric, 4), shape, q)) FROM quantiles WHERE wanted > 0 ORDER BY abs(found / wanted - 1) DESC LIMIT 1;
SELECT is(string_agg(format('%s: %s for %s', q, found, wanted), ', ') FILTER (WHERE NOT coalesce(abs(found - wanted) <= 0.01 * wanted, false)), NULL, 'quantiles are within 1 %: ' || shape) FROM quantiles GROUP BY shape ORDER BY shape;
SELECT is((SELECT count(*)::int FROM quantiles), 13 * 12, 'of thirteen shapes');
SELECT is((SELECT string_agg(shape, ', ') FROM quantiles WHERE q IN (0, 1) AND found <> wanted), NULL, 'minimum and maximum are exact');
SELECT is((SELECT string_agg(shape, ', ') FROM sketches JOIN (SELECT shape, avg(x::numeric) AS mean, count(*) AS number, min(x), max(x) FROM durations GROUP BY shape) AS d USING (shape)
	WHERE NOT (abs(mean(t) / mean::float8 - 1) <= 1e-14 AND n(t) = number AND minimum(t) = min AND maximum(t) = max)), NULL, 'means are exact');
SELECT is((SELECT string_agg(format('%s %s %s', shape, geometric_mean(t), wanted), ', ') FROM sketches JOIN (SELECT shape, CASE WHEN min(x) > 0 THEN exp(avg(ln(nullif(x, 0)))) END AS wanted FROM durations GROUP BY shape) AS d USING (shape)
	WHERE coalesce(abs(geometric_mean(t) / wanted - 1) > 1e-11, (geometric_mean(t) IS NULL) <> (wanted IS NULL))), NULL, 'geometric means');
SELECT is((SELECT string_agg(shape, ', ') FROM sketches JOIN (SELECT shape, exp(1.9600828 * stddev_samp(ln(nullif(x, 0))) / sqrt(20000)) AS reach FROM durations GROUP BY shape HAVING min(x) > 0 AND min(x) < max(x)) AS d USING (shape)
	WHERE NOT coalesce(abs(high(t) / geometric_mean(t) / reach - 1) < 1e-7 AND abs(geometric_mean(t) / low(t) / reach - 1) < 1e-7, false)), NULL, 'their intervals');

-- The logarithm is that of the server, and of no other: 2^-36 of each, times how many there are
SELECT is((SELECT count(*) FILTER (WHERE abs((t::jsonb #>> '{finished,log_sum}')::numeric / 65 / 2 ^ 36::numeric - ln(x * 1e9)) > 0.51 / 2 ^ 36::numeric) || ' of ' || count(*) FROM
	(SELECT x, timing(x::float8) AS t FROM (SELECT DISTINCT round((1.0371 ^ i)::numeric) / 1000000000 AS x FROM generate_series(1, 1190) AS i) AS s, generate_series(1, 65) GROUP BY x) AS r), '0 of 1127', 'sums of logarithms');

-- The same bytes whatever the order, the parts and the way they are merged
CREATE FUNCTION same_bytes(what text, key text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	different text;
BEGIN
	EXECUTE format('WITH whole AS (SELECT shape, timing_summary_send(%1$s) AS bytes, pg_column_size(%1$s) AS size FROM durations GROUP BY shape),
		merged AS (SELECT shape, rollup(x ORDER BY md5(k::text)) AS x FROM (SELECT shape, %2$s AS k, %1$s AS x FROM durations GROUP BY 1, 2 UNION ALL SELECT shape, NULL, e FROM whole, (VALUES (NULL::timing_summary), (''{}'')) AS v(e)) AS s GROUP BY shape)
		SELECT string_agg(shape, '', '') FROM whole JOIN merged USING (shape) WHERE bytes <> timing_summary_send(x) OR size <> pg_column_size(x) OR NOT record_image_eq(ROW(x), ROW(x::text::timing_summary))', what, key) INTO different;
	RETURN is(different, NULL, what || ' by ' || key);
END
$$;
SELECT same_bytes(what, key) FROM unnest('{timing(x),"timing(x, id % 3 > 0)","timing(x, x < 50)","timing(x * interval ''1 us'', id % 2 > 0)"}'::text[]) AS what, unnest('{id / 1000,hashint4(id) % 7,id % 400,id % 19000}'::text[]) AS key;
SELECT is((SELECT string_agg(shape, ', ') FROM (SELECT shape, timing_summary_send(timing(x)) AS a, timing_summary_send(timing(x ORDER BY x)) AS b, timing_summary_send(timing(x ORDER BY x DESC)) AS c, timing_summary_send(timing(x ORDER BY md5(id::text))) AS d FROM durations GROUP BY shape) AS s WHERE a <> b OR b <> c OR c <> d), NULL, 'in any order');
-- by the operator, one after another, in both ways
SELECT is((WITH RECURSIVE parts AS (SELECT id % 200 AS i, timing(x, id % 5 > 0) AS t FROM durations WHERE shape = 'log-normal' GROUP BY 1),
	chain AS (SELECT -1 AS i, NULL::timing_summary AS x UNION ALL SELECT parts.i, CASE WHEN parts.i % 2 = 0 THEN chain.x + parts.t ELSE merge(parts.t, chain.x) END FROM chain JOIN parts ON parts.i = chain.i + 1)
	SELECT timing_summary_send(x) FROM chain ORDER BY i DESC LIMIT 1), (SELECT timing_summary_send(timing(x, id % 5 > 0)) FROM durations WHERE shape = 'log-normal'), 'by + and merge()');
\ir examples/plan_of.sql
\ir examples/parallel_as_serial.sql
SELECT parallel_as_serial('SELECT shape, timing_summary_send(timing(x)) AS a, timing_summary_send(timing(x, id % 2 = 0)) AS b FROM durations GROUP BY shape', 'sketches of groups');
SELECT parallel_as_serial('SELECT timing_summary_send(timing(x * interval ''1 ms'')) AS a FROM durations WHERE id % 5000 = 0', 'a sketch of few rows');

-- 64 durations are listed, the 65th makes a sketch, however they come together
CREATE TABLE ends AS SELECT n, k, timing(i * 0.37, i % k > 0) AS t FROM generate_series(62, 67) AS n, unnest('{1000,2,1}'::int[]) AS k, LATERAL generate_series(1, n) AS i GROUP BY n, k;
SELECT is((SELECT string_agg(n || ' ' || listed, ', ' ORDER BY n) FROM (SELECT n, bool_and(pg_column_size(t) = 8 * n + 8)::int AS listed FROM ends GROUP BY n) AS s), '62 1, 63 1, 64 1, 65 0, 66 0, 67 0', 'lists end at 64');
SELECT is((SELECT count(*) FILTER (WHERE timing_summary_send(a + b) <> timing_summary_send(t) OR timing_summary_send(b + a) <> timing_summary_send(t)) || ' of ' || count(*) FROM (SELECT n, k, part, coalesce(timing(i * 0.37, i % k > 0) FILTER (WHERE i <= part), '{}') AS a, coalesce(timing(i * 0.37, i % k > 0) FILTER (WHERE i > part), '{}') AS b
	FROM generate_series(62, 67) AS n, unnest('{1000,2,1}'::int[]) AS k, unnest('{0,1,2,31,32,33,61,62,63,64,65,66,67}'::int[]) AS part, LATERAL generate_series(1, n) AS i GROUP BY n, k, part) AS s JOIN ends USING (n, k)), '0 of 234', 'of any two parts');
SELECT is((SELECT count(*)::int FROM ends WHERE NOT (record_image_eq(ROW(t), ROW(t::text::timing_summary)) AND record_image_eq(ROW(t), ROW(t::jsonb::text::timing_summary)) AND record_image_eq(ROW(t), ROW(t::json::text::timing_summary)))), 0, 'text, json and jsonb are read back as the same bytes');
SELECT is((SELECT string_agg(shape, ', ') FROM sketches WHERE NOT (record_image_eq(ROW(t), ROW(t::text::timing_summary)) AND record_image_eq(ROW(t), ROW(t::jsonb::text::timing_summary)) AND record_image_eq(ROW(t), ROW(t::json::text::timing_summary)))), NULL, 'those of sketches, too');
SELECT is((SELECT count(*)::int FROM (SELECT timing(x) AS few, (SELECT timing(y) FROM generate_series(1, 10) AS g, unnest(array_agg(x)) AS y) AS many FROM generate_series(1, 50) AS g, LATERAL (SELECT exp(random() * 20) AS x FROM generate_series(1, 50)) AS r GROUP BY g) AS s
	WHERE abs(geometric_mean(few) / geometric_mean(many) - 1) > 1e-11 OR abs(mean(few) / mean(many) - 1) > 1e-14 OR minimum(few) <> minimum(many)), 0, 'a sketch says what the list says');

-- With unfinished ones, quantiles are Kaplan and Meier's of the buckets: near those of the rows
CREATE TABLE censored AS SELECT shape, id, x, md5(id::text || shape) < 'a' AS f FROM durations WHERE shape IN ('log-normal', 'uniform', 'exponential', 'bimodal', 'whole seconds', 'all magnitudes');
CREATE TABLE censored_sketches AS SELECT shape, timing(x, f) AS t FROM censored GROUP BY shape;
CREATE TABLE steps AS
SELECT shape, x, exp(sum(CASE WHEN d < n THEN ln(1 - d / n) END) OVER (PARTITION BY shape ORDER BY x)) AS s FROM (SELECT shape, x, count(*) FILTER (WHERE f)::float8 AS d, sum(count(*)) OVER (PARTITION BY shape ORDER BY x DESC)::float8 AS n FROM censored GROUP BY shape, x) AS q;
CREATE INDEX ON steps (shape, x);
-- ties within a bucket move a finish before what was last seen a little earlier, so that the share moves, too
SELECT is((SELECT string_agg(format('%s %s: %s is not from %s to %s', shape, q, found, low, high), ', ') FROM (SELECT shape, q, quantile(t, q) AS found, (SELECT min(x) FROM steps WHERE steps.shape = c.shape AND s <= 1 - q + 0.002) AS low, (SELECT min(x) FROM steps WHERE steps.shape = c.shape AND s <= 1 - q - 0.002) AS high FROM censored_sketches AS c, unnest('{0.1,0.25,0.5,0.75,0.9}'::float8[]) AS q) AS r
	WHERE NOT coalesce(found BETWEEN low * 0.99 AND high * 1.01, false)), NULL, 'quantiles of censored durations');
SELECT is((SELECT count(*) FILTER (WHERE NOT coalesce(survival(t, x) BETWEEN after - 0.002 AND before + 0.002, false)) || CASE WHEN count(*) > 1000 THEN '' ELSE ' (but too few)' END FROM censored_sketches JOIN (SELECT shape, x, row_number() OVER (ORDER BY shape, x) AS i FROM steps WHERE s IS NOT NULL) AS s USING (shape),
	LATERAL (SELECT coalesce((SELECT s FROM steps WHERE steps.shape = s.shape AND steps.x <= s.x * exp(-0.02) ORDER BY steps.x DESC LIMIT 1), 1) AS before, (SELECT s FROM steps WHERE steps.shape = s.shape AND steps.x <= s.x * exp(0.02) ORDER BY steps.x DESC LIMIT 1) AS after) AS around WHERE i % 97 = 0), '0', 'the share still unfinished is that within a bucket');
SELECT is((SELECT string_agg(shape, ', ') FROM censored_sketches WHERE EXISTS (SELECT FROM survival_curve(t) AS c WHERE survival IS DISTINCT FROM survival(t, seconds) OR low > survival OR high < survival)), NULL, 'each row of the curve is what survival says there');

-- Small: a million durations, of all magnitudes, half of them unfinished; what that is by shape
CREATE TABLE millions AS
SELECT timing(exp(43.66 * r) / 1e9, i % 2 = 0) AS t, timing(exp(43.66 * r) / 1e9) AS u, timing(exp(3.5 + 0.8 * sqrt(-2 * ln(1 - r)) * cos(i))) AS v, timing(3) AS w FROM (SELECT i, random() AS r FROM generate_series(1, 1000000) AS i) AS s;
SELECT diag(format('a million durations of all magnitudes, half unfinished: %s bytes; all finished: %s; log-normal: %s; constant: %s', pg_column_size(t), pg_column_size(u), pg_column_size(v), pg_column_size(w))) FROM millions;
SELECT ok(greatest(pg_column_size(t), pg_column_size(u)) < 8192 AND n(u) = 1000000 AND n(t) + unfinished(t) = 1000000, 'a million durations take less than 8 kB') FROM millions;
SELECT ok(pg_column_size(v) < 1000 AND pg_column_size(w) < 150, 'and usually much less') FROM millions;
-- A group of one duration: what its state takes, beside what count(*) takes
CREATE FUNCTION memory_of(query text) RETURNS float8 LANGUAGE sql AS $$ SELECT (regexp_match(plan_of(query, 'ANALYZE, COSTS OFF, TIMING OFF'), 'Batches: 1 +Memory Usage: (\d+)kB'))[1]::float8 * 1024 $$;
CREATE TABLE singles AS SELECT i AS k, i * 0.001::float8 AS x FROM generate_series(1, 200000) AS i;
ALTER TABLE singles ALTER k SET (n_distinct = -1);
ANALYZE singles;
SET LOCAL work_mem = '1GB';
SET LOCAL enable_sort = off;
SELECT round((memory_of('SELECT k, timing(x) FROM singles GROUP BY k') - memory_of('SELECT k, count(*) FROM singles GROUP BY k')) / 200000) AS bytes \gset
SELECT diag('memory of a group of one duration, over that of count(*): ' || :bytes || ' bytes');
SELECT ok(:bytes BETWEEN 1 AND 255, 'a group of one duration is small');

SELECT * FROM finish();
ROLLBACK;
