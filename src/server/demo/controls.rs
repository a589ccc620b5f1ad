//! The Controls team: the software that decides when a house gets how much warmth.

use crate::domain::okr::{State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_least, at_most, graded, objective, reach, reach_unknown};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "The house, not the caretaker, knows the weather")
        .why("Caretakers turn valves at six in the morning because our curve is set once and never learns.")
        .of("priya", &["controls"])
        .under("warm")
        .known_by(&[
            reach("Houses whose heating curve sets itself", "houses", 0.0, 15.0).by("mateus").said(&[
                (0.0, 7, ""),
                (4.0, 7, "The first four are the easy ones: same radiators in every flat."),
                (9.0, 8, ""),
                (13.0, 8, "Thirteen. The last two have valves that lie."),
            ]),
            reach("Calls about flats that are too warm", "calls", 58.0, 20.0).by("fatima").said(&[
                (58.0, 6, ""),
                (55.0, 6, ""),
                (37.0, 7, "South-facing flats finally get less in the sun."),
                (26.0, 8, ""),
            ]),
            at_most("Longest outage of the control service", "min", 10.0).by("oleh").said(&[
                (25.0, 6, "A certificate ran out. Of all things."),
                (8.0, 8, ""),
                (6.0, 9, "Houses now run on for 24 hours without us."),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Houses that go on by themselves when we are down turned an outage into a non-event. Learning works where the \
             valves tell the truth; checking valves first is now step one.",
        ),
    objective(Second, "Fifty degrees are enough")
        .why("Every degree less in the pipes is two and a half per cent less electricity.")
        .of("mateus", &["controls", "install"])
        .under("warm")
        .aspirational()
        .known_by(&[
            reach("Flow temperature on a cold day", "°C", 58.0, 50.0).said(&[
                (58.0, 7, ""),
                (56.0, 7, "Balancing the risers is worth two degrees on its own."),
                (53.0, 8, ""),
                (51.0, 8, "51 in eighteen of twenty houses."),
            ]),
            at_most("Flats that report a cold room", "flats", 12.0).by("grace").said(&[
                (9.0, 8, ""),
                (17.0, 6, "Too bold in two houses; we went back two degrees there."),
                (10.0, 8, ""),
            ]),
            reach("Houses with balanced risers", "houses", 6.0, 24.0).by("jonas").said(&[
                (6.0, 6, ""),
                (12.0, 6, ""),
                (20.0, 7, "Meike’s crew balances a staircase in a morning now."),
            ]),
        ])
        .learned(
            Verdict::Adapt,
            "Fifty is enough nearly everywhere, and where it is not, it is one radiator in one room. Next: find that radiator \
             from data and change it, rather than heat the house for it.",
        ),
    objective(Third, "A night mode that nobody hears and nobody misses")
        .key("night-mode")
        .why("Quiet hours are when fans are heard and electricity is cheap. Both at once is the art.")
        .of("priya", &["controls"])
        .under("night-sound")
        .known_by(&[
            reach("Fan speed between ten at night and six", "%", 80.0, 45.0).by("oleh").said(&[
                (80.0, 7, ""),
                (72.0, 7, "Loading heat into the walls before ten works better than the model said."),
                (63.0, 8, ""),
                (55.0, 8, "Old brick is a wonderful battery."),
                (53.0, 8, ""),
            ]),
            at_least("Flats at 19 °C or more at six in the morning", "%", 97.0).every_time().by("fatima").said(&[
                (98.0, 8, ""),
                (96.0, 6, "Three corner flats at Mill Lane. Their outer walls do not store, they leak."),
                (97.5, 7, ""),
                (98.5, 8, ""),
                (98.0, 9, "Corner flats get their own curve."),
            ]),
            reach("Electricity used in the cheap hours", "%", 31.0, 55.0)
                .by("mateus")
                .said(&[
                    (31.0, 7, ""),
                    (34.0, 7, ""),
                    (41.0, 8, "The tariff feed is live in all houses."),
                    (46.0, 8, ""),
                ])
                .yesterday((47.0, 8, "Windy night: prices below zero for three hours, and our houses were awake.")),
        ]),
    objective(Third, "Each flat gets what it needs, and no more")
        .key("each-flat")
        .why("A house is not a thermostat. Eighty families live in it.")
        .of("mateus", &["controls", "care"])
        .under("warm")
        .supports(&["warm-promise"])
        .known_by(&[
            reach("Flats with a learned curve of their own", "flats", 240.0, 2_000.0)
                .weighs(2)
                .said(&[
                    (240.0, 7, ""),
                    (520.0, 7, "Roll-out by staircase instead of by house: residents talk to each other."),
                    (890.0, 8, ""),
                    (1_300.0, 8, "We passed the thousand on a Thursday, unnoticed. As it should be."),
                    (1_480.0, 9, ""),
                ])
                .yesterday((1_530.0, 9, "Fifty more last night, all of Birch Row.")),
            reach("Calls about flats that are too cold", "calls", 44.0, 15.0).by("grace").said(&[
                (44.0, 6, ""),
                (47.0, 5, "The first chilly weekend, as every year."),
                (38.0, 6, ""),
                (33.0, 5, "A third of them come from one house with two swapped risers. Rosa’s people go on Tuesday."),
            ]),
            graded(
                "Find the one radiator that holds a house back",
                "Right in half of the houses we check",
                "Right in four of five",
                "Right in four of five, from a week of data",
            )
            .by("jonas")
            .said(&[
                (0.0, 6, ""),
                (1.0, 7, "Right in 7 of 12."),
                (2.0, 8, "Right in 10 of 12. It was the bathroom on the third floor. It is always the bathroom."),
            ]),
            reach_unknown("Warmth shared between neighbouring houses", "kWh", 0.0)
                .by("fatima")
                .said(&[(0.0, 5, "We do not know yet what would be good. First measure, then choose a target.")])
                .missed(&[0, 1]),
        ]),
    objective(Third, "Warm, even when the network is not")
        .key("offline")
        .why("Cellars have thick walls. A house that needs the cloud to stay warm is a house that will be cold.")
        .of("oleh", &["controls"])
        .under("same-day")
        .known_by(&[
            reach("Houses that run for three days on their own", "houses", 6.0, 45.0).said(&[
                (6.0, 7, ""),
                (15.0, 8, ""),
                (28.0, 8, "We pulled the plug on purpose, on a Sunday, in our own houses first."),
                (34.0, 9, ""),
            ]),
            reach("Cold homes because of a lost connection", "homes", 22.0, 2.0)
                .by("fatima")
                .said(&[
                    (22.0, 6, ""),
                    (18.0, 7, ""),
                    (11.0, 7, "Eleven, all of them in cellars behind the same provider."),
                    (9.0, 7, ""),
                ])
                .yesterday((7.0, 8, "The provider’s mast was down for five hours: seven homes noticed, not seventy.")),
            at_most("Time until we see that a house went silent", "min", 5.0).by("jonas").said(&[
                (40.0, 5, ""),
                (12.0, 6, ""),
                (4.0, 9, "Four minutes. Care calls before the resident finds the phone."),
            ]),
            at_least("Updates that went through at the first try", "%", 98.0).every_time().by("mateus").missed(&[6]).said(&[
                (99.0, 8, ""),
                (96.0, 6, "Birch Row ran out of memory half-way; the old version came back by itself."),
                (98.5, 8, ""),
                (99.0, 9, ""),
            ]),
        ]),
    objective(Third, "Controls that crews trust without calling us")
        .of("jonas", &["controls", "install"])
        .why("A crew that has to call us at seven in the evening has been let down at nine in the morning.")
        .under("wren-earns")
        .known_by(&[
            reach("Calls from crews to Controls a week", "calls", 26.0, 6.0).said(&[
                (26.0, 6, ""),
                (25.0, 6, "Half of them: “which cable is the blue one?”"),
                (19.0, 7, ""),
                (14.0, 7, "The label printer paid for itself in nine days."),
            ]),
            reach("Start-ups that work the first time", "%", 61.0, 95.0).by("oleh").said(&[
                (61.0, 6, ""),
                (70.0, 7, ""),
                (78.0, 7, "The self-test finds swapped sensors before the crew leaves."),
                (84.0, 8, ""),
            ]),
            at_most("Time to put a unit into service", "min", 30.0).by("grace").said(&[
                (55.0, 6, ""),
                (41.0, 7, ""),
                (28.0, 8, "28, including the coffee that the resident insists on."),
            ]),
        ]),
    objective(Fourth, "Houses that help the grid and are paid for it")
        .why("Four hundred houses that can wait an hour are a power station. The grid operator agrees.")
        .of("priya", &["controls"])
        .under("pace")
        .state(State::Proposed)
        .aspirational()
        .known_by(&[
            reach("Power that we can move by an hour", "kW", 0.0, 900.0).by("mateus"),
            reach("Income from it in a month", "EUR", 0.0, 12_000.0).by("priya"),
            at_least("Flats that notice nothing", "%", 99.0).by("fatima"),
        ]),
];
