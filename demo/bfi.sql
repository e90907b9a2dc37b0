-- The answers of 2,800 people to 25 items of a personality questionnaire, read from standard input:
--     psql -f demo/bfi.sql <bfi_answers.csv
\pset footer off
\pset linestyle unicode

-- As exports are: text, with gaps.
CREATE TABLE bfi_answers (
	a1 text, a2 text, a3 text, a4 text, a5 text,
	c1 text, c2 text, c3 text, c4 text, c5 text,
	e1 text, e2 text, e3 text, e4 text, e5 text,
	n1 text, n2 text, n3 text, n4 text, n5 text,
	o1 text, o2 text, o3 text, o4 text, o5 text,
	gender text, education text, age text
);
\copy bfi_answers FROM pstdin WITH (FORMAT csv, HEADER)
ANALYZE bfi_answers;

-- One row per scale: the answers to its five items, those worded in reverse turned round.
CREATE MATERIALIZED VIEW bfi_scales AS
SELECT upper(left(item, 1)) AS scale,
	likert(CASE WHEN item IN ('a1', 'c4', 'c5', 'e1', 'e2', 'o2', 'o5') THEN 7 - answer ELSE answer END,
		1, 6) AS answers
FROM bfi_answers, jsonb_each(to_jsonb(bfi_answers)) AS items (item, exported),
	within_scale(exported, 1, 6) AS answer
WHERE item ~ '^[aceno][1-5]$'
GROUP BY scale;

\echo 'A real questionnaire: five scales of five items, answered from 1 to 6'
\echo '====================================================================='
\echo 'All answers to the items of a scale: A agreeableness, C conscientiousness, E extraversion,'
\echo 'N neuroticism, O openness. Top 2 is the percent of answers 5 and 6. No interval: it would take'
\echo 'the five answers of a person as independent and be too narrow.'

SELECT g.scale, r.n AS answers,
	round(r.mean::numeric, 2) AS mean,
	r.median,
	round(r.stddev::numeric, 2) AS stddev,
	round(100 * r.top_2_box::numeric, 1) AS top_2,
	round(r.agreement_index::numeric, 2) AS agreement
FROM bfi_scales AS g, report(g.answers) AS r
ORDER BY g.scale;

\echo 'The distribution of the answers, in percent'
\echo '==========================================='
\echo 'Every line adds up to 100, but for rounding; empty points would keep their column.'

SELECT g.scale,
	round(100 * max(d.share) FILTER (WHERE d.value = 1)::numeric, 1) AS "1",
	round(100 * max(d.share) FILTER (WHERE d.value = 2)::numeric, 1) AS "2",
	round(100 * max(d.share) FILTER (WHERE d.value = 3)::numeric, 1) AS "3",
	round(100 * max(d.share) FILTER (WHERE d.value = 4)::numeric, 1) AS "4",
	round(100 * max(d.share) FILTER (WHERE d.value = 5)::numeric, 1) AS "5",
	round(100 * max(d.share) FILTER (WHERE d.value = 6)::numeric, 1) AS "6"
FROM bfi_scales AS g, distribution(g.answers) AS d
GROUP BY g.scale
ORDER BY g.scale;

\echo 'The same as pictures'
\echo '===================='
\echo 'The interval of the mean takes the five answers of a person as independent and is too narrow.'
\t \a
SELECT E'\n' || scale || E'\n' || chart(answers, 72) FROM bfi_scales ORDER BY scale;
\a \t

\echo
\echo 'One item, answered once by everybody'
\echo '===================================='
\echo 'Here the rows are independent, and intervals say what they mean: the true shares of all six'
\echo 'answers to item N1 lie within their low and high together, with 95 % confidence.'

SELECT d.value AS answer, d.answers,
	round(100 * d.share::numeric, 1) AS share,
	round(100 * d.simultaneous_low::numeric, 1) AS low,
	round(100 * d.simultaneous_high::numeric, 1) AS high,
	round(100 * d.cumulative_share::numeric, 1) AS up_to_here
FROM distribution((SELECT likert(within_scale(n1, 1, 6), 1, 6) FROM bfi_answers)) AS d
ORDER BY d.value;

-- One row per person: the answers as numbers, those worded in reverse turned round.
CREATE VIEW bfi_people AS
SELECT 7 - a1::integer AS a1, a2::integer AS a2, a3::integer AS a3, a4::integer AS a4, a5::integer AS a5,
	c1::integer AS c1, c2::integer AS c2, c3::integer AS c3, 7 - c4::integer AS c4, 7 - c5::integer AS c5,
	7 - e1::integer AS e1, 7 - e2::integer AS e2, e3::integer AS e3, e4::integer AS e4, e5::integer AS e5,
	n1::integer AS n1, n2::integer AS n2, n3::integer AS n3, n4::integer AS n4, n5::integer AS n5,
	o1::integer AS o1, 7 - o2::integer AS o2, o3::integer AS o3, o4::integer AS o4, 7 - o5::integer AS o5
FROM bfi_answers;

\echo 'How well the five items of a scale go together'
\echo '=============================================='
\echo 'Cronbach''s alpha with Feldt''s interval, of the people who answered all five; weakest: the item'
\echo 'without which alpha would be highest, and that alpha.'

SELECT g.scale, r.respondents AS n, r.dropped,
	round(r.alpha::numeric, 4) AS alpha, round(r.low::numeric, 4) AS low, round(r.high::numeric, 4) AS high,
	w.name AS weakest, round(w.alpha_without::numeric, 4) AS alpha_without
FROM (
	SELECT 'A' AS scale, items(a1, a2, a3, a4, a5) AS answers FROM bfi_people
	UNION ALL SELECT 'C', items(c1, c2, c3, c4, c5) FROM bfi_people
	UNION ALL SELECT 'E', items(e1, e2, e3, e4, e5) FROM bfi_people
	UNION ALL SELECT 'N', items(n1, n2, n3, n4, n5) FROM bfi_people
	UNION ALL SELECT 'O', items(o1, o2, o3, o4, o5) FROM bfi_people
	) AS g,
	reliability(g.answers) AS r,
	LATERAL (
		SELECT * FROM report(g.answers, ARRAY(SELECT g.scale || i FROM generate_series(1, 5) AS i))
		ORDER BY alpha_without DESC LIMIT 1
		) AS w
ORDER BY g.scale;

\echo 'What goes with neuroticism'
\echo '=========================='
\echo 'The mean of the five N items explained by the other four scales, of the people who answered all'
\echo '25 items: correlation, standardised regression weight, and Johnson''s relative weight in percent.'

SELECT d.name,
	round(d.correlation::numeric, 3) AS correlation,
	round(d.beta::numeric, 3) AS beta,
	round(100 * d.relative_share::numeric, 1) AS importance,
	round(d.r_squared::numeric, 4) AS r_squared
FROM drivers((
	SELECT items((n1 + n2 + n3 + n4 + n5) / 5.0, (a1 + a2 + a3 + a4 + a5) / 5.0,
		(c1 + c2 + c3 + c4 + c5) / 5.0, (e1 + e2 + e3 + e4 + e5) / 5.0, (o1 + o2 + o3 + o4 + o5) / 5.0)
	FROM bfi_people
	), 1, '{neuroticism,agreeableness,conscientiousness,extraversion,openness}') AS d
ORDER BY d.relative_share DESC;
