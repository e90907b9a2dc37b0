/*
 * scale.c
 *		Answers as exports deliver them, turned into points of a scale.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "parser/scansup.h"
#include "utils/array.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "answer.h"
#include "nps.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(within_scale_int2);
PG_FUNCTION_INFO_V1(within_scale_int4);
PG_FUNCTION_INFO_V1(within_scale_float8);
PG_FUNCTION_INFO_V1(within_scale_text);
PG_FUNCTION_INFO_V1(within_scale_jsonb);
PG_FUNCTION_INFO_V1(on_scale);
PG_FUNCTION_INFO_V1(nps_class_int2);
PG_FUNCTION_INFO_V1(nps_class_int4);
PG_FUNCTION_INFO_V1(nps_class_float8);
PG_FUNCTION_INFO_V1(nps_points_int2);
PG_FUNCTION_INFO_V1(nps_points_int4);
PG_FUNCTION_INFO_V1(nps_points_float8);

/* Return an answer that is on the scale, else NULL */
static Datum
ReturnWithinScale(FunctionCallInfo fcinfo, float8 answer)
{
	int low = PG_GETARG_INT32(1);
	int high = PG_GETARG_INT32(2);

	if (low > high)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid scale from %d to %d", low, high),
				 errhint("Call within_scale(answer, low, high).")));
	if (!(answer >= low && answer <= high) || answer != rint(answer))
		PG_RETURN_NULL();
	PG_RETURN_INT32((int32) answer);
}

/*
 * Read a whole decimal number, blanks around it allowed; NaN for anything else.
 *
 * "9.0" is how some exports write 9.  What is too long for a double is off
 * every scale, so precision is no concern.
 */
static float8
ParseWholeNumber(const char *text, int length)
{
	const char *end = text + length;
	bool negative = false;
	float8 value = 0.0;
	const char *digits;

	while (text < end && scanner_isspace(*text))
		text++;
	while (end > text && scanner_isspace(end[-1]))
		end--;
	if (text < end && (*text == '-' || *text == '+'))
		negative = (*text++ == '-');
	for (digits = text; text < end && *text >= '0' && *text <= '9'; text++)
		value = value * 10.0 + (*text - '0');
	if (text == digits)
		return NAN;
	if (text < end && *text == '.')
	{
		for (text++; text < end && *text == '0'; text++)
			;
	}
	if (text < end)
		return NAN;
	return negative ? -value : value;
}

/* Return a smallint answer that is on the scale, else NULL */
Datum
within_scale_int2(PG_FUNCTION_ARGS)
{
	return ReturnWithinScale(fcinfo, PG_GETARG_INT16(0));
}

/* Return an integer answer that is on the scale, else NULL */
Datum
within_scale_int4(PG_FUNCTION_ARGS)
{
	return ReturnWithinScale(fcinfo, PG_GETARG_INT32(0));
}

/* Return an answer of any other number type that is on the scale, else NULL */
Datum
within_scale_float8(PG_FUNCTION_ARGS)
{
	return ReturnWithinScale(fcinfo, PG_GETARG_FLOAT8(0));
}

/* Return an answer in text that is on the scale, else NULL */
Datum
within_scale_text(PG_FUNCTION_ARGS)
{
	text *answer = PG_GETARG_TEXT_PP(0);

	return ReturnWithinScale(fcinfo,
							 ParseWholeNumber(VARDATA_ANY(answer), VARSIZE_ANY_EXHDR(answer)));
}

/* Return an answer in JSON that is on the scale, else NULL */
Datum
within_scale_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb *answer = PG_GETARG_JSONB_P(0);
	JsonbValue value;
	float8 number = NAN;

	if (JsonbExtractScalar(&answer->root, &value))
	{
		if (value.type == jbvNumeric)
		{
			char *text = numeric_normalize(value.val.numeric);

			number = ParseWholeNumber(text, strlen(text));
		}
		else if (value.type == jbvString)
			number = ParseWholeNumber(value.val.string.val, value.val.string.len);
	}
	return ReturnWithinScale(fcinfo, number);
}

/* Return the position of a label among the labels of a scale */
Datum
on_scale(PG_FUNCTION_ARGS)
{
	text *label = PG_GETARG_TEXT_PP(0);
	ArrayType *labels = PG_GETARG_ARRAYTYPE_P(1);
	Datum *elements;
	bool *nulls;
	int count;
	int found = 0;

	deconstruct_array(labels, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		text *element;

		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("labels of a scale must not be null")));
		element = DatumGetTextPP(elements[i]);
		if (VARSIZE_ANY_EXHDR(element) != VARSIZE_ANY_EXHDR(label) ||
			memcmp(VARDATA_ANY(element), VARDATA_ANY(label), VARSIZE_ANY_EXHDR(label)) != 0)
			continue;
		if (found > 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("label \"%s\" is on the scale twice", text_to_cstring(label))));
		found = i + 1;
	}
	if (found == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("label \"%s\" is not on the scale", text_to_cstring(label)),
				 errhint("Case and blanks count. Turn labels that are no answer into NULL, for "
						 "example with nullif(label, 'N/A').")));
	PG_RETURN_INT32(found);
}

/* Return the class of an answer by its name */
static Datum
ReturnNpsClass(int answer)
{
	static const char *const names[NPS_CLASSES] = {"promoter", "passive", "detractor"};

	return CStringGetTextDatum(names[NpsClassOf(answer)]);
}

/* Return the points of an answer, whose mean is the score */
static Datum
ReturnNpsPoints(int answer)
{
	static const int32 points[NPS_CLASSES] = {100, 0, -100};

	return Int32GetDatum(points[NpsClassOf(answer)]);
}

/* Read a whole answer to the NPS question */
static int
CheckedNpsAnswer(int answer)
{
	CheckAnswer(answer, NPS_LOW, NPS_HIGH);
	return answer;
}

/* Return the class of a smallint answer */
Datum
nps_class_int2(PG_FUNCTION_ARGS)
{
	return ReturnNpsClass(CheckedNpsAnswer(PG_GETARG_INT16(0)));
}

/* Return the class of an integer answer */
Datum
nps_class_int4(PG_FUNCTION_ARGS)
{
	return ReturnNpsClass(CheckedNpsAnswer(PG_GETARG_INT32(0)));
}

/* Return the class of an answer of any other number type */
Datum
nps_class_float8(PG_FUNCTION_ARGS)
{
	return ReturnNpsClass(WholeAnswer(PG_GETARG_FLOAT8(0), NPS_LOW, NPS_HIGH));
}

/* Return the points of a smallint answer */
Datum
nps_points_int2(PG_FUNCTION_ARGS)
{
	return ReturnNpsPoints(CheckedNpsAnswer(PG_GETARG_INT16(0)));
}

/* Return the points of an integer answer */
Datum
nps_points_int4(PG_FUNCTION_ARGS)
{
	return ReturnNpsPoints(CheckedNpsAnswer(PG_GETARG_INT32(0)));
}

/* Return the points of an answer of any other number type */
Datum
nps_points_float8(PG_FUNCTION_ARGS)
{
	return ReturnNpsPoints(WholeAnswer(PG_GETARG_FLOAT8(0), NPS_LOW, NPS_HIGH));
}
