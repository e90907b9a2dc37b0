/*
 * chart.c
 *		Pictures of a summary in text, for psql.
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

/* labels take at most this part of a text chart */
#define LABEL_PART 3

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

/* Write a number of the chart with its sign and unit */
static char *
FormatRounded(const Chart *chart, double value, int decimals)
{
	char *shown;

	if (chart->format != NULL)
		return chart->format(value);
	shown = PictureNumber(value * chart->factor, decimals);
	return psprintf("%s%s%s%s", (chart->is_signed && strtod(shown, NULL) > 0.0) ? "+" : "", shown,
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

/* Make the ruler one of shares, in percent */
void
ChartSetShareRuler(Chart *chart)
{
	chart->unit = "%";
	chart->low = 0.0;
	chart->high = 1.0;
	chart->factor = 100.0;
	chart->decimals = 1;
}

/* Write the estimate in words, and its interval and base, of which there may be none, apart */
char *
ChartHeading(const Chart *chart, char **detail)
{
	StringInfoData out;

	*detail = NULL;
	if (chart->caption != NULL)
		return pstrdup(chart->caption);
	if (isnan(chart->estimate) && chart->missing != NULL)
		return psprintf("%s: %s", chart->title, chart->missing);
	if (isnan(chart->estimate) && chart->n > 0)
	{
		*detail = psprintf("n = %lld", (long long) chart->n);
		return psprintf("%s: not defined", chart->title);
	}
	if (isnan(chart->estimate))
		return psprintf("%s: no answers", chart->title);
	initStringInfo(&out);
	if (!isnan(chart->interval.low))
		appendStringInfo(&out, "%g %% interval %s to %s, ", 100.0 * CHART_CONFIDENCE,
						 FormatNumber(chart, chart->interval.low),
						 FormatNumber(chart, chart->interval.high));
	appendStringInfo(&out, "n = %lld", (long long) chart->n);
	*detail = out.data;
	return psprintf("%s %s", chart->title, FormatNumber(chart, chart->estimate));
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

	return (columns < 0 || PictureIsControl(character)) ? 1 : columns;
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
		if (pg_dsplen(label) < 0 || PictureIsControl(label))
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
char *
ChartBarNumber(const Chart *chart, const ChartBar *bar)
{
	if (isnan(bar->share))
		return "";
	return PictureNumber(bar->share, chart->bar_decimals);
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
bool
ChartHasRuler(const Chart *chart)
{
	return chart->caption == NULL && chart->high > chart->low;
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
	char *heading, *detail;
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
			appendStringInfo(&out, "%*s\n", SHARE_COLUMNS, ChartBarNumber(chart, bar));
			continue;
		}
		if (has_share)
			appendStringInfo(&out, " %5.1f %% ", 100.0 * bar->share);
		else
			appendStringInfo(&out, "%*s", SHARE_COLUMNS, "");
		appendStringInfo(&out, "%*lld\n", count_columns, (long long) bar->count);
	}
	if (ChartHasRuler(chart))
		AppendRuler(&out, chart, glyphs, width);
	heading = ChartHeading(chart, &detail);
	appendStringInfoString(&out, heading);
	if (detail != NULL)
		appendStringInfo(&out, ", %s", detail);
	return out.data;
}
