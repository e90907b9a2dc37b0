/*
 * chart.h
 *		Pictures of a summary: text for psql, SVG for pages.
 */
#ifndef CXUX_CHART_H
#define CXUX_CHART_H

#include "postgres.h"

#include "fmgr.h"

#include "picture.h"
#include "statistics.h"

/* confidence of the interval drawn */
#define CHART_CONFIDENCE 0.95

/* more bars than any chart is read with */
#define CHART_MAX_BARS MAX_HISTOGRAM_POINTS

/* the form of an SVG */
typedef enum ChartForm
{
	FORM_BARS,    /* a bar for each label, above the ruler where there is one */
	FORM_PARTS,   /* one bar of all that have a share, above the ruler */
	FORM_COLUMNS, /* a column for each point of a scale, which is the ruler's, too */
	FORM_RULER    /* nothing else */
} ChartForm;

typedef struct ChartBar
{
	const char *label;
	double share; /* NaN: only counted */
	int64 count;
	PictureTone tone;
	bool has_interval;
	Limits interval;
	const char *note; /* after the number of an SVG; may be NULL */
} ChartBar;

/* bars of shares above a ruler with the estimate and its interval */
typedef struct Chart
{
	ChartForm form;
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
	bool is_reversed; /* parts begin with the last one */
	bool has_range;   /* of all values, which an SVG shows on its ruler */
	Limits range;
	const char *bar_title;  /* what bars that are numbers show */
	const char *note_title; /* what their notes are, where they have some */
	int64 n;
	int bars;
	int bar_decimals; /* 0: bars are shares in percent, with counts; else numbers up to 1 */
	ChartBar bar[CHART_MAX_BARS];
} Chart;

extern void ChartSetRuler(Chart *chart, double low, double high);
extern void ChartSetShareRuler(Chart *chart);
extern int GetChartWidth(FunctionCallInfo fcinfo, int arg);
extern char *ChartHeading(const Chart *chart, char **detail);
extern bool ChartHasRuler(const Chart *chart);
extern char *ChartBarNumber(const Chart *chart, const ChartBar *bar);
extern char *ChartToText(const Chart *chart, int width);

/* chart_svg.c */

extern void ChartDraw(Picture *picture, const Chart *chart);
extern char *ChartToSvg(const Chart *chart);

#endif /* CXUX_CHART_H */
