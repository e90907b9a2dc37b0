/*
 * items_ask.c
 *		What one asks of an items_summary.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "chart.h"
#include "items.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(items_n);
PG_FUNCTION_INFO_V1(items_dropped);
PG_FUNCTION_INFO_V1(items_item_count);
PG_FUNCTION_INFO_V1(items_cronbach_alpha);
PG_FUNCTION_INFO_V1(items_reliability);
PG_FUNCTION_INFO_V1(items_report);
PG_FUNCTION_INFO_V1(items_correlation);
PG_FUNCTION_INFO_V1(items_drivers);
PG_FUNCTION_INFO_V1(items_minimum_base);

/* Read the number of an item, which counts from 1, as a place, which counts from 0 */
static int
GetItem(FunctionCallInfo fcinfo, int arg, const ItemsSummary *summary)
{
	int item = PG_GETARG_INT32(arg);

	if (summary->items > 0 && (item < 1 || item > summary->items))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("item \"%d\" is out of range", item),
				 errdetail("The items of this summary have the numbers 1 to %d.", summary->items)));
	return item - 1;
}

/* Read the names of all items, of which some may be NULL; without the argument, number them */
static void
GetItemNames(FunctionCallInfo fcinfo, int arg, const ItemsSummary *summary, const char **name)
{
	ArrayType *names;
	Datum *elements;
	bool *nulls;
	int count;

	if (PG_NARGS() <= arg)
	{
		for (int i = 0; i < summary->items; i++)
			name[i] = psprintf("item %d", i + 1);
		return;
	}
	names = PG_GETARG_ARRAYTYPE_P(arg);
	CheckOneDimension(names, "names", NULL);
	deconstruct_array(names, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &count);
	if (summary->items == 0)
		return;
	if (count != summary->items)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of names does not match the number of items"),
				 errdetail_plural("There is %d name for %d items.",
								  "There are %d names for %d items.", count, count, summary->items),
				 errhint("Name all items in their order; NULL leaves one without a name.")));
	for (int i = 0; i < count; i++)
		name[i] = nulls[i] ? NULL : TextDatumGetCString(elements[i]);
}

/* Return the number of respondents */
Datum
items_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(ItemsGetArg(fcinfo, 0)->respondents);
}

/* Return the number of rows with a gap */
Datum
items_dropped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(ItemsGetArg(fcinfo, 0)->dropped);
}

/* Return the number of items */
Datum
items_item_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(ItemsGetArg(fcinfo, 0)->items);
}

/* Return Cronbach's alpha */
Datum
items_cronbach_alpha(PG_FUNCTION_ARGS)
{
	Comoments comoments = ItemsComoments(ItemsGetArg(fcinfo, 0));

	return ReturnFloat(fcinfo, CronbachAlpha(&comoments, NO_ITEM));
}

/* Return Cronbach's alpha with its interval and what it rests on */
Datum
items_reliability(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);
	double confidence = GetConfidence(fcinfo, 1);
	Comoments comoments = ItemsComoments(summary);
	double alpha = CronbachAlpha(&comoments, NO_ITEM);
	Limits interval = FeldtInterval(alpha, &comoments, confidence);
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, alpha);
	RowFloat(&row, interval.low);
	RowFloat(&row, interval.high);
	RowInt32(&row, summary->items);
	RowInt64(&row, summary->respondents);
	RowInt64(&row, summary->dropped);
	return RowEnd(&row);
}

/* Return a row per item */
Datum
items_report(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);
	Comoments comoments = ItemsComoments(summary);
	const char *name[MAX_ITEMS];
	Row row;

	GetItemNames(fcinfo, 1, summary, name);
	RowBeginSet(&row, fcinfo);
	for (int i = 0; i < summary->items; i++)
	{
		CHECK_FOR_INTERRUPTS();
		RowInt32(&row, i + 1);
		RowText(&row, name[i]);
		RowFloat(&row, (summary->respondents > 0) ? summary->data[i] : NOT_DEFINED);
		RowFloat(&row, ItemDeviation(&comoments, i));
		RowFloat(&row, RestCorrelation(&comoments, i));
		RowFloat(&row, CronbachAlpha(&comoments, i));
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return the correlation of two items */
Datum
items_correlation(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);
	Comoments comoments = ItemsComoments(summary);
	int i = GetItem(fcinfo, 1, summary);
	int j = GetItem(fcinfo, 2, summary);

	if (summary->items == 0)
		PG_RETURN_NULL();
	return ReturnFloat(fcinfo, Correlation(&comoments, i, j));
}

/* Return a row for each item but the outcome */
Datum
items_drivers(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);
	Comoments comoments = ItemsComoments(summary);
	int outcome = GetItem(fcinfo, 1, summary);
	const char *name[MAX_ITEMS];
	Driver driver[MAX_ITEMS];
	double r_squared = NOT_DEFINED;
	Row row;

	GetItemNames(fcinfo, 2, summary, name);
	if (summary->items > 0)
		r_squared = KeyDrivers(&comoments, outcome, driver);
	RowBeginSet(&row, fcinfo);
	for (int i = 0; i < summary->items; i++)
	{
		if (i == outcome)
			continue;
		RowInt32(&row, i + 1);
		RowText(&row, name[i]);
		RowFloat(&row, driver[i].correlation);
		RowFloat(&row, driver[i].beta);
		RowFloat(&row, driver[i].weight);
		RowFloat(&row, driver[i].share);
		RowFloat(&row, r_squared);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return the summary, or NULL when too few answered all items */
Datum
items_minimum_base(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, summary->respondents))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(summary);
}

/* Describe a summary as a chart: how each item goes with the rest, and alpha */
static Chart
ItemsChart(const ItemsSummary *summary)
{
	Chart chart = {0};
	Comoments comoments = ItemsComoments(summary);

	chart.title = "Cronbach's alpha";
	chart.bars = summary->items;
	chart.bar_decimals = 2;
	chart.bar_title = "correlation with rest";
	chart.note_title = "alpha without";
	for (int i = 0; i < chart.bars; i++)
	{
		double without = CronbachAlpha(&comoments, i);

		chart.bar[i].label = psprintf("item %d", i + 1);
		chart.bar[i].share = RestCorrelation(&comoments, i);
		chart.bar[i].note = isnan(without) ? "" : PictureNumber(without, chart.bar_decimals);
	}
	chart.estimate = CronbachAlpha(&comoments, NO_ITEM);
	chart.interval = FeldtInterval(chart.estimate, &comoments, CHART_CONFIDENCE);
	chart.n = summary->respondents;
	chart.low = 0.0;
	chart.high = 1.0;
	chart.factor = 1.0;
	chart.decimals = 2;
	return chart;
}

DEFINE_CHARTS(items, ItemsChart, ItemsGetArg);

DEFINE_JSON_CASTS(items, ItemsToText, ItemsGetArg);
