-- Where a loader puts what it brings: rows carry the time they came, and a corrected row comes again
-- under its old number. Tables of the company, see company.sql; all of their rows come at once.
CREATE SCHEMA landing;
CREATE TABLE landing.responses AS
SELECT response_id, touchpoint, answered_at, recommend, satisfaction, ease, timestamptz '2026-01-01 06:00+00' AS loaded_at FROM responses;
ALTER TABLE landing.responses ADD PRIMARY KEY (response_id);
CREATE TABLE landing.events AS
SELECT event_id, customer_id, at, device, event, timestamptz '2026-01-01 06:00+00' AS loaded_at FROM events;
ALTER TABLE landing.events ADD PRIMARY KEY (event_id);
ANALYZE landing.responses, landing.events;
