#!/usr/bin/perl
# META.json is what PGXN's specification (https://pgxn.org/spec/, version 1.0.0) asks for, and the archive
# of "make dist" makes the extension by itself: unpacked outside git, built, installed, asked.
use strict;
use warnings;
use lib 'test';
use File::Basename qw(dirname);
use File::Path qw(make_path);
use Files;
use IO::Uncompress::Unzip qw($UnzipError);
use JSON::PP;
use Test::More;

my $root = $ENV{CXUX_ROOT};
my $version_form = qr/(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-[A-Za-z][0-9A-Za-z-]*)?/;
my $term = qr{[^\s/\\\p{Cc}]{2,}};
my $range = qr/(?:(?:==|!=|>=|<=|>|<)?\s*(?:0|$version_form))/;

sub is_text { return defined $_[0] && !ref $_[0] && length $_[0] }

# What the specification finds wrong; "files" are those of the distribution.
sub faults
{
	my ($meta, $files) = @_;
	my @faults;
	my $check = sub { my ($fault, $holds) = @_; push @faults, $fault unless $holds };
	my %known = map { $_ => 1 } qw(name version abstract maintainer license provides meta-spec description generated_by tags no_index prereqs release_status resources);
	$check->("unknown key $_", $known{$_} || /^[xX]_/) for sort keys %$meta;
	$check->("no $_", is_text($meta->{$_})) for qw(name version abstract);
	$check->('name is no term', ($meta->{name} // '') =~ /^$term$/);
	$check->('version is not semantic', ($meta->{version} // '') =~ /^$version_form$/);
	for my $key (qw(description generated_by))
	{
		$check->("$key is no text", !exists $meta->{$key} || is_text($meta->{$key}));
	}
	my $maintainer = $meta->{maintainer};
	$check->('no maintainer', !grep({ !is_text($_) } ref $maintainer eq 'ARRAY' ? @$maintainer : $maintainer));
	my $license = $meta->{license};
	my %license = map { $_ => 1 } qw(agpl_3 apache_1_1 apache_2_0 artistic_1 artistic_2 bsd freebsd gfdl_1_2 gfdl_1_3 gpl_1 gpl_2 gpl_3 lgpl_2_1 lgpl_3_0 mit mozilla_1_0 mozilla_1_1 openssl perl_5 postgresql qpl_1_0 ssleay sun zlib open_source restricted unrestricted unknown);
	$check->('license is not on the list', is_text($license) && $license{$license});
	my $provides = ref $meta->{provides} eq 'HASH' ? $meta->{provides} : {};
	$check->('provides nothing', scalar(keys %$provides));
	for my $name (sort keys %$provides)
	{
		my $what = $provides->{$name};
		$check->("extension $name is no term", $name =~ /^$term$/);
		$check->("version of $name is not semantic", ($what->{version} // '') =~ /^$version_form$/);
		$check->("no file of $name", is_text($what->{file}));
		$check->("$_ of $name is not in the distribution", !defined $what->{$_} || $files->{ $what->{$_} }) for qw(file docfile);
		$check->("unknown key of $name", !grep({ !/^(?:file|version|abstract|docfile|[xX]_.*)$/ } keys %$what));
	}
	my $spec = $meta->{'meta-spec'};
	$check->('meta-spec has no version', ref $spec eq 'HASH' && ($spec->{version} // '') eq '1.0.0');
	$check->('url of meta-spec', !ref $spec || !defined $spec->{url} || $spec->{url} =~ m{^https?://pgxn\.org/(?:meta/spec\.txt|spec/?)$});
	$check->('release_status', !exists $meta->{release_status} || $meta->{release_status} =~ /^(?:stable|testing|unstable)$/);
	my $tags = $meta->{tags} // [];
	$check->('a tag', !grep({ !is_text($_) || length > 255 || m{[/\\\p{Cc}]} } @$tags));
	my $prereqs = $meta->{prereqs} // {};
	for my $phase (sort keys %$prereqs)
	{
		$check->("phase $phase", $phase =~ /^(?:configure|build|test|runtime|develop|[xX]_.*)$/);
		for my $relation (sort keys %{ $prereqs->{$phase} })
		{
			my $needs = $prereqs->{$phase}{$relation};
			$check->("relation $relation", $relation =~ /^(?:requires|recommends|suggests|conflicts|[xX]_.*)$/);
			$check->("version of $_", $needs->{$_} =~ /^\s*$range(?:\s*,\s*$range)*\s*$/) for sort keys %$needs;
		}
	}
	return join ', ', @faults;
}

sub changed
{
	my ($text, $change) = @_;
	my $meta = decode_json($text);
	$change->($meta);
	return $meta;
}

# META.json
my $text = slurp("$root/META.json");
my $meta = decode_json($text);
my ($version) = slurp("$root/cxux.control") =~ /^default_version\s*=\s*'([^']+)'/m;
my %here = map { $_ => 1 } grep { -e "$root/$_" } 'cxux.control', 'README.md', 'doc/nps.md';
is(faults($meta, \%here), '', 'META.json is valid');
is_deeply([ $meta->{version}, map { $_->{version} } values %{ $meta->{provides} } ], [ $version, $version ], 'its versions are that of the extension');
is((slurp("$root/debian/changelog") =~ /\Acxux \((\S+)-\d+\)/)[0], $version, 'as is that of the Debian package');
like(slurp("$root/CHANGELOG.md"), qr/^## \Q$version\E\b/m, 'of which the changes are listed');
for my $case ([ 'no abstract', sub { delete $_[0]{abstract} } ],
	[ 'version is not semantic', sub { $_[0]{version} = '1.0' } ],
	[ 'version is not semantic', sub { $_[0]{version} = '1.00.0' } ],
	[ 'name is no term', sub { $_[0]{name} = 'c x' } ],
	[ 'no maintainer', sub { $_[0]{maintainer} = [''] } ],
	[ 'license is not on the list', sub { $_[0]{license} = 'PostgreSQL' } ],
	[ 'provides nothing', sub { $_[0]{provides} = {} } ],
	[ 'no file of cxux', sub { delete $_[0]{provides}{cxux}{file} } ],
	[ 'file of cxux is not in the distribution', sub { $_[0]{provides}{cxux}{file} = 'cxux--1.0.0.sql' } ],
	[ 'version of PostgreSQL', sub { $_[0]{prereqs}{runtime}{requires}{PostgreSQL} = '15' } ],
	[ 'phase run', sub { $_[0]{prereqs}{run} = {} } ],
	[ 'meta-spec has no version', sub { delete $_[0]{'meta-spec'}{version} } ],
	[ 'unknown key licence', sub { $_[0]{licence} = 'postgresql' } ])
{
	my ($fault, $change) = @$case;
	is(faults(changed($text, $change), \%here), $fault, "a fault is seen: $fault");
}

# The archive, which is made of a commit.
SKIP:
{
	my $git = "git -c safe.directory='*' -C '$root'";
	skip 'this is no checkout of git', 7 unless -e "$root/.git" && `$git rev-parse HEAD 2>&1` =~ /^[0-9a-f]{40,}$/;
	my $directory = "$ENV{CXUX_TMP}/dist";
	my $name = "cxux-$version";
	make_path($directory);
	# "make dist" writes beside the Makefile, which need not be ours to write to.
	my ($archive) = `make -n -C '$root' --no-print-directory dist` =~ /^git (archive .*)$/m or die 'no "make dist"';
	system("cd '$root' && $git " . $archive =~ s/--output=(\S+)/--output='$directory\/$1'/r) == 0 or die 'git archive failed';
	my $zip = IO::Uncompress::Unzip->new("$directory/$name.zip") or die $UnzipError;
	my %files;
	do
	{
		my $file = $zip->getHeaderInfo->{Name};
		$files{$file} = 1;
		if ($file !~ m{/$})
		{
			make_path(dirname("$directory/$file"));
			write_file("$directory/$file", do { local $/; $zip->getline // '' });
		}
	} while ($zip->nextStream > 0);
	is(join(', ', grep { !m{^\Q$name\E/} } sort keys %files), '', 'all files of the archive are in one directory');
	cmp_ok(scalar(keys %files), '>', 300, 'they are many');
	my %inside = map { s{^\Q$name\E/}{}r => 1 } keys %files;
	is(join(', ', grep { m{^\.(?:git|ci)|\.(?:o|so|zip)$|^cxux--} } sort keys %inside), '', 'none is of the workshop, or built');
	is(faults(decode_json(slurp("$directory/$name/META.json")), \%inside), '', 'its META.json names files that are there');

	# Nothing is executable, nothing lies around, and no git is asked. Fast to build, as it answers little.
	my $asked = "CREATE DATABASE fresh TEMPLATE template0";
	my $question = "CREATE EXTENSION cxux; SELECT extversion, score(nps(answer)) FROM pg_extension, unnest('{10,9,8,3}'::int[]) AS answer WHERE extname = 'cxux' GROUP BY extversion";
	local $ENV{COPT} = '-O0 -U_FORTIFY_SOURCE';
	local $ENV{TMPDIR} = $directory;
	local $ENV{GIT_DIR} = '/nonexistent';
	my $output = `cd '$directory/$name' && bash test/server.sh run sh -c "psql -X -q -c '$asked' && psql -X -q -A -t -d fresh" 2>&1 <<'END'\n$question;\nEND\n`;
	is($?, 0, 'it builds and is installed from what was unpacked');
	is($output, "$version|25\n", 'and answers');
	is(scalar(() = glob "$directory/$name/.build/*/cxux.so"), 1, 'built there, and not taken from the checkout');
}
done_testing;
