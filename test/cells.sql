-- Window functions over groups (shrink, suppress, control_limits) and the experience index, against
-- plain SQL on random rows.
BEGIN;
SELECT plan(71);

\set seed 20021975
\set numbers 30000
\ir examples/random_number.sql

-- Answers of groups within partitions: of 1 to 40 groups, with 0 to 30 answers each
CREATE TEMPORARY TABLE answer ON COMMIT DROP AS
SELECT p, g, a, floor(11 * power(r.u, 0.4 + g % 5 / 4.0))::int AS score, q.u < 0.3 + g % 3 / 5.0 AS ok,
	round((20 * q.u + g % 4)::numeric, 2)::float8 AS value, 0.5 + round((2 * r.u)::numeric, 1)::float8 AS weight
FROM (SELECT p, g, a, row_number() OVER (ORDER BY p, g, a) AS k
	FROM generate_series(1, 30) AS p, generate_series(1, 1 + p * 17 % 40) AS g, generate_series(1, (p * 11 + g * 7) % 31) AS a) AS t
	JOIN random_number AS r ON r.i = 2 * k JOIN random_number AS q ON q.i = 2 * k + 1
WHERE k < 15000;
SELECT cmp_ok((SELECT count(*)::int FROM answer), '>', 9000, 'there are answers');
CREATE TEMPORARY TABLE cell ON COMMIT DROP AS
SELECT p, g, nps(score) AS nps, rate(ok) AS rate, likert(score, 0, 10) AS likert, sample(value) AS sample,
	nps(score, weight) AS weighted, avg(nps_points(score)) / 100 AS net, avg(ok::int)::float8 AS share, avg(score)::float8 AS mark, avg(value) AS value, count(*)::int AS n
FROM answer GROUP BY p, g;

CREATE FUNCTION pg_temp.near(found float8, expected float8, tolerance float8 DEFAULT 1e-9) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN found IS NULL OR expected IS NULL THEN found IS NULL AND expected IS NULL
		ELSE abs(found - expected) <= tolerance * greatest(abs(expected), abs(found), 1e-3) END
$$;

--
-- shrink
--

-- What Morris (1983) says, with tau^2 by bisection
CREATE FUNCTION pg_temp.shrunken(m float8[], v float8[], OUT i int, OUT estimate float8, OUT error float8, OUT b float8) RETURNS SETOF record
LANGUAGE plpgsql AS $$
DECLARE
	k int = cardinality(m);
	tau float8;
	under float8 = 0;
	over float8 = 1e6;
	mean float8;
	total float8;
	spread float8;
	expected float8;
	answer float8;
BEGIN
	FOR step IN 0..200 LOOP
		tau := CASE WHEN step = 0 THEN 0 ELSE (under + over) / 2 END;
		SELECT sum(x / (y + tau)) / sum(1 / (y + tau)), sum(1 / (y + tau)) INTO mean, total FROM unnest(m, v) AS u(x, y);
		SELECT sum((x - mean) ^ 2 / (y + tau)) INTO answer FROM unnest(m, v) AS u(x, y);
		EXIT WHEN step = 0 AND answer <= k - 1 OR step > 0 AND tau IN (under, over);
		under := CASE WHEN answer > k - 1 THEN tau ELSE under END;
		over := CASE WHEN answer > k - 1 THEN over ELSE tau END;
	END LOOP;
	SELECT sum(y / (y + tau)) / total INTO spread FROM unnest(v) AS y;
	FOR j IN 1..k LOOP
		i := j;
		IF k < 4 THEN
			b := 0;
			error := sqrt(v[i]);
		ELSE
			expected := v[i] + tau;
			b := (k - 3.0) / (k - 1.0) * v[i] / expected;
			error := sqrt(v[i] * (1 - (k - k / expected / total) / k * b) + 2 / (k - 3.0) * b ^ 2 * (spread + tau) / expected * (m[i] - mean) ^ 2);
		END IF;
		estimate := (1 - b) * m[i] + b * mean;
		RETURN NEXT;
	END LOOP;
END
$$;

-- The variance of one answer over all groups of a partition, from the answers
CREATE TEMPORARY TABLE spread ON COMMIT DROP AS
SELECT p, (count(*) * avg(s * s) + 1.5) / (count(*) + 3) - (sum(s) / (count(*) + 3)) ^ 2 AS net,
	((count(*) FILTER (WHERE ok) + 2) / (count(*) + 4.0) * (count(*) FILTER (WHERE NOT ok) + 2) / (count(*) + 4.0))::float8 AS share,
	sum((score - mark) ^ 2) / nullif(count(*) - count(DISTINCT g), 0) AS mark, sum((a.value - c.value) ^ 2) / nullif(count(*) - count(DISTINCT g), 0) AS value
FROM answer AS a JOIN cell AS c USING (p, g), LATERAL (SELECT (nps_points(score) / 100)::float8 AS s) AS n GROUP BY p;
CREATE TEMPORARY TABLE measured ON COMMIT DROP AS
SELECT p, what, (row_number() OVER (PARTITION BY p, what ORDER BY g))::int AS i, count(*) OVER (PARTITION BY p, what) AS groups, g, m, v / n AS v, s.*, unit, lowest, highest
FROM (SELECT p, g, n, net, share, mark, value, (shrink(nps) OVER w) AS a, (shrink(rate) OVER w) AS b, (shrink(likert) OVER w) AS c, (shrink(sample) OVER w) AS d
	FROM cell WINDOW w AS (PARTITION BY p)) AS t JOIN spread AS e USING (p),
	LATERAL (VALUES ('nps', t.net, e.net, a, 100, -1, 1), ('rate', t.share, e.share, b, 1, 0, 1), ('likert', t.mark, e.mark, c, 1, 0, 10), ('sample', t.value, e.value, d, 1, NULL, NULL)) AS u(what, m, v, s, unit, lowest, highest)
		CROSS JOIN LATERAL (SELECT (u.s).*) AS s(estimate, low, high, shrinkage);
CREATE TEMPORARY TABLE expected ON COMMIT DROP AS
SELECT p, what, s.* FROM (SELECT p, what, array_agg(m ORDER BY i) AS m, array_agg(v ORDER BY i) AS v FROM measured WHERE v > 0 GROUP BY p, what) AS t, pg_temp.shrunken(m, v) AS s;
SELECT pg_temp.all_right(count(*), 400, string_agg(format('%s %s %s', p, g, shrinkage), '; ') FILTER (WHERE NOT (
	pg_temp.near(m.estimate / unit, e.estimate, 1e-7) AND pg_temp.near(m.shrinkage, e.b, 1e-6)
	AND pg_temp.near(low / unit, greatest(e.estimate - 1.959963984540054 * error, lowest), 1e-6)
	AND pg_temp.near(high / unit, least(e.estimate + 1.959963984540054 * error, highest), 1e-6))), what || ': shrunken as Morris says')
FROM measured AS m JOIN expected AS e USING (p, what, i) GROUP BY what ORDER BY what;
SELECT cmp_ok((SELECT count(DISTINCT p)::int FROM measured WHERE groups < 4 AND shrinkage = 0), '>=', 1, 'there is a partition of too few groups to shrink');
SELECT cmp_ok((SELECT count(DISTINCT p)::int FROM expected WHERE b > 0 AND what = 'rate'), '>', 20, 'most have enough');

-- Rules
CREATE TEMPORARY TABLE five ON COMMIT DROP AS
SELECT g, rate_summary(x, n) AS s, x / n::float8 AS share FROM (VALUES (1, 9, 9), (2, 30, 60), (3, 5, 50), (4, 1, 7), (5, 2, 2)) AS v(g, x, n);
SELECT is((SELECT count(*)::int FROM (SELECT share, (shrink(s) OVER ()).* FROM five) AS t WHERE low > estimate OR estimate > high OR low < 0 OR high > 1 OR shrinkage <= 0 OR shrinkage >= 1 OR high - low < 0.01), 0, 'groups of nothing but successes have an interval, too');
SELECT is((SELECT array_agg(shrinkage IS NULL ORDER BY g) FROM (SELECT g, (shrink(s) OVER ()).* FROM (SELECT * FROM five UNION ALL VALUES (6, NULL::rate_summary, NULL::float8), (7, rate_summary(0, 0), NULL)) AS v) AS t), '{f,f,f,f,f,t,t}', 'NULL and groups without answers give NULL');
SELECT results_eq('SELECT g, (shrink(s) OVER ()).* FROM five ORDER BY g', 'SELECT g, (shrink(s) OVER ()).* FROM (SELECT * FROM five UNION ALL VALUES (6, NULL::rate_summary, NULL::float8), (7, rate_summary(0, 0), NULL)) AS v ORDER BY g LIMIT 5', 'and do not count');
SELECT is((SELECT count(DISTINCT e::text)::int FROM generate_series(1, 30) AS k, LATERAL (SELECT array_agg(t.e ORDER BY g) AS e FROM (SELECT g, shrink(nps) OVER (ORDER BY hashint4(g + 1000 * k)) AS e FROM cell WHERE p = 7) AS t) AS u), 1, 'rows in any order give the same bytes');
SELECT cmp_ok((SELECT count(*)::int FROM cell WHERE p = 7), '>', 20, 'of many groups');
SELECT is((SELECT max(abs(a - b)) < 1e-12 FROM (SELECT (shrink(share, 0.1) OVER ()).estimate AS a, (shrink(share * 1000, 100) OVER ()).estimate / 1000 AS b FROM five) AS t), true, 'the unit does not matter');
SELECT is((SELECT count(*)::int FROM (SELECT (shrink(likert_summary(1, m)) OVER ()).* FROM (VALUES ('{0,3}'::bigint[]), ('{0,2}'), ('{4,0}'), ('{1,0}')) AS v(m)) AS t WHERE estimate IN (1, 2) AND low IS NULL AND high IS NULL AND shrinkage IS NULL), 4, 'without any variance within groups nothing is judged');
SELECT is((SELECT array_agg(round(estimate::numeric, 6) ORDER BY g) FROM (SELECT g, (shrink(x, 1) OVER ()).* FROM unnest('{1,2,3}'::float8[]) WITH ORDINALITY AS u(x, g)) AS t), '{1,2,3}', 'three groups are left as they are');
SELECT is((SELECT array_agg(round(high::numeric, 6) ORDER BY g) FROM (SELECT g, (shrink(x, 1) OVER ()).* FROM unnest('{1,2,3}'::float8[]) WITH ORDINALITY AS u(x, g)) AS t), '{2.959964,3.959964,4.959964}', 'with the interval of each');
SELECT is((SELECT array_agg(DISTINCT round(shrinkage::numeric, 9)) FROM (SELECT (shrink(x, 10) OVER ()).* FROM unnest('{1,2,3,4,5,6}'::float8[]) AS x) AS t), '{0.6}', 'estimates that differ by no more than chance go (k - 3) / (k - 1) of the way');
SELECT is((SELECT array_agg(round((high - low)::numeric, 9) ORDER BY confidence) FROM (SELECT confidence, g, (shrink(s, confidence) OVER (PARTITION BY confidence)).* FROM five, unnest('{0.5,0.9,0.99}'::float8[]) AS confidence) AS t WHERE g = 2), (SELECT array_agg(round((2 * z * 0.1 * e / 0.1)::numeric, 9) ORDER BY z) FROM unnest('{0.674489750196082,1.644853626951473,2.575829303548901}'::float8[]) AS z, (SELECT (high - low) / 2 / 1.959963984540054 AS e FROM (SELECT g, (shrink(s) OVER ()).* FROM five) AS t WHERE g = 2) AS n), 'the interval is normal at any confidence');
SELECT is((SELECT count(*)::int FROM (SELECT (shrink(weighted) OVER (PARTITION BY p)).* FROM cell) AS t WHERE estimate IS NULL OR low < -100 OR high > 100 OR low > high), 0, 'weighted answers');
SELECT results_eq('SELECT g, (shrink(s) OVER (PARTITION BY k)).estimate FROM five, generate_series(1, 3) AS k WHERE k = 2 ORDER BY g', 'SELECT g, (shrink(s) OVER ()).estimate FROM five ORDER BY g', 'partitions do not see each other');

--
-- suppress
--

-- Groups of a partition by their size; of equal ones the first in the order of the window
CREATE FUNCTION pg_temp.hidden(sizes bigint[], minimum bigint) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
	hidden int[] = '{}';
	sum bigint;
	next int;
BEGIN
	SELECT coalesce(array_agg(i), '{}') INTO hidden FROM unnest(sizes) WITH ORDINALITY AS u(n, i) WHERE n > 0 AND n < minimum;
	LOOP
		EXIT WHEN hidden = '{}';
		SELECT sum(sizes[i]) INTO sum FROM unnest(hidden) AS i;
		EXIT WHEN cardinality(hidden) >= 2 AND sum >= minimum;
		SELECT i INTO next FROM unnest(sizes) WITH ORDINALITY AS u(n, i) WHERE n > 0 AND i <> ALL (hidden) ORDER BY n, i LIMIT 1;
		EXIT WHEN next IS NULL;
		hidden := hidden || next;
	END LOOP;
	SELECT coalesce(array_agg(i::int ORDER BY i), '{}') INTO hidden FROM unnest(sizes) WITH ORDINALITY AS u(n, i) WHERE i = ANY (hidden) OR coalesce(n, 0) < minimum;
	RETURN hidden;
END
$$;
CREATE TEMPORARY TABLE part ON COMMIT DROP AS
SELECT p, t.i, CASE WHEN u < 0.05 THEN NULL WHEN u < 0.1 THEN 0 ELSE floor(25 * u * u)::bigint END AS n
FROM (SELECT p, i, row_number() OVER (ORDER BY p, i) AS k FROM generate_series(1, 400) AS p, generate_series(1, 1 + p % 9) AS i) AS t JOIN random_number AS r ON r.i = 17 + 3 * k;
CREATE TEMPORARY TABLE suppressed ON COMMIT DROP AS
SELECT p, m, i, n, s, suppress(s, m) OVER (PARTITION BY p, m ORDER BY i) AS shown FROM part, unnest('{0,1,5,10,20}'::bigint[]) AS m, LATERAL (SELECT rate_summary(n / 2, n) AS s) AS r;
SELECT pg_temp.all_right(count(*), 2000, string_agg(format('%s %s: %s', p, m, sizes), '; ') FILTER (WHERE found <> pg_temp.hidden(sizes, m)), 'suppressed by rule')
FROM (SELECT p, m, array_agg(n ORDER BY i) AS sizes, coalesce(array_agg(i ORDER BY i) FILTER (WHERE shown IS NULL AND (s IS NOT NULL OR m > 0)), '{}') AS found FROM suppressed GROUP BY p, m) AS t;
SELECT is((SELECT count(*)::int FROM suppressed WHERE shown IS NOT NULL AND shown <> s), 0, 'what is shown is the summary itself');
SELECT is((SELECT count(*)::int FROM suppressed WHERE n < m AND shown IS NOT NULL), 0, 'nothing small is shown');
SELECT is((SELECT count(*)::int FROM (SELECT p, m FROM suppressed WHERE n > 0 GROUP BY p, m HAVING sum(n) FILTER (WHERE shown IS NULL) < m AND count(shown) > 0) AS t), 0, 'what subtraction tells is never small');
SELECT is((SELECT count(*)::int FROM (SELECT p, m FROM suppressed WHERE n > 0 GROUP BY p, m HAVING count(*) FILTER (WHERE shown IS NULL) = 1 AND count(shown) > 0) AS t), 0, 'and never one group');
SELECT cmp_ok((SELECT count(*)::int FROM suppressed WHERE n >= m AND shown IS NULL AND m > 0), '>', 300, 'large groups were hidden for that');
SELECT is((SELECT count(*)::int FROM suppressed WHERE m = 0 AND s IS NOT NULL AND shown IS NULL), 0, 'no minimum hides nothing');

CREATE FUNCTION pg_temp.suppressing(minimum bigint, VARIADIC sizes bigint[]) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(coalesce(n(shown)::text, '-'), ' ' ORDER BY i) FROM (SELECT i, suppress(nps_summary(n, 0, 0), minimum) OVER (ORDER BY i) AS shown FROM unnest(sizes) WITH ORDINALITY AS u(n, i)) AS t
$$;
SELECT is(pg_temp.suppressing(10, 20, 30, 10), '20 30 10', 'nothing is small');
SELECT is(pg_temp.suppressing(10, 20, 3, 30), '- - 30', 'one small group takes the next smallest with it');
SELECT is(pg_temp.suppressing(10, 3, 40, 2, 30), '- 40 - -', 'two of five answers together take a third');
SELECT is(pg_temp.suppressing(10, 3, 40, 8, 30), '- 40 - 30', 'two of eleven do not');
SELECT is(pg_temp.suppressing(10, 3), '-', 'one group alone');
SELECT is(pg_temp.suppressing(10, 3, 0, 0, NULL, 30, 40), '- - - - - 40', 'no answers hide nobody');
SELECT is(pg_temp.suppressing(10, 0, NULL, 30), '- - 30', 'nor need they be hidden');
SELECT is(pg_temp.suppressing(10, 20, 3, 20, 20), '- - 20 20', 'of equal groups the first');
SELECT is((SELECT string_agg(coalesce(n(shown)::text, '-'), ' ' ORDER BY i) FROM (SELECT i, suppress(nps_summary(n, 0, 0), 10) OVER () AS shown FROM unnest('{20,3,20,20,30}'::bigint[]) WITH ORDINALITY AS u(n, i)) AS t), '- - - - 30', 'or all of them where the window has no order');
SELECT is((SELECT string_agg(coalesce(n(shown)::text, '-'), ' ' ORDER BY i) FROM (SELECT i, suppress(nps_summary(n, 0, 0), 10) OVER (ORDER BY i / 3) AS shown FROM unnest('{20,3,20,20,30}'::bigint[]) WITH ORDINALITY AS u(n, i)) AS t), '- - 20 20 30', 'or those that it does not tell apart');
SELECT is((SELECT string_agg(format('%s %s %s %s %s %s %s %s %s', n(a), n(b), n(c), n(d), n(e), n(f), n(g), n(h), n(i)), ', ' ORDER BY k) FROM (SELECT k, suppress(nps(v), 2) OVER w AS a, suppress(likert(v, 0, 10), 2) OVER w AS b, suppress(rate(v > 5), 2) OVER w AS c, suppress(choices(v::text), 2) OVER w AS d, suppress(sample(v), 2) OVER w AS e, suppress(ratio(v, 1), 2) OVER w AS f, suppress(timing(v), 2) OVER w AS g, suppress(items(v, v), 2) OVER w AS h, suppress(funnel(u + 0 * v, now(), 'a', 'a'), 2) OVER w AS i FROM (VALUES (1, 1, 9), (2, 2, 9), (2, 3, 3), (3, 4, 2), (3, 5, 3), (3, 6, 7), (4, 7, NULL)) AS v(k, u, v) GROUP BY k WINDOW w AS (ORDER BY k)) AS t), '        , ' || '        , 3 3 3 3 3 3 3 3 3, ' || '        ', 'every type, all the same');
SELECT is((SELECT string_agg(t.oid::regtype::text, ', ') FROM pg_type AS t JOIN pg_proc AS p ON p.proargtypes[0] = t.oid AND p.proname = 'minimum_base' WHERE NOT EXISTS (SELECT FROM pg_proc AS s WHERE s.proname = 'suppress' AND s.proargtypes[0] = t.oid AND s.prorettype = t.oid)), NULL, 'every type that has a minimum base');

--
-- control_limits
--

CREATE TEMPORARY TABLE point ON COMMIT DROP AS
SELECT p, g, g % 7 <> 3 AS base, c.* FROM (SELECT p, g, net, share, mark, n, nps, rate, likert FROM cell) AS c(p2, g2, net, share, mark, n, nps, rate, likert), LATERAL (SELECT p2 AS p, g2 AS g) AS k;
CREATE TEMPORARY TABLE chart ON COMMIT DROP AS
SELECT p, g, base, what, laney, m, n, c.* FROM (SELECT p, g, base, net, share, mark, n, laney,
		control_limits(nps, 2.5, base, laney) OVER w AS a, control_limits(rate, 2.5, base, laney) OVER w AS b, control_limits(likert, 2.5, base, laney) OVER w AS c, control_limits((n % 4)::bigint, n + 0.5, 2.5, base, laney) OVER w AS d
	FROM point, unnest('{shewhart,laney}'::text[]) AS laney WINDOW w AS (PARTITION BY p, laney ORDER BY g)) AS t,
	LATERAL (VALUES ('nps', 100 * net, a), ('rate', share, b), ('likert', mark, c), ('events', n % 4 / (n + 0.5), d)) AS u(what, m, point), LATERAL (SELECT (u.point).*) AS c;
CREATE TEMPORARY TABLE centre ON COMMIT DROP AS
SELECT p, what, c, v FROM (SELECT p, avg(nps_points(score)) AS net, var_pop(nps_points(score)) AS net_v, avg(ok::int) AS share, var_pop(ok::int) AS share_v, avg(score) AS mark, sum((score - mark) ^ 2) / nullif(count(*) - count(DISTINCT g), 0) AS mark_v
		FROM answer JOIN cell USING (p, g) WHERE g % 7 <> 3 GROUP BY p) AS a
	JOIN (SELECT p, sum(n % 4) / sum(n + 0.5) AS events FROM cell WHERE g % 7 <> 3 GROUP BY p) AS b USING (p),
	LATERAL (VALUES ('nps', net::float8, net_v::float8), ('rate', share, share_v), ('likert', mark, mark_v), ('events', events, events)) AS u(what, c, v);
CREATE TEMPORARY TABLE charted ON COMMIT DROP AS
SELECT *, avg(abs(CASE WHEN base AND before THEN z - z_before END)) OVER (PARTITION BY p, what, laney) / 1.128 AS sigma_z
FROM (SELECT *, lag(z) OVER w AS z_before, lag(base) OVER w AS before
	FROM (SELECT *, sqrt(v / CASE what WHEN 'events' THEN n + 0.5 ELSE n END) AS e, (m - c) / sqrt(nullif(v, 0) / CASE what WHEN 'events' THEN n + 0.5 ELSE n END) AS z FROM chart JOIN centre USING (p, what)) AS t
	WINDOW w AS (PARTITION BY p, what, laney ORDER BY g)) AS t;
SELECT pg_temp.all_right(count(*), 1000, string_agg(format('%s %s %s: %s', p, g, laney, (estimate, center, low, high)), '; ') FILTER (WHERE NOT (
	pg_temp.near(estimate, m) AND pg_temp.near(center, c)
	AND pg_temp.near(low, greatest(c - 2.5 * e * f, CASE what WHEN 'nps' THEN -100 ELSE 0 END), 1e-8)
	AND pg_temp.near(high, least(c + 2.5 * e * f, CASE what WHEN 'nps' THEN 100 WHEN 'rate' THEN 1 WHEN 'likert' THEN 10 END), 1e-8))), what || ': limits')
FROM charted, LATERAL (SELECT CASE WHEN laney = 'laney' THEN sigma_z ELSE 1 END AS f) AS f WHERE f IS NOT NULL AND v > 0 GROUP BY what ORDER BY what;
SELECT is((SELECT count(*)::int FROM charted WHERE laney = 'laney' AND sigma_z IS NULL AND v > 0 AND (low IS NOT NULL OR high IS NOT NULL)), 0, 'no limits without a pair of points in the baseline');
SELECT is((SELECT count(*)::int FROM charted WHERE CASE WHEN estimate > high THEN 'above limits' WHEN estimate < low THEN 'below limits' END IS DISTINCT FROM CASE WHEN signal LIKE '% limits' THEN signal END), 0, 'points beyond the limits are signals');
SELECT cmp_ok((SELECT count(*)::int FROM charted WHERE signal LIKE '% limits'), '>', 50, 'and there are such');
CREATE TEMPORARY TABLE run ON COMMIT DROP AS
SELECT *, row_number() OVER (PARTITION BY p, what, laney, section, side ORDER BY g) AS run
FROM (SELECT *, sum((side IS DISTINCT FROM before_side)::int) OVER (PARTITION BY p, what, laney ORDER BY g) AS section
	FROM (SELECT *, sign(estimate - center) AS side, lag(sign(estimate - center)) OVER (PARTITION BY p, what, laney ORDER BY g) AS before_side FROM charted) AS t) AS t;
SELECT is((SELECT count(*)::int FROM run WHERE signal IS DISTINCT FROM CASE WHEN estimate > high THEN 'above limits' WHEN estimate < low THEN 'below limits' WHEN run >= 8 AND side > 0 THEN 'run above' WHEN run >= 8 AND side < 0 THEN 'run below' END AND abs(estimate - center) > 1e-9), 0, 'eight on one side are a signal');
SELECT is((SELECT string_agg(coalesce(signal, '-'), ',' ORDER BY i) FROM (SELECT i, (individual_limits(v, 3, i < 5) OVER (ORDER BY i)).* FROM unnest('{1,3,1,3,2.5,2.5,2.5,2.5,NULL,2.5,2.5,2.5,2.5}'::float8[]) WITH ORDINALITY AS u(v, i)) AS p), '-,-,-,-,-,-,-,-,-,-,-,run above,run above', 'a point without a value ends no run');
SELECT is((SELECT string_agg(coalesce(signal, '-'), ',' ORDER BY i) FROM (SELECT i, (individual_limits(v, 3, i < 5) OVER (ORDER BY i)).* FROM unnest('{1,3,1,3,2.5,2.5,2.5,2.5,2.5,2.5,2.5,2.5,2.5,2,2.5,9,-9,1,1,1,1,1,1,1,1}'::float8[]) WITH ORDINALITY AS u(v, i)) AS t), '-,-,-,-,-,-,-,-,-,-,run above,run above,run above,-,-,above limits,below limits,-,-,-,-,-,-,run below,run below', 'signals in order; a point on the centre ends a run');
SELECT results_eq('SELECT i, (individual_limits(v) OVER (ORDER BY i)).* FROM unnest(''{1,3,NULL,1,3,2}''::float8[]) WITH ORDINALITY AS u(v, i) WHERE v IS NOT NULL ORDER BY i', 'SELECT * FROM (SELECT i, (individual_limits(v) OVER (ORDER BY i)).* FROM unnest(''{1,3,NULL,1,3,2}''::float8[]) WITH ORDINALITY AS u(v, i)) AS t WHERE estimate IS NOT NULL ORDER BY i', 'NULL is not charted, nor does it break a range');
SELECT is((SELECT count(*)::int FROM (SELECT individual_limits(v) OVER (ORDER BY i) AS c FROM unnest('{1,3,NULL}'::float8[]) WITH ORDINALITY AS u(v, i)) AS t WHERE c IS NULL), 1, 'its row is NULL');
SELECT is((SELECT string_agg(format('%s %s %s %s', estimate, center, low, signal), ', ' ORDER BY i) FROM (SELECT i, (control_limits(rate_summary(v, 9), 3, NULL) OVER (ORDER BY i)).* FROM unnest('{0,9}'::int[]) WITH ORDINALITY AS u(v, i)) AS t), '0   , 1   ', 'without a baseline there are no limits');
SELECT is((SELECT string_agg(format('%s %s %s %s', center, low, high, signal), ', ' ORDER BY i) FROM (SELECT i, (control_limits(rate_summary(v, 9), 3, i < 4) OVER (ORDER BY i)).* FROM unnest('{9,9,9,8}'::int[]) WITH ORDINALITY AS u(v, i)) AS t), '1 1 1 , 1 1 1 , 1 1 1 , 1 1 1 below limits', 'a baseline of successes only');
SELECT is((SELECT string_agg(format('%s %s %s %s', center, low, high, signal), ', ' ORDER BY i) FROM (SELECT i, (control_limits(sample_summary(2, 0.1, 0.0), 3) OVER (ORDER BY i)).* FROM generate_series(1, 7) AS i) AS t), array_to_string(array_fill('0.1 0.1 0.1 '::text, '{7}'), ', '), 'equal means are equal to their centre');
SELECT is((SELECT string_agg(format('%s %s %s %s', center, low, high, signal), ', ' ORDER BY i) FROM (SELECT i, (individual_limits(0.1) OVER (ORDER BY i)).* FROM generate_series(1, 9) AS i) AS t), array_to_string(array_fill('0.1 0.1 0.1 '::text, '{9}'), ', '), 'and equal values, too');
SELECT is((SELECT string_agg(format('%s %s %s', center, low, high), ', ') FROM (SELECT (individual_limits(5) OVER ()).*) AS t), '5  ', 'one value has no limits');
SELECT is((SELECT bool_or(low = 0) FROM (SELECT (control_limits(1::bigint, 10) OVER (ORDER BY i)).* FROM generate_series(1, 2) AS i) AS t), true, 'a rate is never below zero');

--
-- experience_index
--

CREATE TEMPORARY TABLE component ON COMMIT DROP AS
SELECT g, t.i, worst + (best - worst) * a.u AS estimate, abs(best - worst) * b.u / 10 AS standard_error, worst, best, ceil(5 * b.u) AS weight
FROM (SELECT g, i, row_number() OVER (ORDER BY g, i) AS k, CASE i % 3 WHEN 0 THEN -100 WHEN 1 THEN 7 ELSE 0 END::float8 AS worst, CASE i % 3 WHEN 0 THEN 100 ELSE 1 END::float8 AS best FROM generate_series(1, 60) AS g, generate_series(1, 1 + g % 8) AS i) AS t
	JOIN random_number AS a ON a.i = 5 * k JOIN random_number AS b ON b.i = 5 * k + 1;
SELECT pg_temp.all_right(count(*), 60, string_agg(format('%s: %s', g, s), '; ') FILTER (WHERE NOT (pg_temp.near((s).estimate, e) AND pg_temp.near((s).low, greatest(e - 1.959963984540054 * d, 0), 1e-8) AND pg_temp.near((s).high, least(e + 1.959963984540054 * d, 100), 1e-8) AND (s).components = n AND (s).missing = 0)), 'the index of random components')
FROM (SELECT g, experience_index(estimate, standard_error, worst, best, weight) AS s, sum(weight * (estimate - worst) / (best - worst)) / sum(weight) * 100 AS e, 100 * sqrt(sum((weight * standard_error / (best - worst)) ^ 2)) / sum(weight) AS d, count(*) AS n FROM component GROUP BY g) AS t;
SELECT pg_temp.all_right(count(*), 60, string_agg(format('%s: %s', g, total), '; ') FILTER (WHERE NOT (pg_temp.near(total, e) AND pg_temp.near(share, 1))), 'contributions add up to it')
FROM (SELECT g, sum((c).contribution) AS total, sum((c).weight_share) AS share, sum(weight * (estimate - worst) / (best - worst)) / sum(weight) * 100 AS e FROM (SELECT *, index_contribution(estimate, worst, best, weight) OVER (PARTITION BY g) AS c FROM component) AS t GROUP BY g) AS t;
CREATE FUNCTION pg_temp.index_of(missing text, VARIADIC estimates float8[]) RETURNS text LANGUAGE sql AS $$
	SELECT experience_index(e, 1, 0, 10, i, missing)::text FROM unnest(estimates) WITH ORDINALITY AS u(e, i)
$$;
SELECT is(pg_temp.index_of('require', 5, NULL), '(,,,1,1)', 'a missing component leaves no index');
SELECT is(regexp_replace(pg_temp.index_of('drop', 5, NULL), '(\.\d{6})\d+', '\1', 'g'), '(50,30.400360,69.599639,1,1)', 'or is dropped');
SELECT is(pg_temp.index_of('drop', NULL, NULL), '(,,,0,2)', 'all missing');
SELECT is(pg_temp.index_of('drop', VARIADIC '{}'), NULL, 'no rows');
SELECT is((SELECT experience_index(e, s, 0, 10, 1)::text FROM (VALUES (5, 1), (7, NULL)) AS v(e, s)), '(60,,,2,0)', 'no interval where an error is not known');
SELECT is((SELECT experience_index(e, 0, 0, 10, w)::text FROM (VALUES (5, 1), (7, 0), (NULL, 0)) AS v(e, w)), '(50,50,50,1,0)', 'weight zero drops a component');
SELECT is((SELECT experience_index(5, 1, 0, 10, 0)::text), NULL, 'as if there were none');
SELECT is((SELECT array_agg(c::text ORDER BY i) FROM (SELECT i, index_contribution(e, 0, 10, w, m) OVER (PARTITION BY m) AS c FROM (VALUES (1, 5, 1, 'drop'), (2, NULL, 1, 'drop'), (3, 9, 3, 'drop'), (4, 5, 1, 'require'), (5, NULL, 1, 'require'), (6, 4, 0, 'drop')) AS v(i, e, w, m)) AS t), '{"(50,0.25,12.5)",NULL,"(90,0.75,67.5)","(50,,)",NULL,"(40,0,0)"}', 'contributions where components are missing');
SELECT is((SELECT array_agg(((experience_index_final(experience_index_combine(a.s, b.s))).estimate, (experience_index_final(experience_index_combine(b.s, a.s))).missing)::text) FROM (SELECT experience_index_accum(experience_index_accum('{0,0,0,0,0,0,0}', 5, 1, 0, 10, 1), 9, 1, 0, 10, 1) AS s) AS a, (SELECT experience_index_accum('{0,0,0,0,0,0,0}', 1, 1, 0, 10, 2) AS s UNION ALL SELECT '{0,0,0,0,0,0,0}') AS b), '{"(40,0)","(70,0)"}', 'parts combine');
SELECT is((SELECT round(standard_error(nps_summary(6, 3, 1))::numeric, 9) || ' ' || round(standard_error(rate_summary(8, 10))::numeric, 9) || ' ' || round(standard_error(likert_summary(1, '{1,2,3}'))::numeric, 9) || ' ' || round(standard_error(sample(v))::numeric, 9) || ' ' || round(standard_error(ratio(v, 2))::numeric, 9) FROM unnest('{1,2,3,4}'::float8[]) AS v),
	(SELECT round((100 * sqrt((8.5 / 13 - (5 / 13.0) ^ 2) / 13))::numeric, 9) || ' ' || round(sqrt(10 / 14.0 * 4 / 14 / 14)::numeric, 9) || ' ' || round((stddev(a) / sqrt(6))::numeric, 9) || ' ' || round(sqrt(5 / 3.0 / 4)::numeric, 9) || ' ' || round((sqrt(5 / 3.0 / 4) / 2)::numeric, 9) FROM unnest('{1,2,2,3,3,3}'::float8[]) AS a), 'standard errors');

\ir examples/plan_of.sql
CREATE FUNCTION pg_temp.windows(query text) RETURNS int LANGUAGE sql AS $$ SELECT count(*)::int FROM regexp_matches(plan_of(query), 'WindowAgg', 'g') $$;
SELECT is(pg_temp.windows('SELECT (shrink(nps) OVER w).*, (control_limits(nps) OVER w).signal, suppress(nps, 5) OVER w FROM cell WINDOW w AS (ORDER BY g)'), 1, 'columns and functions share a window');

-- What an argument takes is free again after its row: here 100 kB of each of 400
DECLARE reading CURSOR FOR SELECT adjust_p_value(x / 1e6, 'holm') OVER w, shrink(x, 1) OVER w, individual_limits(x) OVER w, suppress(rate_summary(x::int, 200000), 5) OVER w, index_contribution(x, 0, 1e6, 1, 'drop') OVER w
FROM (SELECT i, octet_length(repeat(repeat('x', 1000), 100 + i % 7))::float8 AS x FROM generate_series(1, 400) AS i) AS long WINDOW w AS (ORDER BY i);
MOVE 1 FROM reading;
SELECT cmp_ok((SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name = 'WindowAgg Partition'), '<', 8000000::numeric, 'arguments leave nothing behind for each row');
CLOSE reading;

SELECT * FROM finish();
ROLLBACK;
