/*
 * pattern.c
 *		step_pattern: how it is checked and brought into its form.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "pattern.h"

/* bytes of a text that a message shows */
#define SHOWN_BYTES 200

#define PATTERN_HEADER offsetof(StepPattern, step)

StaticAssertDecl(PATTERN_HEADER == MAXALIGN(PATTERN_HEADER), "steps must be aligned");
StaticAssertDecl(MATCH_LATER == 0 && MATCH_NEXT == 1 && MATCH_WITHOUT == 2,
				 "links are stored as they are");
StaticAssertDecl(PATTERN_MAX_NAMES <= PG_UINT16_MAX && PATTERN_MAX_NAME <= PG_UINT16_MAX,
				 "members and lengths are stored in 16 bits");

/* Begin a draft; an error is soft where a context says so, and points into the text if any */
PatternDraft *
DraftCreate(const char *text, int sqlerrcode, Node *escontext)
{
	PatternDraft *draft = palloc(sizeof(PatternDraft));

	draft->text = text;
	draft->sqlerrcode = sqlerrcode;
	draft->escontext = escontext;
	draft->max_name = PATTERN_MAX_NAME;
	draft->flags = 0;
	draft->within = MATCH_NO_LIMIT;
	draft->steps = 0;
	draft->names = 0;
	return draft;
}

/* Say where in the text something is, with a blank before it; nothing without a text */
char *
DraftPlace(const PatternDraft *draft, const char *place)
{
	if (draft->text == NULL || place == NULL)
		return pstrdup("");
	return psprintf(" at character %d", pg_mbstrlen_with_len(draft->text, place - draft->text) + 1);
}

/* Say where a name is, with a blank before it */
static char *
NamePlace(const PatternDraft *draft, const char *place, int step)
{
	if (draft->text == NULL || place == NULL)
		return psprintf(" in step %d", step);
	return DraftPlace(draft, place);
}

/* Report what is wrong with a draft; return false after a soft error */
bool
DraftProblem(const PatternDraft *draft, int sqlerrcode, const char *detail, const char *hint)
{
	int length = (draft->text != NULL) ? strnlen(draft->text, SHOWN_BYTES + 1) : 0;
	bool cut = length > SHOWN_BYTES;

	if (cut)
		length = pg_mbcliplen(draft->text, length, SHOWN_BYTES);
	ereturn(draft->escontext, false,
			(errcode(sqlerrcode),
			 (draft->text != NULL) ? errmsg("invalid input syntax for type %s: \"%.*s%s\"",
											PATTERN_TYPE, length, draft->text, cut ? "..." : "")
								   : errmsg("invalid value of type %s", PATTERN_TYPE),
			 errdetail_internal("%s", detail), (hint != NULL) ? errhint("%s", hint) : 0));
}

/* Append a step without names to a draft; false after a soft error */
bool
DraftAddStep(PatternDraft *draft, MatchLink link, const char *place)
{
	DraftStep *step;

	if (draft->steps >= MATCH_MAX_STEPS)
		return DraftProblem(draft, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
							psprintf("There is one more step%s, and a pattern has at most %d.",
									 DraftPlace(draft, place), MATCH_MAX_STEPS),
							NULL);
	step = &draft->step[draft->steps++];
	step->link = link;
	step->optional = false;
	step->limit = MATCH_NO_LIMIT;
	step->forbidden.first = step->names.first = 0;
	step->forbidden.count = step->names.count = 0;
	step->place = place;
	step->limit_place = NULL;
	return true;
}

/* Append a name to a draft and to the set that is being described; false after a soft error */
bool
DraftAddName(PatternDraft *draft, DraftSet *set, PatternName name)
{
	if (name.length == 0)
		return DraftProblem(draft, draft->sqlerrcode,
							psprintf("The name%s is empty.",
									 NamePlace(draft, name.place, draft->steps)),
							NULL);
	if (name.length > draft->max_name)
		return DraftProblem(draft, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
							psprintf("The name%s has %d bytes, and a name has at most %d.",
									 NamePlace(draft, name.place, draft->steps), name.length,
									 PATTERN_MAX_NAME),
							NULL);
	if (draft->names >= PATTERN_MAX_NAMES)
		return DraftProblem(draft, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
							psprintf("There is one more name%s, and a pattern has at most %d.",
									 NamePlace(draft, name.place, draft->steps), PATTERN_MAX_NAMES),
							NULL);
	if (set->count == 0)
		set->first = draft->names;
	set->count++;
	draft->name[draft->names++] = name;
	return true;
}

/* Order two names of a draft by their bytes, for qsort_arg */
static int
CompareNames(const void *a, const void *b, void *arg)
{
	const PatternDraft *draft = arg;
	const PatternName *name_a = &draft->name[*(const uint16 *) a];
	const PatternName *name_b = &draft->name[*(const uint16 *) b];
	int order = memcmp(name_a->bytes, name_b->bytes, Min(name_a->length, name_b->length));

	return (order != 0) ? order : name_a->length - name_b->length;
}

/* Give each name its place in a dictionary; return one name for each place, and how many */
static uint16 *
DraftIndexNames(PatternDraft *draft, int *different)
{
	uint16 *sorted = palloc(Max(draft->names, 1) * sizeof(uint16));
	int count = 0;

	for (int i = 0; i < draft->names; i++)
		sorted[i] = i;
	qsort_arg(sorted, draft->names, sizeof(uint16), CompareNames, draft);
	for (int i = 0; i < draft->names; i++)
	{
		if (i == 0 || CompareNames(&sorted[i], &sorted[count - 1], draft) != 0)
			sorted[count++] = sorted[i];
		draft->code[sorted[i]] = count - 1;
	}
	*different = count;
	return sorted;
}

/* Check that a set has each name once; false after a soft error */
static bool
CheckSet(const PatternDraft *draft, int step, DraftSet set)
{
	const uint16 *code = &draft->code[set.first];

	for (int i = 1; i < set.count; i++)
	{
		const PatternName *name = &draft->name[set.first + i];
		int j = 0;

		while (j < i && code[j] != code[i])
			j++;
		if (j < i)
			return DraftProblem(draft, draft->sqlerrcode,
								psprintf("The name%s is in its set already: \"%.*s\".",
										 NamePlace(draft, name->place, step),
										 pg_mbcliplen(name->bytes, name->length, SHOWN_BYTES),
										 name->bytes),
								NULL);
	}
	return true;
}

/* Check a span of time; false after a soft error */
static bool
CheckSpan(const PatternDraft *draft, int64 span)
{
	if (span != MATCH_NO_LIMIT && (span < 0 || span > SPAN_MAX))
		return DraftProblem(draft, draft->sqlerrcode,
							psprintf("A time lies between 0 and %lld days.",
									 (long long) SPAN_MAX_DAYS),
							NULL);
	return true;
}

/* Check a step, counted from one; false after a soft error */
static bool
CheckStep(const PatternDraft *draft, int number)
{
	const DraftStep *step = &draft->step[number - 1];
	const char *place = DraftPlace(draft, step->place);
	const char *limit_place = DraftPlace(draft, step->limit_place);
	const char *problem = NULL;
	const char *hint = NULL;

	if (!CheckSet(draft, number, step->forbidden) || !CheckSet(draft, number, step->names) ||
		!CheckSpan(draft, step->limit))
		return false;
	if ((int) step->link < MATCH_LATER || (int) step->link > MATCH_WITHOUT)
		problem = psprintf("Step %d%s has a link that does not exist.", number, place);
	else if (step->link != MATCH_WITHOUT && step->forbidden.count > 0)
		problem = psprintf("Step %d%s forbids names without a link for that.", number, place);
	else if (step->link != MATCH_LATER && number == 1)
		problem = psprintf("Step 1%s has a link, and no step before it.", place);
	else if (step->link != MATCH_LATER && (draft->flags & PATTERN_ANY_ORDER))
		problem =
			psprintf("Step %d%s has a link, and steps in any order have none.", number, place);
	else if (step->limit != MATCH_NO_LIMIT && (draft->flags & PATTERN_ANY_ORDER))
	{
		problem = psprintf("The time limit%s of step %d needs a step before it, and steps in any "
						   "order have none.",
						   limit_place, number);
		hint = "Limit the whole pattern: a & b within 7 days.";
	}
	else if (step->limit != MATCH_NO_LIMIT && number == 1)
	{
		problem = psprintf("The time limit%s of step 1 has no step before it to count from.",
						   limit_place);
		hint = "Limit a later step, or the whole pattern: a > b (1 day) > c within 7 days.";
	}
	else if (step->optional && (draft->flags & PATTERN_ANY_ORDER))
		problem =
			psprintf("Step %d%s must not be optional in a pattern in any order.", number, place);
	else if (step->optional && number == 1)
		problem = psprintf("Step 1%s must not be optional, as a chain starts with it.", place);
	else if (step->optional && number == draft->steps)
		problem =
			psprintf("Step %d%s must not be optional, as a chain ends with it.", number, place);
	else if (step->optional && step->limit != MATCH_NO_LIMIT)
	{
		problem = psprintf("The time limit%s of step %d is that of an optional step, which has "
						   "none.",
						   limit_place, number);
		hint = "Limit the step after it, or the whole pattern.";
	}
	return problem == NULL || DraftProblem(draft, draft->sqlerrcode, problem, hint);
}

/* Check a draft whose names have their place in a dictionary; false after a soft error */
static bool
CheckPattern(const PatternDraft *draft)
{
	if (draft->steps == 0)
		return DraftProblem(draft, draft->sqlerrcode, "A pattern has at least one step.", NULL);
	if ((draft->flags & PATTERN_ANY_ORDER) && draft->steps == 1)
		return DraftProblem(draft, draft->sqlerrcode,
							"A pattern in any order has at least two steps.", NULL);
	for (int i = 1; i <= draft->steps; i++)
	{
		if (!CheckStep(draft, i))
			return false;
	}
	return CheckSpan(draft, draft->within);
}

/* Order two places in a dictionary, for qsort */
static int
CompareCodes(const void *a, const void *b)
{
	return (int) *(const uint16 *) a - (int) *(const uint16 *) b;
}

/* Order two steps in any order by their sets, for qsort_arg */
static int
CompareSteps(const void *a, const void *b, void *arg)
{
	const PatternDraft *draft = arg;
	DraftSet set_a = ((const DraftStep *) a)->names;
	DraftSet set_b = ((const DraftStep *) b)->names;

	for (int i = 0; i < Min(set_a.count, set_b.count); i++)
	{
		int order = CompareCodes(&draft->code[set_a.first + i], &draft->code[set_b.first + i]);

		if (order != 0)
			return order;
	}
	return set_a.count - set_b.count;
}

/* Check a draft and return the pattern in its only form, or NULL after a soft error */
StepPattern *
PatternBuild(PatternDraft *draft)
{
	int names;
	uint16 *dictionary = DraftIndexNames(draft, &names);
	StepPattern *pattern;
	Size size;
	uint16 *member;
	char *bytes;

	if (!CheckPattern(draft))
		return NULL;
	for (int i = 0; i < draft->steps; i++)
	{
		DraftStep *step = &draft->step[i];

		qsort(&draft->code[step->forbidden.first], step->forbidden.count, sizeof(uint16),
			  CompareCodes);
		qsort(&draft->code[step->names.first], step->names.count, sizeof(uint16), CompareCodes);
	}
	if (draft->flags & PATTERN_ANY_ORDER)
		qsort_arg(draft->step, draft->steps, sizeof(DraftStep), CompareSteps, draft);

	size = PATTERN_HEADER + draft->steps * sizeof(PatternStep) +
		(draft->names + names) * sizeof(uint16);
	for (int i = 0; i < names; i++)
		size += draft->name[dictionary[i]].length;
	pattern = palloc0(size);
	SET_VARSIZE(pattern, size);
	pattern->version = PATTERN_VERSION;
	pattern->flags = draft->flags;
	pattern->steps = draft->steps;
	pattern->members = draft->names;
	pattern->names = names;
	pattern->within = draft->within;
	member = unconstify(uint16 *, PatternMembers(pattern));
	for (int i = 0; i < draft->steps; i++)
	{
		const DraftStep *from = &draft->step[i];
		PatternStep *step = &pattern->step[i];

		step->limit = from->limit;
		step->link = from->link;
		step->optional = from->optional;
		step->forbidden = from->forbidden.count;
		step->names = from->names.count;
		memcpy(member, &draft->code[from->forbidden.first], step->forbidden * sizeof(uint16));
		member += step->forbidden;
		memcpy(member, &draft->code[from->names.first], step->names * sizeof(uint16));
		member += step->names;
	}
	bytes = (char *) (member + names);
	for (int i = 0; i < names; i++)
	{
		const PatternName *name = &draft->name[dictionary[i]];

		member[i] = name->length;
		memcpy(bytes, name->bytes, name->length);
		bytes += name->length;
	}
	return pattern;
}

/* Return the dictionary of a pattern, which it points into */
PatternName *
PatternNames(const StepPattern *pattern)
{
	PatternName *names = palloc(Max(pattern->names, 1) * sizeof(PatternName));
	const uint16 *length = PatternMembers(pattern) + pattern->members;
	const char *bytes = (const char *) (length + pattern->names);

	for (int i = 0; i < pattern->names; i++)
	{
		names[i].bytes = bytes;
		names[i].length = length[i];
		names[i].place = NULL;
		bytes += length[i];
	}
	return names;
}
