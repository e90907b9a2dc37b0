-- Summaries against plain SQL over the rows they were built from, on random answers.
BEGIN;
SELECT plan(23);
SELECT setseed(0.1) IS NULL AS ignored \gset

-- Groups of every size and shape; the weights have few decimals, as weighting programs give them
CREATE TABLE answers AS
SELECT g, CASE WHEN random() > 0.1 THEN least(4, greatest(0, floor(random() * (1 + g % 9) + (g % 4) - 1)))::int + 1 END AS answer,
	(ARRAY[1, 1, 1 + floor(random() * 3), round(random()::numeric, 1) + 0.1, round((random() * 50)::numeric, 2) + 0.01])[1 + g % 5]::numeric AS weight
FROM generate_series(1, 400) AS g, LATERAL generate_series(1, 1 + (g * g) % 60) AS i;
CREATE TABLE summaries AS
SELECT g, likert(answer, 1, 5) AS s, likert(answer, 1, 5, weight) AS w, nps(answer * 2, weight) AS net, rate(answer > 3, weight) FILTER (WHERE answer IS NOT NULL) AS rate FROM answers GROUP BY g HAVING count(answer) > 0;

CREATE FUNCTION near(a float8, b float8, tolerance float8 DEFAULT 1e-9) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT a IS NOT DISTINCT FROM b OR coalesce(abs(a - b) <= tolerance * greatest(1, abs(b)), false)
$$;
CREATE FUNCTION none_of(number bigint, compared bigint, what text) RETURNS text LANGUAGE sql AS $$
	SELECT is(number || CASE WHEN compared > 300 THEN '' ELSE ' (but too few were compared)' END, '0', what)
$$;

SELECT none_of(count(*) FILTER (WHERE NOT (near(mean(s), avg) AND n(s) = count AND effective_n(s) = count)), count(*), 'mean is avg()')
FROM summaries JOIN (SELECT g, avg(answer)::float8, count(answer) FROM answers GROUP BY g) AS a USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT near(standard_deviation(s), stddev)), count(*), 'standard_deviation is stddev_samp()')
FROM summaries JOIN (SELECT g, stddev_samp(answer)::float8 AS stddev FROM answers GROUP BY g) AS a USING (g);
SELECT none_of(count(*) FILTER (WHERE median(s) IS DISTINCT FROM median), count(*), 'median is percentile_cont(0.5)')
FROM summaries JOIN (SELECT g, percentile_cont(0.5) WITHIN GROUP (ORDER BY answer) AS median FROM answers GROUP BY g) AS a USING (g);

-- The weighted median parts the exact sums of the weights; at an even split it is the middle of the gap
CREATE VIEW weighted AS
SELECT g, answer, sum(weight) AS weight, sum(weight * weight) AS square FROM answers WHERE answer IS NOT NULL GROUP BY g, answer;
CREATE VIEW medians AS
SELECT g, (min(answer) FILTER (WHERE below >= total / 2) + min(answer) FILTER (WHERE below > total / 2)) / 2.0 AS median
FROM (SELECT g, answer, sum(weight) OVER (PARTITION BY g ORDER BY answer) AS below, sum(weight) OVER (PARTITION BY g) AS total FROM weighted) AS s GROUP BY g;
SELECT none_of(count(*) FILTER (WHERE median(w) IS DISTINCT FROM median::float8), count(*), 'weighted median parts the weights') FROM summaries JOIN medians USING (g);
SELECT is((SELECT count(*)::int FROM (SELECT likert(a, 1, 5, w) AS s FROM generate_series(1, 30) AS i, generate_series(1, 30) AS j, LATERAL (VALUES (1, i / 10.0), (2, j / 10.0), (4, (i + j) / 10.0)) AS v(a, w) GROUP BY i, j) AS q WHERE median(s) <> 3), 0, 'weights that part evenly: between the points');
SELECT none_of(count(*) FILTER (WHERE NOT near(interpolated_median(w), (SELECT CASE WHEN count(*) FILTER (WHERE answer = median) = 0 THEN median
	ELSE median + (coalesce(sum(weight) FILTER (WHERE answer > median), 0) - coalesce(sum(weight) FILTER (WHERE answer < median), 0)) / (2 * sum(weight) FILTER (WHERE answer = median)) END FROM weighted WHERE weighted.g = summaries.g))), count(*), 'interpolated median spreads the answers at it') FROM summaries JOIN medians USING (g);

-- Weighted moments: variance by the weights, standard error by linearisation, but the effective
-- number never more than twice what Kish's says
CREATE VIEW moments AS
SELECT g, mean, variance, number, CASE WHEN variance > 0 THEN least(variance * total ^ 2 / error, 2 * total ^ 2 / squares) ELSE total ^ 2 / squares END AS effective_n, CASE WHEN number > 1 THEN sqrt(variance * number / (number - 1)) END AS stddev
FROM (SELECT g, mean, total, sum(weight * (answer - mean) ^ 2) / total AS variance, sum(weight ^ 2 * (answer - mean) ^ 2) AS error, sum(weight ^ 2) AS squares, count(*) AS number
	FROM (SELECT g, answer, weight, sum(answer * weight) OVER w / sum(weight) OVER w AS mean, sum(weight) OVER w AS total FROM answers WHERE answer IS NOT NULL WINDOW w AS (PARTITION BY g)) AS s GROUP BY g, mean, total) AS t;
SELECT none_of(count(*) FILTER (WHERE NOT near(mean(w), mean::float8)), count(*), 'weighted mean') FROM summaries JOIN moments USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT near(standard_deviation(w), stddev::float8)), count(*), 'weighted standard deviation') FROM summaries JOIN moments USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT near(effective_n(w), effective_n::float8, 1e-6) AND variance > 1e-20), count(*), 'effective_n') FROM summaries JOIN moments USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT (near(score(net), score) AND near(effective_n(net), effective, 1e-6) AND n(net) = number)), count(*), 'weighted score and its effective_n')
FROM summaries JOIN (SELECT g, number, 100 * score AS score, CASE WHEN variance > 0 THEN least(variance * total ^ 2 / error, 2 * total ^ 2 / squares) ELSE total ^ 2 / squares END AS effective FROM
	(SELECT g, count(*) AS number, score, total, sum(weight * (point - score) ^ 2) / total AS variance, sum(weight ^ 2 * (point - score) ^ 2) AS error, sum(weight ^ 2) AS squares FROM
		(SELECT g, point, weight, sum(weight) OVER w AS total, sum(weight * point) OVER w / sum(weight) OVER w AS score FROM (SELECT g, nps_points(answer * 2) / 100 AS point, weight FROM answers WHERE answer IS NOT NULL) AS r WINDOW w AS (PARTITION BY g)) AS s GROUP BY g, score, total) AS t) AS m USING (g);
SELECT none_of(count(*) FILTER (WHERE NOT (near(share(rate), share::float8) AND n(rate) = number)), count(*), 'weighted share')
FROM summaries JOIN (SELECT g, sum(weight) FILTER (WHERE answer > 3) AS met, coalesce(sum(weight) FILTER (WHERE answer > 3), 0) / sum(weight) AS share, count(*) AS number FROM answers WHERE answer IS NOT NULL GROUP BY g) AS r USING (g);
-- weights that are all the same change nothing but their sum
SELECT none_of(count(*) FILTER (WHERE NOT (near(mean(v), mean(s)) AND near(standard_deviation(v), standard_deviation(s)) AND near(effective_n(v), effective_n(s), 1e-6) AND median(v) = median(s) AND near(low(v), low(s), 1e-6) AND near(high(v), high(s), 1e-6)
	AND near(agreement_index(v), agreement_index(s)) AND near(consensus(v), consensus(s)))), count(*), 'equal weights are no weights')
FROM summaries JOIN (SELECT g, likert(answer, 1, 5, 0.3) AS v FROM answers GROUP BY g) AS a USING (g);
-- an answer with nearly all of the weight hides its own error; Kish's number knows better
-- Equal weights are no weights, to the last bit
SELECT none_of(count(*) FILTER (WHERE effective_n(s) <> n(s)), count(*), 'equal weights leave as many answers as there are')
FROM (SELECT nps(CASE WHEN i <= a THEN 10 ELSE 0 END, w) AS s FROM unnest('{0.001,0.1,0.3,1.1,2.5,3.333333,1000.1}'::float8[]) AS w, generate_series(1, 10) AS a, generate_series(0, 9) AS b, LATERAL generate_series(1, a + b) AS i GROUP BY w, a, b) AS g;
SELECT ok(abs(effective_n(s) - 2 * 1.004) < 0.001 AND low(s) < -20, 'three answers do not pass for hundreds')
FROM (SELECT nps(a, w) AS s FROM (VALUES (10, 1000.0), (8, 1), (0, 1)) AS v(a, w)) AS r;

-- van der Eijk's agreement: layers of the histogram, all triples of points counted one by one
CREATE FUNCTION naive_agreement(counts bigint[]) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	k int = cardinality(counts);
	rest bigint[] = counts;
	total numeric = (SELECT sum(c) FROM unnest(counts) AS c);
	agreement numeric = 0;
	used boolean[];
	least_count bigint;
	s int; tu int; tdu int; u numeric;
BEGIN
	LOOP
		used := ARRAY(SELECT c > 0 FROM unnest(rest) WITH ORDINALITY AS r(c, i) ORDER BY i);
		s := (SELECT count(*) FROM unnest(used) AS x WHERE x);
		EXIT WHEN s = 0;
		least_count := (SELECT min(c) FROM unnest(rest) AS c WHERE c > 0);
		tu := 0;
		tdu := 0;
		FOR i IN 1..k LOOP FOR j IN i + 1..k LOOP FOR l IN j + 1..k LOOP
			IF used[i] AND used[j] AND NOT used[l] OR NOT used[i] AND used[j] AND used[l] THEN tu := tu + 1; END IF;
			IF used[i] AND NOT used[j] AND used[l] THEN tdu := tdu + 1; END IF;
		END LOOP; END LOOP; END LOOP;
		u := CASE WHEN tu + tdu = 0 THEN 1 ELSE ((k - 2) * tu - (k - 1) * tdu)::numeric / ((k - 2) * (tu + tdu)) END;
		agreement := agreement + u * (1 - (s - 1)::numeric / (k - 1)) * least_count * s / total;
		rest := ARRAY(SELECT CASE WHEN c > 0 THEN c - least_count ELSE 0 END FROM unnest(rest) WITH ORDINALITY AS r(c, i) ORDER BY i);
	END LOOP;
	RETURN agreement;
END
$$;
SELECT none_of(count(*) FILTER (WHERE NOT near(agreement_index(s), naive_agreement(counts(s)))), count(*), 'agreement_index counts triples') FROM summaries;
SELECT is((SELECT count(*)::int FROM (SELECT ARRAY[a, b, c, d, e, f, g]::bigint[] AS counts FROM generate_series(0, 1) AS a, generate_series(0, 2) AS b, generate_series(0, 1) AS c, generate_series(0, 1) AS d, generate_series(0, 2) AS e, generate_series(0, 1) AS f, generate_series(0, 1) AS g WHERE a + b + c + d + e + f + g > 0) AS s
	WHERE NOT near(agreement_index(likert_summary(-3, counts)), naive_agreement(counts))), 0, 'agreement_index of all small histograms on seven points');
SELECT none_of(count(*) FILTER (WHERE NOT near(consensus(s), greatest(0, (SELECT 1 + sum(share * ln(1 - abs(value - mean(s)) / 4) / ln(2)) FROM distribution(s) WHERE answers > 0)))), count(*), 'consensus by its formula') FROM summaries WHERE consensus(s) > 1e-12;

-- The boxes and the net of a scale are counts of its rows
SELECT none_of(count(*) FILTER (WHERE NOT (top_box(w, 2) = t AND bottom_box(w, 3) = b AND share(csat(s)) = share(t1) AND score(net(s, 2)) = score(n1) AND to_nps(z) = p)), count(*), 'boxes, net and to_nps count rows')
FROM summaries JOIN (SELECT g, rate(answer > 3, weight) FILTER (WHERE answer IS NOT NULL) AS t, rate(answer < 4, weight) FILTER (WHERE answer IS NOT NULL) AS b, rate(answer > 3) FILTER (WHERE answer IS NOT NULL) AS t1,
	nps(CASE WHEN answer > 3 THEN 10 WHEN answer < 3 THEN 0 ELSE 7 END) FILTER (WHERE answer IS NOT NULL) AS n1, likert(answer * 2, 0, 10, weight) AS z, nps(answer * 2, weight) AS p FROM answers GROUP BY g) AS r USING (g);

-- A point of the distribution is a rate of its own, with its own effective number
SELECT none_of(count(*) FILTER (WHERE NOT (near(d.simultaneous_low, c.low) AND near(d.simultaneous_high, c.high) AND near(d.share, share(at)))), count(*), 'simultaneous intervals are those of a rate at 1 - alpha / k')
FROM summaries, LATERAL distribution(w, 0.9) AS d,
	LATERAL (SELECT CASE WHEN value = 1 THEN bottom_box(w, 1) WHEN value = 5 THEN top_box(w, 1) END AS at FROM (SELECT d.value) AS v) AS v, LATERAL confidence_interval(at, 1 - 0.1 / 5) AS c WHERE at IS NOT NULL;

-- Equal shares by different weights differ in the last bit, which leaves an interval all the same
SELECT is((SELECT count(*)::int FROM (SELECT rate(i <= 3, 1 + (g % 37) / 10.0) AS a FROM generate_series(1, 300) AS g, generate_series(1, 10) AS i GROUP BY g) AS q,
	LATERAL (SELECT rate(i <= 6, 0.7) AS b FROM generate_series(1, 20) AS i) AS r, compare(a, b) AS c WHERE (c.low < 0 AND c.high > 0 AND c.p_value > 0.999) IS NOT TRUE), 0, 'nearly equal shares have an interval');

-- What was never counted cannot be taken out, also not by an aggregate somebody else makes
CREATE AGGREGATE takes_out(float8, float8) (SFUNC = nps_summary_remove, STYPE = nps_summary, INITCOND = '{"promoters":5,"passives":0,"detractors":0}');
SELECT throws_ok('SELECT takes_out(9, 5.0)', '22003', 'cannot take out an answer that was never counted', 'weights that were never counted');

-- An aggregate without a final function may keep room for weights where none are left
CREATE AGGREGATE keeps_room(likert_summary) (SFUNC = likert_summary_combine, STYPE = likert_summary, INITCOND = '{}',
	MSFUNC = likert_summary_combine, MINVFUNC = likert_summary_remove, MSTYPE = likert_summary, MINITCOND = '{}');
SELECT ok(bool_and(kept = plain AND likert_summary_hash(kept) = likert_summary_hash(plain)), 'equal values have equal hashes')
FROM (SELECT i, keeps_room(s) OVER (ORDER BY i ROWS 1 PRECEDING) AS kept, likert_summary(1, ARRAY[0, 0, 2]) AS plain
	FROM (SELECT i, likert(3, 1, 3, CASE WHEN i = 1 THEN 2 ELSE 1 END) AS s FROM generate_series(1, 5) AS i GROUP BY i) AS s) AS w WHERE i > 2;

SELECT ok(abs(consensus(likert_summary(1, '{1,0,0,0,70000000000000000}')) - 1) < 1e-9, 'one answer against very many leaves the consensus');

SELECT * FROM finish();
ROLLBACK;
