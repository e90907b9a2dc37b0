BEGIN;
SELECT plan(54);

-- Means and ratios against worked examples from papers, reference data sets and other programs'
-- documentation. A number agrees when it is within half a unit of the last digit printed in the
-- source. A description starts with the source; "computed" means that no printed example was found
-- and that means.R, ratios.R or bootstrap.R, in computed/, printed the number, which then agrees
-- to 1e-9.

\set go_stats 'www.itl.nist.gov/div898/strd/univ/homepage.html, in github.com/montanaflynn/stats nist_test.go: '
\set statpsych 'rdrr.io/cran/statpsych/f/tests/testthat/_snaps/statpsych1.md: '
\set uxr 'github.com/joe-chelladurai/uxr docs/reference/'
\set deff 'github.com/cran/survey tests/deff.Rout.save (Tsuchiya): '
\set r_survey 'r-survey.r-forge.r-project.org/survey/example-summary.html and R package survey, vignette survey: '
\set means 'computed with R 4.2.2, survey 4.1.1, means.R: '
\set ratios 'computed with R 4.2.2, survey 4.1.1, ratios.R: '
\set bootstrap 'computed with R 4.2.2, bootstrap.R: '

\ir examples/printed.sql

CREATE FUNCTION pg_temp.equal(found float8[], expected float8[], source text,
	tolerance float8 DEFAULT 1e-9) RETURNS text
LANGUAGE sql AS $$
	SELECT is(array_agg(CASE WHEN abs(f - e) <= tolerance * abs(e) THEN e ELSE f END ORDER BY i),
		expected, source)
	FROM unnest(found, expected) WITH ORDINALITY AS u(f, e, i)
$$;

CREATE FUNCTION pg_temp.sample_of(x float8[]) RETURNS sample_summary
LANGUAGE sql AS $$
	SELECT sample(v) FROM unnest(x) AS v
$$;

CREATE FUNCTION pg_temp.sample_of(x float8[], weights float8[]) RETURNS sample_summary
LANGUAGE sql AS $$
	SELECT sample(v, w) FROM unnest(x, weights) AS u(v, w)
$$;

CREATE FUNCTION pg_temp.ratio_of(numerators float8[], denominators float8[]) RETURNS ratio_summary
LANGUAGE sql AS $$
	SELECT ratio(x, y) FROM unnest(numerators, denominators) AS u(x, y)
$$;

-- Means and standard deviations: NIST Statistical Reference Datasets, univariate. PiDigits is left
-- out, as its 5000 digits are not quite those of pi (whose mean is 4.5358, not 4.5348).

CREATE TEMPORARY TABLE nist (name text, value float8) ON COMMIT DROP;
INSERT INTO nist SELECT 'Lew', unnest('{
	-213,-564,-35,-15,141,115,-420,-360,203,-338,-431,194,-220,-513,154,-125,-559,92,-21,-579,-52,99,
	-543,-175,162,-457,-346,204,-300,-474,164,-107,-572,-8,83,-541,-224,180,-420,-374,201,-236,-531,
	83,27,-564,-112,131,-507,-254,199,-311,-495,143,-46,-579,-90,136,-472,-338,202,-287,-477,169,
	-124,-568,17,48,-568,-135,162,-430,-422,172,-74,-577,-13,92,-534,-243,194,-355,-465,156,-81,-578,
	-64,139,-449,-384,193,-198,-538,110,-44,-577,-6,66,-552,-164,161,-460,-344,205,-281,-504,134,-28,
	-576,-118,156,-437,-381,200,-220,-540,83,11,-568,-160,172,-414,-408,188,-125,-572,-32,139,-492,
	-321,205,-262,-504,142,-83,-574,0,48,-571,-106,137,-501,-266,190,-391,-406,194,-186,-553,83,-13,
	-577,-49,103,-515,-280,201,300,-506,131,-45,-578,-80,138,-462,-361,201,-211,-554,32,74,-533,-235,
	187,-372,-442,182,-147,-566,25,68,-535,-244,194,-351,-463,174,-125,-570,15,72,-550,-190,172,-424,
	-385,198,-218,-536,96}'::float8[]);
INSERT INTO nist SELECT 'Lottery', unnest('{
	162,671,933,414,788,730,817,33,536,875,670,236,473,167,877,980,316,950,456,92,517,557,956,954,104,
	178,794,278,147,773,437,435,502,610,582,780,689,562,964,791,28,97,848,281,858,538,660,972,671,613,
	867,448,738,966,139,636,847,659,754,243,122,455,195,968,793,59,730,361,574,522,97,762,431,158,429,
	414,22,629,788,999,187,215,810,782,47,34,108,986,25,644,829,630,315,567,919,331,207,412,242,607,
	668,944,749,168,864,442,533,805,372,63,458,777,416,340,436,140,919,350,510,572,905,900,85,389,473,
	758,444,169,625,692,140,897,672,288,312,860,724,226,884,508,976,741,476,417,831,15,318,432,241,
	114,799,955,833,358,935,146,630,830,440,642,356,373,271,715,367,393,190,669,8,861,108,795,269,590,
	326,866,64,523,862,840,219,382,998,4,628,305,747,247,34,747,729,645,856,974,24,568,24,694,608,480,
	410,729,947,293,53,930,223,203,677,227,62,455,387,318,562,242,428,968}'::float8[]);
INSERT INTO nist SELECT 'Mavro', (200000 + v) / 100000.0 FROM unnest('{
	180,170,180,190,180,170,150,140,150,150,170,180,180,190,190,210,200,160,140,130,130,150,150,160,
	150,140,130,140,150,140,150,160,150,160,190,200,200,210,220,230,240,250,270,260,260,260,270,260,
	250,240}'::int[]) AS v;
-- hundredths above 299, and how often each was measured
INSERT INTO nist SELECT 'Michelso', (29900 + v) / 100.0
FROM unnest('{62,65,72,74,75,76,77,78,79,80,81,82,83,84,85,86,87,88,89,90,91,92,93,94,95,96,97,98,100,107}'::int[],
	'{1,1,3,3,1,5,1,2,3,5,10,2,2,8,8,3,4,10,3,2,2,1,2,3,3,4,1,3,3,1}'::int[]) AS u(v, times),
	generate_series(1, times);
INSERT INTO nist VALUES ('NumAcc1', 10000001), ('NumAcc1', 10000003), ('NumAcc1', 10000002);
INSERT INTO nist SELECT name, (origin * 10 + 2 + CASE WHEN i = 0 THEN 0 WHEN i % 2 = 1 THEN -1 ELSE 1 END) / 10.0
FROM (VALUES ('NumAcc2', 1), ('NumAcc3', 1000000), ('NumAcc4', 10000000)) AS v(name, origin),
	generate_series(0, 1000) AS i ORDER BY name, i;

-- The certified values have 15 digits. A sum of 1001 numbers is rounded 1001 times, by 2^-53 each:
-- 1e-13. What the doubles that stand for 1000000.1 and 10000000.1
-- differ from these decimals moves the standard deviation by 3.3e-10 and 5.6e-9 of itself: no
-- program that reads doubles comes nearer. How near the summation comes is asked below, where the
-- deviation of those very doubles is known.
SELECT pg_temp.equal(ARRAY[mean(s)], ARRAY[e.mean], :'go_stats' || 'mean of ' || e.name, 1e-13)
FROM (VALUES
	('Lottery', 518.958715596330::float8), ('Lew', -177.435000000000),
	('Mavro', 2.00185600000000), ('Michelso', 299.852400000000), ('NumAcc1', 10000002.0),
	('NumAcc2', 1.2), ('NumAcc3', 1000000.2), ('NumAcc4', 10000000.2)
) AS e(name, mean),
	(SELECT name, sample(value) AS s FROM nist GROUP BY name) AS n
WHERE n.name = e.name;
SELECT pg_temp.equal(ARRAY[standard_deviation(s)], ARRAY[e.deviation],
	:'go_stats' || 'standard deviation of ' || e.name, e.tolerance)
FROM (VALUES
	('Lottery', 291.699727470969::float8, 1e-14::float8),
	('Lew', 277.332168044316, 1e-14), ('Mavro', 0.000429123454003053, 1e-12),
	('Michelso', 0.0790105478190518, 1e-12), ('NumAcc1', 1.0, 1e-14), ('NumAcc2', 0.1, 1e-14),
	('NumAcc3', 0.1, 1e-9), ('NumAcc4', 0.1, 1e-8)
) AS e(name, deviation, tolerance),
	(SELECT name, sample(value) AS s FROM nist GROUP BY name) AS n
WHERE n.name = e.name;

-- Less the origin these doubles are exact, and so are they and their squares times a power of two.
-- Youngs and Cramer's update takes k x minus the sum of k values, which is 0.1 k and rounded to
-- 2^-53 of 1e7 k: 1.1e-8 of itself, and some thirtieth of that in the sum of 1000 squares.
SELECT pg_temp.equal(ARRAY[standard_deviation(sample(value))],
	ARRAY[sqrt((sum(whole * whole) - sum(whole) ^ 2 / count(*)) / (count(*) - 1)) / 2.0 ^ 60],
	'the exact deviation of the doubles of ' || name, tolerance)
FROM (SELECT name, value, ((value - origin) * 2.0 ^ 60)::numeric AS whole, tolerance
	FROM nist JOIN (VALUES ('NumAcc3', 1000000, 2e-10::float8), ('NumAcc4', 10000000, 1e-9)) AS o(name, origin, tolerance)
	USING (name)) AS d
GROUP BY name, tolerance;

-- One mean

SELECT pg_temp.agree(ARRAY[b.difference, b.low, b.high, b.p_value],
	ARRAY[-1.58, -2.4598858, -0.7001142, 0.002833],
	'www.dummies.com, How to compare paired data with R: Student''s sleep data, paired')
FROM benchmark(pg_temp.sample_of('{-1.2,-2.4,-1.3,-1.3,0,-1,-1.8,-0.8,-4.6,-1.4}'), 0) AS b;
SELECT pg_temp.agree(ARRAY[e.low, e.high], v.printed, :'statpsych' || v.what)
FROM (VALUES
	('ci.mean, 40 values', sample_summary(40, 24.5, 3.65), ARRAY[23.33267, 25.66733]),
	('ci.mean in version 2.0 (rdrr.io/cran/statpsych/man/ci.mean.html), 10 values',
		sample_summary(10, 38.3, 8.14), ARRAY[32.47699, 44.12301])
) AS v(what, s, printed), estimate(v.s) AS e;
SELECT pg_temp.agrees((benchmark(sample_summary(20, 68, 17), 60, 0.95, 'greater')).p_value, 0.024,
	:'uxr' || 'compare_benchmark_score.html: twenty scores of mean 68 above 60?');
SELECT pg_temp.agree(ARRAY[e.estimate, (e.high - e.low) / 2], ARRAY[3.27, 1.1],
	'github.com/hadi-gharibi/user-research conftest.py (Sauro and Lewis, Quantifying the User'
	' Experience): 15 ratings of a task, mean and margin')
FROM estimate(pg_temp.sample_of('{3,5,3,7,1,6,2,5,1,1,3,2,6,2,2}')) AS e;
SELECT pg_temp.agree(ARRAY[mean(a), standard_deviation(a), mean(b), standard_deviation(b)],
	ARRAY[4.72, 2.42, 3.53, 1.96],
	'ro.scribd.com/document/268467591 (Bland and Altman, BMJ 312:1153, 1996), table 1')
FROM pg_temp.sample_of('{1.8,2.2,2.4,2.5,2.8,2.8,3.2,3.6,3.8,4.0,4.2,4.4,4.8,5.6,6.0,6.2,6.6,7.0,10.0,10.4}') AS a,
	pg_temp.sample_of('{1.8,2.0,2.0,2.0,3.0,3.8,4.2,5.4,7.6}') AS b;

-- Two means

SELECT pg_temp.agree(ARRAY[mean(a), mean(b), c.low, c.high, c.p_value],
	ARRAY[0.75, 2.33, -3.3654832, 0.2054832, 0.07939],
	'github.com/MontseFigueiro/TtestR ttest.md: Student''s sleep data, Welch')
FROM pg_temp.sample_of('{0.7,-1.6,-0.2,-1.2,-0.1,3.4,3.7,0.8,0,2}') AS a,
	pg_temp.sample_of('{1.9,0.8,1.1,0.1,-0.1,4.4,5.5,1.6,4.6,3.4}') AS b,
	compare(a, b) AS c;
-- Its p-value, 1.9e-9, is left out: 1 - pt(t) there has lost the last digits that it prints.
SELECT pg_temp.agree(ARRAY[c.difference, c.low, c.high],
	ARRAY[5.1, 3.721998, 6.478002], :'statpsych' || 'ci.mean2, Welch')
FROM compare(sample_summary(30, 15.4, 2.67), sample_summary(20, 10.3, 2.15)) AS c;
SELECT pg_temp.agree(ARRAY[c.low, c.high, c.p_value], ARRAY[-0.156, 3.30, 0.0707],
	:'uxr' || 'compare_means_between_groups.html: Welch')
FROM compare(pg_temp.sample_of('{4,2,5,3,6,2,5}'), pg_temp.sample_of('{5,2,1,2,1,3,2}')) AS c;

SELECT pg_temp.equal(ARRAY[mean(s), standard_deviation(s), low(s), high(s)],
	ARRAY[79.3750000000, 15.4891824422, 69.5336429947, 89.2163570053], :'means' || 'unweighted score')
FROM pg_temp.sample_of('{90,77.5,72.5,95,62.5,57.5,100,95,82.5,80,52.5,87.5}') AS s;
SELECT pg_temp.equal(ARRAY[c.difference, c.low, c.high, c.p_value],
	ARRAY[16.5625000000, 2.95625714037, 30.1687428596, 0.0199782891492], :'means' || 'unweighted score - other')
FROM compare(pg_temp.sample_of('{90,77.5,72.5,95,62.5,57.5,100,95,82.5,80,52.5,87.5}'),
	pg_temp.sample_of('{55,62.5,70,45,82.5,60,77.5,50}')) AS c;

-- Weighted means. A standard error is the standard deviation over the root of effective_n.

SELECT pg_temp.agree(ARRAY[mean(s), standard_deviation(s) / sqrt(effective_n(s))],
	ARRAY[243.914, 48.752], :'deff' || 'weighted mean and its linearised standard error')
FROM pg_temp.sample_of('{15,143,21,51,337,50,274,145,15,86}', '{20,200,11,25,550,30,250,100,10,55}') AS s;
SELECT pg_temp.agree(ARRAY[mean(s), standard_deviation(s) / sqrt(effective_n(s)), effective_n(s)],
	ARRAY[113.700, 35.626, 10.000], :'deff' || 'equal weights')
FROM pg_temp.sample_of('{15,143,21,51,337,50,274,145,15,86}', '{100,100,100,100,100,100,100,100,100,100}') AS s;

CREATE TEMPORARY TABLE score (value float8, weight float8) ON COMMIT DROP;
INSERT INTO score VALUES (90, 1.2), (77.5, 0.8), (72.5, 2.5), (95, 0.5), (62.5, 1.0), (57.5, 3.1),
	(100, 0.7), (95, 1.9), (82.5, 0.6), (80, 2.2), (52.5, 1.4), (87.5, 0.9);
CREATE TEMPORARY TABLE other (value float8, weight float8) ON COMMIT DROP;
INSERT INTO other VALUES (55, 0.5), (62.5, 1.5), (70, 1.25), (45, 2), (82.5, 0.75), (60, 1),
	(77.5, 0.25), (50, 0.75);

SELECT pg_temp.equal(ARRAY[r.mean, r.stddev, r.effective_n, r.low, r.high], v.expected,
	:'means' || 'weighted, ' || v.what)
FROM (VALUES
	('score', (SELECT sample(value, weight) FROM score), 0.95::float8,
		ARRAY[75.4613095238, 15.5594791987, 9.39478325520, 63.8503563259, 87.0722627217]::float8[]),
	('score, 80 %', (SELECT sample(value, weight) FROM score), 0.8,
		ARRAY[75.4613095238, 15.5594791987, 9.39478325520, 68.4003650497, 82.5222539980]),
	('other', (SELECT sample(value, weight) FROM other), 0.95,
		ARRAY[59.6875000000, 12.6905124854, 6.36109723968, 47.0108453724, 72.3641546276]),
	('bounded by twice Kish''s number', pg_temp.sample_of('{10,8,0}', '{1000,1,1}'), 0.95,
		ARRAY[9.98802395210, 0.394301260674, 2.00800398399, 6.51809215457, 13.4579557496])
) AS v(what, s, confidence, expected), report(v.s, v.confidence) AS r;
SELECT pg_temp.equal(ARRAY[standard_deviation(s) / sqrt(effective_n(s))], ARRAY[5.07635135578],
	:'means' || 'weighted score, linearised standard error')
FROM (SELECT sample(value, weight) AS s FROM score) AS t;
SELECT pg_temp.equal(ARRAY[effective_n(sample(4, weight))], ARRAY[9.02879078695],
	:'means' || 'constant answers: Kish''s number')
FROM score;
SELECT pg_temp.equal(ARRAY[c.difference, c.low, c.high, c.p_value], v.expected,
	:'means' || 'weighted score - other, ' || v.confidence)
FROM (VALUES
	(0.95::float8, ARRAY[15.7738095238, 0.348869586189, 31.1987494614, 0.0457089869816]::float8[]),
	(0.9, ARRAY[15.7738095238, 3.12610151346, 28.4215175342, 0.0457089869816])
) AS v(confidence, expected),
	compare((SELECT sample(value, weight) FROM score), (SELECT sample(value, weight) FROM other), v.confidence) AS c;
SELECT pg_temp.equal(ARRAY[t.difference, t.p_value, g.p_value, l.p_value],
	ARRAY[7.46130952381, 0.178066243629, 0.0890331218147, 0.910966878185], :'means' || 'weighted score against 68')
FROM (SELECT sample(value, weight) AS s FROM score) AS x,
	benchmark(x.s, 68) AS t,
	benchmark(x.s, 68, 0.95, 'greater') AS g,
	benchmark(x.s, 68, 0.95, 'less') AS l;

-- Ratios. In a sample of clusters a mean is a ratio of their totals: here of 15 of the 757 school
-- districts of California (R data set apiclus1), with test takers, enrolment, the schools' sum of
-- scores, and schools. The published errors contain the finite population correction, which the
-- type does not know. 2.144786687917804 is the t quantile of 14 degrees of freedom.

CREATE TEMPORARY TABLE district (takers float8, enrolled float8, scores float8, schools float8) ON COMMIT DROP;
INSERT INTO district VALUES (6047, 6777, 9372, 13), (12618, 15038, 22508, 34), (1461, 1668, 2077, 4),
	(5935, 6958, 8593, 13), (7573, 9025, 11369, 16), (610, 683, 1116, 2), (199, 274, 551, 1),
	(1184, 1436, 1888, 4), (6431, 7375, 9111, 12), (12292, 14968, 13761, 21), (1877, 2180, 6386, 9),
	(4895, 6081, 7359, 11), (22452, 25814, 20394, 37), (532, 680, 905, 2), (1373, 1641, 2493, 4);
SELECT pg_temp.agree(ARRAY[e.estimate, (e.high - e.low) / 2 / 2.144786687917804 * sqrt(1 - 15 / 757.0)],
	ARRAY[0.8497087, 0.008386297], :'r_survey' || 'svyratio(~api.stu, ~enroll), ratio and standard error')
FROM estimate((SELECT ratio(takers, enrolled) FROM district)) AS e;
SELECT pg_temp.agree(ARRAY[e.estimate, (e.high - e.low) / 2 / 2.144786687917804 * sqrt(1 - 15 / 757.0)],
	ARRAY[644.169399, 23.5422], :'r_survey' || 'svymean(~api00), mean and standard error')
FROM estimate((SELECT ratio(scores, schools) FROM district)) AS e;
SELECT pg_temp.equal(ARRAY[a.estimate, (a.high - a.low) / 2 / 2.144786687917804,
		b.estimate, (b.high - b.low) / 2 / 2.144786687917804],
	ARRAY[0.849708741724, 0.00847064019493, 644.169398907, 23.7790107209], :'ratios' || 'school districts')
FROM estimate((SELECT ratio(takers, enrolled) FROM district)) AS a,
	estimate((SELECT ratio(scores, schools) FROM district)) AS b;

CREATE TEMPORARY TABLE unit (name text, numerator float8, denominator float8) ON COMMIT DROP;
INSERT INTO unit
SELECT name, u.* FROM (VALUES
	('a', '{0,1,0,3,2,0,7,1,0,4,1,12}'::float8[], '{2,5,1,9,4,3,20,2,1,11,6,41}'::float8[]),
	('b', '{1,0,0,2,1,0,3,0,1}', '{8,3,2,14,5,1,25,4,9}'),
	('c', '{120.5,0,33.25,410,75,8.75,59.5,260}', '{4,1,2,9,3,1,2,5}')
) AS v(name, x, y), unnest(x, y) AS u;

SELECT pg_temp.equal(ARRAY[e.estimate, e.low, e.high], v.expected,
	:'ratios' || concat_ws(' ', v.name, v.confidence))
FROM (VALUES
	('a', 0.95::float8, ARRAY[0.295238095238, 0.246962082196, 0.343514108280]::float8[]),
	('a', 0.9, ARRAY[0.295238095238, 0.255847480298, 0.334628710178]),
	('b', 0.95, ARRAY[0.112676056338, 0.0819893949452, 0.143362717731]),
	('c', 0.95, ARRAY[35.8148148148, 22.7607128375, 48.8689167921])
) AS v(name, confidence, expected),
	estimate((SELECT ratio(numerator, denominator) FROM unit WHERE name = v.name), v.confidence) AS e;
SELECT pg_temp.equal(ARRAY[t.difference, t.low, t.high, t.p_value, g.p_value, l.p_value], v.expected,
	:'ratios' || concat_ws(' ', v.name, 'against', v.target))
FROM (VALUES
	('a', 0.25::float8, ARRAY[0.0452380952381, -0.00303791780365, 0.0935141082798, 0.0635926543058,
		0.0317963271529, 0.968203672847]::float8[]),
	('c', 30, ARRAY[5.81481481481, -7.23928716250, 18.8689167921, 0.327198805025, 0.163599402513, 0.836400597487])
) AS v(name, target, expected),
	LATERAL (SELECT ratio(numerator, denominator) AS r FROM unit WHERE name = v.name) AS u,
	benchmark(u.r, v.target) AS t,
	benchmark(u.r, v.target, 0.95, 'greater') AS g,
	benchmark(u.r, v.target, 0.95, 'less') AS l;
SELECT pg_temp.equal(ARRAY[d.difference, d.low, d.high, d.p_value, q.ratio, q.low, q.high, q.p_value],
	v.expected, :'ratios' || 'a - b and a / b, ' || v.confidence)
FROM (VALUES
	(0.95::float8, ARRAY[0.182562038900, 0.128519069364, 0.236605008436, 1.53614603632e-06,
		2.62023809524, 1.94253452108, 3.53437614685, 7.30521250598e-06]::float8[]),
	(0.9, ARRAY[0.182562038900, 0.137984993804, 0.227139083996, 1.53614603632e-06,
		2.62023809524, 2.04931493666, 3.35021599312, 7.30521250598e-06])
) AS v(confidence, expected),
	LATERAL (SELECT (SELECT ratio(numerator, denominator) FROM unit WHERE name = 'a') AS a,
		(SELECT ratio(numerator, denominator) FROM unit WHERE name = 'b') AS b) AS u,
	compare(u.a, u.b, v.confidence) AS d,
	compare_ratio(u.a, u.b, v.confidence) AS q;

-- The delta method against a bootstrap over customers: 200 customers made by Lehmer's generator,
-- x <- 48271 x modulo 2^31 - 1, from 12345. A customer comes 1 + floor(30 u^4) times and brings
-- 5 + 60 v^3 each time: 20 per visit in the population. bootstrap.R, which repeats this and says
-- so with the same sums, printed: 20000 resamples, seed 1979, standard error 1.970787528, 95 %
-- percentile interval 18.35861293 to 26.06782284; the delta method's error is 0.990 of it. It also
-- drew 20000 times as many customers each as stated and counted how often the 95 % interval of the
-- delta method held the true ratio: 10 customers 0.772, 30 0.878, 100 0.927, 300 0.944. The
-- normal theory needs many units when few of them carry most of the visits.

CREATE TEMPORARY TABLE customer (visits float8, revenue float8) ON COMMIT DROP;
INSERT INTO customer
WITH RECURSIVE lehmer(i, x) AS (
	VALUES (1, 48271::bigint * 12345 % 2147483647)
	UNION ALL
	SELECT i + 1, 48271 * x % 2147483647 FROM lehmer WHERE i < 400
), uniform AS (
	SELECT (i + 1) / 2 AS customer,
		max(x) FILTER (WHERE i % 2 = 1) / 2147483647.0::float8 AS u,
		max(x) FILTER (WHERE i % 2 = 0) / 2147483647.0::float8 AS v
	FROM lehmer GROUP BY 1
)
SELECT visits, visits * (5 + 60 * v * v * v)
FROM (SELECT 1 + floor(30 * u * u * u * u) AS visits, v FROM uniform) AS t;
SELECT pg_temp.equal(ARRAY[e.n, denominator(r), numerator(r), e.estimate, e.low, e.high],
	ARRAY[200, 1213, 26822.8378, 22.1128094, 18.26354219, 25.9620766], :'bootstrap' || 'the same customers', 2e-9)
FROM (SELECT ratio(revenue, visits) AS r FROM customer) AS c, estimate(c.r) AS e;
-- 1.971956544251752 is the t quantile of 199 degrees of freedom.
SELECT ok((e.high - e.low) / 2 / 1.971956544251752 BETWEEN 0.97 * 1.970787528 AND 1.03 * 1.970787528,
	:'bootstrap' || 'the standard error is within 3 % of the bootstrap''s')
FROM estimate((SELECT ratio(revenue, visits) FROM customer)) AS e;
SELECT ok(abs(e.low - 18.35861293) < 0.1 * 1.970787528 AND abs(e.high - 26.06782284) < 0.1 * 1.970787528,
	:'bootstrap' || 'the ends are within a tenth of a standard error of the percentile interval''s')
FROM estimate((SELECT ratio(revenue, visits) FROM customer)) AS e;

SELECT * FROM finish();
ROLLBACK;
