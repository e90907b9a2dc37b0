#!/usr/bin/perl
# Replays the cases that "make fuzz" (fuzz.sh) has collected, in the server as it is and without
# clang: nothing may be found, and they must still reach what they did. What was found once lies in
# fuzz/findings, each with a line above it that says what it was.
use strict;
use warnings;
use lib 'test';
use Files;
use Psql;
use Test::More;

my ($tmp, $root) = @ENV{qw(CXUX_TMP CXUX_ROOT)};

sub psql
{
	return Psql::psql(shift, '-v ON_ERROR_STOP=1 -v VERBOSITY=terse');
}

# The cases of a harness, in hexadecimal digits
sub cases
{
	my $harness = shift;
	return grep { !/^#/ } map { split /\n/, slurp($_) } grep { -e } map { "test/fuzz/$_/$harness.hex" } qw(corpus findings);
}

# Replays cases and gives the number of those that were values, and what was wrong with the others
my $replay = <<'SQL';
CREATE FUNCTION replayed(harness text, digits text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN fuzz_replay(harness, decode(digits, 'hex'));
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END
$$;
SQL

chomp(my $include = `$ENV{PG_CONFIG} --includedir-server`);
my $sources = join ' ', map { "$root/$_" } qw(test/fuzz/server.c test/fuzz/types.c test/fuzz/chunks.c), map { "src/$_.c" } qw(pattern pattern_parse pattern_compile span);
is(system("gcc -std=gnu11 -shared -fPIC -O1 -Wall -Wextra -Werror -ffp-contract=off -isystem $include -I$root/src -o $tmp/fuzz.so $sources"), 0, 'the harnesses are built');
is(psql("CREATE FUNCTION fuzz_replay(text, bytea) RETURNS boolean STRICT LANGUAGE c AS '$tmp/fuzz.so'; $replay; CREATE TABLE cases (harness text, digits text); CREATE TABLE replays (harness text, digits text, result text)"), '', 'and loaded');

my %taken_at_least = (pattern => 50, text => 100, binary => 100);
for my $harness (sort keys %taken_at_least)
{
	my @cases = cases($harness);
	# and of every type nothing at all
	push @cases, map { sprintf '%02x', $_ } 0 .. 13 if $harness ne 'pattern';
	cmp_ok(scalar @cases, '>', 100, "cases of the harness $harness");
	write_file("$tmp/fuzz_cases", map { "$harness\t$_\n" } @cases);
	is(psql("\\copy cases FROM '$tmp/fuzz_cases'\nINSERT INTO replays SELECT harness, digits, replayed(harness, digits) FROM cases WHERE harness = '$harness'"), '', 'all are tried');
	is(psql("SELECT count(*) FROM replays WHERE harness = '$harness' AND result NOT IN ('true', 'false')"), '0', 'nothing is found')
		or diag(psql("SELECT result, left(digits, 2000) FROM replays WHERE harness = '$harness' AND result NOT IN ('true', 'false') LIMIT 5"));
	cmp_ok(psql("SELECT count(*) FROM replays WHERE harness = '$harness' AND result = 'true'"), '>', $taken_at_least{$harness}, 'many are values');
}
my $types = psql(q{SELECT count(*) FROM pg_type AS t JOIN pg_depend AS d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e' WHERE typtype = 'b' AND typcategory <> 'A' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxux')});
for my $harness (qw(text binary))
{
	for my $result (qw(true false))
	{
		is(psql("SELECT count(DISTINCT left(digits, 2)) FROM replays WHERE harness = '$harness' AND result = '$result' AND get_byte(decode(left(digits, 2), 'hex'), 0) < $types"), $types, "$harness, $result: cases of every type");
	}
}

# What they would notice
my @broken = (
	[ 'binary', "CREATE OR REPLACE FUNCTION nps_summary_hash(nps_summary) RETURNS integer IMMUTABLE STRICT LANGUAGE sql AS 'SELECT 1 / (nps_summary_cmp(\$1, \$1))'" ],
	[ 'text', "CREATE OR REPLACE FUNCTION nps_summary_cmp(nps_summary, nps_summary) RETURNS integer IMMUTABLE STRICT LANGUAGE sql AS 'SELECT 1'" ],
	[ 'pattern', "CREATE OR REPLACE FUNCTION step_pattern_cmp(step_pattern, step_pattern) RETURNS integer IMMUTABLE STRICT LANGUAGE sql AS 'SELECT -1'" ]);
for (@broken)
{
	my ($harness, $how) = @$_;
	like(psql("BEGIN; $how; SELECT count(*) FROM (SELECT replayed(harness, digits) AS result FROM replays WHERE harness = '$harness' AND result = 'true' AND (harness = 'pattern' OR left(digits, 2) = '06')) AS r WHERE result NOT IN ('true', 'false')"), qr/^[1-9]/, "$harness: a wrong function is found");
}

# The matcher beside its slow other ways, by itself
my @matcher = map { "$root/$_" } qw(test/fuzz/matcher.c test/matching/brute.c test/matching/memory.c);
my $flags = "-std=gnu11 -O1 -g -Wall -Wextra -Werror -ffp-contract=off -I$root/test/matching/server -I$root/test/matching";
my $sanitize = '-fsanitize=address,undefined -fno-sanitize-recover=all';
system("echo 'int main(void) { return 0; }' | gcc $sanitize -x c -o $tmp/fuzz_empty - 2>/dev/null") == 0 or $sanitize = '';
write_file("$tmp/fuzz_cases", map { "$_\n" } cases('matcher'));
sub matcher
{
	my ($name, $from) = @_;
	my $built = system("gcc $flags $sanitize -I$from -o $tmp/$name @matcher " . join ' ', map { "$from/$_.c" } qw(match match_trace match_any match_runs pairing));
	return ($built, $built ? '' : scalar `$tmp/$name $tmp/fuzz_cases 2>&1`);
}
my ($built, $output) = matcher('fuzz_matcher', "$root/src");
is($built, 0, 'the harness of the matcher is built');
unlike($output, qr/finding|ERROR|runtime error/, 'nothing is found') or diag($output);
my %count = $output =~ /^(\w+) (\d+)$/mg;
cmp_ok($count{$_} // 0, '>', 50, "matcher: $_") for qw(lists long attempts completed), map { "depth$_" } 0 .. 5;
mkdir "$tmp/fuzz_mutant";
system("cp $root/src/*.h $root/src/match*.c $root/src/pairing.c $tmp/fuzz_mutant && sed -i 's/<= matcher->within/< matcher->within/' $tmp/fuzz_mutant/match.c");
($built, $output) = matcher('fuzz_mutant_matcher', "$tmp/fuzz_mutant");
is($built, 0, 'a mutant is built');
like($output, qr/^finding: |runtime error/m, 'and found');

done_testing;
