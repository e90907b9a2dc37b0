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

/* more bars than any chart is read with */
#define CHART_MAX_BARS MAX_HISTOGRAM_POINTS

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
	const char *caption; /* in place of the ruler and the estimate; may be NULL */
	const char *title;
	const char *unit;              /* after a number; may be NULL */
	const char *missing;           /* why there is no estimate; NULL: nobody answered */
	char *(*format)(double value); /* writes the numbers of a scale of its own; NULL: none */
	double estimate;
	Limits interval;
	double low; /* ends of the ruler; on a scale with a format there may be none */
	double high;
	double factor; /* from the measure to the numbers shown */
	int decimals;
	int end_decimals; /* of the ends of the ruler */
	bool is_signed;
	int64 n;
	int bars;
	int bar_decimals; /* 0: bars are shares in percent, with counts; else numbers up to 1 */
	ChartBar bar[CHART_MAX_BARS];
} Chart;

extern void ChartSetRuler(Chart *chart, double low, double high);
extern int GetChartWidth(FunctionCallInfo fcinfo, int arg);
extern char *ChartToText(const Chart *chart, int width);
extern char *ChartToSvg(const Chart *chart);

#endif /* CXUX_CHART_H */
