-- Durations: what they are read as, what is asked of them, and Kaplan and Meier's estimate against
-- plain SQL over the rows.
BEGIN;
SELECT plan(91);
SELECT setseed(0.3) IS NULL AS ignored \gset

CREATE FUNCTION near(a float8, b float8, tolerance float8 DEFAULT 1e-12) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT a IS NOT DISTINCT FROM b OR coalesce(abs(a - b) <= tolerance * abs(b), false)
$$;
CREATE FUNCTION none_of(number bigint, compared bigint, enough int, what text) RETURNS text LANGUAGE sql AS $$
	SELECT is(number || CASE WHEN compared >= enough THEN '' ELSE ' (but too few were compared: ' || compared || ')' END, '0', what)
$$;
-- what is there of each of several summaries, as one text
CREATE FUNCTION shown(VARIADIC x timing_summary[]) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(coalesce(s::text, 'NULL'), ' ' ORDER BY i) FROM unnest(x) WITH ORDINALITY AS u(s, i)
$$;

-- What is counted
SELECT is((SELECT timing(x) FROM (VALUES (2), (NULL), (1.5), (0)) AS v(x))::text, '{"finished": [0, 1.5, 2]}', 'NULL is not counted, zero is');
SELECT is((SELECT timing(x) FROM (VALUES (NULL::float8)) AS v(x)), NULL, 'nothing counted is NULL');
SELECT is((SELECT timing(x, f) FROM (VALUES (NULL::float8, true), (NULL, false), (NULL, NULL)) AS v(x, f)), NULL, 'whatever is said of it');
SELECT is((SELECT timing(x, f) FROM (VALUES (3, true), (2, false), (1, NULL)) AS v(x, f))::text, '{"finished": [3], "unfinished": [1, 2]}', 'what is not known to be finished is unfinished');
SELECT is((SELECT timing(x, f) FROM (VALUES (3, false)) AS v(x, f))::text, '{"unfinished": [3]}', 'unfinished ones only');
SELECT is(timing(x)::text, '{"finished": [0, 0.000001, 1.5, 86400, 93784.5]}', 'intervals: a day has 24 hours')
FROM unnest('{"1 day 02:03:04.5",0,1.5 seconds,1 microsecond,2 days -24:00:00}'::interval[]) AS x;
SELECT is((SELECT timing(x, f) FROM (VALUES ('1 min'::interval, true), ('1 hour', NULL), (NULL, true)) AS v(x, f))::text, '{"finished": [60], "unfinished": [3600]}', 'intervals that are not finished');
SELECT is(timing(x::float8)::text, '{"finished": [0, 0, 0.000000001, 0.000000001, 0.1, 0.123456789, 4503599.627, 9223372036.799998976]}', 'seconds are rounded to nanoseconds')
FROM unnest('{0.1,0.1234567889,0.0000000004,1e-300,0.0000000006,0.0000000014,4503599.627,9223372036.8}'::numeric[]) AS x;
SELECT is(timing('-0'::float8)::text, '{"finished": [0]}', 'minus zero is zero');
SELECT is(timing(x)::text, '{"finished": [1, 2, 3]}', 'other numbers') FROM unnest('{3,1,2}'::int[]) AS x;
SELECT is(timing(x)::text, '{"finished": [0.5, 2]}', 'and numeric') FROM unnest('{2,0.5}'::numeric[]) AS x;

CREATE TABLE tickets (started_at timestamptz, ended_at timestamptz, what text);
INSERT INTO tickets VALUES ('2026-03-01', '2026-03-02', 'ended'), ('2026-03-01', NULL, 'open'), ('2026-03-02', '2026-03-20', 'ended later'), ('2026-03-20', NULL, 'started later'),
	('2026-03-20', '2026-03-21', 'started and ended later'), (NULL, '2026-03-02', 'never started'), ('2026-03-10', '2026-03-10', 'in no time'), ('2026-03-10', NULL, 'just now');
SELECT is((SELECT string_agg(what || coalesce(' ' || x, ''), '; ' ORDER BY what) FROM (SELECT what, timing(started_at, ended_at, '2026-03-10') AS x FROM tickets GROUP BY what) AS s),
	'ended {"finished": [86400]}; ended later {"unfinished": [691200]}; in no time {"finished": [0]}; just now {"unfinished": [0]}; never started; open {"unfinished": [777600]}; started and ended later; started later', 'from start to end, by the state of affairs at as_of');
SELECT is((SELECT unfinished(timing(started_at, ended_at, '2026-12-31')) FROM tickets), 3::bigint, 'a later as_of finds more of them finished');
SELECT is((SELECT timing(started_at, ended_at, '2026-03-10')::text FROM tickets), (SELECT timing(least(ended_at, '2026-03-10') - started_at, ended_at <= '2026-03-10')::text FROM tickets WHERE started_at <= '2026-03-10'), 'as by the difference of the times');
SELECT is(timing('0001-01-01 00:00:00 BC'::timestamptz, '0290-01-01', '2000-01-01')::text, '{"finished": [9151574400]}', '290 years');

-- The text form, and what else it takes
SELECT is('{}'::timing_summary::text, '{}', 'nothing');
SELECT is(text(x), w, 'read: ' || x) FROM (VALUES ('{"finished": []}', '{}'), ('{"unfinished": [], "finished": []}', '{}'), ('{"unfinished":[2],"finished":[3,1.50,2]}', '{"finished": [1.5, 2, 3], "unfinished": [2]}'),
	('{"finished": [9223372036.854775807]}', '{"finished": [9223372036.854775807]}'), ('{"unfinished": [9223372036.854775807, 0]}', '{"unfinished": [0, 9223372036.854775807]}')) AS v(t, w), LATERAL (SELECT t::timing_summary::text) AS s(x);

-- Few durations are kept as they are
CREATE TABLE few AS SELECT timing(x) AS t FROM unnest('{4,1,9,2,2}'::float8[]) AS x;
SELECT is((SELECT ARRAY[geometric_mean(t), mean(t), median(t), minimum(t), maximum(t), finished(t), unfinished(t), n(t)] FROM few), ARRAY[exp((ln(4::float8) + ln(9::float8) + 2 * ln(2::float8)) / 5), 3.6, 2, 1, 9, 5, 0, 5]::float8[], 'accessors');
SELECT is((SELECT array_agg(quantile(t, q) ORDER BY q) FROM few, unnest('{0,0.1,0.25,0.5,0.6,0.75,0.9,1}'::float8[]) AS q), (SELECT percentile_cont('{0,0.1,0.25,0.5,0.6,0.75,0.9,1}'::float8[]) WITHIN GROUP (ORDER BY x) FROM unnest('{4,1,9,2,2}'::float8[]) AS x), 'quantiles are percentile_cont');
SELECT none_of(count(*) FILTER (WHERE quantile(t, q) IS DISTINCT FROM p), count(*), 300, 'of every number of them, to the last bit')
FROM (SELECT g, q, timing(x) AS t, percentile_cont(q) WITHIN GROUP (ORDER BY x) AS p FROM generate_series(1, 64) AS g, LATERAL (SELECT round((random() * 1000)::numeric, 3)::float8 AS x FROM generate_series(1, g)) AS r, unnest('{0,0.05,0.37,0.5,0.9,1}'::float8[]) AS q GROUP BY g, q) AS s;
SELECT is(quantile(timing(7), q), 7::float8, 'of one duration each quantile is it') FROM unnest('{0,0.3,1}'::float8[]) AS q GROUP BY q;
SELECT is(geometric_mean(timing(x)), x, 'and so is the geometric mean') FROM unnest('{0.000000001,0.3,86400,9e9}'::float8[]) AS x GROUP BY x;
SELECT is((SELECT ARRAY[geometric_mean(t), low(t), high(t), mean(t), median(t), minimum(t)] FROM (SELECT timing(x) AS t FROM unnest('{0,0,6}'::float8[]) AS x) AS s), '{NULL,NULL,NULL,2,0,0}', 'with a zero there is no geometric mean');
SELECT is((SELECT ARRAY[geometric_mean(t), mean(t), median(t), minimum(t), maximum(t), finished(t), unfinished(t)] FROM (SELECT timing(x, x <> 9) AS t FROM unnest('{1,2,9}'::float8[]) AS x) AS s), '{NULL,NULL,2,1,2,2,1}', 'with an unfinished one no mean at all');
SELECT is((SELECT ARRAY[geometric_mean(t), mean(t), median(t), minimum(t), maximum(t), finished(t), unfinished(t)] FROM (SELECT timing(4, false) AS t) AS s), '{NULL,NULL,NULL,NULL,NULL,0,1}', 'nothing finished');
SELECT is((SELECT ARRAY[geometric_mean(t), mean(t), median(t), minimum(t), maximum(t), survival(t, 1), finished(t), unfinished(t)] FROM (SELECT '{}'::timing_summary AS t) AS s), '{NULL,NULL,NULL,NULL,NULL,NULL,0,0}', 'nothing at all');
SELECT is((SELECT array_agg(r) FROM report('{}'::timing_summary) AS r)::text, '{"(,,,,,,,,,,,0,0)"}', 'a report of nothing has one row');
SELECT is((SELECT count(*)::int FROM report(NULL::timing_summary)), 1, 'and one of NULL, too');
SELECT is((SELECT count(*)::int FROM survival_curve('{}')) + (SELECT count(*)::int FROM histogram('{}')), 0, 'no curve and no histogram of nothing');

-- Intervals: exp(m -+ t s / sqrt n) on logarithms
CREATE TABLE groups AS SELECT g, round(exp(2 + random() * g / 10)::numeric, 3)::float8 AS x FROM generate_series(2, 120) AS g, LATERAL generate_series(1, g) AS i;
CREATE TABLE summaries AS SELECT g, timing(x) AS t, avg(ln(x)) AS m, stddev_samp(ln(x)) AS s, avg(x) AS mean FROM groups GROUP BY g;
SELECT none_of(count(*) FILTER (WHERE NOT (near(geometric_mean(t), exp(m), 1e-11) AND near(mean(t), mean, 1e-14) AND n(t) = g)), count(*), 119, 'geometric and arithmetic means') FROM summaries;
-- R: qt(0.975, c(1, 9, 63, 64, 119))
SELECT none_of(count(*) FILTER (WHERE NOT (near(low(t), exp(m - q * s / sqrt(g)), 1e-10) AND near(high(t), exp(m + q * s / sqrt(g)), 1e-10))), count(*), 5, 'log-t interval')
FROM summaries JOIN (VALUES (2, 12.7062047361747), (10, 2.2621571627409915), (64, 1.9983405425207412), (65, 1.9977296543176954), (120, 1.9800998764569523)) AS v(g, q) USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT ((e.measure, e.estimate, e.low, e.high, e.n, e.effective_n, e.confidence, e.method) = ('geometric mean', geometric_mean(t), low(t, 0.9), high(t, 0.9), n(t), g::float8, 0.9, 'log-t') AND i = (e.low, e.high))), count(*), 119, 'estimate and confidence_interval')
FROM summaries, estimate(t, 0.9) AS e, confidence_interval(t, 0.9) AS i;
SELECT none_of(count(*) FILTER (WHERE NOT (r.geometric_mean, r.low, r.high, r.mean, r.median, r.p90, r.p95, r.minimum, r.maximum, r.finished, r.unfinished) = (geometric_mean(t), low(t, 0.8), high(t, 0.8), mean(t), median(t), quantile(t, 0.9), quantile(t, 0.95), minimum(t), maximum(t), g::bigint, 0::bigint)), count(*), 119, 'report')
FROM summaries, report(t, 0.8) AS r;
SELECT is((SELECT ARRAY[geometric_mean(t), low(t), high(t)] FROM (SELECT timing(3::float8) AS t FROM generate_series(1, 100)) AS s), '{3,NULL,NULL}', 'where all are the same there is no variance to judge by');
SELECT is((SELECT ARRAY[geometric_mean(t), low(t), high(t)] FROM (SELECT timing(0.7::float8) AS t FROM generate_series(1, 10)) AS s), '{0.7,NULL,NULL}', 'nor in a list');

-- The interval of the median: binomial ranks
CREATE FUNCTION binomial_rank(n int, confidence float8) RETURNS int LANGUAGE sql AS $$
	SELECT max(r) FROM (SELECT r, sum(exp(lg_n - lg_k)) OVER (ORDER BY r) AS below FROM (SELECT k + 1 AS r,
		(SELECT coalesce(sum(ln(i::float8)), 0) FROM generate_series(n - k + 1, n) AS i) - n * ln(2::float8) AS lg_n, (SELECT coalesce(sum(ln(i::float8)), 0) FROM generate_series(1, k) AS i) AS lg_k
		FROM generate_series(0, n / 2 - 1) AS k) AS s) AS t WHERE below <= (1 - confidence) / 2 + 1e-15
$$;
CREATE TABLE ranks AS SELECT g, c, binomial_rank(g, c) AS r FROM generate_series(2, 64) AS g, unnest('{0.5,0.9,0.95,0.99}'::float8[]) AS c;
SELECT none_of(count(*) FILTER (WHERE (p.median_low, p.median_high) IS DISTINCT FROM (sorted[r], sorted[g + 1 - r])), count(*), 252, 'ends are durations at exact places')
FROM ranks JOIN summaries USING (g) JOIN (SELECT g, array_agg(x ORDER BY x) AS sorted FROM groups GROUP BY g) AS s USING (g), report(t, c) AS p;
SELECT is((SELECT count(*)::int FROM ranks WHERE c = 0.95 AND r IS NULL), 4, 'five durations are too few at 95 %');
SELECT is((SELECT array_agg((r.median_low, r.median_high)) FROM (SELECT timing(x::float8) AS t FROM generate_series(1, 25) AS x) AS s, report(t) AS r)::text, '{"(8,18)"}', 'the 8th and the 18th of 25');
SELECT ok((SELECT abs(r.median_low / 499050.48 - 1) < 0.011 AND abs(r.median_high / 500949.52 - 1) < 0.011 FROM (SELECT timing(x::float8) AS t FROM generate_series(1, 1000000) AS x) AS s, report(t) AS r), 'of a million, next to the median');

-- Comparing
SELECT none_of(count(*) FILTER (WHERE NOT (near(c.ratio, exp(a.m - b.m), 1e-10) AND near(c.low, exp(a.m - b.m - q * sqrt(a.s ^ 2 / a.g + b.s ^ 2 / b.g)), 1e-9) AND near(c.low * c.high, c.ratio ^ 2, 1e-9))), count(*), 1, 'compare_ratio: Welch on logarithms')
FROM (SELECT 30 AS g, timing(x) AS t, avg(ln(x)) AS m, stddev_samp(ln(x)) AS s FROM (SELECT exp((i - 15.5) / 10.0) AS x FROM generate_series(1, 30) AS i) AS r) AS a,
	(SELECT 30 AS g, timing(x) AS t, avg(ln(x)) AS m, stddev_samp(ln(x)) AS s FROM (SELECT 2 * exp((i - 15.5) / 10.0) AS x FROM generate_series(1, 30) AS i) AS r) AS b,
	(VALUES (2.0017174841452356)) AS v(q), compare_ratio(a.t, b.t) AS c; -- R: qt(0.975, 58)
SELECT none_of(count(*) FILTER (WHERE NOT (near(c.ratio, 1 / d.ratio, 1e-9) AND near(c.low, 1 / d.high, 1e-9) AND near(c.high, 1 / d.low, 1e-9) AND near(c.p_value, d.p_value, 1e-6) AND (c.p_value < 0.05) = (c.low > 1 OR c.high < 1))), count(*), 1000, 'compare_ratio: the other way round')
FROM summaries AS a, summaries AS b, compare_ratio(a.t, b.t) AS c, compare_ratio(b.t, a.t) AS d WHERE a.g % 3 = 0 AND b.g % 3 = 1;
SELECT none_of(count(*) FILTER (WHERE NOT (near(b.difference, geometric_mean(t) - target, 1e-12) AND near(b.low, low(t, c) - target, 1e-9) AND near(b.high, high(t, c) - target, 1e-9) AND (b.p_value < 1 - c) = (b.low > 0 OR b.high < 0))), count(*), 700, 'benchmark: the log-t interval less the target')
FROM summaries, unnest('{5,20,1000}'::float8[]) AS target, unnest('{0.5,0.95}'::float8[]) AS c, benchmark(t, target, c) AS b WHERE g > 2;
SELECT none_of(count(*) FILTER (WHERE NOT (near(g.p_value + l.p_value, 1) AND near(least(g.p_value, l.p_value) * 2, b.p_value, 1e-9) AND g.high = 'Infinity' AND l.low = -20 AND (g.p_value < 0.05) = (g.low > 0) AND (l.p_value < 0.05) = (l.high < 0))), count(*), 119, 'benchmark: one side')
FROM summaries, benchmark(t, 20) AS b, benchmark(t, 20, 0.95, 'greater') AS g, benchmark(t, 20, 0.95, 'less') AS l;
SELECT is((SELECT array_agg(b) FROM (VALUES (timing_summary '{"finished": [1, 2], "unfinished": [1]}'), ('{"finished": [0, 1]}'), ('{"finished": [1]}'), ('{}')) AS v(t), benchmark(t, 1) AS b)::text, '{"(,,,)","(,,,)","(0,,,)","(,,,)"}', 'benchmark of what has no geometric mean, or no variance');
SELECT is((SELECT array_agg(c) FROM (VALUES (timing_summary '{"finished": [1, 2], "unfinished": [1]}'), ('{"finished": [0, 1]}'), ('{}')) AS v(t), compare_ratio(t, '{"finished": [1, 2]}') AS c)::text, '{"(,,,)","(,,,)","(,,,)"}', 'compare_ratio, too');

-- Kaplan and Meier's estimate: ties, censored at the same times, zeros; the last one seen finished or not
CREATE TABLE censored AS
SELECT g, CASE WHEN g % 4 = 0 THEN floor(random() * 6) ELSE 1 + floor(random() * (g % 9 + 2)) / 4 END AS x, random() < (ARRAY[0.3, 0.6, 0.9])[1 + g % 3] AS f
FROM generate_series(1, 400) AS g, LATERAL generate_series(1, 1 + g * 7 % 64) AS i;
CREATE TABLE runs AS SELECT g, timing(x, f) AS t, count(*) AS number FROM censored GROUP BY g;
CREATE TABLE steps AS
SELECT g, x, d, u, n, product AS s, variance, row_number() OVER (PARTITION BY g ORDER BY x DESC) = 1 AS is_last
FROM (SELECT *, CASE WHEN bool_or(d = n) OVER w THEN 0 ELSE exp(sum(CASE WHEN d < n THEN ln(1 - d / n) END) OVER w) END AS product, sum(CASE WHEN d < n THEN d / (n * (n - d)) END) OVER w AS variance
	FROM (SELECT g, x, count(*) FILTER (WHERE f)::float8 AS d, count(*) FILTER (WHERE NOT f) AS u, sum(count(*)) OVER (PARTITION BY g ORDER BY x DESC)::float8 AS n FROM censored GROUP BY g, x) AS q
	WINDOW w AS (PARTITION BY g ORDER BY x)) AS r;
CREATE TABLE curves AS
SELECT g, x AS seconds, s AS survival, CASE WHEN s > 0 AND s < 1 THEN exp(ln(s) * exp(z * sqrt(variance) / -ln(s))) END AS low, CASE WHEN s > 0 AND s < 1 THEN exp(ln(s) * exp(-z * sqrt(variance) / -ln(s))) END AS high, n::bigint AS at_risk
FROM steps, (VALUES (1.6448536269514726)) AS v(z) WHERE d > 0 OR (is_last AND x > 0)
UNION ALL SELECT g, 0, 1, 1, 1, n::bigint FROM (SELECT DISTINCT ON (g) g, x, d, n FROM steps ORDER BY g, x) AS first WHERE x > 0 OR d = 0;
SELECT none_of(count(*) FILTER (WHERE NOT (near(c.survival, o.survival) AND near(c.low, o.low) AND near(c.high, o.high) AND c.at_risk IS NOT DISTINCT FROM o.at_risk AND c.seconds IS NOT DISTINCT FROM o.seconds)), count(*), 1500, 'survival_curve: product of shares, Greenwood, log-log')
FROM (SELECT g, c.*, row_number() OVER (PARTITION BY g ORDER BY ordinality) AS i FROM runs, survival_curve(t, 0.9) WITH ORDINALITY AS c) AS c FULL JOIN (SELECT *, row_number() OVER (PARTITION BY g ORDER BY seconds) AS i FROM curves) AS o USING (g, i);
SELECT none_of(count(*) FILTER (WHERE NOT near(survival(t, at), CASE WHEN at <= (SELECT max(x) FROM steps WHERE steps.g = runs.g) OR s = 0 THEN s END)), count(*), 5000, 'survival at, between and after the times seen')
FROM runs, generate_series(0, 10, 0.625) AS at, LATERAL (SELECT coalesce((SELECT s FROM steps WHERE steps.g = runs.g AND x <= at ORDER BY x DESC LIMIT 1), 1) AS s) AS r;
-- The quantile is where the curve has come down to 1 - q, or the middle of where it stays there
SELECT none_of(count(*) FILTER (WHERE NOT near(quantile(t, q), CASE WHEN q = 0 AND unfinished(t) > 0 THEN 0 ELSE expected END)), count(*), 3000, 'quantiles of censored times')
FROM (SELECT * FROM runs WHERE unfinished(t) > 0) AS runs, unnest('{0,0.05,0.1,0.25,0.3333333333333333,0.5,0.75,0.8,0.9,1}'::float8[]) AS q, LATERAL (
	SELECT CASE WHEN abs(s - (1 - q)) < 1e-12 AND q < 1 THEN (x + coalesce((SELECT min(x) FROM steps AS later WHERE later.g = runs.g AND later.x > reached.x AND later.d > 0), (SELECT max(x) FROM steps AS every WHERE every.g = runs.g))) / 2 ELSE x END AS expected
	FROM (SELECT 1 UNION ALL SELECT 1) AS two(ignored) LEFT JOIN LATERAL (SELECT x, s FROM steps WHERE steps.g = runs.g AND s <= 1 - q + 1e-12 ORDER BY x LIMIT 1) AS reached ON true LIMIT 1) AS o;
SELECT none_of(count(*) FILTER (WHERE (r.median_low, r.median_high, r.median) IS DISTINCT FROM ((SELECT min(seconds) FROM curves WHERE curves.g = runs.g AND low <= 0.5), (SELECT min(seconds) FROM curves WHERE curves.g = runs.g AND high <= 0.5), quantile(t, 0.5))), count(*), 300, 'the interval of the median is where its limits have come down to one half')
FROM (SELECT * FROM runs WHERE unfinished(t) > 0) AS runs, report(t, 0.9) AS r;
-- R 4: quantile(survfit(Surv(c(1, 2, 3, 4), c(1, 1, 0, 0)) ~ 1, conf.type = "log-log")): 0, 1, 1.5, 3, NA
SELECT is((SELECT array_agg(quantile(t, q) ORDER BY q) FROM (VALUES (timing_summary '{"finished": [1, 2], "unfinished": [3, 4]}')) AS v(t), unnest('{0,0.1,0.25,0.5,0.75}'::float8[]) AS q), '{0,1,1.5,3,NULL}', 'a curve that stays at one half up to the last one seen');
SELECT is((SELECT array_agg(c) FROM survival_curve('{"unfinished": [3, 4]}') AS c)::text, '{"(0,1,1,1,2)","(4,1,,,1)"}', 'nothing finished: no variance, but a last time');
SELECT is((SELECT array_agg(c) FROM survival_curve('{"unfinished": [0, 0]}') AS c)::text, '{"(0,1,1,1,2)"}', 'all just started');
SELECT is((SELECT array_agg(c) FROM survival_curve('{"finished": [0], "unfinished": [0]}') AS c)::text LIKE '{"(0,0.5,%,%,2)"}', true, 'at the same time finishing comes first');
SELECT is((SELECT array_agg(survival('{"finished": [2], "unfinished": [3]}', at)) FROM unnest('{0,1.999999999,2,3,3.000000001,9e9}'::float8[]) AS at), '{1,1,0.5,0.5,NULL,NULL}', 'survival is known up to the last time seen');
SELECT is((SELECT array_agg(survival('{"finished": [2, 3]}', at)) FROM unnest('{2,3,9e9}'::float8[]) AS at), '{0.5,0,0}', 'after all finished it is zero for ever');

-- Histogram
SELECT is((SELECT array_agg(h) FROM histogram('{"finished": [0, 0, 5], "unfinished": [7]}', 3) AS h)::text, '{"(0,0,2,0.6666666666666666)","(5,5,1,0.3333333333333333)"}', 'zeros have a bar of their own, the unfinished none');
SELECT none_of(count(*) FILTER (WHERE NOT (bars <= b AND durations = g AND near(share, 1) AND first = minimum(t) AND last = maximum(t) AND joined AND near(ratio_low, ratio_high, 1e-9))), count(*), 400, 'bars join, hold all, and have equal ratios')
FROM summaries, unnest('{1,2,7,20,1000}'::int[]) AS b, LATERAL (SELECT count(*) AS bars, sum(durations) AS durations, sum(share) AS share, min(low_seconds) AS first, max(high_seconds) AS last, coalesce(bool_and(low_seconds = before), true) AS joined,
	min(high_seconds / low_seconds) FILTER (WHERE NOT outer_bar) AS ratio_low, max(high_seconds / low_seconds) FILTER (WHERE NOT outer_bar) AS ratio_high
	FROM (SELECT *, lag(high_seconds) OVER w AS before, row_number() OVER w = 1 OR lead(low_seconds) OVER w IS NULL AS outer_bar FROM histogram(t, b) WINDOW w AS (ORDER BY low_seconds)) AS h) AS o;
SELECT none_of(count(*) FILTER (WHERE h.durations <> (SELECT count(*) FROM groups WHERE groups.g = summaries.g AND x >= low_seconds * (1 - 1e-12) AND (x < high_seconds * (1 - 1e-12) OR high_seconds = maximum(t)))), count(*), 1500, 'each holds what lies between its ends')
FROM summaries, histogram(t) AS h;
SELECT is((SELECT array_agg(h.durations) FROM (SELECT timing(x::float8) AS t FROM generate_series(1, 64) AS x) AS s, histogram(t, 4) AS h), '{2,6,15,41}', 'exact counts of few');
SELECT is((SELECT array_agg(h.durations) FROM (SELECT timing(x::float8) AS t FROM (SELECT generate_series(1, 64) UNION ALL SELECT 64) AS v(x)) AS s, histogram(t, 4) AS h), '{2,6,15,42}', 'and the same bars of more than are listed');

-- Merging
SELECT is(shown(timing(1) + timing(2), merge(timing(1), NULL), merge(NULL, timing(2)), merge(NULL::timing_summary, NULL), timing(1) + '{}', '{}'::timing_summary + '{}'), '{"finished": [1, 2]} {"finished": [1]} {"finished": [2]} NULL {"finished": [1]} {}', 'merge');
SELECT is(rollup(x)::text, '{"finished": [0.5, 1], "unfinished": [3]}', 'rollup') FROM (VALUES (timing_summary '{"finished": [1]}'), (NULL), ('{}'), ('{"finished": [0.5], "unfinished": [3]}')) AS v(x);
SELECT is(rollup(x), NULL, 'rollup of nobody') FROM (VALUES (timing_summary '{}'), (NULL)) AS v(x);
SELECT is(minimum_base(x, 2)::text, '{"finished": [1, 2]}', 'minimum_base') FROM (VALUES (timing_summary '{"finished": [1, 2]}')) AS v(x);
SELECT is(minimum_base(x, 2), NULL, 'minimum_base counts the finished') FROM (VALUES (timing_summary '{"finished": [1], "unfinished": [2, 3]}')) AS v(x);

-- Order, equality, hashes
SELECT ok(a = b AND NOT a <> b AND a <= b AND a >= b AND NOT a < b AND NOT a > b AND timing_summary_cmp(a, b) = 0 AND timing_summary_hash(a) = timing_summary_hash(b) AND timing_summary_hash_extended(a, 7) = timing_summary_hash_extended(b, 7), 'equal')
FROM (VALUES (timing_summary '{"finished": [1, 2], "unfinished": [3]}', timing_summary_accum(timing_summary_accum('{"finished": [2]}', 3, NULL), 1))) AS v(a, b);
SELECT is((SELECT count(DISTINCT t)::int FROM summaries), 119, 'different ones are different');
SELECT is((SELECT count(*)::int FROM (SELECT t FROM summaries UNION SELECT (t::text)::timing_summary FROM summaries) AS s), 119, 'UNION finds the same ones');
SELECT none_of(count(*) FILTER (WHERE (a.t < b.t)::int + (a.t = b.t)::int + (a.t > b.t)::int <> 1 OR (a.t < b.t) <> (b.t > a.t) OR (a.t = b.t) <> (a.g = b.g)), count(*), 10000, 'an order for sorting') FROM summaries AS a, summaries AS b;

-- Windows: each frame is counted afresh
SELECT none_of(count(*) FILTER (WHERE (SELECT timing(r) FROM unnest(members) AS r) IS DISTINCT FROM moved), count(*), 2000, 'moving windows')
FROM (SELECT timing(x) OVER w AS moved, array_agg(x) OVER w AS members FROM groups WHERE g < 70 WINDOW w AS (PARTITION BY g ORDER BY x ROWS BETWEEN 70 PRECEDING AND 1 PRECEDING)) AS s;
SELECT none_of(count(*) FILTER (WHERE n(x) <> i OR x::text::timing_summary <> x), count(*), 200, 'rows of a growing window keep their own value') FROM (SELECT i, timing(i::float8) OVER (ORDER BY i) AS x FROM generate_series(1, 200) AS i) AS s;
SELECT is((SELECT shown(timing(x), timing(x) FILTER (WHERE x > 1), timing(x)) FROM unnest('{1,2}'::float8[]) AS x), '{"finished": [1, 2]} {"finished": [2]} {"finished": [1, 2]}', 'aggregates that share a state read it only');

-- Called by hand
SELECT is(shown(timing_summary_accum('{}', 1), timing_summary_accum('{"unfinished": [2]}', 1, true), timing_summary_accum('{}', '1 min'::interval), timing_summary_accum('{}', NULL::interval, true), timing_summary_accum(NULL, 1, true), timing_summary_accum(NULL, 1), timing_summary_accum(NULL, NULL::float8, true)),
	'{"finished": [1]} {"finished": [1], "unfinished": [2]} {"finished": [60]} {} {"finished": [1]} NULL NULL', 'transition functions');
DO $$
DECLARE
	x timing_summary;
	y timing_summary;
	x0 bytea; y0 bytea;
BEGIN
	SELECT t INTO x FROM summaries WHERE g = 64;
	SELECT t INTO y FROM summaries WHERE g = 100;
	x0 := timing_summary_send(x);
	y0 := timing_summary_send(y);
	PERFORM timing_summary_accum(x, 1e-9), timing_summary_accum(y, 1e-9), timing_summary_accum(y, geometric_mean(y)), timing_summary_accum(y, 20, false), timing_summary_accum(x, 20, NULL), timing_summary_combine(x, y), timing_summary_combine(y, x), timing_summary_combine(y, y),
		merge(x, x), x + y, timing_summary_final(x), timing_summary_final(y), timing_summary_accum(y, '1 s'::interval), timing_summary_accum(y, '2026-01-01', '2026-01-02', '2026-01-02');
	IF timing_summary_send(x) <> x0 OR timing_summary_send(y) <> y0 THEN
		RAISE 'changed % %', x, y;
	END IF;
END $$;
SELECT pass('functions called by hand do not change their argument');
SELECT ok((SELECT record_image_eq(ROW(timing_summary_accum(a.t, 5)), ROW(a.t + (SELECT timing(5)))) FROM summaries AS a WHERE g = 64), 'by hand the stored form is returned');

-- Sorting, of values with short headers that every comparison reads
CREATE TABLE sorted AS SELECT timing(i * 7919 % 20011) AS x FROM generate_series(1, 20000) AS i GROUP BY i;
DECLARE sorting CURSOR FOR SELECT x FROM sorted ORDER BY x;
MOVE 1 FROM sorting;
SELECT cmp_ok((SELECT sum(total_bytes)::int FROM pg_backend_memory_contexts WHERE name LIKE 'TupleSort%' OR name = 'ExecutorState'), '<', 8000000, 'a sort leaves nothing behind for each comparison');
CLOSE sorting;

-- Pictures
SELECT is((SELECT string_agg(line, E'\n' ORDER BY i) FROM regexp_split_to_table(c, '\n') WITH ORDINALITY AS l(line, i) WHERE i IN (1, 2, 12, 13, 14)),
	E'from 1 s    ████████████████████████████  25.0 % 1\nfrom 1.19 s                                0.0 % 0\nfrom 7.22 s ████████████████████████████  25.0 % 1\n681 ms ━━━━━━━━━━━━━━━━━━●━━━━━━━━━━━━━━━━━ 11.7 s\nGeometric mean 2.83 s, 95 % interval 681 ms to 11.7 s, n = 4', 'chart') FROM (SELECT chart(timing(x), 50) AS c FROM unnest('{1,2,4,8}'::float8[]) AS x) AS s;
SELECT matches(chart(timing(x, x < 8)), 'unfinished +1\n1 s .+ 4 s\nMedian 3 s, n = 3$', 'chart of a median') FROM unnest('{1,2,4,8}'::float8[]) AS x;
SELECT is(chart(timing(3, false)) ~ '^unfinished +1\nMedian: not reached$', true, 'chart without an estimate');
SELECT is(chart('{}'::timing_summary), 'Median: no answers', 'chart of nothing');
SELECT is((SELECT count(*)::int FROM (SELECT svg(t)::xml AS s FROM summaries UNION ALL SELECT svg(t)::xml FROM runs UNION ALL SELECT svg(x)::xml FROM (VALUES (timing_summary '{}'), ('{"finished": [0]}'), ('{"unfinished": [0]}'), ('{"finished": [0, 0, 1]}'), ('{"finished": [9223372036.854775807]}'), ('{"finished": [0.000000001]}')) AS v(x)) AS q WHERE s::text ~ 'nan|inf'), 0, 'pictures as XML, without what is no number');
SELECT is((SELECT string_agg(regexp_replace(chart(x), '^from ([^█]+) █.*', '\1', 's'), ', ') FROM (SELECT i, timing(s) AS x FROM unnest('{0.000000001,0.0000015,0.9994,0.9996,59.96,59.98,3599,86399,86400,31557600,9e9}'::float8[]) WITH ORDINALITY AS u(s, i) GROUP BY i ORDER BY i) AS t), '1 ns, 1.5 us, 999 ms, 1 s, 60 s, 1 min, 1 h, 1 d, 1 d, 365 d, 104167 d', 'units');

SELECT * FROM finish();
ROLLBACK;
