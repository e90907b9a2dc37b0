/*
 * chart_svg.c
 *		Pictures of a summary as SVG, in the forms that several types share.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "chart.h"

/* rows of bars, and the bars in them */
#define ROW 28.0
#define BAR 18.0
#define BASELINE 14.0 /* of text beside a bar */

/* one bar of parts */
#define PARTS 30.0

/* columns of a histogram, and where the words of their scale end */
#define COLUMNS 180.0
#define COLUMN_LEFT 70.0
#define COLUMN_PART 0.84

/* from a dot to its scale, and what a scale takes */
#define DOT_DROP 16.0
#define SCALE 26.0

/* the widest labels of bars */
#define LABEL_ROOM 200.0
#define GAP 10.0

/* tone of bars that have an interval across them, which must be seen */
#define TONE_MEASURED (TONE_SHADE + 4)

/* Write a share in percent */
static char *
Percent(double share)
{
	return psprintf("%.1f %%", 100.0 * share);
}

/* Write a label with its share, where it has one, and its count */
static char *
LabelInWords(const ChartBar *bar)
{
	if (isnan(bar->share))
		return psprintf("%s %lld", bar->label, (long long) bar->count);
	return psprintf("%s %s (%lld)", bar->label, Percent(bar->share), (long long) bar->count);
}

/* Say all bars in words */
static void
SayBars(Picture *picture, const Chart *chart)
{
	for (int i = 0; i < chart->bars; i++)
	{
		const ChartBar *bar = &chart->bar[i];

		if (chart->bar_decimals == 0)
			PictureSay(picture, "%s", LabelInWords(bar));
		else
			PictureSay(picture, "%s: %s %s%s%s%s%s", bar->label, chart->bar_title,
					   ChartBarNumber(chart, bar), (bar->note != NULL) ? ", " : "",
					   (bar->note != NULL) ? chart->note_title : "", (bar->note != NULL) ? " " : "",
					   (bar->note != NULL) ? bar->note : "");
		if (bar->has_interval && !isnan(bar->interval.low))
			appendStringInfo(&picture->desc, ", interval %s to %s", Percent(bar->interval.low),
							 Percent(bar->interval.high));
	}
}

/* Append the interval and the estimate on a scale */
static void
DrawRuler(Picture *picture, const Chart *chart, const PictureAxis *axis)
{
	double y = picture->top + DOT_DROP / 2.0;

	if (chart->has_range)
		PictureRect(
			picture, TONE_NEUTRAL, PicturePlace(axis, chart->range.low), y - BAR / 2.0,
			fmax(PicturePlace(axis, chart->range.high) - PicturePlace(axis, chart->range.low), 1.0),
			BAR, "smallest to largest");
	PictureWhisker(picture, axis, chart->interval.low, chart->interval.high, y);
	if (!isnan(chart->estimate))
		PictureDot(picture, TONE_ESTIMATE, PicturePlace(axis, chart->estimate), y, NULL);
	y += DOT_DROP;
	PictureScale(picture, axis, y, y, chart->factor,
				 (chart->unit != NULL) ? psprintf(" %s", chart->unit) : "");
	picture->top = y + SCALE;
}

/* Append one bar of all that have a share, what its parts are, and the ruler under it */
static void
DrawParts(Picture *picture, const Chart *chart)
{
	static const PictureInk on_tone[] = {INK_ON_LIGHT, INK_ON_DARK, INK_ON_BAD};
	double length = picture->width - 2.0 * PICTURE_MARGIN;
	PictureAxis axis =
		PictureAxisOf(chart->low, chart->high, PICTURE_MARGIN, picture->width - PICTURE_MARGIN);
	PictureTone tones[CHART_MAX_BARS];
	char *words[CHART_MAX_BARS];
	double x = PICTURE_MARGIN;
	int64 counted = 0;

	for (int i = 0; i < chart->bars; i++)
	{
		const ChartBar *bar = &chart->bar[chart->is_reversed ? chart->bars - 1 - i : i];
		char *percent = Percent(bar->share);
		double width = isnan(bar->share) ? 0.0 : bar->share * length;

		tones[i] = bar->tone;
		words[i] = LabelInWords(bar);
		if (bar->tone == TONE_OPEN)
			words[i] = psprintf("%s, not in the share", words[i]);
		else
			counted += bar->count;
		if (!(width > 0.0))
			continue;
		PictureRect(picture, bar->tone, x, picture->top, fmax(width - 1.5, 0.5), PARTS, words[i]);
		if (width > PictureTextWidth(percent, PICTURE_TEXT) + GAP)
			PictureText(picture, on_tone[bar->tone], x + width / 2.0,
						picture->top + PARTS / 2.0 + PICTURE_BASELINE, ANCHOR_MIDDLE, width,
						percent);
		x += width;
	}
	if (counted == 0 || isnan(chart->estimate))
		PictureRect(picture, TONE_OPEN, PICTURE_MARGIN, picture->top, length, PARTS, NULL);
	picture->top += PARTS + GAP;
	DrawRuler(picture, chart, &axis);
	picture->top += GAP;
	PictureLegend(picture, chart->bars, tones, words);
}

/* Append a column for each point of a scale, and the ruler under it */
static void
DrawColumns(Picture *picture, const Chart *chart)
{
	double right = picture->width - PICTURE_MARGIN;
	double slot = (right - COLUMN_LEFT) / Max(chart->bars, 1);
	PictureAxis axis = PictureAxisOf(chart->low - 0.5, chart->high + 0.5, COLUMN_LEFT, right);
	double largest = 0.0, widest = 0.0, top, bottom, step, taken = 0.0;
	PictureAxis shares;

	for (int i = 0; i < chart->bars; i++)
	{
		largest = fmax(largest, chart->bar[i].share);
		widest = fmax(widest, PictureTextWidth(chart->bar[i].label, PICTURE_TEXT));
	}
	step =
		fmax(PictureStep(chart->bars, (int) ((right - COLUMN_LEFT) / (widest + 2.0 * GAP))), 1.0);
	largest = (largest > 0.0) ? largest : 1.0;
	top = picture->top + PICTURE_TEXT;
	bottom = top + COLUMNS;
	shares = PictureAxisOf(0.0, largest, bottom, top);
	PictureSideScale(picture, &shares, COLUMN_LEFT, right, 100.0, " %");
	for (int i = 0; i < chart->bars; i++)
	{
		const ChartBar *bar = &chart->bar[i];
		double x = COLUMN_LEFT + (i + 0.5) * slot;
		char *percent = Percent(bar->share);

		CHECK_FOR_INTERRUPTS();
		if (bar->share > 0.0)
		{
			double y = PicturePlace(&shares, bar->share);

			PictureRect(picture, TONE_GOOD, x - slot * COLUMN_PART / 2.0, y, slot * COLUMN_PART,
						bottom - y, LabelInWords(bar));
			if (PictureTextWidth(percent, PICTURE_TEXT) + 2.0 < slot)
				PictureText(picture, INK_PLAIN, x, y - 4.0, ANCHOR_MIDDLE, slot, percent);
		}
		if (((int64) chart->low + i) % (int64) step == 0)
			PictureTick(picture, &axis, chart->low + i, bottom, bottom, bar->label, &taken);
	}
	PictureLine(picture, TONE_AXIS, COLUMN_LEFT, bottom, right, bottom);
	picture->top = bottom + SCALE + GAP;
	PictureLine(picture, TONE_GRID, COLUMN_LEFT, picture->top, right, picture->top);
	PictureText(picture, INK_MUTED, COLUMN_LEFT - GAP, picture->top + PICTURE_BASELINE, ANCHOR_END,
				COLUMN_LEFT - GAP, "mean");
	PictureWhisker(picture, &axis, chart->interval.low, chart->interval.high, picture->top);
	if (!isnan(chart->estimate))
		PictureDot(picture, TONE_ESTIMATE, PicturePlace(&axis, chart->estimate), picture->top,
				   NULL);
	picture->top += GAP;
}

/* Write what is beside the bar of a label */
static char *
BarWords(const Chart *chart, const ChartBar *bar)
{
	if (chart->bar_decimals > 0)
		return ChartBarNumber(chart, bar);
	if (isnan(bar->share))
		return psprintf("%lld", (long long) bar->count);
	return psprintf("%s (%lld)", Percent(bar->share), (long long) bar->count);
}

/* Append a bar for each label with its interval and its number, and the scale of all */
static void
DrawBars(Picture *picture, const Chart *chart)
{
	bool is_number = chart->bar_decimals > 0;
	double labels = 0.0, words = 0.0, notes = 0.0, high = is_number ? 1.0 : 0.0, low = 0.0;
	double top, left, right;
	PictureAxis axis;

	if (chart->bars == 0)
		return;
	for (int i = 0; i < chart->bars; i++)
	{
		const ChartBar *bar = &chart->bar[i];

		labels = fmax(labels, PictureTextWidth(bar->label, PICTURE_TEXT));
		words = fmax(words, PictureTextWidth(BarWords(chart, bar), PICTURE_TEXT));
		high = fmax(high, bar->share);
		low = fmin(low, bar->share);
		if (bar->has_interval)
			high = fmax(high, bar->interval.high);
	}
	labels = fmin(labels + 1.0, LABEL_ROOM);
	words += 1.0;
	if (chart->bar_title != NULL)
		words = fmax(words, PictureTextWidth(chart->bar_title, PICTURE_TEXT) + 1.0);
	if (chart->note_title != NULL)
		notes = PictureTextWidth(chart->note_title, PICTURE_TEXT) + 1.0;
	left = PICTURE_MARGIN + labels + GAP;
	right =
		picture->width - PICTURE_MARGIN - words - GAP - ((notes > 0.0) ? notes + 2.0 * GAP : 0.0);
	axis = PictureAxisOf(low, (high > 0.0) ? high : 1.0, left, right);
	if (chart->bar_title != NULL)
	{
		PictureText(picture, INK_MUTED, right + GAP + words, picture->top + PICTURE_TEXT,
					ANCHOR_END, words, chart->bar_title);
		if (chart->note_title != NULL)
			PictureText(picture, INK_MUTED, picture->width - PICTURE_MARGIN,
						picture->top + PICTURE_TEXT, ANCHOR_END, notes, chart->note_title);
		picture->top += PICTURE_LINE;
	}
	top = picture->top;
	PictureScale(picture, &axis, top + chart->bars * ROW, top, is_number ? 1.0 : 100.0,
				 is_number ? "" : " %");
	for (int i = 0; i < chart->bars; i++)
	{
		const ChartBar *bar = &chart->bar[i];
		double y = top + i * ROW + (ROW - BAR) / 2.0;
		double from = PicturePlace(&axis, fmin(bar->share, 0.0));

		CHECK_FOR_INTERRUPTS();
		PictureText(picture, INK_PLAIN, left - GAP, y + BASELINE, ANCHOR_END, labels, bar->label);
		if (!isnan(bar->share))
			PictureRect(picture, TONE_MEASURED, from, y,
						PicturePlace(&axis, fmax(bar->share, 0.0)) - from, BAR, LabelInWords(bar));
		if (bar->has_interval)
			PictureWhisker(picture, &axis, bar->interval.low, bar->interval.high, y + BAR / 2.0);
		PictureText(picture, INK_PLAIN, right + GAP + words, y + BASELINE, ANCHOR_END, words,
					BarWords(chart, bar));
		if (bar->note != NULL)
			PictureText(picture, INK_PLAIN, picture->width - PICTURE_MARGIN, y + BASELINE,
						ANCHOR_END, notes, bar->note);
	}
	picture->top = top + chart->bars * ROW + SCALE;
}

/* Append a chart to a picture, and say it in words */
void
ChartDraw(Picture *picture, const Chart *chart)
{
	PictureAxis axis =
		PictureAxisOf(chart->low, chart->high, PICTURE_MARGIN, picture->width - PICTURE_MARGIN);

	SayBars(picture, chart);
	if (chart->form == FORM_PARTS)
		DrawParts(picture, chart);
	else if (chart->form == FORM_COLUMNS && chart->bars > 0)
		DrawColumns(picture, chart);
	else
	{
		DrawBars(picture, chart);
		if (ChartHasRuler(chart))
		{
			picture->top += (chart->bars > 0) ? PICTURE_LINE : 0.0;
			DrawRuler(picture, chart, &axis);
		}
	}
}

/* Draw a chart as SVG */
char *
ChartToSvg(const Chart *chart)
{
	Picture picture;
	char *detail;
	char *heading = ChartHeading(chart, &detail);

	PictureBegin(&picture, PICTURE_WIDTH, heading, detail);
	ChartDraw(&picture, chart);
	return PictureEnd(&picture);
}
