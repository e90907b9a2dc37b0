#!/usr/bin/perl
# Reliability and key drivers of real answers: the numbers that computed/items.R prints of the same
# file with package psych, lm() and eigen().
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

plan skip_all => '../shared/data is missing' unless $ENV{CXUX_DATA};

sub psql
{
	return Psql::psql(shift, '-v ON_ERROR_STOP=1');
}

# Numbers in one line against those that R prints with twelve digits.
sub agree
{
	my ($what, $query, @expected) = @_;
	my $output = psql($query);
	my @found = split /[|\n]/, $output;
	my @wrong = grep { ($found[$_] // '') !~ /^-?[\d.e-]+$/ || abs($found[$_] - $expected[$_]) > 1e-9 } 0 .. $#expected;
	ok(@found == @expected && !@wrong, $what) or diag("found $output\nexpected @expected");
}

my @columns = map { my $scale = $_; map { "$scale$_" } 1 .. 5 } qw(a c e n o);
my %reversed = map { $_ => 1 } qw(a1 c4 c5 e1 e2 o2 o5);
my %answer = map { $_ => $reversed{$_} ? "7 - $_" : $_ } @columns;
is(psql('CREATE TABLE bfi (' . join(', ', map { "$_ int" } @columns, qw(gender education age)) . ");\n\\copy bfi FROM '$ENV{CXUX_DATA}/bfi_answers.csv' (FORMAT csv, HEADER)"), '', 'the file is read');
is(psql('SELECT count(*) FROM bfi'), '2800', 'all respondents are there');

my %scale = (
	a => {
		reliability => [ 0.703755894375, 0.68574463505, 0.721035962796, 2709 ],
		rest => [ 0.31140130058, 0.563015475492, 0.588773078677, 0.394793680111, 0.487240867629 ],
		without => [ 0.717972056565, 0.618481211773, 0.600753814422, 0.68694474154, 0.644622304222 ] },
	c => {
		reliability => [ 0.72927720317, 0.712811398859, 0.745074314439, 2707 ],
		rest => [ 0.455302448664, 0.506663982506, 0.467533409471, 0.557093498895, 0.478029802056 ],
		without => [ 0.696035127243, 0.676709950134, 0.691356453604, 0.656202701908, 0.693584532253 ] },
	e => {
		reliability => [ 0.76093263947, 0.746408597561, 0.774867484781, 2713 ],
		rest => [ 0.513496886521, 0.606406936434, 0.50084167743, 0.577889575745, 0.454633130889 ],
		without => [ 0.725427963693, 0.688381707844, 0.727913660091, 0.700589188974, 0.742360911656 ] },
	n => {
		reliability => [ 0.813303143161, 0.801919990508, 0.82422292281, 2694 ],
		rest => [ 0.666285806232, 0.650902055755, 0.672947088259, 0.542148997952, 0.486729437298 ],
		without => [ 0.757307514515, 0.762678098026, 0.754865352443, 0.794558722108, 0.811613634383 ] },
	o => {
		reliability => [ 0.602546428577, 0.578458818375, 0.62565916313, 2726 ],
		rest => [ 0.38905356488, 0.340122600104, 0.4519518794, 0.219923339322, 0.415707099121 ],
		without => [ 0.535852620216, 0.565869660237, 0.500335414761, 0.613589210851, 0.515790662858 ] },
);
for my $name (sort keys %scale)
{
	my $items = 'items(' . join(', ', map { $answer{$_} } grep { /^$name/ } @columns) . ')';
	agree("alpha of $name with its interval", "SELECT r.alpha, r.low, r.high, r.respondents FROM reliability((SELECT $items FROM bfi)) AS r", @{ $scale{$name}{reliability} });
	is(psql("SELECT respondents + dropped, items FROM reliability((SELECT $items FROM bfi))"), '2800|5', "all rows of $name are accounted for");
	agree("correlation with the rest of $name", "SELECT correlation_with_rest FROM report((SELECT $items FROM bfi)) ORDER BY item", @{ $scale{$name}{rest} });
	agree("alpha without an item of $name", "SELECT alpha_without FROM report((SELECT $items FROM bfi)) ORDER BY item", @{ $scale{$name}{without} });
	agree("alpha of $name merged of parts", "SELECT cronbach_alpha(rollup(x)) FROM (SELECT $items AS x FROM bfi GROUP BY age) AS s", $scale{$name}{reliability}[0]);
}

# What drives the first item of n: the fifteen of a, c and e
my $items = 'items(n1, ' . join(', ', map { $answer{$_} } grep { /^[ace]/ } @columns) . ')';
is(psql("SELECT respondents($items) FROM bfi"), '2548', 'respondents without a gap');
agree('R squared', "SELECT DISTINCT r_squared FROM drivers((SELECT $items FROM bfi), 1)", 0.149374717134);
agree('correlations with the outcome', "SELECT correlation FROM drivers((SELECT $items FROM bfi), 1) ORDER BY item",
	-0.162851371525, -0.0872588797668, -0.0809609646895, -0.0976439659143, -0.199970250155, -0.067389458784, -0.0191417297014, -0.0723057617356, -0.218025497793, -0.215724278921, -0.0126412059658, -0.17255478666, -0.045269093298, -0.140667387243, 0.0384032216982);
agree('standardised coefficients', "SELECT beta FROM drivers((SELECT $items FROM bfi), 1) ORDER BY item",
	-0.122217843384, -0.00076857946175, 0.0722748115211, -0.00277800785245, -0.17629453072, -0.022257254899, 0.0751600816799, 0.00735425432537, -0.164079633894, -0.129987634556, 0.090783211553, -0.13669988898, 0.0204871866369, -0.0622027520979, 0.15944673988);
agree('relative weights', "SELECT relative_weight FROM drivers((SELECT $items FROM bfi), 1) ORDER BY item",
	0.0177672119818, 0.00207706469206, 0.00202045275688, 0.00216872830415, 0.0236848055439, 0.00209553954438, 0.00265737333881, 0.00177340481997, 0.0285632192492, 0.0247450701435, 0.00325096065768, 0.0167402298966, 0.00167326365627, 0.00826319714746, 0.0118941954016);

done_testing;
