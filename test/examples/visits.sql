-- Rows to build summaries from, and for every type the aggregates that build it. Read by the tests
-- that try something on every summary type of the catalog: a new type needs its lines here.
SELECT setseed(0.19) IS NULL AS ignored \gset

-- Five rows for each actor, all on one day at one touchpoint.
CREATE TABLE visits AS
SELECT id, id / 5 AS actor, date '2026-01-01' + (id / 5 % 60)::int AS day,
	(ARRAY['app', 'store', 'web'])[1 + id / 300 % 3] AS touchpoint,
	timestamptz '2026-01-01 08:00+00' + (id / 5 % 60) * interval '1 day' + floor(random() * 7200) * interval '1 second' AS at,
	(ARRAY['view', 'view', 'search', 'cart', 'pay'])[1 + floor(random() * 5)::int] AS event,
	CASE WHEN random() > 0.1 THEN floor(random() * 11)::smallint END AS answer,
	CASE WHEN random() > 0.1 THEN 1 + floor(random() * 5)::int END AS rating,
	CASE WHEN random() > 0.1 THEN random() > 0.3 END AS done,
	(ARRAY[0, 0.001, 0.333333, 1, 1, 2.5])[1 + floor(random() * 6)::int]::float8 AS weight,
	round((exp(random() * 6))::numeric, 3)::float8 AS seconds,
	random() > 0.1 AS finished,
	floor(random() * 20)::float8 AS clicks,
	1 + floor(random() * 4)::float8 AS orders,
	CASE WHEN random() > 0.2 THEN (ARRAY['price', 'wait', 'Größe', 'it''s "slow"'])[1 + floor(random() * 4)::int] END AS reason
FROM generate_series(0::bigint, 11999) AS id;

-- Exact ones have the same bytes whatever the order of rows and merges.
CREATE TABLE builders (type text, expression text, exact boolean DEFAULT true);
INSERT INTO builders (type, expression) VALUES
	('nps_summary', 'nps(answer)'),
	('nps_summary', 'nps(answer, weight)'),
	('nps_summary', 'net(likert(rating, 1, 5), 2)'),
	('likert_summary', 'likert(rating, 1, 5)'),
	('likert_summary', 'likert(answer, 0, 10, weight)'),
	('rate_summary', 'rate(done)'),
	('rate_summary', 'rate(done, weight)'),
	('choices_summary', 'choices(reason)'),
	('choices_summary', 'choices(ARRAY[reason, event], weight)'),
	('timing_summary', 'timing(seconds)'),
	('timing_summary', 'timing(seconds, finished)'),
	('timing_summary', $$timing(at, at + seconds * interval '1 hour', '2026-03-05 00:00+00')$$),
	('task_summary', 'task(done, seconds, clicks, orders)'),
	('funnel_summary', $$funnel(actor, at, event, 'view > [search] > cart > pay within 1 hour', '2026-03-01 10:00+00')$$),
	('funnel_summary', $$funnel(actor, at, event, 'view & cart & search|pay')$$),
	('flow_summary', $$flows(event_journey(ARRAY[at, at + interval '1 second'], ARRAY['view', event]), 'view', 2)$$),
	('retention_summary', $$retention(actor, at, event, 'view', 'pay', 'week')$$),
	('retention_summary', $$retention(actor, at, event, 'view', '*', 'day', 'Europe/Rome')$$);
INSERT INTO builders VALUES
	('sample_summary', 'sample(seconds)', false),
	('sample_summary', 'sample(seconds, weight)', false),
	('ratio_summary', 'ratio(clicks, orders)', false),
	('items_summary', 'items(rating, answer, seconds)', false);
