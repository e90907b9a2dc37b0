-- sample_summary: forms, aggregates, accessors, verbs, comparison, errors.
\set SHOW_CONTEXT never
SET extra_float_digits = -6;

-- Text form
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 2, "maximum": 6}'::sample_summary;
SELECT ' {"maximum":6e0,"minimum":2.0,"squared_deviations":8,"n":3.0,"sum":0.12e2} '::sample_summary AS reordered;
SELECT '{}'::sample_summary, '{"n": 0, "sum": 0, "squared_deviations": 0}'::sample_summary, '{"n": 0, "sum": -0.0, "squared_deviations": 0, "minimum": 0, "maximum": 0, "weights": [0], "squares": [0]}'::sample_summary;
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8}'::sample_summary AS without_range;
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "minimum": 0, "maximum": 4, "weights": [3.5], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": 13}'::sample_summary AS weighted;
SELECT '{"n": 2, "sum": 4, "squared_deviations": 8, "minimum": 0, "maximum": 4, "weights": [2], "squares": [2]}'::sample_summary AS unweighted;
-- all digits, whatever the setting
SELECT sample(x) FROM (VALUES (0.1::float8), (0.2)) AS v(x);

-- Binary form
SELECT sample_summary_send('{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 2, "maximum": 6}');
SELECT sample_summary_send('{"n": 3, "sum": 12, "squared_deviations": 8}');
SELECT sample_summary_send('{"n": 2, "sum": 8, "squared_deviations": 6, "minimum": 0, "maximum": 4, "weights": [3.5], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": 13}');
SELECT sample_summary_send('{}');

-- Casts
SELECT x::jsonb, x::json, x::jsonb::text::sample_summary = x AS same
FROM (VALUES (sample_summary(3, 4, 2, 2, 6)), (sample_summary(3, 4, 2)), ('{}')) AS v(x);

-- Aggregates
CREATE TEMP TABLE clicks (id int, task text, clicks int, score float8, weight numeric);
INSERT INTO clicks VALUES (1, 'find', 2, 50, 1), (2, 'find', 4, 70, 2), (3, 'find', 9, 62.5, 0.5), (4, 'pay', 5, 90, 1), (5, 'pay', NULL, 85, 1), (6, 'pay', 7, NULL, 0), (7, 'help', NULL, NULL, NULL);
SELECT task, sample(clicks), sample(score) FROM clicks GROUP BY task ORDER BY task;
SELECT sample(clicks::smallint), sample(clicks::bigint), sample(clicks::numeric), sample(clicks::real) FROM clicks WHERE task = 'find';
SELECT sample(clicks) FILTER (WHERE id > 3), sample(DISTINCT clicks / 4) FROM clicks;
SELECT sample(NULL::float8), sample(NULL::float8, 2), sample(NULL::float8, NULL), sample(NULL::float8, -1);
SELECT sample(clicks), sample(clicks, 1) FROM clicks WHERE false;
SELECT sample(clicks, weight) FROM clicks;
SELECT sample(clicks, 0), sample(clicks, 1), sample(-clicks, 0.5) FROM clicks;
SELECT sample('-0'::float8), sample('-0'::float8, 2);
SELECT id, mean(sample(clicks) OVER (ORDER BY id ROWS 1 PRECEDING)) FROM clicks ORDER BY id;

-- Construction
SELECT sample_summary(3, 4, 2), sample_summary(3, 4, 2, 2, 6), sample_summary(n => 1, mean => 7.5, standard_deviation => 0), sample_summary(2, 5, 0, minimum => 5, maximum => 5);
SELECT sample_summary(NULL, 4, 2), sample_summary(3, NULL, 2), sample_summary(3, 4, NULL), sample_summary(3, 4, 2, NULL, 6), sample_summary(3, 4, 2, 2, NULL);
SELECT sample_summary(72057594037927935, 4, 2);

-- Merging
SELECT sample_summary(2, 1, 0, 1, 1) + sample_summary(2, 3, 0, 3, 3) AS both, sample_summary(2, 1, 0, 1, 1) + '{}' AS of_nobody;
SELECT sample_summary(3, 4, 2) + NULL, NULL + sample_summary(3, 4, 2), merge(NULL::sample_summary, NULL), merge('{}'::sample_summary, '{}');
SELECT sample_summary(2, 1, 0, 1, 1) + sample_summary(2, 3, 0) AS range_not_known;
SELECT sample(1, 0.5) + sample(3, 1.5), sample(1, 2) + sample(3) AS weighted_and_not;
SELECT rollup(x) FROM (VALUES (sample_summary(2, 1, 0, 1, 1)), (NULL), ('{}'), (sample_summary(2, 3, 0, 3, 3))) AS v(x);
SELECT rollup(x) FROM (VALUES ('{}'::sample_summary), (NULL)) AS v(x);

-- Accessors
SELECT n(x), mean(x), standard_deviation(x), minimum(x), maximum(x), effective_n(x)
FROM (VALUES (1, sample_summary(4, 5, 2, 2, 7)), (2, sample_summary(4, 5, 2)), (3, sample_summary(1, 5, 0, 5, 5)), (4, '{}'), (5, NULL)) AS v(i, x) ORDER BY i;
SELECT n(x), mean(x), standard_deviation(x), minimum(x), maximum(x), effective_n(x) FROM (SELECT sample(clicks, weight) FROM clicks) AS v(x);
SELECT effective_n(sample(7, w)) AS kish FROM (VALUES (1), (2), (3)) AS v(w);

-- Verbs
\x on
SELECT * FROM report((SELECT sample(clicks) FROM clicks));
SELECT * FROM report((SELECT sample(clicks) FROM clicks), 0.9, 't');
SELECT * FROM report((SELECT sample(clicks, weight) FROM clicks));
SELECT * FROM report(sample_summary(30, 72.5, 15));
SELECT * FROM report(sample_summary(1, 5, 0, 5, 5));
SELECT * FROM report('{}'::sample_summary);
SELECT * FROM report(NULL::sample_summary);
\x off
SELECT * FROM estimate(sample_summary(30, 72.5, 15));
SELECT * FROM estimate(sample_summary(30, 72.5, 15), 0.9, 't');
SELECT * FROM estimate('{}'::sample_summary);
SELECT * FROM estimate(NULL::sample_summary);
SELECT low(x), high(x), low(x, 0.5), high(x, 0.5) FROM (VALUES (1, sample_summary(30, 72.5, 15)), (2, sample_summary(5, 3, 0, 3, 3)), (3, sample_summary(1, 3, 0)), (4, '{}'), (5, NULL)) AS v(i, x) ORDER BY i;
SELECT * FROM confidence_interval(sample_summary(30, 72.5, 15));
SELECT * FROM confidence_interval(sample_summary(30, 72.5, 15), 0.99, 't');
SELECT * FROM compare(sample_summary(12, 80, 10), sample_summary(15, 70, 14));
SELECT * FROM compare(sample_summary(12, 80, 10), sample_summary(15, 70, 14), 0.9, 'welch');
SELECT * FROM compare(sample_summary(5, 3, 0), sample_summary(5, 2, 0));
SELECT * FROM compare(sample_summary(5, 3, 0), sample_summary(5, 2, 1));
SELECT * FROM compare(sample_summary(5, 3, 1), sample_summary(1, 2, 0));
SELECT * FROM compare(sample_summary(5, 3, 1), '{}');
SELECT * FROM compare(sample_summary(5, 3, 1), NULL);
SELECT a, b.* FROM unnest('{two-sided,greater,less}'::text[]) AS a, benchmark(sample_summary(30, 72.5, 15), 68, 0.95, a, 't') AS b;
SELECT * FROM benchmark(sample_summary(1, 72.5, 0), 68);
SELECT * FROM benchmark('{}'::sample_summary, 68);
SELECT minimum_base(sample_summary(3, 4, 2), 3), minimum_base(sample_summary(3, 4, 2), 4), minimum_base('{}'::sample_summary, 0), minimum_base(sample_summary(3, 4, 2), NULL);

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(sample_summary(30, 72.5, 15, 22.5, 97.5));
SELECT chart(sample_summary(30, 72.5, 15), 40);
SELECT chart(sample_summary(9, -0.25, 2.5, -5.5, 3), 60);
SELECT chart(sample_summary(1, 1234567, 0, 1234567, 1234567), 60);
SELECT chart(sample_summary(3, 0.00123, 0.0001), 60);
SELECT chart('{}'::sample_summary, 40);
SELECT svg(sample_summary(30, 72.5, 15, 22.5, 97.5));
-- the ruler of the largest numbers has ends
SELECT position('NaN' IN chart(x)) + position('inf' IN lower(chart(x))) + position('nan' IN lower(svg(x))) FROM (VALUES (sample_summary(2, 0, 0, -1.7e308, 1.7e308)), (sample_summary(2, 0, 0, 0, 1.7e308)), (sample_summary(2, 0, 0, 0, 5e-324))) AS v(x);
\pset format aligned
\pset tuples_only off

-- Comparison: number of values, weights, then the rest in some order
SELECT x FROM (VALUES (sample_summary(2, 3, 0)), (sample_summary(10, 1, 0)), (NULL), (sample_summary(2, 3, 0)), ('{"n": 2, "sum": 8, "squared_deviations": 6, "minimum": 0, "maximum": 4, "weights": [3.5], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": 13}'), ('{}')) AS v(x) GROUP BY x ORDER BY x;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, sample_summary_cmp(a, b) AS cmp
FROM (VALUES (sample_summary(2, 3, 0), sample_summary(2, 3, 0)), (sample_summary(2, 3, 0), sample_summary(3, 3, 0)), (sample_summary(4, 3, 0), sample_summary(3, 9, 0)), (NULL, sample_summary(1, 1, 0))) AS v(a, b);
SELECT sample_summary_hash(x) = sample_summary_hash(y) AS same_hash, sample_summary_hash_extended(x, 42) = sample_summary_hash_extended(y, 42) AS same_extended, sample_summary_hash_extended(x, 1) = sample_summary_hash_extended(x, 2) AS seed_ignored
FROM (VALUES (sample_summary(2, 3, 0, 3, 3), sample_summary(1, 3, 0, 3, 3) + sample_summary(1, 3, 0, 3, 3))) AS v(x, y);

-- Errors: values and weights
SELECT sample('NaN'::float8); \echo :SQLSTATE
SELECT sample('Infinity'::float8); \echo :SQLSTATE
SELECT sample('-Infinity'::float8); \echo :SQLSTATE
SELECT sample('NaN'::float8, 1); \echo :SQLSTATE
-- a value that weighs nothing must be a number all the same
SELECT sample('Infinity'::float8, 0); \echo :SQLSTATE
SELECT sample('NaN'::float8, NULL); \echo :SQLSTATE
SELECT sample(1, NULL); \echo :SQLSTATE
SELECT sample(1, -1); \echo :SQLSTATE
SELECT sample(1, 0.000999); \echo :SQLSTATE
SELECT sample(1, 1000000.1); \echo :SQLSTATE
SELECT sample(1, 'NaN'); \echo :SQLSTATE
SELECT sample(1, 'Infinity'); \echo :SQLSTATE

-- Overflow
SELECT sample(x) FROM (VALUES (1e200), (-1e200)) AS v(x); \echo :SQLSTATE
SELECT sample(x) FROM (VALUES (1.7e308), (1.7e308)) AS v(x); \echo :SQLSTATE
SELECT sample(1e308, 1000); \echo :SQLSTATE
SELECT sample(1e300, 1000000); \echo :SQLSTATE
SELECT sample(1e308) + sample(1e308); \echo :SQLSTATE
SELECT sample(1e200) + sample(-1e200); \echo :SQLSTATE
SELECT rollup(x) FROM (SELECT sample(1e308) AS x FROM generate_series(1, 2) AS i GROUP BY i) AS v; \echo :SQLSTATE
SELECT sample_summary(72057594037927935, 1, 0) + sample_summary(1, 1, 0); \echo :SQLSTATE
SELECT sample_summary_accum(sample_summary(72057594037927935, 1, 0), 1); \echo :SQLSTATE
SELECT sample_summary_accum(sample_summary(72057594037927935, 1, 0), 1, 2); \echo :SQLSTATE
SELECT x + x FROM (VALUES ('{"n": 9000000, "sum": 0, "squared_deviations": 0, "weights": [9000000000000], "squares": [9000000000000000000], "sum_by_square": 0, "squared_deviations_by_square": 0}'::sample_summary)) AS v(x); \echo :SQLSTATE

-- Construction
SELECT sample_summary(0, 4, 2); \echo :SQLSTATE
SELECT sample_summary(-1, 4, 2); \echo :SQLSTATE
SELECT sample_summary(72057594037927936, 4, 2); \echo :SQLSTATE
SELECT sample_summary(3, 4, -2); \echo :SQLSTATE
SELECT sample_summary(1, 4, 2); \echo :SQLSTATE
SELECT sample_summary(3, 'NaN', 2); \echo :SQLSTATE
SELECT sample_summary(3, 4, 'Infinity'); \echo :SQLSTATE
SELECT sample_summary(3, 4, 2, '-Infinity', 6); \echo :SQLSTATE
SELECT sample_summary(3, 4, 2, 2, 'NaN'); \echo :SQLSTATE
SELECT sample_summary(10, 1e308, 1); \echo :SQLSTATE
SELECT sample_summary(10, 1, 1e200); \echo :SQLSTATE
SELECT sample_summary(3, 4, 2, 6, 2); \echo :SQLSTATE
SELECT sample_summary(3, 7, 2, 2, 6); \echo :SQLSTATE
SELECT sample_summary(3, 1, 2, 2, 6); \echo :SQLSTATE
SELECT sample_summary(3, 4, 4, 2, 6); \echo :SQLSTATE

-- Text that is no summary
SELECT ''::sample_summary; \echo :SQLSTATE
SELECT '[]'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12}'::sample_summary; \echo :SQLSTATE
SELECT '{"sum": 12, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 2}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8, "maximum": 6}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8, "median": 4}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "n": 3, "sum": 12, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": null, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": "12", "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": [12], "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": NaN, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3.5, "sum": 12, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 9223372036854775808, "sum": 12, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 1e309, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [3.5]}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": 3.5, "squares": 6.25}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [3.5], "squares": [6.25]}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [3.5], "squares": [6.25], "sum_by_square": 9}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "sum_by_square": 9, "squared_deviations_by_square": 13}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [2], "squares": [2], "sum_by_square": 9, "squared_deviations_by_square": 13}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [99999999999999999999], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": 13}'::sample_summary; \echo :SQLSTATE

-- Text that no values have
SELECT '{"n": -1, "sum": 0, "squared_deviations": 0}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 72057594037927936, "sum": 0, "squared_deviations": 0}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 0, "sum": 1, "squared_deviations": 0}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 0, "sum": 0, "squared_deviations": 1}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 0, "sum": 0, "squared_deviations": 0, "minimum": 0, "maximum": 1}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 0, "sum": 0, "squared_deviations": 0, "minimum": -1, "maximum": 0}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 0, "sum": 0, "squared_deviations": 0, "weights": [1], "squares": [1], "sum_by_square": 0, "squared_deviations_by_square": 0}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 6, "maximum": 2}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": -8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 1, "sum": 12, "squared_deviations": 8}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 4.1, "maximum": 6}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 2, "maximum": 3.9}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 3, "sum": 12, "squared_deviations": 12.1, "minimum": 2, "maximum": 6}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [3.5], "squares": [6]}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [3.5], "squares": [6], "sum_by_square": 9, "squared_deviations_by_square": 13}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "minimum": 0, "maximum": 4, "weights": [3.5], "squares": [6.25], "sum_by_square": 26, "squared_deviations_by_square": 13}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "minimum": 0, "maximum": 4, "weights": [3.5], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": -1}'::sample_summary; \echo :SQLSTATE
SELECT '{"n": 2, "sum": 8, "squared_deviations": 6, "minimum": 0, "maximum": 4, "weights": [3.5], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": 99}'::sample_summary; \echo :SQLSTATE

-- Confidence, method, alternative, target, base, width
SELECT low(sample_summary(3, 4, 2), 0); \echo :SQLSTATE
SELECT low(sample_summary(3, 4, 2), 1); \echo :SQLSTATE
SELECT high(sample_summary(3, 4, 2), 95); \echo :SQLSTATE
SELECT high('{}'::sample_summary, 'NaN'); \echo :SQLSTATE
SELECT report(sample_summary(3, 4, 2), -1); \echo :SQLSTATE
SELECT estimate(sample_summary(3, 4, 2), 2); \echo :SQLSTATE
SELECT confidence_interval(sample_summary(3, 4, 2), 2); \echo :SQLSTATE
SELECT compare(sample_summary(3, 4, 2), sample_summary(3, 4, 2), 2); \echo :SQLSTATE
SELECT benchmark(sample_summary(3, 4, 2), 1, 2); \echo :SQLSTATE
SELECT report(sample_summary(3, 4, 2), 0.95, 'z'); \echo :SQLSTATE
SELECT estimate(sample_summary(3, 4, 2), 0.95, 'T'); \echo :SQLSTATE
SELECT confidence_interval(sample_summary(3, 4, 2), 0.95, ''); \echo :SQLSTATE
SELECT compare(sample_summary(3, 4, 2), sample_summary(3, 4, 2), 0.95, 't'); \echo :SQLSTATE
SELECT benchmark(sample_summary(3, 4, 2), 1, 0.95, 'two-sided', 'welch'); \echo :SQLSTATE
SELECT benchmark(sample_summary(3, 4, 2), 1, 0.95, 'more'); \echo :SQLSTATE
SELECT benchmark(sample_summary(3, 4, 2), 'NaN'); \echo :SQLSTATE
SELECT benchmark(sample_summary(3, 4, 2), 'Infinity'); \echo :SQLSTATE
SELECT benchmark('{}'::sample_summary, '-Infinity'); \echo :SQLSTATE
SELECT minimum_base(sample_summary(3, 4, 2), -1); \echo :SQLSTATE
SELECT chart(sample_summary(3, 4, 2), 39); \echo :SQLSTATE
SELECT chart(sample_summary(3, 4, 2), 301); \echo :SQLSTATE
-- what does not exist for measured values, in PostgreSQL's words: what it adds to them differs between its versions
\set VERBOSITY terse
SELECT subtract(sample_summary(3, 4, 2), sample_summary(1, 4, 0)); \echo :SQLSTATE
SELECT sample_summary(3, 4, 2) - sample_summary(1, 4, 0); \echo :SQLSTATE
\set VERBOSITY default
