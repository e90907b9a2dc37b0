/*
 * choices_count.c
 *		choices_summary: its aggregates, merging, subtracting.
 */
#include "postgres.h"

#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/array.h"

#include "answer.h"
#include "choices.h"
#include "surface.h"

/* words of a set of choices, a bit for each */
#define TICK_BITS 64
#define TICK_WORDS ((MAX_CHOICES + TICK_BITS - 1) / TICK_BITS)

/* the boxes ticked in one answer */
typedef struct Ticks
{
	uint64 word[TICK_WORDS];
} Ticks;

/* what is left of an array of names */
typedef struct NameReader
{
	const char *next;
	const uint8 *nulls; /* NULL: there are none */
	int element;
	int elements;
} NameReader;

PG_FUNCTION_INFO_V1(choices_accum_one);
PG_FUNCTION_INFO_V1(choices_accum_one_weighted);
PG_FUNCTION_INFO_V1(choices_accum_all);
PG_FUNCTION_INFO_V1(choices_accum_all_weighted);
PG_FUNCTION_INFO_V1(choices_remove_one);
PG_FUNCTION_INFO_V1(choices_remove_one_weighted);
PG_FUNCTION_INFO_V1(choices_remove_all);
PG_FUNCTION_INFO_V1(choices_remove_all_weighted);
PG_FUNCTION_INFO_V1(choices_remove_summary);
PG_FUNCTION_INFO_V1(choices_final);
PG_FUNCTION_INFO_V1(choices_merge);
PG_FUNCTION_INFO_V1(choices_subtract);

/* Return the state of an aggregate to be changed in place; a copy when called by hand */
static ChoicesSummary *
ChoicesState(FunctionCallInfo fcinfo)
{
	ChoicesSummary *choices;

	if (PG_ARGISNULL(0))
		return ChoicesNobody();
	choices = ChoicesGetRaw(fcinfo, 0);
	if (InPlainAggregate(fcinfo) || AggCheckCallContext(fcinfo, NULL))
		return choices;
	return ChoicesCopy(choices, ChoicesIsWeighted(choices));
}

/* Return the state of a moving window */
static ChoicesSummary *
ChoicesMovingState(FunctionCallInfo fcinfo)
{
	CheckMovingContext(fcinfo);
	return ChoicesGetRaw(fcinfo, 0);
}

/* Report that two kinds of questions meet */
pg_noreturn static void
UnlikeKinds(ChoicesKind a, ChoicesKind b)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("answers to unlike kinds of questions do not mix"),
			 errdetail("One question is of the kind \"%s\", the other of the kind \"%s\".",
					   ChoicesKindNames[a], ChoicesKindNames[b])));
}

/*
 * Return the state of a kind with room for a weight.
 *
 * What it returns may be a new value, which the executor copies to where states
 * live.
 */
static ChoicesSummary *
ChoicesStateFor(FunctionCallInfo fcinfo, ChoicesKind kind, int64 weight)
{
	ChoicesSummary *choices = ChoicesState(fcinfo);

	if (unlikely(choices->kind != kind))
	{
		if (ChoicesRespondents(choices) > 0)
			UnlikeKinds(choices->kind, kind);
		choices->kind = kind;
	}
	if (unlikely(weight != WEIGHT_ONE && !ChoicesIsWeighted(choices)))
		choices = ChoicesCopy(choices, true);
	return choices;
}

/* Count one answer in a class */
static inline void
ChoicesAddTo(ChoicesSummary *choices, int class, int64 weight)
{
	if (likely(weight == WEIGHT_ONE))
		TallyAdd(&choices->data[class]);
	else
	{
		Tally tally = ChoicesTally(choices);

		TallyAddWeighted(&tally, class, weight);
	}
}

/* Count one choice */
static inline Datum
ChoicesAccumOne(FunctionCallInfo fcinfo, int64 weight)
{
	ChoicesSummary *choices = ChoicesStateFor(fcinfo, CHOICES_ONE_OF_MANY, weight);
	ChoiceName name = ChoiceNameOf(PG_GETARG_TEXT_PP(1));
	int place;

	if (unlikely(!ChoicesFind(choices, name, &place)))
	{
		choices = ChoicesInsert(ChoicesSwept(choices), name);
		ChoicesFind(choices, name, &place);
	}
	ChoicesAddTo(choices, CHOICES_RESPONDENTS, weight);
	ChoicesAddTo(choices, ChoiceClass(place), weight);
	PG_RETURN_POINTER(choices);
}

/* Count one choice of weight one */
Datum
choices_accum_one(PG_FUNCTION_ARGS)
{
	return ChoicesAccumOne(fcinfo, WEIGHT_ONE);
}

/* Read the weight of an answer that is there */
static int64
GetAnswerWeight(FunctionCallInfo fcinfo, int arg)
{
	CheckWeightNotNull(PG_ARGISNULL(arg));
	return WeightInMillionths(PG_GETARG_FLOAT8(arg));
}

/* Count one weighted choice */
Datum
choices_accum_one_weighted(PG_FUNCTION_ARGS)
{
	int64 weight;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	weight = GetAnswerWeight(fcinfo, 2);
	if (weight == 0)
		return ReturnState(fcinfo);
	return ChoicesAccumOne(fcinfo, weight);
}

/* Begin to read an array of names */
static NameReader
ReadNames(const ArrayType *answer)
{
	NameReader reader = {NULL, NULL, 0, 0};

	CheckOneDimension(answer, "answer",
					  "Pass the choices that one respondent ticked, a row for each respondent.");
	reader.next = ARR_DATA_PTR(answer);
	reader.nulls = ARR_NULLBITMAP(answer);
	reader.elements = ArrayGetNItems(ARR_NDIM(answer), ARR_DIMS(answer));
	return reader;
}

/* Read the next name, skipping boxes that are not ticked; false at the end */
static bool
NextName(NameReader *reader, ChoiceName *name)
{
	while (reader->element < reader->elements)
	{
		int element = reader->element++;

		CHECK_FOR_INTERRUPTS();
		if (reader->nulls != NULL && att_isnull(element, reader->nulls))
			continue;
		*name = ChoiceNameOf((const text *) reader->next);
		reader->next =
			(const char *) att_align_nominal(att_addlength_pointer(reader->next, -1, reader->next),
											 TYPALIGN_INT);
		return true;
	}
	return false;
}

/* Mark the choices that an answer ticks, each once; false when one of them is new */
static bool
FindTicks(const ChoicesSummary *choices, const ArrayType *answer, Ticks *ticks)
{
	NameReader reader = ReadNames(answer);
	ChoiceName name;
	int place;

	memset(ticks, 0, sizeof(*ticks));
	while (NextName(&reader, &name))
	{
		if (!ChoicesFind(choices, name, &place))
			return false;
		ticks->word[place / TICK_BITS] |= UINT64CONST(1) << (place % TICK_BITS);
	}
	return true;
}

/* Take the next place out of a set; false when it is empty */
static inline bool
NextTick(Ticks *ticks, int words, int *place)
{
	for (int i = *place / TICK_BITS; i < words; i++)
	{
		if (ticks->word[i] != 0)
		{
			*place = i * TICK_BITS + pg_rightmost_one_pos64(ticks->word[i]);
			ticks->word[i] &= ticks->word[i] - 1;
			return true;
		}
	}
	return false;
}

/* Return how many words the choices take */
static inline int
TickWords(const ChoicesSummary *choices)
{
	return (choices->choices + TICK_BITS - 1) / TICK_BITS;
}

/* Return the state with all choices that an answer ticks */
static pg_noinline ChoicesSummary *
ChoicesWithTicks(ChoicesSummary *choices, const ArrayType *answer)
{
	NameReader reader = ReadNames(answer);
	ChoicesSummary *state = choices;
	ChoiceName name;
	int place;

	choices = ChoicesSwept(choices);
	while (NextName(&reader, &name))
	{
		ChoicesSummary *larger;

		if (ChoicesFind(choices, name, &place))
			continue;
		larger = ChoicesInsert(choices, name);
		if (choices != state)
			pfree(choices);
		choices = larger;
	}
	return choices;
}

/* Count what one respondent ticked */
static inline Datum
ChoicesAccumAll(FunctionCallInfo fcinfo, int64 weight)
{
	ChoicesSummary *choices = ChoicesStateFor(fcinfo, CHOICES_TICK_ALL, weight);
	const ArrayType *answer = PG_GETARG_ARRAYTYPE_P(1);
	Ticks ticks;
	int place = 0;

	if (unlikely(!FindTicks(choices, answer, &ticks)))
	{
		choices = ChoicesWithTicks(choices, answer);
		FindTicks(choices, answer, &ticks);
	}
	ChoicesAddTo(choices, CHOICES_RESPONDENTS, weight);
	while (NextTick(&ticks, TickWords(choices), &place))
		ChoicesAddTo(choices, ChoiceClass(place), weight);
	PG_RETURN_POINTER(choices);
}

/* Count what one respondent of weight one ticked */
Datum
choices_accum_all(PG_FUNCTION_ARGS)
{
	return ChoicesAccumAll(fcinfo, WEIGHT_ONE);
}

/* Count what one weighted respondent ticked */
Datum
choices_accum_all_weighted(PG_FUNCTION_ARGS)
{
	int64 weight;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	weight = GetAnswerWeight(fcinfo, 2);
	if (weight == 0)
		return ReturnState(fcinfo);
	return ChoicesAccumAll(fcinfo, weight);
}

/* Take out one choice that leaves a moving window */
static Datum
ChoicesRemoveOne(FunctionCallInfo fcinfo, int64 weight)
{
	ChoicesSummary *choices = ChoicesMovingState(fcinfo);
	Tally tally = ChoicesTally(choices);
	int place;

	if (choices->kind != CHOICES_ONE_OF_MANY ||
		!ChoicesFind(choices, ChoiceNameOf(PG_GETARG_TEXT_PP(1)), &place) ||
		(weight != WEIGHT_ONE && !ChoicesIsWeighted(choices)))
		AnswerNeverCounted();
	TallyRemoveWeighted(&tally, CHOICES_RESPONDENTS, weight);
	TallyRemoveWeighted(&tally, ChoiceClass(place), weight);
	PG_RETURN_POINTER(choices);
}

/* Take out one choice of weight one */
Datum
choices_remove_one(PG_FUNCTION_ARGS)
{
	return ChoicesRemoveOne(fcinfo, WEIGHT_ONE);
}

/* Take out one weighted choice that leaves a moving window */
Datum
choices_remove_one_weighted(PG_FUNCTION_ARGS)
{
	int64 weight;

	CheckMovingContext(fcinfo);
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	weight = GetAnswerWeight(fcinfo, 2);
	if (weight == 0)
		return ReturnState(fcinfo);
	return ChoicesRemoveOne(fcinfo, weight);
}

/* Take out one respondent who leaves a moving window */
static Datum
ChoicesRemoveAll(FunctionCallInfo fcinfo, int64 weight)
{
	ChoicesSummary *choices = ChoicesMovingState(fcinfo);
	Tally tally = ChoicesTally(choices);
	Ticks ticks;
	int place = 0;

	if (choices->kind != CHOICES_TICK_ALL ||
		!FindTicks(choices, PG_GETARG_ARRAYTYPE_P(1), &ticks) ||
		(weight != WEIGHT_ONE && !ChoicesIsWeighted(choices)))
		AnswerNeverCounted();
	TallyRemoveWeighted(&tally, CHOICES_RESPONDENTS, weight);
	while (NextTick(&ticks, TickWords(choices), &place))
		TallyRemoveWeighted(&tally, ChoiceClass(place), weight);
	if (ChoicesFindImpossible(&tally) >= 0)
		AnswerNeverCounted();
	PG_RETURN_POINTER(choices);
}

/* Take out one respondent of weight one */
Datum
choices_remove_all(PG_FUNCTION_ARGS)
{
	return ChoicesRemoveAll(fcinfo, WEIGHT_ONE);
}

/* Take out one weighted respondent who leaves a moving window */
Datum
choices_remove_all_weighted(PG_FUNCTION_ARGS)
{
	int64 weight;

	CheckMovingContext(fcinfo);
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	weight = GetAnswerWeight(fcinfo, 2);
	if (weight == 0)
		return ReturnState(fcinfo);
	return ChoicesRemoveAll(fcinfo, weight);
}

/* Return what was counted, or NULL when that is nothing */
Datum
choices_final(PG_FUNCTION_ARGS)
{
	ChoicesSummary *choices = ChoicesGetRaw(fcinfo, 0);

	if (ChoicesRespondents(choices) == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(ChoicesCanonical(choices));
}

/* Find all choices of one summary in another; false when one is missing */
static bool
FindAllChoices(const ChoicesSummary *choices, const ChoicesSummary *wanted, int *places)
{
	for (int i = 0; i < (int) wanted->choices; i++)
	{
		if (!ChoicesFind(choices, ChoicesName(wanted, i), &places[i]))
			return false;
	}
	return true;
}

/* Merge two summaries; as a transition function, in place where it has room */
Datum
choices_merge(PG_FUNCTION_ARGS)
{
	ChoicesSummary *into;
	ChoicesSummary *from;
	Tally into_tally, from_tally;
	int places[MAX_CHOICES];

	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(ChoicesGetArg(fcinfo, 1));
	}
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(ChoicesGetArg(fcinfo, 0));
	into = ChoicesState(fcinfo);
	from = ChoicesGetArg(fcinfo, 1);
	if (ChoicesRespondents(into) == 0)
		PG_RETURN_POINTER(from);
	if (ChoicesRespondents(from) == 0)
		PG_RETURN_POINTER(into);
	if (into->kind != from->kind)
		UnlikeKinds(into->kind, from->kind);
	if ((ChoicesIsWeighted(from) && !ChoicesIsWeighted(into)) ||
		!FindAllChoices(into, from, places))
	{
		into = ChoicesWithRoom(into, from);
		FindAllChoices(into, from, places);
	}
	into_tally = ChoicesTally(into);
	from_tally = ChoicesTally(from);
	TallyAddClass(&into_tally, CHOICES_RESPONDENTS, &from_tally, CHOICES_RESPONDENTS);
	for (int i = 0; i < (int) from->choices; i++)
		TallyAddClass(&into_tally, ChoiceClass(places[i]), &from_tally, ChoiceClass(i));
	PG_RETURN_POINTER(into);
}

/* Report that more of a choice was to be taken out than there are, which is none */
pg_noreturn static void
NoneToSubtract(ChoiceName name, int64 count)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("cannot subtract more answers than there are"),
			 errdetail("There are 0 of \"%s\", and %lld were to be taken out.",
					   ChoiceToCString(name), (long long) count)));
}

/* Take the answers of one summary out of another, which must have room for weights, in place */
static void
ChoicesSubtractFrom(ChoicesSummary *choices, const ChoicesSummary *part)
{
	Tally tally = ChoicesTally(choices);
	Tally from = ChoicesTally(part);
	Tally aligned, answers, aligned_answers, respondents;
	int place;

	if (ChoicesRespondents(part) == 0)
		return;
	if (ChoicesRespondents(choices) > 0 && choices->kind != part->kind)
		UnlikeKinds(choices->kind, part->kind);
	tally.names = (const char *const *) ChoicesClassNames(choices);
	aligned = ChoicesCreateTally(NULL, tally.classes);
	TallyAddClass(&aligned, CHOICES_RESPONDENTS, &from, CHOICES_RESPONDENTS);
	for (int i = 0; i < (int) part->choices; i++)
	{
		if (!ChoicesFind(choices, ChoicesName(part, i), &place))
			NoneToSubtract(ChoicesName(part, i), from.count[ChoiceClass(i)]);
		TallyAddClass(&aligned, ChoiceClass(place), &from, ChoiceClass(i));
	}
	/* a message should rather name a choice than the respondents, so they come last */
	answers = ChoicesAnswersOf(&tally);
	aligned_answers = ChoicesAnswersOf(&aligned);
	TallySubtract(&answers, &aligned_answers);
	respondents = tally;
	respondents.classes = 1;
	TallySubtract(&respondents, &aligned);
	place = ChoicesFindImpossible(&tally);
	if (place >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot subtract answers that are not part of the summary"),
				 errdetail("What would be left of \"%s\" does not fit the respondents left.",
						   tally.names[place])));
}

/* Take a summary out of another that contains it */
Datum
choices_subtract(PG_FUNCTION_ARGS)
{
	ChoicesSummary *choices = ChoicesCopy(ChoicesGetArg(fcinfo, 0), true);

	ChoicesSubtractFrom(choices, ChoicesGetArg(fcinfo, 1));
	PG_RETURN_POINTER(ChoicesCanonical(choices));
}

/* Take out one summary that leaves a moving window; the next frame may be of the other kind */
Datum
choices_remove_summary(PG_FUNCTION_ARGS)
{
	ChoicesSummary *choices = ChoicesMovingState(fcinfo);
	ChoicesSummary *part = ChoicesGetArg(fcinfo, 1);

	if (ChoicesIsWeighted(part) && !ChoicesIsWeighted(choices))
		AnswerNeverCounted();
	ChoicesSubtractFrom(choices, part);
	if (ChoicesRespondents(choices) == 0)
		PG_RETURN_POINTER(ChoicesNobody());
	PG_RETURN_POINTER(choices);
}
