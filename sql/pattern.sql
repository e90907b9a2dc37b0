-- step_pattern: what its text form may be, and what it becomes; every error that text can cause.
\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on
\pset fieldsep ' -> '

-- What is accepted, and its only form
SELECT input, input::step_pattern FROM unnest(ARRAY[
	-- one step, names
	'view', ' view ', E'\tview\n', '*', '"view"', '"add to cart"', '"""quoted"" \ and ''single''"', '""""', 'View', 'a.b:c/d-e_f;g%h{i}j$k@l#m~n', '100%', '1', '7days', '-', 'a-', '=', 'a\b', '`a`',
	'Größe', '日本語', '🛒', 'e' || chr(769), chr(1576) || chr(1578), '"' || chr(160) || '"', '"a' || chr(8594) || 'b"', E'"a\nb\t\u0001\u007f"',
	-- the reserved words
	'"within"', '"distinct"', '"first"', 'Within > DISTINCT > First', 'times > entry', 'within_x > firsts', '"times" > "entry"', 'a|"first"', 'a > !"within" > b',
	-- sets
	'b|a', 'a | b|  c', '"b c"|a', 'B|a|A|b', 'ab|a|abc', 'view > a|b > b|a',
	-- links
	'view>cart', 'view > cart > pay', 'view>>cart', 'view >> cart > pay', 'view>!cancel>pay', 'view > ! cancel | back > pay', 'a > !* > b', 'a>!b>c>!d>e', 'a > a > a', '* > * >> *',
	-- optional steps
	'a > [b] > c', 'a>[ b | c ]>d', 'a > [*] > b', 'a >> [b] >> c', 'a > !x > [b] > !y > c', 'a > [b] > [c] > d',
	-- spans of time
	'a > b (1 hour)', 'a>b(1h)>c( 30 min )', 'a > b (1 h) within 1 d', 'a > *(0 s)', 'a > !b > c (5 minutes)', 'a >> b|c (5 minutes)',
	'a within 0 s', 'a within 7 days', 'a within 1 day', 'a within 1 week', 'a within 2 weeks', 'a within 90 minutes', 'a within 24 hours', 'a within 36 h', 'a within 1 day 12 hours', 'a within 12 hours 1 day', 'a within 1w2d3h4m5s6ms7us',
	'a within 1.5 seconds', 'a within 1.50 seconds', 'a within 0.5 h', 'a within 0.000001 s', 'a within 1 us', 'a within 1 microsecond', 'a within 2 microseconds', 'a within 250 ms', 'a within 1 sec', 'a within 2 secs', 'a within 1 mins', 'a within 61 second',
	'a within 01:30:00', 'a within 01:30', 'a within 1:30', 'a within 168:00:00', 'a within 1 day 02:00:00', 'a within 00:00:00', 'a within 00:00:00.000001', 'a within 00:00:59.999999000', 'a within 3 days 04:05:06.789', 'a within 1 week 00:30',
	'a within 0.0000000003125 weeks', 'a within 000000000000000000000000000001 day', 'a within 1.00000000000000000000000000000 day', 'a within 106751991 days', 'a within 9223372022400000000 us', 'a within 0 us 0 ms 0 s 0 m 0 h 0 d 0 w',
	-- the rest
	'a > b, distinct times', 'a > b, first entry', 'a > b , distinct  times ,first entry', 'a > b within 1 h, first entry', 'a > b within 1 h, distinct times, first entry', 'a within 1 h , first entry',
	-- any order
	'a & b', 'c&b&a', 'b|a & a', 'a & a & a', 'b & * & a', 'a | b & a', 'view & cart & pay within 1 day, distinct times, first entry', '"b" & "&"',
	-- blanks of UTF-8
	'a' || chr(160) || '>' || chr(12288) || 'b', chr(65279) || 'a > b', 'a > b within' || chr(8239) || '7' || chr(160) || 'days'
]) WITH ORDINALITY AS t(input, place) ORDER BY place;

-- Names written bare where they can be
SELECT step_pattern(repeat('a', 1000)) = steps(repeat('a', 1000)), length(step_pattern('"' || repeat('"', 2000) || '"')::text);
SELECT length(string_agg('s' || i, ' > ' ORDER BY i)::step_pattern::text), step_count(string_agg('s' || i, ' > ' ORDER BY i)::step_pattern) FROM generate_series(1, 32) AS i;
SELECT step_names(string_agg('n' || to_char(i, 'fm0000'), '|' ORDER BY -i)::step_pattern)::text = format('{"%s"}', string_agg('n' || to_char(i, 'fm0000'), ' | ' ORDER BY i)) FROM generate_series(1, 1000) AS i;

-- What is refused
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
	state text;
BEGIN
	RETURN 'taken as ' || step_pattern(input);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, state = RETURNED_SQLSTATE;
	IF message <> format('invalid input syntax for type step_pattern: "%s"', input) THEN
		RETURN message;
	END IF;
	RETURN detail || CASE WHEN hint <> '' THEN ' (' || hint || ')' ELSE '' END || CASE WHEN state <> '22P02' THEN ' ' || state ELSE '' END;
END
$$;
SELECT input, refused(input) FROM unnest(ARRAY[
	-- no name where one must be
	'', ' ', '""', 'a > "" > b', '>', '> a', 'a >', 'a > ', 'a >> ', 'a > > b', 'a >>> b', 'a >> > b', 'a > >> b', 'a >>>> b', '|', 'a |', 'a | | b', 'a || b', '| a', 'a > | b', '&', 'a &', '& a', 'a & & b', 'a && b',
	'[', '[]', ']', '()', '(1 h)', '!', '!a', ',', '?', 'a, b', 'a > b, c', ', first entry', 'within 7 days', 'a > within 7 days', 'first > second', 'a > first', 'a | within', 'distinct', 'a > !first > b', '[first]',
	-- after a step
	'view cart', 'add to cart > pay', 'view "cart"', '"a""b" "c"', 'view"cart"', '"view"cart', '"view', '"view""', 'a > "b > c', '"', '"""', 'a b c', 'a ] > b', 'a ) > b', 'a ! > b', 'a !b > c', 'a > b?', 'a?', 'view*', '*view', 'a > cart*', 'a > b; > c d',
	'''view''', 'a > ''b''', 'don''t', 'a > b''', 'view -> cart', 'view->cart', 'view --> cart', 'view => cart', 'view=>cart', 'view ' || chr(8594) || ' cart', 'view' || chr(8594) || 'cart', 'a <> b', 'a then b', 'a - b',
	-- any event
	'* | a', 'a | *', '*|*', '**', '* *', '*a',
	-- exclusions
	'a > !b', 'a > !b >', 'a > !b c', 'a > !b & c', 'a > !b >> c', 'a >> !b > c', 'a >> !b >> c', 'a > !b > !c > d', 'a > ! > b', 'a > !!b > c', 'a > !b|b > c', 'a > !(b) > c', 'a > ![b] > c', 'a > !*|b > c', '!a > b', 'a >! > b',
	-- optional steps
	'[a] > b', 'a > [b]', '[a]', 'a > [b] > [c]', 'a > [b > c] > d', 'a > [b', 'a > [b > c', 'a > [[b]] > c', 'a > [b] c', 'a > [b] | c > d', 'a > b | [c] > d', 'a > [b] (1 h) > c', 'a > [b (1 h)] > c', 'a > [] > b', 'a > ]b[ > c', 'a > [b)', 'a > [b, c] > d',
	-- twice in a set
	'a|a', 'a > b|c|b', 'a | "a"', 'ab|cd|ab|cd', 'a > !b|"b" > c', 'Größe|ö|ö', 'a > [b|b] > c',
	-- time limits of steps
	'a (1 h)', 'a (1 h) > b', 'a (1 h) & b', 'a & b (1 h)', 'a > b (', 'a > b (1', 'a > b (1 h', 'a > b ()', 'a > b )', 'a > b (1 h) (1 h)', 'a > b (1 h, 2 m)', 'a > b (within 1 h)', 'a > b (1 h > c', 'a > b (1 h)c', 'a > (1 h) b', 'a > b (1 month)', 'a > b (-1 h)', 'a > b [1 h]', 'a > b (c)',
	-- within
	'a within', 'a within ', 'a within days', 'a within 7', 'a within 7 ', 'a within 7,', 'a within 7 dayz', 'a within 7 Days', 'a within 7 M', 'a within 7 H', 'a within 7 foo bar', 'a within 7 ''days''', 'a within "7 days"', 'a within ''7 days''', 'a within -7 days', 'a within - 7 days', 'a within +7 days', 'a within .5 h', 'a within 1. h', 'a within 1.h', 'a within 1,5 h', 'a within 1.5.5 h', 'a within 1e3 s', 'a within P7D', 'a within @ 7 days', 'a within 7 days ago',
	'a within 1 month', 'a within 1 mon', 'a within 2 mons', 'a within 1 MONTH', 'a within 1 year', 'a within 1 y', 'a within 1.5 years', 'a within 1 quarter', 'a within 7 days 1 month', 'a within 1-2', 'a within infinity', 'a within 1 decade', 'a within 1 dayss', 'a within 1 ds', 'a within 1 hs',
	'a within 1 h 1 h', 'a within 1 h 2 hours', 'a within 1 h 02:00', 'a within 02:00 1 s', 'a within 01:00 01:00', 'a within 1 d 2 days', 'a within 1 day 2', 'a within 01:60', 'a within 01:00:60', 'a within 01:5', 'a within 01:005', 'a within 01:', 'a within 01:00:', 'a within 01:00:00:00', 'a within :30', 'a within 01:30 h', 'a within 01.5:00', 'a within 01:30.5', 'a within 01:30:00.', 'a within 1 :30',
	'a within 0.5 us', 'a within 0.0000001 s', 'a within 1.0000001 s', 'a within 00:00:00.0000001', 'a within 0.00000000000001 weeks', 'a within 0.3333333333333 h', 'a within 106751991 days 1 us', 'a within 106751992 days', 'a within 99999999999999999999999999999999999999999 us', 'a within 9223372036854775807 w', 'a within 9223372022400000001 us', 'a within 100000000 days 6751991 d', 'a within 99999999999999999999:00', 'a within 15250284 weeks 3 days 1 us',
	'a WITHIN 7 days', 'a Within 7 days', 'a, within 7 days', 'a > b, within 7 days', 'a within 7 days within 7 days', 'a within 7 days, within 7 days', 'a within 7 days > b', 'a within 7 days & b', 'a within 7 days b', 'a within 7 days;', 'a within 7 days)', 'a within 1 day, 12 hours', 'a within 7 days and 1 hour',
	-- the rest
	'a distinct times', 'a > b first entry', 'a within 7 days distinct times', 'a within 7 days first entry', 'a, distinct', 'a, distinct time', 'a, distinct "times"', 'a, distinct, times', 'a, first', 'a, first entries', 'a, times', 'a, entry', 'a, "distinct" times', 'a, Distinct times', 'a, distinct Times', 'a,', 'a, ,', 'a,, first entry', 'a, first entry,', 'a, distinct times, ', 'a, distinct times x', 'a, first entry > b',
	'a, distinct times, distinct times', 'a, first entry, first entry', 'a, first entry, distinct times', 'a, distinct times, first entry, distinct times', 'a, first entry within 7 days', 'a, distinct times within 7 days', 'a, first entry, within 7 days',
	-- orders that do not mix
	'a > b & c', 'a & b > c', 'a & b >> c', 'a >> b & c', 'a & b > !c > d', 'a & [b]', '[a] & b', 'a & !b', 'a & (b)', '(a & b)', '(a > b)', 'a & b | b',
	-- signs of no meaning
	chr(1), 'a' || chr(127) || 'b', 'a > ' || chr(2), 'a' || chr(27)
]) WITH ORDINALITY AS t(input, place) ORDER BY place;

-- What is too much
CREATE FUNCTION refused_long(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	state text;
BEGIN
	RETURN 'taken as ' || step_pattern(input);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, state = RETURNED_SQLSTATE;
	RETURN format('%s characters, %s %s %s', length(message), right(message, 20), detail, state);
END
$$;
SELECT refused_long(string_agg('s' || i, ' > ' ORDER BY i)) FROM generate_series(1, 33) AS i;
SELECT refused_long(string_agg('s' || i, ' & ' ORDER BY i)) FROM generate_series(1, 33) AS i;
SELECT refused_long(string_agg('s' || i, '|' ORDER BY i)) FROM generate_series(1, 1001) AS i;
SELECT refused_long(string_agg('日', ' > ' ORDER BY i)) FROM generate_series(1, 100) AS i;
SELECT refused_long(repeat('a', 1001)), refused_long('view > "' || repeat('""', 1001) || '"'), refused_long('ä > ' || repeat('ö', 501));
SELECT refused_long(repeat('a > ', 1000000)), refused_long(repeat(' ', 3000000)), refused_long(repeat('"', 2000000)), refused_long('a' || repeat('|', 2000000)), refused_long('a within ' || repeat('9', 2000000)), refused_long('a within 1.' || repeat('0', 1999990) || '1 s');
SELECT length(step_pattern('a' || repeat(' ', 2000000))::text), length(step_pattern('a within 1.' || repeat('0', 2000000) || ' s')::text);
SELECT refused_long(repeat('ä', 150)  || ' > ä b');

-- Patterns of data: names as they are, quoted where they need it
SELECT steps('view', 'cart', 'pay'), steps(VARIADIC '{view,cart}'), steps('a'), steps('*', 'within', 'a > b', 'a|b', '"', ' x ', 'first'), steps(E'a\nb', 'x\y', '日本');
SELECT steps_within('{view,cart,pay}', '7 days'), steps_within('{a}', '0'), steps_within('{a,b}', '1 day 02:03:04.000005'), steps_within('{a,b}', '-1 day 48 hours'), steps_within('{"a b",a}', '106751991 days');
SELECT steps_within(names => '{a,b}', within => '90 min'), steps(VARIADIC names => '{a,b}');
SELECT steps('a', 'b') = 'a > b', steps_within('{a,b}', '1 hour') = 'a>b within 60 minutes', steps('*') = '"*"', steps('*') = '*';
SELECT steps(NULL::text); \echo :SQLSTATE
SELECT steps(VARIADIC NULL::text[]) IS NULL, steps_within(NULL, '1 day') IS NULL, steps_within('{a}', NULL) IS NULL;
SELECT steps(VARIADIC '{}'); \echo :SQLSTATE
SELECT steps(VARIADIC '{{a,b},{c,d}}'); \echo :SQLSTATE
SELECT steps('a', ''); \echo :SQLSTATE
SELECT steps('a', repeat('x', 1001)); \echo :SQLSTATE
SELECT steps(VARIADIC array_fill('a'::text, '{33}')); \echo :SQLSTATE
SELECT step_count(steps(VARIADIC array_fill('a'::text, '{32}')));
SELECT steps_within('{a,NULL}', '1 day'); \echo :SQLSTATE
SELECT steps_within('{}', '1 day'); \echo :SQLSTATE
SELECT steps_within('{a,b}', '1 month'); \echo :SQLSTATE
SELECT steps_within('{a,b}', '1 year -365 days'); \echo :SQLSTATE
SELECT steps_within('{a,b}', '-1 second'); \echo :SQLSTATE
SELECT steps_within('{a,b}', '1 day -25 hours'); \echo :SQLSTATE
SELECT steps_within('{a,b}', '106751991 days 1 microsecond'); \echo :SQLSTATE
SELECT steps_within('{a,b}', '2147483647 days'); \echo :SQLSTATE

-- What a pattern is made of
SELECT step_count(p), step_names(p), step_limits(p), conversion_window(p) FROM (VALUES ('a'::step_pattern), ('b|a > !x > [c] > "d e" (90 minutes) >> * (0 s) within 1 week'), ('b & a|"within" within 25 hours'), ('a within 0 s'), (NULL)) AS v(p);

-- Casts: what text and varchar hold, unknown literals, and back
CREATE FUNCTION takes(p step_pattern) RETURNS integer LANGUAGE sql AS 'SELECT step_count(p)';
SELECT takes('view > cart'), takes('view > cart'::text), takes('view > cart'::varchar), takes(t), takes(v) FROM (VALUES ('a'::text, 'a > b'::varchar(10))) AS s(t, v);
-- in PostgreSQL's words: what it adds to them differs between its versions
\set VERBOSITY terse
SELECT takes(1); \echo :SQLSTATE
\set VERBOSITY default
SELECT takes('a >'::text); \echo :SQLSTATE
PREPARE bound(text, varchar) AS SELECT takes($1), takes($2), step_count($1);
EXECUTE bound('a > b', 'a > b > c');
EXECUTE bound(NULL, 'x');
DEALLOCATE bound;
SELECT sum(step_count(t)), count(DISTINCT step_pattern(t)) FROM (SELECT CASE i % 3 WHEN 0 THEN 'a > b' WHEN 1 THEN 'a>b' ELSE 'a' END FROM generate_series(1, 3000) AS i) AS s(t);
SELECT 'a>b'::step_pattern::text, 'a>b'::step_pattern::varchar, to_json('a>"b c"'::step_pattern), 'x'::varchar = 'x', 'x'::varchar = 'x'::text, 'x' = 'x'::varchar || '', 'a'::text = 'a > b';
CREATE TEMP TABLE stored (p step_pattern, t text DEFAULT 'a > b');
INSERT INTO stored VALUES ('x >> y'), ('y & x');
INSERT INTO stored SELECT t FROM stored;
SELECT p, p = t, p = 'x&y' FROM stored ORDER BY p::text;

-- Order and equality
SELECT a = b, a <> b, a < b, a <= b, a > b, a >= b, step_pattern_cmp(a, b), step_pattern_hash(a) = step_pattern_hash(b), step_pattern_hash_extended(a, 7) = step_pattern_hash_extended(b, 7)
FROM (VALUES ('a|b > c within 24 h'::step_pattern, 'b|a>"c" within 1 day'::step_pattern), ('a > b', 'a >> b'), ('a & b', 'b & a'), ('a', NULL)) AS v(a, b);
SELECT count(*), count(DISTINCT p), step_pattern_hash_extended('a', 1) = step_pattern_hash_extended('a', 2) FROM unnest('{a,"a ","\"a\"",b,a|b,b|a}'::step_pattern[]) AS p;
