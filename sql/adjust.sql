-- p-values of a family of tests.
SET extra_float_digits = -6;

SELECT m, adjust_p_values('{0.01,0.04,0.03,0.005}', m) FROM unnest('{holm,benjamini-hochberg,bonferroni}'::text[]) AS m;
-- ties, ends, never above 1 and in the order given
SELECT m, adjust_p_values('{0.5,0.5,0,1,0.01,0.01}', m) FROM unnest('{holm,benjamini-hochberg,bonferroni}'::text[]) AS m;
-- NULL is no test
SELECT m, adjust_p_values('{0.01,NULL,0.04,NULL}', m) FROM unnest('{holm,benjamini-hochberg,bonferroni}'::text[]) AS m;
SELECT adjust_p_values('{}', 'holm'), adjust_p_values('{NULL,NULL}', 'holm'), adjust_p_values('{0.2}', 'bonferroni'), adjust_p_values(NULL, 'holm'), adjust_p_values('{0.2}', NULL);
-- dimensions and bounds stay
SELECT adjust_p_values('[3:4]={0.01,0.02}', 'bonferroni'), adjust_p_values('{{0.01,0.02},{0.03,NULL}}', 'bonferroni'), adjust_p_values('{0.01,0.02}'::real[]::float8[], 'bonferroni');

-- As a window function the partition is the family
SELECT family, p, adjust_p_value(p, 'holm') OVER w AS holm, adjust_p_value(p, 'benjamini-hochberg') OVER w AS bh, adjust_p_value(p, 'bonferroni') OVER w AS bonferroni
FROM (VALUES ('a', 0.01), ('a', 0.04), ('a', NULL), ('a', 0.03), ('b', 0.04), ('b', 0.04), ('c', NULL)) AS v(family, p)
WINDOW w AS (PARTITION BY family) ORDER BY family, p;
-- the frame and the order do not matter
SELECT p, adjust_p_value(p, 'holm') OVER (ORDER BY p DESC ROWS BETWEEN CURRENT ROW AND CURRENT ROW) FROM (VALUES (0.01), (0.04), (0.03), (0.005)) AS v(p) ORDER BY p;
SELECT adjust_p_value(p, NULL) OVER () FROM (VALUES (0.01), (0.04)) AS v(p);
SELECT adjust_p_value(p, 'holm') OVER () FROM (VALUES (0.01)) AS v(p) WHERE false;
-- both forms agree, for many
SELECT m, count(*) AS tests, bool_and(adjusted IS NOT DISTINCT FROM whole[i]) AS same
FROM (SELECT m, i, CASE m WHEN 'holm' THEN adjust_p_value(p, 'holm') OVER w WHEN 'bonferroni' THEN adjust_p_value(p, 'bonferroni') OVER w ELSE adjust_p_value(p, 'benjamini-hochberg') OVER w END AS adjusted,
		adjust_p_values(array_agg(p) OVER w, m) AS whole
	FROM unnest('{holm,benjamini-hochberg,bonferroni}'::text[]) AS m, generate_series(1, 200) AS i, LATERAL (SELECT CASE WHEN i % 7 > 0 THEN (i * 7919 % 1000) / 1000.0 ^ (1 + i % 3) END::float8) AS v(p)
	WINDOW w AS (PARTITION BY m ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) AS s
GROUP BY m ORDER BY m;
