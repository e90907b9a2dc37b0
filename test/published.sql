BEGIN;
SELECT plan(120);

-- Worked examples from papers, textbooks and other programs' documentation. A number agrees when
-- it is within half a unit of the last digit printed in the source. A description starts with the
-- source; "computed" means that no printed example was found and that the script named, in
-- computed/, printed the number. Paired proportions stand for net scores: a pair that changed for
-- the better is a promoter, for the worse a detractor, an unchanged one a passive.

\set agrmt 'github.com/cran/agrmt '
\set contingency 'github.com/ocbe-uio/contingencytables (Fagerland, Lydersen, Laake: Statistical Analysis of Contingency Tables, 2017) tests/testthat/'
\set binom 'R package binom, in github.com/statsmodels/statsmodels statsmodels/stats/tests/results/results_proportion.py'
\set ratesci_test 'github.com/petelaud/ratesci tests/testthat/test3.R'
\set ratesci 'github.com/petelaud/ratesci articles/'
\set garner 'www.lexjansen.com/wuss/2016/127_Final_Paper_PDF.pdf p. 9, in github.com/AndriSignorell/DescToolsX tests/testthat/test-binomDiffCI.R'
\set r_examples 'github.com/wch/r-source tests/Examples/stats-Ex.Rout.save'

\ir examples/printed.sql

CREATE FUNCTION pg_temp.likert_of(answers int[], low int, high int) RETURNS likert_summary
LANGUAGE sql AS $$
	SELECT likert(a, low, high) FROM unnest(answers) AS a
$$;

-- One proportion: intervals

SELECT pg_temp.agree(ARRAY[c.low, c.high], e.printed,
	:'ratesci_test' || ' (Newcombe, Stat. Med. 17:857, 1998, table I): '
	|| concat_ws(' ', e.x, 'of', e.n, e.method))
FROM (VALUES
	(15, 148, 'wilson', ARRAY[0.0624, 0.1605]),
	(0, 20, 'wilson', ARRAY[0.0000, 0.1611]),
	(1, 29, 'wilson', ARRAY[0.0061, 0.1718]),
	(15, 148, 'clopper-pearson', ARRAY[0.0578, 0.1617]),
	(0, 20, 'clopper-pearson', ARRAY[0.0000, 0.1684]),
	(1, 29, 'clopper-pearson', ARRAY[0.0009, 0.1776]),
	(15, 148, 'mid-p', ARRAY[0.0601, 0.1581]),
	(0, 20, 'mid-p', ARRAY[0.0000, 0.1391]),
	(1, 29, 'mid-p', ARRAY[0.0017, 0.1585])
) AS e(x, n, method, printed),
	confidence_interval(rate_summary(e.x, e.n), 0.95, e.method) AS c;

SELECT pg_temp.agree(ARRAY[c.low, c.high], e.printed,
	:'binom' || ': ' || concat_ws(' ', e.x, 'of', e.n, e.method))
FROM (VALUES
	(18, 20, 'agresti-coull', ARRAY[0.686756112560, 0.984343760998]),
	(18, 20, 'clopper-pearson', ARRAY[0.683017285981, 0.987651472830]),
	(18, 20, 'wilson', ARRAY[0.698966354772, 0.972133518786]),
	(4, 20, 'agresti-coull', ARRAY[0.074911510277, 0.421763584555]),
	(4, 20, 'adjusted-wald', ARRAY[0.074911510277, 0.421763584555]),
	(4, 20, 'wald', ARRAY[0.024695491885, 0.375304508115]),
	(4, 20, 'clopper-pearson', ARRAY[0.057333997050, 0.436614002997]),
	(4, 20, 'wilson', ARRAY[0.080657662580, 0.416017432252]),
	(190, 200, 'agresti-coull', ARRAY[0.909307307912, 0.973731898349]),
	(190, 200, 'wald', ARRAY[0.919794926421, 0.980205073579]),
	(190, 200, 'clopper-pearson', ARRAY[0.909972462299, 0.975765834528]),
	(190, 200, 'wilson', ARRAY[0.910421851861, 0.972617354399])
) AS e(x, n, method, printed),
	confidence_interval(rate_summary(e.x, e.n), 0.95, e.method) AS c;

SELECT pg_temp.agree(ARRAY[c.low, c.high], e.printed,
	:'contingency' || e.file || ': ' || concat_ws(' ', e.x, 'of', e.n, e.method))
FROM (VALUES
	('test-ch2.R', 13, 16, 'jeffreys', ARRAY[0.5792, 0.9442]),
	('test-ch2.R', 13, 16, 'mid-p', ARRAY[0.5699, 0.9500]),
	('test-ch2.R', 13, 16, 'clopper-pearson', ARRAY[0.5435, 0.9595]),
	('test-ch2.R', 13, 16, 'wilson', ARRAY[0.5699, 0.9341]),
	('test-ch8.R', 10, 10, 'clopper-pearson', ARRAY[0.6915, 1.0000]),
	('test-ch8.R', 0, 10, 'clopper-pearson', ARRAY[0.0000, 0.3085])
) AS e(file, x, n, method, printed),
	confidence_interval(rate_summary(e.x, e.n), 0.95, e.method) AS c;

SELECT pg_temp.agree(ARRAY[c.low, c.high], ARRAY[0.00375, 0.150],
	:'ratesci' || 'single_rate.md: 1 of 29 jeffreys')
FROM confidence_interval(rate_summary(1, 29), 0.95, 'jeffreys') AS c;

SELECT pg_temp.agree(ARRAY[c.low, c.high], ARRAY[0.02, 0.64],
	'measuringu.com/completion-rates: 1 of 5 users completed, adjusted-wald')
FROM confidence_interval(rate_summary(1, 5), 0.95, 'adjusted-wald') AS c;

SELECT pg_temp.agree(ARRAY[c.low, c.high], ARRAY[0.48, 1.00],
	'measuringu.com/conf_intervals: 5 of 5 users completed, exact')
FROM confidence_interval(rate_summary(5, 5), 0.95, 'clopper-pearson') AS c;

-- One proportion against a target

SELECT pg_temp.agrees((benchmark(rate_summary(13, 16), 0.5, 0.95, 'two-sided', 'exact')).p_value,
	0.02127, :'contingency' || 'test-ch2.R: exact binomial test of 13 of 16 against 0.5');
SELECT pg_temp.agrees((benchmark(rate_summary(13, 16), 0.5)).p_value,
	0.01273, :'contingency' || 'test-ch2.R: mid-P binomial test of 13 of 16 against 0.5');
SELECT pg_temp.agree(ARRAY[b.p_value, b.low + 0.1, b.high + 0.1],
	ARRAY[0.184061069106, 0.056846867590, 1.000000000000],
	'docs.scipy.org/doc/scipy/reference/generated/scipy.stats.binomtest.html, example:'
	' 3 of 15 unsafe, more than 0.1? p and one-sided interval')
FROM benchmark(rate_summary(3, 15), 0.1, 0.95, 'greater', 'exact') AS b;
SELECT pg_temp.agrees(
	1 - (benchmark(rate_summary(10, 12), 0.8, 0.95, 'greater', 'exact')).p_value, 0.442,
	'github.com/joe-chelladurai/uxr docs/articles/compare_benchmarks.html: 10 of 12 against 0.8');

-- Two proportions

SELECT pg_temp.agree(ARRAY[c.low, c.high], e.printed,
	e.source || ': ' || concat_ws(' ', e.x1, 'of', e.n1, 'against', e.x2, 'of', e.n2, e.method))
FROM (VALUES
	(:'garner', 56, 70, 48, 80, 'miettinen-nurminen', ARRAY[0.0528, 0.3382]),
	(:'garner', 56, 70, 48, 80, 'newcombe', ARRAY[0.0524, 0.3339]),
	(:'garner', 9, 10, 3, 10, 'miettinen-nurminen', ARRAY[0.1700, 0.8406]),
	(:'garner', 9, 10, 3, 10, 'newcombe', ARRAY[0.1705, 0.8090]),
	(:'garner', 10, 10, 0, 20, 'miettinen-nurminen', ARRAY[0.7156, 1.0000]),
	(:'garner', 10, 10, 0, 20, 'newcombe', ARRAY[0.6791, 1.0000]),
	(:'garner', 84, 101, 89, 105, 'miettinen-nurminen', ARRAY[-0.1191, 0.0860]),
	(:'garner', 84, 101, 89, 105, 'newcombe', ARRAY[-0.1177, 0.0851]),
	(:'ratesci_test' || ' (Newcombe, Stat. Med. 17:873, 1998, example d)',
		5, 56, 0, 29, 'miettinen-nurminen', ARRAY[-0.0326, 0.1933]),
	(:'ratesci_test' || ' (Newcombe, Stat. Med. 17:873, 1998, example d)',
		5, 56, 0, 29, 'newcombe', ARRAY[-0.0381, 0.1926]),
	(:'contingency' || 'test-ch4.R', 0, 16, 15, 72, 'miettinen-nurminen', ARRAY[-0.3164, -0.0056]),
	(:'contingency' || 'test-ch4.R', 7, 34, 1, 34, 'newcombe', ARRAY[0.0189, 0.3404])
) AS e(source, x1, n1, x2, n2, method, printed),
	compare(rate_summary(e.x1, e.n1), rate_summary(e.x2, e.n2), 0.95, e.method) AS c;

SELECT pg_temp.agree(ARRAY[c.difference, c.p_value], ARRAY[0.1765, 0.025],
	:'contingency' || 'test-ch4.R (difference), ' || :'ratesci'
	|| 'tests.md (N-1 chi-squared of Campbell, Stat. Med. 26:3661, 2007): 7 of 34 against 1 of 34')
FROM compare(rate_summary(7, 34), rate_summary(1, 34)) AS c;
SELECT pg_temp.agrees((compare(rate_summary(3, 4), rate_summary(1, 1))).p_value, 0.6170751,
	'github.com/joe-chelladurai/uxr docs/articles/compare_rates.html:'
	' N-1 two-proportion test (Sauro and Lewis), 3 of 4 against 1 of 1');

-- Net scores

SELECT is(score(nps(a)), -40::float8,
	'github.com/rbouch85/DS_Adventures nps_csat/README.md: answers 1 to 10')
FROM generate_series(1, 10) AS a;

SELECT pg_temp.agree(ARRAY[c.low / 100, c.high / 100], e.printed,
	e.source || ': ' || concat_ws(' ', e.better, 'better,', e.worse, 'worse, of', e.n, e.method))
FROM (VALUES
	(:'contingency' || 'test-ch8.R', 6, 16, 161, 0.95, 'tango', ARRAY[-0.1240, -0.0054]),
	(:'contingency' || 'test-ch8.R', 6, 16, 161, 0.95, 'wald', ARRAY[-0.1184, -0.0058]),
	(:'ratesci' || 'paired_contrasts.md (Fagerland et al. 2014)',
		1, 7, 21, 0.95, 'tango', ARRAY[-0.5172, -0.0260]),
	(:'ratesci' || 'paired_contrasts.md (Fagerland et al. 2014)',
		1, 7, 21, 0.95, 'wald', ARRAY[-0.5197, -0.0517]),
	(:'ratesci_test' || ' (Tango, Stat. Med. 17:891, 1998)',
		9, 3, 32, 0.95, 'tango', ARRAY[-0.027, 0.390]),
	(:'ratesci_test' || ' (Tango, Stat. Med. 17:891, 1998)',
		0, 1, 44, 0.90, 'tango', ARRAY[-0.096, 0.037]),
	(:'ratesci_test' || ' (Agresti and Min 2005)',
		16, 8, 86, 0.95, 'tango', ARRAY[-0.020, 0.207]),
	(:'ratesci_test' || ' (Tang 2010)', 3, 1, 14, 0.95, 'tango', ARRAY[-0.1670, 0.4327]),
	(:'ratesci_test' || ' (Chang 2024)', 25, 2, 102, 0.95, 'tango', ARRAY[0.139, 0.321])
) AS e(source, better, worse, n, confidence, method, printed),
	confidence_interval(nps_summary(e.better, e.n - e.better - e.worse, e.worse),
		e.confidence, e.method) AS c;

SELECT pg_temp.agree(ARRAY[b.difference / 100, b.p_value], ARRAY[-0.0621, 0.033006],
	:'contingency' || 'test-ch8.R: McNemar asymptotic test, 6 better, 16 worse, of 161')
FROM benchmark(nps_summary(6, 139, 16), 0, 0.95, 'two-sided', 'tango') AS b;

SELECT pg_temp.agree(ARRAY[c.low, c.high], e.printed,
	'computed with scipy 1.17.1, nps.py: '
	|| concat_ws(' ', e.promoters, e.passives, e.detractors, e.method))
FROM (VALUES
	(60, 25, 15, 'adjusted-wald', ARRAY[29.3431112, 58.0355296]),
	(45, 30, 25, 'adjusted-wald', ARRAY[3.7702544, 35.0646970]),
	(9, 0, 2, 'adjusted-wald', ARRAY[8.0007718, 91.9992282]),
	(60, 25, 15, 'wald', ARRAY[30.4975909, 59.5024091]),
	(9, 0, 2, 'wald', ARRAY[18.0510118, 100.0000000]),
	(60, 25, 15, 'tango', ARRAY[29.2569155, 58.1257020])
) AS e(promoters, passives, detractors, method, printed),
	confidence_interval(nps_summary(e.promoters, e.passives, e.detractors), 0.95, e.method) AS c;

SELECT pg_temp.agree(ARRAY[c.difference, c.low, c.high, c.p_value], e.printed,
	'computed with scipy 1.17.1, nps.py: compare ' || e.method)
FROM (VALUES
	('adjusted-wald', ARRAY[25.0000000, 3.0433437, 45.5003456, 0.0250295]),
	('wald', ARRAY[25.0000000, 3.4626800, 46.5373200, 0.0229012])
) AS e(method, printed),
	compare(nps_summary(60, 25, 15), nps_summary(45, 30, 25), 0.95, e.method) AS c;

SELECT pg_temp.agree(ARRAY[t.difference, t.low, t.high, t.p_value, g.p_value, l.p_value], e.printed,
	'computed with scipy 1.17.1, nps.py: benchmark 30 ' || e.method)
FROM (VALUES
	('adjusted-wald', ARRAY[15.0000000, -0.6568888, 28.0355296, 0.0614532, 0.0307266, 0.9692734]),
	('wald', ARRAY[15.0000000, 0.4975909, 29.5024091, 0.0426407, 0.0213204, 0.9786796]),
	('tango', ARRAY[15.0000000, -0.7430845, 28.1257020, 0.0610201, 0.0305101, 0.9694899])
) AS e(method, printed),
	benchmark(nps_summary(60, 25, 15), 30, 0.95, 'two-sided', e.method) AS t,
	benchmark(nps_summary(60, 25, 15), 30, 0.95, 'greater', e.method) AS g,
	benchmark(nps_summary(60, 25, 15), 30, 0.95, 'less', e.method) AS l;

-- Means

SELECT pg_temp.agree(
	ARRAY[mean(s), standard_deviation(s), low(s, 0.80), standard_deviation(s) / sqrt(n(s))],
	ARRAY[89.8500, 19.1456, 84.1659, 4.2811],
	'support.sas.com/documentation/cdl/en/statug/63962/HTML/default/statug_ttest_a0000000115.htm:'
	' 20 court cases, mean, deviation, one-sided 90 % limit, standard error')
FROM pg_temp.likert_of('{43,90,84,87,116,95,86,99,93,92,121,71,66,98,79,102,60,112,105,98}',
	40, 130) AS s;
SELECT pg_temp.agree(ARRAY[t.p_value, g.p_value, g.low + 80], ARRAY[0.0329, 0.0164, 84.1659],
	'www.sfu.ca/sasdoc/sashtml/stat/chap67/sect3.htm (two-sided), support.sas.com statug 63962'
	' statug_ttest_a0000000115.htm (greater): 20 court cases against 80 days')
FROM pg_temp.likert_of('{43,90,84,87,116,95,86,99,93,92,121,71,66,98,79,102,60,112,105,98}',
		40, 130) AS s,
	benchmark(s, 80) AS t,
	benchmark(s, 80, 0.90, 'greater') AS g;
SELECT pg_temp.agrees((benchmark(pg_temp.likert_of(
	'{40,47,52,26,19,25,35,39,26,48,14,22,42,34,33,18,15,29,41,44,51,43,27,46,28,49,31,28,54,45}',
	0, 100), 30)).p_value, 0.0249741,
	'github.com/PSIAIMS/CAMIS Comp/r-sas_ttest_1Sample.qmd: 30 reading scores against 30');
SELECT pg_temp.agree(ARRAY[c.difference, c.low, c.high, c.p_value],
	ARRAY[-8.0, -11.052802, -4.947198, 0.00001855],
	'R help of t.test, in github.com/sjpierce/piercer README.md: Welch, 1 to 10 against 7 to 20')
FROM (SELECT likert(a, 0, 100) AS s FROM generate_series(1, 10) AS a) AS x,
	(SELECT likert(a, 0, 100) AS s FROM generate_series(7, 20) AS a) AS y,
	compare(x.s, y.s) AS c;

-- Ratings: median, boxes, agreement, simultaneous intervals

SELECT pg_temp.agree(ARRAY[mean(s), median(s), interpolated_median(s)], ARRAY[4.19, 4.00, 4.44],
	'www.dal.ca/dept/clt/SRI/sri_resources/report-stats.html: mean, median, interpolated median')
FROM likert_summary(1, '{2,0,0,9,10}') AS s;
SELECT pg_temp.agrees(interpolated_median(likert_summary(1, '{0,1,0,10,9}')), 4.4,
	'ro.umich.edu/faculty-staff/teaching-evaluations/departments/interpolated%20median: question 1');
SELECT pg_temp.agrees(interpolated_median(likert_summary(1, '{2,1,6,10,1}')), 3.6,
	'studylib.net/doc/7983294/interpolated-median: class 2');
SELECT pg_temp.agrees(interpolated_median(pg_temp.likert_of('{1,3,3,3,4,5}', 1, 5)), 3.2,
	'knowledge25.knowledgeowl.com/help/eval25-calculations: centre median');

SELECT pg_temp.agree(ARRAY[successes(c), trials(c), 100 * share(c)], ARRAY[74.0, 107.0, 69.16],
	'help.delighted.com/article/240-how-is-csat-calculated')
FROM csat(likert_summary(1, '{14,9,10,32,42}')) AS c;

SELECT pg_temp.agrees(agreement_index(likert_summary(1, e.counts)), e.printed,
	:'agrmt' || e.place)
FROM (VALUES
	('{30,40,210,130,530,50,10}'::bigint[], 0.6113333,
		'man/agreement.Rd (van der Eijk, Qual. Quant. 35:325, 2001, p. 331)'),
	('{24,28,32,62,135,304,416}', 0.61, 'vignettes/agrmt.Rnw: PvdA'),
	('{16,26,82,210,293,270,103}', 0.48, 'vignettes/agrmt.Rnw: D66'),
	('{2,0,1,1}', 0.08, 'vignettes/agrmt.Rnw: 1, 1, 3, 4'),
	('{4,0,0,0}', 1.000000000000, 'vignettes/agrmt.Rnw: agreement'),
	('{1,1,1,1}', 0.000000000000, 'vignettes/agrmt.Rnw: no agreement'),
	('{2,0,0,2}', -1.000000000000, 'vignettes/agrmt.Rnw: polarization')
) AS e(counts, printed, place);

SELECT pg_temp.agrees(consensus(likert_summary(1, e.counts)), e.printed,
	:'agrmt' || 'man/consensus.Rd (Tastle and Wierman, Int. J. Approx. Reason. 45:531, 2007): '
	|| e.counts::text)
FROM (VALUES
	('{30,40,210,130,530,50,10}'::bigint[], 0.7256876),
	('{0,0,9,0,0}', 1.000000000000),
	('{5,0,0,0,5}', 0.000000000000)
) AS e(counts, printed);

SELECT pg_temp.agree(ARRAY[share, simultaneous_low, simultaneous_high],
	ARRAY[0.1525, 0.1241, 0.1859],
	:'contingency' || 'test-ch3.R: Goodman intervals, genotypes 276, 380, 118')
FROM distribution(likert_summary(1, '{276,380,118}'))
WHERE value = 3;
SELECT pg_temp.agree(array_agg(simultaneous_low ORDER BY value),
	ARRAY[0.09468368, 0.12376893, 0.09208527, 0.06412671, 0.15637944, 0.18692732],
	'rdrr.io/cran/CoinMinD/man/GM.html: Goodman intervals, lower limits')
FROM distribution(likert_summary(1, '{44,55,43,32,67,78}'));
SELECT pg_temp.agree(array_agg(simultaneous_high ORDER BY value),
	ARRAY[0.1966413, 0.2350489, 0.1931040, 0.1535697, 0.2760670, 0.3130119],
	'rdrr.io/cran/CoinMinD/man/GM.html: Goodman intervals, upper limits')
FROM distribution(likert_summary(1, '{44,55,43,32,67,78}'));

-- Weights

SELECT pg_temp.agrees(effective_n(rate(true, w)), 90.0,
	'askvity.info/statistics/what-is-the-kish-formula: 50 weights of 1 and 50 of 2')
FROM (SELECT 1 + i % 2 FROM generate_series(1, 100) AS i) AS t(w);

CREATE TEMPORARY TABLE weighted (rating int, score int, weight float8) ON COMMIT DROP;
INSERT INTO weighted VALUES (5, 10, 1.2), (3, 9, 0.8), (7, 8, 2.5), (6, 3, 0.5), (2, 7, 1.0),
	(4, 10, 3.1), (5, 6, 0.7), (6, 9, 1.9), (7, 0, 0.6), (1, 10, 2.2), (3, 7, 1.4), (5, 8, 0.9);

SELECT pg_temp.agree(ARRAY[e.estimate, e.effective_n, e.low, e.high],
	ARRAY[4.3630952381, 8.6937378473, 2.7565527906, 5.9696376856],
	'computed with R 4.2.2, survey 4.1.1, weighted.R: mean')
FROM estimate((SELECT likert(rating, 1, 7, weight) FROM weighted)) AS e;
SELECT pg_temp.agrees(effective_n(likert(4, 1, 7, weight)), 9.02879078695,
	'computed with R 4.2.2, weighted.R: constant answers')
FROM weighted;
SELECT pg_temp.agree(ARRAY[e.estimate, e.effective_n, e.low, e.high],
	ARRAY[0.4940476190, 9.0596249944, 0.2229955043, 0.7686445253],
	'computed with R 4.2.2, survey 4.1.1, weighted.R: share, wilson')
FROM estimate((SELECT rate(rating >= 5, weight) FROM weighted)) AS e;
SELECT pg_temp.agree(ARRAY[e.estimate, e.effective_n, e.low, e.high],
	ARRAY[44.0476190476, 12.3474734948, 0.0989966535, 70.7760967465],
	'computed with R 4.2.2, survey 4.1.1, weighted.R: net score, adjusted-wald')
FROM estimate((SELECT nps(score, weight) FROM weighted)) AS e;

-- Many tests

SELECT pg_temp.agree(
	adjust_p_values('{0.0001,0.0004,0.0019,0.0095,0.0201,0.0278,0.0298,0.0344,0.0459,0.3240,'
		'0.4262,0.5719,0.6528,0.7590,1.000}', 'benjamini-hochberg'),
	ARRAY[0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645, 0.0765, 0.486,
		0.58118182, 0.714875, 0.75323077, 0.81321429, 1.0],
	'docs.scipy.org/doc/scipy/reference/generated/scipy.stats.false_discovery_control.html, example'
	' (Benjamini and Hochberg, J. R. Stat. Soc. B 57:289, 1995)');
SELECT pg_temp.agree(adjust_p_values('{0.008,0.03,0.123,0.6,0.2}', 'benjamini-hochberg'),
	ARRAY[0.04, 0.075, 0.205, 0.6, 0.25], 'stdlib.io/docs/api/latest/@stdlib/stats/padjust: bh');
SELECT pg_temp.agree(adjust_p_values('{0.319,0.201,0.4,0.374,0.113}', 'holm'),
	ARRAY[0.957, 0.804, 0.957, 0.957, 0.565],
	'stdlib.io/docs/api/latest/@stdlib/stats/padjust: holm');
SELECT pg_temp.agree(adjust_p_values(p, 'bonferroni'),
	ARRAY[0.007, 0.007, 0.007, 0.140, 1.000, 1.000, 1.000],
	'Horton, SAS and R, example 9.30 (2012), in huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1:'
	' bonferroni')
FROM (VALUES ('{.001,.001,.001,.02,.22,.59,.87}'::float8[])) AS t(p);
SELECT pg_temp.agree(array_agg(q ORDER BY p),
	ARRAY[0.002, 0.002, 0.002, 0.035, 0.308, 0.688, 0.870],
	'Horton, SAS and R, example 9.30 (2012), in huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1:'
	' benjamini-hochberg, as a window function')
FROM (SELECT p, adjust_p_value(p, 'benjamini-hochberg') OVER () AS q
	FROM unnest('{.87,.001,.59,.001,.22,.02,.001}'::float8[]) AS p) AS t;

-- Rates of events

SELECT pg_temp.agree(ARRAY[r.rate, r.low, r.high], ARRAY[5.661407, 4.753125, 6.692709],
	:'r_examples' || ': poisson.test, Welsh nickel workers, 137 events')
FROM event_rate(137, 24.19893) AS r;
SELECT pg_temp.agree(ARRAY[r.rate, r.low, r.high], e.printed,
	'computed with R 4.2.2, poisson.R: ' || e.events || ' events')
FROM (VALUES
	(0, 1, ARRAY[0.00000000, 0.00000000, 3.68887945]),
	(1, 1, ARRAY[1.00000000, 0.02531781, 5.57164339]),
	(3, 2, ARRAY[1.50000000, 0.30933606, 4.38363653])
) AS e(events, exposure, printed),
	event_rate(e.events, e.exposure) AS r;
SELECT pg_temp.agree(ARRAY[r.ratio, r.low, r.high], ARRAY[1.971488, 0.8584264, 4.2772659],
	:'r_examples' || ': poisson.test, 11 events in 800 and 21 in 3011')
FROM compare_event_rates(11, 800, 6 + 8 + 7, 1083 + 1050 + 878) AS r;
SELECT pg_temp.agree(ARRAY[r.ratio, r.low, r.high], ARRAY[1.855759, 1.005684, 3.6093],
	'www.stata.com/links/stata-basics/incidence-rate-ratio-calculator: iri 41 15 28010 19017')
FROM compare_event_rates(41, 28010, 15, 19017) AS r;
SELECT pg_temp.agree(ARRAY[r.ratio, r.low, r.high, r.p_value], e.printed,
	'computed with R 4.2.2, poisson.R: ' || e.a || ' and ' || e.b || ' events')
FROM (VALUES
	(11, 800, 21, 3011, ARRAY[1.9714880952, 0.8584264034, 4.2772659437, 0.1120173196]),
	(41, 28010, 15, 19017, ARRAY[1.8557586576, 1.0056840627, 3.6093003111, 0.0476602468]),
	(19, 1, 5, 1, ARRAY[3.8000000000, 1.3724069506, 13.0215842551, 0.0066107512]),
	(0, 120, 4, 100, ARRAY[0.0000000000, 0.0000000000, 1.2623890495, 0.0853766819])
) AS e(a, exposure_a, b, exposure_b, printed),
	compare_event_rates(e.a, e.exposure_a, e.b, e.exposure_b) AS r;

-- Sample sizes

SELECT is(responses_for_share_difference(0.50, 0.75, 0.90), 77::bigint,
	:'r_examples' || ': power.prop.test, n = 76.70693');
SELECT is(responses_for_share(0.05), 385::bigint,
	'www.scribd.com/document/503667341 (Cochran): 95 %, 5 %');
SELECT is(responses_for_share(0.05, 0.5, 0.95, 1000), 278::bigint,
	'www.scribd.com/document/503667341 (Cochran): 1000 households');
SELECT is(
	ARRAY[responses_for_nps(e.margin), responses_for_nps_difference(e.margin)], e.printed,
	'computed with scipy 1.17.1, nps.py: answers for ' || e.margin || ' points')
FROM (VALUES
	(3, ARRAY[2558, 10463]::bigint[]),
	(5, ARRAY[919, 3765]),
	(10, ARRAY[228, 939]),
	(15, ARRAY[100, 416]),
	(20, ARRAY[55, 233])
) AS e(margin, printed);

SELECT * FROM finish();
ROLLBACK;
