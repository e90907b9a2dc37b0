-- What must hold for every interval and test, over a grid of sizes, shares, methods, confidences.
BEGIN;
SELECT plan(55);

CREATE TABLE confidences (c float8);
INSERT INTO confidences VALUES (0.5), (0.8), (0.9), (0.95), (0.99), (0.999);

-- The ends of the range, what is next to them, and the middle, from one answer to 10^15. Beyond
-- 10^9 a share next to 1 and its interval fall together in double precision: there only ranges
-- and order are looked at. Pairs of shares go up to 10^6, and have a test at 10^9 of their own.
CREATE TABLE sizes (n bigint);
INSERT INTO sizes VALUES (1), (2), (3), (7), (10), (40), (1000), (1000000), (1000000000), (1000000000000000);
CREATE TABLE rates AS
SELECT DISTINCT rate_summary(x, n) AS s, x, n FROM sizes, unnest(ARRAY[0, 1, n / 3, n / 2, n - 1, n]) AS x;
CREATE TABLE scores AS
SELECT DISTINCT nps_summary(p, n - p - d, d) AS s, p, n - p - d AS q, d, n
FROM sizes, unnest(ARRAY[0, 1, n / 3, n / 2, n]) AS p, unnest(ARRAY[0, 1, n / 4, n / 2, n]) AS d WHERE p + d <= n;
CREATE TABLE weighted_scores AS
SELECT nps(9, w) + nps(7, u) + nps(3, v) + nps_summary(1, 1, 1) AS s FROM unnest('{0.001,0.5,1.5,20}'::float8[]) AS w, unnest('{0.2,1}'::float8[]) AS u, unnest('{0.01,3,1000}'::float8[]) AS v GROUP BY w, u, v;
CREATE TABLE weighted_rates AS
SELECT rate(true, w) + rate(true, u) + rate(false, v) AS s FROM unnest('{0.001,0.5,1.5,20}'::float8[]) AS w, unnest('{0.2,1}'::float8[]) AS u, unnest('{0.01,3,1000}'::float8[]) AS v GROUP BY w, u, v;
CREATE TABLE scales AS
SELECT likert_summary(1, ARRAY[a, b, 0, c, d]) AS s
FROM unnest('{0,1,2,1000000}'::bigint[]) AS a, unnest('{0,1,3}'::bigint[]) AS b, unnest('{0,5}'::bigint[]) AS c, unnest('{0,1,100000000}'::bigint[]) AS d WHERE a + b + c + d > 0
UNION SELECT likert(a, 1, 5, 1 + a * w) FROM generate_series(1, 5) AS a, unnest('{0.01,7}'::float8[]) AS w GROUP BY w;

-- A p-value below 1 - confidence and an interval without 0 say the same. They are computed apart,
-- so that both may waver within the last digits of the tie.
CREATE FUNCTION disagree(low float8, high float8, p float8, c float8) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT (p IS NULL) <> (low IS NULL) OR (p IS NULL) <> (high IS NULL)
		OR p < 0 OR p > 1 OR low > high OR p = 'NaN' OR low IN ('NaN', 'Infinity') OR high IN ('NaN', '-Infinity')
		OR abs(p - (1 - c)) > 1e-12 AND least(abs(low), abs(high)) > 1e-13 AND (p < 1 - c) <> (low > 0 OR high < 0)
$$;
\ir examples/no_row.sql

-- compare
SELECT no_row(format('SELECT a.s AS a, b.s AS b, c, d.* FROM rates AS a, rates AS b, confidences, compare(a.s, b.s, c, %L) AS d WHERE a.n <= 1000000 AND b.n <= 1000000 AND disagree(d.low, d.high, d.p_value, c)', m),
	'compare(rate): p and interval agree, ' || m) FROM unnest('{miettinen-nurminen,newcombe}'::text[]) AS m;
SELECT no_row(format('SELECT a.s AS a, b.s AS b, c, d.* FROM weighted_rates AS a, weighted_rates AS b, confidences, compare(a.s, b.s, c, %L) AS d WHERE disagree(d.low, d.high, d.p_value, c)', m),
	'compare(rate): p and interval agree, weighted, ' || m) FROM unnest('{miettinen-nurminen,newcombe}'::text[]) AS m;
SELECT no_row(format('SELECT a.s AS a, b.s AS b, c, d.* FROM scores AS a, scores AS b, confidences, compare(a.s, b.s, c, %L) AS d WHERE c IN (0.5, 0.95, 0.999) AND disagree(d.low, d.high, d.p_value, c)', m),
	'compare(nps): p and interval agree, ' || m) FROM unnest('{adjusted-wald,wald}'::text[]) AS m;
SELECT no_row(format('SELECT a.s AS a, b.s AS b, c, d.* FROM weighted_scores AS a, weighted_scores AS b, confidences, compare(a.s, b.s, c, %L) AS d WHERE disagree(d.low, d.high, d.p_value, c)', m),
	'compare(nps): p and interval agree, weighted, ' || m) FROM unnest('{adjusted-wald,wald}'::text[]) AS m;
SELECT no_row('SELECT a.s AS a, b.s AS b, c, d.* FROM scales AS a, scales AS b, confidences, compare(a.s, b.s, c) AS d WHERE disagree(d.low, d.high, d.p_value, c)', 'compare(likert): p and interval agree');

-- benchmark: against targets at the ends, between, and the estimate itself
SELECT no_row(format('SELECT s, t, c, a, d.* FROM rates, unnest(ARRAY[0, 1e-6, 0.1, 0.5, 0.75, 1, share(s)]) AS t, confidences, unnest(''{two-sided,greater,less}''::text[]) AS a, benchmark(s, t, c, a, %L) AS d WHERE n <= 1000000000 AND disagree(d.low, d.high, d.p_value, c)', m),
	'benchmark(rate): p and interval agree, ' || m) FROM unnest('{mid-p,exact}'::text[]) AS m;
SELECT no_row(format('SELECT s, t, c, a, d.* FROM weighted_rates, unnest(ARRAY[0, 0.1, 0.5, 0.75, 1, share(s)]) AS t, confidences, unnest(''{two-sided,greater,less}''::text[]) AS a, benchmark(s, t, c, a, %L) AS d WHERE disagree(d.low, d.high, d.p_value, c)', m),
	'benchmark(rate): p and interval agree, weighted, ' || m) FROM unnest('{mid-p,exact}'::text[]) AS m;
SELECT no_row(format('SELECT s, t, c, a, d.* FROM (SELECT s FROM scores UNION SELECT s FROM weighted_scores) AS s, unnest(ARRAY[-100, -99.9, -50, 0, 10, 33.3, 100, score(s)]) AS t, confidences, unnest(''{two-sided,greater,less}''::text[]) AS a, benchmark(s, t, c, a, %L) AS d WHERE disagree(d.low, d.high, d.p_value, c)', m),
	'benchmark(nps): p and interval agree, ' || m) FROM unnest('{adjusted-wald,tango,wald}'::text[]) AS m;
SELECT no_row('SELECT s, t, c, a, d.* FROM scales, unnest(ARRAY[1, 1.5, 3, 5, mean(s)]) AS t, confidences, unnest(''{two-sided,greater,less}''::text[]) AS a, benchmark(s, t, c, a) AS d WHERE disagree(d.low, d.high, d.p_value, c)',
	'benchmark(likert): p and interval agree');

-- Intervals: within the range, around the estimate, wider with confidence. An adjusted interval
-- has its middle elsewhere, so that the raw score may lie outside: adjusted-wald of a net, of a share.
SELECT no_row(format('SELECT s, c, i.* FROM (SELECT s FROM rates UNION SELECT s FROM weighted_rates) AS s, confidences, confidence_interval(s, c, %L) AS i
	WHERE NOT (0 <= i.low AND i.low <= i.high AND i.high <= 1) OR (i.low IS NULL)', m), 'interval of a share within 0 and 1, ' || m) FROM unnest('{wilson,agresti-coull,clopper-pearson,jeffreys,mid-p,wald}'::text[]) AS m;
SELECT no_row('SELECT m, s, c, i.* FROM rates, confidences, unnest(''{wilson,clopper-pearson,mid-p,wald}''::text[]) AS m, confidence_interval(s, c, m) AS i WHERE NOT (i.low <= share(s) AND share(s) <= i.high)', 'interval of a share around it');
SELECT no_row('SELECT s, c, i.* FROM (SELECT s FROM scores UNION SELECT s FROM weighted_scores) AS s, confidences, unnest(''{adjusted-wald,tango,wald}''::text[]) AS m, confidence_interval(s, c, m) AS i
	WHERE NOT (-100 <= i.low AND i.low <= i.high AND i.high <= 100) OR i.low IS NULL', 'interval of a net score within -100 and 100');
SELECT no_row('SELECT m, s, c, i.* FROM scores, confidences, unnest(''{tango,wald}''::text[]) AS m, confidence_interval(s, c, m) AS i WHERE NOT (i.low <= score(s) + 1e-9 AND score(s) - 1e-9 <= i.high)', 'interval of a net score around it');
SELECT no_row('SELECT s, c, i.* FROM scales, confidences, confidence_interval(s, c) AS i WHERE NOT (1 <= i.low AND i.low <= mean(s) AND mean(s) <= i.high AND i.high <= 5)', 'interval of a mean around it and on the scale');
SELECT no_row('SELECT s, e.* FROM scales, report(s) AS e WHERE NOT (1 <= mean AND mean <= 5 AND 1 <= median AND median <= 5 AND stddev >= 0 AND agreement_index BETWEEN -1 AND 1 AND top_2_low <= top_2_box AND top_2_box <= top_2_high AND consensus(s) BETWEEN 0 AND 1)', 'measures of a scale on it');
SELECT no_row('SELECT s, d.* FROM scales, confidences, distribution(s, c) AS d WHERE NOT (0 <= simultaneous_low AND simultaneous_low <= share AND share <= simultaneous_high AND simultaneous_high <= 1 AND share <= cumulative_share AND cumulative_share <= 1)', 'distribution within 0 and 1');
SELECT no_row('SELECT s FROM scales WHERE (SELECT max(cumulative_share) FROM distribution(s)) <> 1', 'distribution ends at 1');
-- weights do not push a share or a mean off its range by a rounding error
SELECT no_row('SELECT w, mean(s), mean(t) FROM (SELECT w, likert(5, 1, 5, w) AS s, likert(1, 1, 5, w) AS t FROM generate_series(0.001, 0.4, 0.001) AS w GROUP BY w) AS q WHERE mean(s) <> 5 OR mean(t) <> 1', 'mean of equal answers is that answer, whatever the weight');

SELECT no_row('SELECT * FROM (SELECT m, s, c, i.low, i.high, lag(i.low) OVER w AS wider_low, lag(i.high) OVER w AS wider_high
	FROM rates, confidences, unnest(''{wilson,agresti-coull,clopper-pearson,jeffreys,mid-p,wald}''::text[]) AS m, confidence_interval(s, c, m) AS i WINDOW w AS (PARTITION BY m, s ORDER BY c DESC)) AS q
	WHERE wider_low > low OR wider_high < high', 'interval of a share widens with confidence');
SELECT no_row('SELECT * FROM (SELECT m, s, c, i.low, i.high, lag(i.low) OVER w AS wider_low, lag(i.high) OVER w AS wider_high
	FROM scores, confidences, unnest(''{adjusted-wald,tango,wald}''::text[]) AS m, confidence_interval(s, c, m) AS i WHERE n <= 1000000 WINDOW w AS (PARTITION BY m, s ORDER BY c DESC)) AS q
	WHERE wider_low > low + 1e-9 OR wider_high < high - 1e-9', 'interval of a net score widens with confidence');
SELECT no_row('SELECT * FROM (SELECT s, c, i.low, i.high, lag(i.low) OVER w AS wider_low, lag(i.high) OVER w AS wider_high
	FROM scales, confidences, confidence_interval(s, c) AS i WINDOW w AS (PARTITION BY s ORDER BY c DESC)) AS q WHERE wider_low > low OR wider_high < high', 'interval of a mean widens with confidence');
SELECT no_row('SELECT * FROM (SELECT m, a.s AS a, b.s AS b, c, i.low, i.high, lag(i.low) OVER w AS wider_low, lag(i.high) OVER w AS wider_high
	FROM rates AS a, rates AS b, confidences, unnest(''{miettinen-nurminen,newcombe}''::text[]) AS m, compare(a.s, b.s, c, m) AS i WHERE a.n IN (1, 10, 1000, 1000000) AND b.n IN (1, 7, 1000) WINDOW w AS (PARTITION BY m, a.s, b.s ORDER BY c DESC)) AS q
	WHERE wider_low > low + 1e-6 OR wider_high < high - 1e-6 OR c > 0.8 AND high - low < 1e-6', 'interval of a difference of shares widens with confidence, and has a width');

-- Symmetry: turning every answer around turns the result around
SELECT no_row('SELECT m, x, n, c, i.low, i.high, j.low AS other_low, j.high AS other_high FROM rates, confidences, unnest(''{wilson,agresti-coull,clopper-pearson,jeffreys,mid-p,wald}''::text[]) AS m,
	confidence_interval(s, c, m) AS i, confidence_interval(rate_summary(n - x, n), c, m) AS j WHERE abs(i.low + j.high - 1) > 1e-9 OR abs(i.high + j.low - 1) > 1e-9', 'interval of failures mirrors that of successes');
SELECT no_row('SELECT m, s, c, i.low, i.high, j.low AS other_low, j.high AS other_high FROM scores, confidences, unnest(''{adjusted-wald,tango,wald}''::text[]) AS m,
	confidence_interval(s, c, m) AS i, confidence_interval(nps_summary(d, q, p), c, m) AS j WHERE abs(i.low + j.high) > 1e-6 OR abs(i.high + j.low) > 1e-6', 'interval with promoters and detractors swapped is mirrored');
SELECT no_row('SELECT m, a.s AS a, b.s AS b, c, i.low, i.high, j.low AS other_low, j.high AS other_high, i.p_value, j.p_value AS other_p FROM rates AS a, rates AS b, confidences, unnest(''{miettinen-nurminen,newcombe}''::text[]) AS m,
	compare(a.s, b.s, c, m) AS i, compare(b.s, a.s, c, m) AS j WHERE c IN (0.5, 0.95) AND a.n <= 1000000 AND b.n <= 1000000
	AND (abs(i.low + j.high) > 0.01 * (i.high - i.low) OR abs(i.high + j.low) > 0.01 * (i.high - i.low) OR i.difference <> -j.difference OR abs(i.p_value - j.p_value) > 1e-9)', 'compare(b, a) mirrors compare(a, b)');
SELECT no_row('SELECT m, a.s AS a, b.s AS b, c, i.low, i.high, j.low AS other_low, j.high AS other_high, i.p_value, j.p_value AS other_p FROM rates AS a, rates AS b, confidences, unnest(''{miettinen-nurminen,newcombe}''::text[]) AS m,
	compare(a.s, b.s, c, m) AS i, compare(rate_summary(b.n - b.x, b.n), rate_summary(a.n - a.x, a.n), c, m) AS j WHERE c IN (0.5, 0.95) AND a.n <= 1000000 AND b.n <= 1000000
	AND (abs(i.low - j.low) > 0.01 * (i.high - i.low) OR abs(i.high - j.high) > 0.01 * (i.high - i.low) OR abs(i.p_value - j.p_value) > 1e-7)', 'compare of failures mirrors compare of successes');
SELECT no_row('SELECT s, t, a, d.p_value, e.p_value AS other FROM rates, unnest(ARRAY[0, 0.1, 0.5, 0.75, 1]) AS t, unnest(''{mid-p,exact}''::text[]) AS m, (VALUES (''two-sided'', ''two-sided''), (''greater'', ''less''), (''less'', ''greater'')) AS v(a, b),
	benchmark(s, t, 0.95, a, m) AS d, benchmark(rate_summary(n - x, n), 1 - t, 0.95, b, m) AS e WHERE abs(d.p_value - e.p_value) > 1e-9 * (1 + 0 * n)', 'benchmark of failures mirrors benchmark of successes');

-- With a billion trials the interval of a difference is as exact, next to its standard error
SELECT no_row('SELECT a.s AS a, b.s AS b, c, i.low, i.high, j.low AS other_low, j.high AS other_high, i.p_value FROM rates AS a, rates AS b, confidences, compare(a.s, b.s, c) AS i, compare(b.s, a.s, c) AS j
	WHERE a.n = 1000000000 AND b.n = 1000000000 AND (abs(i.low + j.high) > 0.01 * (i.high - i.low) OR disagree(i.low, i.high, i.p_value, c))', 'compare(rate) of a billion trials');
SELECT no_row('SELECT * FROM (SELECT s, c, i.low, i.high, lag(i.low) OVER w AS wider_low, lag(i.high) OVER w AS wider_high FROM scores, confidences, confidence_interval(s, c, ''tango'') AS i WHERE n = 1000000000 WINDOW w AS (PARTITION BY s ORDER BY c DESC)) AS q WHERE wider_low > low OR wider_high < high', 'tango of a billion answers widens with confidence');

-- Next to no confidence rounding is all that is between the ends, and must not cross them
SELECT no_row('SELECT s, m, c, i.low, i.high FROM (SELECT s FROM rates UNION SELECT rate_summary(36026898509481983, 72055079374927935) UNION SELECT rate_summary(power(10, g / 2.0)::bigint * k / 7, power(10, g / 2.0)::bigint) FROM generate_series(0, 30) AS g, generate_series(0, 7) AS k) AS s,
	unnest(''{wilson,agresti-coull,clopper-pearson,jeffreys,mid-p,wald}''::text[]) AS m, unnest(ARRAY[1e-17, 1e-9]) AS c, confidence_interval(s, c, m) AS i WHERE i.low > i.high', 'ends of intervals next to no confidence');
SELECT no_row('SELECT s, t, m, c, i.low, i.high FROM (SELECT s FROM rates UNION SELECT rate_summary(power(10, g / 2.0)::bigint * k / 7, power(10, g / 2.0)::bigint) FROM generate_series(0, 30) AS g, generate_series(0, 7) AS k) AS s,
	unnest(ARRAY[0, 0.1, 0.5, 1]) AS t, unnest(''{mid-p,exact}''::text[]) AS m, unnest(ARRAY[1e-17, 1e-9]) AS c, benchmark(s, t, c, ''two-sided'', m) AS i WHERE i.low > i.high', 'ends of benchmark next to no confidence');
SELECT no_row('SELECT a.s, b.s, m, c, i.low, i.high FROM rates AS a, rates AS b, unnest(''{miettinen-nurminen,newcombe}''::text[]) AS m, unnest(ARRAY[1e-17, 1e-9]) AS c, compare(a.s, b.s, c, m) AS i WHERE i.low > i.high', 'ends of compare next to no confidence');

-- Where the verbs share a number it is the same
SELECT no_row('SELECT s FROM (SELECT s FROM rates UNION SELECT s FROM weighted_rates) AS s, report(s) AS r, estimate(s) AS e, confidence_interval(s) AS i WHERE (r.share, r.low, r.high, r.trials, r.effective_n) IS DISTINCT FROM (e.estimate, e.low, e.high, e.n, e.effective_n)
	OR (i.low, i.high) IS DISTINCT FROM (e.low, e.high) OR (low(s), high(s), share(s), n(s), effective_n(s)) IS DISTINCT FROM (e.low, e.high, e.estimate, e.n, e.effective_n)', 'verbs of a rate agree');
SELECT no_row('SELECT s FROM (SELECT s FROM scores UNION SELECT s FROM weighted_scores) AS s, report(s) AS r, estimate(s) AS e, confidence_interval(s) AS i WHERE (r.score, r.low, r.high, r.n, r.effective_n) IS DISTINCT FROM (e.estimate, e.low, e.high, e.n, e.effective_n)
	OR (i.low, i.high) IS DISTINCT FROM (e.low, e.high) OR (low(s), high(s), score(s), n(s), effective_n(s)) IS DISTINCT FROM (e.low, e.high, e.estimate, e.n, e.effective_n)', 'verbs of an NPS agree');
SELECT no_row('SELECT s FROM scales, report(s) AS r, estimate(s) AS e, confidence_interval(s) AS i WHERE (r.mean, r.low, r.high, r.n, r.effective_n, r.median, r.stddev, r.agreement_index) IS DISTINCT FROM (e.estimate, e.low, e.high, e.n, e.effective_n, median(s), standard_deviation(s), agreement_index(s))
	OR (i.low, i.high) IS DISTINCT FROM (e.low, e.high) OR (low(s), high(s), mean(s), n(s), effective_n(s)) IS DISTINCT FROM (e.low, e.high, e.estimate, e.n, e.effective_n)
	OR abs(r.top_2_box - share(csat(s))) + abs(r.top_2_low - low(csat(s))) + abs(r.top_2_high - high(csat(s))) + abs(r.bottom_2_box - share(bottom_box(s, 2))) > 1e-12', 'verbs of a scale agree');
SELECT no_row('SELECT s FROM (SELECT s FROM rates UNION SELECT s FROM weighted_rates UNION SELECT rate_summary(0, 0, 3)) AS s, report(s) AS r WHERE share_if_failed > share OR share_if_met < share OR share_if_failed NOT BETWEEN 0 AND 1 OR share_if_met NOT BETWEEN 0 AND 1', 'a share lies between its limits for the undecided');

-- Rates of events: as likely, exchanged, in other units, with the rates of each
CREATE TEMP TABLE event_pairs AS SELECT a, x, b, y FROM unnest('{0,1,2,7,40,1000,123456789,9223372036854775807}'::bigint[]) AS a, unnest('{0,1,3,9,1000,9223372036854775806}'::bigint[]) AS b, unnest('{1,0.001,7e10}'::float8[]) AS x, unnest('{1,2.5}'::float8[]) AS y;
SELECT no_row('SELECT p.*, c, d.* FROM event_pairs AS p, confidences, compare_event_rates(a, x, b, y, c) AS d WHERE disagree(d.low - 1, d.high - 1, d.p_value, c)', 'compare_event_rates: p and interval agree');
SELECT no_row('SELECT p.*, d.*, e.* FROM event_pairs AS p, compare_event_rates(a, x, b, y) AS d, compare_event_rates(b, y, a, x) AS e WHERE a + b::numeric > 0 AND NOT (abs(d.p_value - e.p_value) <= 1e-9 * d.p_value + 1e-300 AND (d.low = 0 AND e.high = ''Infinity'' OR abs(d.low * e.high - 1) < 1e-9) AND (d.high = ''Infinity'' AND e.low = 0 OR abs(d.high * e.low - 1) < 1e-9))', 'compare_event_rates: exchanged, the ratio is turned over');
SELECT no_row('SELECT p.*, d.*, e.* FROM event_pairs AS p, compare_event_rates(a, x, b, y) AS d, compare_event_rates(a, x * 1024, b, y * 1024) AS e WHERE d IS DISTINCT FROM e OR NOT d.low <= d.ratio OR NOT d.ratio <= d.high', 'compare_event_rates: in any unit of exposure, the ratio within its interval');
SELECT no_row('SELECT p.*, c, d.* FROM event_pairs AS p, unnest(ARRAY[1e-17, 1e-9]) AS c, compare_event_rates(a, x, b, y, c) AS d WHERE d.low > d.high', 'compare_event_rates: ends next to no confidence');
SELECT no_row('SELECT p.*, d.*, r.*, q.* FROM event_pairs AS p, compare_event_rates(a, x, b, y) AS d, event_rate(a, x) AS r, event_rate(b, y) AS q WHERE b > 0 AND NOT abs(d.ratio * q.rate - r.rate) <= 1e-12 * r.rate', 'compare_event_rates: the ratio of two event_rate');

-- In FROM every one-row verb gives one row for NULL, and all of it NULL
SELECT is((SELECT string_agg(q, ' ') FROM (SELECT format('report(NULL::%s)', t) AS q FROM unnest('{nps_summary,likert_summary,rate_summary}'::text[]) AS t
		UNION ALL SELECT format('%s(NULL::%s)', f, t) FROM unnest('{estimate,confidence_interval}'::text[]) AS f, unnest('{nps_summary,likert_summary,rate_summary}'::text[]) AS t
		UNION ALL SELECT format('compare(NULL::%s, NULL)', t) FROM unnest('{nps_summary,likert_summary,rate_summary}'::text[]) AS t
		UNION ALL SELECT format('benchmark(NULL::%s, 1)', t) FROM unnest('{nps_summary,likert_summary,rate_summary}'::text[]) AS t
		UNION ALL SELECT 'benchmark(nps_summary(1, 1, 1), NULL)' UNION ALL SELECT 'event_rate(NULL, 1)' UNION ALL SELECT 'compare_event_rates(1, 1, NULL, 1)' UNION ALL SELECT 'compare_event_rates(0, 1, 0, 1)' UNION ALL SELECT 'report(rate_summary(1, 1), NULL)') AS v
	WHERE (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %s AS r WHERE num_nonnulls(VARIADIC (SELECT array_agg(value) FROM jsonb_each_text(to_jsonb(r)))) = 0', q), false, true, '')))[1]::text <> '1'), NULL, 'NULL keeps its row');

SELECT * FROM finish();
ROLLBACK;
