-- timing_summary: forms, aggregates, accessors, verbs, and every error with its SQLSTATE.
SET extra_float_digits = -6;
SET timezone = 'UTC';
\set SHOW_CONTEXT never

-- Text form: up to 64 durations are listed, more are counted by buckets
SELECT '{}'::timing_summary, ' {"unfinished":[3.50],"finished":[2,1e0]} '::timing_summary; \echo :SQLSTATE
SELECT '{}'::timing_summary, ' {"unfinished":[3.50],"finished":[2,0.25]} '::timing_summary;
SELECT timing(x) AS many FROM (SELECT 1 + i % 3 / 2.0 AS x FROM generate_series(1, 65) AS i) AS s;
SELECT timing(x, x <> 2) AS censored FROM (SELECT i % 3 AS x FROM generate_series(1, 66) AS i) AS s;
SELECT timing(x, false) AS running FROM (SELECT 5 AS x FROM generate_series(1, 65) AS i) AS s;
CREATE TEMP TABLE kinds (kind text, x timing_summary);
INSERT INTO kinds VALUES ('nothing', '{}'), ('listed', '{"finished": [2, 0.25], "unfinished": [3.5]}');
INSERT INTO kinds SELECT 'counted', timing(x) FROM (SELECT 1 + i % 3 / 2.0 AS x FROM generate_series(1, 65) AS i) AS s;
INSERT INTO kinds SELECT 'censored', timing(x, x <> 2) FROM (SELECT i % 3 AS x FROM generate_series(1, 66) AS i) AS s;
SELECT kind, x::jsonb::text::timing_summary = x AND x::json::text::timing_summary = x AS same, x::jsonb FROM kinds WHERE kind <> 'nothing';

-- Binary form
SELECT kind, timing_summary_send(x) FROM kinds;

-- Aggregates
CREATE TEMP TABLE tickets (started_at timestamptz, ended_at timestamptz);
INSERT INTO tickets VALUES ('2026-03-01 08:00+00', '2026-03-01 09:30+00'), ('2026-03-01 10:00+00', NULL), ('2026-03-02 10:00+00', '2026-03-03 10:00+00'), (NULL, '2026-03-01 09:00+00');
SELECT timing(ended_at - started_at), timing(coalesce(ended_at, '2026-03-02 12:00+00') - started_at, ended_at IS NOT NULL) FROM tickets;
SELECT timing(extract(epoch FROM ended_at - started_at)), timing(extract(epoch FROM ended_at - started_at), false) FROM tickets;
SELECT timing(started_at, ended_at, '2026-03-02 12:00+00'), timing(started_at, ended_at, '2026-03-01 09:00+00'), timing(started_at, ended_at, '2026-01-01+00') FROM tickets;
SELECT timing(ended_at - started_at) FILTER (WHERE ended_at < '2026-03-02+00'), timing(DISTINCT ended_at - started_at), timing(NULL::interval), timing(NULL::float8, true) FROM tickets;
SELECT timing(ended_at - started_at), timing(ended_at - started_at, true), timing(started_at, ended_at, NULL) FROM tickets WHERE false;
SELECT rollup(x) FILTER (WHERE kind = 'nothing'), rollup(x) FILTER (WHERE kind IN ('nothing', 'listed')), finished(rollup(x)), unfinished(rollup(x)) FROM kinds;
SELECT timing(1.5) + timing(2), timing(1.5) + NULL, NULL + timing(2), merge(NULL::timing_summary, NULL);

-- Accessors
SELECT kind, n(x), finished(x), unfinished(x), geometric_mean(x), mean(x), median(x), quantile(x, 0.9), minimum(x), maximum(x), survival(x, 1.2) FROM kinds;
SELECT finished(NULL::timing_summary), mean(NULL::timing_summary), quantile(NULL::timing_summary, 0.5), quantile(x, NULL), survival(x, NULL) FROM kinds LIMIT 1;

-- Verbs
SELECT kind, r.* FROM kinds, report(x) AS r;
SELECT kind, r.* FROM kinds, report(x, 0.8, 'log-t') AS r WHERE kind = 'counted';
SELECT r.* FROM report(NULL::timing_summary) AS r;
SELECT kind, e.* FROM kinds, estimate(x) AS e;
SELECT kind, low(x), high(x), low(x, 0.5), i.* FROM kinds, confidence_interval(x, 0.99, 'log-t') AS i;
SELECT c.* FROM kinds AS a, kinds AS b, compare_ratio(a.x, b.x) AS c WHERE a.kind = 'counted';
SELECT c.* FROM compare_ratio(timing_summary '{"finished": [1, 2, 4]}', '{"finished": [3, 9]}', 0.8) AS c;
SELECT c.* FROM compare_ratio(timing_summary '{"finished": [1, 2, 4]}', '{"finished": [3, 9]}', 0.8, 'log-welch') AS c;
SELECT b.* FROM kinds, benchmark(x, 1.3) AS b;
SELECT a, b.* FROM unnest('{two-sided,greater,less}'::text[]) AS a, benchmark('{"finished": [1, 2, 4]}'::timing_summary, 3, 0.9, a, 'log-t') AS b;
SELECT kind, c.* FROM kinds, survival_curve(x) AS c;
SELECT c.* FROM survival_curve('{"finished": [1, 2, 2], "unfinished": [2, 5]}', 0.8) AS c;
SELECT kind, h.* FROM kinds, histogram(x, 2) AS h;
SELECT kind, minimum_base(x, 3) IS NULL AS hidden, minimum_base(x, 0) = x AS shown FROM kinds;
\pset format unaligned
\pset tuples_only on
SELECT chart(x, 40) FROM kinds;
SELECT svg(x) FROM kinds WHERE kind = 'censored';
\pset format aligned
\pset tuples_only off

-- Comparison
SELECT kind FROM kinds ORDER BY x;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, timing_summary_cmp(a, b)
FROM (VALUES (timing_summary '{"finished": [1]}', timing_summary '{"finished": [1.0]}'), ('{}', '{"finished": [1]}'), (NULL, '{}')) AS v(a, b);
SELECT timing_summary_hash(x) = timing_summary_hash(x::text::timing_summary) AS same_hash, timing_summary_hash_extended(x, 42) = timing_summary_hash_extended(x::text::timing_summary, 42) AS same_extended, timing_summary_hash_extended(x, 1) = timing_summary_hash_extended(x, 2) AS seed_ignored FROM kinds;

-- Errors: durations
SELECT timing(-1); \echo :SQLSTATE
SELECT timing(-1e-300); \echo :SQLSTATE
SELECT timing('NaN'::float8); \echo :SQLSTATE
SELECT timing('Infinity'::float8); \echo :SQLSTATE
SELECT timing('-Infinity'::float8, false); \echo :SQLSTATE
SELECT timing(9223372036.854776); \echo :SQLSTATE
SELECT timing(1e300, NULL); \echo :SQLSTATE
SELECT timing('1 month'::interval); \echo :SQLSTATE
SELECT timing('1 year -365 days'::interval, false); \echo :SQLSTATE
SELECT timing('-1 second'::interval); \echo :SQLSTATE
SELECT timing('1 day -25 hours'::interval); \echo :SQLSTATE
SELECT timing('106752 days'::interval); \echo :SQLSTATE
SELECT timing('2147483647 days 2562047788 hours'::interval); \echo :SQLSTATE
-- in PostgreSQL's words: what it adds to them differs between its versions
\set VERBOSITY terse
SELECT timing('1 hour'); \echo :SQLSTATE
\set VERBOSITY default
SELECT timing(i - 3::float8) FROM generate_series(1, 100) AS i; \echo :SQLSTATE
SELECT timing(CASE WHEN i = 90 THEN 'NaN' ELSE i::float8 END) FROM generate_series(1, 100) AS i; \echo :SQLSTATE

-- Errors: times
SELECT timing('2026-03-02+00', '2026-03-01+00', '2026-03-05+00'); \echo :SQLSTATE
SELECT timing('2026-03-02+00', '2026-03-03+00', NULL); \echo :SQLSTATE
SELECT timing(NULL, NULL, NULL::timestamptz); \echo :SQLSTATE
SELECT timing('-infinity', NULL, '2026-03-05+00'::timestamptz); \echo :SQLSTATE
SELECT timing('2026-03-02+00', 'infinity', '2026-03-05+00'::timestamptz); \echo :SQLSTATE
SELECT timing('2026-03-02+00', NULL, 'infinity'::timestamptz); \echo :SQLSTATE
SELECT timing('4713-01-01 00:00+00 BC', NULL, '2026-03-05+00'::timestamptz); \echo :SQLSTATE
SELECT timing('4713-01-01 00:00+00 BC', '294276-12-31 00:00+00', '294276-12-31 00:00+00'::timestamptz); \echo :SQLSTATE

-- Errors: arguments
SELECT quantile(x, 1.1), x FROM kinds; \echo :SQLSTATE
SELECT quantile(x, 95) FROM kinds; \echo :SQLSTATE
SELECT quantile(x, -0.1) FROM kinds; \echo :SQLSTATE
SELECT quantile(x, 'NaN') FROM kinds; \echo :SQLSTATE
SELECT survival(x, -1) FROM kinds; \echo :SQLSTATE
SELECT survival(x, 'Infinity') FROM kinds; \echo :SQLSTATE
SELECT survival_curve(x, 1) FROM kinds; \echo :SQLSTATE
SELECT histogram(x, 0) FROM kinds; \echo :SQLSTATE
SELECT histogram(x, 1001) FROM kinds; \echo :SQLSTATE
SELECT benchmark(x, 0) FROM kinds; \echo :SQLSTATE
SELECT benchmark(x, -3) FROM kinds; \echo :SQLSTATE
SELECT benchmark(x, 'NaN') FROM kinds; \echo :SQLSTATE
SELECT benchmark(x, 'Infinity') FROM kinds; \echo :SQLSTATE
SELECT benchmark(x, 1, 0.95, 'more') FROM kinds; \echo :SQLSTATE
SELECT benchmark(x, 1, 0.95, 'less', 't') FROM kinds; \echo :SQLSTATE
SELECT report(x, 95) FROM kinds; \echo :SQLSTATE
SELECT report(x, 0.95, 't') FROM kinds; \echo :SQLSTATE
SELECT estimate(x, 0.95, 'welch') FROM kinds; \echo :SQLSTATE
SELECT confidence_interval(x, 0) FROM kinds; \echo :SQLSTATE
SELECT low(x, 2) FROM kinds; \echo :SQLSTATE
SELECT high(x, 2) FROM kinds; \echo :SQLSTATE
SELECT compare_ratio(x, x, 2) FROM kinds; \echo :SQLSTATE
SELECT compare_ratio(x, x, 0.95, 'welch') FROM kinds; \echo :SQLSTATE
SELECT minimum_base(x, -1) FROM kinds; \echo :SQLSTATE
SELECT chart(x, 20) FROM kinds; \echo :SQLSTATE

-- Errors: text form
SELECT ''::timing_summary; \echo :SQLSTATE
SELECT '[]'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": 1}'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": ["1"]}'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": [null]}'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": [-1]}'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": [9223372036.854775808]}'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": [1.0000000001]}'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": [1], "n": 1}'::timing_summary; \echo :SQLSTATE
SELECT ('{"finished": [1' || repeat(', 1', 64) || ']}')::timing_summary; \echo :SQLSTATE
SELECT ('{"finished": [1' || repeat(', 1', 40) || '], "unfinished": [1' || repeat(', 1', 40) || ']}')::timing_summary; \echo :SQLSTATE
SELECT '{"finished": {}}'::timing_summary; \echo :SQLSTATE
SELECT '{"finished": {"buckets": []}}'::timing_summary; \echo :SQLSTATE

-- What sums of durations cannot be: each member of a sketch replaced in turn
CREATE TEMP TABLE wrong (member text[], value text);
INSERT INTO wrong VALUES ('{finished,zeros}', '-1'), ('{finished,zeros}', '4398046511105'), ('{finished,zeros}', '9223372036854775807'), ('{finished,zeros}', '1.5'),
	('{finished,buckets}', '[1036, 1056]'), ('{finished,buckets}', '[1036, 1036, 1071]'), ('{finished,buckets}', '[1071, 1056, 1036]'), ('{finished,buckets}', '[-1, 1056, 1071]'), ('{finished,buckets}', '[1036, 1056, 2184]'), ('{finished,buckets}', '[1036, 1056, 9223372036854775807]'),
	('{finished,buckets}', '[1035, 1056, 1071]'), ('{finished,buckets}', '[1036, 1056, 1072]'),
	('{finished,counts}', '[21, 22]'), ('{finished,counts}', '[0, 43, 22]'), ('{finished,counts}', '[-1, 44, 22]'), ('{finished,counts}', '[20, 22, 22]'), ('{finished,counts}', '[4398046511104, 4398046511104, 22]'), ('{finished,counts}', '[9223372036854775807, 9223372036854775807, 22]'),
	('{finished,minimum}', '0'), ('{finished,minimum}', '1.03'), ('{finished,minimum}', '0.99'), ('{finished,minimum}', '-1'), ('{finished,minimum}', '9223372036.854775808'), ('{finished,minimum}', '3'), ('{finished,maximum}', '2.1'), ('{finished,maximum}', '1.9'),
	('{finished,sum}', '64.999'), ('{finished,sum}', '131'), ('{finished,sum}', '99.5'), ('{finished,sum}', '96'), ('{finished,sum}', '-97'), ('{finished,sum}', '170141183460469231731687303715'),
	('{finished,log_sum}', '0'), ('{finished,log_sum}', '93700000000000'), ('{finished,log_sum}', '95000000000000'), ('{finished,log_sum}', '1.5'), ('{finished,log_sum}', '-1'),
	('{finished,log_square_sum}', '0'), ('{finished,log_square_sum}', '170141183460469231731687303715884105727'), ('{finished,log_square_sum}', '136000000000000000000000000'),
	('{unfinished,zeros}', '-1'), ('{unfinished,buckets}', '[1]'), ('{unfinished,counts}', '[1]'), ('{unfinished,zeros}', '99999999999999999999');
CREATE FUNCTION tried(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	details text;
BEGIN
	RETURN 'taken as ' || input::timing_summary;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS details = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(' | ', SQLSTATE, regexp_replace(SQLERRM, '"\{.*', '...'), regexp_replace(details, '"\{.*', '...'));
END
$$;
SELECT member, value, tried(jsonb_set(x::jsonb, member, value::jsonb)::text) FROM wrong, kinds WHERE kind = 'counted';
SELECT tried('{"finished": {"zeros": 0, "buckets": [1' || repeat(', 1', 2184) || '], "counts": []}}');
SELECT tried(jsonb_set(x::jsonb, '{unfinished}', '{"zeros": 1, "buckets": [7], "counts": [2]}')::text) AS unfinished_too FROM kinds WHERE kind = 'counted';
SELECT tried((x::jsonb - 'unfinished')::text), tried((x::jsonb #- '{finished,sum}')::text), tried(jsonb_set(x::jsonb, '{finished,n}', '65')::text) FROM kinds WHERE kind = 'counted';
SELECT tried('{"finished": {"zeros": 64, "buckets": [], "counts": [], "minimum": 0, "maximum": 0, "sum": 0, "log_sum": 0, "log_square_sum": 0}, "unfinished": {"zeros": 0, "buckets": [], "counts": []}}') AS few,
	tried('{"finished": {"zeros": 65, "buckets": [], "counts": [], "minimum": 0, "maximum": 0, "sum": 0, "log_sum": 1, "log_square_sum": 0}, "unfinished": {"zeros": 0, "buckets": [], "counts": []}}') AS sums_of_nothing;

-- Counts at their limit
-- the longest duration, as often as it may be there: nothing overflows
CREATE FUNCTION doubled(x timing_summary, times int) RETURNS timing_summary LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1..times LOOP
		x := x + x;
	END LOOP;
	RETURN x;
END
$$;
CREATE TEMP TABLE full_up AS SELECT doubled('{"finished": [9223372036.854775807]}', 42) AS x;
SELECT x FROM full_up;
SELECT x::text::timing_summary = x AS same, r.geometric_mean = maximum(x) AS exact, r.low, r.high, r.mean, r.median, r.median_low, r.finished FROM full_up, report(x) AS r;
SELECT r.finished, r.unfinished, r.median, survival(x, 9223372036.8), c.* FROM (SELECT doubled('{"finished": [9223372036.854775807], "unfinished": [1, 9223372036.854775807]}', 41) AS x) AS s, report(x) AS r, survival_curve(x) AS c;
SELECT x + '{"finished": [0.000000001]}' FROM full_up; \echo :SQLSTATE
SELECT timing_summary_accum(x, 1) FROM full_up; \echo :SQLSTATE
SELECT (x + doubled('{"unfinished": [0.000000001]}', 42))::text LIKE '%"counts": [4398046511104]}}' AS both_full FROM full_up;
SELECT tried('{"finished": {"zeros": 4398046511105, "buckets": [], "counts": [], "minimum": 0, "maximum": 0, "sum": 0, "log_sum": 0, "log_square_sum": 0}, "unfinished": {"zeros": 0, "buckets": [], "counts": []}}');
CREATE TEMP TABLE brim AS SELECT '{"finished": {"zeros": 4398046511104, "buckets": [], "counts": [], "minimum": 0, "maximum": 0, "sum": 0, "log_sum": 0, "log_square_sum": 0}, "unfinished": {"zeros": 0, "buckets": [2183], "counts": [4398046511104]}}'::timing_summary AS x;
SELECT x + timing(0) FROM brim GROUP BY x; \echo :SQLSTATE
SELECT x + timing(1) FROM brim GROUP BY x; \echo :SQLSTATE
SELECT x + timing(9e9, false) FROM brim GROUP BY x; \echo :SQLSTATE
SELECT x + x FROM brim; \echo :SQLSTATE
SELECT rollup(y) FROM (SELECT x FROM brim UNION ALL SELECT '{"finished": [0]}') AS v(y); \echo :SQLSTATE
SELECT timing_summary_accum(x, 0) FROM brim; \echo :SQLSTATE
SELECT timing_summary_accum(x, 9.2e9, false) FROM brim; \echo :SQLSTATE
