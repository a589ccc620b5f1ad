//! The three objectives of the year.

use crate::domain::okr::Counts;

use super::table::When::Year;
use super::table::{ObjectiveRow, at_least, objective, reach};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(Year, "Old houses become the easiest homes to keep warm")
        .key("warm")
        .why(
            "Four of five flats in our cities are in houses from before 1960, and everybody tells their owners that they \
             are too difficult. This is the year in which we show that they are not.",
        )
        .of("ingrid", &["company", "technology", "delivery"])
        .aspirational()
        .known_by(&[
            reach("Homes kept warm without gas", "homes", 1_180.0, 4_000.0)
                .weighs(3)
                .said(&[
                    (1_180.0, 7, "We start from 1,180 homes in 23 houses. Tripling is the point: it forces us to work differently."),
                    (1_310.0, 7, "The coldest weeks are for planning. The next four houses are signed and surveyed."),
                    (1_520.0, 6, "Kepler Street went live in eleven days. It can be done."),
                    (1_790.0, 5, "Three houses wait for the Wren. The slip costs us about 200 homes this quarter."),
                    (2_060.0, 4, ""),
                    (2_340.0, 5, "The Wren hangs on real walls at last. Now boards are short, so crews install what we have."),
                    (2_610.0, 6, "Best month ever in spite of the boards. Linden Court alone will be 420 homes."),
                ])
                .yesterday((2_640.0, 6, "Thirty flats of Mill Lane went warm last night. I held the ladder."))
                .doing(&[
                    ("Weekly hour with every house that is waiting", true),
                    ("Decide on a third workshop", false),
                ]),
            reach("Days from a signature to a warm house", "days", 74.0, 30.0).by("kwame").said(&[
                (74.0, 6, "Measured over the last ten houses. Two thirds of it is waiting, not work."),
                (69.0, 6, ""),
                (63.0, 7, "Permits and survey now run side by side."),
                (58.0, 7, "Crews no longer wait for a permit. They wait for parts."),
                (55.0, 5, "Boards. We would be at 47 without the gap."),
                (50.0, 6, "First house with the pre-assembled riser kit: 38 days."),
            ]),
            reach("Heating cost of a home, against gas", "%", 96.0, 75.0).by("salma").said(&[
                (96.0, 6, "Measured over a full heating season in 19 houses."),
                (94.0, 6, ""),
                (91.0, 7, "Night mode alone brought two points."),
                (88.0, 7, ""),
                (85.0, 8, "Learning curves are on in 31 houses; the three worst are all hydraulics, not software."),
                (82.0, 8, "Tariff steering works. Residents got the first refund letters."),
            ]),
            reach("The Wren proven in every kind of old house", "%", 0.0, 100.0).key("wren-proven").by("mirela").weighs(2).driven(),
        ]),
    objective(Year, "Residents are the reason the next house calls us")
        .key("ask")
        .why(
            "Boards sign, but residents decide whether anybody talks about us. A house where people are warm, pay less and \
             feel heard sells the next one better than we ever could.",
        )
        .of("dario", &["company", "customers"])
        .known_by(&[
            reach("Housing co-ops under contract", "co-ops", 14.0, 40.0)
                .by("henrik")
                .doing(&[
                    ("A calendar of every board’s next assembly", true),
                    ("References: three chairwomen who may be called", true),
                    ("Offer for the two federations in the north", false),
                ])
                .said(&[
                (14.0, 7, "Fourteen, and three of them because somebody knew Ingrid. That does not scale."),
                (16.0, 7, ""),
                (19.0, 6, "Two lost to a competitor with a cheaper first year."),
                (23.0, 7, "The open boiler-room evenings work: four signatures from two evenings."),
                (26.0, 7, ""),
                (30.0, 8, "Linden Court signed. Nobody here saw that coming."),
            ]),
            reach("New co-ops that came through a resident", "%", 12.0, 50.0).by("lucia").said(&[
                (12.0, 5, "We only started to ask “how did you hear of us?” in the last month."),
                (17.0, 5, ""),
                (22.0, 6, "Bring-a-neighbour evenings beat every advert we ever paid for."),
                (29.0, 7, ""),
                (38.0, 8, "Mrs Halvorsen’s kitchen-table video has been watched 40,000 times. We did nothing."),
            ]),
            reach("Would residents recommend us? (NPS)", "points", -8.0, 45.0).by("beatriz").weighs(2).said(&[
                (-8.0, 5, "Minus eight. Warm homes, but nobody tells people what happens in their own cellar."),
                (-11.0, 4, "Down: the cold snap, and our silence during it."),
                (2.0, 5, "First number above zero, after we began to call before we come."),
                (9.0, 6, ""),
                (16.0, 6, "Old houses 24, new ones 8: the first four weeks decide."),
                (19.0, 6, "The app was promised for this. Without it we are a few points short."),
            ]),
            reach("Every question from a home ends well", "%", 0.0, 100.0).key("ends-well").by("beatriz").driven(),
        ]),
    objective(Year, "We grow at a pace that people and cash can keep")
        .key("pace")
        .why(
            "We have seen what growth at any price does to a company: to its people first, to its customers next. Every \
             new house has to make us stronger, not more tired.",
        )
        .of("yuki", &["company", "finance"])
        .counts(Counts::KeyResults)
        .known_by(&[
            reach("Operating cash flow a month", "EUR", -210_000.0, 20_000.0).weighs(4).by("farid").said(&[
                (-210_000.0, 5, "Everything we earn is in pipes by the end of the month."),
                (-224_000.0, 4, "Worse on purpose: we bought steel before the price went up."),
                (-186_000.0, 5, ""),
                (-162_000.0, 6, "Down payments from three co-ops. Service contracts now pay for all of Care."),
                (-151_000.0, 5, "Co-ops pay late. 60 days is the new 30."),
                (-128_000.0, 5, "Boards by air freight ate 40,000 of the improvement."),
            ]),
            at_least("Months of runway", "months", 9.0).by("joana").said(&[
                (14.0, 9, ""),
                (13.5, 9, "Runway counted with the slow-payment scenario, not the nice one."),
                (12.0, 8, ""),
                (10.5, 8, ""),
                (10.0, 8, "The credit line for Linden Court is agreed in principle."),
                (8.5, 6, "Half a month below our own line: co-ops pay late and boards flew in. The credit line closes it once it is signed."),
            ]),
            reach("Crew members who would join us again", "%", 71.0, 90.0).by("claire").said(&[
                (71.0, 6, "The first honest survey: 71 %. “Last-minute changes” was the answer of the year."),
                (73.0, 6, ""),
                (76.0, 7, "Plans are fixed ten days ahead now, and it shows."),
                (80.0, 7, ""),
                (84.0, 8, "Four-day weeks after a hard house got more thanks than the last pay rise."),
            ]),
            reach("Homes that one crew converts in a month", "homes", 11.0, 20.0).by("rosa").said(&[
                (11.0, 6, "Eleven is our honest average, counting the days lost to missing parts."),
                (12.0, 6, ""),
                (13.0, 7, "Riser kits save two days a staircase."),
                (14.0, 7, "A fifteen without the board gap. The crews are ready, the shelves are not."),
                (15.0, 8, "Academy graduates lead two of the six crews."),
            ]),
        ]),
];
