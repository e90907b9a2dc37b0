-- Answers as exports deliver them: within_scale, on_scale, nps_class, nps_points, met_by.

SELECT within_scale(9::smallint, 0, 10), within_scale(9, 0, 10), within_scale(9::bigint, 0, 10), within_scale(9::real, 0, 10), within_scale(9::numeric, 0, 10), within_scale(9::float8, 0, 10);
SELECT within_scale((-1)::smallint, 0, 10), within_scale(11::smallint, 0, 10), within_scale(-1, 0, 10), within_scale(11, 0, 10), within_scale(99999999999, 0, 10);
SELECT within_scale(9.5, 0, 10), within_scale('NaN'::float8, 0, 10), within_scale('Infinity'::float8, 0, 10), within_scale('-Infinity'::float8, 0, 10), within_scale(-0.0::float8, 0, 10), within_scale(1e308::float8, 0, 10);
SELECT within_scale(0, 0, 10), within_scale(10, 0, 10), within_scale(5, 5, 5), within_scale(4, 5, 5), within_scale(-2147483648, -2147483648, 2147483647), within_scale(2147483647::float8, -2147483648, 2147483647);
SELECT within_scale(NULL::int, 0, 10), within_scale(5, NULL, 10), within_scale(5, 0, NULL), within_scale(NULL::text, 0, 10), within_scale(NULL::jsonb, 0, 10);

-- Text
SELECT left(quote_literal(t), 34) AS text, within_scale(t, -3, 10)
FROM unnest(ARRAY['9', ' 9 ', E'\t9\n', '+9', '-3', '-4', '9.0', '9.', '9.00000', '9.5', '.9', '009', '0', '-0', '11', '', ' ', '+', '-', '--1', '1 2', '9a', 'nine', 'NaN', 'inf', '1e1', '0x9', '9,0', '٣', '9.0 ', '9 .0', '999999999999999999999999999999', repeat('0', 400) || '7', '1' || repeat('0', 400)]) WITH ORDINALITY AS u(t, i) ORDER BY i;

-- JSON
SELECT j, within_scale(j::jsonb, 0, 10)
FROM unnest(ARRAY['9', '"9"', '" 9 "', '"9.0"', '9.0', '9.5', '-1', '11', '1e1', '1e400', '-1e400', '1e-400', '9.00000000000000000001', 'null', 'true', 'false', '"nine"', '""', '[9]', '{"a": 9}']) WITH ORDINALITY AS u(j, i) ORDER BY i;

-- Only what is on the scale is counted
SELECT nps(within_scale(t, 0, 10)), likert(within_scale(t, 1, 5), 1, 5) FROM unnest('{9,10,n/a,11,"",5, 3 }'::text[]) AS t;

SELECT on_scale('Agree', '{Disagree,Neutral,Agree}'), on_scale('Disagree', '{Disagree,Neutral,Agree}'), on_scale('', '{a,""}'), on_scale('zufrieden ü', ARRAY['zufrieden', 'zufrieden ü']);
SELECT on_scale(NULL, '{a}'), on_scale('a', NULL), on_scale('a', '[5:6]={b,a}'), on_scale('d', '{{a,b},{c,d}}');

SELECT a, nps_class(a::smallint), nps_class(a), nps_class(a::float8), nps_points(a::smallint), nps_points(a), nps_points(a::numeric) FROM generate_series(0, 10) AS a;
SELECT nps_class(NULL::int), nps_points(NULL::float8);
SELECT avg(nps_points(a)) = score(nps(a)) AS same FROM generate_series(0, 9) AS a;

-- A deadline that lies ahead decides nothing, even about what is done
SELECT done, due, met_by(done::timestamptz, due::timestamptz, '2026-01-10 00:00+00')
FROM (VALUES ('2026-01-01+00', '2026-01-05+00'), ('2026-01-05+00', '2026-01-05+00'), ('2026-01-05 00:00:00.000001+00', '2026-01-05+00'), (NULL, '2026-01-05+00'),
	('2026-01-01+00', '2026-01-10+00'), ('2026-01-01+00', '2026-01-10 00:00:00.000001+00'), (NULL, '2026-01-20+00'), ('2026-01-01+00', NULL),
	('2026-01-01+00', '-infinity'), ('-infinity', '-infinity'), ('2026-01-01+00', 'infinity')) AS v(done, due);
SELECT met_by('2026-01-01+00', '2026-01-05+00', NULL), met_by('2026-01-01+00', 'infinity', 'infinity'), met_by('infinity', 'infinity', 'infinity');
