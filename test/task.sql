-- Attempts at a task: published numbers, a plain-SQL oracle for every column, and what holds for
-- any rows in any order.
--
-- A published number agrees when it is within half a unit of the last digit printed in the source.
-- "computed" means that no printed example was found and that tasks.R, in computed/, printed the
-- number, which then agrees to 1e-9.
BEGIN;
SELECT plan(80);
SELECT setseed(0.31) IS NULL AS ignored \gset
SET LOCAL extra_float_digits = 3;

CREATE FUNCTION pg_temp.agree(found float8[], printed numeric[], source text) RETURNS text
LANGUAGE sql AS $$
	SELECT is(array_agg(CASE WHEN abs(f - p) <= 0.5000001 * 10.0 ^ (-scale(p)) THEN p ELSE f::numeric END ORDER BY i), printed, source)
	FROM unnest(found, printed) WITH ORDINALITY AS u(f, p, i)
$$;
CREATE FUNCTION pg_temp.equal(found float8[], expected float8[], source text) RETURNS text
LANGUAGE sql AS $$
	SELECT is(array_agg(CASE WHEN abs(f - e) <= 1e-9 * abs(e) THEN e ELSE f END ORDER BY i), expected, source)
	FROM unnest(found, expected) WITH ORDINALITY AS u(f, e, i)
$$;

-- Published
SELECT pg_temp.agree(ARRAY[r.time_on_task, r.time_low, r.time_high], '{68,46,101}', 'measuringu.com/time_intervals (Sauro 2006): times of six users')
FROM report((SELECT task(true, s) FROM unnest('{55,65,75,62,45,135}'::float8[]) AS s)) AS r;
SELECT pg_temp.agree(ARRAY[r.completion, r.completion_low, r.completion_high], '{0.8,0.36,0.98}', 'measuringux.com/adjustedwald.htm (Tullis 2008): four of five users')
FROM report((SELECT task(g < 5) FROM generate_series(1, 5) AS g), 0.95, 'adjusted-wald') AS r;
-- Three users complete after 1, 2 and 3 seconds, a fourth gives up after 6: the formulas written out
SELECT pg_temp.equal(ARRAY[r.goals_per_minute, r.relative_efficiency], ARRAY[(1 + 1 / 2.0 + 1 / 3.0 + 0) / 4 * 60, (1 + 2 + 3) / (1 + 2 + 3 + 6.0)], 'omgwiki.org DIDO 4.3.6.2 (Mifsud): efficiency of four users')
FROM report((SELECT task(s < 6, s) FROM unnest('{1,2,3,6}'::float8[]) AS s)) AS r;

-- Computed
\set computed 'computed with R 4.2.2, tasks.R: '
CREATE TABLE counted AS SELECT name, task(true, NULL::float8, e) AS x FROM (VALUES ('few', '{0,1,2,0,0,5,3,1}'::float8[]), ('none', '{0,0,0,0,0,0}'), ('regular', '{1,1,2,1,1,2,1}'), ('wild', '{0,0,0,12,0,1,0,9,0,0}'), ('other', '{0,0,1,0,2,0,0,1,0,1,0,0}')) AS v(name, errors), unnest(errors) AS e GROUP BY name;
SELECT pg_temp.equal(ARRAY[r.errors_per_attempt, r.errors_low, r.errors_high], e, :'computed' || 'errors per attempt, ' || v.name || ' at ' || confidence)
FROM (VALUES ('few', 0.95, '{1.5,0.534390935472,3.32176704723}'::float8[]), ('few', 0.8, '{1.5,0.773436132872,2.66911458595}'), ('none', 0.95, '{0,0,0.614813242352}'), ('regular', 0.95, '{1.28571428571,0.587910442483,2.44068620735}'), ('wild', 0.95, '{2.2,0.356824532856,7.11602320159}')) AS v(name, confidence, e)
JOIN counted USING (name), report(x, confidence) AS r;
SELECT pg_temp.equal(ARRAY[c.difference, c.low, c.high, c.p_value], e, :'computed' || 'errors per attempt, ' || v.a || ' by ' || v.b || ' at ' || confidence)
FROM (VALUES ('few', 'other', 0.95, '{3.6,1.03701290409,15.2131280966,0.0433646114086}'::float8[]), ('few', 'other', 0.9, '{3.6,1.25434673706,11.6632777807,0.0433646114086}'), ('wild', 'regular', 0.95, '{1.71111111111,0.279986630426,16.9533656744,0.603281332284}'), ('other', 'regular', 0.95, '{0.324074074074,0.0984280607257,0.967945511606,0.0434455155174}')) AS v(a, b, confidence, e)
JOIN counted AS a ON a.name = v.a JOIN counted AS b ON b.name = v.b, compare(a.x, b.x, confidence) AS c WHERE measure = 'errors per attempt';
SELECT pg_temp.equal(ARRAY[r.goals_per_minute, r.goals_low, r.goals_high], '{0.617722858583,0.220302371097,1.01514334607}', :'computed' || 'goals per minute where some times are missing')
FROM report((SELECT task(d, s) FROM (SELECT true AS d, unnest('{55,65,75,62,45,135,NULL,NULL}'::float8[]) AS s UNION ALL SELECT false, unnest('{10,NULL,NULL,NULL}'::float8[])) AS v)) AS r;

-- NULL is not measured, for each argument on its own
CREATE TABLE gaps (i int, d boolean, s float8, e float8, a float8);
INSERT INTO gaps VALUES (1, true, 10, 1, 5), (2, true, NULL, 0, 7), (3, false, 30, NULL, 9), (4, NULL, 99, 4, NULL), (5, false, NULL, 0, NULL), (6, NULL, NULL, NULL, NULL);
SELECT is((SELECT task(d, s, e, a)::text FROM gaps), '{"completed": 2, "abandoned": 2, "undecided": 2, "errors": {"attempts": 4, "attempts_with_some": 2, "sum": 5, "square_sum": 17}, "actions": {"attempts": 3, "attempts_with_some": 3, "sum": 21, "square_sum": 155}, "time_on_task": "{\"finished\": [10]}", "time_to_abandonment": "{\"finished\": [30]}"}', 'each argument is counted where it was measured');
SELECT is((SELECT array_agg(x::text ORDER BY o) FROM (SELECT 1, task(d)::text FROM gaps UNION ALL SELECT 2, task(d, s)::text FROM gaps UNION ALL SELECT 3, task(d, s, e)::text FROM gaps) AS v(o, x)),
	(SELECT array_agg(x::text ORDER BY o) FROM (SELECT 1, task(d, NULL::float8, NULL, NULL)::text FROM gaps UNION ALL SELECT 2, task(d, s, NULL, NULL)::text FROM gaps UNION ALL SELECT 3, task(d, s, e, NULL)::text FROM gaps) AS v(o, x)), 'what is left out is not measured');
SELECT is((SELECT array_agg(x::text ORDER BY o) FROM (SELECT 1, task(d, s * interval '1 second')::text FROM gaps UNION ALL SELECT 2, task(d, s * interval '1 second', e)::text FROM gaps UNION ALL SELECT 3, task(d, s * interval '1 second', e, a)::text FROM gaps) AS v(o, x)),
	(SELECT array_agg(x::text ORDER BY o) FROM (SELECT 1, task(d, s)::text FROM gaps UNION ALL SELECT 2, task(d, s, e)::text FROM gaps UNION ALL SELECT 3, task(d, s, e, a)::text FROM gaps) AS v(o, x)), 'an interval is as many seconds');
SELECT is((SELECT task(d) FROM gaps WHERE false), NULL, 'no attempts, no summary');
SELECT is((SELECT row(n(x), undecided(x), effective_n(x))::text FROM (SELECT task(d) AS x FROM gaps) AS v), '(4,2,4)', 'n counts what is decided');

-- Random attempts in groups of every size; small groups list their times, large ones have sketches
CREATE TABLE attempts AS
SELECT i AS id, CASE WHEN i <= 4000 THEN i % 200 ELSE 200 + i % 4 END AS k, random() AS r,
	CASE WHEN random() > 0.1 THEN random() > 0.3 END AS d, CASE WHEN random() > (i % 5 = 0)::int * 0.2 THEN round((exp(random() * 4 + 1))::numeric, 3)::float8 END AS s,
	CASE WHEN random() > 0.2 THEN floor(-ln(random()) * (1 + i % 3))::float8 END AS e, CASE WHEN random() > 0.1 THEN round((random() * 20)::numeric, (i % 4 = 0)::int * 2)::float8 END AS a,
	floor(random() * 4)::int AS worker
FROM generate_series(1, 12000) AS i;
CREATE TABLE built AS SELECT k, task(d, s, e, a) AS x FROM attempts GROUP BY k;
SELECT cmp_ok((SELECT count(*) FROM built WHERE finished(time_on_task(x)) <= 64), '>', 150::bigint, 'groups list their times');
SELECT is((SELECT count(*) FROM built WHERE finished(time_on_task(x)) > 64), 4::bigint, 'groups have sketches');

-- Each column by plain SQL, or by the verbs of the summary that has that column alone
CREATE TABLE expected AS
SELECT k, count(d) AS attempts, avg(d::int)::float8 AS completion, avg((NOT d)::int)::float8 AS abandonment, count(*) FILTER (WHERE d IS NULL) AS undecided,
	rate(d) FILTER (WHERE d IS NOT NULL) AS done, rate(NOT d) FILTER (WHERE d IS NOT NULL) AS quit, rate(e > 0) FILTER (WHERE e IS NOT NULL) AS erred,
	avg(e) AS errors, count(e) AS errors_measured, greatest(1, var_samp(e) / nullif(avg(e), 0)) AS dispersion, sum(e) AS error_sum, avg((e > 0)::int)::float8 AS with_errors,
	exp(avg(ln(s)) FILTER (WHERE d)) AS time_on_task, count(s) FILTER (WHERE d) AS times, percentile_cont(0.5) WITHIN GROUP (ORDER BY s) FILTER (WHERE d) AS median,
	timing(s) FILTER (WHERE d) AS timing, timing(s) FILTER (WHERE NOT d) AS quitting, sample(a) AS sample, avg(a) AS actions, count(a) AS actions_measured,
	avg(d::int) * avg(60 / s) FILTER (WHERE d) AS goals, sample(CASE WHEN d THEN 60 / s ELSE 0 END) FILTER (WHERE d IS NOT NULL) AS goal_sample, bool_and(s IS NOT NULL) FILTER (WHERE d) AS complete,
	sum(s) FILTER (WHERE d) / sum(s) FILTER (WHERE d IS NOT NULL) AS efficiency, ratio(s * d::int, s) FILTER (WHERE d IS NOT NULL) AS efficiency_ratio
FROM attempts GROUP BY k;
CREATE TABLE compared AS
SELECT k, finished(time_on_task(x)) > 64 AS sketched, complete, v.* FROM built JOIN expected AS o USING (k), report(x) AS r,
	LATERAL (VALUES ('attempts', r.attempts::float8, o.attempts::float8, 0), ('completion', r.completion, o.completion, 1e-12), ('completion_low', r.completion_low, low(done), 0), ('completion_high', r.completion_high, high(done), 0),
		('abandonment', r.abandonment, o.abandonment, 1e-12), ('abandonment_low', r.abandonment_low, low(quit), 0), ('abandonment_high', r.abandonment_high, high(quit), 0), ('undecided', r.undecided, o.undecided, 0),
		('errors_per_attempt', r.errors_per_attempt, o.errors, 1e-12), ('share_with_errors', r.share_with_errors, o.with_errors, 1e-12), ('with_errors_low', r.with_errors_low, low(erred), 0), ('with_errors_high', r.with_errors_high, high(erred), 0), ('errors_measured', r.errors_measured, o.errors_measured, 0),
		('time_on_task', r.time_on_task, o.time_on_task, 1e-10), ('time_low', r.time_low, low(timing), 0), ('time_high', r.time_high, high(timing), 0), ('median_seconds', r.median_seconds, o.median, 0.01), ('times_measured', r.times_measured, o.times, 0),
		('actions_per_attempt', r.actions_per_attempt, o.actions, 1e-12), ('actions_low', r.actions_low, greatest(0, low(sample)), 1e-10), ('actions_high', r.actions_high, high(sample), 1e-10), ('actions_measured', r.actions_measured, o.actions_measured, 0),
		('goals_per_minute', r.goals_per_minute, o.goals, 1e-11), ('goals_low', CASE WHEN complete THEN r.goals_low END, CASE WHEN complete THEN greatest(0, low(goal_sample)) END, 1e-10), ('goals_high', CASE WHEN complete THEN r.goals_high END, CASE WHEN complete THEN high(goal_sample) END, 1e-10),
		('relative_efficiency', r.relative_efficiency, o.efficiency, 1e-12), ('efficiency_low', r.efficiency_low, greatest(0, low(efficiency_ratio)), 1e-10), ('efficiency_high', r.efficiency_high, least(1, high(efficiency_ratio)), 1e-10)) AS v(name, found, expected, tolerance);
CREATE VIEW judged AS SELECT *, found IS NOT DISTINCT FROM expected OR abs(found - expected) <= abs(expected) * CASE WHEN sketched AND name ~ '^(goals|efficiency)_(low|high)' THEN 0.01 ELSE tolerance END AS agrees FROM compared;
SELECT is(string_agg(format('%s: %s, not %s', k, found, expected), '; ') FILTER (WHERE agrees IS NOT TRUE), NULL, format('%s in %s groups', name, count(*))) FROM judged GROUP BY name ORDER BY name;
SELECT is((SELECT string_agg(name, ', ') FROM (SELECT name FROM judged GROUP BY name HAVING count(expected) < 20) AS few), NULL, 'no column was NULL throughout');
SELECT is((SELECT string_agg(column_name, ', ' ORDER BY column_name) FROM (SELECT unnest(proargnames) FROM pg_proc WHERE oid = 'report(task_summary,float8,text)'::regprocedure EXCEPT SELECT name FROM compared) AS u(column_name)), 'confidence, errors_high, errors_low, method, x', 'these are all columns, but for two');
-- Where the variance is no more than the mean, the interval is that of event_rate()
CREATE TABLE even AS SELECT k, task(true, NULL::float8, e) AS x, sum(e)::bigint AS events, count(*) AS units FROM (SELECT i % 60 AS k, (1 + i / 60 % 2)::float8 AS e FROM generate_series(1, 1500) AS i) AS v GROUP BY k;
SELECT is((SELECT string_agg(k::text, ', ') FROM even, report(x, 0.9) AS r, event_rate(events, units, 0.9) AS p WHERE abs(r.errors_low - p.low) > 1e-13 OR abs(r.errors_high - p.high) > 1e-13 OR r.errors_per_attempt <> p.rate), NULL, 'errors that vary little have the exact interval');
-- Where it is more, that of as many events fewer, scaled
SELECT is((SELECT string_agg(k::text, ', ') FROM built JOIN expected AS o USING (k), report(x) AS r, report(x, 0.5) AS h WHERE dispersion IS NOT NULL AND error_sum > 0 AND NOT coalesce(r.errors_low < h.errors_low AND h.errors_low < r.errors_per_attempt AND r.errors_per_attempt < h.errors_high AND h.errors_high < r.errors_high, false)), NULL, 'intervals of errors are nested around the mean');
SELECT cmp_ok((SELECT count(*) FROM expected WHERE dispersion > 1), '>', 50::bigint, 'of which many are dispersed');

-- The simpler summaries
SELECT is((SELECT string_agg(k::text, ', ') FROM built JOIN (SELECT k, rate(d) AS done, rate(NOT d) AS quit, rate(e > 0) FILTER (WHERE e IS NOT NULL) AS erred, timing(s) FILTER (WHERE d) AS timing, timing(s) FILTER (WHERE NOT d) AS quitting FROM attempts GROUP BY k) AS o USING (k)
	WHERE NOT record_image_eq(ROW(completion(x), abandonment(x), attempts_with_errors(x), time_on_task(x), time_to_abandonment(x)), ROW(done, quit, erred, coalesce(timing, '{}'), coalesce(quitting, '{}')))), NULL, 'the parts are those of rate() and timing() to the byte');
SELECT is((SELECT string_agg(k::text, ', ') FROM built, report(x) AS r WHERE (errors_per_attempt(x), actions_per_attempt(x), goals_per_minute(x), relative_efficiency(x), undecided(x), n(x)) IS DISTINCT FROM (r.errors_per_attempt, r.actions_per_attempt, r.goals_per_minute, r.relative_efficiency, r.undecided, r.attempts)), NULL, 'accessors tell what report() does');
SELECT is((SELECT string_agg(k::text, ', ') FROM built, unnest('{wilson,agresti-coull,adjusted-wald,clopper-pearson,jeffreys,mid-p,wald}'::text[]) AS m, estimate(x, 0.9, m) AS t, estimate(completion(x), 0.9, m) AS o, confidence_interval(x, 0.9, m) AS c, report(x, 0.9, m) AS r
	WHERE (t.estimate, t.low, t.high, t.n, t.effective_n, t.confidence, t.method, t.measure) IS DISTINCT FROM (o.estimate, o.low, o.high, o.n, o.effective_n, o.confidence, o.method, 'completion') OR (c.low, c.high) IS DISTINCT FROM (o.low, o.high) OR (r.completion_low, r.completion_high) IS DISTINCT FROM (o.low, o.high) OR low(x, 0.9) IS DISTINCT FROM low(completion(x), 0.9) OR high(x, 0.9) IS DISTINCT FROM high(completion(x), 0.9)), NULL, 'estimates are those of the completion, whatever the method');
SELECT is((SELECT string_agg(k::text, ', ') FROM built WHERE minimum_base(x, n(x)) IS DISTINCT FROM x OR minimum_base(x, n(x) + 1) IS NOT NULL), NULL, 'minimum_base() counts what is decided');

-- Comparisons: by the verbs of what each measure is, and p-values that agree with their intervals
CREATE TABLE pairs AS SELECT a.k AS i, b.k AS j, a.x AS a, b.x AS b FROM built AS a JOIN built AS b ON b.k = (a.k * 7 + 3) % 204;
SELECT is((SELECT count(*)::int FROM pairs AS p JOIN expected AS a ON a.k = i JOIN expected AS b ON b.k = j, compare(p.a, p.b, 0.9, 'newcombe') AS c, compare(completion(p.a), completion(p.b), 0.9, 'newcombe') AS o WHERE measure = 'completion' AND (c.kind, c.difference, c.low, c.high, c.p_value) IS DISTINCT FROM ('difference', o.difference, o.low, o.high, o.p_value)), 0, 'completion is compared as a rate');
SELECT is((SELECT count(*)::int FROM pairs AS p, compare(p.a, p.b) AS c, compare(attempts_with_errors(p.a), attempts_with_errors(p.b)) AS o WHERE measure = 'attempts with errors' AND (c.kind, c.difference, c.low, c.high, c.p_value) IS DISTINCT FROM ('difference', o.difference, o.low, o.high, o.p_value)), 0, 'and so are attempts with errors');
SELECT is((SELECT count(*)::int FROM pairs AS p, compare(p.a, p.b) AS c, compare_ratio(time_on_task(p.a), time_on_task(p.b)) AS o WHERE measure = 'time on task' AND (c.kind, c.difference, c.low, c.high, c.p_value) IS DISTINCT FROM ('ratio', o.ratio, o.low, o.high, o.p_value)), 0, 'times are compared by their ratio');
SELECT is((SELECT count(*)::int FROM pairs AS p JOIN expected AS a ON a.k = i JOIN expected AS b ON b.k = j, compare(p.a, p.b) AS c, compare(a.sample, b.sample) AS o WHERE measure = 'actions per attempt' AND NOT coalesce(c.kind = 'difference' AND greatest(abs(c.difference - o.difference), abs(c.low - o.low), abs(c.high - o.high), abs(c.p_value - o.p_value)) < 1e-9, false)), 0, 'actions are compared as a sample');
SELECT is((SELECT count(*)::int FROM pairs AS p JOIN expected AS a ON a.k = i JOIN expected AS b ON b.k = j, compare(p.a, p.b) AS c, compare(a.goal_sample, b.goal_sample) AS o WHERE a.complete AND b.complete AND measure = 'goals per minute' AND i < 200 AND j < 200 AND NOT coalesce(c.kind = 'difference' AND greatest(abs(c.difference - o.difference), abs(c.low - o.low), abs(c.high - o.high), abs(c.p_value - o.p_value)) < 1e-8, false)), 0, 'and so are goals per minute');
SELECT is((SELECT count(*)::int FROM pairs AS p JOIN expected AS a ON a.k = i JOIN expected AS b ON b.k = j, compare(p.a, p.b) AS c, compare(a.efficiency_ratio, b.efficiency_ratio) AS o WHERE measure = 'relative efficiency' AND i < 200 AND j < 200 AND NOT coalesce(c.kind = 'difference' AND greatest(abs(c.difference - o.difference), abs(c.low - greatest(-1, o.low)), abs(c.high - least(1, o.high)), abs(c.p_value - o.p_value)) < 1e-8, false)), 0, 'relative efficiency is compared as a ratio of sums');
CREATE TABLE tested AS SELECT c.*, confidence, CASE kind WHEN 'ratio' THEN 1 ELSE 0 END AS none FROM pairs, unnest('{0.5,0.8,0.9,0.95,0.99}'::float8[]) AS confidence, unnest('{miettinen-nurminen,newcombe}'::text[]) AS method, compare(a, b, confidence, method) AS c;
SELECT is((SELECT string_agg(format('%s %s: %s to %s, p = %s', measure, confidence, low, high, p_value), '; ') FROM tested WHERE (p_value < 1 - confidence) IS DISTINCT FROM (low > none OR high < none) AND abs(p_value - (1 - confidence)) > 1e-9), NULL, 'p < 1 - confidence exactly when the interval excludes no difference');
SELECT is((SELECT string_agg(measure, ', ') FROM (SELECT measure FROM tested GROUP BY measure HAVING count(*) FILTER (WHERE p_value < 1 - confidence) < 50 OR count(*) FILTER (WHERE p_value >= 1 - confidence) < 50) AS few), NULL, 'of which there are enough of both kinds');
SELECT is((SELECT count(*)::int FROM pairs, compare(a, b) AS f JOIN compare(b, a) AS g USING (measure, kind) WHERE NOT coalesce(abs(f.p_value - g.p_value) < 1e-9 AND abs(CASE kind WHEN 'ratio' THEN f.difference * g.difference - 1 ELSE f.difference + g.difference END) < 1e-9 AND abs(CASE kind WHEN 'ratio' THEN f.low * g.high - 1 ELSE f.low + g.high END) < 1e-7, false) AND NOT (f.p_value IS NULL AND g.p_value IS NULL)), 0, 'b against a is a against b turned round');

-- Exact and order-free
SELECT is((SELECT task_summary_send(rollup(x ORDER BY md5(k::text)))::text FROM built), (SELECT task_summary_send(task(d, s, e, a))::text FROM attempts), 'groups merge to the same bytes');
CREATE FUNCTION pg_temp.splits(key text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	whole text;
	merged text;
BEGIN
	SELECT task_summary_send(task(d, s, e, a))::text INTO whole FROM attempts;
	EXECUTE format('SELECT task_summary_send(rollup(x ORDER BY md5(x::text)))::text FROM (SELECT task(d, s, e, a ORDER BY r) AS x FROM attempts GROUP BY %s UNION ALL SELECT NULL UNION ALL SELECT %L) AS v', key, '{"completed": 0, "abandoned": 0, "undecided": 0}') INTO merged;
	RETURN is(merged, whole, 'any split merges to the same bytes: ' || key);
END
$$;
SELECT pg_temp.splits(key) FROM unnest('{id,id / 900,worker,id % 70,d}'::text[]) AS key;
SELECT is((SELECT count(*)::int FROM built AS a, built AS b WHERE a.k % 11 = 0 AND b.k % 13 = 0 AND NOT record_image_eq(ROW(a.x + b.x), ROW(merge(b.x, a.x)))), 0, 'a + b is b + a');
SELECT is((SELECT count(*)::int FROM built AS a, built AS b, built AS c WHERE a.k % 40 = 0 AND b.k % 50 = 3 AND c.k % 60 = 20 AND NOT record_image_eq(ROW((a.x + b.x) + c.x), ROW(a.x + (b.x + c.x)))), 0, '(a + b) + c is a + (b + c)');
SELECT ok((SELECT bool_and(x + NULL = x AND NULL + x = x AND x + '{"completed": 0, "abandoned": 0, "undecided": 0}' = x) FROM built), 'nothing is added by nobody');
SELECT ok((SELECT merge(NULL::task_summary, NULL) IS NULL AND rollup(x) IS NULL FROM (VALUES (NULL::task_summary), ('{"completed": 0, "abandoned": 0, "undecided": 0}')) AS v(x)), 'nobody is NULL');
SELECT is((SELECT count(*)::int FROM built WHERE NOT record_image_eq(ROW(x), ROW(x::text::task_summary)) OR NOT record_image_eq(ROW(x), ROW(x::jsonb::text::task_summary)) OR NOT record_image_eq(ROW(x), ROW(x::json::text::task_summary))), 0, 'text and JSON are read back as the same bytes');
SELECT is((SELECT count(*)::int FROM built AS a, built AS b WHERE (a.x = b.x) <> (a.k = b.k) OR (a.x < b.x) <> (b.x > a.x) OR (a.x <= b.x) = (a.x > b.x) OR (task_summary_cmp(a.x, b.x) < 0) <> (a.x < b.x)), 0, 'equality, and an order');
SELECT is((SELECT count(DISTINCT task_summary_hash(x))::int FROM built), (SELECT count(DISTINCT x)::int FROM built), 'hashes differ where summaries do');
SELECT is((SELECT count(*)::int FROM (SELECT task(d, s, e, a) OVER w AS x, array_agg(t) OVER w AS members FROM attempts AS t WHERE id <= 300 WINDOW w AS (ORDER BY id ROWS BETWEEN 40 PRECEDING AND 40 FOLLOWING)) AS v WHERE x IS DISTINCT FROM (SELECT task(m.d, m.s, m.e, m.a) FROM unnest(members) AS m)), 0, 'frames of a window are counted afresh');

SELECT * FROM finish();
ROLLBACK;
