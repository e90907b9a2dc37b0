# For the tests of upgrades: what was frozen of each release, and what a library offers.
package UpgradeFiles;
use strict;
use warnings;
use Digest::SHA;
use Exporter qw(import);

our @EXPORT = qw(releases frozen_files checksum symbols_of symbols_in);

# The released versions, the oldest first
sub releases
{
	my $root = shift;
	my %key = map { m{/([0-9.]+)/SHA256SUMS$} ? ($1 => join '.', map { sprintf '%05d', $_ } split /\./, $1) : () } glob "$root/test/upgrade/*/SHA256SUMS";
	return sort { $key{$a} cmp $key{$b} } keys %key;
}

# What a release freezes, as paths in the checkout
sub frozen_files
{
	my ($root, $version) = @_;
	return map { substr $_, 1 + length $root } glob("$root/upgrade/cxux--$version.sql $root/upgrade/cxux--*--$version.sql $root/test/golden/*.hex"), map { "$root/test/upgrade/$version/$_" } qw(values answers symbols);
}

sub checksum
{
	return Digest::SHA->new(256)->addfile(shift, 'b')->hexdigest;
}

# The functions that a library offers to SQL
sub symbols_of
{
	my $library = shift;
	my %defined = map { (split ' ')[-1] => 1 } `nm -D --defined-only '$library'`;
	return sort grep { $defined{"pg_finfo_$_"} } keys %defined;
}

# Those that a script names
sub symbols_in
{
	my %named = map { $_ => 1 } shift =~ /\bAS\s+'MODULE_PATHNAME'\s*,\s*'(\w+)'/g;
	return sort keys %named;
}

1;
