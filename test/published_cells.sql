BEGIN;
SELECT plan(21);

-- Shrinkage and control charts against worked examples from papers and handbooks. A number agrees
-- when it is within half a unit of the last digit printed in the source. A description starts with
-- the source; "computed" means that no printed example was found and that cells.py, in computed/,
-- printed the number, which then agrees to 1e-9.

\set baseball 'Efron and Morris, Sci. Am. 236(5):119, 1977, in sascommunity.org (Kleinman and Horton, SAS and R, example 9.27); hits: R package pscl, EfronMorris: '
\set nist 'NIST/SEMATECH e-Handbook of Statistical Methods '
\set qcc 'rpubs.com/1407303, R package qcc 2.7, np chart of 50 lots of 200 wafers: '
\set computed 'computed with Python 3.11, scipy 1.17.1, cells.py: '

\ir examples/printed.sql

CREATE FUNCTION pg_temp.near(found float8[], expected float8[], source text) RETURNS text
LANGUAGE sql AS $$
	SELECT ok(coalesce(cardinality(found) = cardinality(expected) AND cardinality(found) > 0
		AND bool_and(abs(f - e) <= 1e-9 * greatest(abs(e), 1)), false), source)
	FROM unnest(found, expected) AS u(f, e)
$$;

-- Shrinkage

CREATE TABLE baseball AS
SELECT i, hits, hits / 45.0::float8 AS average
FROM unnest('{18,17,16,15,14,14,13,12,11,11,10,10,10,10,10,9,8,7}'::int[]) WITH ORDINALITY AS u(hits, i);
CREATE TABLE shrunken_baseball AS
SELECT i, average, (shrink(average, sqrt(0.265 * 0.735 / 45)) OVER ()).* FROM baseball;

SELECT pg_temp.agree(ARRAY[avg(average), avg(estimate)], ARRAY[0.265, 0.265], :'baseball' || 'grand average') FROM shrunken_baseball;
SELECT pg_temp.agree(ARRAY[min(1 - shrinkage), max(1 - shrinkage)], ARRAY[0.212, 0.212], :'baseball' || 'shrinking factor') FROM shrunken_baseball;
SELECT ok(max(abs(estimate - (0.212 * average + 0.788 * 0.265))) < 0.0005, :'baseball' || 'estimates, .212 y + .788 x .265 as far as these constants are printed') FROM shrunken_baseball;
SELECT pg_temp.near((SELECT ARRAY[estimate, low, high] FROM shrunken_baseball WHERE i = k), e, :'computed' || 'baseball, player ' || k)
FROM (VALUES (1, '{0.2940242512,0.1939609164,0.3940875861}'::float8[]), (8, '{0.2656944121,0.2004198331,0.3309689911}'), (18, '{0.2420862128,0.1521119338,0.3320604918}')) AS v(k, e);

CREATE TABLE trial AS
SELECT i, ln(a / (a + b)) - ln(c / (c + d)) AS y, sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) AS error
FROM (VALUES (1, 4::float8, 119::float8, 11::float8, 128::float8), (2, 6, 300, 29, 274), (3, 3, 228, 11, 209), (4, 62, 13536, 248, 12619),
	(5, 33, 5036, 47, 5761), (6, 180, 1361, 372, 1079), (7, 8, 2537, 10, 619), (8, 505, 87886, 499, 87892), (9, 29, 7470, 45, 7232),
	(10, 17, 1699, 65, 1600), (11, 186, 50448, 141, 27197), (12, 5, 2493, 3, 2338), (13, 27, 16886, 29, 17825)) AS t(i, a, b, c, d);
CREATE TABLE shrunken_trial AS SELECT i, error, (shrink(y, error) OVER ()).* FROM trial;
SELECT pg_temp.near(ARRAY[min(tau), max(tau)], '{0.3180684522,0.3180684522}', :'computed' || 'Paule-Mandel tau^2 of the BCG vaccine trials (Colditz et al. 1994)')
FROM (SELECT error ^ 2 * (10.0 / 12 / shrinkage - 1) AS tau FROM shrunken_trial) AS t;
SELECT pg_temp.near((SELECT ARRAY[estimate, low, high, shrinkage] FROM shrunken_trial WHERE i = k), e, :'computed' || 'BCG vaccine, trial ' || k)
FROM (VALUES (1, '{-0.8158200476,-1.683602547,0.05196245182,0.4215323256}'::float8[]), (4, '{-1.405713975,-1.678999296,-1.132428653,0.04932294532}'), (8, '{0.004500251236,-0.1185218804,0.1275223829,0.0102515783}')) AS v(k, e);

SELECT pg_temp.near(array_agg(e ORDER BY i, c), '{0.8885428205,0.5833539054,1,0.3139666241,0.6836014261,0.4283339489,0.9388689033,0.2981726729,0.5122996187,0.3935548383,0.6310443991,0.08482314552,0.5086052598,0.411015651,0.6061948686,0.05934535226,0.5619273174,0.1928479966,0.9310066382,0.4270758288,0.7470347029,0.6813925875,0.8126768183,0.02824175748}', :'computed' || 'shares')
FROM (SELECT i, (shrink(rate_summary(x, n)) OVER ()).* FROM (VALUES (1, 9, 9), (2, 7, 10), (3, 30, 60), (4, 45, 90), (5, 2, 4), (6, 150, 200)) AS v(i, x, n)) AS s,
	unnest(ARRAY[estimate, low, high, shrinkage]) WITH ORDINALITY AS u(e, c);
SELECT pg_temp.near(array_agg(e ORDER BY i, c), '{82.17400351,13.01707489,100,0.2376119601,-7.164598586,-27.1604092,12.83121203,0.0350846314,24.99612167,-25.77532167,75.767565,0.1807119689,39.90407627,31.60639776,48.20175478,0.006385779005,-15.79658973,-96.994327,65.40114755,0.3007405358}', :'computed' || 'NPS')
FROM (SELECT i, (shrink(nps_summary(p, n, d)) OVER ()).* FROM (VALUES (1, 5, 0, 0), (2, 20, 15, 25), (3, 3, 4, 1), (4, 200, 90, 60), (5, 0, 2, 1)) AS v(i, p, n, d)) AS s,
	unnest(ARRAY[estimate, low, high, shrinkage]) WITH ORDINALITY AS u(e, c);
SELECT pg_temp.near(array_agg(e ORDER BY i, c), '{4.647095273,2.798840009,5,0.2312572771,3.661439364,3.1580782,4.164800528,0.02712760171,4.349043762,3.899048489,4.799039036,0.02166397682,1.896684581,1.346612051,2.44675711,0.03104197296,3.071291619,1.761786577,4.380796662,0.150412661}', :'computed' || 'means of a scale')
FROM (SELECT i, (shrink(likert_summary(1, m)) OVER ()).* FROM (VALUES (1, '{0,0,0,0,1}'::bigint[]), (2, '{1,2,3,4,5}'), (3, '{0,0,2,8,9}'), (4, '{6,4,2,1,0}'), (5, '{0,1,0,1,0}')) AS v(i, m)) AS s,
	unnest(ARRAY[estimate, low, high, shrinkage]) WITH ORDINALITY AS u(e, c);

-- Control charts

SELECT pg_temp.agree(ARRAY[center, low, high], ARRAY[50.81, 45.8159, 55.8041], :'nist' || '6.3.2.2: individuals chart of 10 flow rates')
FROM (SELECT i, (individual_limits(v) OVER (ORDER BY i)).* FROM unnest('{49.6,47.6,49.9,51.3,47.8,51.2,52.6,52.4,53.6,52.1}'::float8[]) WITH ORDINALITY AS u(v, i)) AS c WHERE i = 10;
SELECT pg_temp.agree(ARRAY[center, low, high, i], ARRAY[16, 4, 28, 24], :'nist' || '6.3.3.1: c chart of 25 wafers, the one that is out')
FROM (SELECT i, (control_limits(v, 1) OVER (ORDER BY i)).* FROM unnest('{16,14,28,16,12,20,10,12,10,17,19,17,14,16,15,13,14,16,11,20,11,19,16,31,13}'::bigint[]) WITH ORDINALITY AS u(v, i)) AS c WHERE signal IS NOT NULL;
SELECT pg_temp.agree(ARRAY[center], ARRAY[0.2313], :'nist' || '6.3.3.2: p chart of 30 wafers, mean (as printed in quesba.com/questions/1745595)')
FROM (SELECT i, (control_limits(rate_summary(v, 50)) OVER (ORDER BY i)).* FROM unnest('{12,15,8,10,4,7,16,9,14,10,5,6,17,12,22,8,10,5,13,11,20,18,24,15,9,12,7,13,9,6}'::int[]) WITH ORDINALITY AS u(v, i)) AS c WHERE i = 1;
SELECT pg_temp.agree(ARRAY[200 * center, 200 * low, 200 * high], ARRAY[7.14, 0, 15.01184], :'qcc' || 'center, LCL, UCL')
FROM (SELECT i, (control_limits(rate_summary(v, 200)) OVER (ORDER BY i)).* FROM unnest('{8,7,11,3,6,11,4,4,5,8,8,6,7,6,10,7,9,5,6,8,8,10,4,11,4,11,6,6,9,5,4,7,5,7,8,5,10,9,7,9,4,9,4,7,11,8,10,8,7,5}'::int[]) WITH ORDINALITY AS u(v, i)) AS c WHERE i = 50;

CREATE TABLE month AS
SELECT * FROM unnest('{5213,5377,4961,5120,5540,5333,4892,5478}'::bigint[], '{10000,10300,9800,10100,10450,10200,9500,10500}'::bigint[]) WITH ORDINALITY AS u(x, n, i);
SELECT pg_temp.near(ARRAY[min(center), max(center)] || array_agg(low ORDER BY i) || array_agg(high ORDER BY i),
	'{0.5184168213,0.5184168213,0.4945848572,0.4949344893,0.4943429021,0.4947031307,0.4951036319,0.4948196606,0.493965742,0.4951592058,0.5422487854,0.5418991533,0.5424907405,0.5421305119,0.5417300106,0.542013982,0.5428679005,0.5416744368}', :'computed' || 'p'' chart')
FROM (SELECT i, (control_limits(rate_summary(x, n), method => 'laney') OVER (ORDER BY i)).* FROM month) AS c;
SELECT pg_temp.near(ARRAY[min(center), max(center)] || array_agg(low ORDER BY i) || array_agg(high ORDER BY i),
	'{51.84168213,51.84168213,49.45848572,49.49344893,49.43429021,49.47031307,49.51036319,49.48196606,49.3965742,49.51592058,54.22487854,54.18991533,54.24907405,54.21305119,54.17300106,54.2013982,54.28679005,54.16744368}', :'computed' || 'u'' chart')
FROM (SELECT i, (control_limits(x, n / 100.0::float8, method => 'laney') OVER (ORDER BY i)).* FROM month) AS c;
SELECT pg_temp.near(ARRAY[min(center), max(center)] || array_agg(low ORDER BY i) || array_agg(high ORDER BY i),
	'{26.38436482,26.38436482,1.831968012,2.423678984,2.073869446,2.073869446,2.308758968,50.93676163,50.34505066,50.6948602,50.6948602,50.45997067}', :'computed' || 'NPS chart with a baseline')
FROM (SELECT i, (control_limits(nps_summary(p, n, d), is_baseline => i <= 3) OVER (ORDER BY i)).* FROM (VALUES (1, 50, 30, 20), (2, 60, 20, 25), (3, 44, 30, 28), (4, 80, 10, 12), (5, 39, 25, 40)) AS v(i, p, n, d)) AS c;
SELECT pg_temp.near(ARRAY[min(center), max(center)] || array_agg(low ORDER BY i) || array_agg(high ORDER BY i),
	'{3.738461538,3.738461538,3.187645304,3.205136013,3.187645304,3.249048471,4.289277772,4.271787064,4.289277772,4.227874606}', :'computed' || 'chart of means, two sigmas')
FROM (SELECT i, (control_limits(likert_summary(1, m), 2) OVER (ORDER BY i)).* FROM (VALUES (1, '{1,2,3,4,5}'::bigint[]), (2, '{0,1,5,8,2}'), (3, '{3,3,3,3,3}'), (4, '{0,0,1,9,9}')) AS v(i, m)) AS c;

SELECT * FROM finish();
ROLLBACK;
