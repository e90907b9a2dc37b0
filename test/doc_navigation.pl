#!/usr/bin/perl
# The documents as pages one can walk: every relative link and anchor of README.md and doc/ leads
# somewhere, every page can be reached from doc/README.md, and begins and ends with the lines that
# lead back to it and on to its neighbours. The order of the pages, and their groups, are those of the
# tables of doc/README.md; a folder's pages are in the order of the folder's own README.md.
#
#     perl test/doc_navigation.pl            TAP, as in make test
#     perl test/doc_navigation.pl --write    writes first and last lines
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use DocPages;
use Files;
use Test::More;

chdir dirname(dirname(abs_path($0))) or die $!;
my $write = @ARGV && $ARGV[0] eq '--write';
my $index = 'doc/README.md';

# The pages that the tables of an index list in their first column: { page, title, group, index }
sub listed
{
	my ($file) = @_;
	my ($group, @listed) = ('');
	for my $line (read_lines($file))
	{
		$group = $1 if $line =~ /^## (.*)/;
		my ($title, $path) = $line =~ /^\| \[([^\]]+)\]\(([^)#]+)\) \|/ or next;
		$path .= 'README.md' if $path =~ m{/$};
		push @listed, { page => resolve($file, $path), title => $title, group => $group, index => $file };
	}
	return @listed;
}

my @first = listed($index);
my @folders = grep { $_->{page} =~ m{/README\.md$} } @first;
my @chains = (\@first, map { [ listed($_->{page}) ] } @folders);

# Questions and reasons that lead to a page, so that it can lead to them
my %asked;
for my $chain (grep { $_->[0]{index} =~ m{^doc/(?:cookbook|why)/} } @chains)
{
	for my $entry (@$chain)
	{
		my %seen;
		push @{ $asked{$_} }, $entry
			for grep { !$seen{$_}++ } map { resolve($entry->{page}, s/#.*//r) } grep { /^\.\./ } links_of($entry->{page});
	}
}

# The links of a page without those of its first and last lines
sub links_of
{
	my (undef, $own) = parts(shift);
	return map { /\]\(([^)\s]+)\)/g } @$own;
}

# The first and last lines of a page between its neighbours
sub head_and_foot
{
	my ($chain, $place) = @_;
	my $entry = $chain->[$place];
	my $page = $entry->{page};
	my @way = '[Reference](' . relative($page, $index) . ')';
	my ($folder) = grep { $_->{page} eq $entry->{index} } @first;
	if ($folder)
	{
		push @way, "[$folder->{title}](" . relative($page, $entry->{index}) . ')';
	}
	elsif ($entry->{group} ne '')
	{
		push @way, $entry->{group};
	}
	my ($before, $after) = ($place > 0 ? $chain->[ $place - 1 ] : undef, $chain->[ $place + 1 ]);
	my @foot = $before ? "Previous: [$before->{title}](" . relative($page, $before->{page}) . ')' : ();
	push @foot, 'up: [' . ($folder ? $folder->{title} : 'all pages') . ']('
		. relative($page, $entry->{index}) . ')';
	push @foot, "next: [$after->{title}](" . relative($page, $after->{page}) . ')' if $after;
	my $see = join ', ', map { "[$_->{title}](" . relative($page, $_->{page}) . ')' } @{ $asked{$page} // [] };
	return ([ join(' / ', @way), '' ],
		[ '---', '', $see ? ("See also: $see", '') : (), ucfirst join(' · ', @foot) ]);
}

my %listed_in;
for my $chain (@chains)
{
	for my $place (0 .. $#$chain)
	{
		my $page = $chain->[$place]{page};
		push @{ $listed_in{$page} }, $chain->[$place]{index};
		my ($head, $foot) = head_and_foot($chain, $place);
		my ($is_head, $own, $is_foot) = -e $page ? parts($page) : ([], [], []);
		if ($write && @$own)
		{
			write_file($page, map { "$_\n" } @$head, @$own, '', @$foot);
			next;
		}
		is_deeply($is_head, $head, "$page begins with the way to it");
		is_deeply($is_foot, $foot, "$page ends with its neighbours");
		like($own->[0] // '', qr/^# \S/, "$page has its title on top");
	}
}
exit if $write;

for my $page (grep { $_ ne 'README.md' && $_ ne $index } pages())
{
	is(scalar @{ $listed_in{$page} // [] }, 1, "$page is listed once");
}

my (%anchors, %leads);
$anchors{$_} = { map { $_->{anchor} => 1 } headings($_) } for pages();
my $links = 0;
for my $page (pages(), 'CHANGELOG.md')
{
	my @broken;
	for my $link (grep { !/^\w+:/ } links($page))
	{
		$links++;
		my ($path, $anchor) = $link =~ /^([^#]*)(?:#(.*))?$/;
		my $target = resolve($page, $path);
		$target .= '/README.md' if -d $target && $target =~ m{^doc\b};
		$leads{$page}{$target} = 1;
		push @broken, $link
			if !-e $target || (defined $anchor && !($anchors{$target} && $anchors{$target}{$anchor}));
	}
	is("@broken", '', "$page has no broken link");
}
cmp_ok($links, '>', 500, "there are links: $links");

my @reached = my @ahead = ($index);
my %reached = map { $_ => 1 } @reached;
while (my $page = shift @ahead)
{
	for my $next (grep { /\.md$/ && !$reached{$_}++ } keys %{ $leads{$page} // {} })
	{
		push @ahead, $next;
	}
}
ok($reached{$_}, "$_ can be reached from $index") for pages();
ok($leads{'README.md'}{$index}, "README.md leads to $index");

done_testing();
