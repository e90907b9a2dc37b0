-- Malformed text as a soft error, which came with PostgreSQL 16: the same message, and no abort.
BEGIN;

CREATE TEMP TABLE malformed (type text, input text, message text, detail text, sqlstate text);
INSERT INTO malformed VALUES
	('nps_summary', '', 'invalid input syntax for type nps_summary: ""', 'The input string ended unexpectedly.', '22P02'),
	('nps_summary', '[]', 'invalid input syntax for type nps_summary: "[]"', 'An array is not where it belongs.', '22P02'),
	('rate_summary', '{}', 'invalid input syntax for type rate_summary: "{}"', 'Member "successes" is missing.', '22P02'),
	('likert_summary', '{"low": 1}', 'invalid input syntax for type likert_summary: "{"low": 1}"', 'Member "high" is missing.', '22P02'),
	('likert_summary', '{"low": [1]}', 'invalid input syntax for type likert_summary: "{"low": [1]}"', 'Member "low" must be a number.', '22P02'),
	('likert_summary', '{"low": 1, "high": 2, "counts": [1]}', 'invalid input syntax for type likert_summary: "{"low": 1, "high": 2, "counts": [1]}"', 'Member "counts" must be an array of 2 numbers.', '22P02'),
	('likert_summary', '{"low": 1.5, "high": 2, "counts": [1]}', 'invalid input syntax for type likert_summary: "{"low": 1.5, "high": 2, "counts": [1]}"', '"1.5" in member "low" is not a whole number in range.', '22P02'),
	('likert_summary', '{"low": 2, "high": 1, "counts": []}', 'invalid scale from 2 to 1', 'A scale has 2 to 101 points between -32768 and 32767, the lowest first.', '22003'),
	('likert_summary', '{"low": 1, "high": 2, "counts": [1, -1]}', 'invalid count of "2"', 'The count is negative.', '22003'),
	('likert_summary', '{"low": 1, "high": 2, "counts": [1, 9999999999999999999]}', 'value in member "counts" is out of range for type likert_summary', 'The input was "{"low": 1, "high": 2, "counts": [1, 9999999999999999999]}".', '22003'),
	('likert_summary', '{"low": 1, "high": 2, "counts": [1, 1], "n": 2}', 'invalid input syntax for type likert_summary: "{"low": 1, "high": 2, "counts": [1, 1], "n": 2}"', 'There is no member "n".', '22P02'),
	('nps_summary', '{"promoters": 1, "passives": 0, "detractors": 0, "net": {"low": 1, "high": 5, "boxes": 3}}', 'a net of 3 boxes does not fit a scale from 1 to 5', NULL, '22003'),
	('nps_summary', '{"promoters": 1, "passives": 0, "detractors": 0, "net": {"low": 1, "high": 99999, "boxes": 3}}', 'invalid scale from 1 to 99999', 'A scale has 2 to 101 points between -32768 and 32767, the lowest first.', '22003'),
	('nps_summary', '{"promoters": 1, "passives": 0, "detractors": 0, "net": {"low": 1, "high": 5, "boxes": 3}}', 'a net of 3 boxes does not fit a scale from 1 to 5', NULL, '22003'),
	('nps_summary', '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0, 0]}', 'invalid input syntax for type nps_summary: "{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0, 0]}"', 'Member "squares" is missing.', '22P02'),
	('nps_summary', '{"promoters": 1, "passives": 0, "detractors": 0, "weights": [2, 0, 0], "squares": [5, 0, 0]}', 'invalid count of "promoters"', 'The squares do not fit the weights.', '22003'),
	('rate_summary', '{"successes": 1, "failures": 0, "undecided": 0, "weights": [99999999999999999999, 0, 0], "squares": [4, 0, 0]}', 'sum of weights out of range for type rate_summary', NULL, '22003');

SELECT current_setting('server_version_num')::int >= 160000 AS soft \gset
\if :soft
SELECT plan(2 * (SELECT count(*) FROM malformed)::int + 4);
SELECT ok(NOT pg_input_is_valid(input, type), 'not valid: ' || type || ' ' || input) FROM malformed;
SELECT is(ROW(e.message, e.detail, e.sql_error_code)::text, ROW(m.message, m.detail, m.sqlstate)::text, 'told softly: ' || m.type || ' ' || m.input)
FROM malformed AS m, pg_input_error_info(m.input, m.type) AS e;
SELECT ok(pg_input_is_valid('{"promoters": 1, "passives": 0, "detractors": 0}', 'nps_summary'), 'valid: nps_summary');
SELECT ok(pg_input_is_valid('{}', 'likert_summary'), 'valid: likert_summary without a scale');
SELECT ok(pg_input_is_valid('{"low": 1, "high": 2, "counts": [1, 1]}', 'likert_summary'), 'valid: likert_summary');
SELECT ok(pg_input_is_valid('{"successes": 1, "failures": 0, "undecided": 0}', 'rate_summary'), 'valid: rate_summary');
\else
SELECT plan(1);
SELECT skip('soft errors came with PostgreSQL 16');
\endif

SELECT * FROM finish();
ROLLBACK;
