-- ratio_summary: forms, aggregates, accessors, verbs, comparison, errors.
\set SHOW_CONTEXT never
SET extra_float_digits = -6;

-- Text form
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary;
SELECT ' {"products":15,"denominator_squares":2e0,"numerator_squares":200,"n":3.0,"denominator":6.00,"numerator":0.6e2} '::ratio_summary AS reordered;
SELECT '{}'::ratio_summary, '{"n": 0, "numerator": -0.0, "denominator": 0, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'::ratio_summary;
-- all digits, whatever the setting
SELECT ratio(x, y) FROM (VALUES (0.1::float8, 0.2::float8), (0.2, 0.7)) AS v(x, y);

-- Binary form
SELECT ratio_summary_send('{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}');
SELECT ratio_summary_send('{}');

-- Casts
SELECT x::jsonb, x::json, x::jsonb::text::ratio_summary = x AS same
FROM (VALUES ('{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary), ('{}')) AS v(x);

-- Aggregates: one row per customer
CREATE TEMP TABLE customers (id int, channel text, revenue numeric, orders int);
INSERT INTO customers VALUES (1, 'app', 30, 1), (2, 'app', 50, 2), (3, 'app', 100, 5), (4, 'web', 20, 1), (5, 'web', 90, 3), (6, 'web', 45, 2), (7, 'web', NULL, 2), (8, 'web', 10, NULL), (9, 'shop', NULL, NULL);
CREATE TEMP TABLE spent AS SELECT channel, ratio(revenue, orders) AS x FROM customers GROUP BY channel;
SELECT channel, x FROM spent ORDER BY channel;
SELECT ratio(revenue, orders) FILTER (WHERE id > 4), ratio(DISTINCT orders / 2, 1) FROM customers;
SELECT ratio(NULL::float8, 1), ratio(1, NULL::float8);
SELECT ratio(revenue, orders) FROM customers WHERE false;
SELECT ratio('-0'::float8, '-0'::float8);
SELECT id, ratio(ratio(revenue, orders) OVER (ORDER BY id ROWS 1 PRECEDING)) FROM customers ORDER BY id;

-- Merging
SELECT a.x + b.x AS both, a.x + '{}' = a.x AS of_nobody, a.x + NULL = a.x AS kept, NULL + a.x = a.x AS kept_too, merge(NULL::ratio_summary, NULL) AS nobody, merge('{}'::ratio_summary, '{}') AS none
FROM spent AS a, spent AS b WHERE a.channel = 'app' AND b.channel = 'web';
SELECT rollup(x) FROM (SELECT x FROM spent UNION ALL VALUES (NULL), ('{}'::ratio_summary)) AS v ;
SELECT rollup(x) FROM (VALUES ('{}'::ratio_summary), (NULL)) AS v(x);

-- Accessors
SELECT channel, n(x), ratio(x), numerator(x), denominator(x), effective_n(x) FROM spent ORDER BY channel;
SELECT n(x), ratio(x), numerator(x), denominator(x), effective_n(x) FROM (VALUES ('{}'::ratio_summary)) AS v(x);
SELECT n(x), ratio(x), numerator(x), denominator(x) FROM (SELECT ratio(a, b) FROM (VALUES (3, 1), (5, -1)) AS v(a, b)) AS v(x);
SELECT ratio(ratio(0, -1)) AS no_negative_zero, ratio(ratio(1e300, 1e-300)) AS beyond_every_number;

-- Verbs
\x on
SELECT r.* FROM spent, report(x) AS r WHERE channel = 'app';
SELECT r.* FROM spent, report(x, 0.9, 'delta') AS r WHERE channel = 'app';
SELECT * FROM report((SELECT ratio(3, 2)));
SELECT * FROM report((SELECT ratio(a, b) FROM (VALUES (3, 1), (5, -1)) AS v(a, b)));
SELECT * FROM report('{}'::ratio_summary);
SELECT * FROM report(NULL::ratio_summary);
\x off
SELECT channel, e.* FROM spent, estimate(x) AS e ORDER BY channel;
SELECT e.* FROM spent, estimate(x, 0.9, 'delta') AS e WHERE channel = 'app';
SELECT * FROM estimate('{}'::ratio_summary);
SELECT channel, low(x), high(x), low(x, 0.5), high(x, 0.5) FROM spent ORDER BY channel;
SELECT channel, c.* FROM spent, confidence_interval(x) AS c ORDER BY channel;
SELECT c.* FROM spent, confidence_interval(x, 0.99, 'delta') AS c WHERE channel = 'app';
SELECT c.* FROM spent AS a, spent AS b, compare(a.x, b.x) AS c WHERE a.channel = 'app' AND b.channel = 'web';
SELECT c.* FROM spent AS a, spent AS b, compare(a.x, b.x, 0.9, 'delta') AS c WHERE a.channel = 'app' AND b.channel = 'web';
SELECT c.* FROM spent AS a, compare(a.x, '{}') AS c WHERE a.channel = 'app';
SELECT c.* FROM spent AS a, compare(a.x, NULL) AS c WHERE a.channel = 'app';
SELECT c.* FROM spent AS a, spent AS b, compare_ratio(a.x, b.x) AS c WHERE a.channel = 'app' AND b.channel = 'web';
SELECT c.* FROM spent AS a, spent AS b, compare_ratio(a.x, b.x, 0.9, 'log-delta') AS c WHERE a.channel = 'app' AND b.channel = 'web';
SELECT c.* FROM spent AS a, compare_ratio(a.x, '{}') AS c WHERE a.channel = 'app';
-- the ratio of ratios is for positive ones
SELECT c.* FROM spent AS a, (SELECT ratio(-revenue, orders) AS x FROM customers) AS b, compare_ratio(a.x, b.x) AS c WHERE a.channel = 'app';
SELECT c.* FROM spent AS a, (SELECT ratio(0 * revenue, orders) AS x FROM customers) AS b, compare_ratio(a.x, b.x) AS c WHERE a.channel = 'app';
SELECT a, b.* FROM spent, unnest('{two-sided,greater,less}'::text[]) AS a, benchmark(x, 20, 0.95, a, 'delta') AS b WHERE channel = 'web';
SELECT * FROM benchmark((SELECT ratio(3, 2)), 1);
SELECT * FROM benchmark('{}'::ratio_summary, 1);
SELECT minimum_base(x, 3) = x AS enough, minimum_base(x, 4) AS too_few, minimum_base(x, NULL) AS unknown FROM spent WHERE channel = 'app';

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(x) FROM spent WHERE channel = 'web';
SELECT chart(x, 40) FROM (SELECT ratio(-revenue, orders) AS x FROM customers) AS v;
SELECT chart(ratio(3, 2), 40);
SELECT chart('{"n": 2, "numerator": 8, "denominator": 0, "numerator_squares": 2, "denominator_squares": 2, "products": -2}'::ratio_summary, 40);
SELECT chart('{}'::ratio_summary, 40);
SELECT svg(x) FROM spent WHERE channel = 'web';
\pset format aligned
\pset tuples_only off

-- Comparison: number of units, then the rest in an order that depends on the machine
SELECT x FROM (SELECT x FROM spent UNION ALL SELECT x FROM spent UNION ALL VALUES ('{}'::ratio_summary)) AS v GROUP BY x ORDER BY n(x), ratio(x);
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, ratio_summary_cmp(a, b) AS cmp
FROM (SELECT 1 AS i, ratio(1, 2) AS a, ratio(1, 2) AS b UNION ALL SELECT 2, ratio(9, 9), ratio(1, 2) + ratio(1, 2) UNION ALL SELECT 3, ratio(1, 2) + ratio(1, 2), ratio(9, 9) UNION ALL SELECT 4, NULL, ratio(1, 2)) AS v ORDER BY i;
SELECT ratio_summary_hash(x) = ratio_summary_hash(y) AS same_hash, ratio_summary_hash_extended(x, 42) = ratio_summary_hash_extended(y, 42) AS same_extended, ratio_summary_hash_extended(x, 1) = ratio_summary_hash_extended(x, 2) AS seed_ignored
FROM (SELECT ratio(1, 2) + '{}' AS x, ratio(1, 2) AS y) AS v;

-- Errors: amounts
SELECT ratio('NaN'::float8, 1); \echo :SQLSTATE
SELECT ratio(1, 'NaN'::float8); \echo :SQLSTATE
SELECT ratio('Infinity'::float8, 1); \echo :SQLSTATE
SELECT ratio(1, '-Infinity'::float8); \echo :SQLSTATE

-- Overflow
SELECT ratio(x, 1) FROM (VALUES (1e200), (-1e200)) AS v(x); \echo :SQLSTATE
SELECT ratio(1, x) FROM (VALUES (1e200), (-1e200)) AS v(x); \echo :SQLSTATE
SELECT ratio(1.7e308, 1) FROM generate_series(1, 2); \echo :SQLSTATE
SELECT ratio(1e308, 1) + ratio(1e308, 1); \echo :SQLSTATE
SELECT ratio(1, 1e308) + ratio(1, 1e308); \echo :SQLSTATE
SELECT ratio(1, 1e200) + ratio(1, -1e200); \echo :SQLSTATE
SELECT x + ratio(1, 1) FROM (VALUES ('{"n": 72057594037927935, "numerator": 1, "denominator": 1, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'::ratio_summary)) AS v(x) GROUP BY x; \echo :SQLSTATE
SELECT ratio_summary_accum('{"n": 72057594037927935, "numerator": 1, "denominator": 1, "numerator_squares": 0, "denominator_squares": 0, "products": 0}', 1, 1); \echo :SQLSTATE

-- Text that is no summary
SELECT ''::ratio_summary; \echo :SQLSTATE
SELECT '[]'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2}'::ratio_summary; \echo :SQLSTATE
SELECT '{"numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15, "ratio": 10}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": null, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": "60", "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": [6], "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 2.5, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 9223372036854775808, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 1e309, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE

-- Text that no units have
SELECT '{"n": -3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 72057594037927936, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 0, "numerator": 60, "denominator": 0, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 0, "numerator": 0, "denominator": 6, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 0, "numerator": 0, "denominator": 0, "numerator_squares": 1, "denominator_squares": 0, "products": 0}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 1, "numerator": 60, "denominator": 6, "numerator_squares": 1, "denominator_squares": 0, "products": 0}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 1, "numerator": 60, "denominator": 6, "numerator_squares": 0, "denominator_squares": 1, "products": 0}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 1, "numerator": 60, "denominator": 6, "numerator_squares": 0, "denominator_squares": 0, "products": 1}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": -200, "denominator_squares": 2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": -2, "products": 15}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 20.1}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": -20.1}'::ratio_summary; \echo :SQLSTATE
SELECT '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 0, "products": 15}'::ratio_summary; \echo :SQLSTATE

-- Confidence, method, alternative, target, base, width
SELECT low(x, 0) FROM spent; \echo :SQLSTATE
SELECT low(x, 1) FROM spent; \echo :SQLSTATE
SELECT high(x, 95) FROM spent WHERE channel = 'app'; \echo :SQLSTATE
SELECT high('{}'::ratio_summary, 'NaN'); \echo :SQLSTATE
SELECT report('{}'::ratio_summary, -1); \echo :SQLSTATE
SELECT estimate('{}'::ratio_summary, 2); \echo :SQLSTATE
SELECT confidence_interval('{}'::ratio_summary, 2); \echo :SQLSTATE
SELECT compare('{}'::ratio_summary, '{}', 2); \echo :SQLSTATE
SELECT compare_ratio('{}'::ratio_summary, '{}', 2); \echo :SQLSTATE
SELECT benchmark('{}'::ratio_summary, 1, 2); \echo :SQLSTATE
SELECT report('{}'::ratio_summary, 0.95, 't'); \echo :SQLSTATE
SELECT estimate('{}'::ratio_summary, 0.95, 'Delta'); \echo :SQLSTATE
SELECT confidence_interval('{}'::ratio_summary, 0.95, ''); \echo :SQLSTATE
SELECT compare('{}'::ratio_summary, '{}', 0.95, 'welch'); \echo :SQLSTATE
SELECT compare_ratio('{}'::ratio_summary, '{}', 0.95, 'delta'); \echo :SQLSTATE
SELECT benchmark('{}'::ratio_summary, 1, 0.95, 'two-sided', 't'); \echo :SQLSTATE
SELECT benchmark('{}'::ratio_summary, 1, 0.95, 'more'); \echo :SQLSTATE
SELECT benchmark('{}'::ratio_summary, 'NaN'); \echo :SQLSTATE
SELECT benchmark('{}'::ratio_summary, 'Infinity'); \echo :SQLSTATE
SELECT minimum_base('{}'::ratio_summary, -1); \echo :SQLSTATE
SELECT chart('{}'::ratio_summary, 39); \echo :SQLSTATE
SELECT chart('{}'::ratio_summary, 301); \echo :SQLSTATE
-- what does not exist for ratios, in PostgreSQL's words: what it adds to them differs between its versions
\set VERBOSITY terse
SELECT subtract('{}'::ratio_summary, '{}'::ratio_summary); \echo :SQLSTATE
SELECT ratio(1, 2, 3); \echo :SQLSTATE
\set VERBOSITY default
