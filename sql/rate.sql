-- rate_summary: forms, aggregates, accessors, verbs, comparison.
SET extra_float_digits = -6;

-- Text form
SELECT '{"successes": 3, "failures": 1, "undecided": 2}'::rate_summary, ' {"undecided":2.0,"failures":1,"successes":3} '::rate_summary;
SELECT '{"successes": 2, "failures": 1, "undecided": 0, "weights": [2, 1, 0], "squares": [2, 1, 0]}'::rate_summary AS unweighted;
SELECT '{"successes": 2, "failures": 1, "undecided": 1, "weights": [2, 1, 3], "squares": [2.5, 1, 9]}'::rate_summary AS weighted;

-- Binary form
SELECT rate_summary_send('{"successes": 3, "failures": 1, "undecided": 2}');
SELECT rate_summary_send('{"successes": 2, "failures": 1, "undecided": 1, "weights": [2, 1, 3], "squares": [2.5, 1, 9]}');

-- Casts
SELECT x::jsonb, x::json, x::jsonb::text::rate_summary = x AS same
FROM (VALUES (rate_summary(3, 4, 2)), ('{"successes": 2, "failures": 1, "undecided": 1, "weights": [2, 1, 3], "squares": [2.5, 1, 9]}')) AS v(x);

-- Aggregates: NULL is not decided yet, and is counted apart
CREATE TEMP TABLE attempts (id int, done boolean, weight numeric);
INSERT INTO attempts SELECT i, CASE i % 4 WHEN 0 THEN NULL ELSE i % 4 = 1 END, (i % 3) / 2.0 FROM generate_series(1, 12) AS i;
SELECT rate(done), rate(done IS NOT NULL), rate(id > 4) FROM attempts;
SELECT rate(done) FILTER (WHERE id > 9), rate(DISTINCT done) FROM attempts;
SELECT rate(NULL::boolean), rate(NULL::boolean, 2);
SELECT rate(done), rate(done, weight) FROM attempts WHERE false;
SELECT rate(done, weight), rate(done, 0), rate(done, 1), rate(done, 0.5::real) FROM attempts;

-- Construction
SELECT rate_summary(3, 4), rate_summary(3, 4, 2), rate_summary(successes => 0, trials => 0), rate_summary(3, 4, undecided => 1);
SELECT rate_summary(NULL, 4), rate_summary(3, 4, NULL);
SELECT rate_summary(72057594037927935, 144115188075855870, 72057594037927935);

-- Merging and subtraction
SELECT rate_summary(3, 4, 2) + rate_summary(1, 2, 1), rate_summary(3, 4, 2) - rate_summary(1, 2, 1), rate_summary(3, 4, 2) - rate_summary(3, 4, 2);
SELECT rate_summary(3, 4) + NULL, NULL + rate_summary(3, 4), merge(NULL::rate_summary, NULL), rate_summary(3, 4) - NULL;
SELECT rate(true, 0.5) + rate(false, 1.5), rate(true, 0.5) + rate(false, 1.5) - rate(true, 0.5);
SELECT rollup(x) FROM (VALUES (rate_summary(1, 2)), (NULL), (rate_summary(0, 0)), (rate_summary(2, 2, 5))) AS v(x);
SELECT rollup(x) FROM (VALUES (rate_summary(0, 0)), (NULL)) AS v(x);
SELECT rollup(x) FROM (VALUES (rate_summary(0, 0, 1))) AS v(x);

-- Accessors; n is that of the share
SELECT share(x), successes(x), failures(x), trials(x), undecided(x), n(x), effective_n(x)
FROM (VALUES (rate_summary(3, 4, 2)), (rate_summary(0, 0, 2)), (rate_summary(0, 0)), (NULL)) AS v(x);
SELECT share(x), trials(x), undecided(x), n(x), effective_n(x) FROM (SELECT rate(done, weight) FROM attempts) AS v(x);
SELECT effective_n(rate(true, w)) AS kish FROM (VALUES (1), (2), (3)) AS v(w);

-- Verbs
\x on
SELECT * FROM report(rate_summary(30, 40, 20));
SELECT * FROM report(rate_summary(30, 40, 20), 0.9, 'mid-p');
SELECT * FROM report((SELECT rate(done, weight) FROM attempts));
SELECT * FROM report(rate_summary(0, 0, 2));
SELECT * FROM report(rate_summary(0, 0));
SELECT * FROM report(NULL::rate_summary);
\x off
SELECT * FROM estimate(rate_summary(30, 40, 20));
SELECT * FROM estimate(rate_summary(30, 40), 0.9, 'adjusted-wald');
SELECT * FROM estimate(NULL::rate_summary);
SELECT low(x), high(x), low(x, 0.5), high(x, 0.5) FROM (VALUES (rate_summary(30, 40)), (rate_summary(0, 5)), (rate_summary(5, 5)), (rate_summary(0, 0)), (NULL)) AS v(x);
SELECT x, m, c.low, c.high FROM (VALUES (rate_summary(7, 20)), (rate_summary(0, 20)), (rate_summary(20, 20))) AS v(x),
	unnest('{wilson,agresti-coull,adjusted-wald,clopper-pearson,jeffreys,mid-p,wald}'::text[]) WITH ORDINALITY AS u(m, i), confidence_interval(x, 0.95, m) AS c ORDER BY x, i;
SELECT * FROM confidence_interval(rate_summary(0, 0, 1));
SELECT m, c.* FROM unnest('{miettinen-nurminen,newcombe}'::text[]) AS m, compare(rate_summary(56, 70), rate_summary(48, 80), 0.95, m) AS c;
SELECT m, c.* FROM unnest('{miettinen-nurminen,newcombe}'::text[]) AS m, compare(rate_summary(5, 5), rate_summary(5, 5), 0.95, m) AS c;
SELECT * FROM compare(rate_summary(5, 5), rate_summary(0, 0, 3));
SELECT * FROM compare(rate_summary(5, 5), NULL);
SELECT m, a, b.* FROM unnest('{mid-p,exact}'::text[]) AS m, unnest('{two-sided,greater,less}'::text[]) AS a, benchmark(rate_summary(56, 70), 0.7, 0.95, a, m) AS b;
SELECT t, b.* FROM unnest('{0,1}'::float8[]) AS t, benchmark(rate_summary(0, 5), t) AS b;
SELECT * FROM benchmark(rate_summary(0, 0, 1), 0.7);
-- only what is decided makes a base
SELECT minimum_base(rate_summary(3, 4, 2), 4), minimum_base(rate_summary(3, 4, 2), 5);

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(rate_summary(30, 40, 20));
SELECT chart(rate_summary(30, 40), 40);
SELECT chart(rate_summary(0, 0), 40);
SELECT svg(rate_summary(30, 40, 20));
\pset format aligned
\pset tuples_only off

-- Comparison: successes, failures, undecided, then weights
SELECT x FROM (VALUES (rate_summary(1, 2, 3)), (rate_summary(1, 2, 2)), (rate_summary(0, 9)), (NULL), (rate_summary(1, 2, 3)), ('{"successes": 1, "failures": 0, "undecided": 0, "weights": [2, 0, 0], "squares": [4, 0, 0]}'), (rate_summary(1, 1))) AS v(x) GROUP BY x ORDER BY x;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, rate_summary_cmp(a, b)
FROM (VALUES (rate_summary(1, 2), rate_summary(1, 2)), (rate_summary(1, 2), rate_summary(1, 3)), (rate_summary(2, 2), rate_summary(1, 9)), (NULL, rate_summary(1, 1))) AS v(a, b);
SELECT rate_summary_hash(x) = rate_summary_hash(rate_summary(1, 1)) AS same_hash,
	rate_summary_hash_extended(x, 42) = rate_summary_hash_extended(rate_summary(1, 1), 42) AS same_extended,
	rate_summary_hash_extended(x, 1) = rate_summary_hash_extended(x, 2) AS seed_ignored
FROM (SELECT rate(true, 2) + rate(true, 1) - rate(true, 2)) AS v(x);
