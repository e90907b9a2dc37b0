/*
 * funnel_chart.c
 *		Pictures of a funnel_summary: a bar for each step, and who was lost on the way.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "chart.h"
#include "funnel.h"
#include "rate.h"

/* layout of an SVG */
#define STEP_BAR 28.0
#define STEP_LOSS 26.0
#define STEP_BASELINE 18.5
#define STEP_LABEL 210.0
#define STEP_GAP 10.0
#define STEP_SCALE 26.0

/* tone of bars that have an interval across them, which must be seen */
#define TONE_MEASURED (TONE_SHADE + 4)

/* Describe a summary as a chart: a bar per step, in shares of the first */
static Chart
FunnelChart(const FunnelSummary *summary)
{
	Chart chart = {0};
	Funnel funnel;
	Estimate estimate;
	char **names;

	FunnelRead(&funnel, summary);
	estimate = FunnelEstimate(&funnel, CHART_CONFIDENCE, &rate_interval_methods[0]);
	chart.title = "Completion";
	chart.bars = funnel.steps;
	names = (funnel.steps > 0) ? FunnelStepNames(&funnel) : NULL;
	for (int i = 0; i < funnel.steps; i++)
	{
		chart.bar[i].label = names[i];
		chart.bar[i].share = ProportionShare(FunnelProportion(&funnel, 0, i));
		chart.bar[i].count = funnel.count[FUNNEL_REACHED][i];
		chart.bar[i].tone = TONE_GOOD;
	}
	chart.estimate = estimate.estimate;
	chart.interval = estimate.interval;
	chart.n = estimate.n;
	ChartSetShareRuler(&chart);
	return chart;
}

/* Write the number of a step and its name; in any order that is the same */
static const char *
StepLabel(const Funnel *funnel, const ChartBar *bar, int step)
{
	if (funnel->pattern->flags & PATTERN_ANY_ORDER)
		return bar->label;
	return psprintf("%d %s", step + 1, bar->label);
}

/* Write the share of a step and its actors */
static char *
StepWords(const ChartBar *bar)
{
	if (isnan(bar->share))
		return psprintf("%lld", (long long) bar->count);
	return psprintf("%.1f %% (%lld)", 100.0 * bar->share, (long long) bar->count);
}

/* Write who went no further than a step, and who may yet */
static char *
LossWords(const Funnel *funnel, int step)
{
	int64 reached = funnel->count[FUNNEL_REACHED][step];
	int64 ended = funnel->count[FUNNEL_ENDED][step];
	int64 open = funnel->count[FUNNEL_OPEN][step];
	bool is_last = step == funnel->steps - 1;
	StringInfoData out;

	initStringInfo(&out);
	if (!is_last && reached > 0)
		appendStringInfo(&out, "%lld abandoned (%.1f %%)", (long long) ended,
						 100.0 * (double) ended / (double) reached);
	if (open > 0)
		appendStringInfo(&out, "%s%lld open", (out.len > 0) ? ", " : "", (long long) open);
	return out.data;
}

/* Append the bar of a step and what is lost before the next one */
static void
DrawStep(Picture *picture, const Funnel *funnel, const Chart *chart, int step,
		 const PictureAxis *axis, double words)
{
	const ChartBar *bar = &chart->bar[step];
	Limits interval =
		ProportionInterval(FunnelProportion(funnel, 0, step), CHART_CONFIDENCE, PROPORTION_WILSON);
	const char *label = StepLabel(funnel, bar, step);
	char *loss = LossWords(funnel, step);
	double top = picture->top;
	double bottom = top + STEP_BAR;
	double end = PicturePlace(axis, isnan(bar->share) ? 0.0 : bar->share);

	PictureText(picture, INK_PLAIN, PICTURE_MARGIN, top + STEP_BASELINE, ANCHOR_START,
				axis->left - STEP_GAP - PICTURE_MARGIN, label);
	PictureRect(picture, TONE_MEASURED, axis->left, top, end - axis->left, STEP_BAR, NULL);
	if (step < funnel->steps - 1 && !isnan(bar->share))
	{
		PicturePathBegin(picture, TONE_TINT);
		PicturePathTo(picture, "M", axis->left, bottom);
		PicturePathTo(picture, "L", end, bottom);
		PicturePathTo(picture, "L", PicturePlace(axis, chart->bar[step + 1].share),
					  bottom + STEP_LOSS);
		PicturePathTo(picture, "L", axis->left, bottom + STEP_LOSS);
		PicturePathEnd(picture, NULL);
	}
	if (step > 0)
		PictureWhisker(picture, axis, interval.low, interval.high, top + STEP_BAR / 2.0);
	PictureText(picture, INK_PLAIN, picture->width - PICTURE_MARGIN, top + STEP_BASELINE,
				ANCHOR_END, words, StepWords(bar));
	PictureText(picture, INK_PLAIN, axis->left + STEP_GAP, bottom + STEP_BASELINE - 1.0,
				ANCHOR_START, picture->width - PICTURE_MARGIN - axis->left - STEP_GAP, loss);
	PictureSay(picture, "%s: %s", label, StepWords(bar));
	if (step > 0 && !isnan(interval.low))
		appendStringInfo(&picture->desc, ", interval %.1f %% to %.1f %%", 100.0 * interval.low,
						 100.0 * interval.high);
	if (*loss != '\0')
		appendStringInfo(&picture->desc, ", %s", loss);
	picture->top = bottom + ((step < funnel->steps - 1 || *loss != '\0') ? STEP_LOSS : 0.0);
}

/* Draw a summary as SVG */
static char *
FunnelToSvg(const FunnelSummary *summary)
{
	Chart chart = FunnelChart(summary);
	Funnel funnel;
	Picture picture;
	PictureAxis axis;
	double labels = 0.0, words = 0.0, top;
	char *detail;
	char *heading = ChartHeading(&chart, &detail);

	FunnelRead(&funnel, summary);
	PictureBegin(&picture, PICTURE_WIDTH, heading, detail);
	if (funnel.steps == 0)
		return PictureEnd(&picture);
	for (int i = 0; i < chart.bars; i++)
	{
		const ChartBar *bar = &chart.bar[i];

		labels = fmax(labels, PictureTextWidth(StepLabel(&funnel, bar, i), PICTURE_TEXT));
		words = fmax(words, PictureTextWidth(StepWords(bar), PICTURE_TEXT));
	}
	words += 1.0;
	axis = PictureAxisOf(0.0, 1.0, PICTURE_MARGIN + fmin(labels + 1.0, STEP_LABEL) + STEP_GAP,
						 picture.width - PICTURE_MARGIN - words - STEP_GAP);
	top = picture.top;
	for (int i = 0; i < funnel.steps; i++)
	{
		CHECK_FOR_INTERRUPTS();
		DrawStep(&picture, &funnel, &chart, i, &axis, words);
	}
	PictureScale(&picture, &axis, picture.top, picture.top, 100.0, " %");
	PictureLine(&picture, TONE_AXIS, axis.left, top, axis.left, picture.top);
	picture.top += STEP_SCALE;
	return PictureEnd(&picture);
}

DEFINE_CHART(funnel, FunnelChart, FunnelGetArg);
DEFINE_SVG(funnel, FunnelToSvg, FunnelGetArg);
