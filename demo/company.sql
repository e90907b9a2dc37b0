-- A made-up company: 50,000 customers, what they answered and what they asked for in 2025, as of
-- 1 January 2026. Every number is drawn from the digest of a text, so that the data are the same
-- on every run, machine and version of PostgreSQL. Nothing in here needs cxux.
SET timezone = 'UTC';
SET client_min_messages = warning;
BEGIN;

-- A number from 0 to 1 that depends on its key alone.
CREATE FUNCTION chance(key text) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ('x' || left(md5(key), 8))::bit(32)::bigint / 4294967296.0::double precision;

-- What makes the touchpoints differ: who answers there, how the answers lie, ours and a rival's,
-- and how slowly tickets are resolved.
CREATE TEMPORARY TABLE traits (
	touchpoint text,
	answer_share double precision,
	shift double precision,
	rival_answers integer,
	rival_shift double precision,
	slowness double precision
);
INSERT INTO traits VALUES
	('web', 0.55, 0.00, 1800, 0.25, 1.00),
	('app', 0.45, 0.45, 1500, 0.10, 0.95),
	('store', 0.30, 0.30, 1200, 0.30, 1.25),
	('live chat', 0.14, -0.40, 500, -0.65, 0.80),
	('help desk', 0.10, -1.10, 350, -1.00, 1.05);

CREATE TABLE customers (
	customer_id integer PRIMARY KEY,
	segment text NOT NULL CHECK (segment IN ('consumer', 'business', 'enterprise')),
	joined_at timestamptz NOT NULL
);
COMMENT ON TABLE customers IS 'everybody with an account';

INSERT INTO customers
SELECT id,
	CASE WHEN kind < 0.80 THEN 'consumer' WHEN kind < 0.97 THEN 'business' ELSE 'enterprise' END,
	timestamptz '2025-01-01 00:00+00'
		- floor(3650 * 86400 * chance('joined' || id) * chance('early' || id)) * interval '1 second'
FROM generate_series(1, 50000) AS id, LATERAL (SELECT chance('segment' || id) AS kind) AS drawn;

CREATE TABLE responses (
	response_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	customer_id integer NOT NULL REFERENCES customers,
	touchpoint text NOT NULL,
	channel text NOT NULL,
	device text NOT NULL,
	answered_at timestamptz NOT NULL,
	recommend smallint CHECK (recommend BETWEEN 0 AND 10),
	satisfaction smallint CHECK (satisfaction BETWEEN 1 AND 5),
	ease smallint CHECK (ease BETWEEN 1 AND 7),
	UNIQUE (customer_id, touchpoint)
);
COMMENT ON TABLE responses IS 'our own survey: one row per customer and touchpoint';
COMMENT ON COLUMN responses.channel IS 'how the customer was asked';
COMMENT ON COLUMN responses.recommend IS
	'How likely are you to recommend us? 0 to 10; NULL: no answer';
COMMENT ON COLUMN responses.satisfaction IS
	'How satisfied are you? 1 to 5; NULL: no answer';
COMMENT ON COLUMN responses.ease IS
	'We made it easy for you: 1 (not at all) to 7 (fully); NULL: no answer or not asked';

-- A customer's mood goes into all of the customer's answers. Summers are better than winters, and
-- the weeks before the holidays are worst.
WITH askable AS MATERIALIZED (
	SELECT customer_id, touchpoint, shift, touchpoint || customer_id AS key
	FROM customers CROSS JOIN traits
	WHERE chance('answers' || touchpoint || customer_id) < answer_share
), drawn AS MATERIALIZED (
	SELECT *, 365 * chance('day' || key) AS day, chance('device' || key) AS tool,
		chance('mood' || customer_id) AS mood, chance('a' || key) AS a, chance('b' || key) AS b,
		chance('c' || key) AS c, chance('d' || key) AS d
	FROM askable
), levelled AS MATERIALIZED (
	SELECT *, shift + mood - 0.5 + 0.35 - 0.7 * abs(day - 180) / 180
		- CASE WHEN day BETWEEN 320 AND 357 THEN 0.4 ELSE 0 END AS level
	FROM drawn
)
INSERT INTO responses
	(customer_id, touchpoint, channel, device, answered_at, recommend, satisfaction, ease)
SELECT customer_id, touchpoint,
	CASE WHEN touchpoint = 'app' THEN 'in-app'
		WHEN chance('channel' || key) < 0.6 THEN 'email'
		ELSE 'text message' END,
	CASE WHEN tool < 0.1 THEN 'tablet'
		WHEN tool < 0.6 OR touchpoint = 'app' THEN 'phone'
		ELSE 'desktop' END,
	timestamptz '2025-01-01 00:00+00' + floor(86400 * day) * interval '1 second',
	CASE WHEN chance('recommend' || key) < 0.94 THEN
		least(10, greatest(0, floor(11.2 + level - 2.4 * (a + b) * (a + b)))) END,
	CASE WHEN chance('satisfaction' || key) < 0.80 THEN
		least(5, greatest(1, floor(6.1 + level / 2 - 1.25 * (a + c) * (a + c)))) END,
	CASE WHEN touchpoint <> 'store' AND chance('ease' || key) < 0.65 THEN
		least(7, greatest(1, floor(8.1 + level - 1.8 * (b + d) * (b + d)))) END
FROM levelled
ORDER BY day, key COLLATE "C";

CREATE TABLE competitor_responses (
	respondent_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	touchpoint text NOT NULL,
	recommend smallint NOT NULL CHECK (recommend BETWEEN 0 AND 10)
);
COMMENT ON TABLE competitor_responses IS
	'a market study: people who know the touchpoints of our closest rival';

INSERT INTO competitor_responses (touchpoint, recommend)
SELECT touchpoint, least(10, greatest(0, floor(11.2 + rival_shift - 2.4 * (a + b) * (a + b))))
FROM traits, generate_series(1, rival_answers) AS i,
	LATERAL (SELECT chance('rival a' || touchpoint || i) AS a,
		chance('rival b' || touchpoint || i) AS b) AS draws
ORDER BY touchpoint COLLATE "C", i;

CREATE TABLE tickets (
	ticket_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	customer_id integer NOT NULL REFERENCES customers,
	touchpoint text NOT NULL,
	severity text NOT NULL CHECK (severity IN ('low', 'normal', 'high', 'critical')),
	opened_at timestamptz NOT NULL,
	due_at timestamptz NOT NULL,
	resolved_at timestamptz,
	escalated boolean
);
COMMENT ON TABLE tickets IS 'what customers asked for help with';
COMMENT ON COLUMN tickets.touchpoint IS 'where the customer ran into trouble';
COMMENT ON COLUMN tickets.due_at IS 'promised time of resolution, by severity';
COMMENT ON COLUMN tickets.resolved_at IS 'NULL: not yet';
COMMENT ON COLUMN tickets.escalated IS
	'whether it went to second level in its first 14 days; NULL while these are not over';

INSERT INTO tickets
	(customer_id, touchpoint, severity, opened_at, due_at, resolved_at, escalated)
SELECT 1 + floor(50000 * chance('customer of ticket' || i)), touchpoint, severity, opened_at,
	opened_at + promise,
	CASE WHEN resolved_at < '2026-01-01 00:00+00' THEN resolved_at END,
	CASE WHEN opened_at + interval '14 days' <= '2026-01-01 00:00+00' THEN
		chance('escalates' || i) < often + CASE WHEN late > 1 THEN 0.1 ELSE 0 END END
FROM generate_series(1, 12000) AS i,
	LATERAL (SELECT chance('place' || i) AS place, chance('severity' || i) AS kind,
		-- One ticket in ten belongs to the rush before the holidays.
		CASE WHEN chance('rush' || i) < 0.1 THEN 320 + 45 * chance('opened' || i)
			ELSE 365 * chance('opened' || i) END AS day) AS draws
	JOIN traits ON touchpoint = CASE WHEN place < 0.40 THEN 'web' WHEN place < 0.65 THEN 'app'
		WHEN place < 0.80 THEN 'help desk' WHEN place < 0.92 THEN 'live chat' ELSE 'store' END
	JOIN (VALUES ('low', 0.00, 0.25, interval '7 days', 0.02),
		('normal', 0.25, 0.75, interval '3 days', 0.05),
		('high', 0.75, 0.95, interval '1 day', 0.12),
		('critical', 0.95, 1.00, interval '8 hours', 0.25))
		AS severities (severity, kind_from, kind_until, promise, often)
		ON kind >= kind_from AND kind < kind_until,
	LATERAL (SELECT 2.2 * slowness * chance('effort' || i) * chance('queue' || i) AS late,
		timestamptz '2025-01-01 00:00+00' + floor(86400 * day) * interval '1 second' AS opened_at)
		AS times,
	LATERAL (SELECT opened_at + floor(extract(epoch FROM promise) * late) * interval '1 second'
		AS resolved_at) AS outcomes
ORDER BY opened_at, i;

DROP FUNCTION chance(text);
COMMIT;
ANALYZE customers, responses, competitor_responses, tickets;
