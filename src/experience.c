/*
 * experience.c
 *		An index of components measured on scales of their own, and what each adds to it.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/float.h"

#include "answer.h"
#include "cell_window.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(experience_index_accum);
PG_FUNCTION_INFO_V1(experience_index_combine);
PG_FUNCTION_INFO_V1(experience_index_final);
PG_FUNCTION_INFO_V1(index_contribution);

/* what a missing component does to the index */
typedef enum MissingRule
{
	MISSING_REQUIRE = 1,
	MISSING_DROP
} MissingRule;

static const Choice missing_rules[] = {{"require", MISSING_REQUIRE},
									   {"drop", MISSING_DROP},
									   {NULL, 0}};

#define DEFAULT_CONFIDENCE 0.95

/* arguments of the aggregate after its state */
enum
{
	ARG_ESTIMATE = 1,
	ARG_ERROR,
	ARG_WORST,
	ARG_BEST,
	ARG_WEIGHT,
	ARG_MISSING,
	ARG_CONFIDENCE
};

/* the state of the aggregate is an array of numbers, which any plan can ship and add up */
typedef struct IndexState
{
	Composite sums;
	double missing_rule; /* 0: no row yet */
	double confidence;
} IndexState;

/* so many components count exactly in a double */
#define MAX_COMPONENTS 1e15

#define STATE_NUMBERS ((int) (sizeof(IndexState) / sizeof(float8)))

/* Tell whether a number can be a count of components */
static bool
IsCount(double number)
{
	return number >= 0.0 && number <= MAX_COMPONENTS;
}

/* Return the state inside an array, which somebody may have made by hand */
static IndexState *
GetState(ArrayType *array)
{
	IndexState *state = (IndexState *) ARR_DATA_PTR(array);

	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != STATE_NUMBERS || ARR_HASNULL(array) ||
		ARR_ELEMTYPE(array) != FLOAT8OID || !IsCount(state->sums.present) ||
		!IsCount(state->sums.missing))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid state of experience_index"),
				 errdetail("It is an array of %d numbers that experience_index_accum returns.",
						   STATE_NUMBERS)));
	return state;
}

/* Check a number that must be given and finite */
static double
CheckGiven(double number, bool isnull, const char *what)
{
	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be null", what)));
	if (!isfinite(number))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s \"%s\" must be finite", what, float8out_internal(number))));
	return number;
}

/* Check a component: its scale and weight always, its estimate where there is one */
static void
CheckComponent(const Component *c)
{
	/* halves, by which the scale is measured */
	if (c->worst / 2.0 == c->best / 2.0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("worst and best must differ"),
				 errdetail("Both are \"%s\".", float8out_internal(c->worst))));
	if (c->weight < 0.0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weight \"%s\" must not be negative", float8out_internal(c->weight))));
	if (c->error < 0.0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("standard error \"%s\" must not be negative",
						float8out_internal(c->error))));
	if (c->estimate < fmin(c->worst, c->best) || c->estimate > fmax(c->worst, c->best))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("estimate \"%s\" is off its scale", float8out_internal(c->estimate)),
				 errdetail("The scale goes from %g, the worst, to %g, the best.", c->worst,
						   c->best),
				 errhint("Of a measure without limits, cut off what counts as the worst or best "
						 "with least and greatest.")));
}

/* Read a component from the arguments of the aggregate */
static Component
GetComponent(FunctionCallInfo fcinfo)
{
	Component c = {NOT_DEFINED, NOT_DEFINED, 0.0, 0.0, 0.0};

	if (!PG_ARGISNULL(ARG_ESTIMATE))
		c.estimate = CheckGiven(PG_GETARG_FLOAT8(ARG_ESTIMATE), false, "estimate");
	if (!PG_ARGISNULL(ARG_ERROR))
		c.error = CheckGiven(PG_GETARG_FLOAT8(ARG_ERROR), false, "standard error");
	c.worst = CheckGiven(PG_GETARG_FLOAT8(ARG_WORST), PG_ARGISNULL(ARG_WORST), "worst");
	c.best = CheckGiven(PG_GETARG_FLOAT8(ARG_BEST), PG_ARGISNULL(ARG_BEST), "best");
	c.weight = CheckGiven(PG_GETARG_FLOAT8(ARG_WEIGHT), PG_ARGISNULL(ARG_WEIGHT), "weight");
	CheckComponent(&c);
	return c;
}

/* Check an option that must be the same for all components */
static void
CheckSame(double before, double now, const char *what)
{
	if (before != now)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not change within an index", what)));
}

/* Take over the options of an index, or check that they are still the same */
static void
SetOptions(IndexState *state, double missing_rule, double confidence)
{
	if (state->missing_rule == 0.0)
	{
		state->missing_rule = missing_rule;
		state->confidence = confidence;
	}
	CheckSame(state->missing_rule, missing_rule, "missing");
	CheckSame(state->confidence, confidence, "confidence");
}

/* Return the array that a function may write to */
static ArrayType *
WritableState(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("state must not be null")));
	return AggCheckCallContext(fcinfo, NULL) ? PG_GETARG_ARRAYTYPE_P(0)
											 : PG_GETARG_ARRAYTYPE_P_COPY(0);
}

/* Check that sums did not overflow; an unknown error is NaN */
static void
CheckSums(const Composite *sums)
{
	if (isinf(sums->weight) || isinf(sums->score) || isinf(sums->variance))
		float_overflow_error();
}

/* Add a component to an index */
Datum
experience_index_accum(PG_FUNCTION_ARGS)
{
	ArrayType *array = WritableState(fcinfo);
	IndexState *state = GetState(array);
	Component component = GetComponent(fcinfo);
	double missing_rule = MISSING_REQUIRE;
	double confidence = DEFAULT_CONFIDENCE;

	if (PG_NARGS() > ARG_MISSING)
	{
		if (PG_ARGISNULL(ARG_MISSING))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("missing must not be null")));
		missing_rule = GetChoice(fcinfo, ARG_MISSING, "value of missing", missing_rules)->value;
	}
	if (PG_NARGS() > ARG_CONFIDENCE)
	{
		if (PG_ARGISNULL(ARG_CONFIDENCE))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("confidence must not be null")));
		confidence = GetConfidence(fcinfo, ARG_CONFIDENCE);
	}
	SetOptions(state, missing_rule, confidence);
	if (component.weight > 0.0)
		AddComponent(&state->sums, &component);
	PG_RETURN_ARRAYTYPE_P(array);
}

/* Add the components of another part of an index */
Datum
experience_index_combine(PG_FUNCTION_ARGS)
{
	ArrayType *array = WritableState(fcinfo);
	IndexState *into = GetState(array);
	IndexState *from = GetState(PG_GETARG_ARRAYTYPE_P(1));

	if (from->missing_rule != 0.0)
		SetOptions(into, from->missing_rule, from->confidence);
	MergeComposite(&into->sums, &from->sums);
	PG_RETURN_ARRAYTYPE_P(array);
}

/* Return the index with its interval and the number of its components */
Datum
experience_index_final(PG_FUNCTION_ARGS)
{
	IndexState *state = GetState(PG_GETARG_ARRAYTYPE_P(0));
	const Composite *sums = &state->sums;
	double score = CompositeScore(sums);
	Limits interval = UndefinedInterval();
	Row row;

	if (sums->present + sums->missing == 0.0)
		PG_RETURN_NULL();
	CheckSums(sums);
	if (sums->missing > 0.0 && state->missing_rule != MISSING_DROP)
		score = NOT_DEFINED;
	if (!isnan(score))
		interval = CompositeInterval(sums, state->confidence);
	RowBegin(&row, fcinfo);
	RowFloat(&row, score);
	RowFloat(&row, interval.low);
	RowFloat(&row, interval.high);
	RowInt64(&row, (int64) sums->present);
	RowInt64(&row, (int64) sums->missing);
	return RowEnd(&row);
}

/* what the first row of a partition computes for all of them */
typedef struct IndexPartition
{
	bool is_read;
	Composite sums;
} IndexPartition;

/* Read a component of the partition: estimate, worst, best, weight */
static Component
RowComponent(WindowObject window, int row)
{
	Component c = {NOT_DEFINED, NOT_DEFINED, 0.0, 0.0, 0.0};
	bool isnull;
	Datum number = PartitionArg(window, 0, row, &isnull);

	if (!isnull)
		c.estimate = CheckGiven(DatumGetFloat8(number), false, "estimate");
	number = PartitionArg(window, 1, row, &isnull);
	c.worst = CheckGiven(DatumGetFloat8(number), isnull, "worst");
	number = PartitionArg(window, 2, row, &isnull);
	c.best = CheckGiven(DatumGetFloat8(number), isnull, "best");
	number = PartitionArg(window, 3, row, &isnull);
	c.weight = CheckGiven(DatumGetFloat8(number), isnull, "weight");
	CheckComponent(&c);
	return c;
}

/* Add a row to the index of the partition */
static void
ReadComponent(WindowObject window, int row, void *context)
{
	Component component = RowComponent(window, row);

	if (component.weight > 0.0)
		AddComponent(context, &component);
}

/* Return what the current row adds to the index of its partition */
Datum
index_contribution(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	IndexPartition *partition = WinGetPartitionLocalMemory(window, sizeof(IndexPartition));
	int missing_rule =
		FindChoice(CurrentWord(window, 4, "missing"), "value of missing", missing_rules)->value;
	Component component = RowComponent(window, (int) WinGetCurrentPosition(window));
	double score = RescaledEstimate(&component);
	double share;
	Row row;

	if (!partition->is_read)
	{
		ScanPartition(window, PartitionRows(window, 1), ReadComponent, &partition->sums);
		CheckSums(&partition->sums);
		partition->is_read = true;
	}
	share = component.weight / partition->sums.weight;
	if (isnan(score))
		PG_RETURN_NULL();
	if (!(partition->sums.weight > 0.0) ||
		(partition->sums.missing > 0.0 && missing_rule != MISSING_DROP))
		share = NOT_DEFINED;
	RowBegin(&row, fcinfo);
	RowFloat(&row, score);
	RowFloat(&row, share);
	RowFloat(&row, share * score);
	return RowEnd(&row);
}
