/*
 * choices.c
 *		choices_summary: the type and its forms.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/json.h"

#include "choices.h"
#include "surface.h"

#define CHOICES_TYPE "choices_summary"

#define CHOICES_HEADER offsetof(ChoicesSummary, data)

/* nobody: the class of the respondents alone, without room for weights */
#define CHOICES_NOBODY_SIZE (CHOICES_HEADER + sizeof(int64))

/* bytes of a name that is too long shown in a message */
#define SHOWN_BYTES 40

StaticAssertDecl(offsetof(ChoicesSummary, data) == MAXALIGN(offsetof(ChoicesSummary, data)),
				 "the counts of choices_summary must be aligned");

/* as messages call the class of the respondents */
static char respondents_name[] = "respondents";

const char *const ChoicesKindNames[] = {"nobody", "one of many", "tick all"};

PG_FUNCTION_INFO_V1(choices_in);
PG_FUNCTION_INFO_V1(choices_out);
PG_FUNCTION_INFO_V1(choices_recv);
PG_FUNCTION_INFO_V1(choices_send);

/* Order two names by their bytes, whatever the collation */
static inline int
CompareNames(ChoiceName a, ChoiceName b)
{
	int order = memcmp(a.bytes, b.bytes, Min(a.length, b.length));

	return (order != 0) ? order : a.length - b.length;
}

/* Find a name, or the place where it belongs */
bool
ChoicesFind(const ChoicesSummary *choices, ChoiceName name, int *place)
{
	int low = 0;
	int high = choices->choices;

	while (low < high)
	{
		int middle = (low + high) / 2;
		int order = CompareNames(name, ChoicesName(choices, middle));

		if (order == 0)
		{
			*place = middle;
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	*place = low;
	return false;
}

/* Hint at a column that holds what people wrote */
static int
OpenQuestionHint(void)
{
	return errhint("Has an open-ended text column been passed by mistake? "
				   "Choices are the given answers of a closed question.");
}

/* Check how many choices a summary is to hold; false after a soft error */
static bool
CheckChoicesNumber(int number, Node *escontext)
{
	if (number > MAX_CHOICES)
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("too many different choices"),
				 errdetail("A summary holds at most %d of them.", MAX_CHOICES),
				 OpenQuestionHint()));
	return true;
}

/* Check the length of a name; false after a soft error */
static bool
CheckChoiceLength(ChoiceName name, Node *escontext)
{
	if (name.length > MAX_CHOICE_BYTES)
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("choice \"%.*s...\" is too long",
						pg_mbcliplen(name.bytes, name.length, SHOWN_BYTES), name.bytes),
				 errdetail("It has %d bytes, and a choice has at most %d.", name.length,
						   MAX_CHOICE_BYTES),
				 OpenQuestionHint()));
	return true;
}

/* Return a summary of nobody that has these choices, which are in order */
static ChoicesSummary *
ChoicesCreate(ChoicesKind kind, const ChoiceName *names, int number, bool weighted)
{
	int classes = number + 1;
	Size size = CHOICES_HEADER + classes * sizeof(int64) + number * sizeof(uint32);
	ChoicesSummary *choices;
	uint32 *ends;
	char *bytes;
	uint32 end = 0;

	if (weighted)
		size += classes * (sizeof(int64) + sizeof(int128));
	for (int i = 0; i < number; i++)
		size += names[i].length;
	choices = palloc0(size);
	SET_VARSIZE(choices, size);
	choices->version = CHOICES_VERSION;
	choices->flags = weighted ? TALLY_WEIGHTED : 0;
	choices->kind = kind;
	choices->choices = number;
	ends = ChoicesEnds(choices);
	bytes = (char *) (ends + number);
	for (int i = 0; i < number; i++)
	{
		memcpy(bytes + end, names[i].bytes, names[i].length);
		end += names[i].length;
		ends[i] = end;
	}
	return choices;
}

/* Return a summary of nobody */
ChoicesSummary *
ChoicesNobody(void)
{
	return ChoicesCreate(CHOICES_NOBODY, NULL, 0, false);
}

/* Return a copy of the choices that somebody chose; without room for weights there must be none */
ChoicesSummary *
ChoicesCopy(const ChoicesSummary *choices, bool weighted)
{
	ChoiceName names[MAX_CHOICES];
	Tally from = ChoicesTally(choices);
	Tally into;
	ChoicesSummary *copy;
	int kept = 0;

	for (int i = 0; i < (int) choices->choices; i++)
	{
		if (from.count[ChoiceClass(i)] > 0)
			names[kept++] = ChoicesName(choices, i);
	}
	copy = ChoicesCreate(choices->kind, names, kept, weighted);
	into = ChoicesTally(copy);
	TallyAddClass(&into, CHOICES_RESPONDENTS, &from, CHOICES_RESPONDENTS);
	kept = 0;
	for (int i = 0; i < (int) choices->choices; i++)
	{
		if (from.count[ChoiceClass(i)] > 0)
			TallyAddClass(&into, ChoiceClass(kept++), &from, ChoiceClass(i));
	}
	return copy;
}

/* Tell whether there is a choice that nobody chose */
static bool
ChoicesHasUnchosen(const ChoicesSummary *choices)
{
	for (int i = 0; i < (int) choices->choices; i++)
	{
		if (choices->data[ChoiceClass(i)] == 0)
			return true;
	}
	return false;
}

/* Return the canonical form: no kind or choice of nobody, weights only where there are any */
ChoicesSummary *
ChoicesCanonical(ChoicesSummary *choices)
{
	Tally tally = ChoicesTally(choices);
	bool weighted = TallyIsWeighted(&tally);

	if (ChoicesRespondents(choices) == 0)
		return (choices->kind == CHOICES_NOBODY && VARSIZE(choices) == CHOICES_NOBODY_SIZE)
			? choices
			: ChoicesNobody();
	if (weighted != ChoicesIsWeighted(choices) || ChoicesHasUnchosen(choices))
		return ChoicesCopy(choices, weighted);
	return choices;
}

/* Read a summary argument as it is; it must not be written to */
ChoicesSummary *
ChoicesGetRaw(FunctionCallInfo fcinfo, int arg)
{
	ChoicesSummary *choices = (ChoicesSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(choices->version, CHOICES_VERSION, CHOICES_TYPE);
	return choices;
}

/* Read a summary argument in its canonical form; it must not be written to */
ChoicesSummary *
ChoicesGetArg(FunctionCallInfo fcinfo, int arg)
{
	return ChoicesCanonical(ChoicesGetRaw(fcinfo, arg));
}

/* Return what somebody chose, so that a state does not grow as a window moves */
ChoicesSummary *
ChoicesSwept(ChoicesSummary *choices)
{
	if (ChoicesHasUnchosen(choices))
		return ChoicesCopy(choices, ChoicesIsWeighted(choices));
	return choices;
}

/* Return a copy with one choice more, which nobody chose yet */
ChoicesSummary *
ChoicesInsert(const ChoicesSummary *choices, ChoiceName name)
{
	ChoiceName names[MAX_CHOICES];
	int number = choices->choices;
	Tally from = ChoicesTally(choices);
	ChoicesSummary *larger;
	Tally into;
	int place;

	CheckChoiceLength(name, NULL);
	CheckChoicesNumber(number + 1, NULL);
	ChoicesFind(choices, name, &place);
	for (int i = 0; i < number; i++)
		names[(i < place) ? i : i + 1] = ChoicesName(choices, i);
	names[place] = name;
	larger = ChoicesCreate(choices->kind, names, number + 1, ChoicesIsWeighted(choices));
	into = ChoicesTally(larger);
	TallyAddClass(&into, CHOICES_RESPONDENTS, &from, CHOICES_RESPONDENTS);
	for (int i = 0; i < number; i++)
		TallyAddClass(&into, ChoiceClass((i < place) ? i : i + 1), &from, ChoiceClass(i));
	return larger;
}

/* Return a copy that has room for all choices and weights of another summary */
ChoicesSummary *
ChoicesWithRoom(ChoicesSummary *choices, const ChoicesSummary *other)
{
	ChoiceName names[2 * MAX_CHOICES];
	ChoicesSummary *swept = ChoicesSwept(choices);
	Tally from = ChoicesTally(swept);
	ChoicesSummary *larger;
	Tally into;
	int places[MAX_CHOICES];
	int number = 0;
	int i = 0, j = 0;

	while (i < (int) swept->choices || j < (int) other->choices)
	{
		int order;

		if (i >= (int) swept->choices)
			order = 1;
		else if (j >= (int) other->choices)
			order = -1;
		else
			order = CompareNames(ChoicesName(swept, i), ChoicesName(other, j));
		if (order <= 0)
			places[i] = number;
		names[number++] = (order <= 0) ? ChoicesName(swept, i) : ChoicesName(other, j);
		i += (order <= 0);
		j += (order >= 0);
	}
	CheckChoicesNumber(number, NULL);
	larger = ChoicesCreate(swept->kind, names, number,
						   ChoicesIsWeighted(swept) || ChoicesIsWeighted(other));
	into = ChoicesTally(larger);
	TallyAddClass(&into, CHOICES_RESPONDENTS, &from, CHOICES_RESPONDENTS);
	for (i = 0; i < (int) swept->choices; i++)
		TallyAddClass(&into, ChoiceClass(places[i]), &from, ChoiceClass(i));
	return larger;
}

/* Return a copy of a name with an end mark */
char *
ChoiceToCString(ChoiceName name)
{
	return pnstrdup(name.bytes, name.length);
}

/* Return the names of all classes, for messages */
char **
ChoicesClassNames(const ChoicesSummary *choices)
{
	char **names = palloc((choices->choices + 1) * sizeof(char *));

	names[CHOICES_RESPONDENTS] = respondents_name;
	for (int i = 0; i < (int) choices->choices; i++)
		names[ChoiceClass(i)] = ChoiceToCString(ChoicesName(choices, i));
	return names;
}

/*
 * Find a choice that more ticked than there are respondents, or return -1.
 *
 * Those who did not tick it are respondents, too, so that what the respondents
 * have more than it, weights included, must be a possible class.
 */
int
ChoicesFindImpossible(const Tally *tally)
{
	for (int i = ChoiceClass(0); i < tally->classes; i++)
	{
		int64 count = tally->count[CHOICES_RESPONDENTS];
		int64 excess = 0;
		int128 square = 0;
		Tally rest = {1, NULL, 0, &count, NULL, NULL};

		if (tally->excess != NULL)
		{
			excess = tally->excess[CHOICES_RESPONDENTS];
			square = tally->square[CHOICES_RESPONDENTS];
			rest.excess = &excess;
			rest.square = &square;
		}
		if (!TallyTakeClass(&rest, 0, tally, i))
			return i;
	}
	return -1;
}

/* Check that answers which came from outside add up; false after a soft error */
static bool
CheckChoices(ChoicesKind kind, const Tally *tally, Node *escontext)
{
	int impossible = -1;

	if (!CheckTally(tally, escontext))
		return false;
	for (int i = 0; i < tally->classes; i++)
	{
		if (tally->count[i] == 0)
			ereturn(escontext, false,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("invalid count of \"%s\"", tally->names[i]),
					 (i == CHOICES_RESPONDENTS)
						 ? errdetail("A summary of nobody is {}.")
						 : errdetail("A summary leaves out what nobody chose.")));
	}
	if (kind == CHOICES_TICK_ALL)
		impossible = ChoicesFindImpossible(tally);
	if (impossible >= 0)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid count of \"%s\"", tally->names[impossible]),
				 errdetail(
					 "The respondents cannot have ticked it so often or with such weights.")));
	return true;
}

/* Fill in the respondents of a question of one choice each; false after a soft error */
static bool
SumRespondents(Tally *tally, Node *escontext)
{
	int128 count = 0;
	int128 excess = 0;
	int128 square = 0;

	/* the squares of a possible class are below 2^117, so that those of all choices fit */
	for (int i = ChoiceClass(0); i < tally->classes; i++)
	{
		count += tally->count[i];
		excess += tally->excess[i];
		square += tally->square[i];
	}
	if (count > TALLY_MAX_COUNT || excess < PG_INT64_MIN || excess > PG_INT64_MAX)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid count of \"respondents\""),
				 errdetail("The sum of the answers is too large.")));
	tally->count[CHOICES_RESPONDENTS] = (int64) count;
	tally->excess[CHOICES_RESPONDENTS] = (int64) excess;
	tally->square[CHOICES_RESPONDENTS] = square;
	return true;
}

/* Return a tally of zeros with room for weights, of classes with these names */
Tally
ChoicesCreateTally(char **names, int classes)
{
	Tally tally = {classes, (const char *const *) names, CHOICES_RESPONDENTS, NULL, NULL, NULL};

	tally.count = palloc0(classes * sizeof(int64));
	tally.excess = palloc0(classes * sizeof(int64));
	tally.square = palloc0(classes * sizeof(int128));
	return tally;
}

/* View the choices of a tally without the respondents */
Tally
ChoicesAnswersOf(const Tally *tally)
{
	Tally answers = *tally;

	answers.classes = tally->classes - 1;
	if (tally->names != NULL)
		answers.names = tally->names + 1;
	answers.count = tally->count + 1;
	if (tally->excess != NULL)
	{
		answers.excess = tally->excess + 1;
		answers.square = tally->square + 1;
	}
	return answers;
}

/* Order two classes of a tally by their names, for qsort_arg */
static int
CompareClassNames(const void *a, const void *b, void *arg)
{
	const Tally *tally = arg;

	return strcmp(tally->names[*(const int *) a], tally->names[*(const int *) b]);
}

/* Return the summary of what was read, the choices in any order; NULL after a soft error */
static ChoicesSummary *
ChoicesFromTally(ChoicesKind kind, Tally *tally, Node *escontext)
{
	Tally answers = ChoicesAnswersOf(tally);
	ChoiceName names[MAX_CHOICES];
	int order[MAX_CHOICES];
	ChoicesSummary *choices;
	Tally into;

	for (int i = 0; i < answers.classes; i++)
		order[i] = i;
	qsort_arg(order, answers.classes, sizeof(int), CompareClassNames, &answers);
	for (int i = 0; i < answers.classes; i++)
	{
		names[i].bytes = answers.names[order[i]];
		names[i].length = strlen(names[i].bytes);
		if (!CheckChoiceLength(names[i], escontext))
			return NULL;
		if (i > 0 && CompareNames(names[i - 1], names[i]) == 0)
			ereturn(escontext, NULL,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("choice \"%s\" is there twice", names[i].bytes)));
	}
	if (!CheckTally(&answers, escontext) ||
		(kind == CHOICES_ONE_OF_MANY && !SumRespondents(tally, escontext)) ||
		!CheckChoices(kind, tally, escontext))
		return NULL;

	choices = ChoicesCreate(kind, names, answers.classes, true);
	into = ChoicesTally(choices);
	TallyAddClass(&into, CHOICES_RESPONDENTS, tally, CHOICES_RESPONDENTS);
	for (int i = 0; i < answers.classes; i++)
		TallyAddClass(&into, ChoiceClass(i), &answers, order[i]);
	return ChoicesCanonical(choices);
}

/* Return the text form */
char *
ChoicesToText(const ChoicesSummary *choices)
{
	Tally tally = ChoicesTally(choices);
	Tally answers = ChoicesAnswersOf(&tally);
	StringInfoData out;

	initStringInfo(&out);
	if (choices->kind == CHOICES_NOBODY)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	appendStringInfo(&out, "{\"kind\": \"%s\"", ChoicesKindNames[choices->kind]);
	if (choices->kind == CHOICES_TICK_ALL)
		appendStringInfo(&out, ", \"respondents\": %lld", (long long) ChoicesRespondents(choices));
	appendStringInfoString(&out, ", \"choices\": [");
	for (int i = 0; i < answers.classes; i++)
	{
		if (i > 0)
			appendStringInfoString(&out, ", ");
		escape_json(&out, ChoiceToCString(ChoicesName(choices, i)));
	}
	appendStringInfoString(&out, "], \"answers\": [");
	for (int i = 0; i < answers.classes; i++)
		appendStringInfo(&out, "%s%lld", (i > 0) ? ", " : "", (long long) answers.count[i]);
	appendStringInfoChar(&out, ']');
	TallyWeightsOut(&out, &answers);
	if (choices->kind == CHOICES_TICK_ALL)
		TallyClassWeightOut(&out, &tally, CHOICES_RESPONDENTS, "respondents");
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the kind of a question; false after a soft error */
static bool
ReadKind(JsonObject *object, ChoicesKind *kind, Node *escontext)
{
	char *word;

	if (!JsonString(object, "kind", CHOICES_TYPE, &word, escontext))
		return false;
	for (*kind = CHOICES_ONE_OF_MANY; *kind <= CHOICES_TICK_ALL; (*kind)++)
	{
		if (strcmp(word, ChoicesKindNames[*kind]) == 0)
			return true;
	}
	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", CHOICES_TYPE, object->text),
			 errdetail("Member \"kind\" must be \"%s\" or \"%s\".",
					   ChoicesKindNames[CHOICES_ONE_OF_MANY], ChoicesKindNames[CHOICES_TICK_ALL])));
}

/* Read the text form */
Datum
choices_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	ChoicesSummary *choices;
	ChoicesKind kind;
	char **names;
	Tally tally, answers;
	JsonObject object;
	int number;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), CHOICES_TYPE, &object, escontext))
		PG_RETURN_NULL();
	if (object.count == 0)
		PG_RETURN_POINTER(ChoicesNobody());
	number = JsonArrayLength(&object, "choices");
	if (!CheckChoicesNumber(number, escontext) || !ReadKind(&object, &kind, escontext))
		PG_RETURN_NULL();
	names = palloc((number + 1) * sizeof(char *));
	names[CHOICES_RESPONDENTS] = respondents_name;
	tally = ChoicesCreateTally(names, number + 1);
	answers = ChoicesAnswersOf(&tally);
	if (!JsonStringArray(&object, "choices", CHOICES_TYPE, number, names + ChoiceClass(0),
						 escontext) ||
		!JsonInt64Array(&object, "answers", CHOICES_TYPE, number, answers.count, escontext) ||
		!TallyWeightsIn(&answers, &object, CHOICES_TYPE, escontext))
		PG_RETURN_NULL();
	if (kind == CHOICES_TICK_ALL &&
		(!JsonInt64(&object, "respondents", CHOICES_TYPE, &tally.count[CHOICES_RESPONDENTS],
					escontext) ||
		 !TallyClassWeightIn(&tally, CHOICES_RESPONDENTS, "respondents", &object, CHOICES_TYPE,
							 escontext)))
		PG_RETURN_NULL();
	if (!CheckJsonUsed(&object, CHOICES_TYPE, escontext))
		PG_RETURN_NULL();
	choices = ChoicesFromTally(kind, &tally, escontext);
	if (choices == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(choices);
}

/* Write the text form */
Datum
choices_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(ChoicesToText(ChoicesGetArg(fcinfo, 0)));
}

/* Report a binary form that is never written */
pg_noreturn static void
InvalidBinary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of type %s", CHOICES_TYPE),
			 errdetail_internal("%s", detail)));
}

/* Read the names of a binary form, which are in order */
static char **
ReceiveNames(StringInfo in, int number)
{
	char **names = palloc((number + 1) * sizeof(char *));

	names[CHOICES_RESPONDENTS] = respondents_name;
	for (int i = ChoiceClass(0); i <= number; i++)
	{
		int length = pq_getmsgint(in, sizeof(int32));

		names[i] = pq_getmsgtext(in, length, &length);
		if (i > ChoiceClass(0) && strcmp(names[i - 1], names[i]) >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("invalid binary form of type %s", CHOICES_TYPE),
					 errdetail("The choices are not in the order of their bytes."),
					 errhint("Transfer the text form between databases of different encodings.")));
	}
	return names;
}

/* Read the binary form */
Datum
choices_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	bool weighted;
	int kind;
	uint32 number;
	Tally tally, sent;

	CheckMessageVersion(in, CHOICES_VERSION, CHOICES_TYPE);
	weighted = GetMessageFlags(in, TALLY_WEIGHTED, CHOICES_TYPE) == TALLY_WEIGHTED;
	kind = pq_getmsgbyte(in);
	if (kind > CHOICES_TICK_ALL)
		InvalidBinary("There is no such kind of question.");
	if (kind == CHOICES_NOBODY)
	{
		if (weighted)
			InvalidBinary("A summary of nobody has no weights.");
		CheckMessageEnd(in, CHOICES_TYPE);
		PG_RETURN_POINTER(ChoicesNobody());
	}
	number = pq_getmsgint(in, sizeof(uint32));
	CheckChoicesNumber(Min(number, MAX_CHOICES + 1), NULL);
	tally = ChoicesCreateTally(ReceiveNames(in, number), number + 1);
	sent = (kind == CHOICES_TICK_ALL) ? tally : ChoicesAnswersOf(&tally);
	TallyRecv(&sent, in, weighted, CHOICES_TYPE);
	CheckMessageEnd(in, CHOICES_TYPE);
	PG_RETURN_POINTER(ChoicesFromTally(kind, &tally, NULL));
}

/* Write the binary form */
Datum
choices_send(PG_FUNCTION_ARGS)
{
	ChoicesSummary *choices = ChoicesGetArg(fcinfo, 0);
	Tally tally = ChoicesTally(choices);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, CHOICES_VERSION);
	pq_sendbyte(&out, choices->flags);
	pq_sendbyte(&out, choices->kind);
	if (choices->kind != CHOICES_NOBODY)
	{
		pq_sendint32(&out, choices->choices);
		for (int i = 0; i < (int) choices->choices; i++)
		{
			ChoiceName name = ChoicesName(choices, i);

			SendMessageName(&out, name.bytes, name.length);
		}
		if (choices->kind == CHOICES_ONE_OF_MANY)
			tally = ChoicesAnswersOf(&tally);
		TallySend(&out, &tally);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Order two summaries, for sorting only */
static int
ChoicesCompare(const ChoicesSummary *a, const ChoicesSummary *b)
{
	Tally tally_a = ChoicesTally(a);
	Tally tally_b = ChoicesTally(b);

	if (a->kind != b->kind)
		return (int) a->kind - (int) b->kind;
	for (int i = 0; i < (int) Min(a->choices, b->choices); i++)
	{
		int order = CompareNames(ChoicesName(a, i), ChoicesName(b, i));

		if (order != 0)
			return order;
	}
	if (a->choices != b->choices)
		return (a->choices < b->choices) ? -1 : 1;
	return TallyCompare(&tally_a, &tally_b);
}

DEFINE_COMPARE_ARGS(ChoicesCompareArgs, ChoicesSummary, ChoicesGetArg, ChoicesCompare);
DEFINE_COMPARISONS(choices, ChoicesCompareArgs);
DEFINE_HASHES(choices, ChoicesSummary, ChoicesGetArg, VARSIZE(value));
