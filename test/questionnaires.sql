-- Standard questionnaires: published examples, then what must hold for every sheet of answers.
BEGIN;
SELECT plan(127);
SELECT setseed(0.2) IS NULL AS ignored \gset

-- A number agrees when it is within half a unit of the last digit printed in the source. A
-- description starts with the source; "computed" means that the source prints a formula only, and
-- that the number was worked out from it by hand.

\set brooke 'what-when-how.com/Tutorial/topic-18348v65/Measuring-the-User-Experience-Collecting-Analyzing-and-Presenting-Usability-Metrics-157.html (Tullis and Albert, figure 6.8, the example of Brooke 1996): '
\set sus_cli 'github.com/silleknarf/SUS README.md: '
\set sus_sheets 'github.com/jkru3/financial-portfolio-rebalancer trade-dashboard/docs/evaluation.md: '
\set percentiles 'measuringu.com/interpret-sus-score (within one point, being interpolated here): '
\set grades 'Sauro and Lewis, Quantifying the User Experience, 2016, curved grading scale, ends of the printed ranges: '
\set bangor 'docslib.org/doc/4268678/determining-what-individual-sus-scores-mean-adding-an-adjective (Bangor, Kortum and Miller 2009), mean of the adjective: '
\set umux 'help.qualaroo.com/usability-metric-for-user-experience (Finstad 2010), computed: '
\set umux_lite 'blucado.com/umux-lite-a-detailed-insight-on-the-umuxs-kid (Lewis, Utesch and Maher 2013), computed: '
\set umux_lite_sus 'github.com/paulamatdesign/uxscores descriptions/umux_lite.md (Lewis, Utesch and Maher 2015), computed: '
\set ux_lite 'measuringu.com/how-to-score-and-interpret-the-ux-lite, computed: '
\set asq 'michaelyeap.blogspot.com/2009/10/oct-9-after-scenario-questionnaire-asq.html (Lewis 1993), computed: '
\set pssuq 'uxsharelab.com/when-calculating-pssuq-scores-what-happens-with-na-answers: '
\set ueq_s 'github.com/M-Colley/colleyRstats tests/testthat/test-questionnaires.R: '
\set ueq_s_computed '634nakajima.com/device-exercise-2/en/evaluation/ueq-s.html (Schrepp, Hinderks and Thomaschewski 2017), computed: '
\set raw_tlx 'github.com/UoB-COMSM0166/2025-group-30 NASA_TLX.md: '
\set weighted_tlx 'medicalalgorithms.com/calculating-the-nasa-task-load-index-nasa-tlx-for-a-task (Hart and Staveland 1988), computed: '
\set lostness 'what-when-how.com/Tutorial/topic-18348v65/Measuring-the-User-Experience-Collecting-Analyzing-and-Presenting-Usability-Metrics-108.html (Tullis and Albert, figures 4.7 and 4.8; Smith 1996): '
\set lostness_computed 'chineseseoshifu.com/blog/do-your-visitors-get-lost-on-your-site.html (Smith 1996), computed: '

CREATE FUNCTION pg_temp.agrees(value float8, printed numeric, source text) RETURNS text
LANGUAGE sql AS $$
	SELECT is(CASE WHEN abs(value - printed) <= 0.5000001 * 10.0 ^ (-scale(printed)) THEN printed ELSE value::numeric END, printed, source)
$$;

-- SUS

SELECT is(sus(VARIADIC answers), printed, source) FROM (VALUES
	-- the figure prints contributions; the answers are those, plus 1, or 5 less those
	('{5,4,2,1,2,3,2,4,5,2}'::int[], 55::float8, :'brooke' || 'contributions 4 1 1 4 1 2 1 1 4 3'),
	('{4,1,5,2,5,1,4,2,3,1}', 85, :'sus_cli' || '4152514231'),
	('{2,1,4,1,4,3,4,2,3,3}', 67.5, :'sus_sheets' || 'test 1'),
	('{1,1,5,1,3,1,5,2,1,3}', 67.5, :'sus_sheets' || 'test 2'),
	('{1,2,3,1,3,1,3,3,3,2}', 60, :'sus_sheets' || 'test 3'),
	('{4,1,4,2,5,2,5,2,5,2}', 85, :'sus_sheets' || 'test 4'),
	('{1,4,2,3,4,3,3,3,4,3}', 45, :'sus_sheets' || 'test 5'),
	('{4,3,3,1,3,2,5,2,4,2}', 72.5, :'sus_sheets' || 'test 6'),
	('{5,2,4,3,4,2,5,2,4,3}', 75, :'sus_sheets' || 'test 7'),
	('{3,1,3,2,4,1,4,3,4,3}', 70, :'sus_sheets' || 'test 8'),
	('{4,1,4,1,5,1,4,2,4,1}', 87.5, :'sus_sheets' || 'test 9')) AS e(answers, printed, source);

SELECT ok(abs(sus_percentile(score) - printed) < 1, :'percentiles' || score)
FROM (VALUES (75, 73), (74, 70), (68, 50), (52, 15)) AS e(score, printed);
SELECT is(format('%s %s', sus_grade(score), floor(sus_percentile(score))), printed, :'grades' || score)
FROM (VALUES (51.6, 'F 14'), (51.7, 'D 15'), (62.6, 'D 34'), (62.7, 'C- 35'), (64.9, 'C- 40'), (65.0, 'C 41'), (71.0, 'C 59'), (71.1, 'C+ 60'), (72.5, 'C+ 64'), (72.6, 'B- 65'), (74.0, 'B- 69'),
	(74.1, 'B 70'), (77.1, 'B 79'), (77.2, 'B+ 80'), (78.8, 'B+ 84'), (78.9, 'A- 85'), (80.7, 'A- 89'), (80.8, 'A 90'), (84.0, 'A 95'), (84.1, 'A+ 96'), (100, 'A+ 100')) AS e(score, printed);
SELECT is(sus_adjective(mean), adjective, :'bangor' || mean)
FROM (VALUES (12.5, 'worst imaginable'), (20.3, 'awful'), (35.7, 'poor'), (50.9, 'OK'), (71.4, 'good'), (85.5, 'excellent'), (90.9, 'best imaginable')) AS e(mean, adjective);

-- UMUX and the short forms

SELECT pg_temp.agrees(umux(VARIADIC answers), printed, :'umux' || answers::text) FROM (VALUES
	('{6,2,5,3}'::int[], 75.00), ('{5,4,3,6}', 41.67), ('{7,2,6,1}', 91.67), ('{1,4,2,2}', 37.50), ('{2,7,1,6}', 8.33)) AS e(answers, printed);
SELECT pg_temp.agrees(umux_lite(ease, usefulness), printed, :'umux_lite' || concat_ws(' ', ease, usefulness)) FROM (VALUES
	(6, 5, 75.00), (6, 6, 83.33), (2, 5, 41.67), (7, 6, 91.67)) AS e(ease, usefulness, printed);
SELECT pg_temp.agrees(umux_lite_sus(ease, usefulness), printed, :'umux_lite_sus' || concat_ws(' ', ease, usefulness)) FROM (VALUES
	(7, 7, 87.90), (1, 1, 22.90), (6, 5, 71.65), (2, 5, 49.98)) AS e(ease, usefulness, printed);
SELECT pg_temp.agrees(ux_lite(ease, usefulness), printed, :'ux_lite' || concat_ws(' ', ease, usefulness)) FROM (VALUES
	(4, 5, 87.50), (2, 4, 50.00), (3, 5, 75.00), (1, 2, 12.50)) AS e(ease, usefulness, printed);

-- Means of what was answered

SELECT pg_temp.agrees(asq(VARIADIC answers), printed, :'asq' || answers::text) FROM (VALUES
	('{1,2,4}'::int[], 2.33), ('{2,NULL,5}', 3.50), ('{NULL,NULL,6}', 6.00)) AS e(answers, printed);
SELECT is(pssuq(VARIADIC array_fill(1, '{16}')), 1::float8, :'pssuq' || 'strongly agrees on every statement');
SELECT is(interface_quality, 1::float8, :'pssuq' || 'two of three strongly agreed, one not applicable and discarded')
FROM pssuq_scales(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 1, 1, NULL, 4);
SELECT is(s::text, format('(%s,%s,%s,%s)', 3.0625, 2.5, 4, 3), :'pssuq' || 'items of the scales, computed')
FROM pssuq_scales(1, 2, 2, 3, 3, 4, 5, 5, 4, 4, 3, 3, 2, 3, 4, 1) AS s;
SELECT is(ARRAY[pragmatic, hedonic, overall], ARRAY[printed, printed, printed]::float8[], :'ueq_s' || answer || ' everywhere')
FROM (VALUES (7, 3), (4, 0), (1, -3)) AS e(answer, printed), ueq_s(VARIADIC array_fill(answer, '{8}'));
SELECT is(ARRAY[pragmatic, hedonic, overall], printed, :'ueq_s_computed' || answers::text)
FROM (VALUES ('{6,7,5,6,3,4,4,2}'::int[], '{2,-0.75,0.625}'::float8[]), ('{5,6,NULL,7,2,NULL,NULL,3}', '{2,-1.5,0.6}'), ('{NULL,NULL,NULL,NULL,1,2,3,4}', '{NULL,-1.5,-1.5}')) AS e(answers, printed), ueq_s(VARIADIC answers);

-- NASA-TLX; the source has one more line, level 1 of U11, where it prints 23.0 for ratings whose mean is 47.5

SELECT pg_temp.agrees(nasa_tlx(VARIADIC ratings), printed, :'raw_tlx' || who) FROM (VALUES
	('U1 level 1', '{75,60,80,55,65,75}'::int[], 68.3), ('U2 level 1', '{45,60,65,45,50,25}', 48.3), ('U3 level 1', '{30,65,50,60,60,30}', 49.2), ('U5 level 1', '{75,35,65,70,35,30}', 51.7),
	('U6 level 1', '{10,15,15,80,30,35}', 30.8), ('U8 level 1', '{20,35,30,25,20,25}', 25.8), ('U10 level 1', '{50,30,40,35,30,30}', 35.8), ('U1 level 2', '{75,70,80,70,70,75}', 73.3),
	('U4 level 2', '{60,60,65,60,60,65}', 61.7), ('U5 level 2', '{80,25,65,15,70,40}', 49.2), ('U8 level 2', '{50,45,55,45,45,45}', 47.5), ('U11 level 2', '{65,65,75,30,40,45}', 53.3)) AS e(who, ratings, printed);
SELECT pg_temp.agrees(nasa_tlx_weighted(ratings, tallies), printed, :'weighted_tlx' || ratings::text || ' by ' || tallies::text) FROM (VALUES
	('{75,60,80,55,65,75}'::int[], '{5,0,4,1,3,2}'::int[], 73.00), ('{80,10,70,25,65,45}', '{5,0,4,2,3,1}', 64.67), ('{30,15,60,40,30,40}', '{3,0,5,1,3,3}', 42.67)) AS e(ratings, tallies, printed);

-- Lostness

SELECT pg_temp.agrees(lostness(6, 9, 3), 0.60, :'lostness' || '6 of 9, 3 needed');
SELECT pg_temp.agrees(lostness(n, s, r), printed, :'lostness_computed' || concat_ws(' ', n, s, r)) FROM (VALUES
	(4, 4, 4, 0.000), (5, 6, 4, 0.260), (3, 4, 4, 0.417), (10, 20, 5, 0.707)) AS e(n, s, r, printed);

-- Random sheets, and the formulas written plainly

CREATE TEMP TABLE sheets AS
SELECT i, array_agg(1 + floor(random() * 5)::int) AS five, array_agg(1 + floor(random() * 7)::int) AS seven, array_agg(floor(random() * 101)::int) AS hundred
FROM generate_series(1, 500) AS i, generate_series(1, 16) AS item GROUP BY i;
CREATE FUNCTION pg_temp.none(found bigint, what text) RETURNS text LANGUAGE sql AS $$ SELECT is(found, 0::bigint, what) $$;

SELECT pg_temp.none(count(*) FILTER (WHERE sus(VARIADIC five[1:10]) <> (SELECT 2.5 * sum(CASE WHEN item % 2 = 1 THEN five[item] - 1 ELSE 5 - five[item] END) FROM generate_series(1, 10) AS item)), 'sus: the formula, to the bit') FROM sheets;
SELECT pg_temp.none(count(*) FILTER (WHERE sus(VARIADIC five[1:10]) + sus(VARIADIC ARRAY(SELECT 6 - a FROM unnest(five[1:10]) WITH ORDINALITY AS u(a, n) ORDER BY n)) <> 100), 'sus: a sheet and its mirror make 100') FROM sheets;
SELECT pg_temp.none(count(*) FILTER (WHERE sus(VARIADIC ARRAY(SELECT CASE WHEN n % 2 = 1 THEN a ELSE 6 - a END FROM unnest(five[1:10]) WITH ORDINALITY AS u(a, n) ORDER BY n)) <> (SELECT 2.5 * sum(a - 1) FROM unnest(five[1:10]) AS a)), 'sus: the all-positive form with its even items turned') FROM sheets;
SELECT pg_temp.none(count(*) FILTER (WHERE umux(VARIADIC seven[1:4]) <> ((seven[1] - 1 + 7 - seven[2] + seven[3] - 1 + 7 - seven[4]) * 100)::float8 / 24), 'umux: the formula') FROM sheets;
SELECT pg_temp.none(count(*) FILTER (WHERE abs(pssuq(VARIADIC seven) - (SELECT avg(a) FROM unnest(seven) AS a)) > 1e-14), 'pssuq: the mean') FROM sheets;
SELECT pg_temp.none(count(*) FILTER (WHERE s.overall <> pssuq(VARIADIC seven) OR abs((6 * s.system_usefulness + 6 * s.information_quality + 3 * s.interface_quality + seven[16]) / 16 - s.overall) > 1e-14), 'pssuq_scales: its scales make up the overall score') FROM sheets, pssuq_scales(VARIADIC seven) AS s;
SELECT pg_temp.none(count(*) FILTER (WHERE u.overall <> (u.pragmatic + u.hedonic) / 2), 'ueq_s: overall lies in the middle of the two') FROM sheets, ueq_s(VARIADIC seven[1:8]) AS u;
SELECT pg_temp.none(count(*) FILTER (WHERE abs(nasa_tlx(VARIADIC hundred[1:6]) - nasa_tlx_weighted(hundred[1:6], '{2,3,2,3,2,3}') / 2 - nasa_tlx_weighted(hundred[1:6], '{3,2,3,2,3,2}') / 2) > 1e-12), 'nasa_tlx: weights that even out') FROM sheets;
SELECT pg_temp.none(count(*) FILTER (WHERE abs(nasa_tlx_weighted(hundred[1:6], '{5,4,3,2,1,0}') - nasa_tlx_weighted(ARRAY[hundred[6], hundred[5], hundred[4], hundred[3], hundred[2], hundred[1]], '{0,1,2,3,4,5}')) > 1e-12), 'nasa_tlx_weighted: a tally stays with its rating') FROM sheets;

-- Every multiple of 2.5, exactly
SELECT pg_temp.none(count(*) FILTER (WHERE sus(VARIADIC ARRAY(SELECT CASE WHEN n % 2 = 1 THEN 1 + c ELSE 5 - c END FROM generate_series(1, 10) AS n, LATERAL (SELECT least(4, greatest(0, total - 4 * (n - 1))) AS c) AS s ORDER BY n)) <> total * 2.5), 'sus: steps of 2.5')
FROM generate_series(0, 40) AS total;
SELECT is(ARRAY[umux(7, 1, 7, 1), umux(1, 7, 1, 7), umux_lite(7, 7), umux_lite(1, 1), ux_lite(5, 5), ux_lite(1, 1), sus(5, 1, 5, 1, 5, 1, 5, 1, 5, 1), sus(1, 5, 1, 5, 1, 5, 1, 5, 1, 5)], '{100,0,100,0,100,0,100,0}', 'best and worst');
SELECT is(ARRAY[umux(4, 4, 4, 4), umux_lite(4, 4), ux_lite(3, 3), sus(3, 3, 3, 3, 3, 3, 3, 3, 3, 3)], '{50,50,50,50}', 'neutral');

-- One answer for everything: half the items turn, or none
SELECT pg_temp.none(count(*) FILTER (WHERE umux(a, a, a, a) <> 50 OR (a < 6 AND sus(VARIADIC array_fill(a, '{10}')) <> 50)), 'straight-liners score 50 where half of the items are negative') FROM generate_series(1, 7) AS a;
SELECT pg_temp.none(count(*) FILTER (WHERE asq(a, a, a) <> a OR pssuq(VARIADIC array_fill(a, '{16}')) <> a OR (ueq_s(VARIADIC array_fill(a, '{8}'))).overall <> a - 4 OR nasa_tlx(a, a, a, a, a, a) <> a OR nasa_tlx_weighted(array_fill(a, '{6}'), '{5,4,3,2,1,0}') <> a), 'straight-liners score their answer elsewhere') FROM generate_series(1, 7) AS a;

-- A better answer to an item, all else the same
CREATE FUNCTION pg_temp.raised(answers int[], item int) RETURNS int[] LANGUAGE sql AS $$ SELECT answers[:item - 1] || answers[item] + 1 || answers[item + 1:] $$;
SELECT pg_temp.none(count(*) FILTER (WHERE sus(VARIADIC pg_temp.raised(five[1:10], item)) - sus(VARIADIC five[1:10]) <> CASE WHEN item % 2 = 1 THEN 2.5 ELSE -2.5 END), 'sus rises with odd items, falls with even ones') FROM sheets, generate_series(1, 10) AS item WHERE five[item] < 5;
SELECT pg_temp.none(count(*) FILTER (WHERE (umux(VARIADIC pg_temp.raised(ARRAY[a, b, c, d], item)) > umux(a, b, c, d)) <> (item % 2 = 1) OR umux(VARIADIC pg_temp.raised(ARRAY[a, b, c, d], item)) = umux(a, b, c, d)), 'umux likewise, on every sheet there is')
FROM generate_series(1, 7) AS a, generate_series(1, 7) AS b, generate_series(1, 7) AS c, generate_series(1, 7) AS d, generate_series(1, 4) AS item WHERE (ARRAY[a, b, c, d])[item] < 7;
SELECT pg_temp.none(count(*) FILTER (WHERE umux_lite(a + 1, b) <= umux_lite(a, b) OR umux_lite(a, b) <> umux_lite(b, a) OR umux_lite_sus(a + 1, b) <= umux_lite_sus(a, b) OR (a < 5 AND b < 6 AND ux_lite(a + 1, b) <= ux_lite(a, b))), 'umux_lite, umux_lite_sus, ux_lite rise') FROM generate_series(1, 6) AS a, generate_series(1, 7) AS b;
SELECT pg_temp.none(count(*) FILTER (WHERE pssuq(VARIADIC pg_temp.raised(seven, item)) <= pssuq(VARIADIC seven)), 'pssuq rises') FROM sheets, generate_series(1, 16) AS item WHERE seven[item] < 7;
SELECT pg_temp.none(count(*) FILTER (WHERE (b.pragmatic > a.pragmatic) <> (item <= 4) OR (b.hedonic > a.hedonic) <> (item > 4) OR b.overall <= a.overall OR b.pragmatic < a.pragmatic OR b.hedonic < a.hedonic), 'ueq_s: each item raises its scale alone') FROM sheets, generate_series(1, 8) AS item, ueq_s(VARIADIC seven[1:8]) AS a, ueq_s(VARIADIC pg_temp.raised(seven[1:8], item)) AS b WHERE seven[item] < 7;
SELECT pg_temp.none(count(*) FILTER (WHERE (b.system_usefulness > a.system_usefulness) <> (item <= 6) OR (b.information_quality > a.information_quality) <> (item BETWEEN 7 AND 12) OR (b.interface_quality > a.interface_quality) <> (item BETWEEN 13 AND 15)), 'pssuq_scales: each item raises its scale alone, the last none') FROM sheets, generate_series(1, 16) AS item, pssuq_scales(VARIADIC seven) AS a, pssuq_scales(VARIADIC pg_temp.raised(seven, item)) AS b WHERE seven[item] < 7;
SELECT pg_temp.none(count(*) FILTER (WHERE nasa_tlx(VARIADIC pg_temp.raised(hundred[1:6], item)) <= nasa_tlx(VARIADIC hundred[1:6]) OR (nasa_tlx_weighted(pg_temp.raised(hundred[1:6], item), '{5,4,3,2,1,0}') > nasa_tlx_weighted(hundred[1:6], '{5,4,3,2,1,0}')) <> (item < 6)), 'nasa_tlx rises; weighted, unless the scale was never chosen') FROM sheets, generate_series(1, 6) AS item WHERE hundred[item] < 100;

-- A missing answer
CREATE FUNCTION pg_temp.without(answers int[], item int) RETURNS int[] LANGUAGE sql AS $$ SELECT answers[:item - 1] || NULL::int || answers[item + 1:] $$;
SELECT pg_temp.none(count(*) FILTER (WHERE sus(VARIADIC pg_temp.without(five[1:10], item)) IS NOT NULL OR umux(VARIADIC pg_temp.without(seven[1:4], least(item, 4))) IS NOT NULL OR nasa_tlx(VARIADIC pg_temp.without(hundred[1:6], least(item, 6))) IS NOT NULL
	OR nasa_tlx_weighted(pg_temp.without(hundred[1:6], least(item, 6)), '{5,4,3,2,1,0}') IS NOT NULL OR nasa_tlx_weighted(hundred[1:6], pg_temp.without('{5,4,3,2,1,0}', least(item, 6))) IS NOT NULL), 'no score without all items') FROM sheets, generate_series(1, 10) AS item;
SELECT pg_temp.none(count(*) FILTER (WHERE abs(pssuq(VARIADIC pg_temp.without(seven, item)) - (SELECT avg(a) FROM unnest(pg_temp.without(seven, item)) AS a)) > 1e-14 OR abs(asq(VARIADIC pg_temp.without(seven[1:3], 1 + item % 3)) - (SELECT avg(a) FROM unnest(pg_temp.without(seven[1:3], 1 + item % 3)) AS a)) > 1e-14), 'mean of the rest') FROM sheets, generate_series(1, 16) AS item;
SELECT pg_temp.none(count(*) FILTER (WHERE abs(u.overall - (SELECT avg(a) - 4 FROM unnest(pg_temp.without(seven[1:8], item)) AS a)) > 1e-14 OR abs(u.pragmatic - (SELECT avg(a) - 4 FROM unnest((pg_temp.without(seven[1:8], item))[1:4]) AS a)) > 1e-14 OR abs(u.hedonic - (SELECT avg(a) - 4 FROM unnest((pg_temp.without(seven[1:8], item))[5:8]) AS a)) > 1e-14), 'ueq_s: mean of the rest of a scale') FROM sheets, generate_series(1, 8) AS item, ueq_s(VARIADIC pg_temp.without(seven[1:8], item)) AS u;

-- What a SUS score is worth: a fine grid, and every boundary with the floats next to it
CREATE TEMP TABLE boundaries AS
SELECT boundary, what, better, worse FROM (VALUES
	(84.1::float8, 'grade', 'A+', 'A'), (80.8, 'grade', 'A', 'A-'), (78.9, 'grade', 'A-', 'B+'), (77.2, 'grade', 'B+', 'B'), (74.1, 'grade', 'B', 'B-'), (72.6, 'grade', 'B-', 'C+'), (71.1, 'grade', 'C+', 'C'), (65.0, 'grade', 'C', 'C-'), (62.7, 'grade', 'C-', 'D'), (51.7, 'grade', 'D', 'F'),
	(88.2, 'adjective', 'best imaginable', 'excellent'), (78.45, 'adjective', 'excellent', 'good'), (61.15, 'adjective', 'good', 'OK'), (43.3, 'adjective', 'OK', 'poor'), (28.0, 'adjective', 'poor', 'awful'), (16.4, 'adjective', 'awful', 'worst imaginable')) AS v(boundary, what, better, worse);
CREATE FUNCTION pg_temp.ulp(x float8) RETURNS float8 LANGUAGE sql AS $$ SELECT power(2::float8, floor(log(2, x::numeric))::float8 - 52) $$;
CREATE TEMP TABLE grid AS
SELECT DISTINCT score FROM (SELECT g / 100.0::float8 AS score FROM generate_series(0, 10000) AS g UNION ALL SELECT boundary + step * pg_temp.ulp(boundary) FROM boundaries, generate_series(-2, 2) AS step) AS s;
SELECT is((SELECT count(*) FROM grid), 10001 + 4 * 16::bigint, 'floats next to the boundaries are their own');
SELECT is((SELECT string_agg(concat_ws(' ', boundary, what), ', ') FROM boundaries WHERE (CASE what WHEN 'grade' THEN sus_grade(boundary) ELSE sus_adjective(boundary) END, CASE what WHEN 'grade' THEN sus_grade(boundary - pg_temp.ulp(boundary)) ELSE sus_adjective(boundary - pg_temp.ulp(boundary)) END) <> (better, worse)), NULL, 'a boundary belongs to the better side, the float below it to the worse');
SELECT is((SELECT array_agg(first ORDER BY low) FROM (SELECT sus_grade(score) AS first, min(score) AS low FROM grid GROUP BY 1) AS s), '{F,D,C-,C,C+,B-,B,B+,A-,A,A+}', 'grades in order');
SELECT pg_temp.none(count(*) FILTER (WHERE rank < before), 'grades never fall') FROM (SELECT rank, lag(rank) OVER (ORDER BY score) AS before FROM (SELECT score, array_position('{F,D,C-,C,C+,B-,B,B+,A-,A,A+}', sus_grade(score)) AS rank FROM grid) AS r) AS s;
SELECT pg_temp.none(count(*) FILTER (WHERE rank < before OR rank IS NULL), 'adjectives never fall') FROM (SELECT rank, lag(rank) OVER (ORDER BY score) AS before FROM (SELECT score, array_position('{worst imaginable,awful,poor,OK,good,excellent,best imaginable}', sus_adjective(score)) AS rank FROM grid) AS r) AS s;
SELECT pg_temp.none(count(*) FILTER (WHERE percentile < before OR (percentile = before AND score - last > 0.001) OR percentile - before > 0.05), 'percentiles rise without a jump') FROM (SELECT score, percentile, lag(percentile) OVER (ORDER BY score) AS before, lag(score) OVER (ORDER BY score) AS last FROM (SELECT score, sus_percentile(score) AS percentile FROM grid) AS r) AS s;
SELECT is((SELECT array_agg(sus_percentile(score) ORDER BY score) FROM unnest('{0,51.7,62.7,65.0,71.1,72.6,74.1,77.2,78.9,80.8,84.1,100}'::float8[]) AS score), '{0,15,35,41,60,65,70,80,85,90,96,100}', 'percentiles at the lower ends of the grades');
SELECT is((SELECT array_agg(boundary ORDER BY boundary) FROM boundaries WHERE what = 'adjective'), (SELECT array_agg(((mean + next) / 2)::float8 ORDER BY mean) FROM (SELECT mean, lead(mean) OVER (ORDER BY mean) AS next FROM unnest('{12.5,20.3,35.7,50.9,71.4,85.5,90.9}'::numeric[]) AS mean) AS m WHERE next IS NOT NULL), 'adjectives meet in the middle between their means');
SELECT is(sus_grade(84.05), 'A', 'no hole between 84.0 and 84.1');

-- Lostness
SELECT pg_temp.none(count(*) FILTER (WHERE (lostness(n, s, r) = 0) <> (n = s AND n = r) OR lostness(n, s, r) < 0 OR (r <= n AND lostness(n, s, r) >= sqrt(2.0))), 'lostness: 0 on the shortest way only, below sqrt(2) for who got there') FROM generate_series(1, 12) AS n, generate_series(1, 12) AS s, generate_series(1, 12) AS r WHERE n <= s;
SELECT pg_temp.none(count(*) FILTER (WHERE lostness(n, s + 1, r) <= lostness(n, s, r) OR (r <= n AND lostness(n + 1, n + 1, r) <= lostness(n, n, r)) OR abs(lostness(2 * n, 2 * s, 2 * r) - lostness(n, s, r)) > 1e-15), 'lostness: rises with visits again and with detours') FROM generate_series(1, 12) AS n, generate_series(1, 12) AS s, generate_series(1, 12) AS r WHERE n <= s;

SELECT * FROM finish();
ROLLBACK;
