-- Responses needed, and rates of events.
SET extra_float_digits = -6;

SELECT responses_for_nps(10), responses_for_nps(5), responses_for_nps(2, 0.99), responses_for_nps(5, 0.95, 1), responses_for_nps(margin_points => 5, variance => 0.3);
-- never less than one
SELECT responses_for_nps(100), responses_for_nps(100, 0.5, 0.01);
SELECT responses_for_nps(0.0001);
SELECT responses_for_nps_difference(10), responses_for_nps_difference(10, 0.9), responses_for_nps_difference(5, 0.8, 0.95, 0.5, 0.7), responses_for_nps_difference(200), responses_for_nps_difference(10, 0.1, 0.5);
SELECT responses_for_share(0.05), responses_for_share(0.03), responses_for_share(0.05, 0.1), responses_for_share(0.05, 0.5, 0.99), responses_for_share(0.9), responses_for_share(margin => 0.05, confidence => 0.9);
SELECT responses_for_share(0.05, 0.5, 0.95, 1000), responses_for_share(0.05, 0.5, 0.95, 1), responses_for_share(0.05, 0.5, 0.95, 9223372036854775807), responses_for_share(0.05, 0.5, 0.95, NULL);
SELECT responses_for_share_difference(0.5, 0.6), responses_for_share_difference(0.6, 0.5), responses_for_share_difference(0.5, 0.6, 0.9), responses_for_share_difference(0.01, 0.99), responses_for_share_difference(0.5, 0.75, 0.9, 0.95);
SELECT responses_for_nps(NULL), responses_for_share(NULL), responses_for_nps_difference(10, NULL), responses_for_share_difference(0.1, NULL);

SELECT r.* FROM (VALUES (0::bigint, 10::float8), (1, 1), (5, 100), (1000, 0.5), (1000000000000, 1)) AS v(events, exposure), event_rate(events, exposure) AS r;
SELECT * FROM event_rate(5, 100, 0.9);
SELECT * FROM event_rate(events => 5, exposure => 100, confidence => 0.5);
SELECT * FROM event_rate(NULL, 100);

SELECT r.* FROM (VALUES (11::bigint, 800::float8, 21::bigint, 3011::float8), (7, 1, 7, 1), (3, 10, 30, 100), (0, 1, 5, 1), (5, 1, 0, 1), (0, 2, 0, 1), (1000000000000, 2, 1000000000000, 1), (9223372036854775807, 1, 1, 1), (1, 1e308, 2, 1e308)) AS v(a, x, b, y), compare_event_rates(a, x, b, y) AS r;
SELECT * FROM compare_event_rates(11, 800, 21, 3011, 0.8);
SELECT * FROM compare_event_rates(events_a => 11, exposure_a => 800, events_b => 21, exposure_b => 3011, confidence => 0.5);
SELECT * FROM compare_event_rates(11, 800, NULL, 3011);
SELECT * FROM compare_event_rates(11, 800, 21, 3011, NULL);
