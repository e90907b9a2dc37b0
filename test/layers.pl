#!/usr/bin/perl
# Who calls whom, as the compiled modules have it: calls go down only. Statistics know nothing of
# PostgreSQL, no two modules call each other, directly or by way of others, and what a module shows
# is used by another one, or by the tests of statistics.
use strict;
use warnings;
use lib 'test';
use Files;
use Test::More;

my $root = $ENV{CXUX_ROOT};
my ($make) = map { s/\\\n/ /gr } slurp("$root/Makefile");
my @statistics = split ' ', ($make =~ /^STATISTICS = (.*)$/m)[0];
my @modules = (@statistics, grep { $_ ne '$(STATISTICS)' } split ' ', ($make =~ /^MODULES_C = (.*)$/m)[0]);
is(join(' ', sort @modules), join(' ', sort map { m{(\w+)\.c$} } glob "$root/src/*.c"), 'every file of C is a module, once');

# What each module defines for others, and what it takes from elsewhere
my (%owner, %needs, %by);
for my $module (@modules)
{
	for (split /\n/, `nm '$ENV{CXUX_BUILD}/src/$module.o'`)
	{
		my ($kind, $symbol) = /(\w) (\w+)$/ or next;
		$owner{$symbol} = $module if $kind =~ /^[TDBR]$/;
		$needs{$module}{$symbol} = 1 if $kind eq 'U';
	}
}
cmp_ok(scalar keys %owner, '>', 1000, keys(%owner) . ' symbols of ' . @modules . ' modules');
for my $module (@modules)
{
	$by{$module}{ $owner{$_} } .= " $_" for grep { defined $owner{$_} && $owner{$_} ne $module } sort keys %{ $needs{$module} };
}

my %is_statistics = map { $_ => 1 } @statistics;
my @wrong = map { my $module = $_; map { "$module: $by{$module}{$_} of $_" } grep { !$is_statistics{$_} } sort keys %{ $by{$module} } } @statistics;
is("@wrong", '', 'statistics call statistics only');
@wrong = map { my $module = $_; map { "$module.c: $_" } slurp("$root/src/$module.c") =~ /^#include "((?:postgres|fmgr|utils|nodes|lib|catalog|executor|common|port|mb|access|miscadmin|access|libpq)[\/.].*)"/mg } @statistics;
is("@wrong", '', 'and include nothing of PostgreSQL');

# A cycle is found where a module is reached from itself.
my (%state, @path, @cycles);
sub visit
{
	my $module = shift;
	return if ($state{$module} // '') eq 'done';
	if (($state{$module} // '') eq 'open')
	{
		my ($from) = grep { $path[$_] eq $module } 0 .. $#path;
		push @cycles, join ' ', map { "$path[$_] calls" . $by{ $path[$_] }{ $_ == $#path ? $module : $path[ $_ + 1 ] } . ';' } $from .. $#path;
		return;
	}
	$state{$module} = 'open';
	push @path, $module;
	visit($_) for sort keys %{ $by{$module} // {} };
	pop @path;
	$state{$module} = 'done';
}
visit($_) for @modules;
is(join("\n", @cycles), '', 'no module calls one that calls it');

# The server finds functions of SQL by their names, and what pg_finfo_ stands before is one.
my $tests = join '', map { slurp($_) } glob "$root/test/distributions/*.c $root/test/statistics/*.c";
my %used = map { $_ => 1 } map { keys %{ $needs{$_} // {} } } @modules;
my @unused = grep { !$used{$_} && !/^(pg_finfo_|Pg_magic_func$)/ && !$owner{"pg_finfo_$_"} && $tests !~ /\b$_\b/ } sort keys %owner;
is("@unused", '', 'what a module shows is used by others');

# Functions of SQL are all declared in the scripts.
my $scripts = join '', map { slurp($_) } glob "$root/src/*.sql";
my @undeclared = grep { $scripts !~ /'$_'/ } map { /^pg_finfo_(\w+)/ } sort keys %owner;
is("@undeclared", '', 'every function for SQL is declared there');

done_testing;
