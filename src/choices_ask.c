/*
 * choices_ask.c
 *		What one asks of a choices_summary.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "chart.h"
#include "choices.h"
#include "rate.h"
#include "surface.h"

/* a choice and what it weighs, to be sorted */
typedef struct RankedChoice
{
	int place;
	double weight;
} RankedChoice;

PG_FUNCTION_INFO_V1(choices_report);
PG_FUNCTION_INFO_V1(choices_rate);
PG_FUNCTION_INFO_V1(choices_respondents);
PG_FUNCTION_INFO_V1(choices_minimum_base);

/* Return those who chose a class as successes, and the other respondents as failures */
static RateSummary *
ChoiceRate(const Tally *tally, int class)
{
	RateSummary *rate = RateCreate();
	Tally into = RateTally(rate);

	TallyAddClass(&into, RATE_SUCCESS, tally, class);
	TallyAddClass(&into, RATE_FAILURE, tally, CHOICES_RESPONDENTS);
	TallyTakeClass(&into, RATE_FAILURE, tally, class);
	return rate;
}

/* Order two choices, the one that weighs most first, then by name */
static int
CompareRanks(const void *a, const void *b)
{
	const RankedChoice *x = a;
	const RankedChoice *y = b;

	if (x->weight != y->weight)
		return (x->weight > y->weight) ? -1 : 1;
	return x->place - y->place;
}

/* Fill in the choices, most answers first, and return how many there are */
static int
RankChoices(const ChoicesSummary *choices, RankedChoice *ranked)
{
	Tally tally = ChoicesTally(choices);
	int number = choices->choices;

	for (int i = 0; i < number; i++)
	{
		ranked[i].place = i;
		ranked[i].weight = TallyWholeWeight(&tally, ChoiceClass(i));
	}
	qsort(ranked, number, sizeof(RankedChoice), CompareRanks);
	return number;
}

/* Return the interval of the share of one choice; those of one of many hold together */
static Limits
ChoiceInterval(const ChoicesSummary *choices, const RateSummary *rate, double confidence)
{
	Proportion proportion = RateProportion(rate);

	if (choices->kind == CHOICES_TICK_ALL)
		return ProportionInterval(proportion, confidence, PROPORTION_WILSON);
	return SimultaneousInterval(proportion, choices->choices, confidence);
}

/* Return a row per choice, most answers first */
Datum
choices_report(PG_FUNCTION_ARGS)
{
	ChoicesSummary *choices = ChoicesGetArg(fcinfo, 0);
	double confidence = GetConfidence(fcinfo, 1);
	Tally tally = ChoicesTally(choices);
	RankedChoice ranked[MAX_CHOICES];
	int number = RankChoices(choices, ranked);
	Row row;

	RowBeginSet(&row, fcinfo);
	for (int i = 0; i < number; i++)
	{
		int class = ChoiceClass(ranked[i].place);
		RateSummary *rate = ChoiceRate(&tally, class);
		Moments moments = RateMoments(rate);
		Limits interval = ChoiceInterval(choices, rate, confidence);

		CHECK_FOR_INTERRUPTS();
		RowText(&row, ChoiceToCString(ChoicesName(choices, ranked[i].place)));
		RowInt64(&row, tally.count[class]);
		RowFloat(&row, moments.mean);
		RowFloat(&row, interval.low);
		RowFloat(&row, interval.high);
		RowInt64(&row, moments.n);
		RowFloat(&row, moments.effective_n);
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return one choice against the other respondents; nobody may have chosen it */
Datum
choices_rate(PG_FUNCTION_ARGS)
{
	ChoicesSummary *choices = ChoicesGetArg(fcinfo, 0);
	Tally tally = ChoicesTally(choices);
	RateSummary *rate;
	Tally into;
	int place;

	if (ChoicesFind(choices, ChoiceNameOf(PG_GETARG_TEXT_PP(1)), &place))
		PG_RETURN_POINTER(ChoiceRate(&tally, ChoiceClass(place)));
	rate = RateCreate();
	into = RateTally(rate);
	TallyAddClass(&into, RATE_FAILURE, &tally, CHOICES_RESPONDENTS);
	PG_RETURN_POINTER(rate);
}

/* Return the number of respondents */
Datum
choices_respondents(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(ChoicesRespondents(ChoicesGetArg(fcinfo, 0)));
}

/* Return the summary, or NULL when too few answered */
Datum
choices_minimum_base(PG_FUNCTION_ARGS)
{
	ChoicesSummary *choices = ChoicesGetArg(fcinfo, 0);

	if (!MeetsMinimumBase(fcinfo, ChoicesRespondents(choices)))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(choices);
}

/* Add up the choices that are too many for a chart; those of one respondent overlap in tick-all */
static void
AddRestBar(Chart *chart, const ChoicesSummary *choices, const RankedChoice *ranked, int number)
{
	Tally tally = ChoicesTally(choices);
	double total = TallyWholeWeight(&tally, CHOICES_RESPONDENTS);
	ChartBar *bar = &chart->bar[chart->bars++];
	double weight = 0.0;

	bar->label = psprintf("other (%d)", number);
	for (int i = 0; i < number; i++)
	{
		weight += ranked[i].weight;
		bar->count += tally.count[ChoiceClass(ranked[i].place)];
	}
	bar->share = (choices->kind == CHOICES_TICK_ALL) ? NOT_DEFINED : weight / total;
}

/* Describe a summary as a chart, most answers first */
static Chart
ChoicesChart(const ChoicesSummary *choices)
{
	Chart chart = {0};
	Tally tally = ChoicesTally(choices);
	double total = TallyWholeWeight(&tally, CHOICES_RESPONDENTS);
	RankedChoice ranked[MAX_CHOICES];
	int number = RankChoices(choices, ranked);
	int shown = (number > CHART_MAX_BARS) ? CHART_MAX_BARS - 1 : number;

	for (; chart.bars < shown; chart.bars++)
	{
		const RankedChoice *choice = &ranked[chart.bars];
		ChartBar *bar = &chart.bar[chart.bars];

		bar->label = ChoiceToCString(ChoicesName(choices, choice->place));
		bar->has_interval = true;
		bar->interval = ChoiceInterval(choices, ChoiceRate(&tally, ChoiceClass(choice->place)),
									   CHART_CONFIDENCE);
		bar->share = choice->weight / total;
		bar->count = tally.count[ChoiceClass(choice->place)];
	}
	if (shown < number)
		AddRestBar(&chart, choices, ranked + shown, number - shown);
	chart.caption = (ChoicesRespondents(choices) > 0)
		? psprintf("Shares of respondents, n = %lld", (long long) ChoicesRespondents(choices))
		: "Shares of respondents: no answers";
	return chart;
}

DEFINE_CHARTS(choices, ChoicesChart, ChoicesGetArg);

DEFINE_JSON_CASTS(choices, ChoicesToText, ChoicesGetArg);
