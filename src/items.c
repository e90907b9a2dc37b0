/*
 * items.c
 *		items_summary: the type, its aggregates, merging.
 */
#include "postgres.h"

#include <float.h>

#include "access/tupmacs.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/float.h"

#include "answer.h"
#include "items.h"
#include "surface.h"

#define ITEMS_TYPE "items_summary"

#define ITEMS_HEADER offsetof(ItemsSummary, data)

/*
 * The largest sum of squares, half of what a double can hold: the co-moments
 * that it bounds then are finite, too, however they were rounded.
 */
#define MAX_SQUARE (DBL_MAX / 2.0)

StaticAssertDecl(offsetof(ItemsSummary, data) == MAXALIGN(offsetof(ItemsSummary, data)),
				 "the means of items_summary must be aligned");

PG_FUNCTION_INFO_V1(items_in);
PG_FUNCTION_INFO_V1(items_out);
PG_FUNCTION_INFO_V1(items_recv);
PG_FUNCTION_INFO_V1(items_send);
PG_FUNCTION_INFO_V1(items_accum);
PG_FUNCTION_INFO_V1(items_final);
PG_FUNCTION_INFO_V1(items_merge);

/* Read a summary argument; it must not be written to */
ItemsSummary *
ItemsGetArg(FunctionCallInfo fcinfo, int arg)
{
	ItemsSummary *summary = (ItemsSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(summary->version, ITEMS_VERSION, ITEMS_TYPE);
	return summary;
}

/* Return how many numbers follow the header of a summary */
static int
ItemsNumbers(int items)
{
	return items + ItemsMoments(items);
}

/* Return a summary of nobody */
static ItemsSummary *
ItemsCreate(int items)
{
	Size size = ITEMS_HEADER + ItemsNumbers(items) * sizeof(double);
	ItemsSummary *summary = palloc0(size);

	SET_VARSIZE(summary, size);
	summary->version = ITEMS_VERSION;
	summary->items = items;
	return summary;
}

/* Return the state of an aggregate to be changed in place; a copy when called by hand */
static ItemsSummary *
ItemsState(FunctionCallInfo fcinfo)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);
	ItemsSummary *copy;

	if (AggCheckCallContext(fcinfo, NULL))
		return summary;
	copy = palloc(VARSIZE(summary));
	memcpy(copy, summary, VARSIZE(summary));
	return copy;
}

/* Check how many items there are; false after a soft error */
static bool
CheckItemCount(int64 items, Node *escontext)
{
	if (items < MIN_ITEMS || items > MAX_ITEMS)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of items \"%lld\" is out of range", (long long) items),
				 errdetail("A summary holds %d to %d items.", MIN_ITEMS, MAX_ITEMS)));
	return true;
}

/* Check one of the counts of a summary; false after a soft error */
static bool
CheckItemsRows(int64 count, const char *what, Node *escontext)
{
	if (count < 0 || count > TALLY_MAX_COUNT)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid count of \"%s\"", what),
				 (count < 0)
					 ? errdetail("The count is negative.")
					 : errdetail("The count is larger than %lld.", (long long) TALLY_MAX_COUNT)));
	return true;
}

/* Check what a summary with items holds; false after a soft error */
static bool
CheckItems(const ItemsSummary *summary, Node *escontext)
{
	Comoments comoments = ItemsComoments(summary);
	const char *problem = NULL;

	if (!CheckItemsRows(summary->respondents, "respondents", escontext) ||
		!CheckItemsRows(summary->dropped, "dropped", escontext))
		return false;
	if (summary->respondents == 0 && summary->dropped == 0)
		problem = "There are items, but no rows.";
	for (int i = 0; i < ItemsNumbers(summary->items); i++)
	{
		bool is_mean = i < summary->items;

		if (!isfinite(summary->data[i]))
			problem = "A number is not finite.";
		else if (summary->data[i] != 0.0 && summary->respondents <= (is_mean ? 0 : 1))
			problem = is_mean ? "There are means of nobody."
							  : "Fewer than two respondents have no co-moments.";
		else if (summary->data[i] == 0.0 && signbit(summary->data[i]))
			problem = "A zero is negative.";
	}
	if (problem == NULL && summary->respondents > 1 && !PossibleComoments(&comoments))
		problem = "No answers have these co-moments.";
	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid moments for type %s", ITEMS_TYPE),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Check that two summaries have the same number of items */
static void
ItemsCheckAlike(const ItemsSummary *a, const ItemsSummary *b)
{
	if (a->items != b->items)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("summaries of different items do not mix"),
				 errdetail("One has %d items, the other %d.", a->items, b->items)));
}

/* Append an array of numbers */
static void
AppendNumbers(StringInfo out, const char *name, const double *number, int count)
{
	appendStringInfo(out, ", \"%s\": [", name);
	for (int i = 0; i < count; i++)
	{
		appendStringInfoString(out, (i > 0) ? ", " : "");
		AppendFloat(out, number[i]);
	}
	appendStringInfoChar(out, ']');
}

/* Return the text form */
char *
ItemsToText(const ItemsSummary *summary)
{
	StringInfoData out;

	initStringInfo(&out);
	if (summary->items == 0)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	appendStringInfo(&out, "{\"items\": %d, \"respondents\": %lld, \"dropped\": %lld",
					 summary->items, (long long) summary->respondents,
					 (long long) summary->dropped);
	AppendNumbers(&out, "means", summary->data, summary->items);
	AppendNumbers(&out, "comoments", summary->data + summary->items, ItemsMoments(summary->items));
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the text form */
Datum
items_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	ItemsSummary *summary;
	JsonObject object;
	int64 items;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), ITEMS_TYPE, &object, escontext))
		PG_RETURN_NULL();
	if (object.count == 0)
		PG_RETURN_POINTER(ItemsCreate(0));
	if (!JsonInt64(&object, "items", ITEMS_TYPE, &items, escontext) ||
		!CheckItemCount(items, escontext))
		PG_RETURN_NULL();
	summary = ItemsCreate(items);
	if (!JsonInt64(&object, "respondents", ITEMS_TYPE, &summary->respondents, escontext) ||
		!JsonInt64(&object, "dropped", ITEMS_TYPE, &summary->dropped, escontext) ||
		!JsonFloatArray(&object, "means", ITEMS_TYPE, items, summary->data, escontext) ||
		!JsonFloatArray(&object, "comoments", ITEMS_TYPE, ItemsMoments(items),
						summary->data + items, escontext) ||
		!CheckJsonUsed(&object, ITEMS_TYPE, escontext) || !CheckItems(summary, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(summary);
}

/* Write the text form */
Datum
items_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(ItemsToText(ItemsGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
items_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	ItemsSummary *summary;
	int items;

	CheckMessageVersion(in, ITEMS_VERSION, ITEMS_TYPE);
	(void) GetMessageFlags(in, 0, ITEMS_TYPE);
	items = pq_getmsgint(in, sizeof(int16));
	if (items != 0)
		CheckItemCount(items, NULL);
	summary = ItemsCreate(items);
	if (items != 0)
	{
		summary->respondents = pq_getmsgint64(in);
		summary->dropped = pq_getmsgint64(in);
		for (int i = 0; i < ItemsNumbers(items); i++)
			summary->data[i] = pq_getmsgfloat8(in);
		CheckItems(summary, NULL);
	}
	CheckMessageEnd(in, ITEMS_TYPE);
	PG_RETURN_POINTER(summary);
}

/* Write the binary form */
Datum
items_send(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, ITEMS_VERSION);
	pq_sendbyte(&out, 0);
	pq_sendint16(&out, summary->items);
	if (summary->items != 0)
	{
		pq_sendint64(&out, summary->respondents);
		pq_sendint64(&out, summary->dropped);
		for (int i = 0; i < ItemsNumbers(summary->items); i++)
			pq_sendfloat8(&out, summary->data[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Return how many items a row has */
static int
RowItems(const ArrayType *answers)
{
	int items = ArrayGetNItems(ARR_NDIM(answers), ARR_DIMS(answers));

	CheckOneDimension(answers, "answers", "Pass one respondent's answers to all items per row.");
	CheckItemCount(items, NULL);
	return items;
}

/* Return the state for rows of so many items; the first row brings their number */
static pg_noinline ItemsSummary *
ItemsSized(const ItemsSummary *summary, int items)
{
	if (summary->items != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of items must not change within a group"),
				 errdetail("A row has %d items, the rows before it %d.", items, summary->items),
				 errhint("Write NULL for an item that was not answered.")));
	return ItemsCreate(items);
}

/* Count one more row */
static inline void
ItemsCountRow(int64 *count)
{
	if (unlikely(*count >= TALLY_MAX_COUNT))
		AnswerCountOverflow();
	(*count)++;
}

/* Check that all sums of squares can go on growing */
static inline void
ItemsCheckOverflow(const ItemsSummary *summary)
{
	const double *moment = summary->data + summary->items;

	for (int i = 0; i < summary->items; i++)
	{
		if (unlikely(!(moment[i] <= MAX_SQUARE)))
			float_overflow_error();
		moment += i + 1;
	}
}

/* Count a row with a gap; the answers that are there must be fit all the same */
static pg_noinline void
ItemsDrop(ItemsSummary *summary, ArrayType *answers)
{
	const double *answer = (const double *) ARR_DATA_PTR(answers);
	const uint8 *present = ARR_NULLBITMAP(answers);

	for (int i = 0; i < summary->items; i++)
	{
		if (!att_isnull(i, present))
			FiniteValue(*answer++);
	}
	ItemsCountRow(&summary->dropped);
}

/* Add the answers of one respondent by Welford's updates (1962), which do not cancel */
static inline void
ItemsAdd(ItemsSummary *summary, const double *answer)
{
	int items = summary->items;
	double *moment = summary->data + items;
	double deviation[MAX_ITEMS];
	double n, shrunk;

	ItemsCountRow(&summary->respondents);
	n = summary->respondents;
	shrunk = (n - 1.0) / n;
	for (int i = 0; i < items; i++)
		deviation[i] = FiniteValue(answer[i]) - summary->data[i];
	for (int i = 0; i < items; i++)
		summary->data[i] += deviation[i] / n;
	for (int i = 0; i < items; i++)
	{
		double part = deviation[i] * shrunk;

		for (int j = 0; j <= i; j++)
			moment[j] += part * deviation[j];
		moment += i + 1;
	}
	ItemsCheckOverflow(summary);
}

/* Count one respondent */
Datum
items_accum(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsState(fcinfo);
	ArrayType *answers = PG_GETARG_ARRAYTYPE_P(1);
	int items = RowItems(answers);

	if (unlikely(items != summary->items))
		summary = ItemsSized(summary, items);
	if (unlikely(array_contains_nulls(answers)))
		ItemsDrop(summary, answers);
	else
		ItemsAdd(summary, (const double *) ARR_DATA_PTR(answers));
	PG_RETURN_POINTER(summary);
}

/* Return what was counted, or NULL when that is nothing */
Datum
items_final(PG_FUNCTION_ARGS)
{
	ItemsSummary *summary = ItemsGetArg(fcinfo, 0);

	if (summary->items == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(summary);
}

/* Add the respondents of one summary to another by Chan's update (1979) */
static void
ItemsAddSummary(ItemsSummary *into, const ItemsSummary *from)
{
	int items = into->items;
	double *moment = into->data + items;
	const double *from_moment = from->data + items;
	double n = (double) into->respondents + (double) from->respondents;
	double deviation[MAX_ITEMS];
	double share;

	if (from->respondents == 0)
		return;
	share = from->respondents / n;
	for (int i = 0; i < items; i++)
	{
		deviation[i] = from->data[i] - into->data[i];
		into->data[i] += deviation[i] * share;
	}
	for (int i = 0; i < items; i++)
	{
		double part = deviation[i] * share * into->respondents;

		for (int j = 0; j <= i; j++)
			moment[j] += from_moment[j] + part * deviation[j];
		moment += i + 1;
		from_moment += i + 1;
	}
	ItemsCheckOverflow(into);
}

/* Merge two summaries; as a transition function, in place */
Datum
items_merge(PG_FUNCTION_ARGS)
{
	ItemsSummary *into;
	ItemsSummary *from;

	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(ItemsGetArg(fcinfo, 1));
	}
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(ItemsGetArg(fcinfo, 0));
	into = ItemsState(fcinfo);
	from = ItemsGetArg(fcinfo, 1);
	if (into->items == 0)
		PG_RETURN_POINTER(from);
	if (from->items == 0)
		PG_RETURN_POINTER(into);

	ItemsCheckAlike(into, from);
	ItemsAddSummary(into, from);
	into->respondents += from->respondents;
	into->dropped += from->dropped;
	if (into->respondents > TALLY_MAX_COUNT || into->dropped > TALLY_MAX_COUNT)
		AnswerCountOverflow();
	PG_RETURN_POINTER(into);
}

/* Order two numbers that are finite */
static int
CompareNumbers(double a, double b)
{
	return (a > b) - (a < b);
}

/* Order two summaries, for sorting only */
static int
ItemsCompare(const ItemsSummary *a, const ItemsSummary *b)
{
	if (a->items != b->items)
		return (a->items < b->items) ? -1 : 1;
	if (a->respondents != b->respondents)
		return (a->respondents < b->respondents) ? -1 : 1;
	if (a->dropped != b->dropped)
		return (a->dropped < b->dropped) ? -1 : 1;
	for (int i = 0; i < ItemsNumbers(a->items); i++)
	{
		int order = CompareNumbers(a->data[i], b->data[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

DEFINE_COMPARE_ARGS(ItemsCompareArgs, ItemsSummary, ItemsGetArg, ItemsCompare);
DEFINE_COMPARISONS(items, ItemsCompareArgs);
DEFINE_HASHES(items, ItemsSummary, ItemsGetArg, VARSIZE(value));
