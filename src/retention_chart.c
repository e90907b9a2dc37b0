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
#define MAX_PERIODS 60

/* a number in a cell of text takes a blank, a shade and three digits */
#define CELL_COLUMNS 5

/* shades from none to all */
#define SHADES 5

/* "2026-03-02", and without its day */
#define DATE_COLUMNS 10
#define MONTH_COLUMNS 7

/* layout of an SVG */
#define SVG_LABEL 90.0
#define SVG_ROW 24.0
#define SVG_HEAD 30.0 /* what the number of a period takes */
#define SVG_GAP 1.0
#define SVG_SPACE 10.0
#define SVG_SHADE 18.0
#define SVG_TEXT_DROP 16.5
#define SVG_MAX_CELL 60.0
#define SVG_NUMBER_CELL 30.0 /* narrower cells have no number in them */

/* from this shade on numbers are light, on dark pages dark */
#define FIRST_DARK_SHADE 5

PG_FUNCTION_INFO_V1(retention_chart);

/* what of a grid is shown */
typedef struct CohortMap
{
	RetentionGrid *grid;
	int all; /* cohorts that have actors */
	int cohorts;
	int cohort[MAX_COHORTS]; /* the latest of them */
	int all_periods;
	int periods;
	int label_columns;
} CohortMap;

/* Choose what to show in at most so many periods */
static CohortMap
MapCreate(const RetentionSummary *summary, int most)
{
	RetentionGrid *grid = RetentionGridCreate(summary, false, false, 0);
	CohortMap map = {0};
	int skip;

	map.grid = grid;
	map.label_columns = (grid->table.terms.unit == CALENDAR_MONTH) ? MONTH_COLUMNS : DATE_COLUMNS;
	for (int cohort = 0; cohort < grid->cohorts; cohort++)
		map.all += grid->size[cohort] > 0;
	skip = Max(map.all - MAX_COHORTS, 0);
	for (int cohort = 0; cohort < grid->cohorts; cohort++)
	{
		if (grid->size[cohort] > 0 && skip-- <= 0)
			map.cohort[map.cohorts++] = cohort;
	}
	if (map.cohorts > 0)
		map.all_periods = grid->shown - map.cohort[0];
	map.periods = Min(map.all_periods, most);
	return map;
}

/* Write the first date of a cohort, of a month without its day */
static char *
CohortLabel(const CohortMap *map, int cohort)
{
	const RetentionTable *table = &map->grid->table;

	return DateToText(PeriodDate(table->terms.unit, table->from + cohort));
}

/* Write what is shown in words */
static char *
Caption(const CohortMap *map)
{
	const RetentionGrid *grid = map->grid;
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "Retention in percent by %s, n = %lld",
					 retention_units[grid->table.terms.unit].name,
					 (long long) RetentionActors(&grid->table));
	if (map->cohorts < map->all)
		appendStringInfo(&out, ", latest %d of %d cohorts", map->cohorts, map->all);
	if (map->periods < map->all_periods)
		appendStringInfo(&out, ", first %d of %d periods", map->periods, map->all_periods);
	return out.data;
}

/* Return the share of a cohort that is retained; not defined of nobody or before a period ends */
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
AppendCohorts(StringInfo out, const CohortMap *map, int count_columns, bool has_numbers)
{
	const RetentionGrid *grid = map->grid;

	for (int i = 0; i < map->cohorts; i++)
	{
		int cohort = map->cohort[i];

		appendStringInfo(out, "%.*s %*lld", map->label_columns, CohortLabel(map, cohort),
						 count_columns, (long long) grid->size[cohort]);
		if (!has_numbers)
			appendStringInfoChar(out, ' ');
		for (int period = 0; period < Min(map->periods, grid->shown - cohort); period++)
			AppendCell(out, grid, cohort, period, has_numbers);
		while (out->len > 0 && out->data[out->len - 1] == ' ')
			out->data[--out->len] = '\0';
		appendStringInfoChar(out, '\n');
	}
}

/* Draw a picture as text: with numbers where there is room for them */
static char *
MapToText(const RetentionSummary *summary, int width)
{
	CohortMap map = MapCreate(summary, RETENTION_MAX_PERIODS);
	const RetentionGrid *grid = map.grid;
	int count_columns = 1, room;
	bool has_numbers;
	StringInfoData out;

	for (int i = 0; i < map.cohorts; i++)
		count_columns = Max(count_columns,
							(int) strlen(psprintf("%lld", (long long) grid->size[map.cohort[i]])));
	room = width - map.label_columns - 1 - count_columns;
	has_numbers = map.periods * CELL_COLUMNS <= room;
	if (!has_numbers)
		map.periods = Min(map.periods, room - 1);
	initStringInfo(&out);
	if (has_numbers && map.periods > 0)
	{
		appendStringInfo(&out, "%*s", map.label_columns + 1 + count_columns, "");
		for (int period = 0; period < map.periods; period++)
			appendStringInfo(&out, "%*d", CELL_COLUMNS, period);
		appendStringInfoChar(&out, '\n');
	}
	AppendCohorts(&out, &map, count_columns, has_numbers);
	appendStringInfoString(&out, Caption(&map));
	return out.data;
}

/* Return a picture in text */
Datum
retention_chart(PG_FUNCTION_ARGS)
{
	int width = GetChartWidth(fcinfo, 1);

	PG_RETURN_TEXT_P(cstring_to_text(MapToText(RetentionGetArg(fcinfo, 0), width)));
}

/* Return the shade of a share */
static int
ShadeOf(double share)
{
	return Min((int) (share * PICTURE_SHADES), PICTURE_SHADES - 1);
}

/* Append a cell: its shade and its number, or a dashed box while its period is not over */
static void
DrawCell(Picture *picture, const CohortMap *map, int cohort, int period, double x, double y,
		 double width)
{
	const RetentionGrid *grid = map->grid;
	double share = CellShare(grid, cohort, period);
	char *tip;

	if (isnan(share))
	{
		PictureRect(picture, TONE_OPEN, x + 1.0, y + 1.0, width - SVG_GAP - 2.0,
					SVG_ROW - SVG_GAP - 2.0, "not over yet");
		return;
	}
	tip = psprintf("%.*s, period %d: %lld of %lld, %.1f %%", map->label_columns,
				   CohortLabel(map, cohort), period,
				   (long long) RetentionGridCount(grid, cohort, period),
				   (long long) grid->size[cohort], 100.0 * share);
	PictureRect(picture, TONE_SHADE + ShadeOf(share), x, y, width - SVG_GAP, SVG_ROW - SVG_GAP,
				tip);
	if (width >= SVG_NUMBER_CELL)
		PictureText(picture, (ShadeOf(share) < FIRST_DARK_SHADE) ? INK_ON_LIGHT : INK_ON_DARK,
					x + (width - SVG_GAP) / 2.0, y + SVG_TEXT_DROP, ANCHOR_MIDDLE, width,
					psprintf("%.0f", 100.0 * share));
}

/* Append a cohort, and say it in words */
static void
DrawCohort(Picture *picture, const CohortMap *map, int cohort, double left, double width)
{
	const RetentionGrid *grid = map->grid;
	char *label = psprintf("%.*s", map->label_columns, CohortLabel(map, cohort));
	char *size = psprintf("%lld", (long long) grid->size[cohort]);

	PictureText(picture, INK_PLAIN, PICTURE_MARGIN, picture->top + SVG_TEXT_DROP, ANCHOR_START,
				SVG_LABEL, label);
	PictureText(picture, INK_MUTED, left - SVG_SPACE, picture->top + SVG_TEXT_DROP, ANCHOR_END,
				left - SVG_SPACE - PICTURE_MARGIN - SVG_LABEL, size);
	PictureSay(picture, "%s, %s actors:", label, size);
	for (int period = 0; period < Min(map->periods, grid->shown - cohort); period++)
	{
		double share = CellShare(grid, cohort, period);

		DrawCell(picture, map, cohort, period, left + period * width, picture->top, width);
		if (isnan(share))
			appendStringInfoString(&picture->desc, " open");
		else
			appendStringInfo(&picture->desc, " %.0f %%", 100.0 * share);
	}
	picture->top += SVG_ROW;
}

/* Append what the shades mean */
static void
DrawShades(Picture *picture, double left)
{
	double y = picture->top + SVG_SPACE;

	PictureText(picture, INK_MUTED, left - SVG_SPACE, y + SVG_TEXT_DROP, ANCHOR_END, left, "0 %");
	for (int i = 0; i < PICTURE_SHADES; i++)
		PictureRect(picture, TONE_SHADE + i, left + i * SVG_SHADE, y + SVG_SPACE / 2.0, SVG_SHADE,
					SVG_SPACE * 1.5, NULL);
	left += PICTURE_SHADES * SVG_SHADE + SVG_SPACE;
	PictureText(picture, INK_MUTED, left, y + SVG_TEXT_DROP, ANCHOR_START, SVG_LABEL, "100 %");
	left += SVG_LABEL;
	PictureRect(picture, TONE_OPEN, left, y + SVG_SPACE / 2.0, SVG_SHADE, SVG_SPACE * 1.5, NULL);
	PictureText(picture, INK_MUTED, left + SVG_SHADE + SVG_SPACE, y + SVG_TEXT_DROP, ANCHOR_START,
				SVG_LABEL * 2.0, "period not over yet");
	picture->top = y + SVG_ROW + SVG_SPACE;
}

/* Draw a map as SVG */
static char *
MapToSvg(const RetentionSummary *summary)
{
	CohortMap map = MapCreate(summary, MAX_PERIODS);
	const RetentionGrid *grid = map.grid;
	double sizes = 0.0, left, width, step;
	Picture picture;

	for (int i = 0; i < map.cohorts; i++)
	{
		char *size = psprintf("%lld", (long long) grid->size[map.cohort[i]]);

		sizes = fmax(sizes, PictureTextWidth(size, PICTURE_TEXT) + 1.0);
	}
	left = PICTURE_MARGIN + SVG_LABEL + sizes + 2.0 * SVG_SPACE;
	width = fmin((PICTURE_WIDTH - left - PICTURE_MARGIN) / Max(map.periods, 1), SVG_MAX_CELL);
	PictureBegin(&picture, PICTURE_WIDTH, Caption(&map), NULL);
	if (map.cohorts == 0)
		return PictureEnd(&picture);
	step = PictureStep(map.periods, Max((int) (map.periods * width / SVG_HEAD), 1));
	for (int period = 0; period < map.periods; period += Max((int) step, 1))
		PictureText(&picture, INK_MUTED, left + (period + 0.5) * width - SVG_GAP / 2.0,
					picture.top + PICTURE_TEXT, ANCHOR_MIDDLE, SVG_HEAD, psprintf("%d", period));
	picture.top += PICTURE_LINE;
	for (int i = 0; i < map.cohorts; i++)
		DrawCohort(&picture, &map, map.cohort[i], left, width);
	DrawShades(&picture, left);
	return PictureEnd(&picture);
}

DEFINE_SVG(retention, MapToSvg, RetentionGetArg);
