/*
 * picture_rows.c
 *		Aggregates that draw rows: svg_cells, svg_line and svg_control.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/float.h"
#include "utils/timestamp.h"

#include "picture.h"
#include "surface.h"

/* more rows, and more bytes of their labels, than any picture is read with */
#define MAX_ROWS 1000
#define MAX_LABELS_BYTES (1024 * 1024)

/* rows that a state has room for at first */
#define FIRST_ROWS 16

/* what a row without a label is called */
#define NO_LABEL "(null)"

/* in place of a label */
#define LABEL_NONE (-1)

/* digits of a number that tell the rows apart */
#define ROW_DIGITS 3

/* layout */
#define LABEL_ROOM 200.0
#define CELL_ROW 26.0
#define GAP 10.0
#define PLOT_LEFT 80.0
#define PLOT_HEIGHT 240.0
#define PLOT_SPARE 0.06
#define SCALE 28.0
#define MOST_DOTS 80

PG_FUNCTION_INFO_V1(svg_cells_accum);
PG_FUNCTION_INFO_V1(svg_cells_final);
PG_FUNCTION_INFO_V1(svg_line_accum_date);
PG_FUNCTION_INFO_V1(svg_line_accum_timestamp);
PG_FUNCTION_INFO_V1(svg_line_final);
PG_FUNCTION_INFO_V1(svg_control_accum);
PG_FUNCTION_INFO_V1(svg_control_final);

/* one row; numbers that are NULL are NaN */
typedef struct PictureRow
{
	double estimate;
	double center;
	double low;
	double high;
	int64 at;
	int label; /* where it begins among the labels of all rows, or LABEL_NONE */
	int signal;
} PictureRow;

typedef struct PictureRows
{
	MemoryContext context;
	char *title;
	int count;
	int room;
	PictureRow *row;
	StringInfoData labels; /* each ended by a zero byte */
} PictureRows;

/* Return the state of an aggregate, made at its first row */
static PictureRows *
GetRows(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	MemoryContext old_context;
	PictureRows *rows;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (!PG_ARGISNULL(0))
		return (PictureRows *) PG_GETARG_POINTER(0);
	old_context = MemoryContextSwitchTo(context);
	rows = palloc0(sizeof(PictureRows));
	rows->context = context;
	rows->room = FIRST_ROWS;
	rows->row = palloc(rows->room * sizeof(PictureRow));
	initStringInfo(&rows->labels);
	MemoryContextSwitchTo(old_context);
	return rows;
}

/* Check that all rows have the same title, which a picture without cannot be understood */
static void
ReadTitle(PictureRows *rows, FunctionCallInfo fcinfo, int arg)
{
	text *title;

	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("title must not be null"),
				 errhint("Say what is shown, and in what unit.")));
	title = PG_GETARG_TEXT_PP(arg);
	if (rows->title == NULL)
	{
		if (VARSIZE_ANY_EXHDR(title) > MAX_LABELS_BYTES)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("title is too long"),
					 errdetail("A title has at most %d bytes.", MAX_LABELS_BYTES)));
		rows->title = MemoryContextAlloc(rows->context, VARSIZE_ANY_EXHDR(title) + 1);
		text_to_cstring_buffer(title, rows->title, VARSIZE_ANY_EXHDR(title) + 1);
	}
	else if (strlen(rows->title) != VARSIZE_ANY_EXHDR(title) ||
			 memcmp(rows->title, VARDATA_ANY(title), VARSIZE_ANY_EXHDR(title)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("title must be the same in all rows")));
}

/* Keep a label, and return where it begins */
static int
ReadLabel(PictureRows *rows, FunctionCallInfo fcinfo, int arg)
{
	text *label;
	int begin = rows->labels.len;

	if (PG_ARGISNULL(arg))
		return LABEL_NONE;
	label = PG_GETARG_TEXT_PP(arg);
	if (begin + (int64) VARSIZE_ANY_EXHDR(label) > MAX_LABELS_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("labels are too long for a picture"),
				 errdetail("The labels of all rows have at most %d bytes.", MAX_LABELS_BYTES)));
	appendBinaryStringInfo(&rows->labels, VARDATA_ANY(label), VARSIZE_ANY_EXHDR(label));
	appendStringInfoChar(&rows->labels, '\0');
	return begin;
}

/* Read a number, NULL as NaN */
static double
ReadNumber(FunctionCallInfo fcinfo, int arg, const char *what)
{
	double number;

	if (PG_ARGISNULL(arg))
		return NOT_DEFINED;
	number = PG_GETARG_FLOAT8(arg);
	if (!isfinite(number))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s \"%s\" must be finite", what, float8out_internal(number)),
				 errhint("A row that has none is NULL.")));
	return number + 0.0;
}

/* Check that the ends of an interval are in order */
static void
CheckEnds(double low, double high)
{
	if (low > high)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("low \"%s\" must not be above high \"%s\"", float8out_internal(low),
						float8out_internal(high))));
}

/* Add a row, which is yet to be filled in */
static PictureRow *
AddRow(PictureRows *rows)
{
	PictureRow *row;

	if (rows->count >= MAX_ROWS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("too many rows for a picture"),
				 errdetail("A picture has at most %d rows.", MAX_ROWS),
				 errhint("Roll up to fewer groups or longer periods, or show those that matter.")));
	if (rows->count >= rows->room)
	{
		rows->room *= 2;
		rows->row = repalloc(rows->row, rows->room * sizeof(PictureRow));
	}
	row = &rows->row[rows->count++];
	memset(row, 0, sizeof(PictureRow));
	row->label = row->signal = LABEL_NONE;
	row->center = NOT_DEFINED;
	return row;
}

/* Add a row with its estimate and interval, from so many arguments on */
static PictureRow *
AddEstimate(PictureRows *rows, FunctionCallInfo fcinfo, int arg)
{
	double estimate = ReadNumber(fcinfo, arg, "estimate");
	double low = ReadNumber(fcinfo, arg + 1, "low");
	double high = ReadNumber(fcinfo, arg + 2, "high");
	PictureRow *row;

	CheckEnds(low, high);
	row = AddRow(rows);
	row->estimate = estimate;
	row->low = low;
	row->high = high;
	return row;
}

/* Return the words that begin at a place among the labels */
static const char *
LabelAt(const PictureRows *rows, int place)
{
	return (place == LABEL_NONE) ? NO_LABEL : rows->labels.data + place;
}

/* Widen a span to hold a value */
static void
Widen(PictureAxis *axis, double value)
{
	axis->low = fmin(axis->low, value);
	axis->high = fmax(axis->high, value);
}

/* Set the ends of a scale by all that is shown, with some room to spare */
static void
SetEnds(PictureAxis *axis, const PictureRows *rows)
{
	double spare;

	axis->low = DBL_MAX;
	axis->high = -DBL_MAX;
	for (int i = 0; i < rows->count; i++)
	{
		Widen(axis, rows->row[i].estimate);
		Widen(axis, rows->row[i].center);
		Widen(axis, rows->row[i].low);
		Widen(axis, rows->row[i].high);
	}
	if (axis->low > axis->high)
		axis->low = axis->high = 0.0;
	/* halves, as the whole span of the largest numbers overflows */
	spare = 2.0 * PLOT_SPARE * (axis->high / 2.0 - axis->low / 2.0);
	if (!(spare > fabs(axis->high) * 1e-12))
		spare = fmax(fabs(axis->high) * PLOT_SPARE, DBL_MIN / DBL_EPSILON);
	if (axis->low == 0.0 && axis->high == 0.0)
		spare = 1.0;
	axis->low = fmax(axis->low - spare, -DBL_MAX / 4.0);
	axis->high = fmin(axis->high + spare, DBL_MAX / 4.0);
}

/* Return the decimals that tell the rows apart */
static int
DecimalsOf(const PictureAxis *axis)
{
	return PictureDecimals((axis->high - axis->low) / pow(10.0, ROW_DIGITS - 1));
}

/* Write an estimate with its interval */
static char *
RowWords(const PictureRow *row, int decimals)
{
	if (isnan(row->estimate))
		return pstrdup("not shown");
	if (isnan(row->low) || isnan(row->high))
		return PictureNumber(row->estimate, decimals);
	return psprintf("%s (%s to %s)", PictureNumber(row->estimate, decimals),
					PictureNumber(row->low, decimals), PictureNumber(row->high, decimals));
}

/* Count an estimate of a cell in */
Datum
svg_cells_accum(PG_FUNCTION_ARGS)
{
	PictureRows *rows = GetRows(fcinfo);
	PictureRow *row;

	ReadTitle(rows, fcinfo, 5);
	row = AddEstimate(rows, fcinfo, 2);
	row->label = ReadLabel(rows, fcinfo, 1);
	PG_RETURN_POINTER(rows);
}

/* Draw a line for each cell: its label, its estimate with the interval, and both as numbers */
Datum
svg_cells_final(PG_FUNCTION_ARGS)
{
	static const PictureTone tones[] = {TONE_ESTIMATE, TONE_INTERVAL};
	static char *const legend[] = {"estimate", "interval"};
	const PictureRows *rows;
	PictureAxis axis;
	Picture picture;
	double labels = 0.0, words = 0.0, left, right, bottom;
	int decimals;

	rows = (PictureRows *) PG_GETARG_POINTER(0);
	SetEnds(&axis, rows);
	decimals = DecimalsOf(&axis);
	for (int i = 0; i < rows->count; i++)
	{
		const PictureRow *row = &rows->row[i];

		labels = fmax(labels, PictureTextWidth(LabelAt(rows, row->label), PICTURE_TEXT));
		words = fmax(words, PictureTextWidth(RowWords(row, decimals), PICTURE_TEXT));
	}
	labels = fmin(labels + 1.0, LABEL_ROOM);
	words = fmin(words + 1.0, 1.2 * LABEL_ROOM);
	left = PICTURE_MARGIN + labels + GAP;
	right = PICTURE_WIDTH - PICTURE_MARGIN - words - GAP;
	axis.left = left + GAP;
	axis.right = right - GAP;

	PictureBegin(&picture, PICTURE_WIDTH, rows->title, NULL);
	bottom = picture.top + rows->count * CELL_ROW;
	PictureScale(&picture, &axis, bottom, picture.top, 1.0, "");
	if (axis.low < 0.0 && axis.high > 0.0)
		PictureLine(&picture, TONE_AXIS, PicturePlace(&axis, 0.0), picture.top,
					PicturePlace(&axis, 0.0), bottom);
	for (int i = 0; i < rows->count; i++)
	{
		const PictureRow *row = &rows->row[i];
		const char *label = LabelAt(rows, row->label);
		char *numbers = RowWords(row, decimals);
		double y = picture.top + (i + 0.5) * CELL_ROW;

		CHECK_FOR_INTERRUPTS();
		PictureSay(&picture, "%s: %s", label, numbers);
		PictureText(&picture, INK_PLAIN, left - GAP, y + PICTURE_BASELINE, ANCHOR_END, labels,
					label);
		PictureText(&picture, isnan(row->estimate) ? INK_MUTED : INK_PLAIN, right + GAP,
					y + PICTURE_BASELINE, ANCHOR_START, words, numbers);
		if (isnan(row->estimate))
			continue;
		PictureWhisker(&picture, &axis, row->low, row->high, y);
		PictureDot(&picture, TONE_ESTIMATE, PicturePlace(&axis, row->estimate), y, NULL);
	}
	picture.top = bottom + SCALE + GAP / 2.0;
	PictureLegend(&picture, lengthof(tones), tones, legend);
	PG_RETURN_TEXT_P(cstring_to_text(PictureEnd(&picture)));
}

/* Count an estimate at a time in; those without a time are not shown */
static Datum
AccumLine(FunctionCallInfo fcinfo, bool has_at, int64 at)
{
	PictureRows *rows = GetRows(fcinfo);

	ReadTitle(rows, fcinfo, 5);
	if (has_at)
		AddEstimate(rows, fcinfo, 2)->at = CheckedTime(at, "time");
	PG_RETURN_POINTER(rows);
}

/* Count an estimate of a day in */
Datum
svg_line_accum_date(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return AccumLine(fcinfo, false, 0);
	return AccumLine(fcinfo, true, DateToTimestamp(PG_GETARG_DATEADT(1)));
}

/* Count an estimate of an instant in */
Datum
svg_line_accum_timestamp(PG_FUNCTION_ARGS)
{
	return AccumLine(fcinfo, !PG_ARGISNULL(1), PG_ARGISNULL(1) ? 0 : PG_GETARG_TIMESTAMP(1));
}

/* Order two rows by their times */
static int
CompareTimes(const void *a, const void *b)
{
	int64 x = ((const PictureRow *) a)->at;
	int64 y = ((const PictureRow *) b)->at;

	return (x > y) - (x < y);
}

/* how times are written, so that none has parts which all have in common */
typedef enum TimeForm
{
	TIME_MONTH,
	TIME_DAY,
	TIME_MINUTE,
	TIME_SECOND
} TimeForm;

/* Take a time apart */
static struct pg_tm
BreakTime(int64 at)
{
	struct pg_tm tm = {0};
	fsec_t fraction;

	if (timestamp2tm(at, NULL, &tm, &fraction, NULL, NULL) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("timestamp out of range")));
	return tm;
}

/* Choose how to write the times of rows */
static TimeForm
TimeFormOf(const PictureRows *rows)
{
	TimeForm form = TIME_MONTH;

	for (int i = 0; i < rows->count; i++)
	{
		struct pg_tm tm = BreakTime(rows->row[i].at);

		if (rows->row[i].at % USECS_PER_MINUTE != 0)
			form = TIME_SECOND;
		else if (tm.tm_hour != 0 || tm.tm_min != 0)
			form = Max(form, TIME_MINUTE);
		else if (tm.tm_mday != 1)
			form = Max(form, TIME_DAY);
	}
	return form;
}

/* Write a time; years before 1 AD count down from 0 */
static char *
TimeWords(int64 at, TimeForm form)
{
	struct pg_tm tm = BreakTime(at);
	char *month = psprintf("%04d-%02d", tm.tm_year, tm.tm_mon);

	if (form == TIME_MONTH)
		return month;
	if (form == TIME_DAY)
		return psprintf("%s-%02d", month, tm.tm_mday);
	if (form == TIME_MINUTE)
		return psprintf("%s-%02d %02d:%02d", month, tm.tm_mday, tm.tm_hour, tm.tm_min);
	return psprintf("%s-%02d %02d:%02d:%02d", month, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Append the bands of neighbouring rows that have an interval */
static void
DrawBand(Picture *picture, const PictureRows *rows, const PictureAxis *times,
		 const PictureAxis *values)
{
	for (int from = 0, to; from < rows->count; from = to)
	{
		const PictureRow *row = &rows->row[from];

		to = from + 1;
		if (isnan(row->estimate) || isnan(row->low) || isnan(row->high))
			continue;
		while (to < rows->count && !isnan(rows->row[to].estimate) && !isnan(rows->row[to].low) &&
			   !isnan(rows->row[to].high))
			to++;
		PicturePathBegin(picture, TONE_TINT);
		for (int i = from; i < to; i++)
			PicturePathTo(picture, (i == from) ? "M" : "L",
						  PicturePlace(times, (double) rows->row[i].at),
						  PicturePlace(values, rows->row[i].high));
		for (int i = to - 1; i >= from; i--)
			PicturePathTo(picture, "L", PicturePlace(times, (double) rows->row[i].at),
						  PicturePlace(values, rows->row[i].low));
		PicturePathEnd(picture, NULL);
	}
}

/* Append a line through the estimates of neighbouring rows, places along a scale */
static void
DrawCurve(Picture *picture, const PictureRows *rows, const double *places,
		  const PictureAxis *values)
{
	bool joins = false;

	PicturePathBegin(picture, TONE_CURVE);
	for (int i = 0; i < rows->count; i++)
	{
		bool shown = !isnan(rows->row[i].estimate);

		if (shown)
			PicturePathTo(picture, joins ? "L" : "M", places[i],
						  PicturePlace(values, rows->row[i].estimate));
		joins = shown;
	}
	PicturePathEnd(picture, NULL);
}

/* Append the scale of the values on the left of a plot, and return where they lie */
static PictureAxis
DrawPlot(Picture *picture, const PictureRows *rows)
{
	PictureAxis values = {0};
	double right = PICTURE_WIDTH - PICTURE_MARGIN;

	SetEnds(&values, rows);
	picture->top += GAP;
	values.right = picture->top;
	values.left = picture->top + PLOT_HEIGHT;
	PictureSideScale(picture, &values, PLOT_LEFT, right, 1.0, "");
	if (values.low < 0.0 && values.high > 0.0)
		PictureLine(picture, TONE_AXIS, PLOT_LEFT, PicturePlace(&values, 0.0), right,
					PicturePlace(&values, 0.0));
	PictureLine(picture, TONE_AXIS, PLOT_LEFT, values.left, right, values.left);
	picture->top += PLOT_HEIGHT + SCALE;
	return values;
}

/* Draw estimates over time, with a band of their intervals */
Datum
svg_line_final(PG_FUNCTION_ARGS)
{
	static const PictureTone tones[] = {TONE_CURVE, TONE_TINT};
	static char *const legend[] = {"estimate", "interval"};
	PictureRows sorted;
	const PictureRows *rows = &sorted;
	PictureAxis times, values;
	Picture picture;
	TimeForm form;
	double taken = PLOT_LEFT / 2.0;
	double *places;
	int decimals;

	sorted = *(PictureRows *) PG_GETARG_POINTER(0);
	if (rows->count == 0)
		PG_RETURN_NULL();
	/* a copy, as a final function only reads */
	sorted.row = memcpy(palloc(rows->count * sizeof(PictureRow)), rows->row,
						rows->count * sizeof(PictureRow));
	qsort(sorted.row, rows->count, sizeof(PictureRow), CompareTimes);
	for (int i = 1; i < rows->count; i++)
	{
		if (rows->row[i].at == rows->row[i - 1].at)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("time \"%s\" is there twice", TimeWords(rows->row[i].at, TIME_SECOND)),
					 errhint("Roll up to one row for each time.")));
	}
	form = TimeFormOf(rows);
	PictureBegin(&picture, PICTURE_WIDTH, rows->title, NULL);
	values = DrawPlot(&picture, rows);
	decimals = DecimalsOf(&values);
	times = PictureAxisOf((double) rows->row[0].at, (double) rows->row[rows->count - 1].at,
						  PLOT_LEFT + GAP, PICTURE_WIDTH - PICTURE_MARGIN - GAP);
	places = palloc(rows->count * sizeof(double));
	for (int i = 0; i < rows->count; i++)
	{
		char *time = TimeWords(rows->row[i].at, form);

		CHECK_FOR_INTERRUPTS();
		places[i] = PicturePlace(&times, (double) rows->row[i].at);
		PictureSay(&picture, "%s: %s", time, RowWords(&rows->row[i], decimals));
		PictureTick(&picture, &times, (double) rows->row[i].at, values.left, values.left, time,
					&taken);
	}
	DrawBand(&picture, rows, &times, &values);
	DrawCurve(&picture, rows, places, &values);
	for (int i = 0; i < rows->count; i++)
	{
		const PictureRow *row = &rows->row[i];

		if (isnan(row->estimate) || rows->count > MOST_DOTS)
			continue;
		PictureDot(&picture, TONE_ESTIMATE, places[i], PicturePlace(&values, row->estimate),
				   psprintf("%s: %s", TimeWords(row->at, form), RowWords(row, decimals)));
	}
	PictureLegend(&picture, lengthof(tones), tones, legend);
	PG_RETURN_TEXT_P(cstring_to_text(PictureEnd(&picture)));
}

/* Count a point of a control chart in */
Datum
svg_control_accum(PG_FUNCTION_ARGS)
{
	PictureRows *rows = GetRows(fcinfo);
	double estimate = ReadNumber(fcinfo, 2, "estimate");
	double center = ReadNumber(fcinfo, 3, "center");
	double low = ReadNumber(fcinfo, 4, "low");
	double high = ReadNumber(fcinfo, 5, "high");
	PictureRow *row;

	ReadTitle(rows, fcinfo, 7);
	CheckEnds(low, high);
	row = AddRow(rows);
	row->estimate = estimate;
	row->center = center;
	row->low = low;
	row->high = high;
	row->label = ReadLabel(rows, fcinfo, 1);
	row->signal = ReadLabel(rows, fcinfo, 6);
	PG_RETURN_POINTER(rows);
}

/* lines of a control chart */
typedef enum ControlLine
{
	LINE_LOW,
	LINE_CENTER,
	LINE_HIGH
} ControlLine;

/* Return one of the lines of a control chart at a row */
static double
LineValue(const PictureRow *row, ControlLine line)
{
	return (line == LINE_LOW) ? row->low : (line == LINE_CENTER) ? row->center : row->high;
}

/* Append a line with a step for each row, as limits differ with the size of groups */
static void
DrawSteps(Picture *picture, const PictureRows *rows, const double *places, double half,
		  const PictureAxis *values, ControlLine line)
{
	bool joins = false;

	PicturePathBegin(picture, (line == LINE_CENTER) ? TONE_AXIS : TONE_LIMIT);
	for (int i = 0; i < rows->count; i++)
	{
		double value = LineValue(&rows->row[i], line);

		if (!isnan(value))
		{
			PicturePathTo(picture, joins ? "L" : "M", places[i] - half,
						  PicturePlace(values, value));
			PicturePathTo(picture, "L", places[i] + half, PicturePlace(values, value));
		}
		joins = !isnan(value);
	}
	PicturePathEnd(picture, NULL);
}

/* Draw a control chart, its points equally far apart */
Datum
svg_control_final(PG_FUNCTION_ARGS)
{
	static const PictureTone tones[] = {TONE_CURVE, TONE_AXIS, TONE_LIMIT, TONE_SIGNAL};
	static char *const legend[] = {"estimate", "centre", "limits", "unusual"};
	const PictureRows *rows;
	PictureAxis order, values;
	Picture picture;
	double taken = PLOT_LEFT / 2.0;
	double half;
	double *places;
	int decimals;
	int signals = 0;

	rows = (PictureRows *) PG_GETARG_POINTER(0);
	for (int i = 0; i < rows->count; i++)
		signals += rows->row[i].signal != LABEL_NONE;
	PictureBegin(&picture, PICTURE_WIDTH, rows->title,
				 psprintf((signals == 1) ? "%d unusual point of %d" : "%d unusual points of %d",
						  signals, rows->count));
	values = DrawPlot(&picture, rows);
	decimals = DecimalsOf(&values);
	order = PictureAxisOf(-0.5, rows->count - 0.5, PLOT_LEFT, PICTURE_WIDTH - PICTURE_MARGIN);
	half = (order.right - order.left) / rows->count / 2.0;
	places = palloc(rows->count * sizeof(double));
	for (int i = 0; i < rows->count; i++)
	{
		const PictureRow *row = &rows->row[i];
		const char *label = LabelAt(rows, row->label);

		CHECK_FOR_INTERRUPTS();
		places[i] = PicturePlace(&order, i);
		PictureSay(&picture, "%s: %s", label, RowWords(row, decimals));
		if (row->signal != LABEL_NONE)
			appendStringInfo(&picture.desc, ", %s", LabelAt(rows, row->signal));
		if (PictureTextWidth(label, PICTURE_TEXT) < (order.right - order.left) / 2.0)
			PictureTick(&picture, &order, i, values.left, values.left, label, &taken);
	}
	for (ControlLine line = LINE_LOW; line <= LINE_HIGH; line++)
		DrawSteps(&picture, rows, places, half, &values, line);
	DrawCurve(&picture, rows, places, &values);
	for (int i = 0; i < rows->count; i++)
	{
		const PictureRow *row = &rows->row[i];
		bool unusual = row->signal != LABEL_NONE;
		char *tip = psprintf("%s: %s%s%s", LabelAt(rows, row->label), RowWords(row, decimals),
							 unusual ? ", " : "", unusual ? LabelAt(rows, row->signal) : "");

		if (!isnan(row->estimate) && (unusual || rows->count <= MOST_DOTS))
			PictureDot(&picture, unusual ? TONE_SIGNAL : TONE_ESTIMATE, places[i],
					   PicturePlace(&values, row->estimate), tip);
	}
	PictureLegend(&picture, (signals > 0) ? lengthof(tones) : lengthof(tones) - 1, tones, legend);
	PG_RETURN_TEXT_P(cstring_to_text(PictureEnd(&picture)));
}
