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
	('rate_summary', '{"successes": 1, "failures": 0, "undecided": 0, "weights": [99999999999999999999, 0, 0], "squares": [4, 0, 0]}', 'sum of weights out of range for type rate_summary', NULL, '22003'),
	('items_summary', '{"items": 2, "means": [1, 2]}', 'invalid input syntax for type items_summary: "{"items": 2, "means": [1, 2]}"', 'Member "respondents" is missing.', '22P02'),
	('items_summary', '{"items": 99}', 'number of items "99" is out of range', 'A summary holds 2 to 64 items.', '22003'),
	('items_summary', '{"items": 2, "respondents": -1, "dropped": 0, "means": [1, 2], "comoments": [1, 1, 1]}', 'invalid count of "respondents"', 'The count is negative.', '22003'),
	('items_summary', '{"items": 2, "respondents": 9, "dropped": 0, "means": [1, 2], "comoments": [1, 2, 1]}', 'invalid moments for type items_summary', 'No answers have these co-moments.', '22003'),
	('items_summary', '{"items": 2, "respondents": 9, "dropped": 0, "means": [1, 1e999], "comoments": [1, 1, 1]}', 'value in member "means" is out of range for type items_summary', 'The input was "{"items": 2, "respondents": 9, "dropped": 0, "means": [1, 1e999], "comoments": [1, 1, 1]}".', '22003'),
	('choices_summary', '{"kind": "many", "choices": [], "answers": []}', 'invalid input syntax for type choices_summary: "{"kind": "many", "choices": [], "answers": []}"', 'Member "kind" must be "one of many" or "tick all".', '22P02'),
	('choices_summary', '{"kind": "one of many", "choices": ["a", "a"], "answers": [1, 1]}', 'choice "a" is there twice', NULL, '22023'),
	('choices_summary', '{"kind": "one of many", "choices": ["a"], "answers": [0]}', 'invalid count of "respondents"', 'A summary of nobody is {}.', '22003'),
	('choices_summary', '{"kind": "one of many", "choices": ["a", "b"], "answers": [1, 0]}', 'invalid count of "b"', 'A summary leaves out what nobody chose.', '22003'),
	('choices_summary', '{"kind": "one of many", "choices": ["a", "b"], "answers": [72057594037927935, 1]}', 'invalid count of "respondents"', 'The sum of the answers is too large.', '22003'),
	('choices_summary', '{"kind": "tick all", "respondents": 1, "choices": ["a"], "answers": [2]}', 'invalid count of "a"', 'The respondents cannot have ticked it so often or with such weights.', '22003'),
	('choices_summary', '{"kind": "tick all", "respondents": 1, "choices": [], "answers": [], "respondents_weight": 99999999999999999999, "respondents_square": 5}', 'sum of weights out of range for type choices_summary', NULL, '22003'),
	('choices_summary', format('{"kind": "one of many", "choices": ["%s"], "answers": [1]}', repeat('a', 1001)), 'choice "' || repeat('a', 40) || '..." is too long', 'It has 1001 bytes, and a choice has at most 1000.', '54000'),
	('choices_summary', '{"kind": "one of many", "choices": [' || (SELECT string_agg(format('"%s"', i), ',') FROM generate_series(1, 1001) AS i) || '], "answers": []}', 'too many different choices', 'A summary holds at most 1000 of them.', '54000'),
	('sample_summary', '{"n": 3, "sum": 12}', 'invalid input syntax for type sample_summary: "{"n": 3, "sum": 12}"', 'Member "squared_deviations" is missing.', '22P02'),
	('sample_summary', '{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 2}', 'invalid input syntax for type sample_summary: "{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 2}"', 'Member "maximum" is missing.', '22P02'),
	('sample_summary', '{"n": 3, "sum": 1e309, "squared_deviations": 8}', 'value in member "sum" is out of range for type sample_summary', 'The input was "{"n": 3, "sum": 1e309, "squared_deviations": 8}".', '22003'),
	('sample_summary', '{"n": -3, "sum": 12, "squared_deviations": 8}', 'invalid count of "n"', 'The count is negative.', '22003'),
	('sample_summary', '{"n": 3, "sum": 12, "squared_deviations": -8}', 'no values have these sums', 'The squared deviations are negative.', '22003'),
	('sample_summary', '{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 5, "maximum": 6}', 'no values have these sums', 'The mean lies outside the range.', '22003'),
	('sample_summary', '{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [3.5], "squares": [6.25]}', 'invalid input syntax for type sample_summary: "{"n": 2, "sum": 8, "squared_deviations": 6, "weights": [3.5], "squares": [6.25]}"', 'Member "sum_by_square" is missing.', '22P02'),
	('ratio_summary', '{"n": 3}', 'invalid input syntax for type ratio_summary: "{"n": 3}"', 'Member "numerator" is missing.', '22P02'),
	('ratio_summary', '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15, "ratio": 10}', 'invalid input syntax for type ratio_summary: "{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15, "ratio": 10}"', 'There is no member "ratio".', '22P02'),
	('ratio_summary', '{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 21}', 'no units have these sums', 'The product of deviations is too large for their squares.', '22003'),
	('timing_summary', '{"finished": [-1]}', 'value in member "finished" is out of range for type timing_summary', 'The input was "{"finished": [-1]}".', '22003'),
	('timing_summary', '{"finished": 1}', 'invalid input syntax for type timing_summary: "{"finished": 1}"', 'Member "finished" must be an array of numbers.', '22P02'),
	('timing_summary', '{"finished": [' || repeat('1, ', 64) || '1]}', 'invalid content of type timing_summary', 'At most 64 durations are listed.', '22003'),
	('timing_summary', '{"finished": {"zeros": 64, "buckets": [], "counts": [], "minimum": 0, "maximum": 0, "sum": 0, "log_sum": 0, "log_square_sum": 0}, "unfinished": {"zeros": 0, "buckets": [], "counts": []}}', 'invalid content of type timing_summary', 'Up to 64 durations are listed.', '22003'),
	('timing_summary', '{"finished": {"zeros": 99, "buckets": [], "counts": [], "minimum": 0, "maximum": 0, "sum": 1, "log_sum": 0, "log_square_sum": 0}, "unfinished": {"zeros": 0, "buckets": [], "counts": []}}', 'invalid content of type timing_summary', 'There are sums, but no finished durations.', '22003'),
	('step_pattern', '', 'invalid input syntax for type step_pattern: ""', 'Expected a step name at character 1, found end of text.', '22P02'),
	('step_pattern', 'a > "b', 'invalid input syntax for type step_pattern: "a > "b"', 'The quoted name at character 5 has no closing quote.', '22P02'),
	('step_pattern', 'a -> b', 'invalid input syntax for type step_pattern: "a -> b"', 'Expected ">" at character 3, found "->".', '22P02'),
	('step_pattern', 'a > ""', 'invalid input syntax for type step_pattern: "a > """', 'The name at character 5 is empty.', '22P02'),
	('step_pattern', 'a > !b', 'invalid input syntax for type step_pattern: "a > !b"', 'Expected "|" or ">" after the names of "!" at character 7, found end of text.', '22P02'),
	('step_pattern', 'a > [b]', 'invalid input syntax for type step_pattern: "a > [b]"', 'Step 2 at character 5 must not be optional, as a chain ends with it.', '22P02'),
	('step_pattern', 'a | b | a', 'invalid input syntax for type step_pattern: "a | b | a"', 'The name at character 9 is in its set already: "a".', '22P02'),
	('step_pattern', 'a > b (1 month)', 'invalid input syntax for type step_pattern: "a > b (1 month)"', 'Expected a unit of time after "1" at character 10, found "month".', '22P02'),
	('step_pattern', 'a within 0.1 us', 'invalid input syntax for type step_pattern: "a within 0.1 us"', 'The time at character 10 is finer than a microsecond.', '22P02'),
	('event_journey', '', 'invalid input syntax for type event_journey: ""', 'The input string ended unexpectedly.', '22P02'),
	('event_journey', '{"events": ["a"]}', 'invalid input syntax for type event_journey: "{"events": ["a"]}"', 'Member "codes" is missing.', '22P02'),
	('event_journey', '{"events": ["a"], "codes": [0], "first_at": "2026-02-30T00:00:00Z", "seconds": [0]}', 'invalid content of type event_journey', '"2026-02-30T00:00:00Z" is no time such as "2026-01-31T18:30:00.5Z".', '22003'),
	('event_journey', '{"events": ["a"], "codes": [1], "first_at": "2026-02-28T00:00:00Z", "seconds": [0]}', 'invalid content of type event_journey', 'There is no name with the code 1.', '22003'),
	('event_journey', '{"events": ["a", "b"], "codes": [1], "first_at": "2026-02-28T00:00:00Z", "seconds": [0]}', 'invalid content of type event_journey', 'No event has one of the names.', '22003'),
	('event_journey', '{"events": ["a", "a"], "codes": [1, 0], "first_at": "2026-02-28T00:00:00Z", "seconds": [0, 1]}', 'invalid content of type event_journey', 'A name is there twice.', '22003'),
	('event_journey', '{"events": ["a"], "codes": [0], "first_at": "2026-02-28T00:00:00Z", "seconds": [9999999999999]}', 'time of an event out of range', NULL, '22008'),
	('funnel_summary', '', 'invalid input syntax for type funnel_summary: ""', 'The input string ended unexpectedly.', '22P02'),
	('funnel_summary', '[]', 'invalid input syntax for type funnel_summary: "[]"', 'An array is not where it belongs.', '22P02'),
	('funnel_summary', '{"steps": 1}', 'invalid input syntax for type funnel_summary: "{"steps": 1}"', 'Member "steps" must be a string.', '22P02'),
	('funnel_summary', '{"steps": "a >"}', 'invalid input syntax for type step_pattern: "a >"', 'Expected a step name after ">" at character 4, found end of text.', '22P02'),
	('funnel_summary', '{"steps": "a > b", "reached": [2], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"]}', 'invalid input syntax for type funnel_summary: "{"steps": "a > b", "reached": [2], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"]}"', 'Member "reached" must be an array of 2 numbers.', '22P02'),
	('funnel_summary', '{"steps": "a > b", "reached": [2, 2], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"]}', 'no actors have these counts', 'The actors that reached a step are not those that ended there or later.', '22003'),
	('funnel_summary', '{"steps": "a > b", "reached": [2, "x"], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"]}', 'invalid input syntax for type funnel_summary: "{"steps": "a > b", "reached": [2, "x"], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"]}"', 'An array mixes numbers and strings.', '22P02'),
	('funnel_summary', '{"steps": "a > b", "reached": [2, 1], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1, 1]}", "{\"finished\": [1, 1]}"]}', 'no actors have these counts', 'There is not one time for each actor that reached a step.', '22003'),
	('funnel_summary', '{"steps": "a > b", "reached": [2, 1], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [-1]}", "{\"finished\": [-1]}"]}', 'value in member "finished" is out of range for type timing_summary', 'The input was "{"finished": [-1]}".', '22003'),
	('funnel_summary', '{"steps": "a > b", "reached": [2, 1], "ended": [1, 1], "open": [0, 1], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"]}', 'no actors have these counts', 'More open actors reached a step than the first one.', '22003'),
	('funnel_summary', '{"steps": "a > b", "reached": [2, 1], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"], "more": 1}', 'invalid input syntax for type funnel_summary: "{"steps": "a > b", "reached": [2, 1], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"], "more": 1}"', 'There is no member "more".', '22P02'),
	('task_summary', '', 'invalid input syntax for type task_summary: ""', 'The input string ended unexpectedly.', '22P02'),
	('task_summary', '{"completed": 1, "abandoned": 1}', 'invalid input syntax for type task_summary: "{"completed": 1, "abandoned": 1}"', 'Member "undecided" is missing.', '22P02'),
	('task_summary', '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1}}', 'invalid input syntax for type task_summary: "{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1}}"', 'Member "errors.attempts_with_some" is missing.', '22P02'),
	('task_summary', '{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": 1}', 'invalid input syntax for type task_summary: "{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": 1}"', 'Member "time_on_task" must be a string.', '22P02'),
	('task_summary', '{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": [-1]}"}', 'value in member "finished" is out of range for type timing_summary', 'The input was "{"finished": [-1]}".', '22003'),
	('task_summary', '{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": [1]}", "speed_sum": 1}', 'invalid input syntax for type task_summary: "{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": [1]}", "speed_sum": 1}"', 'There is no member "speed_sum".', '22P02'),
	('task_summary', '{"completed": -1, "abandoned": 1, "undecided": 0}', 'no attempts have these sums', 'A number of attempts is out of range.', '22003'),
	('task_summary', '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1, "attempts_with_some": 1, "sum": 2, "square_sum": 5}}', 'no attempts have these sums', 'A sum of squares is out of range.', '22003'),
	('step_pattern', 'a, first entry, distinct times', 'invalid input syntax for type step_pattern: "a, first entry, distinct times"', '"distinct times" at character 17 must come before "first entry".', '22P02'),
	('step_pattern', repeat('a > ', 40) || 'a', 'invalid input syntax for type step_pattern: "' || repeat('a > ', 40) || 'a"', 'There is one more step at character 129, and a pattern has at most 32.', '54000'),
	('step_pattern', repeat('a', 1001), 'invalid input syntax for type step_pattern: "' || repeat('a', 200) || '..."', 'The name at character 1 has 1001 bytes, and a name has at most 1000.', '54000'),
	('step_pattern', repeat(' ', 3000000), 'invalid input syntax for type step_pattern: "' || repeat(' ', 200) || '..."', 'The text has 3000000 bytes, and that of a pattern has at most 2009224.', '54000');

SELECT current_setting('server_version_num')::int >= 160000 AS soft \gset
\if :soft
SELECT plan(2 * (SELECT count(*) FROM malformed)::int + 14);
SELECT ok(NOT pg_input_is_valid(input, type), 'not valid: ' || type || ' ' || left(input, 200)) FROM malformed;
SELECT is(ROW(e.message, e.detail, e.sql_error_code)::text, ROW(m.message, m.detail, m.sqlstate)::text, 'told softly: ' || m.type || ' ' || left(m.input, 200))
FROM malformed AS m, pg_input_error_info(m.input, m.type) AS e;
SELECT ok(pg_input_is_valid('{"promoters": 1, "passives": 0, "detractors": 0}', 'nps_summary'), 'valid: nps_summary');
SELECT ok(pg_input_is_valid('{"items": 2, "respondents": 9, "dropped": 0, "means": [1, 2], "comoments": [1, 0, 1]}', 'items_summary'), 'valid: items_summary');
SELECT ok(pg_input_is_valid('{}', 'likert_summary'), 'valid: likert_summary without a scale');
SELECT ok(pg_input_is_valid('{"low": 1, "high": 2, "counts": [1, 1]}', 'likert_summary'), 'valid: likert_summary');
SELECT ok(pg_input_is_valid('{"successes": 1, "failures": 0, "undecided": 0}', 'rate_summary'), 'valid: rate_summary');
SELECT ok(pg_input_is_valid('{"kind": "one of many", "choices": ["a"], "answers": [1]}', 'choices_summary'), 'valid: choices_summary');
SELECT ok(pg_input_is_valid('{}', 'sample_summary'), 'valid: sample_summary of nothing');
SELECT ok(pg_input_is_valid('{"n": 3, "sum": 12, "squared_deviations": 8, "minimum": 2, "maximum": 6}', 'sample_summary'), 'valid: sample_summary');
SELECT ok(pg_input_is_valid('{}', 'ratio_summary'), 'valid: ratio_summary of nothing');
SELECT ok(pg_input_is_valid('{"n": 3, "numerator": 60, "denominator": 6, "numerator_squares": 200, "denominator_squares": 2, "products": 15}', 'ratio_summary'), 'valid: ratio_summary');
SELECT ok(pg_input_is_valid('{"finished": [1]}', 'timing_summary'), 'valid: timing_summary');
SELECT ok(pg_input_is_valid('{"events": ["a"], "codes": [0], "first_at": "2026-02-28T00:00:00Z", "seconds": [0]}', 'event_journey'), 'valid: event_journey');
SELECT ok(pg_input_is_valid('a > [b] > c (1 hour) within 7 days', 'step_pattern'), 'valid: step_pattern');
SELECT ok(pg_input_is_valid('{"steps": "a > b", "reached": [2, 1], "ended": [1, 1], "open": [0, 0], "elapsed": ["{\"finished\": [1]}", "{\"finished\": [1]}"]}', 'funnel_summary'), 'valid: funnel_summary');
SELECT ok(pg_input_is_valid('{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": [1]}"}', 'task_summary'), 'valid: task_summary');
\else
SELECT plan(1);
SELECT skip('soft errors came with PostgreSQL 16');
\endif

SELECT * FROM finish();
ROLLBACK;
