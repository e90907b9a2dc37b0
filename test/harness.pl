#!/usr/bin/perl
# Runs every test as a TAP program and prints "N passed, N failed, N skipped" as the last line.
# Called by run.sh with the server's environment (see server.sh); the current directory is the
# checkout. Every program gets a database of its own, a copy of cxux_template, as PGDATABASE.
#
#     bash test/server.sh run perl test/harness.pl test/funnel.sql ...   runs these alone
use strict;
use warnings;
use TAP::Harness;

$| = 1;
my (@names, %command);

sub add
{
	my ($name, @command) = @_;
	push @names, $name;
	$command{$name} = \@command;
}

sub add_with_database
{
	my ($name, @command) = @_;
	(my $database = "test_$name") =~ s/\W/_/g;
	add($name, 'sh', '-c', 'createdb -T cxux_template "$1" && export PGDATABASE="$1" && shift && exec "$@"',
		'sh', $database, @command);
}

my %interpreter = (
	sql => [qw(psql -X -q -A -t -v ON_ERROR_STOP=1 -f)],
	pl => ['perl'],
	# Those of test/tools.
	py => [$ENV{CXUX_PYTHON} // 'python3'],
	mjs => ['node'],
	java => ['java', '-cp', $ENV{CXUX_CLASSPATH} // ''],
);
sub add_file
{
	my $file = shift;
	my ($kind) = $file =~ /\.(\w+)$/;
	add_with_database($file, @{ $interpreter{$kind} }, $file);
}

add('data', 'sh', 'test/data.sh');
add('format', 'sh', 'test/format.sh');
add($_, 'sh', 'test/statistics.sh', $_) for glob 'test/distributions/*.c test/statistics/*.c';
add("matching_$_", 'sh', 'test/matching.sh', $_) for qw(check sanitized mutants);
add('sql', 'sh', 'test/regress.sh');
add_file($_) for glob('test/*.sql'), grep { $_ ne 'test/harness.pl' } glob 'test/*.pl';
add_file($_) for qw(test/scale/fdw.pl test/scale/doc.pl test/scale/citus.pl);
if (@ARGV)
{
	# Those of other people's tools, and those that take long, run by name only, as tools.sh and scale.sh call them.
	add_file($_) for grep { m{^test/(tools|scale|faults)/} && -e && !$command{$_} } @ARGV;
	my %known = map { $_ => 1 } @names;
	$known{$_} or die "there is no test \"$_\"; there are: @names\n" for @ARGV;
	@names = @ARGV;
}

my $harness = TAP::Harness->new({
	jobs => $ENV{CXUX_JOBS} // 2,
	exec => sub { $command{ $_[1] } },
});

my (%output, @skipped);
$harness->callback(made_parser => sub {
	my ($parser, $job) = @_;
	my $name = $job->[1];
	$parser->callback(ALL => sub {
		my $result = shift;
		push @{ $output{$name} }, $result->raw;
		push @skipped, join ': ', grep { length } $name, $result->description =~ s/^- //r,
			$result->explanation if $result->is_test && $result->has_skip;
	});
});
my $aggregate = $harness->runtests(@names);

my ($passed, $failed, $skipped) = (0, 0, scalar @skipped);
for my $name (@names)
{
	my ($parser) = $aggregate->parsers($name);
	my $failures = $parser->failed;
	my $skips = $parser->skipped;
	$passed += $parser->passed - $skips;
	if ($parser->skip_all)
	{
		$skipped++;
		push @skipped, "$name: " . $parser->skip_all;
	}
	# A program that died, or ran fewer tests than it planned, failed once more.
	$failures = 1 if !$failures && ($parser->has_problems || !($parser->tests_run || $parser->skip_all));
	$failed += $failures;
	next unless $failures;
	print "\nfailed: $name\n";
	print "  $_\n" for grep { /^(not ok|#|Bail out)/ } @{ $output{$name} // [] };
	print "  ", $_, "\n" for $parser->parse_errors;
	print "  exit status ", $parser->exit, "\n" if $parser->exit;
}
print "\n" if @skipped;
print "skipped: $_\n" for @skipped;
open my $counted, '>', "$ENV{CXUX_TMP}/counted" or die $!;
print "\n$passed passed, $failed failed, $skipped skipped\n";
exit($failed > 0 || $passed == 0 ? 1 : 0);
