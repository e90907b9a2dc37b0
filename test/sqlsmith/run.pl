#!/usr/bin/perl
# SQLsmith makes up queries for SQLSMITH_SECONDS on a server with assertions: it must not end, nor
# may what belongs to the extension end in an internal error. Called by sqlsmith.sh. SQLSMITH_SEED
# makes up the same queries again. SQLSMITH_LOG names a file that keeps the server's log.
use strict;
use warnings;
use Test::More;

my $seconds = $ENV{SQLSMITH_SECONDS} // 1200;
my $seed = $ENV{SQLSMITH_SEED} // time;
my $log = "$ENV{CXUX_TMP}/../data/log";
my $here = "$ENV{CXUX_ROOT}/test/sqlsmith";

sub psql
{
	my @arguments = @_;
	open my $out, '-|', 'psql', qw(-X -q -A -t -v ON_ERROR_STOP=1 -d smith), @arguments or die $!;
	my @lines = <$out>;
	close $out or die "psql @arguments failed\n";
	chomp @lines;
	return @lines;
}

system("createdb smith && psql -X -q -d smith -c 'CREATE EXTENSION cxux'") == 0 or die;
system("psql -X -q -v ON_ERROR_STOP=1 -d smith -f '$ENV{CXUX_ROOT}/demo/$_' >'$ENV{CXUX_TMP}/demo.out'") == 0 or die for qw(company.sql report.sql journeys.sql loyalty.sql touchpoints.sql views.sql);
psql('-f', "$here/database.sql");
my %ours = map { $_ => 1 } psql('-c', 'SELECT DISTINCT proname FROM smith.pg_proc WHERE ours');
my ($functions) = psql('-c', "SELECT count(*) FROM smith.pg_proc WHERE ours AND prokind <> 'a'");
cmp_ok(scalar keys %ours, '>', 150, 'there is something to call');

# The queries come on its standard output, one after the other.
my ($queries, $using, %called) = (0, 0);
my $end = time + $seconds;
my $query = '';
diag "seed $seed";
while (time < $end)
{
	my @command = ('timeout', $end - time, 'sqlsmith', "--target=host=$ENV{PGHOST} dbname=smith user=smith",
		'--exclude-catalog', '--dump-all-queries', "--seed=$seed");
	open my $pipe, '-|', @command or die $!;
	while (<$pipe>)
	{
		$query .= $_;
		next unless /;\s*$/;
		$queries++;
		my %names = map { $_ => 1 } grep { $ours{$_} } $query =~ /\bpublic\.(\w+)\s*\(/g;
		$using++ if %names;
		$called{$_}++ for keys %names;
		$query = '';
	}
	close $pipe;
	$seed++;
	sleep 1;
}

my ($alive) = psql('-c', 'SELECT 1');
is($alive, '1', 'the server answers');
psql('-c', 'SELECT pg_stat_force_next_flush()');
my ($ran, $calls) = split /\|/, (psql('-c', 'SELECT count(*), sum(calls) FROM pg_stat_user_functions AS s JOIN smith.pg_proc AS p ON p.oid = s.funcid WHERE p.ours'))[0];

# What the server logged: "SQLSTATE SEVERITY:  SQLSTATE: message", "LOCATION:  function, file:line", "STATEMENT:  ..."
my %files = map { s{.*/}{}r => 1 } glob "$ENV{CXUX_ROOT}/src/*.c";
my (%states, %by_ours, @internal, @died, $error);
my $judge = sub {
	return unless $error;
	$states{ $error->{state} }++;
	my $is_ours = $files{ $error->{file} };
	$by_ours{ $error->{state} }++ if $is_ours;
	push @internal, "$error->{message} ($error->{where})\n$error->{statement}"
		if $error->{state} =~ /^XX/ && ($is_ours || grep { $ours{$_} } $error->{statement} =~ /\bpublic\.(\w+)\s*\(/g);
	undef $error;
};
system('cp', $log, $ENV{SQLSMITH_LOG}) if $ENV{SQLSMITH_LOG};
open my $in, '<', $log or die "$log: $!";
while (<$in>)
{
	push @died, $_ if /TRAP: |PANIC: |terminated by signal|problem in |write past chunk end|reference leak/;
	if (/^(\w{5}) (?:ERROR|FATAL):  \w{5}: (.*)/)
	{
		$judge->();
		$error = { state => $1, message => $2, file => '', where => '', statement => '', in => '' };
	}
	elsif (/^(?:\w{5}) (\w+):  (.*)/)
	{
		$judge->() if $1 =~ /^(LOG|WARNING|NOTICE|INFO)$/;
		next unless $error;
		$error->{in} = $1;
		$error->{statement} = "$2\n" if $1 eq 'STATEMENT';
		@$error{qw(where file)} = ($2, $2 =~ /, ([\w.]+):/) if $1 eq 'LOCATION';
	}
	elsif ($error && $error->{in} eq 'STATEMENT')
	{
		$error->{statement} .= $_;
	}
}
$judge->();

diag sprintf '%d queries in %d seconds, %d of them (%.0f %%) call functions of cxux: %d of its %d names', $queries, $seconds, $using, 100 * $using / ($queries || 1), scalar keys %called, scalar keys %ours;
diag sprintf '%d of %d functions that are no aggregates ran, %d times', $ran, $functions, $calls;
diag 'errors by SQLSTATE (of these, raised by cxux): ' . join ', ', map { "$_ $states{$_} (" . ($by_ours{$_} // 0) . ')' } sort { $states{$b} <=> $states{$a} } keys %states;
is(join('', @died), '', 'no session died, no assertion failed, memory is whole');
is(join("\n", @internal), '', 'no internal error where cxux has a part');
cmp_ok($using, '>', $queries / 4, 'a quarter of the queries call functions of cxux');
cmp_ok($ran, '>', $functions / 2, 'half of its functions ran');
done_testing();
