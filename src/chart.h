/*
 * chart.h
 *		Pictures of a summary: text for psql, SVG for pages.
 */
#ifndef CXUX_CHART_H
#define CXUX_CHART_H

#include "postgres.h"

#include "fmgr.h"

#include "statistics.h"

/* confidence of the interval drawn */
#define CHART_CONFIDENCE 0.95

/* what a bar stands for, which decides its colour */
typedef enum ChartTone
{
	TONE_NEUTRAL,
	TONE_GOOD,
	TONE_BAD
} ChartTone;

typedef struct ChartBar
{
	const char *label;
	double share; /* NaN: only counted */
	int64 count;
	ChartTone tone;
} ChartBar;

/* bars of shares above a ruler with the estimate and its interval */
typedef struct Chart
{
	const char *title;
	const char *unit; /* after a number; may be NULL */
	double estimate;
	Limits interval;
	double low; /* ends of the ruler */
	double high;
	double factor; /* from the measure to the numbers shown */
	int decimals;
	bool is_signed;
	int64 n;
	int bars;
	ChartBar bar[MAX_HISTOGRAM_POINTS];
} Chart;

extern int GetChartWidth(FunctionCallInfo fcinfo, int arg);
extern char *ChartToText(const Chart *chart, int width);
extern char *ChartToSvg(const Chart *chart);

#endif /* CXUX_CHART_H */
