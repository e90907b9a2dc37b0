#!/usr/bin/perl
# make test-pictures: every picture in headless Chromium, light and dark: no text runs into another or
# out of the picture, and every text can be read on what is behind it.
#
# With a directory as the argument it leaves the pictures, the page and screenshots there.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/..";
use Test::More;
use PictureCases;

my ($chromium) = grep { -x $_ } '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome';
plan skip_all => 'Chromium is not here' unless $chromium;
my $dir = shift // "$ENV{CXUX_TMP}/pictures";
mkdir $dir;

my @cases = (picture_cases(1), row_cases());
my $script = picture_tables(1) . join '', map { my ($name, $x) = @$_; "INSERT INTO chart_case SELECT '$name', NULL, svg FROM (SELECT " . ($x =~ /^svg_/ ? $x : "svg($x)") . ") AS s(svg);\n" } @cases;
system(qw(createdb -T cxux_template pictures)) == 0 or die;
open my $psql, '|-:encoding(UTF-8)', 'psql -X -q -v ON_ERROR_STOP=1 -d pictures' or die $!;
print $psql $script;
close $psql;
is($?, 0, 'pictures are drawn');
open my $from, '-|:encoding(UTF-8)', q(psql -X -q -A -t -R '
' -d pictures -c "SELECT '<section data-name=\"' || name || '\">' || svg || '</section>' FROM chart_case") or die $!;
my $svg = do { local $/; <$from> };
close $from;
my $check = do { local $/; <DATA> };
for my $scheme ('light', 'dark')
{
	open my $page, '>:encoding(UTF-8)', "$dir/$scheme.html" or die $!;
	print $page "<!DOCTYPE html><meta charset=\"utf-8\"><title>$scheme</title><style>body{margin:8px}section{margin:8px;width:1400px}</style>$svg<script>$check</script>";
	close $page;
	my @flags = ('--headless', '--no-sandbox', '--disable-gpu', "--user-data-dir=$dir/profile", $scheme eq 'dark' ? '--blink-settings=preferredColorScheme=0' : '--blink-settings=preferredColorScheme=1');
	open my $dom, '-|:encoding(UTF-8)', "$chromium @flags --virtual-time-budget=20000 --dump-dom file://$dir/$scheme.html 2>$dir/log" or die $!;
	my $text = do { local $/; <$dom> };
	close $dom;
	my ($found) = $text =~ m{<pre id="found">(.*?)</pre>}s;
	ok(defined $found, "$scheme: Chromium drew them") or diag(`tail -5 $dir/log`), next;
	my @found = split /\n/, $found;
	my ($counted) = shift(@found) =~ /^(\d+ pictures, \d+ texts)$/;
	is($counted =~ s/ pict.*//r, scalar @cases, "$scheme: all of them ($counted)");
	is(scalar @found, 0, "$scheme: texts are inside, apart and legible") or diag(join "\n", splice @found, 0, 40);
	system("$chromium @flags --hide-scrollbars --window-size=1500,12000 --screenshot=$dir/$scheme.png file://$dir/$scheme.html >$dir/log 2>&1") if @ARGV || $dir !~ /^\Q$ENV{CXUX_TMP}/;
}
done_testing;

__DATA__
const found = [];
let texts = 0;
// relative luminance and contrast as the WCAG define them
const channel = (c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const luminance = (rgb) => 0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2]);
const colour = (css) => (css.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
const over = (top, alpha, under) => top.slice(0, 3).map((c, i) => alpha * c + (1 - alpha) * under[i]);
const inside = (box, x, y) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
for (const section of document.querySelectorAll('section')) {
	const name = section.dataset.name;
	const svg = section.querySelector('svg');
	const view = svg.viewBox.baseVal;
	const all = [...svg.querySelectorAll('text')];
	const boxes = all.map((text) => text.getBBox());
	const say = (what, i, j) => found.push(`${name}: ${what}: ${all[i].textContent.slice(-40)}${j === undefined ? '' : ' / ' + all[j].textContent.slice(-40)}`);
	texts += all.length;
	for (const [i, a] of boxes.entries()) {
		if (a.x < -0.01 || a.y < -0.01 || a.x + a.width > view.width + 0.01 || a.y + a.height > view.height + 0.01) say('outside', i);
		for (let j = i + 1; j < boxes.length; j++) {
			const b = boxes[j];
			// lines of text have empty space above and below
			if (a.x + 0.5 < b.x + b.width && b.x + 0.5 < a.x + a.width && a.y + 4 < b.y + b.height && b.y + 4 < a.y + a.height) say('overlap', i, j);
		}
		let under = [255, 255, 255];
		for (const shape of svg.querySelectorAll('rect,path')) {
			const style = getComputedStyle(shape);
			if (style.fill === 'none') continue;
			const point = new DOMPoint(a.x + a.width / 2, a.y + a.height / 2);
			if (shape.isPointInFill(point)) under = over(colour(style.fill), Number(style.fillOpacity), under);
		}
		const ratio = contrast(colour(getComputedStyle(all[i]).fill), under);
		if (ratio < 4.5 && all[i].textContent.trim() !== '') say(`contrast ${ratio.toFixed(2)}`, i);
	}
	for (const shape of svg.querySelectorAll('rect,path,line,circle')) {
		const a = shape.getBBox();
		if (a.x < -1 || a.y < -1 || a.x + a.width > view.width + 1 || a.y + a.height > view.height + 1) found.push(`${name}: a ${shape.tagName} is outside`);
	}
	if (svg.querySelector('script,[onload],foreignObject')) found.push(`${name}: not escaped`);
	if (!svg.querySelector('title') || document.getElementById(svg.getAttribute('aria-labelledby')) === null || document.getElementById(svg.getAttribute('aria-describedby')) === null) found.push(`${name}: no title or description`);
}
const pre = document.createElement('pre');
pre.id = 'found';
pre.textContent = [`${document.querySelectorAll('section').length} pictures, ${texts} texts`, ...found].join('\n');
document.body.append(pre);
