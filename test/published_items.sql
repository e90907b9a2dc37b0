BEGIN;
SELECT plan(19);

-- Reliability and key drivers against what papers, textbooks and other programs print. A number
-- agrees when it is within half a unit of the last digit printed. "computed" means that
-- computed/items.R printed it.

\ir examples/printed.sql
-- A summary whose co-moments are those of a correlation matrix
CREATE FUNCTION pg_temp.items_of(correlations float8[], respondents bigint) RETURNS items_summary
LANGUAGE sql AS $$
	SELECT format('{"items": %s, "respondents": %s, "dropped": 0, "means": %s, "comoments": %s}', k,
		respondents, to_json(array_fill(0, ARRAY[k])),
		(SELECT json_agg(correlations[i][j] ORDER BY i, j)
			FROM generate_series(1, k) AS i, generate_series(1, i) AS j))::items_summary
	FROM (SELECT array_length(correlations, 1) AS k) AS s
$$;
-- A summary of equally correlated items with a given alpha
CREATE FUNCTION pg_temp.items_with(alpha float8, items int, respondents bigint) RETURNS items_summary
LANGUAGE sql AS $$
	SELECT pg_temp.items_of(array_agg(line ORDER BY i), respondents)
	FROM (SELECT i, array_agg(CASE WHEN i = j THEN 1 ELSE alpha / (items - alpha * (items - 1)) END
			ORDER BY j) AS line
		FROM generate_series(1, items) AS i, generate_series(1, items) AS j GROUP BY i) AS l
$$;

-- Feldt's interval

-- (dgbonett.github.io/statpsych/reference/ci.cronbach.html prints .7971254 to .8931436 for alpha .85
-- of 7 items, 89 respondents: its second degrees of freedom are n (k - 1), not (n - 1) (k - 1).)
SELECT pg_temp.agree(ARRAY[r.alpha, r.low, r.high], ARRAY[0.913, 0.9044024, 0.9211588],
	'imaging.mrc-cbu.cam.ac.uk/statswiki/FAQ/cafun: alpha .913 of 20 items, 873 respondents')
FROM reliability(pg_temp.items_with(0.913, 20, 873)) AS r;

-- Cronbach's alpha from rows

CREATE TABLE five_items (a int, b int, c int, d int, e int);
INSERT INTO five_items VALUES (10, 12, 15, 11, 12), (12, 18, 12, 12, 1), (8, 16, 14, 14, 4),
	(6, 8, 16, 8, 6), (4, 7, 8, 7, 5), (6, 6, 3, 7, 3), (3, 4, 6, 5, 8), (7, 3, 7, 9, 9),
	(8, 9, 4, 10, 10), (9, 5, 6, 11, 12);
\set denis 'Denis, Applied Univariate, Bivariate, and Multivariate Statistics, in livelib.biz/read_928329/p38'
SELECT pg_temp.agree(ARRAY[cronbach_alpha(items(a, b, c, d, e))], ARRAY[0.633], :'denis' || ': alpha')
FROM five_items;
SELECT pg_temp.agree(array_agg(r.mean ORDER BY r.item),
	ARRAY[7.3000, 8.8000, 9.1000, 9.4000, 7.0000], :'denis' || ': means')
FROM report((SELECT items(a, b, c, d, e) FROM five_items)) AS r;
SELECT pg_temp.agree(array_agg(r.stddev ORDER BY r.item),
	ARRAY[2.71006, 5.05085, 4.74810, 2.71621, 3.80058], :'denis' || ': standard deviations')
FROM report((SELECT items(a, b, c, d, e) FROM five_items)) AS r;
SELECT pg_temp.agree(array_agg(correlation(x, i, j) ORDER BY i, j),
	ARRAY[0.679, 0.351, 0.827, 0.022, 0.612, 0.743, -0.463, 0.462, -0.129, -0.011],
	:'denis' || ': correlations')
FROM (SELECT items(a, b, c, d, e) AS x FROM five_items) AS s, generate_series(1, 5) AS i,
	generate_series(i + 1, 5) AS j;
SELECT pg_temp.agree(ARRAY[r.correlation_with_rest], ARRAY[0.712],
	:'denis' || ': corrected item-total correlation of the first item')
FROM report((SELECT items(a, b, c, d, e) FROM five_items)) AS r WHERE r.item = 1;

-- mpg, cyl, disp, hp, gear, carb of the cars in R's mtcars
CREATE TABLE cars (mpg float8, cyl float8, disp float8, hp float8, gear float8, carb float8);
INSERT INTO cars VALUES (21, 6, 160, 110, 4, 4), (21, 6, 160, 110, 4, 4), (22.8, 4, 108, 93, 4, 1),
	(21.4, 6, 258, 110, 3, 1), (18.7, 8, 360, 175, 3, 2), (18.1, 6, 225, 105, 3, 1),
	(14.3, 8, 360, 245, 3, 4), (24.4, 4, 146.7, 62, 4, 2), (22.8, 4, 140.8, 95, 4, 2),
	(19.2, 6, 167.6, 123, 4, 4), (17.8, 6, 167.6, 123, 4, 4), (16.4, 8, 275.8, 180, 3, 3),
	(17.3, 8, 275.8, 180, 3, 3), (15.2, 8, 275.8, 180, 3, 3), (10.4, 8, 472, 205, 3, 4),
	(10.4, 8, 460, 215, 3, 4), (14.7, 8, 440, 230, 3, 4), (32.4, 4, 78.7, 66, 4, 1),
	(30.4, 4, 75.7, 52, 4, 2), (33.9, 4, 71.1, 65, 4, 1), (21.5, 4, 120.1, 97, 3, 1),
	(15.5, 8, 318, 150, 3, 2), (15.2, 8, 304, 150, 3, 2), (13.3, 8, 350, 245, 3, 4),
	(19.2, 8, 400, 175, 3, 2), (27.3, 4, 79, 66, 4, 1), (26, 4, 120.3, 91, 5, 2),
	(30.4, 4, 95.1, 113, 5, 2), (15.8, 8, 351, 264, 5, 4), (19.7, 6, 145, 175, 5, 6),
	(15, 8, 301, 335, 5, 8), (21.4, 4, 121, 109, 4, 2);
SELECT pg_temp.agree(ARRAY[cronbach_alpha(items(cyl, gear, carb, hp))], ARRAY[0.09463206],
	'github.com/easystats/performance tests/testthat/test-cronbachs_alpha.R: unlike scales')
FROM cars;

-- Relative weights

SELECT pg_temp.agree(array_agg(d.relative_weight ORDER BY d.item),
	ARRAY[0.2284797, 0.2221469, 0.2321744, 0.0963886],
	'github.com/martinctc/rwa articles/introduction-to-rwa.md: raw weights of mtcars')
FROM drivers((SELECT items(mpg, cyl, disp, hp, gear) FROM cars), 1) AS d;
SELECT pg_temp.agree(array_agg(100 * d.relative_share ORDER BY d.item) || max(d.r_squared),
	ARRAY[29.32274, 28.50999, 29.79691, 12.37037, 0.7791896],
	'github.com/martinctc/rwa articles/introduction-to-rwa.md: rescaled weights, R squared')
FROM drivers((SELECT items(mpg, cyl, disp, hp, gear) FROM cars), 1) AS d;
SELECT pg_temp.agree(array_agg(d.relative_weight ORDER BY d.item),
	ARRAY[0.24066119, 0.05492664, 0.12143476, 0.28158189],
	'rdrr.io/cran/iopsych/man/relWt.html: the last of five variables')
FROM drivers(pg_temp.items_of('{{1,0.2,0.3,0.4,-0.4},{0.2,1,0.5,0.1,0.1},{0.3,0.5,1,0.2,-0.3},{0.4,0.1,0.2,1,0.4},{-0.4,0.1,-0.3,0.4,1}}', 50), 5) AS d;

-- Computed: answers that a formula makes

CREATE TABLE made AS
SELECT i, l + (i * i * 3) % 17 AS a, 0.5 * l + (i * i * 4) % 17 AS b, -0.25 * l + (i * i * 5) % 17 AS c,
	0.75 * l + (i * i * 6) % 17 AS d, (i * i * 7) % 17 AS e
FROM (SELECT i, ((37 * i) % 41)::float8 AS l FROM generate_series(1, 60) AS i) AS s;
CREATE TABLE summary AS SELECT items(a, b, c, d, e, a / 3 - c + (29 * i) % 23) AS x, items(a, b) AS two FROM made;
\set computed 'computed with R 4.2.2, psych 2.2.9, items.R: '
SELECT pg_temp.agree(array_agg(r.mean ORDER BY r.item) || array_agg(r.stddev ORDER BY r.item),
	ARRAY[28.15, 18.0166666667, 3.13333333333, 23.2, 8.03333333333, 17.1333333333,
		12.5033215926, 8.47976987749, 4.98567155998, 9.84733036179, 3.95725751066, 10.4245134287],
	:'computed' || 'means and standard deviations') FROM summary, report(x) AS r;
SELECT pg_temp.agree(ARRAY[r.alpha, r.low, r.high], ARRAY[0.743649659334, 0.628246755099, 0.832407330146],
	:'computed' || 'alpha with its interval') FROM summary, reliability(x) AS r;
SELECT pg_temp.agree(array_agg(r.correlation_with_rest ORDER BY r.item),
	ARRAY[0.886970596373, 0.825585090316, -0.588734253357, 0.838898802654, 0.296659434792, 0.557637628344],
	:'computed' || 'correlation with the rest') FROM summary, report(x) AS r;
SELECT pg_temp.agree(array_agg(r.alpha_without ORDER BY r.item),
	ARRAY[0.545387972154, 0.607949782197, 0.861343989843, 0.585692161622, 0.752281789074, 0.684387774289],
	:'computed' || 'alpha without each item') FROM summary, report(x) AS r;
SELECT pg_temp.agree(ARRAY[r.alpha, r.low, r.high, w.correlation_with_rest],
	ARRAY[0.873166207594, 0.78766349406, 0.924239071257, 0.834043096473],
	:'computed' || 'two items') FROM summary, reliability(two) AS r, report(two) AS w WHERE w.item = 1;
SELECT pg_temp.agree(array_agg(d.correlation ORDER BY d.item),
	ARRAY[0.647200430287, 0.649774420647, -0.699140746216, 0.535717664061, 0.116678472721],
	:'computed' || 'correlation with the outcome') FROM summary, drivers(x, 6) AS d;
SELECT pg_temp.agree(array_agg(d.beta ORDER BY d.item),
	ARRAY[0.40011113643, 0.0793081038792, -0.515821876482, -0.124826970351, 0.0982655542081],
	:'computed' || 'standardised coefficients') FROM summary, drivers(x, 6) AS d;
SELECT pg_temp.agree(array_agg(d.relative_weight ORDER BY d.item),
	ARRAY[0.134205981432, 0.120349291089, 0.270484633125, 0.075580314449, 0.0150898102709],
	:'computed' || 'relative weights') FROM summary, drivers(x, 6) AS d;
SELECT pg_temp.agree(array_agg(DISTINCT d.r_squared), ARRAY[0.615710030366],
	:'computed' || 'R squared') FROM summary, drivers(x, 6) AS d;

SELECT * FROM finish();
ROLLBACK;
