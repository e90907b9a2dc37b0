/*
 * instruments.c
 *		Standard questionnaires: their answers in, their scores out.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/float.h"

#include "answer.h"
#include "surface.h"

/* items of the longest questionnaire */
#define MAX_INSTRUMENT_ITEMS 16

/* middle of the scale of the UEQ-S, told as 0 */
#define UEQ_CENTRE 4.0

/* pairs that a scale of the NASA-TLX is in */
#define TLX_PAIRS_OF_SCALE (TLX_SCALES - 1)

typedef struct Instrument
{
	const char *name; /* of its function */
	int items;
	int low; /* scale of each item */
	int high;
	const char *call; /* for hints; two plain arguments need none */
} Instrument;

/* items of a scale, counted from 1 as in the papers */
typedef struct ItemRange
{
	int first;
	int last;
} ItemRange;

static const Instrument sus_items = {"sus", 10, 1, 5, "sus(x1, ..., x10) or sus(VARIADIC answers)"};
static const Instrument umux_items = {"umux", 4, 1, 7,
									  "umux(x1, ..., x4) or umux(VARIADIC answers)"};
static const Instrument umux_lite_items = {"umux_lite", 2, 1, 7, NULL};
static const Instrument umux_lite_sus_items = {"umux_lite_sus", 2, 1, 7, NULL};
static const Instrument ux_lite_items = {"ux_lite", 2, 1, 5, NULL};
static const Instrument asq_items = {"asq", 3, 1, 7, "asq(x1, x2, x3) or asq(VARIADIC answers)"};
static const Instrument pssuq_items = {"pssuq", 16, 1, 7,
									   "pssuq(x1, ..., x16) or pssuq(VARIADIC answers)"};
static const Instrument pssuq_scales_items = {
	"pssuq_scales", 16, 1, 7, "pssuq_scales(x1, ..., x16) or pssuq_scales(VARIADIC answers)"};
static const Instrument ueq_s_items = {"ueq_s", 8, 1, 7,
									   "ueq_s(x1, ..., x8) or ueq_s(VARIADIC answers)"};
static const Instrument nasa_tlx_items = {"nasa_tlx", TLX_SCALES, 0, 100,
										  "nasa_tlx(x1, ..., x6) or nasa_tlx(VARIADIC ratings)"};
static const Instrument nasa_tlx_weighted_items = {"nasa_tlx_weighted", TLX_SCALES, 0, 100,
												   "nasa_tlx_weighted(ratings, tallies)"};

PG_FUNCTION_INFO_V1(sus);
PG_FUNCTION_INFO_V1(sus_grade);
PG_FUNCTION_INFO_V1(sus_percentile);
PG_FUNCTION_INFO_V1(sus_adjective);
PG_FUNCTION_INFO_V1(umux);
PG_FUNCTION_INFO_V1(umux_lite);
PG_FUNCTION_INFO_V1(umux_lite_sus);
PG_FUNCTION_INFO_V1(ux_lite);
PG_FUNCTION_INFO_V1(asq);
PG_FUNCTION_INFO_V1(pssuq);
PG_FUNCTION_INFO_V1(pssuq_scales);
PG_FUNCTION_INFO_V1(ueq_s);
PG_FUNCTION_INFO_V1(nasa_tlx);
PG_FUNCTION_INFO_V1(nasa_tlx_weighted);
PG_FUNCTION_INFO_V1(lostness);

/* which answer is being read */
typedef struct CheckedItem
{
	const Instrument *instrument;
	int number;
} CheckedItem;

/* Tell which item an error is about */
static void
ReportItem(void *arg)
{
	const CheckedItem *item = arg;

	errcontext("item %d of %s", item->number, item->instrument->name);
}

/* Check answers against the scale of their items; missing ones stay NaN */
static void
CheckAnswers(const Instrument *instrument, const double *answers, const bool *missing)
{
	CheckedItem item = {instrument, 0};
	ErrorContextCallback context = {error_context_stack, ReportItem, &item};

	error_context_stack = &context;
	for (int i = 0; i < instrument->items; i++)
	{
		item.number = i + 1;
		if (missing == NULL || !missing[i])
			WholeAnswer(answers[i], instrument->low, instrument->high);
	}
	error_context_stack = context.previous;
}

/* Read one number per item from an array; a NULL becomes NaN */
static void
GetItems(FunctionCallInfo fcinfo, int arg, const Instrument *instrument, const char *what,
		 double *numbers, bool *missing)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(arg);
	int count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	Datum *elements;
	bool *nulls;

	CheckOneDimension(array, what, NULL);
	if (count != instrument->items)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs %d %s", instrument->name, instrument->items, what),
				 errdetail_plural("%d was given.", "%d were given.", count, count),
				 errhint("Call %s, with NULL for what is missing.", instrument->call)));
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elements,
					  &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		missing[i] = nulls[i];
		numbers[i] = nulls[i] ? NAN : DatumGetFloat8(elements[i]);
	}
}

/* Read the answers to all items from an array; a missing one is NaN */
static void
GetAnswers(FunctionCallInfo fcinfo, const Instrument *instrument, const char *what, double *answers)
{
	bool missing[MAX_INSTRUMENT_ITEMS];

	GetItems(fcinfo, 0, instrument, what, answers, missing);
	CheckAnswers(instrument, answers, missing);
}

/* Return the score of a questionnaire whose items are positive and negative in turn */
static Datum
ReturnAlternatingScore(FunctionCallInfo fcinfo, const Instrument *instrument)
{
	double answers[MAX_INSTRUMENT_ITEMS];

	GetAnswers(fcinfo, instrument, "answers", answers);
	return ReturnFloat(fcinfo,
					   ScaledScore(answers, instrument->items, instrument->low, instrument->high,
								   true));
}

/* Return the mean of the answered items of a whole questionnaire */
static Datum
ReturnMeanAnswered(FunctionCallInfo fcinfo, const Instrument *instrument)
{
	double answers[MAX_INSTRUMENT_ITEMS];

	GetAnswers(fcinfo, instrument, "answers", answers);
	return ReturnFloat(fcinfo, MeanAnswered(answers, 1, instrument->items, 0.0));
}

/* Return a row of one mean per scale, each over its answered items */
static Datum
ReturnScales(FunctionCallInfo fcinfo, const Instrument *instrument, const ItemRange *scales,
			 int count, double centre)
{
	double answers[MAX_INSTRUMENT_ITEMS];
	Row row;

	GetAnswers(fcinfo, instrument, "answers", answers);
	RowBegin(&row, fcinfo);
	for (int i = 0; i < count; i++)
		RowFloat(&row, MeanAnswered(answers, scales[i].first, scales[i].last, centre));
	return RowEnd(&row);
}

/* Return the score of the two items ease and usefulness */
static double
LiteScore(FunctionCallInfo fcinfo, const Instrument *instrument)
{
	double answers[] = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1)};

	CheckAnswers(instrument, answers, NULL);
	return ScaledScore(answers, instrument->items, instrument->low, instrument->high, false);
}

/* Read a SUS score, also one that is the mean of several */
static double
GetSusScore(FunctionCallInfo fcinfo)
{
	double score = PG_GETARG_FLOAT8(0);

	if (!(score >= 0.0 && score <= FULL_SCORE))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("SUS score \"%s\" is out of range", float8out_internal(score)),
				 errdetail("A SUS score lies between 0 and %g.", FULL_SCORE)));
	return score;
}

/* Return the score of the System Usability Scale */
Datum
sus(PG_FUNCTION_ARGS)
{
	return ReturnAlternatingScore(fcinfo, &sus_items);
}

/* Return the grade of a SUS score */
Datum
sus_grade(PG_FUNCTION_ARGS)
{
	return CStringGetTextDatum(SusGrade(GetSusScore(fcinfo)));
}

/* Return the percentile of a SUS score */
Datum
sus_percentile(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(SusPercentile(GetSusScore(fcinfo)));
}

/* Return the adjective of a SUS score */
Datum
sus_adjective(PG_FUNCTION_ARGS)
{
	return CStringGetTextDatum(SusAdjective(GetSusScore(fcinfo)));
}

/* Return the score of the Usability Metric for User Experience */
Datum
umux(PG_FUNCTION_ARGS)
{
	return ReturnAlternatingScore(fcinfo, &umux_items);
}

/* Return the score of the UMUX-Lite */
Datum
umux_lite(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(LiteScore(fcinfo, &umux_lite_items));
}

/* Return the SUS score that goes with the UMUX-Lite */
Datum
umux_lite_sus(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(SusOfUmuxLite(LiteScore(fcinfo, &umux_lite_sus_items)));
}

/* Return the score of the UX-Lite */
Datum
ux_lite(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(LiteScore(fcinfo, &ux_lite_items));
}

/* Return the score of the After-Scenario Questionnaire */
Datum
asq(PG_FUNCTION_ARGS)
{
	return ReturnMeanAnswered(fcinfo, &asq_items);
}

/* Return the overall score of the Post-Study System Usability Questionnaire */
Datum
pssuq(PG_FUNCTION_ARGS)
{
	return ReturnMeanAnswered(fcinfo, &pssuq_items);
}

/* Return all scores of the Post-Study System Usability Questionnaire */
Datum
pssuq_scales(PG_FUNCTION_ARGS)
{
	/* overall, system usefulness, information quality, interface quality */
	static const ItemRange scales[] = {{1, 16}, {1, 6}, {7, 12}, {13, 15}};

	return ReturnScales(fcinfo, &pssuq_scales_items, scales, lengthof(scales), 0.0);
}

/* Return the scores of the short User Experience Questionnaire */
Datum
ueq_s(PG_FUNCTION_ARGS)
{
	/* pragmatic, hedonic, overall */
	static const ItemRange scales[] = {{1, 4}, {5, 8}, {1, 8}};

	return ReturnScales(fcinfo, &ueq_s_items, scales, lengthof(scales), UEQ_CENTRE);
}

/* Return the raw workload of the NASA Task Load Index */
Datum
nasa_tlx(PG_FUNCTION_ARGS)
{
	double ratings[MAX_INSTRUMENT_ITEMS];

	GetAnswers(fcinfo, &nasa_tlx_items, "ratings", ratings);
	return ReturnFloat(fcinfo, RawTaskLoad(ratings));
}

/* Check how often the scales were chosen; a missing tally is NaN and leaves the sum open */
static void
CheckTallies(const double *tallies, const bool *missing)
{
	double sum = 0.0;

	for (int i = 0; i < TLX_SCALES; i++)
	{
		double tally = tallies[i];

		sum += tally;
		if (missing[i])
			continue;
		if (!(tally >= 0.0 && tally <= TLX_PAIRS_OF_SCALE) || tally != rint(tally))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("tally \"%s\" of scale %d is out of range", float8out_internal(tally),
							i + 1),
					 errdetail("A tally is a whole number from 0 to %d: how often the scale was "
							   "chosen in its %d pairs.",
							   TLX_PAIRS_OF_SCALE, TLX_PAIRS_OF_SCALE)));
	}
	if (!isnan(sum) && sum != TLX_PAIRS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tallies must sum to %d", TLX_PAIRS), errdetail("They sum to %g.", sum),
				 errhint("One scale is chosen in each of the %d pairs. For ratings without "
						 "pairs, call nasa_tlx(VARIADIC ratings).",
						 TLX_PAIRS)));
}

/* Return the weighted workload of the NASA Task Load Index */
Datum
nasa_tlx_weighted(PG_FUNCTION_ARGS)
{
	double ratings[MAX_INSTRUMENT_ITEMS];
	double tallies[MAX_INSTRUMENT_ITEMS];
	bool missing[MAX_INSTRUMENT_ITEMS];

	GetAnswers(fcinfo, &nasa_tlx_weighted_items, "ratings", ratings);
	GetItems(fcinfo, 1, &nasa_tlx_weighted_items, "tallies", tallies, missing);
	CheckTallies(tallies, missing);
	return ReturnFloat(fcinfo, WeightedTaskLoad(ratings, tallies));
}

/* Read a number of screens */
static double
GetScreens(FunctionCallInfo fcinfo, int arg, const char *what, int least)
{
	double screens = PG_GETARG_FLOAT8(arg);

	if (!(screens >= least && screens <= PG_INT32_MAX) || screens != rint(screens))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s \"%s\" is out of range", what, float8out_internal(screens)),
				 errdetail("It is a whole number from %d to %d.", least, PG_INT32_MAX)));
	return screens;
}

/* Return how lost somebody was on the way to a goal */
Datum
lostness(PG_FUNCTION_ARGS)
{
	double unique_screens = GetScreens(fcinfo, 0, "unique_screens", 0);
	double screens = GetScreens(fcinfo, 1, "screens", 0);
	double minimum = GetScreens(fcinfo, 2, "minimum", 1);

	if (unique_screens > screens || (unique_screens == 0.0 && screens > 0.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("unique_screens \"%g\" must lie between 1 and screens \"%g\"",
						unique_screens, screens),
				 errhint("Call lostness(unique_screens, screens, minimum).")));
	return ReturnFloat(fcinfo, Lostness(unique_screens, screens, minimum));
}
