-- Every error that a user can cause, with its SQLSTATE: wrong input is told, never counted.
\set SHOW_CONTEXT never

-- Answers off their scale
SELECT nps(11); \echo :SQLSTATE
SELECT nps((-1)::smallint); \echo :SQLSTATE
SELECT nps(10.5); \echo :SQLSTATE
SELECT nps(11.5); \echo :SQLSTATE
SELECT nps(-1::float8); \echo :SQLSTATE
SELECT nps('NaN'::float8); \echo :SQLSTATE
SELECT nps('Infinity'::float8); \echo :SQLSTATE
SELECT nps('-Infinity'::float8); \echo :SQLSTATE
SELECT nps(9999999999); \echo :SQLSTATE
SELECT nps(11, 1); \echo :SQLSTATE
SELECT nps(9.5, 1); \echo :SQLSTATE
SELECT nps(9.9999999); \echo :SQLSTATE
-- an answer that weighs nothing must be on the scale all the same
SELECT nps(11, 0); \echo :SQLSTATE
SELECT likert(0, 1, 5); \echo :SQLSTATE
SELECT likert(6::smallint, 1, 5); \echo :SQLSTATE
SELECT likert(5.5, 1, 5); \echo :SQLSTATE
SELECT likert('NaN'::float8, 1, 5); \echo :SQLSTATE
SELECT likert(6, 1, 5, 1); \echo :SQLSTATE
SELECT likert(2147483647, -5, 5); \echo :SQLSTATE
SELECT likert(-2147483648, -5, 5); \echo :SQLSTATE
SELECT nps_class(11); \echo :SQLSTATE
SELECT nps_class(11::smallint); \echo :SQLSTATE
SELECT nps_class(9.5); \echo :SQLSTATE
SELECT nps_points(-1); \echo :SQLSTATE
SELECT nps_points((-1)::smallint); \echo :SQLSTATE
SELECT nps_points('NaN'::float8); \echo :SQLSTATE

-- Weights
SELECT nps(9, NULL); \echo :SQLSTATE
SELECT likert(3, 1, 5, NULL); \echo :SQLSTATE
SELECT rate(true, NULL); \echo :SQLSTATE
SELECT rate(NULL, NULL); \echo :SQLSTATE
SELECT nps(9, -1); \echo :SQLSTATE
SELECT likert(3, 1, 5, -0.5); \echo :SQLSTATE
SELECT rate(NULL, -1); \echo :SQLSTATE
SELECT nps(9, 0.000999); \echo :SQLSTATE
SELECT nps(9, 1e-300); \echo :SQLSTATE
SELECT likert(3, 1, 5, 1000000.1); \echo :SQLSTATE
SELECT rate(true, 1e300); \echo :SQLSTATE
SELECT nps(9, 'NaN'); \echo :SQLSTATE
SELECT likert(3, 1, 5, 'Infinity'); \echo :SQLSTATE
SELECT rate(true, '-Infinity'); \echo :SQLSTATE

-- Scales
SELECT likert(3, NULL, 5); \echo :SQLSTATE
SELECT likert(3, 1, NULL); \echo :SQLSTATE
SELECT likert(3, NULL, 5, 1); \echo :SQLSTATE
SELECT likert(a, low, 10) FROM (VALUES (1, 0), (2, NULL)) AS v(a, low); \echo :SQLSTATE
SELECT likert(a, -10, high) FROM (VALUES (-1, 0), (-2, NULL)) AS v(a, high); \echo :SQLSTATE
SELECT likert(a, low, high) FROM (VALUES (3, 1, 5), (3, NULL, 5)) AS v(a, low, high); \echo :SQLSTATE
SELECT likert(3, 5, 1); \echo :SQLSTATE
SELECT likert(3, 3, 3); \echo :SQLSTATE
SELECT likert(0, 0, 0); \echo :SQLSTATE
SELECT likert(3, 0, 101); \echo :SQLSTATE
SELECT likert(3, -32769, -32768); \echo :SQLSTATE
SELECT likert(3, 32767, 32768); \echo :SQLSTATE
SELECT likert(3, -2147483648, 2147483647); \echo :SQLSTATE
SELECT likert(a, 1, high) FROM (VALUES (3, 5), (3, 7)) AS v(a, high); \echo :SQLSTATE
SELECT likert(a, low, 5, 2) FROM (VALUES (3, 1), (3, 0)) AS v(a, low); \echo :SQLSTATE
SELECT likert_summary(1, '{}'); \echo :SQLSTATE
SELECT likert_summary(1, '{5}'); \echo :SQLSTATE
SELECT likert_summary(1, array_fill(1, '{102}')::bigint[]); \echo :SQLSTATE
SELECT likert_summary(32767, '{1,2}'); \echo :SQLSTATE
SELECT likert_summary(-32769, '{1,2}'); \echo :SQLSTATE
SELECT likert_summary(2147483647, '{1,2}'); \echo :SQLSTATE
SELECT likert_summary(1, '{{1,2},{3,4}}'); \echo :SQLSTATE
SELECT likert_summary(1, '{1,NULL}'); \echo :SQLSTATE
SELECT within_scale(3, 5, 1); \echo :SQLSTATE
SELECT within_scale('3'::text, 5, 1); \echo :SQLSTATE
SELECT within_scale('3'::jsonb, 5, 1); \echo :SQLSTATE
SELECT within_scale(3::smallint, 5, 1); \echo :SQLSTATE
SELECT within_scale(3.0, 5, 1); \echo :SQLSTATE
SELECT on_scale('agree', '{Disagree,Agree}'); \echo :SQLSTATE
SELECT on_scale(' Agree', '{Disagree,Agree}'); \echo :SQLSTATE
SELECT on_scale('Agree', '{}'); \echo :SQLSTATE
SELECT on_scale('a', '{a,b,a}'); \echo :SQLSTATE
SELECT on_scale('a', '{a,NULL}'); \echo :SQLSTATE

-- Counts
SELECT nps_summary(-1, 0, 0); \echo :SQLSTATE
SELECT nps_summary(0, 72057594037927936, 0); \echo :SQLSTATE
SELECT nps_summary(0, 0, -9223372036854775808); \echo :SQLSTATE
SELECT likert_summary(1, '{1,-2,3}'); \echo :SQLSTATE
SELECT likert_summary(-5, '{1,72057594037927936}'); \echo :SQLSTATE
SELECT rate_summary(5, 4); \echo :SQLSTATE
SELECT rate_summary(-1, 4); \echo :SQLSTATE
SELECT rate_summary(0, -1); \echo :SQLSTATE
SELECT rate_summary(1, 2, -1); \echo :SQLSTATE
SELECT rate_summary(72057594037927936, 72057594037927936); \echo :SQLSTATE

-- Overflow
SELECT nps_summary(72057594037927935, 0, 0) + nps_summary(1, 0, 0); \echo :SQLSTATE
SELECT likert_summary(1, '{0,72057594037927935}') + likert_summary(1, '{0,1}'); \echo :SQLSTATE
SELECT rate_summary(0, 72057594037927935) + rate_summary(0, 1); \echo :SQLSTATE
SELECT rollup(x) FROM (VALUES (nps_summary(72057594037927935, 0, 0)), (nps_summary(1, 0, 0))) AS v(x); \echo :SQLSTATE
SELECT nps_summary_accum(nps_summary(72057594037927935, 0, 0), 9); \echo :SQLSTATE
SELECT likert_summary_accum(likert_summary(1, '{0,72057594037927935}'), 2, 1, 2); \echo :SQLSTATE
SELECT rate_summary_accum(rate_summary(72057594037927935, 72057594037927935), true); \echo :SQLSTATE
SELECT nps_summary_accum(nps_summary(72057594037927935, 0, 0), 9, 2); \echo :SQLSTATE
SELECT top_box(likert_summary(1, '{0,72057594037927935,1}'), 2); \echo :SQLSTATE
SELECT net(likert_summary(1, '{1,1,72057594037927935,1,1}'), 1) IS NOT NULL AS fits; \echo :SQLSTATE
SELECT net(likert_summary(1, '{1,1,1,1,72057594037927935}'), 2); \echo :SQLSTATE
SELECT x + x FROM (VALUES ('{"promoters": 9000000, "passives": 0, "detractors": 0, "weights": [9000000000000, 0, 0], "squares": [9000000000000000000, 0, 0]}'::nps_summary)) AS v(x); \echo :SQLSTATE
SELECT x + x FROM (VALUES ('{"low": 1, "high": 2, "counts": [9000000, 0], "weights": [9000000000000, 0], "squares": [9000000000000000000, 0]}'::likert_summary)) AS v(x); \echo :SQLSTATE
SELECT nps_summary_accum('{"promoters": 9223381, "passives": 0, "detractors": 0, "weights": [9223381000000, 0, 0], "squares": [9223381000000000000, 0, 0]}', 9, 1000000); \echo :SQLSTATE
SELECT '{"successes": 9000000000000, "failures": 0, "undecided": 0, "weights": [9000000000, 0, 0], "squares": [9000000, 0, 0]}'::rate_summary - '{"successes": 9000000, "failures": 0, "undecided": 0, "weights": [9000000000000, 0, 0], "squares": [9000000000000000000, 0, 0]}'::rate_summary; \echo :SQLSTATE

-- What does not mix
SELECT likert_summary(1, '{1,2}') + likert_summary(0, '{1,2}'); \echo :SQLSTATE
SELECT likert_summary(1, '{1,2}') + likert_summary(1, '{1,2,3}'); \echo :SQLSTATE
SELECT likert_summary(1, '{1,2}') - likert_summary(2, '{1,2}'); \echo :SQLSTATE
SELECT rollup(x) FROM (VALUES (likert_summary(1, '{1,2}')), (likert_summary(0, '{1,2}'))) AS v(x); \echo :SQLSTATE
SELECT compare(likert_summary(1, '{1,2}'), likert_summary(1, '{1,2,3}')); \echo :SQLSTATE
SELECT nps_summary(1, 2, 3) + net(likert_summary(1, '{1,2,3}'), 1); \echo :SQLSTATE
SELECT net(likert_summary(1, '{1,2,3,4}'), 2) - net(likert_summary(1, '{1,0,0,0}'), 1); \echo :SQLSTATE
SELECT rollup(x) FROM (VALUES (nps_summary(1, 2, 3)), (net(likert_summary(1, '{1,2,3}'), 1))) AS v(x); \echo :SQLSTATE
SELECT compare(nps_summary(1, 2, 3), net(likert_summary(1, '{1,2,3}'), 1)); \echo :SQLSTATE

-- Nothing is taken out that is not in
SELECT nps_summary(5, 3, 2) - nps_summary(1, 4, 0); \echo :SQLSTATE
SELECT likert_summary(-1, '{1,2}') - likert_summary(-1, '{2,0}'); \echo :SQLSTATE
SELECT rate_summary(3, 4) - rate_summary(0, 2); \echo :SQLSTATE
SELECT rate_summary(3, 4) - rate_summary(0, 0, 1); \echo :SQLSTATE
SELECT nps(9, 2) - nps(9, 3); \echo :SQLSTATE
SELECT nps(9, 2) - nps(9, 1); \echo :SQLSTATE
SELECT nps(9, 1) - nps(9, 2); \echo :SQLSTATE
SELECT likert(1, 1, 2, 1) - likert(1, 1, 2, 2); \echo :SQLSTATE
SELECT likert(1, 1, 2, 0.5) + likert(1, 1, 2, 2) - likert(1, 1, 2, 0.501); \echo :SQLSTATE
SELECT rate(NULL, 2) - rate(NULL, 3); \echo :SQLSTATE
SELECT nps_summary_remove(nps_summary(1, 1, 1), 9::smallint); \echo :SQLSTATE
SELECT nps_summary_remove(nps_summary(1, 1, 1), 9); \echo :SQLSTATE
SELECT nps_summary_remove(nps_summary(1, 1, 1), 9::float8); \echo :SQLSTATE
SELECT nps_summary_remove(nps_summary(1, 1, 1), 9, 1); \echo :SQLSTATE
SELECT nps_summary_remove(nps_summary(1, 1, 1), nps_summary(1, 1, 1)); \echo :SQLSTATE
SELECT likert_summary_remove(likert_summary(1, '{1,2}'), 1, 1, 2); \echo :SQLSTATE
SELECT likert_summary_remove(likert_summary(1, '{1,2}'), 1, 1, 2, 1); \echo :SQLSTATE
SELECT likert_summary_remove(likert_summary(1, '{1,2}'), likert_summary(1, '{1,2}')); \echo :SQLSTATE
SELECT rate_summary_remove(rate_summary(1, 1), true); \echo :SQLSTATE
SELECT rate_summary_remove(rate_summary(1, 1), true, 1); \echo :SQLSTATE
SELECT rate_summary_remove(rate_summary(1, 1), rate_summary(1, 1)); \echo :SQLSTATE
-- not even by an aggregate made of the inverse function
CREATE AGGREGATE removed(float8, int, int, float8) (SFUNC = likert_summary_remove, STYPE = likert_summary, INITCOND = '{"low": 1, "high": 2, "counts": [1, 1]}');
CREATE AGGREGATE removed(likert_summary) (SFUNC = likert_summary_remove, STYPE = likert_summary, INITCOND = '{"low": 1, "high": 2, "counts": [1, 1]}');
SELECT removed(1, 1, 2, 2); \echo :SQLSTATE
SELECT removed(x) FROM (SELECT likert(1, 1, 2, 2) AS x) AS v; \echo :SQLSTATE
DROP AGGREGATE removed(float8, int, int, float8), removed(likert_summary);

-- Confidence: with every verb, also where nobody answered
SELECT low(nps_summary(1, 1, 1), 0); \echo :SQLSTATE
SELECT low(nps_summary(1, 1, 1), 1); \echo :SQLSTATE
SELECT low(nps_summary(1, 1, 1), -0.5); \echo :SQLSTATE
SELECT low(nps_summary(1, 1, 1), 'NaN'); \echo :SQLSTATE
SELECT low(nps_summary(1, 1, 1), 95); \echo :SQLSTATE
SELECT low(nps_summary(1, 1, 1), 99.9); \echo :SQLSTATE
SELECT low(nps_summary(1, 1, 1), 100); \echo :SQLSTATE
SELECT low(nps_summary(0, 0, 0), 2); \echo :SQLSTATE
SELECT high(nps_summary(1, 1, 1), 2); \echo :SQLSTATE
SELECT report(nps_summary(1, 1, 1), 2); \echo :SQLSTATE
SELECT estimate(nps_summary(1, 1, 1), 2); \echo :SQLSTATE
SELECT confidence_interval(nps_summary(1, 1, 1), 2); \echo :SQLSTATE
SELECT compare(nps_summary(1, 1, 1), nps_summary(1, 1, 1), 2); \echo :SQLSTATE
SELECT benchmark(nps_summary(1, 1, 1), 0, 2); \echo :SQLSTATE
SELECT low(likert_summary(1, '{1,1}'), 2); \echo :SQLSTATE
SELECT high(likert_summary(1, '{1,1}'), 2); \echo :SQLSTATE
SELECT report('{}'::likert_summary, 2); \echo :SQLSTATE
SELECT estimate(likert_summary(1, '{1,1}'), 2); \echo :SQLSTATE
SELECT confidence_interval(likert_summary(1, '{1,1}'), 2); \echo :SQLSTATE
SELECT compare(likert_summary(1, '{1,1}'), likert_summary(1, '{1,1}'), 2); \echo :SQLSTATE
SELECT benchmark(likert_summary(1, '{1,1}'), 1, 2); \echo :SQLSTATE
SELECT * FROM distribution(likert_summary(1, '{1,1}'), 2); \echo :SQLSTATE
SELECT low(rate_summary(1, 1), 2); \echo :SQLSTATE
SELECT high(rate_summary(1, 1), 2); \echo :SQLSTATE
SELECT report(rate_summary(0, 0), 2); \echo :SQLSTATE
SELECT estimate(rate_summary(1, 1), 2); \echo :SQLSTATE
SELECT confidence_interval(rate_summary(1, 1), 2); \echo :SQLSTATE
SELECT compare(rate_summary(1, 1), rate_summary(1, 1), 2); \echo :SQLSTATE
SELECT benchmark(rate_summary(1, 1), 0, 2); \echo :SQLSTATE
SELECT event_rate(1, 1, 2); \echo :SQLSTATE
SELECT responses_for_nps(5, 95); \echo :SQLSTATE

-- Methods and alternatives
SELECT report(nps_summary(1, 1, 1), 0.95, 'wilson'); \echo :SQLSTATE
SELECT estimate(nps_summary(1, 1, 1), 0.95, 'Tango'); \echo :SQLSTATE
SELECT confidence_interval(nps_summary(1, 1, 1), 0.95, ''); \echo :SQLSTATE
SELECT compare(nps_summary(1, 1, 1), nps_summary(1, 1, 1), 0.95, 'tango'); \echo :SQLSTATE
SELECT benchmark(nps_summary(1, 1, 1), 0, 0.95, 'two-sided', 'wilson'); \echo :SQLSTATE
SELECT benchmark(nps_summary(1, 1, 1), 0, 0.95, 'two sided'); \echo :SQLSTATE
SELECT report(likert_summary(1, '{1,1}'), 0.95, 'z'); \echo :SQLSTATE
SELECT estimate(likert_summary(1, '{1,1}'), 0.95, 'z'); \echo :SQLSTATE
SELECT confidence_interval(likert_summary(1, '{1,1}'), 0.95, 'z'); \echo :SQLSTATE
SELECT compare(likert_summary(1, '{1,1}'), likert_summary(1, '{1,1}'), 0.95, 't'); \echo :SQLSTATE
SELECT benchmark(likert_summary(1, '{1,1}'), 1, 0.95, 'two-sided', 'welch'); \echo :SQLSTATE
SELECT benchmark(likert_summary(1, '{1,1}'), 1, 0.95, 'Greater'); \echo :SQLSTATE
SELECT report(rate_summary(1, 1), 0.95, 'exact'); \echo :SQLSTATE
SELECT estimate(rate_summary(1, 1), 0.95, 'wilson '); \echo :SQLSTATE
SELECT confidence_interval(rate_summary(1, 1), 0.95, 'clopper'); \echo :SQLSTATE
SELECT compare(rate_summary(1, 1), rate_summary(1, 1), 0.95, 'wald'); \echo :SQLSTATE
SELECT benchmark(rate_summary(1, 1), 0.5, 0.95, 'two-sided', 'wilson'); \echo :SQLSTATE
SELECT benchmark(rate_summary(1, 1), 0.5, 0.95, 'lower'); \echo :SQLSTATE
SELECT adjust_p_values('{0.1}', 'fdr'); \echo :SQLSTATE
SELECT adjust_p_value(0.1, 'fdr') OVER (); \echo :SQLSTATE

-- Targets, boxes, bases, widths
SELECT benchmark(nps_summary(1, 1, 1), 100.5); \echo :SQLSTATE
SELECT benchmark(nps_summary(1, 1, 1), -101); \echo :SQLSTATE
SELECT benchmark(nps_summary(1, 1, 1), 'NaN'); \echo :SQLSTATE
SELECT benchmark(likert_summary(1, '{1,1}'), 0.9); \echo :SQLSTATE
SELECT benchmark(likert_summary(1, '{1,1}'), 2.1); \echo :SQLSTATE
SELECT benchmark(rate_summary(1, 1), 70); \echo :SQLSTATE
SELECT benchmark(rate_summary(1, 1), -0.1); \echo :SQLSTATE
SELECT benchmark(rate_summary(1, 1), 'NaN'); \echo :SQLSTATE
SELECT top_box(likert_summary(1, '{1,1,1}'), 0); \echo :SQLSTATE
SELECT top_box(likert_summary(1, '{1,1,1}'), 3); \echo :SQLSTATE
SELECT bottom_box(likert_summary(1, '{1,1,1}'), -1); \echo :SQLSTATE
SELECT bottom_box(likert_summary(1, '{1,1,1}'), 2147483647); \echo :SQLSTATE
SELECT csat(likert_summary(1, '{1,1,1}'), 3); \echo :SQLSTATE
SELECT csat(likert_summary(1, '{1,1,1}')); \echo :SQLSTATE
SELECT csat(likert_summary(0, array_fill(1, '{11}')::bigint[])); \echo :SQLSTATE
SELECT net(likert_summary(1, '{1,1,1}'), 0); \echo :SQLSTATE
SELECT net(likert_summary(1, '{1,1,1}'), 2); \echo :SQLSTATE
SELECT net(likert_summary(1, '{1,1,1,1}'), -2147483648); \echo :SQLSTATE
SELECT to_nps(likert_summary(1, array_fill(1, '{11}')::bigint[])); \echo :SQLSTATE
SELECT to_nps(likert_summary(0, array_fill(1, '{10}')::bigint[])); \echo :SQLSTATE
SELECT minimum_base(nps_summary(1, 1, 1), -1); \echo :SQLSTATE
SELECT minimum_base(likert_summary(1, '{1,1}'), -1); \echo :SQLSTATE
SELECT minimum_base(rate_summary(1, 1), -9223372036854775808); \echo :SQLSTATE
SELECT chart(nps_summary(1, 1, 1), 39); \echo :SQLSTATE
SELECT chart(likert_summary(1, '{1,1}'), 301); \echo :SQLSTATE
SELECT chart(rate_summary(1, 1), -2147483648); \echo :SQLSTATE

-- p-values
SELECT adjust_p_values('{0.1,1.1}', 'holm'); \echo :SQLSTATE
SELECT adjust_p_values('{-0.1}', 'holm'); \echo :SQLSTATE
SELECT adjust_p_values('{NaN}', 'holm'); \echo :SQLSTATE
SELECT adjust_p_value(p, 'holm') OVER () FROM (VALUES (0.5), (2)) AS v(p); \echo :SQLSTATE

-- Planning
SELECT responses_for_nps(0); \echo :SQLSTATE
SELECT responses_for_nps(100.1); \echo :SQLSTATE
SELECT responses_for_nps('NaN'); \echo :SQLSTATE
SELECT responses_for_nps(5, 0.95, 0); \echo :SQLSTATE
SELECT responses_for_nps(5, 0.95, 1.1); \echo :SQLSTATE
SELECT responses_for_nps(1e-9); \echo :SQLSTATE
SELECT responses_for_nps_difference(0); \echo :SQLSTATE
SELECT responses_for_nps_difference(201); \echo :SQLSTATE
SELECT responses_for_nps_difference(10, 80); \echo :SQLSTATE
SELECT responses_for_nps_difference(10, 0); \echo :SQLSTATE
SELECT responses_for_nps_difference(10, 0.8, 1); \echo :SQLSTATE
SELECT responses_for_nps_difference(10, 0.8, 0.95, 0); \echo :SQLSTATE
SELECT responses_for_nps_difference(10, 0.8, 0.95, 0.6, 2); \echo :SQLSTATE
SELECT responses_for_share(5); \echo :SQLSTATE
SELECT responses_for_share(0); \echo :SQLSTATE
SELECT responses_for_share(0.05, 1); \echo :SQLSTATE
SELECT responses_for_share(0.05, 0.5, 0); \echo :SQLSTATE
SELECT responses_for_share(1e-12); \echo :SQLSTATE
SELECT responses_for_share(5, 0.5, 0.95, 100); \echo :SQLSTATE
SELECT responses_for_share(0.05, 50, 0.95, 100); \echo :SQLSTATE
SELECT responses_for_share(0.05, 0.5, 95, 100); \echo :SQLSTATE
SELECT responses_for_share(0.05, 0.5, 0.95, 0); \echo :SQLSTATE
SELECT responses_for_share(0.05, 0.5, 0.95, -1); \echo :SQLSTATE
SELECT responses_for_share_difference(0.5, 0.5); \echo :SQLSTATE
SELECT responses_for_share_difference(0, 0.5); \echo :SQLSTATE
SELECT responses_for_share_difference(0.5, 1); \echo :SQLSTATE
SELECT responses_for_share_difference(0.5, 0.6, 1); \echo :SQLSTATE
SELECT responses_for_share_difference(0.5, 0.6, 0.8, 1); \echo :SQLSTATE
SELECT responses_for_share_difference(0.5, 0.5000000001); \echo :SQLSTATE
SELECT event_rate(-1, 10); \echo :SQLSTATE
SELECT event_rate(1, 0); \echo :SQLSTATE
SELECT event_rate(1, -1); \echo :SQLSTATE
SELECT event_rate(1, 'NaN'); \echo :SQLSTATE
SELECT event_rate(1, 'Infinity'); \echo :SQLSTATE
SELECT compare_event_rates(-1, 10, 1, 10); \echo :SQLSTATE
SELECT compare_event_rates(1, 10, -1, 10); \echo :SQLSTATE
SELECT compare_event_rates(1, 0, 1, 10); \echo :SQLSTATE
SELECT compare_event_rates(1, 10, 1, 0); \echo :SQLSTATE
SELECT compare_event_rates(1, -1, 1, 10); \echo :SQLSTATE
SELECT compare_event_rates(1, 10, 1, 'NaN'); \echo :SQLSTATE
SELECT compare_event_rates(1, 'Infinity', 1, 10); \echo :SQLSTATE
SELECT compare_event_rates(1, 10, 1, 10, 95); \echo :SQLSTATE
SELECT compare_event_rates(1, 1e-300, 1, 1e300); \echo :SQLSTATE
SELECT compare_event_rates(1, 1e300, 1, 1e-300); \echo :SQLSTATE
SELECT compare_event_rates(1, 1e-300, 0, 1e300); \echo :SQLSTATE
SELECT compare_event_rates(0, 1e300, 1, 1e-300); \echo :SQLSTATE

-- Malformed text: what is no JSON
SELECT ''::nps_summary; \echo :SQLSTATE
SELECT 'nps'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1} x'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 01}'::rate_summary; \echo :SQLSTATE
SELECT '{low: 1}'::likert_summary; \echo :SQLSTATE
-- what is JSON, but not of this shape
SELECT '[]'::nps_summary; \echo :SQLSTATE
SELECT '[1, 2]'::likert_summary; \echo :SQLSTATE
SELECT '5'::nps_summary; \echo :SQLSTATE
SELECT 'null'::rate_summary; \echo :SQLSTATE
SELECT '{}'::nps_summary; \echo :SQLSTATE
SELECT '{}'::rate_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": null}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": "3"}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": true}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": [3]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": []}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": [[3]]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": [{"a": 3}]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": {"a": {"b": 3}}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": {"a": 3}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": {}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "promoters": 1, "passives": 2, "detractors": 3}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "sum": 6}'::nps_summary; \echo :SQLSTATE
SELECT nps_summary_in('{"promoters": 1, "passives": 2, "detractors": 3, "other": {}}'); \echo :SQLSTATE
SELECT likert_summary_in('{"other": {}}'); \echo :SQLSTATE
SELECT nps_summary_in('{"promoters": 1, "passives": 2, "detractors": 3, "net.low": 1, "net.high": 5, "net.boxes": 1}'); \echo :SQLSTATE
SELECT nps_summary_in('{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 1, "high": 5, "boxes": 1}, "net": {}}'); \echo :SQLSTATE
SELECT '{"Promoters": 1, "passives": 2, "detractors": 3}'::nps_summary; \echo :SQLSTATE
SELECT '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"q":1}'::rate_summary; \echo :SQLSTATE
SELECT ('{"low": 1, "high": 2, "counts": [' || repeat('1, ', 128) || '1]}')::likert_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 3, "counts": [1, 2]}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 3, "counts": 2}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": [1], "high": 3, "counts": [1, 2, 3]}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 3}'::likert_summary; \echo :SQLSTATE
SELECT '{"high": 3, "counts": [1, 2, 3]}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 2, "counts": [1, 2], "n": 3}'::likert_summary; \echo :SQLSTATE
-- numbers that are not whole, or too long
SELECT '{"promoters": 1.5, "passives": 2, "detractors": 3}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1e2, "passives": 2, "detractors": 3}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 9999999999999999999, "passives": 2, "detractors": 3}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 999999999999999999999999999999999999999999, "passives": 2, "detractors": 3}'::nps_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 2, "counts": [1.5, 2]}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 2, "counts": [-9999999999999999999, 2]}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 1.5, "high": 2, "counts": [1, 2]}'::likert_summary; \echo :SQLSTATE
-- what no answers can have given
SELECT '{"promoters": -1, "passives": 2, "detractors": 3}'::nps_summary; \echo :SQLSTATE
SELECT '{"successes": 1, "failures": 2, "undecided": 72057594037927936}'::rate_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 2, "counts": [1, -2]}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 2, "high": 1, "counts": []}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 0, "high": 0, "counts": []}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 0, "high": 101, "counts": []}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": 99999999999, "high": 99999999999, "counts": []}'::likert_summary; \echo :SQLSTATE
SELECT '{"low": -9223372036854775808, "high": 9223372036854775807, "counts": []}'::likert_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 1, "high": 5}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"boxes": 1}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 1, "high": 5, "boxes": 3}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 1, "high": 5, "boxes": 0}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 0, "high": 0, "boxes": 0}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 5, "high": 1, "boxes": 1}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 0, "high": 101, "boxes": 1}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 0, "high": 99999, "boxes": 1}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 2, "detractors": 3, "net": {"low": 1, "high": 5, "boxes": 256}}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "squares": [4, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0], "squares": [4, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": 2, "squares": [4, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2.0000001, 0, 0], "squares": [4, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0, 0], "squares": [4e0, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0, 0], "squares": [5, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [0.0005, 0, 0], "squares": [0.00000025, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [1000001, 0, 0], "squares": [1000002000001, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [1, 1, 0], "squares": [1, 1, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 2, "passives": 0, "detractors": 0, "weights": [4, 0, 0], "squares": [7.9, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 2, "passives": 0, "detractors": 0, "weights": [4, 0, 0], "squares": [5000000, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 2, "passives": 0, "detractors": 0, "weights": [2, 0, 0], "squares": [2.000000000001, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"promoters": 2, "passives": 0, "detractors": 0, "weights": [2, 0, 0], "squares": [-1, 0, 0]}'::nps_summary; \echo :SQLSTATE
SELECT '{"successes": 1, "failures": 0, "undecided": 0, "weights": [99999999999999999999, 0, 0], "squares": [4, 0, 0]}'::rate_summary; \echo :SQLSTATE
SELECT '{"successes": 1, "failures": 0, "undecided": 0, "weights": [99999999999999999999999999999999999, 0, 0], "squares": [4, 0, 0]}'::rate_summary; \echo :SQLSTATE
SELECT '{"successes": 1, "failures": 0, "undecided": 0, "weights": [2, 0, 0], "squares": [999999999999999999999999999, 0, 0]}'::rate_summary; \echo :SQLSTATE
SELECT '{"low": 1, "high": 2, "counts": [1, 2], "weights": [1, 2, 3], "squares": [1, 2, 3]}'::likert_summary; \echo :SQLSTATE
