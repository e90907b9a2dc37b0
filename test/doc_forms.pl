#!/usr/bin/perl
# Pages that follow one form keep it: each question of the cookbook has an answer, SQL that prints
# something, the trap and where to read on, and is listed; each "why" page has the naive number, what is
# wrong with it on an example that runs, what cxux does, and the source.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use DocPages;
use Files;
use Test::More;

chdir dirname(dirname(abs_path($0))) or die $!;

my ($questions, @listed) = (0, grep { /#/ } links('doc/cookbook/README.md'));
my @asked;
for my $page (grep { $_ ne 'doc/cookbook/README.md' } glob 'doc/cookbook/*.md')
{
	my $text = slurp($page);
	my (undef, @sections) = split /^## /m, $text =~ s/^---\n.*//msr;
	my @anchors = map { $_->{anchor} } headings($page);
	shift @anchors;
	push @asked, map { relative('doc/cookbook/README.md', $page) . "#$_" } @anchors;
	for my $section (@sections)
	{
		my ($question) = $section =~ /^(.*)/;
		like($section, qr/\A.*\n\n[A-Z`][^\n]{20}.*?\n\n```sql\n.*\n```\n\n```text\n.*\n```\n\n\*\*Trap\.\*\* .*→\s+\[.*\]\(.*\)/s,
			"$page: $question");
		$questions++;
	}
}
cmp_ok($questions, '>=', 24, "there are questions: $questions");
is_deeply([ sort @listed ], [ sort @asked ], 'doc/cookbook/README.md lists each question once, and no other');

my @why = grep { $_ ne 'doc/why/README.md' } glob 'doc/why/*.md';
cmp_ok(scalar @why, '>=', 11, 'there are reasons: ' . @why);
for my $page (@why)
{
	my $text = slurp($page);
	like($text, qr/^# Why .*^\*\*The number people compute\.\*\* .*^\*\*What is wrong with it\.\*\* .*^```sql\n.*^```text\n.*^\*\*What cxux does\.\*\* .*^\*\*Source\.\*\* .*\]\(\.\.\/\w+\.md/ms,
		"$page has its parts");
}
done_testing();
