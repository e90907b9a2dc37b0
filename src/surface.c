/*
 * surface.c
 *		What the fmgr wrappers of all summaries share: arguments in, rows out.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "surface.h"

/* Hint at a fraction when it was given in percent */
int
PercentHint(double number)
{
	if (number > 1.0 && number < 100.0)
		return errhint("Write %g percent as %g.", number, number / 100.0);
	return 0;
}

/* Check a number that lies strictly between 0 and 1; "what" names the argument */
double
CheckFraction(double number, const char *what)
{
	if (!(number > 0.0 && number < 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s \"%s\" is out of range", what, float8out_internal(number)),
				 errdetail("A %s lies between 0 and 1, both excluded.", what),
				 PercentHint(number)));
	return number;
}

/* Read a number strictly between 0 and 1; "what" names the argument */
double
GetFraction(FunctionCallInfo fcinfo, int arg, const char *what)
{
	return CheckFraction(PG_GETARG_FLOAT8(arg), what);
}

/* Read a confidence */
double
GetConfidence(FunctionCallInfo fcinfo, int arg)
{
	return GetFraction(fcinfo, arg, "confidence");
}

/* Check that an array is a list or empty; "what" names it, "hint" may be NULL */
void
CheckOneDimension(const ArrayType *array, const char *what, const char *hint)
{
	if (unlikely(ARR_NDIM(array) > 1))
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be a one-dimensional array", what),
				 errdetail("The array has %d dimensions.", ARR_NDIM(array)),
				 hint != NULL ? errhint("%s", hint) : 0));
}

/* Find a word that must be one of a list; "what" names the argument */
const Choice *
FindChoice(const char *word, const char *what, const Choice *choices)
{
	StringInfoData accepted;

	for (const Choice *choice = choices; choice->name != NULL; choice++)
	{
		if (strcmp(word, choice->name) == 0)
			return choice;
	}

	initStringInfo(&accepted);
	for (const Choice *choice = choices; choice->name != NULL; choice++)
		appendStringInfo(&accepted, "%s\"%s\"", (choice == choices) ? "" : ", ", choice->name);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized %s: \"%s\"", what, word),
			 errhint("Available values: %s.", accepted.data)));
}

/* Read an argument that must be one of a list of words */
const Choice *
GetChoice(FunctionCallInfo fcinfo, int arg, const char *what, const Choice *choices)
{
	return FindChoice(text_to_cstring(PG_GETARG_TEXT_PP(arg)), what, choices);
}

/* Read the alternative of a test */
Alternative
GetAlternative(FunctionCallInfo fcinfo, int arg)
{
	static const Choice alternatives[] = {{"two-sided", ALTERNATIVE_TWO_SIDED},
										  {"greater", ALTERNATIVE_GREATER},
										  {"less", ALTERNATIVE_LESS},
										  {NULL, 0}};

	return (Alternative) GetChoice(fcinfo, arg, "alternative", alternatives)->value;
}

/* Report an interval that is no length of time; "what" names the argument */
void
RefuseInterval(const Interval *interval, const char *what, const char *detail, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be a fixed length of time, not \"%s\"", what,
					DatumGetCString(
						DirectFunctionCall1(interval_out, IntervalPGetDatum(interval)))),
			 errdetail_internal("%s", detail), errhint("%s", hint)));
}

/* Return an interval in microseconds, or as many as there are numbers for; a day has 24 hours */
uint64
IntervalToSpan(const Interval *interval, const char *what, const char *hint)
{
	int128 span = (int128) interval->day * USECS_PER_DAY + interval->time;

	if (INTERVAL_NOT_FINITE(interval))
		RefuseInterval(interval, what, "It is infinite.", hint);
	if (interval->month != 0)
		RefuseInterval(interval, what, "Months are not all of the same length.", hint);
	if (span < 0)
		RefuseInterval(interval, what, "It is negative.", hint);
	return (uint64) Min(span, PG_UINT64_MAX);
}

/* Read the confidence and the method of an estimate; a verb without a method takes the first */
double
GetEstimateArgs(FunctionCallInfo fcinfo, const Choice *methods, const Choice **method)
{
	*method = (PG_NARGS() > 2) ? GetChoice(fcinfo, 2, "method", methods) : &methods[0];
	return GetConfidence(fcinfo, 1);
}

/* Begin the only row of a function; its description is kept for the next call */
void
RowBegin(Row *row, FunctionCallInfo fcinfo)
{
	row->desc = fcinfo->flinfo->fn_extra;
	row->columns = 0;
	if (row->desc == NULL)
	{
		MemoryContext old_context = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (get_call_result_type(fcinfo, NULL, &row->desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		row->desc = BlessTupleDesc(row->desc);
		fcinfo->flinfo->fn_extra = row->desc;
		MemoryContextSwitchTo(old_context);
	}
}

/* Begin the rows of a set-returning function */
void
RowBeginSet(Row *row, FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, 0);
	row->desc = ((ReturnSetInfo *) fcinfo->resultinfo)->setDesc;
	row->columns = 0;
}

/* Append a column */
static void
RowAppend(Row *row, Datum value, bool isnull)
{
	if (row->columns >= row->desc->natts || row->columns >= ROW_MAX_COLUMNS)
		elog(ERROR, "row has more than %d columns", row->desc->natts);
	row->values[row->columns] = value;
	row->nulls[row->columns++] = isnull;
}

/* Append a value of whatever type the column has */
void
RowDatum(Row *row, Datum value)
{
	RowAppend(row, value, false);
}

/* Append a number; one that is not defined becomes NULL */
void
RowFloat(Row *row, double value)
{
	RowAppend(row, Float8GetDatum(value), isnan(value));
}

/* Append a truth value */
void
RowBool(Row *row, bool value)
{
	RowAppend(row, BoolGetDatum(value), false);
}

/* Append a date */
void
RowDate(Row *row, DateADT value)
{
	RowAppend(row, DateADTGetDatum(value), false);
}

/* Append an integer */
void
RowInt32(Row *row, int32 value)
{
	RowAppend(row, Int32GetDatum(value), false);
}

/* Append a count */
void
RowInt64(Row *row, int64 value)
{
	RowAppend(row, Int64GetDatum(value), false);
}

/* Append a column without a value */
void
RowNull(Row *row)
{
	RowAppend(row, (Datum) 0, true);
}

/* Append a text, which may be missing */
void
RowText(Row *row, const char *value)
{
	RowAppend(row, (value != NULL) ? CStringGetTextDatum(value) : (Datum) 0, value == NULL);
}

/* Check that a row is complete */
static void
RowCheck(const Row *row)
{
	if (row->columns != row->desc->natts)
		elog(ERROR, "row has %d of %d columns", row->columns, row->desc->natts);
}

/* Finish the only row of a function */
Datum
RowEnd(Row *row)
{
	RowCheck(row);
	return HeapTupleGetDatum(heap_form_tuple(row->desc, row->values, row->nulls));
}

/* Finish one row of a set and begin the next */
void
RowPut(Row *row, FunctionCallInfo fcinfo)
{
	RowCheck(row);
	tuplestore_putvalues(((ReturnSetInfo *) fcinfo->resultinfo)->setResult, row->desc, row->values,
						 row->nulls);
	row->columns = 0;
}

/* Return the state of an aggregate, which may be NULL, as it is */
Datum
ReturnState(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* Return a number, or NULL when it is not defined */
Datum
ReturnFloat(FunctionCallInfo fcinfo, double value)
{
	if (isnan(value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/* Return the mean of moments with its interval as the estimate of a measure */
Estimate
MomentsEstimate(const char *measure, const Moments *moments, Limits interval, double confidence,
				const Choice *method)
{
	Estimate estimate;

	estimate.measure = measure;
	estimate.estimate = moments->mean;
	estimate.interval = interval;
	estimate.n = moments->n;
	estimate.effective_n = moments->effective_n;
	estimate.confidence = confidence;
	estimate.method = method->name;
	return estimate;
}

/* Return the row of estimate() */
Datum
ReturnEstimate(FunctionCallInfo fcinfo, const Estimate *estimate)
{
	Row row;

	RowBegin(&row, fcinfo);
	RowText(&row, estimate->measure);
	RowFloat(&row, estimate->estimate);
	RowFloat(&row, estimate->interval.low);
	RowFloat(&row, estimate->interval.high);
	RowInt64(&row, estimate->n);
	RowFloat(&row, estimate->effective_n);
	RowFloat(&row, estimate->confidence);
	RowText(&row, estimate->method);
	return RowEnd(&row);
}

/* Return the row of confidence_interval() */
Datum
ReturnInterval(FunctionCallInfo fcinfo, Limits interval)
{
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, interval.low);
	RowFloat(&row, interval.high);
	return RowEnd(&row);
}

/* Return the row of compare() and benchmark() */
Datum
ReturnDifference(FunctionCallInfo fcinfo, Difference difference)
{
	Row row;

	RowBegin(&row, fcinfo);
	RowFloat(&row, difference.difference);
	RowFloat(&row, difference.low);
	RowFloat(&row, difference.high);
	RowFloat(&row, difference.p_value);
	return RowEnd(&row);
}

/* Return the text form of a summary as json */
Datum
ReturnJson(const char *text)
{
	return CStringGetTextDatum(text);
}

/* Return the text form of a summary as jsonb */
Datum
ReturnJsonb(const char *text)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(text));
}

/* Check that the target of a test can be reached */
void
CheckTarget(double target, double low, double high, bool is_share)
{
	if (!(target >= low && target <= high))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("target \"%s\" is out of range", float8out_internal(target)),
				 errdetail("This measure lies between %g and %g.", low, high),
				 is_share ? PercentHint(target) : 0));
}

/* Check the target of a measure without limits */
void
CheckFiniteTarget(double target)
{
	if (!isfinite(target))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("target \"%s\" must be finite", float8out_internal(target))));
}

/* Order two values by their stored bytes, for sorting only; short ones come first */
int
CompareStored(const void *a, const void *b)
{
	if (VARSIZE(a) != VARSIZE(b))
		return (VARSIZE(a) < VARSIZE(b)) ? -1 : 1;
	return memcmp(a, b, VARSIZE(a));
}

/* Check that an inverse transition function was not called by hand */
void
CheckMovingContext(FunctionCallInfo fcinfo)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("inverse transition function called in non-aggregate context"),
				 errhint("Use subtract(a, b) or a - b.")));
	if (PG_ARGISNULL(0))
		AnswerNeverCounted();
}

/* Check the least number of answers of what is shown */
int64
CheckMinimumBase(int64 base)
{
	if (base < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("minimum base \"%lld\" must not be negative", (long long) base)));
	return base;
}

/* Tell whether a group reaches the base given as the second argument */
bool
MeetsMinimumBase(FunctionCallInfo fcinfo, int64 n)
{
	return n >= CheckMinimumBase(PG_GETARG_INT64(1));
}

/* Check a count of events and what they were counted over */
void
CheckExposure(int64 events, double exposure)
{
	if (events < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("events \"%lld\" must not be negative", (long long) events)));
	if (!(exposure > 0.0) || isinf(exposure))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("exposure \"%s\" must be positive and finite",
						float8out_internal(exposure))));
}

/* Tell whether the arguments of an aggregate from one on are constants of the query */
bool
AggArgsAreConstant(FunctionCallInfo fcinfo, int first)
{
	Aggref *aggref = AggGetAggref(fcinfo);

	if (aggref == NULL)
		return false;
	for (int i = first - 1; i < list_length(aggref->args); i++)
	{
		Expr *expr = ((TargetEntry *) list_nth(aggref->args, i))->expr;

		if (!IsA(expr, Const) && !(IsA(expr, Param) && ((Param *) expr)->paramkind == PARAM_EXTERN))
			return false;
	}
	return true;
}

/* Check the version that every binary form begins with */
void
CheckMessageVersion(StringInfo in, int version, const char *type)
{
	int found = pq_getmsgbyte(in);

	if (found != version)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported version %d of type %s", found, type),
				 errdetail("This library reads version %d.", version)));
}

/* Report a stored value that this library cannot read */
void
UnsupportedVersion(int found, const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("unsupported version %d of type %s", found, type),
			 errhint("The value was written by a newer version of cxux.")));
}

/* Read the flags of a binary form */
int
GetMessageFlags(StringInfo in, int known, const char *type)
{
	int flags = pq_getmsgbyte(in);

	if ((flags & ~known) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unknown flags %d of type %s", flags, type)));
	return flags;
}

/* Read a number of a binary form, which no sum or value is that was not finite or minus zero */
double
GetMessageFloat(StringInfo in, const char *type)
{
	double value = pq_getmsgfloat8(in);

	if (!isfinite(value) || (value == 0.0 && signbit(value)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", type),
				 errdetail("\"%s\" is no number that is stored.", float8out_internal(value))));
	return value;
}

/* Append a value in its binary form, with its length before it */
void
SendMessagePart(StringInfo out, bytea *part)
{
	pq_sendint32(out, VARSIZE_ANY_EXHDR(part));
	pq_sendbytes(out, VARDATA_ANY(part), VARSIZE_ANY_EXHDR(part));
}

/* Append a name in the encoding of the client, with its length before it */
void
SendMessageName(StringInfo out, const char *bytes, int length)
{
	char *sent = pg_server_to_client(bytes, length);

	if (sent != bytes)
		length = (int) strlen(sent);
	pq_sendint32(out, length);
	pq_sendbytes(out, sent, length);
}

/* View the next part of a message as a message of its own */
void
GetMessagePart(StringInfo in, StringInfo part, const char *type)
{
	int length = pq_getmsgint(in, sizeof(int32));

	if (length < 0 || length > in->len - in->cursor)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", type),
				 errdetail("A part has %d bytes, and %d are left.", length, in->len - in->cursor)));
	initStringInfo(part);
	appendBinaryStringInfo(part, pq_getmsgbytes(in, length), length);
}

/* Check that nothing follows a binary form */
void
CheckMessageEnd(StringInfo in, const char *type)
{
	if (in->cursor != in->len)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", type),
				 errdetail("%d bytes are left over.", in->len - in->cursor)));
}
