/*
 * json_input.c
 *		Reads the JSON text form of a summary with PostgreSQL's own parser.
 *
 * Members may come in any order, as jsonb reorders them, but each only once,
 * and none that the type does not know.
 */
#include "postgres.h"

#include <math.h>

#include "common/jsonapi.h"
#include "common/shortest_dec.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "json_input.h"

/* an object inside the object is as deep as it goes */
#define MAX_DEPTH 2

/* room for the elements of an array at first */
#define FIRST_SPACE 16

/* longest decimal of an int128: sign, 39 digits, point, leading zero, end */
#define DECIMAL_BUFFER 48

#if PG_VERSION_NUM >= 160000
typedef JsonParseErrorType JsonActionResult;
#define JSON_ACTION_RETURN() return JSON_SUCCESS
#else
typedef void JsonActionResult;
#define JSON_ACTION_RETURN() return
#endif

typedef struct JsonReader
{
	JsonObject *object;
	JsonMember *member; /* being read; NULL between members */
	char *outer;        /* member that holds the nested object */
	int depth;
	bool in_array;
	const char *problem; /* the first one found */
} JsonReader;

/* Remember the first problem; reading goes on without effect */
static void
ReadProblem(JsonReader *reader, const char *problem)
{
	if (reader->problem == NULL)
		reader->problem = problem;
}

/* Find a member of the object, or of an object inside it, or return NULL */
static JsonMember *
FindMember(const JsonObject *object, const char *outer, const char *name)
{
	for (int i = 0; i < object->count; i++)
	{
		const JsonMember *member = &object->member[i];

		if (strcmp(member->name, name) == 0 &&
			((outer == NULL) ? member->outer == NULL
							 : member->outer != NULL && strcmp(member->outer, outer) == 0))
			return unconstify(JsonMember *, member);
	}
	return NULL;
}

/* Enter an object */
static JsonActionResult
ReadObjectStart(void *state)
{
	JsonReader *reader = state;

	if (++reader->depth > MAX_DEPTH || reader->in_array)
		ReadProblem(reader, "Objects are nested too deeply.");
	else if (reader->depth == MAX_DEPTH && reader->member != NULL)
	{
		/* the member just begun is no number but holds others */
		reader->member->kind = JSON_OBJECT;
		reader->outer = reader->member->name;
		reader->member = NULL;
	}
	JSON_ACTION_RETURN();
}

/* Leave an object */
static JsonActionResult
ReadObjectEnd(void *state)
{
	JsonReader *reader = state;

	reader->depth--;
	reader->outer = NULL;
	JSON_ACTION_RETURN();
}

/* Begin a member */
static JsonActionResult
ReadMember(void *state, char *name, bool isnull)
{
	JsonReader *reader = state;
	JsonObject *object = reader->object;

	if (reader->problem != NULL)
		JSON_ACTION_RETURN();
	if (isnull)
		ReadProblem(reader, "A member is null.");
	else if (FindMember(object, reader->outer, name) != NULL)
		ReadProblem(reader, "A member is there twice.");
	else if (object->count >= JSON_MAX_MEMBERS)
		ReadProblem(reader, "There are too many members.");
	else
	{
		reader->member = &object->member[object->count++];
		reader->member->name = name;
		reader->member->outer = reader->outer;
		reader->member->kind = JSON_NUMBER;
		reader->member->is_array = false;
		reader->member->used = false;
		reader->member->count = 0;
		reader->member->space = 0;
		reader->member->values = NULL;
	}
	JSON_ACTION_RETURN();
}

/* Enter an array */
static JsonActionResult
ReadArrayStart(void *state)
{
	JsonReader *reader = state;

	if (reader->in_array || reader->depth == 0)
		ReadProblem(reader, "An array is not where it belongs.");
	reader->in_array = true;
	if (reader->problem == NULL)
		reader->member->is_array = true;
	JSON_ACTION_RETURN();
}

/* Leave an array */
static JsonActionResult
ReadArrayEnd(void *state)
{
	JsonReader *reader = state;

	reader->in_array = false;
	JSON_ACTION_RETURN();
}

/* Append a value to a member */
static void
AppendValue(JsonMember *member, char *value)
{
	if (member->count >= member->space)
	{
		member->space = (member->space == 0) ? FIRST_SPACE : 2 * member->space;
		member->values = (member->values == NULL)
			? palloc(member->space * sizeof(char *))
			: repalloc_huge(member->values, member->space * sizeof(char *));
	}
	member->values[member->count++] = value;
}

/* Take a number or a string */
static JsonActionResult
ReadScalar(void *state, char *token, JsonTokenType type)
{
	JsonReader *reader = state;
	JsonMember *member = reader->member;
	JsonKind kind = (type == JSON_TOKEN_STRING) ? JSON_STRING : JSON_NUMBER;

	CHECK_FOR_INTERRUPTS();
	if (reader->problem != NULL)
		JSON_ACTION_RETURN();
	if (type != JSON_TOKEN_NUMBER && type != JSON_TOKEN_STRING)
		ReadProblem(reader, "A member is neither a number nor a string.");
	else if (member == NULL)
		ReadProblem(reader, "A value has no name.");
	else if (member->count > 0 && member->kind != kind)
		ReadProblem(reader, "An array mixes numbers and strings.");
	else
	{
		member->kind = kind;
		AppendValue(member, token);
	}
	JSON_ACTION_RETURN();
}

/* Read an object; false after a soft error */
bool
ParseJsonObject(const char *text, const char *type, JsonObject *object, Node *escontext)
{
	JsonReader reader = {0};
	JsonSemAction actions = {0};
	JsonParseErrorType error;
	JsonLexContext *lex;

	object->text = text;
	object->count = 0;
	reader.object = object;
	actions.semstate = &reader;
	actions.object_start = ReadObjectStart;
	actions.object_end = ReadObjectEnd;
	actions.object_field_start = ReadMember;
	actions.array_start = ReadArrayStart;
	actions.array_end = ReadArrayEnd;
	actions.scalar = ReadScalar;

#if PG_VERSION_NUM >= 170000
	lex = makeJsonLexContextCstringLen(NULL, text, strlen(text), GetDatabaseEncoding(), true);
#else
	lex = makeJsonLexContextCstringLen(unconstify(char *, text), strlen(text),
									   GetDatabaseEncoding(), true);
#endif
	error = pg_parse_json(lex, &actions);
	if (error != JSON_SUCCESS)
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type, text),
				 errdetail_internal("%s", json_errdetail(error, lex))));
	if (reader.problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type, text),
				 errdetail_internal("%s", reader.problem)));
	return true;
}

/* Find a member by its path: "name", or "outer.inner" in an object inside the object */
static JsonMember *
FindPath(const JsonObject *object, const char *path)
{
	const char *dot = strchr(path, '.');

	if (dot == NULL)
		return FindMember(object, NULL, path);
	return FindMember(object, pnstrdup(path, dot - path), dot + 1);
}

/* Tell whether a member is there */
bool
JsonHasMember(const JsonObject *object, const char *name)
{
	return FindPath(object, name) != NULL;
}

/*
 * Read a number as an integer scaled by a power of ten, exactly.
 *
 * At most 38 digits fit 128 bits with any scale, so longer ones are refused.
 */
static bool
ParseDecimal(const char *number, int decimals, int128 *value)
{
	bool negative = (*number == '-');
	bool fraction = false;
	int128 result = 0;

	if (negative)
		number++;
	for (; *number != '\0'; number++)
	{
		if (*number == '.' && !fraction)
		{
			fraction = true;
			continue;
		}
		if (*number < '0' || *number > '9')
			return false; /* an exponent */
		if (fraction && decimals == 0)
		{
			if (*number != '0')
				return false; /* finer than the scale */
			continue;
		}
		if (__builtin_mul_overflow(result, 10, &result) ||
			__builtin_add_overflow(result, *number - '0', &result))
			return false;
		if (fraction)
			decimals--;
	}
	for (; decimals > 0; decimals--)
	{
		if (__builtin_mul_overflow(result, 10, &result))
			return false;
	}
	*value = negative ? -result : result;
	return true;
}

/* Say what a member must be */
static int
MustBeDetail(const JsonMember *member, const char *name, const char *what, bool is_array, int count)
{
	if (!is_array)
		return errdetail("Member \"%s\" must be a %s.", name, what);
	if (!member->is_array || member->count == count)
		return errdetail("Member \"%s\" must be an array of %ss.", name, what);
	return errdetail_plural("Member \"%s\" must be an array of %d %s.",
							"Member \"%s\" must be an array of %d %ss.", count, name, count, what);
}

/* Find a member that must hold so many values of a kind, and mark it as used, or return NULL */
static JsonMember *
TakeMember(JsonObject *object, const char *name, const char *type, JsonKind kind, bool is_array,
		   int count, Node *escontext)
{
	const char *what = (kind == JSON_STRING) ? "string" : "number";
	JsonMember *member = FindPath(object, name);

	if (member == NULL)
		ereturn(escontext, NULL,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type, object->text),
				 errdetail("Member \"%s\" is missing.", name)));
	member->used = true;
	if (member->outer != NULL)
		FindMember(object, NULL, member->outer)->used = true;
	if (member->is_array != is_array || member->count != count ||
		(member->kind != kind && (count > 0 || member->kind == JSON_OBJECT)))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type, object->text),
				 MustBeDetail(member, name, what, is_array, count)));
	return member;
}

/* Read so many numbers of a member as integers scaled by a power of ten */
static bool
ReadDecimals(JsonObject *object, const char *name, const char *type, bool is_array, int count,
			 int decimals, int128 *values, Node *escontext)
{
	JsonMember *member = TakeMember(object, name, type, JSON_NUMBER, is_array, count, escontext);

	if (member == NULL)
		return false;
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!ParseDecimal(member->values[i], decimals, &values[i]))
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s: \"%s\"", type, object->text),
					 (decimals == 0)
						 ? errdetail("\"%s\" in member \"%s\" is not a whole number in range.",
									 member->values[i], name)
						 : errdetail("\"%s\" in member \"%s\" is not a number with at most %d "
									 "decimals in range.",
									 member->values[i], name, decimals)));
	}
	return true;
}

/* Read a member that is a number as an integer scaled by a power of ten */
bool
JsonDecimal(JsonObject *object, const char *name, const char *type, int decimals, int128 *value,
			Node *escontext)
{
	return ReadDecimals(object, name, type, false, 1, decimals, value, escontext);
}

/* Read an array of numbers as integers scaled by a power of ten */
bool
JsonDecimalArray(JsonObject *object, const char *name, const char *type, int count, int decimals,
				 int128 *values, Node *escontext)
{
	return ReadDecimals(object, name, type, true, count, decimals, values, escontext);
}

/* Read so many numbers of a member as integers */
static bool
ReadInt64s(JsonObject *object, const char *name, const char *type, bool is_array, int count,
		   int64 *values, Node *escontext)
{
	int128 *wide = MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(int128));

	if (!ReadDecimals(object, name, type, is_array, count, 0, wide, escontext))
		return false;
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (wide[i] < PG_INT64_MIN || wide[i] > PG_INT64_MAX)
			ereturn(escontext, false,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("value in member \"%s\" is out of range for type %s", name, type),
					 errdetail("The input was \"%s\".", object->text)));
		values[i] = (int64) wide[i];
	}
	pfree(wide);
	return true;
}

/* Read a member that is one integer */
bool
JsonInt64(JsonObject *object, const char *name, const char *type, int64 *value, Node *escontext)
{
	return ReadInt64s(object, name, type, false, 1, value, escontext);
}

/* Read a member that is an array of integers */
bool
JsonInt64Array(JsonObject *object, const char *name, const char *type, int count, int64 *values,
			   Node *escontext)
{
	return ReadInt64s(object, name, type, true, count, values, escontext);
}

/* Read so many numbers of a member, which must be finite */
static bool
ReadFloats(JsonObject *object, const char *name, const char *type, bool is_array, int count,
		   double *values, Node *escontext)
{
	JsonMember *member = TakeMember(object, name, type, JSON_NUMBER, is_array, count, escontext);

	if (member == NULL)
		return false;
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		values[i] = strtod(member->values[i], NULL);
		if (!isfinite(values[i]))
			ereturn(escontext, false,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("value in member \"%s\" is out of range for type %s", name, type),
					 errdetail("The input was \"%s\".", object->text)));
		values[i] += 0.0; /* no negative zero, which equals zero and has other bytes */
	}
	return true;
}

/* Read a member that is one number */
bool
JsonFloat(JsonObject *object, const char *name, const char *type, double *value, Node *escontext)
{
	return ReadFloats(object, name, type, false, 1, value, escontext);
}

/* Read a member that is an array of numbers */
bool
JsonFloatArray(JsonObject *object, const char *name, const char *type, int count, double *values,
			   Node *escontext)
{
	return ReadFloats(object, name, type, true, count, values, escontext);
}

/* Read a member that is a string */
bool
JsonString(JsonObject *object, const char *name, const char *type, char **value, Node *escontext)
{
	JsonMember *member = TakeMember(object, name, type, JSON_STRING, false, 1, escontext);

	if (member == NULL)
		return false;
	*value = member->values[0];
	return true;
}

/* Read a member that is an array of strings */
bool
JsonStringArray(JsonObject *object, const char *name, const char *type, int count, char **values,
				Node *escontext)
{
	JsonMember *member = TakeMember(object, name, type, JSON_STRING, true, count, escontext);

	if (member == NULL)
		return false;
	for (int i = 0; i < count; i++)
		values[i] = member->values[i];
	return true;
}

/* Return how many elements an array has, 0 where there is none */
int
JsonArrayLength(const JsonObject *object, const char *name)
{
	const JsonMember *member = FindPath(object, name);

	return (member != NULL && member->is_array) ? member->count : 0;
}

/* Check that the type knows every member */
bool
CheckJsonUsed(const JsonObject *object, const char *type, Node *escontext)
{
	for (int i = 0; i < object->count; i++)
	{
		if (!object->member[i].used)
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s: \"%s\"", type, object->text),
					 errdetail("There is no member \"%s\".", object->member[i].name)));
	}
	return true;
}

/* Append an integer of 10^-decimals as the shortest exact decimal */
void
AppendDecimal(StringInfo out, int128 value, int decimals)
{
	char buffer[DECIMAL_BUFFER];
	char *end = buffer + sizeof(buffer);
	char *start = end;
	bool significant = false;
	uint128 rest = (value < 0) ? -(uint128) value : (uint128) value;

	for (; rest > 0 || decimals >= 0; decimals--)
	{
		if (decimals == 0)
		{
			if (significant)
				*--start = '.';
			significant = true;
		}
		if (rest % 10 != 0)
			significant = true;
		if (significant)
			*--start = '0' + (int) (rest % 10);
		rest /= 10;
	}
	if (value < 0)
		*--start = '-';
	appendBinaryStringInfo(out, start, end - start);
}

/* Append the shortest number that reads back as the same bits, whatever any setting says */
void
AppendFloat(StringInfo out, double value)
{
	char buffer[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(value, buffer);
	appendStringInfoString(out, buffer);
}

/* Append a member that is not the first one */
void
AppendJsonFloat(StringInfo out, const char *name, double value)
{
	appendStringInfo(out, ", \"%s\": ", name);
	AppendFloat(out, value);
}
