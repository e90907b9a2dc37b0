#!/usr/bin/perl
# What nobody means to do must give an error or a value, and neither end the server nor change what
# was passed in: private functions called by hand, aggregates made of them, huge input.
use strict;
use warnings;
use lib 'test';
use Psql;
use Session;
use Test::More;

sub psql
{
	return Psql::psql(shift, '-v VERBOSITY=terse');
}

# A server that recovers from a crash empties unlogged tables.
psql('CREATE UNLOGGED TABLE alive AS SELECT true AS alive');

# All in one session, as a new one takes longer than most of them; each statement begins it anew.
my $session;

sub survives
{
	my ($what, @statements) = @_;
	my @crashed;
	for my $statement (@statements)
	{
		$session //= Session->new(quiet => 1, verbosity => 'terse');
		my $output = $session->run("$statement;\nROLLBACK; DISCARD ALL");
		next unless $session->lost || $output =~ /terminat|recovery|cache lookup|invalid memory/;
		push @crashed, $statement =~ s/\s+/ /gr =~ s/(.{200}).*/$1/r;
		undef $session if $session->lost;
		for (1 .. 50)
		{
			last if psql('SELECT 1') eq '1';
			select undef, undef, undef, 0.2;
		}
	}
	is(join("\n", @crashed), '', $what . ' (' . @statements . ' statements)');
}

# A NULL where an aggregate always passes its state
my @null_state = (
	(map { "SELECT nps_summary_$_(NULL::nps_summary, 9, 1)" } qw(accum remove)),
	(map { my $f = $_; map { "SELECT likert_summary_$f(NULL::likert_summary, $_)" } '3::smallint, 1, 5', '3, 1, 5', '3::float8, 1, 5', '3, 1, 5, 2' } qw(accum remove)),
	(map { my $f = $_; map { "SELECT rate_summary_$f(NULL::rate_summary, $_)" } 'true', 'true, 2' } qw(accum remove)),
	(map { my $f = $_; map { "SELECT choices_summary_$f(NULL::choices_summary, $_)" } "'a'", "'a', 2", "NULL::text", "NULL::text, 2", "ARRAY['a']", "ARRAY['a'], 2", "NULL::text[]", "NULL::text[], 2" } qw(accum remove)),
	(map { "SELECT sample_summary_accum(NULL::sample_summary, $_)" } '9', '9, 1', '9, 0', '9, NULL'), 'SELECT ratio_summary_accum(NULL::ratio_summary, 9, 1)',
	(map { my $t = $_; map { "SELECT ${t}_$_" } "combine(NULL, NULL)", "final(NULL)", "cmp(NULL, NULL)", "hash(NULL)" } qw(sample_summary ratio_summary)),
	(map { "SELECT timing_summary_accum(NULL::timing_summary, $_)" } "'1 s'::interval", "'1 s'::interval, true", '3::float8', '3, true', "'2026-01-01', '2026-01-02', '2026-01-03'"),
	'SELECT timing_summary_accum(NULL, NULL::float8, NULL)', 'SELECT timing_summary_accum(NULL, NULL::interval, NULL)', "SELECT timing_summary_accum(NULL, NULL, NULL, '2026-01-03')", "SELECT timing_summary_accum(NULL, '2026-01-01', NULL, '2026-01-03')",
);
survives('NULL as state', @null_state);
survives('NULL as state and answer', map { s/9, 1|3(::\w+)?, 1, 5(, 2)?|true(, 2)?/my $x = $&; $x =~ s{\b[93]\b|true}{NULL}; $x/er } @null_state);
survives('aggregates without an initial state', map { my ($args, $sfunc, $stype, $call) = @$_; "BEGIN; CREATE AGGREGATE bare($args) (SFUNC = $sfunc, STYPE = $stype); SELECT bare($call) FROM generate_series(1, 3); SELECT bare($call) OVER (ROWS 1 PRECEDING) FROM generate_series(1, 3); ROLLBACK" }
	[ 'float8, float8', 'nps_summary_accum', 'nps_summary', '9, 2' ], [ 'float8, float8', 'nps_summary_remove', 'nps_summary', '9, 2' ], [ 'int', 'nps_summary_accum', 'nps_summary', '9' ],
	[ 'int, int, int', 'likert_summary_accum', 'likert_summary', '3, 1, 5' ], [ 'float8, int, int, float8', 'likert_summary_accum', 'likert_summary', '3, 1, 5, 2' ], [ 'float8, int, int, float8', 'likert_summary_remove', 'likert_summary', '3, 1, 5, 2' ],
	[ 'boolean', 'rate_summary_accum', 'rate_summary', 'true' ], [ 'boolean, float8', 'rate_summary_accum', 'rate_summary', 'true, 2' ], [ 'boolean', 'rate_summary_remove', 'rate_summary', 'true' ],
	[ 'nps_summary', 'merge', 'nps_summary', "nps_summary(1, 1, 1)" ], [ 'likert_summary', 'merge', 'likert_summary', "likert_summary(1, '{1,1}')" ], [ 'rate_summary', 'merge', 'rate_summary', 'rate_summary(1, 1)' ],
	[ 'float8', 'sample_summary_accum', 'sample_summary', '9' ], [ 'float8, float8', 'sample_summary_accum', 'sample_summary', '9, 2' ], [ 'float8, float8', 'ratio_summary_accum', 'ratio_summary', '9, 2' ],
	[ 'sample_summary', 'merge', 'sample_summary', 'sample_summary(3, 4, 2)' ], [ 'sample_summary', 'sample_summary_combine', 'sample_summary', 'sample_summary(3, 4, 2)' ],
	[ 'ratio_summary', 'merge', 'ratio_summary', q('{}'::ratio_summary) ], [ 'ratio_summary', 'ratio_summary_combine', 'ratio_summary', q('{}'::ratio_summary) ],
	[ 'float8', 'timing_summary_accum', 'timing_summary', '3' ], [ 'float8, boolean', 'timing_summary_accum', 'timing_summary', '3, NULL' ], [ 'interval, boolean', 'timing_summary_accum', 'timing_summary', "'3 s', true" ], [ 'timestamptz, timestamptz, timestamptz', 'timing_summary_accum', 'timing_summary', "'2026-01-01', NULL, '2026-01-03'" ],
	[ 'timing_summary', 'merge', 'timing_summary', q(timing_summary '{"finished": [1]}') ], [ 'timing_summary', 'timing_summary_combine', 'timing_summary', q(timing_summary '{"finished": [1], "unfinished": [2]}') ],
	[ 'nps_summary', 'subtract', 'nps_summary', "nps_summary(1, 1, 1)" ], [ 'likert_summary', 'likert_summary_remove', 'likert_summary', "likert_summary(1, '{1,1}')" ],
	[ 'items_summary', 'merge', 'items_summary', '(SELECT items(i, i * i) FROM generate_series(1, 4) AS i)' ], [ 'items_summary', 'items_summary_combine', 'items_summary', "(SELECT items(VARIADIC array_fill(i::float8, '{64}')) FROM generate_series(1, 4) AS i)" ]);
survives('items', map { "SELECT $_" } 'items_summary_accum(NULL, NULL)', "items_summary_accum('{}', NULL)", "items_summary_accum(NULL, '{1,2}')", "items_summary_accum('{}', '{1,NULL}')", "items_summary_accum('{}', '{NULL,NULL}')", "items_summary_accum('{}', '{}')", "items_summary_combine(NULL, '{}')", "items_summary_final('{}')",
	"report('{}'::items_summary, '{}')", "report(items(1, 2), array_fill('x'::text, '{100000}'))", "report(items(1, 2), '{NULL,NULL}')", "drivers('{}', -2147483648)", "drivers(items(1, 2), 2147483647)", "correlation('{}'::items_summary, 0, 0)", "correlation(items(1, 2), -2147483648, 2147483647)",
	"items(VARIADIC array_fill(1::float8, '{1000000}'))", "items(VARIADIC array_fill(NULL::float8, '{64}'))", "items(VARIADIC array_fill(1::float8, '{2,32}'))", "chart(items(VARIADIC array_fill(1::float8, '{64}')), 40)", "svg(items(VARIADIC array_fill(NULL::float8, '{64}')))",
	(map { my $x = $_; map { $_ . ' FROM generate_series(1, 100) AS i' } "report(items($x))", "drivers(items($x), 1)", "reliability(items($x), 0.9999999999999999)", "(items($x))::text::items_summary", "chart(items($x))" } '1e-200 * i, i, -i', '1e150 * i, 1e-150 * i, sin(i)', '5e-324 * i, i * i, 1e-162 * sin(i)', '1e15 + i, 1e15 - i, 1e15 + i % 2', 'i, i + 1e-9 * sin(i), i + 1e-12 * cos(i)', '0, 0, 0', 'i % 2, 1 - i % 2, 1'));
is(psql("SELECT string_agg(DISTINCT (x = x::text::items_summary)::text, ' ') FROM (SELECT items(a * sin(i), b * cos(i * i), a * sin(i) + b * cos(i * i), b * i) AS x FROM generate_series(1, 200) AS i, unnest('{1e-170,1e-160,1e-80,1,1e80,1e150}'::float8[]) AS a, unnest('{1e-170,1e-100,1e-3,1,1e150}'::float8[]) AS b GROUP BY a, b, i % 7 HAVING count(*) > 9) AS s"), 'true', 'what tiny and huge values give is read back');

# An aggregate of an inverse function must not make a value that cannot be read back.
for my $case (
	[ 'int', 'nps_summary_remove', 'nps_summary', '{"promoters": 0, "passives": 1, "detractors": 0}', '9' ],
	[ 'float8, float8', 'nps_summary_remove', 'nps_summary', '{"promoters": 0, "passives": 0, "detractors": 0}', '9, 2' ],
	[ 'int, int, int', 'likert_summary_remove', 'likert_summary', '{"low": 1, "high": 5, "counts": [1, 0, 0, 0, 0]}', '3, 1, 5' ],
	[ 'boolean', 'rate_summary_remove', 'rate_summary', '{"successes": 0, "failures": 0, "undecided": 3}', 'true' ])
{
	my ($args, $sfunc, $stype, $initial, $call) = @$case;
	my $output = psql("CREATE AGGREGATE removed($args) (SFUNC = $sfunc, STYPE = $stype, INITCOND = '$initial'); SELECT (removed($call))::text::$stype IS NULL; DROP AGGREGATE removed($args)");
	unlike($output, qr/invalid count/, "aggregate of $sfunc($args) makes no negative count");
}

# Arguments stay as they are
is(psql(<<'SQL'), 'unchanged', 'functions called by hand do not change their argument');
CREATE TABLE kept AS SELECT nps_summary(1, 2, 3) AS n, likert_summary(1, '{1,2,3}') AS l, likert(2, 1, 3, 0.5) AS w, rate_summary(1, 2, 3) AS r, (SELECT items(i, i * i, 5 - i) FROM generate_series(1, 9) AS i) AS i, sample_summary(3, 4, 2, 2, 6) AS m, sample(2, 0.5) AS v, ratio(3, 2) AS q;
DO $$
DECLARE
	n nps_summary; l likert_summary; w likert_summary; r rate_summary; i items_summary; m sample_summary; v sample_summary; q ratio_summary;
	n0 text; l0 text; w0 text; r0 text; i0 text; m0 text; v0 text; q0 text;
BEGIN
	SELECT * INTO n, l, w, r, i, m, v, q FROM kept;
	n0 := n; l0 := l; w0 := w; r0 := r; i0 := i; m0 := m; v0 := v; q0 := q;
	PERFORM nps_summary_accum(n, 9::smallint), nps_summary_accum(n, 9), nps_summary_accum(n, 9::float8), nps_summary_accum(n, 9, 2), nps_summary_combine(n, n), merge(n, n), n - n, nps_summary_final(n);
	PERFORM likert_summary_accum(l, 1::smallint, 1, 3), likert_summary_accum(l, 1, 1, 3), likert_summary_accum(l, 1::float8, 1, 3), likert_summary_accum(l, 1, 1, 3, 2), likert_summary_combine(l, l), merge(l, w), l - l, likert_summary_final(l);
	PERFORM likert_summary_accum(w, 1::smallint, 1, 3), likert_summary_accum(w, 1, 1, 3, 2), likert_summary_combine(w, w), merge(w, l), w - w;
	PERFORM rate_summary_accum(r, true), rate_summary_accum(r, NULL, 2), rate_summary_combine(r, r), merge(r, r), r - r, rate_summary_final(r);
	PERFORM items_summary_accum(i, '{1,2,3}'), items_summary_accum(i, '{1,NULL,3}'), items_summary_combine(i, i), merge(i, i), i + i, items_summary_final(i);
	PERFORM sample_summary_accum(m, 9), sample_summary_accum(m, 9, 2), sample_summary_combine(m, m), sample_summary_combine(m, v), merge(m, v), m + m, sample_summary_final(m);
	PERFORM sample_summary_accum(v, 9), sample_summary_accum(v, 9, 2), sample_summary_combine(v, v), sample_summary_combine(v, m), merge(v, m), v + v, sample_summary_final(v);
	PERFORM ratio_summary_accum(q, 9, 1), ratio_summary_combine(q, q), merge(q, q), q + q, ratio_summary_final(q);
	IF n::text <> n0 OR l::text <> l0 OR w::text <> w0 OR r::text <> r0 OR i::text <> i0 OR m::text <> m0 OR v::text <> v0 OR q::text <> q0 THEN
		RAISE 'changed % % % % % % % %', n, l, w, r, i, m, v, q;
	END IF;
END $$;
WITH s AS MATERIALIZED (SELECT * FROM kept), t AS (SELECT rollup(n), rollup(l), rollup(w), rollup(r), rollup(i), rollup(m), rollup(v), rollup(q), rollup(n) OVER () FROM (SELECT * FROM s UNION ALL SELECT * FROM s) AS u GROUP BY u.n)
SELECT CASE WHEN s *= kept THEN 'unchanged' ELSE 'changed' END FROM s, kept, t;
SQL
is(psql(q{WITH s AS MATERIALIZED (SELECT nps_summary(1, 1, 1) AS x, likert(2, 1, 3, 2) AS y) SELECT nps_summary_accum(x, 9), x, likert_summary_accum(y, 1, 1, 3, 3), y FROM s}) =~ s/"//gr,
	'{promoters: 2, passives: 1, detractors: 1}|{promoters: 1, passives: 1, detractors: 1}|{low: 1, high: 3, counts: [1, 1, 0], weights: [3, 2, 0], squares: [9, 4, 0]}|{low: 1, high: 3, counts: [0, 1, 0], weights: [0, 2, 0], squares: [0, 4, 0]}',
	'a shared value is not counted into');
is(psql(q{WITH s AS MATERIALIZED (SELECT sample(2, 0.5) AS x, ratio(3, 2) AS y) SELECT n(sample_summary_accum(x, 9)), x, n(ratio_summary_accum(y, 1, 1)), y FROM s}) =~ s/"//gr,
	'2|{n: 1, sum: 1, squared_deviations: 0, minimum: 2, maximum: 2, weights: [0.5], squares: [0.25], sum_by_square: 0.5, squared_deviations_by_square: 0}|2|{n: 1, numerator: 3, denominator: 2, numerator_squares: 0, denominator_squares: 0, products: 0}',
	'nor into one of measured values');
# Rows, groups and frames that share a value do not share a state
is(psql(q{SELECT DISTINCT string_agg(x::text, ' ') FROM (SELECT rollup(s) AS x FROM (SELECT nps_summary(1, 0, 0) AS s) AS q, generate_series(1, 6) AS g GROUP BY g % 3) AS r}) =~ s/"//gr, '{promoters: 2, passives: 0, detractors: 0} ' x 2 . '{promoters: 2, passives: 0, detractors: 0}', 'groups do not share a state');
is(psql(q{SELECT DISTINCT string_agg(concat_ws(' ', n(x), n(y), mean(x), ratio(y)), ', ') FROM (SELECT rollup(s) AS x, rollup(t) AS y FROM (SELECT sample(7, 2) AS s, ratio(3, 2) AS t) AS q, generate_series(1, 6) AS g GROUP BY g % 3) AS r}), '2 2 7 1.5, 2 2 7 1.5, 2 2 7 1.5', 'nor do groups of measured values');
is(psql(q{SELECT string_agg(concat(n(x), n(y), n(z)), ' ' ORDER BY g) FROM (SELECT g, sample(g) OVER w AS x, sample(g, 2) OVER w AS y, ratio(g, 2) OVER w AS z FROM generate_series(1, 5) AS g WINDOW w AS (ORDER BY g)) AS r}), '111 222 333 444 555', 'rows of a growing window keep their own sample and ratio');
is(psql(q{SELECT n(sample(a)), mean(sample(a)), n(sample(a) FILTER (WHERE a > 8)), ratio(ratio(a, 2)), n(ratio(a, 2)) FROM (VALUES (9), (3)) AS v(a)}), '2|6|1|3|2', 'samples and ratios that share a state read it only');
is(psql(q{SELECT count(DISTINCT x::text) FROM (SELECT nps(9, 1) OVER (ORDER BY g) AS x FROM generate_series(1, 50) AS g) AS r}), '50', 'rows of a growing window keep their own value');
is(psql(q{SELECT count(DISTINCT x::text) FROM (SELECT likert(1 + g % 5, 1, 5) OVER (ORDER BY g) AS x FROM generate_series(1, 50) AS g OFFSET 0) AS r}), '50', 'rows of a growing window keep their own scale');
is(psql(q{SELECT count(*) FROM (SELECT x, lag(x) OVER (ORDER BY g) AS before FROM (SELECT g, nps(g % 11) OVER (ORDER BY g ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS x FROM generate_series(1, 60) AS g) AS r) AS s WHERE x = before}), psql(q{SELECT count(*) FROM (SELECT x, lag(x) OVER (ORDER BY g) AS before FROM (SELECT g, (SELECT nps(h % 11) FROM generate_series(greatest(1, g - 3), g) AS h) AS x FROM generate_series(1, 60) AS g) AS r) AS s WHERE x = before}), 'windows over windows see each value as it was');
is(psql(q{SELECT nps(a), nps(a), nps(a) FILTER (WHERE a > 8), rate(a > 8), rate(a > 8) FROM (VALUES (9), (3)) AS v(a)}) =~ s/"//gr, '{promoters: 1, passives: 0, detractors: 1}|{promoters: 1, passives: 0, detractors: 1}|{promoters: 1, passives: 0, detractors: 0}|{successes: 1, failures: 1, undecided: 0}|{successes: 1, failures: 1, undecided: 0}', 'aggregates that share a state read it only');
is(psql(q{SELECT count(*) FROM (SELECT g % 7 AS a, g % 5 AS b, nps(g % 11, 0.5), likert(g % 11, 0, 10, 0.5), rate(g % 2 = 0) FROM generate_series(1, 5000) AS g GROUP BY CUBE (1, 2)) AS s}), '48', 'grouping sets');
is(psql(q{SELECT count(*), sum(n(s)), sum(n(r)) FROM (SELECT g % 7 AS a, g % 5 AS b, sample(g % 11, 0.5) AS s, ratio(g, g % 11) AS r FROM generate_series(1, 5000) AS g GROUP BY CUBE (1, 2)) AS s}), '48|20000|20000', 'grouping sets of measured values');
is(psql(q{SET work_mem = '64kB'; SET enable_sort = off; SELECT count(*), rollup(x), rollup(y) FROM (SELECT g % 20000 AS k, sample(g % 11) AS x, ratio(g % 11, 2) AS y FROM generate_series(1, 60000) AS g GROUP BY 1) AS s}) =~ s/"(?:squared_deviations|numerator_squares)": [^,]*//gr,
	psql(q{SELECT 20000, sample(g % 11), ratio(g % 11, 2) FROM generate_series(1, 60000) AS g}) =~ s/"(?:squared_deviations|numerator_squares)": [^,]*//gr, 'a hash aggregate of measured values that spills');
is(psql(q{SET work_mem = '64kB'; SET enable_sort = off; SELECT count(*), (rollup(x))::text FROM (SELECT g % 20000 AS k, likert(g % 11, 0, 10, 0.5) AS x FROM generate_series(1, 60000) AS g GROUP BY 1) AS s}),
	psql(q{SELECT 20000, (likert(g % 11, 0, 10, 0.5))::text FROM generate_series(1, 60000) AS g}), 'a hash aggregate that spills');

# Huge and deep input is told, and the message is cut to a length that can be read in a log
my %huge = (
	'nested arrays' => "repeat('[', 3000000)",
	'nested objects' => q~repeat('{"a":', 1000000)~,
	'nested closed arrays' => q~'{"promoters": ' || repeat('[', 4000) || repeat(']', 4000) || '}'~,
	'many members' => q~'{' || (SELECT string_agg(format('"%s": 1', i), ',') FROM generate_series(1, 200000) AS i) || '}'~,
	'many elements' => q~'{"low": 1, "high": 5, "counts": [' || repeat('1,', 2000000) || '1]}'~,
	'a long number' => q~'{"promoters": ' || repeat('9', 3000000) || ', "passives": 1, "detractors": 1}'~,
	'a long sum' => q~'{"n": 1, "sum": ' || repeat('9', 3000000) || ', "squared_deviations": 0}'~,
	'a long numerator' => q~'{"n": 1, "numerator": ' || repeat('9', 3000000) || ', "denominator": 1, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'~,
	'a long exponent' => q~'{"n": 1, "sum": 1e' || repeat('9', 3000000) || ', "squared_deviations": 0}'~,
	'a long fraction' => q~'{"promoters": 1.' || repeat('0', 3000000) || '1, "passives": 1, "detractors": 1}'~,
	'many durations' => q~'{"finished": [' || repeat('1,', 2000000) || '1]}'~,
	'many buckets' => q~'{"finished": {"zeros": 0, "buckets": [' || repeat('1,', 1000000) || '1], "counts": [' || repeat('1,', 1000000) || '1]}}'~,
	'a long name' => q~'{"' || repeat('p', 3000000) || '": 1}'~,
	'a long text' => q~'"' || repeat('x', 3000000) || '"'~,
);
for my $what (sort keys %huge)
{
	for my $type ((map { "${_}_summary" } qw(nps likert rate sample ratio timing items choices funnel task flow retention)), 'event_journey')
	{
		my $output = psql("SELECT ($huge{$what})::$type");
		like(substr($output, 0, 1000), qr/ERROR:  (invalid input syntax|invalid content|stack depth limit|.*out of range)/, "$what is an error of $type");
	}
}
is(psql(q~SELECT ('{"promoters": 1.' || repeat('0', 1000000) || ', "passives": ' || repeat(' ', 1000000) || '1, "detractors": 1}')::nps_summary~) =~ s/"//gr, '{promoters: 1, passives: 1, detractors: 1}', 'a long way to write 1');
is(psql(q~SELECT ('{"n": 1.' || repeat('0', 1000000) || ', "sum": ' || repeat(' ', 1000000) || '1.' || repeat('0', 1000000) || '1, "squared_deviations": 0.' || repeat('0', 1000000) || '}')::sample_summary~) =~ s/"//gr, '{n: 1, sum: 1, squared_deviations: 0}', 'a long way to write a sample of 1');
is(psql(q{SELECT within_scale(repeat('9', 3000000), 0, 10), within_scale(repeat(' ', 3000000) || '9', 0, 10), on_scale('x', array_fill('y'::text, '{200000}') || 'x'::text)}), '|9|200001', 'long answers');

# The ends of integers
survives('limits of integers', map { "SELECT $_" }
	'likert(-32768, -32768, -32668)', 'likert(32767, 32667, 32767)', 'likert(32767, 32667, 32767, 2)', 'likert(0, -2147483648, 2147483647)', 'likert(0, 2147483647, -2147483648)',
	'nps(-2147483648)', 'nps((-32768)::smallint)', 'nps(9223372036854775807)', "nps('1e308'::float8)", "nps('-0'::float8)", "nps('5e-324'::float8)", "nps(9, '5e-324'::float8)",
	"chart(likert(32767, 32667, 32767))", "svg(likert(-32768, -32768, -32668))", "report(likert_summary(-32768, array_fill(72057594037927935, '{101}')))", "chart(likert_summary(-32768, array_fill(72057594037927935, '{101}')), 40)",
	"report(nps_summary(72057594037927935, 72057594037927935, 72057594037927935))", "distribution(likert_summary(0, array_fill(72057594037927935, '{101}')))", "net(likert_summary(-32768, array_fill(1::bigint, '{101}')), 50)",
	"to_nps(likert_summary(0, array_fill(72057594037927935, '{11}')))", 'rate_summary(9223372036854775807, 9223372036854775807)', 'rate_summary(-9223372036854775808, 9223372036854775807)', 'nps_summary(-9223372036854775808, 0, 0)',
	"benchmark(rate_summary(72057594037927935, 144115188075855870), 0.5)", "compare(rate_summary(1, 144115188075855870 / 2), rate_summary(72057594037927935, 72057594037927935))", 'event_rate(9223372036854775807, 1e-300)', "event_rate(1, '5e-324'::float8)", 'compare_event_rates(9223372036854775807, 1e-300, 9223372036854775807, 1e-290, 1e-300)', "compare_event_rates(9223372036854775807, 1, 0, '5e-324'::float8)", "compare_event_rates(1, '5e-324'::float8, 9223372036854775807, 1e308, 0.9999999999999999)", 'compare_event_rates(9223372036854775807, 3, 9223372036854775806, 3)',
	(map { my $f = $_; map { "$f($_)" } "(SELECT sample(1e308::float8))", "sample_summary(2, 0, 0, -1.7e308, 1.7e308)", "sample_summary(72057594037927935, 1.7e290, 1e140)", "sample_summary(2, 0, 1e150)", "sample_summary(9, 5e-324, 5e-324, 0, 1e-323)",
		# weights that leave next to nothing of n, from a hostile sender
		q~'{"n": 2, "sum": 8, "squared_deviations": 1e-300, "weights": [3.5], "squares": [6.25], "sum_by_square": 9, "squared_deviations_by_square": 1e300}'::sample_summary~,
		q~'{"n": 9, "sum": 0, "squared_deviations": 1, "weights": [10], "squares": [12], "sum_by_square": 1e10, "squared_deviations_by_square": 1}'::sample_summary~,
		q~'{"n": 3, "numerator": 1e300, "denominator": 1e-300, "numerator_squares": 1e300, "denominator_squares": 1e-300, "products": 0}'::ratio_summary~,
		q~'{"n": 3, "numerator": 1, "denominator": 1e-300, "numerator_squares": 1e300, "denominator_squares": 1e300, "products": -1e300}'::ratio_summary~,
		q~'{"n": 72057594037927935, "numerator": 1e300, "denominator": -5e-324, "numerator_squares": 0, "denominator_squares": 0, "products": 0}'::ratio_summary~ } qw(report chart svg estimate)),
	'within_scale(2147483647, -2147483648, 2147483647)', "within_scale('2147483648'::text, -2147483648, 2147483647)", "within_scale('-2147483648', -2147483648, 2147483647)");
survives('questionnaires', map { "SELECT $_" } (map { my $f = $_; map { "$f(VARIADIC $_)" } 'NULL', "'{}'::float8[]", "'{NULL}'::float8[]", "array_fill(1, '{1000000}')", "array_fill(1, '{10,10}')", "array_fill(NULL::float8, '{16}')", "array_fill('NaN'::float8, '{10}')", "array_fill(1e308::float8, '{6}')", "'[-5:4]={1,2,3,4,5,1,2,3,4,5}'::float8[]" } qw(sus umux asq pssuq pssuq_scales ueq_s nasa_tlx)),
	"nasa_tlx_weighted(array_fill(100, '{6}'), array_fill(1e308::float8, '{6}'))", "nasa_tlx_weighted(array_fill(1, '{6,6}'), NULL)", "nasa_tlx_weighted('{}', '{}')", "nasa_tlx_weighted(array_fill(NULL::float8, '{6}'), array_fill(NULL::float8, '{6}'))",
	(map { my $f = $_; map { "$f($_)" } "'-0'", "'5e-324'", "'-5e-324'", "'1e308'", "'NaN'", '100' } qw(sus_grade sus_percentile sus_adjective)), 'lostness(1, 2147483647, 2147483647)', "lostness('1e308', '1e308', '1e308')", "lostness('5e-324', 1, 1)", 'lostness(0, 0, 1)', "lostness('-0', '-0', 1)");
survives('limits of durations', map { "SELECT $_" } "timing('5e-324'::float8)", "timing('-0'::float8)", "timing('1e308'::float8)", "timing(9223372036.854775::float8)", "timing('178000000 years'::interval)", "timing('-178000000 years'::interval)", "timing('-2147483648 days -2562047788:00:54.775808'::interval)",
	"timing('4713-01-01 BC'::timestamptz, '294276-12-31', '294276-12-31')", map { my $x = $_; map { my $f = $_ =~ s/\bx\b/$x/gr; $f } 'report(x)', 'chart(x, 40)', 'svg(x)', 'survival_curve(x)', 'histogram(x, 1000)', 'histogram(x, 1)', 'quantile(x, 0)', 'quantile(x, 1)', "quantile(x, '5e-324')", 'survival(x, 0)', 'survival(x, 9223372036.8)', 'compare_ratio(x, x)', "benchmark(x, '5e-324')", "benchmark(x, '1e308')", 'x + x', 'minimum_base(x, 9223372036854775807)' }
	map { "timing_summary '$_'" } '{}', '{"finished": [0]}', '{"unfinished": [0]}', '{"finished": [0], "unfinished": [0]}', '{"finished": [0.000000001, 9223372036.854775807], "unfinished": [9223372036.854775807]}');
# Funnels: a state is of nobody else, and whatever SQL lets call them
survives('funnels', map { "SELECT $_" } "funnel(NULL::bigint, NULL::timestamptz, NULL, NULL)", "funnel(1, NULL::timestamptz, 'a', 'a')", "funnel(1, '2026-01-01'::timestamptz, NULL, 'a')", "funnel(NULL::text, '2026-01-01'::timestamp, 'a', 'a')",
	"funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', NULL)", "funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', 'infinity')", "funnel(1, '-infinity'::timestamptz, 'a', 'a')", "funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', '2026-01-01', 'empty')",
	"funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', '294276-12-31 23:59:59.999999+00', '(,294276-12-31 23:59:59.999999+00]')", "funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 106751991 days', '4714-11-24 00:00:00+00 BC', '[4714-11-24 00:00:00+00 BC,)')",
	"funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', '2026-01-01', '[-infinity,infinity]')", "funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', '2026-01-01', '(-infinity,infinity)')", "funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', '2026-01-01', '(infinity,)')", "funnel(1, '2026-01-01'::timestamptz, 'a', 'a within 1 day', '2026-01-01', '(,-infinity)')",
	"funnel(repeat('x', 3000000), '2026-01-01'::timestamptz, repeat('a', 3000000), '*')", "funnel(g, t, 'a', '* > * > *') FROM (VALUES (-9223372036854775807 - 1, '4714-11-24 00:00:00+00 BC'::timestamptz), (9223372036854775807, '294276-12-31 23:59:59.999999+00'), (0, '2026-01-01')) AS v(g, t)",
	"depth(NULL::timestamptz, NULL, NULL)", "outcome(NULL::timestamptz, NULL, NULL, NULL)", "outcome('2026-01-01'::timestamptz, 'a', 'a', '2026-01-01')", "depth('2026-01-01'::timestamptz, 'a', 'a') OVER ()", "funnel(1, '2026-01-01'::timestamptz, 'a', 'a') OVER ()", "rollup('{}'::funnel_summary)", "rollup(NULL::funnel_summary)", "rollup(x) OVER (ORDER BY g) FROM (SELECT g, funnel(g, '2026-01-01'::timestamptz, 'a', 'a') AS x FROM generate_series(1, 5) AS g GROUP BY g) AS s",
	"merge(NULL::funnel_summary, NULL)", "merge('{}'::funnel_summary, NULL)", "merge('{}', '{}'::funnel_summary)", "funnel_summary_accum(NULL, NULL::funnel_summary)", "funnel_summary_combine(NULL, NULL)", "funnel_summary_serialize(NULL)", "funnel_summary_deserialize('', NULL)", "funnel_summary_deserialize(NULL, NULL)", "funnel_summary_final(NULL)", "funnel_summary_depth(NULL)", "funnel_summary_outcome(NULL)", "funnel_summary_rollup_final(NULL)",
	map { my $f = $_; map { $f =~ s/\bx\b/$_/r } "'{}'::funnel_summary", 'NULL::funnel_summary', "(SELECT funnel(1, '2026-01-01'::timestamptz, 'a', 'a'))", "(SELECT funnel(g, '2026-01-01'::timestamptz + h * interval '1 hour', CASE WHEN h % 2 = 0 THEN 'a' ELSE 'b' END, 'a & b & c') FROM generate_series(1, 5) AS g, generate_series(1, 5) AS h)" }
		'report(x)', 'report(x, 0.9999999999999999)', 'report(x, 5e-324)', "report(x, 0.95, '?')", 'compare(x, x)', 'compare(x, NULL)', 'estimate(x)', 'n(x)', 'effective_n(x)', 'low(x)', 'high(x, 0)', 'minimum_base(x, -9223372036854775807)', 'minimum_base(x, NULL)', 'chart(x)', 'chart(x, -2147483648)', 'chart(x, 2147483647)', 'svg(x)', 'completion(x)', 'abandonment(x)', 'step_rate(x, 0, 0)', 'step_rate(x, 1, 2147483647)', 'step_rate(x, -2147483648, 1)', 'elapsed(x)', 'elapsed(x, -2147483648)', 'elapsed(x, 2)', 'open(x)', 'open_completed(x)', 'pattern(x)', 'merge(x, x)', '(x)::jsonb', 'funnel_summary_cmp(x, x)', 'funnel_summary_hash(x)');
survives('aggregates made of parts of a funnel', map { my ($args, $more, $call) = @$_; "BEGIN; CREATE AGGREGATE made($args) (SFUNC = $more, STYPE = internal, SSPACE = 224); SELECT made($call) IS NULL FROM generate_series(1, 3) AS g; SELECT made($call) FROM generate_series(1, 3) AS g GROUP BY g" }
	[ 'bigint, timestamptz, text, step_pattern', 'funnel_summary_accum, FINALFUNC = funnel_summary_final', "g, '2026-01-01', 'a', 'a > b'" ], [ 'timestamptz, text, step_pattern', 'funnel_summary_single, FINALFUNC = funnel_summary_final, FINALFUNC_MODIFY = READ_WRITE', "'2026-01-01', 'a', 'a > b'" ],
	[ 'funnel_summary', 'funnel_summary_accum, FINALFUNC = funnel_summary_rollup_final', "'{}'" ], [ 'text, timestamptz, text, step_pattern', 'funnel_summary_accum, FINALFUNC = funnel_summary_outcome', "g::text, '2026-01-01', 'a', 'a > b'" ]);
# Tasks: the ends of every argument, and whatever SQL lets call the parts
survives('tasks', map { "SELECT $_" } 'task(NULL)', 'task(NULL, NULL::interval, NULL, NULL)', "task(true, '5e-324'::float8, '5e-324', '5e-324')", "task(true, '-0'::float8, '-0', '-0')", 'task(true, 9223372036.854775, 1e9, 1e9)', "task(true, '1e308'::float8)", "task(true, 1, '-Infinity')", "task(true, 1, 1, 'NaN')", "task(true, '178000000 years'::interval)", 'task(true) OVER ()',
	'task(g % 3 = 0, g, g, 1e9) FROM generate_series(1, 200) AS g', 'task(g % 3 = 0, g) OVER (ORDER BY g ROWS 3 PRECEDING) FROM generate_series(1, 200) AS g', 'rollup(NULL::task_summary)', 'merge(NULL::task_summary, NULL)', 'task_summary_accum(NULL, true)', 'task_summary_accum(NULL, NULL::task_summary)', 'task_summary_combine(NULL, NULL)', 'task_summary_serialize(NULL)', "task_summary_deserialize('', NULL)", 'task_summary_deserialize(NULL, NULL)', 'task_summary_final(NULL)',
	map { my $f = $_; map { $f =~ s/\bx\b/$_/gr } 'NULL::task_summary', q('{"completed": 0, "abandoned": 0, "undecided": 0}'::task_summary), '(SELECT task(NULL))', '(SELECT task(true, 0, 0, 0))', '(SELECT task(true, 0.000000001, 1e9, 1e-6))', '(SELECT task(true, 9223372036.854775, 1))', '(SELECT task(false, 5, 1e9, 1e9))', '(SELECT task(g % 3 = 0, g * 0.3, g % 2, g) FROM generate_series(1, 200) AS g)',
		q~'{"completed": 4398046511104, "abandoned": 4398046511104, "undecided": 4398046511104, "errors": {"attempts": 13194139533312, "attempts_with_some": 13194139533312, "sum": 26388279066624, "square_sum": 52776558133248}}'::task_summary~ }
		'report(x)', 'report(x, 0.9999999999999999)', 'report(x, 5e-324)', 'report(x, 1e-17)', "report(x, 0.95, '?')", 'compare(x, x)', 'compare(x, x, 0.9999999999999999)', 'compare(x, x, 5e-324)', 'compare(x, (SELECT task(true, 3, 2, 1)))', 'compare((SELECT task(false, 3, 0, 1)), x)', 'compare(x, NULL)', 'estimate(x)', 'n(x)', 'effective_n(x)', 'low(x)', 'high(x, 0)', 'minimum_base(x, -9223372036854775807)', 'minimum_base(x, NULL)', 'chart(x)', 'chart(x, -2147483648)', 'svg(x)',
		'undecided(x)', 'completion(x)', 'abandonment(x)', 'attempts_with_errors(x)', 'time_on_task(x)', 'time_to_abandonment(x)', 'errors_per_attempt(x)', 'actions_per_attempt(x)', 'goals_per_minute(x)', 'relative_efficiency(x)', 'x + x', 'x::text::task_summary', 'x::jsonb');
survives('aggregates made of parts of a task', map { my ($args, $call) = @$_; "BEGIN; CREATE AGGREGATE made($args) (SFUNC = task_summary_accum, FINALFUNC = task_summary_final, STYPE = internal); SELECT made($call) IS NULL FROM generate_series(1, 300) AS g; SELECT made($call) FROM generate_series(1, 3) AS g GROUP BY g; ROLLBACK" }
	[ 'boolean', 'true' ], [ 'boolean, interval', "true, '1 s'" ], [ 'boolean, float8, float8, float8', 'true, g, g, g' ], [ 'task_summary', q('{"completed": 0, "abandoned": 0, "undecided": 0}') ]);
# Journeys, and states of them
survives('journeys', map { "SELECT $_" } "journey(NULL::timestamptz, NULL)", "journey('infinity'::timestamptz, 'a')", "journey('-infinity'::timestamp, 'a')", "journey('4714-11-24 00:00:00+00 BC'::timestamptz, '')", "journey('2026-01-01'::timestamptz, repeat('x', 3000000))", "journey('2026-01-01'::timestamptz, repeat('x', 2000 + g)) FROM generate_series(1, 2000) AS g", "journey('2026-01-01'::timestamptz, g::text) FROM generate_series(1, 65536) AS g", "journey('2026-01-01'::timestamptz, 'a') OVER (ORDER BY g) FROM generate_series(1, 9) AS g",
	"event_journey_accum(NULL, NULL::timestamptz, NULL)", "event_journey_accum(NULL, '2026-01-01'::timestamptz, 'a')", "event_journey_accum(NULL, NULL::event_journey)", "event_journey_accum(NULL, '{}'::event_journey)", "event_journey_combine(NULL, NULL)", "event_journey_serialize(NULL)", "event_journey_deserialize('', NULL)", "event_journey_deserialize(NULL, NULL)", "event_journey_final(NULL)",
	"event_journey(NULL, NULL)", "event_journey('{}', '{a}')", "event_journey('{{2026-01-01}}', '{{a}}')", "event_journey('{infinity}', '{a}')", "event_journey(array_fill('2026-01-01'::timestamptz, '{1000000}'), array_fill(NULL::text, '{1000000}'))", "session_number('2026-01-01'::timestamptz, '1 s')", "session_number('infinity'::timestamptz, '1 s') OVER ()", "session_number(t, '178000000 days') OVER (ORDER BY t) FROM (VALUES ('-infinity'::timestamptz), ('infinity')) AS v(t)", "session_number(NULL::timestamp, NULL) OVER ()",
	map { my $f = $_; map { $f =~ s/\bx\b/$_/gr } "'{}'::event_journey", 'NULL::event_journey', "(SELECT journey(t, 'a') FROM unnest('{4714-11-24 00:00:00+00 BC,294276-12-31 23:59:59.999999+00}'::timestamptz[]) AS t)", "(SELECT journey('2026-01-01'::timestamptz + g * g * interval '1 s', repeat(chr(97 + g % 5), g)) FROM generate_series(1, 300) AS g)" }
		'events(x)', 'event_count(x)', "occurrences(x, '')", "occurrences(x, repeat('a', 3000000))", 'first_at(x)', 'last_at(x)', 'duration(x)', "slice(x, '-infinity', 'infinity')", "slice(x, 'infinity', '-infinity')", "keep(x, '{}')", "keep(x, array_fill('a'::text, '{100000}'))", "keep(x, array_fill(NULL::text, '{2,2}'))", 'distinct_events(x)', "sessions(x, '0')", "sessions(x, '-1 s')", "sessions(x, '2147483647 days')", "sessions(x, '-2147483648 days')", "sessions(x, '1 month')", 'merge(x, x)', 'x + x + x', '(x)::json', '(x)::jsonb', 'event_journey_cmp(x, x)', 'event_journey_hash(x)');
survives('aggregates made of parts of a journey', map { my ($args, $more, $call) = @$_; "BEGIN; CREATE AGGREGATE made($args) (SFUNC = $more, STYPE = internal, SSPACE = 224); SELECT made($call) IS NULL FROM generate_series(1, 3) AS g; SELECT made($call) FROM generate_series(1, 3) AS g GROUP BY g; SELECT made($call) OVER (ORDER BY g ROWS 1 PRECEDING) FROM generate_series(1, 3) AS g" }
	[ 'timestamptz, text', 'event_journey_accum, FINALFUNC = event_journey_final', "'2026-01-01', g::text" ], [ 'timestamptz, text', 'event_journey_accum, FINALFUNC = event_journey_serialize', "'2026-01-01', g::text" ], [ 'event_journey', 'event_journey_accum, FINALFUNC = event_journey_final, FINALFUNC_MODIFY = READ_WRITE', "'{}'" ]);
# Flows and states: whatever SQL lets call them
my $trips = "(SELECT journey('2026-01-01'::timestamptz + h * interval '1 hour', chr(97 + (g * h) % 5)) AS j FROM generate_series(1, 9) AS g, generate_series(1, 9) AS h GROUP BY g) AS t";
survives('flows', map { "SELECT $_" } "flows(NULL, NULL, NULL)", "flows(NULL, 'a', 1)", "next_events(NULL, NULL)", "next_events(NULL, 'a > b', NULL)", "next_events(NULL, 'a > b within 1 day', '-infinity')", "flows(j, 'a', 100) OVER () FROM $trips", "rollup(x) OVER (ORDER BY x) FROM (SELECT flows(j, '*', 100) AS x FROM $trips GROUP BY j) AS s",
	"flows(j, '* > * > *', 100) FROM (SELECT journey(t, 'a') AS j FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz), ('294276-12-31 23:59:59.999999+00'), ('294276-12-31 23:59:59.999999+00'), ('2026-01-01')) AS v(t)) AS s", "next_events(j, 'a > b within 106751991 days', '294276-12-31 23:59:59.999999+00') FROM (SELECT journey(t, 'a') AS j FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz), ('294276-12-31 23:59:59.999999+00')) AS v(t)) AS s",
	"flows(j, 'a', 3) FROM (SELECT journey('2026-01-01'::timestamptz + g * interval '1 second', CASE g WHEN 1 THEN 'a' ELSE repeat('x', 3000000) END) AS j FROM generate_series(1, 3) AS g) AS s",
	"merge(NULL::flow_summary, NULL)", "merge('{}'::flow_summary, NULL)", "merge('{}', '{}'::flow_summary)", "flow_summary_accum(NULL, NULL::flow_summary)", "flow_summary_combine(NULL, NULL)", "flow_summary_serialize(NULL)", "flow_summary_deserialize('', NULL)", "flow_summary_deserialize(NULL, NULL)", "flow_summary_final(NULL)", "flow_summary_flows(NULL, NULL, NULL, NULL)", "flow_summary_next(NULL, NULL, NULL)", "flow_summary_next(NULL, NULL, NULL, NULL)",
	(map { my $f = $_; map { $f =~ s/\bx\b/$_/gr } "'{}'::flow_summary", 'NULL::flow_summary', "(SELECT flows(j, 'a', 100) FROM $trips)", "(SELECT flows(j, 'none', 1) FROM $trips)", "(SELECT next_events(j, 'a > b > a & c') FROM $trips)", "(SELECT next_events(j, 'a & b & c & d & e & f') FROM $trips)" }
		'report(x)', 'n(x)', 'pattern(x)', 'minimum_base(x, -9223372036854775807)', 'minimum_base(x, 9223372036854775807)', 'minimum_base(x, NULL)', 'chart(x)', 'chart(x, -2147483648)', 'chart(x, 2147483647)', 'chart(x, 300)', 'svg(x)', 'merge(x, x)', '(x)::jsonb', 'flow_summary_cmp(x, x)', 'flow_summary_hash(x)'),
	(map { my $j = $_; ("state_at($j, NULL)", (map { ("state_durations($j, $_)", "state_at($j, $_)") } "'infinity'", "'-infinity'", "'4714-11-24 00:00:00+00 BC'", "'294276-12-31 23:59:59.999999+00'"), "state_durations($j)", "state_durations($j, NULL)", "transitions($j)") } 'NULL', "(SELECT j FROM $trips LIMIT 1)", "(SELECT journey(t, 'a') FROM (VALUES ('4714-11-24 00:00:00+00 BC'::timestamptz), ('294276-12-31 23:59:59.999999+00')) AS v(t))"));
survives('aggregates made of parts of a flow', map { my ($args, $more, $call) = @$_; "BEGIN; CREATE AGGREGATE made($args) (SFUNC = $more, STYPE = internal, FINALFUNC = flow_summary_final, SSPACE = 224); SELECT made($call) IS NULL FROM $trips; SELECT made($call) FROM $trips GROUP BY j" }
	[ 'event_journey, step_pattern, integer', 'flow_summary_flows', "j, 'a', 5" ], [ 'event_journey, step_pattern', 'flow_summary_next', "j, 'a > b'" ], [ 'flow_summary', 'flow_summary_accum', "'{}'" ]);
survives('retention', map { "SELECT $_" } "retention(NULL::bigint, NULL::timestamptz, NULL)", "retention(1, NULL::date, 'day')", "retention(NULL::text, '2026-01-01'::timestamp, 'a', 'a', 'a', 'day')", "retention(1, 'infinity'::date, 'day')", "retention(1, '5874897-12-31'::date, 'day')", "retention(1, '4714-11-24 BC'::date, 'month')",
	(map { my $zone = $_; map { ("retention(1, t, '$_', '$zone') FROM unnest('{4714-11-24 00:00:00+00 BC,4713-01-01 00:00:00+00 BC}'::timestamptz[]) AS t", "retention(1, '294276-12-31 23:59:59.999999+00'::timestamptz, '$_', '$zone')", "(report(retention(1, '294276-12-31 23:59:59.999999+00'::timestamptz, '$_', '$zone')))", "chart(retention(1, '4714-11-24 00:00:00+00 BC'::timestamptz, '$_', '$zone'))", "report((SELECT retention(1, '4714-11-24 00:00:00+00 BC'::timestamptz, '$_', '$zone')), false, '4714-11-24 00:00:00+00 BC')") } qw(day week month) } 'UTC', 'Pacific/Kiritimati', 'Pacific/Niue', 'Europe/Rome'),
	"retention(g, '2000-01-01'::date + g * 1000, 'month') FROM generate_series(-3000, 3000) AS g", "retention(g, '2000-01-01'::timestamptz + g * interval '60 days', 'month', 'Europe/Rome') FROM generate_series(-1800, 1800) AS g", "retention(1, '2026-01-01'::timestamptz, repeat('x', 1000000))", "retention(1, '2026-01-01'::timestamptz, 'day', repeat('x', 1000000))", "retention(1, '2026-01-01'::timestamptz, 'day', '../../etc/passwd')", "retention(repeat('x', 3000000), '2026-01-01'::timestamptz, 'a', repeat('a', 1001), 'b', 'day')", "retention(1, '2026-01-01'::timestamptz, 'day') OVER ()",
	"retention_summary_final(NULL)", "retention_summary_rollup_final(NULL)", "retention_summary_accum(NULL, NULL::retention_summary)", "retention_summary_combine(NULL, NULL)", "retention_summary_serialize(NULL)", "retention_summary_deserialize('', NULL)", "rollup(NULL::retention_summary)", "merge(NULL::retention_summary, NULL)",
	map { my $f = $_; map { $f =~ s/\bx\b/$_/r } 'NULL::retention_summary', "(SELECT retention(g, '2026-01-01'::date + h * g, 'week') FROM generate_series(1, 5) AS g, generate_series(1, 5) AS h)", q~'{"period": "day", "timezone": "UTC", "latest": "2026-04-02T00:00:00Z"}'::retention_summary~, q~'{"period": "month", "timezone": "UTC", "first": "a", "return": "b", "latest": "294276-12-31T23:59:59.999999Z", "start": "2026-04-01", "periods": 1, "sizes": [0,72057594037927935], "active": [], "last": [], "gaps": []}'::retention_summary~ }
		'report(x)', 'report(x, NULL)', 'report(x, true, NULL, NULL)', "report(x, true, '4714-11-24 00:00:00+00 BC')", "report(x, false, '4714-11-24 00:00:00+00 BC')", "report(x, false, '294276-12-31 23:59:59.999999+00')", "report(x, false, 'infinity')", 'report(x, false, NULL, 5e-324)', 'curve(x)', "curve(x, true, '2030-01-01')", 'lifecycle(x)', "lifecycle(x, '-infinity')", 'stickiness(x)', 'stickiness(x, 0)', 'stickiness(x, 3660)', 'stickiness(x, 2147483647)', 'retained(x, 0)', 'retained(x, -1)', 'retained(x, 3659)', 'retained(x, NULL)', 'n(x)', 'latest(x)', 'minimum_base(x, 1)', 'chart(x)', 'chart(x, 2147483647)', 'chart(x, 40)', 'svg(x)', 'x + x', 'x::jsonb', 'x = x');
# Confidences next to the ends, where a quantile is far away or nearly nothing
survives('confidences next to the ends', map { my $c = $_; map { "SELECT $_" } map { my $x = $_; ("report($x, $c)", "compare($x, $x, $c)", "benchmark($x, 1, $c)") } 'nps_summary(5, 3, 2)', "likert_summary(1, '{1,2,3}')", 'rate_summary(3, 4)', 'rate_summary(0, 4)', 'nps_summary(5, 0, 0)', "likert_summary(1, '{0,2,0}')", 'sample_summary(5, 3, 2)', 'sample_summary(2, 3, 2)', '(SELECT ratio(g, 1 + g % 2) FROM generate_series(1, 3) AS g)' } "'5e-324'", '1e-17', '0.9999999999999999', '0.5');

survives('of durations, too', map { my $c = $_; map { my $x = "timing_summary '$_'"; map { "SELECT $_" } "report($x, $c)", "estimate($x, $c)", "survival_curve($x, $c)", "compare_ratio($x, $x, $c)", "benchmark($x, 1, $c)" } '{"finished": [1, 2, 5]}', '{"finished": [1, 2, 5], "unfinished": [3]}', '{"finished": [1]}' } "'5e-324'", '1e-17', '0.9999999999999999', '0.5');
is(psql('SELECT alive FROM alive'), 't', 'no process of the server crashed');
done_testing;
