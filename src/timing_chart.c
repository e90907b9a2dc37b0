/*
 * timing_chart.c
 *		Pictures of a timing_summary: a histogram, or with unfinished ones the share still running.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "chart.h"
#include "surface.h"
#include "timing.h"

/* bars of a histogram, beside one for what took no time */
#define CHART_BARS 12
#define SVG_BARS 24

/* a ruler spans at least this ratio */
#define RULER_LEAST_RATIO 2.0

/* layout of an SVG */
#define PLOT_LEFT 90.0
#define PLOT_HEIGHT 200.0
#define SCALE 26.0
#define GAP 10.0
#define ZERO_COLUMN 44.0

/* a scale with fewer decades than this has its marks at 2 and 5 times them, too */
#define FEW_DECADES 4.0

/* units of time, the longest first */
static const struct
{
	const char *name;
	double seconds;
} units[] = {{"d", 86400.0}, {"h", 3600.0}, {"min", 60.0}, {"s", 1.0},
			 {"ms", 1e-3},   {"us", 1e-6},  {"ns", 1e-9}};

/* from this part of a unit on, three digits show a whole one: 999.5 ms are 1 s */
#define SHOWN_AS_ONE 0.9995

/* Return the longest unit of which there is one, to three digits */
static int
UnitOf(double seconds)
{
	int i = 0;

	while (i < (int) lengthof(units) - 1 && seconds < SHOWN_AS_ONE * units[i].seconds)
		i++;
	return i;
}

/* Write seconds with three digits in the unit of their size */
static char *
FormatSeconds(double seconds)
{
	int unit = UnitOf(seconds);
	double number = seconds / units[unit].seconds;

	if (seconds == 0.0)
		return pstrdup("0 s");
	return psprintf((number < 99.5) ? "%.3g %s" : "%.0f %s", number, units[unit].name);
}

/*
 * A chart's scale is that of the logarithms of nanoseconds, of which none is negative: a ruler
 * marks zero where it lies between the ends.
 */

/* Convert seconds to the chart's scale */
static double
ToScale(double seconds)
{
	return log(seconds * NANOSECONDS);
}

/* Write a number of the chart's scale */
static char *
FormatScale(double value)
{
	return FormatSeconds(exp(value) / NANOSECONDS);
}

/* Convert an interval to the chart's scale; one without an end is not shown */
static Limits
ScaleInterval(Limits interval)
{
	if (isnan(interval.low) || isnan(interval.high))
		return UndefinedInterval();
	interval.low = ToScale(interval.low);
	interval.high = ToScale(interval.high);
	return interval;
}

/* Set the ends of a chart's ruler by those of its bars and of what it shows */
static void
SetRuler(Chart *chart, double low, double high)
{
	double shown[] = {ToScale(high), chart->estimate, chart->interval.low, chart->interval.high};
	double spare;

	chart->low = chart->high = ToScale(low);
	for (int i = 0; i < (int) lengthof(shown); i++)
	{
		if (!isfinite(shown[i]))
			continue;
		chart->low = fmin(chart->low, shown[i]);
		chart->high = fmax(chart->high, shown[i]);
	}
	spare = fmax(0.0, log(RULER_LEAST_RATIO) - (chart->high - chart->low)) / 2.0;
	chart->low -= spare;
	chart->high += spare;
}

/* Describe a summary as a chart on a scale of logarithms: the geometric mean, or the median */
Chart
TimingChart(const TimingSummary *timing)
{
	const TimingTotals *totals = TimingTotalsOf(timing);
	Estimate estimate = TimingEstimate(timing, CHART_CONFIDENCE, &timing_interval_methods[0]);
	Chart chart = {0};
	TimingBar bar[CHART_BARS + 1];

	chart.title = "Geometric mean";
	chart.bars = TimingFillBars(timing, CHART_BARS, bar);
	for (int i = 0; i < chart.bars; i++)
	{
		const char *from = (bar[i].high > 0.0) ? "from " : "";

		chart.bar[i].label = psprintf("%s%s", from, FormatSeconds(bar[i].low));
		chart.bar[i].count = bar[i].durations;
		chart.bar[i].share = (double) bar[i].durations / totals->count[TIMING_FINISHED];
	}
	if (isnan(estimate.estimate))
	{
		SurvivalTimes times = TimingSurvival(timing, CHART_CONFIDENCE);

		chart.title = "Median";
		estimate.estimate = TimeQuantile(&times, 0.5);
		estimate.interval = TimeMedianInterval(&times, CHART_CONFIDENCE);
		if (totals->count[TIMING_UNFINISHED] > 0)
			chart.missing = "not reached";
	}
	chart.estimate = ToScale(estimate.estimate);
	chart.interval = ScaleInterval(estimate.interval);
	chart.n = estimate.n;
	chart.format = FormatScale;
	if (totals->maximum > 0)
		SetRuler(&chart, totals->minimum / NANOSECONDS, totals->maximum / NANOSECONDS);
	if (totals->count[TIMING_UNFINISHED] > 0)
	{
		chart.bar[chart.bars].label = "unfinished";
		chart.bar[chart.bars].count = totals->count[TIMING_UNFINISHED];
		chart.bar[chart.bars++].share = NOT_DEFINED;
	}
	return chart;
}

/*
 * Append a scale of logarithms, with marks at round numbers of the units.
 *
 * From one unit to the next the marks are 1, 10, 100 and so on, on short scales with 2 and 5 times
 * them; a label that would run into another one is left out.
 */
static void
DrawLogScale(Picture *picture, const PictureAxis *axis, double y, double grid_top)
{
	static const double digits[] = {1.0, 2.0, 5.0};
	double decades = (axis->high - axis->low) / log(10.0);
	int each = (decades < FEW_DECADES) ? lengthof(digits) : 1;
	double taken = axis->left - PLOT_LEFT;

	PictureLine(picture, TONE_AXIS, axis->left, y, axis->right, y);
	for (int unit = lengthof(units) - 1; unit >= 0; unit--)
	{
		double end = (unit > 0) ? units[unit - 1].seconds : DURATION_END / NANOSECONDS;

		for (double ten = units[unit].seconds; ten < SHOWN_AS_ONE * end; ten *= 10.0)
		{
			for (int i = 0; i < each && digits[i] * ten < SHOWN_AS_ONE * end; i++)
			{
				double value = ToScale(digits[i] * ten);

				if (value >= axis->low - PICTURE_ROUNDING && value <= axis->high + PICTURE_ROUNDING)
					PictureTick(picture, axis, value, y, grid_top, FormatSeconds(digits[i] * ten),
								&taken);
			}
		}
	}
}

/* Append an estimate with its interval above a scale of logarithms */
void
TimingDrawRuler(Picture *picture, const TimingSummary *timing, Chart *chart)
{
	PictureAxis axis =
		PictureAxisOf(chart->low, chart->high, PICTURE_MARGIN, picture->width - PICTURE_MARGIN);
	const TimingTotals *totals = TimingTotalsOf(timing);
	double y = picture->top + GAP;

	if (totals->minimum > 0)
	{
		double from = PicturePlace(&axis, ToScale(totals->minimum / NANOSECONDS));
		double to = PicturePlace(&axis, ToScale(totals->maximum / NANOSECONDS));

		PictureRect(picture, TONE_NEUTRAL, from, y - GAP, fmax(to - from, 1.0), 2.0 * GAP,
					"shortest to longest");
	}
	PictureWhisker(picture, &axis, chart->interval.low, chart->interval.high, y);
	if (!isnan(chart->estimate))
		PictureDot(picture, TONE_ESTIMATE, PicturePlace(&axis, chart->estimate), y, NULL);
	y += 1.6 * GAP;
	DrawLogScale(picture, &axis, y, y);
	picture->top = y + SCALE;
}

/* Append a histogram on a scale of logarithms, with the estimate under it */
static void
DrawHistogram(Picture *picture, const TimingSummary *timing, const Chart *chart)
{
	const TimingTotals *totals = TimingTotalsOf(timing);
	double n = totals->count[TIMING_FINISHED];
	TimingBar bar[SVG_BARS + 1];
	int bars = TimingFillBars(timing, SVG_BARS, bar);
	bool has_zero = totals->zeros[TIMING_FINISHED] > 0;
	double right = picture->width - PICTURE_MARGIN;
	double top = picture->top + GAP, bottom = top + PLOT_HEIGHT;
	double largest = 0.0, taken = 0.0;
	PictureAxis times = PictureAxisOf(chart->low, chart->high,
									  PLOT_LEFT + (has_zero ? ZERO_COLUMN + GAP : 0.0), right);
	PictureAxis shares;

	for (int i = 0; i < bars; i++)
		largest = fmax(largest, bar[i].durations / n);
	shares = PictureAxisOf(0.0, largest, bottom, top);
	PictureSideScale(picture, &shares, PLOT_LEFT, right, 100.0, " %");
	for (int i = 0; i < bars; i++)
	{
		double share = bar[i].durations / n;
		bool is_zero = has_zero && i == 0;
		double from = is_zero ? PLOT_LEFT : PicturePlace(&times, ToScale(bar[i].low));
		double to = is_zero ? PLOT_LEFT + ZERO_COLUMN : PicturePlace(&times, ToScale(bar[i].high));
		char *words =
			psprintf("%s to %s: %.1f %% (%lld)", FormatSeconds(bar[i].low),
					 FormatSeconds(bar[i].high), 100.0 * share, (long long) bar[i].durations);

		if (bar[i].durations == 0)
			continue;
		PictureSay(picture, "%s", words);
		PictureRect(picture, TONE_GOOD, from, PicturePlace(&shares, share),
					fmax(to - from - 1.0, 1.0), bottom - PicturePlace(&shares, share), words);
	}
	if (has_zero)
	{
		PictureAxis zero = PictureAxisOf(-1.0, 1.0, PLOT_LEFT, PLOT_LEFT + ZERO_COLUMN);

		PictureTick(picture, &zero, 0.0, bottom, bottom, "0 s", &taken);
		PictureLine(picture, TONE_AXIS, PLOT_LEFT, bottom, PLOT_LEFT + ZERO_COLUMN, bottom);
	}
	picture->top = bottom + SCALE;
	if (totals->maximum == 0)
		return;
	DrawLogScale(picture, &times, bottom, bottom);
	picture->top += GAP;
	PictureLine(picture, TONE_GRID, times.left, picture->top, right, picture->top);
	PictureText(picture, INK_MUTED, PLOT_LEFT - GAP, picture->top + PICTURE_BASELINE, ANCHOR_END,
				PLOT_LEFT - GAP - 2.0, isnan(TimingLogMean(timing).mean) ? "median" : "mean");
	PictureWhisker(picture, &times, chart->interval.low, chart->interval.high, picture->top);
	if (!isnan(chart->estimate))
		PictureDot(picture, TONE_ESTIMATE, PicturePlace(&times, chart->estimate), picture->top,
				   NULL);
	picture->top += GAP;
}

/* Return the upper end of the band from a time on; where there is none, the curve itself */
static double
BandHigh(const SurvivalTimes *times, int i)
{
	const SurvivalStep *step = &times->steps[i];

	return isnan(step->limits.high) ? step->survival : step->limits.high;
}

/* Return the lower end likewise */
static double
BandLow(const SurvivalTimes *times, int i)
{
	const SurvivalStep *step = &times->steps[i];

	return isnan(step->limits.low) ? step->survival : step->limits.low;
}

/* Append the band of the survival curve, from one time to the next as high as at the first */
static void
DrawSurvivalBand(Picture *picture, const SurvivalTimes *times, const PictureAxis *seconds,
				 const PictureAxis *shares)
{
	PicturePathBegin(picture, TONE_TINT);
	PicturePathTo(picture, "M", seconds->left, shares->right);
	for (int i = 0; i < times->count; i++)
	{
		double x = PicturePlace(seconds, times->steps[i].time);

		PicturePathTo(picture, "L", x,
					  PicturePlace(shares, (i == 0) ? 1.0 : BandHigh(times, i - 1)));
		PicturePathTo(picture, "L", x, PicturePlace(shares, BandHigh(times, i)));
	}
	for (int i = times->count - 1; i >= 0; i--)
	{
		double x = PicturePlace(seconds, times->steps[i].time);

		PicturePathTo(picture, "L", x, PicturePlace(shares, BandLow(times, i)));
		PicturePathTo(picture, "L", x,
					  PicturePlace(shares, (i == 0) ? 1.0 : BandLow(times, i - 1)));
	}
	PicturePathEnd(picture, NULL);
}

/* Return how many were not over just before a time */
static double
AtRisk(const SurvivalTimes *times, double time)
{
	for (int i = 0; i < times->count; i++)
	{
		if (times->steps[i].time >= time)
			return times->steps[i].at_risk;
	}
	return 0.0;
}

/* Append the scale of a survival curve, with how many are at risk */
static void
DrawRiskScale(Picture *picture, const SurvivalTimes *times, const PictureAxis *axis, double y)
{
	int unit = UnitOf(axis->high);
	double size = units[unit].seconds;
	double widest =
		PictureTextWidth(psprintf("%.0f", times->finished + times->unfinished), PICTURE_TEXT) +
		2.0 * GAP;
	double step = PictureStep(axis->high / size,
							  Max((int) ((axis->right - axis->left) / fmax(widest, 60.0)), 1));
	double taken = 0.0;

	PictureLine(picture, TONE_AXIS, axis->left, y, axis->right, y);
	PictureText(picture, INK_MUTED, PLOT_LEFT - widest / 2.0, y + SCALE + PICTURE_LINE - 6.0,
				ANCHOR_END, PLOT_LEFT - widest / 2.0 - 2.0, "at risk");
	for (int i = 0; i * step * size <= axis->high; i++)
	{
		double time = i * step * size;
		char *number = psprintf("%.0f", AtRisk(times, time));

		PictureTick(picture, axis, time, y, y,
					psprintf("%s %s", PictureNumber(i * step, PictureDecimals(step)),
							 units[unit].name),
					&taken);
		PictureText(picture, INK_MUTED, PicturePlace(axis, time), y + SCALE + PICTURE_LINE - 6.0,
					ANCHOR_MIDDLE, widest, number);
	}
}

/* Append the share that is not over yet, with its band and the median */
static void
DrawSurvival(Picture *picture, const TimingSummary *timing)
{
	SurvivalTimes times = TimingSurvival(timing, CHART_CONFIDENCE);
	double median = TimeQuantile(&times, 0.5);
	Limits interval = TimeMedianInterval(&times, CHART_CONFIDENCE);
	double right = picture->width - PICTURE_MARGIN - GAP;
	double last = times.steps[times.count - 1].time;
	PictureAxis seconds = PictureAxisOf(0.0, (last > 0.0) ? last : 1.0, PLOT_LEFT, right);
	PictureAxis shares =
		PictureAxisOf(0.0, 1.0, picture->top + GAP + PLOT_HEIGHT, picture->top + GAP);
	double share = 1.0;

	PictureSideScale(picture, &shares, PLOT_LEFT, right, 100.0, " %");
	DrawSurvivalBand(picture, &times, &seconds, &shares);
	PicturePathBegin(picture, TONE_CURVE);
	PicturePathTo(picture, "M", seconds.left, PicturePlace(&shares, share));
	for (int i = 0; i < times.count; i++)
	{
		const SurvivalStep *step = &times.steps[i];

		CHECK_FOR_INTERRUPTS();
		if (step->survival == share && i < times.count - 1)
			continue;
		PicturePathTo(picture, "L", PicturePlace(&seconds, step->time),
					  PicturePlace(&shares, share));
		share = step->survival;
		PicturePathTo(picture, "L", PicturePlace(&seconds, step->time),
					  PicturePlace(&shares, share));
	}
	PicturePathEnd(picture, NULL);
	if (!isnan(median))
	{
		PictureWhisker(picture, &seconds, interval.low, interval.high, PicturePlace(&shares, 0.5));
		PictureDot(picture, TONE_ESTIMATE, PicturePlace(&seconds, median),
				   PicturePlace(&shares, 0.5), psprintf("median %s", FormatSeconds(median)));
	}
	DrawRiskScale(picture, &times, &seconds, shares.left);
	picture->top = shares.left + SCALE + PICTURE_LINE + GAP / 2.0;
	PictureSay(picture,
			   "Share not over yet: %.1f %% after %s, the longest time; %.0f finished, "
			   "%.0f unfinished",
			   100.0 * share, FormatSeconds(last), times.finished, times.unfinished);
	for (int i = 1; i < 4; i++)
	{
		double time = last * i / 4.0;

		PictureSay(picture, "%.1f %% after %s", 100.0 * SurvivalAt(&times, time),
				   FormatSeconds(time));
	}
}

/* Draw a summary as SVG: a histogram, or a survival curve when some are unfinished */
static char *
TimingToSvg(const TimingSummary *timing)
{
	static const PictureTone tones[] = {TONE_CURVE, TONE_TINT, TONE_ESTIMATE};
	char *const legend[] = {"share not over yet",
							psprintf("%g %% interval", 100.0 * CHART_CONFIDENCE), "median"};
	const TimingTotals *totals = TimingTotalsOf(timing);
	Chart chart = TimingChart(timing);
	Picture picture;
	char *detail;
	char *heading = ChartHeading(&chart, &detail);

	if (totals->count[TIMING_UNFINISHED] > 0)
		detail =
			psprintf("%s%s%lld unfinished", (detail != NULL) ? detail : "",
					 (detail != NULL) ? ", " : "", (long long) totals->count[TIMING_UNFINISHED]);
	PictureBegin(&picture, PICTURE_WIDTH, heading, detail);
	if (totals->count[TIMING_UNFINISHED] > 0)
	{
		DrawSurvival(&picture, timing);
		PictureLegend(&picture, isnan(chart.estimate) ? lengthof(tones) - 1 : lengthof(tones),
					  tones, legend);
	}
	else if (totals->count[TIMING_FINISHED] > 0)
		DrawHistogram(&picture, timing, &chart);
	return PictureEnd(&picture);
}

DEFINE_CHART(timing, TimingChart, TimingGetArg);
DEFINE_SVG(timing, TimingToSvg, TimingGetArg);
