/*
 * surface.h
 *		What the fmgr wrappers of all summaries share: arguments in, rows out.
 */
#ifndef CXUX_SURFACE_H
#define CXUX_SURFACE_H

#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "compat.h"
#include "statistics.h"
#include "tally.h"

/* columns of the widest report */
#define ROW_MAX_COLUMNS 32

/* one accepted word of an argument, and what it stands for; a list ends with NULL */
typedef struct Choice
{
	const char *name;
	int value;
} Choice;

/* a result row being filled from the left */
typedef struct Row
{
	TupleDesc desc;
	int columns;
	Datum values[ROW_MAX_COLUMNS];
	bool nulls[ROW_MAX_COLUMNS];
} Row;

/* one row of the same shape for all summaries */
typedef struct Estimate
{
	const char *measure;
	double estimate;
	Limits interval;
	int64 n;
	double effective_n;
	double confidence;
	const char *method;
} Estimate;

extern int PercentHint(double number);
extern double CheckFraction(double number, const char *what);
extern double GetFraction(FunctionCallInfo fcinfo, int arg, const char *what);
extern double GetConfidence(FunctionCallInfo fcinfo, int arg);
extern Alternative GetAlternative(FunctionCallInfo fcinfo, int arg);
extern const Choice *FindChoice(const char *word, const char *what, const Choice *choices);
extern const Choice *GetChoice(FunctionCallInfo fcinfo, int arg, const char *what,
							   const Choice *choices);

extern void CheckOneDimension(const ArrayType *array, const char *what, const char *hint);
pg_noreturn extern void RefuseInterval(const Interval *interval, const char *what,
									   const char *detail, const char *hint);
extern uint64 IntervalToSpan(const Interval *interval, const char *what, const char *hint);
extern double GetEstimateArgs(FunctionCallInfo fcinfo, const Choice *methods,
							  const Choice **method);

extern void RowBegin(Row *row, FunctionCallInfo fcinfo);
extern void RowBeginSet(Row *row, FunctionCallInfo fcinfo);
extern void RowDatum(Row *row, Datum value);
extern void RowFloat(Row *row, double value);
extern void RowBool(Row *row, bool value);
extern void RowDate(Row *row, DateADT value);
extern void RowInt32(Row *row, int32 value);
extern void RowInt64(Row *row, int64 value);
extern void RowNull(Row *row);
extern void RowText(Row *row, const char *value);
extern Datum RowEnd(Row *row);
extern void RowPut(Row *row, FunctionCallInfo fcinfo);

extern Estimate MomentsEstimate(const char *measure, const Moments *moments, Limits interval,
								double confidence, const Choice *method);

extern Datum ReturnState(FunctionCallInfo fcinfo);
extern Datum ReturnFloat(FunctionCallInfo fcinfo, double value);
extern Datum ReturnEstimate(FunctionCallInfo fcinfo, const Estimate *estimate);
extern Datum ReturnInterval(FunctionCallInfo fcinfo, Limits interval);
extern Datum ReturnDifference(FunctionCallInfo fcinfo, Difference difference);
extern Datum ReturnJson(const char *text);
extern Datum ReturnJsonb(const char *text);
extern void CheckTarget(double target, double low, double high, bool is_share);
extern void CheckFiniteTarget(double target);
extern int CompareStored(const void *a, const void *b);
extern void CheckMovingContext(FunctionCallInfo fcinfo);
extern int64 CheckMinimumBase(int64 base);
extern bool MeetsMinimumBase(FunctionCallInfo fcinfo, int64 n);
extern void CheckExposure(int64 events, double exposure);
extern bool AggArgsAreConstant(FunctionCallInfo fcinfo, int first);

/* Check that a time is one that can be compared; "what" names it */
static inline int64
CheckedTime(TimestampTz at, const char *what)
{
	if (unlikely(TIMESTAMP_NOT_FINITE(at)))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("%s must be finite", what)));
	return at;
}

/*
 * Tell whether a plain aggregate passes a state that may be changed in place.
 *
 * The common case of a row, told without a call; what is left to a function of
 * its own then costs a row no registers either.
 */
static inline bool
InPlainAggregate(FunctionCallInfo fcinfo)
{
	return !PG_ARGISNULL(0) && fcinfo->context != NULL && IsA(fcinfo->context, AggState);
}

/* Define the function that orders two varlena arguments; a sort calls it often and frees nothing */
#define DEFINE_COMPARE_ARGS(name, type, get_arg, compare) \
	static int name(FunctionCallInfo fcinfo) \
	{ \
		const type *a = get_arg(fcinfo, 0); \
		const type *b = get_arg(fcinfo, 1); \
		int order = compare(a, b); \
		PG_FREE_IF_COPY(unconstify(type *, a), 0); \
		PG_FREE_IF_COPY(unconstify(type *, b), 1); \
		return order; \
	} \
	static int name(FunctionCallInfo fcinfo)

/* Define one comparison operator of a type by its function that compares both arguments */
#define DEFINE_COMPARISON(name, compare, relation) \
	PG_FUNCTION_INFO_V1(name); \
	Datum name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(compare(fcinfo) relation 0); \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

/* Define all comparison operators of a type, and what a btree needs */
#define DEFINE_COMPARISONS(prefix, compare) \
	DEFINE_COMPARISON(prefix##_eq, compare, ==); \
	DEFINE_COMPARISON(prefix##_ne, compare, !=); \
	DEFINE_COMPARISON(prefix##_lt, compare, <); \
	DEFINE_COMPARISON(prefix##_le, compare, <=); \
	DEFINE_COMPARISON(prefix##_gt, compare, >); \
	DEFINE_COMPARISON(prefix##_ge, compare, >=); \
	PG_FUNCTION_INFO_V1(prefix##_cmp); \
	Datum prefix##_cmp(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_INT32(compare(fcinfo)); \
	} \
	extern Datum prefix##_cmp(PG_FUNCTION_ARGS)

/* Define what a hash index needs of a type: "size" of the bytes of "value", an argument read */
#define DEFINE_HASHES(prefix, type, get_arg, size) \
	PG_FUNCTION_INFO_V1(prefix##_hash); \
	Datum prefix##_hash(PG_FUNCTION_ARGS) \
	{ \
		const type *value = get_arg(fcinfo, 0); \
		Datum hash = hash_any((const unsigned char *) value, size); \
		PG_FREE_IF_COPY(unconstify(type *, value), 0); \
		return hash; \
	} \
	PG_FUNCTION_INFO_V1(prefix##_hash_extended); \
	Datum prefix##_hash_extended(PG_FUNCTION_ARGS) \
	{ \
		const type *value = get_arg(fcinfo, 0); \
		Datum hash = hash_any_extended((const unsigned char *) value, size, PG_GETARG_INT64(1)); \
		PG_FREE_IF_COPY(unconstify(type *, value), 0); \
		return hash; \
	} \
	extern Datum prefix##_hash_extended(PG_FUNCTION_ARGS)

/* Define the casts of a type to json and jsonb by the function that writes its text form */
#define DEFINE_JSON_CASTS(prefix, to_text, get_arg) \
	PG_FUNCTION_INFO_V1(prefix##_to_json); \
	Datum prefix##_to_json(PG_FUNCTION_ARGS) \
	{ \
		return ReturnJson(to_text(get_arg(fcinfo, 0))); \
	} \
	PG_FUNCTION_INFO_V1(prefix##_to_jsonb); \
	Datum prefix##_to_jsonb(PG_FUNCTION_ARGS) \
	{ \
		return ReturnJsonb(to_text(get_arg(fcinfo, 0))); \
	} \
	extern Datum prefix##_to_jsonb(PG_FUNCTION_ARGS)

/* Define the verbs that show an estimate by the function that makes it of the arguments */
#define DEFINE_ESTIMATE_VERBS(prefix, estimate_args) \
	PG_FUNCTION_INFO_V1(prefix##_estimate); \
	Datum prefix##_estimate(PG_FUNCTION_ARGS) \
	{ \
		Estimate estimate = estimate_args(fcinfo); \
		return ReturnEstimate(fcinfo, &estimate); \
	} \
	PG_FUNCTION_INFO_V1(prefix##_low); \
	Datum prefix##_low(PG_FUNCTION_ARGS) \
	{ \
		return ReturnFloat(fcinfo, estimate_args(fcinfo).interval.low); \
	} \
	PG_FUNCTION_INFO_V1(prefix##_high); \
	Datum prefix##_high(PG_FUNCTION_ARGS) \
	{ \
		return ReturnFloat(fcinfo, estimate_args(fcinfo).interval.high); \
	} \
	PG_FUNCTION_INFO_V1(prefix##_confidence_interval); \
	Datum prefix##_confidence_interval(PG_FUNCTION_ARGS) \
	{ \
		return ReturnInterval(fcinfo, estimate_args(fcinfo).interval); \
	} \
	extern Datum prefix##_confidence_interval(PG_FUNCTION_ARGS)

/* Define the picture in text of a type by the function that describes an argument as a chart */
#define DEFINE_CHART(prefix, describe, get_arg) \
	PG_FUNCTION_INFO_V1(prefix##_chart); \
	Datum prefix##_chart(PG_FUNCTION_ARGS) \
	{ \
		Chart chart = describe(get_arg(fcinfo, 0)); \
		PG_RETURN_TEXT_P(cstring_to_text(ChartToText(&chart, GetChartWidth(fcinfo, 1)))); \
	} \
	extern Datum prefix##_chart(PG_FUNCTION_ARGS)

/* Define the picture as SVG of a type by the function that draws an argument */
#define DEFINE_SVG(prefix, draw, get_arg) \
	PG_FUNCTION_INFO_V1(prefix##_svg); \
	Datum prefix##_svg(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_TEXT_P(cstring_to_text(draw(get_arg(fcinfo, 0)))); \
	} \
	extern Datum prefix##_svg(PG_FUNCTION_ARGS)

/* Define the pictures of a type of which both show the same chart */
#define DEFINE_CHARTS(prefix, describe, get_arg) \
	DEFINE_CHART(prefix, describe, get_arg); \
	PG_FUNCTION_INFO_V1(prefix##_svg); \
	Datum prefix##_svg(PG_FUNCTION_ARGS) \
	{ \
		Chart chart = describe(get_arg(fcinfo, 0)); \
		PG_RETURN_TEXT_P(cstring_to_text(ChartToSvg(&chart))); \
	} \
	extern Datum prefix##_svg(PG_FUNCTION_ARGS)

pg_noreturn extern void UnsupportedVersion(int found, const char *type);
extern void CheckMessageVersion(StringInfo in, int version, const char *type);
extern int GetMessageFlags(StringInfo in, int known, const char *type);
extern double GetMessageFloat(StringInfo in, const char *type);
extern void SendMessagePart(StringInfo out, bytea *part);
extern void SendMessageName(StringInfo out, const char *bytes, int length);
extern void GetMessagePart(StringInfo in, StringInfo part, const char *type);
extern void CheckMessageEnd(StringInfo in, const char *type);

/* Check the version of a stored value */
static inline void
CheckStoredVersion(int found, int version, const char *type)
{
	if (unlikely(found != version))
		UnsupportedVersion(found, type);
}

#endif /* CXUX_SURFACE_H */
