-- likert_summary: forms, aggregates, accessors, verbs, conversions, comparison.
SET extra_float_digits = -6;

-- Text form
SELECT '{"low": 1, "high": 5, "counts": [1, 2, 3, 4, 5]}'::likert_summary;
SELECT ' {"counts":[ 1,2.0 ],"high":0,"low":-1} '::likert_summary;
SELECT '{"low": 1, "high": 3, "counts": [1, 2, 3], "weights": [1, 2, 3], "squares": [1, 2, 3]}'::likert_summary AS unweighted;
SELECT '{"low": 1, "high": 3, "counts": [1, 2, 3], "weights": [1, 2, 3], "squares": [1, 2.5, 3]}'::likert_summary AS weighted;
SELECT '{"low": -32768, "high": -32767, "counts": [0, 1]}'::likert_summary, '{"low": 32766, "high": 32767, "counts": [0, 1]}'::likert_summary;
SELECT '{}'::likert_summary, ' { } '::likert_summary;
SELECT counts(likert_summary(0, array_fill(1, '{101}')::bigint[])) = array_fill(1, '{101}')::bigint[] AS points_101;

-- Binary form
SELECT likert_summary_send('{"low": 1, "high": 3, "counts": [1, 2, 3]}');
SELECT likert_summary_send('{"low": -1, "high": 1, "counts": [1, 2, 3], "weights": [1, 2, 3], "squares": [1, 2.5, 3]}');
SELECT likert_summary_send('{}');

-- Casts
SELECT x::jsonb, x::json, x::jsonb::text::likert_summary = x AS same
FROM (VALUES
	(likert_summary(1, '{1,2,3}')), ('{}'),
	('{"low": 1, "high": 3, "counts": [1, 2, 3], "weights": [1, 2, 3], "squares": [1, 2.5, 3]}')) AS v(x);

-- Aggregates: one for each type of answer
CREATE TEMP TABLE answers (id int, a2 smallint, a4 integer, weight numeric);
INSERT INTO answers SELECT i, 1 + i % 5, 1 + i % 5, (i % 4) / 2.0 FROM generate_series(1, 12) AS i;
INSERT INTO answers VALUES (13, NULL, NULL, NULL);
SELECT likert(a2, 1, 5), likert(a4, 1, 5) FROM answers;
SELECT likert(a4::bigint, 1, 5), likert(a4::real, 1, 5), likert(a4::numeric, 1, 5), likert(a4::float8, 0, 6) FROM answers;
SELECT likert(a4 - 3, -2, 2), likert(a4 + 32762, 32763, 32767), likert(a4 - 32769, -32768, -32764) FROM answers;
SELECT a4 % 2 AS odd, likert(a4, 1, 5) FROM answers GROUP BY 1 ORDER BY 1;
-- each group may have its own scale
SELECT k, likert(a, low, high) FROM (VALUES ('a', 1, 1, 5), ('b', 0, 0, 3), ('a', 5, 1, 5), ('b', 3, 0, 3)) AS v(k, a, low, high) GROUP BY k ORDER BY k;
SELECT likert(NULL::smallint, 1, 5), likert(NULL::integer, 1, 5), likert(NULL::float8, 1, 5), likert(NULL::float8, 1, 5, 1);
SELECT likert(a2, 1, 5), likert(a4, 1, 5), likert(a4::float8, 1, 5), likert(a4, 1, 5, weight) FROM answers WHERE false;
-- a row that is no answer brings no scale
SELECT likert(a, low, high) FROM (VALUES (NULL, 7, 1), (2, 1, 3), (NULL, NULL, NULL)) AS v(a, low, high);
SELECT likert(a4, 1, 5, weight), likert(a2, 1, 5, weight::float8) FROM answers;
SELECT likert(a4, 1, 5, 0) FROM answers;
SELECT likert(a4, 1, 5, 1), likert(a4::bigint, 1, 5, 2::smallint) FROM answers;
-- the first weighted answer makes room for the weights of those before
SELECT likert(a, 1, 3, w) FROM (VALUES (1, 1.0), (2, 1.0), (3, 2.5), (1, 1.0)) AS v(a, w);

-- Construction
SELECT likert_summary(1, '{1,2,3}'), likert_summary(low => -1, counts => '{0,0}'), likert_summary(1, '[5:6]={1,2}');
SELECT likert_summary(NULL, '{1,2}'), likert_summary(1, NULL);

-- Merging and subtraction
SELECT likert_summary(1, '{1,2,3}') + likert_summary(1, '{3,2,1}'), likert_summary(1, '{1,2,3}') - likert_summary(1, '{1,0,3}');
SELECT likert_summary(1, '{1,2,3}') + NULL, NULL + likert_summary(1, '{1,2,3}'), merge(NULL::likert_summary, NULL), likert_summary(1, '{1,2,3}') - NULL;
SELECT u + w AS mixed, w + u AS mixed_too, u + w - w AS first, w + u - u AS second
FROM (SELECT likert(1, 1, 2, 1) AS u, likert(2, 1, 2, 0.5) AS w) AS s;
SELECT likert(1, 1, 2, 0.5) + likert(1, 1, 2, 1.5) - likert(1, 1, 2, 0.5) - likert(1, 1, 2, 1.5) AS nothing;
SELECT rollup(x) FROM (VALUES (likert_summary(1, '{1,2}')), (NULL), ('{}'), (likert_summary(3, '{0,0,0}')), (likert_summary(1, '{4,8}'))) AS v(x);
SELECT rollup(x) FROM (VALUES ('{}'::likert_summary), (likert_summary(3, '{0,0,0}')), (NULL)) AS v(x);
SELECT rollup(x) FROM (SELECT likert_summary(1, '{1,2}') AS x WHERE false) AS v;
-- A summary of no answers goes with every scale
SELECT '{}' + likert_summary(1, '{1,2}'), likert_summary(1, '{1,2}') + '{}', likert_summary(1, '{1,2}') + likert_summary(3, '{0,0}'), likert_summary(1, '{1,2}') - likert_summary(3, '{0,0}');
SELECT '{}' + likert_summary(1, '{0,0}'), likert_summary(1, '{0,0}') + '{}', likert_summary(1, '{0,0}') + likert_summary(3, '{0,0}');

-- Accessors
SELECT mean(x), standard_deviation(x), median(x), interpolated_median(x), agreement_index(x), consensus(x), n(x), effective_n(x)
FROM (VALUES (likert_summary(1, '{1,2,3,4,5}')), (likert_summary(1, '{0,0,7,0,0}')), (likert_summary(1, '{5,0,0,0,5}')), (likert_summary(1, '{2,2,2,2,2}')),
	(likert_summary(1, '{0,0,1,0,0}')), (likert_summary(1, '{0,0,0}')), ('{}'), (NULL)) AS v(x);
SELECT scale_low(x), scale_high(x), counts(x) FROM (VALUES (likert_summary(-1, '{1,2}')), ('{}'), (NULL)) AS v(x);
SELECT mean(x), standard_deviation(x), median(x), interpolated_median(x), n(x), effective_n(x) FROM (SELECT likert(a4, 1, 5, weight) FROM answers) AS v(x);
SELECT effective_n(likert(3, 1, 5, w)) AS kish FROM (VALUES (1), (2), (3)) AS v(w);
-- the median of a tie lies between the points used, whether or not they are neighbours
SELECT median(likert_summary(1, '{2,2,0}')), median(likert_summary(1, '{2,0,2}')), median(likert_summary(1, '{1,0,0,0,0,1,2}')), median(likert_summary(1, '{1,1,1}'));

-- Verbs
\x on
SELECT * FROM report(likert_summary(1, '{1,2,3,4,5}'));
SELECT * FROM report(likert_summary(1, '{1,2,3,4,5}'), 0.9, 't');
SELECT * FROM report((SELECT likert(a4, 1, 5, weight) FROM answers));
SELECT * FROM report(likert_summary(1, '{3,4}'));
SELECT * FROM report(likert_summary(1, '{0,0,1}'));
SELECT * FROM report(likert_summary(1, '{0,0,0}'));
SELECT * FROM report('{}'::likert_summary);
SELECT * FROM report(NULL::likert_summary);
\x off
SELECT * FROM estimate(likert_summary(1, '{1,2,3,4,5}'));
SELECT * FROM estimate(NULL::likert_summary);
SELECT low(x), high(x), low(x, 0.5), high(x, 0.5) FROM (VALUES (likert_summary(1, '{1,2,3,4,5}')), (likert_summary(1, '{0,0,9}')), (likert_summary(1, '{1,0,1}')), ('{}'), (NULL)) AS v(x);
SELECT * FROM confidence_interval(likert_summary(1, '{1,2,3,4,5}'), 0.99, 't');
SELECT * FROM compare(likert_summary(1, '{1,2,3,4,5}'), likert_summary(1, '{5,4,3,2,1}'));
SELECT * FROM compare(likert_summary(1, '{1,2,3,4,5}'), likert_summary(1, '{0,0,0,0,1}'), 0.9, 'welch');
SELECT * FROM compare(likert_summary(1, '{1,0,0,0,1}'), likert_summary(1, '{1,0,0,0,1}'), 0.999);
SELECT * FROM compare(likert_summary(1, '{1,2}'), NULL);
SELECT a, b.* FROM unnest('{two-sided,greater,less}'::text[]) AS a, benchmark(likert_summary(1, '{1,2,3,4,5}'), 3.0, 0.95, a) AS b;
SELECT * FROM benchmark(likert_summary(1, '{1,2,3,4,5}'), 5, 0.9, 'less', 't');
SELECT * FROM benchmark('{}'::likert_summary, 5);
SELECT minimum_base(likert_summary(1, '{1,2}'), 3), minimum_base(likert_summary(1, '{1,2}'), 4), minimum_base('{}'::likert_summary, 0);
SELECT * FROM distribution(likert_summary(1, '{1,2,0,4,5}'));
SELECT * FROM distribution(likert_summary(1, '{1,2,0}'), 0.8);
SELECT * FROM distribution(likert_summary(1, '{0,0,0}'));
SELECT * FROM distribution('{}'::likert_summary);
SELECT * FROM distribution(NULL::likert_summary);
SELECT distribution(likert_summary(1, '{1,3}'), 0.9);
SELECT * FROM distribution((SELECT likert(a4, 1, 5, weight) FROM answers));

-- Conversions
SELECT top_box(x, 1), top_box(x, 4), bottom_box(x, 1), bottom_box(x, 2), csat(x), csat(x, 1) FROM (VALUES (likert_summary(1, '{1,2,3,4,5}'))) AS v(x);
SELECT csat(likert_summary(1, '{1,2,3,4,5,6,7}')), csat(likert_summary(-3, '{1,2,3,4,5,6,7}')), csat('{}'::likert_summary), top_box('{}'::likert_summary, 9), bottom_box('{}'::likert_summary, -1);
SELECT top_box(likert(a4, 1, 5, weight), 2) AS weighted FROM answers;
SELECT net(likert_summary(1, '{1,2,3,4,5}'), 1), net(likert_summary(1, '{1,2,3,4,5}'), 2), net(likert_summary(1, '{3,4}'), 1), net('{}'::likert_summary, 7);
SELECT net(likert(a4, 1, 5, weight), 2) AS weighted FROM answers;
SELECT to_nps(likert_summary(0, '{1,1,1,1,1,1,1,1,1,1,1}')), to_nps(likert_summary(0, '{0,0,0,0,0,0,1,2,4,8,16}')), to_nps('{}'::likert_summary);
SELECT to_nps(likert(a, 0, 10, a + 1)) = nps(a, a + 1) AS same FROM generate_series(0, 10) AS a;

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(likert_summary(1, '{1,2,3,4,5}'));
SELECT chart(likert_summary(-1, '{1,0,12}'), 40);
SELECT chart(likert_summary(1, '{0,0}'), 40);
SELECT chart('{}'::likert_summary, 40);
SELECT chart(likert(a4, 1, 5, weight), 60) FROM answers;
SELECT svg(likert_summary(1, '{1,2,3}'));
SELECT svg('{}'::likert_summary);
\pset format aligned
\pset tuples_only off

-- Comparison: by scale, then counts from the lowest point up, then weights
SELECT x FROM (VALUES
	(likert_summary(1, '{1,2}')), (likert_summary(1, '{1,1}')), (likert_summary(0, '{9,9}')), (NULL), (likert_summary(1, '{1,2}')), ('{}'),
	('{"low": 1, "high": 2, "counts": [1, 0], "weights": [2, 0], "squares": [4, 0]}'), (likert_summary(1, '{1,0}')), (likert_summary(1, '{0,0,0}'))) AS v(x)
GROUP BY x ORDER BY x;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, likert_summary_cmp(a, b)
FROM (VALUES (likert_summary(1, '{1,2}'), likert_summary(1, '{1,2}')), (likert_summary(1, '{1,2}'), likert_summary(1, '{1,3}')), (likert_summary(1, '{2,0}'), likert_summary(0, '{9,9}')), (NULL, likert_summary(1, '{1,2}'))) AS v(a, b);
SELECT likert_summary_hash(x) = likert_summary_hash(likert_summary(1, '{1,0}')) AS same_hash,
	likert_summary_hash_extended(x, 42) = likert_summary_hash_extended(likert_summary(1, '{1,0}'), 42) AS same_extended,
	likert_summary_hash_extended(x, 1) = likert_summary_hash_extended(x, 2) AS seed_ignored
FROM (SELECT likert(1, 1, 2, 2) + likert(1, 1, 2, 1) - likert(1, 1, 2, 2)) AS v(x);
