/*
 * json_input.c
 *		Reads the JSON text form of a summary with PostgreSQL's own parser.
 *
 * Members may come in any order, as jsonb reorders them, but each only once,
 * and none that the type does not know.
 */
#include "postgres.h"

#include "common/jsonapi.h"
#include "mb/pg_wchar.h"

#include "json_input.h"

/* an object inside the object is as deep as it goes */
#define MAX_DEPTH 2

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
		reader->member->is_object = true;
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
		reader->member->is_array = false;
		reader->member->is_object = false;
		reader->member->used = false;
		reader->member->count = 0;
		reader->member->numbers = NULL;
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

/* Take a number */
static JsonActionResult
ReadScalar(void *state, char *token, JsonTokenType type)
{
	JsonReader *reader = state;
	JsonMember *member = reader->member;

	if (reader->problem != NULL)
		JSON_ACTION_RETURN();
	if (type != JSON_TOKEN_NUMBER)
		ReadProblem(reader, "A member is not a number.");
	else if (member == NULL)
		ReadProblem(reader, "A number has no name.");
	else if (member->count >= JSON_MAX_NUMBERS)
		ReadProblem(reader, "An array has too many elements.");
	else
	{
		if (member->numbers == NULL)
			member->numbers = palloc((member->is_array ? JSON_MAX_NUMBERS : 1) * sizeof(char *));
		member->numbers[member->count++] = token;
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

/* Read so many numbers of a member; a plain number is an array of none */
static bool
ReadNumbers(JsonObject *object, const char *name, const char *type, bool is_array, int count,
			int decimals, int128 *values, Node *escontext)
{
	JsonMember *member = FindPath(object, name);

	if (member == NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type, object->text),
				 errdetail("Member \"%s\" is missing.", name)));
	member->used = true;
	if (member->outer != NULL)
		FindMember(object, NULL, member->outer)->used = true;
	if (member->is_object || member->is_array != is_array || member->count != count)
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", type, object->text),
				 is_array ? errdetail("Member \"%s\" must be an array of %d numbers.", name, count)
						  : errdetail("Member \"%s\" must be a number.", name)));
	for (int i = 0; i < count; i++)
	{
		if (!ParseDecimal(member->numbers[i], decimals, &values[i]))
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s: \"%s\"", type, object->text),
					 (decimals == 0)
						 ? errdetail("\"%s\" in member \"%s\" is not a whole number in range.",
									 member->numbers[i], name)
						 : errdetail("\"%s\" in member \"%s\" is not a number with at most %d "
									 "decimals in range.",
									 member->numbers[i], name, decimals)));
	}
	return true;
}

/* Read an array of numbers as integers scaled by a power of ten */
bool
JsonDecimalArray(JsonObject *object, const char *name, const char *type, int count, int decimals,
				 int128 *values, Node *escontext)
{
	return ReadNumbers(object, name, type, true, count, decimals, values, escontext);
}

/* Narrow numbers to 64 bits */
static bool
NarrowNumbers(const JsonObject *object, const char *name, const char *type, int count,
			  const int128 *wide, int64 *values, Node *escontext)
{
	for (int i = 0; i < count; i++)
	{
		if (wide[i] < PG_INT64_MIN || wide[i] > PG_INT64_MAX)
			ereturn(escontext, false,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("value in member \"%s\" is out of range for type %s", name, type),
					 errdetail("The input was \"%s\".", object->text)));
		values[i] = (int64) wide[i];
	}
	return true;
}

/* Read a member that is one integer */
bool
JsonInt64(JsonObject *object, const char *name, const char *type, int64 *value, Node *escontext)
{
	int128 wide;

	return ReadNumbers(object, name, type, false, 1, 0, &wide, escontext) &&
		NarrowNumbers(object, name, type, 1, &wide, value, escontext);
}

/* Read a member that is an array of integers */
bool
JsonInt64Array(JsonObject *object, const char *name, const char *type, int count, int64 *values,
			   Node *escontext)
{
	int128 wide[JSON_MAX_NUMBERS];

	if (count > JSON_MAX_NUMBERS)
		elog(ERROR, "array of %d numbers is too long", count);
	return ReadNumbers(object, name, type, true, count, 0, wide, escontext) &&
		NarrowNumbers(object, name, type, count, wide, values, escontext);
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
