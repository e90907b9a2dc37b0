-- nps_summary: forms, aggregates, accessors, verbs, comparison.
-- Numbers are shown with nine digits, so that the last bits of a machine's arithmetic do not matter.
SET extra_float_digits = -6;

-- Text form: keys in any order, blanks anywhere, whole numbers written as 5.0
SELECT '{"promoters": 5, "passives": 3, "detractors": 2}'::nps_summary;
SELECT ' { "detractors":2.0 , "promoters":5,"passives":3 } '::nps_summary;
SELECT '{"promoters": 0, "passives": 0, "detractors": 0}'::nps_summary;
SELECT '{"promoters": -0, "passives": 1, "detractors": 72057594037927935}'::nps_summary;
-- weights that are all one are the unweighted form
SELECT '{"promoters": 2, "passives": 1, "detractors": 0, "weights": [2, 1.0, 0], "squares": [2.000, 1, 0]}'::nps_summary;
SELECT '{"promoters": 2, "passives": 1, "detractors": 0, "weights": [2, 1.5, 0], "squares": [2.5, 2.25, 0]}'::nps_summary;
SELECT '{"squares": [2.5, 2.25, 0], "weights": [2, 1.5, 0], "detractors": 0, "passives": 1, "promoters": 2}'::nps_summary;
SELECT '{"promoters": 1, "passives": 1, "detractors": 1, "weights": [0.001, 1000000, 0.333333], "squares": [0.000001, 1000000000000, 0.111110888889]}'::nps_summary;
SELECT '{"promoters": 5, "passives": 3, "detractors": 2, "net": {"low": 1, "high": 5, "boxes": 2}}'::nps_summary;
SELECT '{"net": {"boxes": 1, "high": -32767, "low": -32768}, "promoters": 5, "passives": 3, "detractors": 2}'::nps_summary;
SELECT '{"promoters": 5, "passives": 3, "detractors": 2, "net": {"low": -50, "high": 50, "boxes": 50}}'::nps_summary;
SELECT '{"promoters": 2, "passives": 1, "detractors": 0, "weights": [2, 1.5, 0], "squares": [2.5, 2.25, 0], "net": {"low": 1, "high": 5, "boxes": 2}}'::nps_summary;

-- Binary form
SELECT nps_summary_send('{"promoters": 5, "passives": 3, "detractors": 2}');
SELECT nps_summary_send('{"promoters": 2, "passives": 1, "detractors": 0, "weights": [2, 1.5, 0], "squares": [2.5, 2.25, 0]}');
SELECT nps_summary_send('{"promoters": 5, "passives": 3, "detractors": 2, "net": {"low": -1, "high": 5, "boxes": 2}}');

-- Casts, which do not lose anything
SELECT nps_summary(5, 3, 2)::jsonb, nps_summary(5, 3, 2)::json;
SELECT x::jsonb::text::nps_summary = x AS same, x::json::text::nps_summary = x AS same_json, x::jsonb
FROM (VALUES
	(nps_summary(5, 3, 2)),
	('{"promoters": 2, "passives": 1, "detractors": 0, "weights": [2, 1.5, 0], "squares": [2.5, 2.25, 0]}'),
	('{"promoters": 5, "passives": 3, "detractors": 2, "net": {"low": 1, "high": 5, "boxes": 2}}')) AS v(x);

-- Aggregates: one for each type of answer
CREATE TEMP TABLE answers (id int, a2 smallint, a4 integer, weight numeric);
INSERT INTO answers SELECT a, a, a, (a % 3) / 2.0 FROM generate_series(0, 10) AS a;
INSERT INTO answers VALUES (11, NULL, NULL, NULL);
SELECT nps(a2), nps(a4) FROM answers;
SELECT nps(a4::bigint), nps(a4::real), nps(a4::numeric), nps(a4::float8) FROM answers;
SELECT a4, nps(a4) FROM answers GROUP BY a4 ORDER BY a4;
-- NULL is no answer: a group of nothing else is NULL, and so is no row at all
SELECT nps(NULL::smallint), nps(NULL::integer), nps(NULL::float8), nps(NULL::float8, 1), nps(NULL::float8, NULL);
SELECT nps(a2), nps(a4), nps(a4::float8), nps(a4, weight) FROM answers WHERE false;
SELECT nps(a4) FILTER (WHERE a4 > 8), nps(DISTINCT a4), nps(a4 ORDER BY id DESC) FROM answers;
-- Weights of any type of number; 0 drops the row, 1 is no weight
SELECT nps(a2, weight) FROM answers;
SELECT nps(a4, weight::real), nps(a4::bigint, 1), nps(a4::numeric, 1::smallint) FROM answers;
SELECT nps(a4, 0) FROM answers;
SELECT nps(a4, 0.001), nps(a4, 1000000) FROM answers;
-- A weight is rounded to a millionth
SELECT nps(9, 1.0000004), nps(9, 1.0000005), nps(9, 1.0000006);

-- Construction
SELECT nps_summary(5, 3, 2), nps_summary(0, 0, 0), nps_summary(promoters => 1, passives => 2, detractors => 3);
SELECT nps_summary(NULL, 1, 1);
SELECT nps_summary(72057594037927935, 72057594037927935, 72057594037927935);

-- Merging and subtraction
SELECT nps_summary(5, 3, 2) + nps_summary(1, 2, 3), merge(nps_summary(5, 3, 2), nps_summary(1, 2, 3));
SELECT nps_summary(5, 3, 2) - nps_summary(1, 2, 2), subtract(a => nps_summary(5, 3, 2), b => nps_summary(5, 3, 2));
SELECT nps_summary(5, 3, 2) + NULL, NULL + nps_summary(5, 3, 2), merge(NULL::nps_summary, NULL);
SELECT nps_summary(5, 3, 2) - NULL, NULL - nps_summary(5, 3, 2);
SELECT nps(9, 0.5) + nps(9, 1.5) AS sum, nps(9, 0.5) + nps(9, 1.5) - nps(9, 1.5) AS difference, nps(9, 2) + nps(9, 1) - nps(9, 2) AS unweighted;
SELECT rollup(x) FROM (VALUES (nps_summary(1, 0, 0)), (NULL), (nps_summary(0, 0, 0)), (nps_summary(1, 2, 3))) AS v(x);
SELECT rollup(x) FROM (VALUES (nps_summary(0, 0, 0)), (NULL)) AS v(x);
SELECT rollup(x) FROM (SELECT nps_summary(1, 2, 3) AS x WHERE false) AS v;
-- A summary of no answers goes with every kind
SELECT net(likert_summary(1, '{1,2,3}'), 1) + nps_summary(0, 0, 0), nps_summary(1, 1, 1) + net(likert_summary(1, '{0,0,0}'), 1);
SELECT net(likert_summary(1, '{1,2,3}'), 1) - nps_summary(0, 0, 0), nps_summary(0, 0, 0) - net(likert_summary(1, '{0,0,0}'), 1);
SELECT nps_summary(0, 0, 0) + net(likert_summary(1, '{0,0,0}'), 1), net(likert_summary(1, '{0,0,0}'), 1) + nps_summary(0, 0, 0);
SELECT net(likert_summary(1, '{0,0,0}'), 1) + net(likert_summary(2, '{0,0,0}'), 1);
SELECT rollup(x) FROM (VALUES (nps_summary(0, 0, 0)), (net(likert_summary(0, '{0,0,0}'), 1)), (net(likert_summary(1, '{1,2,3}'), 1)), (net(likert_summary(1, '{3,2,1}'), 1))) AS v(x);

-- Accessors
SELECT score(x), promoters(x), passives(x), detractors(x), n(x), effective_n(x) FROM (VALUES (nps_summary(5, 3, 2)), (nps_summary(0, 0, 0)), (NULL)) AS v(x);
SELECT promoter_share(x), passive_share(x), detractor_share(x) FROM (VALUES (nps_summary(5, 3, 2)), (nps_summary(0, 0, 0)), (NULL)) AS v(x);
SELECT score(x), promoters(x), n(x), effective_n(x), promoter_share(x) FROM (SELECT nps(a4, weight) FROM answers) AS v(x);
-- without variance effective_n is Kish's
SELECT effective_n(nps(9, w)) FROM (VALUES (1), (2), (3)) AS v(w);
SELECT score(nps_summary(7, 0, 0)), score(nps_summary(0, 7, 0)), score(nps_summary(0, 0, 7)), score(nps_summary(1, 1, 1));

-- Verbs
\x on
SELECT * FROM report(nps_summary(50, 30, 20));
SELECT * FROM report(nps_summary(50, 30, 20), 0.9, 'tango');
SELECT * FROM report(nps_summary(50, 30, 20), method => 'wald');
SELECT * FROM report((SELECT nps(a4, weight) FROM answers));
SELECT * FROM report(nps_summary(0, 0, 0));
SELECT * FROM report(NULL::nps_summary);
\x off
SELECT * FROM estimate(nps_summary(50, 30, 20));
SELECT * FROM estimate(net(likert_summary(1, '{1,2,3,4,5}'), 2), 0.8, 'tango');
SELECT * FROM estimate(nps_summary(0, 0, 0));
SELECT * FROM estimate(NULL::nps_summary);
SELECT low(nps_summary(50, 30, 20)), high(nps_summary(50, 30, 20)), low(nps_summary(50, 30, 20), 0.5), high(nps_summary(50, 30, 20), 0.5);
SELECT low(nps_summary(0, 0, 0)), high(nps_summary(0, 0, 0)), low(NULL::nps_summary), high(nps_summary(1, 1, 1), NULL);
SELECT m, c.* FROM unnest('{adjusted-wald,tango,wald}'::text[]) AS m, confidence_interval(nps_summary(50, 30, 20), 0.95, m) AS c;
SELECT m, c.* FROM unnest('{adjusted-wald,tango,wald}'::text[]) AS m, confidence_interval(nps_summary(3, 0, 0), 0.95, m) AS c;
SELECT * FROM confidence_interval(nps_summary(0, 0, 0));
SELECT m, c.* FROM unnest('{adjusted-wald,wald}'::text[]) AS m, compare(nps_summary(50, 30, 20), nps_summary(30, 30, 40), 0.95, m) AS c;
SELECT * FROM compare(nps_summary(50, 30, 20), nps_summary(0, 0, 0));
SELECT * FROM compare(nps_summary(50, 30, 20), NULL);
SELECT * FROM compare(net(likert_summary(1, '{1,2,3}'), 1), net(likert_summary(1, '{3,2,1}'), 1));
SELECT m, a, b.* FROM unnest('{adjusted-wald,tango,wald}'::text[]) AS m, unnest('{two-sided,greater,less}'::text[]) AS a, benchmark(nps_summary(50, 30, 20), 20, 0.95, a, m) AS b;
SELECT * FROM benchmark(nps_summary(0, 0, 0), 20);
SELECT * FROM benchmark(nps_summary(1, 1, 0), -100);
SELECT minimum_base(nps_summary(5, 3, 2), 10), minimum_base(nps_summary(5, 3, 2), 11), minimum_base(nps_summary(0, 0, 0), 0);
SELECT g.k, r.score, r.n FROM (VALUES (1, nps_summary(50, 30, 20)), (2, minimum_base(nps_summary(1, 0, 0), 30))) AS g(k, s), report(g.s) AS r;

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(nps_summary(50, 30, 20));
SELECT chart(nps_summary(1, 0, 2), 40);
SELECT chart(nps_summary(0, 0, 0), 50);
SELECT chart(net(likert_summary(1, '{1,2,3,4,5}'), 2), width => 60);
SELECT chart(nps_summary(72057594037927935, 1, 0), 300) = chart(nps_summary(72057594037927935, 1, 0)) AS same;
SELECT svg(nps_summary(50, 30, 20));
SELECT svg(nps_summary(0, 0, 0));
\pset format aligned
\pset tuples_only off

-- Comparison: promoters first, then passives, then detractors, then weights; nets by their scale
SELECT x FROM (VALUES
	(nps_summary(1, 2, 3)), (nps_summary(1, 2, 2)), (nps_summary(0, 9, 9)), (NULL), (nps_summary(1, 2, 3)),
	('{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0, 0], "squares": [4, 0, 0]}'), (nps_summary(1, 0, 0)), (net(likert_summary(1, '{0,0,1}'), 1)), (net(likert_summary(0, '{0,0,1}'), 1)), (net(likert_summary(0, '{0,0,0,1}'), 1))) AS v(x)
GROUP BY x ORDER BY x;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, nps_summary_cmp(a, b)
FROM (VALUES (nps_summary(1, 2, 3), nps_summary(1, 2, 3)), (nps_summary(1, 2, 3), nps_summary(1, 2, 4)), (nps_summary(2, 0, 0), nps_summary(1, 9, 9)), (NULL, nps_summary(1, 1, 1))) AS v(a, b);
SELECT nps_summary_hash(nps(9, 2) + nps(9, 1) - nps(9, 2)) = nps_summary_hash(nps_summary(1, 0, 0)) AS same_hash,
	nps_summary_hash_extended(nps(9, 2) + nps(9, 1) - nps(9, 2), 42) = nps_summary_hash_extended(nps_summary(1, 0, 0), 42) AS same_extended,
	nps_summary_hash_extended(nps_summary(1, 0, 0), 1) = nps_summary_hash_extended(nps_summary(1, 0, 0), 2) AS seed_ignored;
