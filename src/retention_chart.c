/*
 * retention_chart.c
 *		Pictures of a retention_summary: a map of cohorts, as text and as SVG.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "chart.h"
#include "retention.h"

/* cohorts of a picture, the latest of more, and periods */
#define MAX_COHORTS 60
#define MAX_PERIODS 120

/* a number in a cell of text takes a blank, a shade and three digits */
#define CELL_COLUMNS 5

/* shades from none to all */
#define SHADES 5

/* "2026-03-02", and without its day */
#define DATE_COLUMNS 10
#define MONTH_COLUMNS 7

/* layout of an SVG, in its own units */
#define SVG_WIDTH 640
#define SVG_MARGIN 20
#define SVG_TITLE 44
#define SVG_HEAD 24
#define SVG_LABEL 100
#define SVG_SIZE 60
#define SVG_ROW 24
#define SVG_GAP 1
#define SVG_TEXT_DROP 17
#define SVG_MAX_CELL 60
#define SVG_NUMBER_CELL 30 /* narrower cells have no number in them */

/* a number in a cell that is darker is light */
#define DARK_SHARE 0.55

PG_FUNCTION_INFO_V1(retention_chart);
PG_FUNCTION_INFO_V1(retention_svg);

/* what of a grid is shown */
typedef struct Picture
{
	RetentionGrid *grid;
	int all; /* cohorts that have actors */
	int cohorts;
	int cohort[MAX_COHORTS]; /* the latest of them */
	int all_periods;
	int periods;
	int label_columns;
} Picture;

/* Choose what to show in at most so many periods */
static Picture
PictureCreate(const RetentionSummary *summary, int most)
{
	RetentionGrid *grid = RetentionGridCreate(summary, false, false, 0);
	Picture picture = {0};
	int skip;

	picture.grid = grid;
	picture.label_columns =
		(grid->table.terms.unit == CALENDAR_MONTH) ? MONTH_COLUMNS : DATE_COLUMNS;
	for (int cohort = 0; cohort < grid->cohorts; cohort++)
		picture.all += grid->size[cohort] > 0;
	skip = Max(picture.all - MAX_COHORTS, 0);
	for (int cohort = 0; cohort < grid->cohorts; cohort++)
	{
		if (grid->size[cohort] > 0 && skip-- <= 0)
			picture.cohort[picture.cohorts++] = cohort;
	}
	if (picture.cohorts > 0)
		picture.all_periods = grid->shown - picture.cohort[0];
	picture.periods = Min(picture.all_periods, most);
	return picture;
}

/* Write the first date of a cohort, of a month without its day */
static char *
CohortLabel(const Picture *picture, int cohort)
{
	const RetentionTable *table = &picture->grid->table;

	return DateToText(PeriodDate(table->terms.unit, table->from + cohort));
}

/* Write what is shown in words */
static char *
Caption(const Picture *picture)
{
	const RetentionGrid *grid = picture->grid;
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "Retention in percent by %s, n = %lld",
					 retention_units[grid->table.terms.unit].name,
					 (long long) RetentionActors(&grid->table));
	if (picture->cohorts < picture->all)
		appendStringInfo(&out, ", latest %d of %d cohorts", picture->cohorts, picture->all);
	if (picture->periods < picture->all_periods)
		appendStringInfo(&out, ", first %d of %d periods", picture->periods, picture->all_periods);
	return out.data;
}

/* Return the share of a cohort that is retained; not defined of nobody or before a period is over
 */
static double
CellShare(const RetentionGrid *grid, int cohort, int period)
{
	if (grid->size[cohort] == 0 || !grid->complete[cohort + period])
		return NOT_DEFINED;
	return (double) RetentionGridCount(grid, cohort, period) / grid->size[cohort];
}

/* Append a cell of text */
static void
AppendCell(StringInfo out, const RetentionGrid *grid, int cohort, int period, bool has_numbers)
{
	static const char *const unicode[SHADES] = {" ", "░", "▒", "▓", "█"};
	static const char *const ascii[SHADES] = {" ", ".", "+", "*", "#"};
	bool is_unicode = GetDatabaseEncoding() == PG_UTF8;
	double share = CellShare(grid, cohort, period);
	const char *shade;

	if (isnan(share))
	{
		appendStringInfoString(out, has_numbers ? "    ?" : "?");
		return;
	}
	shade = (is_unicode ? unicode : ascii)[(int) ceil(share * (SHADES - 1))];
	if (has_numbers)
		appendStringInfo(out, " %s%3.0f", shade, 100.0 * share);
	else
		appendStringInfoString(out, shade);
}

/* Append the cohorts as lines of text */
static void
AppendCohorts(StringInfo out, const Picture *picture, int count_columns, bool has_numbers)
{
	const RetentionGrid *grid = picture->grid;

	for (int i = 0; i < picture->cohorts; i++)
	{
		int cohort = picture->cohort[i];

		appendStringInfo(out, "%.*s %*lld", picture->label_columns, CohortLabel(picture, cohort),
						 count_columns, (long long) grid->size[cohort]);
		if (!has_numbers)
			appendStringInfoChar(out, ' ');
		for (int period = 0; period < Min(picture->periods, grid->shown - cohort); period++)
			AppendCell(out, grid, cohort, period, has_numbers);
		while (out->len > 0 && out->data[out->len - 1] == ' ')
			out->data[--out->len] = '\0';
		appendStringInfoChar(out, '\n');
	}
}

/* Draw a picture as text: with numbers where there is room for them */
static char *
PictureToText(const RetentionSummary *summary, int width)
{
	Picture picture = PictureCreate(summary, RETENTION_MAX_PERIODS);
	const RetentionGrid *grid = picture.grid;
	int count_columns = 1, room;
	bool has_numbers;
	StringInfoData out;

	for (int i = 0; i < picture.cohorts; i++)
		count_columns =
			Max(count_columns,
				(int) strlen(psprintf("%lld", (long long) grid->size[picture.cohort[i]])));
	room = width - picture.label_columns - 1 - count_columns;
	has_numbers = picture.periods * CELL_COLUMNS <= room;
	if (!has_numbers)
		picture.periods = Min(picture.periods, room - 1);
	initStringInfo(&out);
	if (has_numbers && picture.periods > 0)
	{
		appendStringInfo(&out, "%*s", picture.label_columns + 1 + count_columns, "");
		for (int period = 0; period < picture.periods; period++)
			appendStringInfo(&out, "%*d", CELL_COLUMNS, period);
		appendStringInfoChar(&out, '\n');
	}
	AppendCohorts(&out, &picture, count_columns, has_numbers);
	appendStringInfoString(&out, Caption(&picture));
	return out.data;
}

/* Return a picture in text */
Datum
retention_chart(PG_FUNCTION_ARGS)
{
	int width = GetChartWidth(fcinfo, 1);

	PG_RETURN_TEXT_P(cstring_to_text(PictureToText(RetentionGetArg(fcinfo, 0), width)));
}

/* Append a cell of an SVG */
static void
AppendSvgCell(StringInfo out, const RetentionGrid *grid, int cohort, int period, double x, int y,
			  double width)
{
	double share = CellShare(grid, cohort, period);

	appendStringInfo(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"",
					 isnan(share) ? "open" : "cell", x, y, width - SVG_GAP, SVG_ROW - SVG_GAP);
	if (!isnan(share))
		appendStringInfo(out, " fill-opacity=\"%.3f\"", share);
	appendStringInfoString(out, "/>\n");
	if (!isnan(share) && width >= SVG_NUMBER_CELL)
		appendStringInfo(out, "<text%s x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n",
						 (share > DARK_SHARE) ? " class=\"light\"" : "", x + width / 2.0,
						 y + SVG_TEXT_DROP, 100.0 * share);
}

/* Draw a picture as SVG; its blue, Okabe and Ito's, survives colour blindness */
static char *
PictureToSvg(const RetentionSummary *summary)
{
	Picture picture = PictureCreate(summary, MAX_PERIODS);
	const RetentionGrid *grid = picture.grid;
	int left = SVG_LABEL + SVG_SIZE + SVG_MARGIN;
	double width =
		Min((double) (SVG_WIDTH - left - SVG_MARGIN) / Max(picture.periods, 1), SVG_MAX_CELL);
	int top = SVG_TITLE + SVG_HEAD;
	char *caption = Caption(&picture);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out,
					 "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
					 "role=\"img\" font-family=\"sans-serif\" font-size=\"14\">\n"
					 "<title>%s</title>\n",
					 SVG_WIDTH, top + picture.cohorts * SVG_ROW + SVG_MARGIN, caption);
	appendStringInfoString(&out,
						   "<style>\ntext{fill:#222}.light{fill:#fff}.cell{fill:#0072b2}"
						   ".open{fill:none;stroke:#8c8c8c;stroke-dasharray:2}\n"
						   "@media (prefers-color-scheme:dark){text{fill:#eee}.light{fill:#111}"
						   ".cell{fill:#56b4e9}}\n</style>\n");
	appendStringInfo(&out, "<text x=\"%d\" y=\"%d\">%s</text>\n", SVG_MARGIN, SVG_TITLE / 2,
					 caption);
	for (int period = 0; period < picture.periods && width >= SVG_NUMBER_CELL; period++)
		appendStringInfo(&out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
						 left + (period + 0.5) * width, SVG_TITLE + SVG_TEXT_DROP, period);
	for (int i = 0; i < picture.cohorts; i++)
	{
		int cohort = picture.cohort[i];
		int y = top + i * SVG_ROW;

		appendStringInfo(&out,
						 "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.*s</text>\n"
						 "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%lld</text>\n",
						 SVG_LABEL, y + SVG_TEXT_DROP, picture.label_columns,
						 CohortLabel(&picture, cohort), SVG_LABEL + SVG_SIZE, y + SVG_TEXT_DROP,
						 (long long) grid->size[cohort]);
		for (int period = 0; period < Min(picture.periods, grid->shown - cohort); period++)
			AppendSvgCell(&out, grid, cohort, period, left + period * width, y, width);
	}
	appendStringInfoString(&out, "</svg>");
	return out.data;
}

/* Return a picture as SVG */
Datum
retention_svg(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PictureToSvg(RetentionGetArg(fcinfo, 0))));
}
