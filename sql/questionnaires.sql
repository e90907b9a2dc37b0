-- Standard questionnaires: sus, umux, ux_lite, asq, pssuq, ueq_s, nasa_tlx, lostness and what belongs to them.
SET extra_float_digits = -6;

-- System Usability Scale
SELECT sus(5, 4, 2, 1, 2, 3, 2, 4, 5, 2), sus(5, 1, 5, 1, 5, 1, 5, 1, 5, 1), sus(1, 5, 1, 5, 1, 5, 1, 5, 1, 5), sus(3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
SELECT sus(VARIADIC ARRAY[5, 4, 2, 1, 2, 3, 2, 4, 5, 2]), sus(VARIADIC '{5,4,2,1,2,3,2,4,5,2}'), sus(VARIADIC '[3:12]={5,4,2,1,2,3,2,4,5,2}'::float8[]);
CREATE TABLE sheet (i int, s smallint, b bigint, n numeric, r real, f float8, ints int[], smalls smallint[], numerics numeric[]);
INSERT INTO sheet VALUES (5, 4, 2, 1, 2, 3, '{5,4,2,1,2,3,2,4,5,2}', '{5,4,2,1,2,3,2,4,5,2}', '{5,4,2,1,2,3,2,4,5,2}'), (1, 1, 1, 1, 1, NULL, NULL, '{1,NULL,1,1,1,1,1,1,1,1}', NULL);
SELECT sus(i, s, b, n, r, f, 2, 4.0, 5, 2), sus(VARIADIC ints), sus(VARIADIC smalls), sus(VARIADIC numerics) FROM sheet;
SELECT umux(s, s, s, s), umux_lite(i, s), umux_lite_sus(b, n), ux_lite(r, f), asq(i, n, b), nasa_tlx(i, s, b, n, r, f), nasa_tlx_weighted(ints[1:6], '{5,4,3,2,1,0}'), nasa_tlx_weighted(smalls[1:6], ARRAY[n, n, n, 4, 4, 4]), lostness(s, i, n) FROM sheet;
-- a missing answer, and no answers at all
SELECT sus(5, 4, 2, 1, NULL, 3, 2, 4, 5, 2), sus(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), sus(VARIADIC NULL), sus(VARIADIC NULL::int[]);
-- all items worded positively: the even ones are turned first
SELECT sus(5, 6 - 5, 5, 6 - 5, 5, 6 - 5, 5, 6 - 5, 5, 6 - 5), sus(4, 6 - 3, 4, 6 - 5, 2, 6 - 3, 5, 6 - 4, 4, 6 - 3);

SELECT score, sus_grade(score), sus_percentile(score), sus_adjective(score)
FROM unnest('{0,12.5,16.3,16.4,20.3,28,35.7,43.3,50.9,51.6,51.7,61.1,61.15,62.6,62.7,64.9,65,68,71,71.1,71.4,72.5,72.6,74,74.1,77.1,77.2,78.4,78.45,78.8,78.9,80.7,80.8,84,84.05,84.1,85.5,88.1,88.2,90.9,100}'::float8[]) AS score;
SELECT sus_grade(-0.0::float8), sus_percentile(-0.0::float8), sus_grade(80.8::numeric), sus_percentile(68::smallint), sus_adjective(85::real);
SELECT sus_grade(NULL), sus_percentile(NULL), sus_adjective(NULL);

-- Usability Metric for User Experience and its short forms
SELECT umux(7, 1, 7, 1), umux(1, 7, 1, 7), umux(4, 4, 4, 4), umux(6, 2, 5, 3), umux(VARIADIC '{6,2,5,3}'), umux(6, 2, NULL, 3), umux(VARIADIC NULL);
SELECT umux_lite(7, 7), umux_lite(1, 1), umux_lite(4, 4), umux_lite(6, 5), umux_lite(ease => 6, usefulness => 5), umux_lite(NULL, 5), umux_lite(5, NULL);
SELECT umux_lite_sus(7, 7), umux_lite_sus(1, 1), umux_lite_sus(4, 4), umux_lite_sus(6, 5), umux_lite_sus(NULL, 5);
SELECT ux_lite(5, 5), ux_lite(1, 1), ux_lite(3, 3), ux_lite(4, 5), ux_lite(5, 4), ux_lite(usefulness => 5, ease => 4), ux_lite(4, NULL);

-- Means of what was answered
SELECT asq(1, 2, 3), asq(1, NULL, 4), asq(NULL, NULL, 7), asq(NULL, NULL, NULL), asq(VARIADIC '{1,2,4}'), asq(VARIADIC NULL);
SELECT pssuq(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), pssuq(VARIADIC array_fill(7, '{16}')), pssuq(VARIADIC '{1,2,3,4,5,6,7,NULL,1,2,3,4,NULL,NULL,NULL,3}'), pssuq(VARIADIC array_fill(NULL::int, '{16}')), pssuq(VARIADIC NULL);
SELECT s.* FROM (VALUES (1, '{1,2,3,4,5,6,7,6,5,4,3,2,1,1,2,7}'::int[]), (2, '{1,2,3,4,5,6,7,NULL,1,2,3,4,NULL,NULL,NULL,3}'), (3, '{NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,6}'), (4, array_fill(NULL::int, '{16}')), (5, NULL)) AS v(i, answers), pssuq_scales(VARIADIC answers) AS s ORDER BY i;
SELECT * FROM pssuq_scales(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 7);
SELECT s.* FROM (VALUES (1, '{7,7,7,7,7,7,7,7}'::int[]), (2, '{1,1,1,1,1,1,1,1}'), (3, '{4,4,4,4,4,4,4,4}'), (4, '{6,7,5,6,3,4,4,2}'), (5, '{6,7,NULL,6,NULL,NULL,NULL,NULL}'), (6, array_fill(NULL::int, '{8}')), (7, NULL)) AS v(i, answers), ueq_s(VARIADIC answers) AS s ORDER BY i;
SELECT ueq_s(6, 7, 5, 6, 3, 4, 4, 2), (ueq_s(6, 7, 5, 6, 3, 4, 4, 2)).hedonic;

-- NASA Task Load Index
SELECT nasa_tlx(75, 60, 80, 55, 65, 75), nasa_tlx(0, 0, 0, 0, 0, 0), nasa_tlx(100, 100, 100, 100, 100, 100), nasa_tlx(VARIADIC '{75,60,80,55,65,75}'), nasa_tlx(75, 60, NULL, 55, 65, 75), nasa_tlx(VARIADIC NULL);
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,0,4,1,3,2}'), nasa_tlx_weighted(ARRAY[75, 60, 80, 55, 65, 75], ARRAY[3, 3, 3, 2, 2, 2]), nasa_tlx_weighted(tallies => '{5,4,3,2,1,0}', ratings => '{100,0,0,0,0,0}');
SELECT nasa_tlx_weighted('{75,60,80,NULL,65,75}', '{5,0,4,1,3,2}'), nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,0,4,NULL,3,2}'), nasa_tlx_weighted(NULL, '{5,0,4,1,3,2}'), nasa_tlx_weighted('{75,60,80,55,65,75}', NULL), nasa_tlx_weighted(NULL, NULL);

-- Lostness
SELECT lostness(6, 9, 3), lostness(3, 3, 3), lostness(3, 6, 3), lostness(2, 2, 4), lostness(unique_screens => 1, screens => 2147483647, minimum => 2147483647), lostness(0, 0, 3);
SELECT lostness(NULL, 9, 3), lostness(6, NULL, 3), lostness(6, 9, NULL);
SELECT lostness(count(DISTINCT screen), count(*), 3) FROM unnest('{home,a,home,b,b1,b,c,c1}'::text[]) AS screen;

-- Errors
RESET extra_float_digits;
SELECT sus(5, 4, 2, 1, 2, 3, 2, 4, 5); \echo :SQLSTATE
SELECT sus(5); \echo :SQLSTATE
SELECT sus(NULL); \echo :SQLSTATE
SELECT sus(VARIADIC '{}'); \echo :SQLSTATE
SELECT sus(VARIADIC array_fill(1, '{100000}')); \echo :SQLSTATE
SELECT sus(VARIADIC '{{5,4,2,1,2},{3,2,4,5,2}}'); \echo :SQLSTATE
SELECT sus(5, 4, 2, 1, 2, 3, 2, 4, 5, 6); \echo :SQLSTATE
SELECT sus(0, 4, 2, 1, 2, 3, 2, 4, 5, 5); \echo :SQLSTATE
SELECT sus(5, 4, 2.5, 1, 2, 3, 2, 4, 5, 5); \echo :SQLSTATE
SELECT sus(5, 4, 'NaN', 1, 2, 3, 2, 4, 5, 5); \echo :SQLSTATE
SELECT sus(5, 4, 'Infinity', 1, 2, 3, 2, 4, 5, 5); \echo :SQLSTATE
SELECT sus(5, 4, '-Infinity', 1, 2, 3, 2, 4, 5, 5); \echo :SQLSTATE
-- an answer off the scale is told beside a missing one, too
SELECT sus(NULL, 4, 2, 1, 2, 3, 2, 4, 5, 99); \echo :SQLSTATE
SELECT sus_grade(100.1); \echo :SQLSTATE
SELECT sus_grade(-0.1); \echo :SQLSTATE
SELECT sus_grade('NaN'); \echo :SQLSTATE
SELECT sus_percentile(100.00000000000001); \echo :SQLSTATE
SELECT sus_percentile('-Infinity'); \echo :SQLSTATE
SELECT sus_adjective(-5e-324); \echo :SQLSTATE
SELECT sus_adjective('Infinity'); \echo :SQLSTATE
SELECT umux(1, 2, 3); \echo :SQLSTATE
SELECT umux(1, 2, 3, 8); \echo :SQLSTATE
SELECT umux(VARIADIC '{{1,2,3,4}}'); \echo :SQLSTATE
SELECT umux_lite(8, 1); \echo :SQLSTATE
SELECT umux_lite(1, 0); \echo :SQLSTATE
SELECT umux_lite('NaN', 1); \echo :SQLSTATE
SELECT umux_lite_sus(7, 7.5); \echo :SQLSTATE
SELECT ux_lite(6, 1); \echo :SQLSTATE
SELECT ux_lite(1, 4.5); \echo :SQLSTATE
SELECT asq(1, 2); \echo :SQLSTATE
SELECT asq(1, NULL, 8); \echo :SQLSTATE
SELECT pssuq(1, 2, 3); \echo :SQLSTATE
SELECT pssuq(VARIADIC array_fill(0, '{16}')); \echo :SQLSTATE
SELECT pssuq_scales(1, 2, 3); \echo :SQLSTATE
SELECT pssuq_scales(VARIADIC array_fill(8, '{16}')); \echo :SQLSTATE
SELECT ueq_s(1, 2, 3, 4, 5, 6, 7); \echo :SQLSTATE
SELECT ueq_s(1, 2, 3, 4, -3, 6, 7, 1); \echo :SQLSTATE
SELECT nasa_tlx(75, 60, 80, 55, 65); \echo :SQLSTATE
SELECT nasa_tlx(75, 60, 80, 55, 65, 101); \echo :SQLSTATE
SELECT nasa_tlx(75, 60, 80, 55, 65, 62.5); \echo :SQLSTATE
SELECT nasa_tlx(VARIADIC '{{75,60,80},{55,65,75}}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65}', '{5,0,4,1,3,2}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,-1}', '{5,0,4,1,3,2}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,0,4,1,3}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{{5,0,4},{1,3,2}}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{6,0,3,1,3,2}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,-1,4,1,4,2}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,0,4,1,2.5,2.5}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,0,4,1,NaN,2}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,NULL,4,1,7,2}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,75}', '{5,0,4,1,3,1}'); \echo :SQLSTATE
SELECT nasa_tlx_weighted('{75,60,80,55,65,NULL}', '{5,5,5,5,5,5}'); \echo :SQLSTATE
SELECT lostness(7, 6, 3); \echo :SQLSTATE
SELECT lostness(0, 6, 3); \echo :SQLSTATE
SELECT lostness(-1, 6, 3); \echo :SQLSTATE
SELECT lostness(6, 9.5, 3); \echo :SQLSTATE
SELECT lostness(6, 'NaN', 3); \echo :SQLSTATE
SELECT lostness(6, 'Infinity', 3); \echo :SQLSTATE
SELECT lostness(6, 2147483648, 3); \echo :SQLSTATE
SELECT lostness(6, 9, 0); \echo :SQLSTATE
SELECT lostness(0, 0, 0); \echo :SQLSTATE
SELECT lostness(6, 9, 2.5); \echo :SQLSTATE
