-- Means, ratios and survival against plain SQL that shares nothing with the library: two-pass sums
-- and window functions over random rows.
BEGIN;
SELECT plan(12);

\set seed 20231122
\set numbers 60000
\ir examples/random_number.sql

-- Three random numbers per row; groups of 2 to 61 rows, and every tenth of 500
CREATE TEMPORARY TABLE random_row ON COMMIT DROP AS
SELECT g, t.i, a.u AS u, b.u AS v, c.u AS w
FROM (SELECT g, i, row_number() OVER (ORDER BY g, i) AS r
	FROM generate_series(1, 60) AS g,
		generate_series(1, CASE WHEN g % 10 = 0 THEN 500 ELSE 2 + g * 7 % 60 END) AS i) AS t
	JOIN random_number AS a ON a.i = 3 * r
	JOIN random_number AS b ON b.i = 3 * r + 1
	JOIN random_number AS c ON c.i = 3 * r + 2;

CREATE FUNCTION pg_temp.near(found float8, expected float8, tolerance float8 DEFAULT 1e-9) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN found IS NULL OR expected IS NULL THEN found IS NULL AND expected IS NULL
		ELSE abs(found - expected) <= tolerance * greatest(abs(expected), abs(found)) END
$$;

-- Means

CREATE TEMPORARY TABLE measured ON COMMIT DROP AS
SELECT g, CASE WHEN u > 0.95 THEN NULL ELSE round((1000 + 80 * v - 3 * g)::numeric, 3)::float8 END AS value,
	CASE WHEN w < 0.05 THEN 0 ELSE round((0.05 + 20 * w * w * w * w)::numeric, 6)::float8 END AS weight
FROM random_row;

SELECT pg_temp.all_right(count(*), 60, string_agg(g::text, ' ') FILTER (WHERE NOT (n(s) = count
		AND pg_temp.near(mean(s), average, 1e-13) AND pg_temp.near(standard_deviation(s), deviation, 1e-12)
		AND effective_n(s) = count AND minimum(s) = lowest AND maximum(s) = highest)),
	'sample: count, mean, standard deviation, ends')
FROM (SELECT g, sample(value) AS s, count(value) AS count, avg(value::numeric)::float8 AS average,
		stddev_samp(value::numeric)::float8 AS deviation, min(value) AS lowest, max(value) AS highest
	FROM measured GROUP BY g) AS t;

CREATE TEMPORARY TABLE weighted ON COMMIT DROP AS
SELECT g, n, m, v, kish, CASE WHEN v > 0 THEN least(v / error, 2 * kish) ELSE kish END AS effective
FROM (SELECT g, count(*) AS n, max(m) AS m, sum(weight) ^ 2 / sum(weight ^ 2) AS kish,
		CASE WHEN count(*) > 1 THEN count(*) / (count(*) - 1.0) * sum(weight * (value - m) ^ 2) / sum(weight) END AS v,
		CASE WHEN count(*) > 1 THEN count(*) / (count(*) - 1.0) * sum((weight * (value - m)) ^ 2) / sum(weight) ^ 2 END AS error
	FROM (SELECT g, value, weight, sum(weight * value) OVER w / sum(weight) OVER w AS m
		FROM measured WHERE value IS NOT NULL AND weight > 0 WINDOW w AS (PARTITION BY g)) AS t
	GROUP BY g) AS t;
SELECT pg_temp.all_right(count(*), 60, string_agg(g::text, ' ') FILTER (WHERE NOT (n(s) = o.n
		AND pg_temp.near(mean(s), o.m, 1e-13) AND pg_temp.near(standard_deviation(s), sqrt(o.v))
		AND pg_temp.near(effective_n(s), o.effective))),
	'weighted sample: count, mean, standard deviation, effective_n')
FROM (SELECT g, sample(value, weight) AS s FROM measured GROUP BY g) AS t JOIN weighted AS o USING (g);
SELECT ok(count(*) FILTER (WHERE effective > kish) > 20 AND count(*) FILTER (WHERE effective < kish) > 20,
	'the linearised error is smaller than Kish''s for some, larger for others') FROM weighted;

-- Ratios. The t quantile of so many degrees of freedom is taken from the interval of the mean of
-- as many values, which published_means.sql checks: half its width over its standard error.

CREATE TEMPORARY TABLE unit ON COMMIT DROP AS
SELECT g, CASE WHEN w > 0.97 THEN NULL ELSE floor(10 * v * y) END AS x, CASE WHEN w < 0.03 THEN NULL ELSE y END AS y
FROM (SELECT *, 1 + floor(30 * u * u * u * u) AS y FROM random_row) AS t;

CREATE TEMPORARY TABLE ratio_oracle ON COMMIT DROP AS
SELECT g, count(*) AS n, sum(x) AS x, sum(y) AS y, max(r) AS r,
	CASE WHEN count(*) > 1 THEN sqrt(count(*) / (count(*) - 1.0) * sum((x - r * y) ^ 2)) / sum(y) END AS se
FROM (SELECT g, x, y, sum(x) OVER w / sum(y) OVER w AS r
	FROM unit WHERE x IS NOT NULL AND y IS NOT NULL WINDOW w AS (PARTITION BY g)) AS t
GROUP BY g;
SELECT pg_temp.all_right(count(*), 60, string_agg(g::text, ' ') FILTER (WHERE NOT (e.n = o.n
		AND numerator(s) = o.x AND denominator(s) = o.y AND pg_temp.near(e.estimate, o.r, 1e-13)
		AND pg_temp.near((e.high - e.low) / 2, o.se * t)
		AND pg_temp.near((e.high + e.low) / 2, CASE WHEN o.se > 0 THEN o.r END))),
	'ratio: units, sums, ratio, interval')
FROM (SELECT g, ratio(x, y) AS s FROM unit GROUP BY g) AS u JOIN ratio_oracle AS o USING (g),
	estimate(u.s) AS e,
	LATERAL (SELECT CASE WHEN o.se > 0 THEN (high(m) - low(m)) / 2 / (standard_deviation(m) / sqrt(o.n)) END AS t
		FROM (SELECT sample(i::float8) AS m FROM generate_series(1, o.n) AS i) AS t) AS q;
-- The difference of two ratios: its variance is the sum of theirs, and with nearly as many degrees
-- of freedom on both sides its t quantile is known, too.
SELECT pg_temp.all_right(count(*), 5, string_agg(a.g::text, ' ') FILTER (WHERE NOT (
		pg_temp.near(d.difference, oa.r - ob.r, 1e-10) AND pg_temp.near(q.ratio, oa.r / ob.r, 1e-12)
		AND (d.high - d.low) / 2 / sqrt(oa.se ^ 2 + ob.se ^ 2) BETWEEN 1.960 AND 1.966
		AND ln(q.high / q.low) / 2 / sqrt((oa.se / oa.r) ^ 2 + (ob.se / ob.r) ^ 2) BETWEEN 1.960 AND 1.966
		AND pg_temp.near(sqrt(q.low * q.high), oa.r / ob.r))),
	'ratio: difference and ratio of two, 500 units each')
FROM (SELECT g, ratio(x, y) AS s FROM unit WHERE g % 10 = 0 GROUP BY g) AS a
	JOIN (SELECT g, ratio(x, y) AS s FROM unit WHERE g % 10 = 0 GROUP BY g) AS b ON b.g = a.g + 10
	JOIN ratio_oracle AS oa ON oa.g = a.g JOIN ratio_oracle AS ob ON ob.g = b.g,
	compare(a.s, b.s) AS d, compare_ratio(a.s, b.s) AS q;

-- Survival. Small summaries are exact; those of 500 know a duration to 1 %.

CREATE TEMPORARY TABLE lasted ON COMMIT DROP AS
SELECT g, CASE WHEN g % 10 = 0 THEN exp(2 + 6 * u) ELSE floor(40 * u) / 4 END AS seconds, v < 0.2 + g / 60.0 AS finished
FROM random_row;
CREATE TEMPORARY TABLE timings ON COMMIT DROP AS
SELECT g, timing(seconds, finished) AS s FROM lasted GROUP BY g;

-- At each time: how many are at risk, how many finish; Kaplan and Meier's product; Greenwood's sum
CREATE TEMPORARY TABLE curve ON COMMIT DROP AS
SELECT g, seconds, at_risk, done,
	CASE WHEN bool_or(done = at_risk) OVER w THEN 0 ELSE
		exp(sum(ln(1 - done / at_risk::float8)) FILTER (WHERE done < at_risk) OVER w) END AS survival,
	sum(done / (at_risk * (at_risk - done))::float8) FILTER (WHERE done < at_risk) OVER w AS greenwood
FROM (SELECT g, seconds, count(*) FILTER (WHERE finished) AS done,
		sum(count(*)) OVER (PARTITION BY g ORDER BY seconds DESC)::bigint AS at_risk
	FROM lasted GROUP BY g, seconds) AS t
WHERE done > 0
WINDOW w AS (PARTITION BY g ORDER BY seconds);

SELECT pg_temp.all_right(count(*), 600, string_agg(o.g || ' at ' || o.seconds, ', ') FILTER (WHERE NOT coalesce(
		c.at_risk = o.at_risk AND (pg_temp.near(c.survival, o.survival) OR greatest(c.survival, o.survival) < 1e-15)
		AND (o.survival = 0 OR pg_temp.near(c.low, exp(-exp(ln(-ln(o.survival)) + z * reach)))
			AND pg_temp.near(c.high, exp(-exp(ln(-ln(o.survival)) - z * reach)))), false)),
	'survival_curve: at risk, Kaplan and Meier, Greenwood, log-log limits')
FROM (SELECT *, CASE WHEN survival > 0 THEN sqrt(greenwood) / -ln(survival) END AS reach, 1.959963984540054 AS z
		FROM curve WHERE g % 10 <> 0) AS o
	JOIN timings AS t USING (g)
	LEFT JOIN LATERAL survival_curve(t.s) AS c ON c.seconds = o.seconds;
SELECT pg_temp.all_right(count(*), 2000, string_agg(t.g || ' at ' || at, ', ') FILTER (WHERE NOT
		pg_temp.near(survival(t.s, at),
			coalesce((SELECT min(survival) FROM curve AS o WHERE o.g = t.g AND o.seconds <= at), 1))),
	'survival: share that lasts longer')
FROM timings AS t, (SELECT g, max(seconds) AS last FROM lasted GROUP BY g) AS l,
	generate_series(0, 78) AS i, LATERAL (SELECT i / 8.0::float8 AS at) AS a
WHERE t.g = l.g AND t.g % 10 <> 0 AND at < l.last;

-- The first time at which no more than that last; on a flat part, which ends at the next time at
-- which one finishes or else at the last one seen, the middle of it
SELECT pg_temp.all_right(count(*), 190, string_agg(t.g || ' at ' || q, ', ') FILTER (WHERE
		CASE WHEN abs(o.survival - (1 - q)) < 1e-9
			THEN NOT pg_temp.near(quantile(t.s, q), (o.seconds + o.next) / 2)
			ELSE quantile(t.s, q) IS DISTINCT FROM o.seconds END),
	'quantile: where the curve falls to what is asked for')
FROM timings AS t, unnest('{0.1,0.25,0.5,0.75,0.9}'::float8[]) AS q
	LEFT JOIN LATERAL (SELECT * FROM (SELECT *, coalesce(lead(seconds) OVER (ORDER BY seconds),
			(SELECT max(seconds) FROM lasted AS l WHERE l.g = t.g)) AS next FROM curve AS o WHERE o.g = t.g) AS o
		WHERE survival < 1 - q + 1e-9 ORDER BY seconds LIMIT 1) AS o ON true
WHERE t.g % 10 <> 0 AND EXISTS (SELECT FROM lasted WHERE lasted.g = t.g AND NOT finished);

SELECT pg_temp.all_right(count(*), 50, string_agg(g || ' at ' || q, ', ')
		FILTER (WHERE NOT pg_temp.near(quantile(s, q), quantity)),
	'quantile: between two neighbours when all finished')
FROM (SELECT t.g, t.s, q, percentile_cont(q) WITHIN GROUP (ORDER BY seconds) AS quantity
	FROM timings AS t JOIN lasted AS l USING (g), unnest('{0,0.1,0.25,0.5,0.75,0.9,1}'::float8[]) AS q
	WHERE t.g % 10 <> 0 GROUP BY t.g, t.s, q HAVING bool_and(finished)) AS t;

SELECT pg_temp.all_right(count(*), 40, string_agg(t.g || ' at ' || at, ', ') FILTER (WHERE NOT survival(t.s, at)
		BETWEEN (SELECT min(survival) FROM curve AS o WHERE o.g = t.g AND seconds <= 1.021 * at) - 0.001
		AND (SELECT min(survival) FROM curve AS o WHERE o.g = t.g AND seconds <= at / 1.021) + 0.001),
	'survival of many: within a bucket of 2 %')
FROM timings AS t, unnest('{10,30,100,300,1000,2000,2500}'::float8[]) AS at
WHERE t.g % 10 = 0;
SELECT pg_temp.all_right(count(*), 20, string_agg(t.g || ' at ' || q, ', ') FILTER (WHERE NOT quantile(t.s, q)
		BETWEEN 0.99 * (SELECT min(seconds) FROM curve AS o WHERE o.g = t.g AND survival <= 1 - q + 0.001)
		AND 1.01 * (SELECT min(seconds) FROM curve AS o WHERE o.g = t.g AND survival <= 1 - q - 0.001)),
	'quantile of many: within 1 %')
FROM timings AS t, unnest('{0.1,0.25,0.5,0.75,0.9}'::float8[]) AS q
WHERE t.g % 10 = 0 AND EXISTS (SELECT FROM curve AS o WHERE o.g = t.g AND survival <= 1 - q - 0.001);

-- Logarithms of the finished ones alone

SELECT pg_temp.all_right(count(*), 60, string_agg(g::text, ' ') FILTER (WHERE NOT (
		pg_temp.near(geometric_mean(s), geometric) AND pg_temp.near(mean(s), arithmetic, 1e-12)
		AND (quantity < 2 OR geometric IS NULL
			OR pg_temp.near(ln(high(s) / geometric_mean(s)), t * deviation / sqrt(quantity), 1e-8))
		AND n(s) = quantity AND minimum(s) = lowest AND maximum(s) = highest)),
	'timing: geometric mean and its interval, mean, ends')
FROM (SELECT g, timing(seconds) AS s, count(*) AS quantity, avg(seconds) AS arithmetic,
		CASE WHEN min(seconds) > 0 THEN exp(avg(ln(nullif(seconds, 0)))) END AS geometric,
		CASE WHEN min(seconds) > 0 THEN stddev_samp(ln(nullif(seconds, 0))) END AS deviation,
		min(seconds) AS lowest, max(seconds) AS highest
	FROM (SELECT g, round(seconds::numeric, 6)::float8 AS seconds FROM lasted) AS l
	WHERE g % 2 = 0 OR seconds > 0 GROUP BY g) AS o,
	LATERAL (SELECT CASE WHEN quantity > 1 THEN (high(m) - low(m)) / 2 / (standard_deviation(m) / sqrt(quantity)) END AS t
		FROM (SELECT sample(i::float8) AS m FROM generate_series(1, quantity) AS i) AS t) AS q;

SELECT * FROM finish();
ROLLBACK;
