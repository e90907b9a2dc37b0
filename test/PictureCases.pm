# For the tests of pictures: summaries of every type, from none to the largest, with names that try to
# break out of a picture.
package PictureCases;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(picture_tables picture_cases row_cases hostile_names);

# What no picture may be broken by. Each is an SQL expression in ASCII, so that it means the same in
# every client encoding; those marked need a database in UTF-8.
sub hostile_names
{
	my $is_utf8 = shift;
	my @names = (
		"'</text><script>alert(1)</script>'", "'</title></desc><style>*{display:none}</style>'", q{'"><rect x="0" onload="alert(1)"/>'},
		"'&lt;&amp;&#0;&bogus;'", "']]><!--'", "E'bell\\x07tab\\tline\\nend\\x7f\\x1b[31m'", "repeat('W', 10000)", "repeat('i', 10000)",
		q{repeat('@', 60)}, "' '", "'x'", "'%s%n%d \$1 {} \\'",
		"E'\\x1b]0;owned\\x07\\x1b[2J\\r'", "chr(155) || '31mred'", q{'" onmouseover="alert(1)" x="'}, "'<svg xmlns=\"x\"><a href=\"javascript:alert(1)\">&xxe;'");
	return @names unless $is_utf8;
	return (@names,
		"U&'\\05E9\\05DC\\05D5\\05DD \\05E2\\05D5\\05DC\\05DD' || repeat(U&'\\05D0', 40)", "U&'\\202Eevitlanretla\\202C'",
		"'z' || repeat(U&'\\0301', 500) || 'algo'", "repeat(U&'\\+01F468\\200D\\+01F469\\200D\\+01F467', 20)", "repeat(U&'\\+01F600', 50)",
		"repeat(U&'\\65E5\\672C', 50)", "repeat(U&'\\FDFD', 8)", "repeat(U&'\\0416', 60)", "repeat(U&'\\0627\\0644', 60)", "U&'end\\FFFE\\FFFF'",
		"repeat(U&'\\0915\\094D\\0937', 40)", "U&'\\FEFF\\200B\\2028\\2029\\0085'",
		"U&'\\2067right\\2066\\202A\\202B\\202D 100'", "U&'1234\\202E5678'");
}

sub picture_tables
{
	my $is_utf8 = shift;
	my $names = join ', ', hostile_names($is_utf8);
	return <<"END";
CREATE TABLE name AS SELECT name, i::int FROM unnest(ARRAY[$names]) WITH ORDINALITY AS u(name, i);
CREATE TABLE seen AS SELECT a, '2026-01-01'::timestamptz + a * interval '1 hour' + k * interval '10 minutes' AS at, e AS event
	FROM generate_series(1, 300) AS a, unnest(ARRAY['view', 'cart', 'address', 'pay']) WITH ORDINALITY AS u(e, k) WHERE a * 37 % 100 < 118 - k * 18;
CREATE TABLE named AS SELECT a, '2026-01-01'::timestamptz + k * interval '1 minute' AS at, left(name, 200) AS event
	FROM generate_series(1, 200) AS a, generate_series(1, 4) AS k, name WHERE i = 1 + (a * k * 7 + a % 5 + k * k) % (SELECT count(*) FROM name);
INSERT INTO named SELECT a, '2026-01-01', 'start' FROM generate_series(1, 200) AS a;
CREATE TABLE way AS SELECT a, journey(at, event) AS j FROM named GROUP BY a;
CREATE TABLE chart_case (name text, x text, svg text);
END
}

# name => expression of a summary; the first of a type is what charts in text are compared by
sub picture_cases
{
	my $is_utf8 = shift;
	return (
		[ 'nps', 'nps_summary(40, 25, 15)' ], [ 'nps empty', 'nps_summary(0, 0, 0)' ], [ 'nps of one', 'nps_summary(1, 0, 0)' ],
		[ 'nps detractors', 'nps_summary(0, 0, 1)' ], [ 'nps large', 'nps_summary(72057594037927935, 0, 0)' ], [ 'nps thin', 'nps_summary(1, 1, 99999)' ],
		[ 'nps net', "net(likert_summary(1, '{3,5,9,4,8}'), 2)" ],
		[ 'rate', 'rate_summary(30, 40, 20)' ], [ 'rate empty', 'rate_summary(0, 0)' ], [ 'rate of one', 'rate_summary(1, 1)' ], [ 'rate undecided', 'rate_summary(0, 0, 5)' ],
		[ 'rate large', 'rate_summary(1, 72057594037927935, 72057594037927935)' ],
		[ 'likert', "likert_summary(1, '{3,5,12,30,21,9,2}')" ], [ 'likert empty', "'{}'::likert_summary" ], [ 'likert of one', "likert_summary(1, '{0,0,0,0,1}')" ],
		[ 'likert of 101', 'likert_summary(0, (SELECT array_agg(i * (100 - i)) FROM generate_series(0, 100) AS i))' ],
		[ 'likert of 11', "likert_summary(-5, '{1,2,3,4,5,6,7,8,9,10,11}')" ], [ 'likert low', 'likert_summary(-32768, array_fill(72057594037927935, ARRAY[2]))' ],
		[ 'sample', '(SELECT sample(60 + 25 * sin(i) + i % 7) FROM generate_series(1, 80) AS i)' ], [ 'sample of one', 'sample_summary(1, 72.5, 0, 72.5, 72.5)' ],
		[ 'sample large', 'sample_summary(2, 0, 0, -1.7e308, 1.7e308)' ], [ 'sample small', 'sample_summary(3, 1e-300, 1e-301, 0, 3e-300)' ],
		[ 'sample far', 'sample_summary(9, 1e15, 1, 999999999999998, 1000000000000002)' ], [ 'sample no range', 'sample_summary(30, 72.5, 15)' ],
		[ 'sample zero', 'sample_summary(5, 0, 0, 0, 0)' ], [ 'sample empty', "'{}'::sample_summary" ],
		[ 'ratio', '(SELECT ratio(i % 5, 3 + i % 4) FROM generate_series(1, 80) AS i)' ], [ 'ratio of one', '(SELECT ratio(1e300, 1e-5))' ], [ 'ratio negative', '(SELECT ratio(-i, 3) FROM generate_series(1, 9) AS i)' ],
		[ 'choices', "(SELECT choices((ARRAY['price', 'delivery took too long and nobody answered the telephone', 'quality', 'support'])[1 + i * i % 7 % 4]) FROM generate_series(1, 90) AS i)" ],
		[ 'choices empty', "'{}'::choices_summary" ], [ 'choices hostile', '(SELECT choices(left(name, 200)) FROM name, generate_series(1, i))' ],
		[ 'choices many', "(SELECT choices('choice ' || i) FROM generate_series(1, 300) AS i, generate_series(1, 1 + i % 3))" ],
		[ 'choices ticked', "(SELECT choices(CASE WHEN i % 4 = 0 THEN '{}' ELSE ARRAY['a', 'b' || i % 3] END) FROM generate_series(1, 40) AS i)" ],
		[ 'items', '(SELECT items(i % 5 + 1, (i * 3) % 5 + i % 2, i % 5 + i % 3 * 0.5, 6 - i % 4) FROM generate_series(1, 80) AS i)' ],
		[ 'items empty', "'{}'::items_summary" ], [ 'items of one', 'items(1, 2)' ],
		[ 'items many', '(SELECT items(VARIADIC (SELECT array_agg(sin(i * k)) FROM generate_series(1, 64) AS k)) FROM generate_series(1, 99) AS i)' ],
		[ 'timing', '(SELECT timing(exp(3.5 + 0.8 * sqrt(-2 * ln(i / 1000.0)) * cos(i))) FROM generate_series(1, 999) AS i)' ],
		[ 'timing unfinished', '(SELECT timing(exp(9 + 0.8 * sqrt(-2 * ln(i / 300.0)) * cos(i)), i % 4 <> 0) FROM generate_series(1, 299) AS i)' ],
		[ 'timing empty', "'{}'::timing_summary" ], [ 'timing of one', '(SELECT timing(12.5))' ], [ 'timing zeros', '(SELECT timing((i % 3)::float8) FROM generate_series(0, 30) AS i)' ],
		[ 'timing of zeros', '(SELECT timing(0.0::float8) FROM generate_series(0, 3))' ], [ 'timing wide', '(SELECT timing(10.0 ^ i) FROM generate_series(-9, 9) AS i)' ],
		[ 'timing all run', '(SELECT timing(i::float8, false) FROM generate_series(1, 9) AS i)' ], [ 'timing runs at once', '(SELECT timing(0.0::float8, false))' ],
		[ 'timing last runs', '(SELECT timing(i::float8, i < 9) FROM generate_series(1, 9) AS i)' ],
		[ 'task', '(SELECT task(i % 7 > 0, exp(3 + sin(i)), (i * i) % 4, 5 + i % 9) FROM generate_series(1, 70) AS i)' ],
		[ 'task outcomes', '(SELECT task(CASE WHEN i % 3 > 0 THEN i % 3 = 1 END) FROM generate_series(1, 70) AS i)' ], [ 'task empty', '(SELECT task(NULL))' ],
		[ 'task of one', '(SELECT task(true, 0.0, 0, 0))' ], [ 'task abandoned', '(SELECT task(false, 3.0, 1e9, 1e9) FROM generate_series(1, 2))' ],
		[ 'funnel', "(SELECT funnel(a::bigint, at, event, 'view > cart > address > pay within 1 day', '2026-01-12') FROM seen)" ],
		[ 'funnel of one step', "(SELECT funnel(a::bigint, at, event, 'view') FROM seen)" ], [ 'funnel empty', "'{}'::funnel_summary" ], [ 'funnel of nobody', "(SELECT funnel(a::bigint, at, event, 'nothing > here') FROM seen)" ],
		[ 'funnel any order', "(SELECT funnel(a::bigint, at, event, 'pay & cart & view') FROM seen)" ], [ 'funnel of 32', "(SELECT funnel(a::bigint, at, event, 'view' || repeat(' > [address]', 30) || ' > pay') FROM seen)" ],
		[ 'funnel hostile', "(SELECT funnel(a::bigint, at, event, steps(VARIADIC (SELECT array_agg(left(name, 200) ORDER BY i) FROM name WHERE i <= 12))) FROM named)" ],
		[ 'funnel open', "(SELECT funnel(a::bigint, at, event, 'view > pay within 365 days', '2026-02-12') FROM seen)" ],
		[ 'retention', "(SELECT retention(a::bigint, '2026-01-05'::timestamptz + (a % 9 + p) * interval '1 week', 'week') FROM generate_series(1, 400) AS a, generate_series(0, 9) AS p WHERE (a * 17 + p * 29) % 100 < 100 / (p + 1) AND a % 9 + p <= 9)" ],
		[ 'retention of one', "(SELECT retention(1::bigint, '2026-01-05'::timestamptz, 'month'))" ], [ 'retention empty', "(SELECT retention(1::bigint, '2026-01-05'::timestamptz, 'x', 'none', '*', 'day'))" ],
		[ 'retention of 80', "(SELECT retention((a * 1000 + p % 40)::bigint, '2019-01-05'::timestamptz + (a + p) * interval '1 month', 'month') FROM generate_series(1, 80) AS a, generate_series(0, 80 - a) AS p)" ],
		[ 'retention of days', "(SELECT retention(a::bigint, '2019-01-05'::timestamptz + a * interval '1 day', 'day') FROM generate_series(1, 200) AS a)" ],
		[ 'flow', "(SELECT flows(j, 'start', 3) FROM (SELECT a, journey(at, event) AS j FROM (SELECT a, at, event FROM seen UNION ALL SELECT a, at - interval '1 day', 'start' FROM seen) AS s GROUP BY a) AS w)" ],
		[ 'flow empty', "'{}'::flow_summary" ], [ 'flow hostile', "(SELECT flows(j, 'start', 4) FROM way)" ], [ 'flow hostile next', "(SELECT next_events(j, 'start > x > nothing') FROM way)" ],
		[ 'flow long', "(SELECT flows(j, 'start', 12) FROM (SELECT journey('2026-01-01'::timestamptz + k * interval '1 minute', CASE WHEN k = 0 THEN 'start' ELSE 'screen ' || (a * k) % 40 END) AS j FROM generate_series(1, 300) AS a, generate_series(0, 11) AS k GROUP BY a) AS w)" ],
		[ 'flow of nobody', "(SELECT flows(j, 'never', 3) FROM way)" ]);
}

# name => a picture of rows, with what it comes from
sub row_cases
{
	return (
		[ 'cells', "svg_cells(name, estimate, low, high, 'NPS by branch, points' ORDER BY estimate DESC NULLS LAST) FROM (VALUES ('Rome', 31.2, 14.1, 47.3), ('Oslo', 12, -8, 30), ('hidden', NULL, NULL, NULL)) AS v(name, estimate, low, high)" ],
		[ 'cells hostile', "svg_cells(name, i, i - 3, i + 7 * i, 'Cells ' || repeat('W', 300) ORDER BY i) FROM name" ], [ 'cells of one', "svg_cells('x', 1, 1, 1, 'one')" ],
		[ 'cells of none', "svg_cells(NULL, NULL, NULL, NULL, 'none')" ], [ 'cells large', "svg_cells(i::text, 1.7e308 * (i - 2), -1.7e308, 1.7e308, 'large') FROM generate_series(1, 3) AS i" ],
		[ 'cells small', "svg_cells(i::text, 1e-300 * i, 0, 1e-299, 'small') FROM generate_series(1, 3) AS i" ], [ 'cells many', "svg_cells('row ' || i, sin(i), sin(i) - 1, sin(i) + 1, 'many' ORDER BY i) FROM generate_series(1, 300) AS i" ],
		[ 'cells far', "svg_cells(i::text, 1e15 + i, 1e15, 1e15 + 9, 'far' ORDER BY i) FROM generate_series(1, 5) AS i" ],
		[ 'line', "svg_line(('2025-01-01'::date + i * interval '1 month')::date, 20 + 10 * sin(i), 12 + 10 * sin(i), 28 + 10 * sin(i), 'NPS by month, points') FROM generate_series(0, 13) AS i" ],
		[ 'line of days', "svg_line('2026-01-01'::date + i, sin(i), sin(i) - 1, sin(i) + 1, 'days') FROM generate_series(1, 300) AS i" ],
		[ 'line with gaps', "svg_line('2026-01-01'::timestamptz + i * interval '7 minutes', CASE WHEN i % 5 > 0 THEN 1e6 * sin(i) END, NULL, NULL, 'gaps') FROM generate_series(1, 30) AS i" ],
		[ 'line of one', "svg_line('2026-01-01'::date, 1, 0, 2, 'one')" ], [ 'line of none', "svg_line('2026-01-01'::date + i * 30, NULL, NULL, NULL, 'none') FROM generate_series(1, 3) AS i" ],
		[ 'line far', "svg_line('294276-01-01'::timestamp, -1.7e308, -1.7e308, 1.7e308, 'far')" ],
		[ 'control', "svg_control(to_char(m, 'YYYY-MM'), (c).estimate, (c).center, (c).low, (c).high, (c).signal, 'Solved in time, share' ORDER BY m) FROM (SELECT m, control_limits(rate_summary(CASE WHEN i = 9 THEN 50 ELSE 80 END + (i * i) % 11, 100 + i * 7 % 40)) OVER (ORDER BY m) AS c FROM generate_series('2025-01-01'::timestamp, '2026-02-01', '1 month') WITH ORDINALITY AS g(m, i)) AS x" ],
		[ 'control hostile', "svg_control(name, i, 5, 2, 9, CASE WHEN i > 9 THEN name END, 'hostile' ORDER BY i) FROM name" ], [ 'control of one', "svg_control('a', 1, NULL, NULL, NULL, NULL, 'one')" ],
		[ 'control many', "svg_control('week ' || i, sin(i), 0, -1, 1, CASE WHEN i % 50 = 0 THEN 'above limits' END, 'many' ORDER BY i) FROM generate_series(1, 500) AS i" ]);
}

1;
