#!/usr/bin/perl
# What nobody means to do must give an error or a value, and neither end the server nor change what
# was passed in: private functions called by hand, aggregates made of them, huge input.
use strict;
use warnings;
use Test::More;

sub psql
{
	my $script = shift;
	open my $in, '>', "$ENV{CXUX_TMP}/hostile.in" or die $!;
	print $in $script;
	close $in;
	my $output = `psql -X -q -A -t -v VERBOSITY=terse <$ENV{CXUX_TMP}/hostile.in 2>&1`;
	chomp $output;
	return $output;
}

# A server that recovers from a crash empties unlogged tables.
psql('CREATE UNLOGGED TABLE alive AS SELECT true AS alive');

sub survives
{
	my ($what, @statements) = @_;
	my @crashed;
	for my $statement (@statements)
	{
		my $output = psql($statement);
		next unless $output =~ /server closed the connection|terminat|recovery|cache lookup|invalid memory/;
		push @crashed, $statement =~ s/\s+/ /gr =~ s/(.{200}).*/$1/r;
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
);
survives('NULL as state', @null_state);
survives('NULL as state and answer', map { s/9, 1|3(::\w+)?, 1, 5(, 2)?|true(, 2)?/my $x = $&; $x =~ s{\b[93]\b|true}{NULL}; $x/er } @null_state);
survives('aggregates without an initial state', map { my ($args, $sfunc, $stype, $call) = @$_; "BEGIN; CREATE AGGREGATE bare($args) (SFUNC = $sfunc, STYPE = $stype); SELECT bare($call) FROM generate_series(1, 3); SELECT bare($call) OVER (ROWS 1 PRECEDING) FROM generate_series(1, 3); ROLLBACK" }
	[ 'float8, float8', 'nps_summary_accum', 'nps_summary', '9, 2' ], [ 'float8, float8', 'nps_summary_remove', 'nps_summary', '9, 2' ], [ 'int', 'nps_summary_accum', 'nps_summary', '9' ],
	[ 'int, int, int', 'likert_summary_accum', 'likert_summary', '3, 1, 5' ], [ 'float8, int, int, float8', 'likert_summary_accum', 'likert_summary', '3, 1, 5, 2' ], [ 'float8, int, int, float8', 'likert_summary_remove', 'likert_summary', '3, 1, 5, 2' ],
	[ 'boolean', 'rate_summary_accum', 'rate_summary', 'true' ], [ 'boolean, float8', 'rate_summary_accum', 'rate_summary', 'true, 2' ], [ 'boolean', 'rate_summary_remove', 'rate_summary', 'true' ],
	[ 'nps_summary', 'merge', 'nps_summary', "nps_summary(1, 1, 1)" ], [ 'likert_summary', 'merge', 'likert_summary', "likert_summary(1, '{1,1}')" ], [ 'rate_summary', 'merge', 'rate_summary', 'rate_summary(1, 1)' ],
	[ 'nps_summary', 'subtract', 'nps_summary', "nps_summary(1, 1, 1)" ], [ 'likert_summary', 'likert_summary_remove', 'likert_summary', "likert_summary(1, '{1,1}')" ]);

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
CREATE TABLE kept AS SELECT nps_summary(1, 2, 3) AS n, likert_summary(1, '{1,2,3}') AS l, likert(2, 1, 3, 0.5) AS w, rate_summary(1, 2, 3) AS r;
DO $$
DECLARE
	n nps_summary; l likert_summary; w likert_summary; r rate_summary;
	n0 text; l0 text; w0 text; r0 text;
BEGIN
	SELECT * INTO n, l, w, r FROM kept;
	n0 := n; l0 := l; w0 := w; r0 := r;
	PERFORM nps_summary_accum(n, 9::smallint), nps_summary_accum(n, 9), nps_summary_accum(n, 9::float8), nps_summary_accum(n, 9, 2), nps_summary_combine(n, n), merge(n, n), n - n, nps_summary_final(n);
	PERFORM likert_summary_accum(l, 1::smallint, 1, 3), likert_summary_accum(l, 1, 1, 3), likert_summary_accum(l, 1::float8, 1, 3), likert_summary_accum(l, 1, 1, 3, 2), likert_summary_combine(l, l), merge(l, w), l - l, likert_summary_final(l);
	PERFORM likert_summary_accum(w, 1::smallint, 1, 3), likert_summary_accum(w, 1, 1, 3, 2), likert_summary_combine(w, w), merge(w, l), w - w;
	PERFORM rate_summary_accum(r, true), rate_summary_accum(r, NULL, 2), rate_summary_combine(r, r), merge(r, r), r - r, rate_summary_final(r);
	IF n::text <> n0 OR l::text <> l0 OR w::text <> w0 OR r::text <> r0 THEN
		RAISE 'changed % % % %', n, l, w, r;
	END IF;
END $$;
WITH s AS MATERIALIZED (SELECT * FROM kept), t AS (SELECT rollup(n), rollup(l), rollup(w), rollup(r), rollup(n) OVER () FROM (SELECT * FROM s UNION ALL SELECT * FROM s) AS u GROUP BY u.n)
SELECT CASE WHEN s *= kept THEN 'unchanged' ELSE 'changed' END FROM s, kept, t;
SQL
is(psql(q{WITH s AS MATERIALIZED (SELECT nps_summary(1, 1, 1) AS x, likert(2, 1, 3, 2) AS y) SELECT nps_summary_accum(x, 9), x, likert_summary_accum(y, 1, 1, 3, 3), y FROM s}) =~ s/"//gr,
	'{promoters: 2, passives: 1, detractors: 1}|{promoters: 1, passives: 1, detractors: 1}|{low: 1, high: 3, counts: [1, 1, 0], weights: [3, 2, 0], squares: [9, 4, 0]}|{low: 1, high: 3, counts: [0, 1, 0], weights: [0, 2, 0], squares: [0, 4, 0]}',
	'a shared value is not counted into');
# Rows, groups and frames that share a value do not share a state
is(psql(q{SELECT DISTINCT string_agg(x::text, ' ') FROM (SELECT rollup(s) AS x FROM (SELECT nps_summary(1, 0, 0) AS s) AS q, generate_series(1, 6) AS g GROUP BY g % 3) AS r}) =~ s/"//gr, '{promoters: 2, passives: 0, detractors: 0} ' x 2 . '{promoters: 2, passives: 0, detractors: 0}', 'groups do not share a state');
is(psql(q{SELECT count(DISTINCT x::text) FROM (SELECT nps(9, 1) OVER (ORDER BY g) AS x FROM generate_series(1, 50) AS g) AS r}), '50', 'rows of a growing window keep their own value');
is(psql(q{SELECT count(DISTINCT x::text) FROM (SELECT likert(1 + g % 5, 1, 5) OVER (ORDER BY g) AS x FROM generate_series(1, 50) AS g OFFSET 0) AS r}), '50', 'rows of a growing window keep their own scale');
is(psql(q{SELECT count(*) FROM (SELECT x, lag(x) OVER (ORDER BY g) AS before FROM (SELECT g, nps(g % 11) OVER (ORDER BY g ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS x FROM generate_series(1, 60) AS g) AS r) AS s WHERE x = before}), psql(q{SELECT count(*) FROM (SELECT x, lag(x) OVER (ORDER BY g) AS before FROM (SELECT g, (SELECT nps(h % 11) FROM generate_series(greatest(1, g - 3), g) AS h) AS x FROM generate_series(1, 60) AS g) AS r) AS s WHERE x = before}), 'windows over windows see each value as it was');
is(psql(q{SELECT nps(a), nps(a), nps(a) FILTER (WHERE a > 8), rate(a > 8), rate(a > 8) FROM (VALUES (9), (3)) AS v(a)}) =~ s/"//gr, '{promoters: 1, passives: 0, detractors: 1}|{promoters: 1, passives: 0, detractors: 1}|{promoters: 1, passives: 0, detractors: 0}|{successes: 1, failures: 1, undecided: 0}|{successes: 1, failures: 1, undecided: 0}', 'aggregates that share a state read it only');
is(psql(q{SELECT count(*) FROM (SELECT g % 7 AS a, g % 5 AS b, nps(g % 11, 0.5), likert(g % 11, 0, 10, 0.5), rate(g % 2 = 0) FROM generate_series(1, 5000) AS g GROUP BY CUBE (1, 2)) AS s}), '48', 'grouping sets');
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
	'a long fraction' => q~'{"promoters": 1.' || repeat('0', 3000000) || '1, "passives": 1, "detractors": 1}'~,
	'a long name' => q~'{"' || repeat('p', 3000000) || '": 1}'~,
	'a long text' => q~'"' || repeat('x', 3000000) || '"'~,
);
for my $what (sort keys %huge)
{
	for my $type (qw(nps_summary likert_summary rate_summary))
	{
		my $output = psql("SELECT ($huge{$what})::$type");
		like(substr($output, 0, 1000), qr/ERROR:  (invalid input syntax|stack depth limit|.*out of range)/, "$what is an error of $type");
	}
}
is(psql(q~SELECT ('{"promoters": 1.' || repeat('0', 1000000) || ', "passives": ' || repeat(' ', 1000000) || '1, "detractors": 1}')::nps_summary~) =~ s/"//gr, '{promoters: 1, passives: 1, detractors: 1}', 'a long way to write 1');
is(psql(q{SELECT within_scale(repeat('9', 3000000), 0, 10), within_scale(repeat(' ', 3000000) || '9', 0, 10), on_scale('x', array_fill('y'::text, '{200000}') || 'x'::text)}), '|9|200001', 'long answers');

# The ends of integers
survives('limits of integers', map { "SELECT $_" }
	'likert(-32768, -32768, -32668)', 'likert(32767, 32667, 32767)', 'likert(32767, 32667, 32767, 2)', 'likert(0, -2147483648, 2147483647)', 'likert(0, 2147483647, -2147483648)',
	'nps(-2147483648)', 'nps((-32768)::smallint)', 'nps(9223372036854775807)', "nps('1e308'::float8)", "nps('-0'::float8)", "nps('5e-324'::float8)", "nps(9, '5e-324'::float8)",
	"chart(likert(32767, 32667, 32767))", "svg(likert(-32768, -32768, -32668))", "report(likert_summary(-32768, array_fill(72057594037927935, '{101}')))", "chart(likert_summary(-32768, array_fill(72057594037927935, '{101}')), 40)",
	"report(nps_summary(72057594037927935, 72057594037927935, 72057594037927935))", "distribution(likert_summary(0, array_fill(72057594037927935, '{101}')))", "net(likert_summary(-32768, array_fill(1::bigint, '{101}')), 50)",
	"to_nps(likert_summary(0, array_fill(72057594037927935, '{11}')))", 'rate_summary(9223372036854775807, 9223372036854775807)', 'rate_summary(-9223372036854775808, 9223372036854775807)', 'nps_summary(-9223372036854775808, 0, 0)',
	"benchmark(rate_summary(72057594037927935, 144115188075855870), 0.5)", "compare(rate_summary(1, 144115188075855870 / 2), rate_summary(72057594037927935, 72057594037927935))", 'event_rate(9223372036854775807, 1e-300)', "event_rate(1, '5e-324'::float8)",
	'within_scale(2147483647, -2147483648, 2147483647)', "within_scale('2147483648'::text, -2147483648, 2147483647)", "within_scale('-2147483648', -2147483648, 2147483647)");
# Confidences next to the ends, where a quantile is far away or nearly nothing
survives('confidences next to the ends', map { my $c = $_; map { "SELECT $_" } map { my $x = $_; ("report($x, $c)", "compare($x, $x, $c)", "benchmark($x, 1, $c)") } 'nps_summary(5, 3, 2)', "likert_summary(1, '{1,2,3}')", 'rate_summary(3, 4)', 'rate_summary(0, 4)', 'nps_summary(5, 0, 0)', "likert_summary(1, '{0,2,0}')" } "'5e-324'", '1e-17', '0.9999999999999999', '0.5');

is(psql('SELECT alive FROM alive'), 't', 'no process of the server crashed');
done_testing;
