/*
 * chart.c
 *		Pictures of a summary: text for psql, SVG for pages.
 */
#include "postgres.h"

#include <float.h>

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "chart.h"

/* columns of a text chart */
#define CHART_MIN_WIDTH 40
#define CHART_MAX_WIDTH 300

/* a bar of a character cell has eight steps in Unicode's block elements */
#define CELL_STEPS 8

/* digits of an estimate on a ruler of its own, and the most decimals of any number */
#define CHART_DIGITS 3
#define CHART_MAX_DECIMALS 12

/* what lies beyond is drawn at the end of the ruler, whose ends must not overflow */
#define CHART_LARGEST 1e300

/* "100.0 %" and two blanks around it */
#define SHARE_COLUMNS 9

/* labels take at most this part of a text chart, and so many columns of an SVG */
#define LABEL_PART 3
#define SVG_LABEL_COLUMNS 15

/* layout of an SVG chart, in its own units */
#define SVG_WIDTH 640
#define SVG_MARGIN 20
#define SVG_LABEL 110
#define SVG_NUMBERS 150
#define SVG_TITLE 44
#define SVG_ROW 28
#define SVG_BAR 18
#define SVG_RULER 74
#define SVG_TEXT_DROP 14

/* the characters that a text chart is drawn with */
typedef struct ChartGlyphs
{
	const char *bar[CELL_STEPS + 1]; /* from empty to full */
	const char *left;
	const char *right;
	const char *line;
	const char *zero;
	const char *interval;
	const char *estimate;
	const char *shortened; /* at the end of a label, one column each */
} ChartGlyphs;

static const ChartGlyphs unicode_glyphs = {
	{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}, "├", "┤", "─", "┼", "━", "●", "…"};

static const ChartGlyphs ascii_glyphs = {
	{"", "", "", "", "#", "#", "#", "#", "#"}, "|", "|", "-", "+", "=", "*", "~"};

/* Read the width of a text chart */
int
GetChartWidth(FunctionCallInfo fcinfo, int arg)
{
	int width = PG_GETARG_INT32(arg);

	if (width < CHART_MIN_WIDTH || width > CHART_MAX_WIDTH)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("width \"%d\" is out of range", width),
				 errdetail("A chart is %d to %d columns wide.", CHART_MIN_WIDTH, CHART_MAX_WIDTH)));
	return width;
}

/* Round a number to what is shown of it, never to -0 */
static double
RoundShown(double value, int decimals)
{
	double scale = pow(10.0, decimals);

	return rint(value * scale) / scale + 0.0;
}

/* Write a number of the chart with its sign and unit */
static char *
FormatRounded(const Chart *chart, double value, int decimals)
{
	double shown = RoundShown(value * chart->factor, decimals);

	if (chart->format != NULL)
		return chart->format(value);
	return psprintf((chart->is_signed && shown > 0.0) ? "+%.*f%s%s" : "%.*f%s%s", decimals, shown,
					(chart->unit != NULL) ? " " : "", (chart->unit != NULL) ? chart->unit : "");
}

/* Write an estimate or an end of its interval */
static char *
FormatNumber(const Chart *chart, double value)
{
	return FormatRounded(chart, value, chart->decimals);
}

/* Write an end of the ruler */
static char *
FormatEnd(const Chart *chart, double value)
{
	return FormatRounded(chart, value, chart->end_decimals);
}

/* Choose round ends of the ruler around two values, and decimals that show their distance */
void
ChartSetRuler(Chart *chart, double low, double high)
{
	double span, step;
	int magnitude;

	if (isnan(low) || isnan(high))
	{
		low = 0.0;
		high = 1.0;
	}
	low = fmin(fmax(low, -CHART_LARGEST), CHART_LARGEST);
	high = fmin(fmax(high, -CHART_LARGEST), CHART_LARGEST);
	span = (high - low >= DBL_MIN) ? high - low : fmax(fabs(high), 1.0);
	magnitude = (int) floor(log10(span));
	step = pow(10.0, magnitude);
	chart->low = floor(low / step) * step;
	chart->high = ceil(high / step) * step;
	if (!(chart->high > chart->low))
		chart->high = chart->low + step;
	chart->end_decimals = Min(Max(-magnitude, 0), CHART_MAX_DECIMALS);
	chart->decimals = Min(Max(CHART_DIGITS - 1 - magnitude, 0), CHART_MAX_DECIMALS);
}

/* Write the estimate with its interval and base in words */
static char *
FormatEstimate(const Chart *chart)
{
	StringInfoData out;

	initStringInfo(&out);
	if (chart->caption != NULL)
		appendStringInfoString(&out, chart->caption);
	else if (isnan(chart->estimate) && chart->missing != NULL)
		appendStringInfo(&out, "%s: %s", chart->title, chart->missing);
	else if (isnan(chart->estimate) && chart->n > 0)
		appendStringInfo(&out, "%s: not defined, n = %lld", chart->title, (long long) chart->n);
	else if (isnan(chart->estimate))
		appendStringInfo(&out, "%s: no answers", chart->title);
	else
	{
		appendStringInfo(&out, "%s %s", chart->title, FormatNumber(chart, chart->estimate));
		if (!isnan(chart->interval.low))
			appendStringInfo(&out, ", %g %% interval %s to %s", 100.0 * CHART_CONFIDENCE,
							 FormatNumber(chart, chart->interval.low),
							 FormatNumber(chart, chart->interval.high));
		appendStringInfo(&out, ", n = %lld", (long long) chart->n);
	}
	return out.data;
}

/* Return the glyphs that the database can encode */
static const ChartGlyphs *
Glyphs(void)
{
	return (GetDatabaseEncoding() == PG_UTF8) ? &unicode_glyphs : &ascii_glyphs;
}

/* Return how many columns a character takes; a blank stands for a control character */
static int
CharacterColumns(const char *character)
{
	int columns = pg_dsplen(character);

	return (columns < 0) ? 1 : columns;
}

/* Return how many columns a label takes */
static int
LabelColumns(const char *label)
{
	int columns = 0;

	for (; *label != '\0'; label += pg_mblen(label))
		columns += CharacterColumns(label);
	return columns;
}

/* Append a label in at most so many columns, and return how many it takes */
static int
AppendLabel(StringInfo out, const ChartGlyphs *glyphs, const char *label, int columns)
{
	bool shorten = LabelColumns(label) > columns;
	int taken = 0;

	if (shorten)
		columns--; /* for the mark */
	for (; *label != '\0'; label += pg_mblen(label))
	{
		if (taken + CharacterColumns(label) > columns)
			break;
		if (pg_dsplen(label) < 0)
			appendStringInfoChar(out, ' ');
		else
			appendBinaryStringInfo(out, label, pg_mblen(label));
		taken += CharacterColumns(label);
	}
	if (!shorten)
		return taken;
	appendStringInfoString(out, glyphs->shortened);
	return taken + 1;
}

/* Return the largest share, so that the longest bar fills its space; of numbers that is 1 */
static double
LargestShare(const Chart *chart)
{
	double largest = (chart->bar_decimals > 0) ? 1.0 : 0.0;

	for (int i = 0; i < chart->bars; i++)
		largest = fmax(largest, chart->bar[i].share);
	return largest;
}

/* Write what the bar of a number stands for, nothing where it is not defined */
static char *
FormatBar(const Chart *chart, const ChartBar *bar)
{
	if (isnan(bar->share))
		return "";
	return psprintf("%.*f", chart->bar_decimals, RoundShown(bar->share, chart->bar_decimals));
}

/* Append a bar of so many eighths of a cell, padded to its columns */
static void
AppendBar(StringInfo out, const ChartGlyphs *glyphs, int eighths, int columns)
{
	for (int i = 0; i < columns; i++)
	{
		int step = Min(Max(eighths - i * CELL_STEPS, 0), CELL_STEPS);
		const char *glyph = glyphs->bar[step];

		appendStringInfoString(out, (*glyph != '\0') ? glyph : " ");
	}
}

/* Tell whether there is a ruler: under a caption there is none, nor one without length */
static bool
HasRuler(const Chart *chart)
{
	return chart->caption == NULL && (chart->format == NULL || chart->high > chart->low);
}

/* Return the place of a value on the ruler, from 0 to 1; what lies beyond is at its end */
static double
RulerPlace(const Chart *chart, double value)
{
	return fmin(1.0, fmax(0.0, (value - chart->low) / (chart->high - chart->low)));
}

/* Return the ruler's cell of a value */
static int
RulerCell(const Chart *chart, double value, int cells)
{
	return (int) rint(RulerPlace(chart, value) * (cells - 1));
}

/* Append the ruler: its ends, zero if between them, the interval, the estimate */
static void
AppendRuler(StringInfo out, const Chart *chart, const ChartGlyphs *glyphs, int width)
{
	char *low = FormatEnd(chart, chart->low);
	char *high = FormatEnd(chart, chart->high);
	int cells = width - (int) strlen(low) - (int) strlen(high) - 2;
	int from = -1, to = -1;

	if (!isnan(chart->interval.low))
	{
		from = RulerCell(chart, chart->interval.low, cells);
		to = RulerCell(chart, chart->interval.high, cells);
	}
	appendStringInfo(out, "%s ", low);
	for (int i = 0; i < cells; i++)
	{
		const char *glyph = glyphs->line;

		if (i == 0)
			glyph = glyphs->left;
		else if (i == cells - 1)
			glyph = glyphs->right;
		else if (chart->low < 0.0 && chart->high > 0.0 && i == RulerCell(chart, 0.0, cells))
			glyph = glyphs->zero;
		if (i >= from && i <= to && from >= 0)
			glyph = glyphs->interval;
		if (!isnan(chart->estimate) && i == RulerCell(chart, chart->estimate, cells))
			glyph = glyphs->estimate;
		appendStringInfoString(out, glyph);
	}
	appendStringInfo(out, " %s\n", high);
}

/* Draw a chart as text */
char *
ChartToText(const Chart *chart, int width)
{
	const ChartGlyphs *glyphs = Glyphs();
	double largest = LargestShare(chart);
	int label_columns = 0, count_columns = 0, bar_columns;
	StringInfoData out;

	for (int i = 0; i < chart->bars; i++)
	{
		char *count = psprintf("%lld", (long long) chart->bar[i].count);

		label_columns = Max(label_columns, LabelColumns(chart->bar[i].label));
		if (chart->bar_decimals == 0)
			count_columns = Max(count_columns, (int) strlen(count));
	}
	label_columns = Min(label_columns, width / LABEL_PART);
	bar_columns = Max(width - label_columns - count_columns - SHARE_COLUMNS - 1, CELL_STEPS);

	initStringInfo(&out);
	for (int i = 0; i < chart->bars; i++)
	{
		const ChartBar *bar = &chart->bar[i];
		bool has_share = !isnan(bar->share);
		int eighths = 0;
		int taken;

		if (has_share && largest > 0.0)
			eighths = (int) rint(bar->share / largest * bar_columns * CELL_STEPS);
		taken = AppendLabel(&out, glyphs, bar->label, label_columns);
		appendStringInfo(&out, "%*s", label_columns - taken + 1, "");
		AppendBar(&out, glyphs, eighths, bar_columns);
		if (chart->bar_decimals > 0)
		{
			appendStringInfo(&out, "%*s\n", SHARE_COLUMNS, FormatBar(chart, bar));
			continue;
		}
		if (has_share)
			appendStringInfo(&out, " %5.1f %% ", 100.0 * bar->share);
		else
			appendStringInfo(&out, "%*s", SHARE_COLUMNS, "");
		appendStringInfo(&out, "%*lld\n", count_columns, (long long) bar->count);
	}
	if (HasRuler(chart))
		AppendRuler(&out, chart, glyphs, width);
	appendStringInfoString(&out, FormatEstimate(chart));
	return out.data;
}

/* Tell whether a character is one of those that XML has no way to write */
static bool
IsForbiddenInXml(const char *character)
{
	if (strchr("\t\n\r", *character) != NULL)
		return false;
	if ((unsigned char) *character < ' ')
		return true;
	/* U+FFFE and U+FFFF */
	return GetDatabaseEncoding() == PG_UTF8 &&
		(strncmp(character, "\xef\xbf\xbe", 3) == 0 || strncmp(character, "\xef\xbf\xbf", 3) == 0);
}

/* Append text with what XML reserves escaped, and a blank for what it forbids */
static void
AppendXml(StringInfo out, const char *text)
{
	for (; *text != '\0'; text += pg_mblen(text))
	{
		if (IsForbiddenInXml(text))
		{
			appendStringInfoChar(out, ' ');
			continue;
		}
		switch (*text)
		{
			case '&':
				appendStringInfoString(out, "&amp;");
				break;
			case '<':
				appendStringInfoString(out, "&lt;");
				break;
			case '>':
				appendStringInfoString(out, "&gt;");
				break;
			case '"':
				appendStringInfoString(out, "&quot;");
				break;
			default:
				appendBinaryStringInfo(out, text, pg_mblen(text));
		}
	}
}

/* Append a text element */
static void
AppendSvgText(StringInfo out, double x, double y, const char *anchor, const char *text)
{
	appendStringInfo(out, "<text x=\"%g\" y=\"%g\" text-anchor=\"%s\">", x, y, anchor);
	AppendXml(out, text);
	appendStringInfoString(out, "</text>\n");
}

/* Append the bars with their labels and numbers */
static void
AppendSvgBars(StringInfo out, const Chart *chart)
{
	static const char *const classes[] = {"neutral", "good", "bad"};
	double largest = LargestShare(chart);
	double room = SVG_WIDTH - SVG_LABEL - SVG_NUMBERS - SVG_MARGIN;

	for (int i = 0; i < chart->bars; i++)
	{
		const ChartBar *bar = &chart->bar[i];
		double top = SVG_TITLE + i * SVG_ROW;
		double length = 0.0;
		StringInfoData label;
		char *numbers;

		if (chart->bar_decimals > 0)
			numbers = FormatBar(chart, bar);
		else if (isnan(bar->share))
			numbers = psprintf("%lld", (long long) bar->count);
		else
			numbers = psprintf("%.1f %% (%lld)", 100.0 * bar->share, (long long) bar->count);
		if (!isnan(bar->share) && largest > 0.0)
			length = fmax(0.0, bar->share / largest * room);
		initStringInfo(&label);
		AppendLabel(&label, Glyphs(), bar->label, SVG_LABEL_COLUMNS);
		AppendSvgText(out, SVG_LABEL, top + SVG_TEXT_DROP, "end", label.data);
		appendStringInfo(out,
						 "<rect class=\"%s\" x=\"%d\" y=\"%g\" width=\"%.1f\" height=\"%d\"/>\n",
						 classes[bar->tone], SVG_LABEL + SVG_ROW - SVG_BAR, top, length, SVG_BAR);
		AppendSvgText(out, SVG_LABEL + 2 * (SVG_ROW - SVG_BAR) + length, top + SVG_TEXT_DROP,
					  "start", numbers);
	}
}

/* Append the ruler with the interval and the estimate */
static void
AppendSvgRuler(StringInfo out, const Chart *chart, double y)
{
	double left = SVG_LABEL + SVG_ROW - SVG_BAR;
	double right = SVG_WIDTH - SVG_LABEL;
	double length = right - left;
	double zero = left + RulerPlace(chart, 0.0) * length;

	appendStringInfo(out, "<line class=\"axis\" x1=\"%g\" y1=\"%g\" x2=\"%g\" y2=\"%g\"/>\n", left,
					 y, right, y);
	AppendSvgText(out, left, y + SVG_ROW, "middle", FormatEnd(chart, chart->low));
	AppendSvgText(out, right, y + SVG_ROW, "middle", FormatEnd(chart, chart->high));
	if (chart->low < 0.0 && chart->high > 0.0)
	{
		appendStringInfo(out,
						 "<line class=\"axis\" x1=\"%.1f\" y1=\"%g\" x2=\"%.1f\" y2=\"%g\"/>\n",
						 zero, y - SVG_BAR / 2.0, zero, y + SVG_BAR / 2.0);
		AppendSvgText(out, zero, y + SVG_ROW, "middle", "0");
	}
	if (!isnan(chart->interval.low))
		appendStringInfo(out,
						 "<line class=\"interval\" x1=\"%.1f\" y1=\"%g\" x2=\"%.1f\" y2=\"%g\"/>\n",
						 left + RulerPlace(chart, chart->interval.low) * length, y,
						 left + RulerPlace(chart, chart->interval.high) * length, y);
	if (!isnan(chart->estimate))
		appendStringInfo(out, "<circle class=\"estimate\" cx=\"%.1f\" cy=\"%g\" r=\"6\"/>\n",
						 left + RulerPlace(chart, chart->estimate) * length, y);
}

/* Draw a chart as SVG; the colours (Okabe and Ito's) survive colour blindness */
char *
ChartToSvg(const Chart *chart)
{
	int height = SVG_TITLE + chart->bars * SVG_ROW + ((chart->caption == NULL) ? SVG_RULER : 0);
	char *summary = FormatEstimate(chart);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out,
					 "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
					 "role=\"img\" font-family=\"sans-serif\" font-size=\"14\">\n",
					 SVG_WIDTH, height);
	appendStringInfoString(&out, "<title>");
	AppendXml(&out, summary);
	appendStringInfoString(&out, "</title>\n<desc>");
	for (int i = 0; i < chart->bars; i++)
	{
		if (i > 0)
			appendStringInfoString(&out, ", ");
		AppendXml(&out, chart->bar[i].label);
		if (chart->bar_decimals > 0)
			appendStringInfo(&out, ": %s", FormatBar(chart, &chart->bar[i]));
		else
			appendStringInfo(&out, ": %lld", (long long) chart->bar[i].count);
	}
	appendStringInfoString(
		&out,
		"</desc>\n<style>\n"
		"text{fill:#222}.good{fill:#0072b2}.neutral{fill:#8c8c8c}.bad{fill:#d55e00}\n"
		".axis{stroke:#666}.interval{stroke:#222;stroke-width:6}\n"
		".estimate{fill:#fff;stroke:#222;stroke-width:3}\n"
		"@media (prefers-color-scheme:dark){text{fill:#eee}.good{fill:#56b4e9}"
		".bad{fill:#e69f00}\n.axis{stroke:#aaa}.interval{stroke:#eee}"
		".estimate{fill:#222;stroke:#eee}}\n</style>\n");
	AppendSvgText(&out, SVG_MARGIN, SVG_TITLE / 2.0, "start", summary);
	AppendSvgBars(&out, chart);
	if (HasRuler(chart))
		AppendSvgRuler(&out, chart, SVG_TITLE + chart->bars * SVG_ROW + SVG_ROW);
	appendStringInfoString(&out, "</svg>");
	return out.data;
}
