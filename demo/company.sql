-- A made-up company: 50,000 customers, what they answered, tried, asked for and bought, as of
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

-- What happened to them. Of tickets that are not resolved yet, as much as until now; most are with
-- one agent, some are handed over, and of these some come back to the first one. Who escalates hands
-- over to an expert. What is resolved is closed five days later, unless it is reopened before.
CREATE TABLE ticket_events (
	event_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	ticket_id integer NOT NULL REFERENCES tickets,
	at timestamptz NOT NULL,
	event text NOT NULL CHECK (event IN ('opened', 'assigned', 'escalated', 'resolved', 'reopened', 'closed')),
	agent text
);
COMMENT ON TABLE ticket_events IS
	'the log of the help desk: one row per thing that happened to a ticket';
COMMENT ON COLUMN ticket_events.agent IS 'who has it from then on; NULL: no change';

WITH drawn AS MATERIALIZED (
	SELECT ticket_id, 'log' || ticket_id AS key, opened_at, resolved_at,
		extract(epoch FROM coalesce(resolved_at, opened_at + 2 * (due_at - opened_at)) - opened_at)::double precision AS span,
		coalesce(escalated, chance('escalates young' || ticket_id) < 0.08) AS escalates,
		1 + floor(24 * chance('first agent' || ticket_id)) AS first_agent
	FROM tickets
), planned AS MATERIALIZED (
	SELECT *, 0.02 + 0.3 * chance('waits' || key) * chance('queues' || key) AS taken,
		CASE WHEN resolved_at IS NULL THEN least(span, 14 * 86400.0) ELSE least(span, 14 * 86400.0 - 1) END
			* (0.1 + 0.8 * chance('escalated' || key)) AS escalated_after,
		chance('handed over' || key) < CASE WHEN escalates THEN 0.45 ELSE 0.2 END AS moves,
		chance('comes back' || key) < 0.4 AS returns,
		resolved_at IS NOT NULL AND chance('reopened' || key) < CASE WHEN escalates THEN 0.16 ELSE 0.06 END AS reopens,
		floor(4.5 * 86400 * chance('reopened after' || key)) AS reopened_after,
		600 + floor(0.8 * span * chance('resolved again' || key)) AS again_after
	FROM drawn
), happened AS (
	SELECT ticket_id, 0 AS place, opened_at AS at, 'opened' AS event, NULL AS agent FROM planned
	UNION ALL
	SELECT ticket_id, 1, opened_at + floor(span * taken) * interval '1 second', 'assigned', 'agent ' || first_agent FROM planned
	UNION ALL
	SELECT ticket_id, 2, opened_at + floor(span * (taken + (1 - taken) * 0.4 * chance('moved' || key))) * interval '1 second',
		'assigned', 'agent ' || 1 + (first_agent + floor(23 * chance('second agent' || key)))::integer % 24
	FROM planned WHERE moves
	UNION ALL
	SELECT ticket_id, 3, opened_at + floor(span * (taken + (1 - taken) * (0.4 + 0.4 * chance('moved back' || key)))) * interval '1 second',
		'assigned', 'agent ' || first_agent
	FROM planned WHERE moves AND returns
	UNION ALL
	SELECT ticket_id, 4, opened_at + floor(escalated_after) * interval '1 second', 'escalated', NULL FROM planned WHERE escalates
	UNION ALL
	SELECT ticket_id, 5, opened_at + floor(escalated_after + (span - escalated_after) * 0.3 * chance('expert takes' || key)) * interval '1 second',
		'assigned', 'expert ' || 1 + floor(6 * chance('expert' || key))
	FROM planned WHERE escalates
	UNION ALL
	SELECT ticket_id, 6, resolved_at, 'resolved', NULL FROM planned WHERE resolved_at IS NOT NULL
	UNION ALL
	SELECT ticket_id, 7, resolved_at + reopened_after * interval '1 second', 'reopened', NULL FROM planned WHERE reopens
	UNION ALL
	SELECT ticket_id, 8, resolved_at + (reopened_after + again_after) * interval '1 second', 'resolved', NULL FROM planned WHERE reopens
	UNION ALL
	SELECT ticket_id, 9, resolved_at + CASE WHEN reopens THEN reopened_after + again_after ELSE 0 END * interval '1 second'
		+ interval '5 days', 'closed', NULL
	FROM planned WHERE resolved_at IS NOT NULL
)
INSERT INTO ticket_events (ticket_id, at, event, agent)
SELECT ticket_id, at, event, agent
FROM happened
WHERE at < '2026-01-01 00:00+00'
ORDER BY at, ticket_id, place;

-- Four releases of the web shop, each tested before it went live: invited customers tried three
-- tasks and then filled in the System Usability Scale.
CREATE TEMPORARY TABLE releases (release text, tested_on date, polish double precision);
INSERT INTO releases VALUES
	('2025.1', '2025-01-20', 0.00), ('2025.2', '2025-04-14', 0.25), ('2025.3', '2025-07-21', 0.15),
	('2025.4', '2025-10-13', 0.60);

CREATE TEMPORARY TABLE tasks (task text, base_seconds double precision, hardness double precision,
	shortest integer);
INSERT INTO tasks VALUES
	('find an order', 32, 0.06, 4), ('return an item', 95, 0.22, 9), ('change payment', 61, 0.14, 6);

CREATE TABLE task_attempts (
	attempt_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	release text NOT NULL,
	participant integer NOT NULL,
	device text NOT NULL CHECK (device IN ('desktop', 'phone')),
	task text NOT NULL,
	started_at timestamptz NOT NULL,
	completed boolean NOT NULL,
	seconds double precision NOT NULL CHECK (seconds >= 0),
	errors smallint NOT NULL,
	clicks smallint NOT NULL,
	UNIQUE (release, participant, task)
);
COMMENT ON TABLE task_attempts IS 'usability tests of the web shop: one row per participant and task';
COMMENT ON COLUMN task_attempts.completed IS 'false: given up';
COMMENT ON COLUMN task_attempts.seconds IS 'until done or given up';

-- A participant is quick or slow at all tasks; who goes wrong clicks more and takes longer.
INSERT INTO task_attempts
	(release, participant, device, task, started_at, completed, seconds, errors, clicks)
SELECT release, participant, device, task,
	tested_on + interval '9 hours' + floor(28800 * chance('hour' || key)) * interval '1 second',
	completed,
	round((base_seconds * exp(1.1 * (pace - 0.5) + 0.9 * (chance('luck' || key) - 0.5) + 0.16 * errors
		- 0.45 * polish) * CASE WHEN completed THEN 1 ELSE 1.5 END)::numeric, 1),
	errors, clicks
FROM releases CROSS JOIN tasks CROSS JOIN generate_series(1, 60) AS participant,
	LATERAL (SELECT release || '/' || participant AS person, release || '/' || participant || '/' || task AS key)
		AS names,
	LATERAL (SELECT CASE WHEN chance('tested on' || person) < 0.5 THEN 'phone' ELSE 'desktop' END AS device,
		chance('pace' || person) AS pace) AS draws,
	LATERAL (SELECT floor((2.2 - polish) * (hardness + CASE device WHEN 'phone' THEN 0.05 ELSE 0 END)
		* 14 * chance('slips' || key) * chance('more slips' || key))::integer AS errors) AS slips,
	LATERAL (SELECT shortest + 2 * errors + floor(4 * chance('clicks' || key))::integer AS clicks,
		chance('gives up' || key) >= hardness * (1.2 - polish) + 0.03 * errors AS completed) AS outcomes
ORDER BY release COLLATE "C", participant, task COLLATE "C";

CREATE TABLE sus_answers (
	release text NOT NULL,
	participant integer NOT NULL,
	q1 smallint, q2 smallint, q3 smallint, q4 smallint, q5 smallint,
	q6 smallint, q7 smallint, q8 smallint, q9 smallint, q10 smallint,
	PRIMARY KEY (release, participant)
);
COMMENT ON TABLE sus_answers IS
	'System Usability Scale after the tasks: ten answers from 1 to 5; NULL: left out';

-- One in eighty answers is left out. The odd statements praise, the even ones complain.
INSERT INTO sus_answers
SELECT release, participant, a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10]
FROM (
	SELECT release, participant, array_agg(
		CASE WHEN chance('left out' || key) < 0.0125 THEN NULL
			WHEN question % 2 = 1 THEN liking ELSE 6 - liking END ORDER BY question) AS a
	FROM releases CROSS JOIN generate_series(1, 60) AS participant CROSS JOIN generate_series(1, 10) AS question,
		LATERAL (SELECT release || '/' || participant || '/' || question AS key) AS names,
		LATERAL (SELECT least(5, greatest(1, floor(3.85 + 1.4 * polish
			+ 1.8 * (chance('opinion' || release || '/' || participant) - 0.5)
			+ 2.2 * (chance('answer' || key) - 0.5))))::smallint AS liking) AS answers
	GROUP BY release, participant
	) AS sheets
ORDER BY release COLLATE "C", participant;

-- How service was perceived: asked once, of customers whose ticket was resolved.
CREATE TABLE service_ratings (
	customer_id integer PRIMARY KEY REFERENCES customers,
	recommend smallint CHECK (recommend BETWEEN 0 AND 10),
	ease smallint CHECK (ease BETWEEN 1 AND 7),
	courtesy smallint CHECK (courtesy BETWEEN 1 AND 7),
	responsiveness smallint CHECK (responsiveness BETWEEN 1 AND 7),
	competence smallint CHECK (competence BETWEEN 1 AND 7),
	price smallint CHECK (price BETWEEN 1 AND 7),
	reasons text[]
);
COMMENT ON TABLE service_ratings IS 'after a resolved ticket: recommendation and what may drive it';
COMMENT ON COLUMN service_ratings.price IS 'fair prices, 1 to 7; nothing the help desk can do about';
COMMENT ON COLUMN service_ratings.reasons IS
	'What should we improve? Tick all that apply; NULL: not asked, empty: nothing';

INSERT INTO service_ratings
SELECT customer_id,
	CASE WHEN chance('recommends service' || customer_id) < 0.95 THEN
		least(10, greatest(0, floor(7.1 + 2.6 * quick + 1.9 * easy + 1.1 * able + 0.5 * kind + 0.9 * cheap
			+ 2.8 * (chance('whim' || customer_id) - 0.5)))) END,
	CASE WHEN chance('skips ease' || customer_id) < 0.97 THEN least(7, greatest(1, floor(4.6 + 3.0 * easy))) END,
	least(7, greatest(1, floor(5.4 + 2.4 * kind))),
	least(7, greatest(1, floor(4.2 + 3.4 * quick))),
	CASE WHEN chance('skips competence' || customer_id) < 0.96 THEN least(7, greatest(1, floor(4.9 + 2.8 * able))) END,
	least(7, greatest(1, floor(4.0 + 3.0 * cheap))),
	CASE WHEN chance('asked' || customer_id) < 0.5 THEN array_remove(ARRAY[
		CASE WHEN chance('waits' || customer_id) < 0.45 - 0.5 * quick THEN 'waiting time' END,
		CASE WHEN chance('repeats' || customer_id) < 0.30 - 0.35 * easy THEN 'having to explain twice' END,
		CASE WHEN chance('unsolved' || customer_id) < 0.22 - 0.3 * able THEN 'solution' END,
		CASE WHEN chance('hours' || customer_id) < 0.15 THEN 'opening hours' END,
		CASE WHEN chance('tone' || customer_id) < 0.06 - 0.1 * kind THEN 'tone' END], NULL) END
FROM (SELECT DISTINCT customer_id FROM tickets WHERE resolved_at IS NOT NULL) AS helped,
	LATERAL (SELECT chance('service' || customer_id) - 0.5 AS mood) AS moods,
	LATERAL (SELECT 0.6 * mood + chance('quick' || customer_id) - 0.5 AS quick,
		0.5 * mood + chance('easy' || customer_id) - 0.5 AS easy,
		0.7 * mood + chance('able' || customer_id) - 0.5 AS able,
		0.6 * mood + chance('kind' || customer_id) - 0.5 AS kind,
		chance('cheap' || customer_id) - 0.5 AS cheap) AS views
WHERE chance('rates service' || customer_id) < 0.35
ORDER BY customer_id;

-- The log of the web shop and the app in December. A visit ends where its customer gives up; on the
-- phone that is sooner, and forms take longer. Some come back days later, with another device. What
-- is bought with one click has all of its events in the same second.
CREATE TABLE events (
	event_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	customer_id integer NOT NULL,
	at timestamptz NOT NULL,
	device text NOT NULL CHECK (device IN ('desktop', 'phone', 'tablet')),
	event text NOT NULL
);
COMMENT ON TABLE events IS
	'December in the web shop, the app and the support portal: one row per thing done';

CREATE TEMPORARY TABLE steps (
	place integer, event text, typical_seconds double precision, given_up double precision,
	harder_on_phone double precision
);
INSERT INTO steps VALUES
	(1, 'view', 0, 0, 0), (2, 'search', 25, 0, 0), (3, 'view', 40, 0, 0), (4, 'cart', 90, 0.55, 0.06),
	(5, 'checkout', 120, 0.36, 0.10), (6, 'error', 45, 0, 0), (7, 'pay', 75, 0.16, 0.09);

WITH visits AS MATERIALIZED (
	SELECT customer_id, visit, customer_id || '/' || visit AS key,
		31 * 86400 * chance('visited' || customer_id || '/' || visit) AS started
	FROM customers CROSS JOIN generate_series(1, 3) AS visit
	WHERE chance('visits' || customer_id) < 0.84 - 0.24 * visit
), drawn AS MATERIALIZED (
	SELECT *, CASE WHEN tool < 0.55 THEN 'phone' WHEN tool < 0.92 THEN 'desktop' ELSE 'tablet' END AS device,
		chance('one click' || key) < 0.05 AS one_click, exp(1.4 * (chance('hurry' || key) - 0.5)) AS pace,
		2 + floor(150 * chance('days later' || key)) * 1800 AS later
	FROM visits, LATERAL (SELECT chance('tool' || CASE WHEN chance('other tool' || key) < 0.2
		THEN key ELSE customer_id::text END) AS tool) AS tools
), walked AS MATERIALIZED (
	SELECT customer_id, visit, key, started, device, one_click, later, place, event,
		bool_or(place > 3 AND chance('gives up' || place || '/' || key)
			< given_up + CASE device WHEN 'phone' THEN harder_on_phone ELSE 0 END) OVER until_here AS over,
		sum(CASE WHEN one_click THEN 0 ELSE floor(typical_seconds * pace * 2 * chance('takes' || place || '/' || key)
			* CASE device WHEN 'phone' THEN 1.3 ELSE 1 END) END) OVER until_here AS seconds
	FROM drawn CROSS JOIN steps
	WINDOW until_here AS (PARTITION BY customer_id, visit ORDER BY place)
), happened AS (
	SELECT customer_id, visit, place, started + seconds AS seconds, device, event
	FROM walked
	WHERE NOT over AND CASE event WHEN 'search' THEN NOT one_click AND chance('searches' || key) < 0.35
		WHEN 'error' THEN NOT one_click AND chance('errs' || key) < CASE device WHEN 'phone' THEN 0.18 ELSE 0.09 END
		ELSE place <> 3 OR chance('looks on' || key) < 0.5 END
	-- Who gave up comes back to the cart.
	UNION ALL
	SELECT customer_id, visit, place + 10, started + seconds + later * 1.0,
		CASE WHEN chance('changes' || key) < 0.5 THEN 'desktop' ELSE device END, event
	FROM walked
	WHERE over AND event IN ('checkout', 'pay') AND chance('comes back' || key) < 0.08
		AND (event = 'checkout' OR chance('pays then' || key) < 0.7)
	-- Another task: whoever wants help asks for it in the portal.
	UNION ALL
	SELECT customer_id, visit, 20 + step, asked + step * floor(10 + 100 * chance('reads' || key) * pace), device, event
	FROM drawn, LATERAL (SELECT 31 * 86400 * chance('asks' || key) AS asked) AS questions,
		(VALUES (0, 'open help'), (1, 'search help'), (2, 'open ticket form'), (3, 'send ticket')) AS asking (step, event)
	WHERE chance('wants help' || key) < 0.12
		AND CASE event WHEN 'open help' THEN true WHEN 'search help' THEN chance('looks up' || key) < 0.6
			WHEN 'open ticket form' THEN chance('unsolved' || key) < 0.5
			ELSE chance('unsolved' || key) < 0.5 AND chance('sends' || key)
				< CASE device WHEN 'phone' THEN 0.6 ELSE 0.8 END END
)
INSERT INTO events (customer_id, at, device, event)
SELECT customer_id, timestamptz '2025-12-01 00:00+00' + floor(seconds) * interval '1 second', device, event
FROM happened
WHERE seconds < 31 * 86400
ORDER BY floor(seconds), customer_id, visit, place;
ALTER TABLE events ADD FOREIGN KEY (customer_id) REFERENCES customers;

-- What customers buy. Who is content buys sooner again and more; after any order some never come
-- back. The first order of a customer lies in 2024 or 2025.
CREATE TABLE orders (
	order_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	customer_id integer NOT NULL REFERENCES customers,
	ordered_at timestamptz NOT NULL,
	amount numeric(10,2) NOT NULL CHECK (amount > 0)
);
COMMENT ON TABLE orders IS 'what customers bought in 2024 and 2025';

WITH buyers AS MATERIALIZED (
	SELECT customer_id, chance('mood' || customer_id) AS mood, chance('basket' || customer_id) AS basket,
		CASE segment WHEN 'consumer' THEN 1 WHEN 'business' THEN 3 ELSE 12 END AS size,
		greatest(joined_at, '2024-01-01 00:00+00') AS since
	FROM customers
	WHERE chance('buys' || customer_id) < 0.3
), gaps AS (
	SELECT *, customer_id || '/' || nth AS key,
		CASE nth WHEN 1 THEN -220 * ln(1 - 0.999 * chance('first order' || customer_id))
			ELSE -110 * (1.6 - mood) * ln(1 - 0.999 * chance('gap' || nth || '/' || customer_id)) END AS days,
		nth > 1 AND chance('is lost' || nth || '/' || customer_id) < 0.2 - 0.16 * mood AS lost
	FROM buyers CROSS JOIN generate_series(1, 12) AS nth
), bought AS (
	SELECT *, since + floor(86400 * sum(days) OVER so_far) * interval '1 second' AS ordered_at,
		bool_or(lost) OVER so_far AS gone
	FROM gaps
	WINDOW so_far AS (PARTITION BY customer_id ORDER BY nth)
)
INSERT INTO orders (customer_id, ordered_at, amount)
SELECT customer_id, ordered_at,
	round((size * (9 + 70 * basket * (0.7 + 0.6 * chance('amount' || key)) + CASE WHEN ordered_at < '2025-01-01 00:00+00'
		THEN 0 ELSE 16 * (mood - 0.3) END))::numeric, 2)
FROM bought
WHERE NOT gone AND ordered_at < '2026-01-01 00:00+00'
ORDER BY ordered_at, key COLLATE "C";

-- Word of mouth: who is content invites friends, and some of these join.
CREATE TABLE invitations (
	invitation_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	inviter_id integer NOT NULL REFERENCES customers,
	invited_at timestamptz NOT NULL,
	friend_id integer UNIQUE REFERENCES customers,
	CHECK (friend_id <> inviter_id)
);
COMMENT ON TABLE invitations IS 'friends whom customers invited in 2024';
COMMENT ON COLUMN invitations.friend_id IS 'the customer that the friend became; NULL: did not join';

WITH friends AS (
	SELECT customer_id AS friend_id, joined_at - floor(20 * 86400 * chance('thinks' || customer_id)) * interval '1 second' AS invited_at,
		'friend' || customer_id AS key
	FROM customers
	WHERE joined_at >= '2024-02-01 00:00+00' AND chance('is invited' || customer_id) < 0.15
	UNION ALL
	SELECT NULL, timestamptz '2024-01-01 00:00+00' + floor(366 * 86400 * chance('invited' || i)) * interval '1 second', 'stranger' || i
	FROM generate_series(1, 4500) AS i
), inviters AS (
	-- Of four customers the most content one.
	SELECT DISTINCT ON (key COLLATE "C") friend_id, invited_at, key, customer_id AS inviter_id
	FROM friends CROSS JOIN generate_series(1, 4) AS i,
		LATERAL (SELECT 1 + floor(50000 * chance('inviter' || i || '/' || key))::integer AS customer_id) AS candidates
	WHERE customer_id IS DISTINCT FROM friend_id
	ORDER BY key COLLATE "C", chance('mood' || customer_id) DESC, customer_id
)
INSERT INTO invitations (inviter_id, invited_at, friend_id)
SELECT inviter_id, invited_at, friend_id
FROM inviters JOIN customers ON customer_id = inviter_id AND joined_at < invited_at
ORDER BY invited_at, key COLLATE "C";

DROP FUNCTION chance(text);
COMMIT;
ANALYZE customers, responses, competitor_responses, tickets, ticket_events, task_attempts, sus_answers,
	service_ratings, events, orders, invitations;
